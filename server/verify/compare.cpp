// Both sides are sorted by canonical row text, so one merge over the keys finds every difference.
#include "compare.hpp"

#include <fmt/format.h>

#include "fields.hpp"

namespace yuanliu_verify {

namespace {

std::string shown_key(std::string_view key) {
    if (!key.empty() && key.back() == ',') {
        key.remove_suffix(1);
    }
    return std::string(key);
}

void compare_row(std::string_view derived, std::string_view found, const TableSchema& schema,
                 Report& report) {
    Fields left;
    Fields right;
    left.split(derived);
    right.split(found);
    const std::string key = shown_key(leading_fields(derived, schema.key_columns));
    for (std::size_t i = 0; i < schema.columns.size(); ++i) {
        if (left[i] != right[i]) {
            report.difference(schema.file,
                              fmt::format("key {}: column {}: derived '{}', found '{}'", key,
                                          schema.columns[i].name, left[i], right[i]));
        }
    }
}

std::string scalar_text(const boost::json::value& value) {
    return value.is_string() ? std::string(value.get_string()) : boost::json::serialize(value);
}

}  // namespace

void compare_rows(const RowSet& derived, const Table& found, Report& report) {
    const TableSchema& schema = found.schema();
    const std::vector<std::string_view> left = derived.sorted();
    const std::vector<std::string_view>& right = found.rows();
    std::size_t l = 0;
    std::size_t r = 0;
    while (l < left.size() || r < right.size()) {
        if (l < left.size() && r < right.size() && left[l] == right[r]) {
            ++l;
            ++r;
            continue;
        }
        const std::string_view left_key =
            l < left.size() ? leading_fields(left[l], schema.key_columns) : std::string_view();
        const std::string_view right_key =
            r < right.size() ? leading_fields(right[r], schema.key_columns) : std::string_view();
        if (r == right.size() || (l < left.size() && left_key < right_key)) {
            report.difference(schema.file, fmt::format("key {}: derived '{}', found no row",
                                                       shown_key(left_key), left[l]));
            ++l;
        } else if (l == left.size() || right_key < left_key) {
            report.difference(schema.file, fmt::format("key {}: derived no row, found '{}'",
                                                       shown_key(right_key), right[r]));
            ++r;
        } else {
            compare_row(left[l++], right[r++], schema, report);
        }
    }
}

void compare_json(const boost::json::value& expected, const boost::json::value& found,
                  const std::string& path, Members members, Report& report) {
    if (expected.is_object() && found.is_object()) {
        const auto& left = expected.get_object();
        const auto& right = found.get_object();
        for (const auto& entry : left) {
            const std::string inner = path + "." + std::string(entry.key());
            const auto* other = right.if_contains(entry.key());
            if (other == nullptr) {
                report.difference("certificate.json", fmt::format("{}: it is missing", inner));
            } else {
                compare_json(entry.value(), *other, inner, members, report);
            }
        }
        for (const auto& entry : right) {
            if (members == Members::kAll && !left.contains(entry.key())) {
                report.difference("certificate.json", fmt::format("{}.{}: it should not be there",
                                                                  path, std::string(entry.key())));
            }
        }
        return;
    }
    const bool same_form = expected.is_string() == found.is_string() && !found.is_object();
    if (!same_form || scalar_text(expected) != scalar_text(found)) {
        report.difference("certificate.json",
                          fmt::format("{}: derived '{}', found '{}'", path, scalar_text(expected),
                                      scalar_text(found)));
    }
}

}  // namespace yuanliu_verify
