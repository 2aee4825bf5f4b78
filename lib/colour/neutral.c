/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What makes the colours of two photographs comparable.  The order is chart,
 * card, backdrop; below that only differences within a photograph are.
 *
 * A chart or a card leaves each camera's own error, some units of redness
 * between models and hardly any between two photographs of one: so another
 * camera, or a chart fitted in another form, leaves nothing in common.
 */

#include <math.h>
#include <string.h>

#include "colour/colour.h"

static bool differ(const char *a, const char *b)
{
    return a[0] && b[0] && strcmp(a, b) != 0;
}

bool ct_other_camera(const struct exif *a, const struct exif *b)
{
    const bool lengths = a->focal_mm > 0.0 && b->focal_mm > 0.0;

    return differ(a->make, b->make) || differ(a->model, b->model) ||
           differ(a->lens, b->lens) ||
           (lengths && fabs(a->focal_mm / b->focal_mm - 1.0) > 0.01);
}

enum ct_neutral ct_common_neutral(const struct skin *before,
                                  const struct exif *taken_before,
                                  const struct skin *after,
                                  const struct exif *taken_after)
{
    if (before->calibration != after->calibration ||
        before->correction.terms != after->correction.terms ||
        ct_other_camera(taken_before, taken_after))
        return CT_NEUTRAL_NONE;
    return before->calibration;
}

void ct_backdrop_gains(double before[3], double after[3], const struct skin *a,
                       const struct skin *b)
{
    for (int c = 0; c < 3; c++) {
        before[c] = sqrt(b->backdrop[c] / a->backdrop[c]);
        after[c] = sqrt(a->backdrop[c] / b->backdrop[c]);
    }
}
