/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * A site's own repeat errors.  Captures of skin that did not change, taken one
 * after the other with the person repositioned, say how well this camera, this
 * light and these hands repeat.  A profile of several people's captures then
 * takes the place of the errors that are assumed for everybody.
 *
 *     cutis_calibration_create(session, &calibration);
 *     for each person:
 *         cutis_visits_compare(session, first, 1, others, n, NULL, &same);
 *         cutis_calibration_add(session, calibration, same);
 *      or, of people who came to several visits, cutis_calibration_add_visits
 *     cutis_calibration_write(session, calibration, write, user);
 */

#ifndef CUTIS_CALIBRATE_H
#define CUTIS_CALIBRATE_H

#include <cutis/compare.h>

CUTIS_BEGIN

/* The profile in the making. */
typedef struct cutis_calibration cutis_calibration;

/* ARGUMENT, MEMORY. */
CUTIS_API cutis_status cutis_calibration_create(cutis_session *session,
                                                cutis_calibration **out);

CUTIS_API void cutis_calibration_destroy(cutis_calibration **calibration);

/*
 * Adds one person: a comparison whose two visits are captures of the same,
 * unchanged skin, best one capture against all others.  It may be destroyed
 * afterwards.  UNSUITABLE: they could not be compared, or say nothing of
 * repeats; nothing was added.  ARGUMENT.
 */
CUTIS_API cutis_status cutis_calibration_add(cutis_session *session,
                                             cutis_calibration *calibration,
                                             const cutis_comparison *same);

/*
 * Adds one person who came several times, with several captures a visit: the
 * first visit compared with each other one, `count` >= 1 comparisons of skin
 * that did not change.  The profile then knows what differs between visits
 * apart from what differs within one: more captures a visit lower only the
 * latter.  As cutis_calibration_add otherwise.
 */
CUTIS_API cutis_status cutis_calibration_add_visits(
    cutis_session *session, cutis_calibration *calibration,
    const cutis_comparison *const *same, size_t count);

/* How many people were added, and the pairs of captures that they had. */
CUTIS_API size_t cutis_calibration_people(const cutis_calibration *calibration);
CUTIS_API size_t cutis_calibration_pairs(const cutis_calibration *calibration);

/* The profile as JSON of schema cutis.site-profile/1, for `site_profile` of
 * cutis_compare_options.  It names nobody and has no date.  UNSUITABLE: nothing
 * was added.  IO: the callback refused.  ARGUMENT, MEMORY. */
CUTIS_API cutis_status cutis_calibration_write(
    cutis_session *session, const cutis_calibration *calibration,
    cutis_write_fn write, void *user);

CUTIS_END

#endif
