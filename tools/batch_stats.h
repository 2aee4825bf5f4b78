/* SPDX-License-Identifier: BSD-2-Clause */

/* What the statistics of a batch and their pictures share. */

#ifndef CUTIS_TOOLS_BATCH_STATS_H
#define CUTIS_TOOLS_BATCH_STATS_H

#include <cutis/cutis.h>

/* One metric in one region of one group of pairs. */
struct cell {
    char *group; /* "" = all */
    char *metric, *region, *reading, *unit;
    bool is_log;   /* the figures are of natural logarithms */
    double *value; /* before and after of each pair in turn */
    size_t pairs, room;
    size_t left_out; /* pairs without both values */
    cutis_paired paired;
    cutis_agreement agreement;
    double p_adjusted;
};

/* Draws the differences over the means as SVG in `folder`; gives the name it
 * has there. */
int stats_draw(const struct cell *cell, const char *folder, size_t number,
               char name[64]);

#endif
