/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What every other header rests on: the export macro, the version, the status
 * codes, and the rules that hold for the whole library.
 *
 * Ownership.  A function whose name ends in _create, _load, _analyse, _measure
 * or _compare gives its result to the caller, who hands it back to the matching
 * _destroy.  _destroy takes the address of the handle and sets it to NULL; a
 * handle that is NULL already is fine.  What a session made is destroyed before
 * the session.  Pointers that a getter returns live as long as the handle.
 *
 * Threads.  Two sessions never share state, so different threads may use
 * different sessions freely.  A session, and whatever it made, belongs to one
 * thread at a time, except where a function says "Thread-safety: safe".
 *
 * Failure.  A function that can fail returns a cutis_status.  On failure its
 * outputs are untouched, nothing is leaked, and cutis_session_error() has a
 * sentence for a person.
 *
 * Numbers.  Lengths are in mm, areas in cm2, angles in degrees, unless a name
 * or a unit says otherwise.  A number that does not exist is NaN, never 0.
 */

#ifndef CUTIS_BASE_H
#define CUTIS_BASE_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
#define CUTIS_BEGIN extern "C" {
#define CUTIS_END   }
#else
#define CUTIS_BEGIN
#define CUTIS_END
#endif

#if defined(__GNUC__)
#define CUTIS_API __attribute__((visibility("default")))
#else
#define CUTIS_API
#endif

#define CUTIS_VERSION_MAJOR 0
#define CUTIS_VERSION_MINOR 1
#define CUTIS_VERSION_PATCH 0

CUTIS_BEGIN

/* Values are never reused or renumbered; new ones go before the count. */
typedef enum cutis_status {
    CUTIS_OK = 0,
    CUTIS_ERROR_ARGUMENT = 1,    /* the caller broke a documented rule */
    CUTIS_ERROR_MEMORY = 2,      /* an allocation failed */
    CUTIS_ERROR_IO = 3,          /* a file could not be read or written */
    CUTIS_ERROR_FORMAT = 4,      /* the bytes are not a picture we can read */
    CUTIS_ERROR_DAMAGED = 5,     /* a picture, but cut short or corrupt */
    CUTIS_ERROR_LIMIT = 6,       /* larger than the limits in the options */
    CUTIS_ERROR_UNSUPPORTED = 7, /* valid, but not what this build handles */
    CUTIS_ERROR_NO_FACE = 8,     /* no face was found */
    CUTIS_ERROR_UNSUITABLE = 9,  /* a face, but turned, cut or too large */
    CUTIS_ERROR_CANCELLED = 10,  /* the progress callback said stop */
    CUTIS_ERROR_INTERNAL = 11,   /* our own mistake: please report it */
    CUTIS_STATUS_COUNT
} cutis_status;

/* A short English phrase, never NULL.  Thread-safety: safe. */
CUTIS_API const char *cutis_status_text(cutis_status status);

/* A stable identifier such as "no_face", never NULL.  Thread-safety: safe. */
CUTIS_API const char *cutis_status_name(cutis_status status);

/* The version of the library that is running: "0.1.0".  Thread-safety: safe. */
CUTIS_API const char *cutis_version(void);

/*
 * The name of the scoring profile: formulas, weights and thresholds.  Readings
 * compare only within one profile.  Thread-safety: safe.
 */
CUTIS_API const char *cutis_profile(void);

CUTIS_END

#endif
