#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""How captures and visits repeat, and whether a profile of the others would
have held each person.

    bench/repeats.py CUTIS FOLDER [--kept FILE]

FOLDER/PERSON/VISIT/FILE are captures of skin that did not change, two visits of
as many captures each, as `cutis calibrate FOLDER` takes them.  Capture k of one
visit is compared with capture k of the other.  Of the whole face's changes come
the SD within a visit and between visits (docs/method.md, "A site's own errors"),
and with each person left out in turn, how many of that person's 95 % intervals
hold 0: with both parts known, and with plain captures, one of a visit and three
of another, which know s_w^2 + s_b^2 / 2.  The other terms of the error are left
out.  --kept holds the comparisons, so that a run can be gone on with."""
import argparse
import json
import math
import subprocess
from pathlib import Path

import numpy as np
from scipy import stats


def compare(cutis, before, after):
    """y after less y before of each metric over the face."""
    said = subprocess.run(
        [cutis, "compare", before, after, "-f", "json", "-q", "-j", "1"],
        capture_output=True, check=True).stdout
    return {m["metric"]: math.log1p(m["relative_change"])
            if m["scale"] == "log" else m["change"]
            for m in json.loads(said)["measurements"]
            if m["region"] == "face" and m["p"] is not None}


def differences(args):
    """Of each metric, each person's differences of a pair of captures."""
    kept = {}
    if args.kept and args.kept.exists():
        kept = json.loads(args.kept.read_text(encoding="utf-8"))
    out = {}
    for person in sorted(p for p in args.folder.iterdir() if p.is_dir()):
        visits = [sorted(v.iterdir()) for v in sorted(person.iterdir())][:2]
        for number, (one, two) in enumerate(zip(*visits)):
            key = f"{person.name} {number}"
            if key not in kept:
                kept[key] = compare(args.cutis, one, two)
                if args.kept:
                    args.kept.write_text(json.dumps(kept), encoding="utf-8")
            for metric, d in kept[key].items():
                out.setdefault(metric, {}).setdefault(person.name, []).append(d)
    return {m: {k: np.array(v) for k, v in p.items()} for m, p in out.items()}


def parts(people):
    """Variance within visits and between them, with degrees of freedom, and of
    one capture."""
    within_df = sum(len(d) - 1 for d in people)
    within = sum(((d - d.mean())**2).sum() / 2 for d in people) / within_df
    mean = np.mean([d.mean()**2 / 2 for d in people])
    share = np.mean([1 / len(d) for d in people])
    if mean <= share * within:
        return within, within_df, 0.0, within, within_df
    rest = (1 - share) * within
    whole = mean + rest
    df = whole**2 / (mean**2 / len(people) + rest**2 / within_df)
    return within, within_df, mean - share * within, whole, df


def held(people):
    """Intervals that hold 0, each person's by the others: both ways, and of how
    many."""
    apart = plain = count = 0
    for name, own in people.items():
        others = [d for other, d in people.items() if other != name]
        within, _, between, whole, df = parts(others)
        reach = stats.t.ppf(0.975, df) * math.sqrt(2 * whole)
        simple = (stats.t.ppf(0.975, 3 * len(others)) *
                  math.sqrt(2 * within + between))
        apart += (abs(own) <= reach).sum()
        plain += (abs(own) <= simple).sum()
        count += len(own)
    return np.array([apart, plain, count])


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("cutis", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--kept", type=Path)
    args = parser.parse_args()
    total = np.zeros(3, int)
    print("| metric | people | pairs | RMS of change | s_w | s_b | s_b / s_w "
          "| held, apart | held, plain |\n|" + "---|" * 9)
    for metric, people in differences(args).items():
        within, _, between, *_ = parts(list(people.values()))
        rms = math.sqrt(np.mean(np.concatenate(list(people.values()))**2))
        apart, plain, count = held(people)
        total += apart, plain, count
        ratio = f"{math.sqrt(between / within):.1f}" if within > 0 else "–"
        print(f"| {metric} | {len(people)} | {count} | {rms:.4f} "
              f"| {math.sqrt(within):.4f} | {math.sqrt(between):.4f} | {ratio} "
              f"| {apart} of {count} | {plain} of {count} |")
    print(f"\nAll: {total[0]} of {total[2]} held apart, {total[1]} plain.")


if __name__ == "__main__":
    main()
