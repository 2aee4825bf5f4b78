#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""The tables of a batch, read by others: batch_check.py FOLDER ONE

FOLDER holds manifest.csv, long.csv, wide.csv and long.jsonl, wide.jsonl of it;
ONE is the CSV of the pair p0 by `cutis compare`.
"""
import csv
import json
import sys
from itertools import groupby
from pathlib import Path

FOLDER = Path(sys.argv[1])


def read(name):
    with open(FOLDER / name, newline="", encoding="utf-8") as table:
        rows = list(csv.DictReader(table, strict=True))
    assert all(None not in row and None not in row.values() for row in rows)
    return rows


def objects(name):
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def same(row, told):
    """A row of CSV, and the object that is made of it."""
    assert list(row) == list(told)
    for name, text in row.items():
        value = told[name]
        if isinstance(value, (int, float)):
            assert float(text) == value, (name, text, value)
        else:
            assert (value or "") == text, (name, text, value)


def check_long(manifest, rows, one):
    pairs = [(key, list(group))
             for key, group in groupby(rows, lambda row: row["pair_id"])]
    assert [key for key, _ in pairs] == [row["pair_id"] for row in manifest]
    for row, (_, group) in zip(manifest, pairs):
        assert all(got[name] == row[name] for got in group
                   for name in ("clinic", "days", "note"))
        if group[0]["status"] == "ok":
            assert len(group) == len(one)
            assert all(not got["message"] for got in group)
        else:
            assert len(group) == 1 and group[0]["message"]
            assert not group[0]["metric"] and not group[0]["change"]
    mine = [{name: row[name] for name in one[0]} for row in pairs[0][1]]
    assert mine == one
    return {key: group for key, group in pairs}


def check_wide(manifest, rows, pairs):
    assert [row["pair_id"] for row in rows] == \
        [row["pair_id"] for row in manifest]
    for row in rows:
        for got in pairs[row["pair_id"]]:
            if got["status"] == "ok" and got["region"] == "face":
                for name in ("before", "after", "change", "ci95_low", "verdict",
                             "unit", "reason"):
                    assert row[f"{got['metric']}_{name}"] == got[name]
            assert got["status"] == row["status"]
            assert got["message"] == row["message"]


manifest = read("manifest.csv")
long, wide = read("long.csv"), read("wide.csv")
with open(sys.argv[2], newline="") as table:
    one = list(csv.DictReader(table))
check_wide(manifest, wide, check_long(manifest, long, one))
for name, rows in (("long.jsonl", long), ("wide.jsonl", wide)):
    told = objects(name)
    assert len(told) == len(rows)
    for row, made in zip(rows, told):
        same(row, made)
assert isinstance(objects("long.jsonl")[0]["coverage"], (int, float))
text = (FOLDER / "long.csv").read_text() + (FOLDER / "wide.csv").read_text()
assert ".png" not in text and str(FOLDER) not in text
statuses = {row["status"] for row in wide}
assert statuses == {"ok", "format", "damaged", "missing"}, statuses
print("tables: rows, columns and values hold")
