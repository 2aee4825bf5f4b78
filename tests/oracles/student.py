#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
"""Figures of tests/test_maths.c: Student's t and the normal distribution.

Run with SciPy 1.10 and mpmath 1.2; prints the rows of the tables.  mpmath
(50 digits) is the figure, SciPy is checked against it.
"""
import mpmath
from scipy import stats

mpmath.mp.dps = 50


def two_sided(t, df):
    x = mpmath.mpf(df) / (df + mpmath.mpf(t) ** 2)
    return mpmath.betainc(mpmath.mpf(df) / 2, 0.5, 0, x, regularized=True)


print("two_sided: t, df, P")
for df in (0.5, 1, 2, 3.7, 10, 59, 1000, 1e6):
    for t in (1e-3, 0.5, 1.96, 4.5, 30):
        p = two_sided(t, df)
        assert abs(2 * stats.t.sf(t, df) / p - 1) < 1e-9 or p < 1e-150
        print("    {%r, %r, %s}," % (t, df, mpmath.nstr(p, 17)))

print("quantiles: level, df, t")
for df in (1, 2, 4, 9.5, 30, 1e4):
    for level in (0.5, 0.8, 0.9, 0.95, 0.99, 0.9999):
        guess = stats.t.ppf(0.5 + level / 2, df)
        t = mpmath.findroot(
            lambda v: two_sided(v, df) - (1 - mpmath.mpf(level)), guess)
        assert abs(guess / t - 1) < 1e-8  # SciPy's errs by 2e-9 at df 4
        print("    {%r, %r, %s}," % (level, df, mpmath.nstr(t, 17)))

print("normal: z, Phi(z)")
for z in (-20, -8, -3, -2.4, -1.959963984540054, -0.5, 0, 0.3, 1.5, 2.6, 6):
    p = mpmath.ncdf(z)
    assert abs(stats.norm.cdf(z) / p - 1) < 1e-9
    print("    {%r, %s}," % (z, mpmath.nstr(p, 17)))
