#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""What +20 % melanin feigns in H, as a share of the signal of +50 % blood.

Skin by the polynomial that was fitted to measured spectra, read with the blood
weights of the nearest tabulated tones: both as docs/method.md has them from its
design, computed with NumPy and none of the library.  test_stats.c has the
figures that this prints.
"""
import numpy as np

from forward import angle, density

# ITA: directions of melanin and of blood, blood's gain.
TONES = {
    60: ((.331, .507, .796), (.280, .741, .610), .1310),
    45: ((.344, .514, .786), (.273, .746, .607), .1343),
    30: ((.364, .524, .770), (.276, .766, .581), .1374),
    15: ((.388, .546, .743), (.299, .783, .545), .1221),
    0: ((.433, .574, .695), (.316, .808, .496), .1159),
    -15: ((.514, .621, .592), (.356, .847, .394), .0994),
    -30: ((.609, .645, .463), (.392, .876, .283), .0810),
    -45: ((.722, .624, .300), (.463, .873, .152), .0637),
    -60: ((.829, .542, .137), (.560, .827, .048), .0472),
}


def weights(ita):
    """Least (w.m)^2 + 0.05^2 |w|^2 with w.(1,1,1) = 0 and w.h = 1; H per OD."""
    low = min(int(np.floor(ita / 15) * 15), 45)
    part = (ita - low) / 15
    m, h, gain = ((1 - part) * np.array(a) + part * np.array(b)
                  for a, b in zip(TONES[low], TONES[low + 15]))
    m, h = m / np.linalg.norm(m), h / np.linalg.norm(h)
    fixed = np.array([[1, 1, 1], h])
    system = np.block([[np.outer(m, m) + 0.05**2 * np.eye(3), fixed.T],
                       [fixed, np.zeros((2, 2))]])
    return np.linalg.solve(system, [0, 0, 0, 0, 1])[:3] * 100 * .1374 / gain


for ita in (0, -7.5, -15, -20, -25, -30, -45):
    grid = np.linspace(0.18, 3.4, 6000)
    x = grid[np.argmin([abs(angle(density(v, 0)) - ita) for v in grid])]
    w = weights(ita)
    blood = w @ (density(x, np.log(1.5)) - density(x, 0))
    melanin = w @ (density(1.2 * x, 0) - density(x, 0))
    print(f"{ita:g} {abs(melanin / blood):.2f}")
