"""Why this file: a month stands on the one before. Money must not be able to change between them: prior/ is tied to its
result by the listing in its manifest, and by --previous to the result itself.
"""
import hashlib
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

PROGRAM, VERIFIER = sys.argv[1:3]
outcomes = []


def claim(name, holds, detail=""):
    outcomes.append(bool(holds))
    print(("PASS " if holds else "FAIL ") + name + ("" if holds else f": {detail}"))


def run(*arguments):
    return subprocess.run([str(a) for a in arguments], capture_output=True, text=True, check=False)


def compute(demo, period, out):
    return run(PROGRAM, "compute", demo / period, "--rules", demo / "rules", "--out", out)


def verify(demo, result, *options):
    return run(VERIFIER, result, "--month", demo / "2026-09", "--rules", demo / "rules", *options)


def raise_pool(prior):
    """Adds 1,000,000.00 to the carried pool, as somebody with a text editor would."""
    path = prior / "carried_pools.csv"
    header, row = path.read_text("utf-8").splitlines()
    pool, name, amount = row.rsplit(",", 2)
    path.write_text(f"{header}\n{pool},{name},{int(float(amount)) + 1000000}.00\n", "utf-8")


def forge_listing(prior):
    """Makes the manifest agree with the edited tables, all hashes anew."""
    path = prior / "manifest.json"
    manifest = json.loads(path.read_text("utf-8"))
    for name in manifest["tables"]:
        if name.startswith("closing/"):
            data = (prior / name[len("closing/"):]).read_bytes()
            manifest["tables"][name] = hashlib.sha256(data).hexdigest()
    lines = "".join(f"{n} {h}\n" for n, h in sorted(manifest["tables"].items()))
    manifest["result_hash"] = hashlib.sha256(lines.encode()).hexdigest()
    path.write_text(json.dumps(manifest), "utf-8")


def main():
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        demo = work / "demo"
        run(PROGRAM, "demo", demo, "--size", "clinic", "--months", "2", "--seed", "5")
        august, september = work / "august", work / "september"
        claim("August computes", compute(demo, "2026-08", august).returncode == 0)
        claim("September computes on August", compute(demo, "2026-09", september).returncode == 0)
        said = verify(demo, september, "--previous", august)
        claim("the chain is accepted", said.returncode == 0, said.stdout)
        claim("and says where prior/ comes from", str(august) in said.stdout)

        edited = work / "edited"
        shutil.copytree(demo, edited)
        raise_pool(edited / "2026-09" / "prior")
        said = compute(edited, "2026-09", work / "out1")
        claim("an edited prior/ stops the month", said.returncode == 1
              and "prior_differs_from_result" in said.stderr, said.stderr[-300:])
        claim("and nothing is written", not (work / "out1").exists())

        forge_listing(edited / "2026-09" / "prior")
        out = work / "out2"
        said = compute(edited, "2026-09", out)
        claim("a forged listing can be computed", said.returncode == 0, said.stderr[-300:])
        said = verify(edited, out)
        claim("and agrees with itself", said.returncode == 0, said.stdout[-300:])
        said = verify(edited, out, "--previous", august)
        claim("but --previous refuses it", said.returncode == 1 and "result_hash" in said.stdout,
              said.stdout[-300:])
        said = verify(demo, september, "--previous", september)
        claim("--previous of another result is refused", said.returncode == 1)
    passed = sum(outcomes)
    print(f"{passed} passed, {len(outcomes) - passed} failed")
    return 0 if all(outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())
