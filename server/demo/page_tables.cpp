// Why this file: one page becomes rows of several tables, which must number its
// codes alike.
#include "server/demo/page_tables.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace yuanliu::demo {

PageTables::PageTables(const std::filesystem::path& folder, bool has_terms)
    : discharges_(folder, "discharges.csv", "encounter,sex,age_years,outcome"),
      diagnoses_(folder, "diagnoses.csv", "encounter,sequence,diagnosis"),
      procedures_(folder, "procedures.csv", "encounter,sequence,procedure"),
      open_stays_(folder, "open_stays.csv", "encounter,sex,age_years"),
      stay_details_(folder, "stay_details.csv",
                    "encounter,age_days,birth_weight_g,admission_weight_g,"
                    "discharge_way,icu_days"),
      diagnosis_details_(folder, "diagnosis_details.csv", "encounter,sequence,admission_condition"),
      procedure_details_(folder, "procedure_details.csv", "encounter,sequence,level,performed_on") {
    if (has_terms) {
        case_terms_.emplace(folder, "case_terms.csv",
                            "encounter,severity,tumour,level_coefficient,special_amount,special_"
                            "points,patient_paid");
    }
}

void PageTables::add_discharge(const Stay& stay, const FrontPage& page, bool coded) {
    discharges_.row() += fmt::format("{},{},{},{}\n", stay.code, page.female ? "female" : "male",
                                     page.age_years, page.outcome);
    discharges_.end_row();
    if (coded) {
        add_codes(stay, page, stay.discharged + 1);
        add_details(stay, page, page.discharge_way);
        add_terms(stay, page);
    }
}

/// What is known today: the diagnoses made, the procedures done.
void PageTables::add_open(const Stay& stay, const FrontPage& page, Day today) {
    open_stays_.row() +=
        fmt::format("{},{},{}\n", stay.code, page.female ? "female" : "male", page.age_years);
    open_stays_.end_row();
    add_codes(stay, page, today);
    add_details(stay, page, "");
}

/// A tumour that has spread: a secondary one stands beside the main diagnosis.
void PageTables::add_terms(const Stay& stay, const FrontPage& page) {
    const auto is_secondary = [](const CodedDiagnosis& one) {
        return one.code.starts_with("C78") || one.code.starts_with("C79");
    };
    if (!case_terms_ || !page.diagnoses.front().code.starts_with("C") ||
        std::none_of(page.diagnoses.begin() + 1, page.diagnoses.end(), is_secondary)) {
        return;
    }
    case_terms_->row() += fmt::format("{},,metastasis,,,,\n", stay.code);
    case_terms_->end_row();
}

void PageTables::add_details(const Stay& stay, const FrontPage& page, const char* discharge_way) {
    const auto known = [](std::int64_t value, bool is_known) {
        return is_known ? std::to_string(value) : std::string{};
    };
    stay_details_.row() +=
        fmt::format("{},{},{},{},{},{}\n", stay.code, known(page.age_days, page.age_days >= 0),
                    known(page.birth_weight_g, page.birth_weight_g > 0),
                    known(page.admission_weight_g, page.admission_weight_g > 0), discharge_way,
                    known(page.icu_days, page.icu_days > 0 && discharge_way[0] != '\0'));
    stay_details_.end_row();
}

void PageTables::add_codes(const Stay& stay, const FrontPage& page, Day until) {
    int sequence = 0;
    for (const auto& diagnosis : page.diagnoses) {
        diagnoses_.row() += fmt::format("{},{},{}\n", stay.code, ++sequence, diagnosis.code);
        diagnoses_.end_row();
        diagnosis_details_.row() +=
            fmt::format("{},{},{}\n", stay.code, sequence, diagnosis.condition);
        diagnosis_details_.end_row();
    }
    sequence = 0;
    for (const auto& procedure : page.procedures) {
        if (procedure.performed >= until) {
            continue;
        }
        procedures_.row() += fmt::format("{},{},{}\n", stay.code, ++sequence, procedure.code);
        procedures_.end_row();
        procedure_details_.row() +=
            fmt::format("{},{},{},{}\n", stay.code, sequence,
                        procedure.level > 0 ? std::to_string(procedure.level) : std::string{},
                        date_text(procedure.performed));
        procedure_details_.end_row();
    }
}

void PageTables::close(RowCounts& counts) {
    for (auto* stream : {&discharges_, &diagnoses_, &procedures_, &open_stays_, &stay_details_,
                         &diagnosis_details_, &procedure_details_}) {
        stream->close(counts);
    }
    if (case_terms_) {
        case_terms_->close(counts);
    }
}

}  // namespace yuanliu::demo
