// Why this file: the indexes of a DIP catalogue; the steps of one case stand in dip_run.cpp.
#include "costing/group/dip_grouper.hpp"

#include <algorithm>

#include "costing/group/dip_run.hpp"

namespace yuanliu::costing::group {
namespace {

void keep_once(std::vector<std::size_t>& lengths) {
    std::sort(lengths.begin(), lengths.end());
    lengths.erase(std::unique(lengths.begin(), lengths.end()), lengths.end());
}

/// The first of equal codes keeps its value.
template <class Value>
void put_first(MedicalCodeIndex& index, std::vector<Value>& values, MedicalCode code, Value value) {
    if (index.add(code) == values.size()) {
        values.push_back(value);
    }
}

}  // namespace

DipGrouper::StageIndex DipGrouper::index_of(const DipStage& stage) const {
    StageIndex index;
    for (std::uint32_t i = 0; i < catalogue_->rows.size(); ++i) {
        const DipRow& row = catalogue_->rows[i];
        if (std::find(stage.levels.begin(), stage.levels.end(), row.level) == stage.levels.end()) {
            continue;
        }
        const bool has_code =
            !row.diagnosis.empty() && !row.diagnosis_anywhere &&
            std::none_of(row.diagnosis.begin(), row.diagnosis.end(),
                         [](const CellAlternative& alternative) {
                             return alternative.front().kind == CellCode::Kind::range;
                         });
        if (!has_code) {
            index.others.push_back(i);
            continue;
        }
        for (const CellAlternative& alternative : row.diagnosis) {
            const MedicalCode code = alternative.front().low;
            const std::uint32_t number = index.codes.add(code);
            if (number == index.rows.size()) {
                index.rows.emplace_back();
                index.lengths.push_back(code.length());
            }
            if (index.rows[number].empty() || index.rows[number].back() != i) {
                index.rows[number].push_back(i);
            }
        }
    }
    keep_once(index.lengths);
    return index;
}

DipGrouper::DipGrouper(const DipCatalogue& catalogue, const RecordChecks& checks)
    : catalogue_(&catalogue), checks_(&checks) {
    for (const DipStage& stage : catalogue.stages) {
        stages_.push_back(index_of(stage));
    }
    for (const auto& [code, procedure_class] : catalogue.classes) {
        put_first(classified_, classes_, code, procedure_class);
    }
    for (const auto& [code, treatment] : catalogue.excluded_procedures) {
        put_first(treated_, treatments_, code, treatment);
    }
    for (const MedicalCode code : catalogue.excluded_diagnoses) {
        excluded_.add(code);
        excluded_lengths_.push_back(code.length());
    }
    keep_once(excluded_lengths_);
}

bool DipGrouper::excludes(MedicalCode diagnosis) const {
    if (!catalogue_->excludes_by_prefix) {
        return excluded_.contains(diagnosis);
    }
    return std::any_of(excluded_lengths_.begin(), excluded_lengths_.end(), [&](std::size_t length) {
        return length <= diagnosis.length() && excluded_.contains(diagnosis.prefix(length));
    });
}

void DipGrouper::group(const GroupingCase& record, GroupAnswer& answer,
                       GroupingTrace* trace) const {
    answer.status = GroupingStatus::ungrouped;
    answer.reason = GroupingReason::none;
    answer.level = GroupLevel::none;
    answer.row = GroupAnswer::kNoRow;
    answer.mdc = ' ';
    answer.composite = 0;
    answer.codes.clear();
    if (checks_->fail(record, answer)) {
        return;
    }
    if (excludes(record.diagnoses.front())) {
        answer.reason = GroupingReason::excluded_diagnosis;
        answer.decide_by(record.diagnoses.front());
        return;
    }
    DipRun(*this, record, answer, trace).run();
}

}  // namespace yuanliu::costing::group
