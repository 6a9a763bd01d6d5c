// The sums that hold between the tables of a result and its certificate, without any derivation:
// what `--quick` checks besides hashes.
#pragma once

#include <boost/json.hpp>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>

#include "decimals.hpp"
#include "fields.hpp"
#include "report.hpp"
#include "table.hpp"

namespace yuanliu_verify {

class Sums {
  public:
    // `passes_parts`: numbers of the stages of which not all of a pool moves in each pass.
    Sums(Report& report, std::set<std::string> passes_parts)
        : report_(report), passes_parts_(std::move(passes_parts)) {}

    // Each result table is taken once, in any order, and may be dropped afterwards.
    void take(const Table& table);
    void take_ledger(const Table& ledger);
    // Reports every sum that does not hold, and adds the certificate figures the tables imply.
    void finish(boost::json::object& certificate);

  private:
    using Sides = std::unordered_map<std::string, Int128>;

    void take_row(std::string_view file, std::string_view row);
    void take_department_cost();
    void take_transfer(std::string_view row);
    void take_pool();
    void take_activity(std::string_view row);
    void take_patient(std::string_view row);
    void take_profit(std::string_view file, std::string_view row);
    void take_bonus_department(std::string_view row);
    void add_side(const std::string& check, std::string key, Int128 amount);
    // Amount of a column of the row just split.
    Fen amount(std::string_view column) const;
    std::string_view text(std::string_view column) const;
    void must_be_equal(std::string_view row, Int128 left, Int128 right, const char* what);
    boost::json::object bridge(const std::string& kind) const;

    Report& report_;
    std::set<std::string> passes_parts_;
    const TableSchema* schema_ = nullptr;
    Fields fields_;
    // By check, then key: one side added, the other taken away; all must end at zero.
    std::map<std::string, Sides> checks_;
    std::map<std::string, Int128> total_;
    std::map<std::string, Int128> cell_passed_;
    bool has_activities_ = false;
    Sides service_pools_;  // less their activities
};

}  // namespace yuanliu_verify
