"""Files of a folder are compiled together, so a constant of one file's unnamed namespace is seen by the others, and one
of the same name in a header would silently lose to it. Such constants differ from those of the folder's other files and
from what headers declare. (Types and functions that clash don't compile.)

Usage: together_check.py ROOT
"""
import collections
import os
import re
import sys

import tree

UNNAMED = re.compile(r"^namespace \{$(.*?)^\}  // namespace$", re.M | re.S)
CONSTANT = re.compile(r"^(?:inline |static |constexpr |const )+[^(;{=]*?\b(k[A-Z]\w*)(?:\[\w*\])?\s*(?:=|\{)", re.M)
TOP = {"costing": ("costing",), "performance": ("costing", "performance"), "budget": ("costing", "budget"),
       "server": ("costing", "performance", "budget", "server"), "tests": ("costing", "performance", "budget", "server", "tests")}


def names_in(text):
    """Constants declared at namespace level, that is at the start of a line."""
    return set(CONSTANT.findall(text))


def main(root):
    private, public = {}, collections.defaultdict(set)
    for path, name in tree.files(root):
        if name.endswith(".hpp"):
            for found in names_in(tree.read(path)):
                public[found].add(name)
        elif name.endswith(".cpp"):
            text = tree.read(path)
            private[name] = set().union(*(names_in(part) for part in UNNAMED.findall(text)), set())
    problems = []
    seen = {}
    for name in sorted(private):
        folder = os.path.dirname(name)
        is_verifier = folder == "server/verify"
        reach = TOP.get(name.split("/")[0], ())
        for found in sorted(private[name]):
            other = seen.setdefault((folder, found), name)
            if other != name:
                problems.append(f"{name}:1: {found} stands in {other} too, and both are compiled together: name them apart")
            for header in sorted(public[found]):
                if header.split("/")[0] in reach and is_verifier == header.startswith("server/verify/"):
                    problems.append(f"{name}:1: {found} hides the one of {header} in all files compiled together: rename it")
    tree.report(problems, f"{len(private)} files keep their names apart")


if __name__ == "__main__":
    main(sys.argv[1])
