#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Contact sheets: faces in the order of a reading, the map beside each.

    bench/sheet.py CUTIS FOLDER METRIC[:DETAIL] OUT.png PHOTO...

Each photograph is measured with `cutis measure --maps`; FOLDER keeps maps and
readings for the next sheet: take a new one for another build.  Faces stand from
the highest reading to the lowest, the photograph above, the map that shows the
metric below, all of them on the widest of their scales, which is printed.  For
people to look at: does the eye agree with the order?
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


def scale(place, name):
    """The map's entry in maps.json, if it has colours."""
    maps = json.loads((place / "maps.json").read_text(encoding="utf-8"))["maps"]
    entry = next((m for m in maps if m["id"] == name), {})
    return entry if entry.get("colours") and entry.get("files") else None


def rescaled(overlay, own, high):
    """The map as if its scale ended at `high`: what its own end cut off stays
    cut off."""
    colours = [bytes.fromhex(c[1:]) for c in own["colours"]]
    share = (own["high"] - own["low"]) / (high - own["low"])
    other = {c: colours[int((i + 0.5) * share)] for i, c in enumerate(colours)}
    pixels = overlay.tobytes()
    return Image.frombytes("RGBA", overlay.size, b"".join(
        other.get(pixels[i:i + 3], pixels[i:i + 3]) + pixels[i + 3:i + 4]
        for i in range(0, len(pixels), 4)))


def tile(place, metric, words, high):
    photo = Image.open(place / "photo.jpg").convert("RGB")
    out = Image.new("RGB", (WIDTH, 2 * HEIGHT + LABEL), "white")
    out.paste(photo.resize((WIDTH, HEIGHT)), (0, LABEL))
    name = MAPS.get(metric, "mask")
    if (place / f"{name}.png").exists():
        overlay = Image.open(place / f"{name}.png").convert("RGBA")
        if high:
            overlay = rescaled(overlay, scale(place, name), high)
        laid = Image.alpha_composite(photo.convert("RGBA"), overlay)
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
    scales = [scale(f[3], MAPS.get(metric, "mask")) for f in found]
    high = max((s["high"] for s in scales if s), default=None)
    if high:
        print(f"maps: {scales[0]['low']:g} to {high:g} {scales[0]['unit']}")
    sheet = Image.new("RGB", (WIDTH * max(1, len(found)), 2 * HEIGHT + LABEL),
                      "white")
    for i, (value, unit, photo, place) in enumerate(found):
        words = f"{photo.stem}\n{detail or metric} {value:.3g} {unit}"
        print(f"{photo.stem}: {value:.4g} {unit}")
        sheet.paste(tile(place, metric, words, high), (WIDTH * i, 0))
    sheet.save(out)


if __name__ == "__main__":
    main()
