"""Payment of a case by a policy file, from docs/payment.md only, in exact fractions.

Why it exists: the engine that will read policy files is to be compared with this writing.
"""
import tomllib
from fractions import Fraction
from pathlib import Path


class PolicyError(ValueError):
    """The file has a gap, an overlap or an end."""


def rounded(value, step=Fraction(1, 100)):
    """To whole steps, halves away from zero."""
    count = abs(value) / step + Fraction(1, 2)
    return (count.numerator // count.denominator) * step * (1 if value >= 0 else -1)


class Policy:
    def __init__(self, path):
        self.settings = tomllib.loads(Path(path).read_text(encoding="utf-8"))
        self.bands = self.settings["band"]
        low = Fraction(0)
        for band in self.bands[:-1]:
            if "to" not in band or Fraction(band["to"]) <= low:
                raise PolicyError(f"{self.settings['id']}: bands leave a gap or overlap at {band}")
            low = Fraction(band["to"])
        if "to" in self.bands[-1]:
            raise PolicyError(f"{self.settings['id']}: the last band ends at {self.bands[-1]['to']}")

    def band_of(self, ratio):
        for band in self.bands:
            end = Fraction(band["to"]) if "to" in band else None
            if end is None or ratio < end or (ratio == end and band.get("to_inclusive", False)):
                return band
        raise AssertionError("the last band has no end")

    def payment(self, *, score, value, charge, reference=None, hospital=1, auxiliary=1,
                primary_care=False):
        """Yuan, as a fraction of whole fen."""
        s, v, c = Fraction(score), Fraction(value), Fraction(charge)
        h = Fraction(1)
        for name in self.settings.get("coefficients", []):
            if not (name == "hospital" and primary_care
                    and self.settings.get("primary_care_without_hospital", False)):
                h *= Fraction(hospital if name == "hospital" else auxiliary)
        ratio = c / (s * h * v if self.settings["ratio_to"] == "standard" else Fraction(reference))
        band = self.band_of(ratio)
        if band["formula"] == "charge":
            return c
        p, q, r = (Fraction(band.get(k, "0")) for k in "pqr")
        points = s * (p * ratio + q + r * h) * (h if band.get("times_h", False) else 1)
        if "cap" in self.settings:
            points = min(points, Fraction(self.settings["cap"]["times_standard"]) * s * h)
        return max(rounded(points * v), Fraction(0))

    def ungrouped(self, charge):
        return rounded(Fraction(charge) * Fraction(self.settings["ungrouped"]["charge_share"]))


def point_value(fund, pay_share, points):
    return rounded(Fraction(fund) / Fraction(pay_share) / Fraction(points), Fraction(1, 10_000))
