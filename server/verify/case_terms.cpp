// A way of leaving counts only with the discharge record that it is a detail of.
#include "case_terms.hpp"

#include <set>

#include "fields.hpp"

namespace yuanliu_verify {

std::map<std::uint32_t, CaseTerms> read_case_terms(const MonthFolder& month, const Books& books) {
    std::map<std::uint32_t, CaseTerms> all;
    Fields fields;
    std::set<std::uint32_t> recorded;
    for (const std::string_view text : month.table("discharges.csv").rows()) {
        fields.split(text);
        recorded.insert(books.encounters.find(fields[0]));
    }
    for (const std::string_view text : month.table("stay_details.csv").rows()) {
        fields.split(text);
        const std::uint32_t id = books.encounters.find(fields[0]);
        if (id != CodeBook::kUnknown && recorded.contains(id) && !fields[4].empty()) {
            all[id].leave_word = fields[4];
        }
    }
    for (const std::string_view text : month.table("case_terms.csv").rows()) {
        fields.split(text);
        const std::uint32_t id = books.encounters.find(fields[0]);
        if (id == CodeBook::kUnknown) {
            throw Refusal("month case_terms.csv: unknown encounter " + std::string(fields[0]));
        }
        CaseTerms& terms = all[id];
        terms.severity = fields[1];
        terms.tumour = fields[2];
        if (!fields[3].empty()) {
            terms.level_coefficient = fields.number(3);
        }
        if (!fields[4].empty()) {
            terms.special_amount = fields.amount(4);
        }
        if (!fields[5].empty()) {
            terms.special_points = fields.number(5);
        }
        if (!fields[6].empty()) {
            terms.patient_paid = fields.amount(6);
        }
    }
    return all;
}

bool states_patient_paid(const MonthFolder& month) {
    Fields fields;
    for (const std::string_view text : month.table("case_terms.csv").rows()) {
        fields.split(text);
        if (!fields[6].empty()) {
            return true;
        }
    }
    return false;
}

}  // namespace yuanliu_verify
