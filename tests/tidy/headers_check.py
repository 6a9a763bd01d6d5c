"""Every header compiles alone, and twice: sources are compiled together, where a header's missing include is not seen.

Headers share a compilation where nothing that one lacks can come from those before it: they bring nothing foreign that
it does not include itself, and declare no name that it mentions. What compiled once is not compiled again until a file of it changes.

Usage: headers_check.py ROOT COMPILER [COMPILE_COMMANDS]   (whose options for server/cli are used)
"""
import concurrent.futures
import functools
import hashlib
import json
import os
import re
import shlex
import subprocess
import sys
import tempfile

import tree

FOLDERS = ("costing", "performance", "budget", "server")
KEYWORDS = frozenset("class struct namespace sizeof decltype noexcept alignas requires explicit if for while switch return".split())
# A type, an alias, a macro, a function or a constant.
DECLARED = re.compile(r"\b(?:enum\s+(?:class|struct)|struct|class|enum|concept|using|define)\s+(?:\[\[\w+\]\]\s*)?(\w+)|\b(\w+)\s*\(|\b(k[A-Z]\w*)")


class Headers:
    def __init__(self, root):
        self.text = {name: tree.read(path) for path, name in tree.files(root, FOLDERS, (".hpp",))}

    @functools.cache
    def brings(self, name):
        """All that a header includes, itself too; what is not ours keeps its brackets."""
        found = {name}
        for line in tree.strip_cpp(self.text[name]).split("\n"):
            include = tree.included(line)
            if include is None:
                continue
            beside = os.path.join(os.path.dirname(name), include[1:-1])
            own = next((n for n in (include[1:-1], beside) if include[0] == '"' and n in self.text), None)
            found |= self.brings(own) if own else {include}
        return frozenset(found)

    @functools.cache
    def declares(self, name):
        """What others could use of a header; rather a name too many than one too few."""
        found = DECLARED.findall(tree.strip_cpp(self.text[name]))
        return frozenset(word for words in found for word in words if word) - KEYWORDS

    @functools.cache
    def mentions(self, name):
        return frozenset(re.findall(r"\w+", tree.strip_cpp(self.text[name])))

    def may_follow(self, name, seen):
        """Nothing that a header lacks can come from what was seen before it."""
        others = seen - self.brings(name)
        return not any(other[0] == "<" or self.mentions(name) & self.declares(other) for other in others)

    def rows(self):
        """Headers one after another, each of which may follow all before it; [(headers, all they bring)]."""
        rows = []
        for name in sorted(self.text, key=lambda name: (self.foreign(name), len(self.brings(name)), name)):
            row = max((row for row in rows if self.may_follow(name, row[1])), key=lambda row: len(row[1]), default=None)
            if row is None:
                row = ([], set())
                rows.append(row)
            row[0].append(name)
            row[1].update(self.brings(name))
        return rows

    def foreign(self, name):
        return sum(include[0] == "<" for include in self.brings(name))

    def digest(self, row, command):
        known = hashlib.sha256(" ".join(command + row[0]).encode())
        for name in sorted(row[1] & self.text.keys()):
            known.update(f"{name}\n{self.text[name]}".encode())
        return known.hexdigest()


def options_of(commands):
    """The options of one translation unit of server/cli, which sees every library."""
    if commands is None:
        return ["-std=c++20"]
    with open(commands, encoding="utf-8") as source:
        command = next(shlex.split(entry["command"]) for entry in json.load(source)
                       if re.search(r"server_cli|/server/cli/", entry["file"]))
    start = next(i for i, word in enumerate(command) if word.startswith("-"))
    kept, words = [], iter(command[start:])
    for word in words:
        if word in ("-o", "-c", "-MF", "-MT"):
            next(words)
        elif not word.startswith("-M"):
            kept.append(word)
    return kept


def compiler_words(command, names):
    """What the compiler says of headers, each included twice, so that #pragma once is proved as well; "" for nothing."""
    with tempfile.NamedTemporaryFile("w", suffix=".cpp", encoding="utf-8") as source:
        source.write("".join(f'#include "{name}"\n#include "{name}"\n' for name in names))
        source.flush()
        outcome = subprocess.run([*command, source.name], capture_output=True, text=True, check=False)
    return outcome.stderr if outcome.returncode else ""


def judge(headers, row, command, done):
    """The problems of a row of headers."""
    mark = os.path.join(done, headers.digest(row, command)) if done else None
    if mark and os.path.exists(mark):
        return []
    if compiler_words(command, row[0]):
        alone = {name: compiler_words(command, [name]) for name in row[0]}
        return [f"{name}:1: does not compile alone; what a header uses it must include\n{words}"
                for name, words in alone.items() if words] or [f"{', '.join(row[0])}: do not compile together"]
    if mark:
        with open(mark, "w", encoding="utf-8"):
            pass
    return []


def main(root, compiler, commands=None):
    headers = Headers(root)
    command = [compiler, "-I", root, *options_of(commands), "-fsyntax-only"]
    done = None
    if commands:
        done = os.path.join(os.path.dirname(commands), "headers")
        os.makedirs(done, exist_ok=True)
    rows = headers.rows()
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as workers:
        said = workers.map(lambda row: judge(headers, row, command, done), reversed(rows))
        problems = [problem for problems in said for problem in problems]
    tree.report(problems, f"{len(headers.text)} headers compile alone, in {len(rows)} rows")


if __name__ == "__main__":
    main(*sys.argv[1:])
