# SPDX-License-Identifier: BSD-2-Clause
"""What JPEG does to the redness of skin: for tests/test_stats.c.

    python3 tests/oracles/chroma.py

Patches of skin of any tone, their blood uneven over 1.25 mm and by how much
differing, lit aslant, with noise, at 4 and 8 px/mm, coded by libjpeg (Pillow)
at quality 85 to 98, with and without subsampling.  Prints the SD of Cr in
squares of 4 mm (median, what the program finds in the file), the RMS error of
the patch's H (the plain inverse at ITA 30, method 2.2) and how many.
"""
import io

import numpy as np
from PIL import Image
from scipy.ndimage import gaussian_filter

UNMIX = np.array([-1.638, 2.704, -1.066])
BLOOD = 0.1374 * np.array([0.276, 0.766, 0.581])
FILES = ((98, 0), (95, 0), (92, 0), (90, 2), (85, 2))
draw = np.random.Generator(np.random.PCG64(5))


def encoded(light):
    light = np.clip(light, 0, 1)
    return np.where(light <= 0.0031308, 12.92 * light,
                    1.055 * light ** (1 / 2.4) - 0.055)


def decoded(code):
    return np.where(code <= 0.04045, code / 12.92,
                    ((code + 0.055) / 1.055) ** 2.4)


def redness(light):
    return float((-100 * np.log10(np.maximum(light, 1 / 4096)) @ UNMIX).mean())


def patch(px_per_mm, uneven, noise):
    side = int(23 * px_per_mm)
    tone = np.array([0.35, 0.20, 0.13]) * np.exp(
        draw.uniform(-0.5, 0.3) + draw.normal(0, 0.05, 3))
    blood = gaussian_filter(draw.standard_normal((side, side)),
                            1.25 * px_per_mm)
    y, x = np.mgrid[:side, :side] / side - 0.5
    aslant = np.exp(0.15 * (0.54 * x + 0.84 * y))
    light = tone * aslant[..., None] * 10 ** (
        -uneven * (blood / blood.std())[..., None] * BLOOD)
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
    for px_per_mm in (4.2, 8.0):
        for quality, subsampling in FILES:
            for uneven in (0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.6, 0.8):
                for noise in (0.003, 0.008, 0.015):
                    for _ in range(8):
                        light = patch(px_per_mm, uneven, noise)
                        code = coded(light, quality, subsampling)
                        found.append((chroma_sd(code, px_per_mm),
                                      redness(decoded(code / 255)) -
                                      redness(light)))
    found = np.array(found)
    limits = (0, 0.3, 0.5, 0.7, 0.9, 1.1, 1.4, 2.0, 3.0)
    for low, high in zip(limits, limits[1:]):
        inside = (found[:, 0] >= low) & (found[:, 0] < high)
        sd, error = found[inside].T
        rms = np.sqrt((error ** 2).mean())
        law = 1.5 / np.sqrt(3) / (1 + sd.mean() / 0.42)
        print(f"{{{sd.mean():.2f}, {rms:.3f}}},  /* {inside.sum()}; law "
              f"{law:.3f} */")


if __name__ == "__main__":
    main()
