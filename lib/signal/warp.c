/* SPDX-License-Identifier: BSD-2-Clause */

#include <math.h>

#include "signal/signal.h"

cutis_status ct_warp_create(struct warp *out, int width, int height, int step,
                            struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    *out = (struct warp){.step = step};
    const int columns = (width + step - 1) / step + 1;
    const int rows = (height + step - 1) / step + 1;
    TRY(ct_plane_create(&out->x, columns, rows, tools));
    TRY(ct_plane_create(&out->y, columns, rows, tools));
    TRY(ct_plane_create(&out->trust, columns, rows, tools));
    for (int j = 0; j < rows; j++)
        for (int i = 0; i < columns; i++)
            ct_row(&out->x, j)[i] = ct_row(&out->y, j)[i] = NAN;
done:
    if (status != CUTIS_OK)
        ct_warp_free(out);
    return status;
}

void ct_warp_free(struct warp *warp)
{
    ct_plane_free(&warp->x);
    ct_plane_free(&warp->y);
    ct_plane_free(&warp->trust);
}

/* The square of nodes around a place, and where in it the place is. */
struct square {
    int i, j;
    double u, v; /* [0,1] */
};

static bool find_square(struct square *out, const struct warp *warp, double x,
                        double y)
{
    if (!warp->x.at)
        return false;
    const double across = x / warp->step, down = y / warp->step;
    const int last_i = warp->x.width - 1, last_j = warp->x.height - 1;
    if (!(across >= 0 && across <= last_i && down >= 0 && down <= last_j))
        return false;
    out->i = across < last_i ? (int)across : last_i - 1;
    out->j = down < last_j ? (int)down : last_j - 1;
    out->u = across - out->i;
    out->v = down - out->j;
    return true;
}

static double bilinear(const struct plane *plane, const struct square *s)
{
    const float *const above = ct_row(plane, s->j) + s->i;
    const float *const below = ct_row(plane, s->j + 1) + s->i;
    const double top = (1 - s->u) * (double)above[0] + s->u * (double)above[1];
    const double end = (1 - s->u) * (double)below[0] + s->u * (double)below[1];
    return (1 - s->v) * top + s->v * end;
}

bool ct_warp_at(const struct warp *warp, double x, double y, double to[2])
{
    struct square square;
    to[0] = to[1] = NAN;
    if (!find_square(&square, warp, x, y))
        return false;
    to[0] = bilinear(&warp->x, &square);
    to[1] = bilinear(&warp->y, &square);
    return !isnan(to[0]) && !isnan(to[1]);
}

double ct_warp_trust(const struct warp *warp, double x, double y)
{
    struct square square;
    double to[2];
    if (!ct_warp_at(warp, x, y, to) || !find_square(&square, warp, x, y))
        return 0;
    return bilinear(&warp->trust, &square);
}

void ct_warp_stay(struct warp *warp)
{
    for (int j = 0; j < warp->x.height; j++)
        for (int i = 0; i < warp->x.width; i++) {
            float *const x = &ct_row(&warp->x, j)[i];
            float *const y = &ct_row(&warp->y, j)[i];
            if (isnan(*x) || isnan(*y))
                continue;
            *x = (float)(i * warp->step);
            *y = (float)(j * warp->step);
        }
}
