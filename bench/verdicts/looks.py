# SPDX-License-Identifier: BSD-2-Clause
"""Comparisons of photographs: which, and what is kept of their results."""
import csv
import itertools
import json
from dataclasses import dataclass, replace

from accuracy.run import Runner

from .people import CAPTURES, KINDS, VISITS
from .shots import Shot

# Above the nose only, so that the reference and the rest of the face stay.
CHEEKS = "cheek_l,cheek_r"
ROW = ("metric", "region", "reading", "change", "relative_change", "scale",
       "se", "df", "p", "p_adjusted", "area_cm2", "verdict")


@dataclass(frozen=True)
class Look:
    """A comparison: photographs of two visits, and whether the card is used and
    a site profile given."""
    study: str
    before: tuple
    after: tuple
    preset: str
    card: bool
    profile: bool
    treated: str = ""

    @property
    def name(self):
        ends = [f"{s.visit}{s.number}{s.version}" for s in
                (*self.before, *self.after)]
        dose = "".join(f"-{k}{v:g}" for k, v in self.after[0].dose)
        return (f"{self.study}-{self.before[0].kind}-{self.before[0].seed}-"
                f"{'.'.join(ends)}{dose}{'-profile' if self.profile else ''}")


def quad(corners):
    """As --card takes them."""
    return ",".join(f"{v:g}" for v in corners)


def holds_card(kind, seed):
    """One person in two; a card that lies over the face is always told of."""
    return kind.card_hides_skin or seed % 2 == 0


def pairs(kind, seed, profile):
    """Captures of one visit against those of the other, each photograph with
    noise, frame and file of its own."""
    turns = itertools.product(range(-(-kind.pairs // CAPTURES)),
                              range(CAPTURES))
    for turn, one in itertools.islice(turns, kind.pairs):
        two = (one + turn) % CAPTURES
        yield Look("null", (Shot(kind.name, seed, 0, one, turn),),
                   (Shot(kind.name, seed, 1, two, turn),),
                   kind.preset, holds_card(kind, seed), profile)


def swapped(look):
    return replace(look, study="swap", before=look.after, after=look.before)


def visit(kind, seed, number, **given):
    return tuple(Shot(kind.name, seed, number, i, **given)
                 for i in range(CAPTURES))


def repeats(kind, seed):
    """What a site's profile is made of."""
    return [shot for number in range(VISITS)
            for shot in visit(kind, seed, number)]


def visits(kind, seed, profile):
    """Two visits of three captures each, of skin that did not change."""
    return Look("visits", visit(kind, seed, 0), visit(kind, seed, 1),
                kind.preset, kind.card_hides_skin, profile)


def treated(kind, seed, dose, preset, where, profile):
    """The same, the skin of the second visit treated."""
    return Look("treated", visit(kind, seed, 0),
                visit(kind, seed, 1, dose=dose, where=where), preset,
                kind.card_hides_skin, profile, where)


def short(result):
    rows = []
    for m in result["measurements"]:
        row = {k: m.get(k) for k in ROW}
        row["mdc95"] = m["mdc95"]
        rows.append(row)
    score = result["progress"]
    return {"rows": rows, "comparable": result["comparable"],
            "checks": [[c[k] for k in ("id", "photo", "verdict", "value",
                                       "affects")]
                       for c in result["checks"] if c["verdict"] != "pass"],
            "score": {k: score[k] for k in ("score", "ci95", "verdict")}}


class Desk:
    """Runs comparisons with one build of the command; keeps what it said."""

    def __init__(self, cutis, studio, folder, profiles=None):
        self.cutis, self.studio, self.folder = cutis, studio, folder
        self.profiles = profiles or {}
        folder.mkdir(parents=True, exist_ok=True)

    def profile(self, kind):
        return self.folder / f"profile-{kind.name}.json"

    def calibrate(self, kind, seeds, threads=1):
        """The site profile that `cutis calibrate` makes of these people, visit
        by visit, so that what differs between visits is known apart from what
        differs within one.  One in two holds a card, as in the study."""
        profile, command = self.profile(kind), Runner()
        table = profile.with_name(f"site-{kind.name}.csv")
        with open(table, "w", encoding="utf-8", newline="") as out:
            rows = csv.writer(out)
            rows.writerow(("person", "visit", "file", "card", "landmarks"))
            for seed in seeds:
                for shot in repeats(kind, seed):
                    photo, corners, _ = self.studio.photo(shot, command)
                    rows.writerow((
                        seed, shot.visit, photo.resolve(),
                        quad(corners) if holds_card(kind, seed) else "",
                        self.studio.landmarks(shot).resolve()
                        if kind.given else ""))
        part = profile.with_name("profile-part.json")
        command([self.cutis, "calibrate", table, "-o", part, "-q", "-j",
                 threads])
        part.replace(profile)

    def kept(self, look):
        return self.folder / f"{look.name}.json"

    def words(self, look, command):
        several = len(look.before) > 1
        words, cards, places = [], [], []
        kind = KINDS[look.before[0].kind]
        for shots, flag in ((look.before, "--before"), (look.after, "--after")):
            for shot in shots:
                path, corners, _ = self.studio.photo(shot, command)
                words += [flag, path] if several else [path]
                if look.card:
                    cards += ["--card", quad(corners)]
                if kind.given:
                    places += ["--landmarks", self.studio.landmarks(shot)]
        words += cards + places
        words += ["--treated", look.treated] if look.treated else []
        words += ["--site-profile", self.profiles[kind.site]] \
            if look.profile else []
        return [self.cutis, "compare", *words, "--preset", look.preset,
                "-f", "json", "-q", "-j", 1]

    def run(self, look, command):
        kept = self.kept(look)
        if kept.exists():
            return json.loads(kept.read_text(encoding="utf-8"))
        result = short(json.loads(command(self.words(look, command))))
        part = kept.with_suffix(".part")
        part.write_text(json.dumps(result), encoding="utf-8")
        part.replace(kept)
        return result
