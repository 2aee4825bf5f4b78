#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Raters of a made pack, who say what the pathologists of oracles/kappa.R said:

    batch_ratings.py make FOLDER     writes key.csv, ratings.csv, results.csv
    batch_ratings.py check FOLDER    agreement.csv is R's, to six digits
    batch_ratings.py pack FOLDER KEY PAIRS FAILED    a pack of `cutis batch blind`
"""
import csv
import hashlib
import re
import sys
from pathlib import Path

TASK, FOLDER = sys.argv[1], Path(sys.argv[2])
TEXT = (Path(__file__).parent / "oracles" / "kappa.inc").read_text()
LISTS = [[float(x) for x in found.split(",")]
         for found in re.findall(r"\{([^{}]*)\}", TEXT.split("rated[] =")[1])]
A, B, LINEAR, QUADRATIC, SPEARMAN = LISTS[:5]


def write(name, columns, rows):
    with open(FOLDER / name, "w", newline="") as table:
        out = csv.writer(table, lineterminator="\n")
        out.writerow(columns)
        out.writerows(rows)


def read(path):
    with open(path, newline="") as table:
        return list(csv.DictReader(table, strict=True))


def near(text, expected):
    return abs(float(text) - expected) <= 1e-6 * abs(expected)


def make():
    """Pictures 2 i and 2 i + 1 are of pair i; a third rater says what the first
    does, one more each, and leaves one picture out; the metric is the second."""
    names = [f"p{i:03}" for i in range(len(A))]
    write("key.csv", ["picture", "pair_id", "visit", "photo_sha256",
                      "picture_sha256", "salt"],
          [[name, f"q{i // 2}", ("before", "after")[i % 2], f"s{i}", "", ""]
           for i, name in enumerate(names)])
    rows = [[name, rater, f"{value:g}"]
            for rater, values in (("ann", A), ("bob", B))
            for name, value in zip(names, values)]
    rows += [[name, "cid", f"{a + 1:g}" if i else ""]
             for i, (name, a) in enumerate(zip(names, A))]
    write("ratings.csv", ["picture", "rater", "rating"], rows)
    columns = ["pair_id", "status", "before_sha256", "after_sha256", "metric",
               "region", "before", "after", "verdict"]
    pairs = range(len(A) // 2)
    rows = [[f"q{i}", "ok", f"s{2 * i}", f"s{2 * i + 1}", metric, "face",
             scale * B[2 * i], scale * B[2 * i + 1], verdict]
            for metric, scale, verdict in (("grade", 10, "improved"),
                                           ("none", 1, "not_comparable"))
            for i in reversed(pairs)]
    write("results.csv", columns, rows + [["else", "no_face"] + [""] * 7])


def check():
    rows = {(row["of"], row["with"], row["a"], row["b"]): row
            for row in read(FOLDER / "agreement.csv")}
    for name, expected in (("kappa_linear", LINEAR), ("spearman", SPEARMAN),
                           ("kappa_quadratic", QUADRATIC)):
        row = rows["picture", "rater", "ann", "bob"]
        for ending, value in zip(("", "_ci95_low", "_ci95_high"), expected):
            assert near(row[name + ending], value), (name, ending, value)
    assert row["n"] == "118"
    metric = rows["picture", "metric", "ann", "grade"]
    assert near(metric["spearman"], SPEARMAN[0]) and not metric["kappa_linear"]
    # One more each is consistent but does not agree.
    shifted = rows["picture", "rater", "ann", "cid"]
    assert shifted["n"] == "117" and near(shifted["icc31"], 1)
    assert float(shifted["icc21"]) < 0.8 and near(shifted["spearman"], 1)
    assert rows["picture", "all", "", ""]["n"] == "117"
    assert rows["change", "rater", "ann", "cid"]["n"] == "58"
    assert near(rows["change", "rater", "ann", "cid"]["kappa_quadratic"], 1)
    assert rows["change", "rater", "ann", "bob"]["n"] == "59"
    assert ("picture", "metric", "", "grade") in rows  # the mean of all
    assert not any(key[3] == "none" for key in rows)


def pack():
    key_path, pairs, failed = Path(sys.argv[3]), *map(int, sys.argv[4:6])
    key = read(key_path)
    digest = hashlib.sha256(key_path.read_bytes()).hexdigest()
    assert (FOLDER / "key.sha256").read_text() == f"{digest}  {key_path.name}\n"
    assert len(key) == 2 * (pairs - failed)
    assert len({row["salt"] for row in key}) == len(key)
    visits = {(row["pair_id"], row["visit"]) for row in key}
    assert len(visits) == len(key)
    assert [row["picture"] for row in key] == sorted(
        row["picture"] for row in key)
    order = [row["pair_id"] for row in key]
    assert order != sorted(order)
    for row in key:
        bytes_ = (FOLDER / "pictures" / f"{row['picture']}.jpg").read_bytes()
        assert hashlib.sha256(bytes_).hexdigest() == row["picture_sha256"]
        # JFIF, then tables: no EXIF, comment or profile.
        assert bytes_[6:10] == b"JFIF" and b"Exif" not in bytes_
    files = [file for file in FOLDER.rglob("*") if file.is_file()]
    assert len(files) == len(key) + 3
    assert len({file.stat().st_mtime_ns for file in files}) == 1
    ratings = read(FOLDER / "ratings.csv")
    assert ratings == [{"picture": row["picture"], "rater": "", "rating": ""}
                       for row in key]
    for file in files:
        assert not any(row["pair_id"].encode() in file.read_bytes()
                       for row in key if len(row["pair_id"]) > 4)


{"make": make, "check": check, "pack": pack}[TASK]()
print(f"ratings: {TASK} holds")
