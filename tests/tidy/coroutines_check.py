"""Coroutines live in the connection loop only, and nothing unnamed is awaited there: g++ 12.2 destroys it twice.

A lambda or a braced aggregate that is made inside an awaited expression is destroyed at the end of the expression and
again with the frame of the coroutine: a use after free, at any optimization. Name it in a statement of its own and move it.
Usage: coroutines_check.py ROOT
"""
import re
import sys

import tree

HOME = ("server/http/connection.cpp", "server/http/connection.hpp", "server/http/listener.cpp")
WORDS = re.compile(r"\b(?:co_await|co_return|co_yield|co_spawn|awaitable)\b")
LAMBDA = re.compile(r"(?<![\w\])])\[[^\[\]]*\]\s*(?:<[^<>]*>\s*)?[({]")
BRACES = re.compile(r"[\w>(,]\s*\{|^\s*\{|\breturn\s*\{")


def awaited(code, start):
    """The expression behind a co_await: up to the end of its statement or of the parentheses it stands in."""
    depth = 0
    for at in range(start, len(code)):
        if code[at] in "([{":
            depth += 1
        elif code[at] in ")]}":
            depth -= 1
            if depth < 0:
                return code[start:at]
        elif code[at] == ";" and depth == 0:
            return code[start:at]
    return code[start:]


def before(code, at):
    """The part of the statement that stands before an await: its temporaries live across the await too."""
    depth, begin = 0, at
    while begin > 0:
        sign = code[begin - 1]
        if depth == 0 and (sign in ";{" or (sign == "}" and code[begin:].lstrip()[:1] not in ",)(")):
            break
        depth = depth + 1 if sign in ")]}" else max(depth - 1, 0) if sign in "([{" else depth
        begin -= 1
    return code[begin:at]


def judge(name, code):
    for found in WORDS.finditer(code):
        line = code.count("\n", 0, found.start()) + 1
        if name not in HOME:
            yield (f"{name}:{line}: {found.group(0)}: coroutines live in the connection loop only ({', '.join(HOME)}); "
                   "write a plain function that a worker runs")
        elif found.group(0) == "co_await":
            expression = before(code, found.start()) + " " + awaited(code, found.end())
            what = "a lambda" if LAMBDA.search(expression) else "a braced temporary" if BRACES.search(expression) else None
            if what:
                yield (f"{name}:{line}: {what} inside an awaited expression is destroyed twice by g++ 12.2: name it in a "
                       "statement of its own and move it")


def main(root):
    problems, awaits = [], 0
    for path, name in tree.files(root, ("costing", "performance", "budget", "server", "tests"), tree.CPP):
        code = tree.strip_cpp(tree.read(path))
        awaits += len(re.findall(r"\bco_await\b", code)) if name in HOME else 0
        problems += judge(name, code)
    tree.report(problems, f"{awaits} awaits, each of something that has a name")


if __name__ == "__main__":
    main(sys.argv[1])
