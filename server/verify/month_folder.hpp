// The month folder and its prior folder: manifests, canonical tables and the two identity hashes.
#pragma once

#include <boost/json.hpp>
#include <filesystem>
#include <map>
#include <string>

#include "report.hpp"
#include "table.hpp"

namespace yuanliu_verify {

struct MonthFolder {
    std::string hospital;
    std::string period;  // YYYY-MM
    std::string period_before;
    std::map<std::string, std::string> open_feeds;  // states other than `final`, by feed
    std::map<std::string, Table> tables;            // by file name, optional ones too
    bool has_prior = false;
    std::map<std::string, Table>
        prior;  // by file name without `prior/`; empty tables without prior
    std::string month_hash;
    std::string prior_hash;
    std::string prior_result_hash;  // blank without prior

    const Table& table(const std::string& file) const { return tables.at(file); }
};

MonthFolder read_month_folder(const std::filesystem::path& folder, Report& report);

boost::json::object read_json_object(const std::filesystem::path& path);
// A string member that must be there; `where` names the file in the refusal.
std::string string_member(const boost::json::object& object, const char* key,
                          const std::string& where);

}  // namespace yuanliu_verify
