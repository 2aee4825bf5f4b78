# SPDX-License-Identifier: BSD-2-Clause
"""A row of the acceptance table, and how it is judged."""
import math
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path


@dataclass
class Row:
    section: str
    what: str
    accepted: str
    measured: str = ""
    count: str = ""
    met: str = ""
    anchor: str = ""


def number(value, unit="", digits=3):
    if value is None or not math.isfinite(value):
        return "–"
    return f"{value:.{digits}g}" + (f" {unit}" if unit else "")


def with_interval(value, low, high, unit):
    if low is None or not (math.isfinite(low) and math.isfinite(high)):
        return number(value, unit)
    return f"{number(value, unit)} [{number(low)}, {number(high)}]"


def absent(section, what, accepted, why, anchor=""):
    return Row(section, what, accepted, "not measured: " + why, "", "–", anchor)


def judged(section, what, value, limit, count, unit="", low=None, high=None,
           anchor="", least=False, wanted=None):
    """At most `limit` of |value|, at least it, or within it of `wanted`."""
    off = value if wanted is None else value - wanted
    size = value if least else abs(off)
    sign = "≥" if least else "≤"
    accepted = f"{sign} {limit:g}" if wanted is None else \
        f"{wanted:g} ± {limit:g}"
    accepted += f" {unit}" if unit else ""
    if not math.isfinite(value):
        return absent(section, what, accepted, "no case of this run has it",
                      anchor)
    over = limit - size if least else size - limit
    met = "met" if over <= 0 else f"**missed by {number(over, unit)}**"
    return Row(section, what, accepted, with_interval(value, low, high, unit),
               count, met, anchor)


class Tests:
    """The C tests beside the command: a row may rest on what they assert."""

    def __init__(self, cutis, folder=None):
        self.folder = Path(folder or Path(cutis).resolve().parent.parent /
                           "tests").resolve()
        self.found = {}

    def passes(self, name):
        if name not in self.found:
            program = self.folder / f"test_{name}"
            if not program.exists():
                self.found[name] = None
            else:
                patient = {**os.environ, "CK_DEFAULT_TIMEOUT": "600"}
                run = subprocess.run([program], capture_output=True, text=True,
                                     cwd=self.folder, env=patient, check=False)
                self.found[name] = run.returncode == 0
        return self.found[name]

    def row(self, section, what, accepted, name, claim, anchor=""):
        """A row that is met when the test passes, which asserts the number."""
        passes = self.passes(name)
        if passes is None:
            return absent(section, what, accepted, f"no test_{name} was built",
                          anchor)
        return Row(section, what, accepted, f"asserted: `{claim}`",
                   f"test_{name}", "met" if passes else "**the test fails**",
                   anchor)


def markdown(rows):
    yield ("| § | figure | accepted | measured | n | | published anchor |")
    yield "|---|---|---|---|---|---|---|"
    for r in rows:
        yield (f"| {r.section} | {r.what} | {r.accepted} | {r.measured} | "
               f"{r.count} | {r.met} | {r.anchor} |")
