// Why this file: see manifest.hpp. Keys that the pages do not name are refused: a misspelt `feeds`
// would otherwise turn an estimate into a final figure.
#include "server/intake/manifest.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <vector>

#include "costing/base/period.hpp"
#include "server/intake/cell.hpp"
#include "server/intake/table_spec.hpp"
#include "server/text/mapped_file.hpp"
#include "server/text/sha256.hpp"
#include "server/text/utf8.hpp"

namespace yuanliu::intake {
namespace {

namespace json = boost::json;

std::string_view view(json::string_view text) {
    return {text.data(), text.size()};
}

/// One manifest being read; `code` is how its faults are called.
class ManifestReader {
  public:
    ManifestReader(FindingCode code, FindingList& findings) : code_(code), findings_(findings) {}

    void report(std::string_view key, std::string what, std::string value = {},
                std::int64_t row = 0) {
        findings_.add(code_, {.row = row, .column = key}, {std::move(what), text::shown(value)});
    }

    std::optional<json::object> open(const std::filesystem::path& path) {
        std::error_code ignored;
        if (!std::filesystem::exists(path, ignored)) {
            findings_.add(FindingCode::file_missing, {}, {findings_.file()});
            return std::nullopt;
        }
        std::string reason;
        const auto file = text::MappedFile::open(path, reason);
        if (!file) {
            findings_.add(FindingCode::file_unreadable, {}, {reason});
            return std::nullopt;
        }
        return parse(text::without_byte_order_mark(file->bytes()));
    }

    /// A required string of the given type; blank when it is not there.
    std::string string(const json::object& object, std::string_view key, ColumnType type) {
        const json::value* value = object.if_contains(key);
        if (value == nullptr) {
            report(key, "key_missing");
            return {};
        }
        if (!value->is_string()) {
            report(key, "string_expected", json::serialize(*value));
            return {};
        }
        std::string found(view(value->get_string()));
        Cell cell;
        parse_cell({.name = key, .type = type}, found, true, cell);
        if (!cell.is_valid) {
            report(key, "value_malformed", found);
            return {};
        }
        return found;
    }

    void check_schema(const std::string& found, std::string_view expected) {
        if (!found.empty() && found != expected) {
            report("schema", "schema_unknown", found);
        }
    }

    void check_keys(const json::object& object, std::string_view prefix,
                    std::span<const std::string_view> known) {
        for (const auto& member : object) {
            const std::string_view key = view(member.key());
            if (std::find(known.begin(), known.end(), key) == known.end()) {
                report(std::string(prefix) + text::shown(key), "key_unknown", std::string(key));
            }
        }
    }

    /// An optional member that must be an object.
    const json::object* object(const json::object& parent, std::string_view key) {
        const json::value* value = parent.if_contains(key);
        if (value == nullptr) {
            return nullptr;
        }
        if (!value->is_object()) {
            report(key, "object_expected", json::serialize(*value));
            return nullptr;
        }
        return &value->get_object();
    }

    void read_feeds(const json::object& root, Manifest& manifest);
    void read_files(const json::object& root, Manifest& manifest);
    void read_tables(const json::object& root, Manifest& manifest);

  private:
    std::optional<json::object> parse(std::string_view bytes) {
        json::error_code error;
        json::stream_parser parser;
        std::size_t done = parser.write_some(bytes.data(), bytes.size(), error);
        if (!error && done == bytes.size()) {
            parser.finish(error);
        } else if (!error) {
            const std::string_view rest = bytes.substr(done);
            if (rest.find_first_not_of(" \t\r\n") != std::string_view::npos) {
                error = json::error::extra_data;
            }
        }
        if (error) {
            const std::string_view before = bytes.substr(0, std::min(done, bytes.size()));
            report({}, "not_json", error.message(),
                   1 + std::count(before.begin(), before.end(), '\n'));
            return std::nullopt;
        }
        json::value value = parser.release();
        if (!value.is_object()) {
            report({}, "object_expected");
            return std::nullopt;
        }
        return std::move(value.get_object());
    }

    FindingCode code_;
    FindingList& findings_;
};

void ManifestReader::read_feeds(const json::object& root, Manifest& manifest) {
    const json::object* feeds = object(root, "feeds");
    if (feeds == nullptr) {
        return;
    }
    for (const auto& member : *feeds) {
        const std::string name(view(member.key()));
        const std::string key = "feeds." + text::shown(name);
        const auto all = month_tables();
        const bool is_known = std::any_of(
            all.begin(), all.end(), [&](const TableSpec* spec) { return spec->feed() == name; });
        if (!is_known) {
            report(key, "table_unknown", name);
            continue;
        }
        const std::string state =
            member.value().is_string() ? std::string(view(member.value().get_string())) : "";
        if (state != "final" && state != "estimated" && state != "not_arrived") {
            report(key, "feed_state_unknown", json::serialize(member.value()));
            continue;
        }
        manifest.feeds[name] = state;
    }
}

void ManifestReader::read_files(const json::object& root, Manifest& manifest) {
    const json::object* files = object(root, "files");
    if (files == nullptr) {
        return;
    }
    for (const auto& member : *files) {
        const std::string name(view(member.key()));
        const std::string key = "files." + text::shown(name);
        if (name.empty() || name.starts_with('/') || name.find("..") != std::string::npos ||
            name.find('\0') != std::string::npos) {
            report(key, "value_malformed", name);
            continue;
        }
        if (!member.value().is_object()) {
            report(key, "object_expected", json::serialize(member.value()));
            continue;
        }
        const json::object& claim = member.value().get_object();
        constexpr std::array<std::string_view, 2> kKnown{"sha256", "rows"};
        check_keys(claim, key + ".", kKnown);
        FileClaim& kept = manifest.files[name];
        if (claim.contains("sha256")) {
            kept.sha256 = string(claim, "sha256", ColumnType::text);
        }
        if (const json::value* rows = claim.if_contains("rows")) {
            if (rows->is_int64()) {
                kept.rows = rows->get_int64();
            } else {
                report(key + ".rows", "integer_expected", json::serialize(*rows));
            }
        }
    }
}

void ManifestReader::read_tables(const json::object& root, Manifest& manifest) {
    const json::object* tables = root.contains("tables") ? object(root, "tables") : nullptr;
    if (tables == nullptr) {
        return;
    }
    for (const auto& member : *tables) {
        const std::string name(view(member.key()));
        manifest.tables[name] = string(*tables, name, ColumnType::text);
    }
}

std::string hash_lines(std::vector<std::string> lines) {
    std::sort(lines.begin(), lines.end());
    std::string all;
    for (const std::string& line : lines) {
        all += line + "\n";
    }
    return text::sha256_hex(all);
}

}  // namespace

std::optional<Manifest> read_month_manifest(const std::filesystem::path& dir,
                                            FindingList& findings) {
    ManifestReader reader(FindingCode::manifest_malformed, findings);
    const auto root = reader.open(dir / "manifest.json");
    if (!root) {
        return std::nullopt;
    }
    constexpr std::array<std::string_view, 6> kKnown{"schema", "hospital", "hospital_name",
                                                     "period", "feeds",    "files"};
    reader.check_keys(*root, "", kKnown);
    Manifest manifest;
    manifest.schema = reader.string(*root, "schema", ColumnType::text);
    manifest.hospital = reader.string(*root, "hospital", ColumnType::code);
    manifest.hospital_name = reader.string(*root, "hospital_name", ColumnType::text);
    manifest.period = reader.string(*root, "period", ColumnType::period);
    reader.check_schema(manifest.schema, "yuanliu.month/1");
    reader.read_feeds(*root, manifest);
    reader.read_files(*root, manifest);
    return manifest;
}

std::optional<Manifest> read_prior_manifest(const std::filesystem::path& dir,
                                            FindingList& findings) {
    ManifestReader reader(FindingCode::prior_malformed, findings);
    const auto root = reader.open(dir / "prior" / "manifest.json");
    if (!root) {
        return std::nullopt;
    }
    constexpr std::array<std::string_view, 5> kKnown{"schema", "hospital", "period", "result_hash",
                                                     "tables"};
    reader.check_keys(*root, "", kKnown);
    Manifest manifest;
    manifest.schema = reader.string(*root, "schema", ColumnType::text);
    manifest.hospital = reader.string(*root, "hospital", ColumnType::code);
    manifest.period = reader.string(*root, "period", ColumnType::period);
    manifest.result_hash = reader.string(*root, "result_hash", ColumnType::text);
    reader.read_tables(*root, manifest);
    reader.check_schema(manifest.schema, "yuanliu.prior/1");
    return manifest;
}

std::string month_manifest_hash(const Manifest& manifest) {
    std::vector<std::string> lines{"hospital=" + manifest.hospital,
                                   "hospital_name=" + manifest.hospital_name,
                                   "period=" + manifest.period, "schema=" + manifest.schema};
    for (const auto& [name, state] : manifest.feeds) {
        if (state != "final") {
            lines.push_back("feed." + name + "=" + state);
        }
    }
    return hash_lines(std::move(lines));
}

std::string prior_manifest_hash(const Manifest& manifest) {
    return hash_lines({"hospital=" + manifest.hospital, "period=" + manifest.period,
                       "result_hash=" + manifest.result_hash, "schema=" + manifest.schema});
}

}  // namespace yuanliu::intake
