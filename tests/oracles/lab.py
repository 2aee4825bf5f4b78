#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Figures for tests/test_filters.c: CIELAB of a crop of a real photograph.

    tests/oracles/lab.py ../shared/photos >tests/oracles/lab.inc

By scikit-image's rgb2lab (D65, two degrees).  The photograph is canada/022f.jpg;
only figures of it are written: means, and L*, a*, b* of places on a grid.
"""
import sys
from pathlib import Path

import numpy as np
from PIL import Image
from skimage import color

LEFT, TOP, SIDE, STEP, FIRST = 420, 700, 256, 43, 20


def numbers(name, values):
    print(f"static const double {name}[] = {{")
    for row in np.asarray(values).reshape(-1, 3):
        print("    " + ", ".join(f"{v:.6f}" for v in row) + ",")
    print("};")


def main():
    with Image.open(Path(sys.argv[1]) / "canada/022f.jpg") as picture:
        crop = np.asarray(picture.convert("RGB"))[TOP:TOP + SIDE,
                                                  LEFT:LEFT + SIDE]
    lab = color.rgb2lab(crop.astype(np.float64) / 255)
    print("/* By tests/oracles/lab.py; do not edit. */\n")
    print("/* Means of L*, a*, b*, then their standard deviations. */")
    numbers("lab_of_all", [lab.mean(axis=(0, 1)), lab.std(axis=(0, 1))])
    print("\n/* L*, a*, b* on the grid, row by row. */")
    numbers("lab_at", lab[FIRST::STEP, FIRST::STEP])


if __name__ == "__main__":
    main()
