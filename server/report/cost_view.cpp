// Why this file: see cost_view.hpp.
#include "server/report/cost_view.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "server/text/vocabulary.hpp"

namespace yuanliu::report {
namespace {

constexpr std::array kScopeFunds{1U, 1U, 3U, 5U};  ///< how many fund sources, in their order

void cover_fund(CostLine& line, FundSource fund) {
    for (std::size_t c = 0; c < kCategories; ++c) {
        line.cover(static_cast<CostCategory>(c), fund);
    }
}

CostLine fund_line(FundSource fund, Language language) {
    CostLine line{.title = name_in(language, fund)};
    cover_fund(line, fund);
    return line;
}

CostLine sum_line(Scope scope, Language language) {
    CostLine line{.title = name_of(scope, language), .is_sum = true};
    for (std::size_t fund = 0; fund < kScopeFunds[static_cast<std::size_t>(scope)]; ++fund) {
        cover_fund(line, static_cast<FundSource>(fund));
    }
    return line;
}

/// Amounts by a key of codes, to compare two ways of adding up.
using Sums = std::map<std::tuple<std::string, std::string, FundSource, std::string_view>, Money>;

}  // namespace

void CostLine::cover(CostCategory category, FundSource fund) {
    covers[cell_of(category, fund, false)] = true;
    covers[cell_of(category, fund, true)] = true;
}

Money CostLine::of(const Cells& cells) const {
    Money sum;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (covers[i]) {
            sum += cells[i];
        }
    }
    return sum;
}

std::string name_of(Scope scope, Language language) {
    switch (scope) {
        case Scope::medical_business:
            return in(language, "医疗业务成本", "medical business cost");
        case Scope::medical:
            return in(language, "医疗成本", "medical cost");
        case Scope::medical_full:
            return in(language, "医疗全成本", "full medical cost");
        case Scope::hospital_full:
            return in(language, "医院全成本", "full hospital cost");
    }
    return {};
}

std::vector<CostLine> cost_lines(Scope scope, Language language) {
    std::vector<CostLine> lines;
    for (std::size_t c = 0; c < kCategories; ++c) {
        const auto category = static_cast<CostCategory>(c);
        CostLine line{.title = name_in(language, category)};
        line.cover(category, FundSource::basic);
        lines.push_back(std::move(line));
    }
    if (scope == Scope::medical_business) {
        lines.push_back(sum_line(scope, language));
        for (CostLine& line : lines) {
            for (std::size_t cell = 1; cell < kCells; cell += 2) {
                line.covers[cell] = false;
            }
        }
        return lines;
    }
    lines.push_back(sum_line(Scope::medical, language));
    if (scope != Scope::medical) {
        lines.push_back(fund_line(FundSource::fiscal_project, language));
        lines.push_back(fund_line(FundSource::other_fiscal_project, language));
        lines.push_back(sum_line(Scope::medical_full, language));
    }
    if (scope == Scope::hospital_full) {
        lines.push_back(fund_line(FundSource::research, language));
        lines.push_back(fund_line(FundSource::teaching, language));
        lines.push_back(sum_line(Scope::hospital_full, language));
    }
    return lines;
}

CostView::CostView(const Month& month, const ResultBook& book)
    : month_(month), layers_(month.departments.size()), full_(month.departments.size()) {
    for (std::size_t d = 0; d < month.departments.size(); ++d) {
        departments_.emplace(month.departments[d].code, d);
    }
    for (std::size_t i = 0; i < month.cost_items.size(); ++i) {
        items_.emplace(month.cost_items[i].code, i);
    }
    add_costs(book);
    add_transfers(book);
    add_collected(book);
    check_ledger(book);
    check_transfers(book);
    check_scopes(book);
}

std::optional<CostCategory> CostView::category_of(std::string_view cost_item) const {
    const auto found = items_.find(cost_item);
    return found == items_.end() ? std::nullopt
                                 : std::optional(month_.cost_items[found->second].category);
}

std::size_t CostView::cell_at(std::string_view holder, std::string_view cost_item, FundSource fund,
                              Origin origin) const {
    const auto held_by = month_.departments[departments_.at(holder)].department_class;
    return cell_of(month_.cost_items[items_.at(cost_item)].category, fund,
                   is_management(held_by, origin));
}

bool CostView::is_in(Scope scope, FundSource fund, Origin origin, std::string_view holder) const {
    const bool is_out =
        scope == Scope::medical_business &&
        is_management(month_.departments[departments_.at(holder)].department_class, origin);
    return !is_out && static_cast<std::size_t>(fund) < kScopeFunds[static_cast<std::size_t>(scope)];
}

std::optional<DepartmentId> CostView::find(std::string_view code) const {
    const auto found = departments_.find(code);
    return found == departments_.end() ? std::nullopt : std::optional(DepartmentId(found->second));
}

/// What a department sent stands under the origin that it held, which is what a scope asks for;
/// of it add_transfers takes what was public.
void CostView::add_costs(const ResultBook& book) {
    for (const DepartmentCost& row : book.costs) {
        const std::size_t department = departments_.at(row.department);
        const std::size_t cell = cell_at(row.department, row.cost_item, row.fund, row.origin);
        auto& layers = layers_[department];
        if (row.kind == CostKind::direct) {
            layers[static_cast<std::size_t>(Layer::booked)][cell] += row.cost;
        } else if (row.kind == CostKind::sent) {
            layers[static_cast<std::size_t>(Layer::passed_on)][cell] += row.cost;
        } else if (row.kind == CostKind::full) {
            full_[department][cell] += row.cost;
        }
    }
}

/// What moves brought by a base is not booked on the department, but calculated.
void CostView::add_collected(const ResultBook& book) {
    for (const CollectedCost& row : book.collected) {
        const std::size_t cell = cell_at(row.department, row.cost_item, row.fund, Origin::direct);
        auto& layers = layers_[departments_.at(row.department)];
        layers[static_cast<std::size_t>(Layer::booked)][cell] -= row.calculated;
        layers[static_cast<std::size_t>(Layer::public_cost)][cell] += row.calculated;
    }
}

Layer CostView::level_of(const Transfer& transfer) const {
    if (transfer.origin == Origin::public_cost) {
        return Layer::public_cost;
    }
    switch (month_.departments[departments_.at(transfer.sender)].department_class) {
        case DepartmentClass::administrative:
            return Layer::administrative;
        case DepartmentClass::auxiliary:
            return Layer::auxiliary;
        case DepartmentClass::medical_technology:
            return Layer::medical_technology;
        default:
            return Layer::other;
    }
}

void CostView::add_transfers(const ResultBook& book) {
    for (const Transfer& row : book.transfers) {
        const Layer level = level_of(row);
        layers_[departments_.at(row.receiver)][static_cast<std::size_t>(level)]
               [cell_at(row.receiver, row.cost_item, row.fund, row.origin)] += row.cost;
        if (level == Layer::public_cost) {
            const std::size_t cell = cell_at(row.sender, row.cost_item, row.fund, row.origin);
            auto& layers = layers_[departments_.at(row.sender)];
            layers[static_cast<std::size_t>(level)][cell] -= row.cost;
            layers[static_cast<std::size_t>(Layer::passed_on)][cell] += row.cost;
        }
    }
}

void CostView::note(const std::string& claim, Money left, Money right) {
    if (left != right) {
        gaps_.push_back({.claim = claim, .left = left, .right = right});
    }
}

/// Direct cost is what the ledger books and the moves leave, and full cost is all of it.
void CostView::check_ledger(const ResultBook& book) {
    Sums booked;
    Sums direct;
    Sums all_direct;
    Sums all_full;
    for (const LedgerLine& line : month_.ledger) {
        const Account& account = month_.accounts[line.account.index()];
        const Department& department = month_.departments[line.department.index()];
        if (account.treatment == MapTreatment::cost &&
            department.department_class != DepartmentClass::excluded) {
            booked[{department.code,
                    month_.cost_items[account.cost_item.index()].code,
                    line.fund,
                    {}}] += line.amount;
        }
    }
    for (const CollectedCost& row : book.collected) {
        const Sums::key_type key{row.department, row.cost_item, row.fund, {}};
        note("collected = ledger: " + row.department + " " + row.cost_item, row.booked,
             booked[key]);
        booked[key] += row.moved_out + row.moved_in;
        note("booked + moved = collected: " + row.department + " " + row.cost_item, booked[key],
             row.direct);
    }
    for (const DepartmentCost& row : book.costs) {
        if (row.kind == CostKind::direct) {
            direct[{row.department, row.cost_item, row.fund, {}}] += row.cost;
            all_direct[{{}, row.cost_item, row.fund, {}}] += row.cost;
        } else if (row.kind == CostKind::full) {
            all_full[{{}, row.cost_item, row.fund, {}}] += row.cost;
        }
    }
    for (const auto& [key, amount] : booked) {
        note("direct = ledger and moves: " + std::get<0>(key) + " " + std::get<1>(key), direct[key],
             amount);
    }
    for (const auto& [key, amount] : direct) {
        note("ledger and moves = direct: " + std::get<0>(key) + " " + std::get<1>(key), booked[key],
             amount);
    }
    for (const auto& [key, amount] : all_full) {
        note("direct = full: " + std::get<1>(key), all_direct[key], amount);
    }
    for (const auto& [key, amount] : all_direct) {
        note("full = direct: " + std::get<1>(key), all_full[key], amount);
    }
}

/// What departments received and sent is what the transfers move, and full cost adds up.
void CostView::check_transfers(const ResultBook& book) {
    Sums received;
    Sums sent;
    Sums held;
    for (const DepartmentCost& row : book.costs) {
        if (row.kind == CostKind::received) {
            received[{row.department, row.cost_item, row.fund, word_of(row.origin)}] += row.cost;
        } else if (row.kind == CostKind::sent) {
            sent[{row.department, row.cost_item, row.fund, {}}] += row.cost;
        }
        Money& balance = held[{row.department, row.cost_item, row.fund, {}}];
        balance += row.kind == CostKind::full ? -row.cost : row.cost;
    }
    for (const Transfer& row : book.transfers) {
        received[{row.receiver, row.cost_item, row.fund, word_of(row.origin)}] -= row.cost;
        sent[{row.sender, row.cost_item, row.fund, {}}] += row.cost;
    }
    for (const auto* sums : {&received, &sent, &held}) {
        const char* claim = sums == &received ? "received = transfers: "
                            : sums == &sent   ? "sent = transfers: "
                                              : "direct + received + sent = full: ";
        for (const auto& [key, rest] : *sums) {
            note(claim + std::get<0>(key) + " " + std::get<1>(key), rest, Money());
        }
    }
}

/// Full cost in the four scopes is what the result states.
void CostView::check_scopes(const ResultBook& book) {
    for (const ScopeCost& row : book.scopes) {
        if (row.kind != CostKind::full || !row.category) {
            continue;
        }
        for (std::size_t s = 0; s < row.scopes.size(); ++s) {
            CostLine line;
            for (std::size_t fund = 0; fund < kScopeFunds[s]; ++fund) {
                const auto source = static_cast<FundSource>(fund);
                line.covers[cell_of(*row.category, source, false)] = true;
                line.covers[cell_of(*row.category, source, true)] =
                    static_cast<Scope>(s) != Scope::medical_business;
            }
            Money sum;
            for (std::size_t d = 0; d < full_.size(); ++d) {
                sum += row.department.empty() || row.department == month_.departments[d].code
                           ? line.of(full_[d])
                           : Money();
            }
            note("cost_scopes.csv = full: " + row.department + " " +
                     std::string(word_of(*row.category)),
                 row.scopes[s], sum);
        }
    }
}

Money CostView::layer(DepartmentId department, Layer layer, const CostLine& line) const {
    return line.of(layers_[department.index()][static_cast<std::size_t>(layer)]);
}

Money CostView::direct(DepartmentId department, const CostLine& line) const {
    return layer(department, Layer::booked, line) + layer(department, Layer::public_cost, line);
}

Money CostView::gathered(DepartmentId department, const CostLine& line) const {
    Money sum;
    for (std::size_t l = 0; l < static_cast<std::size_t>(Layer::passed_on); ++l) {
        sum += layer(department, static_cast<Layer>(l), line);
    }
    return sum;
}

Money CostView::full(DepartmentId department, const CostLine& line) const {
    return line.of(full_[department.index()]);
}

Money CostView::total(const CostLine& line) const {
    Money sum;
    for (const auto& layers : layers_) {
        sum += line.of(layers[static_cast<std::size_t>(Layer::booked)]) +
               line.of(layers[static_cast<std::size_t>(Layer::public_cost)]);
    }
    return sum;
}

bool CostView::is_empty(DepartmentId department, const CostLine& line) const {
    for (std::size_t cell = 0; cell < line.covers.size(); ++cell) {
        if (!line.covers[cell]) {
            continue;
        }
        for (const Cells& cells : layers_[department.index()]) {
            if (!cells[cell].is_zero()) {
                return false;
            }
        }
    }
    return true;
}

std::vector<DepartmentId> CostView::departments(DepartmentClass department_class,
                                                const CostLine& line) const {
    std::vector<DepartmentId> found;
    for (std::size_t d = 0; d < month_.departments.size(); ++d) {
        if (month_.departments[d].department_class == department_class &&
            !is_empty(DepartmentId(d), line)) {
            found.emplace_back(d);
        }
    }
    return found;
}

}  // namespace yuanliu::report
