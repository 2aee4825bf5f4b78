# SPDX-License-Identifier: BSD-2-Clause
"""Which comparisons there are, and running them."""
import hashlib
import itertools
import json
import re
from dataclasses import dataclass, field

from accuracy.run import Runner, run_all

from . import looks, people, shots

# People whose repeats make the profile; none of them is in the study.
SITE = {"colour": range(150, 160), "fine": range(150, 155)}
# Of a person: which of the pairs are also judged with the assumed errors.
PRIOR_EACH = {"colour": 6, "fine": 2}
# Factors on the skin of the second visit, where, the preset that looks for it,
# what ought to be said, and of how many of the people.
DOSES = (
    ("colour", (("blood", 0.75),), looks.CHEEKS, "redness", "redness",
     "improved", 20),
    ("colour", (("blood", 1.25),), looks.CHEEKS, "redness", "redness", "worse",
     20),
    ("fine", (("relief", 0.8), ("pores", 0.8), ("wrinkles", 0.8)), "", "scars",
     "texture", "improved", 8),
)
SWAPS = 6


@dataclass
class Found:
    """(look, result) of each part of the study."""
    parts: dict = field(default_factory=dict)
    people_of: dict = field(default_factory=dict)  # of each profile
    build: str = ""
    planned: int = 0

    def of(self, part, kind=None):
        return [(k, r) for k, r in self.parts.get(part, [])
                if kind is None or k.before[0].kind == kind]


@dataclass
class Job:
    """What run_all needs to know of a comparison."""
    part: str
    look: looks.Look

    @property
    def name(self):
        return f"{self.part} {self.look.name}"


class Bench:
    """Runs one comparison after the other."""

    def __init__(self, desk):
        self.desk, self.refused = desk, []

    def kept(self, job):
        return self.desk.kept(job.look)

    def run(self, job):
        return job, self.desk.run(job.look, Runner())


def build_of(cutis):
    """Version and bytes of the command and its library."""
    digest = hashlib.sha256(cutis.read_bytes())
    for library in sorted(cutis.resolve().parent.parent.glob(
            "lib/libcutis.so.*")):
        if library.is_file() and re.fullmatch(r"libcutis\.so\.[\d.]+",
                                              library.name):
            digest.update(library.read_bytes())
    return digest.hexdigest()[:12]


def said_of(profile):
    said = json.loads(profile.read_text(encoding="utf-8"))
    return f"{said['people']} people, {said['pairs']} pairs"


def lists(args):
    """Parts of the study, each a list of lists of comparisons, one a person."""
    first = 1000 if args.held_out else 100
    for name in args.kinds.split(","):
        kind = people.KINDS[name]
        count = max(1, round(kind.people * args.people))
        everybody = range(first, first + count)
        pairs = [list(looks.pairs(kind, s, True)) for s in everybody]
        yield "profile", pairs
        yield "priors", [list(looks.pairs(kind, s, False))[:PRIOR_EACH[name]]
                         for s in everybody]
        yield "visits", [[looks.visits(kind, s, True)] for s in everybody]
        yield "swap", [[looks.swapped(own[0])] for own in pairs[:SWAPS]]
        for kind_of, dose, where, preset, *_, most in DOSES:
            if kind_of == name:
                yield "treated", [
                    [looks.treated(kind, s, dose, preset, where, True)]
                    for s in everybody[:most]]


def plan(args):
    """All comparisons, in such an order that a time limit costs every part the
    same share: first one of everybody, then a second."""
    jobs = []
    for part, of_people in lists(args):
        turns = [look for turn in itertools.zip_longest(*of_people)
                 for look in turn if look]
        jobs += [((i + 0.5) / len(turns), Job(part, look))
                 for i, look in enumerate(turns)]
    return [job for _, job in sorted(jobs, key=lambda j: j[0])]


def run(args):
    """Found, and what failed."""
    studio = shots.Studio(args.phantom, args.keep)
    build = build_of(args.cutis)
    desk = looks.Desk(args.cutis, studio, args.keep / f"results-{build}")
    for name in args.kinds.split(","):
        desk.profiles[name] = desk.calibrate(people.KINDS[name], SITE[name])
    jobs = plan(args)
    results, failures = run_all(Bench(desk), jobs, args.jobs, args.minutes)
    found = Found(build=build, planned=len(jobs), people_of={
        k: said_of(v) for k, v in desk.profiles.items()})
    for job, result in results:
        found.parts.setdefault(job.part, []).append((job.look, result))
    return found, failures
