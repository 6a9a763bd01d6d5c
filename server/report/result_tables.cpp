// Why this file: see result_tables.hpp.
#include "server/report/result_tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/parse.hpp>
#include <fstream>
#include <sstream>

#include "server/text/sha256.hpp"

namespace yuanliu::report {
namespace {

std::optional<std::string> bytes_of(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return in ? std::optional(text.str()) : std::nullopt;
}

std::string string_of(const boost::json::object& object, std::string_view key) {
    const boost::json::value* found = object.if_contains(key);
    return found != nullptr && found->is_string() ? std::string(found->get_string())
                                                  : std::string();
}

tl::unexpected<Refusal> refused(std::string zh, std::string en) {
    return tl::unexpected(Refusal{.zh = std::move(zh), .en = std::move(en)});
}

template <class Take>
void each_member(const boost::json::object& object, std::string_view key, const Take& take) {
    const boost::json::value* found = object.if_contains(key);
    if (found != nullptr && found->is_object()) {
        for (const auto& member : found->get_object()) {
            take(std::string(member.key()), member.value());
        }
    }
}

}  // namespace

ResultTable::ResultTable(std::string text) : text_(std::move(text)) {
    const std::size_t end = std::min(text_.find('\n'), text_.size());
    first_row_ = end + 1;
    if (splitter_.split(std::string_view(text_).substr(0, end)) == text::LineFault::none) {
        for (const text::Field& field : splitter_.fields()) {
            columns_.emplace_back(field.value);
        }
    }
}

std::optional<std::size_t> ResultTable::column(std::string_view name) const {
    const auto found = std::find(columns_.begin(), columns_.end(), name);
    return found == columns_.end()
               ? std::nullopt
               : std::optional(static_cast<std::size_t>(found - columns_.begin()));
}

tl::expected<std::string, Refusal> ResultFolder::text(const std::string& file) const {
    auto text = bytes_of(folder / file);
    const auto hash = hashes.find(file);
    if (!text || hash == hashes.end()) {
        return refused(fmt::format("结果文件夹 {} 缺少 {}", folder.string(), file),
                       fmt::format("the result folder {} lacks {}", folder.string(), file));
    }
    if (text::sha256_hex(*text) != hash->second) {
        return refused(
            fmt::format("{} 与证书 (certificate.json) 中的哈希不符: 结果被改动过, 不出表",
                        (folder / file).string()),
            fmt::format("{} has another hash than certificate.json states: the result was altered, "
                        "and nothing is printed from it",
                        (folder / file).string()));
    }
    return std::move(*text);
}

tl::expected<ResultTable, Refusal> ResultFolder::table(const std::string& file) const {
    auto bytes = text(file);
    if (!bytes) {
        return tl::unexpected(bytes.error());
    }
    return ResultTable(std::move(*bytes));
}

tl::expected<ResultFolder, Refusal> open_result(const std::filesystem::path& result) {
    const auto text = bytes_of(result / "certificate.json");
    boost::system::error_code error;
    const boost::json::value document =
        text ? boost::json::parse(*text, error) : boost::json::value();
    if (!text || error || !document.is_object()) {
        return refused(
            fmt::format("{} 不是结果文件夹 (没有可读的 certificate.json)", result.string()),
            fmt::format("{} is not a result folder (no certificate.json that can be read)",
                        result.string()));
    }
    const boost::json::object& certificate = document.get_object();
    ResultFolder opened{.folder = result,
                        .hospital = string_of(certificate, "hospital"),
                        .period = string_of(certificate, "period"),
                        .month_hash = string_of(certificate, "month_hash"),
                        .rules_hash = string_of(certificate, "rules_hash"),
                        .result_hash = string_of(certificate, "result_hash"),
                        .rules_version = {},
                        .hashes = {},
                        .profit = {}};
    each_member(certificate, "rules",
                [&](const std::string& name, const boost::json::value& value) {
                    if (name == "allocation" && value.is_string()) {
                        opened.rules_version = value.get_string();
                    }
                });
    each_member(certificate, "tables", [&](std::string name, const boost::json::value& value) {
        opened.hashes[std::move(name)] =
            value.is_object() ? string_of(value.get_object(), "sha256") : "";
    });
    each_member(certificate, "profit", [&](std::string name, const boost::json::value& value) {
        opened.profit[std::move(name)] =
            value.is_string() ? std::string(value.get_string()) : std::string();
    });
    text::Sha256 sum;
    for (const auto& [name, hash] : opened.hashes) {
        sum.update(name + " " + hash + "\n");
    }
    if (sum.hex() != opened.result_hash) {
        return refused(
            fmt::format("{} 的 result_hash 与其所列各表不符, 不出表",
                        (result / "certificate.json").string()),
            fmt::format("result_hash of {} is not that of the tables it lists; nothing is printed",
                        (result / "certificate.json").string()));
    }
    return opened;
}

}  // namespace yuanliu::report
