# SPDX-License-Identifier: BSD-2-Clause
"""S3: what each factor does to each metric, in per cent of the metric's
answer to its own factor of the same strength."""
from . import readings as rd

# The factors that a metric is meant to answer to, the yardstick first.  No
# factor of the phantom changes how many lesions, pores or lines there are, so
# their densities have no yardstick here.
OWN = {
    "redness": ("blood",), "erythema_area": ("redness", "blood"),
    "pigment_spots": ("spots",),
    "ita": ("melanin",), "texture": ("relief",),
    "pore_burden": ("pores",), "wrinkle_index": ("wrinkles",),
    "flakes": ("flakes",), "shine": ("shine",),
}


def effects(results, metric):
    """By factor, the mean change of the metric over the people."""
    sums = {}
    for case in results.of("S3"):
        for factor, look in case["looks"].items():
            value = rd.change(rd.row(look, metric))
            if value is not None:
                sums.setdefault(factor, []).append(value)
    return {factor: sum(v) / len(v) for factor, v in sums.items()}


def matrix(results):
    """(factors, metrics, fields in per cent, None where not measured)."""
    found = {metric: effects(results, metric) for metric in OWN}
    factors = []
    for case in results.of("S3"):
        factors += [f for f in case["looks"] if f not in factors]
    values = []
    for metric in OWN:
        own = found[metric].get(OWN[metric][0])
        values.append([100 * found[metric][f] / own
                       if own and f in found[metric] else None
                       for f in factors])
    return factors, list(OWN), values
