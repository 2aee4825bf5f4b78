#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""How far readings move between two commands, beside what repeats by itself.

    bench/moved.py OTHER CUTIS PAIRS [--jobs N] [--limit L]

PAIRS is a text file: a line "BEFORE AFTER [OPTIONS...]" a pair.  Both commands
compare each.  A change that moved is told as a share of its repeat SD, which is
MDC95 / (1.96 * sqrt 2) as OTHER says it; one that has no MDC95, of its SE.
Verdicts, checks and the score are compared, too.  Exit 1 where a reading moved
by more than L (0.1) or a verdict is another.
"""
import argparse
import json
import math
import statistics
import sys
from collections import defaultdict
from pathlib import Path

import crew


def compared(command, words):
    text = crew.command([command, "compare", *words, "-f", "json", "-q", "-j",
                         "1"])
    return json.loads(text)


def spread(row):
    """The repeat SD of a change, or None."""
    if row.get("mdc95"):
        return row["mdc95"] / (1.96 * math.sqrt(2))
    return row.get("se") or None


def moves(old, new):
    """[(share of the SD, what)], [what else is another]."""
    shares, others = [], []
    key = lambda m: (m["metric"], m["region"], m["reading"])
    now = {key(m): m for m in new["measurements"]}
    for was in old["measurements"]:
        name = " ".join(key(was))
        row = now.pop(key(was), None)
        if row is None:
            others.append(f"{name}: gone")
            continue
        if was["verdict"] != row["verdict"]:
            others.append(f"{name}: {was['verdict']} became {row['verdict']}")
        if was["change"] is None or row["change"] is None:
            if (was["change"] is None) != (row["change"] is None):
                others.append(f"{name}: {was['change']} became {row['change']}")
            continue
        by = abs(row["change"] - was["change"])
        wide = spread(was)
        if by:
            shares.append((by / wide if wide else math.inf, name))
        else:
            shares.append((0.0, name))
    others += [f"{' '.join(k)}: new" for k in now]
    for was, row in zip(old["checks"], new["checks"]):
        if was["verdict"] != row["verdict"]:
            others.append(f"check {was['id']}: {was['verdict']} became "
                          f"{row['verdict']}")
    for word in ("verdict", "label"):
        if old["progress"].get(word) != new["progress"].get(word):
            others.append(f"progress: {old['progress'].get(word)} became "
                          f"{new['progress'].get(word)}")
    return shares, others


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("other")
    parser.add_argument("cutis")
    parser.add_argument("pairs", type=Path)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--limit", type=float, default=0.1)
    args = parser.parse_args()
    lines = [line.split() for line in args.pairs.read_text().splitlines() if line]

    def run(words):
        return moves(*(compared(c, words) for c in (args.other, args.cutis)))

    by_metric, wrong, count, others = defaultdict(list), [], 0, 0
    for words, found, error in crew.share_out(run, lines, args.jobs):
        if error:
            wrong.append(f"{words[0]}: {error}")
            continue
        shares, other = found
        count += len(shares)
        others += len(other)
        wrong += [f"{words[0]}: {o}" for o in other]
        for share, name in shares:
            by_metric[name.split()[0]].append(share)
            if share > args.limit:
                wrong.append(f"{words[0]}: {name} moved by {share:.3f} SD")
    for metric, shares in sorted(by_metric.items()):
        shares.sort()
        print(f"{metric:18s} {len(shares):5d} changes, "
              f"{sum(s > 0 for s in shares):5d} moved; of the repeat SD: median "
              f"{statistics.median(shares):.4f}, p95 "
              f"{shares[int(0.95 * (len(shares) - 1))]:.4f}, most "
              f"{shares[-1]:.4f}")
    print(f"{len(lines)} pairs, {count} changes, {len(wrong) - others} moved by "
          f"more than {args.limit:g} SD, {others} said otherwise")
    print("\n".join(wrong))
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
