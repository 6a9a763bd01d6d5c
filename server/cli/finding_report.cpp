// Why this file: prints findings so that each says where, what and how to mend it, and no flood
// hides the first one.
#include "server/cli/finding_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <tuple>

#include "server/export/json_text.hpp"

namespace yuanliu::cli {
namespace {

constexpr std::size_t kShownPerKind = 5;

bool is_same_kind(const Finding& left, const Finding& right) {
    return left.severity == right.severity && left.code == right.code &&
           left.where.file == right.where.file;
}

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

namespace {

void print_one(const Finding& finding, Language language) {
    fmt::print(stderr, "{} {} {}: {}\n", name_of(finding.severity), name_of(finding.code),
               place_of(finding.where), words_of(finding, language));
}

}  // namespace

void print_findings(const std::vector<Finding>& findings, Language language) {
    // What is wrong with a file as such comes first (the codes are declared in this order): it
    // causes the rest.
    std::vector<const Finding*> order;
    order.reserve(findings.size());
    for (const Finding& finding : findings) {
        order.push_back(&finding);
    }
    std::stable_sort(order.begin(), order.end(), [](const Finding* left, const Finding* right) {
        return std::tie(left->severity, left->code, left->where.file) <
               std::tie(right->severity, right->code, right->where.file);
    });
    for (std::size_t begin = 0; begin < order.size();) {
        std::size_t end = begin;
        for (; end < order.size() && is_same_kind(*order[end], *order[begin]); ++end) {
            if (end - begin < kShownPerKind) {
                print_one(*order[end], language);
            }
        }
        if (end - begin > kShownPerKind) {
            fmt::print(stderr, "{} {} {}: {} {}\n", name_of(order[begin]->severity),
                       name_of(order[begin]->code), order[begin]->where.file,
                       end - begin - kShownPerKind,
                       language == Language::zh ? "条同类未显示; 加 --findings 文件 可导出全部"
                                                : "more; --findings FILE writes all of them");
        }
        begin = end;
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
