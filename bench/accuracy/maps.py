# SPDX-License-Identifier: BSD-2-Clause
"""Masks of skin and of highlights, and redness beside these, against the
truth's maps of the same photograph.

All is compared in the frame of `cutis measure --maps`.  Skin is judged in the
regions that a frontal photograph shows (jaws are for turned heads) and on the
eyes, brows, lips and nostrils between them; the 4 mm around those that the
method leaves out count neither way.  What shines by the method's definition is
found in the true specular light by the same definition.
"""
import json

import numpy as np
from PIL import Image
from scipy import ndimage

FRONTAL = 12        # regions up to the jaws
MARGIN_MM = 4.0
WINDOW_MM, BRIGHT, BROAD, BROAD_MM, LEAST_MM, RIM_MM = 12, .12, .06, 3, .3, .5
CLIPPED = 0.97
EDGES = np.ones((3, 3), bool)


def disk(radius):
    n = int(np.ceil(radius))
    y, x = np.mgrid[-n:n + 1, -n:n + 1]
    return x * x + y * y <= radius * radius


def linear(picture):
    with Image.open(picture) as image:
        coded = np.asarray(image.convert("RGB"), np.float32) / 255
    return np.where(coded <= 0.04045, coded / 12.92,
                    ((coded + 0.055) / 1.055) ** 2.4)


class Frame:
    """Where the pixels of the pictures of --maps lie in the photograph."""

    def __init__(self, folder, px_per_mm):
        self.folder = folder
        text = (folder / "maps.json").read_text(encoding="utf-8")
        self.legend = json.loads(text)
        a, b, x, y = self.legend["photographs"]["to_photograph"][0]
        u, v = np.meshgrid(np.arange(self.legend["width"]) + 0.5,
                           np.arange(self.legend["height"]) + 0.5)
        self.x = np.floor(a * u - b * v + x).astype(int)
        self.y = np.floor(b * u + a * v + y).astype(int)
        self.scale = px_per_mm / np.hypot(a, b)

    def of(self, plane, outside=0):
        """A plane of the photograph in the frame."""
        height, width = plane.shape
        seen = (self.x >= 0) & (self.y >= 0) & (self.x < width) & \
            (self.y < height)
        out = np.full(self.x.shape, outside, plane.dtype)
        out[seen] = plane[self.y[seen], self.x[seen]]
        return out

    def mask(self, name):
        with Image.open(self.folder / f"{name}.png") as image:
            return np.asarray(image.convert("RGBA"))[..., 0] > 127

    def heat(self, name):
        """Values of a heat map, the middle of each colour; NaN where none."""
        layer = next(m for m in self.legend["maps"] if m["id"] == name)
        if "files" not in layer:
            return None
        with Image.open(self.folder / layer["files"][0]) as image:
            step = np.asarray(image).astype(np.float64)
        low, high = layer["low"], layer["high"]
        value = low + (step - 0.5) / len(layer["colours"]) * (high - low)
        ends = (step == 0) | (step == 1) | (step == len(layer["colours"]))
        return np.where(ends, np.nan, value)


def true_plane(folder, photo, name):
    about = photo["maps"][name]
    with Image.open(folder / about["file"]) as image:
        code = np.asarray(image).astype(np.float64) / 65535
    return about["low"] + code * (about["high"] - about["low"])


def medians(plane, skin, px_per_mm):
    """Median of 12 mm around on skin, worked out a millimetre apart."""
    step = max(1, round(px_per_mm))
    high, wide = (n // step for n in plane.shape)
    boxes = lambda p: p[:high * step, :wide * step].reshape(
        high, step, wide, step).sum(axis=(1, 3))
    count = boxes(skin.astype(np.float64))
    mean = np.where(count > step * step / 2,
                    boxes(np.where(skin, plane, 0)) / np.maximum(count, 1),
                    np.nan)
    n = WINDOW_MM // 2
    padded = np.pad(mean, n, constant_values=np.nan)
    around = np.lib.stride_tricks.sliding_window_view(
        padded, (2 * n + 1, 2 * n + 1)).reshape(high, wide, -1)
    known = np.isfinite(around).any(axis=2)
    coarse = np.full((high, wide), np.nan)
    coarse[known] = np.nanmedian(around[known], axis=1)
    near = ndimage.distance_transform_edt(~known, return_distances=False,
                                          return_indices=True)
    fine = np.kron(coarse[tuple(near)], np.ones((step, step)))
    return np.pad(fine, [(0, p - f) for p, f in zip(plane.shape, fine.shape)],
                  mode="edge")


def keep(mask, chosen):
    """The components of which `chosen` (labels, count) says so."""
    labels, count = ndimage.label(mask, EDGES)
    return np.concatenate([[False], chosen(labels, count)])[labels]


def true_shine(specular, skin, clipped, px_per_mm):
    """The method's mask of highlights, of the light that was mirrored."""
    above = specular - medians(specular, skin, px_per_mm)
    least = np.pi / 4 * (LEAST_MM * px_per_mm) ** 2
    bright = keep(skin & ((above > BRIGHT) | clipped), lambda labels, n:
                  ndimage.sum_labels(labels > 0, labels,
                                     np.arange(1, n + 1)) >= least)
    broad = skin & ((above > BROAD) | clipped)
    core = ndimage.binary_erosion(broad, disk(BROAD_MM / 2 * px_per_mm))
    broad = keep(broad, lambda labels, n: np.isin(np.arange(1, n + 1),
                                                  labels[core]))
    return ndimage.binary_dilation(bright | broad, disk(RIM_MM * px_per_mm))


def judge_skin(found, holes, skin):
    """Counts of pixels: both, either, and of what is not skin."""
    return {"both": int((found & skin).sum()),
            "either": int(skin.sum() + (found & holes).sum()),
            "holes": int(holes.sum()), "false": int((found & holes).sum())}


def beside(frame, shine, usable, region, blood):
    """H less what blood makes of it, 0 to 2 mm beside what shines against 4 to
    10 mm away in the same region: sum of differences and pixels beside."""
    redness = frame.heat("redness")
    if redness is None or not shine.any():
        return [0.0, 0]
    off = redness - 13.74 * blood
    away = ndimage.distance_transform_edt(~shine) / frame.scale
    usable = usable & np.isfinite(off)
    total, weight = 0.0, 0
    for r in range(FRONTAL):
        here = usable & (region == r)
        ring = here & (away > 0) & (away <= 2)
        far = here & (away >= 4) & (away <= 10)
        if min(ring.sum(), far.sum()) > 200:
            n = int(ring.sum())
            total += n * float(off[ring].mean() - off[far].mean())
            weight += n
    return [total, weight]


def judge_shine(left_out, known, clipped):
    """Counts of pixels; what glares is out of the mask of skin already."""
    return {"both": int((left_out & known).sum()),
            "either": int((left_out | known).sum()),
            "known": int(known.sum()), "clipped": int(clipped.sum()),
            "clipped_in": int((clipped & left_out).sum())}


def judge(folder, truth_folder, picture, photo):
    """What the tables need of one photograph."""
    frame, scale = Frame(folder, photo["px_per_mm"]), photo["px_per_mm"]
    true = lambda name: true_plane(truth_folder, photo, name)
    bare = true("skin") >= 0.5
    clipped = (linear(picture).max(axis=2) > CLIPPED) & bare
    shine = frame.of(true_shine(true("specular"), bare, clipped, scale))
    region = frame.of(np.rint(true("region")).astype(int), 255)
    bare, clipped = frame.of(bare), frame.of(clipped)
    holes = ndimage.binary_fill_holes(bare) & ~bare
    near = ndimage.binary_dilation(holes, disk(MARGIN_MM * frame.scale))
    judged = (region < FRONTAL) & bare & ~near
    found, shown = frame.mask("skin"), frame.mask("highlights")
    left_out = (shown | ~found) & judged
    return {"skin": judge_skin(found, holes, judged),
            "shine": judge_shine(left_out, shine & judged, clipped & judged),
            "beside": beside(frame, shine | shown, judged & found & ~shown,
                             region, frame.of(true("blood")))}
