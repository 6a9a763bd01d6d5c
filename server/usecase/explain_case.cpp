// Why this file: opens the figures of a discharged case and of a disease group: charge by line,
// payment by points and point value, margins by their two terms (docs/method.md §7-8).
#include <fmt/format.h>

#include <numeric>

#include "server/text/payment_vocabulary.hpp"
#include "server/usecase/explain_cells.hpp"

namespace yuanliu::usecase {
namespace {

/// Cases or sums: both have the figures.
template <class Row>
Money figure_of(const Row& row, Figure figure) {
    switch (figure) {
        case Figure::charge:
            return row.charge;
        case Figure::payment:
            return row.payment;
        case Figure::policy_margin:
            return row.payment - row.charge;
        case Figure::real_margin:
            return row.payment - row.cost;
        case Figure::cost:
            break;
    }
    return row.cost;
}

std::string cell_of_case(const std::string& encounter, Figure figure) {
    return figure == Figure::cost ? "patient:" + encounter
                                  : fmt::format("case:{}:{}", encounter, word_of(figure));
}

/// [:FIGURE], cost when there is none.
tl::expected<Figure, CellError> read_figure(std::string_view rest) {
    return rest.empty() ? Figure::cost : find_word<Figure>(CellNoun::figure, rest);
}

std::string group_code(const Month& month, const CaseRow& row) {
    switch (row.status) {
        case CaseStatus::grouped:
            return month.catalogue[row.row.index()].group;
        case CaseStatus::ungrouped:
            return "~ungrouped";
        case CaseStatus::uncoded:
            break;
    }
    return "~uncoded";
}

/// With a correction the formula names the auxiliary coefficient, the eighth quantity.
Rule points_rule(Deviation deviation, bool is_corrected) {
    switch (deviation) {
        case Deviation::low:
            return is_corrected ? Rule::corrected_low : Rule::points_low;
        case Deviation::high:
            return is_corrected ? Rule::corrected_high : Rule::points_high;
        case Deviation::normal:
            break;
    }
    return is_corrected ? Rule::corrected_normal : Rule::points_normal;
}

class CaseExplainer {
  public:
    CaseExplainer(const ExplainInput& input, const CaseRow& row)
        : input_(input),
          month_(input.outcome.loaded.month),
          row_(row),
          encounter_(month_.encounters[row.encounter.index()]) {}

    [[nodiscard]] Explanation explain(Figure figure) const {
        ExplanationNode root;
        root.amount = figure_of(row_, figure);
        root.label = {encounter_.code, month_.departments[encounter_.department.index()].name,
                      figure};
        switch (figure) {
            case Figure::charge:
                add_charges(root);
                break;
            case Figure::payment:
                add_payment(root);
                break;
            default:
                root.kind = PartKind::cost;
                root.rule = figure == Figure::policy_margin ? Rule::payment_minus_charge
                                                            : Rule::payment_minus_cost;
                root.parts = {term(PartKind::payment, Figure::payment, row_.payment),
                              figure == Figure::policy_margin
                                  ? term(PartKind::charge, Figure::charge, -row_.charge)
                                  : term(PartKind::cost, Figure::cost, -row_.cost)};
        }
        return {.root = std::move(root), .by_origin = std::nullopt};
    }

  private:
    [[nodiscard]] ExplanationNode term(PartKind kind, Figure figure, Money amount) const {
        return {.kind = kind,
                .label = {},
                .rule = Rule::sum_of_parts,
                .quantities = {},
                .amount = amount,
                .cell = cell_of_case(encounter_.code, figure),
                .lines = {},
                .parts = {}};
    }

    void add_charges(ExplanationNode& root) const {
        root.kind = PartKind::charge;
        root.rule = Rule::sum_of_parts;
        const StayAmounts& stay = input_.outcome.result.costing.stays[row_.encounter.index()];
        if (!stay.opening_charge.is_zero()) {
            root.parts.push_back({.kind = PartKind::opening,
                                  .label = {},
                                  .rule = Rule::opening_of_stay,
                                  .quantities = {},
                                  .amount = stay.opening_charge,
                                  .cell = {},
                                  .lines = {},
                                  .parts = {}});
        }
        ExplanationNode month{.kind = PartKind::charge,
                              .label = {month_.period.text()},
                              .rule = Rule::charge_lines,
                              .quantities = {},
                              .amount = stay.month_charge,
                              .cell = {},
                              .lines = {},
                              .parts = {}};
        for (const ChargeLineRef& line : charge_lines_of(input_, row_.encounter)) {
            month.lines.push_back(source_line(month_, line));
        }
        root.parts.push_back(std::move(month));
    }

    /// How a policy came to the payment; null for other cases.
    [[nodiscard]] const PolicyCaseRow* policy_row() const {
        for (const PolicyCaseRow& row : input_.outcome.result.profit.policy_cases) {
            if (row.encounter == row_.encounter) {
                return &row;
            }
        }
        return nullptr;
    }

    void add_policy(ExplanationNode& part, const PolicyCaseRow& row) const {
        std::string rule = row.rule > 0 ? " " + std::to_string(row.rule) : "";
        rule += row.rule_name.empty() ? "" : " " + row.rule_name;
        const SaidText said{
            .word = row.basis + rule,
            .zh = names_in<costing::pay::PolicyBasis>(Language::zh, row.basis) + rule};
        part.rule = Rule::paid_by_policy;
        part.quantities = {{QuantityName::policy, row.policy},
                           {QuantityName::policy_rule, said},
                           {QuantityName::formula, row.formula}};
        if (row.ratio) {
            part.quantities.push_back({QuantityName::ratio, row.ratio->trimmed()});
        }
        if (row.has_standard) {
            part.quantities.insert(part.quantities.end(),
                                   {{QuantityName::score, row.score.trimmed()},
                                    {QuantityName::coefficient, row.coefficient.trimmed()},
                                    {QuantityName::point_value, row.value.trimmed()},
                                    {QuantityName::standard, row.standard},
                                    {QuantityName::adjustment, row.payment - row.standard}});
        }
        part.quantities.push_back({QuantityName::charge, row_.charge});
    }

    void add_payment(ExplanationNode& root) const {
        const PaymentPolicy& policy = *input_.outcome.rules.rules.payment;
        root.kind = PartKind::payment;
        root.rule = Rule::sum_of_parts;
        if (row_.status == CaseStatus::grouped) {
            add_group(root, policy);
        }
        ExplanationNode part{.kind = PartKind::payment,
                             .label = {row_.basis},
                             .rule = Rule::payment_is_charge,
                             .quantities = {{QuantityName::charge, row_.charge}},
                             .amount = row_.payment,
                             .cell = cell_of_case(encounter_.code, Figure::charge),
                             .lines = {},
                             .parts = {}};
        if (const PolicyCaseRow* by_policy = policy_row()) {
            add_policy(part, *by_policy);
        } else if (row_.basis == PaymentBasis::dip) {
            part.rule = Rule::points_times_value;
            part.quantities = {{QuantityName::points, row_.points.trimmed()},
                               {QuantityName::point_value, point_value(policy).trimmed()}};
        } else if (row_.basis != PaymentBasis::charges) {
            const bool coded = row_.basis == PaymentBasis::ungrouped;
            part.rule = Rule::charge_times_ratio;
            part.quantities.push_back(
                {QuantityName::ratio,
                 (coded ? policy.ungrouped_ratio : policy.uncoded_ratio).trimmed()});
        }
        root.parts.push_back(std::move(part));
    }

    /// Why this group and how its score became points.
    void add_group(ExplanationNode& root, const PaymentPolicy& policy) const {
        const CatalogueRow& group = month_.catalogue[row_.row.index()];
        if (row_.deviation && policy_row() == nullptr) {
            root.rule = points_rule(*row_.deviation, row_.auxiliary != kNoCorrection);
            root.quantities = {
                {QuantityName::points, row_.points.trimmed()},
                {QuantityName::score, group.score.trimmed()},
                {QuantityName::hospital_coefficient, policy.hospital_coefficient.trimmed()},
                {QuantityName::charge, row_.charge},
                {QuantityName::reference_charge, group.reference_charge},
                {QuantityName::high_ratio, policy.deviation.high_ratio.trimmed()},
                {QuantityName::deviation, *row_.deviation}};
        }
        add_auxiliary(root);
        root.quantities.push_back({QuantityName::group, group.group + " " + group.name});
        root.quantities.push_back({QuantityName::level, row_.level});
        root.quantities.push_back({QuantityName::deciding_codes, row_.deciding_codes});
        // RW = score / 1000 at scale 7 has the digits of the score at scale 4.
        root.quantities.push_back(
            {QuantityName::rw, RelativeWeight::from_raw(group.score.raw()).trimmed()});
    }

    /// A policy or a payer by charges may leave the auxiliary coefficient out.
    [[nodiscard]] bool uses_auxiliary() const {
        const PolicyCaseRow* by_policy = policy_row();
        return by_policy != nullptr ? by_policy->uses_auxiliary : row_.basis == PaymentBasis::dip;
    }

    /// What the auxiliary catalogue made of the case, and whether it went into the payment; nothing
    /// where the month has none.
    void add_auxiliary(ExplanationNode& root) const {
        for (const AuxiliaryRow& row : input_.outcome.result.grouping.auxiliary) {
            if (row.encounter != row_.encounter) {
                continue;
            }
            root.quantities.push_back({uses_auxiliary() ? QuantityName::auxiliary_coefficient
                                                        : QuantityName::auxiliary_unused,
                                       row.coefficient.trimmed()});
            if (!row.bands.empty()) {
                const std::string what =
                    " " + row.bands + (row.decided_by.empty() ? "" : " (" + row.decided_by + ")");
                root.quantities.push_back({QuantityName::auxiliary_reason,
                                           SaidText{.word = row.kinds + what,
                                                    .zh = names_in<costing::group::AuxiliaryKind>(
                                                              Language::zh, row.kinds) +
                                                          what}});
            }
        }
    }

    [[nodiscard]] Rate point_value(const PaymentPolicy& policy) const {
        for (const PayerRule& payer : policy.payers) {
            if (payer.payer == encounter_.payer) {
                return payer.point_value;
            }
        }
        return {};
    }

    const ExplainInput& input_;
    const Month& month_;
    const CaseRow& row_;
    const Encounter& encounter_;
};

ExplanationNode case_of_group(const Month& month, const CaseRow& row, Figure figure) {
    const Encounter& encounter = month.encounters[row.encounter.index()];
    ExplanationNode node{
        .kind = PartKind::stay,
        .label = {encounter.code, month.departments[encounter.department.index()].name},
        .rule = Rule::case_points,
        .quantities = {},
        .amount = figure_of(row, figure),
        .cell = cell_of_case(encounter.code, figure),
        .lines = {},
        .parts = {}};
    if (row.deviation) {
        node.quantities = {{QuantityName::points, row.points.trimmed()},
                           {QuantityName::deviation, *row.deviation}};
    } else {
        node.rule = Rule::sum_of_parts;
    }
    return node;
}

}  // namespace

CellResult explain_case(const ExplainInput& input, std::string_view rest) {
    const Month& month = input.outcome.loaded.month;
    const auto encounter = find_head(month.encounters, CellNoun::paid_case, rest);
    if (!encounter) {
        return tl::unexpected(encounter.error());
    }
    const auto figure = read_figure(encounter->rest);
    if (!figure) {
        return tl::unexpected(figure.error());
    }
    if (*figure == Figure::cost) {
        return explain_patient(input, month.encounters[encounter->index].code);
    }
    const auto& cases = input.outcome.result.profit.cases;
    const auto row = std::find_if(cases.begin(), cases.end(), [&](const CaseRow& one) {
        return one.encounter.index() == encounter->index;
    });
    if (row == cases.end()) {
        return unknown(CellNoun::paid_case, month.encounters[encounter->index].code, {});
    }
    return CaseExplainer(input, *row).explain(*figure);
}

CellResult explain_group(const ExplainInput& input, std::string_view rest) {
    const Month& month = input.outcome.loaded.month;
    const auto basis = find_word<PaymentBasis>(CellNoun::basis, first_part(rest));
    if (!basis) {
        return tl::unexpected(basis.error());
    }
    std::vector<const ProfitRow*> rows;
    std::vector<KnownCode> known;
    for (const ProfitRow& row : input.outcome.result.profit.groups) {
        if (row.basis == *basis) {
            const auto name =
                std::find_if(month.catalogue.begin(), month.catalogue.end(),
                             [&](const CatalogueRow& one) { return one.group == row.group; });
            rows.push_back(&row);
            known.push_back({.code = row.group,
                             .name = name == month.catalogue.end() ? std::string_view()
                                                                   : std::string_view(name->name)});
        }
    }
    const std::string_view asked = after_first(rest);
    if (asked.empty()) {
        return tl::unexpected(CellError{});
    }
    const auto head = known_head(rows.size(), asked,
                                 [&](std::size_t i) -> std::string_view { return known[i].code; });
    if (!head) {
        return unknown(CellNoun::group, first_part(asked), nearest(first_part(asked), known));
    }
    const auto figure = read_figure(head->rest);
    if (!figure) {
        return tl::unexpected(figure.error());
    }
    const ProfitRow& row = *rows[head->index];
    Explanation out;
    out.root.kind = PartKind::cost;
    out.root.rule = Rule::sum_of_cases;
    out.root.amount = figure_of(row.sums, *figure);
    out.root.label = {*basis, row.group, *figure};
    if (!known[head->index].name.empty()) {
        out.root.label.insert(out.root.label.begin() + 2, std::string(known[head->index].name));
    }
    out.root.quantities = {{QuantityName::cases, std::to_string(row.sums.cases)},
                           {QuantityName::rw, row.sums.rw.trimmed()},
                           {QuantityName::points, row.sums.points.trimmed()}};
    for (const CaseRow& one : input.outcome.result.profit.cases) {
        if (one.basis == *basis && group_code(month, one) == row.group) {
            out.root.parts.push_back(case_of_group(month, one, *figure));
        }
    }
    return out;
}

}  // namespace yuanliu::usecase
