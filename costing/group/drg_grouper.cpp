// Why this file: gathers what the catalogue says of each code; the steps of one case stand in
// drg_run.cpp.
#include "costing/group/drg_grouper.hpp"

#include <algorithm>

#include "costing/base/check.hpp"
#include "costing/group/drg_run.hpp"

namespace yuanliu::costing::group {

bool DrgAdrg::asks_procedures() const {
    const auto asks = [](const DrgTerm& term) {
        return term.kind != TermKind::main_diagnosis && term.kind != TermKind::any_diagnosis;
    };
    const auto has_such = [&](const std::vector<DrgTerm>& terms) {
        return std::any_of(terms.begin(), terms.end(), asks);
    };
    return std::any_of(alternatives.begin(), alternatives.end(), has_such) ||
           std::any_of(conditions.begin(), conditions.end(), [](const DrgCondition& condition) {
               return condition.valid_procedure.value_or(false);
           });
}

DrgGrouper::Facts& DrgGrouper::facts_of(MedicalCode code) {
    const std::uint32_t number = codes_.add(code);
    facts_.resize(std::max<std::size_t>(facts_.size(), number + 1));
    return facts_[number];
}

void DrgGrouper::gather_numbers() {
    for (const auto& [code, number] : catalogue_->cc) {
        facts_of(code).cc = number;
    }
    for (const auto& [code, number] : catalogue_->mcc) {
        facts_of(code).mcc = number;
    }
    for (const auto& [code, number] : catalogue_->exclusions) {
        facts_of(code).shuts_out = number;
    }
    for (const MedicalCode code : catalogue_->valid_procedures) {
        facts_of(code).valid = true;
    }
}

void DrgGrouper::gather_lists(const std::vector<Numbers>& sets, const std::vector<Numbers>& sites) {
    for (std::size_t i = 0; i < facts_.size(); ++i) {
        facts_[i].first_set = static_cast<std::uint32_t>(sets_.size());
        facts_[i].first_site = static_cast<std::uint32_t>(sites_.size());
        if (i < sets.size()) {
            facts_[i].sets = static_cast<std::uint32_t>(sets[i].size());
            sets_.insert(sets_.end(), sets[i].begin(), sets[i].end());
        }
        if (i < sites.size()) {
            facts_[i].sites = static_cast<std::uint32_t>(sites[i].size());
            sites_.insert(sites_.end(), sites[i].begin(), sites[i].end());
        }
    }
}

DrgGrouper::DrgGrouper(const DrgCatalogue& catalogue, const RecordChecks& checks)
    : catalogue_(&catalogue), checks_(&checks) {
    YUANLIU_CHECK(catalogue.mdcs.size() <= 64);
    // By number of the code, until all codes are known.
    std::vector<Numbers> sets;
    std::vector<Numbers> sites;
    const auto add_to = [&](std::vector<Numbers>& lists, MedicalCode code, std::uint32_t number) {
        const std::uint32_t at = codes_.add(code);
        static_cast<void>(facts_of(code));
        lists.resize(std::max<std::size_t>(lists.size(), at + 1));
        if (lists[at].empty() || lists[at].back() != number) {
            lists[at].push_back(number);
        }
    };
    std::uint32_t site = 0;
    for (std::size_t m = 0; m < catalogue.mdcs.size(); ++m) {
        const DrgMdc& mdc = catalogue.mdcs[m];
        for (const MedicalCode code : mdc.table) {
            facts_of(code).mdcs |= std::uint64_t{1} << m;
        }
        first_site_.push_back(site);
        for (const auto& codes : mdc.sites) {
            for (const MedicalCode code : codes) {
                add_to(sites, code, site);
            }
            ++site;
        }
        auto& procedural = procedural_.emplace_back();
        auto& medical = medical_.emplace_back();
        for (const std::uint32_t adrg : mdc.adrgs) {
            (catalogue.adrgs[adrg].asks_procedures() ? procedural : medical).push_back(adrg);
        }
    }
    first_site_.push_back(site);
    for (std::uint32_t set = 0; set < catalogue.sets.size(); ++set) {
        for (const MedicalCode code : catalogue.sets[set]) {
            add_to(sets, code, set);
        }
    }
    gather_numbers();
    gather_lists(sets, sites);
}

void DrgGrouper::group(const GroupingCase& record, GroupAnswer& answer,
                       GroupingTrace* trace) const {
    answer.status = GroupingStatus::ungrouped;
    answer.reason = GroupingReason::none;
    answer.level = GroupLevel::none;
    answer.row = GroupAnswer::kNoRow;
    answer.mdc = ' ';
    answer.composite = 0;
    answer.codes.clear();
    if (!checks_->fail(record, answer)) {
        DrgRun(*this, record, answer, trace).run();
    }
}

}  // namespace yuanliu::costing::group
