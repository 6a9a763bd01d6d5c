// What case_terms.csv and the front page say of a case for its payment (docs/payment.md §6).
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "books.hpp"

namespace yuanliu_verify {

struct CaseTerms {
    std::string severity;
    std::string tumour;
    std::optional<std::int64_t> level_coefficient;  // scale 4
    std::optional<Fen> special_amount;
    std::optional<std::int64_t> special_points;  // scale 4
    std::optional<Fen> patient_paid;
    std::string leave_word;  // blank = not stated
};

// By encounter; only of those of which something is said.
std::map<std::uint32_t, CaseTerms> read_case_terms(const MonthFolder& month, const Books& books);
// Whether some row says what a patient bears.
bool states_patient_paid(const MonthFolder& month);

}  // namespace yuanliu_verify
