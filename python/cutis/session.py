# SPDX-License-Identifier: BSD-2-Clause
"""A session: options, limits and callbacks that everything works under."""
from __future__ import annotations

import ctypes as c
import os
import weakref
from typing import Callable, Iterable, Optional, Sequence, Union

import numpy as np

from . import _native
from .course import Calibration, Series, Visit
from .errors import BY_STATUS, ArgumentError, Error
from .results import Comparison, Handle, Photo, Reading, Suitability

Picture = Union[str, "os.PathLike[str]", bytes, np.ndarray]
Captures = Union[Photo, Sequence[Photo]]

LANDMARKS = {None: 0, "mesh": 1, "ibug68": 2, "none": 3}
SIDES = {None: 0, "l": 1, "r": 2}
CHARTS = {"after-2014": 0, "before-2014": 1}


def _points(array, name: str, least: int) -> np.ndarray:
    points = np.ascontiguousarray(array, np.float64)
    if points.ndim != 2 or points.shape[1] != 2 or len(points) < least:
        raise ArgumentError(f"{name} is an array of {least} or more points, "
                            "(n, 2)")
    return points


def _as_points(points: np.ndarray):
    return points.ctypes.data_as(c.POINTER(_native.Point))


def _pixels(array: np.ndarray, display_p3: bool):
    """The struct, and the array that it points into."""
    if array.dtype not in (np.uint8, np.uint16):
        raise ArgumentError("pixels are uint8 or uint16")
    shape = array.shape if array.ndim == 3 else (*array.shape, 1)
    if len(shape) != 3 or shape[2] not in (1, 3, 4):
        raise ArgumentError("pixels are (height, width), or (height, width, 3) "
                            "or (height, width, 4)")
    inside = array.dtype.itemsize
    packed = array.reshape(shape)
    if packed.strides[1:] != (inside * shape[2], inside):
        packed = np.ascontiguousarray(packed)
    form = {1: 0, 3: 1, 4: 2}[shape[2]] + (3 if inside == 2 else 0)
    return _native.Pixels(data=packed.ctypes.data, stride=packed.strides[0],
                          width=shape[1], height=shape[0], format=form,
                          display_p3=int(display_p3)), packed


def _text(value: Union[str, Sequence[str], None]) -> Optional[bytes]:
    joined = value if value is None or isinstance(value, str) else (
        ",".join(value))
    return None if joined is None else joined.encode()


def _compare_options(*, preset=None, treated=None, reference=None, days=-1.0,
                     polarised=False, language=None, cover_eyes=False,
                     site_profile=None) -> _native.CompareOptions:
    return _native.CompareOptions(
        preset=_text(preset), treated=_text(treated),
        reference=_text(reference), days=days, polarised=int(polarised),
        language=_text(language), cover_eyes=int(cover_eyes),
        site_profile=site_profile, site_profile_size=len(site_profile or b""))


def _handles(made: Sequence[Handle]):
    return (c.c_void_p * len(made))(*[one._open.value for one in made])


class Session:
    """Use it in a `with`.  `progress` is called with a share in [0, 1]; what
    it returns, if true, stops the work with CancelledError, and what it raises
    is raised again.  `log` is called with a sentence.  Other arguments are the
    members of cutis_options: threads, max_pixels, max_memory..."""

    def __init__(self, *, progress: Optional[Callable[[float], object]] = None,
                 log: Optional[Callable[[str], object]] = None,
                 isa: str = "best", **options: int):
        self._handle = c.c_void_p()
        self._made: "weakref.WeakSet[Handle]" = weakref.WeakSet()
        self._raised: list[BaseException] = []
        wrong = set(options) - set(_native.DEFAULTS) - {"allow_damaged"}
        if wrong:
            raise ArgumentError(f"no such options: {', '.join(sorted(wrong))}")
        wanted = {**_native.DEFAULTS, **options}
        names = [_native.lib.cutis_isa_name(i).decode() for i in range(5)]
        if isa not in names:
            raise ArgumentError(f"no such instruction set: {isa}")
        wanted["isa"] = names.index(isa)
        taken = _native.Options(**wanted)
        if progress:
            taken.progress = _native.PROGRESS(self._guard(progress))
        if log:
            taken.log = _native.LOG(self._guard(lambda text:
                                                log(text.decode())))
        self._options = taken  # the callbacks live as long as the session
        self._check(_native.lib.cutis_session_create(c.byref(taken),
                                                     c.byref(self._handle)))

    def _guard(self, function):
        """Keeps what it raises, for the call that it is in."""
        raised = self._raised  # and not the session: it would never be freed

        def called(_, value):
            try:
                return int(bool(function(value)))
            except BaseException as error:  # nothing may go through C
                raised.append(error)
                return 1
        return called

    def close(self) -> None:
        """Gives everything back that this session made, and the session."""
        for made in list(self._made):
            made.close()
        if self._handle:
            _native.lib.cutis_session_destroy(c.byref(self._handle))
        self._handle = c.c_void_p()

    def __enter__(self) -> "Session":
        return self

    def __exit__(self, *_) -> None:
        self.close()

    def __del__(self):
        if hasattr(self, "_made"):
            self.close()

    def _check(self, status: int) -> None:
        if self._raised:
            error = self._raised[0]
            self._raised.clear()
            raise error
        if status:
            said = self._handle and _native.lib.cutis_session_error(
                self._handle)
            text = said or _native.lib.cutis_status_text(status)
            name = _native.lib.cutis_status_name(status).decode()
            raise BY_STATUS.get(name, Error)(text.decode(errors="replace"))

    def _call(self, name: str, *arguments) -> None:
        if not self._handle:
            raise ArgumentError("this session is closed")
        function = getattr(_native.lib, "cutis_" + name)
        self._check(function(self._handle, *arguments))

    @property
    def isa(self) -> str:
        """The instruction set in use: "avx2"; all give the same numbers."""
        return _native.lib.cutis_isa_name(
            _native.lib.cutis_session_isa(self._handle)).decode()

    # ---- Photographs --------------------------------------------------------

    def load(self, picture: Picture, *, ipd_mm: float = 0.0,
             px_per_mm: float = 0.0, landmarks: object = None,
             polygon: object = None, card: object = None,
             card_reflectance: float = 0.0, chart: object = None,
             chart_edition: str = "after-2014", same_backdrop: bool = False,
             display_p3: bool = False) -> Photo:
        """A file's name, its bytes, or pixels: (height, width[, 3 or 4]),
        uint8 or uint16, sRGB unless `display_p3`.  `landmarks` are 468, 478 or
        68 points (n, 2) in px of the upright picture, or "none" where there is
        no face, only skin: then `px_per_mm` must be given, and `polygon` may
        be.  `card` and `chart` are four corners (4, 2)."""
        options = _native.PhotoOptions(
            ipd_mm=ipd_mm, px_per_mm=px_per_mm,
            card_reflectance=card_reflectance,
            chart_edition=CHARTS[chart_edition], backdrop=int(same_backdrop))
        keep = []  # what the options point to
        if isinstance(landmarks, str) or landmarks is None:
            if landmarks not in (None, "none"):
                raise ArgumentError("landmarks are points, or \"none\"")
            options.landmarks = LANDMARKS[landmarks]
        else:
            points = _points(landmarks, "landmarks", 68)
            keep.append(points)
            options.landmarks = LANDMARKS[
                "ibug68" if len(points) == 68 else "mesh"]
            options.landmark_points = _as_points(points)
            options.landmark_count = len(points)
        if polygon is not None:
            points = _points(polygon, "polygon", 3)
            keep.append(points)
            options.polygon = _as_points(points)
            options.polygon_count = len(points)
        for name, corners in (("card", card), ("chart", chart)):
            if corners is not None:
                corner = _points(corners, name, 4)
                setattr(options, name, (_native.Point * 4)(
                    *[_native.Point(*at) for at in corner[:4].tolist()]))

        out = c.c_void_p()
        last = (c.byref(options), c.byref(out))
        if isinstance(picture, np.ndarray):
            pixels, packed = _pixels(picture, display_p3)
            keep.append(packed)
            self._call("photo_load_pixels", c.byref(pixels), *last)
        elif isinstance(picture, bytes):
            self._call("photo_load_memory", picture, len(picture), *last)
        else:
            self._call("photo_load", os.fsencode(picture), *last)
        return Photo(self, out)

    # ---- What can be asked of them ------------------------------------------

    def measure(self, photo: Photo) -> Reading:
        """The readings of one photograph."""
        out = c.c_void_p()
        self._call("photo_measure", photo._open, c.byref(out))
        return self._keep(Reading(self, out), photo)

    def check(self, before: Photo, after: Optional[Photo] = None, *,
              days: float = -1.0) -> Suitability:
        """The checks alone, of one photograph or two."""
        options = _native.CompareOptions(days=days)
        out = c.c_void_p()
        self._call("photos_check", before._open, after._open if after else None,
                   c.byref(options), c.byref(out))
        return self._keep(Suitability(self, out), before, after)

    def compare(self, before: Captures, after: Captures, *,
                preset: Optional[str] = None,
                treated: Union[str, Sequence[str], None] = None,
                reference: Union[str, Sequence[str], None] = None,
                days: float = -1.0, polarised: bool = False,
                language: Optional[str] = None,
                cover_eyes: bool = False,
                site_profile: Optional[bytes] = None) -> Comparison:
        """Two photographs, or two visits of up to eight captures each.  Names
        of regions come as a list or with commas.  `site_profile` is what
        `cutis calibrate` wrote."""
        options = _compare_options(
            preset=preset, treated=treated, reference=reference, days=days,
            polarised=polarised, language=language, cover_eyes=cover_eyes,
            site_profile=site_profile)
        visits = [[visit] if isinstance(visit, Photo) else list(visit)
                  for visit in (before, after)]
        given = []
        for visit in visits:
            given += [_handles(visit), len(visit)]
        out = c.c_void_p()
        self._call("visits_compare", *given, c.byref(options), c.byref(out))
        return self._keep(Comparison(self, out), *visits[0], *visits[1])

    def series(self, visits: Sequence[Visit], *,
               control_side: Optional[str] = None,
               preset: Optional[str] = None,
               treated: Union[str, Sequence[str], None] = None,
               reference: Union[str, Sequence[str], None] = None,
               polarised: bool = False, language: Optional[str] = None,
               cover_eyes: bool = False,
               site_profile: Optional[bytes] = None) -> Series:
        """Visits over time, one or more of them baselines.  `control_side`:
        "l" or "r", the person's own side of a split face that was not treated;
        the rest as in compare()."""
        if control_side not in SIDES:
            raise ArgumentError("control_side is \"l\", \"r\" or None")
        compare = _compare_options(
            preset=preset, treated=treated, reference=reference,
            polarised=polarised, language=language, cover_eyes=cover_eyes,
            site_profile=site_profile)
        options = _native.SeriesOptions(compare=c.pointer(compare),
                                        control_side=SIDES[control_side])
        out = c.c_void_p()
        self._call("series_create", c.byref(options), c.byref(out))
        made = Series(self, out)
        for visit in visits:
            taken = list(visit.captures)
            given = _native.Visit(
                label=_text(visit.label), days=visit.days,
                days_since_treatment=visit.since_treatment,
                baseline=int(visit.baseline), captures=_handles(taken),
                capture_count=len(taken))
            self._call("series_add", out, c.byref(given))
        self._call("series_run", out)
        return made

    def calibrate(self, people: Iterable[Union[Comparison,
                                               Sequence[Comparison]]]
                  ) -> Calibration:
        """A site's profile from skin that did not change: of each person a
        comparison of one capture with the others of a visit, or, of people who
        came several times, a sequence: the first visit with each other one."""
        out = c.c_void_p()
        self._call("calibration_create", c.byref(out))
        made = Calibration(self, out)
        for person in people:
            if isinstance(person, Comparison):
                self._call("calibration_add", out, person._open)
            else:
                meetings = list(person)
                self._call("calibration_add_visits", out, _handles(meetings),
                           len(meetings))
        return made

    @staticmethod
    def _keep(made, *photos):
        """Photographs live as long as what was made of them."""
        made._photos = photos
        return made
