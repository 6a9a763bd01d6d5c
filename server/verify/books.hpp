// The reference data of a month in the form that the derivation uses: numbered codes with their
// class, category, kind and validity, and the encounters with their status.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "codebook.hpp"
#include "decimals.hpp"
#include "month_folder.hpp"

namespace yuanliu_verify {

inline constexpr std::array<std::string_view, 7> kCategories = {
    "staff", "materials", "drugs", "depreciation", "amortization", "risk_fund", "other_operating"};
inline constexpr std::array<std::string_view, 5> kFunds = {
    "basic", "fiscal_project", "other_fiscal_project", "research", "teaching"};
inline constexpr std::array<std::string_view, 5> kOrigins = {"direct", "public", "administrative",
                                                             "auxiliary", "medical_technology"};
inline constexpr std::array<std::string_view, 3> kPools = {"service", "drug", "material"};
inline constexpr std::array<std::string_view, 4> kStatuses = {"visit", "discharged", "in_hospital",
                                                              "discharged_earlier"};

template <std::size_t kCount>
std::uint8_t index_of(const std::array<std::string_view, kCount>& words, std::string_view word) {
    for (std::uint8_t i = 0; i < kCount; ++i) {
        if (words[i] == word) {
            return i;
        }
    }
    throw Refusal("unknown word " + std::string(word));
}

struct Department {
    std::string department_class;
    bool usable = false;
};

struct CostItem {
    std::uint8_t category = 0;
    std::uint8_t pool = 0;
    bool usable = false;
};

struct Account {
    bool usable = false;
    bool mapped = false;
    bool excluded = false;
    std::uint32_t cost_item = CodeBook::kUnknown;
};

struct ServiceItem {
    std::uint8_t pool = 0;
    std::int64_t equivalent = 0;
    bool usable = false;
    std::string charge_category;
};

enum class Status : std::uint8_t { kVisit, kDischarged, kInHospital, kDischargedEarlier };

struct Encounter {
    std::uint32_t department = 0;
    Status status = Status::kVisit;
    std::int32_t days = 0;  // of discharged inpatients, at least 1
    std::string attending;
    std::string payer;

    bool is_inpatient() const { return status != Status::kVisit; }
};

struct Books {
    CodeBook departments;
    std::vector<Department> department;
    CodeBook cost_items;
    std::vector<CostItem> cost_item;
    CodeBook accounts;
    std::vector<Account> account;
    CodeBook service_items;
    std::vector<ServiceItem> service_item;
    CodeBook encounters;
    std::vector<Encounter> encounter;
    std::string period;
    std::string last_day;  // of the month, as a date; dates compare as texts
};

Books read_books(const MonthFolder& month, Report& report);

// The numbered code, or kUnknown after naming it in the report.
std::uint32_t known(const CodeBook& book, std::string_view code, const char* where,
                    const char* what, Report& report);

}  // namespace yuanliu_verify
