/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * A colour chart of 24 patches: read from the picture (chart.c), held against
 * its maker's figures (chart_data.c), and what they tell of the camera
 * (chart_fit.c).
 */

#ifndef CT_COLOUR_CHART_H
#define CT_COLOUR_CHART_H

#include "colour/colour.h"

enum { CT_PATCHES = 24, CT_FIRST_NEUTRAL = 18 };

/* What was seen of each patch, and what it is. */
struct chart {
    double seen[CT_PATCHES][3]; /* linear light, as the camera gave it */
    bool valid[CT_PATCHES];     /* neither clipped nor uneven */
    int count;                  /* of the valid ones */
    double linear[CT_PATCHES][3], lab[CT_PATCHES][3]; /* D65 */
};

/* One patch of an edition: 0 = after November 2014, 1 = before. */
void ct_chart_reference(double lab[3], double linear[3], int edition,
                        int patch);

struct chart_fit {
    struct correction correction;
    double error;    /* mean CIEDE2000 of the valid patches */
    double left_out; /* the same, each by a fit without it */
};

/* Of the patches that are valid; the root-polynomial form only where it is
 * clearly better at patches that it has not seen. */
void ct_chart_fit(struct chart_fit *out, const struct chart *chart);

#endif
