#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Whether roughness follows what numpy finds in the light that met the lens.

    bench/texture.py PHANTOM CUTIS [--seeds N] [--out FILE] [--keep FOLDER]

PHANTOM and CUTIS are the two commands.  Renders faces of training seeds (100
and on) at 8 px per mm whose fine relief is made shallower or deeper, and
writes the light before lens, noise and compression too.  The truth is the
roughness of that light, by Gaussians of scipy over the same polygons; the
measurement is CUTIS's of the JPEG.  Repeats are the same face photographed
twice.  Writes a table in Markdown.  Needs numpy, scipy and OpenCV.
"""
import argparse
import datetime
import json
import platform
import subprocess
import tempfile
from pathlib import Path

import cv2
import numpy as np
from scipy.ndimage import gaussian_filter

SCALE = 8.0
FLOOR = 0.10  # mm
DOSES = (0.7, 0.85, 1.15, 1.3)
BANDS = (0.25, 0.5, 1.0, 2.0)
WEIGHTS = (0.2, 0.3, 0.3, 0.2)
POLYGONS = {
    "cheek_r": (116, 117, 118, 119, 101, 36, 206, 207, 192, 213, 147, 123),
    "cheek_l": (345, 346, 347, 348, 330, 266, 426, 427, 416, 433, 376, 352),
}


def pair(args, folder, name, seed, options):
    place = folder / name
    if not (place / "truth.json").exists():
        subprocess.run([args.phantom, "pair", "--seed", str(seed), "--size",
                        "1800x2300", "--px-per-mm", f"{SCALE:g}", *options,
                        "-o", place], check=True)
    run = subprocess.run([args.cutis, "compare", place / "before.jpg",
                          place / "after.jpg", "-f", "json", "-q"],
                         capture_output=True, text=True, check=False)
    truth = json.loads((place / "truth.json").read_text(encoding="utf-8"))
    return truth, json.loads(run.stdout)


def roughness(path, photo, polygon):
    """R and the bands of clean light inside a polygon of landmarks."""
    light = np.load(path).astype(np.float64)
    points = np.array(photo["landmarks"])[list(polygon)]
    low = np.floor(points.min(0)).astype(int) - 110
    high = np.ceil(points.max(0)).astype(int) + 110
    part = light[low[1]:high[1], low[0]:high[0]]
    inside = np.zeros(part.shape, np.uint8)
    cv2.fillPoly(inside, [np.round(points - low).astype(np.int32)], 1)
    part = gaussian_filter(part, FLOOR * SCALE)
    density = -100 * np.log10(np.maximum(part, 1 / 256))
    total, bands = 0.0, []
    for sigma, weight in zip(BANDS, WEIGHTS):
        band = (gaussian_filter(density, sigma * SCALE) -
                gaussian_filter(density, 2 * sigma * SCALE))
        bands.append(np.sqrt((band[inside > 0] ** 2).mean()))
        total += weight * np.log(bands[-1])
    return np.exp(total), bands


def row_of(report, region):
    return next(m for m in report["measurements"]
                if m["metric"] == "texture" and m["region"] == region)


def dose_response(args, folder):
    found = []
    for seed in range(100, 100 + args.seeds):
        for dose in DOSES:
            name = f"{seed}-{dose:g}"
            truth, report = pair(args, folder, name, seed, [
                "--retake", "0", "--treat-relief", str(dose), "--clean",
                str(folder / (name + "-clean"))])
            clean = sorted((folder / (name + "-clean")).glob("*.npy"))
            clean.sort(key=lambda p: "after" in p.name)
            for region, polygon in POLYGONS.items():
                values = [roughness(clean[i], truth["photos"][i], polygon)
                          for i in range(2)]
                row = row_of(report, region)
                ratio = row["after"] / row["before"]
                fine = row["details"]["Sq_0.25"]
                found.append((seed, region, dose, values[1][0] / values[0][0],
                              ratio, values[1][1][0] / values[0][1][0],
                              fine["after"] / fine["before"]))
                print(found[-1], flush=True)
    return found


def repeats(args, folder):
    found = []
    for seed in range(100, 100 + args.repeats):
        _, report = pair(args, folder, f"{seed}-again", seed, [])
        for region in (*POLYGONS, "face"):
            row = row_of(report, region)
            if row["before"] and row["after"]:
                found.append((seed, region,
                              np.log(row["after"] / row["before"])))
                print(found[-1], flush=True)
    return found


def line(x, y):
    """Slope of y on x through their means, and r squared."""
    x, y = np.log(x), np.log(y)
    slope = np.polyfit(x, y, 1)[0]
    return slope, np.corrcoef(x, y)[0, 1] ** 2


def table(args, found, again):
    yield "# Roughness against the light that met the lens\n"
    yield (f"{datetime.date.today()}, {platform.machine()}, {args.seeds} "
           f"training face(s), {args.repeats} of them twice: "
           f"`bench/texture.py PHANTOM CUTIS --seeds {args.seeds} --repeats "
           f"{args.repeats}`. These are figures of rendered faces, not of "
           "people.\n")
    data = np.array([f[3:] for f in found])
    for name, i in (("R", 0), ("Sq_0.25", 2)):
        slope, r2 = line(data[:, i], data[:, i + 1])
        yield (f"* {name}: slope of ln measured on ln true {slope:.3f}, "
               f"r² {r2:.4f} ({len(data)} changes, relief × 0.7 to 1.3; "
               "accepted: 1.00 ± 0.03, r² ≥ 0.995)")
    for where in ("face", "cheek"):
        logs = [v for _, region, v in again if region.startswith(where)]
        if logs:
            cv = 100 * np.sqrt(np.mean(np.square(logs)) / 2)
            yield (f"* repeat CV(R), {where}: {cv:.1f} % ({len(logs)} pairs; "
                   "accepted: 2 %)")
    yield ("\n| face | region | relief | R, true | R, measured | Sq_0.25, true "
           "| Sq_0.25, measured |\n|---|---|---|---|---|---|---|")
    for seed, region, dose, *ratios in found:
        cells = " | ".join(f"× {r:.3f}" for r in ratios)
        yield f"| {seed} | {region} | × {dose:g} | {cells} |"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("phantom")
    parser.add_argument("cutis")
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--out", default="docs/results/texture.md")
    parser.add_argument("--keep")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(args.keep or scratch)
        folder.mkdir(parents=True, exist_ok=True)
        found = dose_response(args, folder)
        again = repeats(args, folder)
    text = "\n".join(table(args, found, again)) + "\n"
    Path(args.out).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
