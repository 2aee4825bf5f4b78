/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * A colour chart in the picture.  Its four corners may come in any order, and
 * the chart may hang upside down or the picture be mirrored: of the eight ways
 * to lay the patches, the one that the colours fit best is taken.
 *
 * A patch is the trimmed mean of the middle half of its area, per channel, in
 * linear light.  Patches that are clipped or uneven are left out.
 */

#include <math.h>

#include "colour/chart.h"

static const double brightest = 0.97, darkest = 0.004;
static const double most_uneven = 0.15; /* robust coefficient of variation */
static const double grain = 0.002;      /* that a dark patch may have besides */
static const double half_side = 0.35355339059327376; /* of the middle half */
static const double mad_to_sd = 1.4826;
static const double most_error = 10.0; /* mean CIEDE2000: not a chart */

enum {
    ACROSS = 6,
    DOWN = 4,
    ENOUGH = 12,         /* valid patches */
    LEAST_SAMPLES = 16,  /* pixels in the middle of a patch */
    MOST_SAMPLES = 4096, /* of them are read */
    WAYS = 8
};

/* ---- Geometry ------------------------------------------------------------ */

/* The projective map of the unit square to four corners (Heckbert, 1989). */
struct map {
    double a, b, c, d, e, f, g, h;
};

/* False where the corners do not span a convex figure. */
static bool map_to(struct map *map, const cutis_point p[4])
{
    const double x1 = p[1].x - p[2].x, y1 = p[1].y - p[2].y;
    const double x2 = p[3].x - p[2].x, y2 = p[3].y - p[2].y;
    const double sx = p[0].x - p[1].x + p[2].x - p[3].x;
    const double sy = p[0].y - p[1].y + p[2].y - p[3].y;
    const double det = x1 * y2 - x2 * y1;
    if (det == 0.0)
        return false;
    map->g = (sx * y2 - sy * x2) / det;
    map->h = (sy * x1 - sx * y1) / det;
    map->a = p[1].x - p[0].x + map->g * p[1].x;
    map->b = p[3].x - p[0].x + map->h * p[3].x;
    map->c = p[0].x;
    map->d = p[1].y - p[0].y + map->g * p[1].y;
    map->e = p[3].y - p[0].y + map->h * p[3].y;
    map->f = p[0].y;
    return map->g > -1.0 && map->h > -1.0 && map->g + map->h > -1.0;
}

static cutis_point place(const struct map *map, double u, double v)
{
    const double w = map->g * u + map->h * v + 1.0;
    return (cutis_point){(map->a * u + map->b * v + map->c) / w,
                         (map->d * u + map->e * v + map->f) / w};
}

/* ---- Patches ------------------------------------------------------------- */

/* The level of one channel; whether it can stand for the patch. */
static bool judge(double *level, float *v, size_t n)
{
    const double high = ct_quantile(v, n, 0.95);
    const double median = ct_quantile(v, n, 0.5);
    *level = ct_quad_level(v, n);
    for (size_t i = 0; i < n; i++)
        v[i] = fabsf(v[i] - (float)median);
    const double spread = mad_to_sd * ct_quantile(v, n, 0.5);
    return high <= brightest && median >= darkest &&
           spread <= most_uneven * median + grain;
}

static cutis_status read_patch(struct chart *chart, int patch,
                               const struct picture *picture,
                               const struct map *map, struct tools *tools)
{
    const double u = patch % ACROSS + 0.5, v = patch / ACROSS + 0.5;
    const cutis_point corner[4] = {
        place(map, (u - half_side) / ACROSS, (v - half_side) / DOWN),
        place(map, (u + half_side) / ACROSS, (v - half_side) / DOWN),
        place(map, (u + half_side) / ACROSS, (v + half_side) / DOWN),
        place(map, (u - half_side) / ACROSS, (v + half_side) / DOWN),
    };
    struct quad quad = {.count = 0};
    cutis_status status = CUTIS_OK;

    TRY(ct_quad_read(&quad, picture, corner, MOST_SAMPLES, tools));
    bool valid = quad.count >= LEAST_SAMPLES;
    for (int c = 0; valid && c < 3; c++)
        valid = judge(&chart->seen[patch][c], quad.channel[c], quad.count);
    chart->valid[patch] = valid;
    chart->count += valid;

done:
    ct_quad_free(&quad);
    return status;
}

/* Reads the chart laid in one of the ways, and fits it. */
static cutis_status try_way(struct chart *chart, struct chart_fit *fit,
                            const struct picture *picture,
                            const cutis_point sorted[4], int way,
                            struct tools *tools)
{
    cutis_point corner[4];
    struct map map;
    cutis_status status = CUTIS_OK;

    chart->count = 0;
    fit->error = INFINITY;
    for (int i = 0; i < 4; i++)
        corner[i] = sorted[(way + (way < 4 ? i : 4 - i)) % 4];
    if (!map_to(&map, corner))
        return CUTIS_OK;
    for (int p = 0; p < CT_PATCHES; p++)
        TRY(read_patch(chart, p, picture, &map, tools));
    if (chart->count >= ENOUGH)
        ct_chart_fit(fit, chart);

done:
    return status;
}

/* What takes the neutral patches to their reflectance, channel by channel: how
 * bright and how tinted the light was, for the checks. */
static void neutral_gain(double gain[3], const struct chart *chart)
{
    for (int c = 0; c < 3; c++) {
        double ct = 0.0, cc = 0.0;
        for (int p = CT_FIRST_NEUTRAL; p < CT_PATCHES; p++) {
            const double seen = chart->valid[p] ? chart->seen[p][c] : 0.0;
            ct += seen * chart->linear[p][c];
            cc += seen * seen;
        }
        gain[c] = cc > 0.0 ? ct / cc : 1.0;
    }
}

/* ---- The whole ----------------------------------------------------------- */

static cutis_status check(const cutis_photo_options *options,
                          const struct picture *picture, struct tools *tools)
{
    if (options->chart_edition > CUTIS_CHART_BEFORE_2014)
        return ct_fail(tools, CUTIS_ERROR_ARGUMENT, "no such colour chart");
    if (picture->channels == 1)
        return ct_fail(tools, CUTIS_ERROR_UNSUITABLE,
                       "a black and white picture shows no colour chart");
    if (!ct_quad_is_in(options->chart, picture))
        return ct_fail(tools, CUTIS_ERROR_ARGUMENT,
                       "the colour chart's corners are not in the picture");
    return CUTIS_OK;
}

cutis_status ct_chart_correction(struct skin *skin,
                                 const struct picture *picture,
                                 const cutis_photo_options *options,
                                 struct tools *tools)
{
    struct chart chart = {.count = 0};
    struct chart_fit best = {.error = INFINITY}, fit;
    cutis_point sorted[4];
    int most = 0;
    cutis_status status = CUTIS_OK;

    TRY(check(options, picture, tools));
    ct_quad_sort(sorted, options->chart);
    for (int p = 0; p < CT_PATCHES; p++)
        ct_chart_reference(chart.lab[p], chart.linear[p],
                           (int)options->chart_edition, p);
    for (int way = 0; way < WAYS; way++) {
        TRY(try_way(&chart, &fit, picture, sorted, way, tools));
        most = chart.count > most ? chart.count : most;
        if (fit.error < best.error) {
            best = fit;
            neutral_gain(skin->gain, &chart);
        }
    }
    if (most < ENOUGH)
        status = ct_fail(tools, CUTIS_ERROR_UNSUITABLE,
                         "only %d of the colour chart's 24 patches can be "
                         "read: the others are clipped or uneven",
                         most);
    else if (!(best.error <= most_error))
        status = ct_fail(tools, CUTIS_ERROR_UNSUITABLE,
                         "the colours are not those of a chart of 24 patches: "
                         "are these its corners?");
    skin->correction = best.correction;
    skin->chart_error = best.error;

done:
    return status;
}
