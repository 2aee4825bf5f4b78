#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Many small pairs: speckled patches of skin, every tenth pair of bad files.

    batch_pairs.py FOLDER COUNT SIDE [FACES]

writes COUNT pairs and manifest.csv.  With FACES, a folder of N_before.jpg and
N_after.jpg for N = 0, 1, ..., every tenth pair is of these faces, by turns and
either way round, a fifth of them with a bad file, all with every preset; and pairs.list has the pairs whose files
are good: what they are of, before, after.
"""
import random
import struct
import sys
import zlib
from pathlib import Path

FOLDER, COUNT, SIDE = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
FACES = Path(sys.argv[4]).resolve() if len(sys.argv) > 4 else None
PRESETS = ["", "acne", "redness", "wrinkles", "pores", "scars", "sun_damage"]


def chunk(kind, data):
    return (struct.pack(">I", len(data)) + kind + data +
            struct.pack(">I", zlib.crc32(kind + data)))


def picture(seed):
    """An RGB PNG: skin with speckles of up to 12 grey values about a mean that
    is the picture's own."""
    draw = random.Random(seed)
    shift = draw.randrange(8)
    rgb = bytearray(3 * SIDE * SIDE)
    for channel, mean in enumerate((200, 148 + shift, 126 + shift)):
        levels = bytes(mean - 6 + byte % 13 for byte in range(256))
        rgb[channel::3] = draw.randbytes(SIDE * SIDE).translate(levels)
    rows = b"".join(b"\0" + rgb[3 * SIDE * y:3 * SIDE * (y + 1)]
                    for y in range(SIDE))
    return (b"\x89PNG\r\n\x1a\n" +
            chunk(b"IHDR", struct.pack(">IIBBBBB", SIDE, SIDE, 8, 2, 0, 0, 0)) +
            chunk(b"IDAT", zlib.compress(rows, 1)) + chunk(b"IEND", b""))


def bad(index, bytes_):
    """One of the ways in which a file is no picture."""
    return [b"", b"not a picture", bytes_[:len(bytes_) // 2],
            bytes_[:60] + b"\xff" * 40 + bytes_[100:], None][index % 5]


def patches(index):
    """The files of a pair, as names and bytes."""
    return [(f"{index}_{name}.png", picture(2 * index + k))
            for k, name in enumerate(("before", "after"))]


def faces(index, count):
    turn = index // 10
    pair = [FACES / f"{turn % count}_{name}.jpg"
            for name in ("before", "after")]
    if turn // count % 2:
        pair.reverse()
    return [(str(file), file.read_bytes()) for file in pair]


FOLDER.mkdir(parents=True, exist_ok=True)
people = len(list(FACES.glob("*_before.jpg"))) if FACES else 0
with open(FOLDER / "manifest.csv", "w", newline="") as table, \
        open(FOLDER / "pairs.list", "w") as good:
    table.write("pair_id,before,after,clinic,days,note" +
                (",preset,px_per_mm,skin" if FACES else "") + "\n")
    for i in range(COUNT):
        is_face = FACES and i % 10 == (3 if i // 10 % 5 else 7)
        pair = faces(i, people) if is_face else patches(i)
        if i % 10 == 7:
            at = i // 10 % 2
            name = f"{i}_bad.jpg" if is_face else pair[at][0]
            pair[at] = (name, bad(i // (50 if is_face else 10), pair[at][1]))
        else:
            print("face" if is_face else "patch", FOLDER / pair[0][0],
                  FOLDER / pair[1][0], file=good)
        for name, made in pair:
            if made is not None and not Path(name).is_absolute():
                (FOLDER / name).write_bytes(made)
        note = ['"a, ""b"""', "", "z\u00fcrich"][i % 3]
        more = (f",{PRESETS[i % 7]},{3 if is_face else 4},"
                f"{'' if is_face else 'all'}" if FACES else "")
        table.write(f"p{i},{pair[0][0]},{pair[1][0]},"
                    f"{'north' if i % 2 else 'south'},{30 + i % 40},{note}"
                    f"{more}\n")
