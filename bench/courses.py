#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""False verdicts and power of several metrics at several visits, by drawing.

    bench/courses.py [--courses 20000] [--seed 7]

Each course has a baseline of two captures and one capture a visit, metrics
that err independently, and repeat errors known with 10 degrees of freedom.
Truth is in standard errors of a change.  "any false" is the share of courses
with a verdict on a metric at a visit at which it did not change; power is that
of the first metric, visit by visit.  Beside what cutis does stand Holm within
a visit and then over the visits, and Holm over everything at once.
"""
import argparse

import numpy as np
from scipy import stats

BASELINE, DF, LAST = 2, 10, .8


def holm(p):
    """Along the last axis."""
    n = p.shape[-1]
    order = np.argsort(p, -1)
    ranked = np.take_along_axis(p, order, -1) * (n - np.arange(n))
    out = np.empty_like(p)
    np.put_along_axis(out, order, np.minimum(
        1, np.maximum.accumulate(ranked, -1)), -1)
    return out


def holm_twice(p):
    return holm(np.moveaxis(holm(np.moveaxis(p, 1, 2)), 1, 2))


def holm_of_all(p):
    return holm(p.reshape(len(p), -1)).reshape(p.shape)


def fallback(p):
    visits = p.shape[-1]
    share = np.full(visits, (1 - LAST) / max(visits - 1, 1))
    share[-1] = LAST if visits > 1 else 1
    out = np.ones_like(p)
    for start in range(visits - 1, -1, -1):
        needed = np.zeros(p.shape[:-1])
        for i in range(start, -1, -1):
            needed = np.maximum(needed, p[..., i] / share[i:start + 1].sum())
            out[..., i] = np.minimum(out[..., i], needed)
    return out


def as_cutis(p):
    own = fallback(p)
    largest = own.max(-1)
    order = np.argsort(largest, 1)
    n = p.shape[1]
    done = np.maximum.accumulate(
        np.take_along_axis(largest, order, 1) * (n - np.arange(n)), 1)
    done = np.concatenate([np.zeros((len(p), 1)), done], 1)
    out = np.empty_like(p)
    for j in range(n):
        at = order[:, j][:, None, None].repeat(p.shape[2], 2)
        one = np.take_along_axis(own, at, 1)[:, 0]
        best = np.min([np.maximum((n - k) * one, done[:, k, None])
                       for k in range(j + 1)], 0)
        np.put_along_axis(out, at, np.minimum(1, best)[:, None], 1)
    return out


def draw(truth, courses, random):
    metrics, visits = truth.shape
    errors = random.normal(size=(courses, metrics, visits))
    errors -= random.normal(size=(courses, metrics, 1)) / BASELINE ** .5
    t = truth + errors / (1 + 1 / BASELINE) ** .5
    return t / np.sqrt(random.chisquare(DF, size=(courses, metrics, 1)) / DF)


def p_of(t):
    return 2 * stats.t.sf(np.abs(t), DF)


def truths():
    def grid(metrics, visits, **changes):
        out = np.zeros((metrics, visits))
        for name, values in changes.items():
            out[int(name[1:])] = values
        return out

    yield "nothing changes, 3 visits", grid(7, 3)
    yield "nothing changes, 8 visits", grid(7, 8)
    yield "one metric grows", grid(7, 3, m0=[3.3, 4.4, 5.6])
    yield "one metric lasts", grid(7, 3, m0=[5, 5, 5])
    yield "one, and only at the last of 3", grid(7, 3, m0=[0, 0, 5])
    yield "one, and only at the last of 8", grid(7, 8, m0=[0] * 7 + [5])
    yield "one, and only at the first of 3", grid(7, 3, m0=[5, 0, 0])
    late = grid(7, 3)
    late[:6, 2] = 8
    yield "six of seven, only at the last", late
    gaps = np.full((7, 3), 8.)
    gaps[[0, 1, 2], [0, 1, 2]] = 0
    yield "all but one at every visit", gaps


def main():
    parser = argparse.ArgumentParser(
        formatter_class=argparse.RawDescriptionHelpFormatter,
        description=__doc__)
    parser.add_argument("--courses", type=int, default=20000)
    parser.add_argument("--seed", type=int, default=7)
    args = parser.parse_args()
    random = np.random.default_rng(args.seed)
    ways = {"Holm twice": holm_twice, "Holm over all": holm_of_all,
            "cutis": as_cutis}
    print("| course | " + " | ".join(f"{way}: any false | power"
                                     for way in ways) + " |")
    print("|---" * (1 + 2 * len(ways)) + "|")
    for name, truth in truths():
        p = p_of(draw(truth, args.courses, random))
        cells = []
        for adjust in ways.values():
            shown = adjust(p) < .05
            false = (shown & (truth == 0)).any((1, 2)).mean()
            power = " ".join(f"{100 * x:.0f}" for x, true in
                             zip(shown[:, 0].mean(0), truth[0]) if true)
            cells += [f"{100 * false:.1f} %", power + " %" if power else "–"]
        print(f"| {name} | " + " | ".join(cells) + " |")
    t = draw(np.zeros((7, 3)), args.courses, random)
    for name, p in ("beyond MDC95", p_of(t)), ("verdicts", as_cutis(p_of(t))):
        way = np.where(p < .05, np.sign(t), 0)
        lasts = (way[..., 1] == way[..., 2]) & (way[..., 2] != 0)
        print(f"unchanged, the last two of 3 visits alike by {name}: "
              f"{100 * lasts.any(1).mean():.1f} %")


if __name__ == "__main__":
    main()
