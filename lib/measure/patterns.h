/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Co-occurrence (glcm.c) and local binary patterns (lbp.c) of the relief
 * between 0.25 and 4 mm, on a grid of 8 px per mm (patterns.c).
 */

#ifndef CT_MEASURE_PATTERNS_H
#define CT_MEASURE_PATTERNS_H

#include "measure/measure.h"

enum {
    CT_GLCM_LEVELS = 64,
    CT_GLCM_SIZE = CT_GLCM_LEVELS * CT_GLCM_LEVELS,
    CT_GLCM_ANGLES = 4
};

/* Adds to counts[r], for every region r, the pairs of levels below
 * CT_GLCM_LEVELS whose pixels both lie in r, `distance` px apart in direction
 * `angle` x 45 degrees, the upper one in every `every`-th row. */
void ct_glcm_count(uint32_t (*counts)[CT_GLCM_SIZE], const struct bytes *levels,
                   const struct bytes *region, int distance, int angle,
                   int every);

/* Of the counts of all directions, none of which may be empty. */
void ct_glcm_features(struct glcm *out, const uint32_t (*counts)[CT_GLCM_SIZE]);

/* Points for the kernel `lbp`, as scikit-image places them. */
void ct_lbp_circle(struct circle *out, int points, int radius);

#endif
