# SPDX-License-Identifier: BSD-2-Clause
"""Renders a person, photographs every step and asks the command."""
import json
import random
import subprocess

import cv2
import numpy as np

import crew
from accuracy import camera, scene
from accuracy.rows_pair import turn_of

from . import plan, shots

SIZES = {plan.COARSE: "740x960", plan.FINE: "1170x1520",
         plan.SHARP: "1440x1850"}
ONE_LAMP = ((-32.0, 22.0, 1.0),)
# The mesh's corners of eyes and mouth, lids, lips and brows (docs/method.md).
EYES = ((33, 160, 158, 133, 153, 144), (263, 387, 385, 362, 380, 373))


def no_number(word):
    raise ValueError(f"{word} in JSON")


class Person:
    """One seed, its rendered light, and where its pictures lie."""

    def __init__(self, bench, seed, folder):
        self.bench, self.seed, self.folder = bench, seed, folder
        self.draw = random.Random(f"sweeps {seed}")
        self.lamps = ONE_LAMP if seed % 2 else scene.LAMPS
        self.who = scene.person(seed)
        self.taken = 0
        self.views, self.bases = {}, {}

    def of_lamps(self, turned=0.0, raised=0.0):
        return scene.lamps(turned, raised, self.lamps)

    def rendered(self, name, scale, options, maps=False):
        """Light of the person; finer pixels only where grain counts."""
        stem = self.folder / f"{self.seed}-{name}"
        words = {"size": SIZES[scale], "px-per-mm": scale, "threads": 1,
                 "oversample": int(scale == plan.COARSE),
                 "distance": plan.BASE_MM, "blur": scene.BLUR,
                 "light": self.of_lamps(),
                 "card": "0,-118,26" if scale < plan.SHARP else "0,0,0",
                 **camera.CLEAN, **self.who, **options}
        if not stem.with_suffix(".json").exists():
            subprocess.run(
                [str(w) for w in (self.bench.phantom, *(
                    v for k, x in words.items() for v in (f"--{k}", x)),
                    "-o", stem.with_suffix(".png"),
                    *(("--truth-maps", stem.with_suffix(".maps"))
                      if maps else ()),
                    "--truth", stem.with_suffix(".json"))], check=True,
                timeout=crew.LONGEST)
        truth = json.loads(stem.with_suffix(".json").read_text("utf-8"))
        view = shots.View(camera.light(stem.with_suffix(".png")),
                          truth["photos"][0])
        if maps:
            view.region = cv2.imread(
                str(stem.with_suffix(".maps") / "region.png"), -1)
        return view

    def view(self, scale):
        """The person as the base shows it, rendered when first asked for."""
        if scale not in self.views:
            self.views[scale] = self.rendered(f"base{scale:.0f}", scale, {},
                                              maps=True)
        return self.views[scale]

    def base(self, scale):
        if scale not in self.bases:
            self.bases[scale] = self.photo(scale, f"still{scale:.0f}", {})
        return self.bases[scale]

    def photo(self, view_or_scale, name, amounts):
        view = view_or_scale if isinstance(view_or_scale, shots.View) else \
            self.view(view_or_scale)
        amounts = dict(amounts)
        if "cod" in amounts:
            amounts["noise"] = shots.noise_for(view, amounts.pop("cod"))
        if "share" in amounts:
            amounts["stops"] = shots.stops_for(view, amounts.pop("share"))
        if "cover" in amounts:
            names = [r["name"] for r in view.truth["regions"]]
            region, share = amounts["cover"]
            amounts["cover"] = names.index(region), share
        self.taken += 1
        path = self.folder / f"{self.seed}-{name}.jpg"
        return shots.take(view, path, 1000 * self.seed + self.taken, **amounts)

    def pair(self, step):
        """Before, after, and the truth of the checks that the step asks."""
        after_view = self.view(step.scale)
        if step.render is not None:
            after_view = self.rendered(f"{step.ramp}", step.scale, step.render)
            for ending in (".png", ".json"):  # each is wanted once
                (self.folder / f"{self.seed}-{step.ramp}{ending}").unlink()
        before = self.photo(step.scale, "a", step.before) if step.before \
            else self.base(step.scale)
        after = self.photo(after_view, "b", step.after)
        true = {**{k: v for k, v in after.known.items()}, **step.true}
        if step.ramp == "light":
            true["light_direction"] = turn_of(
                self.view(step.scale).truth["lamps"], after_view.truth["lamps"])
        if step.ramp == "expression":
            true["expression"] = expression(self.view(step.scale).truth,
                                            after_view.truth)
        if step.ramp == "resolution":
            true["resolution"] = eye_scale(self.view(step.scale).truth) * \
                step.after["px_per_mm"] / step.scale
        return before, after, true

    def steps(self, first):
        return plan.steps(self.draw, scene.BLUR, self.of_lamps, first)


def ask(cutis, before, after, words=(), card=True):
    """The checks of a pair, strictly JSON; None where it is refused."""
    cards = [w for photo in (before, after) if card and photo.card is not None
             for w in ("--card",
                       ",".join(f"{v:.2f}" for v in photo.card.ravel()))]
    out = crew.command([cutis, "check", before.path, after.path, *cards, "-f",
                        "json", "-q", "-j", 1, *words])
    return None if out is None else json.loads(out, parse_constant=no_number)


def canthi(truth):
    p = np.array(truth["landmarks"])[:, :2]
    return (p[33] + p[133]) / 2, (p[263] + p[362]) / 2


def eye_scale(truth):
    """px/mm of eyes that are taken to be 63.02 mm apart."""
    right, left = canthi(truth)
    return float(np.hypot(*(left - right))) / 63.02


def expression(one, other):
    """The worst of the signs that landmarks give, as what share of its own
    limits it is: 1 is the end of a pass, 3 where it fails."""
    worst = 0.0
    for limits, value in zip(((3, 6, 10), (1.2, 2.5, 4), (0.6, 1, 1.6),
                              (0.05, 0.10, 0.18), (0.05, 0.10, 0.18),
                              (0.03, 0.06, 0.12), (4, 8, 14)),
                             np.abs(np.subtract(signs(other), signs(one)))):
        worst = max(worst, badness(value, limits))
    return worst


def badness(value, limits):
    low, middle, high = limits
    if value <= low:
        return value / low
    if value <= middle:
        return 1 + (value - low) / (middle - low)
    return 2 + (value - middle) / (high - middle)


def signs(truth):
    """Width of the mouth, also in mm, height of its corners, eyes, lips,
    brows."""
    p = np.array(truth["landmarks"])[:, :2]
    apart = lambda a, b: float(np.hypot(*(p[a] - p[b])))
    rise = lambda up, low: (p[list(low), 1].mean() - p[list(up), 1].mean())
    eyes = float((apart(33, 263) + apart(133, 362)) / 2)
    lids = [(apart(e[1], e[5]) + apart(e[2], e[4])) / (2 * apart(e[0], e[3]))
            for e in EYES]
    brows = rise((105, 52), (33, 133)) + rise((334, 282), (263, 362))
    return [100 * apart(61, 291) / eyes, 63.02 * apart(61, 291) / eyes,
            100 * rise((61, 291), (13, 14)) / eyes, *lids,
            apart(13, 14) / apart(78, 308), 100 * brows / (2 * eyes)]


EXPRESSION_LIMITS = {3.0: (3, 6, 10), 0.6: (0.6, 1, 1.6),
                     0.05: (0.05, 0.10, 0.18), 0.03: (0.03, 0.06, 0.12),
                     4.0: (4, 8, 14), 1.2: (1.2, 2.5, 4)}


def told(check):
    """The value of a check in the terms of its truth."""
    if check["id"] == "expression" and check["value"] is not None:
        return badness(check["value"], EXPRESSION_LIMITS[check["limit"]])
    return check["value"]
