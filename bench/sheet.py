#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Contact sheets: faces in the order of a reading, the map beside each.

    bench/sheet.py CUTIS FOLDER METRIC[:DETAIL] OUT.png PHOTO...

Each photograph is measured with `cutis measure --maps`; FOLDER keeps maps and
readings for the next sheet.  Faces stand from the highest reading to the
lowest, the photograph above, the map that shows the metric below.  For people
to look at: does the eye agree with the order?
"""
import json
import subprocess
import sys
from pathlib import Path

from PIL import Image, ImageDraw

MAPS = {"redness": "redness", "erythema_area": "redness",
        "lesion_density": "redness", "pigment_spots": "pigment",
        "tone_evenness": "pigment", "texture": "relief",
        "pore_burden": "pores", "wrinkle_index": "wrinkles"}
WIDTH, HEIGHT, LABEL = 240, 300, 34


def measured(cutis, folder, photo):
    """The document and the folder of its maps; None where it is refused."""
    place = folder / f"{photo.parent.name}-{photo.stem}"
    document = place / "reading.json"
    if not document.exists():
        place.mkdir(parents=True, exist_ok=True)
        run = subprocess.run([cutis, "measure", photo, "-f", "json", "-q",
                              "--maps", place], capture_output=True, text=True,
                             check=False)
        if run.returncode:
            print(f"{photo}: {run.stderr.strip()}", file=sys.stderr)
            return None, place
        document.write_text(run.stdout, encoding="utf-8")
    return json.loads(document.read_text(encoding="utf-8")), place


def reading(document, metric, detail):
    row = next(m for m in document["measurements"]
               if m["metric"] == metric and m["region"] == "face")
    if detail:
        row = row["details"].get(detail, {"value": None, "unit": ""})
    return row["value"], row["unit"]


def tile(place, metric, words):
    photo = Image.open(place / "photo.jpg").convert("RGB")
    out = Image.new("RGB", (WIDTH, 2 * HEIGHT + LABEL), "white")
    out.paste(photo.resize((WIDTH, HEIGHT)), (0, LABEL))
    overlay = place / f"{MAPS.get(metric, 'mask')}.png"
    if overlay.exists():
        laid = Image.alpha_composite(photo.convert("RGBA"),
                                     Image.open(overlay).convert("RGBA"))
        out.paste(laid.convert("RGB").resize((WIDTH, HEIGHT)),
                  (0, LABEL + HEIGHT))
    ImageDraw.Draw(out).multiline_text((4, 2), words, fill="black")
    return out


def main():
    if len(sys.argv) < 6:
        sys.exit(__doc__)
    cutis, folder, out = sys.argv[1], Path(sys.argv[2]), sys.argv[4]
    metric, _, detail = sys.argv[3].partition(":")
    found = []
    for photo in map(Path, sys.argv[5:]):
        document, place = measured(cutis, folder, photo)
        if document:
            value, unit = reading(document, metric, detail)
            if value is not None:
                found.append((value, unit, photo, place))
    found.sort(key=lambda f: -f[0])
    sheet = Image.new("RGB", (WIDTH * max(1, len(found)), 2 * HEIGHT + LABEL),
                      "white")
    for i, (value, unit, photo, place) in enumerate(found):
        words = f"{photo.stem}\n{detail or metric} {value:.3g} {unit}"
        print(f"{photo.stem}: {value:.4g} {unit}")
        sheet.paste(tile(place, metric, words), (WIDTH * i, 0))
    sheet.save(out)


if __name__ == "__main__":
    main()
