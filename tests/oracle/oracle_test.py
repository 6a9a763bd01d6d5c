#!/usr/bin/env python3
"""The oracle against the worked numbers of the documents, and its two splitters against their laws.

Why it exists: expected tables come from the oracle, so the oracle needs a proof that is not itself.
Use: oracle_test.py [ignored…]. Ends with `N passed, M failed`.
"""
import sys
from fractions import Fraction

sys.dont_write_bytecode = True
from arithmetic import apportion, cumulative_split, nested_prefixes, number, rounded  # noqa: E402

CASES = [
    ("docs/method.md §1: 100 over 1 1 1 2 1",
     lambda: cumulative_split(100, [1, 1, 1, 2, 1]), [16, 17, 17, 33, 17]),
    ("a negative total is cut toward zero",
     lambda: cumulative_split(-100, [1, 1, 1]), [-33, -33, -34]),
    ("3 over 1 3 3", lambda: apportion(3, {"a": 1, "b": 3, "c": 3}), {"a": 1, "b": 1, "c": 1}),
    ("4 over 1 3 3: one fen more, one share less",
     lambda: apportion(4, {"a": 1, "b": 3, "c": 3}), {"a": 0, "b": 2, "c": 2}),
    ("equal remainders: the larger weight first",
     lambda: apportion(2, {"a": 1, "b": 3}), {"a": 0, "b": 2}),
    ("equal weights: the smaller key first",
     lambda: apportion(1, {"b": 1, "a": 1}), {"b": 0, "a": 1}),
    ("a negative total mirrors", lambda: apportion(-1, {"b": 1, "a": 1}), {"b": 0, "a": -1}),
    ("zero weight gets zero", lambda: apportion(7, {"a": 0, "b": 5}), {"a": 0, "b": 7}),
    ("a zero total needs no weight", lambda: apportion(0, {"a": 0, "b": 0}), {"a": 0, "b": 0}),
    ("half away from zero",
     lambda: [rounded(Fraction(x, 2)) for x in (1, -1, 3, -3)], [1, -1, 2, -2]),
    ("numbers are trimmed", lambda: [number(x, 4) for x in (12500, -5, 0, 10000)],
     ["1.25", "-0.0005", "0", "1"]),
]


def nested_prefixes_hold():
    """Over entries each component sums to itself; over components each entry to its share."""
    for components in ([100, 7, 1], [99, -40, 0, 3], [-5, 5], [1]):
        for weights in ([1], [1, 1, 1], [5, 1, 900, 3, 3], list(range(1, 40))):
            shares = nested_prefixes(components, weights)
            columns = [sum(entry[k] for entry in shares) for k in range(len(components))]
            totals = [sum(entry) for entry in shares]
            if columns != components or totals != cumulative_split(sum(components), weights):
                return f"{components} over {weights}"
    return ""


def main():
    failed = 0
    results = [(what, got() == want, f"got {got()}, want {want}") for what, got, want in CASES]
    broken = nested_prefixes_hold()
    results.append(("nested prefixes sum both ways", not broken, broken))
    for what, ok, detail in results:
        failed += not ok
        print(f"{'PASS' if ok else 'FAIL'} {what}{'' if ok else ': ' + detail}")
    print(f"{len(results) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
