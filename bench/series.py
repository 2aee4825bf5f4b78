# SPDX-License-Identifier: BSD-2-Clause
"""Ten visits of one phantom with a known course, as a plan for cutis series.

    series.py PHANTOM CUTIS FOLDER [--seed 117] [--captures 1] [--jobs 1]

Renders what FOLDER lacks: two baseline visits, then 1, 3 and 7 days and 2, 4,
6, 8 and 12 weeks after a treatment.  Blood rises by 60 % within a day and is
back at day 7; scars fall to a third of their depth by week 12 and fine relief,
pores and lines to three quarters, which takes roughness R down by about 25 %:
other light and dark is part of it too.  Captures differ as repeat captures do.  Writes plan.csv,
series.json, series.csv and series.html, prints what is true beside what was
measured, and fails where that is another story.
"""

import argparse
import concurrent.futures
import csv
import json
import math
import pathlib
import random
import subprocess
import sys

# Label, day, days since treatment, blood times, depth of scars times.
COURSE = [
    ("Baseline 1", -14, None, 1.0, 1.0),
    ("Baseline 2", 0, None, 1.0, 1.0),
    ("1 day", 1, 1, 1.6, 1.0),
    ("3 days", 3, 3, 1.3, 1.0),
    ("7 days", 7, 7, 1.0, 1.0),
    ("2 weeks", 14, 14, 1.0, 0.95),
    ("4 weeks", 28, 28, 1.0, 0.8),
    ("6 weeks", 42, 42, 1.0, 0.6),
    ("8 weeks", 56, 56, 1.0, 0.47),
    ("12 weeks", 84, 84, 1.0, 0.33),
]
H_PER_LN_BLOOD = 13.74


def capture(args, visit, number):
    """How one capture of a visit differs from any other, as people repeat."""
    _, _, _, blood, scars = COURSE[visit]
    fine = str(1 - .4 * (1 - scars))
    draw = random.Random(f"{args.seed} {visit} {number}")

    def near(middle, sd):
        return f"{draw.gauss(middle, sd):.4f}"

    return ["--seed", str(args.seed), "--size", "1900x2400", "--px-per-mm",
            near(8.5, .05), "--scars", "600", "--redness", "0.3",
            "--card", "-72,96,26", "--yaw", near(0, .8), "--pitch",
            near(0, .7), "--roll", near(0, .6), "--shift",
            f"{near(0, 1.2)},{near(0, 1.2)}", "--exposure", near(0, .03),
            "--wb", f"{near(1, .003)},1,{near(1, .003)}", "--noise-seed",
            str(100 * visit + number), "--threads", "1", "--treat-blood",
            str(blood), "--treat-scars", str(scars), "--treat-relief", fine,
            "--treat-pores", fine, "--treat-wrinkles", fine]


def render(args, visit, number):
    stem = args.folder / f"visit{visit}-{number}"
    photo, truth = stem.with_suffix(".jpg"), stem.with_suffix(".json")
    if not truth.exists():
        subprocess.run([args.phantom, *capture(args, visit, number), "-o",
                        str(photo), "--truth", str(truth)], check=True)
    return photo.name, json.loads(truth.read_text())


def card_of(truth):
    return ",".join(f"{v:.2f}" for v in truth["photos"][0]["card"]["corners"])


def write_plan(args, shots):
    path = args.folder / "plan.csv"
    with open(path, "w", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["visit", "days", "days_since_treatment", "role", "file",
                       "card"])
        for (visit, _), (name, truth) in shots.items():
            label, day, since, _, _ = COURSE[visit]
            rows.writerow([label, day, "" if since is None else since,
                           "baseline" if visit < 2 else "visit", name,
                           card_of(truth)])
    return path


def faces(series):
    """Each visit's rows of the treated area, by label and metric."""
    return {visit["label"]: {row["metric"]: row
                             for row in visit["measurements"]
                             if row["region"] == "face"}
            for visit in series["visits"] if visit["role"] == "visit"}


def table(face):
    print(f"{'visit':10} {'H true':>7} {'H':>6} {'±':>5}  "
          f"{'scars':>6} {'R':>7} {'±':>6}")
    for label, _, _, blood, scars in COURSE[2:]:
        red, rough = face[label]["redness"], face[label]["texture"]
        print(f"{label:10} {H_PER_LN_BLOOD * math.log(blood):7.1f} "
              f"{red['change']:6.1f} {red['mdc95']:5.1f}  "
              f"{100 * (scars - 1):5.0f}% "
              f"{100 * rough['relative_change']:6.1f}% "
              f"{100 * rough['mdc95']:5.1f}%  {red['verdict']}, "
              f"{rough['verdict']}")


def faults(series, face):
    """What the course does not say."""
    for label, _, _, blood, _ in COURSE[2:]:
        red = face[label]["redness"]
        error = red["change"] - H_PER_LN_BLOOD * math.log(blood)
        if abs(error) > red["mdc95"]:
            yield f"{label}: redness is off by {error:.1f} H"
        if (red["change"] > red["mdc95"]) != (blood > 1):
            yield f"{label}: redness up or not"
    for visit in series["visits"][2:]:
        early = visit["days"] < 42
        for row in face[visit["label"]].values():
            if early and row["verdict"] in ("improved", "worse", "changed"):
                yield f"{visit['label']}: a verdict on {row['metric']}"
        if visit["days"] < 14 and visit["progress"]["score"] is not None:
            yield f"{visit['label']}: a score while skin heals"
    last = face["12 weeks"]["texture"]
    if last["verdict"] != "improved" or \
            not -.32 < last["relative_change"] < -.18:
        yield "12 weeks: roughness has not fallen by about 25 %"
    if series["visits"][-1]["progress"]["verdict"] != "improved":
        yield "12 weeks: the score has not improved"
    rows = {trend["metric"]: trend for trend in series["trends"]
            if trend["region"] == "face"}
    if rows["texture"]["verdict"] != "improved":
        yield "roughness has no trend"
    if rows["redness"]["verdict"] != "no_measurable_change":
        yield "redness has a trend"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("phantom")
    parser.add_argument("cutis")
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--seed", type=int, default=117)
    parser.add_argument("--captures", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=1)
    args = parser.parse_args()
    args.folder.mkdir(parents=True, exist_ok=True)

    keys = [(v, k) for v in range(len(COURSE)) for k in range(args.captures)]
    with concurrent.futures.ThreadPoolExecutor(args.jobs) as pool:
        shots = dict(zip(keys, pool.map(lambda key: render(args, *key), keys)))
    plan = write_plan(args, shots)
    subprocess.run([args.cutis, "series", str(plan), "--preset", "acne_scars",
                    "-j", str(args.jobs),
                    "-o", str(args.folder / "series.json"),
                    "-o", str(args.folder / "series.html"),
                    "-o", str(args.folder / "series.csv"), "-o", "-"],
                   check=True)
    series = json.loads((args.folder / "series.json").read_text())
    face = faces(series)
    table(face)
    wrong = list(faults(series, face))
    print(*wrong, sep="\n")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
