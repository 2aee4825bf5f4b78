# SPDX-License-Identifier: BSD-2-Clause
"""Writes verdicts.md."""
import datetime
import math
import platform

import numpy as np

from . import figures
from .figures import WITHHELD, Rate, Tally, delta
from .people import KINDS, LANDMARK_MM
from .study import DOSES

ENOUGH = 60     # pairs, below which no rate near 5 % is told from 0

HEAD = """# Verdicts on rendered skin

{date}, {machine}, {kind} people: `bench/verdicts.py PHANTOM CUTIS {how}`, build
{build}, {done} comparisons of {planned}. **These are figures of rendered faces,
not of people**: nothing moves, shines or blushes in them that the phantom does
not draw.

Everybody is photographed on two visits, three captures each, and captures differ
inside what the checks pass ([people.py](../../bench/verdicts/people.py)): yaw and
pitch by up to 1.5 degrees, lamps by 1.1, distance by 3 %, a hint of a smile, and
the camera in exposure, white balance, focus, noise and JPEG quality (92 to 98).
Most of what lamps and camera do belongs to the visit and comes back in all its
captures. A pair is one capture of each visit; one person in two holds a grey
card. *colour* is 4.2 px/mm, *fine* 12.3.{crop} The site profile is of other people,
two visits of three captures each: {profiles}.

A rate's interval (95 %) is the wider of Wilson's and of people drawn again, since
a person's pairs are not independent. *any* counts a pair as false where any
region of the metric has a direction, *face* the row that the score and the first
sentence of a page rest on, *rows* all rows. Withheld is of the rows that half of
such pictures show; ita and H need the card, which one in two lacks.
"""

CROP = f""" *crop* is the middle of the
face alone, brows to lips, of 12.3 px/mm, with landmarks given that are off by
{LANDMARK_MM} mm (SD); the card, told of, hides half of the right cheek."""


def tally(found, part, kind, inside=False):
    results = found.of(part, kind)
    seen = figures.shown([r for _, r in results])
    out = Tally()
    for look, result in results:
        out.take(look.before[0].seed, result, seen, inside)
    return out


def verdict(rate):
    if rate.n < ENOUGH:
        return "too few"
    limit = rate.limit()
    return "met" if rate.share <= limit else \
        f"**missed by {100 * (rate.share - limit):.1f} %**"


def false_table(title, found, part, inside=False):
    lines = [f"### {title}\n",
             "| picture | metric | pairs | any region false | face | rows | "
             "≤ 5 % + 1.64 SE (face) | withheld rows |",
             "|---|---|---|---|---|---|---|---|"]
    for kind in KINDS:
        whole = tally(found, part, kind, inside)
        for name, m in whole.metrics.items():
            if m.rows.n:
                lines.append(
                    f"| {kind} | {name} | {m.pairs.n} | {m.pairs.words()} | "
                    f"{m.face.words()} | {m.rows.hits} of {m.rows.n} | "
                    f"{verdict(m.face)} | {m.withheld.words()} |")
        if whole.pairs:
            lines.append(
                f"| {kind} | score, `{KINDS[kind].preset}` | {whole.score.n} | "
                f"{whole.score.words()} | – | – | {verdict(whole.score)} | "
                f"{whole.scores.words()} |")
    return lines + [""]


def both(one, other):
    return f"{one.words()} of {one.n} | {other.words()} of {other.n}"


def coverage_table(found):
    lines = ["## Intervals\n",
             "How many 95 % intervals hold 0, which is true. Accepted with a "
             "profile: 93 to 97 %.\n",
             "| picture | metric | profile, face | profile, regions | assumed "
             "errors, face | assumed, regions | 3 + 3, profile, face | 3 + 3, "
             "regions |", "|---|---|---|---|---|---|---|---|"]
    for kind in KINDS:
        parts = [tally(found, p, kind)
                 for p in ("profile", "priors", "visits")]
        sums = [[Rate(), Rate()] for _ in parts]
        for name in parts[0].metrics:
            cells = []
            for i, part in enumerate(parts):
                m = part.metrics.get(name) or figures.Metric()
                cells.append(both(m.covers_face, m.covers_rows))
                for rate, of in zip(sums[i], (m.covers_face, m.covers_rows)):
                    for seed, hits in of.people.items():
                        rate.people[seed] += hits
            lines.append(f"| {kind} | {name} | " + " | ".join(cells) + " |")
        if parts[0].metrics:
            lines.append(f"| {kind} | all | " +
                         " | ".join(both(*s) for s in sums) + " |")
    return lines + [""]


def power(found, kind, dose, metric, wanted):
    told, hits, sizes, mdc = Rate(), 0, [], []
    for look, result in found.of("treated", kind):
        if look.after[0].dose != dose:
            continue
        row = next(r for r in result["rows"]
                   if r["metric"] == metric and r["region"] == "face")
        if row["verdict"] in WITHHELD:
            continue
        told.add(look.before[0].seed, row["verdict"] == wanted)
        hits += result["score"]["verdict"] == wanted
        sizes.append(delta(row))
        mdc.append(figures.reach(row))
    return told, hits, sizes, mdc


def power_table(found):
    lines = ["## Power: three captures against three, site profile\n",
             "| change | looked for in | people | told rightly | score too | "
             "measured change, median | MDC95, median | accepted |",
             "|---|---|---|---|---|---|---|---|"]
    for kind, dose, where, preset, metric, wanted, _ in DOSES:
        told, hits, sizes, mdc = power(found, kind, dose, metric, wanted)
        if not told.n:
            continue
        what = ", ".join(f"{k} × {v:g}" for k, v in dose)
        met = "met" if told.share >= 0.8 else \
            f"**missed by {80 - 100 * told.share:.0f} %**"
        lines.append(
            f"| {what}, {where or 'face'} | {metric}, `{preset}` | {told.n} | "
            f"{told.words()} | {hits} | {np.median(sizes):+.3g} | "
            f"{np.median(mdc):.3g} | ≥ 80 %: {met} |")
    return lines + ["", "Sizes are H, or differences of the logarithm. "
                    "Blood × 0.75 is −3.95 H, × 1.25 is +3.07 H "
                    "(13.74 Δ ln f_b) against the rest of the face.", ""]


def mdc_table(found):
    lines = ["## What a comparison can see: MDC95 of the face, median\n",
             "In the metric's unit, or in % where it is a ratio. *Spread* is "
             "1.96 times the RMS of the changes that the pairs showed. Three "
             "against three have no card.\n",
             "| picture | metric | assumed errors | profile | 3 + 3, profile | "
             "spread of pairs |", "|---|---|---|---|---|---|"]
    for kind in KINDS:
        parts = [tally(found, p, kind)
                 for p in ("priors", "profile", "visits")]
        logs = {r["metric"] for _, result in found.of("profile", kind)
                for r in result["rows"] if r["scale"] == "log"}
        for name, m in parts[1].metrics.items():
            if not m.mdc:
                continue
            ratio = name in logs

            def cell(x):
                if not math.isfinite(x):
                    return "–"
                return f"{100 * math.expm1(x):.1f} %" if ratio else f"{x:.2f}"

            values = [cell(float(np.median(p.metrics[name].mdc))
                           if name in p.metrics and p.metrics[name].mdc
                           else math.nan) for p in parts]
            rms = 1.96 * float(np.sqrt(np.mean(np.square(m.sizes))))
            lines.append(f"| {kind} | {name} | " + " | ".join(values) +
                         f" | {cell(rms)} |")
    return lines + [""]


def swap_line(found):
    forward = {(k.before, k.after): r for k, r in found.of("profile")}
    rows = wrong = pairs = 0
    for look, result in found.of("swap"):
        other = forward.get((look.after, look.before))
        if other is None:
            continue
        pairs += 1
        for one, two in zip(result["rows"], other["rows"]):
            if one["change"] is None and two["change"] is None:
                continue
            rows += 1
            wrong += one["change"] != -two["change"] or one["se"] != two["se"]
        if result["score"]["score"] is not None:
            rows += 1
            wrong += result["score"]["score"] != -other["score"]["score"]
    return [f"## Swapped\n\nBefore and after exchanged in {pairs} pairs: {wrong} "
            f"of {rows} changes, their errors and scores are not the exact "
            "mirror.\n"]


def checks_lines(found):
    lines = ["## Checks\n"]
    for kind in KINDS:
        part = tally(found, "profile", kind)
        if part.pairs:
            said = ", ".join(f"`{k}` {n}" for k, n in part.checks.most_common())
            able = ", ".join(f"{k} {n}" for k, n in part.comparable.items())
            lines.append(f"- {kind}, {part.pairs} pairs: comparable {able}; "
                         f"pairs in which a check did not pass although it could "
                         f"be told: {said or 'none'}.")
    return lines + [""]


def write(args, found, failures):
    done = sum(len(v) for v in found.parts.values())
    how = "--held-out" * args.held_out + \
        (f" --people {args.people:g}" if args.people != 1 else "") + \
        (f" --minutes {args.minutes:g}" if args.minutes else "")
    people = {kind: len({k.before[0].seed for k, _ in found.of("profile", kind)})
              for kind in KINDS}
    profiles = "; ".join(f"{k}: {n}" for k, n in found.people_of.items())
    out = [HEAD.format(date=datetime.date.today(), machine=platform.machine(),
                       kind="held-out" if args.held_out else "training",
                       how=how.strip(), build=found.build, done=done,
                       planned=found.planned, profiles=profiles,
                       crop=CROP * ("crop" in args.kinds)),
           "People: " + ", ".join(f"{k} {n}" for k, n in people.items()) +
           ". Pairs: " + ", ".join(f"{k} {len(found.of('profile', k))}"
                                   for k in people) +
           "; the method wants 1000 where the picture size allows.",
           "", "## False verdicts: nothing changed\n"]
    out += false_table("With the site profile", found, "profile")
    out += false_table("The same, only metrics of which no check warns that could "
                       "be told", found, "profile", True)
    out += false_table("With the assumed errors", found, "priors")
    out += false_table("Three captures against three, site profile", found,
                       "visits")
    out += coverage_table(found) + power_table(found) + mdc_table(found)
    out += swap_line(found) + checks_lines(found)
    if failures:
        out += ["Not compared: " + "; ".join(failures) + "."]
    args.out.write_text("\n".join(out).rstrip() + "\n", encoding="utf-8")
