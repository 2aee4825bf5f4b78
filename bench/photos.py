#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Untreated pairs of real faces: what cutis says of skin that nobody treated.

    bench/photos.py CUTIS PHOTOS

CUTIS is the command, PHOTOS the folder of real photographs.  Every "improved",
"worse" or "changed" is a false one.  Prints a table in Markdown.
"""
import json
import subprocess
import sys
import time
from pathlib import Path

DIRECTIONS = ("improved", "worse", "changed")
WITHHELD = ("not_measurable", "not_comparable")


def pairs(photos):
    """The pairs in one order: smiles, perspectives, positions."""
    for neutral in sorted(photos.glob("london/*_neutral.jpg")):
        yield neutral, Path(str(neutral).replace("neutral", "smiling"))
    for folder in ("zoom", "lisa"):
        files = sorted(photos.glob(f"{folder}/*.jpg"))
        for i, before in enumerate(files):
            for after in files[i + 1:]:
                yield before, after


def compare(cutis, before, after):
    """Exit code, seconds, result or None, and words of one comparison."""
    start = time.monotonic()
    run = subprocess.run([cutis, "compare", before, after, "-f", "json", "-q"],
                         capture_output=True, text=True, check=False)
    seconds = time.monotonic() - start
    result = json.loads(run.stdout) if run.stdout else None
    return run.returncode, seconds, result, run.stderr.strip()


def row(cutis, before, after, totals):
    code, seconds, result, words = compare(cutis, before, after)
    name = f"{before.parent.name}: {before.stem} → {after.stem}"
    totals["pairs"] += 1
    totals["seconds"] += seconds
    if result is None:
        totals["refused"] += 1
        return f"| {name} | exit {code} | | | | {words[-70:]} |"
    rows = result["measurements"]
    told = [m for m in rows if m["verdict"] not in WITHHELD]
    false = [m for m in rows if m["verdict"] in DIRECTIONS]
    pores = [m["verdict"] for m in rows if m["metric"].startswith("pore")]
    checks = sorted({f"{c['id']} {c['verdict']}" for c in result["checks"]
                     if c["verdict"] != "pass"})
    totals["changes told"] += len(told)
    totals["withheld"] += len(rows) - len(told)
    totals["false directions"] += len(false)
    totals["pairs with a false one"] += bool(false)
    totals["false scores"] += result["progress"]["verdict"] in DIRECTIONS
    totals["pores told"] += sum(v not in WITHHELD for v in pores)
    which = ", ".join(sorted({f"{m['metric']} {m['region']}" for m in false}))
    return (f"| {name} | {result['comparable']} | {len(told)} | {len(false)} |"
            f" {result['progress']['verdict']} | {'; '.join(checks)}"
            f"{' **false: ' + which + '**' if which else ''} |")


def main():
    cutis, photos = sys.argv[1], Path(sys.argv[2])
    totals = dict.fromkeys(("pairs", "refused", "changes told", "withheld",
                            "false directions", "pairs with a false one",
                            "false scores", "pores told", "seconds"), 0)
    print("| pair | comparable | changes told | false | score | checks |")
    print("|---|---|---|---|---|---|")
    for before, after in pairs(photos):
        print(row(cutis, before, after, totals), flush=True)
    print()
    for name, number in totals.items():
        print(f"- {name}: {number:.6g}")


if __name__ == "__main__":
    main()
