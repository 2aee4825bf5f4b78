# SPDX-License-Identifier: BSD-2-Clause
"""Whole processes, run in turn."""
import json
import os
import statistics
import subprocess
import sys

CLEAN = 0.06  # share of the machine that others may take

# A process counts as its own peak what its parent held when it began, so the
# parent is one that holds little: this, which says what its child took.
LAUNCH = """
import json, os, sys, time
def busy():
    with open("/proc/stat", encoding="ascii") as stat:
        field = [int(f) for f in stat.readline().split()[1:9]]
    return (sum(field) - field[3] - field[4]) / os.sysconf("SC_CLK_TCK")
nowhere = os.open(os.devnull, os.O_RDWR)
before, begun = busy(), time.perf_counter()
child = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ, file_actions=[
    (os.POSIX_SPAWN_DUP2, nowhere, 1), (os.POSIX_SPAWN_DUP2, nowhere, 2)])
_, status, use = os.wait4(child, 0)
wall = time.perf_counter() - begun
print(json.dumps([wall, busy() - before, os.waitstatus_to_exitcode(status),
                  use.ru_utime, use.ru_stime, use.ru_maxrss, use.ru_minflt]))
"""


def once(command):
    """Seconds, megabytes and the others' share of the machine; None if it
    failed."""
    threads = command[command.index("-j") + 1] if "-j" in command else "2"
    told = subprocess.run([sys.executable, "-I", "-S", "-c", LAUNCH, *command],
                          text=True, check=True, stdout=subprocess.PIPE,
                          env=dict(os.environ, OMP_NUM_THREADS=threads))
    wall, busy, code, user, system, peak_kb, faults = json.loads(told.stdout)
    own = user + system
    others = max(0.0, busy - own) / (wall * (os.cpu_count() or 1))
    if code not in (0, 5):
        return None
    return {"wall": wall, "cpu": own, "sys": system, "peak_mb": peak_kb / 1024.0,
            "others": others, "faults": faults}


def in_turn(commands, rounds):
    """Medians of `rounds` runs of each, A B C A B C ..., after one that does not
    count where there are more."""
    taken = {name: [] for name in commands}
    for i in range(rounds + (rounds > 1)):
        for name, command in commands.items():
            run = once(command)
            if run and (i or rounds == 1):
                taken[name].append(run)
    found = {}
    for name, all_runs in taken.items():
        clean = [r for r in all_runs if r["others"] < CLEAN]
        use = clean or all_runs
        if not use:
            print(f"speed: {name} did not end well and is left out: "
                  f"{commands[name][0]}", file=sys.stderr)
            continue
        found[name] = {key: statistics.median(r[key] for r in use)
                       for key in use[0]}
        found[name].update(runs=len(all_runs), clean=len(clean),
                           least=min(r["wall"] for r in use),
                           most=max(r["wall"] for r in use))
    return found
