# SPDX-License-Identifier: BSD-2-Clause
"""Rates with their intervals, from what comparisons said."""
import math
from collections import Counter, defaultdict
from dataclasses import dataclass, field

import numpy as np

from accuracy.stats import interval, wilson

DIRECTIONS = ("improved", "worse", "changed")
WITHHELD = ("not_measurable", "not_comparable")
Z95 = 1.6449    # one-sided, as in the method's 5 % + 1.64 SE


def delta(row):
    """The change on the scale that it is judged on."""
    return math.log1p(row["relative_change"]) if row["scale"] == "log" \
        else row["change"]


def reach(row):
    """MDC95 on that scale."""
    return math.log1p(row["mdc95"]) if row["scale"] == "log" else row["mdc95"]


@dataclass
class Rate:
    """How often, of how many, by person: people's rows are not independent."""
    people: dict = field(default_factory=lambda: defaultdict(list))

    def add(self, seed, hit):
        self.people[seed].append(bool(hit))

    @property
    def n(self):
        return sum(len(v) for v in self.people.values())

    @property
    def hits(self):
        return sum(sum(v) for v in self.people.values())

    @property
    def share(self):
        return self.hits / self.n if self.n else math.nan

    def ends(self):
        """95 %: the wider of Wilson's and of people drawn again."""
        low, high = wilson(self.hits, self.n)
        again = interval(list(self.people.values()), np.mean)
        if math.isfinite(again[0]):
            low, high = min(low, again[0]), max(high, again[1])
        return low, high

    def words(self):
        if not self.n:
            return "–"
        low, high = self.ends()
        return (f"{100 * self.share:.1f} % [{100 * low:.1f}, "
                f"{100 * high:.1f}]")

    def limit(self, rate=0.05):
        return rate + Z95 * math.sqrt(rate * (1 - rate) / self.n)


class Metric:
    """What the pairs said of one metric."""

    def __init__(self):
        self.withheld, self.rows, self.face, self.pairs = (
            Rate(), Rate(), Rate(), Rate())
        self.covers_face, self.covers_rows = Rate(), Rate()
        self.mdc, self.sizes = [], []

    def take(self, seed, rows):
        told = [r for r in rows if r["verdict"] not in WITHHELD]
        for row in rows:
            self.withheld.add(seed, row["verdict"] in WITHHELD)
        if told:
            self.pairs.add(seed, any(r["verdict"] in DIRECTIONS for r in told))
        for row in told:
            false = row["verdict"] in DIRECTIONS
            holds = abs(delta(row)) <= reach(row)
            self.rows.add(seed, false)
            if row["region"] != "face":
                self.covers_rows.add(seed, holds)
                continue
            self.face.add(seed, false)
            self.covers_face.add(seed, holds)
            self.mdc.append(reach(row))
            self.sizes.append(delta(row))


class Tally:
    """A study's comparisons; `seen` says which rows a person shows at all."""

    def __init__(self):
        self.metrics = defaultdict(Metric)
        self.score, self.comparable, self.checks = Rate(), Counter(), Counter()
        self.scores = Rate()        # withheld
        self.pairs = 0

    def take(self, seed, result, seen=None, inside=False):
        """`inside` leaves out metrics that a check warns of, where its value
        could be told."""
        self.pairs += 1
        warned = {metric for c in result["checks"] if c[3] is not None
                  for metric in c[4]} if inside else set()
        self.comparable[result["comparable"]] += 1
        self.checks.update({c[0] for c in result["checks"]
                            if c[3] is not None and c[0] != "resolution"})
        by_metric = defaultdict(list)
        for row in result["rows"]:
            if row["metric"] in warned:
                continue
            if seen is None or (row["metric"], row["region"]) in seen:
                by_metric[row["metric"]].append(row)
        for metric, rows in by_metric.items():
            self.metrics[metric].take(seed, rows)
        if warned:
            return
        verdict = result["score"]["verdict"]
        self.scores.add(seed, verdict in WITHHELD)
        if verdict not in WITHHELD:
            self.score.add(seed, verdict in DIRECTIONS)


def shown(results):
    """Rows that half of a set's comparisons measured: where pictures of that
    size show the metric, and what is asked of it."""
    count = Counter((r["metric"], r["region"]) for result in results
                    for r in result["rows"] if r["verdict"] not in WITHHELD)
    return {key for key, n in count.items() if n * 2 >= len(results)}
