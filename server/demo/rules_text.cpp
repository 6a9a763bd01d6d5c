// Why this file: the rules folder of the demonstration hospital, as a hospital would write it.
#include <fmt/format.h>

#include "server/demo/collection.hpp"
#include "server/demo/demo.hpp"
#include "server/demo/grouping.hpp"
#include "server/demo/item_activities.hpp"
#include "server/demo/tables.hpp"
#include "server/demo/world.hpp"

namespace yuanliu::demo {
namespace {

std::string code_list(const Layout& layout, Role role) {
    std::string list;
    for (const auto at : layout.with_role(role)) {
        list += fmt::format("{}\"{}\"", list.empty() ? "" : ", ", layout.departments[at].code);
    }
    return list;
}

std::string rule(const std::string& senders, const char* drivers) {
    return senders.empty() ? std::string{}
                           : fmt::format(
                                 "\n  [[stage.rule]]\n  senders = [{}]\n"
                                 "  cost_categories = [\"*\"]\n  drivers = [{}]\n",
                                 senders, drivers);
}

std::string stage(const char* name, const char* receivers, bool before_items) {
    return fmt::format(
        "\n[[stage]]\nname = \"{0}\"\nsenders = [\"class:{0}\"]\n"
        "receivers = [{1}]\nbefore_items = {2}\n",
        name, receivers, before_items);
}

std::string allocation_text(const Layout& layout) {
    std::string text =
        "# 本文件决定：谁的成本分给谁、按什么次序、用什么动因。\n"
        "# This file decides who passes cost to whom, in which order, by which driver.\n"
        "# 公共与管理成本按面积和人数分摊，因为它们随人和房屋发生；辅助科室按其实际服务量分摊。\n"
        "# Public and administrative cost follow area and people, because rooms and people cause\n"
        "# them; auxiliary units follow the service they gave. 药房按处方条数：发药的工作量在此。\n"
        "# Pharmacies follow prescriptions, for dispensing is their work; the drugs themselves "
        "are\n"
        "# booked on the department that used them. "
        "药品与计价材料直接记入使用科室，不经药房分摊。\n"
        "schema = \"yuanliu.allocation/1\"\nversion = \"demo.2\"\n";
    text += stage("public",
                  "\"class:administrative\", \"class:auxiliary\", \"class:medical_technology\", "
                  "\"class:clinical\"",
                  true);
    text += rule(code_list(layout, Role::power), "\"power_kwh\", \"area_m2\"");
    text += rule(code_list(layout, Role::water), "\"water_m3\", \"area_m2\"");
    text += rule("\"*\"", "\"area_m2\"");
    text += stage("administrative",
                  "\"class:auxiliary\", \"class:medical_technology\", \"class:clinical\"", true);
    text += rule("\"*\"", "\"headcount\", \"area_m2\"");
    text += stage("auxiliary", "\"class:medical_technology\", \"class:clinical\"", true);
    text += rule(code_list(layout, Role::sterile_supply), "\"sterile_packs\", \"headcount\"");
    text += rule(code_list(layout, Role::registration), "\"registrations\", \"headcount\"");
    text += rule(code_list(layout, Role::admission), "\"discharges\", \"headcount\"");
    text += rule(code_list(layout, Role::records), "\"discharges\", \"headcount\"");
    for (const auto role : {Role::ward_pharmacy, Role::clinic_pharmacy}) {
        text += rule(code_list(layout, role), "\"prescriptions\", \"headcount\"");
    }
    text += rule(code_list(layout, Role::laundry), "\"laundry_kg\", \"headcount\"");
    text += rule("\"*\"", "\"headcount\"");
    text +=
        "\n# 医技按工作量当量只用于科室全成本；患者成本按项目直接计算，所以在项目之后。\n"
        "# By points of work and for the department table only: patients are costed from items.\n";
    text += stage("medical_technology", "\"class:clinical\"", false);
    text += rule("\"*\"", "\"work_points\", \"orders\", \"revenue\"");
    return text;
}

std::string resource(const std::string& departments, const char* categories, const char* items,
                     const char* drivers) {
    return fmt::format(
        "\n[[resource]]\ndepartments = [{}]\ncost_categories = [{}]\ncost_items = [{}]\n"
        "resource_drivers = [{}]\n",
        departments, categories, items, drivers);
}

std::string costing_text(const Layout& layout) {
    const std::string laboratories = code_list(layout, Role::laboratory);
    std::string both = laboratories;
    std::string imaging;
    for (const Department& department : layout.departments) {
        if (is_imaging(department.role)) {
            imaging += fmt::format("{}\"{}\"", imaging.empty() ? "" : ", ", department.code);
        }
    }
    both += (imaging.empty() ? "" : ", ") + imaging;
    return fmt::format(
               "# 本文件决定：挂起（无就诊对应）的费用最多占多少；超过即停算，须先查清。\n"
               "# This file decides how much of the charges may be parked (no such encounter)\n"
               "# before the run stops, because costs spread over too few patients mislead.\n"
               "# 以及：检验科用作业成本法，影像科用估时作业成本法（有实际产能，闲置成本单列），\n"
               "# 其余科室用成本当量法。 And: laboratories are costed by activities, imaging by\n"
               "# minutes with a practical capacity (idle cost is shown apart), all others by\n"
               "# equivalents.\n"
               "schema = \"yuanliu.costing/1\"\nversion = \"demo.2\"\n"
               "max_parked_share = \"0.005\"\n"
               "\n[[method]]\ndepartments = [{}]\nmethod = \"activity\"\n"
               "\n# 资源动因：人员按工时，材料与设备按机时，房屋按面积，其余按工时。\n"
               "# Resource drivers: people by their hours, materials and equipment by machine\n"
               "# hours, rooms by area, the rest by hours.\n",
               both) +
           resource(both, "\"staff\"", "\"*\"", "\"staff_hours\"") +
           resource(both, "\"depreciation\"", "\"4001\"", "\"area_m2\"") +
           resource(both, "\"materials\", \"depreciation\", \"amortization\"", "\"*\"",
                    "\"machine_hours\"") +
           resource(both, "\"*\"", "\"*\"", "\"staff_hours\", \"area_m2\"");
}

std::string payer_text(const char* payer, std::int64_t point_value) {
    return fmt::format("\n[[payer]]\npayer = \"{}\"\nmethod = \"dip\"\npoint_value = \"{}\"\n",
                       payer, number_text(point_value));
}

std::string payment_text(const Scale& scale) {
    std::string text =
        "# 本文件决定：医保按病种分值（DIP）如何支付一个病例。\n"
        "# This file decides what the insurer pays for a case (diagnosis-intervention packet).\n"
        "# 费用低于基准一半按实际比例付，高于两倍加付超出部分，以免分解住院和亏损重症。\n"
        "# Below half the reference charge pays in proportion, above twice pays the excess, so\n"
        "# that splitting stays does not gain and the gravest cases are not ruinous.\n"
        "schema = \"yuanliu.payment/1\"\nversion = \"demo.1\"\n"
        "hospital_coefficient = \"1.08\"\nungrouped_ratio = \"0.7\"\nuncoded_ratio = \"1\"\n"
        "\n[deviation]\nlow_ratio = \"0.5\"\nlow_boundary = \"inclusive\"\n"
        "high_ratio = \"2\"\nhigh_boundary = \"exclusive\"\n";
    text += payer_text("employee", scale.point_value_employee);
    text += payer_text("resident", scale.point_value_resident);
    text += payer_text("other_city", scale.point_value_other);
    text += "\n[[payer]]\npayer = \"self_paying\"\nmethod = \"charges\"\n";
    return text;
}

std::string bonus_text(int newest_month) {
    struct Indicator {
        const char *name, *weight, *zero_at, *full_at;
    };
    constexpr Indicator kIndicators[] = {{"cmi", "0.25", "0.2", "2"},
                                         {"rw_total", "0.15", "0", "300"},
                                         {"time_index", "0.2", "1.6", "0.8"},
                                         {"pathway_compliance", "0.2", "0.4", "0.9"},
                                         {"satisfaction", "0.2", "0.7", "1"}};
    std::string text = fmt::format(
        "# 本文件决定：医保结余留用如何按质量与工作量发放，绝不与药品、耗材、检查收入挂钩。\n"
        "# This file decides how the retained surplus is paid out, by quality and work, never by\n"
        "# revenue from drugs, materials, examinations or tests.\n"
        "# 发放比例是对当前结存而言：一月 1/12，二月 1/11……十二月 1，全年即均匀发完。\n"
        "# release_share is of what is carried now: 1/12 in January, 1/11 in February … 1 in\n"
        "# December releases a pool evenly over the year. 本月为 1/{0}。 This month: 1/{0}.\n"
        "schema = \"yuanliu.bonus/1\"\nversion = \"demo.2\"\n"
        "pool = \"retained_surplus\"\nrelease_share = \"{1}\"\n",
        13 - newest_month, number_text(10000 / (13 - newest_month)));
    for (const auto& indicator : kIndicators) {
        text += fmt::format(
            "\n[[indicator]]\nindicator = \"{}\"\nweight = \"{}\"\nzero_at = \"{}\"\n"
            "full_at = \"{}\"\n",
            indicator.name, indicator.weight, indicator.zero_at, indicator.full_at);
    }
    text +=
        "\n# 门槛：首页质量不达标则停发，因为分组与支付都靠首页；满意度不达标减半。\n"
        "# Gates: poor front pages block, for grouping and payment rest on them; few content\n"
        "# patients halve.\n"
        "\n[[gate]]\ngate = \"front_page\"\nindicator = \"front_page_quality\"\n"
        "at_least = \"0.95\"\neffect = \"block\"\n"
        "\n[[gate]]\ngate = \"satisfaction\"\nindicator = \"satisfaction\"\n"
        "at_least = \"0.85\"\neffect = \"scale\"\nfactor = \"0.5\"\n";
    return text;
}

}  // namespace

void write_rules(const Options& options, const std::filesystem::path& rules_dir) {
    const auto& scale = scale_of(options.size);
    std::filesystem::create_directories(rules_dir);
    write_text(rules_dir / "allocation.toml", allocation_text(build_layout(scale)));
    write_text(rules_dir / "costing.toml", costing_text(build_layout(scale)));
    if (collects(scale)) {
        write_text(rules_dir / "collection.toml", collection_text(build_layout(scale)));
    }
    write_text(rules_dir / "payment.toml", payment_text(scale));
    if (groups_by_catalogue(scale)) {
        write_grouping(World(scale, options.seed), rules_dir);
    }
    write_text(rules_dir / "bonus.toml", bonus_text(parse_period(options.newest_period).month));
}

void write_successors(const Options& options, const std::filesystem::path& out) {
    const auto& scale = scale_of(options.size);
    if (collects(scale) && options.months > 1) {
        write_text(out / "successors.csv", successors_text(build_layout(scale)));
    }
}

}  // namespace yuanliu::demo
