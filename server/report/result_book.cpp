// Why this file: see result_book.hpp. Tables are small beside a month (no charge lines), so they
// are read whole.
#include "server/report/result_book.hpp"

#include <fmt/format.h>

#include <limits>
#include <optional>
#include <span>

#include "server/report/result_tables.hpp"
#include "server/text/csv.hpp"

namespace yuanliu::report {
namespace {

using Fields = std::span<const text::Field>;

constexpr std::string_view kCostHeader = "department,kind,cost_item,fund_source,origin,cost";
constexpr std::string_view kTransferHeader =
    "stage,sender,receiver,cost_item,fund_source,origin,driver,base,base_total,pool,cost,pass";

constexpr std::string_view kMoveHeader =
    "rule,voucher,line,entry,department,cost_item,fund_source,to_department,to_cost_item,"
    "to_fund_source,reason,by,driver,base,base_total,pool,amount";
constexpr std::string_view kCollectedHeader =
    "department,cost_item,fund_source,booked,moved_out,moved_in,direct,calculated";
constexpr std::string_view kAttributeRowsHeader =
    "department,cost_item,fund_source,full,fixed,variable,controllable,capital";
constexpr std::string_view kScopeHeader =
    "department,kind,cost_category,medical_business,medical,medical_full,hospital";

template <class Number>
bool parse_into(Number& number, std::string_view text) {
    const auto raw = parse_decimal(text, Number::kScale, std::numeric_limits<std::int64_t>::max());
    number = Number::from_raw(raw.value_or(0));
    return raw.has_value();
}

template <class E>
bool parse_into_word(E& word, std::string_view text) {
    const auto found = parse_word<E>(text);
    word = found.value_or(E{});
    return found.has_value();
}

bool parse_into_count(std::uint32_t& count, std::string_view text) {
    const auto raw = parse_decimal(text, 0, std::numeric_limits<std::uint32_t>::max());
    count = static_cast<std::uint32_t>(raw.value_or(0));
    return raw && *raw >= 0;
}

bool parse_row(DepartmentCost& row, Fields fields) {
    row.department = fields[0].value;
    row.cost_item = fields[2].value;
    return parse_into_word(row.kind, fields[1].value) &&
           parse_into_word(row.fund, fields[3].value) &&
           parse_into_word(row.origin, fields[4].value) && parse_into(row.cost, fields[5].value);
}

bool parse_row(Transfer& row, Fields fields) {
    row.sender = fields[1].value;
    row.receiver = fields[2].value;
    row.cost_item = fields[3].value;
    row.driver = fields[6].value;
    return parse_into_count(row.stage, fields[0].value) &&
           parse_into_word(row.fund, fields[4].value) &&
           parse_into_word(row.origin, fields[5].value) && parse_into(row.base, fields[7].value) &&
           parse_into(row.base_total, fields[8].value) && parse_into(row.pool, fields[9].value) &&
           parse_into(row.cost, fields[10].value) && parse_into_count(row.pass, fields[11].value);
}

bool parse_row(CostMove& row, Fields fields) {
    row.voucher = fields[1].value;
    row.line = fields[2].value;
    row.department = fields[4].value;
    row.cost_item = fields[5].value;
    row.to_department = fields[7].value;
    row.to_cost_item = fields[8].value;
    row.reason = fields[10].value;
    row.by = fields[11].value;
    row.driver = fields[12].value;
    return parse_into_count(row.rule, fields[0].value) &&
           parse_into_word(row.fund, fields[6].value) &&
           parse_into_word(row.to_fund, fields[9].value) &&
           parse_into(row.base, fields[13].value) && parse_into(row.base_total, fields[14].value) &&
           parse_into(row.pool, fields[15].value) && parse_into(row.amount, fields[16].value);
}

bool parse_row(CollectedCost& row, Fields fields) {
    row.department = fields[0].value;
    row.cost_item = fields[1].value;
    return parse_into_word(row.fund, fields[2].value) && parse_into(row.booked, fields[3].value) &&
           parse_into(row.moved_out, fields[4].value) &&
           parse_into(row.moved_in, fields[5].value) && parse_into(row.direct, fields[6].value) &&
           parse_into(row.calculated, fields[7].value);
}

bool parse_row(std::vector<std::string>& row, Fields fields) {
    for (const text::Field& field : fields) {
        row.emplace_back(field.value);
    }
    return true;
}

bool parse_row(AttributeCost& row, Fields fields) {
    row.department = fields[0].value;
    row.cost_item = fields[1].value;
    return parse_into_word(row.fund, fields[2].value) && parse_into(row.full, fields[3].value) &&
           parse_into(row.fixed, fields[4].value) && parse_into(row.variable, fields[5].value) &&
           parse_into(row.controllable, fields[6].value) &&
           parse_into(row.capital, fields[7].value);
}

bool parse_row(ScopeCost& row, Fields fields) {
    row.department = fields[0].value;
    row.category = parse_word<CostCategory>(fields[2].value);
    bool is_read = parse_into_word(row.kind, fields[1].value) &&
                   (row.category.has_value() || fields[2].value.empty());
    for (std::size_t i = 0; i < row.scopes.size(); ++i) {
        is_read = is_read && parse_into(row.scopes[i], fields[3 + i].value);
    }
    return is_read;
}

/// The rows of a table with this very header; empty: some line isn't one.
template <class RowType>
std::optional<std::vector<RowType>> parse_table(std::string_view text, std::string_view header) {
    std::vector<RowType> rows;
    text::RowSplitter splitter;
    std::size_t columns = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        const std::string_view line = text.substr(at, end - at);
        at = end + 1;
        if (splitter.split(line) != text::LineFault::none) {
            return std::nullopt;
        }
        if (columns == 0) {
            columns = splitter.fields().size();
            if (line != header) {
                return std::nullopt;
            }
            continue;
        }
        RowType row;
        if (splitter.fields().size() != columns || !parse_row(row, splitter.fields())) {
            return std::nullopt;
        }
        rows.push_back(std::move(row));
    }
    return columns == 0 ? std::nullopt : std::optional(std::move(rows));
}

/// Refuses, besides what the folder refuses, a table with another header or a line that is no row.
template <class RowType>
tl::expected<std::vector<RowType>, Refusal> read_table(const ResultFolder& result,
                                                       const std::string& file,
                                                       std::string_view header) {
    const auto text = result.text(file);
    if (!text) {
        return tl::unexpected(text.error());
    }
    auto rows = parse_table<RowType>(*text, header);
    if (!rows) {
        return tl::unexpected(
            Refusal{.zh = fmt::format("{} 不是本程序写出的格式", file),
                    .en = fmt::format("{} is not written as this program writes it", file)});
    }
    return std::move(*rows);
}

/// Leaves the first refusal where it is.
template <class RowType>
void read_into(std::vector<RowType>& rows, const ResultFolder& result, const std::string& file,
               std::string_view header, std::optional<Refusal>& refusal) {
    auto read = refusal ? tl::expected<std::vector<RowType>, Refusal>()
                        : read_table<RowType>(result, file, header);
    if (!read) {
        refusal = read.error();
        return;
    }
    rows = std::move(*read);
}

}  // namespace

tl::expected<ResultBook, Refusal> read_result_book(const std::filesystem::path& result) {
    const auto folder = open_result(result);
    if (!folder) {
        return tl::unexpected(folder.error());
    }
    ResultBook book{.hospital = folder->hospital,
                    .period = folder->period,
                    .month_hash = folder->month_hash,
                    .rules_hash = folder->rules_hash,
                    .result_hash = folder->result_hash,
                    .rules_version = folder->rules_version,
                    .costs = {},
                    .transfers = {}};
    std::optional<Refusal> refusal;
    read_into(book.costs, *folder, "department_cost.csv", kCostHeader, refusal);
    read_into(book.transfers, *folder, "transfers.csv", kTransferHeader, refusal);
    if (folder->has("collected.csv")) {
        read_into(book.collected, *folder, "collected.csv", kCollectedHeader, refusal);
        read_into(book.moves, *folder, "moves.csv", kMoveHeader, refusal);
        read_into(book.attributes, *folder, "cost_attributes.csv", kAttributeRowsHeader, refusal);
        read_into(book.scopes, *folder, "cost_scopes.csv", kScopeHeader, refusal);
    }
    if (refusal) {
        return tl::unexpected(*refusal);
    }
    return book;
}

tl::expected<ResultRows, Refusal> read_result_rows(const std::filesystem::path& result,
                                                   const std::string& file,
                                                   std::string_view header) {
    const auto folder = open_result(result);
    if (!folder) {
        return tl::unexpected(folder.error());
    }
    return read_table<std::vector<std::string>>(*folder, file, header);
}

bool has_result_table(const std::filesystem::path& result, const std::string& file) {
    const auto folder = open_result(result);
    return folder && folder->has(file);
}

}  // namespace yuanliu::report
