"""Why this file: refunds and charge lines of unknown encounters are daily life, not errors. Proves
what becomes of them: a refund leaves no trace in a cost, a parked line is listed and totalled to
the fen, and the share of charges above which the run stops is exact.

usage: parked_and_refunds_test.py YUANLIU YUANLIU_VERIFY
"""
import itertools
import sys

import hospital
from hospital import fen, yuan

LINES = "charge_lines.csv"


class Bench:
    def __init__(self, suite, yuanliu, verify, scratch):
        self.suite = suite
        self.yuanliu = yuanliu
        self.verify = verify
        self.scratch = scratch
        self.month = yuanliu.demo(scratch / "demo")[0]
        self.rules = scratch / "demo" / "rules"
        self.names = (scratch / f"run{number}" for number in itertools.count())

    def copy(self):
        return hospital.Folder(next(self.names), self.month, self.rules)

    def compute(self, folder):
        """Returns the run, its findings and its result folder."""
        out = folder.month.parent / "result"
        file = folder.month.parent / "findings.json"
        done = self.yuanliu.compute(folder.month, folder.rules, out, "--replace", "--findings",
                                    file)
        return done, hospital.read_json(file)["findings"], out

    def must(self, folder):
        done, findings, out = self.compute(folder)
        if done.returncode != 0:
            raise SystemExit(f"exit {done.returncode}\n{done.stderr}")
        return findings, out


def service_line(folder):
    """A line of a positive service quantity that is the only one of its patient, item and
    executing department, without a refund."""
    rows = [row for _, row in folder.find(LINES, "all", {})]
    known = {row["encounter"] for _, row in folder.find("encounters.csv", "all", {})}

    def use(row):
        return row["encounter"], row["service_item"], row["executing_department"]

    alone = {}
    for row in rows:
        alone.setdefault(use(row), []).append(row)
    services = {row["service_item"] for _, row in folder.find("service_items.csv", "all",
                                                              {"kind": "service"})}
    return next(row for row in rows if row["encounter"] in known and row["service_item"] in services
                and len(alone[use(row)]) == 1 and fen(row["charge"]) > 0)


def refund_of(row, line="999999"):
    return dict(row, line=line, quantity="-" + row["quantity"], charge="-" + row["charge"],
                refund_of=row["line"])


def append(folder, row):
    return folder.append(LINES, hospital.row_text(list(row.values())))


def tables_without_items(result):
    """An item that was charged and given back is still listed with quantity 0."""
    return {name: value for name, value in hospital.result_tables(result).items()
            if name not in ("service_item_cost.csv", "closing/manifest.json")}


def judge_full_refund(bench):
    neither = bench.copy()
    line = service_line(neither)
    neither.delete(LINES, {"encounter": line["encounter"], "line": line["line"]})
    both = bench.copy()
    append(both, refund_of(line))
    only = bench.copy()
    findings, with_line = bench.must(only)
    _, without = bench.must(neither)
    found, refunded = bench.must(both)
    bench.suite.expect("the line by itself moves cost",
                       tables_without_items(with_line) != tables_without_items(without))
    a, b = tables_without_items(without), tables_without_items(refunded)
    bench.suite.expect("a full refund leaves every table as if neither line existed", a == b,
                       [name for name in a if a[name] != b[name]])
    # That the file has one row more than the manifest says is no matter here.
    new = {(f["code"], f["en"]) for f in found if f["code"] != "raw_file_differs"}
    new -= {(f["code"], f["en"]) for f in findings}
    bench.suite.expect("a full refund is no finding", not new, new)
    items = {(row["department"], row["service_item"]): row
             for row in hospital.read_table(refunded / "service_item_cost.csv")}
    before = {(row["department"], row["service_item"]): row
              for row in hospital.read_table(without / "service_item_cost.csv")}
    bench.suite.expect("items cost the same, refunded or never charged", all(
        before.get(key, {"cost": "0.00", "charge": "0.00"})[column] == row[column]
        for key, row in items.items() for column in ("cost", "charge")))


def judge_charges_netted(bench):
    """patients.csv against an own sum of the lines, refunds included."""
    folder = bench.copy()
    line = service_line(folder)
    half = dict(refund_of(line), charge=yuan(-(fen(line["charge"]) // 3)), quantity="-0.25")
    append(folder, half)
    _, out = bench.must(folder)
    sums = {}
    for _, row in folder.find(LINES, "all", {}):
        sums[row["encounter"]] = sums.get(row["encounter"], 0) + fen(row["charge"])
    patients = hospital.read_table(out / "patients.csv")
    wrong = [row["encounter"] for row in patients
             if fen(row["month_charge"]) != sums.get(row["encounter"], 0)]
    negatives = [r for _, r in folder.find(LINES, "all", lambda r: r["charge"].startswith("-"))]
    bench.suite.expect(f"charges of {len(patients)} patients are netted, {len(negatives)} refunds "
                       "among the lines", not wrong and len(negatives) > 1, wrong[:5])


def judge_refund_across_months(bench):
    folder = bench.copy()
    line = service_line(folder)
    folder.delete(LINES, {"encounter": line["encounter"], "line": line["line"]})
    append(folder, refund_of(line))
    done, findings, out = bench.compute(folder)
    named = [f for f in findings if f["code"] == "net_quantity_negative" and
             f["arguments"][0] == line["encounter"] and f["severity"] == "warn"]
    bench.suite.expect("a refund of an earlier month's line is a warning, exit 0",
                       done.returncode == 0 and len(named) == 1 and
                       line["service_item"] in named[0]["en"] and
                       line["executing_department"] in named[0]["zh"], done.stderr)
    patient = next(row for row in hospital.read_table(out / "patients.csv")
                   if row["encounter"] == line["encounter"])
    expected = sum(fen(row["charge"]) for _, row in folder.find(
        LINES, "all", {"encounter": line["encounter"]}))
    bench.suite.expect("its charge is given back, and no cost is negative",
                       fen(patient["month_charge"]) == expected and
                       fen(patient["month_cost"]) >= 0, patient)


def judge_parked(bench):
    folder = bench.copy()
    line = service_line(folder)
    number = append(folder, dict(line, encounter="X000000001", charge="3.21"))
    last = append(folder, dict(line, encounter="X000000001", line="2", quantity="-1",
                               charge="-1.20"))
    done, findings, out = bench.compute(folder)
    known = {row["encounter"] for _, row in folder.find("encounters.csv", "all", {})}
    rows = [row for _, row in folder.find(LINES, "all", {})]
    expected = [row for row in rows if row["encounter"] not in known]
    parked = hospital.read_table(out / "parked.csv")
    columns = ("encounter", "line", "charged_on", "service_item", "executing_department", "charge")

    def keys(table):
        return sorted(tuple(row[c] for c in columns) for row in table)

    bench.suite.expect(f"{len(expected)} parked lines: exit 0, all in parked.csv, no others",
                       done.returncode == 0 and keys(parked) == keys(expected), done.stderr)
    found = {f["row"] for f in findings if f["code"] == "charge_line_parked" and
             f["severity"] == "park"}
    bench.suite.expect("each is a finding with its row", len(found) == len(expected) and
                       {number, last} <= found)
    certificate = hospital.read_json(out / "certificate.json")
    absolute = sum(abs(fen(row["charge"])) for row in expected)
    every = sum(abs(fen(row["charge"])) for row in rows)
    share = (2 * absolute * 10_000 + every) // (2 * every)
    own = {"lines": len(expected), "charge": yuan(sum(fen(row["charge"]) for row in expected)),
           "absolute_charge": yuan(absolute)}
    stated = certificate["parked"]
    bench.suite.expect("lines, charge, absolute charge and share of the certificate match an own "
                       "sum", own.items() <= stated.items() and
                       hospital.scaled(stated["share"]) == share, f"{stated} {own} {share}")
    cost = sum(fen(row["cost"]) for row in hospital.read_table(out / "parked_cost.csv"))
    totals = certificate["totals"]
    bench.suite.expect("the cost of parked lines matches the certificate, and nothing is lost",
                       cost == fen(totals["parked"]) > 0 and
                       fen(totals["direct"]) == fen(totals["patients"]) + cost +
                       fen(totals["unallocated"]), totals)
    patients = {row["encounter"] for row in hospital.read_table(out / "patients.csv")}
    bench.suite.expect("parked encounters are in no patient's figures", patients == known)
    done = bench.verify.run(out, "--month", folder.month, "--rules", folder.rules, "--deep")
    bench.suite.expect("the verifier derives the same", done.returncode == 0, done.stdout)


def judge_share(bench):
    """max_parked_share is at scale 4: the run passes when parked·10000 ≤ all·share."""
    folder = bench.copy()
    known = {row["encounter"] for _, row in folder.find("encounters.csv", "all", {})}
    rows = [row for _, row in folder.find(LINES, "all", {})]
    every = sum(abs(fen(row["charge"])) for row in rows)
    parked = sum(abs(fen(row["charge"])) for row in rows if row["encounter"] not in known)
    share = parked * 10_000 // every + 1
    # One more parked line of x fen: (parked + x)·10000 = (every + x)·share exactly, x whole; a
    # second, known line of y fen makes the division come out even.
    numerator, y = share * every - 10_000 * parked, 0
    while (numerator + share * y) % (10_000 - share):
        y += 1
    x = (numerator + share * y) // (10_000 - share)
    line = service_line(folder)
    append(folder, dict(line, line="999998", charge=yuan(y)))
    row = append(folder, dict(line, encounter="X000000001", line="999999", charge=yuan(-x)))
    folder.key("costing.toml", "max_parked_share", f'"0.{share:04d}"')
    exact = (parked + x) * 10_000 == (every + x + y) * share
    done, findings, out = bench.compute(folder)
    bench.suite.expect(f"exactly at the share 0.{share:04d} ({yuan(parked + x)} of "
                       f"{yuan(every + x + y)}) the run passes", exact and x > 0 and
                       done.returncode == 0, f"{exact} {x} {y}\n{done.stderr}")
    before = hospital.tree(out)
    folder.cell(LINES, {"encounter": "X000000001"}, "charge", yuan(-x - 1))
    done, findings, out = bench.compute(folder)
    stops = [f for f in findings if f["severity"] == "stop"]
    bench.suite.expect("one fen above it the run stops, and the older result stays",
                       done.returncode == 1 and hospital.tree(out) == before and
                       [f["code"] for f in stops] == ["parked_share_exceeded"] and
                       [f["row"] for f in findings if f["row"] == row] == [row],
                       f"{stops}\n{done.stderr[-500:]}")
    words = stops[0]["en"] if stops else ""
    bench.suite.expect("its words state parked, all and share",
                       all(text in words for text in (yuan(parked + x + 1), yuan(every + x + y + 1),
                                                      f"0.{share:04d}".rstrip("0"))), words)


def test(suite, yuanliu, verify, scratch):
    bench = Bench(suite, yuanliu, verify, scratch)
    judge_full_refund(bench)
    judge_charges_netted(bench)
    judge_refund_across_months(bench)
    judge_parked(bench)
    judge_share(bench)


if __name__ == "__main__":
    sys.exit(hospital.main_of(test, __doc__))
