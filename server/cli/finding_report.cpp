// Why this file: prints findings so that each says where, what and how to mend it, and no flood
// hides the first one.
#include "server/cli/finding_report.hpp"

#include <fmt/format.h>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <map>

#include "server/export/json_text.hpp"

namespace yuanliu::cli {
namespace {

constexpr std::size_t kShownPerCode = 3;

std::string place_of(const SourceRef& where) {
    std::string place = where.file;
    if (where.row > 0) {
        place += fmt::format(":{}", where.row);
    }
    if (!where.column.empty()) {
        place += fmt::format(" [{}]", where.column);
    }
    return place;
}

}  // namespace

std::string filled(std::string_view pattern, const std::vector<std::string>& arguments) {
    std::string words;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        const bool is_slot = pattern[i] == '{' && i + 2 < pattern.size() && pattern[i + 2] == '}';
        if (!is_slot) {
            words.push_back(pattern[i]);
            continue;
        }
        const auto slot = static_cast<std::size_t>(pattern[i + 1] - '0');
        words.append(slot < arguments.size() ? arguments[slot] : std::string("?"));
        i += 2;
    }
    return words;
}

std::string words_of(const Finding& finding, Language language) {
    return filled(template_of(finding.code, language), spelled_out(finding, language));
}

namespace {

void print_one(const Finding& finding, Language language) {
    fmt::print(stderr, "{} {} {}: {}\n", name_of(finding.severity), name_of(finding.code),
               place_of(finding.where), words_of(finding, language));
}

}  // namespace

void print_findings(const std::vector<Finding>& findings, Language language) {
    std::map<FindingCode, std::size_t> counts;
    for (const Finding& finding : findings) {
        const std::size_t seen = counts[finding.code]++;
        if (finding.severity == Severity::stop || seen < kShownPerCode) {
            print_one(finding, language);
        }
    }
    for (const Finding& finding : findings) {
        const auto found = counts.find(finding.code);
        if (finding.severity != Severity::stop && found != counts.end() &&
            found->second > kShownPerCode) {
            fmt::print(
                stderr, "{} {}: {} {}\n", name_of(finding.severity), name_of(finding.code),
                found->second - kShownPerCode,
                language == Language::zh ? "条同类, 见 findings.json" : "more, see findings.json");
            counts.erase(found);
        }
    }
}

std::string findings_document(const std::vector<Finding>& findings) {
    boost::json::array rows;
    for (const Finding& finding : findings) {
        boost::json::array arguments(finding.arguments.begin(), finding.arguments.end());
        rows.push_back(boost::json::object{{"code", name_of(finding.code)},
                                           {"severity", name_of(finding.severity)},
                                           {"file", finding.where.file},
                                           {"row", finding.where.row},
                                           {"column", finding.where.column},
                                           {"arguments", std::move(arguments)},
                                           {"en", words_of(finding, Language::en)},
                                           {"zh", words_of(finding, Language::zh)}});
    }
    return exporting::indented(
        boost::json::object{{"schema", "yuanliu.findings/1"}, {"findings", std::move(rows)}});
}

int list_findings() {
    const auto list = [](FindingCode code) {
        fmt::print("{}\n  en: {}\n  zh: {}\n", name_of(code), template_of(code, Language::en),
                   template_of(code, Language::zh));
    };
#define YUANLIU_LIST(name) list(FindingCode::name);
    YUANLIU_FINDING_CODES(YUANLIU_LIST)
#undef YUANLIU_LIST
    return kDone;
}

}  // namespace yuanliu::cli
