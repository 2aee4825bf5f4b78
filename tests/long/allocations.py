#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Every allocation of a run of the command fails, whoever asks for it.

    tests/long/allocations.py BUILD [--few N] [--part I/N] [--only WORD]
                              [--faces A B]

With malloc and its kin interposed (no_memory.c), so that the command's own
allocations and those of libpng, libjpeg, lcms2 and the C library count too.
Each fails once alone and once with all that come after it.  What must hold then
is in fault_scenes.py; besides, no process may end by a signal.  --few fails N of
each scene's, spread; --part 2/8 those of the second of eight processes; --faces
adds two photographs of a face, by strides.
"""
import argparse
import os
import struct
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
import fault_scenes as fs  # noqa: E402


def write_book(path, at, good):
    path.write_bytes(struct.pack("qqqq", 0, at, good, 0))


def read_book(path):
    asked, _, _, refused = struct.unpack("qqqq", path.read_bytes()[:32])
    return asked, refused


def fail_each(stage, shim, book, few, part):
    env = {"LD_PRELOAD": str(shim), "NO_MEMORY": str(book)}
    write_book(book, -1, 0)
    stage.reset()
    stage.run([], env)
    count, _ = read_book(book)
    step = max(1, count // few) if few else 1
    own, parts = part
    points = range(0, count, step)[own - 1::parts]
    for at in points:
        for good in (0, 1):
            where = f"allocation {at}{' and after' if good else ''}"
            write_book(book, at, good)
            stage.reset()
            code, said = stage.run([], env)
            if not read_book(book)[1]:
                stage.say_wrong(where, "was not asked for")
            stage.look(where, code, said)
            if stage.scene.resumed and code != stage.scene.done:
                stage.again(where)
    print(f"{stage.told()}; {len(points)} of {count} allocations, each alone "
          f"and with all after it", flush=True)


def main():
    ask = argparse.ArgumentParser()
    ask.add_argument("build", type=Path)
    ask.add_argument("--few", type=int, default=0)
    ask.add_argument("--part", default="1/1")
    ask.add_argument("--only", default="")
    ask.add_argument("--faces", nargs=2, type=Path)
    asked = ask.parse_args()
    cutis = str((asked.build / "tools" / "cutis").resolve())
    part = [int(number) for number in asked.part.split("/")]
    wrong = []
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        shim, book = work / "no_memory.so", work / "book"
        subprocess.run([os.environ.get("CC", "cc"), "-std=c11", "-shared",
                        "-fPIC", "-O1", "-fno-builtin", "-o", shim,
                        HERE.parent / "no_memory.c"], check=True)
        pairs = work / "pairs"
        fs.make_pairs(pairs, cutis)
        faces = [path.resolve() for path in asked.faces or ()]
        for scene in fs.scenes(pairs, faces):
            if asked.only not in scene.name:
                continue
            stage = fs.Stage(scene, cutis, work)
            few = asked.few or (300 if "faces" in scene.name else 0)
            fail_each(stage, shim, book, few, part)
            for line in stage.wrong[:12]:
                print(f"NOT OK: {line}")
            wrong += stage.wrong
    print(f"{len(wrong)} wrong")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
