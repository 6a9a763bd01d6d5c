// Why this file: the queries of the result screens.
#include "server/store/result_reader.hpp"

#include <map>

namespace yuanliu::store {
namespace {

/// The period of the month tables that belong to a run; 0, where nothing is, when they were
/// replaced: then names are blank, and none is another import's.
std::string period_of_names(const VisibleRun& run, int period) {
    return run.has_its_month ? std::to_string(period) : "0";
}

const std::string kCaseColumns =
    "c.encounter, coalesce(e.record_number, ''), c.department, coalesce(d.name, c.department), "
    "coalesce(c.attending, ''), c.payer, c.status, coalesce(c.\"group\", ''), "
    "coalesce(c.level, ''), coalesce(c.deciding_codes, ''), c.rw, c.days, c.deviation, c.points, "
    "c.basis, c.charge, c.payment, c.cost, c.policy_margin, c.real_margin, "
    "coalesce(g.name, n.name, '') from result.cases c "
    "left join result.group_names g on g.hospital_id = c.hospital_id and g.run_no = c.run_no and "
    "g.\"group\" = c.\"group\" "
    "left join month.dip_catalogue n on n.hospital_id = c.hospital_id and "
    "n.period = $3::int and n.\"group\" = c.\"group\" "
    "left join month.encounters e on e.hospital_id = c.hospital_id and e.period = $3::int and "
    "e.encounter = c.encounter "
    "left join month.departments d on d.hospital_id = c.hospital_id and d.period = $3::int and "
    "d.department = c.department where c.hospital_id = $1::int and c.run_no = $2::bigint ";

constexpr const char* kTime = "'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"'";

}  // namespace

ResultReader::ResultReader(Session& session) : session_(session), transaction_(session, Role::app) {
    session_.execute("set transaction isolation level repeatable read, read only");
}

std::optional<std::string> order_of(const std::string& sort) {
    static const std::map<std::string, std::string> kColumns{
        {"group", "g.\"group\""},        {"cases", "g.cases"}, {"charge", "g.charge"},
        {"payment", "g.payment"},        {"cost", "g.cost"},   {"policy_margin", "g.policy_margin"},
        {"real_margin", "g.real_margin"}};
    const bool descending = sort.starts_with('-');
    const auto found = kColumns.find(descending ? sort.substr(1) : sort);
    if (found == kColumns.end()) {
        return std::nullopt;
    }
    return found->second + (descending ? " desc" : "") + ", g.basis, g.\"group\"";
}

std::vector<Row> ResultReader::months() {
    const std::string time(kTime);
    return query(
        session_,
        "select h.code, m.hospital_name, m.period, m.month_hash, to_char(m.imported_at, " + time +
            "), r.run_id, r.result_hash, to_char(r.ended_at, " + time +
            "), (select max(j.job_no) from core.job j where j.hospital_id = m.hospital_id and "
            "j.period = m.period and j.state in ('queued', 'running')) "
            "from core.month m join core.hospital h using (hospital_id) "
            "left join core.current_run c using (hospital_id, period) "
            "left join core.run r on r.hospital_id = m.hospital_id and r.run_no = c.run_no "
            "where m.hospital_id = " +
            kShownHospital + " order by m.period desc");
}

std::vector<Row> ResultReader::feeds() {
    return query(session_,
                 "select h.code, f.period, f.feed, f.state from month.feeds f "
                 "join core.hospital h using (hospital_id) where f.hospital_id = " +
                     std::string(kShownHospital));
}

bool ResultReader::has_month(int period) {
    return !query(session_,
                  "select 1 from core.month where period = $1::int and hospital_id = " +
                      std::string(kShownHospital),
                  {std::to_string(period)})
                .empty();
}

std::optional<VisibleRun> ResultReader::current(int period) {
    const auto rows = query(
        session_,
        "select r.hospital_id, h.code, m.hospital_name, r.run_no, r.run_id, r.result_hash, "
        "r.month_hash, r.prior_hash, r.rules_hash, r.certificate, m.month_hash = r.month_hash, "
        "m.prior_hash = r.prior_hash, m.rules_hash = r.rules_hash, to_char(m.imported_at, " +
            std::string(kTime) +
            ") from core.current_run c join core.run r using (hospital_id, period, run_no) "
            "join core.hospital h using (hospital_id) join core.month m using (hospital_id, "
            "period) where c.period = $1::int and c.hospital_id = " +
            kShownHospital,
        {std::to_string(period)});
    if (rows.empty()) {
        return std::nullopt;
    }
    const Row& row = rows[0];
    return VisibleRun{.hospital_id = cell(row, 0),
                      .hospital = cell(row, 1),
                      .hospital_name = cell(row, 2),
                      .run_no = cell(row, 3),
                      .run_id = cell(row, 4),
                      .result_hash = cell(row, 5),
                      .month_hash = cell(row, 6),
                      .prior_hash = cell(row, 7),
                      .rules_hash = cell(row, 8),
                      .certificate = cell(row, 9),
                      .has_its_month = cell(row, 10) == "t",
                      .has_its_prior = cell(row, 11) == "t",
                      .has_its_rules = cell(row, 12) == "t",
                      .imported_at = cell(row, 13)};
}

std::vector<Row> ResultReader::groups(const VisibleRun& run, int period, const std::string& order,
                                      const std::string& basis) {
    return query(
        session_,
        "select g.basis, g.\"group\", coalesce(r.name, n.name, ''), g.cases, g.rw_total, g.points, "
        "g.charge, g.payment, g.cost, g.policy_margin, g.real_margin "
        "from result.group_profit g left join result.group_names r on "
        "r.hospital_id = g.hospital_id and r.run_no = g.run_no and r.\"group\" = g.\"group\" "
        "left join month.dip_catalogue n on "
        "n.hospital_id = g.hospital_id and n.period = $3::int and n.\"group\" = g.\"group\" "
        "where g.hospital_id = $1::int and g.run_no = $2::bigint and ($4 = '' or g.basis = $4) "
        "order by " +
            order,
        {run.hospital_id, run.run_no, period_of_names(run, period), basis});
}

std::vector<Row> ResultReader::cases(const VisibleRun& run, int period, const CasePage& page) {
    return query(session_,
                 "select " + kCaseColumns +
                     "and c.basis = $4 and coalesce(c.\"group\", '') = $5 and c.encounter > $6 "
                     "order by c.encounter limit $7::int",
                 {run.hospital_id, run.run_no, period_of_names(run, period), page.basis, page.group,
                  page.after, std::to_string(page.size)});
}

std::optional<Row> ResultReader::one_case(const VisibleRun& run, int period,
                                          const std::string& encounter) {
    auto rows = query(session_, "select " + kCaseColumns + "and c.encounter = $4",
                      {run.hospital_id, run.run_no, period_of_names(run, period), encounter});
    return rows.empty() ? std::nullopt : std::optional(std::move(rows[0]));
}

MonthHoldings ResultReader::holdings(const VisibleRun& run, int period) {
    const auto row = query(
        session_,
        "select exists(select 1 from month.assets where hospital_id = $1::int and "
        "period = $2::int and kind = 'special') or exists(select 1 from month.equipment_items "
        "where hospital_id = $1::int and period = $2::int) or exists(select 1 from "
        "month.equipment_costs where hospital_id = $1::int and period = $2::int), "
        "exists(select 1 from month.beds where hospital_id = $1::int and period = $2::int), "
        "exists(select 1 from month.research_projects where hospital_id = $1::int and "
        "period = $2::int)",
        {run.hospital_id, std::to_string(period)})[0];
    return {.machines = cell(row, 0) == "t",
            .beds = cell(row, 1) == "t",
            .projects = cell(row, 2) == "t"};
}

std::vector<Row> ResultReader::departments(const VisibleRun& run, int period) {
    return query(session_,
                 "select d.department, d.name, d.class, exists(select 1 from "
                 "result.department_profit p where p.hospital_id = d.hospital_id and "
                 "p.run_no = $2::bigint and p.department = d.department and p.basis <> 'visit') "
                 "from month.departments d where d.hospital_id = $1::int and d.period = $3::int "
                 "order by d.department collate \"C\"",
                 {run.hospital_id, run.run_no, std::to_string(period)});
}

bool ResultReader::has_opening(const VisibleRun& run, const std::string& encounter) {
    return !query(session_,
                  "select 1 from result.patients where hospital_id = $1::int and "
                  "run_no = $2::bigint and encounter = $3 and opening_cost <> 0",
                  {run.hospital_id, run.run_no, encounter})
                .empty();
}

std::vector<Row> ResultReader::cost_parts(const VisibleRun& run, int period,
                                          const std::string& encounter) {
    return query(
        session_,
        "select cost_category, sum(opening)::bigint, sum(month)::bigint from ("
        "select cost_category, cost as opening, 0 as month from month.prior_in_hospital "
        "where hospital_id = $1::int and period = $3::int and encounter = $4 union all "
        "select cost_category, 0, cost from result.patient_cost "
        "where hospital_id = $1::int and run_no = $2::bigint and encounter = $4) parts "
        "group by cost_category order by array_position(array['staff', 'materials', 'drugs', "
        "'depreciation', 'amortization', 'risk_fund', 'other_operating'], cost_category)",
        {run.hospital_id, run.run_no, run.has_its_prior ? std::to_string(period) : "0", encounter});
}

}  // namespace yuanliu::store
