/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Diffuse erythema: the share of skin that is redder than the reference by 3 H,
 * i.e. has a quarter more blood, after smoothing over 3 mm.  The reference is
 * untreated skin where it is declared, and else the person's own paler skin.
 */

#include <math.h>

#include "measure/measure.h"

static const double smooth_mm = 3.0;
static const double excess = 3.0; /* H */

static const struct detail_about details[] = {{0}};

static cutis_status measure(struct reading rows[CT_REGIONS],
                            struct scene *scene, struct tools *tools)
{
    const struct level *level = &scene->colour;
    const double reference = scene->view->reference == CT_REF_REGION
                                 ? scene->blood_reference
                                 : scene->blood_floor;
    cutis_status status = CUTIS_OK;
    struct plane smooth = {0};

    if (!scene->blood_raw.at || isnan(reference))
        return CUTIS_OK;
    TRY(ct_level_plane(&smooth, level, tools));
    TRY(ct_gauss_masked(&smooth, &scene->blood_raw, &level->mask,
                        smooth_mm * level->scale, true, tools));
    for (int r = 0; r < CT_REGIONS; r++) {
        if (!ct_is_open(&rows[r]))
            continue;
        const size_t n = ct_gather(scene->scratch, level, &smooth, r);
        size_t red = 0;
        for (size_t i = 0; i < n; i++)
            red += (double)scene->scratch[i] > reference + excess;
        rows[r].value = n ? 100.0 * (double)red / (double)n : NAN;
    }

done:
    ct_plane_free(&smooth);
    return status;
}

const struct metric ct_erythema_area = {
    .about =
        {
            .name = "erythema_area",
            .title = "Red area",
            .unit = "%",
            .meaning = "The share of skin with a quarter more blood than the "
                       "paler skin it is compared with.",
            .direction = CUTIS_LOWER_IS_BETTER,
            .scale = CUTIS_LINEAR,
            .min_px_per_mm = 3.0,
            .sesoi = 5.0,
            .prior_sd = 1.5,
        },
    .details = details,
    .subject = "red area",
    .needs_colour = true,
    .measure = measure,
};
