# SPDX-License-Identifier: BSD-2-Clause
"""docs/results/speed.md from what was measured."""
from accuracy import svg

STEPS = ("decode", "face", "colour", "mask", "capture", "match", "measure",
         "judge", "json", "page")
# ns a pixel on one thread with AVX-512, as the budget has them.
AIMS = {"8 bits to OD and Lab": 2.5, "Gaussian, sigma 4": 2.5,
        "bands 2 4 8 16 32": 8.0}

# Cycles an element or pixel that the busier pipe needs at least: 16 additions
# and as many products a cycle in float, 8 in double, none fused; or what memory
# gives.  On the machine that the aims were set for they are half of these.
GHZ = 3.6
CYCLES = {
    "combine3": 0.19, "density": 0.75, "transmit": 0.63, "lab": 3.4,
    "symmetric_row 33": 2.0, "symmetric_column 33": 2.0,
    "symmetric_columns 33": 2.0, "odd_columns 33": 2.0, "slanted 33": 2.0,
    "masked_sums": 0.25, "symmetric_rows 2 x 33": 3.0,
    "symmetric_sums 2 x 33": 4.0, "lbp, 8 points": 6.0, "fft_lines 256": 3.0,
    "8 bits to OD and Lab": 5.6, "Gaussian, sigma 1": 1.4,
    "Gaussian, sigma 1.5": 1.5, "Gaussian, sigma 2.5": 2.5,
    "Gaussian, sigma 4": 4.0, "Gaussian, sigma 5.9": 6.0,
    "Gaussian, sigma 8": 1.4, "Gaussian, sigma 16": 1.4,
    "Gaussian, sigma 40": 1.4, "masked Gaussian, 4": 9.0,
    "bands 2 4 8 16 32": 8.6, "blobs, 12 scales": 26.0, "lines, 3 x 16": 187.0,
    "GLCM, 12 steps": 12.0, "median": 1.4}
WHY = {
    "lbp, 8 points": "in double, so that a tie is a tie in every build; each "
    "point also converts four floats",
    "8 bits to OD and Lab": "three logarithms and three cube roots without "
    "fused operations; the 8 bits are looked up one by one",
    "Gaussian, sigma 8": "every f-th column is laid out, and put back, one "
    "float at a time; the planes go through memory twice",
    "Gaussian, sigma 16": "as sigma 8",
    "Gaussian, sigma 40": "as sigma 8",
    "bands 2 4 8 16 32": "four of the five Gaussians go by way of a small "
    "plane, as sigma 8; made one from the other they would be less work, and "
    "the readings would move",
    "lines, 3 x 16": "taps lie anywhere, so that nearly every load crosses a "
    "cache line; derivatives are made anew for each direction with a margin",
    "GLCM, 12 steps": "counting is no vector's work, and a step that falls on "
    "the counter of the one before waits for it",
    "median": "a sample, then a pass that moves one value at a time, in an "
    "order that must not depend on the width of a vector"}


def table(head, rows):
    out = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    out += ["| " + " | ".join(str(c) for c in row) + " |" for row in rows]
    return "\n".join(out)


def _row(what, value, most, unit, digits=2):
    """Met, or missed by how much."""
    if value is None:
        return [what, f"≤ {most:g} {unit}", "not measured", ""]
    verdict = "met" if value <= most else f"missed, × {value / most:.1f}"
    return [what, f"≤ {most:g} {unit}", f"{value:.{digits}f} {unit}", verdict]


def _of(whole, name, key):
    return whole[name][key] if name in whole else None


def _ratio(a, b):
    return a / b if a and b else None


def _more(whole, name):
    """CPU seconds that the page adds."""
    page, plain = (_of(whole, n, "cpu") for n in (name + " page", name))
    return page - plain if page and plain else None


def budget(found):
    whole = found["whole"]
    # Where others took the processors, only what the process used says much.
    clock, note = ("wall", "") if _is_clean(whole) else ("cpu", ", CPU")
    box, fill = (_of(whole, n, "wall") if _is_clean(whole) else None
                 for n in ("box 2", "fill 2"))
    one, spent = (_of(whole, n, clock) for n in ("fill 1", "box 2"))
    rows = [
        _row("face box, 2 threads", box, 0.20, "s"),
        _row(f"… of the C++ program's face box, 2 threads{note}",
             _ratio(spent, _of(whole, "C++ roi 2", clock)), 0.2, "of it"),
        _row(f"… of the C++ program's whole frame, 2 threads{note}",
             _ratio(spent, _of(whole, "C++ full 2", clock)), 0.067, "of it",
             3),
        _row("face fills the picture, 2 threads", fill, 0.8, "s"),
        _row(f"face fills the picture, 1 thread{note}", one, 1.5, "s"),
        _row("peak memory, face box, 2 threads",
             _of(whole, "box 2", "peak_mb"), 200, "MB", 0),
        _row("peak memory, face fills, 2 threads",
             _of(whole, "fill 2", "peak_mb"), 500, "MB", 0),
        _row("page on top, face box, CPU", _more(whole, "box 2"), 0.3, "s"),
        _row("page on top, face fills, CPU", _more(whole, "fill 2"), 0.3, "s"),
    ]
    gain = _ratio(one, fill) if fill else None
    rows.append(["2 threads over 1, face fills", "≥ 1.7 ×",
                 f"{gain:.2f} ×" if gain else "not measured",
                 "" if not gain else "met" if gain >= 1.7
                 else f"missed by {1.7 - gain:.2f}"])
    return table(["what", "wanted", "measured", ""], rows)


def _is_clean(whole):
    return sum(r["clean"] for r in whole.values()) >= \
        0.8 * sum(r["runs"] for r in whole.values())


def disturbed(whole):
    """A word where other work ran beside."""
    runs = sum(r["runs"] for r in whole.values())
    clean = sum(r["clean"] for r in whole.values())
    if _is_clean(whole):
        return f"{clean} of {runs} runs were clean."
    return (f"**Only {clean} of {runs} runs were clean: the machine did other "
            "work. Wall seconds say little here; CPU seconds and megabytes are "
            "to be read, and those of different programs side by side.**")


def processes(whole):
    base = _of(whole, "box 2", "wall")
    rows = [[name, f"{r['wall']:.2f}", f"{r['least']:.2f} to {r['most']:.2f}",
             f"{r['cpu']:.2f}", f"{r['sys']:.2f}", f"{r['peak_mb']:.0f}",
             f"{r['wall'] / base:.2f}" if base else "",
             f"{r['clean']} of {r['runs']}"] for name, r in whole.items()]
    return table(["process", "wall s", "range", "CPU s", "of it system",
                  "peak MB", "wall × face box", "clean runs"], rows)


def sizes(stages):
    names = sorted(stages, key=int)
    head = ["ms of one thread"] + [f"{n} Mpx" for n in names]
    rows = [["face, Mpx"] + [f"{stages[n]['face_mpx']:.2f}" for n in names],
            ["worked at, px/mm"] + [
                f"{stages[n]['px_per_mm'] / stages[n]['factor']:.1f}"
                for n in names]]
    rows += [[step] + [f"{stages[n]['cpu_ms'][step]:.0f}" for n in names]
             for step in STEPS]
    rows.append(["all but the page"] + [f"{total(stages[n]):.0f}"
                                        for n in names])
    rows.append(["peak MB, page too"] + [f"{stages[n]['peak_mb']:.0f}"
                                         for n in names])
    return table(head, rows)


def total(stage):
    return sum(v for k, v in stage["cpu_ms"].items() if k != "page")


def fit(stages):
    """a + b Mpx through what is 12 megapixels and more: (a, b, worst share)."""
    points = [(int(n), total(s)) for n, s in stages.items() if int(n) >= 12]
    if len(points) < 3:
        return None
    n = len(points)
    mean_x, mean_y = (sum(p[k] for p in points) / n for k in (0, 1))
    slope = sum((x - mean_x) * (y - mean_y) for x, y in points) / \
        sum((x - mean_x) ** 2 for x, _ in points)
    first = mean_y - slope * mean_x
    worst = max(abs(y - first - slope * x) / y for x, y in points)
    return first, slope, worst


def growth(stages):
    found = fit(stages)
    if not found:
        return "Too few sizes for a line."
    return (f"Through 12 Mpx and more: {found[0]:.0f} ms + {found[1]:.1f} ms a "
            f"megapixel; no point is further off than {found[2]:.0%}. "
            "Beyond 16 px/mm whole pixels are averaged as soon as that leaves "
            "16 px/mm. Below 12 Mpx: from 3 px/mm on colour is measured, from 5 "
            "texture, from 8 lines, from 12 pores; each works at a resolution "
            "of its own, so that a larger picture of the same face costs "
            "little more.")


def _share(name, values):
    """Of the limit, with the widest vectors of x86."""
    if name not in CYCLES or not values.get("avx512"):
        return ""
    return f"{CYCLES[name] / GHZ / values['avx512']:.0%}"


def kernel_table(kernels):
    isas = kernels["isas"]
    rows = [[name] + [f"{values.get(i, float('nan')):.3f}" for i in isas]
            + [f"≤ {AIMS[name]:g}" if name in AIMS else "",
               _share(name, values)]
            for name, values in kernels["table"].items()]
    return table(["ns an element or, from the 8 bits on, a pixel (gemm: "
                  "GFLOP/s)", *isas, "aim", "of its limit"], rows)


def slow_kernels():
    """What keeps kernels far from their limits."""
    return (
        "The limit is what the busier pipe or memory allows with AVX-512 at "
        f"{GHZ:g} GHz on a processor that takes 512 bits in two halves, where "
        "a product and a sum may not be fused: twice the limits of the machine "
        "that the aims were set for. A processor that takes them whole can "
        "be beyond 100 %. Figures are of the processor's time. What stays far "
        "below, and why:\n\n"
        + "\n".join(f"- {name}: {why}." for name, why in WHY.items()))


# ---- Charts ------------------------------------------------------------------

def growth_chart(stages):
    points = sorted((int(n), total(s) / 1e3) for n, s in stages.items())
    most = max(y for _, y in points)
    panel = svg.Panel("one thread, face fills the picture", "megapixels",
                      "CPU s of a pair", (0, points[-1][0] * 1.05),
                      (0, most * 1.1))
    found = fit(stages)
    if found:
        panel.line(12, (found[0] + 12 * found[1]) / 1e3, points[-1][0],
                   (found[0] + points[-1][0] * found[1]) / 1e3,
                   colour=svg.ORANGE)
    panel.points([x for x, _ in points], [y for _, y in points])
    return svg.document(panel.WIDTH, panel.HEIGHT, [panel.draw()])


def bars(title, values, unit):
    """Horizontal bars, a figure beside each."""
    most = max(v for _, v in values) or 1.0
    parts = [svg.text(10, 16, title, 12, "start")]
    for i, (name, value) in enumerate(values):
        y = 30 + 20 * i
        parts += [svg.text(140, y + 11, name, 11, "end"),
                  f'<rect x="146" y="{y}" width="{300 * value / most:.1f}" '
                  f'height="14" fill="{svg.BLUE}"/>',
                  svg.text(152 + 300 * value / most, y + 11,
                           f"{value:.3g} {unit}", 10, "start")]
    return svg.document(520, 40 + 20 * len(values), parts)


def charts(found):
    out = {"growth.svg": growth_chart(found["stages"])}
    filled = found["stages"].get("12")
    if filled:
        out["stages.svg"] = bars(
            "12 Mpx that the face fills, one thread, CPU",
            [(s, filled["cpu_ms"][s]) for s in STEPS], "ms")
    if found["whole"]:
        out["processes.svg"] = bars(
            "whole processes, wall", [(n, r["wall"]) for n, r in
                                      found["whole"].items()], "s")
    return out


# ---- All of it ---------------------------------------------------------------

def written(found, results):
    """The page; with its charts under `results`, if that is a folder."""
    m = found["machine"]
    pictures = charts(found)
    shown = "\n\n".join(f"![{name[:-4]}](speed/{name})" for name in pictures)
    box, two = found.get("box"), found.get("two threads")
    words = [
        "# Speed",
        "How long a comparison takes and what it needs, beside other programs.",
        f"{m['date']}, {m['architecture']} ({m['processor']}, {m['cores']} "
        f"cores), {m['commit']}:",
        "    sh bench/run.sh build --write" + (" --quick" * found["quick"]),
        "*Face fills*: a rendered 12-megapixel pair at 16 px/mm, every metric "
        "measured. *Face box*: 12 megapixels with the face in "
        + (f"{box['face_mpx']:.2f}" if box else "2.65")
        + " of them. Processes run in turn, round by round; medians; a run "
        "during which others took over 6 % of the machine counts only where "
        "there is no better one. The other programs do less: a flat map "
        "between the pictures, no skin mask, no equal sharpness, 6 sizes of "
        "pores, 3 of lines, no uncertainty; their float Lab errs by up to "
        "0.18 L*.", disturbed(found["whole"]),
        "## Budget", budget(found),
        "## Whole processes", processes(found["whole"]),
        "## By size", sizes(found["stages"]), growth(found["stages"]),
        "## Two threads",
        "Wall ms by stage with two threads, photographs one after the other "
        "(a whole process also loads and measures both side by side): "
        + (", ".join(f"{s} {two['wall_ms'][s]:.0f}" for s in STEPS)
           if two and _is_clean(found["whole"]) else "not measured") + ".",
        "## Kernels", kernel_table(found["kernels"]), slow_kernels(), shown]
    text = "\n\n".join(words) + "\n"
    if results:
        (results / "speed").mkdir(exist_ok=True)
        for name, picture in pictures.items():
            (results / "speed" / name).write_text(picture, encoding="utf-8")
        (results / "speed.md").write_text(text, encoding="utf-8")
    return text


def beside(found):
    """This build beside another."""
    rows = []
    for name, both in found["against"].items():
        for key, unit in (("wall", "s"), ("cpu", "s"), ("peak_mb", "MB")):
            one, two = both["this"][key], both["other"][key]
            rows.append([name, key, f"{one:.3f} {unit}", f"{two:.3f} {unit}",
                         f"{one / two:.3f}"])
        rows.append([name, "same bytes", "yes" if both["same"] else "NO", "",
                     ""])
    return table(["pair, threads", "what", "this", "other", "ratio"], rows)
