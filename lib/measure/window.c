/* SPDX-License-Identifier: BSD-2-Clause */

#include "measure/window.h"

#include <math.h>
#include <string.h>

const double ct_red_share = 0.5;
const double ct_ring_near = 2.0, ct_ring_far = 3.2;
static const double third_of_octave = 1.2599210498948732; /* 2^(1/3) */

void ct_set_scales(struct blob_search *search, double first_mm, int steps,
                   double scale)
{
    search->scales = steps + 2;
    search->sigma[0] = first_mm * scale / third_of_octave;
    for (int i = 1; i < search->scales; i++)
        search->sigma[i] = search->sigma[i - 1] * third_of_octave;
}

struct item ct_item_at(const struct scene *scene, double x, double y)
{
    const struct level *level = &scene->colour;
    const struct face *face = scene->view->face;
    const int px = (int)x, py = (int)y;
    struct item item = {
        .x = (float)(x * level->factor),
        .y = (float)(y * level->factor),
        .region = ct_byte_row(&level->region, py)[px],
    };
    item.cell = face->cell[(size_t)item.y * (size_t)face->region.width +
                           (size_t)item.x];
    return item;
}

bool ct_window_usable(const struct window *w, int x, int y)
{
    const struct level *level = w->level;
    return x >= 0 && y >= 0 && x < level->width && y < level->height &&
           ct_byte_row(&level->mask, y)[x];
}

double ct_window_ring(struct window *w, const struct plane *plane, double near,
                      double far)
{
    const int reach = far < CT_REACH ? (int)far : CT_REACH;
    size_t n = 0;
    for (int v = -reach; v <= reach; v++)
        for (int u = -reach; u <= reach; u++) {
            const int x = w->cx + u, y = w->cy + v;
            const double d2 = (double)(u * u + v * v);
            if (d2 < near * near || d2 > far * far ||
                !ct_window_usable(w, x, y))
                continue;
            w->v[n++] = ct_row(plane, y)[x];
        }
    w->taken_values = n;
    return ct_quantile(w->v, n, 0.5);
}

double ct_window_spread(struct window *w, double median)
{
    for (size_t i = 0; i < w->taken_values; i++)
        w->v[i] = (float)fabs((double)w->v[i] - median);
    return 1.4826 * ct_quantile(w->v, w->taken_values, 0.5);
}

void ct_window_flood(struct window *w, const struct plane *plane, double level)
{
    static const int step[4][2] = {{1, 0}, {-1, 0}, {0, 1}, {0, -1}};
    memset(w->inside, 0, sizeof(w->inside));
    w->count = 0;
    w->inside[ct_slot(w, w->cx, w->cy)] = 1;
    w->queue[w->count++] = ct_slot(w, w->cx, w->cy);

    for (int head = 0; head < w->count; head++) {
        const int x = ct_slot_x(w, w->queue[head]);
        const int y = ct_slot_y(w, w->queue[head]);
        for (int k = 0; k < 4; k++) {
            const int u = x + step[k][0], v = y + step[k][1];
            const int du = u - w->cx, dv = v - w->cy;
            if (du * du + dv * dv > w->reach * w->reach ||
                !ct_window_usable(w, u, v) || w->inside[ct_slot(w, u, v)] ||
                w->taken[(size_t)v * (size_t)w->level->width + (size_t)u] ||
                (double)ct_row(plane, v)[u] < level)
                continue;
            w->inside[ct_slot(w, u, v)] = 1;
            w->queue[w->count++] = ct_slot(w, u, v);
        }
    }
}

double ct_window_mean(const struct window *w, const struct plane *plane)
{
    double sum = 0.0;
    for (int i = 0; i < w->count; i++) {
        const int x = ct_slot_x(w, w->queue[i]);
        const int y = ct_slot_y(w, w->queue[i]);
        sum += (double)ct_row(plane, y)[x];
    }
    return w->count ? sum / w->count : NAN;
}
