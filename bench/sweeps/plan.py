# SPDX-License-Identifier: BSD-2-Clause
"""What is swept: for each check amounts within the first limit, between, and
beyond the last, drawn anew for each person."""
import math
from dataclasses import dataclass, field

# check: passes up to, fails beyond (docs/method.md, Checks); fewer is worse of
# the last ones.
LIMITS = {"yaw_pitch": (3, 10), "roll": (5, 25), "scale": (0.05, 0.35),
          "perspective": (0.02, 0.08), "light_direction": (2, 8),
          "illumination": (0.02, 0.08), "blur_mismatch": (0.10, 0.20),
          "focus": (0.10, 0.30), "exposure": (0.04, 0.30),
          "white_balance": (0.0022, 0.04), "skin_colour": (8, 16),
          "noise": (1, 5), "clipping": (0.1, 3), "expression": (1, 3),
          "camera": (0, 0), "jpeg": (90, 75), "coverage": (0.70, 0.40),
          "resolution": (12, 12), "timing": (42, 3), "smoothing": (0.25, 0.75),
          "sharpening": (0.25, 0.40), "identity": (0, 0)}
LESS_IS_WORSE = ("jpeg", "coverage", "resolution", "timing")
# px/mm: for most, where skin must know itself (from 5), for sharpness.
COARSE, FINE, SHARP = 3.4, 5.4, 8.2
BASE_MM = 1000.0         # of distance


@dataclass
class Step:
    """One pair: the base against another photograph."""
    ramp: str
    judged: tuple           # checks that are asked here
    true: dict              # by check, where the plan itself knows it
    before: dict = field(default_factory=dict)
    after: dict = field(default_factory=dict)
    render: dict = None     # options of the phantom, not of the camera
    scale: float = COARSE
    words: tuple = ()       # of the command
    card: bool = True       # so much noise is more than a card may have


def spread(draw, check, counts=(4, 3, 3), most=1.6):
    """Amounts on both sides of both limits, none within 3 % of one."""
    passes, fails = LIMITS[check]
    bounds = ((0.1 * passes, 0.97 * passes), (1.03 * passes, 0.97 * fails),
              (1.03 * fails, most * fails))
    return [draw.uniform(*bound) for bound, count in zip(bounds, counts)
            for _ in range(count)]


def sign(draw):
    return draw.choice((-1, 1))


def shuffled(draw, values):
    values = list(values)
    draw.shuffle(values)
    return values


def frames(draw):
    """Tilt, size and white balance, all at once."""
    columns = [shuffled(draw, spread(draw, c, (5, 4, 3), most)) for c, most in
               (("roll", 1.4), ("scale", 1.3), ("white_balance", 1.4))]
    for roll, scale, white in zip(*columns):
        far = -scale if scale > 0.06 else sign(draw) * scale
        gains = [10 ** (sign(draw) * white), 1,
                 10 ** (draw.uniform(-1, 1) * white)]
        if draw.random() < 0.5:
            gains.reverse()
        yield Step("frame", ("roll", "scale", "white_balance"),
                   {"roll": roll, "scale": scale, "white_balance": white},
                   after={"roll": sign(draw) * roll, "zoom": far,
                          "gains": gains})


def exposures(draw):
    for v in spread(draw, "exposure", (4, 3, 3), 1.4):
        # Brighter than a third of a stop would burn out what is fair.
        up = v < 0.1 and draw.random() < 0.5
        yield Step("exposure", ("exposure",), {},
                   after={"stops": (1 if up else -1) * v / math.log10(2)})


def lights(draw):
    for v in spread(draw, "illumination", (4, 3, 2), 1.4):
        yield Step("illumination", ("illumination",), {},
                   after={"uneven": v, "angle": draw.uniform(0, 6.28),
                          "bend": draw.uniform(-0.3, 0.3)})


def clips(draw):
    for v in spread(draw, "clipping", (3, 3, 3), 4):
        yield Step("clipping", ("clipping",), {}, after={"share": v / 100})


def compressions(draw):
    values = [draw.randint(90, 100) for _ in range(7)] + \
        [draw.randint(75, 89) for _ in range(7)] + \
        [draw.randint(25, 74) for _ in range(6)]
    values = shuffled(draw, values)
    for one, two in zip(values[::2], values[1::2]):
        yield Step("jpeg", ("jpeg",), {},
                   before={"quality": one, "subsampling": draw.randint(0, 2)},
                   after={"quality": two, "subsampling": draw.randint(0, 2)})


def grains(draw):
    values = shuffled(draw, spread(draw, "noise", (5, 5, 4), 1.5))
    for one, two in zip(values[::2], values[1::2]):
        yield Step("noise", ("noise",), {}, scale=FINE, card=False,
                   before={"cod": one}, after={"cod": two})


def hues(draw):
    for v in spread(draw, "skin_colour", (3, 3, 2)):
        yield Step("skin_colour", ("skin_colour",), {},
                   after={"hue": sign(draw) * v})


def covers(draw):
    for share in (0.15, 0.25, 0.36, 0.45, 0.55, 0.65, 0.75, 0.9):
        share += draw.uniform(-0.04, 0.04)
        region = draw.choice(("cheek_r", "cheek_l", "chin"))
        yield Step("coverage", ("coverage",), {"coverage": 1 - share},
                   after={"cover": (region, share)})


def blurs(draw, own):
    for v in spread(draw, "blur_mismatch", (4, 3, 3), 1.8):
        # Blur adds in squares; the base may have some more of its own.
        first = draw.choice((0.0, 0.05))
        second = math.sqrt(first ** 2 + v ** 2)
        pair = [{"blur": first}, {"blur": second}]
        if draw.random() < 0.5:
            pair.reverse()
        yield Step("blur", ("blur_mismatch", "focus"), {"blur_mismatch": v},
                   before=pair[0], after=pair[1], scale=SHARP)
    for v in spread(draw, "focus", (2, 2, 3)):
        if v > own:
            yield Step("focus", ("focus",), {}, scale=SHARP,
                       after={"blur": math.sqrt(v ** 2 - own ** 2)})


def filters(draw):
    for k in (0.0, 0.5, 1.0):
        yield Step("smoothing", ("smoothing",), {"smoothing": k}, scale=FINE,
                   after={"smooth": k})
    for k in (0.0, draw.uniform(0.05, 0.22), draw.uniform(0.26, 0.38),
              draw.uniform(0.5, 0.7), draw.uniform(0.7, 1.2)):
        yield Step("sharpening", ("sharpening",), {"sharpening": k}, scale=FINE,
                   after={"sharpen": k})


def cameras(draw):
    one, other, third = ("Aa", "K1"), ("Aa", "K2"), ("Bb", "K1")
    for a, b in ((one, one), (other, other), (one, other), (third, one)):
        if draw.random() < 0.5:
            a, b = b, a
        yield Step("camera", ("camera",), {"camera": float(a != b)},
                   before={"names": a}, after={"names": b})


def times(draw):
    for days in (0, draw.randint(1, 3), 3, 4, draw.randint(5, 13), 14,
                 draw.randint(15, 41), 42, draw.randint(43, 200)):
        yield Step("timing", ("timing",), {"timing": days},
                   words=("--days", days))


def poses(draw):
    for v in spread(draw, "yaw_pitch", (3, 2, 2), 1.3):
        turn = draw.uniform(0, 2 * math.pi)
        yield Step("pose", ("yaw_pitch",), {"yaw_pitch": v},
                   render={"yaw": f"{v * math.cos(turn):.3f}",
                           "pitch": f"{v * math.sin(turn):.3f}"})


def lamps(draw, of_lamps):
    for v in spread(draw, "light_direction", (3, 2, 2)):
        turn = draw.uniform(0, 2 * math.pi)
        yield Step("light", ("light_direction",), {},
                   render={"light": of_lamps(v * math.cos(turn),
                                             v * math.sin(turn))})


def distances(draw):
    for v in spread(draw, "perspective", (2, 2, 2), 1.3):
        yield Step("perspective", ("perspective",), {"perspective": v},
                   render={"distance": 75 / (75 / BASE_MM + v)})


def faces(draw):
    for low, high in ((0.02, 0.1), (0.1, 0.3), (0.3, 0.6), (0.6, 1.0)):
        yield Step("expression", ("expression",), {},
                   render={"smile": f"{draw.uniform(low, high):.3f}"})
    for low, high in ((0.05, 0.4), (0.4, 1.0)):
        yield Step("expression", ("expression",), {},
                   render={"brows": f"{draw.uniform(low, high):.3f}"})


def sizes(draw, first):
    values = [draw.uniform(2.5, 4.7), draw.uniform(5, 8)]
    if first:  # many pixels: once
        values += [11.5, 12.5]
    for v in values:
        yield Step("resolution", ("resolution",), {}, scale=FINE,
                   after={"px_per_mm": v, "noise": 0.004})


def steps(draw, own_blur, of_lamps, first):
    """All of a person's steps, ramp by ramp."""
    for of in (frames(draw), exposures(draw), lights(draw), clips(draw),
               compressions(draw), grains(draw), hues(draw), covers(draw),
               blurs(draw, own_blur), filters(draw), cameras(draw),
               times(draw), poses(draw), lamps(draw, of_lamps),
               distances(draw), faces(draw), sizes(draw, first)):
        yield from of
