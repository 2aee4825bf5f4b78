#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""What the demo prints of a rendered pair, whose truth is known.

    demo-table.py card TRUTH.json before|after    the grey card's corners
    demo-table.py table TRUTH.json REPORT.json    measured beside true change
"""
import json
import sys

# The treatment changes the fine relief, not the colour and the shading that R
# also sees; so its truth stands beside the finest band, which has no interval.
FINE = "Sq_0.25"

# metric, truth's name of it, is it a ratio, what people call it
ROWS = (
    ("redness", "redness_H", False, "Redness"),
    ("pore_burden", "pore_burden_ratio", True, "Pores (burden)"),
    ("texture", "texture_ratio", True, "Texture (0.25-0.5 mm)"),
    ("wrinkle_index", "wrinkle_index_ratio", True, "Wrinkles (index)"),
    ("pigment_spots", "pigment_spots_ratio", True, "Pigment spots (burden)"),
)


def load(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def card(truth, which):
    photo = truth["photos"][("before", "after").index(which)]
    print(",".join(f"{value:g}" for value in photo["card"]["corners"]))


def cell(value, ratio, unit):
    if value is None:
        return "–"
    if ratio:
        return f"{100 * value:+.1f} %"
    return f"{value:+.2f} {unit}"


def table(truth, report):
    true = {row["region"]: row for row in truth["change"]}
    print(f"{'':22} {'true':>10} {'measured':>10}  {'95 % interval':>22}  "
          "verdict")
    for metric, name, ratio, title in ROWS:
        row = next(m for m in report["measurements"]
                   if m["metric"] == metric and m["region"] == "face")
        key = name
        if row["reading"] in ("H_excess", "H_rel"):
            key = name + "_excess"
        known = true["face"][key]
        known = known - 1 if ratio else known
        found = row["relative_change"] if ratio else row["change"]
        low, high = row["ci95"]
        verdict = row["verdict"].replace("_", " ")
        if metric == "texture":
            band = row["details"].get(FINE, {})
            known_band = band.get("before") and band.get("after")
            found = band["after"] / band["before"] - 1 if known_band else None
            low = high = None
            verdict = "R: " + verdict
        interval = f"{cell(low, ratio, row['unit'])} … " \
                   f"{cell(high, ratio, row['unit'])}"
        print(f"{title:22} {cell(known, ratio, row['unit']):>10} "
              f"{cell(found, ratio, row['unit']):>10}  {interval:>22}  "
              f"{verdict}")


def main():
    if sys.argv[1] == "card":
        card(load(sys.argv[2]), sys.argv[3])
    else:
        table(load(sys.argv[2]), load(sys.argv[3]))


if __name__ == "__main__":
    main()
