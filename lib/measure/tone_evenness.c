/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Unevenness of tone, U_tone = sqrt(U_P^2 + (U_H / 2)^2), where U_P and U_H are
 * the robust spread of 2 mm block medians of the pigment and the redness map
 * between 2 and 15 mm.  0 is perfectly even.
 */

#include "measure/measure.h"

enum { U_P, U_H };

static const struct detail_about details[] = {
    [U_P] = {"U_P", "P", "unevenness of pigment between 2 and 15 mm"},
    [U_H] = {"U_H", "H", "unevenness of redness between 2 and 15 mm"},
    {0},
};

static cutis_status measure(struct reading rows[CT_REGIONS],
                            struct scene *scene, struct tools *tools)
{
    double pigment[CT_REGIONS], blood[CT_REGIONS];
    cutis_status status = CUTIS_OK;

    if (!scene->pigment.at)
        return CUTIS_OK;
    TRY(ct_unevenness(pigment, scene, &scene->pigment, tools));
    TRY(ct_unevenness(blood, scene, &scene->blood_raw, tools));
    for (int r = 0; r < CT_REGIONS; r++) {
        if (!ct_is_open(&rows[r]))
            continue;
        rows[r].value =
            ct_sqrt(pigment[r] * pigment[r] + 0.25 * blood[r] * blood[r]);
        ct_detail(&rows[r], &details[U_P], pigment[r]);
        ct_detail(&rows[r], &details[U_H], blood[r]);
    }

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
    .measure = measure,
};
