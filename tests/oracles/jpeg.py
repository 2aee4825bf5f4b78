#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
#
# SHA-256 of photographs as OpenCV decodes them (RGB, 8 bits, as stored): the
# figures of test_corpora.c.
#
#   python3 tests/oracles/jpeg.py ../shared >tests/oracles/jpeg.inc

import hashlib
import pathlib
import sys

import cv2

NAMES = ('photos/london/001_neutral.jpg', 'photos/london/043_smiling.jpg',
         'photos/canada/095m.jpg', 'photos/lisa/lisa1.jpg',
         'photos/zoom/15cm.jpg', 'corpora/exif-orientation/Landscape_6.jpg')

for name in NAMES:
    path = pathlib.Path(sys.argv[1]) / name
    pixels = cv2.imread(str(path), cv2.IMREAD_COLOR |
                        cv2.IMREAD_IGNORE_ORIENTATION)[:, :, ::-1]
    print('{"%s", %d, %d,\n "%s"},' %
          (name, pixels.shape[1], pixels.shape[0],
           hashlib.sha256(pixels.tobytes()).hexdigest()))
