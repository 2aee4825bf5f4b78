# SPDX-License-Identifier: BSD-2-Clause
"""The typology angle of skin as it is, without shade and sheen: the polynomial
of the forward model (method 12.1) at a region's mean melanin and blood."""
import math
import sys
from pathlib import Path

# Last: some of its names are those of programs here.
sys.path.append(str(Path(__file__).resolve().parents[2] / "tests" / "oracles"))
from forward import angle, density  # noqa: E402


def ita(region):
    """Degrees, of a region of the truth."""
    return float(angle(density(math.exp(region["ln_melanin"]) / 0.065,
                               region["ln_blood"] - math.log(0.0206))))
