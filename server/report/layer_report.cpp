// Why this file: cost by layer (分层全成本): of each department, whose cost it first was and by way
// of which departments it came (docs/reports.md §11).
#include <set>

#include "server/report/cost_layers.hpp"
#include "server/report/reports.hpp"
#include "server/text/vocabulary.hpp"

namespace yuanliu::report {
namespace {

using enum DepartmentClass;

constexpr std::uint8_t carrier_bit(DepartmentClass department_class) {
    return static_cast<std::uint8_t>(1U << static_cast<unsigned>(department_class));
}

/// The layers that stand in the report even when they are zero.
constexpr std::array kUsualPaths{
    Path{.origin = Origin::direct, .carriers = 0},
    Path{.origin = Origin::administrative, .carriers = 0},
    Path{.origin = Origin::administrative, .carriers = carrier_bit(auxiliary)},
    Path{.origin = Origin::administrative, .carriers = carrier_bit(medical_technology)},
    Path{.origin = Origin::administrative,
         .carriers = carrier_bit(auxiliary) | carrier_bit(medical_technology)},
    Path{.origin = Origin::auxiliary, .carriers = 0},
    Path{.origin = Origin::auxiliary, .carriers = carrier_bit(medical_technology)},
    Path{.origin = Origin::medical_technology, .carriers = 0}};

std::string origin_short(Origin origin, Language language) {
    const char* zh[] = {"直接成本", "公共费用", "管理", "医辅", "医技"};
    return language == Language::zh ? zh[static_cast<std::size_t>(origin)]
                                    : name_in(language, origin);
}

std::string class_short(std::size_t department_class, Language language) {
    const char* zh[] = {"公共", "管理", "医辅", "医技", "临床", "其他"};
    return language == Language::zh
               ? zh[department_class]
               : name_in(language, static_cast<DepartmentClass>(department_class));
}

/// By cost category and fund source, of one department.
using LayerCells = std::map<std::pair<CostCategory, FundSource>, PathAmounts>;

LayerCells cells_of(const ReportInput& input, const CostLayers& layers, const std::string& code) {
    LayerCells cells;
    const auto held = layers.held.find(code);
    if (held == layers.held.end()) {
        return cells;
    }
    for (const auto& [cell, amounts] : held->second) {
        for (const auto& [path, amount] : amounts) {
            const auto category = input.view.category_of(cell.first);
            if (category && input.view.is_in(input.scope, cell.second, path.origin, code)) {
                cells[{*category, cell.second}][path] += amount;
            }
        }
    }
    return cells;
}

class LayerTables {
  public:
    LayerTables(const ReportInput& input, const CostLayers& layers, std::string department)
        : input_(input), layers_(layers), department_(std::move(department)) {
        std::set<Path> paths(kUsualPaths.begin(), kUsualPaths.end());
        for (const Department& row : input.view.month().departments) {
            for (const auto& [cell, amounts] : cells_of(input, layers, row.code)) {
                for (const auto& [path, amount] : amounts) {
                    paths.insert(path);
                }
            }
        }
        for (const Path& path : paths) {
            const bool is_out =
                input.scope == Scope::medical_business && path.origin == Origin::administrative;
            if (!is_out) {
                paths_.push_back(path);
            }
        }
    }

    [[nodiscard]] Section departments(Report& report) const {
        const Language language = input_.language;
        const CostLine line = cost_lines(input_.scope, language).back();
        Section section{.caption = in(language, "按科室", "by department"),
                        .columns = {{.title = in(language, "科室", "department")}}};
        add_path_columns(section);
        add_classes(section, input_, line, paths_.size() + 1, [&](DepartmentId d) {
            const std::string& code = input_.view.month().departments[d.index()].code;
            PathAmounts sums;
            for (const auto& [cell, amounts] : cells_of(input_, layers_, code)) {
                for (const auto& [path, amount] : amounts) {
                    sums[path] += amount;
                }
            }
            Amounts row = row_amounts(sums);
            report.must_close(in(language, "各层之和 = 全成本: ", "layers = full: ") + code,
                              row.back(), input_.view.full(d, line));
            return row;
        });
        return section;
    }
    /// Every department by cost category and fund source; only one where one is asked for.
    [[nodiscard]] Section details() const {
        const Language language = input_.language;
        Section section{.caption = in(language, "按科室、成本项目、资金来源",
                                      "by department, cost item and fund source"),
                        .key_columns = 3,
                        .columns = {{.title = in(language, "科室", "department")},
                                    {.title = in(language, "成本项目", "cost item")},
                                    {.title = in(language, "资金来源", "fund source")}}};
        add_path_columns(section);
        for (const Department& row : input_.view.month().departments) {
            if (!department_.empty() && row.code != department_) {
                continue;
            }
            for (const auto& [cell, amounts] : cells_of(input_, layers_, row.code)) {
                Row cells{.cells = {text_cell(department_words(row)),
                                    text_cell(name_in(language, cell.first)),
                                    text_cell(name_in(language, cell.second))}};
                for (const Money amount : row_amounts(amounts)) {
                    cells.cells.push_back(amount_cell(amount));
                }
                section.rows.push_back(std::move(cells));
            }
        }
        return section;
    }

  private:
    void add_path_columns(Section& section) const {
        for (const Path& path : paths_) {
            section.columns.push_back({.title = path_words(path, input_.language)});
        }
        section.columns.push_back({.title = in(input_.language, "全成本", "full")});
    }
    [[nodiscard]] Amounts row_amounts(const PathAmounts& amounts) const {
        Amounts row;
        Money sum;
        for (const Path& path : paths_) {
            const auto found = amounts.find(path);
            row.push_back(found == amounts.end() ? Money() : found->second);
            sum += row.back();
        }
        row.push_back(sum);
        return row;
    }

    const ReportInput& input_;
    const CostLayers& layers_;
    std::string department_;
    std::vector<Path> paths_;
};

}  // namespace

std::string path_words(const Path& path, Language language) {
    const std::string origin = origin_short(path.origin, language);
    if (path.origin == Origin::direct && path.carriers == 0) {
        return in(language, "直接成本(不含公共)", "direct, without public");
    }
    if (path.carriers == 0) {
        const bool is_passed = path.origin != Origin::public_cost;
        return in(language, is_passed ? "分摊" : "", "") + origin;
    }
    constexpr std::uint8_t kBoth = carrier_bit(auxiliary) | carrier_bit(medical_technology);
    if (language == Language::zh && path.origin == Origin::administrative &&
        path.carriers == kBoth) {
        return "医技带来的(医辅带来的管理)";
    }
    std::string carriers;
    for (std::size_t c = 0; c < WordsOf<DepartmentClass>::kWords.size(); ++c) {
        if ((path.carriers >> c & 1U) != 0) {
            carriers +=
                (carriers.empty() ? "" : in(language, "、", ", ")) + class_short(c, language);
        }
    }
    return language == Language::zh ? carriers + "带来的" + origin
                                    : origin + " by way of " + carriers;
}

Report layer_report(const ReportInput& input, const AllocationPlan& plan,
                    const std::string& department) {
    const Language language = input.language;
    Report report =
        begin_report(input, {}, "科室分层全成本表", "Full cost of departments by layer");
    const CostLayers layers = follow_layers(input.view.month(), plan, input.book);
    report.gaps.insert(report.gaps.end(), layers.gaps.begin(), layers.gaps.end());
    const LayerTables tables(input, layers, department);
    report.sections.push_back(tables.departments(report));
    report.sections.push_back(tables.details());
    report.notes.push_back(
        in(language,
           "每笔分摊按转出科室当时所持各层的比例拆分, 到分; 各层之和 = 全成本, 同一来源各层之和 = "
           "该来源金额。直接成本(不含公共) 不含分得的公共费用, 后者另列; 对不转出成本的科室, "
           "加上公共费用各层就是成本医01表和分摊汇总表的直接成本。联立方程的阶段内各科室同时互转: "
           "从某科室转出的即算由它带来。",
           "Every transfer is split over the layers that its sender then holds, to the fen; layers "
           "sum to full cost, and those of an origin to that origin. Direct without public leaves "
           "out the public cost received, which has columns of its own; where a department passes "
           "nothing on, these together are the direct cost of 01 and of the transfers. In a stage "
           "solved by equations "
           "all flows are at once: what a department passes on counts as carried by it."));
    return report;
}

}  // namespace yuanliu::report
