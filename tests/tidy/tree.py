"""What the tidy checks share: walking the source tree, stripping comments, and reporting file:line with the mend."""
import os
import re
import sys

LEFT_OUT = {".git", "build", ".yuanliu", "node_modules", "dist", "__pycache__", ".cache"}
CPP = (".hpp", ".cpp")


def files(root, folders=(".",), suffixes=()):
    """Yields (path, path relative to root) of all files below the folders, sorted, generated folders left out."""
    for folder in folders:
        for directory, names, leaves in os.walk(os.path.join(root, folder)):
            names[:] = sorted(name for name in names if name not in LEFT_OUT)
            for leaf in sorted(leaves):
                if not suffixes or leaf.endswith(tuple(suffixes)):
                    path = os.path.join(directory, leaf)
                    yield path, os.path.relpath(path, root)


def read(path):
    with open(path, encoding="utf-8") as source:
        return source.read()


TOKEN = re.compile(
    r'//[^\n]*|/\*.*?\*/'                              # comments
    r'|R"(?P<raw>[^()\s\\]{0,16})\(.*?\)(?P=raw)"'     # raw strings
    r'|"(?:\\.|[^"\\\n])*"'                            # strings
    r"|(?<![0-9A-Za-z_])(?:u8|[uUL])?'(?:\\.|[^'\\\n])+'",  # characters, but not digit separators
    re.DOTALL)


def strip_cpp(text):
    """C++ without comments and the inside of literals; every line keeps its number. #include lines stay as they are."""
    def blank(match):
        found = match.group(0)
        line_start = text.rfind("\n", 0, match.start()) + 1
        if found[0] == '"' and re.match(r"\s*#\s*include", text[line_start:match.start()]):
            return found
        kept = '""' if found[0] not in "/" else " "
        return kept + "\n" * found.count("\n")
    return TOKEN.sub(blank, text)


def cpp_lines(path):
    """Yields (line number, code) without comments and literals."""
    yield from enumerate(strip_cpp(read(path)).split("\n"), start=1)


def included(code):
    """The file that a line of code includes, with its quotes or brackets; None for other lines."""
    match = re.match(r'\s*#\s*include\s*(<[^>]+>|"[^"]+")', code)
    return match.group(1) if match else None


def report(problems, good):
    """Prints every problem and ends the script: 0 if there is none."""
    for problem in problems:
        print(problem)
    print(f"{len(problems)} found" if problems else good)
    sys.exit(1 if problems else 0)
