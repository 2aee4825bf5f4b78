/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * cutis measures visible skin change between two photographs of a face, and
 * says how sure it is.  It is not a diagnostic device.
 *
 *     session.h   1. options, limits, memory: make a session
 *     photo.h     2. load two photographs
 *     measure.h   3. readings of one
 *     compare.h   4. changes between two, and the report
 *     check.h     5. may two be compared? the checks alone
 *     series.h    6. visits over time
 *     stats.h     7. of many comparisons: agreement, effects, many tests
 *     calibrate.h 8. how well this camera and these hands repeat
 *
 * Everything rests on the rules in base.h.
 */

#ifndef CUTIS_CUTIS_H
#define CUTIS_CUTIS_H

#include <cutis/calibrate.h>
#include <cutis/check.h>
#include <cutis/series.h>
#include <cutis/stats.h>

#endif
