// Why this file: one table of a rules file, read key by key. It remembers which keys were asked
// for, so that what nobody asks for is reported: a misspelt rule must not silently not apply.
#pragma once

#include <toml++/toml.h>
#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "costing/base/money.hpp"
#include "costing/base/period.hpp"
#include "costing/base/words.hpp"
#include "server/intake/finding_list.hpp"

namespace yuanliu::intake {

/// Inclusive bounds of a decimal of the rules, in units of 0.0001.
struct RateRange {
    std::int64_t low = -10'000'000'000;
    std::int64_t high = 10'000'000'000;
};

/// A decimal of another scale: its decimals, and bounds in units of its last one.
struct DecimalSpec {
    int scale = 0;
    std::int64_t low = 0;
    std::int64_t high = INT64_MAX;
};

/// A reader of one TOML table. All faults go to `findings`; a faulty value reads as nothing.
class RuleTable {
  public:
    RuleTable(const toml::table& table, std::string path, FindingList& findings)
        : table_(&table), path_(std::move(path)), findings_(&findings) {}

    /// Required strings and lists of them; blank strings are refused.
    std::string string(std::string_view key);
    std::vector<std::string> strings(std::string_view key, bool may_be_empty = false);
    /// The same, for a key that may be absent.
    std::optional<std::vector<std::string>> strings_if_any(std::string_view key,
                                                           bool may_be_empty = false);
    bool boolean(std::string_view key);
    std::optional<bool> boolean_if_any(std::string_view key);
    /// An optional whole number from `low` to `high`.
    std::optional<std::int64_t> integer_if_any(std::string_view key, std::int64_t low,
                                               std::int64_t high);
    /// An optional month.
    std::optional<Period> period_if_any(std::string_view key);
    Rate rate(std::string_view key, RateRange range = {});
    /// An optional decimal.
    std::optional<Rate> rate_if_any(std::string_view key, RateRange range = {});
    /// An optional decimal of any scale, in units of its last decimal.
    std::optional<std::int64_t> decimal_if_any(std::string_view key, const DecimalSpec& spec);
    /// The same for one decimal or a list of them; nothing when absent or any is faulty.
    std::optional<std::vector<std::int64_t>> decimals_if_any(std::string_view key,
                                                             const DecimalSpec& spec);
    /// A required word of a closed list; the index of the word, or nothing.
    std::optional<std::size_t> word(std::string_view key, std::span<const std::string_view> words);
    /// The same, for a key that may be absent.
    std::optional<std::size_t> word_if_any(std::string_view key,
                                           std::span<const std::string_view> words);
    /// A required table; nothing when it is not there.
    std::optional<RuleTable> table(std::string_view key);
    /// An array of tables; absent is empty unless `required`.
    std::vector<RuleTable> tables(std::string_view key, bool required = false);
    [[nodiscard]] bool has(std::string_view key) const { return table_->contains(key); }

    /// The caller reads this key from the document itself.
    void pass(std::string_view key) { asked_.emplace(key); }
    /// Reports the keys that were not asked for.
    void refuse_unknown_keys();
    void report(FindingCode code, std::string_view key, std::vector<std::string> arguments);
    /// Line of a key, or of the table when the key is not there.
    [[nodiscard]] std::int64_t line_of(std::string_view key) const;
    [[nodiscard]] std::string path_of(std::string_view key) const;

  private:
    const toml::node* take(std::string_view key, bool required);
    std::optional<std::int64_t> decimal_of(const toml::node& node, const std::string& path,
                                           const DecimalSpec& spec);
    void report_at(FindingCode code, const toml::node& node, const std::string& path,
                   std::vector<std::string> arguments);
    /// A non-blank string, or nothing and a finding.
    std::optional<std::string> text_of(const toml::node& node, const std::string& path);

    const toml::table* table_;
    std::string path_;
    FindingList* findings_;
    std::set<std::string, std::less<>> asked_;
};

/// `FILE:path=value` of every value (docs/rules.md); values that rules may not hold are reported.
void flatten(const toml::node& node, const std::string& path, std::string_view file,
             FindingList& findings, std::vector<std::string>& lines);

/// A number that the rules write bare and with a point must have been quoted.
[[nodiscard]] std::string_view type_word(const toml::node& node);

}  // namespace yuanliu::intake
