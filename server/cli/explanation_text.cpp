// Why this file: the tree as lines: amount, kind, label, formula, and after > the cell that opens
// it; at the end the sums by kind, which are the figure.
#include "server/cli/explanation_text.hpp"

#include <fmt/format.h>

#include <map>

#include "server/cli/summary.hpp"
#include "server/text/vocabulary.hpp"
#include "server/usecase/explain_words.hpp"

namespace yuanliu::cli {
namespace {

using usecase::ExplanationNode;
using usecase::PartKind;

constexpr std::size_t kStep = 4;
constexpr std::size_t kUnderAmount = 20;

void print_lines(const ExplanationNode& node, std::size_t indent) {
    for (const usecase::SourceLine& line : node.lines) {
        fmt::print("{:{}}{} {}{}{}  {}  [{}:{}]\n", "", indent + kUnderAmount, line.reference,
                   line.text, line.quantity.empty() ? "" : " × ", line.quantity, yuan(line.amount),
                   line.file, line.row);
    }
}

class Printer {
  public:
    explicit Printer(const ExplanationText& how) : how_(how) {}

    void print_parts(const std::vector<ExplanationNode>& parts, std::size_t indent,
                     int depth) const {
        for (const ExplanationNode& part : parts) {
            const std::string formula = usecase::formula_in(how_.language, part);
            const std::string kind = usecase::name_in(how_.language, part.kind);
            const std::string label = usecase::label_in(how_.language, part);
            fmt::print("{:{}}{:>16}  {}{}{}{}{}{}\n", "", indent, yuan(part.amount), kind,
                       label == kind ? "" : " ", label == kind ? "" : label,
                       formula.empty() ? "" : ": ", formula,
                       part.cell.empty() ? "" : "  > " + part.cell);
            print_notes(part, indent);
            print_lines(part, indent);
            print_parts(part.parts, indent + kStep, depth);
            if (depth > 1 && !part.cell.empty() && part.kind != PartKind::sent) {
                follow(part.cell, indent + kStep, depth - 1);
            }
        }
    }

    /// The quantities of the figure itself, one a line.
    void print_quantities(const ExplanationNode& node) const {
        for (const auto& [name, value] : node.quantities) {
            fmt::print("  {}: {}\n", usecase::name_in(how_.language, name),
                       usecase::text_in(how_.language, value));
        }
    }

    void print_sum(const ExplanationNode& root) const {
        std::map<PartKind, Money> sums;
        for (const ExplanationNode& part : root.parts) {
            sums[part.kind] += part.amount;
        }
        std::string text;
        for (const auto& [kind, amount] : sums) {
            text += fmt::format("{}{} {}", text.empty() ? "" : " + ",
                                usecase::name_in(how_.language, kind), yuan(amount));
        }
        fmt::print("  {} = {}\n", text.empty() ? yuan(Money()) : text, yuan(root.amount));
    }

    void print_origins(const std::array<Money, kOrigins>& sums) const {
        std::string text;
        Money total;
        for (std::size_t i = 0; i < kOrigins; ++i) {
            text += fmt::format("{}{} {}", i == 0 ? "" : " + ",
                                name_in(how_.language, static_cast<Origin>(i)), yuan(sums[i]));
            total += sums[i];
        }
        fmt::print("  {}: {} = {}\n", say(how_.language, "by origin", "按来源"), text, yuan(total));
    }

  private:
    /// Origin and stage of what was received: they say which cell of the result it is.
    void print_notes(const ExplanationNode& part, std::size_t indent) const {
        if (part.kind != PartKind::transfer && part.kind != PartKind::ledger) {
            return;
        }
        std::string text;
        for (const auto& [name, value] : part.quantities) {
            using enum usecase::QuantityName;
            if (name == stage || name == origin || name == fund_source || name == cost_item) {
                text += fmt::format("{}{} {}", text.empty() ? "" : ", ",
                                    usecase::name_in(how_.language, name),
                                    usecase::text_in(how_.language, value));
            }
        }
        fmt::print("{:{}}({})\n", "", indent + kUnderAmount, text);
    }

    void follow(const std::string& cell, std::size_t indent, int depth) const {
        const auto next = usecase::explain(how_.input, cell);
        YUANLIU_CHECK(next.has_value());
        print_parts(next->root.parts, indent, depth);
    }

    const ExplanationText& how_;
};

bool has_cells(const ExplanationNode& root) {
    return std::any_of(root.parts.begin(), root.parts.end(),
                       [](const ExplanationNode& part) { return !part.cell.empty(); });
}

}  // namespace

std::string quoted(const std::string& word) {
    constexpr std::string_view kPlain =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/._-+:~";
    if (!word.empty() && word.front() != '~' &&
        word.find_first_not_of(kPlain) == std::string::npos) {
        return word;
    }
    std::string out = "'";
    for (const char c : word) {
        out += c == '\'' ? std::string("'\\''") : std::string(1, c);
    }
    return out + "'";
}

void print_explanation(const usecase::Explanation& explanation, const std::string& cell,
                       const ExplanationText& how) {
    const ExplanationNode& root = explanation.root;
    const Printer printer(how);
    const std::string formula = usecase::formula_in(how.language, root);
    fmt::print("{} {}  [{}]\n", how.input.outcome.loaded.month.period.text(),
               usecase::label_in(how.language, root), cell);
    if (!formula.empty()) {
        fmt::print("  {}\n", formula);
    }
    printer.print_quantities(root);
    printer.print_parts(root.parts, 2, how.depth);
    if (!explanation.activities.empty()) {
        fmt::print("  {}:\n",
                   say(how.language, "activities, which sum to the same", "各作业 (合计相同)"));
        printer.print_parts(explanation.activities, 4, 1);
    }
    if (explanation.by_origin) {
        printer.print_origins(*explanation.by_origin);
    }
    printer.print_sum(root);
    if (has_cells(root)) {
        fmt::print("  {}: {} --cell {}\n",
                   say(how.language, "open what stands after >", "打开 > 后的单元格"), how.command,
                   say(how.language, "CELL", "单元格"));
    }
}

std::string sentence_of(const usecase::CellError& error, const std::string& cell,
                        Language language) {
    if (!error.unknown) {
        return language == Language::zh ? fmt::format("--cell {} 的写法不对; 请写以下之一: {}",
                                                      cell, usecase::kCellGrammar)
                                        : fmt::format("--cell {} is not a cell; write one of: {}",
                                                      cell, usecase::kCellGrammar);
    }
    const std::string noun = usecase::name_in(language, *error.unknown);
    const std::string near = usecase::near_in(language, error);
    return language == Language::zh
               ? fmt::format("本月没有{} {}{}", noun, error.code, near)
               : fmt::format("there is no {} {} in this month{}", noun, error.code, near);
}

}  // namespace yuanliu::cli
