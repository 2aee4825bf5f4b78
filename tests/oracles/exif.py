#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
#
# EXIF blocks written by exiftool, and what exiftool reads in them: the figures
# of test_exif.c.  Needs exiftool and OpenCV.
#
#   python3 tests/oracles/exif.py >tests/oracles/exif.inc

import json
import pathlib
import struct
import subprocess
import tempfile

import cv2
import numpy

FULL = {
    'IFD0:Orientation': 6, 'IFD0:Make': 'Maker of cameras',
    'IFD0:Model': 'Model 7', 'IFD0:Software': 'Firmware 1.02',
    'ExifIFD:DateTimeOriginal': '2024:05:01 10:11:12',
    'ExifIFD:ExposureTime': 0.008, 'ExifIFD:FNumber': 2.8, 'ExifIFD:ISO': 200,
    'ExifIFD:FocalLength': 6.765, 'ExifIFD:FocalLengthIn35mmFormat': 26,
    'ExifIFD:SubjectDistance': 0.42, 'ExifIFD:LensModel': 'A lens 6.8 mm f/2.8',
    'ExifIFD:ColorSpace': 65535, 'InteropIFD:InteropIndex': 'R03',
}
LONG = {'IFD0:Make': 'm' * 200, 'IFD0:ModifyDate': '2023:01:02 03:04:05',
        'ExifIFD:ColorSpace': 1, 'ExifIFD:ISO': 65535,
        'ExifIFD:ExposureTime': 30}
NUMBERS = (('ExposureTime', 'exposure_s'), ('FNumber', 'f_number'),
           ('ISO', 'iso'), ('FocalLength', 'focal_mm'),
           ('FocalLengthIn35mmFormat', 'focal_35mm'),
           ('SubjectDistance', 'distance_m'))
STRINGS = (('Make', 'make', 63), ('Model', 'model', 63),
           ('LensModel', 'lens', 63), ('Software', 'software', 63))


def block(jpeg):
    """The TIFF bytes of the first EXIF segment."""
    at = 2
    while True:
        size = struct.unpack('>H', jpeg[at + 2:at + 4])[0]
        body = jpeg[at + 4:at + 2 + size]
        if jpeg[at + 1] == 0xe1 and body.startswith(b'Exif\0\0'):
            return body[6:]
        at += 2 + size


def case(name, order, tags, folder):
    path = pathlib.Path(folder) / 'a.jpg'
    cv2.imwrite(str(path), numpy.zeros((8, 8, 3), numpy.uint8))
    options = ['-%s=%s' % item for item in tags.items()]
    subprocess.run(['exiftool', '-q', '-q', '-n', '-overwrite_original',
                    '-ExifByteOrder=' + order] + options + [str(path)],
                   check=True)
    read = json.loads(subprocess.run(
        ['exiftool', '-j', '-n', '-EXIF:all', str(path)], check=True,
        capture_output=True).stdout)[0]
    print('{"%s", {' % name)
    data = block(path.read_bytes())
    for i in range(0, len(data), 16):
        print(' ' + ' '.join('%d,' % byte for byte in data[i:i + 16]))
    print('}, %d, {.orientation = %d,' % (len(data), read.get('Orientation', 1)))
    for tag, member, most in STRINGS:
        print(' .%s = "%s",' % (member, str(read.get(tag, ''))[:most]))
    taken = read.get('DateTimeOriginal', read.get('ModifyDate', ''))
    print(' .taken = "%s",' % taken)
    for tag, member in NUMBERS:
        print(' .%s = %s,' % (member, read.get(tag, 'NAN')))
    print(' .colour_space = %d, .interop = "%s"}},' %
          (read.get('ColorSpace', 0), read.get('InteropIndex', '')))


with tempfile.TemporaryDirectory() as place:
    case('everything, little-endian', 'II', FULL, place)
    case('everything, big-endian', 'MM', FULL, place)
    case('a long name, few values', 'MM', LONG, place)
