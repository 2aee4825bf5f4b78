#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
#
# Decodes the valid files of PngSuite without libpng: chunks, filters, Adam7,
# palettes and transparency from the PNG specification, zlib from Python.
# Writes png.inc: name, width, height, channels, bits, SHA-256 of the samples
# without alpha (16 bits big-endian), and how many pixels are not opaque.
#
#   python3 tests/oracles/png.py ../shared/corpora/pngsuite >tests/oracles/png.inc

import hashlib
import pathlib
import struct
import sys
import zlib

ADAM7 = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4),
         (1, 0, 2, 2), (0, 1, 1, 2))
SAMPLES = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}


def chunks(data):
    at = 8
    while at < len(data):
        size, kind = struct.unpack('>I4s', data[at:at + 8])
        yield kind, data[at + 8:at + 8 + size]
        at += size + 12


def predict(a, b, c):
    """Filter 4: of left, above and corner the one nearest to a + b - c."""
    p = a + b - c
    distances = abs(p - a), abs(p - b), abs(p - c)
    return (a, b, c)[distances.index(min(distances))]


def unfilter(kind, line, above, step):
    for i in range(len(line)):
        a = line[i - step] if i >= step else 0
        b = above[i]
        c = above[i - step] if i >= step else 0
        add = (0, a, b, (a + b) // 2, predict(a, b, c))[kind]
        line[i] = (line[i] + add) & 255


def unpack(line, count, depth):
    """The samples of a row as whole numbers."""
    if depth == 16:
        return struct.unpack('>%dH' % count, bytes(line))
    out = []
    for i in range(count):
        bit = i * depth
        byte = line[bit // 8]
        out.append(byte >> (8 - depth - bit % 8) & ((1 << depth) - 1))
    return out


def decode(data):
    header, palette, transparent, packed = None, None, None, b''
    for kind, body in chunks(data):
        if kind == b'IHDR':
            header = struct.unpack('>IIBBBBB', body)
        elif kind == b'PLTE':
            palette = [tuple(body[i:i + 3]) for i in range(0, len(body), 3)]
        elif kind == b'tRNS':
            transparent = body
        elif kind == b'IDAT':
            packed += body
    width, height, depth, colour, _, _, interlace = header
    raw = zlib.decompress(packed)
    per = SAMPLES[colour]
    step = max(1, depth * per // 8)
    pixels = [[None] * width for _ in range(height)]
    at = 0
    for x0, y0, dx, dy in ADAM7 if interlace else ((0, 0, 1, 1),):
        columns = range(x0, width, dx)
        if not len(columns):
            continue
        size = (len(columns) * depth * per + 7) // 8
        above = bytearray(size)
        for y in range(y0, height, dy):
            line = bytearray(raw[at + 1:at + 1 + size])
            unfilter(raw[at], line, above, step)
            at += 1 + size
            above = line
            samples = unpack(line, len(columns) * per, depth)
            for i, x in enumerate(columns):
                pixels[y][x] = tuple(samples[i * per:(i + 1) * per])
    assert at == len(raw)
    return header, palette, transparent, pixels


def describe(path):
    header, palette, transparent, pixels = decode(path.read_bytes())
    width, height, depth, colour = header[:4]
    bits = 16 if depth == 16 else 8
    top = (1 << bits) - 1
    channels = 1 if colour in (0, 4) else 3
    key = None
    if transparent and colour in (0, 2):
        key = struct.unpack('>%dH' % channels, transparent[:2 * channels])
    out, masked = bytearray(), 0
    for row in pixels:
        for pixel in row:
            alpha = pixel[-1] if colour in (4, 6) else top
            if key and pixel == key:
                alpha = 0
            if colour == 3:
                if transparent and pixel[0] < len(transparent):
                    alpha = transparent[pixel[0]]
                pixel = palette[pixel[0]]
            elif depth < 8:
                pixel = (pixel[0] * (255 // ((1 << depth) - 1)),)
            masked += alpha != top
            pixel = pixel[:channels]
            out += struct.pack('>%d%s' % (channels, 'H' if bits == 16 else 'B'),
                               *pixel)
    return (path.name, width, height, channels, bits,
            hashlib.sha256(out).hexdigest(), masked)


for path in sorted(pathlib.Path(sys.argv[1]).glob('*.png')):
    if not path.name.startswith('x'):
        print('{"%s", %d, %d, %d, %d,\n "%s", %d},' % describe(path))
