#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""How well the same skin is found in two photographs of a rendered face.

    bench/registration.py PHANTOM BENCH [--seeds 101,102] [--scales 8,12]
                          [--keep FOLDER] [--quick] [--photos FOLDER]

PHANTOM is cutis-phantom, BENCH is bench_registration.  Renders one person in
several captures; truth are the pores, spots and papules that both pictures
show.  Beside cutis stand two methods of OpenCV, both started from the similarity
of the landmarks that the renderer knows: dense DIS flow, and ECC of an affine
map in patches of 8 mm.  Writes tables in Markdown.  --keep takes up what an
earlier run rendered; --quick leaves 12 px/mm and OpenCV out.  --photos takes
real portraits (JPEG) instead: each against itself bent by a known map, with
noise, a slope of light and another JPEG; and each against the next person.
Needs python3-opencv and python3-scipy.
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
from scipy.interpolate import RBFInterpolator

LAMP = "-30,30,0.74/50,5,0.35/0,50,0.1"
# name: what it is, px/mm as a share of the scale, options
CAPTURES = {
    "a": ("", 1.0, ["--noise-seed", "1"]),
    "null": ("the same again, other noise", 1.0, ["--noise-seed", "2"]),
    "pose": ("yaw 4°, pitch −3°, roll 2°, scale +6 %", 1.06,
             "--noise-seed 3 --yaw 4 --pitch -3 --roll 2".split()),
    "poseb": ("yaw −4°, pitch 4°, roll −3°, scale −6 %", 0.94,
              "--noise-seed 5 --yaw -4 --pitch 4 --roll -3".split()),
    "blur": ("yaw 2°, blur 0.06 → 0.16 mm", 1.0,
             "--noise-seed 6 --yaw 2 --blur 0.16".split()),
    "all": ("yaw −2°, pitch 2°, scale +2.5 %, blur 0.06 → 0.16 mm, lamp moved "
            "10°, relief × 0.7", 1.025,
            ("--noise-seed 4 --yaw -2 --pitch 2 --blur 0.16 "
             "--treat-relief 0.7 --light " + LAMP).split()),
}
SIZES = {8: "1800x2300", 12: "2600x3400"}


def render(args, scale, seed, name):
    """Picture and truth of one capture."""
    stem = args.keep / f"{name}{scale}_{seed}"
    if not stem.with_suffix(".json").exists():
        _, share, options = CAPTURES[name]
        subprocess.run(
            [args.phantom, "--seed", str(seed), "--size", SIZES[scale],
             "--px-per-mm", f"{scale * share:g}", *options, "--jpeg", "95,444",
             "-o", stem.with_suffix(".jpg"), "--truth",
             stem.with_suffix(".json")], check=True)
    truth = json.loads(stem.with_suffix(".json").read_text(encoding="utf-8"))
    return stem.with_suffix(".jpg"), truth["photos"][0]


def points(photo):
    """Features by kind and number: where they are."""
    out = {}
    for kind in ("pores", "spots", "papules"):
        columns = photo[kind]["columns"]
        x, y, number = (columns.index(k) for k in ("x", "y", "id"))
        for row in photo[kind]["rows"]:
            out[kind, int(row[number])] = (row[x], row[y])
    return out


def landmark_map(a, b):
    """Through all landmarks, which the renderer knows exactly."""
    return RBFInterpolator(np.array(a["landmarks"]), np.array(b["landmarks"]),
                           kernel="thin_plate_spline", smoothing=1.0)


def in_sight(a, b):
    """Features that both of two very different poses show: where one lies
    behind another part of the head, the pictures disagree by centimetres."""
    pa, pb = points(a), points(b)
    keys = [k for k in pa if k in pb]
    there = landmark_map(a, b)(np.array([pa[k] for k in keys]))
    far = np.hypot(*(there - np.array([pb[k] for k in keys])).T)
    return {k for k, d in zip(keys, far) if d < 3 * b["px_per_mm"]}


def by_cutis(args, a, b, places, alone=False):
    """Places in the other picture, trust, cosine; what is said, CPU seconds."""
    text = "".join(f"{x:.3f} {y:.3f}\n" for x, y in places)
    run = subprocess.run([args.bench, a, b] + (["landmarks"] if alone else []),
                         input=text, capture_output=True, text=True,
                         check=True)
    rows = [[float(v) for v in line.split()] for line in
            run.stdout.splitlines()]
    return np.array(rows), json.loads(run.stderr.replace("nan", "NaN"))


def similarity(a, b):
    """Of the landmarks, from b's pixels to a's picture, for OpenCV."""
    matrix, _ = cv2.estimateAffinePartial2D(np.array(a["landmarks"]),
                                            np.array(b["landmarks"]))
    return matrix


def by_dis(a, b, matrix, places):
    """Dense flow from a to b brought onto a by the similarity."""
    first, second = (cv2.imread(str(p), cv2.IMREAD_GRAYSCALE) for p in (a, b))
    size = (first.shape[1], first.shape[0])
    onto = cv2.warpAffine(second, matrix, size,
                          flags=cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP)
    flow = cv2.DISOpticalFlow_create(cv2.DISOPTICAL_FLOW_PRESET_MEDIUM)
    by = flow.calc(first, onto, None)
    at = places - 0.5
    x, y = at[:, 0].astype(np.float32), at[:, 1].astype(np.float32)
    moved = at + cv2.remap(by, x, y, cv2.INTER_LINEAR)[:, 0]
    return moved @ matrix[:, :2].T + matrix[:, 2] + 0.5


def by_ecc(a, b, matrix, places, scale):
    """ECC of an affine map around each place; NaN where it fails."""
    first, second = (cv2.imread(str(p), cv2.IMREAD_GRAYSCALE) for p in (a, b))
    half = int(4 * scale)
    out = np.full(places.shape, np.nan)
    for i, (x, y) in enumerate(places.astype(int)):
        start = matrix.copy()
        start[:, 2] += matrix[:, :2] @ (x - half, y - half)
        # A part of the other picture with 4 mm to spare: it is quicker.
        corner = np.maximum(start[:, 2].astype(int) - half, 0)
        start[:, 2] -= corner
        room = second[corner[1]:corner[1] + 4 * half,
                      corner[0]:corner[0] + 4 * half]
        patch = first[y - half:y + half, x - half:x + half]
        try:
            _, found = cv2.findTransformECC(
                patch, room, start.astype(np.float32), cv2.MOTION_AFFINE,
                (cv2.TERM_CRITERIA_COUNT | cv2.TERM_CRITERIA_EPS, 50, 1e-5),
                None, 5)
        except cv2.error:
            continue
        at = places[i] - 0.5 - (x - half, y - half)
        out[i] = found[:, :2] @ at + found[:, 2] + corner + 0.5
    return out


def show(name, far):
    """A cell or three of a table: median, p95, share found."""
    known = far[np.isfinite(far)]
    return (f"{name} {np.median(known):.3f} | {np.quantile(known, .95):.3f} | "
            f"{100 * len(known) / len(far):.0f} %")


def study(args, scale, seed):
    """All captures of one person at one scale, a row each."""
    shot = {n: render(args, scale, seed, n) for n in CAPTURES
            if scale == 8 or n not in ("blur",)}
    sight = in_sight(shot["pose"][1], shot["poseb"][1])
    jpg, a = shot["a"]
    pa = points(a)
    for name, (other, b) in shot.items():
        pb = points(b)
        keys = [k for k in pa if k in pb and k in sight]
        places = np.array([pa[k] for k in keys])
        truth = np.array([pb[k] for k in keys])
        unit = b["px_per_mm"]
        by, said = by_cutis(args, jpg, other, places)
        alone, _ = by_cutis(args, jpg, other, places, alone=True)
        measured = by[:, 3] >= 0.5
        far = [np.hypot(*(p - truth).T)[measured] / unit
               for p in (alone[:, :2], by[:, :2])]
        cells = [show("", f) for f in far]
        print(f"| {scale} | {seed} | {CAPTURES[name][0] or 'itself'} | "
              f"{measured.sum()} |{cells[0]} |{cells[1]} | "
              f"{said['accepted']} of {said['tried']} | "
              f"{said['seconds']:.2f} |", flush=True)
        if not args.quick and name in ("pose", "all"):
            compare(jpg, other, (a, b), places[measured], truth[measured], unit)


def compare(first, second, photos, places, truth, unit):
    """OpenCV's two ways on the same features; ECC on a part of them."""
    matrix = similarity(*photos)
    far = np.hypot(*(by_dis(first, second, matrix, places) - truth).T) / unit
    print(f"| | | the same: OpenCV DIS | {len(far)} | | | | {show('', far)} | "
          "| |")
    part = slice(None, None, max(1, len(places) // 150))
    found = by_ecc(first, second, matrix, places[part], unit)
    far = np.hypot(*(found - truth[part]).T) / unit
    print(f"| | | the same: OpenCV ECC | {len(far)} | | | | {show('', far)} | "
          "| |", flush=True)


def bent(shape, x, y):
    """A turn of 2 degrees, 3 % smaller, bends of 5 px."""
    height, width = shape[:2]
    turn = np.radians(2)
    c, d = np.cos(turn) / 1.03, np.sin(turn) / 1.03
    u, v = x - width / 2, y - height / 2
    return (width / 2 + c * u - d * v + 3 * np.sin(y / 90) +
            2 * np.cos(x / 120),
            height / 2 + d * u + c * v + 3 * np.sin(x / 100 + 1))


def bend(picture):
    """What the picture shows through that map, taken again."""
    height, width = picture.shape[:2]
    y, x = np.mgrid[0:height, 0:width]
    at = [(v - 0.5).astype(np.float32)
          for v in bent(picture.shape, x + 0.5, y + 0.5)]
    out = cv2.remap(picture, at[0], at[1], cv2.INTER_LANCZOS4,
                    borderMode=cv2.BORDER_REFLECT).astype(np.float32)
    out *= (0.95 + 0.1 * x / width)[..., None]
    out += np.random.default_rng(1).normal(0, 2, out.shape)
    return np.clip(out, 0, 255).astype(np.uint8)


def photos(args):
    """Real skin: each portrait against itself bent, and the next person."""
    print("| portrait | px/mm | median mm | p95 | known | patches | "
          "patches of the next person |\n|" + "---|" * 7)
    files = sorted(args.photos.glob("*.jpg"))
    for i, file in enumerate(files):
        picture = cv2.imread(str(file))
        again = args.keep / "bent.jpg"
        cv2.imwrite(str(again), bend(picture),
                    [cv2.IMWRITE_JPEG_QUALITY, 92])
        x, y = np.meshgrid(np.arange(50.5, picture.shape[1] - 50, 12),
                           np.arange(50.5, picture.shape[0] - 50, 12))
        places = np.stack([x.ravel(), y.ravel()], 1)
        by, said = by_cutis(args, again, file, places)
        truth = np.stack(bent(picture.shape, *places.T), 1)
        far = np.hypot(*(by[:, :2] - truth).T)[by[:, 3] >= 0.5]
        _, other = by_cutis(args, file, files[(i + 1) % len(files)],
                            places[:1])
        print(f"| {file.stem} | {said['px_per_mm']} |"
              f"{show('', far / said['px_per_mm'])} | {said['accepted']} of "
              f"{said['tried']} | {other['accepted']} of {other['tried']} |",
              flush=True)


def main():
    """Reads the command line and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("phantom")
    parser.add_argument("bench")
    parser.add_argument("--seeds", default="101,102")
    parser.add_argument("--scales", default="8,12")
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--photos", type=Path)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        args.keep = args.keep or Path(folder)
        print(f"{datetime.date.today()}, {platform.machine()}, OpenCV "
              f"{cv2.__version__}\n")
        if args.photos:
            photos(args)
            return
        print("| px/mm | seed | second photograph | features | landmarks: "
              "median mm | p95 | known | texture: median mm | p95 | known | "
              "patches | CPU s |")
        print("|" + "---|" * 12)
        for scale in (8,) if args.quick else map(int, args.scales.split(",")):
            for seed in map(int, args.seeds.split(",")):
                study(args, scale, seed)


if __name__ == "__main__":
    main()
