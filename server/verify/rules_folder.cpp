// Reads the TOML files of docs/rules.md strictly: unknown keys, bare floats and missing keys
// refuse.
#include "rules_folder.hpp"

#include <algorithm>
#include <set>

#include "decimals.hpp"
#include "digest.hpp"
#include "report.hpp"
#include "section.hpp"
#include "table.hpp"

namespace yuanliu_verify {

namespace {

void flatten(const toml::node& node, const std::string& file, const std::string& path,
             std::vector<std::string>& lines) {
    if (const auto* table = node.as_table()) {
        for (const auto& entry : *table) {
            const std::string key(entry.first.str());
            flatten(entry.second, file, path.empty() ? key : path + "." + key, lines);
        }
        return;
    }
    if (const auto* array = node.as_array()) {
        for (std::size_t i = 0; i < array->size(); ++i) {
            flatten(*array->get(i), file, path + "[" + std::to_string(i) + "]", lines);
        }
        return;
    }
    std::string value;
    if (const auto* text = node.as_string()) {
        value = text->get();
    } else if (const auto* integer = node.as_integer()) {
        value = std::to_string(integer->get());
    } else if (const auto* boolean = node.as_boolean()) {
        value = boolean->get() ? "true" : "false";
    } else {
        throw Refusal("rules " + file + ": " + path + " must be a quoted decimal");
    }
    lines.push_back(file + ":" + path + "=" + value);
}

AllocationRule rule_of(const Section& section) {
    section.allow_only({"senders", "cost_categories", "drivers", "cost_items", "fund_sources",
                        "from", "until", "receivers", "except_receivers"});
    AllocationRule rule;
    rule.senders = section.texts("senders");
    rule.cost_categories = section.texts("cost_categories");
    rule.drivers = section.texts("drivers");
    rule.cost_items = section.texts_or("cost_items", {"*"});
    rule.fund_sources = section.texts_or("fund_sources", {"*"});
    rule.from = section.text_or("from", "");
    rule.until = section.text_or("until", "");
    if (section.has("receivers")) {
        rule.receivers = section.texts("receivers");
    }
    rule.except_receivers = section.texts_or("except_receivers", {});
    return rule;
}

Stage stage_of(const Section& section) {
    section.allow_only({"name", "senders", "receivers", "before_items", "rule", "method", "passes",
                        "self_service"});
    Stage stage;
    stage.name = section.text("name");
    const auto names = {"public", "administrative", "auxiliary", "medical_technology", "by_class"};
    if (std::find(names.begin(), names.end(), stage.name) == names.end()) {
        throw Refusal("rules allocation.toml: unknown stage name " + stage.name);
    }
    stage.method = section.text_or("method", "outward");
    const auto methods = {"outward", "sequential", "mutual",   "peer_first",
                          "double",  "reciprocal", "iterative"};
    if (std::find(methods.begin(), methods.end(), stage.method) == methods.end()) {
        throw Refusal("rules allocation.toml: unknown method " + stage.method);
    }
    stage.passes = section.has("passes") ? section.whole("passes") : 0;
    if ((stage.method == "iterative") != (stage.passes > 0)) {
        throw Refusal("rules allocation.toml: plan_method_invalid");
    }
    stage.self_service = section.has("self_service") && section.boolean("self_service");
    stage.senders = section.texts("senders");
    stage.receivers = section.texts("receivers");
    stage.before_items = section.boolean("before_items");
    for (const Section& rule : section.sections("rule")) {
        stage.rules.push_back(rule_of(rule));
    }
    return stage;
}

void take_allocation(const Section& file, RulesFolder& rules) {
    file.allow_only({"schema", "version", "stage", "driver", "negative_balances", "rounding"});
    rules.keeps_negative =
        file.has("negative_balances") && file.choice("negative_balances", "keep", "send");
    rules.by_form = file.has("rounding") && file.choice("rounding", "cms_form", "fen");
    for (const Section& driver : file.sections("driver")) {
        driver.allow_only({"driver", "terms"});
        std::vector<DriverTerm>& terms = rules.made_drivers[driver.text("driver")];
        for (const Section& term : driver.sections("terms")) {
            term.allow_only({"factor", "drivers", "share"});
            terms.push_back({term.decimal("factor"), term.texts("drivers"),
                             term.has("share") && term.boolean("share")});
        }
    }
    for (const Section& stage : file.sections("stage")) {
        rules.stages.push_back(stage_of(stage));
        const std::string& method = rules.stages.back().method;
        if ((rules.keeps_negative || rules.by_form) && method != "outward" &&
            method != "sequential") {
            throw Refusal("rules allocation.toml: method " + method + " can't go with this plan");
        }
    }
}

void take_accepted_differences(const Section& file, RulesFolder& rules) {
    for (const Section& section : file.sections("accepted_difference")) {
        section.allow_only(
            {"account", "fund_source", "month", "difference", "reason", "accepted_by"});
        const auto amount = parse_decimal(section.text("difference"), 2);
        if (!amount || section.text("reason").empty() || section.text("accepted_by").empty()) {
            throw Refusal(
                "rules costing.toml: an accepted difference lacks its amount, its reason or "
                "who accepted it");
        }
        rules.accepted_differences.push_back({section.text("account"),
                                              section.text_or("fund_source", ""),
                                              section.text("month"), *amount});
    }
}

void take_costing(const Section& file, RulesFolder& rules) {
    file.allow_only(
        {"schema", "version", "max_parked_share", "method", "resource", "accepted_difference"});
    take_accepted_differences(file, rules);
    for (const Section& section : file.sections("method")) {
        MethodRule rule;
        rule.departments = section.texts("departments");
        rule.method.name = section.text("method");
        const auto known = {"equivalent", "income", "item_driver",    "activity",
                            "bed_days",   "visits", "cost_to_charge", "treatment_time"};
        if (std::find(known.begin(), known.end(), rule.method.name) == known.end()) {
            throw Refusal("rules costing.toml: unknown method " + rule.method.name);
        }
        if (rule.method.name == "item_driver") {
            section.allow_only({"departments", "method", "item_driver"});
            rule.method.item_driver = section.text("item_driver");
        } else {
            section.allow_only({"departments", "method"});
        }
        rules.methods.push_back(std::move(rule));
    }
    for (const Section& section : file.sections("resource")) {
        section.allow_only({"departments", "cost_categories", "cost_items", "resource_drivers"});
        rules.resources.push_back({section.texts("departments"), section.texts("cost_categories"),
                                   section.texts("cost_items"), section.texts("resource_drivers")});
    }
    if (file.has("max_parked_share")) {
        rules.max_parked_share = file.decimal("max_parked_share");
    }
}

void take_payment(const Section& file, RulesFolder& rules) {
    file.allow_only({"schema", "version", "hospital_coefficient", "ungrouped_ratio",
                     "uncoded_ratio", "deviation", "payer", "level_coefficient", "hospital_level"});
    Payment payment;
    if (file.has("level_coefficient")) {
        payment.level_coefficient = file.decimal("level_coefficient");
    }
    if (file.has("hospital_level")) {
        payment.hospital_level = file.whole("hospital_level");
    }
    payment.hospital_coefficient = file.decimal("hospital_coefficient");
    payment.ungrouped_ratio = file.decimal("ungrouped_ratio");
    payment.uncoded_ratio = file.decimal("uncoded_ratio");
    const Section deviation = file.section("deviation");
    deviation.allow_only({"low_ratio", "low_boundary", "high_ratio", "high_boundary"});
    payment.low_ratio = deviation.decimal("low_ratio");
    payment.high_ratio = deviation.decimal("high_ratio");
    payment.low_inclusive = deviation.choice("low_boundary", "inclusive", "exclusive");
    payment.high_inclusive = deviation.choice("high_boundary", "inclusive", "exclusive");
    for (const Section& section : file.sections("payer")) {
        Payer payer;
        if (section.text("method") == "policy") {
            section.allow_only({"payer", "method", "point_value", "policy"});
            payer.policy = section.text("policy");
        } else {
            section.allow_only({"payer", "method", "point_value"});
            payer.is_dip = section.choice("method", "dip", "charges");
        }
        const bool has_value =
            payer.is_dip || (!payer.policy.empty() && section.has("point_value"));
        payer.point_value = has_value ? section.decimal("point_value") : 0;
        if (!payment.payers.emplace(section.text("payer"), payer).second) {
            throw Refusal("rules payment.toml: a payer is named twice");
        }
    }
    rules.payment = std::move(payment);
}

Gate gate_of(const Section& section) {
    section.allow_only({"gate", "indicator", "at_least", "at_most", "effect", "factor"});
    Gate gate;
    gate.name = section.text("gate");
    gate.indicator = section.text("indicator");
    gate.is_minimum = section.has("at_least");
    if (gate.is_minimum == section.has("at_most")) {
        throw Refusal("rules bonus.toml: a gate needs one of at_least and at_most");
    }
    gate.threshold = section.decimal(gate.is_minimum ? "at_least" : "at_most");
    const bool blocks = section.choice("effect", "block", "scale");
    gate.factor = blocks ? 0 : section.decimal("factor");
    return gate;
}

void take_collection(const Section& file, RulesFolder& rules) {
    file.allow_only({"schema", "version", "move", "attribute", "hospital_accounts"});
    rules.collection = read_moves(file);
    rules.attributes = read_attributes(file);
    rules.hospital_accounts = file.texts_or("hospital_accounts", {});
}

void take_grouping(const Section& file, RulesFolder& rules) {
    file.allow_only({"schema", "version", "catalogue"});
    rules.grouping.emplace();
    for (const Section& section : file.sections("catalogue")) {
        section.allow_only({"folder", "payers", "priority", "auxiliary"});
        rules.grouping->push_back({section.text("folder"), section.texts("payers"),
                                   section.texts_or("priority", {}),
                                   section.text_or("auxiliary", "")});
    }
}

// Catalogue files are rules too: their bytes, but for a byte order mark, are in the hash.
void hash_catalogue_file(const std::filesystem::path& folder, const std::string& file,
                         std::set<std::string>& lines) {
    std::string text = read_whole_file(folder / file);
    if (text.starts_with("\xEF\xBB\xBF")) {
        text.erase(0, 3);
    }
    lines.insert(file + ":sha256=" + sha256_of(text));
}

// The head of a catalogue folder and the files that it names.
void hash_catalogue_folder(const std::filesystem::path& rules_dir, std::filesystem::path& folder,
                           const std::string& head, std::set<std::string>& files) {
    const std::string name = folder.string();
    folder = rules_dir / name;
    hash_catalogue_file(rules_dir, name + "/" + head, files);
    std::string text = read_whole_file(folder / head);
    if (text.starts_with("\xEF\xBB\xBF")) {
        text.erase(0, 3);
    }
    const toml::table document = toml::parse(text);
    if (const auto* named = document["files"].as_table()) {
        for (const auto& [key, value] : *named) {
            hash_catalogue_file(rules_dir, name + "/" + value.value_or(std::string()), files);
        }
    }
}

void hash_catalogues(const std::filesystem::path& folder, RulesFolder& rules,
                     std::vector<std::string>& lines) {
    std::set<std::string> files;
    for (CatalogueChoice& choice : *rules.grouping) {
        hash_catalogue_folder(folder, choice.folder, "catalogue.toml", files);
        if (!choice.auxiliary.empty()) {
            hash_catalogue_folder(folder, choice.auxiliary, "auxiliary.toml", files);
        }
    }
    lines.insert(lines.end(), files.begin(), files.end());
}

void take_bonus(const Section& file, RulesFolder& rules) {
    file.allow_only({"schema", "version", "pool", "release_share", "indicator", "gate"});
    Bonus bonus;
    bonus.pool = file.text("pool");
    bonus.release_share = file.decimal("release_share");
    for (const Section& section : file.sections("indicator")) {
        section.allow_only({"indicator", "weight", "zero_at", "full_at"});
        bonus.indicators.push_back({section.text("indicator"), section.decimal("weight"),
                                    section.decimal("zero_at"), section.decimal("full_at")});
        if (bonus.indicators.back().zero_at == bonus.indicators.back().full_at) {
            throw Refusal("rules bonus.toml: zero_at equals full_at");
        }
    }
    for (const Section& section : file.sections("gate")) {
        bonus.gates.push_back(gate_of(section));
    }
    rules.bonus = std::move(bonus);
}

toml::table parse_rules(const std::string& text, const std::string& file) {
    try {
        return toml::parse(text);
    } catch (const toml::parse_error& error) {
        throw Refusal("rules " + file + ": " + std::string(error.description()));
    }
}

bool is_policy_file(const std::string& name) {
    return name == "policy.toml" ||
           (name.starts_with("policy_") && name.ends_with(".toml") && name.size() <= 60 &&
            name.size() > 12 &&
            name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == name.size() - 5);
}

// Files of policies; their lines are part of the rules' hash.
void read_policies(const std::filesystem::path& folder, RulesFolder& rules,
                   std::vector<std::string>& lines) {
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        const std::string file = entry.path().filename().string();
        if (!is_policy_file(file)) {
            continue;
        }
        const toml::table parsed = parse_rules(read_whole_file(entry.path()), file);
        flatten(parsed, file, "", lines);
        const Section section(parsed, file);
        if (section.text("schema") != "yuanliu.policy/1") {
            throw Refusal("rules " + file + ": wrong schema");
        }
        PolicyFile policy = read_policy_file(section);
        const std::string id = policy.id;
        if (!rules.policies.emplace(id, std::move(policy)).second) {
            throw Refusal("rules " + file + ": policy_id_twice " + id);
        }
    }
    if (rules.payment) {
        for (const auto& [name, payer] : rules.payment->payers) {
            if (!payer.policy.empty() && !rules.policies.contains(payer.policy)) {
                throw Refusal("rules payment.toml: policy_unknown " + payer.policy);
            }
        }
    }
}

}  // namespace

RulesFolder read_rules_folder(const std::filesystem::path& folder) {
    RulesFolder rules;
    std::vector<std::string> lines;
    for (const std::string name :
         {"allocation", "costing", "payment", "bonus", "collection", "grouping"}) {
        const std::string file = name + ".toml";
        if (name != "collection" && name != "grouping") {
            rules.versions[name] = "";
        }
        if (!std::filesystem::exists(folder / file)) {
            if (name == "allocation") {
                throw Refusal("rules: allocation.toml is missing");
            }
            continue;
        }
        const toml::table parsed = parse_rules(read_whole_file(folder / file), file);
        flatten(parsed, file, "", lines);
        const Section section(parsed, file);
        if (section.text("schema") != "yuanliu." + name + "/1") {
            throw Refusal("rules " + file + ": wrong schema");
        }
        if (name != "grouping") {
            rules.versions[name] = section.text("version");
        }
        const auto take = name == "allocation" ? take_allocation
                          : name == "costing"  ? take_costing
                          : name == "payment"  ? take_payment
                          : name == "bonus"    ? take_bonus
                          : name == "grouping" ? take_grouping
                                               : take_collection;
        take(section, rules);
    }
    read_policies(folder, rules, lines);
    if (rules.grouping) {
        hash_catalogues(folder, rules, lines);
    }
    std::sort(lines.begin(), lines.end());
    std::string text;
    for (const std::string& line : lines) {
        text += line + "\n";
    }
    rules.rules_hash = sha256_of(text);
    return rules;
}

}  // namespace yuanliu_verify
