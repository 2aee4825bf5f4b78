/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What may be a scab: a dark red-brown spot of 0.5 to 6 mm, 15 cOD darker than
 * the skin 12 mm around, with 15 P more pigment and 6 H more blood than its
 * region.  It is for an advice to look, never for a score: a mole with a red
 * rim and a drop of blood look the same.
 */

#include <math.h>

#include "measure/measure.h"

static const float least_dark = 0.15f, least_pigment = 15.0f; /* OD, P */
static const double least_blood = 6.0;                        /* H */
static const double least_mm = 0.5, most_mm = 6.0;
static const double around_mm = 12.0;
static const double pi = 3.14159265358979324;

struct piece {
    double area_mm2;
    int region;
};

/* Optical density of luminance in row y. */
static void density_row(float *out, struct plane *light,
                        const struct scene *scene, int y,
                        const struct kernels *kernels)
{
    static const float luminance[4] = {0.2126729f, 0.7151522f, 0.0721750f, 0};
    const size_t n = (size_t)scene->colour.width;
    for (int c = 0; c < 3; c++)
        kernels->transmit(ct_row(light, c), ct_row(&scene->od[c], y), n);
    kernels->combine3(out, ct_row(light, 0), ct_row(light, 1), ct_row(light, 2),
                      luminance, n);
    kernels->density(out, out, n);
}

/* Optical density of luminance against 12 mm around. */
static cutis_status take_darkness(struct plane *out, const struct scene *scene,
                                  struct tools *tools)
{
    const struct level *level = &scene->colour;
    cutis_status status = CUTIS_OK;
    struct plane light = {0};

    TRY(ct_level_raw(out, level, tools));
    TRY(ct_plane_raw(&light, level->width, 3, tools));
    for (int y = 0; y < level->height; y++)
        density_row(ct_row(out, y), &light, scene, y, tools->kernels);
    TRY(ct_flatten(out, level, around_mm, tools));

done:
    ct_plane_free(&light);
    return status;
}

static void median_blood(double out[CT_REGIONS], const struct scene *scene)
{
    const struct level *level = &scene->colour;

    for (int r = 0; r < CT_REGIONS; r++) {
        size_t n = 0;
        for (struct walk w = ct_walk(level, r); w.left; ct_walk_on(&w))
            scene->scratch[n++] = ct_row(&scene->blood, w.y)[w.x];
        out[r] = ct_quantile(scene->scratch, n, 0.5);
    }
}

/* Marks what is as brown and as red as a scab; whether anything is. */
static bool mark_coloured(struct bytes *out, const struct scene *scene)
{
    const struct level *level = &scene->colour;
    double blood[CT_REGIONS];
    bool any = false;

    median_blood(blood, scene);
    for (int y = 0; y < level->height; y++) {
        const uint8_t *region = ct_byte_row(&level->region, y);
        const uint8_t *mask = ct_byte_row(&level->mask, y);
        const float *pigment = ct_row(&scene->pigment, y);
        for (int x = 0; x < level->width; x++) {
            if (!mask[x] || region[x] >= CT_REGIONS ||
                !(pigment[x] >= least_pigment) ||
                !((double)ct_row(&scene->blood, y)[x] >=
                  blood[region[x]] + least_blood))
                continue;
            ct_byte_row(out, y)[x] = 255;
            any = true;
        }
    }
    return any;
}

static cutis_status mark(struct bytes *out, const struct scene *scene,
                         struct tools *tools)
{
    const struct level *level = &scene->colour;
    struct plane dark = {0};
    cutis_status status = CUTIS_OK;

    TRY(ct_bytes_create(out, level->width, level->height, tools));
    if (!mark_coloured(out, scene))
        goto done;
    TRY(take_darkness(&dark, scene, tools));
    for (int y = 0; y < level->height; y++)
        for (int x = 0; x < level->width; x++)
            if (!(ct_row(&dark, y)[x] >= least_dark))
                ct_byte_row(out, y)[x] = 0;

done:
    ct_plane_free(&dark);
    return status;
}

/* Areas and regions of the pieces 1 to `count`. */
static cutis_status sum_pieces(struct piece **out, int32_t *count,
                               const struct scene *scene, struct tools *tools)
{
    const struct level *level = &scene->colour;
    struct bytes marked = {0};
    struct components found = {0};
    cutis_status status = CUTIS_OK;

    TRY(mark(&marked, scene, tools));
    TRY(ct_components(&found, &marked, false, tools));
    *count = found.count;
    *out = ct_alloc(&tools->memory, (size_t)*count + 1, sizeof(**out));
    if (!*out)
        TRY(ct_no_memory(tools));
    for (size_t i = 0; i < found.runs; i++) {
        const struct mask_run *const run = &found.run[i];
        struct piece *piece = *out + run->label;
        for (int x = run->from; x < run->end; x++)
            piece->area_mm2 += (double)ct_level_area(level, x, run->y);
        piece->region = ct_byte_row(&level->region, run->y)[run->end - 1];
    }

done:
    ct_bytes_free(&marked);
    ct_components_free(&found);
    return status;
}

cutis_status ct_scabs(double count[CT_REGIONS], const struct scene *scene,
                      struct tools *tools)
{
    struct piece *pieces = NULL;
    int32_t found = 0;
    cutis_status status = CUTIS_OK;

    for (int r = 0; r < CT_REGIONS; r++)
        count[r] = 0.0;
    TRY(sum_pieces(&pieces, &found, scene, tools));
    for (int32_t i = 1; i <= found; i++) {
        const double mm = ct_sqrt(4.0 * pieces[i].area_mm2 / pi);
        for (int row = 0; row < CT_REGIONS; row++)
            count[row] += mm >= least_mm && mm <= most_mm &&
                          ct_pools(&scene->colour.cover, row, pieces[i].region);
    }

done:
    ct_free(pieces);
    return status;
}
