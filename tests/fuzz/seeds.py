#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""What fuzzing begins with: seeds.py FOLDER writes small files of our own in a
folder a target.  JPEGs need cjpeg, profiles lcms2 through Pillow."""
import struct
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "long"))
import malformed_files as make  # noqa: E402

FOLDER = Path(sys.argv[1])


def put(target, *files):
    (FOLDER / target).mkdir(parents=True, exist_ok=True)
    for number, bytes_ in enumerate(files):
        (FOLDER / target / f"seed-{number:02d}").write_bytes(bytes_)


# ---- A small network as a .tflite file ---------------------------------------


class Flat:
    """A FlatBuffer, written from its end as it has to be: here simply from the
    front, with every offset put in when what it points to is there."""

    def __init__(self):
        self.bytes = bytearray(4)

    def point(self, at):
        """The offset at `at` points to what comes next."""
        while len(self.bytes) % 4:
            self.bytes.append(0)
        struct.pack_into("<I", self.bytes, at, len(self.bytes) - at)

    def table(self, at, fields):
        """Fields by number: an int (32 bits), a byte as bytes, or a function
        that writes what an offset points to."""
        self.point(at)
        count = max(fields, default=-1) + 1
        table = len(self.bytes)
        self.bytes += struct.pack("<i", 0) + bytes(4 * len(fields))
        vtable = [4 + 2 * count, 4 + 4 * len(fields)] + [0] * count
        later = []
        for place, (number, value) in enumerate(sorted(fields.items())):
            vtable[2 + number] = 4 + 4 * place
            where = table + 4 + 4 * place
            if callable(value):
                later.append((value, where))
            elif isinstance(value, bytes):
                self.bytes[where:where + 1] = value
            else:
                struct.pack_into("<i", self.bytes, where, value)
        # The list of fields stands behind its table: the distance is negative.
        struct.pack_into("<i", self.bytes, table, table - len(self.bytes))
        self.bytes += struct.pack(f"<{len(vtable)}H", *vtable)
        for write, where in later:
            write(where)

    def vector(self, form, values):
        def write(at):
            self.point(at)
            self.bytes += struct.pack("<I", len(values))
            self.bytes += struct.pack(f"<{len(values)}{form}", *values)
        return write

    def tables(self, every):
        def write(at):
            self.point(at)
            first = len(self.bytes) + 4
            self.bytes += struct.pack("<I", len(every)) + bytes(4 * len(every))
            for i, fields in enumerate(every):
                self.table(first + 4 * i, fields)
        return write


def network(tensors, operators, ins, outs):
    """tensors: (shape, element, constant or None); operators: (code, inputs,
    outputs, options)."""
    flat = Flat()
    codes = sorted({code for code, *_ in operators})
    buffers = [b""] + [data for *_, data in tensors if data is not None]
    place = iter(range(1, len(buffers)))
    listed = [{0: flat.vector("i", shape), 1: bytes((element,)),
               2: next(place) if data is not None else 0}
              for shape, element, data in tensors]
    steps = [{0: codes.index(code), 1: flat.vector("i", inputs),
              2: flat.vector("i", outputs),
              4: lambda at, o=options: flat.table(at, o)}
             for code, inputs, outputs, options in operators]
    graph = {0: flat.tables(listed), 1: flat.vector("i", ins),
             2: flat.vector("i", outs), 3: flat.tables(steps)}
    flat.table(0, {1: flat.tables([{0: bytes((code,))} for code in codes]),
                   2: flat.tables([graph]),
                   4: flat.tables([{0: flat.vector("B", data)} if data else {}
                                   for data in buffers])})
    return bytes(flat.bytes)


def floats(count, form="f"):
    return struct.pack(f"<{count}{form}", *((i % 5 - 2) / 4
                                            for i in range(count)))


def networks():
    """Each operator at least once."""
    image, half = [1, 4, 4, 2], [1, 2, 2, 2]
    conv = network(
        [(image, 0, None), ([3, 1, 1, 2], 0, floats(6)), ([3], 0, floats(3)),
         ([1, 2, 2, 3], 0, None), ([1, 1, 3], 0, floats(3)),
         ([1, 2, 2, 3], 0, None), ([1, 12], 0, None)],
        [(3, [0, 1, 2], [3], {0: b"\0", 1: 2, 2: 2}), (54, [3, 4], [5], {}),
         (22, [5], [6], {})], [0], [6])
    deep = network(
        [(image, 0, None), ([1, 3, 3, 2], 1, floats(18, "e")),
         ([1, 3, 3, 2], 0, None), ([2], 0, floats(2)), (image, 0, None),
         (half, 0, None), (half, 0, None)],
        [(6, [1], [2], {}), (4, [0, 2, 3], [4], {0: b"\0", 1: 1, 2: 1, 3: 1}),
         (17, [4], [5], {0: b"\1", 1: 2, 2: 2, 3: 2, 4: 2}),
         (19, [5], [6], {})], [0], [6])
    pads = struct.pack("<8i", 0, 0, 0, 0, 0, 0, 0, 1)
    wide = [1, 4, 4, 3]
    join = network(
        [(image, 0, None), ([4, 2], 2, pads), (wide, 0, None), (wide, 0, None),
         (wide, 0, None), ([1, 4, 4, 6], 0, None)],
        [(34, [0, 1], [2], {}), (14, [2], [3], {}), (0, [2, 3], [4], {}),
         (2, [4, 3], [5], {0: 3})], [0], [5])
    return conv, deep, join


# ---- Pictures and what they hold ---------------------------------------------


def profile(name, **by):
    try:
        from PIL import ImageCms
    except ImportError:
        return b""
    return ImageCms.ImageCmsProfile(
        ImageCms.createProfile(name, **by)).tobytes()


def matrix_profile(curve, space=b"RGB "):
    """A small display profile with one curve for all."""
    names = [b"wtpt", b"rXYZ", b"gXYZ", b"bXYZ", b"rTRC", b"gTRC", b"bTRC"]
    if space == b"GRAY":
        names = [b"wtpt", b"kTRC"]
    xyz = b"XYZ \0\0\0\0" + struct.pack(">3i", 28000, 25000, 9000)
    start = 128 + 4 + 12 * len(names)
    tags = b"".join(name + (struct.pack(">II", start + 20, len(curve))
                            if name.endswith(b"TRC") else
                            struct.pack(">II", start, 20)) for name in names)
    body = struct.pack(">I", len(names)) + tags + xyz + curve
    head = struct.pack(">I4sI4s4s4s12x4s", 128 + len(body), b"none",
                       0x04300000, b"mntr", space, b"XYZ ", b"acsp")
    return head + bytes(128 - len(head)) + body


def profiles():
    gamma = b"curv\0\0\0\0" + struct.pack(">IHH", 1, 0x1cd, 0)
    table = b"curv\0\0\0\0" + struct.pack(">I8H", 8, *range(0, 65536, 9362))
    para = b"para\0\0\0\0" + struct.pack(">HH5i", 3, 0, 157286, 62119, 3417,
                                         5072, 2651)
    kept = [matrix_profile(curve) for curve in (gamma, table, para)]
    kept.append(matrix_profile(gamma, b"GRAY"))
    return kept + [one for one in (profile("sRGB"), profile("LAB"),
                                   profile("XYZ")) if one]


def exifs():
    text = b"Maker\0\0\0"
    e = make.entry
    first = 8 + 2 + 12 * 4 + 4
    second = first + 2 + 12 * 8 + 4
    third = second + 2 + 12 + 4
    big = (b"MM\0*" + struct.pack(">IH", 8, 4) + e(0x10f, 2, 6, third) +
           e(0x112, 3, 1, 6 << 16) + e(0x131, 2, 3, 0x61620000) +
           e(0x8769, 4, 1, first) + bytes(4) +
           struct.pack(">H", 8) + e(0x829a, 5, 1, third + 8) +
           e(0x829d, 5, 1, third + 8) + e(0x8827, 3, 1, 100 << 16) +
           e(0x9003, 2, 20, third) + e(0x9206, 10, 1, third + 8) +
           e(0xa001, 3, 1, 0xffff0000) + e(0xa005, 4, 1, second) +
           e(0xa405, 3, 1, 50 << 16) + bytes(4) +
           struct.pack(">H", 1) + e(1, 2, 4, 0x52303300) + bytes(4) +
           text + struct.pack(">II", 1, 60) + b"2026:01:02 03:04:05\0")
    little = (b"II*\0" + struct.pack("<IH", 8, 1) +
              struct.pack("<HHIHH", 0x112, 3, 1, 8, 0) + bytes(4))
    return big, little, make.exif(4)


def pictures(exif_blocks, icc):
    pngs = [bytes_ for name, bytes_ in make.pictures().items()
            if name.startswith("PNG")]
    for extra in ((b"eXIf", exif_blocks[0]), (b"cICP", b"\x0c\x0d\0\1"),
                  (b"gAMA", struct.pack(">I", 45455)), (b"sRGB", b"\0"),
                  (b"iCCP", b"x\0\0" + make.zlib.compress(icc)),
                  (b"cHRM", struct.pack(">8I", 31270, 32900, 64000, 33000,
                                        30000, 60000, 15000, 6000))):
        pngs.append(make.png(6, 5, 8, 2, 0, make.chunk(*extra)))
    pngs += [make.png(5, 4, 16, 0), make.png(9, 3, 2, 0, 1),
             make.png(5, 4, 8, 4, 1), make.png(7, 3, 4, 3)]
    jpegs = [bytes_ for name, bytes_ in make.pictures().items()
             if name.startswith("JPEG")]
    if jpegs:
        whole = make.segment(0xe2, b"ICC_PROFILE\0\1\1" + icc)
        jpegs += [make.with_segments(jpegs[0], whole), make.with_segments(
            jpegs[0], make.segment(0xe1, b"Exif\0\0" + exif_blocks[0]))]
        jpegs += [make.jpeg(16, 24, "-sample", "1x1"), make.jpeg(9, 7, "-rgb"),
                  make.jpeg(17, 9, "-sample", "2x1", "-optimize", "-progressive")]
    return pngs, jpegs


def main():
    blocks, icc = exifs(), profiles()
    pngs, jpegs = pictures(blocks, icc[2])
    put("exif", *blocks)
    put("icc", *icc)
    put("png", *pngs)
    put("jpeg", *jpegs)
    put("model", *networks())
    put("compare", *(
        bytes((3, 3, options)) + struct.pack(">H", len(one)) + one + two
        for options, one, two in (
            (0, make.png(16, 14, 8, 2, seed=1), make.png(16, 14, 8, 2, seed=2)),
            (0x7b, make.png(24, 24, 8, 0, seed=3), make.png(20, 24, 8, 2)),
            (0x9d, make.png(30, 30, 8, 2, seed=5), jpegs[0] if jpegs else b""),
            (0x42, make.png(40, 40, 16, 2), make.png(40, 40, 16, 2, seed=7)))))
    table = make.tables()
    put("csv", *table.values(), b"\xef\xbb\xbfa,\"b\r\n\"\"\"\n\n1,\r\n")
    put("timetable", table["series"])
    put("roster", table["calibrate"])
    put("manifest", table["manifest"],
        b"pair_id,before,after,before_2,after_8,skin,skin_after,px_per_mm,"
        b"landmarks,landmarks_after,site_profile,card,treated,polarised\n"
        b"1,a,b,c,d,all,e,4,,,f,\"1,2,3,4,5,6,7,8\",\"cheek_l,nose\",yes\n")
    put("ratings", b"%%\n".join((table["ratings"], table["key"],
                                 table["results"])))
    put("stats", table["results"],
        table["results"].replace(b"scale,", b"by,").replace(b"linear", b"x"))
    put("landmarks", make.landmarks(68), make.landmarks(478)[:6200],
        b"s# skin\n1 1\n60,2\n50 70\n")
    put("site", (HERE / "seed-site.json").read_bytes(), b"[1,{\"a\":[null]}]")
    put("plan", (HERE / "seed-plan.txt").read_bytes())
    put("part", (HERE / "seed-part.txt").read_bytes())


main()
