/* SPDX-License-Identifier: BSD-2-Clause */

/* The taps of the line filter: line_taps.c. */

#ifndef CUTIS_MEASURE_LINE_TAPS_H
#define CUTIS_MEASURE_LINE_TAPS_H

#include "measure/measure.h"

enum { CT_LINE_SIDE = 96, CT_LINE_TAPS = 2 * CT_LINE_SIDE + 1 };

/* The smoothing along one direction; pairs of taps at (x, y) and (-x, -y). */
struct line_taps {
    float weight[CT_LINE_TAPS];
    int x[CT_LINE_TAPS], y[CT_LINE_TAPS];
    int pairs; /* weight[0] is the middle's */
    bool flat; /* taps come in couples above each other */
};

struct line_direction {
    double sine, cosine;
    struct line_taps taps;
    bool scaled;
};

/* For second derivatives of a Gaussian of sigma across each direction, times
 * -sigma^2, to be smoothed by `length` along it; px. */
void ct_line_directions(struct line_direction out[CT_ANGLES], double sigma,
                        double length);

#endif
