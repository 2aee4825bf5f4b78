# SPDX-License-Identifier: BSD-2-Clause
"""Acceptance of method sections 1 to 3: colour, redness, pigment."""
import math

from . import albedo, items, stats
from . import readings as rd
from .row import judged

CARD = "a smartphone app's limit is ΔE*ab 1.90 (Hashimoto 2024)"


def count_of(groups):
    return f"{sum(map(len, groups.values()))} of {len(groups)} people"


def slope_row(section, what, groups, limit, anchor="", wanted=1.0):
    pairs = [p for g in groups.values() for p in g]
    line = stats.fit(*zip(*pairs)) if pairs else stats.fit([], [])
    low, high = stats.interval(list(groups.values()),
                               lambda g: stats.fit(*zip(*g)).slope)
    return judged(section, what, line.slope, limit, count_of(groups), "", low,
                  high, anchor, wanted=wanted)


def r2_row(section, what, groups, limit, anchor=""):
    pairs = [p for g in groups.values() for p in g]
    line = stats.fit(*zip(*pairs)) if pairs else stats.fit([], [])
    low, high = stats.interval(list(groups.values()),
                               lambda g: stats.fit(*zip(*g)).r2)
    return judged(section, what, line.r2, limit, count_of(groups), "", low,
                  high, anchor, least=True)


def bias_row(section, what, groups, limit, unit, anchor=""):
    pairs = [p for g in groups.values() for p in g]
    mean = lambda g: sum(m - t for t, m in g) / len(g)
    value = mean(pairs) if pairs else math.nan
    low, high = stats.interval(list(groups.values()), mean)
    return judged(section, what, value, limit, count_of(groups), unit, low,
                  high, anchor)


def sd_row(section, what, changes, limit, unit, log, anchor=""):
    value, low, high, people = rd.sd_of(changes, log)
    return judged(section, what, value, limit, f"{people} people × 3", unit,
                  low, high, anchor)


def icc_row(section, what, table, anchor=""):
    value = stats.icc21(table) if table else math.nan
    low, high = stats.interval([[r] for r in table], stats.icc21)
    return judged(section, what, value, 0.95, f"{len(table)} people × 3", "",
                  low, high, anchor, least=True)


def colour_differences(results):
    """CIEDE2000 of the face's medians between repeats, by person."""
    groups = {}
    for case, look in rd.null_looks(results, 5):
        m, ita = rd.row(look, "redness"), rd.row(look, "ita")
        one, two = rd.lab(m, ita, "before"), rd.lab(m, ita, "after")
        if one and two and None not in one + two:
            groups.setdefault(case["seed"], []).append(
                stats.ciede2000(one, two))
    return groups


def f1_row(section, what, counts, least, anchor=""):
    low, high = stats.interval([[c] for c in counts], items.f1)
    hits, missed, false = (sum(c[k] for c in counts)
                           for k in ("hits", "missed", "false"))
    return judged(section, what, items.f1(counts), least, f"{hits} found, {missed} missed, {false} false", "",
                  low, high, anchor, least=True)


def chart_rows(results):
    """White balance and exposure far off, a chart in both photographs."""
    apart, redder = [], []
    for case in results.of("S4", "chart"):
        for look in case["looks"].values():
            m, ita = rd.row(look, "redness"), rd.row(look, "ita")
            one, two = rd.lab(m, ita, "before"), rd.lab(m, ita, "after")
            if one and two and None not in one + two:
                apart.append(stats.ciede2000(one, two))
            if rd.change(m) is not None and m["reading"] == "H":
                redder.append(abs(rd.change(m)))
    what = "gains ±20 %, −1 to +½ EV, a chart in both: "
    yield judged("1", what + "ΔE00 of skin, largest",
                 max(apart, default=math.nan), 0.5, f"{len(apart)} pairs",
                 "ΔE00", anchor=CARD)
    yield judged("1", what + "change of H, largest",
                 max(redder, default=math.nan), 0.5, f"{len(redder)} pairs",
                 "H")


def section_1(results, tests):
    t = tests.row
    yield t("1", "CIEDE2000: Sharma's 34 pairs", "error ≤ 1e-4, symmetric to "
            "1e-9", "colour", "the_34_pairs_of_sharma_have_their_difference")
    yield t("1", "sRGB to CIELAB, anchors", "≤ 0.01", "colour",
            "lab_of_srgb_is_that_of_the_anchors")
    yield t("1", "8-bit round trip", "exact", "colour",
            "all_256_levels_of_srgb_come_back")
    yield t("1", "own path against lcms2, sRGB", "≤ 0.002 linear", "spaces",
            "our_own_path_agrees_with_lcms2")
    yield t("1", "Display P3 against sRGB, same colour", "ΔE00 ≤ 0.3",
            "spaces", "a_tagged_chart_is_the_same_colour_in_every_space")
    yield t("1", "chart on simulated cameras", "ΔE00 ≤ 1.2, with roots ≤ 1.0",
            "chart", "a_fit_is_that_of_numpy")
    yield t("1", "exposure ×½ to ×2 under a chart", "ΔE00 changes < 0.05",
            "chart", "exposure_does_not_matter")
    yield from chart_rows(results)
    groups = colour_differences(results)
    flat = [v for g in groups.values() for v in g]
    rms = lambda g: math.sqrt(sum(v * v for v in g) / len(g) / 2)
    low, high = stats.interval(list(groups.values()), rms)
    yield judged("1", "repeat captures with a card, SD of ΔE00",
                 rms(flat) if flat else math.nan, 0.5, count_of(groups),
                 "ΔE00", low, high, CARD)


def tone_lines(results, factor, prefix=""):
    """By class of tone, (true, measured) H_rel of the cheeks."""
    found = {}
    for case in results.of("S5"):
        polarised = case["topic"].startswith("polarised ")
        if polarised != bool(prefix):
            continue
        m = rd.row(case["looks"].get(factor), "redness")
        value = rd.change(m)
        if value is None:
            continue
        known = rd.cheeks_redness(case, "c0", factor)
        found.setdefault(case["topic"].replace("polarised ", ""), {})[
            case["seed"]] = [(known, value)]
    return found


def ratio(groups):
    pairs = [p for g in groups.values() for p in g]
    return sum(m for _, m in pairs) / sum(t for t, _ in pairs)


def tone_rows(results):
    plain = tone_lines(results, "blood")
    for name, groups in plain.items():
        limit = 0.15 if name == "dark" else 0.10
        low, high = stats.interval(
            list(groups.values()),
            lambda g: sum(m for _, m in g) / sum(t for t, _ in g))
        yield judged("2", f"slope on {name} skin, blood ×1.5, H_rel",
                     ratio(groups), limit, f"{len(groups)} people", "", low,
                     high, wanted=1.0)
    for name, groups in tone_lines(results, "blood", "polarised").items():
        yield judged("2", f"slope, polarised, {name} skin", ratio(groups), 0.15,
                     f"{len(groups)} people", "", wanted=1.0)
    for name, groups in tone_lines(results, "melanin").items():
        flat = [m for g in groups.values() for _, m in g]
        value = 100 * sum(flat) / len(flat) / (13.74 * math.log(1.5))
        low, high = stats.interval(
            list(groups.values()),
            lambda g: 100 * sum(m for _, m in g) / len(g) / 5.571)
        if name in ("brown", "dark"):
            row = judged("2", f"melanin +20 % leaks into H_rel, {name} skin",
                         value, 40, f"{len(groups)} people", "%", low, high)
            row.accepted, row.met = "reported, in the SE", "–"
            yield row
        else:
            yield judged("2", f"melanin +20 % leaks into H_rel, {name} skin",
                         value, 10, f"{len(groups)} people",
                         "% of a +50 % blood signal", low, high)


def cheeks_bias(results, kind):
    """By person (true, measured) of the cheeks, as PNG or as JPEG."""
    groups = {}
    for case in results.of("S2", "cheeks"):
        for dose in ("0.7", "1.4"):
            name = f"{kind} {dose}"
            found = rd.change(rd.row(case["looks"].get(name), "redness"))
            if found is not None:
                known = rd.cheeks_redness(case, kind, name)
                groups.setdefault(case["seed"], []).append((known, found))
    return groups


def section_2(results, _tests):
    visia = "VISIA red areas, week to week: 2-4 % (Henseler)"
    derma = "DermaLab vascularity ICC 0.29-0.42 (Gankande 2014)"
    blood = rd.doses(results, "blood", "redness")
    yield r2_row("2", "redness against blood ×0.5 to ×2, r²", blood, 0.99)
    yield slope_row("2", "redness, slope over all people", blood, 0.10)
    yield from tone_rows(results)
    yield bias_row("2", "H of the cheeks, bias, PNG with a card",
                   cheeks_bias(results, "png"), 0.05, "H")
    yield bias_row("2", "H_rel of the cheeks, bias, JPEG Q95",
                   cheeks_bias(results, "jpeg"), 0.6, "H", visia)
    changes, table = rd.relative_redness(results)
    yield sd_row("2", "H_rel, SD of one capture", changes, 0.25, "H", False,
                 visia)
    yield icc_row("2", "H_rel, ICC(2,1)", table, derma)
    changes, table = rd.repeats(results, "redness")
    yield icc_row("2", "H with a card, ICC(2,1)", table,
                  "Labscan a* ICC ≥ 0.5 (Li-Tsang 2003)")
    yield f1_row("2", "papules ≥ 1.5 mm and ≥ 6 H, F1, 8 px/mm",
                 rd.listed(results, "papules", 8), 0.90)


def ita_changes(results):
    return rd.repeats(results, "ita")


def gradient(results):
    values = [abs(100 * math.expm1(v)) for c in results.of("S4", "gradient")
              for v in [rd.change(rd.row(c["looks"].get("tilted"),
                                         "tone_evenness"))] if v is not None]
    return judged("3", "tone_evenness under ±15 % of light across 120 mm",
                  sum(values) / len(values) if values else math.nan, 3,
                  f"{len(values)} people", "%")


def true_ita(results):
    """By person, (true, measured) ITA of the face with a card, one capture
    after the other: the truth is of the skin as it is, in no shade."""
    groups = {}
    for case in results.of("S1", "repeats", 5):
        for name, look in case["looks"].items():
            m = rd.row(look, "ita")
            if name in ("01", "12") and m and m["before"] is not None:
                known = albedo.ita(case["shots"]["c" + name[0]]["regions"]
                                   ["face"])
                groups.setdefault(case["seed"], []).append((known, m["before"]))
    return groups


def ita_changes_of_melanin(results):
    """By person, (true, measured) change of the face's ITA."""
    groups = {}
    for case in results.of("S2", "melanin"):
        one = albedo.ita(case["shots"]["base"]["regions"]["face"])
        for name, look in case["looks"].items():
            found = rd.change(rd.row(look, "ita"))
            if found is not None:
                other = albedo.ita(case["shots"][name]["regions"]["face"])
                groups.setdefault(case["seed"], []).append((other - one, found))
    return groups


def ita_rows(results):
    yield bias_row("3", "ITA of the face with a card, against the skin's own, "
                   "bias", true_ita(results), 0.5, "°")
    row = slope_row("3", "change of ITA against the skin's own, melanin −40 to "
                    "+40 %, slope", ita_changes_of_melanin(results), 0.1)
    row.accepted, row.met = "reported", "–"
    yield row


def section_3(results, _tests):
    brown = "VISIA brown spots < 2 %, spots ~6 % (Henseler)"
    yield f1_row("3", "spots of 1.5-8 mm and ≥ 15 % melanin, F1, 8 px/mm",
                 rd.listed(results, "spots", 8), 0.92)
    sizes = [s for c in rd.listed(results, "spots", 8) for s in c["size"]]
    found, true = (sum(s[i] ** 2 for s in sizes) for i in (0, 1))
    yield judged("3", "area of the spots found, bias",
                 100 * (found / true - 1) if true else math.nan, 5,
                 f"{len(sizes)} spots", "%")
    spots = rd.doses(results, "spots", "pigment_spots")
    yield r2_row("3", "spot burden against the truth, r²", spots, 0.99)
    changes, _ = rd.repeats(results, "pigment_spots")
    yield sd_row("3", "spot burden, repeat CV", changes, 3, "%", True, brown)
    yield from ita_rows(results)
    changes, _ = ita_changes(results)
    yield sd_row("3", "ITA with a card, repeat SD", changes, 0.8, "°", False,
                 "smartphone ITA ICC .78 → .93 (arXiv 2512.21988)")
    yield gradient(results)
