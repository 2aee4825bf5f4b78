# SPDX-License-Identifier: BSD-2-Clause
"""S4: what the checks decide about two captures, against what is true.

Each step of a check differs in one thing by a known amount, on both sides of
each limit (docs/method.md, Checks).  A person gets every third step; the steps
are spread over the people.
"""
import math

from .camera import CLEAN
from .scene import BLUR, Case, Look, Shot, lamps
from .stats import wilson

SHARE_OF_STEPS = 3
BASE_MM = 1000.0  # of distance

# check: passes up to, fails beyond; whose check it is
LIMITS = {"yaw_pitch": (3, 10), "roll": (5, 25), "scale": (0.05, 0.35),
          "perspective": (0.02, 0.08), "light_direction": (2, 8),
          "illumination": (0.02, 0.08), "blur_mismatch": (0.10, 0.20),
          "exposure": (0.04, 0.30), "white_balance": (0.0022, 0.04),
          "noise": (1, 5), "jpeg": (90, 75)}
OF_ONE = ("noise", "jpeg")

RENDERED = {
    "yaw_pitch": [{"yaw": v} for v in (1.5, 2.3, 4, 6.5, 8.5, 11.5, 13)] +
                 [{"pitch": v} for v in (1.8, -2.3, 4.5, -7, 11.5)],
    "roll": [{"roll": v} for v in (3, -4.5, 6, 14, -20, 27)],
    "scale": [{"px-per-mm": 5.2 * math.exp(-v)}
              for v in (0.03, 0.045, 0.06, 0.14, 0.28, 0.38)],
    "perspective": [{"distance": 75 / (75 / BASE_MM + v)}
                    for v in (0.01, 0.016, 0.026, 0.055, 0.07, 0.095)],
    "light_direction": [{"light": lamps(v)}
                        for v in (1, 1.8, 3, 6, 7.5, 10, 14)],
}
SHOT = {
    "illumination": [{"gradient": v}
                     for v in (0.04, -0.06, 0.10, -0.18, 0.26, 0.36)],
    "blur_mismatch": [{"blur": v} for v in (0.06, 0.09, 0.12, 0.17, 0.23, 0.3)],
    "exposure": [{"stops": -v / math.log10(2)}
                 for v in (0.02, 0.035, 0.05, 0.16, 0.27, 0.34)],
    "white_balance": [{"gains": (10 ** v, 1, 10 ** -v)}
                      for v in (0.001, 0.0018, 0.003, 0.012, 0.035, 0.046)],
    "noise": [{"noise": v} for v in (0.012, 0.018, 0.03, 0.07, 0.11, 0.15)],
    "jpeg": [{"jpeg": v} for v in (94, 90, 89, 80, 75, 74, 65)],
}


def case(seed, who):
    """Of a person; `who` are the options of a still capture."""
    who = {**who, **CLEAN, "distance": BASE_MM}
    shots = {"drawn": Shot(who), "base": Shot(source="drawn", edit="camera")}
    looks = {}
    for steps in (RENDERED, SHOT):
        for check, list_of in steps.items():
            for i, step in enumerate(list_of):
                if (i + seed) % SHARE_OF_STEPS:
                    continue
                name = f"{check} {i}"
                source = "drawn"
                if steps is RENDERED:
                    source = f"drawn {name}"
                    shots[source] = Shot({**who, **step})
                    step = {}
                shots[name] = Shot(source=source, edit="camera",
                                   amount={**step, "seed": 2 + i})
                # So much noise is more than a card may have.
                looks[name] = Look("base", name,
                                   neutral="" if check == "noise" else "card")
    return Case("S4", "gates", seed, 5, shots, looks)


def truth_of(check, one, other, turn_of):
    """What the check's value should be."""
    pose = [other["pose_deg"][k] - one["pose_deg"][k]
            for k in ("yaw", "pitch", "roll")]
    gains = other["white_balance"]
    return {
        "yaw_pitch": lambda: max(abs(pose[0]), abs(pose[1])),
        "roll": lambda: abs(pose[2]),
        "scale": lambda: abs(math.log(other["px_per_mm"] / one["px_per_mm"])),
        "perspective": lambda: 75 * abs(1 / other["distance_mm"] -
                                        1 / one["distance_mm"]),
        "light_direction": lambda: turn_of(one["lamps"], other["lamps"]),
        "illumination": lambda: other["gradient_rms"],
        "blur_mismatch": lambda: math.sqrt(other["blur_mm"] ** 2 -
                                           one["blur_mm"] ** 2),
        "exposure": lambda: abs(other["exposure_stops"] * math.log10(2)),
        "white_balance": lambda: max(abs(math.log10(gains[0] / gains[1])),
                                     abs(math.log10(gains[2] / gains[1]))),
        "noise": lambda: other["noise_cod"],
        "jpeg": lambda: other["jpeg"],
    }[check]()


def right(check, value):
    passes, fails = LIMITS[check]
    if check == "jpeg":
        return "pass" if value >= passes else "warn" if value >= fails \
            else "fail"
    return "pass" if value <= passes else "warn" if value <= fails else "fail"


def decisions(results, turn_of):
    """By check, (true value, value told, right verdict, verdict)."""
    found = {}
    for result in results.of("S4", "gates"):
        for name, look in result["looks"].items():
            check = name.split()[0]
            told = [c for c in look["checks"] if c["id"] == check and
                    (check not in OF_ONE or c["photo"] == "after")]
            if not told:
                continue
            value = truth_of(check, result["shots"]["base"],
                             result["shots"][name], turn_of)
            found.setdefault(check, []).append(
                (value, told[0]["value"], right(check, value),
                 told[0]["verdict"]))
    return found


def wrong_way(rows):
    """How many that should pass fail, or the other way."""
    return sum({a, b} == {"pass", "fail"} for *_, a, b in rows)


def table(found):
    """Lines of the document."""
    if not found:
        return
    order = ("pass", "warn", "fail")
    yield "## What the checks decide\n"
    yield ("Two captures that differ in one thing, by known amounts on both "
           "sides of each limit. `held back` is the share of pairs beyond the "
           "first limit that do not pass, `let through` of those within it that "
           "pass; error is that of the check's value, RMS; wrong is pass for "
           "fail or fail for pass.\n")
    yield ("| check | pairs | right verdict | stricter | milder | held back | "
           "let through | wrong | error | largest |")
    yield "|---|---|---|---|---|---|---|---|---|---|"
    for check in LIMITS:
        rows = found.get(check)
        if not rows:
            continue
        steps = [order.index(b) - order.index(a) for *_, a, b in rows]
        bad = [b != "pass" for *_, a, b in rows if a != "pass"]
        good = [b == "pass" for *_, a, b in rows if a == "pass"]
        errors = [told - true for true, told, *_ in rows if told is not None]
        share = lambda v: f"{sum(v)} of {len(v)}"
        rms = math.sqrt(sum(e * e for e in errors) / len(errors)) \
            if errors else math.nan
        yield (f"| {check} | {len(rows)} | {share([s == 0 for s in steps])} | "
               f"{sum(s > 0 for s in steps)} | {sum(s < 0 for s in steps)} | "
               f"{share(bad)} | {share(good)} | {wrong_way(rows)} | {rms:.3g} | "
               f"{max((abs(e) for e in errors), default=math.nan):.3g} |")
    every = [row for rows in found.values() for row in rows]
    low, high = (100 * v for v in wilson(wrong_way(every), len(every)))
    off = sum(a != b for *_, a, b in every)
    yield (f"\nAll: {len(every)} pairs, {off} another verdict than the true "
           f"amount asks for, {wrong_way(every)} pass for fail or fail for pass "
           f"[{low:.1f}, {high:.1f} %].\n")
