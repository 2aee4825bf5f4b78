# SPDX-License-Identifier: BSD-2-Clause
"""Writes accuracy.md and its pictures from the results."""
import datetime
import math
import platform

from . import (pictures, readings as rd, rows_colour, rows_pair, rows_relief,
               stats, tables)
from .row import Tests, markdown, number

HEAD = """# Accuracy on rendered faces

{date}, {machine}, {kind} people: `bench/accuracy.py PHANTOM CUTIS {how}`,
{cases} cases of {planned}. **These are figures of rendered faces, not of
people**: the truth is known, and the skin is simpler. What clinical instruments
reach stands beside them. A row that is missed says by how much; a row that is
not measured says why. Intervals are 95 %, over people drawn again (a person's
cases are not independent); shares have Wilson's.

People differ in tone (ITA 2 to 58, fairness apart), blood, spots, papules,
pores, relief, wrinkles and sheen (`bench/accuracy/scene.py`). Pictures are JPEG
Q95 of 5.2 px/mm (colour; drawn without finer pixels), 8.4 (texture, lines,
flakes), 14 (pores, cross-talk) unless said. Repeats and visits differ in pose
(0.7°), place, distance (0.6 %), lamps (0.5°), exposure (0.02 EV), white balance (0.4 %), blur (3.5 %) and noise
(1 SD); doses and cross-talk differ only in noise, so that what they show is
systematic. Masks are judged on people of all tones in turn, once as they are and
once oily under a flash; what the checks decide on captures that differ in one
thing. A time limit cuts the number of people, no row. The figures are in the order of the method's acceptance paragraphs.
"""


def acceptance(results, tests):
    rows = []
    for module, names in ((rows_colour, (1, 2, 3)), (rows_relief, (4, 5, 6, 7)),
                          (rows_pair, (8, 9, 10, 11, 12))):
        for name in names:
            rows += getattr(module, f"section_{name}")(results, tests)
    return rows


def summary(rows):
    met = sum(r.met == "met" for r in rows)
    missed = sum("missed" in r.met or "fails" in r.met for r in rows)
    absent = sum(r.measured.startswith("not measured") for r in rows)
    return (f"{len(rows)} rows: {met} met, {missed} missed, {absent} not "
            f"measured, {len(rows) - met - missed - absent} without a limit.")


def write(folder, args, cases, failures, planned):
    """The document, for whatever studies there are results of."""
    results = rd.Results(cases)
    folder.mkdir(parents=True, exist_ok=True)
    rows = acceptance(results, Tests(args.cutis, args.tests))
    how = f"--studies {args.studies}" + \
        (f" --topics {args.topics}" if args.topics else "") + " --held-out" * args.held_out + \
        " --quick" * args.quick + \
        (f" --minutes {args.minutes:g}" if args.minutes else "") + \
        (f" --seeds {args.seeds:g}" if args.seeds != 1 else "")
    out = [HEAD.format(date=datetime.date.today(), machine=platform.machine(),
                       kind="held-out" if args.held_out else "training",
                       how=how, cases=len(cases), planned=planned),
           "## Acceptance\n", summary(rows) + "\n", *markdown(rows), ""]
    out += tables.all_of(results)
    if failures:
        out += ["## Cases that failed\n", *(f"* {f}" for f in failures), ""]
    out += pictures.write(folder / "accuracy", results)
    (folder / "accuracy.md").write_text("\n".join(out) + "\n", encoding="utf-8")
    print(summary(rows))
