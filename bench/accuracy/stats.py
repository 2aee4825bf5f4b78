# SPDX-License-Identifier: BSD-2-Clause
"""What the tables hold: fits, agreement, intervals.  Formulas: method, 11.2."""
import math
from dataclasses import dataclass

import numpy as np

DRAWS = 1000


@dataclass
class Fit:
    """A line through true and measured changes."""
    slope: float
    intercept: float
    r2: float
    bias: float
    count: int


def fit(true, measured):
    """Least squares of measured on true; NaN where there is no line."""
    x, y = np.asarray(true, float), np.asarray(measured, float)
    bias = float(np.mean(y - x)) if x.size else math.nan
    spread = float(np.sum((x - x.mean()) ** 2)) if x.size else 0.0
    if x.size < 3 or spread <= 0:
        return Fit(math.nan, math.nan, math.nan, bias, x.size)
    slope = float(np.sum((x - x.mean()) * (y - y.mean())) / spread)
    total = float(np.sum((y - y.mean()) ** 2))
    r2 = slope * slope * spread / total if total > 0 else math.nan
    return Fit(slope, float(y.mean() - slope * x.mean()), r2, bias, x.size)


def interval(groups, figure):
    """95 % of `figure` over people drawn again with replacement: the cases of
    one person are not independent.  (NaN, NaN) for fewer than three people."""
    groups = [g for g in groups if len(g)]
    if len(groups) < 3:
        return math.nan, math.nan
    random = np.random.Generator(np.random.PCG64(7))
    found = []
    for _ in range(DRAWS):
        drawn = random.integers(0, len(groups), len(groups))
        value = figure([item for i in drawn for item in groups[i]])
        if math.isfinite(value):
            found.append(value)
    if len(found) < DRAWS // 2:
        return math.nan, math.nan
    low, high = np.quantile(found, [0.025, 0.975])
    return float(low), float(high)


def within_sd(changes):
    """SD of one reading from changes between two of the same skin."""
    d = np.asarray(changes, float)
    return float(np.sqrt(np.sum(d * d) / (2 * d.size))) if d.size else math.nan


def mean_squares(table):
    """Rows, columns, error and within of the two-way layout."""
    x = np.asarray(table, float)
    n, k = x.shape
    rows, columns, mean = x.mean(axis=1), x.mean(axis=0), x.mean()
    msr = k * np.sum((rows - mean) ** 2) / (n - 1)
    msc = n * np.sum((columns - mean) ** 2) / (k - 1)
    rest = x - rows[:, None] - columns[None, :] + mean
    mse = np.sum(rest ** 2) / ((n - 1) * (k - 1))
    msw = np.sum((x - rows[:, None]) ** 2) / (n * (k - 1))
    return float(msr), float(msc), float(mse), float(msw)


def icc21(table):
    """Shrout and Fleiss's ICC(2,1); NaN for fewer than two subjects."""
    x = np.asarray(table, float)
    if x.ndim != 2 or min(x.shape) < 2:
        return math.nan
    n, k = x.shape
    msr, msc, mse, _ = mean_squares(x)
    below = msr + (k - 1) * mse + k * (msc - mse) / n
    return (msr - mse) / below if below > 0 else math.nan


def icc31(table):
    msr, _, mse, _ = mean_squares(table)
    return (msr - mse) / (msr + (np.asarray(table).shape[1] - 1) * mse)


def bland_altman(first, second):
    """Bias, SD of the differences, lower and upper limit of agreement."""
    d = np.asarray(second, float) - np.asarray(first, float)
    bias, sd = float(d.mean()), float(d.std(ddof=1))
    return bias, sd, bias - 1.96 * sd, bias + 1.96 * sd


def wilson(hits, count):
    """95 % interval of a share (Wilson 1927)."""
    if not count:
        return math.nan, math.nan
    z, p = 1.959964, hits / count
    middle = p + z * z / (2 * count)
    half = z * math.sqrt(p * (1 - p) / count + z * z / (4 * count * count))
    below = 1 + z * z / count
    return max(0.0, (middle - half) / below), min(1.0, (middle + half) / below)


def ciede2000(one, other):
    """Sharma, Wu, Dalal 2005, of two triples L*, a*, b*."""
    (l1, a1, b1), (l2, a2, b2) = one, other
    c_mean7 = ((math.hypot(a1, b1) + math.hypot(a2, b2)) / 2) ** 7
    g = 0.5 * (1 - math.sqrt(c_mean7 / (c_mean7 + 25.0 ** 7)))
    a1, a2 = a1 * (1 + g), a2 * (1 + g)
    c1, c2 = math.hypot(a1, b1), math.hypot(a2, b2)
    h1 = math.degrees(math.atan2(b1, a1)) % 360 if c1 else 0.0
    h2 = math.degrees(math.atan2(b2, a2)) % 360 if c2 else 0.0
    turn = h2 - h1
    wide = abs(turn) > 180 + 1e-9
    if wide:
        turn -= math.copysign(360, turn)
    if not c1 * c2:
        turn, hue = 0.0, h1 + h2
    else:
        hue = (h1 + h2) / 2
        if wide:
            hue += 180 if h1 + h2 < 360 else -180
    d_l, d_c = l2 - l1, c2 - c1
    d_h = 2 * math.sqrt(c1 * c2) * math.sin(math.radians(turn / 2))
    l, c = (l1 + l2) / 2, (c1 + c2) / 2
    t = (1 - 0.17 * math.cos(math.radians(hue - 30))
         + 0.24 * math.cos(math.radians(2 * hue))
         + 0.32 * math.cos(math.radians(3 * hue + 6))
         - 0.20 * math.cos(math.radians(4 * hue - 63)))
    s_l = 1 + 0.015 * (l - 50) ** 2 / math.sqrt(20 + (l - 50) ** 2)
    s_c, s_h = 1 + 0.045 * c, 1 + 0.015 * c * t
    spin = 30 * math.exp(-((hue - 275) / 25) ** 2)
    r = (-math.sin(math.radians(2 * spin)) * 2
         * math.sqrt(c ** 7 / (c ** 7 + 25.0 ** 7)))
    x, y, z = d_l / s_l, d_c / s_c, d_h / s_h
    return math.sqrt(x * x + y * y + z * z + r * y * z)
