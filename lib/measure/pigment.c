/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The pigment map: P = 100 times the change of ln(melanin) against the skin
 * 12 mm around.
 *
 * Two vectors, melanin and blood, are sound at every tone and quiet, but take a
 * third of a shadow for melanin.  Three vectors, with shading as the third,
 * never see a shadow, but are four times as noisy, and blind where melanin
 * itself is grey, on brown skin.  Shadows of the face's own shape are wide and
 * noise is fine: so what is wide comes from three vectors, as far as the tone
 * lets them, and what is fine from two.  Melanin counts one in both.
 */

#include "measure/measure.h"

static const double around_mm = 12.0;
static const double wide_mm = 2.0; /* sigma of what is wide */
const double ct_pigment_smooth_mm = 0.25;

/* The share of three vectors: all above the one tone, none below the other. */
static const double sound_ita = 15.0, unsound_ita = 0.0;
static const double p_per_m = 1.0 / 0.526; /* of the same melanin */

/* What three vectors say less what two say. */
static void set_difference(double out[3], const struct tone *tone)
{
    const double share = (tone->ita - unsound_ita) / (sound_ita - unsound_ita);
    const double part = share > 1.0 ? 1.0 : share > 0.0 ? share : 0.0;
    for (int c = 0; c < 3; c++)
        out[c] = part * (p_per_m * tone->melanin[c] - tone->pigment[c]);
}

cutis_status ct_pigment(struct scene *scene, struct tools *tools)
{
    const struct level *level = &scene->colour;
    cutis_status status = CUTIS_OK;
    struct plane wide = {0};
    double difference[3];

    set_difference(difference, &scene->tone);
    TRY(ct_unmix(&wide, scene, difference, tools));
    TRY(ct_gauss_masked(&wide, &wide, &level->mask, wide_mm * level->scale,
                        true, tools));
    TRY(ct_unmix(&scene->pigment, scene, scene->tone.pigment, tools));
    for (int y = 0; y < level->height; y++)
        for (int x = 0; x < level->width; x++)
            ct_row(&scene->pigment, y)[x] += ct_row(&wide, y)[x];
    ct_clear_outside(&scene->pigment, &level->mask);
    TRY(ct_flatten(&scene->pigment, level, around_mm, tools));
    TRY(ct_gauss_masked(&scene->pigment, &scene->pigment, &level->mask,
                        ct_pigment_smooth_mm * level->scale, true, tools));
    ct_clear_outside(&scene->pigment, &level->mask);

done:
    ct_plane_free(&wide);
    return status;
}
