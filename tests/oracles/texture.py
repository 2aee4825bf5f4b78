#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
#
# Co-occurrence and local binary patterns of the green channel of a piece of a
# photograph, by scikit-image 0.19, and its power spectrum by numpy: the figures
# of test_patterns.c.
#
#   python3 tests/oracles/texture.py ../shared >tests/oracles/texture.inc

import pathlib
import sys

import cv2
import numpy as np
from skimage.feature import graycomatrix, graycoprops, local_binary_pattern

NAME, X, Y, SIDE = 'photos/london/001_neutral.jpg', 780, 760, 128

picture = cv2.imread(str(pathlib.Path(sys.argv[1]) / NAME))
piece = picture[Y:Y + SIDE, X:X + SIDE, 1]
levels = piece // 4
ANGLES = [0, np.pi / 4, np.pi / 2, 3 * np.pi / 4]

print('#define PIECE_NAME "%s"' % NAME)
print('#define PIECE_X %d\n#define PIECE_Y %d\n#define PIECE_SIDE %d'
      % (X, Y, SIDE))
print('/* contrast, homogeneity, entropy, correlation, ASM; 2, 4 and 8 px */')
print('static const double piece_glcm[3][5] = {')
for d in (2, 4, 8):
    p = graycomatrix(levels, [d], ANGLES, 64, symmetric=True, normed=True)
    logs = np.log(np.where(p > 0, p, 1.0))
    entropy = -(p * logs).sum(axis=(0, 1)).mean()
    row = [graycoprops(p, 'contrast').mean(),
           graycoprops(p, 'homogeneity').mean(), entropy,
           graycoprops(p, 'correlation').mean(), graycoprops(p, 'ASM').mean()]
    print('    {' + ', '.join('%.10g' % v for v in row[:3]) + ',\n     ' +
          ', '.join('%.10g' % v for v in row[3:]) + '},')
print('};')
for points, radius in ((8, 1), (16, 2)):
    codes = local_binary_pattern(piece.astype(float), points, radius,
                                 'uniform')[radius:-radius, radius:-radius]
    count = np.bincount(codes.astype(int).ravel(), minlength=points + 2)
    print('static const int piece_lbp%d[%d] = {' % (points, points + 2))
    for i in range(0, len(count), 8):
        print('    ' + ', '.join('%d' % c for c in count[i:i + 8]) + ',')
    print('};')
spectrum = np.abs(np.fft.fft2(piece.astype(float))) ** 2
print('/* |F|^2 at (1, 0), (0, 1), (3, -5), (-20, 11), (64, 64) */')
at = ((1, 0), (0, 1), (3, -5), (-20, 11), (64, 64))
print('static const double piece_power[5] = {\n    ' + ',\n    '.join(
    '%.12g' % spectrum[v, u] for u, v in at) + '};')
