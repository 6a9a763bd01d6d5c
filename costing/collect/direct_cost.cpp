// Why this file: collects direct cost, [RULE COST-002].
#include "costing/collect/direct_cost.hpp"

namespace yuanliu::costing {

DirectCost collect_direct_cost(const Month& month) {
    DirectCost direct{.balances = Balances(month.departments.size(), month.cost_items.size()),
                      .excluded = {},
                      .ledger_total = {},
                      .excluded_total = {}};
    for (std::size_t i = 0; i < month.ledger.size(); ++i) {
        const LedgerLine& line = month.ledger[i];
        const Account& account = month.accounts[line.account.index()];
        const bool by_account = account.treatment == MapTreatment::excluded;
        const bool by_department = month.departments[line.department.index()].department_class ==
                                   DepartmentClass::excluded;
        direct.ledger_total += line.amount;
        if (by_account || by_department) {
            direct.excluded.push_back(
                {.ledger_row = static_cast<std::uint32_t>(i), .by_account = by_account});
            direct.excluded_total += line.amount;
            continue;
        }
        direct.balances.at(line.department, {.cost_item = account.cost_item,
                                             .fund = line.fund,
                                             .origin = Origin::direct}) += line.amount;
    }
    YUANLIU_CHECK(direct.ledger_total == direct.excluded_total + direct.balances.total());
    return direct;
}

}  // namespace yuanliu::costing
