#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""How well cutis measures rendered faces whose skin is known.

    bench/accuracy.py PHANTOM CUTIS [--studies S1,S3] [--topics T,T]
                      [--held-out] [--quick] [--seeds N] [--minutes M]
                      [--jobs N] [--out FOLDER]
                      [--keep FOLDER [--keep-pictures]]

PHANTOM and CUTIS are the two commands; NumPy, SciPy, Pillow and OpenCV are
needed.  Runs the studies of docs/results/
accuracy.md (S1 repeats, S2 dose and response, S3 cross-talk, S4 nuisances,
S5 tones, S6 registration, S7 visits) on people of seeds 100 and on, or with
--held-out 1000 and on, which nobody tunes on, and writes accuracy.md and its
pictures.  --topics takes only these of the studies (the keys of SIZES).  --seeds is a factor on the number of people; --minutes begins no
case after so long; --keep takes up what an earlier run measured.
"""
import argparse
import sys
from pathlib import Path

from accuracy import report, run, studies

# People by study and topic: of a whole run, and of a quick one.
SIZES = {
    ("S1", 5): (20, 2), ("S1", 8): (10, 1), ("S1", 14): (5, 0),
    ("S2", "blood"): (6, 1), ("S2", "spots"): (6, 1), ("S2", "melanin"): (4, 1),
    ("S2", "relief"): (5, 1), ("S2", "wrinkles"): (5, 1),
    ("S2", "lines"): (4, 0), ("S2", "flakes"): (3, 1), ("S2", "lists 8"): (4, 1),
    ("S2", "lists 12"): (2, 0), ("S2", "lists 16"): (2, 0),
    ("S4", "chart"): (3, 1), ("S2", "pores"): (4, 0), ("S2", "cheeks"): (4, 1),
    ("S2", "maps"): (6, 2), ("S3", "cross"): (3, 0),
    ("S4", "sweep"): (2, 0), ("S4", "gates"): (6, 1), ("S4", "gradient"): (4, 1),
    ("S4", "blur 8"): (6, 0), ("S4", "blur 14"): (3, 0),
    ("S5", "tones"): (4, 0), ("S5", "polarised"): (3, 0),
    ("S6", "plain"): (3, 0), ("S6", "hard"): (2, 0), ("S7", "course"): (4, 0),
}


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("phantom")
    parser.add_argument("cutis")
    parser.add_argument("--studies", default="S1,S2,S3,S4,S5,S6,S7")
    parser.add_argument("--topics")
    parser.add_argument("--held-out", action="store_true")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--seeds", type=float, default=1.0)
    parser.add_argument("--minutes", type=float)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--out", default="docs/results")
    parser.add_argument("--keep")
    parser.add_argument("--tests", help="the C tests; found beside CUTIS")
    parser.add_argument("--programs", help="where bench_registration and "
                        "bench_lines are; found beside CUTIS")
    parser.add_argument("--keep-pictures", action="store_true")
    return parser.parse_args()


def main():
    args = arguments()
    first = 1000 if args.held_out else 100
    sizes = {key: round(size[args.quick] * args.seeds)
             for key, size in SIZES.items()
             if not args.topics or str(key[1]) in args.topics.split(",")}
    cases = studies.cases(args.studies.split(","), first, sizes)
    bench = run.Bench(args)
    results, failures = run.run_all(bench, cases, args.jobs, args.minutes)
    for failure in failures:
        print(failure, file=sys.stderr)
    report.write(Path(args.out), args, results, failures, len(cases))


if __name__ == "__main__":
    main()
