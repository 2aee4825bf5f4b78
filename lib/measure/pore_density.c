/* SPDX-License-Identifier: BSD-2-Clause */

/* Visible pores, per area.  pores.c finds them. */

#include "measure/measure.h"

enum { AREA, DIAMETER, CONTRAST, PERSISTED };

static const struct detail_about details[] = {
    [AREA] = {"pore_area", "%", "share of skin inside pores"},
    [DIAMETER] = {"pore_diameter", "mm", "mean width at half depth"},
    [CONTRAST] = {"pore_contrast", "cOD", "mean darkness over 1 mm around"},
    [PERSISTED] = {"pores_persisted", "1", "pores without a change"},
    {"pores_faded", "1", "pores that faded or shrank"},
    {"pores_grown", "1", "pores that grew or darkened"},
    {"pores_split", "1", "pores now in several parts"},
    {"pores_merged", "1", "pores now in fewer parts"},
    {"pores_new", "1", "pores that were not there before"},
    {"pores_gone", "1", "pores that are no longer there"},
    {0},
};

static cutis_status measure(struct reading rows[CT_REGIONS],
                            struct scene *scene, struct tools *tools)
{
    (void)tools;
    for (int r = 0; r < CT_REGIONS; r++) {
        struct reading *row = &rows[r];
        if (!ct_is_open(row))
            continue;
        const struct tally sum =
            ct_tally(&scene->pores, 0, &scene->relief.cover, r);
        row->count = sum.count;
        row->paired = scene->pores_paired;
        row->spread = ct_sqrt(sum.alone + 1.0) / row->area_cm2;
        row->value = sum.count / row->area_cm2;
        ct_detail(row, &details[AREA], sum.area_mm2 / row->area_cm2);
        ct_detail(row, &details[DIAMETER], sum.size_mm / sum.count);
        ct_detail(row, &details[CONTRAST], sum.contrast / sum.count);
        if (scene->pores_paired)
            ct_fates(row, &details[PERSISTED], &scene->pores, 0,
                     &scene->relief.cover, r);
    }
    return CUTIS_OK;
}

const struct metric ct_pore_density = {
    .about =
        {
            .name = "pore_density",
            .title = "Visible pores",
            .unit = "1/cm2",
            .meaning = "How many pores of 0.2 to 1 mm show on a square "
                       "centimetre.",
            .direction = CUTIS_LOWER_IS_BETTER,
            .scale = CUTIS_LOG,
            .min_px_per_mm = 12.0,
            .sesoi = 0.10,
            .prior_sd = 0.07,
        },
    .details = details,
    .subject = "pores",
    .plural = true,
    .needs_relief = true,
    .most_blur_mm = 0.10,
    .measure = measure,
};
