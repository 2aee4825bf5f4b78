# SPDX-License-Identifier: BSD-2-Clause
"""Who is rendered, how a capture differs from the next, and what a case is."""
import random
from dataclasses import dataclass, field

# What a picture that holds the face is like, by the scale that it is named
# after; a little finer than 8, as that is the least that lines need.
SIZES = {5: "1150x1450", 8: "1800x2300", 12: "2400x3000", 14: "2700x3400",
         16: "3000x3800"}
PX_PER_MM = {5: 5.2, 8: 8.4, 12: 12.4, 14: 14.0, 16: 16.0}
LAMPS = ((-40.0, 25.0, 0.74), (44.0, 10.0, 0.30), (0.0, 50.0, 0.10))
SIDE_LAMP = ((-45.0, 15.0, 1.0),)
BLUR = 0.06
# What leaves a person with nothing but fine relief, for the texture's truth.
PLAIN = {"unevenness": 0, "pores": 0, "wrinkles": 0, "spots": 0, "papules": 0,
         "redness": 0, "shine": 0}


@dataclass
class Shot:
    """A photograph: options of the phantom, or an edit of another shot."""
    options: dict = field(default_factory=dict)
    source: str = ""
    edit: str = ""
    amount: dict = field(default_factory=dict)


@dataclass
class Look:
    """A comparison of two shots of the same case, or what is found in one: its
    items, or with `maps` also where its skin and highlights are."""
    before: str
    after: str = ""
    arguments: tuple = ()
    neutral: str = "card"
    maps: bool = False

    def shots(self):
        return {self.before, self.after or self.before}


@dataclass
class Case:
    """Shots and looks that one process makes, measures and forgets."""
    study: str
    topic: str
    seed: int
    px_per_mm: int
    shots: dict
    looks: dict

    @property
    def name(self):
        return f"{self.study}-{self.topic}-{self.px_per_mm}-{self.seed}"


def person(seed, **given):
    """Somebody of the population; `given` overrides.  ITA 0 to 60 degrees, so
    that a card gives H; fairness has its own tones."""
    draw = random.Random(f"person {seed}")
    drawn = {
        "tone": draw.uniform(2, 58),
        "blood": min(0.05, max(0.010, 0.0206 * draw.lognormvariate(0, 0.3))),
        "spots": draw.randint(20, 120),
        "spot-melanin": draw.uniform(0.20, 0.40),
        "redness": draw.uniform(0.0, 0.5),
        "papules": draw.randint(0, 12),
        "pores": draw.uniform(25, 80),
        "pore-size": draw.uniform(0.28, 0.42),
        "pore-depth": draw.uniform(0.05, 0.09),
        "relief": draw.uniform(0.04, 0.08),
        "wrinkles": draw.uniform(0.3, 1.5),
        "wrinkle-depth": draw.uniform(0.08, 0.16),
        "shine": draw.uniform(0.6, 1.3),
    }
    drawn.update(given)
    if "melanin" in given:
        del drawn["tone"]
    return {"seed": seed, **{k: _short(v) for k, v in drawn.items()}}


def _short(value):
    return f"{value:.5g}" if isinstance(value, float) else value


def lamps(turned=0.0, raised=0.0, which=LAMPS):
    return "/".join(f"{a + turned:.4g},{e + raised:.4g},{k:g}"
                    for a, e, k in which)


def capture(seed, number, px_per_mm, unlike=1.0, which=LAMPS):
    """Pose, place, light, gains, focus and noise of one capture, as they come
    out in a clinic, times `unlike`.  0 leaves only other noise."""
    draw = random.Random(f"capture {seed} {number}")
    spread = lambda sd: unlike * draw.gauss(0, sd)
    return {
        "yaw": f"{spread(0.7):.4f}", "pitch": f"{spread(0.65):.4f}",
        "roll": f"{spread(0.5):.4f}",
        "shift": f"{spread(1.1):.3f},{spread(1.1):.3f}",
        "px-per-mm": f"{PX_PER_MM[px_per_mm] * (1 + spread(0.006)):.5f}",
        "light": lamps(spread(0.5), spread(0.5), which),
        "exposure": f"{spread(0.02):.4f}",
        "wb": f"{1 + spread(0.004):.5f},1,{1 + spread(0.004):.5f}",
        "blur": f"{BLUR * (1 + spread(0.035)):.5f}",
        "noise-seed": draw.randrange(1, 1 << 30),
    }


def treat(**factors):
    """Treatment options: blood=0.8 is --treat-blood 0.8."""
    return {f"treat-{k.replace('_', '-')}": v for k, v in factors.items()}
