#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Figures for tests/test_filters.c, from a crop of a real photograph.

    tests/oracles/filters.py ../shared/photos >tests/oracles/filters.inc

Masked Gaussians and a difference of them by SciPy (normalised convolution, zero
outside), blobs by scikit-image's blob_log, dilation, erosion and components by
scikit-image, skeletons by its skeletonize (Zhang and Suen).  The photograph is
canada/022f.jpg; only figures of it are written.
"""
import sys
from pathlib import Path

import numpy as np
from PIL import Image
from scipy import ndimage
from skimage import feature, measure, morphology

LEFT, TOP, SIDE = 420, 700, 256
DARK = 100  # green codes below: brows, lashes, pupils, shadow
SIGMA = (1.3, 4.0, 9.0)
SCALES = [2.0 * 2 ** (k / 3) for k in range(7)]
THRESHOLD = 0.6


def linear(code):
    c = code / 255.0
    return np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)


def numbers(name, values, form="{:.9g}"):
    print(f"static const double {name}[] = {{")
    text = [form.format(float(v)) for v in np.ravel(values)]
    for i in range(0, len(text), 6):
        print("    " + ", ".join(text[i:i + 6]) + ",")
    print("};")


def hex_rows(name, mask):
    print(f"static const char *const {name}[] = {{")
    for row in mask:
        print('    "' + np.packbits(row).tobytes().hex() + '",')
    print("};")


def masked(plane, mask, sigma):
    blur = lambda v: ndimage.gaussian_filter(v, sigma, mode="constant",
                                             truncate=6)
    weight = blur(mask.astype(float))
    return blur(plane * mask) / np.maximum(weight, 1e-6), weight


def main():
    with Image.open(Path(sys.argv[1]) / "canada/022f.jpg") as picture:
        code = np.asarray(picture)[TOP:TOP + SIDE, LEFT:LEFT + SIDE, 1]
    plane = 100 * linear(code.astype(float))
    mask = code >= DARK
    print("/* By tests/oracles/filters.py; do not edit. */\n")
    print(f"enum {{ LEFT = {LEFT}, TOP = {TOP}, SIDE = {SIDE}, DARK = {DARK} }};")
    numbers("crop_sums", [plane.sum(), mask.sum()], "{:.12g}")

    at = np.arange(20, SIDE, 43)
    filtered = {}
    for sigma in SIGMA:
        filtered[sigma], weight = masked(plane, mask, sigma)
        value = np.where(weight >= 0.5, filtered[sigma], np.nan)[np.ix_(at, at)]
        name = f"masked_{sigma:g}".replace(".", "_")
        print("\n/* -1: where less than half of the weight is skin. */")
        numbers(name, np.where(np.isnan(value), -1, value))
    band = filtered[1.3] - filtered[4.0]
    numbers("band", [np.sqrt(np.mean(band[mask] ** 2)), np.mean(band[mask])])

    smooth = plane - ndimage.gaussian_filter(plane, 12)
    source = -smooth  # dark blobs
    found = feature.blob_log(source, min_sigma=SCALES[0], max_sigma=SCALES[-1],
                             num_sigma=len(SCALES), log_scale=True,
                             threshold=THRESHOLD, overlap=1.0)
    inner = [(x, y, s) for y, x, s in found
             if SCALES[1] * 0.99 <= s <= SCALES[-2] * 1.01
             and 24 <= x < SIDE - 24 and 24 <= y < SIDE - 24]
    rows = []
    for x, y, s in sorted(inner):
        answer = -s * s * ndimage.gaussian_laplace(source, s)[int(y), int(x)]
        rows.append((x, y, s, answer))
    print("\n/* x, y, sigma, response of the blobs of SOURCE = trend - plane. */")
    numbers("blobs", rows, "{:.6g}")

    dark = (code < DARK)[:128, :192]
    print("\n/* 128 rows of 192 pixels: pixels kept by scikit-image. */")
    hex_rows("skeleton", morphology.skeletonize(dark))
    disks = [(r, morphology.binary_dilation(dark, morphology.disk(r)).sum(),
              morphology.binary_erosion(dark, morphology.disk(r)).sum())
             for r in (1, 2, 3, 5)]
    print("\n/* Radius, pixels after dilation, after erosion. */")
    numbers("disks", disks, "{:g}")
    numbers("components", [measure.label(dark, connectivity=c).max()
                           for c in (1, 2)], "{:g}")


if __name__ == "__main__":
    main()
