#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Simulated cameras that photograph a 24-patch chart and skin: chart.inc.

    tests/oracles/chart.py > tests/oracles/chart.inc

Needs numpy, scipy and scikit-image.  Each patch is the smoothest reflectance
(400 to 700 nm) that has its CIELAB under D50; cameras have bell-shaped
sensitivities that no matrix turns into colour matching functions, so that a
chart's fit leaves an error, as with real ones.  The fits are numpy's least
squares and scikit-image's CIEDE2000.
"""
import re
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from skimage.color import deltaE_ciede2000

WAVES = np.arange(400.0, 701.0, 10.0)
D50 = np.array([0.96422, 1.0, 0.82521])
D65 = np.array([0.95047, 1.0, 1.08883])
XYZ_OF_RGB = np.array([[0.4124564, 0.3575761, 0.1804375],
                       [0.2126729, 0.7151522, 0.0721750],
                       [0.0193339, 0.1191920, 0.9503041]])
CONE = np.array([[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367],
                 [0.0389, -0.0685, 1.0296]])
# Skin of melanin .02 .065 .10 .20, and of blood x 0.5 and x 2 at .065, under
# D65 (method 12.1).
SKIN = np.array([[70.60, 7.71, 9.09], [58.55, 9.19, 17.00],
                 [51.00, 10.20, 19.32], [36.46, 10.46, 15.00],
                 [61.18, 6.59, 17.79], [55.16, 12.24, 16.13]])
# Peak and width in nm of R, G, B; the camera's own idea of sRGB, which keeps
# white and loses what is outside.
RAW = np.eye(3)
OWN = np.array([[1.5, -0.4, -0.1], [-0.25, 1.45, -0.2], [0.0, -0.45, 1.45]])
CAMERAS = {"full_frame": (((598, 33), (537, 39), (465, 29)), RAW),
           "telephone": (((606, 27), (529, 42), (458, 26)), OWN)}


def lobe(x, mu, left, right):
    s = np.where(x < mu, left, right)
    return np.exp(-0.5 * ((x - mu) * s) ** 2)


def matching():
    """CIE 1931 by sums of lobes (Wyman, Sloan, Shirley 2013)."""
    w = WAVES
    x = (1.056 * lobe(w, 599.8, 0.0264, 0.0323) +
         0.362 * lobe(w, 442.0, 0.0624, 0.0374) -
         0.065 * lobe(w, 501.1, 0.0490, 0.0382))
    y = (0.821 * lobe(w, 568.8, 0.0213, 0.0247) +
         0.286 * lobe(w, 530.9, 0.0613, 0.0322))
    z = (1.217 * lobe(w, 437.0, 0.0845, 0.0278) +
         0.681 * lobe(w, 459.0, 0.0385, 0.0725))
    return np.array([x, y, z])


def f_inverse(f):
    return np.where(f > 6 / 29, f ** 3, (f - 4 / 29) * 108 / 841)


def xyz_of_lab(lab, white):
    y = (lab[..., 0] + 16) / 116
    f = np.stack([y + lab[..., 1] / 500, y, y - lab[..., 2] / 200], -1)
    return white * f_inverse(f)


def lab_of_xyz(xyz, white):
    t = xyz / white
    f = np.where(t > 216 / 24389, np.cbrt(t), t * 841 / 108 + 4 / 29)
    return np.stack([116 * f[..., 1] - 16, 500 * (f[..., 0] - f[..., 1]),
                     200 * (f[..., 1] - f[..., 2])], -1)


def adapt():
    """Bradford from D50 to D65."""
    scale = (CONE @ D65) / (CONE @ D50)
    return np.linalg.inv(CONE) @ np.diag(scale) @ CONE


def daylight():
    """A smooth light whose white is D65 exactly under the lobes."""
    cmf = matching()
    basis = np.stack([np.ones_like(WAVES), (WAVES - 550) / 150,
                      ((WAVES - 550) / 150) ** 2])
    return np.linalg.solve(cmf @ basis.T, D65) @ basis


def smoothest(xyz, light):
    """Reflectance in (0, 1) with that colour and the least slope."""
    cmf = matching() * light
    slope = np.diff(np.eye(WAVES.size), axis=0)

    def cost(z):
        rho = 1 / (1 + np.exp(-z))
        return (np.sum((slope @ z) ** 2) * 1e-3 +
                np.sum((cmf @ rho - xyz) ** 2) * 1e7)

    return 1 / (1 + np.exp(-minimize(cost, np.zeros(WAVES.size),
                                     method="L-BFGS-B", tol=1e-14,
                                     options={"maxiter": 20000,
                                              "maxfun": 2000000}).x))


def reference():
    text = (Path(__file__).parent / "../../lib/colour/chart_data.c").read_text(
        encoding="utf-8")
    rows = re.findall(r"\{(-?[\d.]+), (-?[\d.]+), (-?[\d.]+)\}", text)
    return np.array(rows, float)[:24]


def expand(c, terms):
    if terms == 3:
        return c
    r, g, b = c.T
    return np.stack([r, g, b, np.sqrt(r * g), np.sqrt(g * b),
                     np.sqrt(b * r)], -1)


def fit(seen, linear, terms, keep):
    weight = np.array([3.0] * 2 + [1.0] * 16 + [2.0] * 6)[keep]
    rho = expand(seen[keep], terms)
    normal = rho.T @ (weight[:, None] * rho)
    normal += 1e-4 * np.trace(normal) / terms * np.eye(terms)
    return np.linalg.solve(normal, rho.T @ (weight[:, None] * linear[keep])).T


def errors(matrix, seen, terms, lab):
    found = lab_of_xyz(expand(seen, terms) @ matrix.T @ XYZ_OF_RGB.T, D65)
    return deltaE_ciede2000(found, lab)


def put(name, values, form="%.17g"):
    flat = np.asarray(values)
    rows = ",\n    ".join("{" + ", ".join(form % v for v in row) + "}"
                          for row in flat)
    shape = "".join(f"[{n}]" for n in flat.shape)
    print(f"static const double {name}{shape} = {{\n    {rows},\n}};\n")


def main():
    lab_d50 = reference()
    xyz = xyz_of_lab(lab_d50, D50) @ adapt().T
    linear = xyz @ np.linalg.inv(XYZ_OF_RGB).T
    lab = lab_of_xyz(xyz, D65)
    light = daylight()
    patches = np.array([smoothest(v, light) for v in xyz])
    skins = np.array([smoothest(v, light) for v in xyz_of_lab(SKIN, D65)])
    print("/* SPDX-License-Identifier: BSD-2-Clause */\n\n"
          "/* Written by chart.py. */\n")
    put("chart_linear", linear, "%.9g")
    for name, (lobes, own) in CAMERAS.items():
        bells = np.array([np.exp(-0.5 * ((WAVES - mu) / s) ** 2)
                          for mu, s in lobes]) * light
        white = bells.sum(axis=1)
        seen, skin = patches @ bells.T / white, skins @ bells.T / white
        seen, skin = 0.9 * seen @ own.T, 0.9 * skin @ own.T
        seen = np.maximum(seen, 0.0)
        put(f"{name}_seen", seen, "%.9g")
        put(f"{name}_skin", skin, "%.9g")
        seen = np.array([[float("%.9g" % v) for v in row] for row in seen])
        keep = np.all(seen >= 0.004, axis=1)
        for terms in (3, 6):
            matrix = fit(seen, linear, terms, keep)
            left = [errors(fit(seen, linear, terms,
                               keep & (np.arange(24) != p)),
                           seen[p:p + 1], terms, lab[p:p + 1])[0]
                    for p in np.flatnonzero(keep)]
            put(f"{name}_matrix_{terms}", matrix)
            mean = errors(matrix, seen[keep], terms, lab[keep]).mean()
            print(f"/* Mean CIEDE2000 of {keep.sum()} patches: {mean:.6f}; "
                  f"each left out: {np.mean(left):.6f} */")
            print(f"static const double {name}_error_{terms}[2] = "
                  f"{{{mean:.9f}, {np.mean(left):.9f}}};\n")
            skin_error = errors(matrix, skin, terms, SKIN)
            print(f"/* Skin, not in the fit: mean {skin_error.mean():.3f}, "
                  f"largest {skin_error.max():.3f} */\n")


if __name__ == "__main__":
    main()
