// Why this file: what the screens read of the current run of a month; amounts stay whole numbers of
// their scale until they are written as text.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "server/store/query.hpp"

namespace yuanliu::store {

/// The run that people see of a month.
struct VisibleRun {
    std::string hospital_id;
    std::string hospital;
    std::string hospital_name;
    std::string run_no;
    std::string run_id;
    std::string result_hash;
    std::string month_hash;
    std::string prior_hash;
    std::string rules_hash;
    std::string certificate;  ///< JSON
    /// Whether what is stored of the month is still what the run was computed from.
    bool has_its_month = false;
    bool has_its_prior = false;
    bool has_its_rules = false;
    std::string imported_at;  ///< of the month as it is stored now
};

struct CasePage {
    std::string basis;
    std::string group;
    std::string after;  ///< the encounter before the first
    int size = 200;
};

/// What of its own a month brings for reports on other objects.
struct MonthHoldings {
    bool machines = false;
    bool beds = false;
    bool projects = false;
};

/// One transaction: everything is read from one state of the database.
class ResultReader {
  public:
    explicit ResultReader(Session& session);

    /// Columns: hospital, hospital_name, period, month_hash, imported_at, run_id, result_hash,
    /// ended_at, active job.
    [[nodiscard]] std::vector<Row> months();
    /// Columns: hospital, period, feed, state.
    [[nodiscard]] std::vector<Row> feeds();
    [[nodiscard]] bool has_month(int period);
    [[nodiscard]] std::optional<VisibleRun> current(int period);
    /// Columns: basis, group, name, cases, rw_total, points, charge, payment, cost, policy, real.
    /// `order` comes from order_of(), `basis` blank = all.
    [[nodiscard]] std::vector<Row> groups(const VisibleRun& run, int period,
                                          const std::string& order, const std::string& basis);
    /// Names of departments and record numbers are blank without run.has_its_month; groups keep
    /// those of their run.
    /// As the contract lists a case; see kCaseColumns in the source.
    [[nodiscard]] std::vector<Row> cases(const VisibleRun& run, int period, const CasePage& page);
    [[nodiscard]] std::optional<Row> one_case(const VisibleRun& run, int period,
                                              const std::string& encounter);
    [[nodiscard]] MonthHoldings holdings(const VisibleRun& run, int period);
    /// Columns: department, name, class, whether discharged cases are its.
    [[nodiscard]] std::vector<Row> departments(const VisibleRun& run, int period);
    /// Whether cost was carried into the month for a patient.
    [[nodiscard]] bool has_opening(const VisibleRun& run, const std::string& encounter);
    /// Columns: cost_category, opening, month. The opening is that of the stored month: without
    /// run.has_its_prior it is 0.
    [[nodiscard]] std::vector<Row> cost_parts(const VisibleRun& run, int period,
                                              const std::string& encounter);

  private:
    Session& session_;
    Transaction transaction_;
};

/// "-cost" -> SQL; nothing when the word is not one of the contract's.
[[nodiscard]] std::optional<std::string> order_of(const std::string& sort);

}  // namespace yuanliu::store
