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

#include "signal/mirror.h"
#include "signal/wide.h"
#include "util/parallel.h"

enum {
    SMALL_BAND = 8, /* rows of an item on the small plane */
    STRIP = 128,    /* columns that are filtered at a time */
    SPLINE_REACH = 2
};

/* Sample j of the small plane lies on pixel (j - margin) * f + f / 2. */
struct ladder {
    const struct plane *src;
    struct plane *dst;
    struct plane small, smooth; /* samples; after the second filter */
    int f, margin;
    int before_radius, radius;
    int phase_length; /* a padded row of the source, by f */
    float before[CT_RADIUS_MAX + 1], w[CT_RADIUS_MAX + 1];
    struct tools *tools;
    atomic_bool failed;
};

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
                                             (size_t)ladder->small.width);
}

/* Small rows [from, to): columns of the source, filtered, strip by strip. */
static void down_columns(struct ladder *ladder, float *columns, int from,
                         int to)
{
    const struct plane *const src = ladder->src;
    const int radius = ladder->before_radius, width = src->width;
    const float *rows[2 * CT_RADIUS_MAX + 1];

    for (int x = 0, n; x < width; x += n) {
        n = width - x < 2 * STRIP ? width - x : STRIP; /* no short one */
        for (int j = from; j < to; j++) {
            const int y = (j - ladder->margin) * ladder->f + ladder->f / 2;
            for (int k = 0; k <= 2 * radius; k++)
                rows[k] =
                    ct_row(src, ct_mirror(y - radius + k, src->height)) + x;
            ladder->tools->kernels->symmetric_column(
                columns + (size_t)(j - from) * (size_t)width + x, rows + radius,
                ladder->before, radius, (size_t)n);
        }
    }
}

static void down_band(void *context, int item)
{
    struct ladder *const ladder = context;
    const int from = item * SMALL_BAND, height = ladder->small.height;
    const int to = from + SMALL_BAND < height ? from + SMALL_BAND : height;
    const size_t width = (size_t)ladder->src->width;
    const size_t phases = (size_t)ladder->phase_length * (size_t)ladder->f;
    float *const room = band_room(ladder, SMALL_BAND * width + 2 * phases);
    if (!room)
        return;
    down_columns(ladder, room, from, to);
    for (int j = from; j < to; j++)
        keep_samples(ladder, ct_row(&ladder->small, j),
                     room + (size_t)(j - from) * width,
                     room + SMALL_BAND * width,
                     room + SMALL_BAND * width + phases);
    ct_free(room);
}

/* ---- On the small plane -------------------------------------------------- */

/* Filters rows in place, and columns of it into `smooth`; what lies within
 * `radius` of the border is not needed and not right. */
static void small_rows(void *context, int item)
{
    struct ladder *const ladder = context;
    const int width = ladder->small.width, radius = ladder->radius;
    const int end = (item + 1) * SMALL_BAND;
    float *const room = band_room(ladder, (size_t)width + 2 * (size_t)radius);
    if (!room)
        return;
    for (int j = item * SMALL_BAND; j < end && j < ladder->small.height; j++) {
        float *const row = ct_row(&ladder->small, j);
        ct_pad_row(room, row, width, -radius, width + radius);
        ladder->tools->kernels->symmetric_row(row, room + radius, ladder->w,
                                              radius, (size_t)width);
    }
    ct_free(room);
}

static void small_columns(void *context, int item)
{
    struct ladder *const ladder = context;
    const int height = ladder->small.height, radius = ladder->radius;
    const int end = (item + 1) * SMALL_BAND;
    const float *rows[2 * CT_RADIUS_MAX + 1];

    for (int j = item * SMALL_BAND; j < end && j < height; j++) {
        for (int k = -radius; k <= radius; k++)
            rows[k + radius] = ct_row(&ladder->small, ct_mirror(j + k, height));
        ladder->tools->kernels->symmetric_column(
            ct_row(&ladder->smooth, j), rows + radius, ladder->w, radius,
            (size_t)ladder->small.width);
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

/* Row `j` of the small plane at all pixels across. */
static void widen(struct ladder *ladder, float *out, int j, float *run)
{
    const int width = ladder->dst->width, f = ladder->f;
    const float *const row = ct_row(&ladder->smooth, j);

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

/* Keeps the four widened rows that an output row lies between. */
static void up_band(void *context, int item)
{
    struct ladder *const ladder = context;
    const int from = item * CT_BAND, height = ladder->dst->height;
    const int to = from + CT_BAND < height ? from + CT_BAND : height;
    const size_t width = (size_t)ladder->dst->width;
    float *const room = band_room(ladder, 5 * width);
    if (!room)
        return;

    float weight[4];
    const float *rows[4];
    int ready = spline(weight, from, ladder); /* rows before it are there */
    for (int y = from; y < to; y++) {
        const int top = spline(weight, y, ladder);
        for (; ready < top + 4; ready++)
            widen(ladder, room + (size_t)(ready % 4) * width, ready,
                  room + 4 * width);
        for (int k = 0; k < 4; k++)
            rows[k] = room + (size_t)((top + k) % 4) * width;
        ladder->tools->kernels->combine4(ct_row(ladder->dst, y), rows, weight,
                                         width);
    }
    ct_free(room);
}

/* ---- All ----------------------------------------------------------------- */

/* The largest odd factor up to sigma / 2, its filters and margin. */
static void plan(struct ladder *ladder, double sigma)
{
    const int half = (int)(sigma / 2.0);
    const int most = 255;
    int f = half % 2 == 1 ? half : half - 1;
    f = f < most ? f : most;
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
    const int small = (ladder->small.height + SMALL_BAND - 1) / SMALL_BAND;
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

cutis_status ct_gauss_wide(struct plane *dst, const struct plane *src,
                           double sigma, struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    struct ladder ladder = {.src = src, .dst = dst, .tools = tools};
    atomic_init(&ladder.failed, false);
    plan(&ladder, sigma);

    const int width = (src->width + ladder.f - 1) / ladder.f;
    const int height = (src->height + ladder.f - 1) / ladder.f;
    TRY(ct_plane_create(&ladder.small, width + 2 * ladder.margin,
                        height + 2 * ladder.margin, tools));
    ladder.phase_length =
        ladder.small.width + 2 * ladder.before_radius / ladder.f + 1;
    TRY(ct_plane_create(&ladder.smooth, ladder.small.width, ladder.small.height,
                        tools));
    TRY(climb(&ladder));

done:
    ct_plane_free(&ladder.smooth);
    ct_plane_free(&ladder.small);
    return status;
}
