/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The one parallel loop.  Work items must not depend on each other; what they
 * sum up is folded by the caller in item order, so that the number of threads
 * never shows in a result.
 */

#ifndef CT_UTIL_PARALLEL_H
#define CT_UTIL_PARALLEL_H

#include "util/tools.h"

/*
 * Calls work(context, i) for every i in [0, count), on up to `threads` threads.
 * With threads = 1 no team is started.  Fewer threads are used when the system
 * cannot make them.
 */
void ct_parallel(int threads, int count, void (*work)(void *context, int item),
                 void *context);

/* The same, for work that takes long: may be stopped between its items.
 * CANCELLED: some were not worked on. */
cutis_status ct_each(struct tools *tools, int count,
                     void (*work)(void *context, int item), void *context);

enum { CT_BAND = 64 }; /* rows of an item, where a loop goes over rows */

#endif
