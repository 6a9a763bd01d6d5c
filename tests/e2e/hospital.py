"""Why this file: what the end-to-end tests share: running the real programs, a demonstration
hospital to change one cell of, reading findings and tables, and counting PASS and FAIL.

A row is counted here by lines of the file, the header being row 1, so that the row that a finding
states is compared with a second, independent count.
"""
import csv
import hashlib
import io
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile


class Suite:
    """Counts claims; `finish` prints the last line and gives the exit status."""

    def __init__(self):
        self.passed = 0
        self.failed = 0

    def expect(self, name, holds, detail=""):
        self.passed += 1 if holds else 0
        self.failed += 0 if holds else 1
        print(("PASS " if holds else "FAIL ") + name, flush=True)
        if not holds and detail:
            print("    " + "\n    ".join(str(detail).splitlines()[-20:]), flush=True)
        return holds

    def finish(self):
        print(f"{self.passed} passed, {self.failed} failed")
        return 0 if self.failed == 0 else 1


class Program:
    """The yuanliu binary."""

    def __init__(self, path):
        self.path = pathlib.Path(path).resolve()

    def run(self, *arguments, folder=None):
        command = [str(self.path), *(str(part) for part in arguments)]
        return subprocess.run(command, capture_output=True, text=True, check=False, timeout=300,
                              cwd=folder)

    def must(self, *arguments):
        done = self.run(*arguments)
        if done.returncode != 0:
            raise SystemExit(f"{arguments} ended with {done.returncode}\n{done.stdout}"
                             f"{done.stderr}")
        return done

    def demo(self, out, size="clinic", months=1, seed=3):
        """Writes a demonstration hospital; returns its month folders, oldest first."""
        self.must("demo", out, "--size", size, "--months", months, "--seed", seed)
        return sorted(p for p in pathlib.Path(out).iterdir()
                      if re.fullmatch(r"\d{4}-\d{2}", p.name))

    def compute(self, month, rules, out, *options):
        return self.run("compute", month, "--rules", rules, "--out", out, "--lang", "en", *options)


def row_text(cells):
    """One CSV line: quotes where a comma or a quote asks for them."""
    return ",".join('"' + cell.replace('"', '""') + '"' if "," in cell or '"' in cell else cell
                    for cell in cells)


def read_table(path):
    """Rows as dictionaries."""
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def read_json(path):
    return json.loads(pathlib.Path(path).read_text("utf-8"))


def fen(text):
    """Yuan as printed or written, to whole fen."""
    whole, _, decimals = text.replace(",", "").lstrip("-").partition(".")
    value = int(whole) * 100 + int((decimals + "00")[:2])
    return -value if text.startswith("-") else value


def yuan(value):
    return f"{'-' if value < 0 else ''}{abs(value) // 100}.{abs(value) % 100:02d}"


def scaled(text, scale=4):
    """A decimal text as a whole number of 10^-scale."""
    whole, _, decimals = text.lstrip("-").partition(".")
    value = int(whole + (decimals + "0" * scale)[:scale])
    return -value if text.startswith("-") else value


def tree(folder):
    """Every file below a folder with the hash of its bytes; {} when there is no folder."""
    folder = pathlib.Path(folder)
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(folder.rglob("*")) if path.is_file()}


RUN_FILES = {"run.json", "findings.json", "certificate.json"}


def result_tables(result):
    """The tables of a result folder: what must be the same bytes whenever the content is."""
    return {name: value for name, value in tree(result).items() if name not in RUN_FILES}


def result_hash(result):
    return read_json(pathlib.Path(result) / "certificate.json")["result_hash"]


class Folder:
    """A copy of month and rules, to be changed in one place. Each change returns the row (line)."""

    def __init__(self, folder, month, rules):
        self.month = pathlib.Path(folder) / month.name
        self.rules = pathlib.Path(folder) / "rules"
        shutil.copytree(month, self.month)
        shutil.copytree(rules, self.rules)

    def path(self, file):
        return (self.rules if file.endswith(".toml") else self.month) / file

    def lines(self, file):
        return self.path(file).read_text("utf-8").split("\n")

    def write(self, file, lines):
        self.path(file).write_text("\n".join(lines), "utf-8")

    def columns(self, file):
        return self.lines(file)[0].split(",")

    def find(self, file, which, matches):
        """Rows (row number, cells as dictionary) that match: {column: value}, or a predicate."""
        lines = self.lines(file)
        columns = lines[0].split(",")
        found = []
        for number, line in enumerate(lines[1:], 2):
            if line == "":
                continue
            row = dict(zip(columns, next(csv.reader(io.StringIO(line)))))
            if matches(row) if callable(matches) else matches.items() <= row.items():
                found.append((number, row))
                if which == "first":
                    break
        if not found:
            raise SystemExit(f"no row of {file} matches {matches}; pick another seed")
        return found

    def cell(self, file, matches, column, value):
        """Changes one cell of the first row that matches."""
        number, row = self.find(file, "first", matches)[0]
        if column not in row:
            raise SystemExit(f"{file} has no column {column}")
        row[column] = value
        self.line(file, number, row_text(list(row.values())))
        return number

    def line(self, file, number, text):
        lines = self.lines(file)
        lines[number - 1] = text
        self.write(file, lines)
        return number

    def append(self, file, text):
        lines = self.lines(file)
        number = len(lines)
        lines[-1:] = [text, ""]
        self.write(file, lines)
        return number

    def delete(self, file, matches):
        """Deletes all rows that match; returns where the first one stood."""
        numbers = [number for number, _ in self.find(file, "all", matches)]
        kept = [line for number, line in enumerate(self.lines(file), 1) if number not in
                set(numbers)]
        self.write(file, kept)
        return numbers[0]

    def replace(self, file, old, new):
        """Replaces the first occurrence of a text; returns its line."""
        text = self.path(file).read_text("utf-8")
        if old not in text:
            raise SystemExit(f"{file} does not contain {old}")
        self.path(file).write_text(text.replace(old, new, 1), "utf-8")
        return text[:text.index(old)].count("\n") + 1

    def key(self, file, key, value, nth=0):
        """Gives the nth line `key = …` of a rules file another value, as written; its line."""
        lines = self.lines(file)
        found = [i for i, line in enumerate(lines) if line.lstrip().startswith(key + " = ")]
        if len(found) <= nth:
            raise SystemExit(f"{file} has no {key} number {nth}")
        lines[found[nth]] = f"{key} = {value}"
        self.write(file, lines)
        return found[nth] + 1

    def insert_bytes(self, file, number, data):
        """Bytes at the end of a line."""
        lines = self.path(file).read_bytes().split(b"\n")
        lines[number - 1] += data
        self.path(file).write_bytes(b"\n".join(lines))
        return number

    def remove(self, file):
        self.path(file).unlink()
        return 0


def main_of(test, docstring):
    """Runs test(suite, yuanliu, verify, scratch folder) with the two arguments of every test."""
    if len(sys.argv) != 3:
        print(docstring, file=sys.stderr)
        return 2
    suite = Suite()
    with tempfile.TemporaryDirectory() as scratch:
        test(suite, Program(sys.argv[1]), Program(sys.argv[2]), pathlib.Path(scratch))
    return suite.finish()
