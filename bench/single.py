#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Pairs that differ in one nuisance alone, and a true change under each.

    bench/single.py PHANTOM CUTIS [PHOTOS] [--people N] [--held-out]
                    [--photos N] [--minutes M] [--jobs N] [--keep FOLDER]
                    [--list FILE]

PHANTOM and CUTIS are the two commands, PHOTOS the folder of real photographs.
Faces of seeds 100 and on (1000 and on with --held-out) are rendered once at 8.2
px/mm without noise; each is photographed twice that differ in blur, noise,
JPEG, exposure or a slope of light alone, in linear light.  The same again after
a true change: all that is finer than 4 mm (sigma) of the skin's optical density
made a fifth weaker, so that every band of texture is; what that is over a
region is read from the light before any camera by Gaussians of SciPy.  Every
ninth pair is asked the other way round as well.  --minutes begins no pair after
so long; --keep takes up what an earlier run rendered, and with the same build
found.  Prints tables in Markdown.  Needs NumPy, SciPy, Pillow and OpenCV.
"""
import argparse
import json
import pickle
import random
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

import cv2
import numpy as np
from scipy.ndimage import gaussian_filter

import crew
from accuracy.edits import finer_weaker
from nuisance import DIRECTIONS, WITHHELD, linear, share
from sweeps import people, plan, shots
from texture import BANDS, FLOOR, WEIGHTS

OWN_BLUR = 0.06  # mm, of the rendered lens
CHANGE, FINER_MM = 0.8, 4.0
STILL = {"noise": 0.005, "quality": 95}
BLURRED = {"blur": (0.16 ** 2 - OWN_BLUR ** 2) ** 0.5}
SHARP = {"blur": (0.08 ** 2 - OWN_BLUR ** 2) ** 0.5}
EIGHT = 0.08 * 60 / 70  # +-8 % from one side of a face to the other
# nuisance: the pairs of captures that differ in it alone
PAIRS = {
    "none (other noise)": [({}, {})],
    "blur 0.08, 0.16 mm": [(SHARP, BLURRED), (BLURRED, SHARP)],
    "noise 0.4, 1.2 %": [({"noise": 0.004}, {"noise": 0.012}),
                         ({"noise": 0.012}, {"noise": 0.004})],
    "JPEG 98, 85": [({"quality": 98}, {"quality": 85}),
                    ({"quality": 85}, {"quality": 98})],
    "exposure ±0.3 EV": [({}, {"stops": 0.3}), ({}, {"stops": -0.3})],
    "light ±8 %": [({}, {"slope": EIGHT, "angle": a}) for a in (0, 1.57, 3.93)],
}
REGIONS = ("cheek_r", "cheek_l", "chin")  # without hair
SWAP_EACH = 9


def compare(cutis, before, after):
    out = crew.command([cutis, "compare", before, after, "-f", "json", "-q",
                        "-j", "1"])
    return json.loads(out, parse_constant=people.no_number) if out else None


class Found:
    """Rows by nuisance and metric; what a true change came out at."""
    # What is filled; of several people it is joined.
    PARTS = {"rows": Counter, "failed": Counter, "told": Counter,
             "errors": list}

    def __init__(self, parts=()):
        for name, kind in self.PARTS.items():
            setattr(self, name, defaultdict(kind))
        self.pairs, self.refused, self.scores = Counter(), 0, 0
        self.false, self.swaps, self.who = [], [0, 0], []
        for part in parts:
            self.join(part)

    def join(self, other):
        for name, kind in self.PARTS.items():
            for key, value in getattr(other, name).items():
                mine = getattr(self, name)[key]
                mine.update(value) if kind is Counter else mine.extend(value)
        self.pairs.update(other.pairs)
        self.refused += other.refused
        self.scores += other.scores
        self.false += other.false
        self.swaps = [a + b for a, b in zip(self.swaps, other.swaps)]
        self.who += other.who

    def still(self, who, nuisance, could, result):
        """A pair of which nothing but a nuisance changed."""
        self.pairs[nuisance] += 1
        self.scores += result["progress"]["verdict"] in DIRECTIONS
        self.failed[nuisance].update({c["id"] for c in result["checks"]
                                      if c["verdict"] == "fail"})
        for m in result["measurements"]:
            if (m["metric"], m["region"]) not in could:
                continue
            count = self.rows[nuisance, m["metric"]]
            count["could"] += 1
            count["withheld"] += m["verdict"] in WITHHELD
            count["none"] += m["verdict"] in ("no_measurable_change",
                                              "no_relevant_change")
            if m["verdict"] in DIRECTIONS:
                count["false"] += 1
                self.false.append([who, nuisance, m["metric"], m["region"],
                                   m["before"], m["after"], m["se"],
                                   m["verdict"]])

    def changed(self, nuisance, true, result):
        """A pair with a true change of texture: points beside it."""
        for m in result["measurements"]:
            if m["metric"] != "texture":
                continue
            self.told[nuisance].update([m["verdict"]])
            known = true.get(m["region"])
            if not known or m["relative_change"] is None:
                continue
            self.errors[nuisance, "R"].append(
                100 * (1 + m["relative_change"] - known["R"]))
            for band in BANDS[:2]:
                d = (m["details"] or {}).get(f"Sq_{band:g}") or {}
                if d.get("before") and d.get("after"):
                    self.errors[nuisance, f"Sq_{band:g}"].append(
                        100 * (d["after"] / d["before"] - known[band]))

    def swap(self, result, back):
        self.swaps[0] += mirrors(result, back)
        self.swaps[1] += 1


def mirrors(one, two):
    """Is the second exactly what the first says of the swapped photographs?"""
    turned = {"improved": "worse", "worse": "improved"}
    minus = lambda v: None if v is None else -v
    for a, b in zip(one["measurements"], two["measurements"]):
        linear_scale = a["scale"] == "linear"
        same = (a["before"] == b["after"] and a["after"] == b["before"] and
                a["change"] == minus(b["change"]) and a["se"] == b["se"] and
                a["p"] == b["p"] and a["p_adjusted"] == b["p_adjusted"] and
                turned.get(a["verdict"], a["verdict"]) == b["verdict"] and
                (not linear_scale or not a["ci95"] or
                 a["ci95"] == [minus(v) for v in b["ci95"][::-1]]))
        if not same:
            return False
    return one["progress"]["score"] == minus(two["progress"]["score"])


# ---- Rendered people ---------------------------------------------------------

def weaker(view, skin):
    """The view with the fine part of its skin's density a fifth weaker."""
    return shots.View(finer_weaker(view.linear, skin, view.scale, CHANGE,
                                   FINER_MM), view.truth, view.region)


def roughness(view, region):
    """R and its bands over a region's bare skin, of light without a camera."""
    y, x = np.nonzero(region)
    margin = int(8 * BANDS[-1] * view.scale)
    y0, x0 = max(y.min() - margin, 0), max(x.min() - margin, 0)
    part = np.s_[y0:y.max() + margin, x0:x.max() + margin]
    light = view.linear[part].astype(np.float64) @ [0.2126729, 0.7151522,
                                                    0.0721750]
    light = gaussian_filter(light, FLOOR * view.scale)
    density = -100 * np.log10(np.maximum(light, 1 / 256))
    planes = {s: gaussian_filter(density, s * view.scale)
              for s in (*BANDS, 2 * BANDS[-1])}
    bands = {s: np.sqrt(((planes[s] - planes[2 * s])[region[part]] ** 2).mean())
             for s in BANDS}
    bands["R"] = float(np.exp(sum(w * np.log(bands[s])
                                  for s, w in zip(BANDS, WEIGHTS))))
    return bands


def truth_of(before, after):
    names = [r["name"] for r in before.truth["regions"]]
    true = {}
    for name in REGIONS:
        region = before.region == names.index(name)
        one, two = roughness(before, region), roughness(after, region)
        true[name] = {k: two[k] / one[k] for k in one}
    return true


def rendered(args, seed, folder, clock):
    """All pairs of one person, unchanged and changed."""
    found = Found()
    found.who = [seed]
    person = people.Person(args, seed, folder)
    view = person.view(plan.SHARP)
    stem = folder / f"{seed}-base{plan.SHARP:.0f}"
    skin = cv2.imread(str(stem.with_suffix(".maps") / "skin.png"), -1) > 65000
    changed = weaker(view, skin)
    true = truth_of(view, changed)
    base = person.photo(view, "alone", STILL).path
    could = allowed(compare(args.cutis, base, base))
    number = 0
    for nuisance, one, two in shuffled(seed):
            before = person.photo(view, "a", {**STILL, **one}).path
            if clock.over():
                break
            for what in (view, changed):
                after = person.photo(what, "b", {**STILL, **two}).path
                result = compare(args.cutis, before, after)
                number += 1
                if result is None:
                    found.refused += 1
                    continue
                if what is view:
                    found.still(seed, nuisance, could, result)
                else:
                    found.changed(nuisance, true, result)
                if number % SWAP_EACH == seed % SWAP_EACH:
                    found.swap(result, compare(args.cutis, after, before))
    return found


def shuffled(seed):
    """All pairs of captures, in an order of the person's own: what a time limit
    cuts off is not always the same."""
    pairs = [(nuisance, *pair) for nuisance, of in PAIRS.items() for pair in of]
    random.Random(seed).shuffle(pairs)
    return pairs


def allowed(result):
    """The rows that the photograph against itself tells."""
    return {(m["metric"], m["region"]) for m in result["measurements"]
            if m["verdict"] not in WITHHELD}


# ---- Real photographs --------------------------------------------------------

def real(args, photo, folder, clock):
    """A real photograph against itself, one nuisance at a time."""
    found, alone = Found(), compare(args.cutis, photo, photo)
    if alone is None:
        return found
    found.who = [photo.stem]
    picture = cv2.imread(str(photo))[..., ::-1]
    height, width = picture.shape[:2]
    middle = [[x * width, y * height] for x in (0.3, 0.7) for y in (0.3, 0.8)]
    view = shots.View(linear(picture), {
        "px_per_mm": alone["before"]["px_per_mm"], "blur_mm": 0.0,
        "card": None, "landmarks": middle})
    could = allowed(alone)
    paths = [folder / f"{photo.stem}-{k}.jpg" for k in "ab"]
    for nuisance, pairs in PAIRS.items():
        if clock.over():
            break
        for i, (one, two) in enumerate(pairs[:2]):
            for k, (path, amounts) in enumerate(zip(paths, (one, two))):
                # Its own noise and blur stay; little is added.
                amounts = {"noise": 0.001, "quality": 98, **amounts}
                shots.take(view, path, 10 * i + k, **amounts)
            result = compare(args.cutis, *paths)
            if result is None:
                found.refused += 1
                continue
            found.still(photo.stem, nuisance, could, result)
    for path in paths:
        path.unlink(missing_ok=True)
    return found


# ---- Tables ------------------------------------------------------------------

def quiet_table(found):
    print("| nuisance alone | pairs | rows that one photograph allows |"
          " withheld | told | no direction, of those told | “no measurable” or “no "
          "relevant change”, of those told |\n" + "|---" * 7 + "|")
    for nuisance in PAIRS:
        total = Counter()
        for (name, _), count in found.rows.items():
            if name == nuisance:
                total.update(count)
        told = total["could"] - total["withheld"]
        print(f"| {nuisance} | {found.pairs[nuisance]} | {total['could']} |"
              f" {share(total['withheld'], total['could'])} | {told} |"
              f" {share(told - total['false'], told)} |"
              f" {share(total['none'], told)} |")


def metric_table(found):
    print("\n| metric | " + " | ".join(PAIRS) + " |\n|---" +
          "|---" * len(PAIRS) + "|")
    for metric in sorted({m for _, m in found.rows}):
        cells = []
        for nuisance in PAIRS:
            n = found.rows[nuisance, metric]
            cells.append(f"{n['could'] - n['withheld']} of {n['could']}, "
                         f"{n['false']}")
        print(f"| {metric} | " + " | ".join(cells) + " |")


def change_table(found):
    print("\n| under | figure | n | bias, points | SD | largest | within ±3 |"
          " called improved |\n" + "|---" * 8 + "|")
    for nuisance in PAIRS:
        said = found.told[nuisance]
        told = sum(n for v, n in said.items() if v not in WITHHELD)
        for figure in ("R", "Sq_0.25", "Sq_0.5"):
            e = np.array(found.errors[nuisance, figure])
            if not e.size:
                continue
            last = f"{said['improved']} of {told} told, of " \
                f"{sum(said.values())}" if figure == "R" else ""
            print(f"| {nuisance} | {figure} | {e.size} | {e.mean():+.2f} |"
                  f" {e.std(ddof=1):.2f} | {np.abs(e).max():.2f} |"
                  f" {(np.abs(e) <= 3).sum()} | {last} |")


def report(found, title):
    print(f"\n### {title}\n\n{len(found.who)}: "
          f"{', '.join(str(w) for w in sorted(found.who))}\n")
    quiet_table(found)
    print("\nBy metric: rows told of those allowed, then false directions.")
    metric_table(found)
    print("\nChecks that failed: " + "; ".join(
        f"{nuisance}: " + ", ".join(f"{c} {n}" for c, n in of.most_common())
        for nuisance, of in found.failed.items() if of) + ".")
    if found.errors:
        print("\nA true change of −20 %: what is read less what is true, "
              "points; cheeks and chin.")
        change_table(found)
    print(f"\nRefused {found.refused}, false scores {found.scores}" + (
        f", swapped: exactly mirrored {found.swaps[0]} of {found.swaps[1]}"
        if found.swaps[1] else "") + ".", flush=True)


def study(args, name, work, items, folder):
    """What all of them found; a person of whom an earlier run kept it is not
    asked again."""
    clock, parts, left = crew.Clock(args.minutes), [], []
    ours = folder / f"single-{crew.build_of(args.cutis)}"
    ours.mkdir(exist_ok=True)
    kept = lambda item: ours / f"{name}-{getattr(item, 'stem', item)}"
    for item in items:
        if kept(item).exists():
            parts.append(pickle.loads(kept(item).read_bytes()))
        else:
            left.append(item)
    for item, found, error in crew.share_out(
            lambda item: work(args, item, folder, clock), left, args.jobs,
            clock):
        if not error:
            kept(item).write_bytes(pickle.dumps(found))
            parts.append(found)
    return Found(parts)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("phantom")
    parser.add_argument("cutis", type=Path)
    parser.add_argument("real", type=Path, nargs="?")
    parser.add_argument("--people", type=int, default=5)
    parser.add_argument("--photos", type=int, default=30)
    parser.add_argument("--held-out", action="store_true")
    parser.add_argument("--minutes", type=float, help="for each of both parts")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--keep")
    parser.add_argument("--list", help="every false direction as JSON")
    args = parser.parse_args()
    cv2.setNumThreads(1)
    first, false = 1000 if args.held_out else 100, []
    # Fine skin first: there texture is read.
    photos = sorted(args.real.glob("canada/*.jpg")) + sorted(
        args.real.glob("london/*_neutral.jpg")) if args.real else []
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(args.keep or scratch)
        folder.mkdir(parents=True, exist_ok=True)
        for title, name, work, items in (
                ("Rendered people", "person", rendered,
                 range(first, first + args.people)),
                ("Real photographs", "photo", real, photos[:args.photos])):
            if items:
                found = study(args, name, work, items, folder)
                report(found, title)
                false += found.false
    if args.list:
        Path(args.list).write_text(json.dumps(false), encoding="utf-8")


if __name__ == "__main__":
    main()
