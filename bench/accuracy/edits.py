# SPDX-License-Identifier: BSD-2-Clause
"""What is done to a rendered picture that no camera setting does."""
import cv2
import numpy as np
from PIL import Image

PX_PER_MM = 5
LIGHTS = 65536  # that are told apart on the way to 8 bits: 1/20 of a code


def decoded(coded):
    """Linear light of coded sRGB in [0, 1]."""
    return np.where(coded <= 0.04045, coded / 12.92,
                    ((coded + 0.055) / 1.055) ** 2.4)


def coded_of(linear):
    """Coded sRGB of linear light in [0, 1]."""
    return np.where(linear <= 0.0031308, 12.92 * linear,
                    1.055 * linear ** (1 / 2.4) - 0.055)


CODES = np.uint8(np.rint(255 * coded_of(np.linspace(0, 1, LIGHTS))))


def encoded(linear):
    """8 bits of linear light."""
    return CODES[np.uint16((LIGHTS - 1) * np.clip(linear, 0, 1) + 0.5)]


def finer_weaker(linear, skin, scale, factor, finer_mm=4.0):
    """Linear light in which all of the bare skin's optical density that is finer
    than that Gaussian's sigma is times `factor`."""
    weight = cv2.GaussianBlur(np.float32(skin), (0, 0), 0.3 * scale)
    density = -np.log10(np.maximum(linear, 1 / 256))
    fine = density - cv2.GaussianBlur(density, (0, 0), finer_mm * scale)
    return np.float32(10 ** -(density - (1 - factor) * weight[..., None] * fine))


def tilt(source, target, _photo):
    """Light that falls by 15 % to either side over 120 mm, in linear light."""
    with Image.open(source) as picture:
        linear = decoded(np.asarray(picture.convert("RGB"), np.float64) / 255)
    x = (np.arange(linear.shape[1]) - linear.shape[1] / 2) / PX_PER_MM
    linear *= (1 + 0.15 * np.clip(x / 60, -1.5, 1.5))[None, :, None]
    Image.fromarray(encoded(linear)).save(target)
    return {}
