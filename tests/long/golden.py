#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Readings of sixteen pairs: the same bytes whatever computes them, and the
readings that are kept.

    tests/long/golden.py PHANTOM CUTIS [CUTIS...] [--full] [--write]
                         [--only WORD] [--jobs N] [--minutes M]
                         [--golden FILE] [--out FILE]

Eight pairs of the phantom PHANTOM and eight that are drawn here in integers are
compared by each command CUTIS, with each instruction set that this machine has;
with --full by 1, 2, 5 and 8 threads each, else by one of these numbers in turn.
A command for another processor, run by an emulator, says which sets that has:
CUTIS=c,neon.  --only takes the pairs whose name has that word.
Every pair's JSON must have the same bytes in all of these runs, and its numbers
must be those of golden.json; --write keeps the first command's as that.
Pictures are files of which every byte is made here, so that only cutis computes.
A phantom that is drawn otherwise, by other maths libraries, is compared among
the commands only.  --out writes every SHA-256, for another machine's beside it.
--minutes begins no run after so long.  Needs NumPy and Pillow.
"""
import argparse
import hashlib
import itertools
import json
import platform
import struct
import subprocess
import sys
import tempfile
import zlib
from collections import defaultdict
from pathlib import Path

import numpy as np
from PIL import Image

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent.parent / "bench"))
import crew  # noqa: E402

# Instruction sets, and what the kernel calls what they need.
ISAS = {"x86_64": {"c": "", "avx2": "avx2", "avx512": "avx512vl"},
        "aarch64": {"c": "", "neon": ""}}
THREADS = (1, 2, 5, 8)
SMALL = ("--size", "560x720", "--px-per-mm", "3.2", "--oversample", "1")
# The middle of a cheek, as large as pores and lines need it.
CLOSE = ("--size", "520x480", "--px-per-mm", "12.4", "--shift", "36,-14")
PATCH = ("--skin", "all", "--px-per-mm", "12.4")
# name: options of the phantom, options of the comparison
PHANTOMS = {
    "very light, redness": (SMALL + ("--tone", "58", "--redness", "0.5",
                                     "--treat-redness", "0.5"),
                            ("--preset", "redness")),
    "light, nothing changed": (SMALL + ("--tone", "45"), ()),
    "intermediate, spots": (SMALL + ("--tone", "35", "--spots", "90",
                                     "--treat-spots", "0.5"),
                            ("--preset", "sun_damage", "--days", "60")),
    "tan, papules": (SMALL + ("--tone", "20", "--papules", "15",
                              "--treat-papules", "0.3"),
                     ("--preset", "acne", "--treated", "cheek_l,cheek_r")),
    "brown, melasma": (SMALL + ("--tone", "-5", "--melasma", "0.5",
                                "--treat-melasma", "0.6"),
                       ("--preset", "uneven_tone")),
    "dark, two lamps": (SMALL + ("--tone", "-40", "--light",
                                 "-40,25,0.7/40,10,0.3"), ()),
    "close, pores and scars": (CLOSE + ("--pores", "70", "--scars", "60",
                                        "--treat-pores", "0.7",
                                        "--treat-scars", "0.7"),
                               ("--preset", "acne_scars") + PATCH),
    "close, lines and scales": (CLOSE + ("--wrinkles", "2", "--flakes", "300",
                                         "--treat-wrinkles", "0.6",
                                         "--treat-flakes", "0.5"),
                                ("--preset", "wrinkles") + PATCH),
}
# Centre and radii in thousandths of the side, and colour.
HEAD = ((500, 460, 270, 380, (60, 40, 30)), (500, 520, 230, 330, (220, 180, 160)),
        (405, 410, 60, 14, (70, 50, 40)), (405, 460, 45, 20, (245, 245, 245)),
        (405, 460, 20, 20, (50, 40, 30)), (595, 410, 60, 14, (70, 50, 40)),
        (595, 460, 45, 20, (245, 245, 245)), (595, 460, 20, 20, (50, 40, 30)),
        (500, 560, 30, 60, (235, 195, 175)), (480, 612, 12, 8, (120, 80, 70)),
        (520, 612, 12, 8, (120, 80, 70)), (500, 700, 85, 24, (180, 90, 90)))


# ---- Pictures ----------------------------------------------------------------

def png(path, rgb):
    """A PNG that no library packs: the same bytes everywhere."""
    height, width = rgb.shape[:2]
    rows = np.zeros((height, 1 + 3 * width), np.uint8)
    rows[:, 1:] = rgb.reshape(height, -1)
    data, packed = rows.tobytes(), b"\x78\x01"
    for at in range(0, len(data), 65535):
        part = data[at:at + 65535]
        packed += struct.pack("<BHH", at + 65535 >= len(data), len(part),
                              len(part) ^ 0xFFFF) + part
    packed += struct.pack(">I", zlib.adler32(data))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    with open(path, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n")
        for name, body in ((b"IHDR", head), (b"IDAT", packed), (b"IEND", b"")):
            file.write(struct.pack(">I", len(body)) + name + body +
                       struct.pack(">I", zlib.crc32(name + body)))


def scatter(seed, count, most):
    """Numbers in 0..most - 1 by a generator of the simplest kind."""
    out, state = [], 2 * seed + 1
    for _ in range(count):
        state = (state * 6364136223846793005 + 1442695040888963407) % 2 ** 64
        out.append((state >> 33) % most)
    return np.array(out, np.int64)


def grain(seed, shape, most):
    """-most..most at every pixel, by mixing its number's bits."""
    n = np.arange(shape[0] * shape[1] * 3, dtype=np.uint64)
    n = (n + np.uint64(seed << 32)) * np.uint64(0x9E3779B97F4A7C15)
    n ^= n >> np.uint64(29)
    n *= np.uint64(0xBF58476D1CE4E5B9)
    return ((n >> np.uint64(40)) % np.uint64(2 * most + 1)).astype(
        np.int64).reshape(*shape, 3) - most


def dot(picture, x, y, radius, change):
    """Changes a disk, most in its middle."""
    x0, y0 = max(x - radius, 0), max(y - radius, 0)
    part = picture[y0:y + radius + 1, x0:x + radius + 1]
    v, u = np.mgrid[y0 - y:y0 - y + part.shape[0], x0 - x:x0 - x + part.shape[1]]
    rest = np.maximum(radius * radius - u * u - v * v, 0)
    part += rest[..., None] * np.array(change) // (radius * radius)


def head(seed, after):
    """A drawn face with spots; three in four of them are fainter after."""
    size = 1000
    y, x = (2 * np.mgrid[:size, :size].astype(np.int64) + 1) * 500 // size
    out = np.full((size, size, 3), 120, np.int64)
    for cx, cy, rx, ry, colour in HEAD:
        inside = ((x - cx) * ry) ** 2 + ((y - cy) * rx) ** 2 < (rx * ry) ** 2
        out[inside] = colour
    ax, ay = scatter(seed, 40, 390) + 305, scatter(seed + 50, 40, 470) + 310
    for i in range(40):
        faint = 2 if after and i % 4 else 1
        dot(out, int(ax[i]), int(ay[i]), 6 + i % 8,
            [c // faint for c in (-30, -45, -40)])
    return out + x[..., None] // 60 + grain(seed + 100 * after, out.shape[:2], 2)


def patch(seed, after):
    """Drawn skin: pits, furrows, spots and a slope of light."""
    height, width = 440, 480
    y, x = np.mgrid[:height, :width].astype(np.int64)
    out = np.zeros((height, width, 3), np.int64)
    out += np.array([200 - 12 * seed, 160 - 14 * seed, 140 - 15 * seed])
    weak = 7 if after else 10
    px, py = scatter(seed, 500, width), scatter(seed + 50, 500, height)
    for i in range(500):
        dot(out, int(px[i]), int(py[i]), 2 + i % 3, [-4 * weak] * 3)
    for i, at in enumerate(scatter(seed + 70, 6, height)):
        off = np.abs(y - at - x * (i - 2) // 8 - x * x // 2400)
        out -= (np.maximum(4 - off, 0) * weak)[..., None]
    for i, at in enumerate(scatter(seed + 90, 12, height - 80)):
        dot(out, 30 + 36 * i, int(at) + 40, 10 + i, (-20, -35, -30))
    return out + (x + y)[..., None] // 60 + \
        grain(seed + 100 * after, out.shape[:2], 3)


def written(folder, pictures):
    """Files of before and after, and what they are told apart by."""
    folder.mkdir(parents=True, exist_ok=True)
    files = [folder / "before.png", folder / "after.png"]
    for file, picture in zip(files, pictures):
        png(file, np.uint8(np.clip(picture, 0, 255)))
    return files, [hashlib.sha256(f.read_bytes()).hexdigest() for f in files]


def pairs(phantom, folder, only):
    """(name, files, their SHA-256, options) of each pair."""
    for seed, (name, (options, words)) in enumerate(PHANTOMS.items(), 1):
        if only not in f"phantom {seed}: {name}":
            continue
        place = folder / f"phantom{seed}"
        subprocess.run([phantom, "pair", "--seed", str(seed), *options, "--png",
                        "8", "--threads", "1", "-o", place], check=True,
                       stdout=subprocess.DEVNULL, timeout=crew.LONGEST)
        yield f"phantom {seed}: {name}", *written(place, (
            np.asarray(Image.open(place / f"{which}.png").convert("RGB"))
            for which in ("before", "after"))), words
    for seed, (number, what, draw, words) in itertools.product(
            range(1, 5), ((0, "head", head, ()), (4, "skin", patch, PATCH))):
        name = f"drawn {seed + number}: {'a ' * (not number)}{what}"
        if only in name:
            yield name, *written(folder / f"{what}{seed}",
                                 (draw(seed, i) for i in (0, 1))), words


# ---- Readings ----------------------------------------------------------------

def numbers(text):
    """What is kept of a result: all numbers' SHA-256, the face's in full."""
    rows = [[m[k] for k in ("metric", "region", "before", "after", "change", "se",
                            "p_adjusted", "verdict")]
            for m in json.loads(text)["measurements"]]
    return {"numbers": hashlib.sha256(json.dumps(rows).encode()).hexdigest(),
            "face": {r[0]: r[2:6] + r[7:] for r in rows if r[1] == "face"}}


def moved(kept, found):
    """Which of the face's readings differ, in words."""
    out = [f"{k}: {kept['face'].get(k)} became {found['face'].get(k)}"
           for k in {**kept["face"], **found["face"]}
           if kept["face"].get(k) != found["face"].get(k)]
    return out or ["a region's reading, or what is not shown here"]


def sets():
    """The instruction sets of this machine."""
    info = Path("/proc/cpuinfo")
    flags = info.read_text(encoding="ascii").split() if info.exists() else []
    return [isa for isa, flag in ISAS.get(platform.machine(), {"c": ""}).items()
            if not flag or flag in flags]


def command(text):
    """(path, its instruction sets, or none named) of PATH or PATH=c,neon."""
    path, _, named = text.partition("=")
    return path, [isa for isa in named.split(",") if isa]


def runs(args, chosen):
    """(pair, command, set, threads) of every run, pair after pair."""
    print(f"sets: {' '.join(sets())}", flush=True)
    turn = itertools.count()
    for pair in chosen:
        for path, isa in ((path, isa) for path, named in args.cutis
                          for isa in named or sets()):
            for threads in THREADS if args.full else (
                    THREADS[next(turn) % len(THREADS)],):
                yield pair, path, isa, threads


def judged(pair, outputs, golden, args):
    """What is wrong with a pair, and what is to be kept of it."""
    name, _, pictures, _ = pair
    by_hash = defaultdict(list)
    for how, text in outputs:
        by_hash[text and hashlib.sha256(text.encode()).hexdigest()].append(how)
    wrong = [f"no result: {h}" for h in by_hash.pop(None, [])]
    if len(by_hash) > 1:
        wrong += [f"{digest[:12]}: {hows}" for digest, hows in by_hash.items()]
    if not by_hash:
        return wrong or ["not run"], None, []
    found = {"pictures": pictures,
             **numbers(next(text for _, text in outputs if text))}
    kept, note = golden.get(name), ""
    if not args.write:
        if kept is None:
            wrong.append("nothing is kept of it")
        elif kept["pictures"] != pictures:
            if name.startswith("phantom"):
                note = "; drawn otherwise than what is kept: SKIPPED"
            else:
                wrong.append("its pictures are drawn otherwise")
        elif kept != found:
            wrong += moved(kept, found)
    print(f"{'not ok' if wrong else 'ok'}: {name}: {len(outputs)} runs, "
          f"{len(by_hash)} result{note}", flush=True)
    return wrong, found, sorted(by_hash)


def study(args, folder):
    golden = json.loads(args.golden.read_text(encoding="utf-8")) \
        if args.golden.exists() and not args.write else {}
    chosen = list(pairs(args.phantom, folder, args.only))
    outputs = defaultdict(list)

    def run(one):
        pair, cutis, isa, threads = one
        return crew.command([cutis, "compare", *pair[1], *pair[3], "-f", "json",
                             "-q", "--isa", isa, "-j", threads])

    for one, text, error in crew.share_out(run, runs(args, chosen), args.jobs,
                                           crew.Clock(args.minutes)):
        pair, *how = one
        outputs[pair[0]].append((" ".join(str(h) for h in how),
                                 None if error else text))
    return {pair[0]: judged(pair, outputs[pair[0]], golden, args)
            for pair in chosen}, sum(len(v) for v in outputs.values())


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("phantom")
    parser.add_argument("cutis", nargs="+", type=command)
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--only", default="")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--minutes", type=float)
    parser.add_argument("--golden", type=Path, default=HERE / "golden.json")
    parser.add_argument("--out", type=Path)
    args = parser.parse_args()
    if args.write and args.only:
        parser.error("--write keeps all pairs")
    if any(named for _, named in args.cutis):
        crew.LONGEST = 7200  # s: what an emulator may take
    with tempfile.TemporaryDirectory() as folder:
        said, count = study(args, Path(folder))
    wrong = [f"{name}: {w}" for name, (all_wrong, *_) in said.items()
             for w in all_wrong]
    if args.write and not wrong:
        args.golden.write_text(json.dumps(
            {k: v[1] for k, v in said.items()}, indent=1) + "\n",
            encoding="utf-8")
    if args.out:
        args.out.write_text(json.dumps({k: v[2] for k, v in said.items()},
                                       indent=1) + "\n", encoding="utf-8")
    print(f"{len(said)} pairs, {count} runs, {len(wrong)} wrong")
    sys.exit("\n".join(wrong) if wrong else 0)


if __name__ == "__main__":
    main()
