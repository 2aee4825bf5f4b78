# SPDX-License-Identifier: BSD-2-Clause
"""Photographs of a rendered person that differ by what a camera does, by known
amounts.  Linear light in, a JPEG and its truth out."""
import math
from dataclasses import dataclass, field

import cv2
import numpy as np
from PIL import Image

from accuracy import camera, edits

NOISE, QUALITY = 0.006, 95
CLIPPED = 0.97  # of linear light, docs/method.md
SMOOTH_MM, SMOOTH_RANGE = 0.5, 0.06  # of the beauty filter, docs/phantom.md
MAKE, MODEL = 0x010F, 0x0110


@dataclass
class View:
    """Light that was rendered, and what is true of it."""
    linear: np.ndarray           # float32, red first
    truth: dict                  # of the photograph
    region: np.ndarray = None    # index of bare skin's region, 255 = none

    @property
    def scale(self):
        return self.truth["px_per_mm"]

    def card(self):
        """Its corners, a row each, or None."""
        if not self.truth["card"]:
            return None
        return np.array(self.truth["card"]["corners"]).reshape(-1, 2)

    def face(self):
        return camera.face_of(self.truth, self.linear.shape) > 0


@dataclass
class Photo:
    """A file, where the card lies in it, and the truth of each check."""
    path: object
    card: np.ndarray
    known: dict = field(default_factory=dict)


def framed(view, roll, zoom):
    """The camera turned and nearer or farther: about the picture's middle."""
    height, width = view.linear.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2 - 0.5, height / 2 - 0.5), roll,
                                   math.exp(zoom))
    linear = view.linear
    if zoom < 0:  # what would alias
        sigma = 0.4 * math.sqrt(math.exp(-2 * zoom) - 1)
        linear = cv2.GaussianBlur(linear, (0, 0), sigma) if sigma > 0.1 \
            else linear
    out = cv2.warpAffine(linear, turn, (width, height), flags=cv2.INTER_CUBIC,
                         borderMode=cv2.BORDER_REPLICATE)
    # Corners count from the pixels' corner, the matrix from their middles.
    card = (view.card() - 0.5) @ turn[:, :2].T + turn[:, 2] + 0.5
    return np.maximum(out, 0), card


def resized(view, px_per_mm):
    """The same picture with other pixels."""
    k = px_per_mm / view.scale
    size = [round(k * n) for n in view.linear.shape[1::-1]]
    way = cv2.INTER_AREA if k < 1 else cv2.INTER_CUBIC
    return np.maximum(cv2.resize(view.linear, size, interpolation=way), 0), \
        view.card() * k


def lit(linear, view, slope, rms, angle, bend):
    """Light that rises by `slope` over 60 mm in a direction, with a bend across
    it, or of that RMS of log10 over the face; and what RMS it came out at."""
    height, width = linear.shape[:2]
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    unit = 60 * view.scale
    x, y = (x - width / 2) / unit, (y - height / 2) / unit
    along = x * math.cos(angle) + y * math.sin(angle)
    shape, face = along + bend * x * y, view.face()
    rise = 1 + shape * (slope or rms * math.log(10) / shape[face].std())
    rise = np.maximum(rise, 0.05)
    return linear * rise[..., None], float(np.log10(rise[face]).std())


def turned_hue(linear, view, degrees):
    """All hues turned by an angle of CIELAB; the turn of skin's medians."""
    lab = cv2.cvtColor(np.clip(linear, 0, 1), cv2.COLOR_LRGB2Lab)
    c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    a, b = lab[..., 1], lab[..., 2]
    out = np.stack([lab[..., 0], c * a - s * b, s * a + c * b], -1)
    hues = []
    for one in (lab, out):
        middle = np.median(one[view.face()], axis=0)
        hues.append(math.degrees(math.atan2(middle[2], middle[1])))
    return np.maximum(cv2.cvtColor(out, cv2.COLOR_Lab2LRGB), 0), \
        abs(hues[1] - hues[0])


def covered(linear, view, region, share, draw):
    """Something dark lies over that share of a region, from one side."""
    out, here = linear.copy(), view.region == region
    y, x = np.nonzero(here)
    angle = draw.uniform(0, 2 * math.pi)
    along = x * math.cos(angle) + y * math.sin(angle)
    edge = np.quantile(along, share)
    yy, xx = np.mgrid[0:here.shape[0], 0:here.shape[1]]
    under = (xx * math.cos(angle) + yy * math.sin(angle) < edge)
    around = cv2.dilate(here.astype(np.uint8), None, iterations=3) > 0
    out[under & around] = (0.010, 0.007, 0.005)
    return out


def smoothed(coded, scale, share):
    """The beauty filter: bilateral by luma, on coded values in [0, 1]."""
    sigma = SMOOTH_MM * scale
    reach = math.ceil(2 * sigma)
    luma = coded @ np.array([0.299, 0.587, 0.114], np.float32)
    pad = ((reach, reach), (reach, reach))
    wide, wide_luma = np.pad(coded, (*pad, (0, 0)), "edge"), \
        np.pad(luma, pad, "edge")
    total, weight = np.zeros_like(coded), np.zeros_like(luma)
    height, width = luma.shape
    for dy in range(2 * reach + 1):
        for dx in range(2 * reach + 1):
            square = (dy - reach) ** 2 + (dx - reach) ** 2
            near = math.exp(-0.5 * square / sigma ** 2)
            off = wide_luma[dy:dy + height, dx:dx + width] - luma
            w = near * np.exp(-0.5 * (off / SMOOTH_RANGE) ** 2)
            weight += w
            total += w[..., None] * wide[dy:dy + height, dx:dx + width]
    return coded + share * (total / weight[..., None] - coded)


def sharpened(coded, amount):
    """Unsharp mask of luma, sigma one pixel."""
    luma = coded @ np.array([0.299, 0.587, 0.114], np.float32)
    more = amount * (luma - cv2.GaussianBlur(luma, (0, 0), 1.0))
    return coded + more[..., None]


def noise_for(view, cod):
    """The noise at 0.35 that is `cod` on the median skin."""
    skin = np.median(view.linear[view.face()], axis=0)
    low, high = 0.0, 1.0
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if camera.noise_cod(skin, middle) < cod \
            else (low, middle)
    return high


def stops_for(view, share):
    """The exposure that burns out this share of the regions' skin."""
    light = view.linear[view.region != 255].max(axis=1)
    return float(math.log2(CLIPPED / np.quantile(light, 1 - share)))


def exif_of(names):
    exif = Image.Exif()
    for tag, name in zip((MAKE, MODEL), names):
        exif[tag] = name
    return exif


def take(view, path, seed, roll=0.0, zoom=0.0, px_per_mm=None, gains=(1, 1, 1),
         stops=0.0, blur=0.0, slope=0.0, uneven=0.0, angle=0.0, bend=0.0,
         noise=NOISE, quality=QUALITY, subsampling=0, hue=0.0, cover=None,
         smooth=0.0, sharpen=0.0, names=()):
    """Photographs the view; amounts are those of one capture."""
    draw = np.random.Generator(np.random.SFC64(seed))
    linear, card, known = view.linear, view.card(), {}
    if roll or zoom:
        linear, card = framed(view, roll, zoom)
    if px_per_mm:
        linear, card = resized(view, px_per_mm)
    if cover:
        linear = covered(linear, view, *cover, draw)
    if hue:
        linear, known["skin_colour"] = turned_hue(linear, view, hue)
    if blur:
        linear = cv2.GaussianBlur(linear, (0, 0), blur * view.scale)
    if slope or uneven:
        linear, known["illumination"] = lit(linear, view, slope, uneven, angle,
                                            bend)
    linear = linear * np.array(gains, np.float32) * 2.0 ** stops
    skin = np.median(view.linear[view.face()], axis=0) * gains * 2.0 ** stops
    known["exposure"] = abs(math.log10(camera.SHARE @ gains * 2.0 ** stops))
    known["noise"] = camera.noise_cod(skin, noise)
    known["focus"] = math.hypot(view.truth["blur_mm"], blur)
    linear = linear + camera.spread(linear, noise).astype(np.float32) * \
        draw.standard_normal(linear.shape, np.float32)
    picture = edits.encoded(linear)
    if smooth or sharpen:
        coded = picture.astype(np.float32) / 255
        coded = smoothed(coded, view.scale, smooth) if smooth else coded
        coded = sharpened(coded, sharpen) if sharpen else coded
        picture = np.uint8(np.rint(255 * np.clip(coded, 0, 1)))
    if stops > 0 and view.region is not None and linear.shape == \
            view.linear.shape:
        over = (linear > CLIPPED).any(axis=2)
        known["clipping"] = 100 * float(over[view.region != 255].mean())
    Image.fromarray(picture).save(path, quality=quality,
                                  subsampling=subsampling, exif=exif_of(names))
    known["jpeg"] = quality
    return Photo(path, card, known)
