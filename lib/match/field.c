/* SPDX-License-Identifier: BSD-2-Clause */

#include <math.h>

#include "match/refine.h"
#include "util/parallel.h"

enum { ROUNDS = 30 };

static const double still_px = 1e-4;

bool ct_affine_invert(struct affine *out, const struct affine *map)
{
    const double *const m = map->m;
    const double det = m[1] * m[5] - m[2] * m[4];
    if (!(fabs(det) > 1e-12))
        return false;
    double *const o = out->m;
    o[1] = m[5] / det;
    o[2] = -m[2] / det;
    o[4] = -m[4] / det;
    o[5] = m[1] / det;
    o[0] = -(o[1] * m[0] + o[2] * m[3]);
    o[3] = -(o[4] * m[0] + o[5] * m[3]);
    return true;
}

void ct_affine_at(double out[2], const struct affine *map, double dx, double dy)
{
    const double *const m = map->m;
    out[0] = m[0] + m[1] * dx + m[2] * dy;
    out[1] = m[3] + m[4] * dx + m[5] * dy;
}

bool ct_warp_around(struct affine *out, const struct warp *warp, double x,
                    double y)
{
    const double step = warp->step;
    double at[2], right[2], left[2], down[2], up[2];
    if (!ct_warp_at(warp, x, y, at) || !ct_warp_at(warp, x + step, y, right) ||
        !ct_warp_at(warp, x - step, y, left) ||
        !ct_warp_at(warp, x, y + step, down) ||
        !ct_warp_at(warp, x, y - step, up))
        return false;
    for (int k = 0; k < 2; k++) {
        out->m[3 * k] = at[k];
        out->m[3 * k + 1] = (right[k] - left[k]) / (2 * step);
        out->m[3 * k + 2] = (down[k] - up[k]) / (2 * step);
    }
    return true;
}

struct inversion {
    struct warp *back;
    const struct warp *forward;
};

/* Moves `at` to where `forward` leads to (x, y). */
static bool find_origin(double at[2], const struct warp *forward, double x,
                        double y)
{
    struct affine around, back;
    if (!ct_warp_around(&around, forward, at[0], at[1]) ||
        !ct_affine_invert(&back, &around))
        return false;
    for (int round = 0; round < ROUNDS; round++) {
        double to[2];
        if (!ct_warp_at(forward, at[0], at[1], to))
            return false;
        const double dx = x - to[0], dy = y - to[1];
        at[0] += back.m[1] * dx + back.m[2] * dy;
        at[1] += back.m[4] * dx + back.m[5] * dy;
        if (fabs(dx) + fabs(dy) < still_px)
            return true;
    }
    return false;
}

static void invert_row(void *context, int j)
{
    const struct inversion *const job = context;
    struct warp *const back = job->back;
    for (int i = 0; i < back->x.width; i++) {
        float *const x = ct_row(&back->x, j) + i;
        float *const y = ct_row(&back->y, j) + i;
        float *const trust = ct_row(&back->trust, j) + i;
        double at[2] = {(double)*x, (double)*y};
        *trust = 0;
        if (!find_origin(at, job->forward, i * back->step, j * back->step))
            continue;
        *x = (float)at[0];
        *y = (float)at[1];
        *trust = (float)ct_warp_trust(job->forward, at[0], at[1]);
    }
}

void ct_warp_invert(struct warp *back, const struct warp *forward,
                    struct tools *tools)
{
    struct inversion job = {back, forward};
    ct_parallel(tools->threads, back->x.height, invert_row, &job);
}
