/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Wide Gaussians by way of a plane `f` times smaller.
 *
 * Three filters follow each other, whose variances add up to sigma^2:
 *
 *     a Gaussian of 0.8 f px, of which every f-th sample is kept,
 *     a Gaussian on the small plane,
 *     the cubic B-spline (variance f^2 / 3) between its samples.
 *
 * f is odd, so that kept samples fall on pixels; f <= sigma / 2, so that what
 * the first folds over, the second removes.  The small plane carries a margin
 * of samples of the mirrored source, as wide as the two filters after it reach.
 */

#include <stdatomic.h>
#include <string.h>

#include "signal/mirror.h"
#include "signal/wide.h"
#include "util/parallel.h"

enum {
    SMALL_BAND = 8, /* rows of an item on the small plane */
    STRIP = 128,    /* columns that are filtered at a time */
    LINE = 16,      /* floats on a line of the cache */
    SPLINE_REACH = 2,
    MOST_FACTOR = 255,
    MOST_ROWS = (SMALL_BAND - 1) * MOST_FACTOR + 2 * CT_RADIUS_MAX + 1
};

/* What becomes of the values, and under a mask of its weights. */
enum { VALUE, WEIGHT };

/* Sample j of the small plane lies on pixel (j - margin) * f + f / 2. */
struct ladder {
    const struct plane *src;
    struct plane *dst;
    const struct bytes *mask;         /* NULL: no weights */
    float mean, least;                /* under a mask */
    struct plane small[2], smooth[2]; /* samples; after the second filter */
    int f, margin;
    int before_radius, radius;
    int phase_length; /* a padded row of the source, by f */
    float before[CT_RADIUS_MAX + 1], w[CT_RADIUS_MAX + 1];
    struct tools *tools;
    atomic_bool failed;
};

static int planes_of(const struct ladder *ladder)
{
    return ladder->mask ? 2 : 1;
}

static void *band_room(struct ladder *ladder, size_t floats)
{
    void *const room =
        ct_alloc_raw(&ladder->tools->memory, floats, sizeof(float));
    if (!room)
        atomic_store(&ladder->failed, true);
    return room;
}

/* ---- Down ---------------------------------------------------------------- */

/*
 * A row of every f-th sample of the filtered `column`.  Elements a multiple of
 * f apart are laid side by side first: then a tap of the filter reads a run.
 */
static void keep_samples(struct ladder *ladder, float *out, const float *column,
                         float *phases, float *padded)
{
    const int f = ladder->f, radius = ladder->before_radius;
    const int first = f / 2 - ladder->margin * f - radius;
    const int length = ladder->phase_length;
    const float *rows[2 * CT_RADIUS_MAX + 1];

    ct_pad_row(padded, column, ladder->src->width, first, first + length * f);
    for (int phase = 0; phase < f; phase++)
        for (int i = 0; i < length; i++)
            phases[phase * length + i] = padded[i * f + phase];
    for (int k = 0; k <= 2 * radius; k++)
        rows[k] = phases + k % f * length + k / f;
    ladder->tools->kernels->symmetric_column(out, rows + radius, ladder->before,
                                             radius,
                                             (size_t)ladder->small[0].width);
}

/* The rows of the source that small rows [from, to) are made of. */
struct reach {
    int from, to;
    int first, count; /* mirrored beyond the borders */
};

static struct reach reach_of(const struct ladder *ladder, int from, int to)
{
    const int f = ladder->f, radius = ladder->before_radius;
    return (struct reach){from, to,
                          (from - ladder->margin) * f + f / 2 - radius,
                          (to - 1 - from) * f + 2 * radius + 1};
}

/* Room for a strip of so many rows; an odd number of lines apart, so that they
 * do not crowd into few places of the cache. */
enum { STRIP_STRIDE = 2 * STRIP + LINE };

/* n columns from x on of all rows, weighed; false if none is under the mask. */
static bool weigh_strip(const struct ladder *ladder, const struct reach *reach,
                        float *const room[2], int x, int n)
{
    const int height = ladder->src->height;
    bool any = false;
    for (int i = 0; i < reach->count; i++) {
        const int y = ct_mirror(reach->first + i, height);
        const uint8_t *const mask = ct_byte_row(ladder->mask, y) + x;
        ladder->tools->kernels->weigh(room[VALUE] + (size_t)i * STRIP_STRIDE,
                                      room[WEIGHT] + (size_t)i * STRIP_STRIDE,
                                      ct_row(ladder->src, y) + x, mask,
                                      ladder->mean, (size_t)n);
        any = any || ct_next_set(mask, 0, n) < n;
    }
    return any;
}

/* Small rows of a strip of columns; rows[i] is row i of those reached. */
static void down_strip(const struct ladder *ladder, const struct reach *reach,
                       const float **rows, float *columns, int n)
{
    for (int j = 0; j < reach->to - reach->from; j++)
        ladder->tools->kernels->symmetric_column(
            columns + (size_t)j * (size_t)ladder->src->width,
            rows + j * ladder->f + ladder->before_radius, ladder->before,
            ladder->before_radius, (size_t)n);
}

/* Of the source as it is, strip by strip. */
static void down_columns(const struct ladder *ladder, const struct reach *reach,
                         float *columns)
{
    const struct plane *const src = ladder->src;
    const int width = src->width;
    const float *rows[MOST_ROWS];

    for (int i = 0; i < reach->count; i++)
        rows[i] = ct_row(src, ct_mirror(reach->first + i, src->height));
    for (int x = 0, n; x < width; x += n) {
        n = width - x < 2 * STRIP ? width - x : STRIP; /* no short one */
        down_strip(ladder, reach, rows, columns + x, n);
        for (int i = 0; i < reach->count; i++)
            rows[i] += n;
    }
}

/* Of values and weights, which are nowhere but in `room`. */
static void down_weighed(const struct ladder *ladder, const struct reach *reach,
                         float *const columns[2], float *room)
{
    const int width = ladder->src->width;
    float *const strip[2] = {room, room + (size_t)reach->count * STRIP_STRIDE};
    const float *rows[MOST_ROWS];

    for (int x = 0, n; x < width; x += n) {
        n = width - x < 2 * STRIP ? width - x : STRIP; /* no short one */
        const bool any = weigh_strip(ladder, reach, strip, x, n);
        for (int which = 0; which < 2; which++) {
            float *const to = columns[which] + x;
            for (int i = 0; i < reach->count; i++)
                rows[i] = strip[which] + (size_t)i * STRIP_STRIDE;
            if (any)
                down_strip(ladder, reach, rows, to, n);
            for (int j = 0; j < reach->to - reach->from && !any; j++)
                memset(to + (size_t)j * (size_t)width, 0,
                       (size_t)n * sizeof(*to));
        }
    }
}

static void down_band(void *context, int item)
{
    struct ladder *const ladder = context;
    const int from = item * SMALL_BAND, height = ladder->small[0].height;
    const int to = from + SMALL_BAND < height ? from + SMALL_BAND : height;
    const struct reach reach = reach_of(ladder, from, to);
    const size_t width = (size_t)ladder->src->width;
    const size_t phases = (size_t)ladder->phase_length * (size_t)ladder->f;
    const size_t strips =
        ladder->mask ? 2 * (size_t)reach.count * STRIP_STRIDE : 0;
    float *const room =
        band_room(ladder, strips + 2 * phases +
                              (size_t)planes_of(ladder) * SMALL_BAND * width);
    if (!room)
        return;
    float *const columns[2] = {room + strips,
                               room + strips + SMALL_BAND * width};
    float *const rest =
        room + strips + (size_t)planes_of(ladder) * SMALL_BAND * width;
    if (ladder->mask)
        down_weighed(ladder, &reach, columns, room);
    else
        down_columns(ladder, &reach, columns[VALUE]);
    for (int which = 0; which < planes_of(ladder); which++)
        for (int j = from; j < to; j++)
            keep_samples(ladder, ct_row(&ladder->small[which], j),
                         columns[which] + (size_t)(j - from) * width, rest,
                         rest + phases);
    ct_free(room);
}

/* ---- On the small plane -------------------------------------------------- */

/* Filters rows in place, and columns of it into `smooth`; what lies within
 * `radius` of the border is not needed and not right. */
static void small_rows(void *context, int item)
{
    struct ladder *const ladder = context;
    const int width = ladder->small[0].width, radius = ladder->radius;
    const int height = ladder->small[0].height;
    const int end = (item + 1) * SMALL_BAND;
    float *const room = band_room(ladder, (size_t)width + 2 * (size_t)radius);
    if (!room)
        return;
    for (int which = 0; which < planes_of(ladder); which++)
        for (int j = item * SMALL_BAND; j < end && j < height; j++) {
            float *const row = ct_row(&ladder->small[which], j);
            ct_pad_row(room, row, width, -radius, width + radius);
            ladder->tools->kernels->symmetric_row(row, room + radius, ladder->w,
                                                  radius, (size_t)width);
        }
    ct_free(room);
}

static void small_columns(void *context, int item)
{
    struct ladder *const ladder = context;
    const int height = ladder->small[0].height, radius = ladder->radius;
    const int end = (item + 1) * SMALL_BAND;
    const float *rows[2 * CT_RADIUS_MAX + 1];

    for (int which = 0; which < planes_of(ladder); which++)
        for (int j = item * SMALL_BAND; j < end && j < height; j++) {
            for (int k = -radius; k <= radius; k++)
                rows[k + radius] =
                    ct_row(&ladder->small[which], ct_mirror(j + k, height));
            ladder->tools->kernels->symmetric_column(
                ct_row(&ladder->smooth[which], j), rows + radius, ladder->w,
                radius, (size_t)ladder->small[0].width);
        }
}

/* ---- Up ------------------------------------------------------------------ */

/*
 * The four samples around pixel `x` start at the one that is returned; their
 * weights are the cubic B-spline's.
 */
static int spline(float weight[4], int x, const struct ladder *ladder)
{
    const int f = ladder->f;
    const int from = x - f / 2 + f; /* >= 0 */
    const int left = from / f - 1;
    const double t = (double)(from % f) / f, u = 1.0 - t;

    weight[0] = (float)(u * u * u / 6.0);
    weight[1] = (float)((3.0 * t * t * t - 6.0 * t * t + 4.0) / 6.0);
    weight[2] = (float)((3.0 * u * u * u - 6.0 * u * u + 4.0) / 6.0);
    weight[3] = (float)(t * t * t / 6.0);
    return left - 1 + ladder->margin;
}

/* Row `j` of a small plane at all pixels across. */
static void widen(const struct ladder *ladder, const struct plane *smooth,
                  float *out, int j, float *run)
{
    const int width = ladder->dst->width, f = ladder->f;
    const float *const row = ct_row(smooth, j);

    for (int phase = 0; phase < f && phase < width; phase++) {
        float weight[4];
        const float *const at = row + spline(weight, phase, ladder);
        const float *const rows[4] = {at, at + 1, at + 2, at + 3};
        const int n = (width - phase + f - 1) / f;
        ladder->tools->kernels->combine4(run, rows, weight, (size_t)n);
        for (int i = 0; i < n; i++)
            out[i * f + phase] = run[i];
    }
}

/* The four widened rows that an output row lies between. */
struct widened {
    const struct plane *smooth;
    float *rows, *run;
    int ready; /* rows before it are there */
};

static void up_row(const struct ladder *ladder, struct widened *widened,
                   float *out, int y)
{
    const size_t width = (size_t)ladder->dst->width;
    float weight[4];
    const float *rows[4];
    const int top = spline(weight, y, ladder);
    widened->ready = widened->ready > top ? widened->ready : top;
    for (; widened->ready < top + 4; widened->ready++)
        widen(ladder, widened->smooth,
              widened->rows + (size_t)(widened->ready % 4) * width,
              widened->ready, widened->run);
    for (int k = 0; k < 4; k++)
        rows[k] = widened->rows + (size_t)((top + k) % 4) * width;
    ladder->tools->kernels->combine4(out, rows, weight, width);
}

static void up_band(void *context, int item)
{
    struct ladder *const ladder = context;
    const int from = item * CT_BAND, height = ladder->dst->height;
    const int to = from + CT_BAND < height ? from + CT_BAND : height;
    const size_t width = (size_t)ladder->dst->width;
    float *const room = band_room(ladder, 10 * width);
    if (!room)
        return;

    float *const weights = room + 9 * width;
    struct widened value = {&ladder->smooth[VALUE], room, room + 8 * width, 0};
    struct widened weight = {&ladder->smooth[WEIGHT], room + 4 * width,
                             room + 8 * width, 0};
    for (int y = from; y < to; y++) {
        float *const out = ct_row(ladder->dst, y);
        up_row(ladder, &value, out, y);
        if (!ladder->mask)
            continue;
        up_row(ladder, &weight, weights, y);
        ladder->tools->kernels->unweigh(out, weights, ladder->mean,
                                        ladder->least, width);
    }
    ct_free(room);
}

/* ---- All ----------------------------------------------------------------- */

/* The largest odd factor up to sigma / 2, its filters and margin. */
static void plan(struct ladder *ladder, double sigma)
{
    const int half = (int)(sigma / 2.0);
    int f = half % 2 == 1 ? half : half - 1;
    f = f < MOST_FACTOR ? f : MOST_FACTOR;
    ladder->f = f;
    const double before = 0.8 * f;
    ladder->before_radius = ct_gauss_kernel(ladder->before, before, 0);
    const double left =
        (sigma * sigma - before * before) / ((double)f * f) - 1.0 / 3.0;
    ladder->radius = ct_gauss_kernel(ladder->w, ct_sqrt(left), 0);
    ladder->margin = ladder->radius + SPLINE_REACH;
}

static cutis_status climb(struct ladder *ladder)
{
    struct tools *const tools = ladder->tools;
    const int small = (ladder->small[0].height + SMALL_BAND - 1) / SMALL_BAND;
    const int full = (ladder->dst->height + CT_BAND - 1) / CT_BAND;

    cutis_status status = ct_each(tools, small, down_band, ladder);
    if (status != CUTIS_OK)
        return status;
    if (atomic_load(&ladder->failed))
        return ct_no_memory(tools);
    ct_parallel(tools->threads, small, small_rows, ladder);
    if (atomic_load(&ladder->failed))
        return ct_no_memory(tools);
    ct_parallel(tools->threads, small, small_columns, ladder);
    status = ct_each(tools, full, up_band, ladder);
    return atomic_load(&ladder->failed) ? ct_no_memory(tools) : status;
}

static cutis_status filter(struct ladder *ladder, double sigma)
{
    struct tools *const tools = ladder->tools;
    cutis_status status = CUTIS_OK;
    atomic_init(&ladder->failed, false);
    plan(ladder, sigma);

    const int f = ladder->f, margin = 2 * ladder->margin;
    const int width = (ladder->src->width + f - 1) / f + margin;
    const int height = (ladder->src->height + f - 1) / f + margin;
    for (int which = 0; which < planes_of(ladder); which++) {
        TRY(ct_plane_create(&ladder->small[which], width, height, tools));
        TRY(ct_plane_create(&ladder->smooth[which], width, height, tools));
    }
    ladder->phase_length = width + 2 * ladder->before_radius / f + 1;
    TRY(climb(ladder));

done:
    for (int which = 0; which < 2; which++) {
        ct_plane_free(&ladder->smooth[which]);
        ct_plane_free(&ladder->small[which]);
    }
    return status;
}

cutis_status ct_gauss_wide(struct plane *dst, const struct plane *src,
                           double sigma, struct tools *tools)
{
    struct ladder ladder = {.src = src, .dst = dst, .tools = tools};
    return filter(&ladder, sigma);
}

cutis_status ct_gauss_wide_masked(struct plane *dst, const struct plane *src,
                                  const struct bytes *mask, double sigma,
                                  float mean, float least, struct tools *tools)
{
    struct ladder ladder = {.src = src,
                            .dst = dst,
                            .mask = mask,
                            .mean = mean,
                            .least = least,
                            .tools = tools};
    return filter(&ladder, sigma);
}
