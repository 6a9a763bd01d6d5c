"""Every source file opens with a comment that says why it exists, so that a newcomer never has to guess.

Usage: openings_check.py ROOT
"""
import os
import re
import sys

import tree

SUFFIXES = (".hpp", ".cpp", ".py", ".sh")
OPENING = {
    "cpp": re.compile(r"\A\s*(?://[^\n]*\w{2}|/\*[^/]*\w{2})"),
    "script": re.compile(r'\A(?:#![^\n]*\n)?\s*(?:#[^\n]*\w{2}|[rR]?"""\s*\w{2})'),
}
LEAST_WORDS = 3


def is_script(path, name):
    if name.endswith((".py", ".sh")):
        return True
    if "." in os.path.basename(name):
        return False
    with open(path, "rb") as source:
        return source.read(2) == b"#!"


def opening_words(kind, text):
    """Number of words on the first lines of the opening comment; 0 when there is none."""
    if not OPENING[kind].match(text):
        return 0
    body = re.sub(r"\A#![^\n]*\n", "", text).lstrip()
    return len(re.findall(r"\w+", "\n".join(body.split("\n")[:3])))


def main(root):
    problems, count = [], 0
    for path, name in tree.files(root):
        script = is_script(path, name)
        if not script and not name.endswith(SUFFIXES):
            continue
        count += 1
        if opening_words("script" if script else "cpp", tree.read(path)) < LEAST_WORDS:
            problems.append(f"{name}:1: open with a comment that says why this file exists")
    tree.report(problems, f"{count} files say why they exist")


if __name__ == "__main__":
    main(sys.argv[1])
