# SPDX-License-Identifier: BSD-2-Clause
"""What the sweeps found, as a document in Markdown."""
import math
from dataclasses import dataclass

import numpy as np

from accuracy.stats import wilson

from .plan import LESS_IS_WORSE, LIMITS

ORDER = ("pass", "warn", "fail")
# check: design's number, unit, decimals, what is accepted of its value
SAID = {
    "yaw_pitch": ("G1", "°", 2, None), "roll": ("G2", "°", 2, None),
    "scale": ("G3", "%", 2, ("p95", 0.5)),
    "perspective": ("G4", "", 4, None),
    "resolution": ("G5", "%", 2, None),
    "exposure": ("G6", "OD", 4, None), "clipping": ("G7", "points", 2, None),
    "white_balance": ("G8", "%", 2, ("p95", 0.3)),
    "illumination": ("G9", "log10", 4, None),
    "light_direction": ("G10", "°", 2, ("p95", 1.5)),
    "focus": ("G11", "mm", 3, None),
    "blur_mismatch": ("G12", "mm", 4, ("RMS", 0.012)),
    "noise": ("G13", "cOD", 2, None), "jpeg": ("G14", "", 1, ("largest", 0.0)),
    "expression": ("G15", "of its limits", 2, None),
    "coverage": ("G16", "points", 1, None), "smoothing": ("G17", "", 2, None),
    "sharpening": ("G17", "", 2, None),
    "camera": ("G18", "", 0, None), "identity": ("G19", "", 0, None),
    "timing": ("G20", "d", 0, ("largest", 0)),
    "skin_colour": ("", "°", 2, None),
}


@dataclass
class Told:
    """One decision of one check."""
    check: str
    ramp: str
    seed: int
    photo: str
    true: float
    value: float
    verdict: str
    message: str
    kind: str = ""  # what else is true of the pair, where errors depend on it


def right(check, true):
    """The verdict that the true amount asks for."""
    passes, fails = LIMITS[check]
    if check in LESS_IS_WORSE:
        true, passes, fails = -true, -passes, -fails
    if check == "timing":  # three days are still too early
        return "pass" if true <= passes else "fail" if true >= fails else "warn"
    return "pass" if true <= passes else "fail" if true > fails else "warn"


def errors(check, rows):
    """Value less truth, in the unit of the table; those without a value out."""
    pairs = [(r.value, r.true) for r in rows if r.value is not None and
             check not in ("smoothing", "identity")]
    value, true = (np.array(v, float) for v in zip(*pairs)) if pairs else \
        (np.zeros(0), np.zeros(0))
    if check in ("scale", "white_balance"):
        factor = 1.0 if check == "scale" else math.log(10)
        return 100 * np.expm1(factor * np.abs(value - true))
    if check == "resolution":
        return 100 * (value / true - 1)
    return (value - true) * (100 if check == "coverage" else 1)


def figures(found):
    if not found.size:
        return {}
    size = np.abs(found)
    return {"RMS": float(np.sqrt(np.mean(size ** 2))),
            "p95": float(np.quantile(size, 0.95)), "largest": float(size.max())}


def wrong(rows):
    """(pass for fail or fail for pass, those that could be)."""
    ends = [r for r in rows if right(r.check, r.true) != "warn"]
    return sum({right(r.check, r.true), r.verdict} == {"pass", "fail"}
               for r in ends), len(ends)


def steps_back(rows):
    """Neighbours of one person's ramp whose verdict gets milder as the amount
    gets worse, and how many neighbours there are."""
    back = pairs = 0
    ramps = {}
    for r in rows:
        ramps.setdefault((r.seed, r.photo), []).append(r)
    for ramp in ramps.values():
        ramp.sort(key=lambda r: -r.true if r.check in LESS_IS_WORSE else r.true)
        for a, b in zip(ramp, ramp[1:]):
            if a.true != b.true:
                pairs += 1
                back += ORDER.index(b.verdict) < ORDER.index(a.verdict)
    return back, pairs


def share(k, n):
    low, high = (100 * v for v in wilson(k, n))
    return f"{k} of {n} [{low:.1f}, {high:.1f} %]"


def line(check, rows):
    number, unit, digits, accepted = SAID[check]
    size = figures(errors(check, rows))
    cells = [f"{size[k]:.{digits}f}" if size else "–"
             for k in ("RMS", "p95", "largest")]
    judged = "–"
    if accepted and size:
        figure, limit = accepted
        held = size[figure] <= limit
        judged = (f"{figure} ≤ {limit:g}: " + ("met" if held else "**missed**"))
    good = sum(right(check, r.true) == r.verdict for r in rows)
    silent = sum(r.value is None for r in rows)
    back, pairs = steps_back(rows)
    return " | ".join([f"| {number}", f"`{check}`", str(len(rows)), unit,
                       *cells, judged, f"{good} of {len(rows)}",
                       share(*wrong(rows)), f"{back} of {pairs}",
                       f"{silent} |"])


def main_table(rows):
    yield ("| design | check | n | unit of the error | RMS | p95 | largest | "
           "accepted | right verdict | pass for fail or fail for pass | steps "
           "back | no value |\n" + "|---" * 12 + "|")
    for check in SAID:
        of = [r for r in rows if r.check == check]
        if of:
            yield line(check, of)


def kind_lines(rows):
    """Errors by kind of pair."""
    for check, kind in sorted({(r.check, r.kind) for r in rows if r.kind}):
        of = [r for r in rows if (r.check, r.kind) == (check, kind)]
        number, unit, digits, accepted = SAID[check]
        size = figures(errors(check, of))
        cells = " | ".join(f"{size[k]:.{digits}f}"
                           for k in ("RMS", "p95", "largest"))
        figure, limit = accepted
        said = "met" if size[figure] <= limit else "**missed**"
        yield (f"| {number} | `{check}`, {kind} | {len(of)} | {unit} | {cells} "
               f"| {figure} ≤ {limit:g}: {said} | | | | |")


def pose_lines(turns):
    """The three angles by themselves, within a warning's limit and beyond."""
    for what, held in (("turned by 6° at most", lambda v: v <= 6),
                       ("by more", lambda v: v > 6)):
        for axis in ("yaw", "pitch", "roll"):
            size = figures(np.array([e[axis] for v, e in turns if held(v)]))
            if size:
                said = "met" if size["RMS"] <= 0.7 else "**missed**"
                yield (f"| G1, G2 | {axis}, {what} | "
                       f"{sum(held(v) for v, _ in turns)} | ° | "
                       f"{size['RMS']:.2f} | {size['p95']:.2f} | "
                       f"{size['largest']:.2f} | RMS ≤ 0.7: {said} | | | | |")


def misses(rows):
    """Every decision that is wrong from end to end."""
    for r in rows:
        if {right(r.check, r.true), r.verdict} == {"pass", "fail"}:
            value = "no value" if r.value is None else f"{r.value:.4g}"
            yield (f"* {r.check}, seed {r.seed}, {r.ramp}: true {r.true:.4g}, "
                   f"told {value}, {r.verdict}")
