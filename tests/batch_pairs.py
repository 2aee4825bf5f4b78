#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Many small pairs: speckled patches of skin, every tenth pair of bad files.

    batch_pairs.py FOLDER COUNT SIDE    writes COUNT pairs and manifest.csv
"""
import random
import struct
import sys
import zlib
from pathlib import Path

FOLDER, COUNT, SIDE = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])


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


FOLDER.mkdir(parents=True, exist_ok=True)
with open(FOLDER / "manifest.csv", "w", newline="") as table:
    table.write("pair_id,before,after,clinic,days,note\n")
    for i in range(COUNT):
        for name in ("before", "after"):
            made = picture(2 * i + (name == "after"))
            if i % 10 == 7 and name == ("before", "after")[i // 10 % 2]:
                made = bad(i // 10, made)
            if made is not None:
                (FOLDER / f"{i}_{name}.png").write_bytes(made)
        note = ['"a, ""b"""', "", "z\u00fcrich"][i % 3]
        table.write(f"p{i},{i}_before.png,{i}_after.png,"
                    f"{'north' if i % 2 else 'south'},{30 + i % 40},{note}\n")
