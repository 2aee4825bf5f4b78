# SPDX-License-Identifier: BSD-2-Clause
"""Photographs: each light is rendered once, and kept; the camera is NumPy."""
import json
import random
import shutil
from dataclasses import dataclass

import cv2
import numpy as np

from accuracy import camera, edits
from crew import locked
from accuracy.scene import treat

from . import people

# A dose that no treatment of the phantom is: all finer than 4 mm, in the light.
FINER = "finer"
BARE = 65000    # of 65535: skin that nothing covers
BLUR = 0.05     # mm, of the lens in what is rendered
MARGIN = 8      # pixels of the frame that a photograph may be off by


@dataclass(frozen=True)
class Shot:
    """One photograph; `dose` is ((factor, value), ...), on `where`."""
    kind: str
    seed: int
    visit: int
    number: int
    version: int = 0
    dose: tuple = ()
    where: str = ""

    @property
    def light(self):
        dose = "".join(f"-{k}{v:g}" for k, v in self.dose)
        return (f"{self.kind}-{self.seed}-{self.visit}{self.number}{dose}"
                f"{'-' + self.where if self.where else ''}")

    @property
    def name(self):
        return f"{self.light}-{self.version}"


class Studio:
    """Where lights and photographs lie."""

    def __init__(self, phantom, folder):
        self.phantom, self.folder = phantom, folder
        for name in ("lights", "photos"):
            (folder / name).mkdir(parents=True, exist_ok=True)

    def light(self, shot, command):
        """The light at the sensor, and the truth about it."""
        picture = self.folder / "lights" / f"{shot.light}.png"
        truth = picture.with_suffix(".json")
        with locked(truth):
            if not truth.exists():
                self.render(shot, picture, truth, command)
        return picture, json.loads(truth.read_text(encoding="utf-8"))

    def render(self, shot, picture, truth, command):
        kind, full = people.KINDS[shot.kind], picture.with_suffix(".full")
        options = {**people.who(kind, shot.seed),
                   **people.stand(kind, shot.seed, shot.visit, shot.number),
                   **camera.CLEAN, "blur": BLUR, "size": kind.size,
                   "oversample": kind.oversample, "threads": 1,
                   **treat(**{k: v for k, v in shot.dose if k != FINER})}
        finer = dict(shot.dose).get(FINER)
        maps = picture.with_suffix(".maps")
        if shot.where:
            options["treated"] = shot.where
        words = [w for k, v in options.items() for w in (f"--{k}", v)]
        command([self.phantom, *words, "-o", picture, "--truth", full,
                 *(("--truth-maps", maps) if finer else ())])
        photo = json.loads(full.read_text(encoding="utf-8"))["photos"][0]
        kept = {k: photo[k] for k in ("px_per_mm", "blur_mm", "landmarks",
                                      "card", "regions")}
        full.unlink()
        if finer:
            skin = cv2.imread(str(maps / "skin.png"), -1) > BARE
            shutil.rmtree(maps)
            linear = edits.finer_weaker(camera.light(picture), skin,
                                        photo["px_per_mm"], finer)
            coded = edits.coded_of(np.clip(linear, 0, 1))
            cv2.imwrite(str(picture), np.uint16(np.rint(65535 * coded))[
                ..., ::-1])
        part = truth.with_suffix(".part")
        part.write_text(json.dumps(kept), encoding="utf-8")
        part.replace(truth)

    def photo(self, shot, command):
        """The file, the corners of its card and the truth."""
        path = self.folder / "photos" / f"{shot.name}.jpg"
        picture, truth = self.light(shot, command)
        draw = random.Random(f"frame {shot.name}")
        frame = draw.randint(0, MARGIN), draw.randint(0, MARGIN)
        with locked(path):
            if not path.exists():
                part = path.with_name(f"part-{path.name}")
                camera.shoot(picture, part, truth, frame=frame, make="phantom",
                             **people.lens(shot.seed, shot.visit, shot.number,
                                           shot.version))
                self.place(shot, truth, frame)
                part.replace(path)
        corners = [v - frame[i % 2]
                   for i, v in enumerate(truth["card"]["corners"])] \
            if truth["card"] else None
        return path, corners, truth

    def landmarks(self, shot):
        """The file of what a host says of a photograph."""
        return self.folder / "photos" / f"{shot.name}.txt"

    def place(self, shot, truth, frame):
        """Writes it: the truth, a little off."""
        draw = random.Random(f"landmarks {shot.name}")
        off = people.LANDMARK_MM * truth["px_per_mm"]
        self.landmarks(shot).write_text("".join(
            f"{x - frame[0] + draw.gauss(0, off):.3f} "
            f"{y - frame[1] + draw.gauss(0, off):.3f}\n"
            for x, y, *_ in truth["landmarks"]), encoding="ascii")
