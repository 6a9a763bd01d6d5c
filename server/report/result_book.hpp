// Why this file: reads back the tables of a result folder that reports restate, and trusts them
// only when their hashes are those of the certificate.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "costing/base/money.hpp"
#include "costing/base/words.hpp"

namespace yuanliu::report {

struct DepartmentCost {
    std::string department;
    CostKind kind{};
    std::string cost_item;
    FundSource fund{};
    Origin origin{};
    Money cost;
};

struct Transfer {
    std::uint32_t stage = 0;
    std::string sender;
    std::string receiver;
    std::string cost_item;
    FundSource fund{};
    Origin origin{};
    std::string driver;
    Quantity base;
    Quantity base_total;
    Money pool;
    Money cost;
    std::uint32_t pass = 1;
};

struct ResultBook {
    std::string hospital;
    std::string period;
    std::string month_hash;
    std::string rules_hash;
    std::string result_hash;
    std::string rules_version;  ///< of allocation.toml
    std::vector<DepartmentCost> costs;
    std::vector<Transfer> transfers;
};

/// Why nothing is printed, in both languages.
struct Refusal {
    std::string zh;
    std::string en;
};

/// Refuses a folder without certificate, and tables that are not those that it lists.
[[nodiscard]] tl::expected<ResultBook, Refusal> read_result_book(
    const std::filesystem::path& result);

}  // namespace yuanliu::report
