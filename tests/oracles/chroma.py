# SPDX-License-Identifier: BSD-2-Clause
"""What JPEG does to the redness of skin: for tests/test_chroma.c.

    python3 tests/oracles/chroma.py

Patches of skin of ITA 50 to -50, their blood uneven over 1.25 mm and by how
much differing, lit aslant, with noise, at 4 and 8 px/mm, coded by libjpeg
(Pillow) at quality 85 to 100, with and without subsampling.  The error of the
patch's H (its tone's weights) is told in levels: over the H that a level of Cr
and one of Cb are worth there, root of the squares.  Prints the SD of Cr in
squares of 4 mm (median, what the program finds in the file), the RMS error in
levels of all tones, of the lightest and of the darkest, and how many.
"""
import io
import itertools

import numpy as np
from PIL import Image
from scipy.ndimage import gaussian_filter

# ITA, the weights of H (method 2.2), blood's density, linear sRGB.
SKIN = (
    (50, (-188, 297, -109), (0.0367, 0.0991, 0.0810), (0.580, 0.371, 0.266)),
    (30, (-166, 267, -101), (0.0379, 0.1052, 0.0798), (0.453, 0.257, 0.169)),
    (-10, (-79, 306, -227), (0.0359, 0.0875, 0.0449), (0.268, 0.132, 0.079)),
    (-30, (-373, 355, 18), (0.0318, 0.0710, 0.0229), (0.194, 0.094, 0.056)),
    (-50, (-325, 485, -160), (0.0288, 0.0499, 0.0068), (0.136, 0.074, 0.049)),
)
FILES = ((100, 2), (98, 0), (95, 0), (92, 0), (90, 2), (85, 2))
draw = np.random.Generator(np.random.PCG64(5))


def encoded(light):
    light = np.clip(light, 0, 1)
    return np.where(light <= 0.0031308, 12.92 * light,
                    1.055 * light ** (1 / 2.4) - 0.055)


def decoded(code):
    return np.where(code <= 0.04045, code / 12.92,
                    ((code + 0.055) / 1.055) ** 2.4)


def redness(light, weights):
    return float((-np.log10(np.maximum(light, 1 / 4096)) @ weights).mean())


def level(code, weights):
    """H that a level of chroma is worth: the slope of sRGB's curve."""
    step = -weights * 2.4 / (np.log(10) * 255 * (code / 255 + 0.055))
    return np.hypot(step @ (1.402, -0.714136, 0), step @ (0, -0.344136, 1.772))


def patch(skin, px_per_mm, uneven, noise):
    side = int(23 * px_per_mm)
    tone = np.array(skin[3]) * np.exp(
        draw.uniform(-0.9, 0.2) + draw.normal(0, 0.04, 3))
    blood = gaussian_filter(draw.standard_normal((side, side)),
                            1.25 * px_per_mm)
    y, x = np.mgrid[:side, :side] / side - 0.5
    aslant = np.exp(0.15 * (0.54 * x + 0.84 * y))
    light = tone * aslant[..., None] * 10 ** (
        -uneven * (blood / blood.std())[..., None] * np.array(skin[2]))
    return light + np.sqrt(noise ** 2 * 0.35 * light) * draw.standard_normal(
        light.shape)


def coded(light, quality, subsampling):
    file = io.BytesIO()
    Image.fromarray(np.uint8(np.rint(255 * encoded(light)))).save(
        file, "JPEG", quality=quality, subsampling=subsampling)
    return np.asarray(Image.open(file).convert("RGB"), np.float64)


def chroma_sd(code, px_per_mm):
    cr = code @ np.array([0.5, -0.418688, -0.081312])
    side = int(4 * px_per_mm)
    return np.median([cr[y:y + side, x:x + side].std()
                      for y in range(0, cr.shape[0] - side + 1, side)
                      for x in range(0, cr.shape[1] - side + 1, side)])


def main():
    found = []
    for skin, px_per_mm, file, uneven, noise in itertools.product(
            SKIN, (4.2, 8.0), FILES, (0, 0.1, 0.3, 0.6),
            (0.003, 0.008, 0.015)):
        weights = np.array(skin[1], float)
        for _ in range(4):
            light = patch(skin, px_per_mm, uneven, noise)
            code = coded(light, *file)
            error = redness(decoded(code / 255), weights) - redness(light,
                                                                    weights)
            found.append((chroma_sd(code, px_per_mm),
                          error / level(code.mean((0, 1)), weights), skin[0]))
    sd, error, ita = np.array(found).T
    limits = (0, 0.3, 0.5, 0.7, 0.9, 1.1, 1.4, 2.0)
    for low, high in zip(limits, limits[1:]):
        inside = (sd >= low) & (sd < high)
        rms = [np.sqrt((error[inside & of] ** 2).mean()) for of in (
            ita == ita, ita == 50, ita == -50) if (inside & of).sum() > 9]
        law = np.sqrt(1 / 12) / (1 + sd[inside].mean() / 0.42)
        print(f"{{{sd[inside].mean():.2f}, {rms[0]:.3f}}},  /* {inside.sum()}"
              f", light and dark {np.round(rms[1:], 3)}; law {law:.3f} */")


if __name__ == "__main__":
    main()
