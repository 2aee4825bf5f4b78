# SPDX-License-Identifier: BSD-2-Clause
#
# Figures for tests/test_ridges.c: the line filter as plain convolution with
# its kernels in two dimensions, by NumPy and SciPy, and where scikit-image's
# Frangi filter sees ridges most clearly, on three lines over waves.
#     python3 tests/oracles/ridges.py

import numpy as np
from scipy.signal import fftconvolve
from skimage.filters import frangi

SCALE, SIDE, ALONG = 8.0, 160, 1.6
WIDTHS = (0.12, 0.20, 0.33)
LINES = ((0.3, 10.0, 6.0, 0.20, 4.0), (1.5, 5.0, 12.0, 0.14, 3.0),
         (2.4, 14.0, 14.0, 0.30, 5.0))

y, x = np.mgrid[0:SIDE, 0:SIDE] / SCALE
plane = 0.5 * np.cos(3.1 * x + 1.7 * y) + 0.4 * np.cos(1.1 * x - 4.3 * y + 1)
for angle, cx, cy, width, height in LINES:
    across = -(x - cx) * np.sin(angle) + (y - cy) * np.cos(angle)
    plane = plane + height * np.exp(-0.5 * (across / width) ** 2)

best = np.zeros((SIDE, SIDE))
for sigma in WIDTHS:
    r = int(3 * ALONG * SCALE)
    v, u = np.mgrid[-r:r + 1, -r:r + 1] / SCALE
    for k in range(16):
        s, c = np.sin(np.pi * k / 16), np.cos(np.pi * k / 16)
        a, b = u * c + v * s, -u * s + v * c
        kernel = (1 - b * b / sigma**2) * np.exp(
            -b * b / (2 * sigma**2) - a * a / (2 * ALONG**2))
        kernel -= kernel.mean()
        ideal = np.exp(-0.5 * (b / sigma) ** 2)
        kernel *= 2**-1.5 / (kernel * ideal).sum()
        best = np.maximum(best, fftconvolve(plane, kernel[::-1, ::-1],
                                            mode="same"))

print("/* x, y, response; px of 1/8 mm. */")
print("static const double responses[][3] = {")
inner = range(44, SIDE - 44)
rng = np.random.default_rng(5)
spots = [(px, py) for py in inner for px in inner if best[py, px] > 0.5]
for i in rng.choice(len(spots), 24, replace=False):
    px, py = spots[i]
    print(f"    {{{px}, {py}, {best[py, px]:.4f}}},")
print("};\n\n/* x, y: the strongest of Frangi's ridges, 6 px apart. */")
print("static const int ridges[][2] = {")
vessel = frangi(plane, sigmas=[w * SCALE for w in WIDTHS], black_ridges=False)
vessel[:40], vessel[-40:], vessel[:, :40], vessel[:, -40:] = 0, 0, 0, 0
for _ in range(16):
    py, px = np.unravel_index(np.argmax(vessel), vessel.shape)
    print(f"    {{{px}, {py}}},")
    vessel[max(0, py - 6):py + 7, max(0, px - 6):px + 7] = 0
print("};")
