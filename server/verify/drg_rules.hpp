// The rules text of a DRG scheme as MDCs, ADRGs and their terms (docs/grouping.md §4.1, §4.2).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "catalogue.hpp"
#include "section.hpp"

namespace yuanliu_verify {

using CodeSet = std::unordered_set<std::string>;

enum class Asked { kMain, kAnyDiagnosis, kMainProcedure, kAnyProcedure, kValid, kNoneValid };

struct Term {
    Asked asked{};
    std::size_t set = 0;  // in the sets, of the four that have one
};

struct Condition {
    std::string mdc, adrg;
    Bounds bounds;
    std::optional<bool> valid_procedure;
    std::optional<std::int64_t> sites;
};

struct Adrg {
    std::string code;
    std::vector<Term> terms;
    std::map<char, Term> numbered;
    std::vector<std::string> written;  // digits of the procedure sets of each alternative
    std::vector<Condition> conditions;
    bool asks_procedures = false;

    std::vector<std::vector<Term>> alternatives() const {
        if (written.empty()) {
            return {terms};
        }
        const auto main = std::find_if(terms.begin(), terms.end(),
                                       [](const Term& term) { return term.asked == Asked::kMain; });
        std::vector<std::vector<Term>> all;
        for (const std::string& digits : written) {
            std::vector<Term>& one = all.emplace_back();
            if (main != terms.end()) {
                one.push_back(*main);
            }
            for (const char digit : digits) {
                one.push_back(numbered.at(digit));
            }
        }
        return all;
    }
};

struct Mdc {
    std::string letter;
    std::optional<std::size_t> table;  // in the sets
    std::vector<std::size_t> sites;
    std::vector<Adrg> adrgs;
    std::vector<Condition> conditions;
};

struct DrgRules {
    std::vector<CodeSet> sets;
    std::map<std::string, Mdc> mdcs;  // by letter
};

// Text and conditions; a directive that is not known refuses.
DrgRules read_drg_rules(const CatalogueFolder& folder, const Section& settings);

}  // namespace yuanliu_verify
