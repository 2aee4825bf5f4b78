/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Derivatives of a Gaussian-smoothed plane.  Tiles are work items: their rows
 * are filtered along x by each order into a buffer that stays in cache, and
 * columns of that give the derivatives.
 */

#include <stdatomic.h>

#include "signal/mirror.h"
#include "signal/signal.h"
#include "util/parallel.h"

/* The stride is an odd number of cache lines, see plane.c. */
enum { TILE_WIDTH = 512, TILE_HEIGHT = 128, TILE_STRIDE = TILE_WIDTH + 16 };

struct pass {
    const struct jet *out;
    const struct plane *src;
    float w[3][CT_RADIUS_MAX + 1];
    int radius, across; /* tiles in a row of them */
    int end;
    struct tools *tools;
    atomic_bool failed;
};

/* One tile: columns [left, left + width), rows [top, bottom). */
struct tile {
    const struct pass *pass;
    int left, width, top, bottom;
    struct plane rows[3]; /* by order along x, from row top - radius on */
};

static void filter_rows(const struct tile *tile, float *padded)
{
    const struct pass *const pass = tile->pass;
    const struct kernels *const kernels = pass->tools->kernels;
    const struct plane *const src = pass->src, *const rows = tile->rows;
    const bool smooth = pass->out->y || pass->out->yy;
    const bool curved = pass->out->xx != NULL;
    const float *const even[2] = {pass->w[0], pass->w[2]};
    const int radius = pass->radius;
    const size_t n = (size_t)tile->width;

    for (int i = 0; i < rows[0].height; i++) {
        const int y = ct_mirror(tile->top - radius + i, src->height);
        ct_pad_row(padded, ct_row(src, y), src->width, tile->left - radius,
                   tile->left + tile->width + radius);
        const float *const row = padded + radius;
        if (smooth && curved)
            kernels->symmetric_rows(ct_row(&rows[0], i), ct_row(&rows[2], i),
                                    row, even, radius, n);
        else if (smooth || curved)
            kernels->symmetric_row(ct_row(&rows[smooth ? 0 : 2], i), row,
                                   even[smooth ? 0 : 1], radius, n);
        if (pass->out->x || pass->out->xy)
            kernels->odd_row(ct_row(&rows[1], i), row, pass->w[1], radius, n);
    }
}

/* One derivative: order dx is in the rows, order dy is still to be done. */
static void filter_columns(const struct tile *tile, struct plane *dst, int dx,
                           int dy)
{
    const struct pass *const pass = tile->pass;
    const struct kernels *const kernels = pass->tools->kernels;
    const int radius = pass->radius;
    const float *at[2 * CT_RADIUS_MAX + TILE_HEIGHT];
    if (!dst)
        return;

    for (int i = 0; i < tile->rows[dx].height; i++)
        at[i] = ct_row(&tile->rows[dx], i);
    float *const out = ct_row(dst, tile->top - pass->out->first) + tile->left;
    (dy == 1 ? kernels->odd_columns : kernels->symmetric_columns)(
        out, dst->stride, at + radius, pass->w[dy], radius,
        tile->bottom - tile->top, (size_t)tile->width);
}

static void run_tile(void *context, int item)
{
    struct pass *const pass = context;
    const struct plane *const src = pass->src;
    const int left = item % pass->across * TILE_WIDTH;
    const int top = pass->out->first + item / pass->across * TILE_HEIGHT;
    struct tile tile = {.pass = pass, .left = left, .top = top};
    tile.width =
        left + TILE_WIDTH < src->width ? TILE_WIDTH : src->width - left;
    tile.bottom = top + TILE_HEIGHT < pass->end ? top + TILE_HEIGHT : pass->end;

    const int height = tile.bottom - top + 2 * pass->radius;
    const size_t size = (size_t)TILE_STRIDE * (size_t)height;
    float *const room = ct_alloc_raw(
        &pass->tools->memory, 3 * size + TILE_WIDTH + 2 * (size_t)pass->radius,
        sizeof(float));
    if (!room) {
        atomic_store(&pass->failed, true);
        return;
    }
    for (int order = 0; order < 3; order++)
        tile.rows[order] = (struct plane){room + (size_t)order * size,
                                          TILE_STRIDE, tile.width, height};
    filter_rows(&tile, room + 3 * size);
    filter_columns(&tile, pass->out->x, 1, 0);
    filter_columns(&tile, pass->out->y, 0, 1);
    filter_columns(&tile, pass->out->xx, 2, 0);
    filter_columns(&tile, pass->out->xy, 1, 1);
    filter_columns(&tile, pass->out->yy, 0, 2);
    ct_free(room);
}

cutis_status ct_gauss_jet(const struct jet *out, const struct plane *src,
                          double sigma, struct tools *tools)
{
    struct pass pass = {.out = out, .src = src, .tools = tools};
    atomic_init(&pass.failed, false);
    for (int order = 0; order < 3; order++)
        pass.radius = ct_gauss_kernel(pass.w[order], sigma, order);
    pass.across = (src->width + TILE_WIDTH - 1) / TILE_WIDTH;
    pass.end = out->end ? out->end : src->height;
    const int down = (pass.end - out->first + TILE_HEIGHT - 1) / TILE_HEIGHT;
    const cutis_status status =
        ct_each(tools, pass.across * down, run_tile, &pass);
    return atomic_load(&pass.failed) ? ct_no_memory(tools) : status;
}
