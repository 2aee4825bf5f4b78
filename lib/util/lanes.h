/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Two photographs at a time.  What is done to each of them is long and the same
 * and shares nothing, so that two threads halve it; loops over rows, which come
 * and go, never get that far.
 */

#ifndef CT_UTIL_LANES_H
#define CT_UTIL_LANES_H

#include "util/tools.h"

typedef cutis_status ct_lane_fn(void *context, int item, struct tools *tools);

/*
 * Calls work(context, i, its tools) for every i in [0, count): in order, or two
 * at a time, each with half of the threads.  Items write to places of their
 * own.  When one fails, no further one begins; what comes back is the status
 * and the sentence of the first item, in their order, that failed, and its
 * number in *failed (unless NULL).  Progress is told and asked on the caller's
 * thread; sentences to the log come in the order of the items.
 */
cutis_status ct_side_by_side(struct tools *tools, int count, ct_lane_fn *work,
                             void *context, int *failed);

#endif
