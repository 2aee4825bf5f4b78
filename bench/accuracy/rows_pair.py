# SPDX-License-Identifier: BSD-2-Clause
"""Acceptance of method sections 8 to 12: regions, alignment, gates, verdicts."""
import math

import numpy as np

from . import gates
from . import readings as rd
from . import stats
from .cross import OWN, matrix
from .row import Row, absent, judged
from .rows_relief import iou_row, share
from .rows_colour import bias_row, icc_row, r2_row, sd_row


def section_8(results, tests):
    t = tests.row
    for look, what in (("plain", "skin mask, frontal regions, IoU"),
                       ("oily", "the same of oily faces under a flash")):
        yield iou_row("8", what, rd.mapped(results, look, "skin"), 0.95,
                      "either")
    skin = rd.mapped(results, "plain", "skin")
    yield judged("8", "eyes, brows, lips, nostrils in the mask",
                 share(skin, "false", "holes"), 2, f"{len(skin)} people", "%")
    yield t("8", "polygons' areas against the table", "± 1 %", "regions",
            "canonical_areas_are_those_of_the_table")
    yield t("8", "a patch of +12 H stays in", "≥ 99 %", "mask",
            "inflamed_skin_is_in")
    yield t("8", "skin of ITA −55 is found", "≥ 0.95", "mask",
            "skin_of_any_tone_and_size_is_in")
    yield t("8", "a mirrored picture mirrors", "exact", "mask",
            "a_mirrored_picture_gives_mirrored_planes")


def tre_row(section, what, results, topic, kind, figure, limit):
    """Worst person; the interval is the range over people."""
    found = [c["warp"][kind] for c in results.of("S6", topic) if c.get("warp")]
    values = [f[figure] for f in found]
    return judged(section, what, max(values, default=math.nan), limit,
                  f"worst of {len(values)} people, "
                  f"{sum(f['points'] for f in found)} points", "mm",
                  min(values, default=math.nan), max(values, default=math.nan))


def section_9(results, tests):
    yield tre_row("9", "TRE at 12 px/mm, median", results, "plain", "refined",
                  "median", 0.05)
    yield tre_row("9", "TRE at 12 px/mm, p95", results, "plain", "refined",
                  "p95", 0.10)
    yield tre_row("9", "TRE by landmarks alone, p95", results, "plain",
                  "landmarks", "p95", 2.0)
    yield tre_row("9", "TRE, twice as unlike, other light, −30 % relief: p95",
                  results, "hard", "refined", "p95", 0.15)
    yield tests.row("9", "the same photograph lies on itself", "≤ 0.002 mm",
                    "match", "the_same_photograph_lies_on_itself_exactly")


def pose_error(results):
    errors = []
    for case in results.of("S1", "repeats", 5) + results.of("S4", "sweep"):
        for name, look in case["looks"].items():
            ends = ("c" + name[0], "c" + name[1]) if case["study"] == "S1" \
                else ("base", name)
            if not set(ends) <= set(case["shots"]):
                continue
            for axis in ("yaw", "pitch"):
                found = look["photos"][1]["pose_deg"][axis] - \
                    look["photos"][0]["pose_deg"][axis]
                known = case["shots"][ends[1]]["pose_deg"][axis] - \
                    case["shots"][ends[0]]["pose_deg"][axis]
                errors.append(abs(found) - abs(known))
    return errors


def scale_error(results):
    errors = []
    for case in results.of("S1", "repeats", 5):
        for name in ("01", "02", "12"):
            look = case["looks"].get(name)
            if look:
                found = math.log(look["photos"][1]["px_per_mm"] /
                                 look["photos"][0]["px_per_mm"])
                known = math.log(case["shots"]["c" + name[1]]["px_per_mm"] /
                                 case["shots"]["c" + name[0]]["px_per_mm"])
                errors.append(100 * (found - known))
    return errors


def rms(values):
    return math.sqrt(sum(v * v for v in values) / len(values)) if values \
        else math.nan


def check_value(look, name):
    return next((c["value"] for c in look["checks"] if c["id"] == name), None)


def quality_error(results):
    """JPEG quality told against the one that was written, largest error."""
    worst, count = math.nan, 0
    for case in results.of("S4", "sweep"):
        for name, look in case["looks"].items():
            if not name.startswith("jpeg "):
                continue
            told = [c["value"] for c in look["checks"]
                    if c["id"] == "jpeg" and c["photo"] == "after"]
            if told and told[0] is not None:
                error = abs(told[0] - float(name[5:].split(",")[0]))
                worst, count = max(error, 0 if count == 0 else worst), count + 1
    return worst, count


def section_10(results, _tests):
    errors = pose_error(results)
    yield judged("10", "change of yaw and pitch, error, RMS", rms(errors), 0.7,
                 f"{len(errors)}", "°")
    errors = scale_error(results)
    yield judged("10", "change of scale, error, RMS", rms(errors), 0.5,
                 f"{len(errors)}", "%")
    errors = blur_errors(results)
    yield judged("10", "√Δσ² of blur, error, RMS", rms(errors), 0.012,
                 f"{len(errors)} pairs", "mm")
    errors = light_errors(results)
    yield judged("10", "change of the light's direction, error, p95",
                 float(np.quantile(errors, 0.95)) if errors else math.nan, 1.5,
                 f"{len(errors)} pairs, 0-15°", "°")
    yield white_row(results)
    yield decision_row(results)
    worst, count = quality_error(results)
    yield judged("10", "JPEG quality of the standard tables, largest error",
                 worst, 0, f"{count}", "")


def decision_row(results):
    found = gates.decisions(results, turn_of)
    rows = [row for check in found.values() for row in check]
    wrong = gates.wrong_way(rows)
    low, high = (100 * v for v in stats.wilson(wrong, len(rows)))
    return judged("10", "decision error of the checks, pass for fail or fail "
                  "for pass", 100 * wrong / len(rows) if rows else math.nan, 1,
                  f"{len(rows)} pairs, {len(found)} checks", "%", low, high)


def blur_errors(results):
    """What the check says less the truth, of pairs that differ in blur."""
    errors = []
    for case in results.of("S4", "blur"):
        for name, look in case["looks"].items():
            value = check_value(look, "blur_mismatch")
            if value is not None:
                one, two = (float(v) for v in name.split())
                errors.append(value - math.sqrt(two * two - one * one))
    return errors


def turn_of(one, other):
    """Angle between the mean lights of two captures, degrees."""
    means = []
    for lamps in (one, other):
        at = np.zeros(3)
        for azimuth, elevation, strength in lamps:
            a, e = math.radians(azimuth), math.radians(elevation)
            at += strength * np.array([math.cos(e) * math.sin(a), math.sin(e),
                                       math.cos(e) * math.cos(a)])
        means.append(at / np.linalg.norm(at))
    return math.degrees(math.acos(min(1.0, float(means[0] @ means[1]))))


def light_errors(results):
    errors = []
    for case in results.of("S4", "sweep"):
        for name, look in case["looks"].items():
            value = check_value(look, "light_direction")
            if name.startswith("light ") and value is not None:
                known = turn_of(case["shots"]["base"]["lamps"],
                                case["shots"][name]["lamps"])
                errors.append(abs(value - known))
    return errors


def white_row(results):
    errors = []
    for case in results.of("S4", "sweep"):
        for name, look in case["looks"].items():
            value = check_value(look, "white_balance")
            if name.startswith("white ") and value is not None:
                r, g, b = case["shots"][name]["white_balance"]
                known = max(abs(math.log10(r / g)), abs(math.log10(b / g)))
                errors.append(100 * (10 ** abs(value - known) - 1))
    return judged("10", "white balance between cards, error",
                  max(errors) if errors else math.nan, 0.3, f"{len(errors)}",
                  "%")


def false_rows(results):
    for metric, px_per_mm in rd.SCALE.items():
        looks = [look for _, look in rd.null_looks(results, px_per_mm)]
        false, told = rd.verdicts(looks, metric)
        if not told:
            yield absent("11", f"{metric}: false verdicts, all regions",
                         "≤ 5 % + 1.64 SE", "no repeat of this run tells it")
            continue
        limit = 100 * (0.05 + 1.64 * math.sqrt(0.05 * 0.95 / told))
        low, high = stats.wilson(false, told)
        row = judged("11", f"{metric}: false verdicts, all regions",
                     100 * false / told, limit, f"{told} rows", "%",
                     100 * low, 100 * high)
        row.accepted = f"≤ 5 % + 1.64 SE = {limit:.1f} %"
        yield row


def score_row(results):
    looks = [look for _, look in rd.null_looks(results)]
    told = [look for look in looks
            if look["progress"]["verdict"] not in rd.WITHHELD]
    false = [k for k in told if k["progress"]["verdict"] in rd.DIRECTIONS]
    if not told:
        return absent("11", "score: false verdicts", "≤ 5 % + 1.64 SE",
                      "no repeat of this run has a score")
    low, high = stats.wilson(len(false), len(told))
    limit = 100 * (0.05 + 1.64 * math.sqrt(0.05 * 0.95 / len(told)))
    row = judged("11", "score: false verdicts", 100 * len(false) / len(told),
                 limit, f"{len(told)} pairs", "%", 100 * low, 100 * high)
    row.accepted = f"≤ 5 % + 1.64 SE = {limit:.1f} %"
    return row


def coverage_row(results):
    held = told = 0
    for metric, px_per_mm in rd.SCALE.items():
        looks = [look for _, look in rd.null_looks(results, px_per_mm)]
        h, n = rd.coverage(looks, metric, "face")
        held, told = held + h, told + n
    if not told:
        return absent("11", "intervals that hold 0, face rows", "93-97 %",
                      "no repeats in this run")
    low, high = stats.wilson(held, told)
    value = 100 * held / told
    met = "met" if 93 <= value <= 97 else \
        "wider than needed: priors, no site profile" if value > 97 else \
        f"**missed by {93 - value:.1f} %**"
    return Row("11", "intervals that hold 0, face rows, priors",
               "93-97 % with a site profile",
               f"{value:.1f} % [{100 * low:.1f}, {100 * high:.1f}]",
               f"{told} rows", met)


def power_row(results, topic, dose, metric, words):
    rows = [rd.row(c["looks"].get(dose), metric)
            for c in results.of("S2", topic)]
    told = [m for m in rows if m and m["change"] is not None]
    hits = [m for m in told if m["verdict"] in rd.DIRECTIONS]
    value = 100 * len(hits) / len(told) if told else math.nan
    low, high = (100 * v for v in stats.wilson(len(hits), len(told)))
    return judged("11", f"{words} is told, one capture each", value, 80,
                  f"{len(told)} people", "%", low, high, least=True)


def exact_rows(results, tests):
    for name, what in (("same", "the same photograph: largest change"),
                       ("swap", "before and after swapped: largest sum")):
        worst = math.nan
        for case in results.of("S1"):
            looks = case["looks"]
            if name not in looks:
                continue
            for m in looks[name]["rows"]:
                value = m["change"]
                if name == "swap" and value is not None:
                    value += rd.row(looks["01"], m["metric"],
                                    m["region"])["change"]
                if value is not None:
                    worst = max(abs(value), 0 if math.isnan(worst) else worst)
        yield judged("11", what, worst, 0, "S1, first person")
    yield tests.row("11", "bits do not depend on threads or instruction set",
                    "exact", "signal", "threads_tables_and_place_do_not_show")


def section_11(results, tests):
    yield from false_rows(results)
    yield score_row(results)
    yield coverage_row(results)
    yield power_row(results, "relief", "0.85", "texture", "relief −15 %")
    yield power_row(results, "blood", "1.25", "redness", "blood +25 %")
    yield power_row(results, "blood", "0.8", "redness", "blood −20 %")
    yield from exact_rows(results, tests)


# metric, S2 topic, bias and r2 accepted, repeat CV or SD accepted, anchor
OVERALL = (
    ("redness", "blood", None, 0.99, None, "VISIA red areas 2-4 %"),
    ("texture", "relief", 2, 0.99, 2, "VISIA texture < 2 %"),
    ("pigment_spots", "spots", 2, 0.99, 3, "VISIA spots ~6 %"),
    ("pore_burden", "pores", 2, 0.98, 2.5, "VISIA pores 2-4 %"),
    ("wrinkle_index", "wrinkles", 4, 0.98, 4, "VISIA wrinkles ~6 %"),
)


def section_12(results, _tests):
    for metric, topic, bias, r2, cv, anchor in OVERALL:
        groups = rd.doses(results, topic, metric)
        if bias:
            yield bias_row("12", f"{metric}: bias of true changes", groups,
                           bias, "%", anchor)
        yield r2_row("12", f"{metric}: r²", groups, r2)
        changes, table = rd.repeats(results, metric)
        if cv:
            yield sd_row("12", f"{metric}: repeat CV", changes, cv, "%", True,
                         anchor)
        yield icc_row("12", f"{metric}: ICC(2,1)", table)
    for metric in ("tone_evenness", "ita"):
        yield icc_row("12", f"{metric}: ICC(2,1)",
                      rd.repeats(results, metric)[1])
    yield cross_row(results)
    yield tre_row("12", "TRE, p95", results, "plain", "refined", "p95", 0.10)
    looks = [k for p in (5, 8, 14) for _, k in rd.null_looks(results, p)]
    false, told = rd.verdicts(looks)
    low, high = (100 * v for v in stats.wilson(false, told))
    yield judged("12", "false verdicts of repeats, all rows",
                 100 * false / told if told else math.nan, 5, f"{told} rows",
                 "%", low, high)


def cross_row(results):
    factors, metrics, values = matrix(results)
    off = [abs(values[i][j]) for i, m in enumerate(metrics)
           for j, f in enumerate(factors)
           if values[i][j] is not None and f not in OWN[m] and f != "none"]
    over = sum(v > 10 for v in off)
    row = judged("12", "cross-talk, largest field off the own factor",
                 max(off) if off else math.nan, 10,
                 f"{len(off)} fields, {over} above 10 %", "%")
    if off:
        row.measured += f", median {np.median(off):.1f} %"
    return row
