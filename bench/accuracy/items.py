# SPDX-License-Identifier: BSD-2-Clause
"""Spots, papules, pores and flakes as found, against those of the truth.

A find within `reach` or the radius of a true item is that item, nearest first.
What the truth holds but is weaker than what must be found, or is turned away,
counts neither as missed nor, when found, as false; a find that is smaller than
what must be found is not false either.  Only named regions count: the truth's
for what must be found, and the analyser's for what is false.  Their borders
differ by a mm or two, so what lies between them is judged by its place alone.
"""
import csv
import io
import math

import numpy as np

LEAST_FACING = 0.55
# Optical density in the middle of a pit: docs/phantom.md.
HOLLOW = 0.30


def spot_counts(row):
    return 1.5 <= row["diameter_mm"] <= 8 and row["ln_melanin"] >= \
        math.log(1.15)


def papule_counts(row):
    return row["diameter_mm"] >= 1.5 and 13.74 * row["ln_blood"] >= 6


def pore_counts(row):
    return row["diameter_mm"] >= 0.2 and \
        HOLLOW * row["depth_mm"] / row["diameter_mm"] >= -math.log10(0.9)


def flake_counts(row):
    return row["diameter_mm"] >= 0.5 and row["reflectance"] >= 0.03


# kinds as found, list of the truth, what must be found, reach in mm, and how
# large a find of nothing must be to be false
LISTS = {
    "spots": (("spot",), "spots", spot_counts, 1.0, 0.0),
    "papules": (("lesion",), "papules", papule_counts, 1.5, 0.0),
    "pores": (("pore",), "pores", pore_counts, 0.25, 0.0),
    "flakes": (("flake",), "flakes", flake_counts, 0.5, 0.5),
}


def true_items(photo, name):
    """All items of a list."""
    columns = photo[name]["columns"]
    return [dict(zip(columns, values)) for values in photo[name]["rows"]]


def pairs_of(found, true, reach, scale):
    """Indices of nearest pairs, each side used once; reach in px."""
    if not found or not true:
        return []
    a = np.array([[f["x"], f["y"]] for f in found])
    b = np.array([[t["x"], t["y"]] for t in true])
    limit = np.maximum(reach, 0.5 * scale *
                       np.array([t["diameter_mm"] for t in true]))
    near = []
    for i, place in enumerate(a):
        apart = np.hypot(*(b - place).T)
        near += [(apart[j], i, int(j)) for j in np.flatnonzero(apart <= limit)]
    used_a, used_b, out = set(), set(), []
    for _, i, j in sorted(near):
        if i not in used_a and j not in used_b:
            used_a.add(i)
            used_b.add(j)
            out.append((i, j))
    return out


def judge_list(found, photo, name):
    kinds, truth, counts, reach, least = LISTS[name]
    own = [f for f in found if f["kind"] in kinds]
    true = true_items(photo, truth)
    scale = photo["px_per_mm"]
    pairs = pairs_of(own, true, reach * scale, scale)
    must = [t["region"] != 255 and t["facing"] >= LEAST_FACING and counts(t)
            for t in true]
    hits = [(i, j) for i, j in pairs if must[j]]
    alone = set(range(len(own))) - {i for i, _ in pairs}
    return {"hits": len(hits), "missed": sum(must) - len(hits),
            "false": sum(own[i]["named"] and own[i]["size_mm"] >= least
                         for i in alone),
            "size": [(own[i]["size_mm"], true[j]["diameter_mm"])
                     for i, j in hits]}


def judge(text, photo):
    """What `cutis measure -f items` printed, list by list."""
    found = []
    for row in csv.DictReader(io.StringIO(text)):
        if row.get("seen", "1") == "1":
            found.append({"kind": row["kind"], "x": float(row["x"]),
                          "y": float(row["y"]),
                          "size_mm": float(row["size_mm"]),
                          "named": row["region"] not in ("", "face")})
    return {name: judge_list(found, photo, name) for name in LISTS}


def f1(counts):
    """F1 of a list of judged photographs; NaN without any item."""
    hits = sum(c["hits"] for c in counts)
    wrong = sum(c["missed"] + c["false"] for c in counts)
    return 2 * hits / (2 * hits + wrong) if hits + wrong else math.nan
