# SPDX-License-Identifier: BSD-2-Clause
"""PNG files of 8 bits a pixel with a palette, as the library writes them."""
from __future__ import annotations

import struct
import zlib

import numpy as np


def _chunks(data: bytes):
    at = 8
    while at < len(data):
        size, kind = struct.unpack_from(">I4s", data, at)
        yield kind, data[at + 8:at + 8 + size]
        at += 12 + size


def _paeth(a: int, b: int, c: int) -> int:
    p = a + b - c
    pa, pb, pc = abs(p - a), abs(p - b), abs(p - c)
    return a if pa <= pb and pa <= pc else b if pb <= pc else c


def _unfilter(kind: int, row: np.ndarray, above: np.ndarray) -> np.ndarray:
    if kind == 0:
        return row
    if kind == 1:
        return np.cumsum(row, dtype=np.uint8)
    if kind == 2:
        return row + above
    out = row.astype(int)
    left = up_left = 0
    for x, up in enumerate(above.tolist()):
        by = (left + up) // 2 if kind == 3 else _paeth(left, up, up_left)
        left = out[x] = (int(out[x]) + by) & 255
        up_left = up
    return out.astype(np.uint8)


def decode(data: bytes) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The indices (height, width), the palette (n, 3), its alpha (n,)."""
    packed, palette, alpha = b"", b"", b""
    width = height = 0
    for kind, body in _chunks(data):
        if kind == b"IHDR":
            width, height, *form = struct.unpack(">IIBBBBB", body)
            if form != [8, 3, 0, 0, 0]:
                raise ValueError("not a PNG of 8 bits with a palette")
        elif kind == b"PLTE":
            palette = body
        elif kind == b"tRNS":
            alpha = body
        elif kind == b"IDAT":
            packed += body
    lines = np.frombuffer(zlib.decompress(packed), np.uint8)
    lines = lines.reshape(height, width + 1)
    out = np.zeros((height, width), np.uint8)
    above = np.zeros(width, np.uint8)
    for y, line in enumerate(lines):
        above = out[y] = _unfilter(int(line[0]), line[1:], above)
    colours = np.frombuffer(palette, np.uint8).reshape(-1, 3)
    opaque = np.full(len(colours), 255, np.uint8)
    opaque[:len(alpha)] = np.frombuffer(alpha, np.uint8)
    return out, colours, opaque
