"""No promise without an issue, and no registry's host name: where packages come from is the machine's setting, not ours.

Usage: words_check.py ROOT
"""
import re
import sys

import tree

# Written in pieces, so that this file keeps its own rule.
PROMISES = re.compile(r"\b(?:%s)\b" % "|".join(("TO" + "DO", "FIX" + "ME", "X" + "XX")))
# By their shape, so that this file names none of them either: registry.…, mirrors.…, proxy.…, and distributions' own.
HOSTS = re.compile(
    r"\b(?:registry|mirrors?|proxy|packages|deb|ftp|archive|snapshot)\.[a-z][\w-]*(?:\.\w+)*\.(?:org|com|net|io|cn)\b",
    re.IGNORECASE)
BINARY = (".png", ".jpg", ".ico", ".gz", ".zip", ".xlsx", ".pdf", ".woff2")
DATA = (".csv", ".json")


def judge(name, text):
    for number, line in enumerate(text.split("\n"), start=1):
        if not name.endswith(DATA) and (found := PROMISES.search(line)):
            yield f"{name}:{number}: {found.group(0)}: do it now, or open an issue and say nothing here"
        if found := HOSTS.search(line):
            yield f"{name}:{number}: {found.group(0)}: name the package, not the host it comes from"


def main(root):
    problems, count = [], 0
    for path, name in tree.files(root):
        if name.endswith(BINARY):
            continue
        try:
            text = tree.read(path)
        except UnicodeDecodeError:
            continue  # Golden cases hold broken encodings on purpose.
        count += 1
        problems += judge(name, text)
    tree.report(problems, f"{count} files without empty promises")


if __name__ == "__main__":
    main(sys.argv[1])
