#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Two photographs in Python: the readings of the face as a data frame, and a
figure of changes with their intervals and of redness before and after.

    python3 compare.py BEFORE AFTER FIGURE.png
"""
import sys

import matplotlib.pyplot as plt

import cutis

before, after, figure = sys.argv[1:4]

# %% Compare. Everything that was measured outlives the session as plain data.
with cutis.Session(threads=2) as session:
    photos = [session.load(path) for path in (before, after)]
    result = session.compare(*photos)
    table, maps, checks = result.frame(), result.maps(), result.checks
    print("comparable:", result.comparable)

# %% What is to be known of the photographs, before any number.
for check in checks:
    if check["verdict"] != "pass":
        print(f"{check['id']}: {check['message']}")

# %% The face as a whole.
face = table[table.region == "face"].set_index("metric")
columns = ["unit", "before", "after", "change", "ci95_low", "ci95_high",
           "verdict"]
print(face[columns].to_string())

# %% Changes against what repeat photographs would show (grey), and redness.
shown = face[face.change.notna() & (face.scale == "linear")]
names = [name for name in ("before-redness", "after-redness") if name in maps]
drawing, axes = plt.subplots(1, 1 + len(names), figsize=(12, 4.5))
axes = [axes] if not names else list(axes)
for y, (metric, row) in enumerate(shown.iterrows()):
    axes[0].barh(y, 2, left=-1, height=0.6, color="0.85")
    axes[0].plot([row.ci95_low / row.mdc95, row.ci95_high / row.mdc95], [y, y],
                 color="C0", lw=2)
    axes[0].plot(row.change / row.mdc95, y, "o", color="C0")
axes[0].set_yticks(range(len(shown)), shown.index)
axes[0].axvline(0, color="0.4", lw=0.8)
axes[0].set_xlabel("change and 95 % interval, in what repeats show (MDC95)")
for axis, name in zip(axes[1:], names):
    drawn = axis.imshow(maps[name].values, cmap="magma_r")
    axis.set_title(name.replace("-redness", ""))
    axis.set_axis_off()
    drawing.colorbar(drawn, ax=axis, label=f"redness, {maps[name].unit}")
drawing.tight_layout()
drawing.savefig(figure, dpi=120)
