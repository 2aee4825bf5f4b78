# SPDX-License-Identifier: BSD-2-Clause
"""Who is photographed, and how one capture differs from the next.

All that differs stays where every check passes: between any two captures of a
person at most 1.5 degrees of yaw or pitch, 1.1 degrees of a lamp's azimuth or
elevation (a turned head adds to it), 3 % of distance, a hint of a smile.  A part of it belongs to the
visit and comes back in all its captures, as lamps and camera do in a clinic:
what repeats of a visit cannot show.  Landmarks, where the host gives them, are
off by 0.15 mm (SD)."""
import random
from dataclasses import dataclass

from accuracy.scene import lamps, person

VISITS, CAPTURES = 2, 3


@dataclass
class Kind:
    """Pictures of one size, and what is asked of them."""
    name: str
    px_per_mm: float
    size: str
    oversample: int
    preset: str
    people: int
    pairs: int      # of a person
    priors: int     # of these, judged with the assumed errors as well
    together: int   # people who are begun at once
    site: str       # whose profile is taken
    given: bool = False     # landmarks, by the host
    card_hides_skin: bool = False


KINDS = {kind.name: kind for kind in (
    # Colour alone, drawn without finer pixels: small, so that there are many.
    Kind("colour", 4.2, "700x940", 1, "uneven_tone", 40, 27, 3, 40, "colour"),
    # The least that shows everything.
    Kind("fine", 12.3, "2060x2760", 0, "general", 24, 6, 2, 8, "fine"),
    # The middle of the face, from brows to lips, as large: a third of the cost.
    # The card lies over half of the right cheek.
    Kind("crop", 12.3, "1500x1000", 0, "general", 40, 26, 2, 40, "crop", True,
         True))}
LANDMARK_MM = 0.15


def who(kind, seed):
    """Options of a person; one in two has scales, where they are resolved."""
    draw = random.Random(f"verdicts {seed}")
    scales = draw.choice((0, draw.randint(60, 300)))
    return person(seed, **({"flakes": scales} if kind.px_per_mm > 10 else
                            {}))


def spread(draw, visit, capture):
    """A difference of which `visit` belongs to the visit."""
    return visit[0] * visit[1] + capture * draw.uniform(-1, 1)


def stand(kind, seed, visit, number):
    """Pose, place, lamps and expression of one capture."""
    of_visit = random.Random(f"verdicts visit {seed} {visit}")
    place = [of_visit.uniform(-1, 1) for _ in range(4)]
    draw = random.Random(f"verdicts capture {seed} {visit} {number}")
    far = 1 + spread(draw, (0.010, place[0]), 0.005)
    return {
        "yaw": f"{draw.uniform(-0.75, 0.75):.4f}",
        "pitch": f"{draw.uniform(-0.75, 0.75):.4f}",
        "roll": f"{draw.uniform(-1.5, 1.5):.4f}",
        "shift": f"{draw.uniform(-3, 3):.3f},{draw.uniform(-3, 3):.3f}",
        "px-per-mm": f"{kind.px_per_mm / far:.5f}",
        "distance": f"{1000 * far:.2f}",
        "smile": f"{draw.uniform(0, 0.05):.4f}",
        "brows": f"{draw.uniform(0, 0.05):.4f}",
        "light": lamps(spread(draw, (0.4, place[1]), 0.15),
                       spread(draw, (0.4, place[2]), 0.15)),
    }


def lens(seed, visit, number, version):
    """What camera.shoot is told of one photograph: gains, exposure, focus,
    noise and file; another version is another picture of the same light."""
    of_visit = random.Random(f"verdicts camera {seed} {visit}")
    red, blue, bright, soft = (of_visit.uniform(-1, 1) for _ in range(4))
    quality, noise = of_visit.randint(92, 98), of_visit.uniform(0.004, 0.008)
    draw = random.Random(f"verdicts shot {seed} {visit} {number} {version}")
    gains = (1 + spread(draw, (0.0018, red), 0.0004), 1.0,
             1 + spread(draw, (0.0018, blue), 0.0004))
    return {"gains": gains,
            "stops": spread(draw, (0.05, bright), 0.01),
            "blur": 0.02 + spread(draw, (0.01, soft), 0.01),
            "noise": noise, "jpeg": quality, "seed": draw.randrange(1 << 30)}
