# SPDX-License-Identifier: BSD-2-Clause
"""Acceptance of method sections 4 to 7: texture, pores, lines, shine."""
import math

from . import drawn
from . import readings as rd
from .row import judged
from .rows_colour import (bias_row, f1_row, icc_row, r2_row, sd_row,
                          slope_row)
from .stats import interval


def blur_changes(results, px_per_mm, metric, pair):
    values = []
    for case in results.of("S4", "blur", px_per_mm):
        v = rd.change(rd.row(case["looks"].get(pair), metric))
        if v is not None:
            values.append(100 * math.expm1(v))
    return values


def band_changes(results, band):
    """Per cent that a band changes where only blur does."""
    values = []
    for case in results.of("S4", "blur", 8):
        m = rd.row(case["looks"].get("0.08 0.12"), "texture")
        detail = (m or {}).get("details", {}).get(band)
        if detail and detail["before"] and detail["after"]:
            values.append(100 * (detail["after"] / detail["before"] - 1))
    return values


def blur_row(section, what, values, limit):
    mean = sum(values) / len(values) if values else math.nan
    return judged(section, what, mean, limit, f"{len(values)} people", "%")


def quiet(results):
    """Share of blur-only pairs whose texture has no direction."""
    rows = [rd.row(c["looks"].get("0.08 0.16"), "texture")
            for c in results.of("S4", "blur", 8)]
    told = [m for m in rows if m and m["change"] is not None]
    still = [m for m in told if m["verdict"] not in rd.DIRECTIONS]
    value = 100 * len(still) / len(told) if told else math.nan
    return judged("4", "blur .08 → .16 mm alone: no measurable change",
                  value, 95, f"{len(told)} of {len(rows)} pairs told", "%",
                  least=True)


def section_4(results, tests):
    visia = "VISIA texture < 2 % (Henseler)"
    t = tests.row
    yield t("4", "bands of a wave, closed form", "≤ 0.5 %", "texture",
            "waves_come_out_as_the_closed_form_says")
    yield t("4", "GLCM of Haralick's 4×4", "exact", "patterns",
            "features_are_haralicks")
    for band, limit in (("Sq_0.25", 2), ("Sq_0.5", 1), ("Sq_1", 1),
                        ("Sq_2", 1)):
        values = band_changes(results, band)
        yield blur_row("4", f"{band} after equalisation, blur .08 → .12 mm",
                       values, limit)
    relief = rd.doses(results, "relief", "texture")
    yield slope_row("4", "relief −30 to +30 %, plain skin, slope against the "
                    "height's (against the light at the lens: texture.md)",
                    relief, 0.03)
    yield r2_row("4", "relief −30 to +30 %, r²", relief, 0.995)
    changes, table = rd.repeats(results, "texture")
    yield sd_row("4", "texture, repeat CV", changes, 2, "%", True, visia)
    yield icc_row("4", "texture, ICC(2,1)", table, "PRIMOS > .85 (Bloemen 2011)")
    yield quiet(results)


def section_5(results, _tests):
    visia = "VISIA pores 2-4 % (Henseler)"
    yield f1_row("5", "pores of ≥ 10 %, blur .06 mm, F1, 16 px/mm",
                 rd.listed(results, "pores", 16), 0.90)
    yield f1_row("5", "pores of ≥ 10 %, F1, 12 px/mm",
                 rd.listed(results, "pores", 12), 0.85)
    for metric, name, limit in (("pore_density", "count", 4),
                                ("pore_burden", "burden", 3)):
        values = blur_changes(results, 14, metric, "0.06 0.1")
        yield blur_row("5", f"{name}, bias of blur .06 → .10 mm", values, limit)
    for metric, name, limit in (("pore_density", "count", 3),
                                ("pore_burden", "burden", 2.5)):
        changes, _ = rd.repeats(results, metric)
        yield sd_row("5", f"{name}, repeat CV", changes, limit, "%", True,
                     visia)
    pores = rd.doses(results, "pores", "pore_burden")
    yield r2_row("5", "burden against the truth, r²", pores, 0.98)
    sizes = [s for c in rd.listed(results, "pores", 16) for s in c["size"]]
    apart = [f - t for f, t in sizes]
    yield judged("5", "diameter, bias at 16 px/mm",
                 sum(apart) / len(apart) if apart else math.nan, 0.03,
                 f"{len(apart)} pores", "mm")


def quarter(results):
    """−25 % of depth: how far the reading is off, points of per cent."""
    groups = {}
    for case in results.of("S2", "wrinkles"):
        v = rd.change(rd.row(case["looks"].get("0.75"), "wrinkle_index"))
        if v is not None:
            groups[case["seed"]] = [(-25.0, 100 * math.expm1(v))]
    return groups


def line_rows(results):
    found = [c["lines"] for c in results.of("S2", "lines") if c.get("lines")]
    f1, jsi, longer = drawn.figures(found) if found else (math.nan,) * 3
    count = f"{len(found)} faces, {sum(v[0] for v in found):.0f} mm"
    ends = [interval([[v] for v in found],
                     lambda g, i=i: drawn.figures(g)[i]) for i in range(3)]
    yield judged("6", "lines of ≥ 2 cOD, F1 at 0.3 mm", f1, 0.90, count, "",
                 *ends[0], least=True)
    yield judged("6", "lines of ≥ 2 cOD, JSI", jsi, 0.82, count, "", *ends[1],
                 "HHF 75.67 %, coders agree to 93 % (ACCV 2014)", least=True)
    yield judged("6", "length density, bias", 100 * longer, 10, count, "%",
                 *(100 * v for v in ends[2]))


def section_6(results, _tests):
    visia = "VISIA wrinkles ~6 %, absolute score 3.4 % (Henseler)"
    yield from line_rows(results)
    lines = rd.doses(results, "wrinkles", "wrinkle_index")
    yield r2_row("6", "wrinkle index against the truth, r²", lines, 0.98)
    yield bias_row("6", "depth −25 %: off by", quarter(results), 4, "points")
    changes, _ = rd.repeats(results, "wrinkle_index")
    yield sd_row("6", "wrinkle index, repeat CV", changes, 4, "%", True, visia)
    values = blur_changes(results, 8, "wrinkle_index", "0.08 0.12")
    yield blur_row("6", "wrinkle index, blur .08 → .12 mm", values, 4)


def share(counts, part, whole):
    """In per cent, of the sums; NaN of nothing."""
    total = sum(c[whole] for c in counts)
    return 100 * sum(c[part] for c in counts) / total if total else math.nan


def iou_row(section, what, counts, least, pixels):
    low, high = interval([[c] for c in counts],
                         lambda g: share(g, "both", "either") / 100)
    return judged(section, what, share(counts, "both", "either") / 100, least,
                  f"{len(counts)} people, {sum(c[pixels] for c in counts)} px",
                  "", low, high, least=True)


def shine_rows(results):
    """Of oily faces under a flash: what glares is not measured."""
    oily = rd.mapped(results, "oily", "shine")
    yield iou_row("7", "left out as highlight against the method's mask of the "
                  "true shine, IoU", oily, 0.85, "known")
    yield judged("7", "clipped pixels in it", share(oily, "clipped_in",
                                                    "clipped"), 100,
                 f"{sum(c['clipped'] for c in oily)} px", "%", least=True)
    pairs = rd.mapped(results, "oily", "beside")
    mean = lambda g: sum(s for s, _ in g) / max(1, sum(n for _, n in g))
    value = mean(pairs) if any(n for _, n in pairs) else math.nan
    yield judged("7", "H within 2 mm of a highlight against 4-10 mm, bias",
                 value, 0.3, f"{len(pairs)} people", "H",
                 *interval([[p] for p in pairs], mean))


def section_7(results, _tests):
    yield from shine_rows(results)
    yield r2_row("7", "flake index against the truth, r²",
                 rd.doses(results, "flakes", "flakes"), 0.97,
                 "D-Squame against grades r .6-.75 (Black 2006)")
    yield f1_row("7", "flakes ≥ 0.5 mm and ≥ 0.03, F1, 8 px/mm",
                 rd.listed_flakes(results), 0.85)
    shine = rd_shine(results)
    yield judged("7", "shine +40 %: texture", shine["texture"], 2,
                 shine["n"], "%")
    yield judged("7", "shine +40 %: redness", shine["redness"], 0.4,
                 shine["n"], "H")


def rd_shine(results):
    found = {"texture": [], "redness": []}
    for case in results.of("S3"):
        for metric, values in found.items():
            m = rd.row(case["looks"].get("shine"), metric)
            v = rd.change(m)
            if v is not None:
                values.append(rd.shown(m, v))
    out = {k: sum(v) / len(v) if v else math.nan for k, v in found.items()}
    return {**out, "n": f"{len(found['redness'])} people"}
