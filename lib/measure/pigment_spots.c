/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Spot burden SB = sum over brown spots of area times mean contrast in P, per
 * area of skin.  It falls when spots fade, shrink or go, and a spot that splits
 * in two changes nothing.  spots.c finds them on the pigment map.
 */

#include <math.h>

#include "measure/measure.h"

enum { DENSITY, AREA, CONTRAST, DIAMETER, MIXED, PERSISTED };

static const struct detail_about details[] = {
    [DENSITY] = {"spot_density", "1/cm2", "brown spots per area"},
    [AREA] = {"spot_area", "%", "share of skin inside brown spots"},
    [CONTRAST] = {"spot_contrast", "P", "mean excess of melanin, %"},
    [DIAMETER] = {"spot_diameter", "mm", "mean width of a disk of their area"},
    [MIXED] = {"mixed_density", "1/cm2", "spots brown and red, not counted"},
    [PERSISTED] = {"spots_persisted", "1", "spots without a change"},
    {"spots_faded", "1", "spots that faded or shrank"},
    {"spots_grown", "1", "spots that grew or darkened"},
    {"spots_split", "1", "spots now in several parts"},
    {"spots_merged", "1", "spots now in fewer parts"},
    {"spots_new", "1", "spots that were not there before"},
    {"spots_gone", "1", "spots that are no longer there"},
    {0},
};

static cutis_status measure(struct reading rows[CT_REGIONS],
                            struct scene *scene, struct tools *tools)
{
    const struct cover *cover = &scene->colour.cover;
    (void)tools;
    for (int r = 0; r < CT_REGIONS; r++) {
        struct reading *row = &rows[r];
        if (!ct_is_open(row))
            continue;
        const struct tally sum =
            ct_tally(&scene->spots, CT_SPOT_PIGMENT, cover, r);
        const struct tally mixed =
            ct_tally(&scene->spots, CT_SPOT_MIXED, cover, r);
        row->count = sum.count;
        row->paired = scene->marks_paired;
        row->spread = sqrt(sum.variance) / row->area_cm2;
        row->value = fmax(sum.burden, 0.0) / row->area_cm2;
        ct_detail(row, &details[DENSITY], sum.count / row->area_cm2);
        ct_detail(row, &details[AREA], sum.area_mm2 / row->area_cm2);
        ct_detail(row, &details[CONTRAST], sum.contrast / sum.count);
        ct_detail(row, &details[DIAMETER], sum.size_mm / sum.count);
        ct_detail(row, &details[MIXED], mixed.count / row->area_cm2);
        if (scene->marks_paired)
            ct_fates(row, &details[PERSISTED], &scene->spots, CT_SPOT_PIGMENT,
                     cover, r);
    }
    return CUTIS_OK;
}

const struct metric ct_pigment_spots = {
    .about =
        {
            .name = "pigment_spots",
            .title = "Brown spots",
            .unit = "P mm2/cm2",
            .meaning = "How much melanin brown spots hold: their area times "
                       "how much darker they are, per area of skin.",
            .direction = CUTIS_LOWER_IS_BETTER,
            .scale = CUTIS_LOG,
            .min_px_per_mm = 3.0,
            .sesoi = 0.10,
            .prior_sd = 0.06,
        },
    .details = details,
    .subject = "brown spots",
    .plural = true,
    .needs_colour = true,
    .measure = measure,
};
