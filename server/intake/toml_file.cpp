// Why this file: see toml_file.hpp.
#include "server/intake/toml_file.hpp"

#include <string>
#include <vector>

#include "server/intake/rule_table.hpp"
#include "server/text/mapped_file.hpp"
#include "server/text/utf8.hpp"

namespace yuanliu::intake {

void read_toml_file(const std::filesystem::path& path, FindingList& findings,
                    const std::function<void(const toml::table&)>& take) {
    std::string reason;
    const auto file = text::MappedFile::open(path, reason);
    if (!file) {
        findings.add(FindingCode::file_unreadable, {}, {reason});
        return;
    }
    try {
        const toml::table document = toml::parse(text::without_byte_order_mark(file->bytes()));
        // Binary floats lose decimals; the readers of single keys leave it to this to say so.
        std::vector<std::string> lines;
        flatten(document, "", path.filename().string(), findings, lines);
        take(document);
    } catch (const toml::parse_error& error) {
        findings.add(FindingCode::rule_malformed,
                     {.row = static_cast<std::int64_t>(error.source().begin.line), .column = {}},
                     {"not_toml", text::shown(error.description(), 300)});
    }
}

}  // namespace yuanliu::intake
