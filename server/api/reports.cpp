// Why this file: what is asked for is judged first; then the run's result folder, rules and month
// are brought together, and the report is made by the command's own code.
#include "server/api/reports.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>

#include "server/jobs/snapshot.hpp"
#include "server/report/report_json.hpp"
#include "server/store/run_store.hpp"

namespace yuanliu::api {

namespace json = boost::json;
using http::ProblemCode;
using http::Refusal;
using store::cell;

namespace {

/// A place at the desk, given back at the end.
class Seat {
  public:
    explicit Seat(ReportDesk& desk) : desk_(desk) {
        if (!desk_.seats.try_acquire() && !is_given_in_time()) {
            throw Refusal(ProblemCode::overloaded);
        }
    }
    Seat(const Seat&) = delete;
    Seat& operator=(const Seat&) = delete;
    Seat(Seat&&) = delete;
    Seat& operator=(Seat&&) = delete;
    ~Seat() { desk_.seats.release(); }

  private:
    /// Who asks while enough others wait is not kept.
    [[nodiscard]] bool is_given_in_time() {
        const bool may_wait = ++desk_.waiting <= ReportDesk::kMostWaiting;
        const bool is_given = may_wait && desk_.seats.try_acquire_for(ReportDesk::kLongestWait);
        --desk_.waiting;
        return is_given;
    }

    ReportDesk& desk_;
};

std::string_view word_of(OfDepartment of) {
    return of == OfDepartment::none       ? "none"
           : of == OfDepartment::optional ? "optional"
                                          : "required";
}

json::object rendered(const ReportKind& kind, std::string lack, Language language) {
    json::array scopes;
    for (const report::Scope scope : kind.scopes) {
        scopes.emplace_back(api::word_of(scope));
    }
    json::array bys;
    if (kind.takes_by) {
        for (const report::ProfitBy by : all_bys()) {
            bys.emplace_back(api::word_of(by));
        }
    }
    return {{"kind", kind.kind},
            {"section", kind.section},
            {"title", language == Language::zh ? kind.zh : kind.en},
            {"scopes", std::move(scopes)},
            {"by", std::move(bys)},
            {"department", word_of(kind.department)},
            {"available", lack.empty()},
            {"reason", std::move(lack)}};
}

http::Response list_reports(const http::Call& call, store::ConnectionPool& pool) {
    const int period = period_of(call.placeholder("period"));
    const Language language = call.request.language;
    const auto lease = pool.lease(store::kRequestPatience);
    store::ResultReader reader(*lease);
    const store::VisibleRun run = visible_run(reader, period);
    if (!run.has_its_month || !run.has_its_prior || !run.has_its_rules) {
        refuse_changed_month(run, period);
    }
    const json::value certificate = json::parse(run.certificate);
    const store::MonthHoldings holdings = reader.holdings(run, period);
    json::array kinds;
    for (const ReportKind& kind : all_report_kinds()) {
        kinds.push_back(rendered(kind, lack_of(kind, certificate, holdings, language), language));
    }
    json::array departments;
    for (const store::Row& row : reader.departments(run, period)) {
        departments.push_back(json::object{{"department", cell(row, 0)},
                                           {"name", cell(row, 1)},
                                           {"class", cell(row, 2)},
                                           {"has_cases", cell(row, 3) == "t"}});
    }
    return http::json_response(200, {{"run_id", run.run_id},
                                     {"result_hash", run.result_hash},
                                     {"reports", std::move(kinds)},
                                     {"departments", std::move(departments)}});
}

template <class Words>
std::string joined_words(const Words& words) {
    std::string text;
    for (const auto word : words) {
        text += (text.empty() ? "" : ", ") + std::string(api::word_of(word));
    }
    return text;
}

/// What is asked with a kind that doesn't take it is refused as well: nobody is to believe that it
/// was heard.
ReportAsk asked(const http::Call& call, const ReportKind& kind) {
    ReportAsk ask{.kind = std::string(kind.kind), .language = call.request.language};
    const std::string language = parameter_or(call, "language", "");
    if (language == "zh" || language == "en") {
        ask.language = language == "zh" ? Language::zh : Language::en;
    } else if (!language.empty()) {
        throw Refusal(ProblemCode::parameter_invalid, {"language", "zh, en"});
    }
    if (call.request.query.contains("scope")) {
        const auto scope = scope_of(parameter(call, "scope"));
        if (!scope ||
            std::find(kind.scopes.begin(), kind.scopes.end(), *scope) == kind.scopes.end()) {
            throw Refusal(ProblemCode::parameter_invalid, {"scope", joined_words(kind.scopes)});
        }
        ask.scope = *scope;
    }
    if (call.request.query.contains("by")) {
        const auto by = by_of(parameter(call, "by"));
        if (!by || !kind.takes_by) {
            throw Refusal(ProblemCode::parameter_invalid,
                          {"by", kind.takes_by ? joined_words(all_bys()) : std::string("—")});
        }
        ask.by = *by;
    }
    const bool is_named = call.request.query.contains("department");
    if (kind.department == OfDepartment::required || is_named) {
        ask.department = parameter(call, "department");
        if (kind.department == OfDepartment::none) {
            throw Refusal(ProblemCode::parameter_invalid, {"department", "—"});
        }
    }
    return ask;
}

std::string format_of(const http::Call& call) {
    std::string format = parameter_or(call, "format", "json");
    if (format != "json" && format != "csv" && format != "html") {
        throw Refusal(ProblemCode::parameter_invalid, {"format", "json, csv, html"});
    }
    return format;
}

/// Result folder and rules of a run, as files.
struct FilesOfRun {
    jobs::ResultFolders::Shared result;
    std::filesystem::path rules;
};

FilesOfRun files_of(store::ConnectionPool& pool, const ComputedMonths& months, ReportDesk& desk,
                    const store::VisibleRun& run, int period) {
    FilesOfRun files;
    files.result =
        desk.folders.get(run.result_hash + run.run_id, [&](const std::filesystem::path& folder) {
            const auto lease = pool.lease(store::kRequestPatience);
            store::RunStore(*lease).write_tables(
                static_cast<std::int16_t>(std::stoi(run.hospital_id)), std::stoll(run.run_no),
                folder);
        });
    const auto lease = pool.lease(store::kRequestPatience);
    const auto month =
        store::MonthStore(*lease).find(run.hospital, Period::parse(period_text(period)).value());
    if (!month || month->rules_hash != run.rules_hash) {
        refuse_changed_month(run, period);
    }
    files.rules = jobs::rules_of(*lease, *month, months.snapshots());
    return files;
}

void require_department(const Month& month, const std::string& code) {
    const bool is_known =
        code.empty() || std::any_of(month.departments.begin(), month.departments.end(),
                                    [&](const Department& one) { return one.code == code; });
    if (!is_known) {
        throw Refusal(ProblemCode::not_found, {"department", code});
    }
}

/// Letters that every system takes in the name of a file.
std::string file_name(int period, const ReportAsk& ask, const ReportKind& kind) {
    std::string name = period_text(period) + "-" + ask.kind;
    name += kind.takes_by ? "-" + std::string(api::word_of(ask.by)) : "";
    name += ask.department.empty() ? "" : "-" + ask.department;
    for (char& c : name) {
        const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                              (c >= '0' && c <= '9') || c == '-' || c == '_';
        c = is_plain ? c : '_';
    }
    return name;
}

http::Response rendered(const report::Report& made, const std::string& format,
                        const std::string& name, const store::VisibleRun& run,
                        const ReportKind& kind) {
    if (format == "json") {
        json::object body{
            {"run_id", run.run_id}, {"result_hash", run.result_hash}, {"kind", kind.kind}};
        for (auto& [key, value] : report::as_json(made)) {
            body[key] = std::move(value);
        }
        return http::json_response(200, body);
    }
    const bool is_csv = format == "csv";
    http::Response response;
    response.body = is_csv ? report::as_csv(made) : report::as_html(made);
    response.headers.emplace_back("Content-Type",
                                  is_csv ? "text/csv; charset=utf-8" : "text/html; charset=utf-8");
    response.headers.emplace_back("Content-Disposition",
                                  is_csv ? "attachment; filename=\"" + name + ".csv\"" : "inline");
    return response;
}

http::Response one_report(const http::Call& call, store::ConnectionPool& pool,
                          ComputedMonths& months, ReportDesk& desk) {
    const int period = period_of(call.placeholder("period"));
    const std::string& name = call.placeholder("kind");
    const ReportKind* kind = find_report_kind(name);
    if (kind == nullptr) {
        throw Refusal(ProblemCode::not_found, {"report", name});
    }
    const ReportAsk ask = asked(call, *kind);
    const std::string format = format_of(call);
    const Seat seat(desk);
    const auto [run, computed] = explained_month(pool, months, period);
    {
        const auto lease = pool.lease(store::kRequestPatience);
        const std::string lack =
            lack_of(*kind, json::parse(run.certificate),
                    store::ResultReader(*lease).holdings(run, period), call.request.language);
        if (!lack.empty()) {
            Refusal refusal(ProblemCode::report_unavailable, {std::string(kind->kind)});
            refusal.detail = lack;
            throw refusal;
        }
    }
    require_department(computed->outcome.loaded.month, ask.department);
    const FilesOfRun files = files_of(pool, months, desk, run, period);
    const auto made = desk.make(
        ask,
        {.result = files.result->path(), .rules = files.rules, .loaded = computed->outcome.loaded});
    if (!made) {
        Refusal refusal(ProblemCode::report_unavailable, {std::string(kind->kind)});
        refusal.detail = made.error();
        throw refusal;
    }
    return rendered(*made, format, file_name(period, ask, *kind), run, *kind);
}

}  // namespace

void add_report_routes(http::Router& router, const Backend& backend, ComputedMonths& months,
                       ReportDesk& desk) {
    store::ConnectionPool& pool = backend.pool;
    const std::string reports = "/api/v1/months/{period}/reports";
    router.add({.method = "GET", .pattern = reports, .handle = [&pool](auto& call) {
                    return list_reports(call, pool);
                }});
    router.add({.method = "GET",
                .pattern = reports + "/{kind}",
                .handle = [&pool, &months, &desk](auto& call) {
                    return one_report(call, pool, months, desk);
                }});
}

}  // namespace yuanliu::api
