// Why this file: a table's columns are declared in one line each, in whatever file the table is.
#pragma once

#include "server/intake/table_spec.hpp"

namespace yuanliu::intake::columns {

consteval ColumnSpec code(std::string_view name) {
    return {.name = name, .type = ColumnType::code};
}
consteval ColumnSpec label(std::string_view name) {
    return {.name = name, .type = ColumnType::text};
}
consteval ColumnSpec amount(std::string_view name, Limit limit = Limit::none) {
    return {.name = name, .type = ColumnType::amount, .limit = limit};
}
consteval ColumnSpec number(std::string_view name, Limit limit = Limit::none) {
    return {.name = name, .type = ColumnType::number, .limit = limit};
}
consteval ColumnSpec count(std::string_view name, Limit limit = Limit::not_negative) {
    return {.name = name, .type = ColumnType::count, .limit = limit};
}
consteval ColumnSpec date(std::string_view name) {
    return {.name = name, .type = ColumnType::date};
}
consteval ColumnSpec period(std::string_view name) {
    return {.name = name, .type = ColumnType::period};
}
consteval ColumnSpec flag(std::string_view name) {
    return {.name = name, .type = ColumnType::flag};
}
template <class E>
consteval ColumnSpec word(std::string_view name) {
    return {.name = name, .type = ColumnType::word, .words = WordsOf<E>::kWords};
}
consteval ColumnSpec blank_allowed(ColumnSpec column) {
    column.may_be_blank = true;
    return column;
}

}  // namespace yuanliu::intake::columns
