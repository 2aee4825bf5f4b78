#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
"""What the two networks answer, by OpenCV's DNN module.

    network.py MODELS > network.inc          (needs python3-opencv)

Reads the .tflite files, writes them as ONNX (channels first), and runs those on
two drawn inputs that tests/test_model.c draws as well: one with a face, one of
noise.  OpenCV 4.6.0 wrote the figures in the tree.
"""

import struct
import sys

import cv2
import numpy as np

ADD, CONCAT, CONV, DEPTHWISE, DEQUANTIZE = 0, 2, 3, 4, 6
MAX_POOL, RELU, RESHAPE, PAD, PRELU = 17, 19, 22, 34, 54


# ---- The .tflite file --------------------------------------------------------

class Flat:
    """A FlatBuffer, trusted."""

    def __init__(self, data):
        self.data = data

    def read(self, form, at):
        return struct.unpack_from('<' + form, self.data, at)[0]

    def follow(self, at):
        return at + self.read('I', at)

    def field(self, table, index):
        fields = table - self.read('i', table)
        entry = 4 + 2 * index
        if entry >= self.read('H', fields):
            return 0
        offset = self.read('H', fields + entry)
        return table + offset if offset else 0

    def number(self, table, index, form, missing=0):
        at = self.field(table, index)
        return self.read(form, at) if at else missing

    def vector(self, table, index, size=4):
        at = self.field(table, index)
        if not at:
            return []
        start = self.follow(at)
        count = self.read('I', start)
        return [start + 4 + size * i for i in range(count)]

    def ints(self, table, index):
        return [self.read('i', at) for at in self.vector(table, index)]

    def tables(self, table, index):
        return [self.follow(at) for at in self.vector(table, index)]


class Network:
    """Tensors as (shape, constant or None), and operators in order."""

    def __init__(self, path):
        flat = self.flat = Flat(open(path, 'rb').read())
        model = flat.follow(0)
        self.codes = [flat.number(t, 0, 'B') for t in flat.tables(model, 1)]
        self.buffers = flat.tables(model, 4)
        graph = flat.tables(model, 2)[0]
        self.tensors = [self.tensor(t) for t in flat.tables(graph, 0)]
        self.inputs = flat.ints(graph, 1)
        self.outputs = flat.ints(graph, 2)
        self.operators = [self.operator(t) for t in flat.tables(graph, 3)]

    def tensor(self, table):
        flat = self.flat
        shape = flat.ints(table, 0)
        kind = [np.float32, np.float16, np.int32][flat.number(table, 1, 'B')]
        where = flat.vector(self.buffers[flat.number(table, 2, 'I')], 0, 1)
        if not where:
            return shape, None
        data = flat.data[where[0]:where[0] + len(where)]
        return shape, np.frombuffer(data, kind).reshape(shape)

    def operator(self, table):
        flat = self.flat
        at = flat.field(table, 4)
        return (self.codes[flat.number(table, 0, 'I')], flat.ints(table, 1),
                flat.ints(table, 2)[0], flat.follow(at) if at else 0)


# ---- The ONNX file -----------------------------------------------------------

def varint(value):
    out = b''
    while value > 127:
        out += bytes([value & 127 | 128])
        value >>= 7
    return out + bytes([value])


def field(number, value):
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    if isinstance(value, str):
        value = value.encode()
    return varint(number << 3 | 2) + varint(len(value)) + value


def tensor(name, values):
    kind = 7 if values.dtype == np.int64 else 1
    return (b''.join(field(1, int(n)) for n in values.shape) + field(2, kind) +
            field(8, name) + field(9, values.tobytes()))


def attribute(name, value):
    if isinstance(value, int):
        return field(1, name) + field(3, value) + field(20, 2)
    if isinstance(value, str):
        return field(1, name) + field(4, value) + field(20, 3)
    return field(1, name) + b''.join(field(8, v) for v in value) + field(20, 7)


def node(kind, inputs, output, **attributes):
    return (b''.join(field(1, i) for i in inputs) + field(2, output) +
            field(3, output) + field(4, kind) +
            b''.join(field(5, attribute(k, v)) for k, v in attributes.items()))


def value_info(name, shape):
    dims = b''.join(field(1, field(1, n)) for n in shape)
    return field(1, name) + field(2, field(1, field(1, 1) + field(2, dims)))


class Onnx:
    def __init__(self, network):
        self.network = network
        self.nodes, self.constants = b'', b''
        self.known = {}  # constants of the .tflite file, by tensor
        for one in network.operators:
            self.add(*one)

    def constant(self, name, values):
        self.constants += field(5, tensor(name, np.ascontiguousarray(values)))
        return name

    def put(self, kind, inputs, output, **attributes):
        self.nodes += field(1, node(kind, inputs, output, **attributes))

    def value(self, index):
        if index in self.known:
            return self.known[index]
        return self.network.tensors[index][1]

    def window(self, options, source, output, size):
        flat = self.network.flat
        strides = [flat.number(options, 2, 'i'), flat.number(options, 1, 'i')]
        before, after = [0, 0], [0, 0]
        if flat.number(options, 0, 'b') == 0:  # SAME
            for i in range(2):
                n = self.network.tensors[source][0][1 + i]
                m = self.network.tensors[output][0][1 + i]
                total = max((m - 1) * strides[i] + size[i] - n, 0)
                before[i], after[i] = total // 2, total - total // 2
        return {'kernel_shape': list(size), 'strides': strides,
                'pads': before + after}

    def add(self, code, inputs, output, options):
        flat = self.network.flat
        names, name = ['t%d' % i for i in inputs], 't%d' % output
        if code == DEQUANTIZE:
            self.known[output] = self.value(inputs[0]).astype(np.float32)
        elif code in (CONV, DEPTHWISE):
            weights = self.value(inputs[1])
            window = self.window(options, inputs[0], output, weights.shape[1:3])
            order, group = ((0, 3, 1, 2), 1)
            if code == DEPTHWISE:
                order, group = ((3, 0, 1, 2), weights.shape[3])
            self.put('Conv', [names[0],
                              self.constant(name + 'w', weights.transpose(order)),
                              self.constant(name + 'b', self.value(inputs[2]))],
                     name, group=group, **window)
        elif code == MAX_POOL:
            size = (flat.number(options, 4, 'i'), flat.number(options, 3, 'i'))
            self.put('MaxPool', names, name,
                     **self.window(options, inputs[0], output, size))
        elif code == PRELU:
            slope = self.value(inputs[1]).reshape(-1, 1, 1)
            self.put('PRelu', [names[0], self.constant(name + 's', slope)], name)
        elif code == PAD:
            pads = self.value(inputs[1])[[0, 3, 1, 2]].T.reshape(-1)
            self.put('Pad', [names[0],
                             self.constant(name + 'p', pads.astype(np.int64))],
                     name, mode='constant')
        elif code == RESHAPE:
            shape = np.array(self.network.tensors[output][0], np.int64)
            self.put('Transpose', names[:1], name + 't', perm=[0, 2, 3, 1])
            self.put('Reshape', [name + 't', self.constant(name + 'r', shape)],
                     name)
        elif code == CONCAT:
            self.put('Concat', names, name, axis=flat.number(options, 0, 'i'))
        else:
            self.put({ADD: 'Add', RELU: 'Relu'}[code], names, name)

    def file(self):
        source = self.network.inputs[0]
        n, h, w, c = self.network.tensors[source][0]
        graph = (self.nodes + field(2, 'g') + self.constants +
                 field(11, value_info('t%d' % source, [n, c, h, w])))
        for out in self.network.outputs:
            graph += field(12, value_info('t%d' % out, []))
        opset = field(1, '') + field(2, 11)
        return field(1, 6) + field(7, graph) + field(8, opset)


def run(path, picture):
    network = Network(path)
    net = cv2.dnn.readNetFromONNX(np.frombuffer(Onnx(network).file(), np.uint8))
    net.setInput(picture.transpose(2, 0, 1)[None].astype(np.float32))
    return [net.forward('t%d' % out).reshape(-1) for out in network.outputs]


# ---- Inputs, as in tests/test_model.c ----------------------------------------

def ellipse(picture, x, y, rx, ry, colour):
    size = picture.shape[0]
    v, u = np.mgrid[0:size, 0:size]
    u, v = (u * 2 + 1) * 500 // size - x, (v * 2 + 1) * 500 // size - y
    picture[(u * ry) ** 2 + (v * rx) ** 2 < (rx * ry) ** 2] = colour


def face(size):
    """A head on a grey ground, in thousandths of the side; samples of 0-255."""
    picture = np.full((size, size, 3), 120, np.int64)
    ellipse(picture, 500, 460, 270, 380, (60, 40, 30))
    ellipse(picture, 500, 520, 230, 330, (220, 180, 160))
    for x in (405, 595):
        ellipse(picture, x, 410, 60, 14, (70, 50, 40))
        ellipse(picture, x, 460, 45, 20, (245, 245, 245))
        ellipse(picture, x, 460, 20, 20, (50, 40, 30))
    ellipse(picture, 500, 560, 30, 60, (235, 195, 175))
    ellipse(picture, 480, 612, 12, 8, (120, 80, 70))
    ellipse(picture, 520, 612, 12, 8, (120, 80, 70))
    ellipse(picture, 500, 700, 85, 24, (180, 90, 90))
    return picture


def noise(size):
    count = size * size * 3
    samples = np.arange(count, dtype=np.uint64) * 2654435761 % 2 ** 32
    return (samples >> np.uint64(24)).astype(np.int64).reshape(size, size, 3)


def number(value):
    text = '%.9g' % value
    return text + ('f' if '.' in text or 'e' in text else '.0f')


def write(name, values):
    print('static const float %s[%d] = {' % (name, len(values)))
    for i in range(0, len(values), 6):
        print('    ' + ' '.join(number(v) + ',' for v in values[i:i + 6]))
    print('};')


def main():
    print('/* Written by tests/oracles/network.py with OpenCV %s. */' %
          cv2.__version__)
    for name, draw in (('face', face), ('noise', noise)):
        small = draw(128) / 255.0 * 2.0 - 1.0
        boxes, logits = run(sys.argv[1] + '/face_detection.tflite', small)
        write('detect_boxes_' + name, boxes.reshape(896, 16)[5::17].reshape(-1))
        write('detect_logits_' + name, logits)
        points, presence = run(sys.argv[1] + '/face_landmark.tflite',
                               draw(192) / 255.0)
        write('landmark_points_' + name, points)
        write('landmark_presence_' + name, presence)


main()
