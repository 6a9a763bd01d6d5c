// Why this file: see result_book.hpp. Tables are small beside a month (no charge lines), so they
// are read whole.
#include "server/report/result_book.hpp"

#include <fmt/format.h>

#include <boost/json/parse.hpp>
#include <fstream>
#include <limits>
#include <map>
#include <optional>
#include <span>
#include <sstream>

#include "server/text/csv.hpp"
#include "server/text/sha256.hpp"

namespace yuanliu::report {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;
using Fields = std::span<const text::Field>;

constexpr std::string_view kCostHeader = "department,kind,cost_item,fund_source,origin,cost";
constexpr std::string_view kTransferHeader =
    "stage,sender,receiver,cost_item,fund_source,origin,driver,base,base_total,pool,cost,pass";

constexpr std::string_view kMoveHeader =
    "rule,voucher,line,entry,department,cost_item,fund_source,to_department,to_cost_item,"
    "to_fund_source,reason,by,driver,base,base_total,pool,amount";
constexpr std::string_view kCollectedHeader =
    "department,cost_item,fund_source,booked,moved_out,moved_in,direct,calculated";
constexpr std::string_view kAttributeHeader =
    "department,cost_item,fund_source,full,fixed,variable,controllable,capital";
constexpr std::string_view kScopeHeader =
    "department,kind,cost_category,medical_business,medical,medical_full,hospital";

tl::unexpected<Refusal> refuse(std::string zh, std::string en) {
    return tl::unexpected(Refusal{.zh = std::move(zh), .en = std::move(en)});
}

std::optional<std::string> read_file(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return in ? std::optional(text.str()) : std::nullopt;
}

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

std::string text_at(const json::object& object, std::string_view key) {
    const json::value* found = object.if_contains(key);
    return found != nullptr && found->is_string() ? std::string(found->get_string())
                                                  : std::string();
}

const json::object& object_at(const json::object& object, std::string_view key) {
    static const json::object kNone;
    const json::value* found = object.if_contains(key);
    return found != nullptr && found->is_object() ? found->get_object() : kNone;
}

/// The hash that the listing of tables gives (docs/method.md §10).
std::string listing_hash(const json::object& tables) {
    std::map<std::string, std::string> sorted;
    for (const auto& entry : tables) {
        sorted[std::string(entry.key())] =
            entry.value().is_object() ? text_at(entry.value().get_object(), "sha256") : "";
    }
    text::Sha256 sum;
    for (const auto& [name, hash] : sorted) {
        sum.update(name + " " + hash + "\n");
    }
    return sum.hex();
}

/// What certificate.json lists; empty when it can't be read.
json::object tables_of(const fs::path& result) {
    const auto text = read_file(result / "certificate.json");
    boost::system::error_code error;
    const json::value document = text ? json::parse(*text, error) : json::value();
    return text && !error && document.is_object() ? object_at(document.get_object(), "tables")
                                                  : json::object();
}

template <class RowType>
tl::expected<std::vector<RowType>, Refusal> read_table(const fs::path& result,
                                                       const json::object& tables,
                                                       const std::string& file,
                                                       std::string_view header) {
    const auto text = read_file(result / file);
    if (!text) {
        return refuse(fmt::format("结果文件夹缺少 {}", file),
                      fmt::format("the result folder lacks {}", file));
    }
    if (text::sha256_hex(*text) != text_at(object_at(tables, file), "sha256")) {
        return refuse(
            fmt::format("{} 与证书 (certificate.json) 中的哈希不符: 结果被改动过, 不出表", file),
            fmt::format("{} has another hash than certificate.json states: the result was altered, "
                        "and nothing is printed from it",
                        file));
    }
    auto rows = parse_table<RowType>(*text, header);
    if (!rows) {
        return refuse(fmt::format("{} 不是本程序写出的格式", file),
                      fmt::format("{} is not written as this program writes it", file));
    }
    return std::move(*rows);
}

/// Leaves the first refusal where it is.
template <class RowType>
void read_into(std::vector<RowType>& rows, const fs::path& result, const json::object& tables,
               const std::string& file, std::string_view header, std::optional<Refusal>& refusal) {
    auto read = refusal ? tl::expected<std::vector<RowType>, Refusal>()
                        : read_table<RowType>(result, tables, file, header);
    if (!read) {
        refusal = read.error();
        return;
    }
    rows = std::move(*read);
}

}  // namespace

tl::expected<ResultBook, Refusal> read_result_book(const fs::path& result) {
    const auto text = read_file(result / "certificate.json");
    boost::system::error_code error;
    const json::value document = text ? json::parse(*text, error) : json::value();
    if (!text || error || !document.is_object()) {
        return refuse(
            fmt::format("{} 不是结果文件夹 (没有可读的 certificate.json)", result.string()),
            fmt::format("{} is not a result folder (no certificate.json that can be read)",
                        result.string()));
    }
    const json::object& certificate = document.get_object();
    const json::object& tables = object_at(certificate, "tables");
    ResultBook book{.hospital = text_at(certificate, "hospital"),
                    .period = text_at(certificate, "period"),
                    .month_hash = text_at(certificate, "month_hash"),
                    .rules_hash = text_at(certificate, "rules_hash"),
                    .result_hash = text_at(certificate, "result_hash"),
                    .rules_version = text_at(object_at(certificate, "rules"), "allocation"),
                    .costs = {},
                    .transfers = {}};
    if (listing_hash(tables) != book.result_hash) {
        return refuse("certificate.json 的 result_hash 与其所列各表不符, 不出表",
                      "result_hash of certificate.json is not that of the tables it lists; "
                      "nothing is printed");
    }
    auto costs = read_table<DepartmentCost>(result, tables, "department_cost.csv", kCostHeader);
    if (!costs) {
        return tl::unexpected(costs.error());
    }
    auto transfers = read_table<Transfer>(result, tables, "transfers.csv", kTransferHeader);
    if (!transfers) {
        return tl::unexpected(transfers.error());
    }
    book.costs = std::move(*costs);
    book.transfers = std::move(*transfers);
    std::optional<Refusal> refusal;
    if (tables.contains("collected.csv")) {
        read_into(book.collected, result, tables, "collected.csv", kCollectedHeader, refusal);
        read_into(book.moves, result, tables, "moves.csv", kMoveHeader, refusal);
        read_into(book.attributes, result, tables, "cost_attributes.csv", kAttributeHeader,
                  refusal);
        read_into(book.scopes, result, tables, "cost_scopes.csv", kScopeHeader, refusal);
    }
    if (refusal) {
        return tl::unexpected(*refusal);
    }
    return book;
}

tl::expected<ResultRows, Refusal> read_result_rows(const fs::path& result, const std::string& file,
                                                   std::string_view header) {
    return read_table<std::vector<std::string>>(result, tables_of(result), file, header);
}

bool has_result_table(const fs::path& result, const std::string& file) {
    return tables_of(result).contains(file);
}

}  // namespace yuanliu::report
