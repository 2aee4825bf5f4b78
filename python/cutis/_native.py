# SPDX-License-Identifier: BSD-2-Clause
"""The C library as ctypes sees it: structs, functions, statuses."""
import ctypes as c
import ctypes.util
import os

SONAME = "libcutis.so.0"

LOG = c.CFUNCTYPE(None, c.c_void_p, c.c_char_p)
PROGRESS = c.CFUNCTYPE(c.c_int, c.c_void_p, c.c_double)
WRITE = c.CFUNCTYPE(c.c_int, c.c_void_p, c.c_void_p, c.c_size_t)
WRITE_FILE = c.CFUNCTYPE(c.c_int, c.c_void_p, c.c_char_p, c.c_void_p,
                         c.c_size_t)


class Point(c.Structure):
    _fields_ = [("x", c.c_double), ("y", c.c_double)]


class Sized(c.Structure):
    """A struct that begins with its size: a later library knows by it which
    members this one has, and takes defaults for the others."""

    def __init__(self, **members):
        super().__init__(struct_size=c.sizeof(type(self)), **members)


class Options(Sized):
    _fields_ = [
        ("struct_size", c.c_size_t),
        ("max_pixels", c.c_uint64),
        ("max_side", c.c_uint64),
        ("max_file", c.c_uint64),
        ("max_profile", c.c_uint64),
        ("max_memory", c.c_uint64),
        ("max_scans", c.c_uint32),
        ("threads", c.c_uint32),
        ("isa", c.c_uint32),
        ("allow_damaged", c.c_uint32),
        ("allocate", c.c_void_p),
        ("release", c.c_void_p),
        ("allocator_user", c.c_void_p),
        ("log", LOG),
        ("log_user", c.c_void_p),
        ("progress", PROGRESS),
        ("progress_user", c.c_void_p),
    ]


# CUTIS_OPTIONS_DEFAULT.
DEFAULTS = {
    "max_pixels": 100000000,
    "max_side": 30000,
    "max_file": 268435456,
    "max_profile": 4194304,
    "max_memory": 4294967296,
    "max_scans": 100,
    "threads": 1,
    "isa": 4,
}


class PhotoOptions(Sized):
    _fields_ = [
        ("struct_size", c.c_size_t),
        ("ipd_mm", c.c_double),
        ("px_per_mm", c.c_double),
        ("landmarks", c.c_uint32),
        ("landmark_count", c.c_uint32),
        ("landmark_points", c.POINTER(Point)),
        ("polygon", c.POINTER(Point)),
        ("polygon_count", c.c_size_t),
        ("card", Point * 4),
        ("card_reflectance", c.c_double),
        ("chart", Point * 4),
        ("chart_edition", c.c_uint32),
        ("backdrop", c.c_uint32),
    ]


class Pixels(Sized):
    _fields_ = [
        ("struct_size", c.c_size_t),
        ("data", c.c_void_p),
        ("stride", c.c_ssize_t),
        ("width", c.c_uint32),
        ("height", c.c_uint32),
        ("format", c.c_uint32),
        ("display_p3", c.c_uint32),
    ]


class CompareOptions(Sized):
    _fields_ = [
        ("struct_size", c.c_size_t),
        ("preset", c.c_char_p),
        ("treated", c.c_char_p),
        ("reference", c.c_char_p),
        ("days", c.c_double),
        ("polarised", c.c_uint64),
        ("language", c.c_char_p),
        ("cover_eyes", c.c_uint64),
        ("site_profile", c.c_char_p),
        ("site_profile_size", c.c_size_t),
    ]


class SeriesOptions(Sized):
    _fields_ = [
        ("struct_size", c.c_size_t),
        ("compare", c.POINTER(CompareOptions)),
        ("control_side", c.c_uint64),
    ]


class Visit(Sized):
    _fields_ = [
        ("struct_size", c.c_size_t),
        ("label", c.c_char_p),
        ("days", c.c_double),
        ("days_since_treatment", c.c_double),
        ("baseline", c.c_uint64),
        ("captures", c.POINTER(c.c_void_p)),
        ("capture_count", c.c_uint64),
        ("load", c.c_void_p),
        ("load_user", c.c_void_p),
    ]


class Metric(c.Structure):
    _fields_ = [
        ("name", c.c_char_p),
        ("title", c.c_char_p),
        ("unit", c.c_char_p),
        ("meaning", c.c_char_p),
        ("direction", c.c_int),
        ("scale", c.c_int),
        ("min_px_per_mm", c.c_double),
        ("sesoi", c.c_double),
        ("prior_sd", c.c_double),
    ]


class Region(c.Structure):
    _fields_ = [("name", c.c_char_p), ("title", c.c_char_p)]


# name: (result, arguments).  h is a handle, H the address of one.
h, H = c.c_void_p, c.POINTER(c.c_void_p)
FUNCTIONS = {
    "version": (c.c_char_p, []),
    "profile": (c.c_char_p, []),
    "status_name": (c.c_char_p, [c.c_int]),
    "status_text": (c.c_char_p, [c.c_int]),
    "isa_name": (c.c_char_p, [c.c_int]),
    "metric_at": (c.POINTER(Metric), [c.c_size_t]),
    "region_at": (c.POINTER(Region), [c.c_size_t]),
    "session_create": (c.c_int, [c.POINTER(Options), H]),
    "session_destroy": (None, [H]),
    "session_error": (c.c_char_p, [h]),
    "session_isa": (c.c_int, [h]),
    "photo_load": (c.c_int, [h, c.c_char_p, c.POINTER(PhotoOptions), H]),
    "photo_load_memory": (c.c_int, [h, c.c_char_p, c.c_size_t,
                                    c.POINTER(PhotoOptions), H]),
    "photo_load_pixels": (c.c_int, [h, c.POINTER(Pixels),
                                    c.POINTER(PhotoOptions), H]),
    "photo_destroy": (None, [H]),
    "photo_landmarks": (c.POINTER(Point), [h, c.POINTER(c.c_size_t)]),
    "photo_write_info": (c.c_int, [h, h, c.c_int, WRITE, c.c_void_p]),
    "photo_measure": (c.c_int, [h, h, H]),
    "reading_destroy": (None, [H]),
    "reading_write": (c.c_int, [h, h, c.c_int, WRITE, c.c_void_p]),
    "reading_write_maps": (c.c_int, [h, h, WRITE_FILE, c.c_void_p]),
    "reading_write_covered_maps": (c.c_int, [h, h, WRITE_FILE, c.c_void_p]),
    "photos_check": (c.c_int, [h, h, h, c.POINTER(CompareOptions), H]),
    "suitability_destroy": (None, [H]),
    "suitability_write": (c.c_int, [h, h, c.c_int, WRITE, c.c_void_p]),
    "visits_compare": (c.c_int, [h, H, c.c_size_t, H, c.c_size_t,
                                 c.POINTER(CompareOptions), H]),
    "comparison_destroy": (None, [H]),
    "comparison_write": (c.c_int, [h, h, c.c_int, WRITE, c.c_void_p]),
    "comparison_write_maps": (c.c_int, [h, h, WRITE_FILE, c.c_void_p]),
    "series_create": (c.c_int, [h, c.POINTER(SeriesOptions), H]),
    "series_destroy": (None, [H]),
    "series_add": (c.c_int, [h, h, c.POINTER(Visit)]),
    "series_run": (c.c_int, [h, h]),
    "series_write": (c.c_int, [h, h, c.c_int, WRITE, c.c_void_p]),
    "calibration_create": (c.c_int, [h, H]),
    "calibration_destroy": (None, [H]),
    "calibration_add": (c.c_int, [h, h, h]),
    "calibration_add_visits": (c.c_int, [h, h, H, c.c_size_t]),
    "calibration_people": (c.c_size_t, [h]),
    "calibration_pairs": (c.c_size_t, [h]),
    "calibration_write": (c.c_int, [h, h, WRITE, c.c_void_p]),
}


def load():
    """The library: CUTIS_LIBRARY names a file, else the system's is taken."""
    named = os.environ.get("CUTIS_LIBRARY")
    for name in [named] if named else [SONAME, c.util.find_library("cutis")]:
        try:
            library = c.CDLL(name) if name else None
        except OSError as error:
            library, why = None, error
        if library:
            break
    else:
        raise ImportError(f"the library cutis is not there: {why}")
    for name, (result, arguments) in FUNCTIONS.items():
        function = getattr(library, "cutis_" + name)
        function.restype = result
        function.argtypes = arguments
    return library


lib = load()
