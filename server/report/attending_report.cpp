// Why this file: 主诊组成本收益表 (docs/objects.md §2): each discharged stay counts once, with its
// attending physician's group of the month; groups and those in none sum to the hospital.
#include <limits>
#include <map>

#include "server/report/object_reports.hpp"

namespace yuanliu::report {
namespace {

constexpr std::string_view kCaseHeader =
    "encounter,department,attending,payer,status,group,level,deciding_codes,rw,days,score,"
    "deviation,points,basis,charge,payment,cost,policy_margin,real_margin";
constexpr std::string_view kPhysicianHeader =
    "attending,department,basis,cases,rw_total,points,charge,payment,cost,policy_margin,"
    "real_margin";

std::int64_t case_number(const std::string& text, int scale) {
    const auto raw = parse_decimal(text, scale, std::numeric_limits<std::int64_t>::max());
    YUANLIU_CHECK(raw.has_value());
    return *raw;
}

Money case_money(const std::string& text) {
    return Money::from_raw(case_number(text, Money::kScale));
}

struct GroupSums {
    std::int64_t cases = 0;
    std::int64_t grouped = 0;
    RelativeWeight rw;
    std::int64_t days = 0;
    Money charge;
    Money payment;
    Money cost;
    void add(const CaseFigures& one) {
        ++cases;
        grouped += one.is_grouped ? 1 : 0;
        rw += one.rw;
        days += one.days;
        charge += one.charge;
        payment += one.payment;
        cost += one.cost;
    }
    void add(const GroupSums& other) {
        cases += other.cases;
        grouped += other.grouped;
        rw += other.rw;
        days += other.days;
        charge += other.charge;
        payment += other.payment;
        cost += other.cost;
    }
};

/// n / d with this many decimals; blank for a zero denominator.
Cell ratio_cell(Int128 numerator, Int128 denominator, int decimals) {
    return denominator == 0
               ? blank_cell()
               : number_cell(format_decimal(rounded_half_away(numerator, denominator), decimals));
}

void append_figures(Row& row, const GroupSums& sums) {
    for (Cell& cell : std::vector<Cell>{
             count_cell(sums.cases), count_cell(sums.grouped), number_cell(sums.rw.trimmed()),
             ratio_cell(sums.rw.raw(), Int128{sums.grouped} * 1000, 4), count_cell(sums.days),
             ratio_cell(Int128{sums.days} * 100, sums.cases, 2), amount_cell(sums.charge),
             amount_cell(sums.payment), amount_cell(sums.cost),
             amount_cell(sums.payment - sums.charge), amount_cell(sums.payment - sums.cost),
             each_cell(sums.charge, sums.cases), each_cell(sums.payment, sums.cases),
             each_cell(sums.cost, sums.cases), each_cell(sums.payment - sums.cost, sums.cases)}) {
        row.cells.push_back(std::move(cell));
    }
}

void append_columns(Section& section, Language language) {
    const auto add = [&](const char* zh, const char* en, const std::string& group = {}) {
        section.columns.push_back({.title = in(language, zh, en), .group = group});
    };
    add("出院例数", "cases");
    add("入组例数", "grouped");
    add("总权重", "RW");
    add("CMI", "CMI");
    add("床日", "days");
    add("平均住院日", "days per case");
    add("费用", "charge");
    add("支付", "payment");
    add("成本", "cost");
    add("政策盈亏", "policy margin");
    add("实际盈亏", "real margin");
    const std::string each = in(language, "例均", "per case");
    add("费用", "charge", each);
    add("支付", "payment", each);
    add("成本", "cost", each);
    add("实际盈亏", "real margin", each);
}

/// Where a physician's cases go: a group, none, or no physician named. Ordered so.
struct GroupPlace {
    int rank = 0;  ///< 0 group, 1 in no group, 2 no physician
    std::string group;
    auto operator<=>(const GroupPlace&) const = default;
};

std::string words_of_place(const GroupPlace& place, const std::map<std::string, std::string>& names,
                           Language language) {
    if (place.rank == 1) {
        return in(language, "未编入主诊组", "in no group");
    }
    return place.rank == 2 ? in(language, "病例无主诊医师", "no attending physician")
                           : names.at(place.group) + " " + place.group;
}

void check_physicians(const std::map<std::string, GroupSums>& physicians,
                      const std::vector<PhysicianFigures>& stated, Report& report) {
    std::map<std::string, GroupSums> sums;
    for (const PhysicianFigures& row : stated) {
        GroupSums& sum = sums[row.attending];
        sum.cases += row.cases;
        sum.charge += row.charge;
        sum.payment += row.payment;
        sum.cost += row.cost;
    }
    for (const auto& [code, mine] : physicians) {
        const GroupSums& theirs = sums[code];
        const std::string claim =
            in(report.language, "病例之和 = 医师盈亏表: ", "cases = physician_profit.csv: ");
        report.must_close(claim + code, Money::from_raw(mine.cases), Money::from_raw(theirs.cases));
        report.must_close(claim + code, mine.charge, theirs.charge);
        report.must_close(claim + code, mine.payment, theirs.payment);
        report.must_close(claim + code, mine.cost, theirs.cost);
        sums.erase(code);
    }
    for (const auto& [code, rest] : sums) {
        report.must_close(code, Money(), rest.charge);
        report.must_close(code, Money(), rest.cost);
    }
}

}  // namespace

tl::expected<CaseTables, Refusal> read_case_tables(const std::filesystem::path& result) {
    const auto cases = read_result_rows(result, "cases.csv", kCaseHeader);
    if (!cases) {
        return tl::unexpected(cases.error());
    }
    const auto physicians = read_result_rows(result, "physician_profit.csv", kPhysicianHeader);
    if (!physicians) {
        return tl::unexpected(physicians.error());
    }
    CaseTables tables;
    for (const auto& row : *cases) {
        const bool is_grouped = row[4] == word_of(CaseStatus::grouped);
        tables.cases.push_back({.attending = row[2],
                                .is_grouped = is_grouped,
                                .rw = is_grouped ? RelativeWeight::from_raw(
                                                       case_number(row[8], RelativeWeight::kScale))
                                                 : RelativeWeight(),
                                .days = case_number(row[9], 0),
                                .charge = case_money(row[14]),
                                .payment = case_money(row[15]),
                                .cost = case_money(row[16])});
    }
    for (const auto& row : *physicians) {
        tables.physicians.push_back({.attending = row[0],
                                     .cases = case_number(row[3], 0),
                                     .charge = case_money(row[6]),
                                     .payment = case_money(row[7]),
                                     .cost = case_money(row[8])});
    }
    return tables;
}

Report attending_group_report(const ReportInput& input, const CaseTables& tables) {
    const Language language = input.language;
    Report report = begin_report(input, {}, "主诊组成本收益表", "Attending groups");
    report.caliber = in(language, "整次住院成本, 全部经费", "cost of whole stays, all funds");
    std::map<std::string, std::string> group_of;
    std::map<std::string, std::string> names;
    for (const AttendingGroup& row : input.view.month().attending_groups) {
        group_of.emplace(row.attending, row.group);
        names.emplace(row.group, row.name);
    }
    const auto place_of = [&](const std::string& attending) -> GroupPlace {
        const auto found = group_of.find(attending);
        return attending.empty()         ? GroupPlace{.rank = 2, .group = {}}
               : found == group_of.end() ? GroupPlace{.rank = 1, .group = {}}
                                         : GroupPlace{.rank = 0, .group = found->second};
    };
    std::map<std::string, GroupSums> physicians;
    for (const CaseFigures& one : tables.cases) {
        physicians[one.attending].add(one);
    }
    check_physicians(physicians, tables.physicians, report);
    std::map<GroupPlace, GroupSums> groups;
    for (const auto& [group, name] : names) {
        groups[{.rank = 0, .group = group}];
    }
    Section people{.caption = in(language, "组内医师", "physicians of the groups"),
                   .key_columns = 2,
                   .columns = {{.title = in(language, "主诊组", "group")},
                               {.title = in(language, "主诊医师", "physician")}}};
    append_columns(people, language);
    std::map<GroupPlace, std::vector<const std::string*>> members;
    for (const auto& [code, sums] : physicians) {
        const GroupPlace place = place_of(code);
        groups[place].add(sums);
        members[place].push_back(&code);
    }
    Section section{.caption = in(language, "主诊组", "groups"),
                    .columns = {{.title = in(language, "主诊组", "group")}}};
    append_columns(section, language);
    GroupSums total;
    for (const auto& [place, sums] : groups) {
        section.rows.push_back({.cells = {text_cell(words_of_place(place, names, language))}});
        append_figures(section.rows.back(), sums);
        total.add(sums);
        for (const std::string* code : members[place]) {
            people.rows.push_back(
                {.cells = {text_cell(words_of_place(place, names, language)), text_cell(*code)}});
            append_figures(people.rows.back(), physicians.at(*code));
        }
    }
    section.rows.push_back(
        {.style = RowStyle::total, .cells = {text_cell(in(language, "全院", "hospital"))}});
    append_figures(section.rows.back(), total);
    report.sections.push_back(std::move(section));
    report.sections.push_back(std::move(people));
    report.notes.push_back(
        in(language, "本月出院病例; 政策盈亏 = 支付 − 费用, 实际盈亏 = 支付 − 成本。不作绩效依据。",
           "Inpatients discharged in the month; policy margin = payment − charge, real margin = "
           "payment − cost. No basis of pay."));
    return report;
}

}  // namespace yuanliu::report
