// Why this file: each run ends with a certificate, a small page that says from what the result
// came, that every fen is there, and how to recognise the result; yuanliu-verify checks it without
// our code.
#pragma once

#include <boost/json/object.hpp>
#include <map>
#include <string>
#include <vector>

#include "costing/base/month.hpp"
#include "costing/base/rules.hpp"
#include "costing/base/run_result.hpp"
#include "server/export/table_text.hpp"

namespace yuanliu::exporting {

/// Changes when a computed amount may change for the same inputs and rules (CHANGELOG, Numbers).
inline constexpr std::string_view kNumericsVersion = "1";

struct CertificateInput {
    const Month& month;
    const Rules& rules;
    const RunResult& result;
    const std::vector<FinishedTable>& tables;
    const std::map<std::string, std::string>& feeds;
    std::string month_hash;
    std::string prior_hash;
    std::string rules_hash;
    Money absolute_charges;
    Money absolute_parked_charges;
};

struct Certificate {
    boost::json::object document;
    std::string run_id;
    std::string result_hash;
    Money residual;
};

/// Builds the certificate (docs/result-folder.md). Every residual is computed from the rows, not
/// assumed.
[[nodiscard]] Certificate certify(const CertificateInput& input);

}  // namespace yuanliu::exporting
