// Why this file: why a case is in its group: the rules that were tried, in order, and what each of
// them lacked (docs/grouping.md §6, §10).
#pragma once

#include <boost/json/object.hpp>
#include <functional>
#include <optional>
#include <string>

#include "server/api/explanation.hpp"

namespace yuanliu::api {

/// `CaseGrouping` of the contract, without the run; nothing when the month has no such stay.
using TellGrouping = std::function<std::optional<boost::json::object>(
    const usecase::ComputeOutcome& outcome, const std::string& encounter, Language language)>;

void add_grouping_routes(http::Router& router, const Backend& backend, ComputedMonths& months,
                         const TellGrouping& tell);

}  // namespace yuanliu::api
