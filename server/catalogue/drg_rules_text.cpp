// Why this file: see drg_rules_text.hpp.
#include "server/catalogue/drg_rules_text.hpp"

#include <array>
#include <map>
#include <string>

#include "server/catalogue/catalogue_reader.hpp"
#include "server/catalogue/plain_table.hpp"
#include "server/text/utf8.hpp"

namespace yuanliu::catalogue {
namespace {

namespace group = costing::group;
using group::TermKind;

struct Directive {
    std::string_view text;
    TermKind kind{};
    bool has_set = true;
};

constexpr std::array kDirectives{
    Directive{"包含以下主要诊断", TermKind::main_diagnosis},
    Directive{"主要诊断", TermKind::main_diagnosis},
    Directive{"包含以下主要手术或操作", TermKind::main_procedure},
    Directive{"主要诊断或其他诊断中包含以下诊断", TermKind::any_diagnosis},
    Directive{"包含以下诊断", TermKind::any_diagnosis},
    Directive{"同时包含以下手术", TermKind::any_procedure},
    Directive{"和", TermKind::any_procedure},
    Directive{"全部手术", TermKind::valid_procedure, false},
    Directive{"包含全部手术", TermKind::valid_procedure, false},
    Directive{"符合MDCZ主诊表，且无手术", TermKind::no_valid_procedure, false},
};
constexpr std::string_view kColon = "：";
constexpr std::string_view kTable = "主诊表";
constexpr std::string_view kAlternative = "包含以下主要诊断+";
constexpr std::string_view kOr = "或";

bool is_capital(char c) {
    return c >= 'A' && c <= 'Z';
}
bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool opens_mdc(std::string_view line) {
    return line.size() > 5 && line.starts_with("MDC") && is_capital(line[3]) && line[4] == ' ';
}
bool opens_adrg(std::string_view line) {
    return line.size() > 4 && is_capital(line[0]) && is_capital(line[1]) && is_digit(line[2]) &&
           line[3] == ' ';
}
bool opens_code(std::string_view line) {
    return line.size() > 1 && (is_capital(line[0]) || is_digit(line[0])) && is_digit(line[1]);
}

std::string without_blanks(std::string_view line) {
    std::string text;
    for (const char c : line) {
        if (c != ' ' && c != '\t') {
            text.push_back(c);
        }
    }
    while (text.ends_with(kColon)) {
        text.resize(text.size() - kColon.size());
    }
    return text;
}

class RulesText {
  public:
    RulesText(const group::RecordChecks& checks, intake::FindingList& findings,
              group::DrgCatalogue& catalogue)
        : checks_(checks), findings_(findings), catalogue_(catalogue) {}

    void take(std::string_view line, std::int64_t number) {
        row_ = number;
        if (without_blanks(line).empty()) {
            return;
        }
        if (opens_mdc(line)) {
            open_mdc(line);
        } else if (opens_adrg(line)) {
            open_adrg(line);
        } else if (opens_code(line)) {
            take_code(line);
        } else if (!take_directive(without_blanks(line))) {
            findings_.add(FindingCode::catalogue_line_unknown, {.row = row_, .column = {}},
                          {text::shown(line)});
        }
    }

    /// Closes the last ADRG.
    void finish() {
        if (!in_adrg_) {
            return;
        }
        group::DrgAdrg& adrg = catalogue_.adrgs.back();
        if (written_.empty()) {
            adrg.alternatives = {terms_};
        }
        for (const std::string& numbers : written_) {
            auto& terms = adrg.alternatives.emplace_back();
            for (const group::DrgTerm& term : terms_) {
                if (term.kind == TermKind::main_diagnosis) {
                    terms.push_back(term);
                    break;
                }
            }
            for (const char number : numbers) {
                const auto set = numbered_.find(number);
                if (set != numbered_.end()) {
                    terms.push_back({.kind = TermKind::any_procedure, .set = set->second});
                }
            }
        }
        in_adrg_ = false;
    }

  private:
    void open_mdc(std::string_view line) {
        finish();
        const std::string title = without_blanks(line.substr(5));
        codes_ = nullptr;
        for (const group::DrgMdc& known : catalogue_.mdcs) {
            if (known.letter == line[3]) {
                mdc_ = &known - catalogue_.mdcs.data();
            }
        }
        if (catalogue_.mdcs.empty() || mdc().letter != line[3]) {
            catalogue_.mdcs.emplace_back();
            mdc_ = static_cast<std::ptrdiff_t>(catalogue_.mdcs.size()) - 1;
            mdc().letter = line[3];
            mdc().name = title;
        }
        if (title == kTable) {
            mdc().has_table = true;
        }
    }

    void open_adrg(std::string_view line) {
        finish();
        codes_ = nullptr;
        if (catalogue_.mdcs.empty()) {
            findings_.add(FindingCode::catalogue_line_unknown, {.row = row_, .column = {}},
                          {text::shown(line)});
            return;
        }
        mdc().adrgs.push_back(static_cast<std::uint32_t>(catalogue_.adrgs.size()));
        group::DrgAdrg& adrg = catalogue_.adrgs.emplace_back();
        adrg.code = std::string(line.substr(0, 3));
        adrg.name = std::string(line.substr(4));
        in_adrg_ = true;
        terms_.clear();
        numbered_.clear();
        written_.clear();
    }

    void take_code(std::string_view line) {
        const std::string_view head = line.substr(0, line.find(' '));
        const auto code = group::MedicalCode::parse(head);
        if (!code) {
            findings_.add(FindingCode::medical_code_malformed, {.row = row_, .column = {}},
                          {text::shown(head)});
            return;
        }
        judge_known(checks_, *code, is_digit(head.front()), findings_, {.row = row_, .column = {}});
        if (!in_adrg_ && !catalogue_.mdcs.empty() && mdc().has_table) {
            mdc().table.push_back(*code);
            if (!mdc().sites.empty()) {
                mdc().sites.back().push_back(*code);
            }
        } else if (codes_ != nullptr) {
            catalogue_.sets[*codes_].push_back(*code);
        } else {
            findings_.add(FindingCode::catalogue_line_unknown, {.row = row_, .column = {}},
                          {text::shown(line)});
        }
    }

    void open_set() {
        set_ = static_cast<std::uint32_t>(catalogue_.sets.size());
        catalogue_.sets.emplace_back();
        codes_ = &set_;
    }

    bool take_directive(const std::string& text) {
        const Directive* known = nullptr;
        for (const Directive& directive : kDirectives) {
            known = directive.text == text ? &directive : known;
        }
        if (!in_adrg_) {
            const bool is_table = !catalogue_.mdcs.empty() && mdc().has_table;
            if (is_table && known == nullptr) {
                mdc().sites.emplace_back();
                mdc().site_names.push_back(text);
            }
            return is_table;
        }
        if (known != nullptr) {
            codes_ = nullptr;
            if (known->has_set) {
                open_set();
            }
            terms_.push_back(
                {.kind = known->kind, .set = known->has_set ? set_ : group::DrgTerm::kNoSet});
            return true;
        }
        return take_numbered(text) || take_alternative(text);
    }

    /// 手术表1 or 手术1.
    bool take_numbered(std::string_view text) {
        for (const std::string_view head : {"手术表", "手术"}) {
            if (text.starts_with(head) && text.size() == head.size() + 1 && is_digit(text.back())) {
                open_set();
                terms_.push_back({.kind = TermKind::any_procedure, .set = set_});
                numbered_[text.back()] = set_;
                return true;
            }
        }
        return false;
    }

    /// 包含以下主要诊断+手术表1+手术表2, with 或 before it or not.
    bool take_alternative(std::string_view text) {
        if (text.starts_with(kOr)) {
            text.remove_prefix(kOr.size());
        }
        if (!text.starts_with(kAlternative)) {
            return false;
        }
        text.remove_prefix(kAlternative.size() - 1);
        std::string numbers;
        constexpr std::string_view kSet = "+手术表";
        while (text.starts_with(kSet) && text.size() > kSet.size() && is_digit(text[kSet.size()])) {
            numbers.push_back(text[kSet.size()]);
            text.remove_prefix(kSet.size() + 1);
        }
        if (!text.empty() || numbers.empty()) {
            return false;
        }
        written_.push_back(numbers);
        codes_ = nullptr;
        return true;
    }

    [[nodiscard]] group::DrgMdc& mdc() { return catalogue_.mdcs[static_cast<std::size_t>(mdc_)]; }

    const group::RecordChecks& checks_;
    intake::FindingList& findings_;
    group::DrgCatalogue& catalogue_;
    std::int64_t row_ = 0;
    std::ptrdiff_t mdc_ = 0;
    bool in_adrg_ = false;
    std::uint32_t set_ = 0;
    const std::uint32_t* codes_ = nullptr;  ///< the set that codes go into, or none
    std::vector<group::DrgTerm> terms_;
    std::map<char, std::uint32_t> numbered_;
    std::vector<std::string> written_;  ///< numbers of each alternative
};

}  // namespace

void read_drg_rules(const std::filesystem::path& path, const group::RecordChecks& checks,
                    intake::FindingList& findings, group::DrgCatalogue& catalogue) {
    RulesText text(checks, findings, catalogue);
    static_cast<void>(read_lines(path, findings, [&](std::string_view line, std::int64_t number) {
        text.take(line, number);
    }));
    text.finish();
}

}  // namespace yuanliu::catalogue
