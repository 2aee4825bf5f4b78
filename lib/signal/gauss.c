/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The Gaussian and its derivatives, separable, borders mirrored.
 *
 * Bands of rows are independent work items.  ct_gauss filters rows into one
 * extra plane and columns out of it, so it may write over its source; wide
 * ones (see wide.c) do the same on a decimated plane.
 */

#include <stdatomic.h>

#include "signal/mirror.h"
#include "signal/signal.h"
#include "signal/wide.h"
#include "util/parallel.h"

static int bands_of(int height)
{
    return (height + CT_BAND - 1) / CT_BAND;
}

/* ---- Gaussian ------------------------------------------------------------ */

struct pass {
    const struct plane *from, *to;
    const float *w;
    int radius;
    struct tools *tools;
    atomic_bool failed;
};

static void rows_band(void *context, int item)
{
    struct pass *const pass = context;
    const int width = pass->from->width, radius = pass->radius;
    const int end = (item + 1) * CT_BAND;
    float *const room =
        ct_alloc_raw(&pass->tools->memory, (size_t)width + 2 * (size_t)radius,
                     sizeof(float));
    if (!room) {
        atomic_store(&pass->failed, true);
        return;
    }

    float *const row = room + radius;
    for (int y = item * CT_BAND; y < end && y < pass->from->height; y++) {
        ct_pad_row(row, ct_row(pass->from, y), width, radius);
        pass->tools->kernels->symmetric_row(ct_row(pass->to, y), row, pass->w,
                                            radius, (size_t)width);
    }
    ct_free(room);
}

static void columns_band(void *context, int item)
{
    struct pass *const pass = context;
    const int height = pass->from->height, radius = pass->radius;
    const int end = (item + 1) * CT_BAND;
    const float *rows[2 * CT_RADIUS_MAX + 1];

    for (int y = item * CT_BAND; y < end && y < height; y++) {
        for (int k = -radius; k <= radius; k++)
            rows[k + radius] = ct_row(pass->from, ct_mirror(y + k, height));
        pass->tools->kernels->symmetric_column(ct_row(pass->to, y),
                                               rows + radius, pass->w, radius,
                                               (size_t)pass->from->width);
    }
}

cutis_status ct_gauss(struct plane *dst, const struct plane *src, double sigma,
                      struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    struct plane between = {0};
    float w[CT_RADIUS_MAX + 1];

    if (src->width == 0 || src->height == 0)
        return CUTIS_OK;
    if (sigma >= CT_WIDE_PX)
        return ct_gauss_wide(dst, src, sigma, tools);

    const int radius = ct_gauss_kernel(w, sigma, 0);
    TRY(ct_plane_create(&between, src->width, src->height, tools));
    struct pass pass = {src, &between, w, radius, tools, false};
    ct_parallel(tools->threads, bands_of(src->height), rows_band, &pass);
    if (atomic_load(&pass.failed)) {
        status = ct_no_memory(tools);
        goto done;
    }
    pass.from = &between;
    pass.to = dst;
    ct_parallel(tools->threads, bands_of(src->height), columns_band, &pass);

done:
    ct_plane_free(&between);
    return status;
}

/* ---- Derivatives --------------------------------------------------------- */

struct jet_pass {
    const struct jet *out;
    const struct plane *src;
    float w[3][CT_RADIUS_MAX + 1];
    int radius;
    struct tools *tools;
    atomic_bool failed;
};

/* Rows of one band filtered along x by each order: rows[order][y - first]. */
static void jet_rows(const struct jet_pass *pass, struct plane rows[3],
                     int first, float *padded)
{
    const struct kernels *const kernels = pass->tools->kernels;
    const int width = pass->src->width, radius = pass->radius;

    for (int i = 0; i < rows[0].height; i++) {
        const int y = ct_mirror(first + i, pass->src->height);
        ct_pad_row(padded, ct_row(pass->src, y), width, radius);
        kernels->symmetric_row(ct_row(&rows[0], i), padded, pass->w[0], radius,
                               (size_t)width);
        if (pass->out->x || pass->out->xy)
            kernels->odd_row(ct_row(&rows[1], i), padded, pass->w[1], radius,
                             (size_t)width);
        if (pass->out->xx)
            kernels->symmetric_row(ct_row(&rows[2], i), padded, pass->w[2],
                                   radius, (size_t)width);
    }
}

/* One row of one derivative: order (dx, dy), from rows filtered along x. */
static void jet_column(const struct jet_pass *pass, struct plane *dst,
                       const struct plane *rows, int dy, int y, int first)
{
    const struct kernels *const kernels = pass->tools->kernels;
    const int radius = pass->radius;
    const float *at[2 * CT_RADIUS_MAX + 1];
    if (!dst)
        return;

    for (int k = -radius; k <= radius; k++)
        at[k + radius] = ct_row(rows, y + k - first);
    if (dy == 1)
        kernels->odd_column(ct_row(dst, y), at + radius, pass->w[1], radius,
                            (size_t)rows->width);
    else
        kernels->symmetric_column(ct_row(dst, y), at + radius, pass->w[dy],
                                  radius, (size_t)rows->width);
}

static cutis_status jet_band_rows(const struct jet_pass *pass, int start,
                                  int end)
{
    cutis_status status = CUTIS_ERROR_MEMORY;
    const struct jet *const out = pass->out;
    const int first = start - pass->radius;
    const int height = end - start + 2 * pass->radius;
    struct plane rows[3] = {{0}};
    struct plane padded = {0};

    TRY(ct_plane_create(&padded, pass->src->width + 2 * pass->radius, 1,
                        pass->tools));
    for (int order = 0; order < 3; order++)
        TRY(ct_plane_create(&rows[order], pass->src->width, height,
                            pass->tools));
    jet_rows(pass, rows, first, padded.at + pass->radius);
    for (int y = start; y < end; y++) {
        jet_column(pass, out->x, &rows[1], 0, y, first);
        jet_column(pass, out->y, &rows[0], 1, y, first);
        jet_column(pass, out->xx, &rows[2], 0, y, first);
        jet_column(pass, out->xy, &rows[1], 1, y, first);
        jet_column(pass, out->yy, &rows[0], 2, y, first);
    }
    status = CUTIS_OK;

done:
    for (int order = 0; order < 3; order++)
        ct_plane_free(&rows[order]);
    ct_plane_free(&padded);
    return status;
}

static void jet_band(void *context, int item)
{
    struct jet_pass *const pass = context;
    const int start = item * CT_BAND, height = pass->src->height;
    const int end = start + CT_BAND < height ? start + CT_BAND : height;
    if (jet_band_rows(pass, start, end) != CUTIS_OK)
        atomic_store(&pass->failed, true);
}

cutis_status ct_gauss_jet(const struct jet *out, const struct plane *src,
                          double sigma, struct tools *tools)
{
    if (src->width == 0 || src->height == 0)
        return CUTIS_OK;
    struct jet_pass pass = {.out = out, .src = src, .tools = tools};
    atomic_init(&pass.failed, false);
    for (int order = 0; order < 3; order++)
        pass.radius = ct_gauss_kernel(pass.w[order], sigma, order);
    ct_parallel(tools->threads, bands_of(src->height), jet_band, &pass);
    if (atomic_load(&pass.failed))
        return ct_no_memory(tools);
    return CUTIS_OK;
}
