// Why this file: what the handlers of months and results work with.
#pragma once

#include <filesystem>
#include <functional>

#include "server/http/json_body.hpp"
#include "server/http/router.hpp"
#include "server/store/access_store.hpp"
#include "server/store/result_reader.hpp"

namespace yuanliu::api {

struct Backend {
    store::ConnectionPool& pool;
    std::filesystem::path uploads;
    std::function<void()> wake_worker;
};

/// "2026-09" -> 202609. Throws Refusal.
[[nodiscard]] int period_of(const std::string& text);
[[nodiscard]] std::string period_text(int number);
/// A query parameter, or the fallback. Throws Refusal when it is required and missing.
[[nodiscard]] std::string parameter(const http::Call& call, const std::string& name);
[[nodiscard]] std::string parameter_or(const http::Call& call, const std::string& name,
                                       const std::string& fallback);
/// A basis of the contract. Throws Refusal.
void require_basis(const std::string& basis);
/// The run that people see. Throws Refusal: not_found, month_not_computed.
[[nodiscard]] store::VisibleRun visible_run(store::ResultReader& reader, int period);
/// The figure needs the month as the run read it, and that was imported anew since.
[[noreturn]] void refuse_changed_month(const store::VisibleRun& run, int period);
/// Whole number of a scale -> "12.50" (amounts), "1.033" (trimmed).
[[nodiscard]] std::string amount_text(const std::optional<std::string>& raw);
[[nodiscard]] std::string number_text(const std::optional<std::string>& raw, int scale);

}  // namespace yuanliu::api
