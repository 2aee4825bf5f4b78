#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""How well lines of rendered faces are found and their change is read.

    bench/lines.py PHANTOM CUTIS BENCH_LINES [--seeds 100,101] [--keep FOLDER]
                   [--overlay] [--limit 2] [--no-pairs]

BENCH_LINES is build/bench/bench_lines.  A drawn line must be found where it is
darker than its sides by --limit cOD in its middle (30 depth / width, see
docs/phantom.md), in measurable skin 0.5 mm inside the mask and 3 mm from the
nose; within 0.3 mm.  A find is right where any line of 0.7 cOD was drawn.
--overlay writes PNGs: found green, missed red, false yellow.
"""
import argparse
import json
import subprocess
import tempfile
from pathlib import Path

import numpy as np
from scipy.ndimage import distance_transform_edt
from scipy.spatial import cKDTree

REACH_MM, RIM_MM, NOSE_MM, DRAWN = 0.3, 0.5, 3.0, 0.7
CAMERA = ["--size", "1940x2480", "--px-per-mm", "8.6"]
PAIRS = {
    "unchanged": [],
    "depth x 0.5": ["--treat-wrinkles", "0.5"],
    "depth x 0.75": ["--treat-wrinkles", "0.75"],
    "depth x 1.25": ["--treat-wrinkles", "1.25"],
    "relief x 0.7": ["--treat-relief", "0.7"],
    "pores x 0.6": ["--treat-pores", "0.6"],
}


def drawn_points(photo, found):
    """x, y, cOD and length of points of the drawn lines where they count."""
    points = []
    for line in photo["wrinkle_lines"]["lines"]:
        vertices = np.array(line["vertices"])
        for a, b in zip(vertices[:-1], vertices[1:]):
            length = np.hypot(*(b - a)[:2])
            count = max(1, int(length / 0.8))
            for i in range(count):
                at = a + (b - a) * (i + 0.5) / count
                points.append((at[0], at[1], 30 * at[2] / at[3],
                               length / count))
    points = np.array(points).reshape(-1, 4)
    mask = np.array([list(row) for row in found["mask"]])
    step, scale = found["step"], found["px_per_mm"]
    inside = distance_transform_edt(mask != ".") * step / scale > RIM_MM
    nose = distance_transform_edt(mask != "n") * step / scale < NOSE_MM
    inside &= ~nose | (mask == "n") | (mask == "g")
    column = ((points[:, 0] - found["left"]) / step).astype(int)
    row = ((points[:, 1] - found["top"]) / step).astype(int)
    column = column.clip(0, mask.shape[1] - 1)
    row = row.clip(0, mask.shape[0] - 1)
    return points[inside[row, column]]


def draw(path, picture, finds, missed):
    import cv2
    image = cv2.imread(str(picture))
    for at, right in finds:
        for (x, y), ok in zip(at, right):
            colour = (0, 220, 0) if ok else (0, 230, 255)
            cv2.circle(image, (int(x), int(y)), 1, colour, -1)
    for x, y in missed:
        cv2.circle(image, (int(x), int(y)), 1, (0, 0, 255), -1)
    cv2.imwrite(str(path), image)


def detect(args, folder, seed):
    """mm: drawn, missed, right, false."""
    picture, truth = folder / f"{seed}.jpg", folder / f"{seed}.json"
    if not truth.exists():
        subprocess.run([args.phantom, "--seed", str(seed), "--wrinkles", "1",
                        *CAMERA, "-o", picture, "--truth", truth], check=True)
    run = subprocess.run([args.bench_lines, picture], check=True,
                         capture_output=True, text=True)
    found = json.loads(run.stdout)
    scale = found["px_per_mm"]
    photo = json.loads(truth.read_text(encoding="utf-8"))["photos"][0]
    drawn = drawn_points(photo, found)
    must = drawn[drawn[:, 2] >= args.limit]
    any_line = cKDTree(drawn[drawn[:, 2] >= DRAWN][:, :2])
    right = wrong = 0.0
    finds = []
    for line in found["lines"]:
        at = np.array(line["at"])
        length = np.hypot(*np.diff(at, axis=0).T).sum() / scale
        ok = any_line.query(at)[0] < REACH_MM * scale
        right += length * ok.mean()
        wrong += length * (1 - ok.mean())
        finds.append((at, ok))
    all_found = cKDTree(np.concatenate([at for at, _ in finds]))
    miss = all_found.query(must[:, :2])[0] >= REACH_MM * scale
    if args.overlay:
        draw(folder / f"{seed}-lines.png", picture, finds, must[miss][:, :2])
    return np.array([must[:, 3].sum() / scale, must[miss][:, 3].sum() / scale,
                     right, wrong])


def index_change(args, folder, seed, name, options):
    """True and measured ratio of the face's index."""
    place = folder / f"{seed}-{name.replace(' ', '_')}"
    if not (place / "truth.json").exists():
        subprocess.run([args.phantom, "pair", "--seed", str(seed),
                        "--wrinkles", "1", *options, *CAMERA, "-o", place],
                       check=True)
    truth = json.loads((place / "truth.json").read_text(encoding="utf-8"))
    run = subprocess.run([args.cutis, "compare", place / "before.jpg",
                          place / "after.jpg", "-f", "json", "-q"],
                         capture_output=True, text=True, check=False)
    known = next(r for r in truth["change"] if r["region"] == "face")
    row = next(m for m in json.loads(run.stdout)["measurements"]
               if m["metric"] == "wrinkle_index" and m["region"] == "face")
    if not row["before"] or row["after"] is None:
        return None
    return known["wrinkle_index_ratio"], row["after"] / row["before"]


def report_pairs(args, folder, seeds):
    ratios = {}
    for name, options in PAIRS.items():
        pairs = [index_change(args, folder, seed, name, options)
                 for seed in seeds]
        pairs = np.array([p for p in pairs if p])
        if not len(pairs):
            continue
        ratios[name] = pairs
        off = 100 * (pairs[:, 1] - pairs[:, 0])
        print(f"{name}: true {100 * pairs[:, 0].mean() - 100:+.1f} %, error "
              + ", ".join(f"{v:+.1f}" for v in off) + " points", flush=True)
    if "unchanged" in ratios:
        logs = np.log(ratios["unchanged"][:, 1])
        cv = 100 * np.sqrt((logs**2).mean() / 2)
        print(f"repeat CV {cv:.1f} %")
    doses = [p for n, p in ratios.items() if n[:5] in ("depth", "uncha")]
    if doses:
        x, y = np.concatenate(doses).T
        print(f"linearity: r2 {np.corrcoef(x, y)[0, 1]**2:.4f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("phantom")
    parser.add_argument("cutis")
    parser.add_argument("bench_lines")
    parser.add_argument("--seeds", default="100,101,103,104")
    parser.add_argument("--limit", type=float, default=2.0)
    parser.add_argument("--keep")
    parser.add_argument("--overlay", action="store_true")
    parser.add_argument("--no-pairs", action="store_true")
    args = parser.parse_args()
    seeds = [int(seed) for seed in args.seeds.split(",")]
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(args.keep or scratch)
        folder.mkdir(parents=True, exist_ok=True)
        total = sum(detect(args, folder, seed) for seed in seeds)
        drawn, missed, right, wrong = total
        precision, recall = right / (right + wrong), 1 - missed / drawn
        f1 = 2 * precision * recall / (precision + recall)
        print(f"{len(seeds)} faces, {drawn:.0f} mm drawn: precision "
              f"{precision:.3f}, recall {recall:.3f}, F1 {f1:.3f}, JSI "
              f"{f1 / (2 - f1):.3f}, length x {(right + wrong) / drawn:.3f}")
        if not args.no_pairs:
            report_pairs(args, folder, seeds)


if __name__ == "__main__":
    main()
