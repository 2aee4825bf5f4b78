/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The Gaussian, separable, borders mirrored.
 *
 * A band of rows is a work item.  It keeps the rows that it has filtered along
 * x in a ring, just as many as the filter along y reaches, and moves down by a
 * few rows at a time; strips of columns are short enough for what they read to
 * stay in the first cache.  Rows around the bounds between bands are filtered
 * along x before any band starts, so that bands may write over the source.
 */

#include <stdatomic.h>

#include "signal/mirror.h"
#include "signal/signal.h"
#include "signal/wide.h"
#include "util/parallel.h"

enum {
    STEP = 16,   /* rows that a band moves down by */
    STRIP = 128, /* columns */
    SHARE = 4,   /* a band is at least so many radii high */
    ITEMS_A_THREAD = 2
};

struct blur {
    const struct plane *src, *dst;
    const float *w;
    int radius, bands;
    struct plane halo; /* 2 radius rows around each bound, filtered along x */
    struct tools *tools;
    atomic_bool failed;
};

/* What a band owns: rows [first, end). */
struct band {
    const struct blur *blur;
    int first, end;
    int filled; /* rows before it are in the ring, or were */
    struct plane ring;
    float *padded;
};

static int bound_of(const struct blur *blur, int band)
{
    return (int)((int64_t)blur->src->height * band / blur->bands);
}

static void filter_row(const struct blur *blur, float *out, int y,
                       float *padded)
{
    const int width = blur->src->width, radius = blur->radius;
    ct_pad_row(padded, ct_row(blur->src, y), width, -radius, width + radius);
    blur->tools->kernels->symmetric_row(out, padded + radius, blur->w, radius,
                                        (size_t)width);
}

/* The rows around the bound below band `item`. */
static void halo_rows(void *context, int item)
{
    struct blur *const blur = context;
    const int radius = blur->radius, bound = bound_of(blur, item + 1);
    float *const padded = ct_alloc_raw(
        &blur->tools->memory, (size_t)blur->src->width + 2 * (size_t)radius,
        sizeof(float));
    if (!padded) {
        atomic_store(&blur->failed, true);
        return;
    }
    for (int i = 0; i < 2 * radius; i++)
        filter_row(blur, ct_row(&blur->halo, item * 2 * radius + i),
                   bound - radius + i, padded);
    ct_free(padded);
}

/* Row `y`, filtered along x: the band's own, or from a halo. */
static const float *filtered(const struct band *band, int y)
{
    const struct blur *const blur = band->blur;
    const int radius = blur->radius;
    if (y >= band->first && y < band->end)
        return ct_row(&band->ring, y % band->ring.height);

    const int bound = y < band->first ? band->first : band->end;
    int item = 0;
    while (bound_of(blur, item + 1) != bound)
        item++;
    return ct_row(&blur->halo, item * 2 * radius + y - (bound - radius));
}

/* Output rows [y, to). */
static void step_down(struct band *band, int y, int to)
{
    const struct blur *const blur = band->blur;
    const int radius = blur->radius, width = blur->src->width;
    const int height = blur->src->height;
    const int ready = to + radius < band->end ? to + radius : band->end;
    for (; band->filled < ready; band->filled++)
        filter_row(blur, ct_row(&band->ring, band->filled % band->ring.height),
                   band->filled, band->padded);

    const float *rows[2 * CT_RADIUS_MAX + STEP];
    const int reach = to - y + 2 * radius;
    for (int i = 0; i < reach; i++)
        rows[i] = filtered(band, ct_mirror(y - radius + i, height));
    for (int x = 0, n; x < width; x += n) {
        n = width - x < 2 * STRIP ? width - x : STRIP; /* no short one */
        blur->tools->kernels->symmetric_columns(
            ct_row(blur->dst, y) + x, blur->dst->stride, rows + radius, blur->w,
            radius, to - y, (size_t)n);
        for (int i = 0; i < reach; i++)
            rows[i] += n;
    }
}

static void blur_band(void *context, int item)
{
    struct blur *const blur = context;
    const int width = blur->src->width;
    struct band band = {.blur = blur,
                        .first = bound_of(blur, item),
                        .end = bound_of(blur, item + 1)};
    const int slots = 2 * blur->radius + STEP;
    const size_t stride = blur->halo.stride; /* that of any such plane */
    float *const room = ct_alloc_raw(&blur->tools->memory,
                                     stride * (size_t)slots + (size_t)width +
                                         2 * (size_t)blur->radius,
                                     sizeof(float));
    if (!room) {
        atomic_store(&blur->failed, true);
        return;
    }

    band.filled = band.first;
    band.ring = (struct plane){room, stride, width, slots};
    band.padded = room + stride * (size_t)slots;
    for (int y = band.first; y < band.end; y += STEP)
        step_down(&band, y, y + STEP < band.end ? y + STEP : band.end);
    ct_free(room);
}

static int band_count(const struct blur *blur)
{
    const int most = blur->src->height / (SHARE * blur->radius + STEP);
    const int wanted =
        blur->tools->threads > 1 ? ITEMS_A_THREAD * blur->tools->threads : 1;
    const int count = wanted < most ? wanted : most;
    return count > 1 ? count : 1;
}

cutis_status ct_symmetric(struct plane *dst, const struct plane *src,
                          const float *w, int radius, struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    struct blur blur = {
        .src = src, .dst = dst, .w = w, .radius = radius, .tools = tools};

    atomic_init(&blur.failed, false);
    blur.bands = band_count(&blur);
    TRY(ct_plane_create(&blur.halo, src->width,
                        (blur.bands - 1) * 2 * blur.radius, tools));
    ct_parallel(tools->threads, blur.bands - 1, halo_rows, &blur);
    if (!atomic_load(&blur.failed))
        status = ct_each(tools, blur.bands, blur_band, &blur);
    if (atomic_load(&blur.failed))
        status = ct_no_memory(tools);

done:
    ct_plane_free(&blur.halo);
    return status;
}

cutis_status ct_gauss(struct plane *dst, const struct plane *src, double sigma,
                      struct tools *tools)
{
    float w[CT_RADIUS_MAX + 1];

    if (src->width == 0 || src->height == 0)
        return CUTIS_OK;
    if (sigma >= CT_WIDE_PX)
        return ct_gauss_wide(dst, src, sigma, tools);
    const int radius = ct_gauss_kernel(w, sigma, 0);
    return ct_symmetric(dst, src, w, radius, tools);
}
