"""Shows every tidy check a small tree that breaks its rule, and one that keeps it: a check that never fails proves nothing.

Usage: rules_bite.py NM COMPILER
"""
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
LONG = "int f() {\n" + "    int a = 0;\n" * 69 + "}\n"
LOOP = "server/http/connection.cpp"
WHY = "// Why this file: to be judged.\n"

# (check, file, content, expected words of the problem; None when the tree is in order)
CASES = [
    ("purity", "costing/base/a.cpp", "#include <vector>\n#include <tl/expected.hpp>\n#include \"costing/base/a.hpp\"\n", None),
    ("purity", "costing/base/a.cpp", "// double now() is only talked about\n", None),
    ("purity", "costing/base/a.cpp", "auto s = \"float now()\";\n", None),
    ("purity", "costing/base/a.cpp", "#include <fstream>\n", "a.cpp:1: includes <fstream>"),
    ("purity", "costing/group/a.cpp", "\n#include <fmt/core.h>\n", "a.cpp:2: includes <fmt/core.h>"),
    ("purity", "costing/group/a.cpp", "#include <Eigen/Dense>\n", "includes Eigen"),
    ("purity", "costing/allocate/reciprocal_solve.cpp", "#include <Eigen/Dense>\ndouble x;\n", None),
    ("purity", "costing/base/a.cpp", "#include \"costing/group/a.hpp\"\n", "may include only costing/base/"),
    ("purity", "performance/a.cpp", "#include \"costing/group/a.hpp\"\n", "may include only performance/"),
    ("purity", "performance/a.cpp", "#include \"costing/base/money.hpp\"\n", None),
    ("purity", "costing/group/a.cpp", "#include \"server/text/csv.hpp\"\n", "may include only costing/"),
    ("purity", "costing/group/a.cpp", "auto t = std::chrono::system_clock::now();\n", "time comes in as an argument"),
    ("purity", "budget/a.cpp", "const double rate = 1;\n", "binary floating point"),
    ("purity", "budget/a.cpp", "auto x = getenv(\"X\");\n", "settings come in as arguments"),
    ("purity", "budget/a.cpp", "void f() { std::printf(\"x\"); }\n", "the shell prints"),
    ("sizes", "costing/a.cpp", LONG.replace("int a = 0;\n", "\n", 1).replace("    \n", ""), None),
    ("sizes", "costing/a.cpp", "namespace n {\n" + LONG + "}\n", "a.cpp:2: a function of 71 lines"),
    ("sizes", "costing/a.cpp", "struct S {\n    S() : a_(1) {\n" + "        g();\n" * 70 + "    }\n};\n", "a function of 72 lines"),
    ("sizes", "costing/a.cpp", "const char* kTable[] = {\n" + "    \"}{\",\n" * 100 + "};\n", None),
    ("sizes", "tests/a.cpp", "// x\n" * 501, "501 lines, at most 500"),
    ("sizes", "costing/a.hpp", "// x\n" * 201, "201 lines, at most 200"),
    ("sizes", "costing/a.hpp", "// " + "x" * 98 + "\n", "101 columns, at most 100"),
    ("sizes", "costing/a.hpp", "// clang-format off\n// " + "x" * 98 + "\n// clang-format on\n", None),
    ("sizes", "costing/a.cpp", "int f() {\n// clang-format off\n" + "    {1},\n" * 99 + "// clang-format on\n}\n", None),
    ("sizes", "costing/a.cpp", "int f() {\n// clang-format off\n" + "    g();\n" * 99 + "// clang-format on\n}\n", "103 lines"),
    ("openings", "costing/a.hpp", WHY, None),
    ("openings", "costing/a.hpp", "#pragma once\n", "a.hpp:1: open with a comment"),
    ("openings", "tests/a.py", "#!/usr/bin/env python3\n\"\"\"Says why it exists.\"\"\"\n", None),
    ("openings", "tests/a.py", "#!/usr/bin/env python3\nimport os\n", "a.py:1: open with a comment"),
    ("openings", "tool", "#!/bin/sh\nexit 0\n", "tool:1: open with a comment"),
    ("together", "costing/a.cpp", "namespace {\nconstexpr int kOne = 1;\n}  // namespace\n", None),
    ("together", "costing/a.cpp", "namespace {\nconstexpr int kHeld = 1;\n}  // namespace\n", "kHeld hides the one of costing/beside.hpp"),
    ("together", "costing/a.cpp", "namespace {\nconstexpr int kKept = 1;\n}  // namespace\n", "kKept stands in"),
    ("words", "docs/a.md", "All is done.\n", None),
    ("words", "docs/a.md", "\nTO" + "DO: later\n", "a.md:2"),
    ("words", "run.sh", "curl https://registry" + ".example.org/simple\n", "name the package, not the host"),
    ("database", "server/store/a.cpp", "#include <soci/soci.h>\n#include <libpq-fe.h>\n", None),
    ("database", "server/postgres/a.cpp", "#include <libpq-fe.h>\n", None),
    ("database", "server/postgres/a.cpp", "\n#include <soci/soci.h>\n", "a.cpp:2: includes <soci/soci.h>"),
    ("database", "server/cli/a.cpp", "#include <libpq-fe.h>\n", "go through server/store"),
    ("database", "server/jobs/a.cpp", "\n#include \"server/store/query.hpp\"\n", "a.cpp:2: includes \"server/store/query.hpp\""),
    ("database", "server/api/a.cpp", "#include \"server/store/result_reader.hpp\"\n", None),
    ("coroutines", LOOP, "void f() { co_await stream.read(space, token); if (co_await g(a)) { h({1}); } }\n", None),
    ("coroutines", LOOP, "auto f = [x] { use(x); };\nco_await g(std::move(f));\nh({1, 2});\nco_return Agg{1};\n", None),
    ("coroutines", LOOP, "// co_await f([x] {})\nauto s = \"co_await g({1})\"; auto v = a[0]; co_await g(a[0]);\n", None),
    ("coroutines", "server/api/a.cpp", "void f() {}  // no co_await here\n", None),
    ("coroutines", "server/api/a.cpp", "\nint f() { co_return 1; }\n", "a.cpp:2: co_return: coroutines live in"),
    ("coroutines", "server/jobs/a.hpp", "asio::awaitable<void> f();\n", "a.hpp:1: awaitable"),
    ("coroutines", "tests/http/a.cpp", "asio::co_spawn(io, f(), g);\n", "a.cpp:1: co_spawn"),
    ("coroutines", LOOP, "\nco_await f([x] { use(x); });\n", "connection.cpp:2: a lambda inside an awaited"),
    ("coroutines", LOOP, "co_await f(\n    a,\n    [this](int n) { g(n); });\n", "a lambda"),
    ("coroutines", LOOP, "if (co_await f([&] { return 1; })) {}\n", "a lambda"),
    ("coroutines", LOOP, "auto r = co_await f(Agg{p, 2});\n", "a braced temporary"),
    ("coroutines", LOOP, "co_await f({.p = p});\n", "a braced temporary"),
    ("coroutines", LOOP, "g(Agg{p}, co_await f());\n", "a braced temporary"),
    ("coroutines", LOOP, "g([x] { return x; }, co_await f());\n", "a lambda"),
    ("verifier", "server/verify/a.cpp", "#include \"server/verify/a.hpp\"\n#include \"b.hpp\"\n#include <vector>\n", None),
    ("verifier", "server/verify/a.cpp", "#include \"costing/base/money.hpp\"\n", "only its own folder"),
    ("verifier", "server/verify/a.cpp", "#include \"../text/csv.hpp\"\n", "only its own folder"),
    ("verifier", "server/text/a.cpp", "#include \"server/verify/a.hpp\"\n", "may not use the verifier's code"),
]

# What stands beside the file that is judged.
BESIDE = {"together": {"costing/beside.hpp": "inline constexpr int kHeld = 2;\n",
                       "costing/beside.cpp": "namespace {\nconstexpr int kKept = 2;\n}  // namespace\n"}}

# (headers, expected words) for the check that each compiles alone.
HEADERS = [
    ({"a.hpp": "#include <string>\nstruct A { std::string a; };\n", "b.hpp": "#include \"costing/a.hpp\"\ninline A b;\n"}, None),
    ({"a.hpp": "#include <string>\n", "b.hpp": "inline std::string b;\n"}, "b.hpp:1: does not compile alone"),
    ({"a.hpp": "struct A {};\n", "b.hpp": "inline A b;\n"}, "b.hpp:1: does not compile alone"),
    ({"a.hpp": "struct A {};\n", "b.hpp": "struct A;\ninline A* b(A c) { return &c; }\n"}, "b.hpp:1: does not compile alone"),
    ({"a.hpp": "enum class A { x };\n", "b.hpp": "int b(A a);\n"}, "b.hpp:1: does not compile alone"),
    ({"a.hpp": "using A = int;\n", "b.hpp": "int b(A a);\n"}, "b.hpp:1: does not compile alone"),
    ({"a.hpp": "inline int a() { return 1; }\n", "b.hpp": "inline int b = a();\n"}, "b.hpp:1: does not compile alone"),
    ({"a.hpp": "inline constexpr int kA = 1;\n", "b.hpp": "inline int b = kA;\n"}, "b.hpp:1: does not compile alone"),
    ({"a.hpp": "struct A {};\n"}, "a.hpp:1: does not compile alone"),
]

# (code, expected words) for the check of compiled archives.
COMPILED = [
    ("int f(int a) { return a + 1; }\n", None),
    ("#include <cstdio>\nvoid* f() { return std::fopen(\"x\", \"r\"); }\n", "fopen"),
    ("#include <chrono>\nlong f() { return std::chrono::steady_clock::now().time_since_epoch().count(); }\n", "reads a clock"),
    ("#include <fstream>\nvoid f() { std::ofstream out(\"x\"); }\n", "reads or writes files"),
    ("#include <thread>\nvoid f() { std::thread t([] {}); t.join(); }\n", "owns threads"),
    ("#include <cstdlib>\nconst char* f() { return std::getenv(\"X\"); }\n", "getenv"),
]


def wrong(case, outcome, expected):
    """What is wrong with the outcome of a check, or None."""
    if expected is None:
        return f"{case}: refused, but it is in order:\n{outcome.stdout}{outcome.stderr}" if outcome.returncode else None
    if outcome.returncode != 1 or expected not in outcome.stdout:
        return f"{case}: should be refused with `{expected}`, but said:\n{outcome.stdout}{outcome.stderr}"
    return None


def run_check(check, *arguments):
    command = [sys.executable, "-B", os.path.join(HERE, f"{check}_check.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def judge_tree(check, name, content, expected):
    with tempfile.TemporaryDirectory() as root:
        for leaf, text in {**BESIDE.get(check, {}), name: content}.items():
            path = os.path.join(root, leaf)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w", encoding="utf-8") as target:
                target.write(text)
        return wrong(f"{check} of {name} {content[:60]!r}", run_check(check, root), expected)


def judge_headers(compiler, texts, expected):
    with tempfile.TemporaryDirectory() as root:
        os.mkdir(os.path.join(root, "costing"))
        for leaf, text in texts.items():
            with open(os.path.join(root, "costing", leaf), "w", encoding="utf-8") as target:
                target.write(text if leaf == "a.hpp" and len(texts) == 1 else "#pragma once\n" + text)
        return wrong(f"headers {texts}", run_check("headers", root, compiler), expected)


def judge_archive(nm, compiler, code, expected):
    with tempfile.TemporaryDirectory() as root:
        source, member, archive = (os.path.join(root, leaf) for leaf in ("a.cpp", "a.o", "a.a"))
        with open(source, "w", encoding="utf-8") as target:
            target.write(code)
        subprocess.run([compiler, "-std=c++20", "-O2", "-c", source, "-o", member], check=True)
        subprocess.run(["ar", "rcs", archive, member], check=True)
        return wrong(f"symbols of {code!r}", run_check("symbols", nm, archive), expected)


def main(nm, compiler):
    outcomes = [judge_tree(*case) for case in CASES]
    outcomes += [judge_archive(nm, compiler, *case) for case in COMPILED]
    outcomes += [judge_headers(compiler, *case) for case in HEADERS]
    problems = [outcome for outcome in outcomes if outcome]
    print("\n".join(problems))
    print(f"{len(outcomes) - len(problems)} of {len(outcomes)} cases as expected")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
