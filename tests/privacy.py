#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Words that no output may hold, in photographs and in their names.

    privacy.py plant IN OUT     photographs of IN (before.jpg, after.jpg), with
                                words in all that a file can say of itself, in
                                folders named after a person, and tables of them
    privacy.py look OUT FILE... finds the words in FILEs, which may be folders:
                                plain, as UTF-16, Base64, hexadecimal, escaped,
                                compressed; and what pictures hold beside pixels
    privacy.py control OUT      every word, in every way of writing it, is found
                                in what was planted and in copies made for it
    privacy.py calls LOG DIR... the system calls of strace's LOG: no network, no
                                other program, and no file outside of the DIRs
                                and of what the system itself reads
"""
import base64
import io
import re
import struct
import sys
import zlib
from pathlib import Path

PERSON = "Zo\u00eb Pet\u0159\u00e1kov\u00e1"
WORDS = {
    "person": "Pet\u0159\u00e1kov\u00e1",
    "birthday": "1961-03-04", "file name": "Leberfleck",
    "artist": "PlantArtistQ", "copyright": "PlantCopyrightQ",
    "description": "PlantDescriptionQ", "comment": "PlantUserCommentQ",
    "author": "PlantXPAuthorQ", "owner": "PlantOwnerQ",
    "serial": "SN-4711-0815-Q", "lens serial": "LS-1234-9876-Q",
    "make": "PlantMakeQ", "model": "PlantModelQ", "lens": "PlantLensQ",
    "software": "PlantSoftwareQ", "maker note": "PlantMakerNoteQ",
    "unique id": "0123456789abcdef0123456789abcd42",
    "place": "PlantPlaceQ", "place date": "2019:07:22",
    "time": "2019:07:23 11:22:33", "time, written otherwise": "2019-07-23",
    "thumbnail": "PlantThumbnailQ", "JPEG comment": "PlantCOMQ",
    "XMP": "PlantXMPQ", "IPTC": "PlantIPTCQ", "profile": "PlantProfileQ",
    "tEXt": "PlantTextQ", "zTXt": "PlantPackedTextQ", "iTXt": "PlantI\u00dfTextQ",
}
# Not as letters in any file: written otherwise, or in names alone.
NAMES = {"person", "birthday", "file name"}
ELSEWHERE = NAMES | {"time, written otherwise"}
GPS = struct.pack("<6I", 48, 1, 8, 1, 1377, 100)  # 48 deg 8' 13.77"


# ---- Planting -----------------------------------------------------------------

def ifd(entries, at, after=0):
    """An IFD at offset `at`: (tag, type, count, bytes), little endian."""
    head = struct.pack("<H", len(entries))
    extra, table = b"", b""
    where = at + 2 + 12 * len(entries) + 4
    for tag, kind, count, data in sorted(entries):
        if len(data) <= 4:
            value = data.ljust(4, b"\0")
        else:
            value = struct.pack("<I", where + len(extra))
            extra += data + b"\0" * (len(data) % 2)
        table += struct.pack("<HHI", tag, kind, count) + value
    return head + table + struct.pack("<I", after) + extra


def text(tag, word):
    data = word.encode() + b"\0"
    return tag, 2, len(data), data


def blob(tag, data, kind=7):
    return tag, kind, len(data), data


def number(tag, value):
    return tag, 4, 1, struct.pack("<I", value)


def tiff(thumbnail):
    wide = (WORDS["author"] + "\0").encode("utf-16le")
    inner = [
        blob(0x9286, b"ASCII\0\0\0" + WORDS["comment"].encode()),
        blob(0x927c, WORDS["maker note"].encode()),
        text(0xa430, WORDS["owner"]), text(0xa431, WORDS["serial"]),
        text(0xa434, WORDS["lens"]), text(0xa435, WORDS["lens serial"]),
        text(0xa420, WORDS["unique id"]), text(0x9003, WORDS["time"]),
        (0x829a, 5, 1, struct.pack("<II", 1, 125)),
        (0x8827, 3, 1, struct.pack("<HH", 200, 0)),
    ]
    place = [
        text(1, "N"), (2, 5, 3, GPS), text(3, "E"), (4, 5, 3, GPS),
        blob(0x1c, b"ASCII\0\0\0" + WORDS["place"].encode()),
        text(0x1d, WORDS["place date"]),
    ]

    def outer(at_inner, at_place):
        return [
            text(0x010e, WORDS["description"]), text(0x010f, WORDS["make"]),
            text(0x0110, WORDS["model"]), text(0x0131, WORDS["software"]),
            text(0x0132, WORDS["time"]), text(0x013b, WORDS["artist"]),
            text(0x8298, WORDS["copyright"]), blob(0x9c9d, wide, 1),
            number(0x8769, at_inner), number(0x8825, at_place),
        ]
    first = len(ifd(outer(0, 0), 8))
    at_inner = 8 + first
    at_place = at_inner + len(ifd(inner, at_inner))
    at_next = at_place + len(ifd(place, at_place))
    small = [number(0x0201, at_next + 2 + 24 + 4),
             number(0x0202, len(thumbnail))]
    return (b"II*\0" + struct.pack("<I", 8) +
            ifd(outer(at_inner, at_place), 8, at_next) +
            ifd(inner, at_inner) + ifd(place, at_place) +
            ifd(small, at_next) + thumbnail)


def segment(marker, data):
    return b"\xff" + bytes([marker]) + struct.pack(">H", len(data) + 2) + data


def profile():
    """sRGB of Pillow's with another name and another red, so that lcms2 has it."""
    from PIL import ImageCms
    old = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    count = int.from_bytes(old[128:132], "big")
    tags = {}
    for i in range(count):
        name, at, size = struct.unpack(">4sII", old[132 + 12 * i:144 + 12 * i])
        tags[name] = old[at:at + size]
    tags[b"rXYZ"] = tags[b"rXYZ"][:8] + (31000).to_bytes(4, "big") + \
        tags[b"rXYZ"][12:]
    word = WORDS["profile"].encode("utf-16be")
    tags[b"desc"] = (b"mluc\0\0\0\0" + struct.pack(">II", 1, 12) + b"enUS" +
                     struct.pack(">II", len(word), 28) + word)
    tags[b"cprt"] = b"text\0\0\0\0" + WORDS["profile"].encode() + b"\0"
    table, body = struct.pack(">I", len(tags)), b""
    at = 128 + 4 + 12 * len(tags)
    for name, data in tags.items():
        table += struct.pack(">4sII", name, at + len(body), len(data))
        body += data + b"\0" * (-len(data) % 4)
    whole = old[4:128] + table + body
    return struct.pack(">I", len(whole) + 4) + whole


def iptc():
    word = WORDS["IPTC"].encode()
    record = b"\x1c\x02\x50" + struct.pack(">H", len(word)) + word
    return (b"Photoshop 3.0\0" + b"8BIM\x04\x04\0\0" +
            struct.pack(">I", len(record)) + record + b"\0" * (len(record) % 2))


def xmp():
    return ('<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf='
            '"http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description '
            f'photoshop:AuthorsPosition="{WORDS["XMP"]}"/></rdf:RDF>'
            '</x:xmpmeta>').encode()


def plant_jpeg(plain, with_profile):
    """Takes off what the file says of itself, puts on what we say."""
    from PIL import Image
    small = io.BytesIO()
    Image.new("RGB", (16, 16), (1, 2, 3)).save(small, "JPEG")
    thumbnail = (small.getvalue()[:2] +
                 segment(0xfe, WORDS["thumbnail"].encode()) +
                 small.getvalue()[2:])
    at = 2
    while plain[at + 1] in range(0xe0, 0xf0) or plain[at + 1] == 0xfe:
        at += 2 + int.from_bytes(plain[at + 2:at + 4], "big")
    said = (segment(0xe1, b"Exif\0\0" + tiff(thumbnail)) +
            segment(0xe1, b"http://ns.adobe.com/xap/1.0/\0" + xmp()) +
            segment(0xed, iptc()) +
            segment(0xfe, WORDS["JPEG comment"].encode()))
    if with_profile:
        said += segment(0xe2, b"ICC_PROFILE\0\1\1" + profile())
    return plain[:2] + said + plain[at:]


def chunk(kind, data):
    return (struct.pack(">I", len(data)) + kind + data +
            struct.pack(">I", zlib.crc32(kind + data)))


def plant_png(picture):
    plain = io.BytesIO()
    picture.save(plain, "PNG")
    said = (chunk(b"iCCP", b"x\0\0" + zlib.compress(profile())) +
            chunk(b"tEXt", b"Author\0" + WORDS["tEXt"].encode()) +
            chunk(b"zTXt", b"Comment\0\0" +
                  zlib.compress(WORDS["zTXt"].encode())) +
            chunk(b"iTXt", b"Title\0\0\0\0\0" + WORDS["iTXt"].encode()) +
            chunk(b"tIME", struct.pack(">H5B", 2019, 7, 23, 11, 22, 33)) +
            chunk(b"eXIf", tiff(b"")))
    return plain.getvalue()[:33] + said + plain.getvalue()[33:]


def plant(source, out):
    from PIL import Image
    home = out / f"{PERSON} 1961-03-04"
    home.mkdir(parents=True)
    plain = {name: (source / f"{name}.jpg").read_bytes()
             for name in ("before", "after")}
    names = {}
    for name, with_profile in (("before", True), ("after", False)):
        names[name] = f"Leberfleck {PERSON} {name}.jpg"
        (home / names[name]).write_bytes(plant_jpeg(plain[name], with_profile))
    (home / "Leberfleck.png").write_bytes(
        plant_png(Image.open(source / "after.jpg")))
    cut = (home / names["before"]).read_bytes()
    (home / "Leberfleck cut.jpg").write_bytes(cut[:len(cut) * 3 // 4])
    folder = home.name
    before, after = (f"{folder}/{names[n]}" for n in ("before", "after"))
    (out / "pairs.csv").write_text(
        "pair_id,before,after,clinic\n"
        f"p1,{before},{after},north\n"
        f"p2,{before},{folder}/Leberfleck.png,south\n"
        f"p3,{before},{folder}/Leberfleck cut.jpg,south\n"
        f"p4,{before},{folder}/Leberfleck none.jpg,north\n")
    (out / "plan.csv").write_text(
        "visit,days,role,file\n"
        f"first,0,baseline,{before}\nlast,84,visit,{after}\n")
    (out / "people.csv").write_text(
        f"person,file\np1,{before}\np1,{after}\n")


# ---- Looking ------------------------------------------------------------------

def base64_cores(data):
    """What all Base64 of something with these bytes inside has in it."""
    for lead in range(3):
        code = base64.b64encode(b"\0" * lead + data + b"\0\0").rstrip(b"=")
        yield code[-(-lead * 8 // 6):(lead + len(data)) * 8 // 6]


def ways(word):
    """(how, bytes, whether case counts)."""
    plain = word.encode()
    yield "UTF-8", plain.lower(), False
    yield "UTF-16LE", word.encode("utf-16le").lower(), False
    yield "UTF-16BE", word.encode("utf-16be").lower(), False
    for i, core in enumerate(base64_cores(plain)):
        yield f"Base64, {i}", core, True
    yield "hexadecimal", plain.hex().encode(), False
    if not word.isascii():
        yield "Latin-1", word.encode("latin-1", "replace").lower(), False
        yield "JSON", word.encode("ascii", "backslashreplace").lower().replace(
            b"\\x", b"\\u00"), False
        yield "HTML", word.encode("ascii", "xmlcharrefreplace").lower(), False
        yield "URL", "".join(c if c.isascii() else "".join(
            f"%{b:02x}" for b in c.encode()) for c in word).lower().encode(), \
            False


NEEDLES = [(name, how, needle, case) for name, word in WORDS.items()
           for how, needle, case in ways(word)
           if not (how == "Latin-1" and b"?" in needle)]
NEEDLES.append(("place", "numbers", GPS, True))
# Most words begin alike: where not even that stands, none of them is looked for.
STEM = [(needle, case) for _, needle, case in ways("Plant")]
ALIKE = {name for name, word in WORDS.items() if word.startswith("Plant")}


def found(data):
    lower = data.lower()
    alike = any(needle in (data if case else lower) for needle, case in STEM)
    return {(name, how) for name, how, needle, case in NEEDLES
            if (alike or name not in ALIKE) and
            needle in (data if case else lower)}


def jpeg_segments(data):
    at = 2
    while at + 4 <= len(data) and data[at] == 0xff:
        marker = data[at + 1]
        size = int.from_bytes(data[at + 2:at + 4], "big")
        yield marker, data[at + 4:at + 2 + size]
        if marker == 0xda:
            return
        at += 2 + size


def png_chunks(data):
    at = 8
    while at + 12 <= len(data):
        size = int.from_bytes(data[at:at + 4], "big")
        yield data[at + 4:at + 8], data[at + 8:at + 8 + size]
        at += 12 + size


def beside_pixels(data):
    """What a picture holds that a viewer does not need to show it."""
    if data[:2] == b"\xff\xd8":
        needed = {0xc0, 0xc2, 0xc4, 0xda, 0xdb, 0xdd}
        return [f"JPEG segment {m:02x}" for m, body in jpeg_segments(data)
                if m not in needed and not (m == 0xe0 and body[:5] == b"JFIF\0"
                                            and len(body) == 14)]
    if data[:4] == b"\x89PNG":
        return [f"PNG chunk {kind.decode('latin-1')}"
                for kind, _ in png_chunks(data)
                if kind not in (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND",
                                b"sRGB")]
    return []


def unpacked(data):
    """The data, and all that is packed inside of it."""
    yield data
    for code in re.findall(rb"base64,([A-Za-z0-9+/=\s]+)", data):
        yield from unpacked(base64.b64decode(code))
    if data[:4] == b"\x89PNG":
        for kind, body in png_chunks(data):
            for at in (0, body.find(b"\0") + 2):
                if kind in (b"zTXt", b"iCCP", b"iTXt") and at:
                    try:
                        yield zlib.decompress(body[at:])
                    except zlib.error:
                        pass


def files(paths):
    for path in map(Path, paths):
        yield from (sorted(p for p in path.rglob("*") if p.is_file())
                    if path.is_dir() else [path])


def look(out, paths):
    wrong = pictures = parts = count = 0
    for path in files(paths):
        count += 1
        for name, how in found(str(path.relative_to(out)).encode()):
            print(f"privacy: the name {path} tells the {name}")
            wrong += 1
        for data in unpacked(path.read_bytes()):
            parts += 1
            pictures += data[:2] == b"\xff\xd8" or data[:4] == b"\x89PNG"
            for what in [f"{name} ({how})" for name, how in found(data)] + \
                    beside_pixels(data):
                print(f"privacy: {path} holds {what}")
                wrong += 1
    print(f"privacy: {count} files, {parts} parts, {pictures} pictures, "
          f"{len(NEEDLES)} needles: {wrong} found")
    return wrong or count == 0


def control(out):
    """The search can find: in the photographs, and in copies of each way."""
    seen = set()
    for path in files([out]):
        seen |= {name for name, _ in found(str(path).encode())}
        for data in unpacked(path.read_bytes()):
            seen |= {name for name, _ in found(data)}
    missed = [name for name in WORDS
              if name not in seen and name not in ELSEWHERE - NAMES]
    for name, word in WORDS.items():
        plain = word.encode()
        copies = [b"abc" * i + plain + b"x" * j for i in range(2)
                  for j in range(2)]
        copies += [base64.b64encode(b"x" * i + plain + b"yz") for i in range(3)]
        copies += [plain.upper().decode().encode("utf-16le"),
                   b"=" + word.encode("utf-16be"),
                   plain.hex().upper().encode()]
        missed += [f"{name}, copy {i}" for i, copy in enumerate(copies)
                   if name not in {n for n, _ in found(copy)}]
    jpeg = next(p for p in files([out]) if p.suffix == ".jpg")
    page = b'<img src="data:image/jpeg;base64,' + \
        base64.b64encode(jpeg.read_bytes()) + b'">'
    if not any(beside_pixels(data) for data in unpacked(page)):
        missed.append("a picture inside of a page")
    for what in missed:
        print(f"privacy: the search does not find: {what}")
    return len(missed)


# ---- System calls -------------------------------------------------------------

# What the loader, the C library and OpenMP read for themselves.
SYSTEM = re.compile(
    r"/etc/ld\.so\.(cache|preload)|"
    r"(/usr)?/lib(64)?/([\w.+-]+/)*lib[\w.+-]+\.so[\w.]*|"
    # OpenMP and malloc: how many processors, how memory is promised.
    r"/sys/devices/system/cpu/(online|possible)|"
    r"/proc/sys/vm/overcommit_memory|/sys/fs/cgroup/[\w./-]*|/dev/null|"
    # OpenMP's of LLVM: its words, and a mark that it is there once.
    r"(/usr)?/share/locale/[\w.-]+/(LC_MESSAGES/)?libomp\.cat|"
    r"/dev/shm/__KMP_REGISTERED_LIB_\d+(_\d+)?|"
    # lcms2 dates the profiles that it holds; the C library asks for the zone.
    r"/etc/localtime")
NETWORK = {
    "socket", "socketpair", "connect", "bind", "listen", "accept", "accept4",
    "sendto", "sendmsg", "sendmmsg", "recvfrom", "recvmsg", "recvmmsg",
    "getsockname", "getpeername", "setsockopt", "getsockopt", "shutdown"}


def calls(log, named):
    wrong, opened, system, programs = 0, set(), set(), 0
    folders = [str(Path(n).resolve()) for n in named]
    for line in Path(log).read_text("utf-8", "replace").splitlines():
        match = re.match(r"(?:\[pid +\d+\] |\d+ +)?(\w+)\((.*)", line)
        if not match:
            continue
        call, rest = match.groups()
        if call in NETWORK:
            print(f"privacy: {line}")
            wrong += 1
        if call in ("execve", "execveat"):
            programs += 1
        if call not in ("open", "openat", "openat2", "creat"):
            continue
        path = re.search(r'"((?:[^"\\]|\\.)*)"', rest).group(1)
        path = path.encode().decode("unicode_escape").encode("latin-1").decode()
        # Else it lies below a folder that was opened, and named.
        below = re.match(r"\d", rest) and ".." not in path.split("/")
        whole = path if below else str(Path(path).resolve())
        if SYSTEM.fullmatch(path):
            system.add(path)
        elif below or any(whole == f or whole.startswith(f + "/")
                          for f in folders):
            opened.add(whole)
        else:
            print(f"privacy: opened, but not named: {path}")
            wrong += 1
    if programs > 1:
        print(f"privacy: {programs - 1} programs were started")
        wrong += 1
    if not opened:
        print(f"privacy: {log} shows no file at all")
        wrong += 1
    return wrong, opened, system


def main():
    what, rest = sys.argv[1], sys.argv[2:]
    if what == "plant":
        plant(Path(rest[0]), Path(rest[1]))
    elif what == "look":
        return 1 if look(Path(rest[0]), rest[1:]) else 0
    elif what == "control":
        return 1 if control(Path(rest[0])) else 0
    elif what == "calls":
        wrong, opened, system = calls(rest[0], rest[1:])
        print(f"privacy: {len(opened)} files that were named, "
              f"{len(system)} of the system's")
        return 1 if wrong else 0
    return 0


sys.exit(main())
