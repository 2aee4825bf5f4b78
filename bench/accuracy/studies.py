# SPDX-License-Identifier: BSD-2-Clause
"""The studies of method 12.3 as lists of cases, seed by seed."""
from . import gates as gate_steps
from .scene import (BLUR, PLAIN, SIDE_LAMP, Case, Look, Shot, capture, lamps,
                    person, treat)

CHEEKS = "cheek_l,cheek_r"
# Tones of the fairness study, by class of ITA.
TONES = {"very light": 60, "light": 48, "intermediate": 35, "tan": 19,
         "brown": -8, "dark": -45}
# topic: factor, doses, px per mm, what else the person is
DOSES = {
    "blood": ("blood", (0.5, 0.6, 0.8, 1.25, 1.4, 2.0), 5, {}),
    "spots": ("spots", (0.6, 0.8, 1.2, 1.4), 5, {}),
    "melanin": ("melanin", (0.6, 0.8, 1.2, 1.4), 5, {}),
    "relief": ("relief", (0.7, 0.85, 1.15, 1.3), 8, PLAIN),
    "wrinkles": ("wrinkles", (0.6, 0.75, 1.2, 1.4), 8, {}),
    "flakes": ("flakes", (0.6, 0.8, 1.2, 1.4), 8, {"flakes": 300}),
    "pores": ("pores", (0.6, 0.8, 1.2, 1.4), 14, {}),
}
CROSS = ("blood", "redness", "papules", "melanin", "spots", "relief", "pores",
         "wrinkles", "flakes", "shine")


def still(seed, px_per_mm, number, **given):
    """A capture that differs from another only in its noise."""
    options = capture(seed, 0, px_per_mm)
    options["noise-seed"] = 1000 + number
    return {**options, **given}


def repeats(seed, px_per_mm, count=3):
    """S1: the same skin, captured again."""
    who = person(seed)
    shots = {f"c{i}": Shot({**who, **capture(seed, i, px_per_mm)})
             for i in range(count)}
    looks = {}
    for i in range(count):
        for j in range(i + 1, count):
            looks[f"{i}{j}"] = Look(f"c{i}", f"c{j}")
            if px_per_mm == 5:
                looks[f"{i}{j} cheeks"] = Look(
                    f"c{i}", f"c{j}", ("--treated", CHEEKS), neutral="")
    if seed % 100 == 0:
        looks["same"] = Look("c0", "c0")
        looks["swap"] = Look("c1", "c0")
    return Case("S1", "repeats", seed, px_per_mm, shots, looks)


def doses(seed, topic):
    """S2: one factor over the whole face; only the noise differs."""
    factor, values, px_per_mm, given = DOSES[topic]
    who = person(seed, **given)
    light = {"light": lamps(which=SIDE_LAMP)} if given is PLAIN else {}
    shots = {"base": Shot({**who, **still(seed, px_per_mm, 0, **light)})}
    looks = {}
    for i, dose in enumerate(values):
        options = {**who, **still(seed, px_per_mm, i + 1, **light),
                   **treat(**{factor: dose})}
        shots[f"{dose}"] = Shot(options)
        looks[f"{dose}"] = Look("base", f"{dose}")
    if topic == "flakes":
        looks["items"] = Look("base")
    return Case("S2", topic, seed, px_per_mm, shots, looks)


# An oily face in the light of a flash beside the lens.
OILY = {"shine": 4.0, "light": "8,12,1.1", "exposure": 0.8}


def mapped(seed):
    """S2: where skin and highlights are, of all tones in turn."""
    tone = list(TONES.values())[seed % len(TONES)]
    who = {**person(seed, tone=tone), **still(seed, 5, 0)}
    return Case("S2", "maps", seed, 5,
                {"plain": Shot(who), "oily": Shot({**who, **OILY})},
                {"plain": Look("plain", maps=True),
                 "oily": Look("oily", maps=True)})


def cheeks(seed):
    """S2: blood of the cheeks alone, without a card; and as PNG with one."""
    who = person(seed)
    shots, looks = {}, {}
    for kind, given in (("jpeg", {}), ("png", {"png": 8})):
        shots[kind] = Shot({**who, **still(seed, 5, 0), **given})
        for i, dose in enumerate((0.7, 1.4)):
            name = f"{kind} {dose}"
            shots[name] = Shot({**who, **still(seed, 5, i + 1), **given,
                                **treat(blood=dose), "treated": CHEEKS})
            looks[name] = Look(kind, name, ("--treated", CHEEKS),
                               neutral="card" if kind == "png" else "")
    return Case("S2", "cheeks", seed, 5, shots, looks)


def cross(seed):
    """S3: every factor at +40 %, every metric, at a scale for all of them."""
    who = person(seed, wrinkles=1.0, papules=8, redness=0.4, flakes=300)
    shots = {"base": Shot({**who, **still(seed, 14, 0)}),
             "none": Shot({**who, **still(seed, 14, 1)})}
    for i, factor in enumerate(CROSS):
        shots[factor] = Shot({**who, **still(seed, 14, i + 2),
                              **treat(**{factor: 1.4})})
    looks = {name: Look("base", name) for name in shots if name != "base"}
    return Case("S3", "cross", seed, 14, shots, looks)


# S4: what differs between the two captures, and by how much.
SWEEPS = {
    "yaw": [{"yaw": v} for v in (1.5, 3, 6, 9, 12)],
    "pitch": [{"pitch": v} for v in (3, 6, 9)],
    "roll": [{"roll": v} for v in (5, 15)],
    "light": [{"light": lamps(v)} for v in (2, 5, 10, 15)],
    "noise": [{"noise": v} for v in (0.004, 0.015, 0.03)],
    "jpeg": [{"jpeg": v} for v in (98, 90, 85, 75, 65)],
    "white": [{"wb": f"{v},1,{2 - v:g}"} for v in (1.01, 1.03, 1.1, 1.2)],
    "exposure": [{"exposure": v} for v in (0.15, 0.5, 1.0)],
    "distance": [{"distance": v} for v in (900, 800, 700)],
    "scale": [{"px-per-mm": v} for v in (8.8, 9.4)],
    "defocus": [{"defocus": v} for v in (0.1, 0.2)],
    "sharpen": [{"sharpen": v} for v in (0.5, 1.0)],
    "smooth": [{"smooth": v} for v in (0.3, 1.0)],
}


def sweep(seed):
    """S4: one nuisance after the other at 8 px/mm; nothing changes in skin."""
    who = {**person(seed), **still(seed, 8, 0, yaw=0, pitch=0, roll=0,
                                   light=lamps(), wb="1,1,1", exposure=0,
                                   blur=BLUR)}
    shots, looks = {"base": Shot(who)}, {}
    for name, steps in SWEEPS.items():
        for step in steps:
            value = next(iter(step.values()))
            key = f"{name} {value if name != 'light' else steps.index(step)}"
            shots[key] = Shot({**who, "noise-seed": 1 + len(shots), **step})
            looks[key] = Look("base", key)
    return Case("S4", "sweep", seed, 8, shots, looks)


def blurs(seed, px_per_mm):
    """S4: blur alone, .06 to .10, .08 to .12 and .08 to .16 mm."""
    who = {**person(seed), **still(seed, px_per_mm, 0)}
    steps = (0.06, 0.08, 0.10, 0.12, 0.16)[:5 if px_per_mm < 12 else 4]
    shots = {f"{v}": Shot({**who, "blur": v, "noise-seed": i + 1})
             for i, v in enumerate(steps)}
    looks = {f"{a} {b}": Look(f"{a}", f"{b}")
             for a, b in ((0.06, 0.10), (0.08, 0.12), (0.08, 0.16))
             if b in steps}
    return Case("S4", "blur", seed, px_per_mm, shots, looks)


def gates(seed):
    """S4: what the checks decide (gates.py)."""
    return gate_steps.case(seed, {**person(seed), **still(
        seed, 5, 0, yaw=0, pitch=0, roll=0, light=lamps(), wb="1,1,1",
        exposure=0, blur=BLUR)})


def gradient(seed):
    """S4: light that falls by 30 % from left to right, tone evenness."""
    who = {**person(seed), **still(seed, 5, 0), "png": 8}
    return Case("S4", "gradient", seed, 5,
                {"base": Shot(who), "tilted": Shot(source="base", edit="tilt")},
                {"tilted": Look("base", "tilted")})


def chart(seed):
    """S4: white balance and exposure far off, with a chart in both."""
    who = {**person(seed), **still(seed, 5, 0, wb="1,1,1", exposure=0),
           "chart": "0,-112,70"}
    steps = {"wb": {"wb": "1.2,1,0.8"}, "wb other": {"wb": "0.8,1,1.2"},
             "bright": {"exposure": 0.5}, "dark": {"exposure": -1}}
    shots = {"base": Shot(who)}
    looks = {}
    for i, (name, step) in enumerate(steps.items()):
        shots[name] = Shot({**who, "noise-seed": 2000 + i, **step})
        looks[name] = Look("base", name, neutral="chart")
    return Case("S4", "chart", seed, 5, shots, looks)


def lists(seed, px_per_mm):
    """S2: spots, papules and pores one by one, in a single photograph."""
    who = person(seed, papules=25, spots=150) if px_per_mm == 8 else \
        person(seed)
    return Case("S2", "lists", seed, px_per_mm,
                {"base": Shot({**who, **still(seed, px_per_mm, 0)})},
                {"items": Look("base")})


def tones(seed, name, polarised=False):
    """S5: repeats, blood, melanin and spots of a skin of one tone."""
    who = person(seed, tone=TONES[name])
    extra = ()
    if polarised:
        who["polarised"] = None
        extra = ("--polarised",)
    rest = ("--treated", CHEEKS) + extra
    shots = {f"c{i}": Shot({**who, **capture(seed, i, 5)})
             for i in range(1 if polarised else 3)}
    looks = {}
    if not polarised:
        for a, b in (("c0", "c1"), ("c0", "c2"), ("c1", "c2")):
            looks[f"{a}{b}"] = Look(a, b, extra)
    for i, (factor, dose) in enumerate((("blood", 1.5), ("melanin", 1.2),
                                        ("spots", 1.4))):
        shots[factor] = Shot({**who, **still(seed, 5, i + 1),
                              **treat(**{factor: dose}), "treated": CHEEKS})
        looks[factor] = Look("c0", factor, rest, neutral="")
    topic = ("polarised " if polarised else "") + name
    return Case("S5", topic, seed, 5, shots, looks)


def registered(seed, topic):
    """S6: where the skin of one photograph lies in the other."""
    return Case("S6", topic, seed, 12, {}, {})


# S7: days since the treatment, blood and spots of the cheeks at that visit.
COURSE = ((1, 1.35, 1.0), (7, 1.15, 1.0), (21, 1.0, 0.9), (42, 0.85, 0.8),
          (56, 0.78, 0.7), (84, 0.70, 0.6))


def course(seed):
    """S7: one person over three months."""
    who = person(seed, spots=90)
    shots = {"base": Shot({**who, **capture(seed, 0, 5)})}
    looks = {}
    for i, (days, blood, spots) in enumerate(COURSE):
        name = f"day {days}"
        shots[name] = Shot({**who, **capture(seed, i + 1, 5),
                            **treat(blood=blood, spots=spots),
                            "treated": CHEEKS})
        looks[name] = Look("base", name, ("--treated", CHEEKS, "--days", days,
                                          "--preset", "uneven_tone"),
                           neutral="")
    return Case("S7", "course", seed, 5, shots, looks)


def cases(studies, first, sizes):
    """All cases of the studies: one person of everything first, then a second,
    so that a time limit costs people and no rows; the rest so mixed that it
    costs the same share of each.  sizes: people by study and topic."""
    makers = []
    for px_per_mm in (5, 8, 14):
        makers.append(("S1", px_per_mm, lambda s, p=px_per_mm: repeats(s, p)))
    for topic in DOSES:
        makers.append(("S2", topic, lambda s, t=topic: doses(s, t)))
    makers.append(("S2", "cheeks", cheeks))
    makers.append(("S2", "maps", mapped))
    for px_per_mm in (8, 12, 16):
        makers.append(("S2", f"lists {px_per_mm}",
                       lambda s, p=px_per_mm: lists(s, p)))
    makers.append(("S3", "cross", cross))
    makers.append(("S4", "sweep", sweep))
    makers.append(("S4", "gradient", gradient))
    makers.append(("S4", "gates", gates))
    makers.append(("S4", "chart", chart))
    for px_per_mm in (8, 14):
        makers.append(("S4", f"blur {px_per_mm}",
                       lambda s, p=px_per_mm: blurs(s, p)))
    for name in TONES:
        makers.append(("S5", "tones", lambda s, n=name: tones(s, n)))
    for name in ("light", "tan", "dark"):
        makers.append(("S5", "polarised",
                       lambda s, n=name: tones(s, n, polarised=True)))
    makers.append(("S2", "lines",
                   lambda s: Case("S2", "lines", s, 8, {}, {})))
    for topic in ("plain", "hard"):
        makers.append(("S6", topic, lambda s, t=topic: registered(s, t)))
    makers.append(("S7", "course", course))
    planned = []
    for study, topic, make in makers:
        count = sizes.get((study, topic), 0) if study in studies else 0
        planned += [(i if i < 2 else 2 + (i + 0.5) / count, len(planned) + i,
                     make(first + i)) for i in range(count)]
    return [case for *_, case in sorted(planned, key=lambda p: p[:2])]
