#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Files for soak.c, beside rendered before.jpg, after.jpg and other.jpg.

    soak.py FOLDER
"""
import struct
import sys
import zlib
from pathlib import Path

import numpy as np
from PIL import Image, ImageCms

FOLDER = Path(sys.argv[1])


def chunk(kind, data):
    return (struct.pack(">I", len(data)) + kind + data +
            struct.pack(">I", zlib.crc32(kind + data)))


def png_header(width, height):
    return (b"\x89PNG\r\n\x1a\n" + chunk(
        b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)) +
        chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b""))


def skin(side, seed):
    draw = np.random.default_rng(seed)
    mean = np.array([200, 150, 130])
    return np.clip(draw.normal(mean, 4, (side, side, 3)), 0, 255).astype("u1")


before = Image.open(FOLDER / "before.jpg")
before.save(FOLDER / "progressive.jpg", progressive=True, quality=92)

# Another red than sRGB's and Display P3's: lcms2 turns it.
profile = bytearray(ImageCms.ImageCmsProfile(
    ImageCms.createProfile("sRGB")).tobytes())
tag = profile.index(b"rXYZ", 128)
at = int.from_bytes(profile[tag + 4:tag + 8], "big")
profile[at + 8:at + 12] = (31000).to_bytes(4, "big")
before.save(FOLDER / "icc.jpg", icc_profile=bytes(profile), quality=95)

Image.fromarray(skin(64, 1)).save(FOLDER / "patch.png")
Image.fromarray(skin(64, 2)).convert("L").save(FOLDER / "grey.jpg")
Image.fromarray(skin(64, 3)).quantize(64).save(FOLDER / "palette.png")
alpha = np.full((64, 64, 4), 255, "u1")
alpha[..., :3] = skin(64, 4)
alpha[20:30, 20:30, 3] = 0
Image.fromarray(alpha).save(FOLDER / "alpha.png")
Image.fromarray(skin(1, 5)).save(FOLDER / "one.png")
Image.fromarray(skin(8, 6)).save(FOLDER / "tiny.png")

rows = skin(64, 7).astype(">u2") * 257
(FOLDER / "deep.png").write_bytes(
    b"\x89PNG\r\n\x1a\n" +
    chunk(b"IHDR", struct.pack(">IIBBBBB", 64, 64, 16, 2, 0, 0, 0)) +
    chunk(b"IDAT", zlib.compress(b"".join(
        b"\0" + row.astype(">u2").tobytes() for row in rows))) +
    chunk(b"IEND", b""))

whole = (FOLDER / "before.jpg").read_bytes()
(FOLDER / "cut.jpg").write_bytes(whole[:len(whole) // 2])
burst = bytearray(whole)
burst[len(burst) // 2:len(burst) // 2 + 400] = b"\xff\x55" * 200
(FOLDER / "burst.jpg").write_bytes(burst)
png = (FOLDER / "patch.png").read_bytes()
(FOLDER / "cut.png").write_bytes(png[:len(png) // 2])
(FOLDER / "empty").write_bytes(b"")
(FOLDER / "words.txt").write_text("not a picture\n" * 100)

sof = whole.index(b"\xff\xc0")
huge = bytearray(whole)
huge[sof + 5:sof + 9] = struct.pack(">HH", 65500, 65500)
(FOLDER / "huge.jpg").write_bytes(huge)
(FOLDER / "huge.png").write_bytes(png_header(30000, 30000))
