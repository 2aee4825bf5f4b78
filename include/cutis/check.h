/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * May these photographs be measured and compared?  The checks alone, in a
 * fraction of the time that readings take.
 */

#ifndef CUTIS_CHECK_H
#define CUTIS_CHECK_H

#include <cutis/compare.h>

CUTIS_BEGIN

/* What the checks say of one photograph or of two. */
typedef struct cutis_suitability cutis_suitability;

/*
 * Checks two photographs of one face as cutis_photos_compare does, or one if
 * `after` is NULL.  Of the options only `days` matters; NULL = none.
 * Photographs stay the caller's and must live as long as the result.
 * Photographs that cannot be compared are not an error.  ARGUMENT, MEMORY,
 * CANCELLED, LIMIT.
 */
CUTIS_API cutis_status cutis_photos_check(cutis_session *session,
                                          const cutis_photo *before,
                                          const cutis_photo *after,
                                          const cutis_compare_options *options,
                                          cutis_suitability **out);

CUTIS_API void cutis_suitability_destroy(cutis_suitability **suitability);

/* The checks, in the order of a comparison's; NULL from the end on. */
CUTIS_API const cutis_check *
cutis_suitability_at(const cutis_suitability *suitability, size_t index);

/* Of one photograph: what a comparison with another can be at best. */
CUTIS_API cutis_comparable
cutis_suitability_comparable(const cutis_suitability *suitability);

/* TEXT, or JSON of schema cutis.check/1.  IO: the callback refused.
 * UNSUPPORTED: another format.  ARGUMENT, MEMORY. */
CUTIS_API cutis_status cutis_suitability_write(
    cutis_session *session, const cutis_suitability *suitability,
    cutis_format format, cutis_write_fn write, void *user);

CUTIS_END

#endif
