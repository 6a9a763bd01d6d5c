// Why this file: see dip_run.hpp. Answering and explaining are one walk: with a trace the same
// steps say what they tried, so an explanation cannot differ from the answer.
#include "costing/group/dip_run.hpp"

#include <algorithm>
#include <limits>

namespace yuanliu::costing::group {
namespace {

constexpr std::int64_t kLast = std::numeric_limits<std::int64_t>::min();

}  // namespace

DipRun::DipRun(const DipGrouper& grouper, const GroupingCase& record, GroupAnswer& answer,
               GroupingTrace* trace)
    : grouper_(grouper),
      catalogue_(*grouper.catalogue_),
      record_(record),
      answer_(answer),
      trace_(trace) {}

bool DipRun::Taken::has(std::size_t place) const {
    const auto end = places.begin() + static_cast<std::ptrdiff_t>(size());
    return std::find(places.begin(), end, place) != end;
}

bool DipRun::take(const CellAlternative& alternative, Codes codes, Look look,
                  const Taken* taken_already, Taken& taken) {
    taken.alternative = nullptr;
    for (std::size_t i = 0; i < alternative.size(); ++i) {
        std::size_t from = 0;
        std::size_t end = codes.size();
        if (look == Look::behind_first || (look == Look::main_first && i > 0)) {
            from = 1;
        } else if (look == Look::main_first) {
            end = std::min<std::size_t>(1, end);
        }
        const auto used = taken.places.begin() + static_cast<std::ptrdiff_t>(i);
        std::size_t place = from;
        while (place < end && (!alternative[i].matches(codes[place]) ||
                               std::find(taken.places.begin(), used, place) != used ||
                               (taken_already != nullptr && taken_already->has(place)))) {
            ++place;
        }
        if (place >= end) {
            return false;
        }
        *used = static_cast<std::uint16_t>(place);
    }
    taken.alternative = &alternative;
    taken.first_length = alternative.front().length();
    return true;
}

bool DipRun::take_best(const Cell& cell, Codes codes, Look look, const Taken* taken_already,
                       Taken& taken) {
    for (const CellAlternative& alternative : cell) {
        Taken found;
        if (alternative.size() > taken.size() &&
            take(alternative, codes, look, taken_already, found)) {
            taken = found;
        }
    }
    return taken.alternative != nullptr;
}

bool DipRun::diagnosis_holds(const DipRow& row, Hit& hit) const {
    return row.diagnosis.empty() ||
           take_best(row.diagnosis, record_.diagnoses,
                     row.diagnosis_anywhere ? Look::anywhere : Look::main_first, nullptr,
                     hit.diagnosis);
}

Shortfall DipRun::judge_procedures(const DipRow& row, const DipStage& stage, Hit& hit,
                                   std::uint32_t& missing) const {
    Shortfall first = Shortfall::none;
    const auto lacks = [&](Shortfall why) {
        ++missing;
        first = first == Shortfall::none ? why : first;
    };
    if (row.procedure.empty()) {
        if (row.level != GroupLevel::first_stage && !procedures_.empty()) {
            lacks(Shortfall::conservative);
        }
    } else {
        const bool anywhere =
            row.procedure_position == CellPosition::any ||
            (row.procedure_position == CellPosition::by_stage && stage.any_main_procedure);
        if (!take_best(row.procedure, procedures_, anywhere ? Look::anywhere : Look::main_first,
                       nullptr, hit.procedure)) {
            lacks(Shortfall::procedure);
        }
    }
    if (stage.uses_related && !row.related.empty() &&
        !take_best(row.related, procedures_, Look::anywhere, &hit.procedure, hit.related)) {
        lacks(Shortfall::related);
    }
    return first;
}

Shortfall DipRun::judge(const DipRow& row, const DipStage& stage, Hit& hit,
                        std::uint32_t& missing) const {
    Shortfall first = shortfall_of(row.bounds, record_);
    missing += first == Shortfall::none ? 0 : 1;
    if (first != Shortfall::none && trace_ == nullptr) {
        return first;
    }
    const auto lacks = [&](Shortfall why) {
        ++missing;
        first = first == Shortfall::none ? why : first;
    };
    if (!row.other_diagnosis.empty() && !take_best(row.other_diagnosis, record_.diagnoses,
                                                   Look::behind_first, nullptr, hit.other)) {
        lacks(Shortfall::other_diagnosis);
    }
    if (row.level == GroupLevel::composite) {
        if (row.row_class != case_class()) {
            lacks(Shortfall::composite_class);
        }
        return first;
    }
    const Shortfall why = judge_procedures(row, stage, hit, missing);
    return first == Shortfall::none ? why : first;
}

void DipRun::try_row(std::uint32_t row, const DipStage& stage) {
    Hit hit{.row = row, .diagnosis = {}, .other = {}, .procedure = {}, .related = {}};
    if (!diagnosis_holds(catalogue_.rows[row], hit)) {
        return;
    }
    std::uint32_t missing = 0;
    const Shortfall why = judge(catalogue_.rows[row], stage, hit, missing);
    if (why == Shortfall::none) {
        hits_.push_back(hit);
    }
    const bool something_held = hit.diagnosis.size() + hit.other.size() + hit.procedure.size() > 0;
    say({.kind = why == Shortfall::none ? TraceKind::row_holds : TraceKind::row_failed,
         .rule = row,
         .why = why,
         .missing = missing,
         .detail = 0,
         .code = {},
         .is_near = missing == 1 && something_held});
}

void DipRun::gather_hits(std::size_t stage) {
    const DipGrouper::StageIndex& index = grouper_.stages_[stage];
    const MedicalCode main = record_.diagnoses.front();
    hits_.clear();
    candidates_.assign(index.others.begin(), index.others.end());
    for (const std::size_t length : index.lengths) {
        if (length > main.length()) {
            break;
        }
        const std::uint32_t number = index.codes.find(main.prefix(length));
        if (number != MedicalCodeIndex::kNone) {
            candidates_.insert(candidates_.end(), index.rows[number].begin(),
                               index.rows[number].end());
        }
    }
    // A row with two alternatives may be met twice; rows are judged in file order.
    std::sort(candidates_.begin(), candidates_.end());
    candidates_.erase(std::unique(candidates_.begin(), candidates_.end()), candidates_.end());
    for (const std::uint32_t row : candidates_) {
        try_row(row, catalogue_.stages[stage]);
    }
}

std::int64_t DipRun::key_of(PriorityKey key, const Hit& hit, const DipStage& stage) const {
    const DipRow& row = catalogue_.rows[hit.row];
    switch (key) {
        case PriorityKey::and_codes:
            return static_cast<std::int64_t>(hit.diagnosis.size() + hit.other.size() +
                                             hit.procedure.size() + hit.related.size());
        case PriorityKey::diagnosis_length:
            return static_cast<std::int64_t>(hit.diagnosis.first_length);
        case PriorityKey::procedure_length:
            return static_cast<std::int64_t>(hit.procedure.first_length);
        case PriorityKey::matched_procedures:
            return static_cast<std::int64_t>(hit.procedure.size() + hit.related.size());
        case PriorityKey::related:
            return static_cast<std::int64_t>(hit.related.size());
        case PriorityKey::procedure_order:
            return hit.procedure.size() == 0 ? kLast : -std::int64_t{hit.procedure.places[0]};
        case PriorityKey::mean_charge: {
            if (!row.mean_charge) {
                return kLast;
            }
            const std::int64_t gap = row.mean_charge->raw() - record_.charge.raw();
            return gap < 0 ? gap : -gap;
        }
        case PriorityKey::level:
            return stage.levels.begin() -
                   std::find(stage.levels.begin(), stage.levels.end(), row.level);
        case PriorityKey::row_class:
            return -std::int64_t{
                std::min<std::int64_t>(static_cast<std::int64_t>(row.row_class),
                                       static_cast<std::int64_t>(RowClass::conservative))};
        case PriorityKey::score:
            return row.score ? row.score->raw() : kLast;
        case PriorityKey::first_row:
            break;
    }
    return -std::int64_t{hit.row};
}

void DipRun::keep_best(const DipStage& stage) {
    for (std::uint32_t k = 0; k < stage.priority.size() && hits_.size() > 1; ++k) {
        std::vector<std::int64_t> keys;
        std::int64_t best = kLast;
        for (const Hit& hit : hits_) {
            keys.push_back(key_of(stage.priority[k], hit, stage));
            best = std::max(best, keys.back());
        }
        std::size_t kept = 0;
        for (std::size_t i = 0; i < hits_.size(); ++i) {
            if (keys[i] == best) {
                hits_[kept++] = hits_[i];
            } else {
                say({.kind = TraceKind::row_lost,
                     .rule = hits_[i].row,
                     .why = {},
                     .missing = 0,
                     .detail = static_cast<std::uint32_t>(stage.priority[k]),
                     .code = {}});
            }
        }
        hits_.resize(kept);
    }
}

void DipRun::decide_by(const Taken& taken, Codes codes) {
    for (std::size_t i = 0; i < taken.size(); ++i) {
        answer_.decide_by(codes[taken.places[i]]);
    }
}

void DipRun::decide_by_class() {
    answer_.decide_by(record_.diagnoses.front());
    if (class_ > 1) {
        const auto found = std::find_if(counted_.begin(), counted_.end(), [&](MedicalCode code) {
            return weight_of(code) == class_;
        });
        answer_.decide_by(*found);
    }
}

bool DipRun::answer_by(std::size_t which) {
    const DipStage& stage = catalogue_.stages[which];
    procedures_ = stage.recorded_procedures ? Codes(record_.procedures) : Codes(counted_);
    say({.kind = TraceKind::stage,
         .rule = static_cast<std::uint32_t>(which),
         .why = {},
         .missing = 0,
         .detail = 0,
         .code = {}});
    gather_hits(which);
    keep_best(stage);
    if (hits_.empty()) {
        return false;
    }
    const Hit& hit = hits_.front();
    const DipRow& row = catalogue_.rows[hit.row];
    const bool is_tied = std::any_of(hits_.begin(), hits_.end(), [&](const Hit& other) {
        return catalogue_.rows[other.row].group != row.group;
    });
    if (is_tied) {
        for (const Hit& other : hits_) {
            say({.kind = TraceKind::row_tied,
                 .rule = other.row,
                 .why = {},
                 .missing = 0,
                 .detail = 0,
                 .code = {}});
        }
        answer_.status = GroupingStatus::ambiguous;
        answer_.reason = GroupingReason::equal_rows;
        return true;
    }
    if (row.level == GroupLevel::composite) {
        decide_by_class();
    } else {
        decide_by(hit.diagnosis, record_.diagnoses);
        decide_by(hit.other, record_.diagnoses);
        decide_by(hit.procedure, procedures_);
        decide_by(hit.related, procedures_);
    }
    answer_.status = GroupingStatus::grouped;
    answer_.level = row.level;
    answer_.row = hit.row;
    return true;
}

void DipRun::run() {
    count_procedures();
    for (std::size_t stage = 0; stage < catalogue_.stages.size(); ++stage) {
        if (answer_by(stage)) {
            return;
        }
    }
    if (!catalogue_.generates_composites) {
        answer_.reason = GroupingReason::no_rule;
        return;
    }
    say({.kind = TraceKind::composite_class,
         .rule = 0,
         .why = {},
         .missing = 0,
         .detail = static_cast<std::uint32_t>(class_),
         .code = {}});
    decide_by_class();
    answer_.status = GroupingStatus::grouped;
    answer_.level = GroupLevel::composite;
    answer_.composite = class_;
}

}  // namespace yuanliu::costing::group
