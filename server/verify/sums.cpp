// Each check adds one side of an equation and takes the other away, key by key.
#include "sums.hpp"

#include <fmt/format.h>

namespace yuanliu_verify {

namespace {

std::string joined(std::initializer_list<std::string_view> parts) {
    std::string key;
    for (const std::string_view part : parts) {
        append_field(key, part);
        key.push_back(',');
    }
    key.pop_back();
    return key;
}

}  // namespace

Fen Sums::amount(std::string_view column) const {
    return fields_.amount(schema_->at(column));
}

std::string_view Sums::text(std::string_view column) const {
    return fields_[schema_->at(column)];
}

void Sums::add_side(const std::string& check, std::string key, Int128 value) {
    checks_[check][std::move(key)] += value;
}

void Sums::must_be_equal(std::string_view row, Int128 left, Int128 right, const char* what) {
    if (left != right) {
        report_.difference(schema_->file, fmt::format("'{}': {}: {} is not {}", row, what,
                                                      amount_text(left), amount_text(right)));
    }
}

void Sums::take(const Table& table) {
    schema_ = &table.schema();
    for (const std::string_view row : table.rows()) {
        fields_.split(row);
        take_row(schema_->file, row);
    }
}

void Sums::take_ledger(const Table& ledger) {
    schema_ = &ledger.schema();
    const std::size_t column = schema_->at("amount");
    for (const std::string_view row : ledger.rows()) {
        fields_.split(row);
        total_["ledger"] += fields_.amount(column);
    }
}

void Sums::take_row(std::string_view file, std::string_view row) {
    if (file == "excluded.csv") {
        total_["excluded"] += amount("amount");
    } else if (file == "department_cost.csv") {
        take_department_cost();
    } else if (file == "transfers.csv") {
        take_transfer(row);
    } else if (file == "pools.csv") {
        take_pool();
    } else if (file == "pool_components.csv") {
        add_side("pool_components.csv against pools.csv", joined({fields_[0], fields_[1]}),
                 amount("cost"));
    } else if (file == "service_item_cost.csv") {
        add_side("service_item_cost.csv against pools.csv", joined({fields_[0], fields_[1]}),
                 amount("cost"));
    } else if (file == "activities.csv") {
        take_activity(row);
    } else if (file == "patients.csv") {
        take_patient(row);
    } else if (file == "patient_cost.csv") {
        add_side("patient_cost.csv against patients.csv", std::string(fields_[0]),
                 fields_.amount(4));
    } else if (file == "parked.csv") {
        total_["parked.lines"] += 1;
        total_["parked.charge"] += amount("charge");
        total_["parked.absolute"] += absolute(amount("charge"));
    } else if (file == "parked_cost.csv") {
        total_["parked"] += amount("cost");
    } else if (file == "cases.csv" || file.ends_with("_profit.csv")) {
        take_profit(file, row);
    } else if (file == "bonus_departments.csv") {
        take_bonus_department(row);
    } else if (file == "bonus_persons.csv") {
        add_side("bonus_persons.csv against bonus_departments.csv", std::string(text("department")),
                 amount("paid"));
    } else if (file == "closing/in_hospital.csv") {
        add_side("closing/in_hospital.csv against patients.csv", std::string(fields_[0]),
                 amount("cost"));
    } else if (file == "closing/in_hospital_charges.csv") {
        add_side("closing/in_hospital_charges.csv against patients.csv", std::string(fields_[0]),
                 amount("charge"));
    }
}

void Sums::take_department_cost() {
    const std::string_view kind = text("kind");
    const Fen cost = amount("cost");
    const std::string cell = joined({fields_[0], fields_[2], fields_[3], fields_[4]});
    add_side("department_cost.csv: direct, received and sent against full", cell,
             kind == "full" ? -cost : cost);
    if (kind == "received") {
        add_side("transfers.csv against received of department_cost.csv", cell, -cost);
    } else if (kind == "sent") {
        add_side("transfers.csv against sent of department_cost.csv",
                 joined({fields_[0], fields_[2], fields_[3]}), cost);
    } else {
        total_[kind == "direct" ? "direct" : "full"] += cost;
    }
}

void Sums::take_transfer(std::string_view row) {
    const Fen cost = amount("cost");
    add_side("transfers.csv against received of department_cost.csv",
             joined({fields_[2], fields_[3], fields_[4], fields_[5]}), cost);
    add_side("transfers.csv against sent of department_cost.csv",
             joined({fields_[1], fields_[3], fields_[4]}), cost);
    std::string cell =
        joined({fields_[0], text("pass"), fields_[1], fields_[3], fields_[4], fields_[5]});
    const auto [first, is_new] = cell_passed_.emplace(cell, amount("pool"));
    must_be_equal(row, amount("pool"), first->second, "pool is the same for all receivers");
    if (passes_parts_.contains(std::string(text("stage")))) {
        return;  // of a mutual pass only the parts to peers move; own use moves nothing
    }
    add_side("transfers.csv: costs against the cell that was split", std::move(cell),
             is_new ? cost - first->second : Int128{cost});
}

void Sums::take_pool() {
    const Fen cost = amount("cost");
    const Fen unallocated = amount("unallocated");
    const std::string key = joined({fields_[0], fields_[1]});
    add_side("pool_components.csv against pools.csv", key, -cost);
    add_side("service_item_cost.csv against pools.csv", key, Int128{unallocated} - cost);
    total_["pools"] += cost;
    if (fields_[1] == "service") {
        service_pools_[std::string(fields_[0])] += cost;
    }
    total_["unallocated"] += unallocated;
}

void Sums::take_activity(std::string_view row) {
    has_activities_ = true;
    must_be_equal(row,
                  Int128{amount("used_cost")} + amount("idle_cost") + amount("unallocated_cost"),
                  amount("cost"), "used, idle and unallocated cost give the activity's");
    service_pools_[std::string(fields_[0])] -= amount("cost");
}

void Sums::take_patient(std::string_view row) {
    const std::string encounter(fields_[0]);
    must_be_equal(row, Int128{amount("opening_charge")} + amount("month_charge"), amount("charge"),
                  "opening and month charge give the whole charge");
    must_be_equal(row, Int128{amount("opening_cost")} + amount("month_cost"), amount("cost"),
                  "opening and month cost give the whole cost");
    add_side("patient_cost.csv against patients.csv", encounter, -amount("month_cost"));
    total_["patients"] += amount("month_cost");
    const std::string status(text("status"));
    if (status == "visit") {
        return;
    }
    for (const std::string kind : {"charge", "cost"}) {
        total_[kind + ".opening"] += amount("opening_" + kind);
        total_[kind + ".month"] += amount("month_" + kind);
        total_[kind + "." + status] += amount(kind);
    }
    if (status == "in_hospital") {
        add_side("closing/in_hospital.csv against patients.csv", encounter, -amount("cost"));
        add_side("closing/in_hospital_charges.csv against patients.csv", encounter,
                 -amount("charge"));
    }
}

void Sums::take_profit(std::string_view file, std::string_view row) {
    must_be_equal(row, Int128{amount("payment")} - amount("charge"), amount("policy_margin"),
                  "payment less charge is the policy margin");
    must_be_equal(row, Int128{amount("payment")} - amount("cost"), amount("real_margin"),
                  "payment less cost is the real margin");
    const bool is_department = file == "department_profit.csv";
    for (const char* column : {"charge", "payment", "cost", "policy_margin", "real_margin"}) {
        if (is_department) {
            total_[std::string("profit.") + column] += amount(column);
        }
        if (!is_department || text("basis") != "visit") {
            // The case list is one side of three equations, each profit table the other of one.
            if (file == "cases.csv") {
                for (const char* table : {"group", "department", "physician"}) {
                    add_side(std::string(table) + "_profit.csv against cases.csv", column,
                             -amount(column));
                }
            } else {
                add_side(std::string(file) + " against cases.csv", column, amount(column));
            }
        }
    }
}

void Sums::take_bonus_department(std::string_view row) {
    must_be_equal(row, Int128{amount("withheld")} + amount("paid"), amount("share"),
                  "withheld and paid give the share");
    add_side("bonus_persons.csv against bonus_departments.csv", std::string(fields_[0]),
             -amount("paid"));
    total_["bonus.released"] += amount("share");
    total_["bonus.paid"] += amount("paid");
    total_["bonus.withheld"] += amount("withheld");
}

boost::json::object Sums::bridge(const std::string& kind) const {
    const auto total = [&](const char* part) {
        const auto found = total_.find(kind + "." + part);
        return found == total_.end() ? Int128{0} : found->second;
    };
    const Int128 residual = total("opening") + total("month") - total("discharged") -
                            total("in_hospital") - total("discharged_earlier");
    return {{"opening", amount_text(total("opening"))},
            {"month", amount_text(total("month"))},
            {"discharged", amount_text(total("discharged"))},
            {"closing", amount_text(total("in_hospital"))},
            {"discharged_earlier", amount_text(total("discharged_earlier"))},
            {"residual", amount_text(residual)}};
}

void Sums::finish(boost::json::object& certificate) {
    if (has_activities_) {
        checks_["activities.csv against pools.csv"] = service_pools_;
    }
    for (const auto& [check, sides] : checks_) {
        for (const auto& [key, difference] : sides) {
            if (difference != 0) {
                report_.difference(
                    check, fmt::format("{} does not agree by {}", key, amount_text(difference)));
            }
        }
    }
    const auto total = [&](const char* name) { return amount_text(total_[name]); };
    const auto equal = [&](const char* left, Int128 value, const char* what) {
        if (total_[left] != value) {
            report_.difference(
                "sums", fmt::format("{}: {} is not {}", what, total(left), amount_text(value)));
        }
    };
    equal("direct", total_["ledger"] - total_["excluded"], "direct cost is ledger less excluded");
    equal("full", total_["direct"], "full cost is direct cost");
    equal("pools", total_["direct"], "pools hold the direct cost");
    equal("pools", total_["patients"] + total_["parked"] + total_["unallocated"],
          "pools are patients, parked and unallocated");
    certificate["totals"] = {{"ledger", total("ledger")},          {"excluded", total("excluded")},
                             {"direct", total("direct")},          {"pools", total("pools")},
                             {"patients", total("patients")},      {"parked", total("parked")},
                             {"unallocated", total("unallocated")}};
    certificate["in_hospital_bridge"] = {{"cost", bridge("cost")}, {"charge", bridge("charge")}};
    certificate["parked"] = {{"lines", static_cast<std::int64_t>(total_["parked.lines"])},
                             {"charge", total("parked.charge")},
                             {"absolute_charge", total("parked.absolute")}};
    certificate["profit"] = {{"charge", total("profit.charge")},
                             {"payment", total("profit.payment")},
                             {"cost", total("profit.cost")},
                             {"policy_margin", total("profit.policy_margin")},
                             {"real_margin", total("profit.real_margin")}};
    certificate["bonus"] = {{"released", total("bonus.released")},
                            {"paid", total("bonus.paid")},
                            {"withheld", total("bonus.withheld")}};
    certificate["residual"] = "0.00";
}

}  // namespace yuanliu_verify
