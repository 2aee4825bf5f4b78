/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Would other skin of this person say the same?  Of values on a grid of cells,
 * which resemble their neighbours, how many independent ones they are worth.
 */

#ifndef CT_MEASURE_SAMPLING_H
#define CT_MEASURE_SAMPLING_H

#include "stages.h"

/* Cells of 1 mm, row by row; `in` is 1 where there is one and 0 elsewhere,
 * where `value` is 0 as well. */
struct mosaic {
    int width, height;
    float *value;
    uint8_t *in;
    double *sum, *count; /* scratch, (width + 1) * (height + 1) each */
};

/* Of values whose mean is 0 up to rounding.  All NaN: too few cells, or none
 * that differs from another.  Changing the sign of all changes nothing. */
void ct_sampling_of(struct sampling *out, const struct mosaic *mosaic);

#endif
