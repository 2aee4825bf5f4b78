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
           (scene->shine.at && ct_row(&scene->shine, y)[x] > visible);
}

void ct_shine_mark(struct scene *scene)
{
    const struct level *level = &scene->colour;
    for (int y = 0; y < level->height; y++) {
        const float *shine = ct_row(&scene->shine, y);
        uint8_t *glare = ct_byte_row(&level->glare, y);
        for (int x = 0; x < level->width; x++)
            glare[x] = shine[x] > visible ? 255 : glare[x];
    }
    ct_plane_free(&scene->shine);
}

static void add(struct sum *sum, double area, double shine, bool shines)
{
    sum->all += area;
    sum->strength += area * shine;
    sum->shiny += shines ? area : 0.0;
}

/* Every region's, and in the face's row the pooled ones'. */
static void sum_rows(struct sum out[CT_REGIONS], const struct scene *scene)
{
    const struct level *level = &scene->colour;
    for (int r = 0; r < CT_REGIONS; r++)
        out[r] = (struct sum){0};
    for (int y = 0; y < level->height; y++) {
        const uint8_t *region = ct_byte_row(&level->region, y);
        const uint8_t *lit = ct_byte_row(&scene->lit, y);
        const float *shine = ct_row(&scene->shine, y);
        struct areas areas = ct_areas_of(level, y);
        for (int x = 0; x < level->width; x++) {
            const int r = region[x];
            if (!lit[x] || r >= CT_REGIONS)
                continue;
            const bool shines = ct_shines(scene, x, y);
            const double here = (double)ct_area_at(&areas, x);
            const double by = (double)shine[x];
            if (r != CT_FACE_REGION)
                add(&out[r], here, by, shines);
            if (scene->open.pooled[r])
                add(&out[CT_FACE_REGION], here, by, shines);
        }
    }
}

static cutis_status measure(struct reading rows[CT_REGIONS],
                            struct scene *scene, struct tools *tools)
{
    struct sum sums[CT_REGIONS];
    (void)tools;
    sum_rows(sums, scene);
    for (int r = 0; r < CT_REGIONS; r++) {
        struct reading *row = &rows[r];
        if (!ct_is_open(row))
            continue;
        const struct sum sum = sums[r];
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
    .early = true,
    .measure = measure,
};
