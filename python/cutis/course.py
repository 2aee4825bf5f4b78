# SPDX-License-Identifier: BSD-2-Clause
"""Visits over time, and a site's own repeat errors."""
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Optional, Sequence

from . import _native
from .results import Photo, Written, framed

if TYPE_CHECKING:
    import pandas


@dataclass
class Visit:
    """A visit: when it was, and its one to eight captures.  `days` counts from
    a day that all visits share; `since_treatment` from the last treatment,
    where there was one.  Several visits may be a baseline: they are pooled."""

    days: float
    captures: Sequence[Photo]
    label: Optional[str] = None
    baseline: bool = False
    since_treatment: float = -1.0


class Series(Written):
    """Visits of one person, each against the baseline."""

    _kind = "series"

    @property
    def visits(self) -> list[dict[str, Any]]:
        """In the order of time, the baseline first: phase, score, rows."""
        return self.dict()["visits"]

    @property
    def trends(self) -> list[dict[str, Any]]:
        """How each metric of each region goes, a week."""
        return self.dict()["trends"]

    @property
    def rows(self) -> list[dict[str, Any]]:
        """A row a visit, metric and region, with the visit's label and days."""
        return [{"visit": visit["label"], "days": visit["days"], **row}
                for visit in self.visits
                for row in visit.get("measurements", [])]

    def frame(self) -> pandas.DataFrame:
        """The rows as a data frame; needs pandas."""
        return framed(self.rows)


class Calibration(Written):
    """How a site's own captures repeat: json() is the profile that
    `site_profile` of Session.compare takes."""

    _kind = "calibration"

    @property
    def people(self) -> int:
        return _native.lib.cutis_calibration_people(self._open)

    @property
    def pairs(self) -> int:
        """Of captures, which these people had."""
        return _native.lib.cutis_calibration_pairs(self._open)
