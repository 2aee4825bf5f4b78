#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Statistics against those of R, to six digits: batch_stats.py OURS PICTURES

and the pictures: well-formed, a point a pair, all inside of the frame.
"""
import csv
import sys
import xml.etree.ElementTree as xml
from pathlib import Path

ORACLES = Path(__file__).resolve().parent / "oracles"
SVG = "{http://www.w3.org/2000/svg}"


def read(path):
    with open(path, newline="") as table:
        return list(csv.DictReader(table, strict=True))


ours, theirs = read(sys.argv[1]), read(ORACLES / "stats-out.csv")
for row in theirs:
    found = [r for r in ours if all(r[name] == row[name] for name in
                                    ("group", "metric", "scale"))]
    assert len(found) == 1, (row, found)
    for name, text in row.items():
        mine = found[0][name]
        try:
            expected = float(text)
        except ValueError:
            assert mine == text, (name, mine, text)
            continue
        assert abs(float(mine) - expected) <= 1e-6 * abs(expected), \
            (row["metric"], name, mine, text)
assert len(ours) == len(theirs)

for row in ours:
    if row["scale"] == "log":
        assert not row["picture"]
        continue
    root = xml.parse(Path(sys.argv[2]) / row["picture"]).getroot()
    points = root.findall(f".//{SVG}circle")
    assert len(points) == int(row["pairs"])
    for point in points:
        assert 90 <= float(point.get("cx")) <= 530
        assert 46 <= float(point.get("cy")) <= 378
print("statistics: those of R to six digits; pictures hold")
