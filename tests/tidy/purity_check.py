"""Keeps costing, performance and budget pure: values in, values out. No I/O, no clock, no threads, no third-party library.

A pure month computes to the same bits everywhere and can be replayed by an auditor; one clock or file call ends that.
Usage: purity_check.py ROOT
"""
import re
import sys

import tree

PURE = ("costing", "performance", "budget")
THIRD_PARTY = {"tl/expected.hpp"}
# Eigen and binary floating point are allowed only where the equations of the reciprocal method are solved: the result is
# settled by exact remainders. Else amounts, weights and rates are integers of a stated scale.
EIGEN_HOME = re.compile(r"^costing/allocate/reciprocal_solve\.cpp$")
FLOATING_POINT_ALLOWED = ("costing/allocate/reciprocal_solve.cpp",)
FORBIDDEN_STD = {
    "fstream", "iostream", "cstdio", "filesystem", "thread", "mutex", "shared_mutex", "condition_variable", "future",
    "syncstream", "print", "ctime", "csignal", "random", "clocale", "locale", "execution", "stop_token", "semaphore",
    "latch", "barrier",
}
CALLS = [
    (r"\bgetenv\b", "settings come in as arguments"),
    (r"\bnow\s*\(", "time comes in as an argument"),
    (r"\brandom_device\b", "nothing is random here; a seed comes in as an argument"),
    (r"\b(?:f|s|sn|v|vf|vs|vsn)?printf\b", "return a value or a finding; the shell prints"),
    (r"\bstd::(?:cout|cerr|clog|cin)\b", "return a value or a finding; the shell prints"),
    (r"\b(?:fopen|system|popen|time)\s*\(", "the shell touches the world; take its outcome as an argument"),
    (r"\bstd::(?:j?thread|async|mutex)\b", "take an injected parallel_for"),
    (r"\bthread_local\b", "no hidden state; pass it as an argument"),
    (r"\b(?:soci|spdlog|fmt|boost|asio|beast)::", "third-party libraries live in server/"),
]
# Which project folders a module may include. The first prefix that fits the includer decides.
LAYERS = [
    ("costing/base/", ("costing/base/",)),
    ("costing/", ("costing/",)),
    ("performance/", ("performance/", "costing/base/")),
    ("budget/", ("budget/", "costing/base/")),
]


def judge_include(name, target):
    """Why this include is forbidden in this file, or None."""
    inner = target[1:-1]
    if target.startswith('"'):
        allowed = next(folders for prefix, folders in LAYERS if name.startswith(prefix))
        if inner.startswith(allowed):
            return None
        return f"includes {target}: this module may include only {', '.join(allowed)} (path from the root)"
    if inner.startswith("Eigen/"):
        return None if EIGEN_HOME.match(name) else "includes Eigen: it lives only in costing/allocate/reciprocal_solve.cpp"
    if inner in THIRD_PARTY:
        return None
    if "/" in inner or inner.endswith((".h", ".hpp")):
        return f"includes {target}: pure modules use the standard library and tl/expected.hpp only; move this to server/"
    if inner in FORBIDDEN_STD:
        return f"includes {target}: no input, output, clock, chance or thread in a pure module; move this to server/"
    return None


def judge_code(name, code):
    for pattern, mend in CALLS:
        if re.search(pattern, code):
            yield f"`{code.strip()}`: {mend}"
    if name not in FLOATING_POINT_ALLOWED and re.search(r"\b(?:double|float)\b", code):
        yield f"`{code.strip()}`: binary floating point; use Money, Quantity or a rate of stated scale"


def main(root):
    problems = []
    for path, name in tree.files(root, PURE, tree.CPP):
        for number, code in tree.cpp_lines(path):
            target = tree.included(code)
            if target is None:
                problems += [f"{name}:{number}: {why}" for why in judge_code(name, code)]
                continue
            why = judge_include(name, target)
            if why:
                problems.append(f"{name}:{number}: {why}")
    tree.report(problems, "the pure modules are pure")


if __name__ == "__main__":
    main(sys.argv[1])
