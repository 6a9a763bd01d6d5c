// Why this file: see collection.hpp. The first ward shares its nursing unit with the second.
#include "server/demo/collection.hpp"

#include <fmt/format.h>

namespace yuanliu::demo {
namespace {

const std::string& ward_code(const Layout& layout, std::size_t which) {
    const auto& wards = layout.with_role(Role::ward);
    return layout.departments[wards[which % wards.size()]].code;
}

}  // namespace

std::string collection_text(const Layout& layout) {
    const auto& power = layout.departments[layout.with_role(Role::power)[0]].code;
    return fmt::format(
        "# 本文件决定：总账各行究竟是谁的成本。原凭证行保留，去向逐行列在 moves.csv。\n"
        "# This file decides whose cost a ledger line really is. The line is kept; moves.csv says\n"
        "# of each where it went.\n"
        "schema = \"yuanliu.collection/1\"\nversion = \"demo.1\"\n"
        "\n# 绩效工资随工作量变动约三成，其余人员经费固定。\n"
        "# Performance pay varies with work by about three tenths; other pay is fixed.\n"
        "[[attribute]]\ncost_items = [\"1003\"]\nvariable = \"0.3\"\ncontrollable = true\n"
        "capital = false\n"
        "\n# 电费：装表科室先按表计量，其余按面积。\n"
        "# Power: departments pay what their meters say, what is left goes by area.\n"
        "[[move]]\nname = \"电费 (先计量, 后面积)\"\ndepartments = [\"{0}\"]\n"
        "drivers = [\"area_m2\"]\n"
        "receivers = [\"class:administrative\", \"class:auxiliary\", "
        "\"class:medical_technology\", \"class:clinical\"]\n"
        "metered = \"power_kwh\"\ntariff = \"0.35\"\nrest = \"all\"\n"
        "\n# 护理单元跨科：{1} 的护理人员按工时兼顾 {2}。\n"
        "# A nursing unit for two wards: its people's time says how much each used.\n"
        "[[move]]\nname = \"护理单元按工时\"\ndepartments = [\"{1}\"]\n"
        "cost_items = [\"1001\", \"1002\"]\ntable = \"staff_time\"\n"
        "\n# 药物临床试验由申办方承担，不计入医疗成本，也不消失：在 moves.csv 中具名。\n"
        "# A clinical trial is paid by its sponsor: out of cost, by name.\n"
        "[[move]]\nname = \"药物临床试验 (GCP)\"\ndepartments = [\"{1}\"]\n"
        "cost_items = [\"2003\"]\nshare = \"0.02\"\nto = [ {{ out = \"GCP\" }} ]\n",
        power, ward_code(layout, 0), ward_code(layout, 1));
}

void write_staff_time(const World& world, const std::filesystem::path& folder, RowCounts& counts) {
    SortedTable table(folder, "staff_time.csv", "unit,code,department,activity,minutes");
    const std::string& first = ward_code(world.layout, 0);
    table.add(fmt::format("department,{0},{0},ward,7000", first));
    table.add(fmt::format("department,{},{},ward,3000", first, ward_code(world.layout, 1)));
    table.write(counts);
}

}  // namespace yuanliu::demo
