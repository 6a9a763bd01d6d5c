// Why this file: the rules folder of the demonstration hospital, as a hospital would write it.
#include <fmt/format.h>

#include "server/demo/demo.hpp"
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
    std::string text = "schema = \"yuanliu.allocation/1\"\nversion = \"demo.1\"\n";
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
    text += rule(code_list(layout, Role::laundry), "\"laundry_kg\", \"headcount\"");
    text += rule("\"*\"", "\"headcount\"");
    text += stage("medical_technology", "\"class:clinical\"", false);
    text += rule("\"*\"", "\"orders\", \"revenue\"");
    return text;
}

std::string payer_text(const char* payer, std::int64_t point_value) {
    return fmt::format("\n[[payer]]\npayer = \"{}\"\nmethod = \"dip\"\npoint_value = \"{}\"\n",
                       payer, number_text(point_value));
}

std::string payment_text(const Scale& scale) {
    std::string text =
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

std::string bonus_text() {
    struct Indicator {
        const char *name, *weight, *zero_at, *full_at;
    };
    constexpr Indicator kIndicators[] = {{"cmi", "0.25", "0.2", "2"},
                                         {"rw_total", "0.15", "0", "300"},
                                         {"time_index", "0.2", "1.6", "0.8"},
                                         {"pathway_compliance", "0.2", "0.4", "0.9"},
                                         {"satisfaction", "0.2", "0.7", "1"}};
    std::string text =
        "schema = \"yuanliu.bonus/1\"\nversion = \"demo.1\"\n"
        "pool = \"retained_surplus\"\nrelease_share = \"0.0833\"\n";
    for (const auto& indicator : kIndicators) {
        text += fmt::format(
            "\n[[indicator]]\nindicator = \"{}\"\nweight = \"{}\"\nzero_at = \"{}\"\n"
            "full_at = \"{}\"\n",
            indicator.name, indicator.weight, indicator.zero_at, indicator.full_at);
    }
    text +=
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
    write_text(rules_dir / "costing.toml",
               "schema = \"yuanliu.costing/1\"\nversion = \"demo.1\"\n"
               "max_parked_share = \"0.005\"\n");
    write_text(rules_dir / "payment.toml", payment_text(scale));
    write_text(rules_dir / "bonus.toml", bonus_text());
}

}  // namespace yuanliu::demo
