# SPDX-License-Identifier: BSD-2-Clause
"""S6: how far places of the skin are from where the map says they are.

The phantom's pairs hold the exact pixels of thousands of points of the skin in
both photographs; bench_registration (registration.c) says where the library
takes them.
"""
import json
import subprocess
from pathlib import Path

import numpy as np

from .scene import PX_PER_MM, SIZES

# Cosine of the angle to the camera from which fine relief counts.
LEAST_FACING = 0.5
CASES = {"plain": ("--retake", "1"),
         "hard": ("--retake", "2", "--treat-relief", "0.7",
                  "--light", "-40,25,0.6/44,10,0.44/0,50,0.1")}


def program(args):
    """bench_registration beside the command; None where it is not built."""
    place = Path(args.programs or Path(args.cutis).resolve().parent.parent /
                 "bench") / "bench_registration"
    return place if place.exists() else None


def errors(places, points, px_per_mm):
    """Distances in mm of the points that the map knows."""
    found = [line.split() for line in places.splitlines()]
    known, apart = 0, []
    for line, point in zip(found, points):
        if min(point[6], point[7]) < LEAST_FACING or line[0] == "nan" or \
                float(line[3]) < LEAST_FACING:
            continue
        known += 1
        apart.append(np.hypot(float(line[0]) - point[3],
                              float(line[1]) - point[4]) / px_per_mm)
    return apart


def measure(bench, case, place, command):
    """Median and 95th percentile, refined and by landmarks alone."""
    tool = program(bench.args)
    if tool is None:
        return None
    px_per_mm = PX_PER_MM[case.px_per_mm]
    command([bench.args.phantom, "pair", "--seed", case.seed, "--size",
             SIZES[case.px_per_mm], "--px-per-mm", px_per_mm, "--threads", 1,
             *CASES[case.topic], "-o", place])
    truth = json.loads((place / "truth.json").read_text(encoding="utf-8"))
    points = truth["warp"]["rows"]
    out = {}
    for name, words in (("refined", ()), ("landmarks", ("landmarks",))):
        run = subprocess.run([tool, place / "before.jpg", place / "after.jpg",
                              *words], text=True, capture_output=True,
                             input="".join(f"{p[1]} {p[2]}\n" for p in points),
                             check=True)
        apart = errors(run.stdout, points, px_per_mm)
        out[name] = {"median": float(np.median(apart)),
                     "p95": float(np.quantile(apart, 0.95)),
                     "points": len(apart)}
    return out
