// Why this file: reads a cell's address, hands over, and proves that the parts sum to the figure.
#include "server/usecase/explain.hpp"

#include <sstream>

#include "costing/base/check.hpp"
#include "server/usecase/explain_cells.hpp"

namespace yuanliu::usecase {

std::string_view word_of(PartKind kind) noexcept {
    switch (kind) {
        case PartKind::opening:
            return "opening";
        case PartKind::pool:
            return "pool";
        case PartKind::ledger:
            return "ledger";
        case PartKind::transfer:
            return "transfer";
        case PartKind::sent:
            return "sent";
    }
    return "";
}

std::string grouped_yuan(Money amount) {
    std::string text = amount.text();
    const std::size_t first = text.starts_with('-') ? 1 : 0;
    for (std::size_t at = text.size() - 3; at > first + 3;) {
        at -= 3;
        text.insert(at, 1, ',');
    }
    return text;
}

tl::expected<Explanation, CellError> explain(const ExplainInput& input, const std::string& cell) {
    std::vector<std::string> parts;
    std::istringstream in(cell);
    for (std::string part; std::getline(in, part, ':');) {
        parts.push_back(part);
    }
    const bool department = parts.size() >= 2 && parts.size() <= 4 && parts[0] == "department";
    const bool patient = parts.size() == 2 && parts[0] == "patient";
    if (!department && !patient) {
        return tl::unexpected(CellError{});
    }
    auto explanation =
        department ? explain_department_cell(input, parts) : explain_patient_cell(input, parts[1]);
    if (explanation) {
        Money sum;
        for (const ExplanationPart& part : explanation->parts) {
            sum += part.amount;
        }
        YUANLIU_CHECK(sum == explanation->total);
    }
    return explanation;
}

}  // namespace yuanliu::usecase
