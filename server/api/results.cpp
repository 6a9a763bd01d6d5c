// Why this file: rows of the store become JSON of the contract; sums are made of whole fen.
#include "server/api/results.hpp"

#include <algorithm>
#include <array>
#include <boost/json/parse.hpp>

#include "costing/base/money.hpp"

namespace yuanliu::api {

namespace json = boost::json;
using http::ProblemCode;
using http::Refusal;
using store::cell;

namespace {

json::value optional_number(const std::optional<std::string>& raw, int scale) {
    return raw ? json::value(number_text(raw, scale)) : json::value(nullptr);
}

/// Relative weight a case, four decimals; none when no case has one.
json::value cmi_of(std::int64_t rw_total, std::int64_t cases) {
    if (rw_total == 0 || cases == 0) {
        return nullptr;
    }
    return json::string(
        format_decimal_trimmed(rounded_half_away(rw_total, Int128{cases} * 1000), 4));
}

std::int64_t raw(const store::Row& row, std::size_t column) {
    return std::stoll(cell(row, column));
}

json::object rendered_group(const store::Row& row) {
    return {{"basis", cell(row, 0)},
            {"group", cell(row, 1)},
            {"name", cell(row, 2)},
            {"cases", raw(row, 3)},
            {"cmi", cmi_of(raw(row, 4), raw(row, 3))},
            {"points", number_text(row[5], 4)},
            {"charge", amount_text(row[6])},
            {"payment", amount_text(row[7])},
            {"cost", amount_text(row[8])},
            {"policy_margin", amount_text(row[9])},
            {"real_margin", amount_text(row[10])}};
}

/// The same shape as a group; CMI over the cases that have a weight.
json::object totals_of(const std::vector<store::Row>& rows, const std::string& basis) {
    std::array<std::int64_t, 11> sums{};
    std::int64_t weighted_cases = 0;
    for (const store::Row& row : rows) {
        for (std::size_t column = 3; column < sums.size(); ++column) {
            sums[column] += raw(row, column);
        }
        weighted_cases += raw(row, 4) == 0 ? 0 : raw(row, 3);
    }
    store::Row total{basis.empty() ? "dip" : basis, "", ""};
    for (std::size_t column = 3; column < sums.size(); ++column) {
        total.emplace_back(std::to_string(sums[column]));
    }
    json::object rendered = rendered_group(total);
    rendered["cmi"] = cmi_of(sums[4], weighted_cases);
    return rendered;
}

json::object rendered_case(const store::Row& row) {
    json::object out;
    constexpr std::array<const char*, 10> kTexts{
        "encounter", "record_number", "department", "department_name", "attending",
        "payer",     "status",        "group",      "level",           "deciding_codes"};
    for (std::size_t i = 0; i < kTexts.size(); ++i) {
        out[kTexts[i]] = cell(row, i);
    }
    out["rw"] = optional_number(row[10], 7);
    out["days"] = raw(row, 11);
    out["deviation"] = row[12] ? json::value(cell(row, 12)) : json::value(nullptr);
    out["points"] = number_text(row[13], 4);
    out["basis"] = cell(row, 14);
    constexpr std::array<const char*, 5> kAmounts{"charge", "payment", "cost", "policy_margin",
                                                  "real_margin"};
    for (std::size_t i = 0; i < kAmounts.size(); ++i) {
        out[kAmounts[i]] = amount_text(row[15 + i]);
    }
    out["group_name"] = cell(row, 20);
    return out;
}

http::Response summary(const http::Call& call, store::ConnectionPool& pool) {
    const int period = period_of(call.placeholder("period"));
    const auto lease = pool.lease(store::kRequestPatience);
    store::ResultReader reader(*lease);
    const store::VisibleRun run = visible_run(reader, period);
    const json::object certificate = json::parse(run.certificate).as_object();
    const json::object& totals = certificate.at("totals").as_object();
    const json::object& bridges = certificate.at("in_hospital_bridge").as_object();
    json::object out{{"hospital", run.hospital},
                     {"hospital_name", run.hospital_name},
                     {"period", period_text(period)},
                     {"run_id", run.run_id},
                     {"result_hash", run.result_hash}};
    for (const char* name : {"ledger", "excluded", "direct", "patients", "parked", "unallocated"}) {
        out[name] = totals.at(name);
    }
    out["cost_bridge"] = bridges.at("cost");
    out["charge_bridge"] = bridges.at("charge");
    out["profit"] = certificate.at("profit");
    out["residual"] = certificate.at("residual");
    return http::json_response(200, out);
}

http::Response groups(const http::Call& call, store::ConnectionPool& pool) {
    const int period = period_of(call.placeholder("period"));
    const auto order = store::order_of(parameter_or(call, "sort", "real_margin"));
    const std::string basis = parameter_or(call, "basis", "");
    if (!order) {
        throw Refusal(ProblemCode::parameter_invalid,
                      {"sort", "[-]group|cases|charge|payment|cost|policy_margin|real_margin"});
    }
    if (!basis.empty()) {
        require_basis(basis);
    }
    const auto lease = pool.lease(store::kRequestPatience);
    store::ResultReader reader(*lease);
    const store::VisibleRun run = visible_run(reader, period);
    const auto rows = reader.groups(run, period, *order, basis);
    json::array rendered;
    for (const store::Row& row : rows) {
        rendered.push_back(rendered_group(row));
    }
    return http::json_response(200, {{"run_id", run.run_id},
                                     {"groups", std::move(rendered)},
                                     {"totals", totals_of(rows, basis)}});
}

int page_size_of(const http::Call& call) {
    const std::string text = parameter_or(call, "page_size", "200");
    const bool digits = !text.empty() && text.size() <= 4 &&
                        text.find_first_not_of("0123456789") == std::string::npos;
    const int size = digits ? std::stoi(text) : 0;
    if (size < 1 || size > 1000) {
        throw Refusal(ProblemCode::parameter_invalid, {"page_size", "1–1000"});
    }
    return size;
}

http::Response cases(const http::Call& call, store::ConnectionPool& pool) {
    const int period = period_of(call.placeholder("period"));
    const int size = page_size_of(call);
    const store::CasePage page{.basis = parameter(call, "basis"),
                               .group = parameter(call, "group"),
                               .after = parameter_or(call, "page_token", ""),
                               .size = size + 1};
    require_basis(page.basis);
    const auto lease = pool.lease(store::kRequestPatience);
    store::ResultReader reader(*lease);
    const store::VisibleRun run = visible_run(reader, period);
    auto rows = reader.cases(run, period, page);
    json::value next = nullptr;
    if (rows.size() > static_cast<std::size_t>(size)) {
        rows.pop_back();
        next = json::string(cell(rows.back(), 0));
    }
    json::array rendered;
    for (const store::Row& row : rows) {
        rendered.push_back(rendered_case(row));
    }
    return http::json_response(200, {{"run_id", run.run_id},
                                     {"cases", std::move(rendered)},
                                     {"next_page_token", std::move(next)}});
}

http::Response one_case(const http::Call& call, store::ConnectionPool& pool) {
    const int period = period_of(call.placeholder("period"));
    const std::string& encounter = call.placeholder("encounter");
    const auto lease = pool.lease(store::kRequestPatience);
    store::ResultReader reader(*lease);
    const store::VisibleRun run = visible_run(reader, period);
    const auto row = reader.one_case(run, period, encounter);
    if (!row) {
        throw Refusal(ProblemCode::not_found, {"case", encounter});
    }
    if (!run.has_its_prior && reader.has_opening(run, encounter)) {
        refuse_changed_month(run, period);
    }
    json::array parts;
    for (const store::Row& part : reader.cost_parts(run, period, encounter)) {
        const std::int64_t cost = raw(part, 1) + raw(part, 2);
        parts.push_back(json::object{{"cost_category", cell(part, 0)},
                                     {"opening", amount_text(part[1])},
                                     {"month", amount_text(part[2])},
                                     {"cost", format_decimal(cost, 2)}});
    }
    return http::json_response(
        200, {{"run_id", run.run_id}, {"case", rendered_case(*row)}, {"parts", std::move(parts)}});
}

}  // namespace

void add_result_routes(http::Router& router, const Backend& backend) {
    store::ConnectionPool& pool = backend.pool;
    const std::string month = "/api/v1/months/{period}";
    router.add({.method = "GET", .pattern = month + "/summary", .handle = [&pool](auto& call) {
                    return summary(call, pool);
                }});
    router.add({.method = "GET", .pattern = month + "/groups", .handle = [&pool](auto& call) {
                    return groups(call, pool);
                }});
    router.add({.method = "GET", .pattern = month + "/cases", .handle = [&pool](auto& call) {
                    return cases(call, pool);
                }});
    router.add({.method = "GET",
                .pattern = month + "/cases/{encounter}",
                .handle = [&pool](auto& call) { return one_case(call, pool); }});
}

}  // namespace yuanliu::api
