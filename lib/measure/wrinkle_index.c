/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Wrinkle index WI = sum over lines of length times depth, per area of skin.
 * choose.c says which are lines; in a pair, join_lines.c measures them.
 */

#include "measure/measure.h"

enum { DEPTH, WIDTH, LENGTH, FOLD };

static const struct detail_about details[] = {
    [DEPTH] = {"line_depth", "cOD", "mean depth, by length"},
    [WIDTH] = {"line_width", "mm", "mean width at half depth, by length"},
    [LENGTH] = {"line_length", "mm", "length of all lines"},
    [FOLD] = {"nasolabial_index", "mm cOD/cm2",
              "of it, of the folds from nose to mouth"},
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
        row->value = sum.burden / row->area_cm2;
        ct_detail(row, &details[DEPTH], sum.burden / sum.shared_mm);
        ct_detail(row, &details[WIDTH], sum.width / sum.shared_mm);
        ct_detail(row, &details[LENGTH], sum.length_mm);
        if (scene->view->face->point_count == CT_POINTS)
            ct_detail(row, &details[FOLD], sum.fold / row->area_cm2);
    }
    return CUTIS_OK;
}

const struct metric ct_wrinkle_index = {
    .about =
        {
            .name = "wrinkle_index",
            .title = "Wrinkles",
            .unit = "mm cOD/cm2",
            .meaning = "How long and how deep lines are: length times depth, "
                       "per area of skin.",
            .direction = CUTIS_LOWER_IS_BETTER,
            .scale = CUTIS_LOG,
            .min_px_per_mm = 8.0,
            .sesoi = 0.10,
            .prior_sd = 0.06,
        },
    .details = details,
    .subject = "wrinkles",
    .plural = true,
    .needs_relief = true,
    .measure = measure,
};
