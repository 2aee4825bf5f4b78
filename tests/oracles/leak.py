#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""What +20 % melanin feigns in H, as a share of the signal of +50 % blood.

Skin by the polynomial that was fitted to measured spectra, read with the blood
weights of the nearest tabulated tones: both as docs/method.md has them from its
design, computed with NumPy and none of the library.  test_stats.c has the
figures that this prints.
"""
import numpy as np

# OD of R, G, B = sum of c[ij] x^i y^j, x = f_m / 0.065, y = ln(f_b / 0.0206).
POLYNOMIAL = {
    '00': (.20827, .31329, .32124),
    '01': (.03543, .10405, .09118),
    '02': (.00935, .02421, .02375),
    '03': (.00134, -.00058, -.00037),
    '04': (.00008, -.00106, -.00080),
    '10': (.20316, .31795, .50104),
    '11': (-.00039, -.00136, -.00681),
    '12': (.00030, -.00320, -.00773),
    '13': (-.00013, -.00046, -.00001),
    '20': (.00157, -.00488, .00028),
    '21': (-.00057, -.00582, -.01589),
    '22': (-.00028, -.00046, .00040),
    '30': (-.00118, -.00618, -.03226),
    '31': (-.00003, .00049, .00314),
    '40': (-.00004, .00045, .00433)
}
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
TO_XYZ = np.array([[0.4124564, 0.3575761, 0.1804375],
                   [0.2126729, 0.7151522, 0.0721750],
                   [0.0193339, 0.1191920, 0.9503041]])
WHITE = np.array([0.95047, 1, 1.08883])


def density(x, y):
    return sum(np.array(v) * x**int(k[0]) * y**int(k[1])
               for k, v in POLYNOMIAL.items())


def angle(od):
    """ITA, degrees."""
    t = TO_XYZ @ 10**-od / WHITE
    f = np.where(t > (6 / 29)**3, np.cbrt(t), t / (3 * (6 / 29)**2) + 4 / 29)
    return np.degrees(np.arctan2(116 * f[1] - 66, 200 * (f[1] - f[2])))


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
