# SPDX-License-Identifier: BSD-2-Clause
"""One exception a status of the C library."""
from __future__ import annotations


class Error(Exception):
    """What every other one is.  `status` is the name that the C library and
    the command's tables use: "no_face"."""

    status = "internal"


class ArgumentError(Error, ValueError):
    """A documented rule was broken."""

    status = "argument"


class OutOfMemoryError(Error, MemoryError):
    """An allocation failed, or would have gone over max_memory."""

    status = "memory"


class FileError(Error, OSError):
    """A file could not be read or written."""

    status = "io"


class FormatError(Error):
    """Not a picture that can be read."""

    status = "format"


class DamagedError(Error):
    """A picture, but cut short or corrupt."""

    status = "damaged"


class LimitError(Error):
    """Larger than the session's limits."""

    status = "limit"


class UnsupportedError(Error):
    """Valid, but not what this build handles."""

    status = "unsupported"


class NoFaceError(Error):
    """No face was found."""

    status = "no_face"


class UnsuitableError(Error):
    """A face, but turned or cropped too far."""

    status = "unsuitable"


class CancelledError(Error):
    """The progress function said stop."""

    status = "cancelled"


class InternalError(Error):
    """The library's own mistake: please report it."""

    status = "internal"


BY_STATUS = {kind.status: kind for kind in Error.__subclasses__()}
