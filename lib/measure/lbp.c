/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Local binary patterns, uniform and invariant to rotation (Ojala, Pietikainen,
 * Maenpaa 2002): of n points on a circle, how many are no darker than the
 * middle, if around the circle that changes at most twice; n + 1 otherwise.
 */

#include <math.h>

#include "measure/patterns.h"

static const double two_pi = 6.283185307179586;

/* To five decimals, as scikit-image places the points. */
static double rounded(double x)
{
    return floor(x * 1e5 + 0.5) / 1e5;
}

void ct_lbp_circle(struct circle *out, int points, int radius)
{
    out->points = points;
    for (int i = 0; i < points; i++) {
        out->x[i] = rounded(radius * ct_cos(two_pi * i / points));
        out->y[i] = rounded(-radius * ct_sin(two_pi * i / points));
    }
}
