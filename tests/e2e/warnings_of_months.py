"""Why this file: single changes that a month survives, each with the finding that must say so."""
import json

import faults
from faults import Fault, cell


def new_file(name, text="a\n1\n"):
    def change(f):
        f.path(name).write_text(text, "utf-8")
        return 0
    return change


def in_manifest(change):
    def write(f):
        document = json.loads(f.path("manifest.json").read_text("utf-8"))
        change(document)
        f.path("manifest.json").write_text(json.dumps(document, ensure_ascii=False), "utf-8")
        return 0
    return write


def quality_not_arrived(f):
    """Gates and indicators of quality then have no value; the month goes on."""
    f.remove("quality_readings.csv")
    return in_manifest(lambda d: (d["feeds"].update(quality_readings="not_arrived"),
                                  d["files"].pop("quality_readings.csv")))(f)


def discharge_registered_late(f):
    stay = f.find("prior/in_hospital_charges.csv", "first", {})[0][1]["encounter"]
    f.cell("encounters.csv", {"encounter": stay}, "discharged_on", "2026-08-31")
    return 0


def opening_stay_missing(f):
    stay = f.find("prior/in_hospital_charges.csv", "first", {})[0][1]["encounter"]
    f.delete("prior/in_hospital_charges.csv", {"encounter": stay})
    f.delete("prior/in_hospital.csv", {"encounter": stay})
    return 0


def record_of_stay_in_hospital(f):
    stay = f.find("encounters.csv", "first", {"kind": "inpatient", "discharged_on": ""})[0][1]
    return f.append("discharges.csv", f"{stay['encounter']},male,50,cured")


def stay_without_record(f):
    stay = f.find("discharges.csv", "first", {})[0][1]["encounter"]
    f.delete("discharges.csv", {"encounter": stay})
    return f.find("encounters.csv", "first", {"encounter": stay})[0][0]


def no_prior(f):
    for name in ("manifest.json", "in_hospital.csv", "in_hospital_charges.csv",
                 "carried_pools.csv"):
        f.remove("prior/" + name)
    (f.month / "prior").rmdir()
    return 0


def unit_without_staff(f):
    f.delete("staff.csv", {"department": "C003"})
    return 0


def refund_of_earlier_month(f):
    """More is given back than was charged this month."""
    row = f.find("charge_lines.csv", "first", lambda r: r["encounter"].startswith("I"))[0][1]
    cells = dict(row, line="999999", quantity="-1000", charge="-10.00", service_item="A00001")
    f.append("charge_lines.csv", ",".join(cells.values()))
    return 0


def unused_department(f):
    """The department's lines go to another one, so its cost finds no patient."""
    lines = [line.replace(",M003,", ",M002,") for line in f.lines("charge_lines.csv")]
    f.write("charge_lines.csv", lines)
    return 0


def not_released(f):
    f.delete("staff.csv", lambda row: row["department"].startswith("C"))
    return 0


def used_without_cost(f):
    """A department that holds no cost of drugs executes a drug line."""
    f.cell("charge_lines.csv", faults.drug_line, "executing_department", "M003")
    return 0


def term_without_readings(f):
    f.append("drivers.csv", "empty,empty,unit")
    f.replace("allocation.toml", "[[stage]]",
              '[[driver]]\ndriver = "made"\nterms = [ { factor = "0.5", drivers = ["headcount"], '
              'share = true }, { factor = "0.5", drivers = ["empty"], share = true } ]\n\n[[stage]]')
    return f.replace("allocation.toml", faults.HEADS, 'drivers = ["made"]') * 0


def one_pass_of_iteration(f):
    f.replace("allocation.toml", faults.HEADS, 'drivers = ["area_m2"]')
    return f.replace("allocation.toml", 'name = "administrative"',
                     'name = "administrative"\nmethod = "iterative"\npasses = 1') * 0


WARNINGS = [
    Fault("driver without readings", "driver_missing_for_month", "allocation.toml",
          "stage[2].rule[0].drivers",
          lambda f: f.delete("driver_readings.csv", {"driver": "sterile_packs"}) * 0, "warn"),
    Fault("term without readings", "driver_term_is_zero", "allocation.toml", "stage[1]",
          term_without_readings, "warn"),
    Fault("iteration that ends early", "iteration_residual", "allocation.toml", "stage[1]",
          one_pass_of_iteration, "warn"),
    Fault("unknown file", "unknown_file_ignored", "notes.csv", "", new_file("notes.csv"), "warn"),
    Fault("reserved file", "reserved_file_ignored", "settlements.csv", "", new_file("settlements.csv"),
          "warn"),
    Fault("unknown rules file", "unknown_file_ignored", "extra.toml", "", new_file("extra.toml"),
          "warn"),
    Fault("fewer rows than the manifest says", "raw_file_differs", "pathway_readings.csv", "rows",
          lambda f: f.delete("pathway_readings.csv", lambda r, seen=[]: not seen and
                             not seen.append(r)) * 0, "warn"),
    Fault("file of the manifest is not there", "raw_file_differs", "scan.pdf", "file",
          in_manifest(lambda d: d["files"].update({"scan.pdf": {"rows": 1}})), "warn"),
    Fault("estimated feed", "feed_estimated", "manifest.json", "feeds.ledger",
          in_manifest(lambda d: d["feeds"].update(ledger="estimated")), "warn"),
    Fault("feed not arrived", "feed_not_arrived", "manifest.json", "feeds.quality_readings",
          quality_not_arrived, "warn"),
    Fault("discharge registered late", "discharge_registered_late",
          "prior/in_hospital_charges.csv", "encounter", discharge_registered_late, "warn"),
    Fault("opening stay missing", "opening_stay_missing", "prior/in_hospital_charges.csv",
          "encounter", opening_stay_missing, "warn"),
    Fault("first prior without a listing", "prior_without_listing", "prior/manifest.json", "tables",
          lambda f: 0, "warn"),
    Fault("feed not arrived, but a file is there", "feed_not_arrived", "manifest.json",
          "feeds.pathway_readings",
          in_manifest(lambda d: d["feeds"].update(pathway_readings="not_arrived")), "warn"),
    cell("unknown physician", "unknown_staff", "charge_lines.csv", "physician", faults.drug_line,
         "S99999", "warn"),
    cell("unknown attending", "unknown_staff", "encounters.csv", "attending", {}, "S99999", "warn"),
    cell("unknown procedure", "unknown_procedure", "procedures.csv", "procedure", {}, "99.9900",
         "warn"),
    Fault("discharge record missing", "discharge_record_missing", "encounters.csv", "encounter",
          stay_without_record, "warn"),
    Fault("discharge record unexpected", "discharge_record_unexpected", "discharges.csv",
          "encounter", record_of_stay_in_hospital, "warn"),
    cell("charge line of an unknown encounter", "charge_line_parked", "charge_lines.csv",
         "encounter", faults.drug_line, "I9999", "park"),
    Fault("refund exceeds the month", "net_quantity_negative", "charge_lines.csv", "",
          refund_of_earlier_month, "warn"),
    Fault("pool without volume", "pool_without_volume", "charge_lines.csv", "", unused_department,
          "warn"),
    Fault("lines without pool", "lines_without_pool", "charge_lines.csv", "", used_without_cost,
          "warn"),
    Fault("no prior", "prior_missing", "prior/manifest.json", "", no_prior, "warn"),
    Fault("bonus pool missing", "bonus_pool_missing", "prior/carried_pools.csv", "pool",
          lambda f: f.replace("bonus.toml", '"retained_surplus"', '"other"') * 0, "warn"),
    Fault("unit without staff", "unit_without_staff", "staff.csv", "", unit_without_staff, "warn"),
    Fault("bonus not released", "bonus_not_released", "bonus.toml", "", not_released, "warn"),
    Fault("indicator without value", "indicator_without_value", "quality_readings.csv", "",
          lambda f: f.delete("quality_readings.csv", {"department": "C002"}) * 0, "warn"),
    Fault("driver fell back", "driver_fell_back", "allocation.toml", "stage[0]",
          lambda f: f.delete("driver_readings.csv", {"driver": "power_kwh"}) * 0, "warn"),
]
