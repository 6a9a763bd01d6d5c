// Why this file: the readings that several resources share, so that each refusal is worded once.
#include "server/api/backend.hpp"

#include <algorithm>
#include <array>

#include "costing/base/fixed.hpp"
#include "costing/base/period.hpp"

namespace yuanliu::api {

using http::ProblemCode;
using http::Refusal;

int period_of(const std::string& text) {
    const auto period = text.size() == 7 ? Period::parse(text) : std::nullopt;
    if (!period) {
        throw Refusal(ProblemCode::parameter_invalid, {"period", "YYYY-MM"});
    }
    return std::stoi(text.substr(0, 4) + text.substr(5));
}

std::string period_text(int number) {
    return std::to_string(number).insert(4, 1, '-');
}

std::string parameter(const http::Call& call, const std::string& name) {
    const auto found = call.request.query.find(name);
    if (found == call.request.query.end() || found->second.size() > 200) {
        throw Refusal(ProblemCode::parameter_invalid, {name, "1–200"});
    }
    return found->second;
}

std::string parameter_or(const http::Call& call, const std::string& name,
                         const std::string& fallback) {
    return call.request.query.contains(name) ? parameter(call, name) : fallback;
}

void require_basis(const std::string& basis) {
    constexpr std::array<std::string_view, 7> kKnown{"dip", "ungrouped", "uncoded", "charges",
                                                     "drg", "other",     "visit"};
    if (std::find(kKnown.begin(), kKnown.end(), basis) == kKnown.end()) {
        throw Refusal(ProblemCode::parameter_invalid,
                      {"basis", "dip, ungrouped, uncoded, charges, drg, other, visit"});
    }
}

store::VisibleRun visible_run(store::ResultReader& reader, int period) {
    auto run = reader.current(period);
    if (!run) {
        const std::string text = period_text(period);
        throw reader.has_month(period) ? Refusal(ProblemCode::month_not_computed, {text})
                                       : Refusal(ProblemCode::not_found, {"month", text});
    }
    return *std::move(run);
}

void refuse_changed_month(const store::VisibleRun& run, int period) {
    throw Refusal(ProblemCode::month_changed_since_run, {period_text(period), run.imported_at});
}

std::string amount_text(const std::optional<std::string>& raw) {
    return format_decimal(std::stoll(raw.value_or("0")), 2);
}

std::string number_text(const std::optional<std::string>& raw, int scale) {
    return format_decimal_trimmed(std::stoll(raw.value_or("0")), scale);
}

}  // namespace yuanliu::api
