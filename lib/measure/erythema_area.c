/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Diffuse erythema: the share of skin that is redder than the reference by 3 H,
 * i.e. has a quarter more blood, after smoothing over 3 mm.  The reference is
 * untreated skin where it is declared, and else the person's own paler skin.
 *
 * Much of a face lies near any threshold, so that the share swings with the
 * level of the reference.  It is counted in by a ramp from 2 to 4 H, and the
 * share of skin on the ramp says how many points one H moves it: the error of
 * a change stands on that (progress/error.c).
 */

#include <math.h>

#include "measure/cells.h"

static const double smooth_mm = 3.0;
static const double least = 2.0,
                    most = 4.0; /* H: where the ramp begins, ends */

enum { STEEPNESS };

static const struct detail_about details[] = {
    [STEEPNESS] = {"steepness", "%/H", "by how much one H moves the area"},
    {0},
};

/* Shares in per cent: counted by the ramp, and on it per H. */
struct share {
    double red, steepness;
};

double ct_red_share_of(double h, double reference)
{
    const double along = (h - reference - least) / (most - least);

    return along <= 0.0 ? 0.0 : along < 1.0 ? along : 1.0;
}

static struct share count_red(const float *v, size_t n, double reference)
{
    double red = 0.0;
    size_t between = 0;

    for (size_t i = 0; i < n; i++) {
        const double along =
            ((double)v[i] - reference - least) / (most - least);
        red += along <= 0.0 ? 0.0 : along < 1.0 ? along : 1.0;
        between += along > 0.0 && along < 1.0;
    }
    return (struct share){100.0 * red / (double)n,
                          100.0 * (double)between / (double)n / (most - least)};
}

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
    TRY(ct_level_raw(&smooth, level, tools));
    TRY(ct_gauss_masked(&smooth, &scene->blood_raw, &level->mask,
                        smooth_mm * level->scale, true, tools));
    ct_cells_red(scene, &smooth, reference);
    for (int r = 0; r < CT_REGIONS; r++) {
        if (!ct_is_open(&rows[r]))
            continue;
        const size_t n = ct_gather(scene->scratch, level, &smooth, r);
        if (!n)
            continue;
        const struct share share = count_red(scene->scratch, n, reference);
        rows[r].value = share.red;
        ct_detail(&rows[r], &details[STEEPNESS], share.steepness);
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
