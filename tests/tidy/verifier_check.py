"""The verifier is a second opinion only while it shares no code with the engine, in either direction.

Usage: verifier_check.py ROOT [VERIFIER_PROGRAM]
"""
import re
import subprocess
import sys

import tree

HOME = "server/verify/"
ENGINE_NAMES = re.compile(r"\byuanliu::")  # the verifier's own namespace is yuanliu_verify


def judge(name, target):
    """Why this project include breaks the wall, or None."""
    if not target.startswith('"'):
        return None
    own = target[1:-1].startswith(HOME) or (name.startswith(HOME) and "/" not in target)
    if name.startswith(HOME):
        return None if own else f"includes {target}: the verifier includes only its own folder; write it a second time there"
    return f"includes {target}: the engine may not use the verifier's code; write its own" if own else None


def main(root, program=None):
    problems = []
    for path, name in tree.files(root, ("costing", "performance", "budget", "server"), tree.CPP):
        for number, code in tree.cpp_lines(path):
            target = tree.included(code)
            why = judge(name, target) if target else None
            if why:
                problems.append(f"{name}:{number}: {why}")
    if program:
        listing = subprocess.run(["nm", "-C", program], capture_output=True, text=True, check=True).stdout
        problems += [f"{program}: contains engine code: {line.split(' ', 2)[-1]}; link no engine library"
                     for line in listing.splitlines() if ENGINE_NAMES.search(line)][:20]
    tree.report(problems, "the verifier stands alone")


if __name__ == "__main__":
    main(*sys.argv[1:3])
