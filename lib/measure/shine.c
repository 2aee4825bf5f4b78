/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Shine: the share of skin whose surface reflects more than 0.03 beyond that of
 * the skin 12 mm around (specular.c).  What shines strongly takes no part in
 * the other metrics.
 */

#include <math.h>

#include "measure/measure.h"

enum { STRENGTH, EXCLUDED };

static const struct detail_about details[] = {
    [STRENGTH] = {"shine_mean", "1", "mean reflection beyond 12 mm around"},
    [EXCLUDED] = {"shine_excluded", "%", "kept out of the other metrics"},
    {0},
};

static const float visible = 0.03f;

struct sum {
    double shiny, all, strength;
};

bool ct_shines(const struct scene *scene, int x, int y)
{
    return ct_byte_row(&scene->colour.glare, y)[x] ||
           ct_row(&scene->shine, y)[x] > visible;
}

static struct sum sum_region(const struct scene *scene, int row)
{
    const struct level *level = &scene->colour;
    struct sum sum = {0};
    for (int y = 0; y < level->height; y++) {
        const float *shine = ct_row(&scene->shine, y);
        const float *area = ct_row(&level->area, y);
        for (int x = 0; x < level->width; x++) {
            const int r = ct_byte_row(&level->region, y)[x];
            if (!ct_byte_row(&scene->lit, y)[x] || r >= CT_REGIONS ||
                !ct_pools(&scene->open, row, r))
                continue;
            sum.all += (double)area[x];
            sum.strength += (double)area[x] * (double)shine[x];
            if (ct_shines(scene, x, y))
                sum.shiny += (double)area[x];
        }
    }
    return sum;
}

static cutis_status measure(struct reading rows[CT_REGIONS],
                            struct scene *scene, struct tools *tools)
{
    (void)tools;
    for (int r = 0; r < CT_REGIONS; r++) {
        struct reading *row = &rows[r];
        if (!ct_is_open(row))
            continue;
        const struct sum sum = sum_region(scene, r);
        row->value = 100.0 * sum.shiny / sum.all;
        ct_detail(row, &details[STRENGTH], sum.strength / sum.all);
        ct_detail(row, &details[EXCLUDED],
                  100.0 * scene->colour.cover.shiny[r]);
    }
    return CUTIS_OK;
}

const struct metric ct_shine = {
    .about =
        {
            .name = "shine",
            .title = "Shine",
            .unit = "%",
            .meaning = "The share of skin that reflects the light like a "
                       "surface.",
            .direction = CUTIS_NO_DIRECTION,
            .scale = CUTIS_LINEAR,
            .min_px_per_mm = 3.0,
            .sesoi = 5.0,
            .prior_sd = 2.0,
        },
    .details = details,
    .subject = "shine",
    .needs_colour = true,
    .measure = measure,
};
