/* SPDX-License-Identifier: BSD-2-Clause */

/* The pictures' maps: planes of the levels, reduced, NaN outside skin. */

#include <math.h>

#include "measure/measure.h"
#include "util/parallel.h"

enum { LONGEST = 1024 };

/* How the pixels of a box become one; NONE is 0 where there is skin. */
enum gather { MEAN, GREATEST, NONE };

struct reduction {
    struct plane *out;
    const struct plane *from;
    int shift; /* pixel x of the mask is at x >> shift there */
    const struct bytes *mask;
    int factor;
    enum gather gather;
};

/* Pixels [x, end) of a row into their box: a sum or the greatest, and how many
 * there are; the value of pixel x is at x >> shift. */
static inline void add_pixels(float *value, int *count, const float *from,
                              const uint8_t *mask, int x, int end, int shift,
                              enum gather gather)
{
    for (; x < end; x++) {
        *count += mask[x] != 0;
        if (gather == MEAN)
            *value += mask[x] ? from[x >> shift] : 0.0f;
        else if (gather == GREATEST)
            *value = mask[x] && from[x >> shift] > *value ? from[x >> shift]
                                                          : *value;
    }
}

/* Rows [y, bottom) into one; `gather` is a constant where this is called. */
static inline void reduce_rows(const struct reduction *job, float *out, int y,
                               int bottom, enum gather gather)
{
    const int n = job->factor, width = job->mask->width;
    for (int i = 0, x = 0; x < width; i++, x += n) {
        const int end = x + n < width ? x + n : width;
        float value = gather == GREATEST ? -INFINITY : 0.0f;
        int count = 0;
        for (int v = y; v < bottom; v++)
            add_pixels(&value, &count,
                       gather == NONE ? NULL
                                      : ct_row(job->from, v >> job->shift),
                       ct_byte_row(job->mask, v), x, end, job->shift, gather);
        const float all = gather == MEAN ? value / (float)count : value;
        out[i] = count ? all : NAN;
    }
}

static void reduce_row(void *context, int y)
{
    const struct reduction *job = context;
    const int n = job->factor, height = job->mask->height;
    const int bottom = (y + 1) * n < height ? (y + 1) * n : height;
    float *out = ct_row(job->out, y);
    if (job->gather == MEAN)
        reduce_rows(job, out, y * n, bottom, MEAN);
    else if (job->gather == GREATEST)
        reduce_rows(job, out, y * n, bottom, GREATEST);
    else
        reduce_rows(job, out, y * n, bottom, NONE);
}

static cutis_status reduce(struct plane *out, const struct plane *from,
                           int shift, const struct level *level,
                           enum gather gather, struct tools *tools)
{
    const int side =
        level->width > level->height ? level->width : level->height;
    const int factor = (side + LONGEST - 1) / LONGEST;
    const cutis_status status =
        ct_plane_raw(out, (level->width + factor - 1) / factor,
                     (level->height + factor - 1) / factor, tools);
    if (status != CUTIS_OK)
        return status;
    struct reduction job = {out, from, shift, &level->mask, factor, gather};
    ct_parallel(tools->threads, out->height, reduce_row, &job);
    return CUTIS_OK;
}

/* A disk of the pore's diameter and contrast, where it is the darkest. */
static void draw_pore(struct plane *map, const struct item *pore,
                      double px_per_working, double px_per_mm)
{
    const double cx = (double)pore->x * px_per_working;
    const double cy = (double)pore->y * px_per_working;
    const double radius = 0.5 * (double)pore->size_mm * px_per_mm;
    const double r = radius > 0.75 ? radius : 0.75;
    for (int y = (int)(cy - r); y <= (int)(cy + r); y++)
        for (int x = (int)(cx - r); x <= (int)(cx + r); x++) {
            const double dx = x + 0.5 - cx, dy = y + 0.5 - cy;
            if (x < 0 || y < 0 || x >= map->width || y >= map->height ||
                dx * dx + dy * dy > r * r)
                continue;
            float *here = &ct_row(map, y)[x];
            *here = pore->contrast > *here ? pore->contrast : *here;
        }
}

/* Zero on skin, NaN elsewhere, and the pores. */
static cutis_status map_pores(struct plane *out, const struct scene *scene,
                              struct tools *tools)
{
    const struct level *level = &scene->relief;
    const cutis_status status = reduce(out, NULL, 0, level, NONE, tools);
    if (status != CUTIS_OK)
        return status;

    const int side =
        level->width > level->height ? level->width : level->height;
    const int factor = level->factor * ((side + LONGEST - 1) / LONGEST);
    for (size_t i = 0; i < scene->pores.count; i++)
        draw_pore(out, &scene->pores.at[i], 1.0 / factor,
                  scene->view->face->work_scale / factor);
    return CUTIS_OK;
}

/*
 * The scale of redness at 256 places a unit of H, straight between them: about
 * a millionth of H off at most.  What lies beyond is worked out by itself.
 */
enum { CURVE_FROM = -16, CURVE_TO = 64, PLACES = 256 };

struct curve {
    const struct tone *tone;
    double at[(CURVE_TO - CURVE_FROM) * PLACES + 1];
};

static void lay_curve(struct curve *curve, const struct tone *tone)
{
    curve->tone = tone;
    for (int i = 0; i <= (CURVE_TO - CURVE_FROM) * PLACES; i++)
        curve->at[i] =
            ct_blood_scale(tone, CURVE_FROM + (double)i / (double)PLACES);
}

static float along(const struct curve *curve, double h)
{
    const double at = (h - CURVE_FROM) * PLACES;
    if (!(at >= 0.0 && at < (CURVE_TO - CURVE_FROM) * PLACES))
        return (float)ct_blood_scale(curve->tone, h);
    const int i = (int)at;
    const double from = curve->at[i], to = curve->at[i + 1];
    return (float)(from + (at - i) * (to - from));
}

/* H in the same scale as redness. */
static cutis_status map_blood(struct plane *out, const struct scene *scene,
                              struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    struct curve *const curve = ct_alloc_raw(&tools->memory, 1, sizeof(*curve));
    if (!curve)
        return ct_no_memory(tools);
    TRY(reduce(out, &scene->blood, 0, &scene->colour, MEAN, tools));
    lay_curve(curve, &scene->tone);
    for (int y = 0; y < out->height; y++)
        for (int x = 0; x < out->width; x++) {
            float *const here = &ct_row(out, y)[x];
            if (!isnan(*here))
                *here = along(curve, (double)*here + scene->blood_shift);
        }

done:
    ct_free(curve);
    return status;
}

static bool any_measured(const struct readings *readings, int metric)
{
    for (int r = 0; r < CT_REGIONS; r++)
        if (!isnan(readings->of[metric][r].value))
            return true;
    return false;
}

cutis_status ct_maps(struct readings *out, const struct scene *scene,
                     struct tools *tools)
{
    const struct level *colour = &scene->colour, *relief = &scene->relief;
    cutis_status status = CUTIS_OK;

    if (any_measured(out, CT_REDNESS))
        TRY(map_blood(&out->map[CT_MAP_H], scene, tools));
    if (any_measured(out, CT_PIGMENT_SPOTS))
        TRY(reduce(&out->map[CT_MAP_P], &scene->pigment, 0, colour, MEAN,
                   tools));
    if (any_measured(out, CT_TEXTURE))
        TRY(reduce(&out->map[CT_MAP_RELIEF], &scene->fine, scene->fine_shift,
                   relief, MEAN, tools));
    if (any_measured(out, CT_PORE_DENSITY))
        TRY(map_pores(&out->map[CT_MAP_PORES], scene, tools));
    if (any_measured(out, CT_WRINKLE_INDEX))
        TRY(reduce(&out->map[CT_MAP_WRINKLES], &scene->lines.response, 0,
                   relief, GREATEST, tools));

done:
    return status;
}
