# SPDX-License-Identifier: BSD-2-Clause
"""Whole processes, run in turn."""
import os
import statistics
import subprocess
import time

CLEAN = 0.06  # share of the machine that others may take


def _busy():
    with open("/proc/stat", encoding="ascii") as stat:
        field = [int(f) for f in stat.readline().split()[1:9]]
    return (sum(field) - field[3] - field[4]) / os.sysconf("SC_CLK_TCK")


def once(command):
    """Seconds, megabytes and the others' share of the machine; None if it
    failed."""
    threads = command[command.index("-j") + 1] if "-j" in command else "2"
    before, begun = _busy(), time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL,
                          stderr=subprocess.DEVNULL,
                          env=dict(os.environ, OMP_NUM_THREADS=threads)) as job:
        _, status, use = os.wait4(job.pid, 0)
        job.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - begun
    own = use.ru_utime + use.ru_stime
    others = max(0.0, _busy() - before - own) / (wall * (os.cpu_count() or 1))
    if job.returncode not in (0, 5):
        return None
    return {"wall": wall, "cpu": own, "sys": use.ru_stime,
            "peak_mb": use.ru_maxrss / 1024.0, "others": others,
            "faults": use.ru_minflt}


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
            continue
        found[name] = {key: statistics.median(r[key] for r in use)
                       for key in use[0]}
        found[name].update(runs=len(all_runs), clean=len(clean),
                           least=min(r["wall"] for r in use),
                           most=max(r["wall"] for r in use))
    return found
