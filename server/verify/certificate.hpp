// What certificate.json must say: the identity part from the folders as they are, and all figures
// from the derivation (docs/result-folder.md, certificate.json).
#pragma once

#include <boost/json.hpp>
#include <map>
#include <string>

#include "books.hpp"
#include "derived.hpp"
#include "month_folder.hpp"
#include "rules_folder.hpp"

namespace yuanliu_verify {

struct TableIdentity {
    std::size_t rows = 0;
    std::string sha256;
};

boost::json::object expected_identity(const MonthFolder& month, const RulesFolder& rules,
                                      const std::map<std::string, TableIdentity>& tables);
void add_figures(const Figures& figures, boost::json::object& certificate);

// The two lists of totals become objects by their key, without rows that are all zero, so that
// neither order nor empty rows matter. Refuses lists that are malformed or name a key twice.
void key_lists(boost::json::object& certificate);

}  // namespace yuanliu_verify
