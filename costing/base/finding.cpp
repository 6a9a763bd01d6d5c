// Why this file: the names of findings, made from the one list in the header.
#include "costing/base/finding.hpp"

#include <algorithm>

namespace yuanliu {

std::string_view name_of(FindingCode code) noexcept {
    switch (code) {
#define YUANLIU_NAME(name)  \
    case FindingCode::name: \
        return #name;
        YUANLIU_FINDING_CODES(YUANLIU_NAME)
#undef YUANLIU_NAME
    }
    return "";
}

std::string_view name_of(Severity severity) noexcept {
    switch (severity) {
        case Severity::stop:
            return "stop";
        case Severity::park:
            return "park";
        case Severity::warn:
            return "warn";
    }
    return "";
}

bool has_stop(const std::vector<Finding>& findings) noexcept {
    return std::any_of(findings.begin(), findings.end(),
                       [](const Finding& finding) { return finding.severity == Severity::stop; });
}

}  // namespace yuanliu
