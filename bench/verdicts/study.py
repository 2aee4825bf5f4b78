# SPDX-License-Identifier: BSD-2-Clause
"""Which comparisons there are, and running them."""
import itertools
import json
from dataclasses import dataclass, field

import crew
from accuracy.run import Runner

from . import looks, people, shots

# People whose repeats make the profile; none of them is in the study.
SITE = {"colour": range(140, 180), "fine": range(150, 162),
        "crop": range(140, 170)}
# Factors on the skin of the second visit, where, the preset that looks for it,
# what ought to be said, and of how many of the people.
DOSES = (
    ("colour", (("blood", 0.75),), looks.CHEEKS, "redness", "redness",
     "improved", 20),
    ("colour", (("blood", 1.25),), looks.CHEEKS, "redness", "redness", "worse",
     20),
    # R falls by about 15 %.
    ("fine", ((shots.FINER, 0.82),), "", "scars", "texture", "improved", 24),
    ("crop", ((shots.FINER, 0.82),), "", "scars", "texture", "improved", 20),
)
SWAP_EACH = 7   # of the people, one is asked the other way round as well


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
    """A comparison, and what it is part of."""
    part: str
    look: looks.Look


def said_of(profile):
    said = json.loads(profile.read_text(encoding="utf-8"))
    return f"{said['people']} people, {said['pairs']} pairs"


def lists(kind, everybody):
    """Parts of the study, each a list of lists of comparisons, one a person."""
    pairs = [list(looks.pairs(kind, s, True)) for s in everybody]
    yield "profile", pairs
    yield "priors", [list(looks.pairs(kind, s, False))[:kind.priors]
                     for s in everybody]
    yield "swap", [[looks.swapped(own[0])] for own in pairs[::SWAP_EACH]]
    yield "visits", [[looks.visits(kind, s, True)] for s in everybody]
    for of, dose, where, preset, *_, most in DOSES:
        if of == kind.name:
            yield "treated", [
                [looks.treated(kind, s, dose, preset, where, True)]
                for s in everybody if s % 100 < most]


def turns(kind, everybody):
    """All comparisons of these people, in such an order that a time limit costs
    every part the same share: first one of everybody, then a second."""
    return in_step([Job(part, look) for turn in itertools.zip_longest(*of_people)
                    for look in turn if look]
                   for part, of_people in lists(kind, everybody))


def in_step(of_parts):
    """Several lists as one, in which all of them go on evenly."""
    placed = [((i + 0.5) / len(part), job) for part in of_parts
              for i, job in enumerate(part)]
    return [job for _, job in sorted(placed, key=lambda p: p[0])]


def plan(args):
    """All comparisons of the kinds that are asked for."""
    first, of_kinds = 1000 if args.held_out else 100, []
    for name in args.kinds.split(","):
        kind = people.KINDS[name]
        last = first + max(1, round(kind.people * args.people))
        of_kinds.append([
            job for start in range(first, last, kind.together)
            for job in turns(kind, range(start, min(start + kind.together,
                                                    last)))])
    return in_step(of_kinds)


def calibrated(args, desk, studio):
    """The profiles that are needed: given, kept, or made now."""
    for site in sorted({people.KINDS[name].site
                        for name in args.kinds.split(",")}):
        profile = args.profiles and args.profiles / f"profile-{site}.json"
        if not profile or not profile.exists():
            kind = people.KINDS[site]
            profile = desk.profile(kind)
            if not profile.exists():
                shot = [one for seed in SITE[site]
                        for one in looks.repeats(kind, seed)]
                for _ in crew.share_out(
                        lambda one: studio.photo(one, Runner())[0], shot,
                        args.jobs):
                    pass
                desk.calibrate(kind, SITE[site], args.jobs)
        desk.profiles[site] = profile


def run(args):
    """Found, and what failed."""
    clock = crew.Clock(args.minutes)
    studio = shots.Studio(args.phantom, args.keep)
    build = crew.build_of(args.cutis)
    desk = looks.Desk(args.cutis, studio, args.keep / f"results-{build}")
    calibrated(args, desk, studio)
    jobs = plan(args)
    results = {i: json.loads(desk.kept(job.look).read_text(encoding="utf-8"))
               for i, job in enumerate(jobs) if desk.kept(job.look).exists()}
    failures = []
    left = [i for i in range(len(jobs)) if i not in results]
    for i, result, error in crew.share_out(
            lambda i: desk.run(jobs[i].look, Runner()), left, args.jobs, clock):
        if error:
            failures.append(f"{jobs[i].part} {jobs[i].look.name}: {error}")
        else:
            results[i] = result
    found = Found(build=build, planned=len(jobs), people_of={
        k: said_of(v) for k, v in desk.profiles.items()})
    for i, result in sorted(results.items()):
        found.parts.setdefault(jobs[i].part, []).append((jobs[i].look, result))
    return found, failures
