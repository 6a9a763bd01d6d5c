"""Why this file: the tiny month that docs/month-folder.md explains must stay true: it computes with
the one warning that the page names, is accepted, and prints the figures that both pages name.

usage: example_test.py YUANLIU YUANLIU_VERIFY
"""
import pathlib
import sys

import hospital

DOCS = pathlib.Path(__file__).parents[2] / "docs"
EXAMPLE = DOCS / "example-month"
# What each page says, and what the program prints in that page's language.
FIGURES = {
    "month-folder.md": ("en", "direct cost 2,090.00", "real margin of J18.9-0 30.00"),
    "month-folder.zh.md": ("zh", "直接成本 2,090.00", "J18.9-0 实际盈亏 30.00"),
}


def group_line_of(text, group):
    """The cells of the summary's line of a group; [] when there is none."""
    rows = [line for line in text.splitlines() if line.lstrip().startswith(group + " ")]
    return rows[0].split() if rows else []


def judge_page(suite, yuanliu, out, page):
    language, direct, margin = FIGURES[page]
    text = (DOCS / page).read_text("utf-8")
    suite.expect(f"{page} names both figures", direct in text and margin in text)
    done = yuanliu.run("compute", EXAMPLE / "month", "--rules", EXAMPLE / "rules", "--out", out,
                       "--lang", language)
    suite.expect(f"{page}: the example computes", done.returncode == 0, done.stdout + done.stderr)
    suite.expect(f"{page}: direct cost is printed as named", direct in done.stdout, done.stdout)
    suite.expect(f"{page}: real margin is printed as named",
                 margin.rsplit(" ", 1)[1] in group_line_of(done.stdout, "J18.9-0"), done.stdout)


def judge_result(suite, verify, out):
    codes = [finding["code"] for finding in hospital.read_json(out / "findings.json")["findings"]]
    suite.expect("the only finding is prior_missing", codes == ["prior_missing"], codes)
    group = [row for row in hospital.read_table(out / "group_profit.csv")
             if row["group"] == "J18.9-0"]
    suite.expect("group_profit.csv holds the real margin that the pages name",
                 [row["real_margin"] for row in group] == ["30.00"], group)
    done = verify.run(out, "--month", EXAMPLE / "month", "--rules", EXAMPLE / "rules", "--deep")
    suite.expect("yuanliu-verify --deep accepts it", done.returncode == 0,
                 done.stdout + done.stderr)


def test(suite, yuanliu, verify, scratch):
    for page in FIGURES:
        out = scratch / page
        judge_page(suite, yuanliu, out, page)
        judge_result(suite, verify, out)


if __name__ == "__main__":
    sys.exit(hospital.main_of(test, __doc__))
