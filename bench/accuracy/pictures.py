# SPDX-License-Identifier: BSD-2-Clause
"""The pictures of accuracy.md."""
from . import readings as rd
from . import stats, svg
from .cross import matrix
from .tables import TOPICS


def dose_panel(results, metric, topic):
    groups = rd.doses(results, topic, metric)
    pairs = [p for g in groups.values() for p in g]
    if len(pairs) < 3:
        return None
    xs, ys = zip(*pairs)
    line = stats.fit(xs, ys)
    unit = "H" if metric == "redness" else "%"
    panel = svg.Panel(f"{metric}: r² {line.r2:.3f}, slope {line.slope:.2f}",
                      f"true change, {unit}", f"measured, {unit}",
                      svg.span(xs), svg.span(ys + xs))
    x0, x1 = panel.x_range
    panel.line(x0, x0, x1, x1, colour=svg.PALE, dashes="4 3")
    panel.line(x0, line.intercept + line.slope * x0, x1,
               line.intercept + line.slope * x1, colour=svg.ORANGE, width=1.5)
    panel.points(xs, ys)
    return panel


def agreement_panel(results, metric):
    _, table = rd.repeats(results, metric)
    if len(table) < 3:
        return None
    first, second = [r[0] for r in table], [r[1] for r in table]
    bias, _, low, high = stats.bland_altman(first, second)
    means = [(a + b) / 2 for a, b in zip(first, second)]
    apart = [b - a for a, b in zip(first, second)]
    panel = svg.Panel(f"{metric}, {rd.SCALE[metric]} px/mm",
                      "mean of two captures", "second less first",
                      svg.span(means), svg.span(apart + [low, high]))
    panel.level(bias, colour=svg.ORANGE, width=1.5)
    for level in (low, high):
        panel.level(level, colour=svg.ORANGE, dashes="5 3")
    panel.points(means, apart)
    return panel


def save(folder, name, drawn):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(drawn, encoding="utf-8")


def write(folder, results):
    """Writes what there are data for; gives the lines that show it."""
    shown = []
    panels = [p for m, t in TOPICS.items()
              if (p := dose_panel(results, m, t))]
    if panels:
        save(folder, "dose-response.svg", svg.sheet(panels))
        shown.append("![Measured against true change](accuracy/"
                     "dose-response.svg)\n")
    panels = [p for m in rd.SCALE if (p := agreement_panel(results, m))]
    if panels:
        save(folder, "bland-altman.svg", svg.sheet(panels))
        shown.append("![Two captures of the same skin, Bland and Altman: bias "
                     "and 95 % limits](accuracy/bland-altman.svg)\n")
    factors, metrics, values = matrix(results)
    if factors:
        save(folder, "cross-talk.svg", svg.heat(
            "Cross-talk, % of a metric's own answer", metrics, factors, values,
            "columns: what was multiplied by 1.4; rows: what was read"))
    return ["## Pictures\n", *shown] if shown else []
