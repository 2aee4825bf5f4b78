# SPDX-License-Identifier: BSD-2-Clause
"""A camera for light that the phantom drew without noise (PNG of 16 bits): what
only a camera changes is rendered once.  Formulas: docs/phantom.md."""
from functools import lru_cache

import cv2
import numpy as np
from PIL import Image

from .edits import decoded, encoded

NOISE, READ_NOISE = 0.008, 0.0008
# Options of the shot that this camera takes its pictures from.
CLEAN = {"png": 16, "noise": 0, "read-noise": 0}
EXIF_MAKE, EXIF_MODEL, EXIF_IFD, EXIF_COLOUR_SPACE = 271, 272, 0x8769, 0xA001
SHARE = np.array([0.2126729, 0.7151522, 0.0721750])


def light(source):
    """Linear light, red first."""
    coded = cv2.imread(str(source), cv2.IMREAD_UNCHANGED)[..., 2::-1]
    most = np.iinfo(coded.dtype).max
    return np.float32(decoded(np.arange(most + 1) / most))[coded]


# Of a file that stays what it is; nobody writes into what is kept.
kept_light = lru_cache(maxsize=2)(light)


def face_of(photo, shape):
    """255 within the landmarks' hull."""
    points = np.array(photo["landmarks"], np.float32)[:, :2]
    mask = np.zeros(shape[:2], np.uint8)
    cv2.fillConvexPoly(mask, np.int32(np.rint(cv2.convexHull(points))), 255)
    return mask


def ramp(linear, scale, gradient):
    """Light that rises by `gradient` over 60 mm to the right of the middle, and
    the factor of each column."""
    x = (np.arange(linear.shape[1]) - linear.shape[1] / 2) / scale
    rise = np.maximum(1 + gradient * x / 60, 0.05)
    return linear * np.float32(rise[None, :, None]), rise


def spread(linear, noise):
    """SD of shot and read noise."""
    return np.sqrt(noise ** 2 * 0.35 * np.maximum(linear, 0) +
                   READ_NOISE ** 2)


def noise_cod(skin, noise):
    """SD of the luminance of a pixel of that linear light, 100 OD."""
    grain = np.linalg.norm(SHARE * spread(skin, noise))
    return float(100 / np.log(10) * grain / (SHARE @ skin))


def told(make):
    """What the file says of its camera, as an option of save."""
    if not make:
        return {}
    exif = Image.Exif()
    exif[EXIF_MAKE] = exif[EXIF_MODEL] = make
    exif[EXIF_IFD] = {EXIF_COLOUR_SPACE: 1}  # sRGB
    return {"exif": exif}


def shoot(source, target, photo, gains=(1, 1, 1), stops=0.0, blur=0.0,
          gradient=0.0, noise=NOISE, jpeg=95, seed=1, frame=(0, 0), make=""):
    """Writes the picture; gives what changes of the photo's truth.  `blur` is
    the sigma added, mm; `gradient` the relative rise of light over 60 mm;
    `frame` the columns and rows cut off at the left and the top; `make` the
    camera's, as the file tells it, and that it is sRGB."""
    linear = kept_light(source)
    scale, known = photo["px_per_mm"], {}
    if blur:
        linear = cv2.GaussianBlur(linear, (0, 0), blur * scale)
        known["blur_mm"] = float(np.hypot(photo["blur_mm"], blur))
    face = face_of(photo, linear.shape) > 0
    if gradient:
        linear, rise = ramp(linear, scale, gradient)
        change = np.log10(np.broadcast_to(rise, face.shape)[face])
        known["gradient_rms"] = float(change.std())
    linear = linear * np.float32(np.array(gains) * 2.0 ** stops)
    known["noise_cod"] = noise_cod(np.median(linear[face], axis=0), noise)
    draw = np.random.Generator(np.random.PCG64(seed))
    linear = linear + spread(linear, noise) * draw.standard_normal(
        linear.shape, np.float32)
    Image.fromarray(encoded(linear)[frame[1]:, frame[0]:]).save(
        target, quality=jpeg, subsampling=0, **told(make))
    return {**known, "white_balance": list(gains), "exposure_stops": stops,
            "jpeg": jpeg}
