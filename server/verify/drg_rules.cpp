// See drg_rules.hpp.
#include "drg_rules.hpp"

#include <algorithm>

#include "catalogue_folder.hpp"

namespace yuanliu_verify {

namespace {

bool is_upper_letter(char c) {
    return c >= 'A' && c <= 'Z';
}

bool is_digit_letter(char c) {
    return c >= '0' && c <= '9';
}

// A directive without blanks and without the colon at its end.
std::string bare_directive(const std::string& line) {
    std::string text;
    for (const char c : line) {
        if (c != ' ' && c != '\t') {
            text.push_back(c);
        }
    }
    const std::string colon = "：";
    while (text.ends_with(colon)) {
        text.resize(text.size() - colon.size());
    }
    return text;
}

const std::map<std::string, Asked>& named_sets() {
    static const std::map<std::string, Asked> kSets{
        {"包含以下主要诊断", Asked::kMain},
        {"主要诊断", Asked::kMain},
        {"包含以下主要手术或操作", Asked::kMainProcedure},
        {"主要诊断或其他诊断中包含以下诊断", Asked::kAnyDiagnosis},
        {"包含以下诊断", Asked::kAnyDiagnosis},
        {"同时包含以下手术", Asked::kAnyProcedure},
        {"和", Asked::kAnyProcedure}};
    return kSets;
}

class DrgRulesReader {
  public:
    DrgRules read(const CatalogueFolder& folder, const Section& settings) {
        read_rules(folder);
        read_conditions(settings);
        note_procedures();
        return std::move(rules_);
    }

  private:
    void read_rules(const CatalogueFolder& folder);
    std::vector<std::size_t> take_table_line(Mdc& mdc, const std::string& directive);
    std::vector<std::size_t> take_directive(const CatalogueFolder& folder, Adrg& adrg,
                                            const std::string& directive);
    void read_conditions(const Section& settings);
    std::size_t new_set() {
        rules_.sets.emplace_back();
        return rules_.sets.size() - 1;
    }
    void note_procedures();

    DrgRules rules_;
};

std::vector<std::size_t> DrgRulesReader::take_table_line(Mdc& mdc, const std::string& directive) {
    if (!named_sets().contains(directive)) {
        mdc.sites.push_back(new_set());
    }
    std::vector<std::size_t> taking{mdc.table.value()};
    if (!mdc.sites.empty()) {
        taking.push_back(mdc.sites.back());
    }
    return taking;
}

std::vector<std::size_t> DrgRulesReader::take_directive(const CatalogueFolder& folder, Adrg& adrg,
                                                        const std::string& directive) {
    if (directive == "全部手术" || directive == "包含全部手术") {
        adrg.terms.push_back({Asked::kValid});
        return {};
    }
    if (directive == "符合MDCZ主诊表，且无手术") {
        adrg.terms.push_back({Asked::kNoneValid});
        return {};
    }
    const std::string or_word = "或";
    const std::string head = "包含以下主要诊断+";
    const std::string plain =
        directive.starts_with(or_word) ? directive.substr(or_word.size()) : directive;
    if (plain.starts_with(head)) {
        std::string digits;
        for (const char c : plain.substr(head.size())) {
            if (is_digit_letter(c)) {
                digits.push_back(c);
            }
        }
        adrg.written.push_back(digits);
        return {};
    }
    const std::size_t set = new_set();
    const auto named = named_sets().find(directive);
    if (named != named_sets().end()) {
        adrg.terms.push_back({named->second, set});
    } else if (directive.starts_with("手术") && is_digit_letter(directive.back())) {
        adrg.terms.push_back({Asked::kAnyProcedure, set});
        adrg.numbered[directive.back()] = adrg.terms.back();
    } else {
        folder.refuse("rules", "unknown directive " + directive);
    }
    return {set};
}

void DrgRulesReader::read_rules(const CatalogueFolder& folder) {
    Mdc* mdc = nullptr;
    Adrg* adrg = nullptr;
    std::vector<std::size_t> taking;
    for (const std::string& line : folder.lines("rules")) {
        const std::string bare = bare_directive(line);
        if (bare.empty()) {
            continue;
        }
        if (line.size() > 5 && line.starts_with("MDC") && is_upper_letter(line[3]) &&
            line[4] == ' ') {
            mdc = &rules_.mdcs[line.substr(3, 1)];
            mdc->letter = line.substr(3, 1);
            adrg = nullptr;
            if (bare.substr(4) == "主诊表") {
                mdc->table = new_set();
                taking = {*mdc->table};
            }
        } else if (line.size() > 3 && is_upper_letter(line[0]) && is_upper_letter(line[1]) &&
                   is_digit_letter(line[2]) && line[3] == ' ') {
            if (mdc == nullptr) {
                folder.refuse("rules", "an ADRG before any MDC");
            }
            adrg = &mdc->adrgs.emplace_back();
            adrg->code = line.substr(0, 3);
            taking.clear();
        } else if (line.size() > 1 && (is_digit_letter(line[0]) || is_upper_letter(line[0])) &&
                   is_digit_letter(line[1])) {
            for (const std::size_t set : taking) {
                rules_.sets[set].insert(line.substr(0, line.find_first_of(" ,")));
            }
        } else if (adrg != nullptr) {
            taking = take_directive(folder, *adrg, bare);
        } else if (mdc != nullptr && mdc->table) {
            taking = take_table_line(*mdc, bare);
        } else {
            folder.refuse("rules", "a line outside: " + bare);
        }
    }
}

void DrgRulesReader::read_conditions(const Section& settings) {
    for (const Section& section : settings.sections("condition")) {
        const auto bound = [&](const char* key) {
            return section.has(key) ? std::optional(section.whole(key)) : std::nullopt;
        };
        Condition condition;
        condition.mdc = section.text_or("mdc", "");
        condition.adrg = section.text_or("adrg", "");
        condition.bounds = {section.text_or("sex", ""), bound("age_days_min"),
                            bound("age_days_max"), bound("weight_g_min"), bound("weight_g_max")};
        condition.sites = bound("sites_min");
        if (section.has("valid_procedure")) {
            condition.valid_procedure = section.boolean("valid_procedure");
        }
        for (auto& [letter, mdc] : rules_.mdcs) {
            if (letter == condition.mdc) {
                mdc.conditions.push_back(condition);
            }
            for (Adrg& adrg : mdc.adrgs) {
                if (adrg.code == condition.adrg) {
                    adrg.conditions.push_back(condition);
                }
            }
        }
    }
}

// An ADRG that asks for procedures comes before those that don't.
void DrgRulesReader::note_procedures() {
    for (auto& [letter, mdc] : rules_.mdcs) {
        for (Adrg& adrg : mdc.adrgs) {
            for (const auto& alternative : adrg.alternatives()) {
                for (const Term& term : alternative) {
                    adrg.asks_procedures |=
                        term.asked != Asked::kMain && term.asked != Asked::kAnyDiagnosis;
                }
            }
            for (const Condition& condition : adrg.conditions) {
                adrg.asks_procedures |= condition.valid_procedure.value_or(false);
            }
        }
    }
}

}  // namespace

DrgRules read_drg_rules(const CatalogueFolder& folder, const Section& settings) {
    return DrgRulesReader().read(folder, settings);
}

}  // namespace yuanliu_verify
