#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""The figures of bench/accuracy.py against those of others.

Intraclass correlation and mean squares: Shrout and Fleiss 1979, table 2, by R
(psych's ICC and aov; method 11.2, oracles/agreement.R), limits of agreement by
R; a highlight's mask and the skin's own ITA: closed forms and the method's
anchors; colour differences: Sharma, Wu, Dalal 2005; a share's interval: Wilson's by
R's prop.test(correct = FALSE); lines by R's lm.
"""
import math
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "bench"))
from accuracy import albedo, stats  # noqa: E402

JUDGED = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6],
          [10, 5, 6, 9], [6, 2, 4, 7]]


def near(value, wanted, within, what):
    if not abs(value - wanted) <= within:
        sys.exit(f"{what}: {value!r} is not {wanted!r}")


def check_masks():
    """A round highlight of 4 mm grows by the method's rim of 0.5 mm, and one
    that is too faint is none."""
    try:
        import numpy as np
        from accuracy import gates, maps
    except ImportError:
        print("SKIPPED: no SciPy or no OpenCV")
        return
    scale = 10
    y, x = np.mgrid[:400, :400]
    disk = np.hypot(x - 200, y - 200) <= 2 * scale
    skin, none = np.ones(disk.shape, bool), np.zeros(disk.shape, bool)
    found = maps.true_shine(0.03 + 0.2 * disk, skin, none, scale)
    near(found.sum() / scale ** 2, math.pi * 2.5 ** 2, 0.2, "a highlight, mm2")
    near(maps.true_shine(0.03 + 0.05 * disk, skin, none, scale).sum(), 0, 0,
         "a faint highlight")
    for check, value, wanted in (("roll", 5, "pass"), ("roll", 5.1, "warn"),
                                 ("roll", 25.1, "fail"), ("jpeg", 90, "pass"),
                                 ("jpeg", 89, "warn"), ("jpeg", 74, "fail")):
        if gates.right(check, value) != wanted:
            sys.exit(f"{check} {value}: {gates.right(check, value)}")
    near(gates.wrong_way([(1, 1, "pass", "fail"), (1, 1, "pass", "warn"),
                          (1, 1, "fail", "pass")]), 2, 0, "wrong verdicts")


def check_ita():
    """The forward model's anchors, method 12.1."""
    for melanin, wanted in ((.02, 66.2), (.065, 26.7), (.15, -21.9)):
        near(albedo.ita({"ln_melanin": math.log(melanin),
                         "ln_blood": math.log(0.0206)}), wanted, 0.1,
             "the skin's own ITA")


def main():
    check_masks()
    check_ita()
    for value, wanted in zip(stats.mean_squares(JUDGED),
                             (11.2416666667, 32.4861111111, 1.0194444444,
                              6.2638888889)):
        near(value, wanted, 1e-9, "mean squares")
    near(stats.icc21(JUDGED), 0.289763779527559, 1e-12, "ICC(2,1)")
    near(stats.icc31(JUDGED), 0.714840714840715, 1e-12, "ICC(3,1)")
    bias, sd, low, high = stats.bland_altman([r[0] for r in JUDGED],
                                             [r[1] for r in JUDGED])
    near(bias, -5.16666666666667, 1e-12, "bias")
    near(sd, 1.16904519445001, 1e-12, "SD")
    near(low, -7.45799524778869, 1e-12, "lower limit")
    near(high, -2.87533808554464, 1e-12, "upper limit")
    near(stats.within_sd([-7, -5, -4, -6, -5, -4]), 3.73050488093323, 1e-12,
         "SEM of pairs")
    for one, other, wanted in (
            ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
            ((50, 2.49, -0.001), (50, -2.49, 0.001), 7.1792),
            ((50, 2.49, -0.001), (50, -2.49, 0.0011), 7.2195),
            ((50, -0.001, 2.49), (50, 0.0011, -2.49), 4.7461),
            ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387),
             1.2644),
            ((90.8027, -2.0831, 1.4410), (91.1528, -1.6435, 0.0447), 1.4441),
            ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082)):
        near(stats.ciede2000(one, other), wanted, 1e-4, "CIEDE2000")
    low, high = stats.wilson(3, 60)
    near(low, 0.0171495022, 1e-9, "Wilson, lower")
    near(high, 0.1370051648, 1e-9, "Wilson, upper")
    line = stats.fit([1, 2, 3, 4, 5], [1.1, 1.9, 3.2, 3.8, 5.1])
    near(line.slope, 0.99, 1e-12, "slope")
    near(line.r2, 0.9892006459, 1e-9, "r squared")
    near(line.bias, 0.02, 1e-12, "bias of a fit")
    if math.isfinite(stats.icc21([[1, 2]])):
        sys.exit("one subject has no correlation")


if __name__ == "__main__":
    main()
