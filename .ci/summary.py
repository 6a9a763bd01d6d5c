"""Adds up what ./check did: counts per label, what failed, what was skipped and why, and the closing line.

Usage: summary.py STEPS.tsv [JUNIT.xml…]
A case is one GoogleTest case, one script of tests/, or one step (a build, the format, the lint).
"""
import collections
import json
import os
import re
import sys
import xml.etree.ElementTree as ElementTree

Case = collections.namedtuple("Case", "label name outcome detail")


def step_cases(path):
    with open(path, encoding="utf-8") as steps:
        for line in steps:
            label, name, outcome, log = line.rstrip("\n").split("\t")
            yield Case(label, name, outcome, f"see {log}")


def skip_reason(output):
    """The words that GoogleTest or a script printed on skipping."""
    gtest = re.search(r"Skipped\n(.*?)\n(?:\[|$)", output, re.DOTALL)
    words = gtest.group(1) if gtest else output
    return " ".join(words.split())[-300:] or "no reason given"


def labels_of(path):
    """Test name -> first label, from the list that ctest printed as JSON."""
    with open(path, encoding="utf-8") as listing:
        tests = json.load(listing)["tests"]
    labels = {}
    for test in tests:
        for item in test.get("properties", []):
            if item["name"] == "LABELS" and item["value"]:
                labels[test["name"]] = item["value"][0]
    return labels


def test_cases(path):
    build = re.sub(r"^tests-|\.xml$", "", os.path.basename(path))
    labels = labels_of(re.sub(r"\.xml$", ".json", path))
    for case in ElementTree.parse(path).getroot().iter("testcase"):
        label = labels.get(case.get("name"), "unlabelled")
        output = case.findtext("system-out") or ""
        if case.get("status") == "run":
            outcome, detail = "passed", ""
        elif case.find("skipped") is not None and case.get("status") != "fail":
            # A program that was never built is reported as not run; that is a failure, not a skip.
            missing = re.search(r"Unable to find executable|_NOT_BUILT", output + (case.find("skipped").get("message") or ""))
            outcome, detail = ("failed", "was not built") if missing else ("skipped", skip_reason(output))
        else:
            outcome, detail = "failed", output
        yield Case(label if build == "release" else f"{label} ({build})", case.get("name"), outcome, detail)


def print_counts(cases):
    counts = collections.defaultdict(collections.Counter)
    for case in cases:
        counts[case.label][case.outcome] += 1
    print(f"{'label':<22}{'passed':>8}{'failed':>8}{'skipped':>9}")
    for label in sorted(counts):
        print(f"{label:<22}{counts[label]['passed']:>8}{counts[label]['failed']:>8}{counts[label]['skipped']:>9}")


def main(steps, reports):
    cases = list(step_cases(steps))
    for report in reports:
        if os.path.exists(report):
            cases += test_cases(report)
    of = {outcome: [case for case in cases if case.outcome == outcome] for outcome in ("passed", "failed", "skipped")}
    for case in of["failed"]:
        print(f"FAILED {case.label}: {case.name}")
        print("\n".join(f"   | {line}" for line in case.detail.strip().split("\n")[-40:]))
    for case in of["skipped"]:
        print(f"SKIPPED {case.label}: {case.name}: {case.detail}")
    if of["failed"] or of["skipped"]:
        print()
    print_counts(cases)
    skipped = f", {len(of['skipped'])} skipped" if of["skipped"] else ""
    print(f"{len(of['passed'])} passed, {len(of['failed'])} failed{skipped}")
    return 1 if of["failed"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
