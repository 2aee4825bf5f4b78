# SPDX-License-Identifier: BSD-2-Clause
#
# Figures for tests/test_trend.c: weighted lines with known errors by NumPy's
# least squares, Student's t by mpmath, slopes of Theil and Sen and Kendall's
# tau by SciPy, ties by counting all orders.
#     python3 tests/oracles/trend.py

from itertools import permutations
from math import comb, factorial, sqrt

import mpmath
import numpy
from scipy import stats

mpmath.mp.dps = 30


def tails(t, df):
    return mpmath.betainc(df / 2, .5, 0, df / (df + t * t), regularized=True)


def line(weeks, y, variance, df):
    root = 1 / numpy.sqrt(numpy.array(variance))
    design = numpy.stack([numpy.ones(len(weeks)), weeks], axis=1)
    weighted = design * root[:, None]
    slope = numpy.linalg.lstsq(weighted, numpy.array(y) * root, None)[0][1]
    se = sqrt(numpy.linalg.inv(weighted.T @ weighted)[1, 1])
    half = mpmath.findroot(lambda t: tails(t, df) - .05, 2.2) * se
    print(f"line {slope:.14g} se {se:.14g}",
          f"p {float(tails(slope / se, df)):.14g} half {float(half):.14g}")
    # The same from changes that share the baseline's error: generalised least
    # squares through the baseline.
    shared = numpy.diag(variance[1:]) + variance[0]
    inverse = numpy.linalg.inv(shared)
    t1 = numpy.array(weeks[1:]) - weeks[0]
    d1 = numpy.array(y[1:]) - y[0]
    info = t1 @ inverse @ t1
    print(f"  by changes {t1 @ inverse @ d1 / info:.14g} se {sqrt(1 / info):.14g}")


def ranks(weeks, y):
    slope = stats.theilslopes(y, weeks)[0]
    p = stats.kendalltau(weeks, y, method="exact")[1] \
        if len(set(y)) == len(y) else None
    print(f"theil {slope:.14g} kendall {p}")


def s_of(y):
    return sum((b > a) - (b < a) for i, a in enumerate(y) for b in y[i + 1:])


def counted(y):
    own = abs(s_of(y))
    all_orders = [abs(s_of(order)) for order in permutations(y)]
    far = sum(s >= own for s in all_orders)
    print(f"counted {y}: S {s_of(y)}, {far} of {len(all_orders)}",
          f"= {far / len(all_orders):.14g}")


def normal(y):
    n, s = len(y), abs(s_of(y))
    ties = [y.count(value) for value in set(y)]
    variance = (n * (n - 1) * (2 * n + 5) -
                sum(t * (t - 1) * (2 * t + 5) for t in ties)) / 18
    print(f"normal n {n} S {s} p {2 * stats.norm.sf((s - 1) / sqrt(variance)):.14g}")


# Ten visits' texture: ln ratios, SE 4 % a photograph.
weeks = [-.5, 2, 4, 6, 8, 12]
texture = [0, .01, -.06, -.13, -.2, -.29]
line(weeks, texture, [.0008, .0016, .0016, .0016, .002, .0016], 12)
ranks(weeks, texture)
line([0, 1, 3], [0, 1, 2], [1, 1, 2], 10)
ranks([0, 1, 2, 4, 5], [0, 3, 1, 2, 5])
ranks([0, 1, 2, 3, 4, 5, 6], [7, 6, 5, 4, 3, 2, 1])
for y in ([0, 1, 1, 2, 2], [0, 0, 1, 0, 1, 1], [3, 3, 3, 3, 3],
          [1, 2, 2, 3, 3, 3, 0]):
    counted(y)
long = [(i * 7) % 19 + i * .5 for i in range(18)]
print("n 18", stats.kendalltau(range(18), long, method="exact")[1], s_of(long))
normal([(i * 7) % 19 + i * .5 for i in range(19)])
normal([(i * 7) % 5 + i // 6 for i in range(24)])
