#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Every system call of a run of the command fails, and it is killed at moments.

    tests/long/faults.py BUILD [--few N] [--part I/N] [--only WORD] [--kills N]

By faulty.c each call that opens, reads, writes, flushes, names, removes, locks
or makes a process meets, one run a fault: EIO, ENOSPC, EINTR, a call that takes
one byte only, ENOSPC from there on, and the death of its process.  Then `batch
run` and `compare` are killed at N random moments (200).  What must hold is in
fault_scenes.py.  --few takes N calls of each scene, spread; --part 2/8
those of the second of eight processes.
"""
import argparse
import os
import platform
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
import fault_scenes as fs  # noqa: E402

FAULTS = ("EIO", "ENOSPC", "EINTR", "short", "ENOSPC+", "kill")
SIZED = {"read", "pread64", "write", "pwrite64"}
KILLED = 128 + signal.SIGKILL
# What a call that fails may end with: an output, an input or the system.
FAILS = {3, 4, 66, 74, 75}


def calls_of(log):
    """[(number, name)]"""
    return [(int(number), name) for number, _, name, *_ in
            (line.split(" ", 3) for line in log.read_text().splitlines())]


def fault_each(stage, faulty, log, few, part, tally):
    stage.reset()
    stage.run([faulty, log, "0", "none"])
    calls = calls_of(Path(log))
    step = max(1, len(calls) // few) if few else 1
    own, parts = part
    chosen = calls[::step][own - 1::parts]
    runs = 0
    for number, name in chosen:
        for what in FAULTS:
            if what == "short" and name not in SIZED:
                continue
            where = f"{what} at call {number}, {name}"
            stage.reset()
            code, said = stage.run([faulty, log, str(number), what])
            if code == 124:
                continue  # the calls of two processes change places
            runs += 1
            tally[name, what] += 1
            # What cannot be removed is left.
            stage.look(where, code, said, FAILS,
                       killed=what == "kill" or "unlink" in name)
            if what in ("kill", "ENOSPC"):
                stage.again(where)
    print(f"{stage.told()}; {len(chosen)} of {len(calls)} calls",
          flush=True)


def kill_at_random(stage, wanted):
    """Killed together with its processes; resumed; the same bytes.

    A command that was done before its moment came is no kill: it tells how long
    the command takes by now, and another moment is tried."""
    begun = time.monotonic()
    stage.reset()
    stage.run([])
    whole_s = time.monotonic() - begun
    dice = random.Random(20)
    killed = tries = 0
    while killed < wanted and tries < 5 * wanted:
        tries += 1
        stage.reset()
        begun = time.monotonic()
        process = subprocess.Popen(
            [stage.cutis, *stage.scene.words], cwd=stage.folder,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True)
        try:
            process.wait(dice.uniform(0, 1.1 * whole_s))
            whole_s = time.monotonic() - begun
            continue
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
        code = process.wait()
        killed += code == -signal.SIGKILL
        code = KILLED if code == -signal.SIGKILL else code
        stage.look(f"killed, {tries}", code, "killed", {KILLED}, killed=True)
        stage.again(f"killed, {tries}")
    if killed < wanted:
        stage.say_wrong("random moments", f"killed only {killed} times")
    print(f"{stage.scene.name}: killed {killed} times in {tries} tries at "
          f"random moments within {whole_s:.3f} s", flush=True)


def build_tool(work):
    tool = work / "faulty"
    subprocess.run([os.environ.get("CC", "cc"), "-std=c11", "-O1", "-o", tool,
                    HERE.parent / "faulty.c"], check=True)
    return str(tool)


def main():
    ask = argparse.ArgumentParser()
    ask.add_argument("build", type=Path)
    ask.add_argument("--few", type=int, default=0)
    ask.add_argument("--part", default="1/1")
    ask.add_argument("--only", default="")
    ask.add_argument("--kills", type=int, default=200)
    asked = ask.parse_args()
    cutis = str((asked.build / "tools" / "cutis").resolve())
    part = [int(number) for number in asked.part.split("/")]
    wrong, tally = [], Counter()
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        pairs = work / "pairs"
        fs.make_pairs(pairs, cutis)
        traced = platform.machine() == "x86_64"
        if not traced:
            print("SKIPPED: system calls that fail: for x86-64 only")
        for scene in fs.scenes(pairs):
            if asked.only not in scene.name:
                continue
            stage = fs.Stage(scene, cutis, work)
            if traced:
                fault_each(stage, build_tool(work), str(work / "log"),
                           asked.few, part, tally)
            if asked.kills and scene.name in ("run", "compare"):
                kill_at_random(stage, asked.kills)
            for line in stage.wrong[:12]:
                print(f"NOT OK: {line}")
            wrong += stage.wrong
    by_name = Counter()
    for (call, _), count in tally.items():
        by_name[call] += count
    print("faults by call: " + ", ".join(f"{call} {count}" for call, count in
                                         sorted(by_name.items())))
    by_fault = Counter()
    for (_, what), count in tally.items():
        by_fault[what] += count
    print("by fault: " + ", ".join(f"{what} {by_fault[what]}"
                                   for what in FAULTS))
    print(f"{sum(tally.values())} faults, {len(wrong)} wrong")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
