# SPDX-License-Identifier: BSD-2-Clause
"""Pictures as SVG, written by hand: scatter panels and a heat map.

Colours are Okabe and Ito's blue and vermilion, which people who do not tell
red from green tell apart; every field of the heat map also prints its number.
"""
import math
from html import escape

BLUE, ORANGE, INK, PALE = "#0072B2", "#D55E00", "#333333", "#BBBBBB"
FONT = 'font-family="sans-serif"'


def ticks(low, high, wanted=5):
    """Round numbers between low and high."""
    step = (high - low) / wanted or 1.0
    power = 10.0 ** math.floor(math.log10(step))
    step = next(m * power for m in (1, 2, 5, 10) if m * power >= step * 0.999)
    first = math.ceil(low / step - 1e-9)
    return [i * step for i in range(first, math.floor(high / step + 1e-9) + 1)]


def text(x, y, words, size=11, anchor="middle", colour=INK, turned=False):
    turn = f' transform="rotate(-90 {x:.1f} {y:.1f})"' if turned else ""
    return (f'<text x="{x:.1f}" y="{y:.1f}" {FONT} font-size="{size}" '
            f'text-anchor="{anchor}" fill="{colour}"{turn}>'
            f'{escape(words)}</text>')


def line(x0, y0, x1, y1, colour=INK, width=1.0, dashes=""):
    dash = f' stroke-dasharray="{dashes}"' if dashes else ""
    return (f'<line x1="{x0:.1f}" y1="{y0:.1f}" x2="{x1:.1f}" y2="{y1:.1f}" '
            f'stroke="{colour}" stroke-width="{width}"{dash}/>')


def document(width, height, parts):
    return (f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" '
            f'height="{height}" viewBox="0 0 {width} {height}">\n'
            f'<rect width="{width}" height="{height}" fill="white"/>\n'
            + "\n".join(parts) + "\n</svg>\n")


class Panel:
    """One scatter plot in a box of a sheet."""
    WIDTH, HEIGHT = 300, 260
    LEFT, RIGHT, TOP, BOTTOM = 56, 10, 26, 40

    def __init__(self, title, x_title, y_title, x_range, y_range):
        self.title, self.x_title, self.y_title = title, x_title, y_title
        self.x_range, self.y_range = x_range, y_range
        self.parts = []

    def place(self, x, y):
        (x0, x1), (y0, y1) = self.x_range, self.y_range
        across = self.WIDTH - self.LEFT - self.RIGHT
        down = self.HEIGHT - self.TOP - self.BOTTOM
        return (self.LEFT + across * (x - x0) / (x1 - x0),
                self.HEIGHT - self.BOTTOM - down * (y - y0) / (y1 - y0))

    def line(self, x0, y0, x1, y1, **how):
        self.parts.append(line(*self.place(x0, y0), *self.place(x1, y1), **how))

    def level(self, y, **how):
        self.line(self.x_range[0], y, self.x_range[1], y, **how)

    def points(self, xs, ys, colour=BLUE):
        for x, y in zip(xs, ys):
            a, b = self.place(x, y)
            self.parts.append(f'<circle cx="{a:.1f}" cy="{b:.1f}" r="3" '
                              f'fill="{colour}" fill-opacity="0.6"/>')

    def frame(self):
        (x0, x1), (y0, y1) = self.x_range, self.y_range
        out = [text(self.WIDTH / 2, 15, self.title, 12),
               text((self.LEFT + self.WIDTH) / 2, self.HEIGHT - 6, self.x_title),
               text(13, self.HEIGHT / 2, self.y_title, turned=True)]
        for x in ticks(x0, x1):
            a, b = self.place(x, y0)
            out += [line(a, b, a, b + 4), text(a, b + 16, f"{x:.4g}", 10)]
        for y in ticks(y0, y1):
            a, b = self.place(x0, y)
            out += [line(a - 4, b, a, b),
                    text(a - 6, b + 3, f"{y:.4g}", 10, "end")]
        a, b = self.place(x0, y0)
        c, d = self.place(x1, y1)
        return out + [line(a, b, c, b), line(a, b, a, d)]

    def draw(self):
        return "\n".join(self.frame() + self.parts)


def sheet(panels, columns=3):
    """Panels side by side, row by row."""
    rows = max(1, math.ceil(len(panels) / columns))
    parts = [f'<g transform="translate({i % columns * Panel.WIDTH} '
             f'{i // columns * Panel.HEIGHT})">{p.draw()}</g>'
             for i, p in enumerate(panels)]
    return document(columns * Panel.WIDTH, rows * Panel.HEIGHT, parts)


def span(values, least=1e-6):
    """A range a little wider than the values."""
    low, high = min(values), max(values)
    room = max(least, 0.08 * (high - low))
    return low - room, high + room


def mixed(share):
    """White at 0 to blue at -1 and vermilion at 1."""
    end = BLUE if share < 0 else ORANGE
    amount = min(1.0, abs(share))
    rgb = [int(end[i:i + 2], 16) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(255 + amount * (c - 255)):02x}" for c in rgb)


def heat(title, rows, columns, values, legend):
    """A matrix of per cent; None is a field without a value.  Colours reach
    their end at 50 %: what matters is small against 100."""
    field, left, top = 62, 150, 130
    width = left + field * len(columns) + 20
    height = top + 26 * len(rows) + 40
    parts = [text(width / 2, 18, title, 13),
             text(width / 2, height - 10, legend, 10)]
    for j, name in enumerate(columns):
        parts.append(text(left + field * (j + 0.6), top - 8, name, 11, "start",
                          turned=True))
    for i, name in enumerate(rows):
        y = top + 26 * i
        parts.append(text(left - 8, y + 17, name, 11, "end"))
        for j in range(len(columns)):
            value, x = values[i][j], left + field * j
            fill = "#f2f2f2" if value is None else mixed(value / 50)
            ink = "white" if value is not None and abs(value) > 40 else INK
            parts.append(f'<rect x="{x}" y="{y}" width="{field - 2}" '
                         f'height="24" fill="{fill}"/>')
            words = "–" if value is None else f"{value:+.0f}"
            parts.append(text(x + field / 2 - 1, y + 16, words, 10, colour=ink))
    return document(width, height, parts)
