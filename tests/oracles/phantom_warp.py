#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""How well a phantom's true warp fits its own light.

    cutis-phantom pair --seed 7 --size 1100x1450 --px-per-mm 6 --retake 2 \\
        --retake-smile 0.5 --png 8 -o pair --clean light
    tests/oracles/phantom_warp.py pair/truth.json light 6

Needs numpy and scipy.  Around points of the warp that face both cameras, 21
pixels of the first photograph's light are registered to the second's by least
squares, which starts from the truth; what it still moves is the truth's error
plus its own.  Found for the pair above: median 0.0084 mm, 95th percentile
0.0256 mm, mean 0.03 and 0.01 pixels, 500 of 500 points with a correlation
above 0.8.
"""
import json
import sys

import numpy as np
from scipy.ndimage import gaussian_filter, map_coordinates, spline_filter
from scipy.spatial import cKDTree

POINTS, FACING, NEIGHBOURS, ROUNDS = 500, 0.6, 13, 4
GRID = np.mgrid[-10:11, -10:11].reshape(2, -1).astype(float)


def band(path):
    """Log of the light between 1 and 6 pixels, ready for cubic splines."""
    light = np.log(np.load(path) + 0.01)
    return spline_filter(gaussian_filter(light, 1) - gaussian_filter(light, 6))


def at(image, places):
    """Values at places whose (0, 0) is the picture's top left corner."""
    return map_coordinates(image, [places[:, 1] - 0.5, places[:, 0] - 0.5],
                           order=3, mode="nearest", prefilter=False)


def residual(images, places, nearest):
    """Pixels by which the second light is off, or None if it is unlike."""
    first, second = places
    design = np.c_[first[nearest] - first[nearest[0]], np.ones(NEIGHBOURS)]
    target = second[nearest] - second[nearest[0]]
    slope = np.linalg.lstsq(design, target, rcond=None)[0][:2]
    offsets = np.c_[GRID[1], GRID[0]]
    known = at(images[0], first[nearest[0]] + offsets)
    around = second[nearest[0]] + offsets @ slope
    shift = np.zeros(2)
    for _ in range(ROUNDS):
        found = at(images[1], around + shift)
        along = (at(images[1], around + shift + [0.5, 0]) -
                 at(images[1], around + shift - [0.5, 0]))
        down = (at(images[1], around + shift + [0, 0.5]) -
                at(images[1], around + shift - [0, 0.5]))
        design = np.c_[along, down, np.ones_like(along)]
        shift += np.linalg.lstsq(design, known - found, rcond=None)[0][:2]
    found = at(images[1], around + shift)
    return shift if np.corrcoef(known, found)[0, 1] > 0.8 else None


def main(truth, folder, px_per_mm):
    with open(truth, encoding="utf-8") as file:
        rows = np.array(json.load(file)["warp"]["rows"])
    rows = rows[(rows[:, 6:] > FACING).all(axis=1)]
    images = [band(f"{folder}/{name}.npy") for name in ("before", "after")]
    places = rows[:, 1:3], rows[:, 3:5]
    tree = cKDTree(places[0])
    chosen = np.random.default_rng(1).choice(len(rows), POINTS, replace=False)
    found = [residual(images, places, tree.query(places[0][i], NEIGHBOURS)[1])
             for i in chosen]
    found = np.array([shift for shift in found if shift is not None])
    away = np.hypot(*found.T) / float(px_per_mm)
    print(f"{len(found)} of {POINTS} points; median {np.median(away):.4f} mm, "
          f"95th percentile {np.percentile(away, 95):.4f} mm, "
          f"mean {found.mean(0).round(3)} px")


main(*sys.argv[1:])
