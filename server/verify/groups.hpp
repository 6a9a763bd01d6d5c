// Groups of discharged inpatients (docs/method.md §6, docs/grouping.md §10).
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "books.hpp"
#include "case_terms.hpp"
#include "derived.hpp"
#include "rules_folder.hpp"

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
    std::int64_t auxiliary = 10'000;  // coefficient, scale 4
};

class Catalogue;
struct CodedCase;

// By the catalogues of the rules if they have some, else by the rule of docs/method.md §6.
class Grouper {
  public:
    Grouper(const MonthFolder& month, const Books& books, const RulesFolder& rules);
    ~Grouper();
    // With catalogues the answer is also written to grouping.csv, with an auxiliary catalogue its
    // correction to auxiliary.csv.
    CaseGroup group(std::uint32_t encounter, Fen charge, Derived& derived) const;

  private:
    using Procedures = std::map<Int128, std::string>;  // by sequence

    void read_details(const MonthFolder& month, const RulesFolder& rules);
    CaseGroup group_by_rule(std::uint32_t encounter) const;
    CaseGroup group_by_catalogue(std::uint32_t encounter, Fen charge, Derived& derived) const;
    std::int64_t correct(std::uint32_t encounter, const Catalogue& catalogue,
                         const std::string& group, const CodedCase& coded, Derived& derived) const;
    CodedCase coded_case(std::uint32_t encounter, Fen charge) const;

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
    const Books& books_;
    std::vector<std::unique_ptr<Catalogue>> catalogues_;
    bool needs_figures_ = false;  // only payment and bonus look at them
    std::map<std::uint32_t, Procedures> diagnoses_;
    struct Person {
        std::string sex;
        std::int64_t age_years = 0;
        std::int64_t age_days = -1;
        std::int64_t weight_g = -1;
        std::int64_t icu_days = -1;  // whole ones
    };
    std::map<std::uint32_t, Person> persons_;
    std::map<std::uint32_t, CaseTerms> terms_;
};

}  // namespace yuanliu_verify
