#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Pairs of real faces that no program may compare: what cutis says of them.

    bench/caught.py CUTIS PHOTOS [--final] [--jobs N]

CUTIS is the command, PHOTOS the folder of real photographs.  Other people,
smiles, other distances, shifted hues, heavy blur, too much light and cut faces,
each with the checks that ought to name it: a case is caught when one of those
fails, or the photograph is refused, and is never "comparable: yes".  A random
half of the cases is kept apart for --final.  Prints a table in Markdown.
"""
import argparse
import itertools
import tempfile
import zlib
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import cv2
import numpy as np

from accuracy.edits import encoded
from nuisance import compare, linear

# What is done, and which checks ought to say so.
REASONS = {
    "another person": ("identity",),
    "a smile": ("expression",),
    "15 cm against 60 cm": ("perspective",),
    "15 cm against 45 cm": ("perspective",),
    "hue turned by 15 degrees": ("skin_colour", "white_balance"),
    "hue turned by -15 degrees": ("skin_colour", "white_balance"),
    "blurred by 0.6 mm": ("focus", "blur_mismatch"),
    "two stops more light": ("clipping", "exposure"),
    "the lower third cut away": ("coverage",),
    "one side cut away": ("coverage",),
}


def turned(picture, degrees):
    """All hues turned, as a wrong profile or an app would."""
    hsv = cv2.cvtColor(picture, cv2.COLOR_BGR2HSV)
    hsv[..., 0] = (hsv[..., 0].astype(int) + round(degrees / 2)) % 180
    return cv2.cvtColor(hsv, cv2.COLOR_HSV2BGR)


def edited(picture, what, px_per_mm):
    if what.startswith("hue"):
        return turned(picture, int(what.split()[-2]))
    if what.startswith("blurred"):
        return encoded(cv2.GaussianBlur(linear(picture), (0, 0),
                                        0.6 * px_per_mm))
    if what.startswith("two stops"):
        return encoded(4 * linear(picture))
    return None


def cut(picture, what, points):
    """The frame ends at the lips, or at the bridge of the nose."""
    mouth, left, right = points
    if what.startswith("the lower"):
        return picture[:int(mouth[1])]
    return picture[:, :int((left[0] + right[0]) / 2)]


def drawn_points(photo):
    """Mouth and pupils, placed by people; None where nobody placed any."""
    file = photo.with_suffix(".tem")
    if not file.exists():
        return None
    lines = file.read_text(encoding="ascii").split("\n")[1:190]
    at = [tuple(float(v) for v in line.split()[:2]) for line in lines]
    mouth = tuple((a + b) / 2 for a, b in zip(at[87], at[93]))
    return mouth, at[0], at[1]


def cases(photos):
    """(what, before, after or None when it is made from before)."""
    london = sorted(photos.glob("london/*_neutral.jpg"))
    canada = sorted(photos.glob("canada/*.jpg"))
    for faces in (london, canada):
        for pair in itertools.combinations(faces, 2):
            yield "another person", *pair
    for face in london:
        yield ("a smile", face,
               Path(str(face).replace("neutral", "smiling")))
    zoom = photos / "zoom"
    for far in ("60", "45"):
        yield (f"15 cm against {far} cm", zoom / "15cm.jpg",
               zoom / f"{far}cm.jpg")
    for what in REASONS:
        if what.split()[0] in ("hue", "blurred", "two"):
            for face in london + canada:
                yield what, face, None
        if "cut away" in what:
            for face in london + canada:
                if drawn_points(face):
                    yield what, face, None


def outcome(cutis, what, before, after, folder):
    """Comparable, failed checks, and whether the right one is among them."""
    if after is None:
        picture = cv2.imread(str(before))
        if "cut away" in what:
            picture = cut(picture, what, drawn_points(before))
        else:
            scale = compare(cutis, before, before)["before"]["px_per_mm"]
            picture = edited(picture, what, scale)
        after = Path(folder) / f"{before.stem}_{zlib.crc32(what.encode())}.png"
        cv2.imwrite(str(after), picture)
    result = compare(cutis, before, after)
    if result is None:
        return what, "refused", [], True
    failed = sorted({c["id"] for c in result["checks"]
                     if c["verdict"] == "fail"})
    right = any(reason in failed for reason in REASONS[what])
    told = [m["verdict"] for m in result["measurements"]]
    false = sum(v in ("improved", "worse", "changed") for v in told)
    return (what, result["comparable"], failed + [f"{false} directions"] * (
        false > 0), right)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("cutis")
    parser.add_argument("photos", type=Path)
    parser.add_argument("--final", action="store_true")
    parser.add_argument("--jobs", type=int, default=2)
    args = parser.parse_args()
    cv2.setNumThreads(1)
    chosen = [c for c in cases(args.photos)
              if zlib.crc32(repr([str(p)[-16:] for p in c]).encode()) % 2 ==
              int(args.final)]
    seen = {what: Counter() for what in REASONS}
    said = {what: Counter() for what in REASONS}
    with tempfile.TemporaryDirectory() as folder:
        with ThreadPoolExecutor(args.jobs) as pool:
            for what, comparable, failed, right in pool.map(
                    lambda c: outcome(args.cutis, *c, folder), chosen):
                seen[what].update(["n", comparable] + ["right"] * right)
                said[what].update(failed)
    print("| case | n | yes | limited | no | refused | its own check fails |"
          " failing checks |\n|---|---|---|---|---|---|---|---|")
    for what, n in seen.items():
        checks = ", ".join(f"{c} {k}" for c, k in said[what].most_common(6))
        print(f"| {what} | {n['n']} | {n['yes']} | {n['limited']} | {n['no']} |"
              f" {n['refused']} | {n['right']} | {checks} |")


if __name__ == "__main__":
    main()
