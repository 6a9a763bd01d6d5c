"""Proves that one misuse is refused by the compiler, for the reason that its first line states.

Usage: must_not_compile.py ROOT CASE.cpp COMPILER
"""
import re
import subprocess
import sys

OPTIONS = ["-std=c++20", "-fsyntax-only", "-Wall", "-Wextra", "-Wconversion", "-Werror", "-fdiagnostics-color=never"]


def compile_case(root, case, compiler, *more):
    return subprocess.run([compiler, *OPTIONS, f"-I{root}", *more, case], capture_output=True, text=True, check=False)


def main(root, case, compiler):
    with open(case, encoding="utf-8") as source:
        first = source.readline()
    expect = re.match(r"// expect: (\S.*)$", first)
    if not expect:
        return f"{case}:1: the first line must be `// expect: REGEX` for the compiler's message"
    valid = compile_case(root, case, compiler, "-DVALID")
    if valid.returncode != 0:
        return f"{case}:1: with -DVALID it must compile (put the misuse between #ifndef VALID and #endif):\n{valid.stderr}"
    misuse = compile_case(root, case, compiler)
    if misuse.returncode == 0:
        return f"{case}:1: the misuse compiles; the type must forbid it"
    if not re.search(expect.group(1), misuse.stderr):
        return f"{case}:1: refused, but not for the stated reason /{expect.group(1)}/; the compiler says:\n{misuse.stderr}"
    return None


if __name__ == "__main__":
    PROBLEM = main(*sys.argv[1:4])
    if PROBLEM:
        sys.exit(PROBLEM)
