/* SPDX-License-Identifier: BSD-2-Clause */

/* The colour planes of the scene, and arithmetic under a mask. */

#include <math.h>

#include "measure/measure.h"
#include "util/parallel.h"

struct filling {
    struct scene *scene;
    const struct kernels *kernels;
};

static void fill_row(void *context, int y)
{
    const struct filling *job = context;
    struct scene *scene = job->scene;
    const size_t n = (size_t)scene->colour.width;
    float *rgb[3] = {ct_row(&scene->red, y), ct_row(&scene->green, y),
                     ct_row(&scene->blue, y)};

    ct_level_row(&scene->colour, scene->view, y, rgb[0], rgb[1], rgb[2]);
    for (int c = 0; c < 3; c++)
        job->kernels->density(ct_row(&scene->od[c], y), rgb[c], n);
    job->kernels->lab(ct_row(&scene->lab[0], y), ct_row(&scene->lab[1], y),
                      ct_row(&scene->lab[2], y), rgb[0], rgb[1], rgb[2], n);
}

cutis_status ct_colour_planes(struct scene *scene, struct tools *tools)
{
    const struct level *level = &scene->colour;
    cutis_status status = CUTIS_OK;

    TRY(ct_level_raw(&scene->red, level, tools));
    TRY(ct_level_raw(&scene->green, level, tools));
    TRY(ct_level_raw(&scene->blue, level, tools));
    for (int c = 0; c < 3; c++) {
        TRY(ct_level_raw(&scene->od[c], level, tools));
        TRY(ct_level_raw(&scene->lab[c], level, tools));
    }

    struct filling job = {scene, tools->kernels};
    ct_parallel(tools->threads, level->height, fill_row, &job);

done:
    return status;
}

void ct_clear_outside(struct plane *plane, const struct bytes *mask)
{
    for (int y = 0; y < plane->height; y++) {
        const uint8_t *inside = ct_byte_row(mask, y);
        float *row = ct_row(plane, y);
        for (int x = 0; x < plane->width; x++)
            row[x] = inside[x] ? row[x] : 0.0f;
    }
}

cutis_status ct_unmix(struct plane *out, const struct scene *scene,
                      const double weight[3], struct tools *tools)
{
    const struct level *level = &scene->colour;
    const float w[4] = {(float)weight[0], (float)weight[1], (float)weight[2],
                        0.0f};
    const cutis_status status = ct_level_raw(out, level, tools);
    if (status != CUTIS_OK)
        return status;

    for (int y = 0; y < level->height; y++)
        tools->kernels->combine3(
            ct_row(out, y), ct_row(&scene->od[0], y), ct_row(&scene->od[1], y),
            ct_row(&scene->od[2], y), w, (size_t)level->width);
    ct_clear_outside(out, &level->mask);
    return CUTIS_OK;
}
