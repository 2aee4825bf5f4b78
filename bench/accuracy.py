#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""How well known changes of rendered faces are measured.

    bench/accuracy.py PHANTOM CUTIS [--held-out] [--seeds N] [--out FILE]
                      [--keep FOLDER]

PHANTOM and CUTIS are the two commands.  Renders pairs of faces at 8 px per mm
(too coarse for pores), one treated factor at a time, of training seeds (100
and on) or, with --held-out, of seeds 1000 and on, which nobody tunes on.
Writes a table in Markdown.  --keep takes up what an earlier run rendered.
"""
import argparse
import datetime
import json
import platform
import subprocess
import tempfile
from pathlib import Path

import numpy as np

# factor: option, metric, truth's name of it, doses
FACTORS = {
    "blood": ("--treat-blood", "redness", "redness_H", (0.7, 1.3)),
    "spots": ("--treat-spots", "pigment_spots", "pigment_spots_ratio",
              (0.6, 0.8, 1.4)),
}
# metric, bias allowed, unit, its anchor
BIAS = (
    ("redness", 0.6, "H", "VISIA red areas, week to week: 2-4 %"),
    ("pigment_spots", 2.0, "%", "VISIA brown spots, week to week: < 2 %"),
)
ABSENT = (
    ("2", "redness: r2, slope by tone, leakage of melanin, SD of repeats"),
    ("3", "spots: F1, area bias; ITA; U_tone under a gradient"),
    ("4", "texture: slope and r2 of true change, repeats, blur alone"),
    ("5", "pores: F1, count and burden bias, repeats, linearity"),
    ("6", "wrinkles: F1, density bias, linearity, -25 % of depth, blur"),
    ("7", "shine and flakes: IoU, linearity, F1, bias at highlights"),
)


def pair(args, folder, seed, options):
    """Truth and report of one rendered pair."""
    if not (folder / "truth.json").exists():
        subprocess.run([args.phantom, "pair", "--seed", str(seed), "--size",
                        "1800x2300", "--px-per-mm", "8", *options, "-o",
                        folder], check=True)
    truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    cards = []
    for photo in truth["photos"]:
        corners = ",".join(f"{v:g}" for v in photo["card"]["corners"])
        cards += ["--card", corners]
    run = subprocess.run([args.cutis, "compare", folder / "before.jpg",
                          folder / "after.jpg", *cards, "-f", "json", "-q"],
                         capture_output=True, text=True, check=False)
    return truth, json.loads(run.stdout) if run.stdout else None


def error(truth, report, metric, name):
    """True and measured change of the face: in H, or in per cent."""
    row = next(m for m in report["measurements"]
               if m["metric"] == metric and m["region"] == "face")
    known = next(r for r in truth["change"] if r["region"] == "face")
    if metric == "redness":
        key = name if row["reading"] == "H" else name + "_excess"
        return known[key], row["change"]
    found = row["relative_change"]
    return (100 * (known[name] - 1),
            None if found is None else 100 * found)


def measure(args, folder):
    """By metric: a list of (seed, dose, true, measured)."""
    first = 1000 if args.held_out else 100
    found = {metric: [] for metric, *_ in BIAS}
    for seed in range(first, first + args.seeds):
        for factor, (option, metric, name, doses) in FACTORS.items():
            for dose in doses:
                place = folder / f"{seed}-{factor}-{dose}"
                truth, report = pair(args, place, seed, [option, str(dose)])
                if report is None:
                    print(f"{place.name}: no result")
                    continue
                known, value = error(truth, report, metric, name)
                print(f"{place.name}: true {known:+.2f}, measured {value}",
                      flush=True)
                if value is not None:
                    found[metric].append((seed, dose, known, value))
    return found


def table(args, found):
    which = "held-out" if args.held_out else "training"
    yield "# Accuracy on rendered faces\n"
    yield (f"{datetime.date.today()}, {platform.machine()}, {args.seeds} "
           f"{which} face(s) at 8 px per mm: `bench/accuracy.py PHANTOM CUTIS "
           f"--seeds {args.seeds}{' --held-out' * args.held_out}`. These are "
           "figures of rendered faces, not of people.\n")
    yield "| metric | mean error | largest | pairs | accepted | anchor | met |"
    yield "|---|---|---|---|---|---|---|"
    for metric, limit, unit, anchor in BIAS:
        errors = np.array([m - t for _, _, t, m in found[metric]])
        if errors.size == 0:
            yield (f"| {metric} | not measured yet | | 0 | {limit:g} {unit} | "
                   f"{anchor} | |")
            continue
        over = abs(errors.mean()) - limit
        met = "met" if over <= 0 else f"missed by {over:.1f} {unit}"
        yield (f"| {metric} | {errors.mean():+.2f} {unit} | "
               f"{np.abs(errors).max():.2f} {unit} | {errors.size} | "
               f"{limit:g} {unit} | {anchor} | {met} |")
    yield "\n| metric | face | factor | true | measured |\n|---|---|---|---|---|"
    for metric, rows in found.items():
        for seed, dose, known, value in rows:
            yield f"| {metric} | {seed} | {dose} | {known:+.2f} | {value:+.2f} |"
    yield "\nNot measured yet, by section of the method:\n"
    for section, what in ABSENT:
        yield f"* {section}: {what}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("phantom")
    parser.add_argument("cutis")
    parser.add_argument("--held-out", action="store_true")
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--out", default="docs/results/accuracy.md")
    parser.add_argument("--keep")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(args.keep or scratch)
        folder.mkdir(parents=True, exist_ok=True)
        found = measure(args, folder)
    text = "\n".join(table(args, found)) + "\n"
    Path(args.out).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
