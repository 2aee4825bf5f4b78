#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Real faces photographed again under other conditions, by calculation.

    bench/nuisance.py CUTIS PHOTOS [--versions N] [--inside] [--final]
                      [--minutes M] [--jobs N] [--keep FILE] [--list FILE]

CUTIS is the command, PHOTOS the folder of real photographs.  Every face of the
London and Canada sets is changed N times at random: framed otherwise, +-0.3 EV,
+-3 % of white balance, blurred by up to 0.1 mm, with noise, under light that
differs by +-8 % across the face, saved as JPEG of quality 85 to 98.  The skin
is the same, so each "improved", "worse" or "changed" is a false one.  --inside
keeps every nuisance where all checks ought to pass, and shows how much is
withheld all the same.  Odd versions are kept apart: --final takes those, and
only those, and nothing is tuned on them.  --minutes ends the study when they
are over, after the same number of versions of nearly every face; --keep takes
up what an earlier run with the same build found.  --list writes every false row
as CSV.  Prints a table in Markdown.
"""
import argparse
import csv
import json
import math
import sys
import tempfile
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

import crew
from accuracy.edits import decoded, encoded

DIRECTIONS = ("improved", "worse", "changed")
WITHHELD = ("not_measurable", "not_comparable")


@dataclass
class Limits:
    """Largest nuisances, either way."""
    exposure_ev: float
    balance: float          # of red and blue gain
    blur_mm: float          # standard deviation of the Gaussian
    noise: float            # standard deviation of a linear 1, at middle grey
    light: float            # across the face, of linear light
    quality: int            # the lowest
    scale: float
    roll_deg: float


WILD = Limits(0.3, 0.03, 0.1, 0.004, 0.08, 85, 0.06, 4.0)
INSIDE = Limits(0.13, 0.005, 0.09, 0.001, 0.03, 92, 0.04, 3.0)


def linear(picture):
    """sRGB 0-255 to linear light 0-1."""
    return decoded(np.arange(256, dtype=np.float32) / 255)[picture]


def framed(light, rng, limits):
    """Turned, scaled and moved, by cubic interpolation."""
    height, width = light.shape[:2]
    turn = cv2.getRotationMatrix2D(
        (width / 2, height / 2), rng.uniform(-1, 1) * limits.roll_deg,
        math.exp(rng.uniform(-1, 1) * limits.scale))
    turn[:, 2] += rng.uniform(-0.02, 0.02, 2) * width
    return cv2.warpAffine(light, turn, (width, height), flags=cv2.INTER_CUBIC,
                          borderMode=cv2.BORDER_REPLICATE)


def lit(shape, rng, amplitude):
    """A smooth field of light: a ramp in any direction and a little bend."""
    height, width = shape[:2]
    y, x = np.mgrid[-1:1:height * 1j, -1:1:width * 1j].astype(np.float32)
    angle = rng.uniform(0, 2 * math.pi)
    along = x * math.cos(angle) + y * math.sin(angle)
    # The face spans about half of the frame: +-amplitude across the face.
    field = 2 * along * rng.uniform(0.3, 1) + 0.5 * x * y * rng.uniform(-1, 1)
    return (1 + amplitude * field)[..., None]


def version(picture, px_per_mm, rng, limits):
    """The face photographed again: linear light, then noise, then 8 bit."""
    light = framed(linear(picture), rng, limits)
    light = light * lit(light.shape, rng, limits.light)
    light *= 2 ** (rng.uniform(-1, 1) * limits.exposure_ev)
    blue, red = 1 + rng.uniform(-1, 1, 2) * limits.balance
    light *= np.array([blue, 1, red], np.float32)
    sigma = rng.uniform(0, 1) * limits.blur_mm * px_per_mm
    if sigma > 0.05:
        light = cv2.GaussianBlur(light, (0, 0), sigma)
    # Shot noise: its deviation grows as the root of light.
    noise = rng.uniform(0, 1) * limits.noise / math.sqrt(0.18)
    light += noise * np.sqrt(np.maximum(light, 0)) * rng.standard_normal(
        light.shape, np.float32)
    return encoded(light)


def compare(cutis, before, after):
    out = crew.command([cutis, "compare", before, after, "-f", "json", "-q",
                        "-j", "1"])
    return json.loads(out) if out else None


def alone(cutis, photo):
    """The photograph against itself: its scale, and what it allows; or None."""
    face = compare(cutis, photo, photo)
    if face is None:
        return None
    return face["before"]["px_per_mm"], {
        (m["metric"], m["region"]) for m in face["measurements"]
        if m["verdict"] not in WITHHELD}


def case(cutis, photo, index, face, limits, folder):
    """What is said of one version beside its photograph, or None.  `face` is
    what alone said of it."""
    rng = np.random.default_rng([index, *photo.stem.encode()])
    picture = cv2.imread(str(photo))
    px_per_mm, could = face
    again = Path(folder) / f"{photo.stem}_{index}.jpg"
    cv2.imwrite(str(again), version(picture, px_per_mm, rng, limits),
                [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(limits.quality, 99))])
    pair = (photo, again) if index // 2 % 2 == 0 else (again, photo)
    result = compare(cutis, *pair)
    again.unlink()
    return result and short(result, could)


def short(result, could):
    """What the tables need: of each metric the rows that one photograph allows,
    those withheld, those with a direction; and these in full."""
    rows, false = {}, []
    for row in result["measurements"]:
        if (row["metric"], row["region"]) not in could:
            continue
        count = rows.setdefault(row["metric"], [0, 0, 0])
        count[0] += 1
        count[1] += row["verdict"] in WITHHELD
        if row["verdict"] in DIRECTIONS:
            count[2] += 1
            false.append([row[k] for k in ("metric", "region", "before",
                                           "after", "se", "p_adjusted",
                                           "verdict")])
    return {"comparable": result["comparable"],
            "score": result["progress"]["verdict"] in DIRECTIONS,
            "checks": sorted({f"{c['id']} {c['verdict']}"
                              for c in result["checks"]
                              if c["verdict"] != "pass"}),
            "rows": rows, "false": false}


class Tally:
    """Counts of rows, by metric, and of pairs, by face."""

    def __init__(self):
        self.pairs = self.refused = self.scores = self.wrong = 0
        self.rows = defaultdict(Counter)
        self.comparable, self.checks = Counter(), Counter()
        self.faces, self.wrong_faces = Counter(), set()
        self.false = []

    def take(self, face, index, said):
        self.pairs += 1
        self.faces[face] += 1
        if said is None:
            self.refused += 1
            return
        self.comparable[said["comparable"]] += 1
        self.scores += said["score"]
        self.checks.update(said["checks"])
        for metric, counts in said["rows"].items():
            self.rows[metric].update(dict(zip(("could", "withheld", "false"),
                                              counts)))
        self.false += [[face, index, *row] for row in said["false"]]
        if said["false"] or said["score"]:
            self.wrong += 1
            self.wrong_faces.add(face)


def share(k, n):
    """k of n in per cent, with Wilson's interval of 95 %."""
    if not n:
        return "–"
    p, z2 = k / n, 1.96 ** 2
    middle = (p + z2 / (2 * n)) / (1 + z2 / n)
    half = 1.96 * math.sqrt(p * (1 - p) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    return (f"{100 * p:.2f} % [{100 * max(middle - half, 0):.2f}, "
            f"{100 * min(middle + half, 1):.2f}]")


def table(tally):
    print("| metric | rows that one photograph allows | withheld | told |"
          " false directions, of those told |")
    print("|---|---|---|---|---|")
    total = Counter()
    for metric, count in tally.rows.items():
        total.update(count)
        told = count["could"] - count["withheld"]
        print(f"| {metric} | {count['could']} |"
              f" {share(count['withheld'], count['could'])} | {told} |"
              f" {count['false']}: {share(count['false'], told)} |")
    told = total["could"] - total["withheld"]
    print(f"| all | {total['could']} |"
          f" {share(total['withheld'], total['could'])} | {told} |"
          f" {total['false']}: {share(total['false'], told)} |")
    print(f"\n- pairs: {tally.pairs}, {min(tally.faces.values())} to "
          f"{max(tally.faces.values())} of each of {len(tally.faces)} faces; "
          f"refused: {tally.refused}, false scores: {tally.scores}")
    print(f"- pairs with a false row or score:"
          f" {share(tally.wrong, tally.pairs)}, of"
          f" {len(tally.wrong_faces)} faces")
    for name, counts in (("comparable", tally.comparable),
                         ("checks that did not pass", tally.checks)):
        print(f"- {name}: " + ", ".join(f"{key} {n}" for key, n
                                        in counts.most_common()))


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("cutis", type=Path)
    parser.add_argument("photos", type=Path)
    parser.add_argument("--versions", type=int, default=200)
    parser.add_argument("--inside", action="store_true")
    parser.add_argument("--final", action="store_true")
    parser.add_argument("--minutes", type=float)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--list")
    return parser.parse_args()


def study(args, folder):
    """All that is known of these versions by this build, after this run."""
    limits = INSIDE if args.inside else WILD
    kept = crew.Kept(args.keep)
    ours = [crew.build_of(args.cutis), "inside" if args.inside else "wild",
            args.final]
    done = {(k["face"], k["index"]): k["said"] for k in kept.lines
            if k["of"] == ours}
    photos = sorted(args.photos.glob("london/*.jpg")) + sorted(
        args.photos.glob("canada/*.jpg"))
    clock = crew.Clock(args.minutes)
    faces = {photo: face for photo, face, _ in crew.share_out(
        lambda photo: alone(args.cutis, photo), photos, args.jobs, clock)
        if face}
    cases = [(photo, index) for index in range(args.versions)
             for photo in faces if index % 2 == int(args.final) and
             (photo.stem, index) not in done]
    for (photo, index), said, error in crew.share_out(
            lambda one: case(args.cutis, *one, faces[one[0]], limits, folder),
            cases, args.jobs, clock):
        if not error:
            kept.add({"of": ours, "face": photo.stem, "index": index,
                      "said": said})
            done[photo.stem, index] = said
    return done


def main():
    args = arguments()
    cv2.setNumThreads(1)
    tally = Tally()
    with tempfile.TemporaryDirectory() as folder:
        for (face, index), said in sorted(study(args, folder).items()):
            tally.take(face, index, said)
    if not tally.pairs:
        sys.exit("no pair in that time")
    table(tally)
    if args.list:
        with open(args.list, "w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(tally.false)


if __name__ == "__main__":
    main()
