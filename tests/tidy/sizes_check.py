"""Keeps code in pieces that a reader can hold: function 70 lines, file 500, header 200, line 100 columns.

Usage: sizes_check.py ROOT
"""
import re
import sys

import tree

FOLDERS = ("costing", "performance", "budget", "server", "tests")
FUNCTION_LINES, FILE_LINES, HEADER_LINES, COLUMNS = 70, 500, 200, 100
# Files that are longer than allowed, with the length they have now. Entries may shrink or go, never grow or come.
LONGER_FOR_NOW = {}

NOT_A_FUNCTION = re.compile(r"^(?:inline\s+)?(?:namespace|class|struct|enum|union|extern)\b")


def functions(text):
    """Yields (first line, last line) of every outermost function body, by braces and the words before them."""
    code = re.sub(r"^\s*#.*(?:\\\n.*)*$", "", tree.strip_cpp(text), flags=re.MULTILINE)
    # Template parameter lists and attributes come before class and struct; they don't decide what opens.
    stack, start, line, head = [], 1, 1, ""
    for character in code:
        if character == "\n":
            line += 1
        if character == "{":
            words = re.sub(r"template\s*<.*?>\s*(?=[a-z])|\[\[.*?\]\]|alignas\([^)]*\)", "", head, flags=re.DOTALL).strip()
            inside = any(stack)
            is_function = (not inside and "(" in words and not words.endswith(("=", ",", "("))
                           and not NOT_A_FUNCTION.match(words))
            stack.append(start if is_function else 0)
            head, start = "", line
        elif character == "}":
            opened = stack.pop() if stack else 0
            if opened:
                yield opened, line
            head, start = "", line
        elif character == ";":
            head, start = "", line
        else:
            if not head.strip() and not character.isspace():
                head, start = "", line
            head += character


def table_rows(lines):
    """Numbers of the lines between `clang-format off` and `on` that end no statement: rows of data, not code."""
    rows, table = set(), False
    for number, content in enumerate(lines, start=1):
        if "// clang-format " in content:
            table = content.rstrip().endswith("off")
        elif table and not content.rstrip().endswith(";"):
            rows.add(number)
    return rows


def judge(name, text):
    lines = text.split("\n")
    rows = table_rows(lines)
    # A table reads best with one row a line, however long and however many.
    for number, content in enumerate(lines, start=1):
        if len(content) > COLUMNS and number not in rows:
            yield f"{name}:{number}: {len(content)} columns, at most {COLUMNS}: break the line"
    count = len(lines) - (1 if lines[-1] == "" else 0)
    usual = HEADER_LINES if name.endswith(".hpp") else FILE_LINES
    limit = LONGER_FOR_NOW.get(name, usual)
    if count > limit:
        yield f"{name}:{count}: {count} lines, at most {limit}: split the file by what it explains"
    elif name in LONGER_FOR_NOW and count < limit:
        now = f"lower its entry to {count}" if count > usual else "take its entry out"
        yield f"{name}:1: shorter than its entry in LONGER_FOR_NOW of tests/tidy/sizes_check.py: {now}"
    for first, last in functions(text):
        length = last - first + 1 - len(rows.intersection(range(first, last + 1)))
        if length > FUNCTION_LINES:
            yield (f"{name}:{first}: a function of {length} lines, at most {FUNCTION_LINES}: "
                   "keep a short parent that names the phases")


def main(root):
    problems, seen = [], set()
    for path, name in tree.files(root, FOLDERS, tree.CPP):
        seen.add(name)
        problems += judge(name, tree.read(path))
    problems += [f"{name}:1: in LONGER_FOR_NOW of tests/tidy/sizes_check.py, but gone: take the entry out"
                 for name in LONGER_FOR_NOW if name not in seen]
    tree.report(problems, f"{len(seen)} files within their sizes")


if __name__ == "__main__":
    main(sys.argv[1])
