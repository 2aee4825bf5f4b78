/* SPDX-License-Identifier: BSD-2-Clause */

/* A series as a table: a row a photograph. */

#ifndef CUTIS_TOOLS_TIMETABLE_H
#define CUTIS_TOOLS_TIMETABLE_H

#include <stdbool.h>

#include "capture.h"

enum { TIME_VISITS = 64, TIME_CAPTURES = 8 };

struct time_visit {
    char *label;
    double days, days_since_treatment; /* < 0 = not said */
    bool baseline;
    int count;
    struct capture capture[TIME_CAPTURES];
};

struct timetable {
    int count;
    struct time_visit visit[TIME_VISITS]; /* in the table's order */
};

/* Reads a table with the columns that docs/series.md lists.  0, or an exit code
 * with words on stderr; free it in any case. */
int timetable_read(struct timetable *plan, const char *path);
void timetable_free(struct timetable *plan);

#endif
