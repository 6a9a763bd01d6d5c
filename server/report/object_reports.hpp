// Why this file: the cost of other objects than departments and items (docs/objects.md): attending
// groups, equipment, beds, research projects. Derived from a result and its month; what doesn't
// close is in the report's gaps, and what can't be attributed is listed.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "server/report/reports.hpp"

namespace yuanliu::report {

/// A row of cases.csv.
struct CaseFigures {
    std::string attending;
    bool is_grouped = false;
    RelativeWeight rw;
    std::int64_t days = 0;
    Money charge;
    Money payment;
    Money cost;
};

/// What physician_profit.csv states of a physician, over departments and bases.
struct PhysicianFigures {
    std::string attending;
    std::int64_t cases = 0;
    Money charge;
    Money payment;
    Money cost;
};

struct CaseTables {
    std::vector<CaseFigures> cases;
    std::vector<PhysicianFigures> physicians;  ///< one row each, or several
};

/// Reads both tables of a result folder.
[[nodiscard]] tl::expected<CaseTables, Refusal> read_case_tables(
    const std::filesystem::path& result);

/// 主诊组成本收益表: discharged inpatients of the month by attending group and by physician.
[[nodiscard]] Report attending_group_report(const ReportInput& input, const CaseTables& tables);
/// 单机设备成本效益表: what a machine costs by itself, what is done on it and what that earns.
[[nodiscard]] Report equipment_report(const ReportInput& input);
/// 床位成本表: cost per opened bed and per bed-day of wards. `driver` gives opened beds where
/// beds.csv doesn't.
[[nodiscard]] Report bed_report(const ReportInput& input, std::optional<DriverId> driver);
/// 科研项目成本表: direct cost of fund source research by project.
[[nodiscard]] Report project_report(const ReportInput& input);

}  // namespace yuanliu::report
