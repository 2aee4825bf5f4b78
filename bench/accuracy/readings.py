# SPDX-License-Identifier: BSD-2-Clause
"""Picks true and measured changes out of the cases' results."""
import math
from collections import defaultdict

from . import stats

# The scale at which the repeats of a metric are judged, px per mm.
SCALE = {"redness": 5, "erythema_area": 5, "lesion_density": 5,
         "pigment_spots": 5, "tone_evenness": 5, "ita": 5, "shine": 5,
         "texture": 8, "wrinkle_index": 8, "wrinkle_density": 8, "flakes": 8,
         "pore_density": 14, "pore_burden": 14}
DIRECTIONS = ("improved", "worse", "changed")
WITHHELD = ("not_measurable", "not_comparable", "too_early")
H_PER_LN_BLOOD = 13.74
# Metrics whose true change is a ratio that the truth of a region holds.
RATIOS = {"pigment_spots": "spot_burden", "pore_burden": "pore_burden",
          "texture": "relief_slope", "wrinkle_index": "wrinkle_index",
          "flakes": "flake_index"}


class Results:
    """The results of all cases that were measured."""

    def __init__(self, cases):
        self.cases = cases

    def of(self, study, topic=None, px_per_mm=None):
        return [c for c in self.cases
                if c["study"] == study and topic in (None, c["topic"])
                and px_per_mm in (None, c["px_per_mm"])]


def row(look, metric, region="face"):
    if not look or "rows" not in look:
        return None
    return next((m for m in look["rows"]
                 if m["metric"] == metric and m["region"] == region), None)


def change(m):
    """Change in what is compared, ln or the unit; None if withheld."""
    if not m or m["change"] is None:
        return None
    if m["scale"] == "linear":
        return m["change"]
    ratio = m["relative_change"]
    return None if ratio is None or ratio <= -1 else math.log1p(ratio)


def shown(m, value):
    """ln as per cent, the unit as it is."""
    return 100 * math.expm1(value) if m["scale"] == "log" else value


def true_change(case, look_name, m, before):
    """In the same terms as change(); None where the truth has none."""
    one = case["shots"][before]["regions"]
    other = case["shots"][look_name]["regions"]
    metric, region = m["metric"], m["region"]
    if metric == "redness":
        key = {"H": "ln_blood", "H_excess": "blood_excess_H"}.get(m["reading"])
        if key is None:
            return None
        factor = H_PER_LN_BLOOD if key == "ln_blood" else 1.0
        return factor * (other[region][key] - one[region][key])
    key = RATIOS.get(metric)
    if key is None or not one[region][key] or not other[region][key]:
        return None
    return math.log(other[region][key] / one[region][key])


def cheeks_redness(case, before, after):
    """True change of H of the two cheeks, by area."""
    total = area = 0.0
    for name in ("cheek_l", "cheek_r"):
        one = case["shots"][before]["regions"][name]
        other = case["shots"][after]["regions"][name]
        total += one["area_cm2"] * (other["ln_blood"] - one["ln_blood"])
        area += one["area_cm2"]
    return H_PER_LN_BLOOD * total / area


def doses(results, topic, metric, study="S2"):
    """By person, (true, measured) of the face's row: per cent or the unit."""
    groups = defaultdict(list)
    for case in results.of(study, topic):
        for name, look in case["looks"].items():
            m = row(look, metric)
            found = change(m)
            known = true_change(case, name, m, "base") if m else None
            if found is not None and known is not None:
                groups[case["seed"]].append((shown(m, known), shown(m, found)))
    return dict(groups)


def repeats(results, metric, px_per_mm=None):
    """Of one metric's face row: by person the changes between captures of the
    same skin, and the table of readings, a row a person."""
    changes, table = {}, []
    for case in results.of("S1", "repeats", px_per_mm or SCALE[metric]):
        looks = case["looks"]
        own = [change(row(looks.get(k), metric)) for k in ("01", "02", "12")]
        if all(v is not None for v in own):
            changes[case["seed"]] = own
            one, two = row(looks["01"], metric), row(looks["02"], metric)
            table.append([one["before"], one["after"], two["after"]])
    return changes, table


def relative_redness(results):
    """The same of H of the cheeks against the rest, without a card."""
    changes, table = {}, []
    for case in results.of("S1", "repeats", 5):
        looks = [case["looks"].get(k + " cheeks") for k in ("01", "02", "12")]
        rows = [row(look, "redness") for look in looks]
        own = [change(m) for m in rows]
        if all(v is not None for v in own):
            changes[case["seed"]] = own
            table.append([rows[0]["before"], rows[0]["after"],
                          rows[1]["after"]])
    return changes, table


def null_looks(results, px_per_mm=None):
    """Comparisons of skin that did not change, captured twice."""
    for case in results.of("S1", "repeats", px_per_mm):
        for name in ("01", "02", "12"):
            if name in case["looks"]:
                yield case, case["looks"][name]


def verdicts(looks, metric=None, region=None):
    """(false directions, rows told)."""
    false = told = 0
    for look in looks:
        for m in look["rows"]:
            if metric not in (None, m["metric"]) or \
                    region not in (None, m["region"]):
                continue
            if m["verdict"] in WITHHELD:
                continue
            told += 1
            false += m["verdict"] in DIRECTIONS
    return false, told


def coverage(looks, metric, region=None):
    """(intervals that hold 0, intervals)."""
    held = told = 0
    for look in looks:
        for m in look["rows"]:
            if m["metric"] == metric and region in (None, m["region"]) and \
                    m["ci95"] and None not in m["ci95"]:
                told += 1
                held += m["ci95"][0] <= 0 <= m["ci95"][1]
    return held, told


def sd_of(groups, log):
    """Within-person SD with its interval: per cent of ln, or the unit."""
    factor = 100.0 if log else 1.0
    flat = [v for g in groups.values() for v in g]
    value = factor * stats.within_sd(flat)
    low, high = stats.interval(list(groups.values()), stats.within_sd)
    return value, factor * low, factor * high, len(groups)


def listed(results, name, px_per_mm):
    """Judged lists of items of photographs at that scale (items.py)."""
    return [c["looks"]["items"][name]
            for c in results.of("S2", "lists", px_per_mm)
            if c["looks"].get("items")]


def listed_flakes(results):
    """Judged flakes of the photographs before they were treated."""
    return [c["looks"]["items"]["flakes"] for c in results.of("S2", "flakes")
            if c["looks"].get("items")]


def mapped(results, look, what):
    """Judged masks of photographs (maps.py), a list by person."""
    return [c["looks"][look]["maps"][what] for c in results.of("S2", "maps")
            if c["looks"].get(look)]


def lab(m_redness, m_ita, which):
    """L*, a*, b* of a look's face; None without a card."""
    try:
        return (m_ita["details"]["L_star"][which],
                m_redness["details"]["a_star"][which],
                m_ita["details"]["b_star"][which])
    except (KeyError, TypeError):
        return None
