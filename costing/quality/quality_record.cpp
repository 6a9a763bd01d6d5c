// Why this file: see quality_record.hpp.
#include "costing/quality/quality_record.hpp"

#include <algorithm>

namespace yuanliu::costing::quality {

std::span<const Item> Record::items(Field field) const {
    const auto part = [&](Field whole, bool is_first) {
        const std::span<const Item> all(lists[index_of(whole)]);
        return is_first ? all.first(std::min<std::size_t>(1, all.size()))
                        : all.subspan(std::min<std::size_t>(1, all.size()));
    };
    switch (field) {
        case Field::main_diagnosis:
            return part(Field::diagnoses, true);
        case Field::other_diagnoses:
            return part(Field::diagnoses, false);
        case Field::main_procedure:
            return part(Field::procedures, true);
        case Field::other_procedures:
            return part(Field::procedures, false);
        default:
            return lists[index_of(field)];
    }
}

bool Record::is_blank(Field field) const {
    if (!is_list(type_of(field))) {
        return text[index_of(field)].empty();
    }
    const std::span<const Item> all = items(field);
    return std::all_of(all.begin(), all.end(), [](const Item& item) { return item.text.empty(); });
}

bool is_morphology(std::string_view text) {
    const std::size_t slash = text.find('/');
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    if (!text.starts_with('M') || slash < 5 || slash > 6 || text.size() != slash + 2) {
        return false;
    }
    const std::string_view digits = text.substr(1, slash - 1);
    return std::all_of(digits.begin(), digits.end(), is_digit) && is_digit(text.back());
}

}  // namespace yuanliu::costing::quality
