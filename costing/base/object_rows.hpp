// Why this file: the rows of a month that say which other objects (主诊组, 设备, 床位, 科研项目)
// its cost belongs to (docs/objects.md). All are optional; no figure of a result depends on them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "costing/base/money.hpp"
#include "costing/base/strong_id.hpp"

namespace yuanliu {

/// A physician's attending group (主诊组) in the month.
struct AttendingGroup {
    std::string attending;
    std::string group;
    std::string name;
};

/// How much of an item's work in a department is done on a machine.
struct EquipmentItem {
    std::string asset;
    DepartmentId department;  ///< that executes the lines
    ServiceItemId service_item;
    Quantity share;  ///< 0 … 1
};

/// How much of a ledger line is known to be a machine's own.
struct EquipmentCost {
    std::string asset;
    std::uint32_t ledger_row = 0;  ///< index into Month::ledger
    Quantity share;                ///< 0 … 1
};

/// Opened beds (开放床位) of a ward.
struct WardBeds {
    DepartmentId department;
    Quantity opened;
    std::optional<Quantity> available_days{};  ///< none = opened in every day of the month
};

struct ResearchProject {
    std::string code;
    std::string name;
};

/// Which lines of the ledger are of a project; what is blank matches every line.
struct ProjectLine {
    std::string voucher;
    std::string line;
    AccountId account;        ///< not valid = any
    DepartmentId department;  ///< not valid = any
    std::string project;
};

}  // namespace yuanliu
