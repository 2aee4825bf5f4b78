# SPDX-License-Identifier: BSD-2-Clause
"""Work shared out among processes, ended by the clock, each item's result kept
as soon as it is there, so that a study that is cut off is taken up again."""
import contextlib
import fcntl
import hashlib
import json
import math
import multiprocessing
import re
import subprocess
import sys
import time
import traceback
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool

LONGEST = 600   # s that one command may take
# What the forked processes do; nothing of it needs to be sent to them.
_work = None
_items = ()


class Clock:
    """When no item is begun any more."""

    def __init__(self, minutes=None):
        self.end = math.inf if minutes is None else \
            time.monotonic() + 60 * minutes

    def over(self):
        return time.monotonic() > self.end


def _one(number, clock):
    """(done, result, what went wrong) of an item."""
    if clock.over():
        return False, None, None
    try:
        return True, _work(_items[number]), None
    except Exception:  # pylint: disable=broad-except
        last = traceback.format_exc().strip().splitlines()
        return True, None, f"{last[-1]} ({last[-3].strip()})"


def share_out(work, items, jobs, clock=Clock()):
    """Yields (item, result, error) of those that were begun in time, in the
    order in which they end.  `work` and `items` may be anything, the results
    are pickled."""
    global _work, _items  # pylint: disable=global-statement
    _work, _items = work, list(items)
    done = 0
    with ProcessPoolExecutor(
            jobs, mp_context=multiprocessing.get_context("fork")) as pool:
        waiting = {pool.submit(_one, i, clock): i for i in range(len(_items))}
        for future in as_completed(waiting):
            item = _items[waiting[future]]
            try:
                begun, result, error = future.result()
            except BrokenProcessPool as broken:
                begun, result, error = True, None, str(broken)
            if not begun:
                continue
            done += 1
            print(f"{done} of {len(_items)}" + (f": {error}" if error else ""),
                  file=sys.stderr, flush=True)
            yield item, result, error


def command(words, fine=(0, 5)):
    """Output of a command; None where it exits otherwise, or not at all."""
    try:
        run = subprocess.run([str(w) for w in words], capture_output=True,
                             text=True, check=False, timeout=LONGEST)
    except subprocess.TimeoutExpired:
        return None
    return run.stdout if run.returncode in fine else None


def build_of(cutis):
    """Version and bytes of the command and its library."""
    digest = hashlib.sha256(cutis.read_bytes())
    for library in sorted(cutis.resolve().parent.parent.glob(
            "lib/libcutis.so.*")):
        if library.is_file() and re.fullmatch(r"libcutis\.so\.[\d.]+",
                                              library.name):
            digest.update(library.read_bytes())
    return digest.hexdigest()[:12]


@contextlib.contextmanager
def locked(path):
    """One process at a time makes this file."""
    with open(f"{path}.lock", "w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


class Kept:
    """Results as lines of JSON in a file, if there is one: what an earlier run
    wrote is taken up, and a line that was cut off is not."""

    def __init__(self, path):
        self.lines, self.file = [], None
        if not path:
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists():
            for line in path.read_text(encoding="utf-8").split("\n")[:-1]:
                with contextlib.suppress(json.JSONDecodeError):
                    self.lines.append(json.loads(line))
        self.file = path.open("a", encoding="utf-8")

    def add(self, line):
        self.lines.append(line)
        if self.file:
            self.file.write(json.dumps(line) + "\n")
            self.file.flush()
