# SPDX-License-Identifier: BSD-2-Clause
"""Lines that were drawn against lines that are found, by bench/lines.py."""
import math
from pathlib import Path
from types import SimpleNamespace


def measure(bench, case, place):
    """mm of one face: drawn, missed, right and false; None where bench_lines
    is not built or SciPy is not there."""
    tool = Path(bench.args.programs or Path(bench.args.cutis).resolve()
                .parent.parent / "bench") / "bench_lines"
    try:
        import lines
    except ImportError:
        return None
    if not tool.exists():
        return None
    args = SimpleNamespace(phantom=bench.args.phantom, bench_lines=tool,
                           limit=2.0, overlay=False)
    return [float(v) for v in lines.detect(args, place, case.seed)]


def figures(found):
    """F1, JSI and length over what was drawn, less 1; NaN of nothing."""
    drawn, missed, right, false = (sum(v) for v in zip(*found))
    if not drawn or not right:
        return math.nan, math.nan, math.nan
    precision, recall = right / (right + false), 1 - missed / drawn
    f1 = 2 * precision * recall / (precision + recall)
    return f1, f1 / (2 - f1), (right + false) / drawn - 1
