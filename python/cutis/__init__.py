# SPDX-License-Identifier: BSD-2-Clause
"""cutis measures visible skin change between photographs of a face, and says
how sure it is.  It is not a diagnostic device.

    import cutis

    with cutis.Session() as session:
        before = session.load("before.jpg")
        after = session.load("after.jpg")
        result = session.compare(before, after, preset="acne_scars")
        print(result.comparable, result.score)
        result.frame()               # a row a metric and region, by pandas
        result.save("report.html")

Pictures are files, their bytes, or NumPy arrays.  What is measured is the C
library's: json() gives its bytes, everything else is read from them.  A session
and what it made belong to one thread at a time; different sessions share
nothing, and while one works, Python's other threads go on.
"""
from __future__ import annotations

from . import _native
from .course import Calibration, Series, Visit
from .errors import (ArgumentError, CancelledError, DamagedError, Error,
                     FileError, FormatError, InternalError, LimitError,
                     NoFaceError, OutOfMemoryError, UnsuitableError,
                     UnsupportedError)
from .results import Comparison, Map, Photo, Reading, Suitability
from .session import Session

__all__ = [
    "ArgumentError", "Calibration", "CancelledError", "Comparison",
    "DamagedError", "Error", "FileError", "FormatError", "InternalError",
    "LimitError", "Map", "NoFaceError", "OutOfMemoryError", "Photo",
    "Reading", "Series", "Session", "Suitability", "UnsuitableError",
    "UnsupportedError", "Visit", "metrics", "profile", "regions", "version",
]


def version() -> str:
    """The version of the library that is running: "0.1.0"."""
    return _native.lib.cutis_version().decode()


def profile() -> str:
    """Readings compare only within one profile."""
    return _native.lib.cutis_profile().decode()


def _listed(at) -> list[dict]:
    found, index = [], 0
    while at(index):
        one = at(index).contents
        values = {name: getattr(one, name) for name, _ in one._fields_}
        found.append({name: value.decode() if isinstance(value, bytes) else
                      value for name, value in values.items()})
        index += 1
    return found


def metrics() -> list[dict]:
    """What can be measured, in the order of the reports."""
    return _listed(_native.lib.cutis_metric_at)


def regions() -> list[dict]:
    """Where; the whole face last."""
    return _listed(_native.lib.cutis_region_at)
