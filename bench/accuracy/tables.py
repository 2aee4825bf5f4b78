# SPDX-License-Identifier: BSD-2-Clause
"""The tables below the acceptance table."""
import math

from . import gates
from . import readings as rd
from . import stats
from .cross import OWN, matrix
from .row import number
from .rows_colour import ratio, tone_lines
from .rows_pair import turn_of
from .studies import COURSE

TOPICS = {"redness": "blood", "pigment_spots": "spots", "texture": "relief",
          "pore_burden": "pores", "wrinkle_index": "wrinkles",
          "flakes": "flakes"}


def by_metric(results):
    yield "## By metric\n"
    yield ("Bias is measured less true change, of doses of −40 to +40 % (blood "
           "×0.5 to ×2; relief −30 to +30 % on skin with nothing else); repeats "
           "are three captures of a person.\n")
    yield ("| metric | px/mm | bias | slope | r² | pairs | within-person SD | "
           "ICC(2,1) | people |")
    yield "|---|---|---|---|---|---|---|---|---|"
    for metric, px_per_mm in rd.SCALE.items():
        groups = rd.doses(results, TOPICS.get(metric, "-"), metric)
        pairs = [p for g in groups.values() for p in g]
        line = stats.fit(*zip(*pairs)) if pairs else stats.fit([], [])
        changes, table = rd.repeats(results, metric)
        log = metric not in ("redness", "erythema_area", "ita", "shine")
        sd, low, high, people = rd.sd_of(changes, log)
        unit = "%" if log else ("°" if metric == "ita" else
                                "H" if metric == "redness" else "points")
        spread = f"[{number(low)}, {number(high)}]" if math.isfinite(low) else ""
        yield (f"| {metric} | {px_per_mm} | {number(line.bias, unit)} | "
               f"{number(line.slope)} | {number(line.r2, digits=4)} | "
               f"{len(pairs)} | {number(sd, unit)} {spread} | "
               f"{number(stats.icc21(table) if table else math.nan)} | "
               f"{people} |")
    yield ""


def cross_talk(results):
    factors, metrics, values = matrix(results)
    if not factors:
        return
    yield "## Cross-talk\n"
    yield ("What each factor at ×1.4 does to each metric, in per cent of what "
           "the metric's own factor does; `none` is other noise alone.\n\n"
           "![Cross-talk](accuracy/cross-talk.svg)\n")
    yield "| metric (own factor) | " + " | ".join(factors) + " |"
    yield "|---" * (len(factors) + 1) + "|"
    for metric, line in zip(metrics, values):
        fields = ["–" if v is None else f"**{v:+.0f}**"
                  if abs(v) > 10 and f not in OWN[metric] else f"{v:+.0f}"
                  for v, f in zip(line, factors)]
        yield f"| {metric} ({OWN[metric][0]}) | " + " | ".join(fields) + " |"
    yield ""


def spots_by_tone(results):
    found = {}
    for case in results.of("S5"):
        v = rd.change(rd.row(case["looks"].get("spots"), "pigment_spots"))
        if v is not None:
            found.setdefault(case["topic"], []).append(100 * math.expm1(v))
    return {k: sum(v) / len(v) for k, v in found.items()}


def false_by_tone(results):
    found = {}
    for case in results.of("S5"):
        looks = [k for n, k in case["looks"].items() if n.startswith("c")]
        false, told = rd.verdicts(looks)
        one = found.setdefault(case["topic"], [0, 0])
        one[0], one[1] = one[0] + false, one[1] + told
    return found


def fairness(results):
    blood, melanin = (tone_lines(results, f) for f in ("blood", "melanin"))
    if not blood:
        return
    spots, false = spots_by_tone(results), false_by_tone(results)
    yield "## Fairness by skin tone\n"
    yield ("Slope is measured over true change of H_rel of the cheeks at blood "
           "×1.5; leak what melanin +20 % does to it, against that; spots the "
           "reading at true +40 %.\n")
    yield ("| tone | slope | over the mean's | leak | spots at +40 % | false "
           "verdicts |")
    yield "|---|---|---|---|---|---|"
    mean = sum(ratio(g) for g in blood.values()) / len(blood)
    for name, groups in blood.items():
        leak = [m for g in melanin.get(name, {}).values() for _, m in g]
        leaked = sum(leak) / len(leak) / 5.571 if leak else math.nan
        bad, told = false.get(name, (0, 0))
        low, high = (100 * v for v in stats.wilson(bad, told))
        share = 100 * bad / told if told else math.nan
        yield (f"| {name} | {number(ratio(groups))} | "
               f"{number(ratio(groups) / mean)} | {number(100 * leaked, '%')} | "
               f"{number(spots.get(name, math.nan), '%')} | "
               f"{number(share, '%')} of {told} [{low:.1f}, {high:.1f}] |")
    yield ""


def sweeps(results):
    cases = results.of("S4", "sweep")
    if not cases:
        return
    metrics = ("redness", "pigment_spots", "tone_evenness", "texture",
               "wrinkle_index", "ita", "shine")
    yield "## Nuisances\n"
    yield ("What one difference of capture does to the face's readings (% of a "
           "ratio, else the unit), mean over the people; – is withheld. The "
           "checks that did not pass stand behind.\n")
    yield "| difference | " + " | ".join(metrics) + " | checks |"
    yield "|---" * (len(metrics) + 2) + "|"
    for name in cases[0]["looks"]:
        looks = [c["looks"][name] for c in cases if name in c["looks"]]
        fields = []
        for metric in metrics:
            rows = [rd.row(k, metric) for k in looks]
            known = [rd.shown(m, rd.change(m)) for m in rows
                     if rd.change(m) is not None]
            fields.append(number(sum(known) / len(known)) if known else "–")
        checks = sorted({f"{c['id']} {c['verdict']}" for k in looks
                         for c in k["checks"] if c["verdict"] != "pass"})
        yield f"| {name} | " + " | ".join(fields) + f" | {', '.join(checks)} |"
    yield ""


def decided(results):
    return gates.table(gates.decisions(results, turn_of))


def visits(results):
    cases = results.of("S7")
    if not cases:
        return
    yield "## Visits\n"
    yield ("Redness and spots of the cheeks over three months after a "
           "treatment; what one capture a visit says against the first. True: "
           "blood and spots' melanin as factors.\n")
    yield ("| day | blood | spots | redness: change, verdicts | spots: change, "
           "verdicts | score |")
    yield "|---|---|---|---|---|---|"
    for days, blood, spots in COURSE:
        looks = [c["looks"].get(f"day {days}") for c in cases]
        fields = []
        for metric in ("redness", "pigment_spots"):
            rows = [rd.row(k, metric) for k in looks if k]
            known = [rd.shown(m, rd.change(m)) for m in rows
                     if rd.change(m) is not None]
            mean = number(sum(known) / len(known)) if known else "–"
            fields.append(mean + ": " + tally(m["verdict"] for m in rows if m))
        scores = tally(k["progress"]["verdict"] for k in looks if k)
        yield (f"| {days} | {blood} | {spots} | {fields[0]} | {fields[1]} | "
               f"{scores} |")
    yield ""


def tally(words):
    words = list(words)
    return ", ".join(f"{words.count(w)} {w}" for w in sorted(set(words)))


def all_of(results):
    out = []
    for table in (by_metric, cross_talk, fairness, sweeps, decided, visits):
        out += table(results)
    return out
