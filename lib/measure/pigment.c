/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The pigment map: P = 100 times the change of ln(melanin) against the skin
 * 12 mm around.  The high-pass takes shading off, so that two vectors, melanin
 * and blood, suffice, and P is sound at every tone.
 */

#include "measure/measure.h"

static const double around_mm = 12.0;
const double ct_pigment_smooth_mm = 0.25;

cutis_status ct_pigment(struct scene *scene, struct tools *tools)
{
    const struct level *level = &scene->colour;
    cutis_status status = CUTIS_OK;

    TRY(ct_unmix(&scene->pigment, scene, scene->tone.pigment, tools));
    TRY(ct_flatten(&scene->pigment, level, around_mm, tools));
    TRY(ct_gauss_masked(&scene->pigment, &scene->pigment, &level->mask,
                        ct_pigment_smooth_mm * level->scale, true, tools));
    ct_clear_outside(&scene->pigment, &level->mask);

done:
    return status;
}
