#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Turns the face model's files into one C file of constants.

    pack-models.py LANDMARK.tflite DETECTION.tflite GEOMETRY.binarypb OUT.c

The two networks go in as they are, byte by byte.  The canonical face is
decoded here, checked, and turned into this project's axes and unit: the file
has centimetres with y up and z towards the viewer, the library millimetres
with y down and z away from the camera.
"""

import math
import struct
import sys

POINTS, TRIANGLES, POSE_POINTS = 468, 898, 33
PER_LINE = 16


def varint(data, at):
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            return value, at


def fields(data):
    """Yields (number, value) of a protobuf message; 32-bit values as bytes."""
    at = 0
    while at < len(data):
        key, at = varint(data, at)
        kind = key & 7
        if kind == 0:
            value, at = varint(data, at)
        elif kind == 2:
            size, at = varint(data, at)
            value, at = data[at:at + size], at + size
        elif kind == 5:
            value, at = data[at:at + 4], at + 4
        else:
            raise ValueError('wire type %d' % kind)
        yield key >> 3, value


def real(value):
    return struct.unpack('<f', value)[0]


def geometry(data):
    """The canonical face: vertices (x y z u v), triangles, pose weights."""
    numbers, corners, weights = [], [], [0.0] * POINTS
    for field, value in fields(data):
        if field == 1:
            for part, item in fields(value):
                if part == 3:
                    numbers.append(real(item))
                elif part == 4:
                    corners.append(item)
        elif field == 2:
            point = dict(fields(value))
            weights[point.get(1, 0)] = real(point[2])
    vertices = [numbers[i:i + 5] for i in range(0, len(numbers), 5)]
    triangles = [corners[i:i + 3] for i in range(0, len(corners), 3)]
    return vertices, triangles, weights


def mirror(vertices):
    """For each vertex the one on the other side; the face is symmetric."""
    places = {tuple(v[:3]): i for i, v in enumerate(vertices)}
    twins = [places[(0.0 - x, y, z)] for x, y, z, _, _ in vertices]
    assert all(twins[twins[i]] == i for i in range(POINTS))
    return twins


def check(vertices, triangles, weights):
    assert len(vertices) == POINTS and len(triangles) == TRIANGLES
    assert all(len(v) == 5 and all(map(math.isfinite, v)) for v in vertices)
    assert all(len(t) == 3 and max(t) < POINTS for t in triangles)
    assert sum(w > 0 for w in weights) == POSE_POINTS and min(weights) >= 0


def short(value):
    """The shortest decimal that reads back as the same float."""
    for digits in range(1, 10):
        text = '%.*g' % (digits, value)
        if struct.pack('<f', float(text)) == struct.pack('<f', value):
            break
    return text + ('f' if '.' in text or 'e' in text else '.0f')


def table(out, declaration, rows):
    out.write('\nconst %s = {\n' % declaration)
    for row in rows:
        out.write('{%s},\n' % ','.join(row))
    out.write('};\n')


def byte_array(out, name, data):
    out.write('\nconst size_t ct_%s_size = %d;\n' % (name, len(data)))
    out.write('const unsigned char ct_%s[] = {\n' % name)
    for at in range(0, len(data), PER_LINE):
        out.write(','.join(map(str, data[at:at + PER_LINE])) + ',\n')
    out.write('};\n')


def main():
    landmark, detection, mesh = (open(p, 'rb').read() for p in sys.argv[1:4])
    vertices, triangles, weights = geometry(mesh)
    check(vertices, triangles, weights)

    with open(sys.argv[4], 'w', encoding='ascii') as out:
        out.write('/* Made by data/pack-models.py from the face model; its\n'
                  ' * licence is Apache-2.0, see data/LICENSE-models. */\n\n'
                  '#include "face/packed.h"\n')
        byte_array(out, 'packed_landmark', landmark)
        byte_array(out, 'packed_detection', detection)
        table(out, 'float ct_packed_points[CT_POINTS][3]',
              ([short(10 * x), short(-10 * y), short(-10 * z)]
               for x, y, z, _, _ in vertices))
        table(out, 'float ct_packed_uv[CT_POINTS][2]',
              ([short(u), short(v)] for _, _, _, u, v in vertices))
        table(out, 'uint16_t ct_packed_triangles[CT_TRIANGLES][3]',
              (map(str, t) for t in triangles))
        out.write('\nconst uint16_t ct_packed_mirror[CT_POINTS] = {\n%s\n};\n' %
                  ',\n'.join(map(str, mirror(vertices))))
        out.write('\nconst float ct_packed_weights[CT_POINTS] = {\n%s\n};\n' %
                  ',\n'.join(map(short, weights)))


main()
