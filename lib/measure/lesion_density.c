/* SPDX-License-Identifier: BSD-2-Clause */

/* Inflamed spots, per area.  spots.c finds them on the redness map. */

#include "measure/measure.h"

enum { AREA, CONTRAST, DIAMETER, PERSISTED };

static const struct detail_about details[] = {
    [AREA] = {"lesion_area", "%", "share of skin inside lesions"},
    [CONTRAST] = {"lesion_contrast", "H", "mean redness over 8 mm around"},
    [DIAMETER] = {"lesion_diameter", "mm", "mean width at half height"},
    [PERSISTED] = {"lesions_persisted", "1", "lesions without a change"},
    {"lesions_faded", "1", "lesions that faded or shrank"},
    {"lesions_grown", "1", "lesions that grew or darkened"},
    {"lesions_split", "1", "lesions now in several parts"},
    {"lesions_merged", "1", "lesions now in fewer parts"},
    {"lesions_new", "1", "lesions that were not there before"},
    {"lesions_gone", "1", "lesions that are no longer there"},
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
            ct_tally(&scene->lesions, CT_SPOT_RED, &scene->colour.cover, r);
        row->count = sum.count;
        row->paired = scene->marks_paired;
        row->spread = ct_sqrt(sum.alone + 1.0) / row->area_cm2;
        row->value = sum.count / row->area_cm2;
        ct_detail(row, &details[AREA], sum.area_mm2 / row->area_cm2);
        ct_detail(row, &details[CONTRAST], sum.contrast / sum.count);
        ct_detail(row, &details[DIAMETER], sum.size_mm / sum.count);
        if (scene->marks_paired)
            ct_fates(row, &details[PERSISTED], &scene->lesions, CT_SPOT_RED,
                     &scene->colour.cover, r);
    }
    return CUTIS_OK;
}

const struct metric ct_lesion_density = {
    .about =
        {
            .name = "lesion_density",
            .title = "Inflamed spots",
            .unit = "1/cm2",
            .meaning = "How many red spots of 1 to 6 mm there are on a square "
                       "centimetre.",
            .direction = CUTIS_LOWER_IS_BETTER,
            .scale = CUTIS_LOG,
            .min_px_per_mm = 3.0,
            .sesoi = 0.20,
            .prior_sd = 0.10,
        },
    .details = details,
    .subject = "inflamed spots",
    .plural = true,
    .needs_colour = true,
    .measure = measure,
};
