"""Hospitals with one fault each, and the finding that must refuse them; some with the look of a fault.

Why it exists: a plan that can't be carried out must stop the run by the name that the documents give
its fault, and one that can must not. Each maker takes one good hospital and changes one thing.
"""
import random

from hospital_folder import Hospital

FAULTS = {}    # name -> (finding codes of which one must be there, maker)
HARMLESS = {}  # name -> maker


def fault(*codes):
    def register(maker):
        FAULTS[maker.__name__] = (codes, maker)
        return maker
    return register


def rule(*drivers, **more):
    return {"senders": ["*"], "cost_categories": ["*"], **more, "drivers": list(drivers)}


def stage(method, **more):
    made = {"name": "auxiliary", "method": method, "senders": ["class:auxiliary"],
            "receivers": ["class:clinical"], "before_items": True}
    if method == "iterative":
        made["passes"] = 3
    return {**made, **more, "rule": [rule("safe")]}


def good(chance, method="mutual", **more):
    """A sends to B, C (auxiliary), X and Y (clinical); M sends, if a second stage lets it."""
    hospital = Hospital()
    hospital.departments = {"A": "auxiliary", "B": "auxiliary", "C": "auxiliary",
                            "M": "medical_technology", "X": "clinical", "Y": "clinical"}
    hospital.items = {"I1": "staff", "I2": "materials"}
    for department in hospital.departments:
        for item in hospital.items:
            for fund in ("basic", "research"):
                fen = chance.randint(1, 10**7)
                hospital.ledger.append((department, item, fund, f"{fen // 100}.{fen % 100:02d}"))
    hospital.drivers = ["safe", "zero", "peers"]
    hospital.readings = [("safe", "", d, str(chance.randint(1, 9))) for d in hospital.departments]
    hospital.readings += [("zero", "", "X", "0"), ("peers", "", "A", "2"), ("peers", "", "B", "1")]
    hospital.rules["stage"] = [stage(method, **more)]
    return hospital


def first(hospital):
    return hospital.rules["stage"][0]


MULTIPASS = ["mutual", "peer_first", "double", "iterative", "reciprocal"]
ALL = ["outward", "sequential", *MULTIPASS]

# ---- cost that can't move --------------------------------------------------------------------------


@fault("plan_loop_closed")
def closed_pair(chance):
    hospital = good(chance, "reciprocal")
    hospital.readings += [("round", "A", "B", "3"), ("round", "B", "A", "1"),
                          ("round", "C", "X", "1")]
    hospital.drivers.append("round")
    first(hospital)["rule"] = [rule("round")]
    return hospital


@fault("plan_loop_closed")
def cost_that_leads_to_a_closed_circle(chance):
    hospital = good(chance, "reciprocal", self_service=True)
    hospital.ledger = [row for row in hospital.ledger if row[0] not in "AB"]
    hospital.readings += [("round", "A", "B", "3"), ("round", "B", "A", "1"),
                          ("round", "C", "A", "1"), ("round", "C", "X", "9")]
    hospital.drivers.append("round")
    first(hospital)["rule"] = [rule("round")]
    return hospital


@fault("driver_total_is_zero", "plan_cannot_move")
def chain_of_zeros(chance):
    hospital = good(chance, chance.choice(ALL))
    first(hospital)["rule"] = [rule("zero", "zero")]
    return hospital


@fault("driver_total_is_zero", "plan_cannot_move")
def peers_only_and_cost_left(chance):
    hospital = good(chance, chance.choice(["mutual", "iterative", "double"]))
    first(hospital)["rule"] = [rule("peers")]
    return hospital


@fault("driver_total_is_zero", "plan_cannot_move")
def receivers_without_readings(chance):
    hospital = good(chance, chance.choice(["outward", "peer_first"]))
    hospital.readings = [r for r in hospital.readings if r[0] != "safe" or r[2] != "Y"]
    first(hospital)["rule"] = [rule("safe", receivers=["Y"])]
    return hospital


@fault("weight_overflow")
def bases_too_large(chance):
    hospital = good(chance, chance.choice(ALL))
    hospital.drivers.append("big")
    hospital.readings += [("big", "", d, "99999999999.9999") for d in "ABCXY"]
    hospital.rules["driver"] = [{"driver": "made", "terms": [
        {"factor": "1", "drivers": ["big", "big"]}]}]
    first(hospital)["rule"] = [rule("made")]
    return hospital


@fault("reciprocal_out_of_bounds")
def gross_total_out_of_bounds(chance):
    hospital = good(chance, "reciprocal")
    hospital.ledger.append(("A", "I1", "basic", "10000000000.00"))
    hospital.drivers.append("leak")
    hospital.readings += [("leak", "A", "B", "100000"), ("leak", "B", "A", "100000"),
                          ("leak", "A", "X", "0.01"), ("leak", "C", "Y", "1")]
    first(hospital)["rule"] = [rule("leak")]
    return hospital


# ---- a plan that contradicts itself -----------------------------------------------------------------


@fault("plan_sender_twice")
def sender_in_two_stages(chance):
    hospital = good(chance, chance.choice(ALL))
    hospital.rules["stage"].append(stage("outward", senders=["B"]))
    return hospital


@fault("plan_sender_twice")
def sender_twice_in_one_list(chance):
    return good(chance, chance.choice(ALL), senders=["A", "B", "C", "A"])


@fault("plan_receiver_is_closed")
def receiver_that_sent(chance):
    hospital = good(chance, chance.choice(ALL))
    hospital.rules["stage"].append(stage("outward", name="medical_technology", senders=["M"],
                                         receivers=["A", "X"]))
    return hospital


@fault("plan_receiver_is_closed")
def receiver_that_sends_here(chance):
    return good(chance, chance.choice(ALL), receivers=["B", "X", "Y"])


@fault("plan_stage_order")
def items_before_their_stage(chance):
    hospital = good(chance, chance.choice(ALL), before_items=False)
    hospital.rules["stage"].append(stage("outward", name="medical_technology", senders=["M"]))
    return hospital


@fault("plan_rule_missing")
def no_rule_for_a_fund_source(chance):
    hospital = good(chance, chance.choice(ALL))
    first(hospital)["rule"] = [rule("safe", fund_sources=["basic"])]
    return hospital


@fault("plan_rule_missing")
def no_rule_in_this_month(chance):
    hospital = good(chance, chance.choice(ALL))
    first(hospital)["rule"] = [rule("safe", **{"from": "2026-04"}), rule("safe", until="2026-02")]
    return hospital


@fault("plan_rule_missing")
def item_and_category_must_both_match(chance):
    hospital = good(chance, chance.choice(ALL))
    first(hospital)["rule"] = [rule("safe", cost_items=["I1"]), {
        **rule("safe", cost_items=["I2"]), "cost_categories": ["staff"]}]
    return hospital


@fault("plan_receivers_empty")
def rule_without_targets(chance):
    hospital = good(chance, chance.choice(ALL))
    more = chance.choice([{"receivers": ["M"]}, {"receivers": ["X"], "except_receivers": ["X"]}])
    first(hospital)["rule"] = [rule("safe", **more)]
    return hospital


@fault("plan_receivers_empty")
def stage_without_receivers(chance):
    return good(chance, chance.choice(ALL), receivers=["class:public"])


@fault("plan_does_not_close")
def department_of_the_class_left_out(chance):
    return good(chance, chance.choice(ALL), senders=["A", "B"])


@fault("plan_method_invalid")
def passes_of_another_method(chance):
    return good(chance, chance.choice(["outward", "sequential", "mutual", "reciprocal"]), passes=3)


@fault("plan_method_invalid")
def iterative_without_passes(chance):
    hospital = good(chance, "iterative")
    del first(hospital)["passes"]
    return hospital


@fault("plan_method_invalid")
def self_service_of_another_method(chance):
    return good(chance, chance.choice(["outward", "double", "iterative"]), self_service=True)


@fault("plan_rounding_needs_step")
def form_of_another_method(chance):
    hospital = good(chance, chance.choice(MULTIPASS))
    hospital.rules["rounding"] = "cms_form"
    return hospital


# ---- names, made drivers -------------------------------------------------------------------------------


@fault("unknown_department")
def rule_names_no_department(chance):
    hospital = good(chance, chance.choice(ALL))
    key = chance.choice(["receivers", "except_receivers"])
    first(hospital)["rule"] = [rule("safe", **{key: ["X", "nobody"]})]
    return hospital


@fault("unknown_cost_item")
def rule_names_no_item(chance):
    hospital = good(chance, chance.choice(ALL))
    first(hospital)["rule"].insert(0, rule("safe", cost_items=["I9"]))
    return hospital


@fault("unknown_driver")
def rule_names_no_driver(chance):
    hospital = good(chance, chance.choice(ALL))
    first(hospital)["rule"] = [rule("safe", "nothing")]
    return hospital


@fault("unknown_driver")
def term_names_no_driver(chance):
    return made(chance, [{"factor": "1", "drivers": ["nothing"]}])


def made(chance, terms):
    hospital = good(chance, chance.choice(ALL))
    hospital.rules["driver"] = [{"driver": "made", "terms": terms}]
    first(hospital)["rule"] = [rule("made")]
    return hospital


@fault("driver_formula_invalid")
def plain_and_share_mixed(chance):
    return made(chance, [{"factor": "0.5", "drivers": ["safe"]},
                         {"factor": "0.5", "drivers": ["safe"], "share": True}])


@fault("driver_formula_invalid")
def factor_below_zero(chance):
    return made(chance, [{"factor": "-0.5", "drivers": ["safe"]}])


@fault("driver_formula_invalid")
def share_of_two(chance):
    return made(chance, [{"factor": "1", "drivers": ["safe", "peers"], "share": True}])


@fault("driver_formula_invalid")
def made_of_made(chance):
    hospital = made(chance, [{"factor": "1", "drivers": ["other"]}])
    hospital.rules["driver"].append({"driver": "other", "terms": [
        {"factor": "1", "drivers": ["safe"]}]})
    return hospital


# ---- harmless ----------------------------------------------------------------------------------------


def harmless(maker):
    HARMLESS[maker.__name__] = maker
    return maker


@harmless
def closed_pair_without_cost(chance):
    hospital = good(chance, "reciprocal")
    hospital.ledger = [row for row in hospital.ledger if row[0] not in "AB"]
    hospital.readings += [("round", "A", "B", "3"), ("round", "B", "A", "1"),
                          ("round", "C", "X", "1"), ("round", "C", "Y", "2")]
    hospital.drivers.append("round")
    first(hospital)["rule"] = [rule("round")]
    return hospital


@harmless
def no_rule_and_no_driver_where_no_cost_is(chance):
    hospital = good(chance, "outward")
    hospital.ledger = [row for row in hospital.ledger if row[0] not in "AB"]
    hospital.ledger += [("A", "I1", "basic", "7.31"), ("A", "I1", "basic", "-7.31")]
    first(hospital)["rule"] = [rule("zero", senders=["B"]), rule("safe", senders=["C"])]
    return hospital


@harmless
def peers_only_but_no_cost_left(chance):
    """A and B pass all to C in pass 1, and C to X."""
    hospital = good(chance, chance.choice(["double", "iterative"]))
    hospital.drivers.append("round")
    hospital.readings += [("round", "A", "C", "1"), ("round", "B", "C", "1"),
                          ("round", "C", "X", "1")]
    first(hospital)["rule"] = [rule("round")]
    return hospital


@harmless
def gross_total_just_in_bounds(chance):
    hospital = good(chance, "reciprocal")
    hospital.ledger = [("A", "I1", "basic", "99999.99"), ("B", "I2", "research", "-99999.99")]
    hospital.drivers.append("leak")
    hospital.readings += [("leak", "A", "B", "100000"), ("leak", "B", "A", "100000"),
                          ("leak", "A", "X", "0.01"), ("leak", "C", "Y", "1")]
    first(hospital)["rule"] = [rule("leak")]
    return hospital


@harmless
def half_a_fine_unit(chance):
    """B's gross total is an odd number of fen times 2^-21."""
    hospital = good(chance, "reciprocal")
    hospital.ledger = [("A", "I1", "basic", chance.choice(["0.01", "-0.03", "0.07"]))]
    hospital.drivers.append("half")
    hospital.readings += [("half", "A", "B", "1"), ("half", "A", "X", "2097151"),
                          ("half", "B", "X", "1"), ("half", "B", "Y", "1")]
    first(hospital)["rule"] = [rule("half")]
    return hospital


@harmless
def balances_around_zero(chance):
    """A has nothing in all, but cells; B lacks one fen, of which C's cost may make more."""
    hospital = good(chance, chance.choice(["outward", "sequential"]), senders=["C", "A", "B"])
    hospital.rules["negative_balances"] = "keep"
    hospital.ledger = [("A", "I1", "basic", "5.00"), ("A", "I2", "research", "-5.00"),
                       ("B", "I1", "basic", "7.31"), ("B", "I2", "basic", "-7.32"),
                       ("C", "I2", "basic", chance.choice(["-0.02", "-0.01", "0.01"]))]
    first(hospital)["rule"] = [rule("peers", "safe", senders=["C"]), rule("safe")]
    return hospital


@harmless
def cost_that_never_leaves_in_twenty_passes(chance):
    """Iterative: what is left after the last pass is stated, and goes out."""
    hospital = good(chance, "iterative", passes=20)
    hospital.drivers.append("leak")
    hospital.readings += [("leak", "A", "B", "99"), ("leak", "B", "A", "98"),
                          ("leak", "A", "X", "1"), ("leak", "B", "Y", "1"), ("leak", "C", "A", "1"),
                          ("leak", "C", "Y", "1")]
    first(hospital)["rule"] = [rule("leak")]
    return hospital


# What FenByFen finds itself, while it moves cost; the rest is for whoever checks a plan beforehand.
FOUND_ON_THE_WAY = ("plan_loop_closed", "driver_total_is_zero", "weight_overflow",
                    "reciprocal_out_of_bounds", "plan_rule_missing")


def refused_hospital(name, seed):
    """(hospital, codes of which one must be found)"""
    codes, maker = FAULTS[name]
    return maker(random.Random(f"{name}/{seed}")), codes


def harmless_hospital(name, seed):
    return HARMLESS[name](random.Random(f"{name}/{seed}"))
