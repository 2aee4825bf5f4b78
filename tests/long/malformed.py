#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Malformed files through the command: its status, time and memory.

    tests/long/malformed.py CUTIS [--shared FOLDER] [--only WORD]

Every file of shared/corpora; every truncation, and every third byte changed,
of one file of each kind that cutis reads; and bombs.  Each command must end
with a status that docs/input.md has for it, within 2 s of processor time and
512 MB, and bombs that are refused within 50 ms and 32 MB; by the clock, which
is another's affair where a machine is shared, within 10 s.  Prints a line a
kind: runs, the slowest by the clock (bombs: the best of five runs) and by
processor time, the most memory (resident; never less than this script's own,
of which each run starts as a copy: the first line says how much), and how many
ended with which status.  Ends with 1 if anything did not hold.  Six minutes.
Pictures as JPEG need cjpeg.
"""
import argparse
import hashlib
import os
import resource
import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import malformed_files as make  # noqa: E402

MOST_S, MOST_MB = 2.0, 512.0
BOMB_S, BOMB_MB = 0.050, 32.0
WHOLE = ("--skin", "all", "--px-per-mm", "4")
SKIN = (*WHOLE, "-j", "1")
PICTURE = {0, 65, 69, 77}
# What waits for another thread is to sleep.
ENVIRONMENT = {**os.environ, "OMP_WAIT_POLICY": "passive"}
NOWHERE = os.open(os.devnull, os.O_RDWR)

wrong = []


def run(command):
    """Status, seconds by the clock, seconds of processor, MB."""
    begun = time.monotonic()
    child = os.posix_spawn(command[0], command, ENVIRONMENT, file_actions=[
        (os.POSIX_SPAWN_DUP2, NOWHERE, fd) for fd in (0, 1, 2)])
    resource.prlimit(child, resource.RLIMIT_CPU, (20, 20))
    _, status, used = os.wait4(child, 0)
    return (os.waitstatus_to_exitcode(status), time.monotonic() - begun,
            used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


class Kind:
    """What came of all runs of one kind."""

    def __init__(self, name, most_s=MOST_S, most_mb=MOST_MB):
        self.name, self.most_s, self.most_mb = name, most_s, most_mb
        self.statuses = Counter()
        self.wall = self.cpu = self.mb = 0.0

    def run(self, right, what, *words, times=1):
        command = [CUTIS, *map(str, words)]
        got = [run(command) for _ in range(times)]
        status = got[0][0]
        wall, cpu = min(g[1] for g in got), min(g[2] for g in got)
        mb = max(g[3] for g in got)
        self.statuses[status] += 1
        self.wall = max(self.wall, wall)
        self.cpu = max(self.cpu, cpu)
        self.mb = max(self.mb, mb)
        if status not in right or cpu > self.most_s or mb > self.most_mb or \
                wall > 5 * MOST_S:
            wrong.append(f"{self.name}: {what}: status {status} of "
                         f"{sorted(right)}, {wall * 1e3:.0f} ms, processor "
                         f"{cpu * 1e3:.0f} ms, {mb:.0f} MB")
        return status

    def show(self):
        told = ", ".join(f"{code}: {count}"
                         for code, count in sorted(self.statuses.items()))
        print(f"{self.name:40} {sum(self.statuses.values()):6} runs  "
              f"{self.wall * 1e3:5.0f} ms {self.cpu * 1e3:5.0f} ms "
              f"{self.mb:4.0f} MB   {told}", flush=True)


def wanted(name):
    return not ONLY or ONLY in name


# ---- Files of others ---------------------------------------------------------


def seldom(files):
    """Those in which a face is looked for, which takes longest."""
    return [path for i, path in enumerate(files)
            if i % 10 == 0 or path.parent.name == "exif-orientation"]


def corpora():
    folder = SHARED / "corpora"
    if not folder.is_dir():
        print(f"SKIPPED: {folder} is not there")
        return
    files = sorted(path for path in folder.rglob("*")
                   if path.is_file() and not path.name.startswith("."))
    commands = {"inspect": (PICTURE, lambda f: ("inspect", f, *SKIN)),
                "inspect --allow-truncated": (PICTURE, lambda f: (
                    "inspect", "--allow-truncated", f, *SKIN)),
                "compare, skin": ({0, 5} | PICTURE, lambda f: (
                    "compare", f, f, "-q", "-f", "json", *SKIN)),
                "check, face": ({0, 5} | PICTURE, lambda f: (
                    "check", f, f, "--allow-truncated", "-j", "1"))}
    for name, (right, words) in commands.items():
        kind = Kind(f"corpora, {name}")
        if not wanted(kind.name):
            continue
        # Large photographs without a fault are for a comparison to take its
        # time over.
        for path in seldom(files) if "face" in name else \
                files if "inspect" in name else \
                [path for path in files
                 if path.parent.name != "exif-orientation"]:
            status = kind.run(right, path, *words(path))
            if path.parent.name == "pngsuite" and name == "inspect" and \
                    path.suffix == ".png" and \
                    (status == 0) != (path.name[0] != "x"):
                wrong.append(f"{path}: status {status}")
        kind.show()


# ---- Cut short, and changed --------------------------------------------------


def variants(bytes_):
    """(is cut, at, bytes): every truncation, then every third byte changed."""
    for size in range(len(bytes_)):
        yield True, size, bytes_[:size]
    for at, byte in list(enumerate(bytes_))[::3]:
        other = b"\0\xff\"\n,9"[at % 6]
        other = other if other != byte else 0x80
        yield False, at, bytes_[:at] + bytes((other,)) + bytes_[at + 1:]


def pictures():
    for name, bytes_ in make.pictures().items():
        kind, allowed = Kind(name), Kind(f"{name}, --allow-truncated")
        if not wanted(name):
            continue
        path = WORK / "picture"
        path.write_bytes(bytes_)
        kind.run({0}, "whole", "inspect", path, *SKIN)
        for cut, at, changed in variants(bytes_):
            path.write_bytes(changed)
            what = f"{'cut' if cut else 'changed'} at {at}"
            kind.run({65} if cut else PICTURE, what, "inspect", path,
                     *SKIN)
            if cut:
                allowed.run({0, 65}, what, "inspect", "--allow-truncated", path,
                            *SKIN)
        kind.show()
        allowed.show()


def other(name, bytes_, path, whole, right, *words, before=None, step=1):
    """A file at `path`, which `words` have cutis read."""
    kind = Kind(name)
    if not wanted(name):
        return
    path.write_bytes(bytes_)
    kind.run({whole}, "whole", *words)
    for cut, at, changed in variants(bytes_):
        if at // (1 if cut else 3) % step:
            continue
        if before:
            before()
        path.write_bytes(changed)
        kind.run(right, f"{'cut' if cut else 'changed'} at {at}", *words)
    kind.show()


def tables():
    table = make.tables()
    photo = WORK / "photo.png"
    photo.write_bytes(make.png(24, 20, 8, 2))
    for count in (68, 478):
        other(f"landmarks, {count}", make.landmarks(count), WORK / "points",
              65, {0, 65}, "measure", photo, "-j", "1", "--landmarks",
              WORK / "points", step=1 if count == 68 else 17)
    other("polygon of skin", b"# x y\n1 1\n20.5,1\n20 18\n\n1 18\n",
          WORK / "points", 0, {0, 65}, "measure", photo, "--skin",
          WORK / "points", "--px-per-mm", "4", "-j", "1")
    other("plan of a series", table["series"], WORK / "t.csv", 66, {65, 66},
          "series", WORK / "t.csv")
    other("table to calibrate by", table["calibrate"], WORK / "t.csv", 66,
          {65, 66}, "calibrate", WORK / "t.csv")
    for name in ("key", "ratings", "results"):
        (WORK / f"{name}.csv").write_bytes(table[name])
    for name in ("key", "ratings", "results"):
        other(f"{name} of raters", table[name], WORK / f"{name}.csv", 0,
              {0, 65}, "batch", "ratings", WORK / "ratings.csv", "--key",
              WORK / "key.csv", "--results", WORK / "results.csv")
        (WORK / f"{name}.csv").write_bytes(table[name])
    other("table for statistics", table["results"], WORK / "t.csv", 0, {0, 65},
          "batch", "stats", WORK / "t.csv")
    run_folder = WORK / "planned"
    other("manifest", table["manifest"], WORK / "t.csv", 0, {0, 65}, "batch",
          "plan", WORK / "t.csv", "-d", run_folder, "-q",
          before=lambda: shutil.rmtree(run_folder, ignore_errors=True))


def site_profile():
    """Of three people with two photographs each."""
    people = WORK / "people"
    for person in range(3):
        (people / str(person)).mkdir(parents=True)
        for i in range(2):
            (people / str(person) / f"{i}.png").write_bytes(
                make.png(24, 24, 8, 2, seed=10 * person + i))
    path = WORK / "site.json"
    assert run([CUTIS, "calibrate", str(people), "-o", str(path),
                *SKIN])[0] == 0
    photo = people / "0" / "0.png"
    other("site profile", path.read_bytes(), path, 0, {0, 2}, "compare", photo,
          photo, "-f", "csv", "--site-profile", path, *SKIN)


def batch():
    """A run folder of a good pair and one of files that are not there."""
    folder, table = WORK / "batch", WORK / "pairs.csv"
    (WORK / "a.png").write_bytes(make.png(24, 24, 8, 2))
    table.write_text("pair_id,before,after\nfail,no.png,a.png\n"
                     "good,a.png,a.png\n")
    assert run([CUTIS, "batch", "plan", str(table), "-d", str(folder), "-q",
                "--shard-size", "1", *WHOLE])[0] == 0
    assert run([CUTIS, "batch", "run", str(folder), "-q"])[0] == 1
    keep = {path: path.read_bytes() for path in
            (folder / "plan", folder / "manifest.csv",
             folder / "shards" / "000001", folder / "shards" / "000002")}
    plan, manifest, part, large = keep
    merge = ("batch", "merge", folder, "-q")
    other("plan of a batch", keep[plan], plan, 1, {65}, *merge)
    plan.write_bytes(keep[plan])
    other("manifest of a run", keep[manifest], manifest, 1, {65}, *merge)
    manifest.write_bytes(keep[manifest])
    other("part, merged", keep[part], part, 1, {4}, *merge)
    part.write_bytes(keep[part])
    other("part of a good pair, merged", keep[large], large, 1, {4}, *merge,
          step=37)
    # One that is cut short is made anew, to the same bytes.
    kind = Kind("part, run again")
    for size in range(0, len(keep[part]) if wanted(kind.name) else 0, 7):
        part.write_bytes(keep[part][:size])
        kind.run({1}, f"cut at {size}", "batch", "run", folder, "-q")
        if part.read_bytes() != keep[part]:
            wrong.append(f"part cut at {size}: other bytes when made anew")
    kind.show()


# ---- Bombs -------------------------------------------------------------------


def made_apart(function):
    """Does it in another process: this one stays small, as its runs begin with
    its memory."""
    child = os.fork()
    if not child:
        function()
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0


def bombs():
    def write():
        for name, (bytes_, right) in make.bombs().items():
            folder = WORK / "bombs" / str(right)
            folder.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(bytes_)

    made_apart(write)
    for path in sorted((WORK / "bombs").rglob("*")):
        if path.is_dir() or not wanted(path.name):
            continue
        right = {int(path.parent.name)}
        kind = Kind(path.name, *(BOMB_S, BOMB_MB) if right != {0} else ())
        kind.run(right, "inspect", "inspect", path, *SKIN, times=5)
        kind.run(right, "damage allowed", "inspect", "--allow-truncated", path,
                 *SKIN, times=5)
        kind.show()
    shutil.rmtree(WORK / "bombs")


def sparse(path, head=b"", size=1 << 30):
    """A file of that many bytes of 0 behind `head`."""
    with open(path, "wb") as file:
        file.write(head)
        file.truncate(size)
    return path


def large_tables():
    """Files of other kinds that are as large as nobody's are."""
    photo = WORK / "photo.png"
    photo.write_bytes(make.png(24, 20, 8, 2))
    path = WORK / "large"
    folder = WORK / "folder"
    folder.mkdir()
    compare = ("compare", photo, photo, *SKIN, "--site-profile", path)
    measure = ("measure", photo, "--landmarks", path)
    series = ("series", path)
    wide = ",".join(f"c{i}" for i in range(5000)).encode()
    rows = b"person,file\n" + b"a,none.png\n" * 20000

    def filled(bytes_):
        return lambda: made_apart(lambda: path.write_bytes(bytes_))

    cases = (
        ("site profile of 1 GB", lambda: sparse(path, b"{"), {77}, compare),
        ("site profile, 60 000 levels deep", filled(b"[" * 60000), {2},
         compare),
        ("landmarks of 1 GB", lambda: sparse(path), {65}, measure),
        ("landmarks, 10 million empty lines", lambda: made_apart(
            lambda: path.write_bytes(b"\n" * 10000000)), {65},
         measure),
        ("series, a row of 1 GB", lambda: sparse(path, b"visit,"), {65},
         series),
        ("series, 5 000 columns", filled(wide + b"\n"), {65}, series),
        ("series, a field of 2 MB", filled(b"a" * (2 << 20)), {65}, series),
        ("calibrate, one person 20 000 times", filled(rows), {66},
         ("calibrate", path)),
        ("manifest of 1 GB", lambda: sparse(path, b"pair_id,"), {65},
         ("batch", "plan", path, "-d", folder / "run", "-q")),
        ("plan of 1 GB", lambda: sparse(folder / "plan", b"cutis.plan/1\n"),
         {77}, ("batch", "status", folder)),
    )
    for name, prepare, right, words in cases:
        if not wanted(name):
            continue
        prepare()
        kind = Kind(name)
        kind.run(right, "", *words)
        kind.show()
        path.unlink(missing_ok=True)


parser = argparse.ArgumentParser()
parser.add_argument("cutis", type=Path)
parser.add_argument("--shared", type=Path, default=Path("../shared"))
parser.add_argument("--only", default="")
ARGS = parser.parse_args()
CUTIS, SHARED, ONLY = str(ARGS.cutis.resolve()), ARGS.shared, ARGS.only
# In memory where that can be: what is timed is not the disk.
WORK = Path(tempfile.mkdtemp(
    dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else None))
try:
    if not shutil.which("cjpeg"):
        print("SKIPPED: malformed JPEGs: cjpeg is not there")
    floor = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{hashlib.sha256(Path(CUTIS).read_bytes()).hexdigest()[:12]}, "
          f"this script's own {floor:.0f} MB; slowest by the clock, by the "
          "processor; most memory; statuses")
    for part in (bombs, large_tables, corpora, pictures, tables, site_profile,
                 batch):
        part()
finally:
    shutil.rmtree(WORK)
for line in wrong[:60]:
    print("WRONG", line)
print(f"{len(wrong)} wrong")
sys.exit(bool(wrong))
