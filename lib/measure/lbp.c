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

void ct_lbp_circle(struct lbp_circle *out, int points, int radius)
{
    out->points = points;
    out->reach = radius;
    for (int i = 0; i < points; i++) {
        out->x[i] = rounded(radius * ct_cos(two_pi * i / points));
        out->y[i] = rounded(-radius * ct_sin(two_pi * i / points));
    }
}

static double between(const struct plane *plane, double x, double y)
{
    const int i = (int)floor(x), j = (int)floor(y);
    const double u = x - i, v = y - j;
    const float *const a = ct_row(plane, j) + i;
    const float *const b = v > 0.0 ? ct_row(plane, j + 1) + i : a;
    const int next = u > 0.0;
    const double above = (1.0 - u) * (double)a[0] + u * (double)a[next];
    const double below = (1.0 - u) * (double)b[0] + u * (double)b[next];
    return (1.0 - v) * above + v * below;
}

int ct_lbp_code(const struct plane *plane, const struct lbp_circle *circle,
                int x, int y)
{
    const double middle = (double)ct_row(plane, y)[x];
    int sum = 0, changes = 0, first = 0, last = 0;
    for (int i = 0; i < circle->points; i++) {
        const int bit =
            between(plane, x + circle->x[i], y + circle->y[i]) >= middle;
        sum += bit;
        first = i ? first : bit;
        changes += i && bit != last;
        last = bit;
    }
    /* The step from the last point to the first is not one of scikit-image's
     * changes: with it there are an even number, so `at most 2` is the same. */
    return changes + (last != first) <= 2 ? sum : circle->points + 1;
}
