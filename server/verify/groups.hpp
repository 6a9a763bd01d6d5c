// Groups of discharged inpatients (docs/method.md §6).
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "books.hpp"

namespace yuanliu_verify {

struct CatalogueRow {
    std::string group;
    bool is_core = false;
    std::string diagnosis;
    std::string procedure;
    std::string procedure_class;
    std::int64_t score = 0;  // scale 4, and as RW at scale 7
    Fen reference_charge = 0;
    std::int64_t reference_days = 0;  // scale 4
};

struct CaseGroup {
    std::string status;  // grouped, ungrouped, uncoded
    const CatalogueRow* row = nullptr;
    std::string level;
    std::string deciding_codes;
};

class Grouper {
  public:
    Grouper(const MonthFolder& month, const Books& books);
    CaseGroup group(std::uint32_t encounter) const;

  private:
    using Procedures = std::map<Int128, std::string>;  // by sequence

    const CatalogueRow* best_core(const std::string& diagnosis, const std::string& procedure) const;
    const CatalogueRow* best_of(const std::string& diagnosis, bool is_core,
                                const std::string& procedure_class) const;
    CaseGroup grouped(const CatalogueRow* row, const char* level, std::string codes) const;
    std::string class_of(const std::string& procedure) const;

    std::map<std::string, std::vector<CatalogueRow>> rows_of_diagnosis_;
    std::map<std::string, std::string> procedure_class_;
    std::vector<bool> has_discharge_;
    std::vector<std::string> main_diagnosis_;
    std::map<std::uint32_t, Procedures> procedures_;
};

}  // namespace yuanliu_verify
