// Why this file: an explanation as the contract states it (server/api/openapi.yaml).
#pragma once

#include <boost/json/object.hpp>
#include <string>

#include "server/text/language.hpp"
#include "server/usecase/explain.hpp"

namespace yuanliu::api {

[[nodiscard]] boost::json::object explanation_json(const usecase::Explanation& explanation,
                                                   const std::string& cell,
                                                   const std::string& run_id, Language language);

}  // namespace yuanliu::api
