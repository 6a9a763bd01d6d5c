// Why this file: see collection.hpp. The order of the moves matters: pay and depreciation first
// find their people and their money, then what departments lend each other, then odd costs.
#include "server/demo/collection.hpp"

#include <fmt/format.h>

namespace yuanliu::demo {
namespace {

const std::string& code_at(const Layout& layout, std::size_t department) {
    return layout.departments[department].code;
}

std::string head_text(const Layout& layout) {
    return fmt::format(
        "# 本文件决定：总账各行究竟是谁的成本。原凭证行保留，去向逐行列在 moves.csv。\n"
        "# This file decides whose cost a ledger line really is. The line is kept; moves.csv says\n"
        "# of each where it went.\n"
        "schema = \"yuanliu.collection/1\"\nversion = \"demo.2\"\n"
        "# 不计入医疗成本、但属医院成本的科目。Not cost of care, yet cost of the hospital.\n"
        "hospital_accounts = [\"5301*\", \"5901*\"]\n"
        "\n# 绩效工资随工作量变动约三成，其余人员经费固定。\n"
        "# Performance pay varies with work by about three tenths; other pay is fixed.\n"
        "[[attribute]]\ncost_items = [\"1003\"]\nvariable = \"0.3\"\ncontrollable = true\n"
        "capital = false\n"
        "\n# 电费：装表科室先按表计量，其余按面积。本月为暂估，下月账单到后自动冲回。\n"
        "# Power: departments pay what their meters say, what is left goes by area. This month is\n"
        "# estimated (estimates.csv); the next one takes it back and has the bill.\n"
        "[[move]]\nname = \"电费 (先计量, 后面积)\"\ndepartments = [\"{}\"]\n"
        "drivers = [\"area_m2\"]\n"
        "receivers = [\"class:administrative\", \"class:auxiliary\", "
        "\"class:medical_technology\", \"class:clinical\"]\n"
        "metered = \"power_kwh\"\ntariff = \"0.35\"\nrest = \"all\"\n",
        code_at(layout, layout.with_role(Role::power)[0]));
}

/// Doctors and nurses apart: each by person and time.
std::string pay_text(const Layout& layout) {
    return fmt::format(
        "\n# "
        "医护分开核算。医师：薪酬记在编制科室，按本人工时到病区、门诊、教学、科研；外派不计入。\n"
        "# Doctors and nurses apart. Doctors are booked where they belong; their own time takes "
        "the\n"
        "# cost to ward, clinic, teaching and research. Who is sent to another hospital is no "
        "cost.\n"
        "[[move]]\nname = \"医师薪酬按人按工时\"\ndepartments = [\"class:clinical\"]\n"
        "accounts = [\"5001.01*\"]\nvouchers = [\"J*\"]\ntable = \"payroll\"\n"
        "kinds = [\"doctor-fixed\", \"doctor-bonus\"]\nmatch = [\"department\"]\n"
        "by_time = true\n"
        "\n# 护士：全院一张工资表，记在护理部；按本人科室与工时到各护理单元所服务的病区。\n"
        "# Nurses: one list for the hospital, booked on the nursing office; by person and time.\n"
        "[[move]]\nname = \"护士薪酬按人按工时\"\ndepartments = [\"{}\"]\nvouchers = [\"N*\"]\n"
        "table = \"payroll\"\nkinds = [\"nurse-fixed\", \"nurse-bonus\"]\nby_time = true\n",
        layout.named("护理部").code);
}

std::string asset_text() {
    std::string text =
        "\n# 折旧随资产的资金来源：自筹、财政、科教各归其口径，混合购置按出资比例。\n"
        "# Depreciation inherits who paid for the asset, mixed money in proportion.\n";
    constexpr const char* kLines[][3] = {{"房屋折旧随资金来源", "4001", "building"},
                                         {"专用设备折旧随资金来源", "4002", "special"},
                                         {"一般设备折旧随资金来源", "4003", "general"}};
    for (const auto& line : kLines) {
        text += fmt::format(
            "[[move]]\nname = \"{}\"\ncost_items = [\"{}\"]\ntable = \"assets\"\n"
            "kinds = [\"{}\"]\nmatch = [\"department\"]\n",
            line[0], line[1], line[2]);
    }
    return text;
}

std::string lending_text(const Layout& layout) {
    const auto unit = nursing_unit_of(layout);
    const auto loan = bed_loan_of(layout);
    return fmt::format(
        "\n# 护理单元跨科：{0} 的护理单元兼顾 {1}，其低值耗材与被服按护理工时分给两个病区。\n"
        "# A nursing unit for two wards: its low-value goods go where its people's time went.\n"
        "[[move]]\nname = \"护理单元按工时\"\ndepartments = [\"{0}\"]\n"
        "cost_items = [\"2005\", \"2006\"]\ntable = \"staff_time\"\n"
        "\n# 借床：{3} 的病人住在 {2} 的床上，床位的护理人力与物力按占用床日随病人走。\n"
        "# Borrowed beds: patients of one ward lie in another's; nursing and bed follow the days.\n"
        "[[move]]\nname = \"借床 (护理人力)\"\ndepartments = [\"{2}\"]\nvouchers = [\"N*\"]\n"
        "drivers = [\"bed_days\"]\nreceivers = [\"{2}\", \"{3}\"]\n"
        "[[move]]\nname = \"借床 (床位物力)\"\ndepartments = [\"{2}\"]\n"
        "cost_items = [\"2003\", \"2005\", \"4001\", \"4003\"]\n"
        "drivers = [\"bed_days\"]\nreceivers = [\"{2}\", \"{3}\"]\n",
        code_at(layout, unit.first), code_at(layout, unit.second), code_at(layout, loan.first),
        code_at(layout, loan.second));
}

std::string odd_text(const Layout& layout) {
    return fmt::format(
        "\n# 寄售高值耗材：由采购中心统一结算，按各病区使用登记归还使用科室。\n"
        "# Consigned implants: settled by the purchasing office, cost of the ward that used them.\n"
        "[[move]]\nname = \"寄售高值耗材按使用登记\"\ndepartments = [\"{0}\"]\n"
        "vouchers = [\"CS*\"]\nentry = \"direct\"\ndrivers = [\"consigned_use\"]\n"
        "receivers = [\"class:clinical\"]\n"
        "\n# 外送检验：收费在检验科，服务费也归检验科，收支相配。\n"
        "# Sent-out tests: the laboratory charges for them, so their invoice is its cost.\n"
        "[[move]]\nname = \"外送检验归检验科\"\ndepartments = [\"{1}\"]\nvouchers = [\"SO*\"]\n"
        "to = [ {{ department = \"{2}\" }} ]\n"
        "\n# 健康体检：外出体检的劳务与车辆归体检中心。\n"
        "# Check-ups in companies: people and cars are cost of the check-up centre.\n"
        "[[move]]\nname = \"外出体检归体检中心\"\ndepartments = [\"{1}\"]\nvouchers = [\"TJ*\"]\n"
        "to = [ {{ department = \"{3}\" }} ]\n"
        "\n# 互联网医院：平台服务费按线上诊次归出诊的门诊。\n"
        "# Internet hospital: the platform's fee goes to the clinics, by their visits online.\n"
        "[[move]]\nname = \"互联网医院按线上诊次\"\ndepartments = [\"{4}\"]\n"
        "vouchers = [\"NET*\"]\ndrivers = [\"online_visits\"]\nreceivers = [\"class:clinical\"]\n"
        "\n# 药物临床试验由申办方承担，不计入医疗成本，也不消失：在 moves.csv 中具名。\n"
        "# A clinical trial is paid by its sponsor: out of cost, by name.\n"
        "[[move]]\nname = \"药物临床试验 (GCP)\"\ndepartments = [\"{5}\"]\n"
        "vouchers = [\"GCP*\"]\nto = [ {{ out = \"GCP: 申办方承担, paid by the sponsor\" }} ]\n",
        layout.named("采购中心").code, layout.named("医务科").code,
        code_at(layout, layout.with_role(Role::laboratory)[0]),
        code_at(layout, layout.with_role(Role::checkup)[0]), layout.named("信息中心").code,
        code_at(layout, layout.with_role(Role::ward)[0]));
}

}  // namespace

std::pair<std::size_t, std::size_t> nursing_unit_of(const Layout& layout) {
    const auto& wards = layout.with_role(Role::ward);
    return {wards[0], wards[1]};
}

std::pair<std::size_t, std::size_t> bed_loan_of(const Layout& layout) {
    return {layout.wards_of(Specialty::respiratory)[0],
            layout.wards_of(Specialty::gastroenterology)[0]};
}

std::string collection_text(const Layout& layout) {
    return head_text(layout) + pay_text(layout) + asset_text() + lending_text(layout) +
           odd_text(layout);
}

std::string successors_text(const Layout& layout) {
    const auto merger = planned_merger(layout);
    return fmt::format("department,successor,share\n{},{},1\n", code_at(layout, merger.closed),
                       code_at(layout, merger.successor));
}

}  // namespace yuanliu::demo
