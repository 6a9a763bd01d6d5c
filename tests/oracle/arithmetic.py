"""Numbers, tables and the two splitters of docs/method.md §1, written without the engine.

Why it exists: the oracle needs exact arithmetic of its own; whole numbers and `fractions`, nothing
that rounds by itself.
"""
import csv
import tomllib
from fractions import Fraction
from pathlib import Path

def scaled(text, scale):
    """The decimal `text` as a whole number of 10^-scale."""
    value = Fraction(text) * 10**scale
    if value.denominator != 1:
        raise ValueError(f"{text} has more than {scale} decimals")
    return value.numerator


def yuan(fen):
    return f"{'-' if fen < 0 else ''}{abs(fen) // 100}.{abs(fen) % 100:02d}"


def number(value, scale):
    """10^-scale units, trimmed: no trailing zeros, no bare point."""
    whole, rest = divmod(abs(value), 10**scale)
    digits = f"{rest:0{scale}d}".rstrip("0") if scale else ""
    return ("-" if value < 0 else "") + str(whole) + ("." + digits if digits else "")


def rounded(value):
    """Half away from zero."""
    size = int(abs(Fraction(value)) + Fraction(1, 2))
    return -size if value < 0 else size


def read_table(folder, name):
    path = Path(folder) / f"{name}.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def read_rules(folder, name):
    path = Path(folder) / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else None


def canonical_field(text):
    return '"' + text.replace('"', '""') + '"' if "," in text or '"' in text else text


def write_table(folder, name, header, rows):
    lines = sorted(",".join(canonical_field(str(f)) for f in row).encode() for row in rows)
    path = Path(folder) / f"{name}.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"\n".join([header.encode(), *lines]) + b"\n")


# ---- method §1: the two splitters ----------------------------------------------------------------


def apportion(total, parts):
    """`parts`: key -> weight. Largest remainder; ties: larger weight, then smaller key."""
    if total < 0:
        return {key: -share for key, share in apportion(-total, parts).items()}
    whole = sum(parts.values())
    if total == 0 or whole == 0:
        return {key: 0 for key in parts}
    shares = {key: total * weight // whole for key, weight in parts.items()}
    order = sorted(parts, key=lambda k: (-(total * parts[k] % whole), -parts[k], k.encode()))
    for key in order[: total - sum(shares.values())]:
        shares[key] += 1
    return shares


def cumulative_split(total, weights):
    whole, running, before, out = sum(weights), 0, 0, []
    for weight in weights:
        running += weight
        upto = abs(total) * running // whole
        upto = -upto if total < 0 else upto
        out.append(upto - before)
        before = upto
    return out


def nested_prefixes(components, weights):
    """For each entry the list of its component shares."""
    out, before, prefix = [[] for _ in weights], [0] * len(weights), 0
    for component in components:
        prefix += component
        split = cumulative_split(prefix, weights)
        for i, value in enumerate(split):
            out[i].append(value - before[i])
        before = split
    return out
