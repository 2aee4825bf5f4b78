#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Colour on rendered faces: redness by tone, repeats, charts, ITA, flakes.

    bench/colour.py PHANTOM CUTIS [--held-out] [--people N] [--studies A,B]
                    [--keep FOLDER]

A study is a function of a Lab, which renders and measures; it gives plain rows,
dict(section, row, value, unit, accepted, n).  Prints them as a table.  Faces
are of seeds 100 and on, or with --held-out 1000 and on, which nobody tunes on.
"""
import argparse
import json
import math
import subprocess
import tempfile
from pathlib import Path

import numpy as np

SIZE = ("--size", "1125x1440", "--px-per-mm", "5")
TONES = (60, 48, 35, 20, 0, -20, -45)
DOSES = (0.5, 0.7, 1.4, 2.0)


def row(section, name, value, unit, accepted, n):
    return {"section": section, "row": name, "value": value, "unit": unit,
            "accepted": accepted, "n": n}


class Lab:
    """Renders a face once, and measures it."""

    def __init__(self, phantom, cutis, folder, first=100):
        self.phantom, self.cutis = str(phantom), str(cutis)
        self.folder, self.first = Path(folder), first
        self.folder.mkdir(parents=True, exist_ok=True)

    def face(self, seed, *options, kind="png"):
        """The picture of a face and its truth."""
        name = "_".join([str(seed), *options]).replace("/", "+")
        name = name.replace("--", "").replace(",", "-")
        picture = self.folder / f"{name}.{kind}"
        truth = self.folder / f"{name}.{kind}.json"
        if not truth.exists():
            form = ("--png", "8") if kind == "png" else ("--jpeg", "95")
            subprocess.run([self.phantom, "--seed", str(seed), *SIZE, *form,
                            *options, "-o", picture, "--truth", truth],
                           check=True)
        known = json.loads(truth.read_text(encoding="utf-8"))
        return picture, known["photos"][0]

    def run(self, command, pictures, *options):
        run = subprocess.run([self.cutis, command, *pictures, *options, "-f",
                              "json", "-q"], capture_output=True, text=True,
                             check=False)
        return json.loads(run.stdout)

    def compare(self, before, after, *options, neutral="card"):
        """Rows of two faces, by (metric, region)."""
        corners = []
        for _, known in (before, after):
            if neutral:
                numbers = np.ravel(known[neutral]["corners"])
                corners += ["--" + neutral, ",".join(f"{v:g}" for v in numbers)]
        found = self.run("compare", [before[0], after[0]], *corners, *options)
        return {(m["metric"], m["region"]): m for m in found["measurements"]}


def slope(x, y):
    """Of a straight line through (0, 0) and the points, and its r2."""
    x, y = np.append(x, 0.0), np.append(y, 0.0)
    return np.polyfit(x, y, 1)[0], np.corrcoef(x, y)[0, 1] ** 2


def redness(lab, people=1, tones=TONES, kind="png", doses=DOSES):
    """Redness of treated cheeks against ln(blood), by tone: method 2."""
    treated = ("--treated", "cheek_l,cheek_r")
    for tone in tones:
        slopes, fits, leaks = [], [], []
        for seed in range(lab.first, lab.first + people):
            usual = ("--tone", str(tone), "--papules", "0")
            before = lab.face(seed, *usual, kind=kind)

            def change(*treatment, before=before, seed=seed, usual=usual):
                after = lab.face(seed, *usual, *treatment, *treated, kind=kind)
                rows = lab.compare(before, after, *treated)
                return np.mean([rows["redness", r]["change"]
                                for r in ("cheek_l", "cheek_r")])

            y = [change("--treat-blood", str(d)) for d in doses]
            found = slope(np.log(doses), y)
            slopes.append(found[0] / 13.74)
            fits.append(found[1])
            leaks.append(abs(change("--treat-melanin", "1.2")) /
                         (13.74 * math.log(1.5)))
        limit = 0.08 if tone >= -30 else 0.15
        yield row("2", f"slope at tone {tone}, {kind}", np.mean(slopes), "1",
                  f"1 +- {limit}", people)
        yield row("2", f"r2 at tone {tone}, {kind}", np.mean(fits), "1",
                  ">= 0.99", people)
        yield row("2", f"leak of +20 % melanin at tone {tone}, {kind}",
                  np.mean(leaks), "1", "<= 0.10" if tone > 0 else "reported",
                  people)


def repeats(lab, people=4):
    """SD of one capture of unchanged skin, JPEG: methods 2 and 3."""
    found = {"H_rel": [], "H": [], "ita": []}
    for seed in range(lab.first, lab.first + people):
        usual = ("--tone", "35")
        shots = [lab.face(seed, *usual, kind="jpg"),
                 lab.face(seed, *usual, "--yaw", "1.5", "--pitch", "-1",
                          "--noise-seed", "7", "--exposure", "0.1", "--wb",
                          "1.02,1,0.97", kind="jpg")]
        card = lab.compare(*shots)
        untreated = lab.compare(*shots, "--treated", "cheek_l,cheek_r",
                                neutral=None)
        found["H"].append(card["redness", "face"]["after"] -
                          card["redness", "face"]["before"])
        found["ita"].append(card["ita", "face"]["after"] -
                            card["ita", "face"]["before"])
        found["H_rel"].append(untreated["redness", "face"]["change"])
    for name, unit, limit in (("H_rel", "H", 0.25), ("H", "H", 0.8),
                              ("ita", "deg", 0.8)):
        sd = np.sqrt(np.mean(np.square(found[name])) / 2)
        yield row("2" if unit == "H" else "3", f"SD of a capture, {name}", sd,
                  unit, f"<= {limit}", people)


def charts(lab, people=1):
    """What a chart leaves of white balance and exposure: method 1."""
    from skimage.color import deltaE_ciede2000
    changes = (("1.2,1,0.85", "0"), ("0.8,1,1.2", "0.3"), ("1,1.1,0.9", "-1"))
    colour, blood = [], []
    for seed in range(lab.first, lab.first + people):
        usual = ("--tone", "35", "--chart", "0,126,45", "--card", "0,0,0")
        plain = lab.face(seed, *usual, "--exposure", "-0.5")
        for white, stops in changes:
            other = lab.face(seed, *usual, "--wb", white, "--exposure",
                             f"{float(stops) - 0.5:g}")
            rows = lab.compare(plain, other, neutral="chart")
            sides = []
            for side in ("before", "after"):
                tone = rows["ita", "face"]["details"]
                red = rows["redness", "face"]["details"]
                sides.append([tone["L_star"][side], red["a_star"][side],
                              tone["b_star"][side]])
            colour.append(float(deltaE_ciede2000(*np.array(sides))))
            red = rows["redness", "face"]
            blood.append(abs(red["after"] - red["before"]))
    yield row("1", "skin after a chart, CIEDE2000", np.max(colour), "1",
              "<= 0.5", len(colour))
    yield row("1", "skin after a chart, redness", np.max(blood), "H", "<= 0.5",
              len(blood))


def flakes(lab, people=1):
    """The flake index against the truth: method 7."""
    true, found = [], []
    for seed in range(lab.first, lab.first + people):
        for count in (0, 100, 200, 400, 800):
            picture, known = lab.face(seed, "--tone", "20", "--flakes",
                                      str(count), "--size", "1800x2300",
                                      "--px-per-mm", "8")
            photo = lab.run("measure", [picture])
            rows = photo.get("photos", [photo])[0]["measurements"]
            found += [m["value"] for m in rows
                      if m["metric"] == "flakes" and m["region"] == "face"]
            true += [r["flake_index"] for r in known["regions"]
                     if r["name"] == "face"]
    fit = np.corrcoef(true, found)[0, 1] ** 2
    yield row("7", "r2 of the flake index", fit, "1", ">= 0.97", len(true))
    yield row("7", "measured over true", np.polyfit(true, found, 1)[0], "1",
              "reported", len(true))


STUDIES = {"redness": redness, "repeats": repeats, "charts": charts,
           "flakes": flakes}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("phantom")
    parser.add_argument("cutis")
    parser.add_argument("--held-out", action="store_true")
    parser.add_argument("--people", type=int, default=1)
    parser.add_argument("--studies", default=",".join(STUDIES))
    parser.add_argument("--keep")
    args = parser.parse_args()
    print("| section | what | value | unit | accepted | n |")
    print("|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as scratch:
        lab = Lab(args.phantom, args.cutis, args.keep or scratch,
                  1000 if args.held_out else 100)
        for name in args.studies.split(","):
            for r in STUDIES[name](lab, args.people):
                print(f"| {r['section']} | {r['row']} | {r['value']:.3f} | "
                      f"{r['unit']} | {r['accepted']} | {r['n']} |", flush=True)


if __name__ == "__main__":
    main()
