/* SPDX-License-Identifier: BSD-2-Clause */

/* Length of lines per area of skin; choose.c says which are lines. */

#include "measure/measure.h"

enum { FINE, LYING, UPRIGHT, WAY };

static const struct detail_about details[] = {
    [FINE] = {"fine_density", "mm/cm2",
              "of it, narrower than 0.2 mm or "
              "shallower than 2 cOD"},
    [LYING] = {"lying_share", "%",
               "of the length, within 22.5 degrees of the face's horizontal"},
    [UPRIGHT] = {"upright_share", "%",
                 "of the length, within 22.5 degrees of its vertical"},
    [WAY + 0] = {"angle_0", "%",
                 "of the length, nearest to the face's horizontal"},
    [WAY + 1] = {"angle_22", "%",
                 "of the length, nearest to 22.5 degrees, anticlockwise"},
    [WAY + 2] = {"angle_45", "%",
                 "of the length, nearest to 45 degrees, anticlockwise"},
    [WAY + 3] = {"angle_67", "%",
                 "of the length, nearest to 67.5 degrees, anticlockwise"},
    [WAY + 4] = {"angle_90", "%",
                 "of the length, nearest to 90 degrees, anticlockwise"},
    [WAY + 5] = {"angle_112", "%",
                 "of the length, nearest to 112.5 degrees, anticlockwise"},
    [WAY + 6] = {"angle_135", "%",
                 "of the length, nearest to 135 degrees, anticlockwise"},
    [WAY + 7] = {"angle_157", "%",
                 "of the length, nearest to 157.5 degrees, anticlockwise"},
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
        const struct wrinkles sum =
            ct_wrinkles(&scene->lines, &scene->relief.cover, r);
        row->count = sum.count;
        row->paired = scene->lines.paired;
        row->spread = ct_sqrt(sum.variance) / row->area_cm2;
        row->value = sum.length_mm / row->area_cm2;
        ct_detail(row, &details[FINE], sum.fine_mm / row->area_cm2);
        ct_detail(row, &details[LYING],
                  100.0 * sum.heading_mm[CT_LYING] / sum.length_mm);
        ct_detail(row, &details[UPRIGHT],
                  100.0 * sum.heading_mm[CT_UPRIGHT] / sum.length_mm);
        for (int k = 0; k < CT_WAYS; k++)
            ct_detail(row, &details[WAY + k],
                      100.0 * sum.way_mm[k] / sum.length_mm);
    }
    return CUTIS_OK;
}

const struct metric ct_wrinkle_density = {
    .about =
        {
            .name = "wrinkle_density",
            .title = "Length of lines",
            .unit = "mm/cm2",
            .meaning = "How many millimetres of lines there are on a square "
                       "centimetre.",
            .direction = CUTIS_LOWER_IS_BETTER,
            .scale = CUTIS_LOG,
            .min_px_per_mm = 8.0,
            .sesoi = 0.10,
            .prior_sd = 0.08,
        },
    .details = details,
    .subject = "wrinkles",
    .plural = true,
    .needs_relief = true,
    .measure = measure,
};
