"""Groups cases by the engine and by the second writing, and lists where they differ.

Why it exists: both tests of the groupers (own catalogues, shared data) compare in the same way:
status, reason, level, group, name and deciding codes of every case.
"""
import csv
import subprocess
from pathlib import Path

import grouping_dip
import grouping_drg
import grouping_record
import grouping_sources

FIELDS = ("status", "reason", "level", "group", "name", "deciding_codes")


def grouper_of(folder):
    kind = grouping_record.Folder(folder).settings["kind"]
    return (grouping_drg.DrgGrouper if kind == "drg" else grouping_dip.DipGrouper)(folder)


def fields_of(answer):
    return (answer.status, answer.reason, answer.level, answer.group, answer.name,
            ";".join(answer.codes))


def read_cases(path):
    def whole(text):
        return int(text) if text else None
    with Path(path).open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            other = [c for c in row["other_diagnoses"].split(";") if c]
            main = [row["main_diagnosis"]] if row["main_diagnosis"] else []
            yuan, _, fen = row["charge"].partition(".")
            yield grouping_record.Case(
                row["encounter"], main + (other if main else []),
                [c for c in row["procedures"].split(";") if c], row["sex"] or "unknown",
                whole(row["age_days"]), whole(row["weight_g"]),
                int(yuan) * 100 + int(fen.ljust(2, "0") or 0))


def engine_answers(yuanliu, folder, cases_file, out):
    done = subprocess.run([str(yuanliu), "group", str(cases_file), "--catalogue", str(folder),
                           "--out", str(out), "--lang", "en"], capture_output=True, text=True,
                          check=False)
    if done.returncode != 0:
        raise RuntimeError(f"group exits {done.returncode}: {done.stdout}{done.stderr}")
    with Path(out).open(encoding="utf-8", newline="") as stream:
        rows = {row["encounter"]: row for row in csv.DictReader(stream)}
    return rows, done.stdout


def differences(yuanliu, folder, cases, scratch, grouper=None):
    """(cases, answers by the second writing, list of differences)."""
    grouper = grouper or grouper_of(folder)
    file = Path(scratch) / "cases.csv"
    grouping_sources.write_cases(file, cases)
    rows, _ = engine_answers(yuanliu, folder, file, Path(scratch) / "out.csv")
    answers, wrong = [], []
    catalogue = grouper.folder.settings["id"]
    for case in cases:
        answers.append(grouper.group(case))
        row = rows.pop(case.encounter, None)
        got = tuple(row[f] for f in FIELDS) if row else None
        if got != fields_of(answers[-1]) or row["catalogue"] != catalogue:
            wrong.append(f"{case}: engine {got}, second writing {fields_of(answers[-1])}")
    return answers, wrong + [f"not asked for: {e}" for e in rows]
