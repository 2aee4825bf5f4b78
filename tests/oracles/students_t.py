# SPDX-License-Identifier: BSD-2-Clause
#
# Figures for tests/test_stats.c by SciPy: quantiles of Student's t, tail
# probabilities, and an interval of a log ratio.
#     python3 tests/oracles/students_t.py

from math import exp, log, sqrt

from scipy.stats import t

for df in (1, 2, 5, 10, 20, 120):
    print(df, *(f"{t.ppf(q, df):.12f}" for q in (.95, .975)))
for x, df in ((0.5, 10), (2.0, 10), (4.0, 10), (2.0, 3)):
    print(x, df, f"{2 * t.sf(x, df):.12g}")

# Texture 2.0 -> 1.6 with SD 4 % of the log, one photograph a visit.
delta, se = log(1.6 / 2.0), .04 * sqrt(2)
mdc = t.ppf(.975, 10) * se
print(f"delta {delta:.12f} se {se:.12f} mdc {exp(mdc) - 1:.12f}",
      f"ci {exp(delta - mdc) - 1:.12f} {exp(delta + mdc) - 1:.12f}",
      f"p {2 * t.sf(abs(delta) / se, 10):.12g}",
      f"ci90 {t.ppf(.95, 10) * se:.12f}")
# Redness 6.0 -> 4.0 H with SD 0.35 H.
delta, se = -2.0, .35 * sqrt(2)
mdc = t.ppf(.975, 10) * se
print(f"delta {delta:.12f} se {se:.12f} mdc {mdc:.12f}",
      f"ci {delta - mdc:.12f} {delta + mdc:.12f}",
      f"p {2 * t.sf(abs(delta) / se, 10):.12g}")
