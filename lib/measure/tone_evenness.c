/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Unevenness of tone, U_tone = sqrt(U_P^2 + (U_H / 2)^2), where U_P and U_H are
 * the robust spread of 2 mm block medians of the pigment and the redness map
 * between 2 and 15 mm.  0 is perfectly even.
 *
 * Besides: the spread of ITA over 4 mm blocks, which shading takes part in; how
 * much the left cheek differs from the right, free of shading; and pale spots.
 */

#include <math.h>

#include "measure/measure.h"

enum { U_P, U_H, SIGMA_ITA, SIDES_H, SIDES_M, PALE_DENSITY, PALE_AREA, PALE };

static const struct detail_about details[] = {
    [U_P] = {"U_P", "P", "unevenness of pigment between 2 and 15 mm"},
    [U_H] = {"U_H", "H", "unevenness of redness between 2 and 15 mm"},
    [SIGMA_ITA] = {"sigma_ITA", "deg", "spread of ITA over 4 mm blocks"},
    [SIDES_H] = {"left_right_H", "H", "left cheek less right: redness"},
    [SIDES_M] = {"left_right_M", "M",
                 "left cheek less right: melanin, 100 per "
                 "ln; above ITA 10 only"},
    [PALE_DENSITY] = {"pale_density", "1/cm2", "pale spots per area"},
    [PALE_AREA] = {"pale_area", "%", "share of skin that pale spots cover"},
    [PALE] = {"pale_contrast", "P", "mean contrast of pale spots"},
    {0},
};

static const double least_ita_for_melanin = 10.0;

/* The median of the left cheek less that of the right; NaN without both. */
static double between_cheeks(const struct scene *scene,
                             const struct plane *plane)
{
    const enum fitness *const fit = scene->colour.cover.fitness;
    if (fit[CT_CHEEK_L] != FIT || fit[CT_CHEEK_R] != FIT)
        return NAN;
    size_t n = ct_gather(scene->scratch, &scene->colour, plane, CT_CHEEK_L);
    const double left = ct_quantile(scene->scratch, n, 0.5);
    n = ct_gather(scene->scratch, &scene->colour, plane, CT_CHEEK_R);
    return left - ct_quantile(scene->scratch, n, 0.5);
}

static cutis_status add_sides(struct reading *face, const struct scene *scene,
                              struct tools *tools)
{
    struct plane melanin = {0};
    cutis_status status = CUTIS_OK;

    ct_detail(face, &details[SIDES_H], between_cheeks(scene, &scene->blood));
    if (scene->tone.ita > least_ita_for_melanin) {
        TRY(ct_unmix(&melanin, scene, scene->tone.melanin, tools));
        ct_detail(face, &details[SIDES_M], between_cheeks(scene, &melanin));
    }

done:
    ct_plane_free(&melanin);
    return status;
}

static void add_pale(struct reading *row, const struct pale *pale)
{
    ct_detail(row, &details[PALE_DENSITY], pale->count / row->area_cm2);
    ct_detail(row, &details[PALE_AREA], pale->area_mm2 / row->area_cm2);
    if (pale->area_mm2 > 0.0)
        ct_detail(row, &details[PALE], pale->burden / pale->area_mm2);
}

static cutis_status measure(struct reading rows[CT_REGIONS],
                            struct scene *scene, struct tools *tools)
{
    const double *const blood = scene->blood_uneven;
    const bool neutral = scene->view->skin->neutral;
    double pigment[CT_REGIONS], ita[CT_REGIONS];
    struct pale pale[CT_REGIONS];
    cutis_status status = CUTIS_OK;

    if (!scene->pigment.at)
        return CUTIS_OK;
    TRY(ct_unevenness(pigment, scene, &scene->pigment, tools));
    TRY(ct_blood_unevenness(scene, tools));
    if (neutral)
        TRY(ct_ita_spread(ita, scene, tools));
    TRY(ct_pale_spots(pale, scene, tools));
    for (int r = 0; r < CT_REGIONS; r++) {
        if (!ct_is_open(&rows[r]))
            continue;
        rows[r].value =
            ct_sqrt(pigment[r] * pigment[r] + 0.25 * blood[r] * blood[r]);
        ct_detail(&rows[r], &details[U_P], pigment[r]);
        ct_detail(&rows[r], &details[U_H], blood[r]);
        if (neutral)
            ct_detail(&rows[r], &details[SIGMA_ITA], ita[r]);
        add_pale(&rows[r], &pale[r]);
    }
    if (ct_is_open(&rows[CT_FACE_REGION]))
        TRY(add_sides(&rows[CT_FACE_REGION], scene, tools));

done:
    return status;
}

const struct metric ct_tone_evenness = {
    .about =
        {
            .name = "tone_evenness",
            .title = "Unevenness of tone",
            .unit = "U",
            .meaning = "How much colour varies between patches of 2 to 15 mm; "
                       "0 is perfectly even.",
            .direction = CUTIS_LOWER_IS_BETTER,
            .scale = CUTIS_LOG,
            .min_px_per_mm = 3.0,
            .sesoi = 0.15,
            .prior_sd = 0.08,
        },
    .details = details,
    .subject = "unevenness of tone",
    .needs_colour = true,
    .early = true,
    .measure = measure,
};
