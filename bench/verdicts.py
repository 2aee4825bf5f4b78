#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""What cutis says of rendered skin that did not change, and of skin that did.

    bench/verdicts.py PHANTOM CUTIS [--held-out] [--kinds K,K] [--people F]
                      [--jobs N] [--minutes M] [--keep FOLDER]
                      [--profiles FOLDER] [--out FILE]

PHANTOM and CUTIS are the two commands; NumPy, SciPy, Pillow and OpenCV are
needed.  People of seeds 100 and on, or with --held-out 1000 and on, which
nobody tunes on, are photographed on two visits, three times each, inside what
the checks pass (bench/verdicts/people.py).  Every pair across the visits is
compared with the assumed errors and with a site profile that `cutis calibrate`
makes of other people; three captures against three; and skin of which blood or
relief was changed.  --people is a factor on how many, --minutes begins no
comparison after so long, --keep takes up what an earlier run rendered (for any
build) and compared (by the same one); --profiles is a folder of site profiles
that it made, profile-colour.json and so on.  The kind crop is the middle of fine
faces, with landmarks from the host.  Writes
docs/results/verdicts.md.
"""
import argparse
import sys
import tempfile
from pathlib import Path

from verdicts import page, study


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("phantom", type=Path)
    parser.add_argument("cutis", type=Path)
    parser.add_argument("--held-out", action="store_true")
    parser.add_argument("--kinds", default="colour,crop")
    parser.add_argument("--people", type=float, default=1.0)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--minutes", type=float)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--profiles", type=Path)
    parser.add_argument("--out", type=Path,
                        default=Path("docs/results/verdicts.md"))
    return parser.parse_args()


def main():
    args = arguments()
    with tempfile.TemporaryDirectory() as scratch:
        args.keep = args.keep or Path(scratch)
        found, failures = study.run(args)
        for failure in failures:
            print(failure, file=sys.stderr)
        page.write(args, found, failures)


if __name__ == "__main__":
    main()
