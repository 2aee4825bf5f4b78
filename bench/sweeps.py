#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Every check of a pair, swept over rendered people by known amounts.

    bench/sweeps.py PHANTOM CUTIS [--people N] [--held-out] [--minutes M]
                    [--jobs N] [--out FILE] [--keep FOLDER] [--only RAMP,RAMP]

PHANTOM and CUTIS are the two commands.  People of seeds 100 and on (1000 and on
with --held-out, on whom nothing is tuned) are rendered once without noise; what
a camera does is done here, in linear light; pose, lamps, distance and
expression are rendered.  Each check is asked about amounts within its first
limit, between both and beyond the last, and its value and its verdict are held
against the truth (docs/method.md, Checks).  No step is begun after M minutes;
--keep takes up what an earlier run rendered, and with the same build found.
Writes docs/results/checks.md.  Needs NumPy, SciPy, Pillow and OpenCV.
"""
import argparse
import datetime
import json
import pickle
import platform
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import cv2

import crew
from sweeps import people, plan, table

# A check may fail beside the one that is swept where the amount is its as well.
TIED = {
    "frame": ("light_direction", "blur_mismatch", "focus", "noise", "clipping"),
    "exposure": ("noise", "white_balance"),
    "clipping": ("exposure", "white_balance", "skin_colour", "coverage",
                 "light_direction", "illumination", "noise", "blur_mismatch",
                 "same_skin"),
    "illumination": ("light_direction", "exposure"),
    "jpeg": ("noise", "focus", "blur_mismatch", "white_balance", "smoothing"),
    "noise": ("white_balance", "exposure", "blur_mismatch", "focus",
              "smoothing"),
    "skin_colour": ("white_balance", "exposure", "coverage"),
    "coverage": ("exposure", "light_direction", "illumination", "clipping",
                 "identity"),
    "blur": ("smoothing",), "focus": ("blur_mismatch", "smoothing"),
    "smoothing": ("blur_mismatch", "focus"),
    "sharpening": ("blur_mismatch", "processing", "smoothing"),
    "camera": (), "timing": (),
    "pose": ("light_direction", "illumination", "coverage", "expression",
             "identity"),
    "light": ("illumination", "coverage", "exposure"),
    "perspective": ("scale", "light_direction", "illumination", "identity",
                    "expression"),
    "expression": ("coverage", "illumination", "light_direction"),
    "resolution": ("scale", "focus", "blur_mismatch", "noise", "smoothing",
                   "sharpening"),
}
SKIN_PX_PER_MM = 5  # from which skin is asked who it is
SWAP_EACH = 9       # of the pairs, one is asked the other way round as well


class Bench:
    """The commands, and what was found."""

    def __init__(self, args):
        self.phantom, self.cutis = args.phantom, args.cutis
        self.only = args.only.split(",") if args.only else None
        self.told, self.others, self.refused = [], Counter(), Counter()
        self.turns = []
        self.swaps = [0, 0]
        self.pairs = Counter()
        self.texts = {}

    def join(self, other):
        self.told += other.told
        self.turns += other.turns
        self.swaps = [a + b for a, b in zip(self.swaps, other.swaps)]
        for name in ("others", "refused", "pairs", "texts"):
            getattr(self, name).update(getattr(other, name))

    def take(self, seed, step, result, before, true):
        """Notes what each check says of a step."""
        self.pairs[step.ramp] += 1
        for check in result["checks"]:
            self.note_text(check)
            name, photo = check["id"], check["photo"]
            known = truth_of(check, step, before, true)
            if known is not None:
                self.told.append(table.Told(
                    name, step.ramp, seed, photo, known, people.told(check),
                    check["verdict"], check["message"],
                    kind_of(name, seed, step, known)))
            elif check["verdict"] == "fail" and name != "resolution" and \
                    name not in TIED[step.ramp] + step.judged:
                self.others[step.ramp, name] += 1
        if step.ramp == "pose":
            one, two = (result[k]["face"]["pose_deg"]
                        for k in ("before", "after"))
            self.turns.append((step.true["yaw_pitch"], {
                axis: two[axis] - one[axis] - float(step.render.get(axis, 0))
                for axis in one}))

    def note_text(self, check):
        """A sentence that says nothing, or no number where one should be."""
        words = check["message"].lower().replace(",", " ").split()
        if not words or "{" in check["message"] or {"nan", "inf"} & set(words):
            self.texts[check["id"], check["verdict"]] = check["message"]


def kind_of(name, seed, step, true):
    """What the error of a check depends on beside its own amount."""
    if name == "scale" and "roll" in step.true:
        return "tilted by 15° at most" if step.true["roll"] <= 15 else \
            "tilted by more"
    if name == "light_direction":
        return ("one lamp" if seed % 2 else "three lamps") + (
            ", within 8°" if true <= 8 else ", beyond")
    return ""


def truth_of(check, step, before, true):
    """The truth of this check here; None where it is not asked."""
    name, photo = check["id"], check["photo"]
    if name == "coverage" and "cover" in step.after:
        return true[name] if check["region"] == step.after["cover"][0] else None
    if name not in step.judged or name == "smoothing" and photo == "before":
        return None
    return (before.known if photo == "before" else true).get(name)


@dataclass
class Swept:
    """One person: what was found, and two captures that others are held
    against; whether the clock left time for every step."""
    seed: int
    lamps: tuple
    bench: Bench
    base: object
    again: object
    whole: bool


def sweep(args, seed, first, folder, clock):
    """One person's steps."""
    bench, whole = Bench(args), True
    person = people.Person(bench, seed, folder)
    wanted = [(i, step) for i, step in enumerate(person.steps(first))
              if not bench.only or step.ramp in bench.only]
    base, again = None, None
    if not bench.only or "strangers" in bench.only:
        base = person.base(plan.FINE)
        again = person.photo(plan.FINE, "again", {"noise": 0.008,
                                                  "blur": 0.04})
    for i, step in wanted:
        if clock.over():
            whole = False
            break
        before, after, true = person.pair(step)
        result = people.ask(bench.cutis, before, after, step.words,
                            step.card)
        if result is None:
            bench.refused[step.ramp] += 1
            print("refused", step, file=sys.stderr)
            continue
        bench.take(seed, step, result, before, true)
        if i % SWAP_EACH == seed % SWAP_EACH:
            swapped = people.ask(bench.cutis, after, before, step.words,
                                 step.card)
            bench.swaps[0] += mirrored(result) == plain(swapped)
            bench.swaps[1] += 1
    return Swept(seed, person.lamps, bench, base, again, whole)


def plain(result):
    """What a swap must mirror: everything that is said, but which photograph
    the words "before" and "after" mean."""
    return sorted((c["id"], c["photo"], c["region"] or "", repr(c["value"]),
                   c["verdict"]) for c in result["checks"])


def mirrored(result):
    other = {"before": "after", "after": "before"}
    return sorted((c["id"], other.get(c["photo"], c["photo"]),
                   c["region"] or "", repr(c["value"]), c["verdict"])
                  for c in result["checks"])


def strangers(bench, args, persons):
    """Everybody against everybody under the same lamps, and against another
    capture of themselves; one of both checks must tell."""
    persons = [p for p in persons if p.base and p.base.path.exists()]
    pairs = [(one, one.again, 0.0) for one in persons] + [
        (one, two.base, 1.0) for i, one in enumerate(persons)
        for two in persons[:i] if two.lamps == one.lamps]
    for (one, _, other), result, error in crew.share_out(
            lambda pair: people.ask(bench.cutis, pair[0].base, pair[1]), pairs,
            args.jobs):
        if error or result is None:
            continue
        said = [c for c in result["checks"]
                if c["id"] in ("identity", "same_skin")]
        worst = max(said, key=lambda c: table.ORDER.index(c["verdict"]))
        bench.told.append(table.Told(
            "identity", "strangers", one.seed, "pair", other,
            worst["value"], worst["verdict"], worst["message"]))


def run(args, folder):
    """Everybody, and what is known of them together."""
    clock, bench = crew.Clock(args.minutes), Bench(args)
    first = 1000 if args.held_out else 100
    ours = folder / (f"sweeps-{crew.build_of(args.cutis)}" +
                     (f"-{args.only}" if args.only else ""))
    ours.mkdir(exist_ok=True)
    kept = lambda seed: ours / f"{seed}"
    seeds = range(first, first + args.people)
    persons = [pickle.loads(kept(s).read_bytes())
               for s in seeds if kept(s).exists()]
    left = sorted(set(seeds) - {p.seed for p in persons})
    for seed, person, error in crew.share_out(
            lambda s: sweep(args, s, s == first, folder, clock), left,
            args.jobs, clock):
        if not error:
            kept(seed).write_bytes(pickle.dumps(person))
            persons.append(person)
    persons.sort(key=lambda p: p.seed)
    for person in persons:
        bench.join(person.bench)
    strangers(bench, args, persons)
    return bench, persons


def document(bench, args, persons):
    who = "held-out" if args.held_out else "training"
    seeds = f"{persons[0].seed} to {persons[-1].seed}"
    cut = [p.seed for p in persons if not p.whole]
    if cut:
        seeds += ", the clock cut off " + ", ".join(str(s) for s in cut)
    yield "# Every check, swept\n"
    yield (f"{datetime.date.today()}, {platform.machine()}, "
           f"{version(args.cutis)}, {len(persons)} {who} people, seeds "
           f"{seeds}: `bench/sweeps.py PHANTOM CUTIS"
           f"{' --held-out' if args.held_out else ''} --people "
           f"{args.people}`. Rendered faces, not people. A camera's doings are "
           "exact, in linear light; pose, lamps, distance and expression are "
           "rendered. 3.4 px/mm; 5.4 where grain or skin is asked. Amounts lie "
           "within the first limit, between the limits and beyond the last.\n")
    yield ("*Error* is the check's value less the truth. *Wrong* is a pass "
           "where the truth lies beyond the failure's limit or the other way "
           "(95 % by Wilson); *steps back* counts neighbours of one person's "
           "ramp whose verdict gets milder while the amount gets worse.\n")
    yield from table.main_table(bench.told)
    yield from table.kind_lines(bench.told)
    yield from table.pose_lines(bench.turns)
    k, n = table.wrong(bench.told)
    yield f"\nAll checks: wrong {table.share(k, n)}, accepted 1 %."
    yield from table.misses(bench.told)
    yield (f"\nPairs: {sum(bench.pairs.values())}, refused "
           f"{sum(bench.refused.values())}. Swapped, exactly mirrored: "
           f"{bench.swaps[0]} of {bench.swaps[1]}. No number that is none in "
           "any document; sentences that say nothing: "
           f"{len(bench.texts)}.\n")
    if bench.others:
        yield "Checks that failed beside the one that was swept:\n"
        for (ramp, name), n in bench.others.most_common():
            yield f"* {name}, {n} of {bench.pairs[ramp]} pairs of {ramp}"


def version(cutis):
    out = subprocess.run([cutis, "--version"], capture_output=True, text=True,
                         check=True).stdout
    return out.split("\n")[0]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("phantom")
    parser.add_argument("cutis", type=Path)
    parser.add_argument("--people", type=int, default=5)
    parser.add_argument("--held-out", action="store_true")
    parser.add_argument("--minutes", type=float)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--out", default="docs/results/checks.md")
    parser.add_argument("--keep")
    parser.add_argument("--only", help="ramps, for a look at these alone")
    parser.add_argument("--list", help="every decision as JSON")
    args = parser.parse_args()
    cv2.setNumThreads(1)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(args.keep or scratch)
        folder.mkdir(parents=True, exist_ok=True)
        bench, persons = run(args, folder)
    if not persons:
        sys.exit("nobody in that time")
    text = "\n".join(document(bench, args, persons)) + "\n"
    Path(args.out).write_text(text, encoding="utf-8")
    if args.list:
        Path(args.list).write_text(json.dumps([vars(t) for t in bench.told]),
                                   encoding="utf-8")


if __name__ == "__main__":
    main()
