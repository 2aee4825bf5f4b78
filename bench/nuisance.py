#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Real faces photographed again under other conditions, by calculation.

    bench/nuisance.py CUTIS PHOTOS [--versions N] [--inside] [--final]
                      [--minutes M] [--jobs N] [--list FILE]

CUTIS is the command, PHOTOS the folder of real photographs.  Every face of the
London and Canada sets is changed N times at random: framed otherwise, +-0.3 EV,
+-3 % of white balance, blurred by up to 0.1 mm, with noise, under light that
differs by +-8 % across the face, saved as JPEG of quality 85 to 98.  The skin
is the same, so each "improved", "worse" or "changed" is a false one.  --inside
keeps every nuisance where all checks ought to pass, and shows how much is
withheld all the same.  Odd versions are kept apart: --final takes those, and
only those, and nothing is tuned on them.  --minutes ends the study when they
are over, after the same number of versions of nearly every face.  --list writes
every false row as CSV.  Prints a table in Markdown.
"""
import argparse
import csv
import json
import math
import subprocess
import tempfile
import time
from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np

DIRECTIONS = ("improved", "worse", "changed")
WITHHELD = ("not_measurable", "not_comparable")
LATE = object()


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
    v = picture.astype(np.float32) / 255.0
    return np.where(v <= 0.04045, v / 12.92, ((v + 0.055) / 1.055) ** 2.4)


def encoded(light):
    v = np.clip(light, 0.0, 1.0)
    v = np.where(v <= 0.0031308, 12.92 * v, 1.055 * v ** (1 / 2.4) - 0.055)
    return np.round(255.0 * v).astype(np.uint8)


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
    run = subprocess.run([cutis, "compare", before, after, "-f", "json", "-q",
                          "-j", "1"],
                         capture_output=True, text=True, check=False)
    return json.loads(run.stdout) if run.stdout else None


@lru_cache(maxsize=None)
def alone(cutis, photo):
    """The photograph against itself: its scale, and what it allows; or None."""
    face = compare(cutis, photo, photo)
    if face is None:
        return None
    return face["before"]["px_per_mm"], {
        (m["metric"], m["region"]) for m in face["measurements"]
        if m["verdict"] not in WITHHELD}


def case(cutis, photo, index, limits, folder):
    """One version against its photograph: the result, or None."""
    rng = np.random.default_rng([index, *photo.stem.encode()])
    picture = cv2.imread(str(photo))
    face = alone(cutis, photo)
    if face is None:
        return None
    px_per_mm, could = face
    again = Path(folder) / f"{photo.stem}_{index}.jpg"
    cv2.imwrite(str(again), version(picture, px_per_mm, rng, limits),
                [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(limits.quality, 99))])
    pair = (photo, again) if index // 2 % 2 == 0 else (again, photo)
    result = compare(cutis, *pair)
    again.unlink()
    if result is None:
        return None
    return photo.stem, index, could, result


class Tally:
    """Counts of rows, by metric."""

    def __init__(self):
        self.pairs = self.refused = self.scores = 0
        self.rows = defaultdict(Counter)
        self.comparable = Counter()
        self.checks = Counter()
        self.false = []

    def take(self, outcome):
        self.pairs += 1
        if outcome is None:
            self.refused += 1
            return
        face, index, could, result = outcome
        self.comparable[result["comparable"]] += 1
        self.scores += result["progress"]["verdict"] in DIRECTIONS
        self.checks.update({f"{c['id']} {c['verdict']}"
                            for c in result["checks"] if c["verdict"] != "pass"})
        for row in result["measurements"]:
            if (row["metric"], row["region"]) not in could:
                continue
            count = self.rows[row["metric"]]
            count["could"] += 1
            count["withheld"] += row["verdict"] in WITHHELD
            if row["verdict"] in DIRECTIONS:
                count["false"] += 1
                self.false.append([face, index, row["metric"], row["region"],
                                   row["before"], row["after"], row["se"],
                                   row["p_adjusted"], row["verdict"]])


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
    print(f"\n- pairs: {tally.pairs}, refused: {tally.refused}, false scores:"
          f" {tally.scores}")
    for name, counts in (("comparable", tally.comparable),
                         ("checks that did not pass", tally.checks)):
        print(f"- {name}: " + ", ".join(f"{key} {n}" for key, n
                                        in counts.most_common()))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("cutis")
    parser.add_argument("photos", type=Path)
    parser.add_argument("--versions", type=int, default=200)
    parser.add_argument("--inside", action="store_true")
    parser.add_argument("--final", action="store_true")
    parser.add_argument("--minutes", type=float, default=math.inf)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--list")
    args = parser.parse_args()
    cv2.setNumThreads(1)
    photos = sorted(args.photos.glob("london/*.jpg")) + sorted(
        args.photos.glob("canada/*.jpg"))
    limits = INSIDE if args.inside else WILD
    cases = [(photo, index) for index in range(args.versions)
             for photo in photos if index % 2 == int(args.final)]
    end = time.monotonic() + 60 * args.minutes

    def within(one):
        if time.monotonic() > end:
            return LATE
        return case(args.cutis, *one, limits, folder)

    tally = Tally()
    with tempfile.TemporaryDirectory() as folder:
        with ThreadPoolExecutor(args.jobs) as pool:
            for outcome in pool.map(within, cases):
                if outcome is not LATE:
                    tally.take(outcome)
    table(tally)
    if args.list:
        with open(args.list, "w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(tally.false)


if __name__ == "__main__":
    main()
