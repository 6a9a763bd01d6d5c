// Why this file: every region publishes its weights and payment standards in columns of its own; a
// small profile says which column is which, and then any such table is read (docs/payment.md §4).
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "costing/base/finding.hpp"
#include "costing/pay/exact.hpp"
#include "server/text/encoding.hpp"

namespace yuanliu::catalogue {

/// A profile file (schema yuanliu.table-profile/1).
struct TableProfile {
    using Texts = std::map<std::string, std::vector<std::string>>;

    std::string id;
    text::Encoding encoding{};
    char delimiter = ',';
    std::int64_t header_row = 1;  ///< from 1
    std::vector<std::int64_t> skip_rows;
    std::vector<std::string> blank;              ///< cells that stand for nothing, such as "-"
    bool skip_short_rows = false;                ///< rows with another number of cells
    std::map<std::string, std::string> columns;  ///< our name -> the table's
    std::map<std::string, costing::pay::Exact> units;  ///< our name -> factor of its cells
    Texts skip;                                  ///< column, ours or the table's -> cells to drop
    Texts keep;                                  ///< likewise, and all other rows are dropped
    std::map<std::string, std::string> classes;  ///< cell of `class` -> class of groups
    std::optional<costing::pay::Exact> value;    ///< rate that the standards are checked with
    std::map<std::string, costing::pay::Exact> class_values;   ///< the same for a class
    std::optional<costing::pay::Exact> low_ratio, high_ratio;  ///< of the limits to the standard
};

struct LoadedProfile {
    TableProfile profile;  ///< to be used only without stop findings
    std::vector<Finding> findings;
};

/// A published number and how many decimals it shows.
struct PublishedNumber {
    costing::pay::Exact value;
    int decimals = 0;
};

struct PaymentRow {
    std::int64_t row = 0;  ///< line in the file, from 1
    std::string group;
    std::string name;
    std::string group_class;
    /// By our column name; blank cells are not there.
    std::map<std::string, PublishedNumber, std::less<>> numbers;

    [[nodiscard]] std::optional<costing::pay::Exact> number(std::string_view column) const;
};

struct PaymentTable {
    std::string file;  ///< name without the folder
    std::vector<PaymentRow> rows;
    std::size_t skipped = 0;
    std::vector<Finding> findings;

    [[nodiscard]] std::map<std::string, const PaymentRow*, std::less<>> by_group() const;
};

/// Findings name the file by its name without the folder.
[[nodiscard]] LoadedProfile read_profile(const std::filesystem::path& file);
[[nodiscard]] PaymentTable read_payment_table(const std::filesystem::path& file,
                                              const TableProfile& profile);

struct TableCheck {
    std::size_t priced = 0;    ///< rows with score, value and a standard above 0
    std::size_t equal = 0;     ///< score x coefficients x value is the standard, as it is printed
    std::size_t unpriced = 0;  ///< rows with a score above 0 but without a standard above 0
    std::size_t limits = 0;    ///< low and high limits that were checked
    std::vector<Finding> differences;  ///< payment_standard_differs (warn), by row
};

/// score x group_coefficient x hospital x value against the standard of every priced row; equal
/// when the two differ by no more than half a unit of the last decimal that is printed. Limits
/// against low_ratio and high_ratio x our standard likewise. All differences are listed.
[[nodiscard]] TableCheck check_standards(const PaymentTable& table, const TableProfile& profile);

}  // namespace yuanliu::catalogue
