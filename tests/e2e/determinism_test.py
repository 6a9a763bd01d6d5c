"""Why this file: a result that depends on row order, line ends, threads or the compiler's mood
can't be proved to anybody. Whatever of these changes, every table must be the same bytes.

usage: determinism_test.py YUANLIU YUANLIU_VERIFY
The builds release and dev are compared when both stand beside the given program's.
"""
import pathlib
import random
import shutil
import sys

import hospital

BUILDS = ("release", "dev")
SEED = 20260901


def copied(month, target, write):
    """The month with every CSV file, prior/ included, written by write(bytes of the file)."""
    shutil.copytree(month, target)
    for path in sorted(target.rglob("*.csv")):
        path.write_bytes(write(path.read_bytes()))
    return target


def shuffled(seed):
    chance = random.Random(seed)

    def write(data):
        header, *rows = data.splitlines(keepends=True)
        chance.shuffle(rows)
        return header + b"".join(rows)
    return write


def windows(data):
    return b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n")


def unended(data):
    """No line end after the last row, as spreadsheets write it."""
    return data.rstrip(b"\n")


def quoted(data):
    """Every field in quotes."""
    lines = data.decode().splitlines()
    if any('"' in line for line in lines):
        return data
    return "".join('"' + line.replace(",", '","') + '"\n' for line in lines).encode()


class Bench:
    def __init__(self, suite, yuanliu, scratch):
        self.suite = suite
        self.yuanliu = yuanliu
        self.scratch = scratch
        self.number = 0

    def compute(self, month, rules, *options, program=None):
        self.number += 1
        out = self.scratch / f"result{self.number}"
        done = (program or self.yuanliu).compute(month, rules, out, *options)
        if done.returncode != 0:
            print(done.stderr[-1500:])
            return None
        return out

    def expect_same(self, name, reference, out):
        if out is None:
            self.suite.expect(name, False, "not computed")
            return
        a, b = hospital.result_tables(reference), hospital.result_tables(out)
        self.suite.expect(name, a == b and hospital.result_hash(reference) ==
                          hospital.result_hash(out), [n for n in a if a[n] != b.get(n)])
        shutil.rmtree(out)


def judge_order(bench, size, month, rules, reference, variants):
    for name, write in variants:
        copy = copied(month, bench.scratch / f"{size} {name}" / month.name, write)
        changed = sum(1 for path in month.rglob("*.csv")
                      if path.read_bytes() != (copy / path.relative_to(month)).read_bytes())
        out = bench.compute(copy, rules)
        bench.expect_same(f"{size}, {name} ({changed} files differ in bytes): same result",
                          reference, out)
        shutil.rmtree(copy)


def judge_builds(bench, month, rules, reference):
    preset = bench.yuanliu.path.parent
    programs = {name: preset.parent / name / bench.yuanliu.path.name for name in BUILDS}
    absent = [name for name, path in programs.items() if not path.exists()]
    if absent:
        print(f"the build {' and '.join(absent)} is not beside {preset}: not compared")
        return
    for name, path in programs.items():
        out = bench.compute(month, rules, program=hospital.Program(path))
        bench.expect_same(f"clinic, build {name}: same result", reference, out)


def judge_clinic(bench):
    months = bench.yuanliu.demo(bench.scratch / "clinic", months=3)
    rules = bench.scratch / "clinic" / "rules"
    month = months[-1]
    reference = bench.compute(month, rules)
    variants = [(f"rows shuffled {seed}", shuffled(SEED + seed)) for seed in range(3)]
    variants += [("CRLF and byte-order mark", windows), ("no line end at the end", unended),
                 ("all fields quoted", quoted),
                 ("shuffled, CRLF and byte-order mark",
                  lambda data, shuffle=shuffled(SEED): windows(shuffle(data)))]
    judge_order(bench, "clinic", month, rules, reference, variants)
    for threads in (1, 2, 7):
        out = bench.compute(month, rules, "--threads", threads)
        bench.expect_same(f"clinic, --threads {threads}: same result", reference, out)
    judge_builds(bench, month, rules, reference)
    for earlier, later in zip(months, months[1:]):
        prior = hospital.read_json(later / "prior" / "manifest.json")
        out = bench.compute(earlier, rules)
        stated = hospital.result_hash(out)
        closing = hospital.tree(out / "closing")
        bench.suite.expect(f"prior of {later.name} is the certified closing of {earlier.name}",
                           prior["result_hash"] == stated and prior["period"] == earlier.name and
                           closing == hospital.tree(later / "prior"))


def judge_county(bench):
    """Once, by the build that is fast: rows shuffled and threads."""
    if bench.yuanliu.path.parent.name == "dev":
        print("county is left to the release build")
        return
    month = bench.yuanliu.demo(bench.scratch / "county", size="county")[0]
    rules = bench.scratch / "county" / "rules"
    reference = bench.compute(month, rules, "--threads", 1)
    out = bench.compute(month, rules, "--threads", 2)
    bench.expect_same("county, --threads 2: same result", reference, out)
    judge_order(bench, "county", month, rules, reference, [("rows shuffled", shuffled(SEED))])


def test(suite, yuanliu, _verify, scratch):
    bench = Bench(suite, yuanliu, pathlib.Path(scratch))
    judge_clinic(bench)
    judge_county(bench)


if __name__ == "__main__":
    sys.exit(hospital.main_of(test, __doc__))
