// Why this file: see move_plan.hpp. Every name is looked up once, before any cost is moved.
#include "costing/collect/move_plan.hpp"

#include <algorithm>
#include <map>

namespace yuanliu::costing {
namespace {

constexpr std::string_view kClassPrefix = "class:";
constexpr std::int64_t kWhole = 10'000;

template <class Rows>
std::optional<std::size_t> index_of(const Rows& rows, std::string_view code) {
    const auto found = std::lower_bound(
        rows.begin(), rows.end(), code,
        [](const auto& row, std::string_view wanted) { return row.code < wanted; });
    if (found == rows.end() || found->code != code) {
        return std::nullopt;
    }
    return static_cast<std::size_t>(found - rows.begin());
}

/// Resolves one move.
class Resolver {
  public:
    Resolver(const Month& month, const MoveRule& rule, std::size_t at,
             std::vector<Finding>& findings)
        : month_(month),
          rule_(rule),
          at_(at),
          findings_(findings),
          holds_((!rule.from || *rule.from <= month.period) &&
                 (!rule.until || month.period <= *rule.until)) {}

    ResolvedMove resolve() {
        ResolvedMove move;
        move.rule = &rule_;
        move.holds = holds_;
        move.departments = departments();
        move.accounts = accounts();
        move.cost_items = cost_items();
        for (std::size_t f = 0; f < kFundSources; ++f) {
            move.funds[f] = names(rule_.fund_sources, word_of(static_cast<FundSource>(f)));
        }
        resolve_targets(move);
        if (rule_.drivers) {
            resolve_drivers(move);
        }
        return move;
    }

  private:
    void report(FindingCode code, std::string_view key, std::vector<std::string> arguments) {
        // A move of another time may name departments of another time.
        const bool is_of_the_month =
            code == FindingCode::move_target_invalid || code == FindingCode::move_receivers_empty;
        if (is_of_the_month && !holds_) {
            return;
        }
        findings_.push_back({.code = code,
                             .severity = Severity::stop,
                             .where = place_of_move(at_, key),
                             .arguments = std::move(arguments)});
    }

    static bool names(const std::vector<std::string>& list, std::string_view name) {
        return std::any_of(list.begin(), list.end(),
                           [&](const std::string& entry) { return entry == "*" || entry == name; });
    }

    std::vector<bool> departments() {
        std::vector<bool> fits(month_.departments.size());
        for (const std::string& name : rule_.departments) {
            for (std::size_t i = 0; i < fits.size(); ++i) {
                const Department& department = month_.departments[i];
                fits[i] =
                    fits[i] || name == "*" || name == department.code ||
                    (name.starts_with(kClassPrefix) &&
                     name.substr(kClassPrefix.size()) == word_of(department.department_class));
            }
            if (name != "*" && !name.starts_with(kClassPrefix) &&
                !index_of(month_.departments, name)) {
                report(FindingCode::unknown_department, "departments", {name});
            }
        }
        return fits;
    }

    std::vector<bool> accounts() {
        std::vector<bool> fits(month_.accounts.size());
        for (const std::string& pattern : rule_.accounts) {
            for (std::size_t i = 0; i < fits.size(); ++i) {
                fits[i] = fits[i] || fits_pattern(pattern, month_.accounts[i].code);
            }
            if (!pattern.ends_with('*') && !index_of(month_.accounts, pattern)) {
                report(FindingCode::unknown_account, "accounts", {pattern});
            }
        }
        return fits;
    }

    std::vector<bool> cost_items() {
        std::vector<bool> fits(month_.cost_items.size());
        for (std::size_t i = 0; i < fits.size(); ++i) {
            const CostItem& item = month_.cost_items[i];
            fits[i] = names(rule_.cost_items, item.code) &&
                      names(rule_.cost_categories, word_of(item.category));
        }
        for (const std::string& name : rule_.cost_items) {
            if (name != "*" && !index_of(month_.cost_items, name)) {
                report(FindingCode::unknown_cost_item, "cost_items", {name});
            }
        }
        return fits;
    }

    /// A department by code; not valid after saying why it can't take cost.
    DepartmentId target_department(const std::string& code, std::string_view key) {
        const auto found = index_of(month_.departments, code);
        if (!found) {
            report(FindingCode::unknown_department, key, {code});
            return {};
        }
        const Department& department = month_.departments[*found];
        if (!department.usable || department.department_class == DepartmentClass::excluded) {
            report(FindingCode::move_target_invalid, key, {rule_.name, code});
            return {};
        }
        return DepartmentId(*found);
    }

    void resolve_targets(ResolvedMove& move) {
        std::int64_t sum = 0;
        for (const MoveTarget& target : rule_.to) {
            ResolvedTarget made{.department = {},
                                .cost_item = {},
                                .fund = target.fund,
                                .out = target.out,
                                .share = target.share};
            if (target.department) {
                made.department = target_department(*target.department, "to");
            }
            if (target.cost_item) {
                const auto item = index_of(month_.cost_items, *target.cost_item);
                if (item) {
                    made.cost_item = CostItemId(*item);
                } else {
                    report(FindingCode::unknown_cost_item, "to", {*target.cost_item});
                }
            }
            sum += target.share.raw();
            move.to.push_back(std::move(made));
        }
        if (!rule_.to.empty() && sum != kWhole) {
            report(FindingCode::move_shares_not_one, "to",
                   {rule_.name, Rate::from_raw(sum).trimmed()});
        }
    }

    DriverId driver(const std::string& name, std::string_view key) {
        const auto found = index_of(month_.drivers, name);
        if (!found) {
            report(FindingCode::unknown_driver, key, {name});
            return {};
        }
        return DriverId(*found);
    }

    /// Departments that are named, or of a class that is; `needs_cost`: they must be able to take
    /// it.
    std::vector<bool> members(const std::vector<std::string>& list, std::string_view key,
                              bool needs_cost) {
        std::vector<bool> found(month_.departments.size());
        for (const std::string& name : list) {
            if (!name.starts_with(kClassPrefix)) {
                const auto known = index_of(month_.departments, name);
                const DepartmentId id =
                    needs_cost || !known ? target_department(name, key) : DepartmentId(*known);
                if (id.is_valid()) {
                    found[id.index()] = true;
                }
                continue;
            }
            for (std::size_t i = 0; i < found.size(); ++i) {
                const Department& department = month_.departments[i];
                found[i] =
                    found[i] || (department.usable && name.substr(kClassPrefix.size()) ==
                                                          word_of(department.department_class));
            }
        }
        return found;
    }

    void resolve_drivers(ResolvedMove& move) {
        for (const std::string& name : rule_.drivers->chain) {
            move.chain.push_back(driver(name, "drivers"));
        }
        if (!rule_.drivers->metered.empty()) {
            move.metered = driver(rule_.drivers->metered, "metered");
        }
        const std::vector<bool> in = members(rule_.drivers->receivers, "receivers", true);
        const std::vector<bool> not_in =
            members(rule_.drivers->except_receivers, "except_receivers", false);
        for (std::size_t i = 0; i < in.size(); ++i) {
            if (in[i] && !not_in[i]) {
                move.receivers.emplace_back(i);
            }
        }
        if (move.receivers.empty()) {
            report(FindingCode::move_receivers_empty, "receivers", {rule_.name});
        }
    }

    const Month& month_;
    const MoveRule& rule_;
    std::size_t at_;
    std::vector<Finding>& findings_;
    bool holds_;
};

}  // namespace

SourceRef place_of_move(std::size_t move, std::string_view key) {
    return {.file = "collection.toml",
            .row = 0,
            .column =
                "move[" + std::to_string(move) + "]" + (key.empty() ? "" : ".") + std::string(key)};
}

bool fits_pattern(std::string_view pattern, std::string_view text) {
    return pattern.ends_with('*') ? text.starts_with(pattern.substr(0, pattern.size() - 1))
                                  : text == pattern;
}

MovePlan resolve_moves(const Month& month, const CollectionRules& rules) {
    MovePlan plan;
    for (std::size_t i = 0; i < rules.moves.size(); ++i) {
        plan.moves.push_back(Resolver(month, rules.moves[i], i, plan.findings).resolve());
    }
    return plan;
}

}  // namespace yuanliu::costing
