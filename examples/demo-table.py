#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""What the demo prints of a rendered pair, whose truth is known.

    demo-table.py card TRUTH.json before|after    the grey card's corners
    demo-table.py table TRUTH.json REPORT.json    measured beside true change
"""
import json
import math
import sys

# The treatment changes the fine relief, not the colour and the shading that R
# also sees; so its truth stands beside the form that weighs the finest bands.
FINE = "R_fine"

# metric, truth's name of it, is it a ratio, what people call it
ROWS = (
    ("redness", "redness_H", False, "Redness"),
    ("pore_burden", "pore_burden_ratio", True, "Pores (burden)"),
    ("texture", "texture_ratio", True, "Texture (fine)"),
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


def fine(report):
    """Change, its interval and verdict; a part improves by -ln of its ratio."""
    part = next((p for p in report["progress"]["components"]
                 if p["reading"] == FINE), None)
    if not part or part["improvement"] is None:
        return None, None, None, "not measurable"
    low, high = part["ci95"]
    ratios = (math.exp(-v) - 1 for v in (part["improvement"], high, low))
    return *ratios, part["verdict"].replace("_", " ")


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
            found, low, high, verdict = fine(report)
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
