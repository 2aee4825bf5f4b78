#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Split faces with a known difference of the sides, through cutis series.

    bench/split.py PHANTOM CUTIS FOLDER [--seeds 110,111,112] [--blood 0.75]

Of each person (training seeds) a baseline of two photographs and one 8 weeks
after a treatment that takes blood times --blood on the right side alone; grey
card, 4.5 px/mm, captures that differ as repeats do.  Renders what FOLDER
lacks.  Prints the difference of the sides in H with its 95 % interval beside
what is true, both ways round and of untreated pairs, and fails where the truth
lies outside or an untreated side has a verdict.
"""
import argparse
import csv
import json
import math
import random
import subprocess
import sys
from pathlib import Path

H_PER_LN_BLOOD = 13.74
RIGHT = "cheek_r,crowsfeet_r,infraorbital_r,jaw_r"
SHOTS = {"before1": (0, False), "before2": (1, False), "treated": (2, True),
         "untreated": (2, False)}


def render(args, seed, name):
    number, treated = SHOTS[name]
    draw = random.Random(f"{seed} {number}")
    near = [f"{draw.gauss(m, s):.4f}" for m, s in
            ((4.5, .02), (0, .8), (0, .7), (0, .6), (0, .03), (1, .003),
             (1, .003))]
    stem = args.folder / f"{seed}-{name}"
    photo, truth = stem.with_suffix(".jpg"), stem.with_suffix(".json")
    if not truth.exists():
        subprocess.run(
            [args.phantom, "--seed", str(seed), "--size", "1020x1300",
             "--px-per-mm", near[0], "--redness", "0.3", "--card",
             "-72,96,26", "--yaw", near[1], "--pitch", near[2], "--roll",
             near[3], "--exposure", near[4], "--wb", f"{near[5]},1,{near[6]}",
             "--noise-seed", str(number), "--threads", "1", "--treated",
             RIGHT, "--treat-blood", str(args.blood if treated else 1), "-o",
             str(photo), "--truth", str(truth)], check=True)
    return photo.name, json.loads(truth.read_text())


def row(visit, day, role, shot):
    photo, truth = shot
    corners = truth["photos"][0]["card"]["corners"]
    return [visit, day, day or "", role, photo,
            ",".join(f"{v:.2f}" for v in corners)]


def contrast(args, seed, last, side):
    plan = args.folder / f"{seed}-{last}.csv"
    with open(plan, "w", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["visit", "days", "days_since_treatment", "role", "file",
                      "card"])
        for name in "before1", "before2":
            out.writerow(row("before", 0, "baseline",
                             render(args, seed, name)))
        out.writerow(row("8 weeks", 56, "visit", render(args, seed, last)))
    found = subprocess.run([args.cutis, "series", str(plan), "--preset",
                            "redness", "--control-side", side, "-q", "-j",
                            "1", "-f", "json"], check=True,
                           capture_output=True)
    visit = json.loads(found.stdout)["visits"][-1]
    return next(one for one in visit["contrasts"]
                if one["kind"] == "sides" and one["metric"] == "redness")


def main():
    parser = argparse.ArgumentParser(
        formatter_class=argparse.RawDescriptionHelpFormatter,
        description=__doc__)
    parser.add_argument("phantom")
    parser.add_argument("cutis")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seeds", default="110,111,112")
    parser.add_argument("--blood", type=float, default=.75)
    args = parser.parse_args()
    args.folder.mkdir(parents=True, exist_ok=True)
    step = H_PER_LN_BLOOD * math.log(args.blood)
    wrong = 0
    print("| seed | treated | control side | true, H | difference, H (95 %) | "
          "verdict |\n|---|---|---|---|---|---|")
    for seed in map(int, args.seeds.split(",")):
        for last, side, true in (("treated", "l", step),
                                 ("treated", "r", -step),
                                 ("untreated", "l", 0.)):
            one = contrast(args, seed, last, side)
            low, high = one["ci95"]
            good = low <= true <= high and \
                (true or one["verdict"] not in ("improved", "worse"))
            wrong += not good
            treated = "nothing" if last == "untreated" else "right"
            print(f"| {seed} | {treated} | {side} | {true:+.1f} | "
                  f"{one['difference']:+.1f} ({low:+.1f} to {high:+.1f}) | "
                  f"{one['verdict']}{'' if good else ' (wrong)'} |")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
