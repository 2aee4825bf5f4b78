#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""What a difference of sharpness, noise or compression does to fine readings.

    bench/equalise.py PHANTOM CUTIS [--seeds N] [--px-per-mm S] [--out FILE]
                      [--keep FOLDER]

PHANTOM and CUTIS are the two commands.  Renders faces of training seeds (100
and on) without noise, then blurs, grains and compresses them here, in linear
light, so that the difference of blur is known exactly.  Writes a table in
Markdown; --keep takes up what an earlier run rendered.  Needs numpy, scipy and
OpenCV.
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

OWN_BLUR = 0.04  # mm, of the rendered lens
# name: (blur mm, noise at 0.35, JPEG quality) before and after
NUISANCES = {
    "none": ((0.08, 0.006, 95), (0.08, 0.006, 95)),
    "blur 0.08 to 0.10 mm": ((0.08, 0.006, 95), (0.10, 0.006, 95)),
    "blur 0.08 to 0.12 mm": ((0.08, 0.006, 95), (0.12, 0.006, 95)),
    "blur 0.08 to 0.16 mm": ((0.08, 0.006, 95), (0.16, 0.006, 95)),
    "blur 0.16 to 0.08 mm": ((0.16, 0.006, 95), (0.08, 0.006, 95)),
    "noise times 3": ((0.08, 0.006, 95), (0.08, 0.018, 95)),
    "JPEG 95 to 85": ((0.08, 0.006, 95), (0.08, 0.006, 85)),
    "blur to 0.14 mm, noise times 2, JPEG 90":
        ((0.08, 0.006, 95), (0.14, 0.012, 90)),
}
PORE_NUISANCES = ("none", "blur 0.08 to 0.10 mm", "noise times 3",
                  "JPEG 95 to 85")
DOSES = (1.0, 0.8)
FINE = ("texture", "pore_density", "pore_burden", "wrinkle_index",
        "wrinkle_density")
BANDS = ("Sq_0.25", "Sq_0.5", "Sq_1", "Sq_2")


def decode(values):
    return np.where(values <= 0.04045, values / 12.92,
                    ((values + 0.055) / 1.055) ** 2.4)


def encode(light):
    light = np.clip(light, 0.0, 1.0)
    return np.where(light <= 0.0031308, 12.92 * light,
                    1.055 * light ** (1 / 2.4) - 0.055)


def render(args, folder, seed, dose):
    """Linear light of the face before and after, and the folder's truth."""
    place = folder / f"{seed}-{args.px_per_mm:g}-{dose:g}"
    side = args.px_per_mm / 8.0
    if not (place / "truth.json").exists():
        subprocess.run(
            [args.phantom, "pair", "--seed", str(seed), "--retake", "0",
             "--size", f"{round(1800 * side)}x{round(2300 * side)}",
             "--px-per-mm", f"{args.px_per_mm:g}", "--blur", str(OWN_BLUR),
             "--noise", "0", "--read-noise", "0", "--png", "16",
             "--treat-relief", str(dose), "-o", place], check=True)
    return [decode(cv2.imread(str(place / name), cv2.IMREAD_UNCHANGED) / 65535)
            for name in ("before.png", "after.png")]


def capture(args, light, path, how, seed):
    """A photograph of the light: blurred, grainy, compressed."""
    blur, noise, quality = how
    sigma = np.sqrt(blur ** 2 - OWN_BLUR ** 2) * args.px_per_mm
    out = np.stack([gaussian_filter(light[:, :, c], sigma, mode="nearest")
                    for c in range(3)], -1)
    dice = np.random.default_rng(seed)
    out += (dice.standard_normal(out.shape) * noise *
            np.sqrt(np.maximum(out, 0.0) * 0.35))
    picture = (encode(out) * 255 + 0.5).astype(np.uint8)
    cv2.imwrite(str(path), picture, [cv2.IMWRITE_JPEG_QUALITY, quality])


def compare(args, scratch, lights, hows, seed):
    paths = []
    for i in range(2):
        paths.append(scratch / f"{i}.jpg")
        capture(args, lights[i], paths[i], hows[i], 10 * seed + i)
    run = subprocess.run([args.cutis, "compare", *paths, "-f", "json", "-q"],
                         capture_output=True, text=True, check=False)
    return json.loads(run.stdout)


def summary(report):
    rows = {m["metric"]: m for m in report["measurements"]
            if m["region"] == "face"}
    details = rows["texture"]["details"]
    out = {"blur": next(c["value"] for c in report["checks"]
                        if c["id"] == "blur_mismatch")}
    for band in BANDS:
        found = details.get(band, {})
        low, high = found.get("before"), found.get("after")
        out[band] = high / low - 1 if low and high else None
    for metric in FINE:
        out[metric] = rows[metric]["relative_change"]
        out[metric + "_verdict"] = rows[metric]["verdict"]
        out[metric + "_regions"] = sum(
            m["verdict"] in ("improved", "worse")
            for m in report["measurements"] if m["metric"] == metric)
    return out


def measure(args, folder):
    found = []
    names = NUISANCES if args.px_per_mm < 12 else PORE_NUISANCES
    for seed in range(100, 100 + args.seeds):
        for dose in DOSES:
            lights = render(args, folder, seed, dose)
            for name in names:
                hows = NUISANCES[name]
                row = summary(compare(args, folder, lights, hows, seed))
                row |= {"seed": seed, "dose": dose, "name": name,
                        "true": np.sqrt(abs(hows[1][0] ** 2 - hows[0][0] ** 2))}
                found.append(row)
                print(json.dumps(row), flush=True)
    return found


def percent(value):
    return "–" if value is None else f"{100 * value:+.1f}"


def table(args, found):
    yield f"## {args.px_per_mm:g} px per mm\n"
    yield (f"{datetime.date.today()}, {platform.machine()}, {args.seeds} "
           f"training face(s): `bench/equalise.py PHANTOM CUTIS --seeds "
           f"{args.seeds} --px-per-mm {args.px_per_mm:g}`. Changes in %, of "
           "the `face` row; \"directions\" counts the rows of texture, pores "
           "and lines, all regions, that were called improved or worse.\n")
    yield ("| face | relief | nuisance | √Δσ² true | estimated, mm | 0.25 mm | "
           "0.5 mm | 1 mm | 2 mm | R | pores | pore burden | wrinkle index | "
           "line density | directions |")
    yield "|" + "---|" * 15
    for row in found:
        cells = [str(row["seed"]), f"× {row['dose']:g}", row["name"],
                 f"{row['true']:.3f}",
                 "–" if row["blur"] is None else f"{row['blur']:.3f}"]
        cells += [percent(row[k]) for k in (*BANDS, *FINE)]
        cells.append(str(sum(row[m + "_regions"] for m in FINE)))
        yield "| " + " | ".join(cells) + " |"
    yield ""


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("phantom")
    parser.add_argument("cutis")
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--px-per-mm", type=float, default=8.0)
    parser.add_argument("--out", default="docs/results/equalise.md")
    parser.add_argument("--append", action="store_true")
    parser.add_argument("--keep")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(args.keep or scratch)
        folder.mkdir(parents=True, exist_ok=True)
        found = measure(args, folder)
    text = "\n".join(table(args, found))
    if args.append:
        text = Path(args.out).read_text(encoding="utf-8") + "\n" + text
    else:
        text = ("# Difference of sharpness, noise and compression\n\n"
                "The same face twice, blurred, grained and compressed "
                "differently, and with its fine relief made shallower. "
                "These are figures of rendered faces, not of people.\n\n" +
                text)
    Path(args.out).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
