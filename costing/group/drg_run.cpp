// Why this file: see drg_run.hpp. Answering and explaining are one walk: with a trace the same
// steps say what they tried, so an explanation cannot differ from the answer.
#include "costing/group/drg_run.hpp"

#include <algorithm>
#include <array>
#include <iterator>

namespace yuanliu::costing::group {
namespace {

constexpr std::size_t kSetKinds = 4;  ///< the kinds of terms that name a set come first

bool holds_set(std::span<const std::uint32_t> sets, std::uint32_t wanted) {
    return std::binary_search(sets.begin(), sets.end(), wanted);
}

Shortfall shortfall_of_term(TermKind kind) {
    switch (kind) {
        case TermKind::main_diagnosis:
            return Shortfall::main_diagnosis;
        case TermKind::any_diagnosis:
            return Shortfall::any_diagnosis;
        case TermKind::main_procedure:
            return Shortfall::main_procedure;
        case TermKind::any_procedure:
            return Shortfall::any_procedure;
        case TermKind::valid_procedure:
            return Shortfall::valid_procedure;
        case TermKind::no_valid_procedure:
            break;
    }
    return Shortfall::no_valid_procedure;
}

bool asks_valid(const std::vector<DrgCondition>& conditions) {
    return std::any_of(conditions.begin(), conditions.end(), [](const DrgCondition& condition) {
        return condition.valid_procedure.value_or(false);
    });
}

std::uint32_t least_sites(const std::vector<DrgCondition>& conditions) {
    std::uint32_t least = 0;
    for (const DrgCondition& condition : conditions) {
        least = std::max(least, condition.sites_min);
    }
    return least;
}

}  // namespace

DrgRun::DrgRun(const DrgGrouper& grouper, const GroupingCase& record, GroupAnswer& answer,
               GroupingTrace* trace)
    : grouper_(grouper),
      catalogue_(*grouper.catalogue_),
      record_(record),
      answer_(answer),
      trace_(trace) {
    const auto facts = [&](MedicalCode code) {
        const std::uint32_t number = grouper.codes_.find(code);
        return number == MedicalCodeIndex::kNone ? &grouper.unknown_ : &grouper.facts_[number];
    };
    diagnoses_.reserve(record.diagnoses.size());
    procedures_.reserve(record.procedures.size());
    std::transform(record.diagnoses.begin(), record.diagnoses.end(), std::back_inserter(diagnoses_),
                   facts);
    std::transform(record.procedures.begin(), record.procedures.end(),
                   std::back_inserter(procedures_), facts);
    mark_sets();
}

/// Which sets the case meets, once; the many terms of the rules then only look at bits.
void DrgRun::mark_sets() {
    words_ = (catalogue_.sets.size() + 63) / 64;
    marks_.resize(kSetKinds * words_);
    const auto mark = [&](TermKind kind, const Facts& facts) {
        std::uint64_t* const stretch = marks_.data() + static_cast<std::size_t>(kind) * words_;
        for (const std::uint32_t set : grouper_.sets_of(facts)) {
            stretch[set / 64] |= std::uint64_t{1} << (set % 64);
        }
    };
    mark(TermKind::main_diagnosis, *diagnoses_.front());
    for (const Facts* facts : diagnoses_) {
        mark(TermKind::any_diagnosis, *facts);
    }
    for (std::size_t i = 0; i < procedures_.size(); ++i) {
        mark(TermKind::any_procedure, *procedures_[i]);
        if (i < main_procedures()) {
            mark(TermKind::main_procedure, *procedures_[i]);
        }
    }
    has_valid_main_ = first_valid(main_procedures()) != kFails;
    has_valid_ = first_valid(procedures_.size()) != kFails;
}

bool DrgRun::term_holds(const DrgTerm& term) const {
    switch (term.kind) {
        case TermKind::valid_procedure:
            return has_valid_main_;
        case TermKind::no_valid_procedure:
            return !has_valid_;
        default:
            break;
    }
    const std::size_t word = static_cast<std::size_t>(term.kind) * words_ + term.set / 64;
    return (marks_[word] >> (term.set % 64) & 1U) != 0;
}

std::int32_t DrgRun::first_valid(std::size_t count) const {
    for (std::size_t i = 0; i < count; ++i) {
        if (procedures_[i]->valid) {
            return static_cast<std::int32_t>(i);
        }
    }
    return kFails;
}

std::size_t DrgRun::sites_of(const DrgMdc& mdc, std::size_t wanted,
                             std::vector<MedicalCode>* codes) const {
    const auto which = static_cast<std::size_t>(&mdc - catalogue_.mdcs.data());
    const std::uint32_t first = grouper_.first_site_[which];
    const std::uint32_t end = grouper_.first_site_[which + 1];
    std::vector<std::uint32_t> seen;
    for (std::size_t i = 0; i < diagnoses_.size() && seen.size() < wanted; ++i) {
        bool brings_new = false;
        for (const std::uint32_t site : grouper_.sites_of(*diagnoses_[i])) {
            if (site >= first && site < end &&
                std::find(seen.begin(), seen.end(), site) == seen.end()) {
                seen.push_back(site);
                brings_new = true;
            }
        }
        if (brings_new && codes != nullptr) {
            codes->push_back(record_.diagnoses[i]);
        }
    }
    return seen.size();
}

Shortfall DrgRun::shortfall_of_condition(const DrgMdc& mdc, const DrgCondition& condition) const {
    const Shortfall why = shortfall_of(condition.bounds, record_);
    if (why != Shortfall::none) {
        return why;
    }
    if (condition.valid_procedure) {
        if (*condition.valid_procedure && !has_valid_main_) {
            return Shortfall::valid_procedure;
        }
        if (!*condition.valid_procedure && has_valid_) {
            return Shortfall::no_valid_procedure;
        }
    }
    if (condition.sites_min > 0 &&
        sites_of(mdc, condition.sites_min, nullptr) < condition.sites_min) {
        return Shortfall::sites;
    }
    return Shortfall::none;
}

bool DrgRun::conditions_hold(const DrgMdc& mdc, const std::vector<DrgCondition>& conditions,
                             Shortfall& why) const {
    for (const DrgCondition& condition : conditions) {
        why = shortfall_of_condition(mdc, condition);
        if (why != Shortfall::none) {
            return false;
        }
    }
    return true;
}

DrgRun::Place DrgRun::place_of(const DrgTerm& term) const {
    const auto among = [&](const std::vector<const Facts*>& facts, std::size_t count) {
        for (std::size_t i = 0; i < count; ++i) {
            if (holds_set(grouper_.sets_of(*facts[i]), term.set)) {
                return static_cast<std::int32_t>(i);
            }
        }
        return kFails;
    };
    switch (term.kind) {
        case TermKind::main_diagnosis:
            return {.is_procedure = false, .at = among(diagnoses_, 1)};
        case TermKind::any_diagnosis:
            return {.is_procedure = false, .at = among(diagnoses_, diagnoses_.size())};
        case TermKind::main_procedure:
            return {.is_procedure = true, .at = among(procedures_, main_procedures())};
        case TermKind::any_procedure:
            return {.is_procedure = true, .at = among(procedures_, procedures_.size())};
        case TermKind::valid_procedure:
            return {.is_procedure = true, .at = first_valid(main_procedures())};
        case TermKind::no_valid_procedure:
            break;
    }
    return {.is_procedure = true,
            .at = first_valid(procedures_.size()) == kFails ? kNoCode : kFails};
}

const std::vector<DrgTerm>* DrgRun::held(const DrgMdc& mdc, const DrgAdrg& adrg) const {
    Shortfall why = Shortfall::none;
    if (!conditions_hold(mdc, adrg.conditions, why)) {
        return nullptr;
    }
    for (const std::vector<DrgTerm>& terms : adrg.alternatives) {
        if (std::all_of(terms.begin(), terms.end(),
                        [&](const DrgTerm& term) { return term_holds(term); })) {
            return &terms;
        }
    }
    return nullptr;
}

void DrgRun::trace_failure(const DrgMdc& mdc, std::uint32_t adrg, TraceKind kind) const {
    const DrgAdrg& tried = catalogue_.adrgs[adrg];
    std::uint32_t conditions = 0;
    Shortfall first = Shortfall::none;
    for (const DrgCondition& condition : tried.conditions) {
        const Shortfall why = shortfall_of_condition(mdc, condition);
        conditions += why == Shortfall::none ? 0 : 1;
        first = first == Shortfall::none ? why : first;
    }
    // The alternative that lacks least is the one worth telling.
    TraceStep step{
        .kind = kind, .rule = adrg, .why = first, .missing = 0xFFFFU, .detail = 0, .code = {}};
    for (const std::vector<DrgTerm>& terms : tried.alternatives) {
        std::uint32_t missing = conditions;
        Shortfall why = first;
        for (const DrgTerm& term : terms) {
            if (!term_holds(term)) {
                ++missing;
                why = why == Shortfall::none ? shortfall_of_term(term.kind) : why;
            }
        }
        if (missing < step.missing) {
            step.missing = missing;
            step.why = why;
            // In an MDC with a table the main diagnosis has been found already.
            step.is_near = missing == 1 && (mdc.has_table || terms.size() > 1);
        }
    }
    say(step);
}

bool DrgRun::find_adrg(const DrgMdc& mdc, std::span<const std::uint32_t> adrgs) {
    for (const std::uint32_t adrg : adrgs) {
        if (adrg_ != nullptr) {
            trace_failure(mdc, adrg, TraceKind::adrg_not_reached);
            continue;
        }
        terms_ = held(mdc, catalogue_.adrgs[adrg]);
        if (terms_ == nullptr) {
            if (trace_ != nullptr) {
                trace_failure(mdc, adrg, TraceKind::adrg_failed);
            }
            continue;
        }
        adrg_ = &catalogue_.adrgs[adrg];
        say({.kind = TraceKind::adrg_holds,
             .rule = adrg,
             .why = {},
             .missing = 0,
             .detail = 0,
             .code = {}});
        if (trace_ == nullptr) {
            return true;
        }
    }
    return adrg_ != nullptr;
}

bool DrgRun::enter(std::uint32_t which) {
    const DrgMdc& mdc = catalogue_.mdcs[which];
    TraceStep step{.kind = TraceKind::mdc_not_entered,
                   .rule = which,
                   .why = Shortfall::none,
                   .missing = 0,
                   .detail = 0,
                   .code = {}};
    if (mdc.has_table && (diagnoses_.front()->mdcs >> which & 1U) == 0) {
        step.why = Shortfall::main_diagnosis;
        say(step);
        return false;
    }
    if (!conditions_hold(mdc, mdc.conditions, step.why)) {
        say(step);
        return false;
    }
    if (!mdc.has_table && !find_adrg(mdc, grouper_.procedural_[which]) &&
        !find_adrg(mdc, grouper_.medical_[which])) {
        step.why = Shortfall::no_adrg;
        say(step);
        return false;
    }
    step.kind = TraceKind::mdc_entered;
    say(step);
    return true;
}

void DrgRun::finish(GroupingStatus status, GroupingReason reason) {
    answer_.status = status;
    answer_.reason = reason;
}

void DrgRun::decide_by_sites(const DrgMdc& mdc) {
    const std::uint32_t least = least_sites(mdc.conditions);
    if (least > 0) {
        std::vector<MedicalCode> codes;
        static_cast<void>(sites_of(mdc, least, &codes));
        for (const MedicalCode code : codes) {
            answer_.decide_by(code);
        }
    }
}

void DrgRun::decide_by_terms(const DrgMdc& mdc) {
    for (const DrgTerm& term : *terms_) {
        const Place place = place_of(term);
        if (place.at >= 0) {
            const auto at = static_cast<std::size_t>(place.at);
            answer_.decide_by(place.is_procedure ? record_.procedures[at] : record_.diagnoses[at]);
        }
    }
    if (asks_valid(adrg_->conditions) || asks_valid(mdc.conditions)) {
        answer_.decide_by(
            record_.procedures[static_cast<std::size_t>(first_valid(main_procedures()))]);
    }
}

void DrgRun::decide_by_severity() {
    const Facts& main = *diagnoses_.front();
    std::array<std::int32_t, 2> first{kFails, kFails};  // MCC, CC
    for (std::size_t i = 1; i < diagnoses_.size(); ++i) {
        const Facts& other = *diagnoses_[i];
        TraceStep step{.kind = TraceKind::severity_none,
                       .rule = 0,
                       .why = {},
                       .missing = 0,
                       .detail = 0,
                       .code = record_.diagnoses[i]};
        const std::array<std::uint32_t, 2> tables{other.mcc, other.cc};
        for (std::size_t k = 0; k < tables.size(); ++k) {
            if (tables[k] == 0 || record_.diagnoses[i] == record_.diagnoses.front()) {
                continue;
            }
            if (tables[k] == main.shuts_out) {
                step.kind = TraceKind::severity_shut_out;
                step.detail = tables[k];
                continue;
            }
            step.kind = k == 0 ? TraceKind::severity_mcc : TraceKind::severity_cc;
            first[k] = first[k] == kFails ? static_cast<std::int32_t>(i) : first[k];
        }
        say(step);
    }
    const std::int32_t heaviest = first[0] != kFails ? first[0] : first[1];
    std::size_t digit = 5;
    if (adrg_->drg_of_digit[9] != DrgAdrg::kNoDrg) {
        digit = 9;
    } else if (heaviest != kFails) {
        digit = first[0] != kFails ? std::size_t{1} : std::size_t{3};
    }
    while (digit < 5 && adrg_->drg_of_digit[digit] == DrgAdrg::kNoDrg) {
        digit += 2;
    }
    answer_.row = adrg_->drg_of_digit[digit];
    if (answer_.row == DrgAdrg::kNoDrg) {
        answer_.codes.clear();
        finish(GroupingStatus::ungrouped, GroupingReason::no_severity);
        return;
    }
    if (digit < 5) {
        answer_.decide_by(record_.diagnoses[static_cast<std::size_t>(heaviest)]);
    }
    answer_.level = GroupLevel::drg;
    finish(GroupingStatus::grouped, GroupingReason::none);
}

void DrgRun::decide_in(const DrgMdc& mdc) {
    const auto which = static_cast<std::size_t>(&mdc - catalogue_.mdcs.data());
    if (mdc.has_table) {
        answer_.decide_by(record_.diagnoses.front());
    }
    decide_by_sites(mdc);
    if (adrg_ == nullptr && !find_adrg(mdc, grouper_.procedural_[which])) {
        const std::int32_t valid = first_valid(main_procedures());
        if (valid != kFails) {
            answer_.decide_by(record_.procedures[static_cast<std::size_t>(valid)]);
            answer_.mdc = mdc.letter;
            finish(GroupingStatus::ambiguous, GroupingReason::unrelated_procedure);
            return;
        }
        if (!find_adrg(mdc, grouper_.medical_[which])) {
            answer_.codes.clear();
            finish(GroupingStatus::ungrouped, GroupingReason::no_rule);
            return;
        }
    }
    decide_by_terms(mdc);
    decide_by_severity();
}

void DrgRun::run() {
    for (const std::uint32_t mdc : catalogue_.order) {
        if (enter(mdc)) {
            decide_in(catalogue_.mdcs[mdc]);
            return;
        }
    }
    finish(GroupingStatus::ungrouped, GroupingReason::no_entry);
}

}  // namespace yuanliu::costing::group
