# SPDX-License-Identifier: BSD-2-Clause
"""Files for malformed.py: one good one of each kind, and bombs."""
import random
import shutil
import struct
import subprocess
import zlib

SIGNATURE = b"\x89PNG\r\n\x1a\n"
# Grey of 1 bit to colour with alpha of 16: bits of a pixel by (type, depth).
SAMPLES = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}


def chunk(kind, body):
    return (struct.pack(">I", len(body)) + kind + body +
            struct.pack(">I", zlib.crc32(kind + body)))


def head(width, height, depth, colour, interlaced=0):
    return SIGNATURE + chunk(b"IHDR", struct.pack(
        ">IIBBBBB", width, height, depth, colour, 0, 0, interlaced))


def passes(width, height, interlaced):
    """Widths and heights of what is stored one after the other."""
    if not interlaced:
        return [(width, height)]
    starts = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4),
              (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
    sizes = [((width - x + dx - 1) // dx, (height - y + dy - 1) // dy)
             for x, y, dx, dy in starts]
    return [size for size in sizes if min(size) > 0]


def png(width, height, depth, colour, interlaced=0, extra=b"", seed=1):
    draw = random.Random(seed)
    rows = bytearray()
    for wide, high in passes(width, height, interlaced):
        for _ in range(high):
            count = (wide * SAMPLES[colour] * depth + 7) // 8
            rows += b"\0" + bytes(draw.choice((180, 140, 120)) // 2
                                  for _ in range(count))
    if colour == 3:
        extra += chunk(b"PLTE", bytes(range(64)) * 3) + chunk(b"tRNS", b"\x80")
    return (head(width, height, depth, colour, interlaced) + extra +
            chunk(b"IDAT", zlib.compress(bytes(rows), 9)) + chunk(b"IEND", b""))


def jpeg(width, height, *flags):
    """By libjpeg-turbo's own encoder; None without it."""
    if not shutil.which("cjpeg"):
        return None
    draw = random.Random(2)
    samples = bytes((200, 150, 130)[i % 3] + draw.randrange(-9, 10)
                    for i in range(3 * width * height))
    return subprocess.run(
        ["cjpeg", "-quality", "80", *flags], check=True, stdout=subprocess.PIPE,
        input=b"P6 %d %d 255\n" % (width, height) + samples).stdout


def entry(tag, kind, count, value):
    return struct.pack(">HHII", tag, kind, count, value)


def exif(entries):
    """A TIFF block of two directories, with `entries` in all."""
    first = min(entries - 1, 65535)
    rest = entries - first
    after = 8 + 2 + 12 * first + 4
    body = b"MM\0*" + struct.pack(">IH", 8, first)
    body += entry(0x8769, 4, 1, after) + entry(0x10f, 2, 9, 8) * (first - 1)
    return (body + b"\0\0\0\0" + struct.pack(">H", rest) +
            entry(0x9003, 2, 0xffffffff, 0xffffffff) * rest + b"\0\0\0\0")


def segment(marker, body):
    return b"\xff" + bytes((marker,)) + struct.pack(">H", len(body) + 2) + body


def with_segments(photo, *segments):
    return photo[:2] + b"".join(segments) + photo[2:]


def pictures():
    """Name: bytes."""
    small = exif(6)
    files = {
        "PNG, 8 bits": png(12, 10, 8, 2),
        "PNG, 16 bits with alpha": png(8, 6, 16, 6),
        "PNG, palette": png(12, 10, 8, 3),
        "PNG, interlaced": png(12, 10, 8, 2, 1),
        "PNG, grey of 1 bit, EXIF": png(24, 20, 1, 0, 0, chunk(b"eXIf", small)),
    }
    plain = jpeg(16, 16)
    if plain:
        files["JPEG, baseline"] = plain
        files["JPEG, progressive"] = jpeg(16, 16, "-progressive")
        files["JPEG, grey, restarts, EXIF"] = with_segments(
            jpeg(16, 16, "-grayscale", "-restart", "1"),
            segment(0xe1, b"Exif\0\0" + small))
    return files


# ---- Bombs -------------------------------------------------------------------


def zeros(size, first=b""):
    """`size` bytes of 0 behind the first, compressed piece by piece."""
    packer = zlib.compressobj(1)
    piece = bytes(1 << 22)
    out = [packer.compress(first)]
    out += [packer.compress(piece) for _ in range(size >> 22)]
    out.append(packer.compress(bytes(size & ((1 << 22) - 1))))
    return b"".join(out) + packer.flush()


def flat_png(width, height, depth, colour):
    row = 1 + (width * SAMPLES[colour] * depth + 7) // 8
    return (head(width, height, depth, colour) +
            chunk(b"IDAT", zeros(row * height)) + chunk(b"IEND", b""))


def huge_jpeg(plain):
    """The size in its SOF0 becomes 65 500 a side."""
    at = plain.index(b"\xff\xc0") + 5
    return plain[:at] + struct.pack(">HH", 65500, 65500) + plain[at + 4:]


def many_scans(progressive, count):
    last = progressive.rindex(b"\xff\xda")
    return progressive[:-2] + progressive[last:-2] * count + b"\xff\xd9"


def bombs():
    """Name: (bytes, the exit code that is right)."""
    silent = b"icc\0\0" + zeros(512 << 20)
    frank = b"icc\0\0" + zeros(512 << 20, struct.pack(">I", 512 << 20))
    text = b"Comment\0\0" + zeros(512 << 20)
    files = {
        "PNG, 30 000 x 30 000, grey": (flat_png(30000, 30000, 8, 0), 77),
        "PNG, 20 000 x 20 000, RGB": (flat_png(20000, 20000, 8, 2), 77),
        "PNG, profile of 512 MB": (
            png(24, 20, 8, 2, 0, chunk(b"iCCP", frank)), 77),
        "PNG, profile of 512 MB that says 0": (
            png(24, 20, 8, 2, 0, chunk(b"iCCP", silent)), 0),
        "PNG, text of 512 MB": (
            png(24, 20, 8, 2, 0, chunk(b"zTXt", text)), 0),
        "PNG, EXIF of 100 000 entries": (
            png(24, 20, 8, 2, 0, chunk(b"eXIf", exif(100000))), 0),
        "PNG, 100 000 empty chunks": (
            png(24, 20, 8, 2, 0, chunk(b"vpAg", b"") * 100000), 0),
        "PNG, chunk of 2 GB that is not there": (
            head(24, 20, 8, 2) + struct.pack(">I", 0x7fffffff) + b"IDAT", 65),
    }
    plain = jpeg(32, 24)
    if plain:
        block = segment(0xe1, b"Exif\0\0" + exif(5400))
        files["JPEG, header of 65 500 x 65 500"] = (huge_jpeg(plain), 77)
        files["JPEG, 2 000 scans"] = (
            many_scans(jpeg(256, 256, "-progressive"), 2000), 77)
        files["JPEG, EXIF of 100 000 entries"] = (
            with_segments(plain, *[block] * 19), 0)
        files["JPEG, 100 000 comments"] = (
            with_segments(plain, segment(0xfe, b"x") * 100000), 0)
    return files


# ---- Tables and the like -----------------------------------------------------


def landmarks(count):
    draw = random.Random(3)
    return "".join(f"{draw.uniform(0, 24):.1f} {draw.uniform(0, 20):.1f}\n"
                   for _ in range(count)).encode()


def tables():
    """Name: bytes; files that they name are not there, so that a table which
    is read to its end is said to miss them (66)."""
    key = "picture,pair_id,visit,photo_sha256,picture_sha256\n"
    ratings = "picture,rater,rating,scale\n"
    results = ("pair_id,status,metric,region,reading,unit,before,after,change,"
               "scale,verdict,before_sha256,after_sha256\n")
    for i in range(6):
        for k, visit in enumerate(("before", "after")):
            key += f"{2 * i + k:03d},p{i},{visit},{i}a{k},0\n"
            ratings += f"{2 * i + k:03d},ann,{i % 4},\"dry, red\"\n"
            ratings += f"{2 * i + k:03d},bob,{(i + k) % 4},\"dry, red\"\n"
        results += (f"p{i},ok,redness,face,H_excess,H,0.{i}1,0.{i}2,0.01,"
                    f"linear,worse,{i}a0,{i}a1\n")
    return {name: text.encode() for name, text in {
        "key": key, "ratings": ratings, "results": results,
        "series": "visit,days,role,file,days_since_treatment,card,note\n"
                  "first,0,baseline,none/a.jpg,,,\"it said \"\"x\"\"\"\n"
                  "first,0,baseline,none/b.jpg,,\"1,2,3,2,3,4,1,4\",\n"
                  "second,28.5,visit,none/c.jpg,7,,\n",
        "calibrate": "person,visit,file,card\r\n"
                     "a,1,none/1.jpg,\r\na,2,none/2.jpg,\r\n"
                     "b,1,none/3.jpg,\"1,2,3,2,3,4,1,4\"\r\n",
        "manifest": "pair_id,before,after,days,preset,note\n"
                    "p1,a.png,b.png,30,acne,\"a, \"\"b\"\"\"\n"
                    "p2,c.png,d.png,,,\xe4\n"}.items()}
