// Why this file: see rule_selectors.hpp.
#include "server/intake/rule_selectors.hpp"

namespace yuanliu::intake {

void check_classes(RuleTable& table, std::string_view key, const std::vector<std::string>& names) {
    constexpr std::string_view kClass = "class:";
    for (const std::string& name : names) {
        const auto wanted =
            name.starts_with(kClass)
                ? parse_word<DepartmentClass>(std::string_view(name).substr(kClass.size()))
                : DepartmentClass::clinical;
        if (!wanted || *wanted == DepartmentClass::excluded) {
            table.report(FindingCode::word_unknown, key,
                         {text::shown(name),
                          "class:public, class:administrative, class:auxiliary, "
                          "class:medical_technology, class:clinical"});
        }
    }
}

}  // namespace yuanliu::intake
