#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Noncentralities of large t, of which R only approximates pt: by SciPy's
quadrature over the denominator's density, which is not the library's way.

    effect_large.py > effect_large.inc
"""
import math

from scipy import integrate, optimize, special, stats


def cdf(t, df, delta):
    """P(T <= t): mean of Phi(t s - delta) over s = sqrt(chi2 / df)."""
    front = math.log(2) + df / 2 * math.log(df / 2) - special.gammaln(df / 2)

    def part(s):
        return math.exp(front + (df - 1) * math.log(s) - df * s * s / 2) * \
            special.ndtr(t * s - delta)

    at, wide, sd = delta / t, 9 / t, 1 / math.sqrt(2 * df)
    end = max(1 + 12 * sd, at + wide)
    edges = sorted({0.0, end} | {x for x in (
        at - wide, at, at + wide, 1 - 3 * sd, 1, 1 + 3 * sd) if 0 < x < end})
    return sum(integrate.quad(part, a, b, epsabs=1e-14, epsrel=1e-13,
                              limit=400)[0] for a, b in zip(edges, edges[1:]))


print("/* SPDX-License-Identifier: BSD-2-Clause */\n")
print("/* Written by effect_large.py: t, df, noncentrality, P(T <= t). */\n")
for t, df, p in ((45, 1, .975), (45, 1, .025), (45, 5, .975), (45, 5, .025),
                 (60, 30, .975), (60, 30, .025), (100, 5000, .975),
                 (100, 5000, .025), (1000, 9, .975), (1e6, 3, .025)):
    about = t * math.sqrt(stats.chi2(df).ppf(1 - p) / df)
    found = optimize.brentq(lambda delta: cdf(t, df, delta) - p,
                            about * .8 - 4, about * 1.2 + 4,
                            xtol=1e-12 * (1 + about))
    print(f"{{{t:g}, {df}, {found:.13g}, {p}}},")
