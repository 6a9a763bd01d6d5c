// DRG: the rules text, MDC, ADRG and severity (docs/grouping.md §4).
#include <algorithm>
#include <unordered_map>

#include "catalogue_folder.hpp"
#include "drg_rules.hpp"

namespace yuanliu_verify {

namespace {

using CodeList = std::vector<std::string>;
using TableNumbers = std::unordered_map<std::string, std::string>;

struct HeldAdrg {
    std::string adrg;
    CodeList codes;
};

class DrgCatalogue final : public Catalogue {
  public:
    explicit DrgCatalogue(const CatalogueFolder& folder);
    CatalogueAnswer group(const CodedCase& item) const override;

  private:
    CodeList main_procedures(const CodedCase& item) const {
        const bool one = !any_main_ && !item.procedures.empty();
        return one ? CodeList{item.procedures.front()} : item.procedures;
    }
    const std::string* first_valid(const CodedCase& item) const;
    bool has_valid(const CodedCase& item) const;
    std::optional<CodeList> codes_of_sites(const Mdc& mdc, const CodedCase& item,
                                           std::int64_t least) const;
    bool condition_holds(const Condition& condition, const Mdc& mdc, const CodedCase& item) const;
    bool all_hold(const std::vector<Condition>& conditions, const Mdc& mdc,
                  const CodedCase& item) const;
    bool term_holds(const Term& term, const CodedCase& item, CodeList& codes) const;
    std::optional<HeldAdrg> held(const Mdc& mdc, const Adrg& adrg, const CodedCase& item) const;
    std::optional<HeldAdrg> first_held(const Mdc& mdc, const CodedCase& item,
                                       bool procedural) const;
    const Mdc* entered(const CodedCase& item, std::optional<HeldAdrg>& found) const;
    void add_valid_code(const std::vector<Condition>& conditions, const CodedCase& item,
                        CodeList& codes) const;
    std::string first_counting(const TableNumbers& table, const CodedCase& item) const;
    void answer_severity(const HeldAdrg& found, const CodedCase& item,
                         CatalogueAnswer& answer) const;

    bool any_main_ = false;
    DrgRules rules_;
    CodeList order_;
    TableNumbers cc_, mcc_, exclusions_;
    CodeSet valid_;
    std::set<std::string> drgs_;
};

TableNumbers read_table_numbers(const CatalogueFolder& folder, const char* key) {
    TableNumbers numbers;
    for (const std::string& line : folder.lines(key)) {
        const std::size_t blank = line.find(' ');
        if (blank != std::string::npos) {
            numbers[line.substr(0, blank)] = line.substr(line.find_first_not_of(' ', blank));
        }
    }
    return numbers;
}

DrgCatalogue::DrgCatalogue(const CatalogueFolder& folder) {
    const Section settings = folder.root().section("drg");
    any_main_ = settings.choice("main_procedure", "any", "first");
    order_ = settings.texts("mdc_order");
    cc_ = read_table_numbers(folder, "cc");
    mcc_ = read_table_numbers(folder, "mcc");
    exclusions_ = read_table_numbers(folder, "exclusions");
    for (const std::string& code : folder.codes("valid_procedures")) {
        valid_.insert(code);
    }
    for (const std::string& line : folder.lines("drgs")) {
        const std::string code = line.substr(0, line.find(' '));
        if (!code.empty()) {
            drgs_.insert(code);
            figures[code].group = code;
        }
    }
    rules_ = read_drg_rules(folder, settings);
}

const std::string* DrgCatalogue::first_valid(const CodedCase& item) const {
    const std::size_t count =
        any_main_ ? item.procedures.size() : std::min<std::size_t>(1, item.procedures.size());
    for (std::size_t i = 0; i < count; ++i) {
        if (valid_.contains(item.procedures[i])) {
            return &item.procedures[i];
        }
    }
    return nullptr;
}

bool DrgCatalogue::has_valid(const CodedCase& item) const {
    return std::any_of(item.procedures.begin(), item.procedures.end(),
                       [&](const std::string& code) { return valid_.contains(code); });
}

// Diagnoses that each bring a new site until there are `least`; nothing if there are fewer.
std::optional<CodeList> DrgCatalogue::codes_of_sites(const Mdc& mdc, const CodedCase& item,
                                                     std::int64_t least) const {
    std::set<std::size_t> seen;
    CodeList codes;
    for (const std::string& code : item.diagnoses) {
        const std::size_t before = seen.size();
        for (const std::size_t site : mdc.sites) {
            if (rules_.sets[site].contains(code)) {
                seen.insert(site);
            }
        }
        if (seen.size() > before) {
            codes.push_back(code);
        }
        if (static_cast<std::int64_t>(seen.size()) >= least) {
            return codes;
        }
    }
    return std::nullopt;
}

bool DrgCatalogue::condition_holds(const Condition& condition, const Mdc& mdc,
                                   const CodedCase& item) const {
    if (!condition.bounds.hold(item)) {
        return false;
    }
    if (condition.valid_procedure &&
        (*condition.valid_procedure ? first_valid(item) == nullptr : has_valid(item))) {
        return false;
    }
    return !condition.sites || codes_of_sites(mdc, item, *condition.sites).has_value();
}

bool DrgCatalogue::all_hold(const std::vector<Condition>& conditions, const Mdc& mdc,
                            const CodedCase& item) const {
    return std::all_of(conditions.begin(), conditions.end(), [&](const Condition& condition) {
        return condition_holds(condition, mdc, item);
    });
}

bool DrgCatalogue::term_holds(const Term& term, const CodedCase& item, CodeList& codes) const {
    if (term.asked == Asked::kNoneValid) {
        return !has_valid(item);
    }
    if (term.asked == Asked::kValid) {
        const std::string* code = first_valid(item);
        if (code != nullptr) {
            codes.push_back(*code);
        }
        return code != nullptr;
    }
    CodeList looked_at;
    switch (term.asked) {
        case Asked::kMain:
            looked_at = {item.diagnoses.front()};
            break;
        case Asked::kAnyDiagnosis:
            looked_at = item.diagnoses;
            break;
        case Asked::kMainProcedure:
            looked_at = main_procedures(item);
            break;
        default:
            looked_at = item.procedures;
    }
    for (const std::string& code : looked_at) {
        if (rules_.sets[term.set].contains(code)) {
            codes.push_back(code);
            return true;
        }
    }
    return false;
}

void DrgCatalogue::add_valid_code(const std::vector<Condition>& conditions, const CodedCase& item,
                                  CodeList& codes) const {
    const bool asks = std::any_of(
        conditions.begin(), conditions.end(),
        [](const Condition& condition) { return condition.valid_procedure.value_or(false); });
    const std::string* code = asks ? first_valid(item) : nullptr;
    if (code != nullptr) {
        codes.push_back(*code);
    }
}

std::optional<HeldAdrg> DrgCatalogue::held(const Mdc& mdc, const Adrg& adrg,
                                           const CodedCase& item) const {
    if (!all_hold(adrg.conditions, mdc, item)) {
        return std::nullopt;
    }
    for (const std::vector<Term>& alternative : adrg.alternatives()) {
        HeldAdrg found{adrg.code, {}};
        const bool holds =
            std::all_of(alternative.begin(), alternative.end(),
                        [&](const Term& term) { return term_holds(term, item, found.codes); });
        if (holds) {
            add_valid_code(adrg.conditions, item, found.codes);
            return found;
        }
    }
    return std::nullopt;
}

std::optional<HeldAdrg> DrgCatalogue::first_held(const Mdc& mdc, const CodedCase& item,
                                                 bool procedural) const {
    for (const Adrg& adrg : mdc.adrgs) {
        if (adrg.asks_procedures == procedural) {
            if (auto found = held(mdc, adrg, item)) {
                return found;
            }
        }
    }
    return std::nullopt;
}

const Mdc* DrgCatalogue::entered(const CodedCase& item, std::optional<HeldAdrg>& found) const {
    for (const std::string& letter : order_) {
        const auto named = rules_.mdcs.find(letter);
        if (named == rules_.mdcs.end() ||
            !all_hold(named->second.conditions, named->second, item)) {
            continue;
        }
        const Mdc& mdc = named->second;
        if (mdc.table) {
            if (rules_.sets[*mdc.table].contains(item.diagnoses.front())) {
                return &mdc;
            }
            continue;
        }
        found = first_held(mdc, item, true);
        found = found ? found : first_held(mdc, item, false);
        if (found) {
            return &mdc;
        }
    }
    return nullptr;
}

std::string DrgCatalogue::first_counting(const TableNumbers& table, const CodedCase& item) const {
    const std::string& main = item.diagnoses.front();
    const auto shut = exclusions_.find(main);
    for (std::size_t i = 1; i < item.diagnoses.size(); ++i) {
        const auto listed = table.find(item.diagnoses[i]);
        if (item.diagnoses[i] != main && listed != table.end() &&
            (shut == exclusions_.end() || shut->second != listed->second)) {
            return item.diagnoses[i];
        }
    }
    return "";
}

void DrgCatalogue::answer_severity(const HeldAdrg& found, const CodedCase& item,
                                   CatalogueAnswer& answer) const {
    const std::string mcc = first_counting(mcc_, item);
    const std::string cc = first_counting(cc_, item);
    std::string digits = !mcc.empty() ? "135" : !cc.empty() ? "35" : "5";
    if (drgs_.contains(found.adrg + "9")) {
        digits = "9";
    }
    for (const char digit : digits) {
        if (!drgs_.contains(found.adrg + digit)) {
            continue;
        }
        answer.status = "grouped";
        answer.level = "drg";
        answer.group = found.adrg + digit;
        for (const std::string& code : found.codes) {
            answer.decide_by(code);
        }
        const std::string deciding = digit == '1'   ? mcc
                                     : digit == '3' ? (mcc.empty() ? cc : mcc)
                                                    : "";
        if (!deciding.empty()) {
            answer.decide_by(deciding);
        }
        return;
    }
    answer.reason = "no_severity";
}

CatalogueAnswer DrgCatalogue::group(const CodedCase& item) const {
    CatalogueAnswer answer;
    if (checks.fail(item, answer)) {
        return answer;
    }
    std::optional<HeldAdrg> found;
    const Mdc* mdc = entered(item, found);
    if (mdc == nullptr) {
        answer.reason = "no_entry";
        return answer;
    }
    HeldAdrg full;
    if (mdc->table) {
        full.codes.push_back(item.diagnoses.front());
    }
    std::int64_t least = 0;
    for (const Condition& condition : mdc->conditions) {
        least = std::max(least, condition.sites.value_or(0));
    }
    if (least > 0) {
        const CodeList sites = codes_of_sites(*mdc, item, least).value();
        full.codes.insert(full.codes.end(), sites.begin(), sites.end());
    }
    if (!found) {
        found = first_held(*mdc, item, true);
        const std::string* valid = first_valid(item);
        if (!found && valid != nullptr) {
            answer.status = "ambiguous";
            answer.reason = "unrelated_procedure";
            answer.group = mdc->letter + "QY";
            full.codes.push_back(*valid);
            for (const std::string& code : full.codes) {
                answer.decide_by(code);
            }
            return answer;
        }
        found = found ? found : first_held(*mdc, item, false);
    }
    if (!found) {
        answer.reason = "no_rule";
        return answer;
    }
    full.adrg = found->adrg;
    full.codes.insert(full.codes.end(), found->codes.begin(), found->codes.end());
    add_valid_code(mdc->conditions, item, full.codes);
    answer_severity(full, item, answer);
    return answer;
}

}  // namespace

std::unique_ptr<Catalogue> make_drg_catalogue(const CatalogueFolder& folder) {
    return std::make_unique<DrgCatalogue>(folder);
}

}  // namespace yuanliu_verify
