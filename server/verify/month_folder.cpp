// Reads manifests and tables and computes month_hash and prior_hash (docs/month-folder.md §2, §4,
// §5).
#include "month_folder.hpp"

#include <algorithm>
#include <vector>

#include "cells.hpp"
#include "digest.hpp"

namespace yuanliu_verify {

namespace {

constexpr const char* kMonthSchema = "yuanliu.month/1";
constexpr const char* kPriorSchema = "yuanliu.prior/1";

std::string hash_of_lines(std::vector<std::string> lines) {
    std::sort(lines.begin(), lines.end());
    std::string text;
    for (const std::string& line : lines) {
        text += line + "\n";
    }
    return sha256_of(text);
}

bool is_period(const std::string& text) {
    std::string unused;
    const Column column{"period", ColumnType::kPeriod, Bound::kNone, false, {}};
    return judge_cell(text, column, unused) == CellVerdict::kCanonical;
}

std::string period_before(const std::string& period) {
    if (period.substr(5) != "01") {
        const int month = (period[5] - '0') * 10 + (period[6] - '0') - 1;
        return period.substr(0, 5) + static_cast<char>('0' + month / 10) +
               static_cast<char>('0' + month % 10);
    }
    std::string year = std::to_string(std::stoi(period.substr(0, 4)) - 1);
    return std::string(4 - std::min<std::size_t>(4, year.size()), '0') + year + "-12";
}

std::map<std::string, std::string> read_feeds(const boost::json::object& manifest) {
    std::map<std::string, std::string> feeds;
    const auto* member = manifest.if_contains("feeds");
    if (member == nullptr) {
        return feeds;
    }
    if (!member->is_object()) {
        throw Refusal("manifest.json: feeds is not an object");
    }
    for (const auto& entry : member->get_object()) {
        const std::string name(entry.key());
        const auto& schemas = month_schemas();
        const bool known = std::any_of(schemas.begin(), schemas.end(), [&](const auto& schema) {
            return schema.file == name + ".csv";
        });
        const std::string state =
            entry.value().is_string() ? std::string(entry.value().get_string()) : "";
        if (!known || (state != "final" && state != "estimated" && state != "not_arrived")) {
            throw Refusal("manifest.json: the feed " + name + " or its state is unknown");
        }
        if (state != "final") {
            feeds[name] = state;
        }
    }
    return feeds;
}

std::string read_manifest(const std::filesystem::path& folder, MonthFolder& month) {
    const std::string where = "manifest.json";
    const boost::json::object manifest = read_json_object(folder / where);
    if (string_member(manifest, "schema", where) != kMonthSchema) {
        throw Refusal("manifest.json: schema is not yuanliu.month/1");
    }
    month.hospital = string_member(manifest, "hospital", where);
    month.period = string_member(manifest, "period", where);
    if (!is_period(month.period)) {
        throw Refusal("manifest.json: period is not YYYY-MM");
    }
    month.open_feeds = read_feeds(manifest);
    std::vector<std::string> lines = {
        "hospital=" + month.hospital,
        "hospital_name=" + string_member(manifest, "hospital_name", where),
        "period=" + month.period,
        std::string("schema=") + kMonthSchema,
    };
    for (const auto& [feed, state] : month.open_feeds) {
        lines.push_back("feed." + feed + "=" + state);
    }
    return hash_of_lines(std::move(lines));
}

void read_tables(const std::filesystem::path& folder, MonthFolder& month, Report& report) {
    for (const TableSchema& schema : month_schemas()) {
        const std::string feed = schema.file.substr(0, schema.file.size() - 4);
        const auto state = month.open_feeds.find(feed);
        // A feed that has not arrived counts as an empty table even if a file stands there.
        if (state != month.open_feeds.end() && state->second == "not_arrived") {
            month.tables.emplace(schema.file, Table::empty(schema));
            continue;
        }
        if (!std::filesystem::exists(folder / schema.file)) {
            if (schema.optional) {
                month.tables.emplace(schema.file, Table::empty(schema));
                continue;
            }
            throw Refusal("month: " + schema.file + " is missing and its feed is not not_arrived");
        }
        month.tables.emplace(
            schema.file, Table::load(folder / schema.file, schema, "month " + schema.file, report));
    }
}

// The listing behind result_hash must have that hash and name the tables that stand in prior/.
// The synthetic prior/ of a first month has none.
void check_prior_listing(const boost::json::object& manifest, const std::string& result_hash,
                         const std::map<std::string, std::string>& hashes, Report& report) {
    const auto* tables = manifest.if_contains("tables");
    if (tables == nullptr) {
        report.note("prior has no listing of tables: opening amounts are taken on trust");
        return;
    }
    std::map<std::string, std::string> listed;
    for (const auto& [file, hash] : tables->as_object()) {
        listed[std::string(file)] = std::string(hash.as_string());
    }
    if (sha256_of_listing(listed) != result_hash) {
        report.difference("prior/manifest.json", "the listing does not have the hash result_hash");
    }
    for (const auto& [file, hash] : hashes) {
        const auto found = listed.find("closing/" + file.substr(std::string("prior/").size()));
        if (file != "prior/manifest.json" && (found == listed.end() || found->second != hash)) {
            report.difference(file,
                              "it is not the table that the result of the month before lists");
        }
    }
}

void read_prior(const std::filesystem::path& folder, MonthFolder& month, Report& report) {
    month.has_prior = std::filesystem::exists(folder);
    month.prior_hash = "none";
    if (!month.has_prior) {
        for (const TableSchema& schema : prior_schemas()) {
            month.prior.emplace(schema.file, Table::empty(schema));
        }
        return;
    }
    const std::string where = "prior/manifest.json";
    const boost::json::object manifest = read_json_object(folder / "manifest.json");
    std::vector<std::string> lines;
    for (const char* key : {"hospital", "period", "result_hash", "schema"}) {
        lines.push_back(std::string(key) + "=" + string_member(manifest, key, where));
    }
    if (string_member(manifest, "schema", where) != kPriorSchema ||
        string_member(manifest, "hospital", where) != month.hospital ||
        string_member(manifest, "period", where) != period_before(month.period)) {
        throw Refusal(where + ": it is not the month before of the same hospital");
    }
    std::map<std::string, std::string> hashes;
    hashes[where] = hash_of_lines(std::move(lines));
    for (const TableSchema& schema : prior_schemas()) {
        const std::string name = "prior/" + schema.file;
        Table table = Table::load(folder / schema.file, schema, name, report);
        hashes[name] = table.sha256();
        month.prior.emplace(schema.file, std::move(table));
    }
    month.prior_hash = sha256_of_listing(hashes);
    month.prior_result_hash = string_member(manifest, "result_hash", where);
    check_prior_listing(manifest, month.prior_result_hash, hashes, report);
}

}  // namespace

boost::json::object read_json_object(const std::filesystem::path& path) {
    const std::string text = read_whole_file(path);
    std::string_view view = text;
    if (view.substr(0, 3) == "\xEF\xBB\xBF") {
        view.remove_prefix(3);
    }
    boost::json::error_code error;
    boost::json::value value =
        boost::json::parse(boost::json::string_view(view.data(), view.size()), error);
    if (error || !value.is_object()) {
        throw Refusal(path.string() + " is not a JSON object");
    }
    return value.get_object();
}

std::string string_member(const boost::json::object& object, const char* key,
                          const std::string& where) {
    const auto* member = object.if_contains(key);
    if (member == nullptr || !member->is_string()) {
        throw Refusal(where + ": " + key + " is missing or is not a string");
    }
    return std::string(member->get_string());
}

MonthFolder read_month_folder(const std::filesystem::path& folder, Report& report) {
    MonthFolder month;
    std::map<std::string, std::string> hashes;
    hashes["manifest.json"] = read_manifest(folder, month);
    read_tables(folder, month, report);
    for (const auto& [file, table] : month.tables) {
        if (!table.schema().optional || !table.rows().empty()) {
            hashes[file] = table.sha256();
        }
    }
    month.month_hash = sha256_of_listing(hashes);
    read_prior(folder / "prior", month, report);
    return month;
}

}  // namespace yuanliu_verify
