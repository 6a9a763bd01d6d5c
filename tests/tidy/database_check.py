"""Only server/store speaks SQL: nothing else includes SOCI or libpq. server/postgres may ask libpq whether its server answers.

Usage: database_check.py ROOT
"""
import re
import sys

import tree

CLIENTS = re.compile(r'^[<"](?:soci/|libpq-fe\.h|libpq/|pqxx/|postgresql/)')
SOCI_HOME = ("server/store/",)
STATEMENTS = ("server/store/query.hpp", "server/store/sql_call.hpp")
LIBPQ_HOME = ("server/store/", "server/postgres/", "tests/pg/")


def main(root):
    problems = []
    for path, name in tree.files(root, ("costing", "performance", "budget", "server", "tests"), tree.CPP):
        for number, code in tree.cpp_lines(path):
            target = tree.included(code)
            if target is None:
                continue
            if target.strip('"<>') in STATEMENTS and name.startswith("server/") and not name.startswith(SOCI_HOME):
                problems.append(f"{name}:{number}: includes {target}: a statement belongs to a class of server/store")
            if not CLIENTS.match(target):
                continue
            home = SOCI_HOME if "soci/" in target else LIBPQ_HOME
            if not name.startswith(home):
                problems.append(f"{name}:{number}: includes {target}: go through server/store")
    tree.report(problems, "only the store speaks SQL")


if __name__ == "__main__":
    main(sys.argv[1])
