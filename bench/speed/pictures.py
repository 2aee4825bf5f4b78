# SPDX-License-Identifier: BSD-2-Clause
"""The photographs that are timed: one rendered person, made once.

`fill`: 12 megapixels that the face fills at 16 px/mm; `box`: 12 megapixels with
a face in 2.65 of them.  Other sizes of `fill` are resampled from it, so that
they show the same skin; what is larger than 12 megapixels holds no more of it.
"""
import subprocess

from PIL import Image

PERSON = ["--seed", "101", "--redness", "0.6", "--treat-redness", "0.3",
          "--treat-blood", "0.7"]
MEGAPIXELS = 12
NAMES = ("before.jpg", "after.jpg")


def _pair(folder):
    return [folder / name for name in NAMES]


def _render(phantom, folder, *options):
    if all(path.exists() for path in _pair(folder)):
        return
    subprocess.run([phantom, "pair", *PERSON, *options, "-o", folder],
                   check=True)


def make(phantom, folder):
    _render(phantom, folder / "fill-12", "--size", "3000x4000",
            "--px-per-mm", "16")
    _render(phantom, folder / "box", "--size", "4000x3000",
            "--px-per-mm", "8.9")


def box(folder):
    return _pair(folder / "box")


def filled(folder, megapixels):
    """The pair that the face fills, in that size."""
    place = folder / f"fill-{megapixels}"
    place.mkdir(parents=True, exist_ok=True)
    for path, source in zip(_pair(place), _pair(folder / "fill-12")):
        if path.exists():
            continue
        with Image.open(source) as picture:
            scale = (megapixels / MEGAPIXELS) ** 0.5
            size = [round(side * scale / 8) * 8 for side in picture.size]
            picture.resize(size, Image.Resampling.LANCZOS).save(
                path, quality=92, subsampling=0)
    return _pair(place)
