# SPDX-License-Identifier: BSD-2-Clause
"""The forward model of skin: optical density from melanin and blood by the
polynomial that was fitted to measured spectra, and the typology angle of it, as
docs/method.md has them from its design; none of the library."""
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
