/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Co-occurrence (glcm.c) and local binary patterns (lbp.c) of the relief
 * between 0.25 and 4 mm, on a grid of 8 px per mm (patterns.c).
 */

#ifndef CT_MEASURE_PATTERNS_H
#define CT_MEASURE_PATTERNS_H

#include "measure/measure.h"

enum { CT_GLCM_LEVELS = 64, CT_GLCM_ANGLES = 4 };

/* Adds the pairs of levels below CT_GLCM_LEVELS whose pixels both lie in
 * region `wanted`, `distance` px apart in direction `angle` x 45 degrees. */
void ct_glcm_count(uint32_t *counts, const struct bytes *levels,
                   const struct bytes *region, int wanted, int distance,
                   int angle);

/* Of the counts of all directions, none of which may be empty. */
void ct_glcm_features(
    struct glcm *out,
    const uint32_t (*counts)[CT_GLCM_LEVELS * CT_GLCM_LEVELS]);

struct lbp_circle {
    int points, reach; /* px beyond the middle that are looked at */
    double x[16], y[16];
};

void ct_lbp_circle(struct lbp_circle *out, int points, int radius);

/* [0, points + 1]; the plane must reach `reach` px around (x, y). */
int ct_lbp_code(const struct plane *plane, const struct lbp_circle *circle,
                int x, int y);

#endif
