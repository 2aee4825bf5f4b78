# SPDX-License-Identifier: BSD-2-Clause
"""What a session makes: photographs, readings, comparisons."""
from __future__ import annotations

import ctypes as c
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from . import _native, _png
from .errors import ArgumentError

if TYPE_CHECKING:
    import pandas

    from .session import Session

FORMATS = {"text": 0, "json": 1, "csv": 2, "html": 3, "items": 4, "row": 5}


class Map(NamedTuple):
    """A map over a photograph: NaN where it has none, else in `unit`."""

    values: np.ndarray  # (height, width), float32
    unit: str
    title: str
    meaning: str


def framed(rows: list[dict[str, Any]]) -> pandas.DataFrame:
    """Rows as a data frame; an interval becomes two columns."""
    import pandas

    table = pandas.json_normalize(rows)
    for name in [n for n in ("ci95",) if n in table]:
        ends = table.pop(name)
        for i, end in enumerate(("low", "high")):
            table[f"{name}_{end}"] = [
                pair[i] if isinstance(pair, list) else None for pair in ends]
    return table


class Handle:
    """Something that the C library made.  close() gives it back; so do leaving
    a `with`, the end of its session, and the last reference."""

    _kind = ""
    _handle: c.c_void_p | None = None

    def __init__(self, session: Session, handle: c.c_void_p):
        self._session = session
        self._handle = handle
        session._made.add(self)

    def close(self) -> None:
        if self._handle and self._session._handle:
            getattr(_native.lib, f"cutis_{self._kind}_destroy")(
                c.byref(self._handle))
        self._handle = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def __del__(self):
        self.close()

    @property
    def _open(self) -> c.c_void_p:
        if not self._handle:
            raise ArgumentError(f"this {type(self).__name__} is closed")
        return self._handle


class Written(Handle):
    """What can be written, in the forms that the command has."""

    def write(self, format: str = "json") -> bytes:
        """The bytes that the command writes: "json", "text", "csv"..."""
        if format not in FORMATS:
            raise ArgumentError(f"no such format: {format}")
        parts: list[bytes] = []

        @_native.WRITE
        def take(_, data, size):
            parts.append(c.string_at(data, size))
            return 0

        name = "photo_write_info" if self._kind == "photo" else (
            self._kind + "_write")
        form = () if self._kind == "calibration" else (FORMATS[format],)
        self._session._call(name, self._open, *form, take, None)
        return b"".join(parts)

    def save(self, path: str | Path, format: str | None = None) -> None:
        """To a file, whose ending says the form unless `format` does."""
        form = format or {".json": "json", ".csv": "csv", ".html": "html",
                          ".txt": "text"}.get(Path(path).suffix.lower())
        if not form:
            raise ArgumentError(f"which format is {path}?")
        Path(path).write_bytes(self.write(form))

    def json(self) -> bytes:
        """Byte for byte what the command writes."""
        return self.write("json")

    def dict(self) -> dict[str, Any]:
        """The same as a dictionary (docs/json.md)."""
        return json.loads(self.json())


class Photo(Written):
    """A photograph: decoded, upright, its face found."""

    _kind = "photo"

    @property
    def landmarks(self) -> np.ndarray | None:
        """The face mesh's points, (468, 2), px of the upright picture."""
        count = c.c_size_t()
        points = _native.lib.cutis_photo_landmarks(self._open, c.byref(count))
        if not count.value:
            return None
        flat = c.cast(points, c.POINTER(c.c_double))
        return np.ctypeslib.as_array(flat, (count.value, 2)).copy()


class Mapped(Written):
    """What also has maps and masks."""

    def files(self) -> dict[str, bytes]:
        """The pictures behind the page by their names, and "maps.json"."""
        return self._files("_write_maps")

    def _files(self, call: str) -> dict[str, bytes]:
        found: dict[str, bytes] = {}

        @_native.WRITE_FILE
        def take(_, name, data, size):
            found[name.decode()] = c.string_at(data, size)
            return 0

        self._session._call(self._kind + call, self._open, take, None)
        return found

    def maps(self) -> dict[str, Map]:
        """By the names of their files: "before-redness", ...; of one
        photograph "redness"."""
        files = self.files()
        out = {}
        for entry in json.loads(files["maps.json"])["maps"]:
            if "colours" not in entry:
                continue
            steps = np.linspace(entry["low"], entry["high"],
                                len(entry["colours"]), dtype=np.float32)
            known = {bytes.fromhex(colour[1:]): step for colour, step in
                     zip(entry["colours"], steps)}
            for name in entry["files"]:
                index, palette, alpha = _png.decode(files[name])
                values = np.array(
                    [known.get(bytes(colour), np.nan) if opaque else np.nan
                     for colour, opaque in zip(palette, alpha)], np.float32)
                out[Path(name).stem] = Map(values[index], entry["unit"],
                                           entry["title"], entry["meaning"])
        return out

    def masks(self) -> dict[str, np.ndarray]:
        """True where there is skin that was measured, and highlights."""
        files = self.files()
        out = {}
        for entry in json.loads(files["maps.json"])["masks"]:
            for name in entry.get("files", []):
                index, palette, _ = _png.decode(files[name])
                out[Path(name).stem] = palette[:, 0][index] > 127
        return out

    @property
    def rows(self) -> list[dict[str, Any]]:
        """A row a metric and region."""
        return self.dict()["measurements"]

    @property
    def checks(self) -> list[dict[str, Any]]:
        return self.dict()["checks"]

    def frame(self) -> pandas.DataFrame:
        """The rows as a data frame; needs pandas.  Details are columns named
        by detail, an interval is two columns."""
        return framed(self.rows)


class Reading(Mapped):
    """The readings of one photograph."""

    _kind = "reading"

    def covered_files(self) -> dict[str, bytes]:
        """As files(), with black bars over the eyes."""
        return self._files("_write_covered_maps")


class Suitability(Written):
    """May photographs be measured and compared?"""

    _kind = "suitability"

    @property
    def comparable(self) -> str:
        """"yes", "limited" or "no"."""
        return self.dict()["comparable"]

    @property
    def checks(self) -> list[dict[str, Any]]:
        return self.dict()["checks"]


class Comparison(Mapped):
    """What changed between two visits."""

    _kind = "comparison"

    @property
    def comparable(self) -> str:
        """"yes", "limited" or "no"."""
        return self.dict()["comparable"]

    @property
    def score(self) -> dict[str, Any]:
        """The treatment progress score, its interval and components."""
        return self.dict()["progress"]

    def find(self, metric: str, region: str = "face") -> dict[str, Any]:
        """The row of a metric and a region; KeyError if there is none."""
        for row in self.rows:
            if row["metric"] == metric and row["region"] == region:
                return row
        raise KeyError((metric, region))
