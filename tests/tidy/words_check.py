"""No promise without an issue, and no registry's host name: where packages come from is the machine's setting, not ours.

Usage: words_check.py ROOT
"""
import re
import sys

import tree

# Written in pieces, so that this file keeps its own rule.
PROMISES = re.compile(r"\b(?:%s)\b" % "|".join(("TO" + "DO", "FIX" + "ME", "X" + "XX")))
HOSTS = re.compile(
    r"\b(?:(?:deb|ftp|security|snapshot)[.\w]*\.debian[.]org|archive\.ubuntu[.]com|pypi\.(?:python[.])?org|pythonhosted[.]org"
    r"|registry\.npmjs[.]org|registry\.yarnpkg[.]com|npmmirror[.]com|proxy\.golang[.]org|crates[.]io|docker[.]io|ghcr[.]io"
    r"|quay[.]io|(?:conan|center)\.conan[.]io|mirrors?\.[\w-]+(?:\.\w+)+)", re.IGNORECASE)
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
