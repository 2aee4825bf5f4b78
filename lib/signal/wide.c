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
    SPLINE_REACH = 2
};

/* Sample j of the small plane lies on pixel (j - margin) * f + f / 2. */
struct ladder {
    const struct plane *src;
    struct plane *dst;
    struct plane small, smooth; /* samples; after the second filter */
    int f, margin;
    int before_radius, radius;
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

static void down_row(struct ladder *ladder, int j, float *column, float *padded)
{
    const struct plane *const src = ladder->src;
    const int radius = ladder->before_radius;
    const float *rows[2 * CT_RADIUS_MAX + 1];
    const int y = (j - ladder->margin) * ladder->f + ladder->f / 2;

    for (int k = -radius; k <= radius; k++)
        rows[k + radius] = ct_row(src, ct_mirror(y + k, src->height));
    ladder->tools->kernels->symmetric_column(
        column, rows + radius, ladder->before, radius, (size_t)src->width);
    const int reach = ladder->margin * ladder->f + radius + ladder->f;
    ct_pad_row(padded + reach, column, src->width, reach);

    float *const out = ct_row(&ladder->small, j);
    const float *const start =
        padded + reach - ladder->margin * ladder->f + ladder->f / 2;
    for (int i = 0; i < ladder->small.width; i++)
        ladder->tools->kernels->symmetric_row(out + i, start + i * ladder->f,
                                              ladder->before, radius, 1);
}

static void down_band(void *context, int item)
{
    struct ladder *const ladder = context;
    const size_t width = (size_t)ladder->src->width;
    const int reach =
        ladder->margin * ladder->f + ladder->before_radius + ladder->f;
    float *const room = band_room(ladder, width + width + 2 * (size_t)reach);
    if (!room)
        return;
    const int end = (item + 1) * SMALL_BAND;
    for (int j = item * SMALL_BAND; j < end && j < ladder->small.height; j++)
        down_row(ladder, j, room, room + width);
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
    float *const room = band_room(ladder, (size_t)(width + 2 * radius));
    if (!room)
        return;
    for (int j = item * SMALL_BAND; j < end && j < ladder->small.height; j++) {
        float *const row = ct_row(&ladder->small, j);
        ct_pad_row(room + radius, row, width, radius);
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

static void up_row(struct ladder *ladder, int y, float *mixed)
{
    float weight[4];
    const float *rows[4];
    const int top = spline(weight, y, ladder);
    for (int k = 0; k < 4; k++)
        rows[k] = ct_row(&ladder->smooth, top + k);
    ladder->tools->kernels->combine4(mixed, rows, weight,
                                     (size_t)ladder->smooth.width);

    float *const out = ct_row(ladder->dst, y);
    const int width = ladder->dst->width, f = ladder->f;
    for (int phase = 0; phase < f; phase++) {
        const float *at = mixed + spline(weight, phase, ladder);
        for (int x = phase; x < width; x += f, at++)
            out[x] = at[0] * weight[0] + at[1] * weight[1] + at[2] * weight[2] +
                     at[3] * weight[3];
    }
}

static void up_band(void *context, int item)
{
    struct ladder *const ladder = context;
    const int end = (item + 1) * CT_BAND;
    float *const room = band_room(ladder, (size_t)ladder->smooth.width);
    if (!room)
        return;
    for (int y = item * CT_BAND; y < end && y < ladder->dst->height; y++)
        up_row(ladder, y, room);
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

    ct_parallel(tools->threads, small, down_band, ladder);
    if (atomic_load(&ladder->failed))
        return ct_no_memory(tools);
    ct_parallel(tools->threads, small, small_rows, ladder);
    if (atomic_load(&ladder->failed))
        return ct_no_memory(tools);
    ct_parallel(tools->threads, small, small_columns, ladder);
    ct_parallel(tools->threads, full, up_band, ladder);
    return atomic_load(&ladder->failed) ? ct_no_memory(tools) : CUTIS_OK;
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
    TRY(ct_plane_create(&ladder.smooth, ladder.small.width, ladder.small.height,
                        tools));
    TRY(climb(&ladder));

done:
    ct_plane_free(&ladder.smooth);
    ct_plane_free(&ladder.small);
    return status;
}
