#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Skin of many kinds by the physics of light, spectrum by spectrum: skin.inc.

    tests/oracles/skin.py > tests/oracles/skin.inc
    tests/oracles/skin.py --fit

Needs numpy and scipy.  Melanin above, blood and what else absorbs below
(Jacques 1998, 2013), packed in vessels (van Veen 2002), with two laws of what
comes back: the two-layer law that was fitted to measured skin, and diffusion
theory (Flock, Patterson, Wilson, Wyman 1989), which nothing was fitted to.
Light is D65, the eye the CIE 1931 observer by sums of lobes (Wyman, Sloan,
Shirley 2013), haemoglobin the compilation of Prahl (omlc.org), every 10 nm.

--fit makes the numbers of lib/measure/blood_scale.c and the table of leak and
steepness in tone.c, from a population with the spread of blood, oxygenation and
scattering that 4392 measured spectra have.
"""
import re
import sys
from pathlib import Path

import numpy as np
from scipy.optimize import least_squares

W = np.arange(400.0, 701.0, 10.0)
OXY = np.array([
    266232, 466840, 480360, 246072, 102580, 62816, 44480, 33209, 26629, 23684,
    20932, 20035, 24202, 39956, 53236, 43016, 32613, 44496, 50104, 14400, 3200,
    1506, 942, 610, 442, 368, 319, 294, 277, 276, 290.0])
DEOXY = np.array([
    223296, 303956, 407560, 528600, 413280, 103292, 23388, 16156, 14550, 16684,
    20862, 25773, 31589, 39036, 46592, 53412, 53788, 45072, 37020, 28324,
    14677, 9443, 6509, 5148, 4345, 3750, 3226, 2795, 2407, 2051, 1794.0])
D65 = np.array([
    82.75, 91.49, 93.43, 86.68, 104.86, 117.01, 117.81, 114.86, 115.92, 108.81,
    109.35, 107.80, 104.79, 107.69, 104.41, 104.05, 100.00, 96.33, 95.79,
    88.69, 90.01, 89.60, 87.70, 83.29, 83.70, 80.03, 80.21, 82.28, 78.28,
    69.72, 71.61])
WHITE = np.array([0.95047, 1.0, 1.08883])
XYZ_OF_RGB = np.array([[0.4124564, 0.3575761, 0.1804375],
                       [0.2126729, 0.7151522, 0.0721750],
                       [0.0193339, 0.1191920, 0.9503041]])
USUAL_BLOOD = 0.0206
SURFACE = (0.0423, 0.008)  # ordinary, cross-polarised


def lobe(mu, left, right):
    s = np.where(W < mu, left, right)
    return np.exp(-0.5 * ((W - mu) * s) ** 2)


def weights():
    """Linear sRGB of a reflectance, by wavelength."""
    xyz = np.array([1.056 * lobe(599.8, 0.0264, 0.0323) +
                    0.362 * lobe(442.0, 0.0624, 0.0374) -
                    0.065 * lobe(501.1, 0.0490, 0.0382),
                    0.821 * lobe(568.8, 0.0213, 0.0247) +
                    0.286 * lobe(530.9, 0.0613, 0.0322),
                    1.217 * lobe(437.0, 0.0845, 0.0278) +
                    0.681 * lobe(459.0, 0.0385, 0.0725)]) * D65
    xyz *= (WHITE / xyz.sum(axis=1))[:, None]
    return np.linalg.inv(XYZ_OF_RGB) @ xyz


RGB = weights()


def density(law, melanin, blood, oxygen, scatter, polarised):
    """Optical densities of linear sRGB; every argument may be an array."""
    f, b, o, k = (np.asarray(v, float)[..., None]
                  for v in (melanin, blood, oxygen, scatter))
    pass_once = np.exp(-2 * f * 6.6e11 * 550 ** -3.33 *
                       (W / 550) ** -2.456 * 0.006)
    whole = 2.303 * 150 / 64500 * (o * OXY + (1 - o) * DEOXY)
    x = 2 * 8.2e-4 * whole
    absorbed = b * whole * (1 - np.exp(-x)) / x
    other = 0.244 + 85.3 * np.exp(-(W - 154) / 66.2)
    scattered = 46 * k * (W / 500) ** -3
    if law == "fitted":
        below = np.exp(-4 / np.sqrt(3 * (1 + scattered /
                                         (absorbed + 2 * other))))
    else:  # refractive index 1.4: internal reflection makes A = 2.9
        albedo = scattered / (scattered + absorbed + other)
        q = np.sqrt(3 * (1 - albedo))
        below = albedo / 2 * (1 + np.exp(-4 / 3 * 2.9 * q)) * np.exp(-q)
    rho = SURFACE[polarised]
    light = ((1 - rho) * pass_once ** 2 * below + rho) @ RGB.T
    return -np.log10(np.maximum(light, 1 / 256))


def ita(od):
    t = 10 ** -od @ XYZ_OF_RGB.T / WHITE
    f = np.where(t > 216 / 24389, np.cbrt(t), t * 841 / 108 + 4 / 29)
    return np.degrees(np.arctan2(116 * f[..., 1] - 66,
                                 200 * (f[..., 1] - f[..., 2])))


def melanin_of(tone, law, blood, oxygen, scatter, polarised):
    """By bisection: the melanin with which skin has its tone."""
    low, high = np.full(np.shape(blood), 1e-3), np.full(np.shape(blood), 0.5)
    for _ in range(40):
        middle = np.sqrt(low * high)
        fairer = ita(density(law, middle, blood, oxygen, scatter,
                             polarised)) > tone
        low, high = (np.where(fairer, middle, low),
                     np.where(fairer, high, middle))
    return np.sqrt(low * high)


KINDS = (("fitted", 0.793, 0.966, 0), ("fitted", 0.793, 0.966, 1),
         ("diffusion", 0.793, 0.966, 0), ("fitted", 0.5, 2.0, 0),
         ("fitted", 0.9, 0.5, 0))


def rows():
    print("/* SPDX-License-Identifier: BSD-2-Clause */\n\n"
          "/* Written by skin.py. */\n\n"
          "/* Skin of a tone with some blood, in ln of the usual, and the same "
          "skin with\n * half as much again. */\n"
          "static const struct specimen {\n"
          "    int kind, polarised;\n    double ita, blood, before[3], "
          "after[3];\n} skins[] = {")
    for kind, (law, oxygen, scatter, polarised) in enumerate(KINDS):
        for tone in (60, 52, 45, 37, 30, 22, 15):
            for y in (-0.7, -0.35, 0.0, 0.35, 0.7):
                b = USUAL_BLOOD * np.exp(y)
                f = melanin_of(tone, law, b, oxygen, scatter, polarised)
                two = [", ".join(f"{v:.6f}" for v in
                                 density(law, f, b * k, oxygen, scatter,
                                         polarised)) for k in (1, 1.5)]
                print(f"    {{{kind}, {polarised}, {tone}, {y:g},\n"
                      f"     {{{two[0]}}},\n     {{{two[1]}}}}},")
    print("};")


# ---- --fit -------------------------------------------------------------------

def blood_rows():
    """The weights of H at ITA 60, 45 and so on, from the method's tables."""
    code = Path(__file__).parents[2] / "lib/measure/tone.c"
    found = re.findall(r"\{\{([^}]*)\}, \{([^}]*)\},\s*([\d.]+), ([\d.]+)\}",
                       code.read_text(encoding="utf-8"))[:18]
    out = []
    for m, h, _, gain in found:
        m, h = (np.array([float(v) for v in t.split(",")]) for t in (m, h))
        cost = np.outer(m, m) + 0.05 ** 2 * np.eye(3)
        limits = np.array([np.ones(3), h])
        inverse = np.linalg.inv(cost) @ limits.T
        w = inverse @ np.linalg.inv(limits @ inverse) @ np.array([0, 1])
        out.append(100 * 0.1374 / float(gain) * w)
    return out[:9], out[9:]


def population(tone, polarised, w, draw):
    """h, its slope against 13.74 ln(blood), and ln(blood), by person."""
    count = 1500
    y = draw.normal(0, 0.77, count)
    oxygen = np.clip(draw.normal(0.77, 0.13, count), 0.3, 0.98)
    scatter = np.exp(draw.normal(np.log(0.97), 0.67, count))
    b = USUAL_BLOOD * np.exp(y)
    f = melanin_of(tone, "fitted", b, oxygen, scatter, polarised)
    low, high = (density("fitted", f, b * np.exp(e), oxygen, scatter,
                         polarised) @ w for e in (-0.05, 0.05))
    keep = (f > 0.015) & (f < 0.45) & (np.abs(y) < 1.2)
    return ((low + high) / 2)[keep], ((high - low) / 1.374)[keep]


def steepness(q, h):
    return q[0] * (1 - np.exp(-(np.maximum(h, 3) - q[1]) / q[2]))


def fit():
    draw = np.random.default_rng(3)
    table, by = blood_rows(), {}
    for p, tones in ((0, (60, 45, 30, 15, 0)), (1, (60, 45, 30, 15, 0, -15))):
        for i, tone in enumerate(tones):
            by[p, tone] = population(tone, p, table[p][i], draw)
    clean = [k for k in by if k[1] >= (0 if k[0] else 45)]
    h, s = (np.concatenate([by[k][i] for k in clean]) for i in (0, 1))
    robust = {"loss": "soft_l1", "f_scale": 0.1}
    q = least_squares(lambda q: steepness(q, h) - s, [1.5, -5, 15], **robust).x
    print("steepest %.2f, none %.1f, width %.1f" % tuple(q),
          "s(18.2) = %.3f" % steepness(q, 18.2))
    for (p, tone), (h, s) in by.items():
        v = least_squares(lambda v: v[1] * steepness(q, h - v[0]) - s, [0, 1],
                          **robust).x
        left = s / (v[1] * steepness(q, h - v[0]))
        print("polarised" if p else "ordinary", tone, "leak %.1f, steep %.3f"
              % tuple(v), "spread of people: %.0f %%, was %.0f %%"
              % (100 * left.std(), 100 * (s / np.median(s)).std()))


if __name__ == "__main__":
    fit() if sys.argv[1:] == ["--fit"] else rows()
