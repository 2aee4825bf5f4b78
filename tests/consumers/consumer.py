# SPDX-License-Identifier: BSD-2-Clause
"""A program in Python that measures skin of its own making: "N readings"."""
import numpy

import cutis

skin = numpy.empty((256, 256, 3), numpy.uint8)
skin[...] = 200, 150, 125
skin[..., 0] += numpy.arange(256, dtype=numpy.uint8) % 7
with cutis.Session() as session:
    photo = session.load(skin, landmarks="none", px_per_mm=5.0)
    rows = session.measure(photo).rows
print(sum(row["verdict"] == "ok" for row in rows), "readings")
