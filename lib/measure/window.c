/* SPDX-License-Identifier: BSD-2-Clause */

#include "measure/window.h"

#include <math.h>

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

/* Skin that no spot has taken. */
static bool is_around(const struct window *w, int x, int y)
{
    return ct_window_usable(w, x, y) &&
           !(w->taken &&
             w->taken[(size_t)y * (size_t)w->level->width + (size_t)x]);
}

double ct_window_ring(struct window *w, const struct plane *plane, double near,
                      double far)
{
    const struct level *const level = w->level;
    const int reach = far < CT_REACH ? (int)far : CT_REACH;
    const int left = w->cx > reach ? -reach : -w->cx;
    const int right =
        w->cx + reach < level->width ? reach : level->width - 1 - w->cx;
    size_t n = 0;
    for (int v = -reach; v <= reach; v++) {
        const int y = w->cy + v;
        if (y < 0 || y >= level->height)
            continue;
        const uint8_t *const mask = ct_byte_row(&level->mask, y) + w->cx;
        const float *const row = ct_row(plane, y) + w->cx;
        for (int u = left; u <= right; u++) {
            const double d2 = (double)(u * u + v * v);
            if (mask[u] && d2 >= near * near && d2 <= far * far &&
                is_around(w, w->cx + u, y))
                w->v[n++] = row[u];
        }
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

/* ---- Ground -------------------------------------------------------------- */

static const double most_spread = 2.5; /* SDs off the plane that still count */

static double off_ground(const struct ground *g, double u, double v, float at)
{
    return (double)at - g->level - g->slope[0] * u - g->slope[1] * v;
}

/* Least squares of 1, u, v by elimination; false if they leave it open. */
static bool solve(struct ground *ground, double s[3][4])
{
    for (int j = 0; j < 3; j++) {
        if (!(s[j][j] > 1e-9))
            return false;
        for (int i = 0; i < 3; i++)
            for (int k = 3; i != j && k >= j; k--)
                s[i][k] -= s[i][j] / s[j][j] * s[j][k];
    }
    ground->level = s[0][3] / s[0][0];
    ground->slope[0] = s[1][3] / s[1][1];
    ground->slope[1] = s[2][3] / s[2][2];
    return true;
}

/* The plane through the ring's pixels no farther than `most` off the last. */
static bool fit_ground(struct ground *ground, const struct window *w,
                       const struct plane *plane, const double ring[2],
                       double most)
{
    const struct ground last = *ground;
    const int reach = ring[1] < CT_REACH ? (int)ring[1] : CT_REACH;
    double s[3][4] = {{0.0}};
    for (int v = -reach; v <= reach; v++)
        for (int u = -reach; u <= reach; u++) {
            const int x = w->cx + u, y = w->cy + v;
            const double d2 = (double)(u * u + v * v);
            if (d2 < ring[0] * ring[0] || d2 > ring[1] * ring[1] ||
                !is_around(w, x, y) ||
                fabs(off_ground(&last, u, v, ct_row(plane, y)[x])) > most)
                continue;
            const double row[4] = {1.0, u, v, (double)ct_row(plane, y)[x]};
            for (int j = 0; j < 3; j++)
                for (int k = 0; k < 4; k++)
                    s[j][k] += row[j] * row[k];
        }
    return s[0][0] >= 12.0 && solve(ground, s);
}

/* The robust SD of what the plane leaves of the ring. */
static double left_over(const struct ground *ground, struct window *w,
                        const struct plane *plane, const double ring[2])
{
    const int reach = ring[1] < CT_REACH ? (int)ring[1] : CT_REACH;
    size_t n = 0;
    for (int v = -reach; v <= reach; v++)
        for (int u = -reach; u <= reach; u++) {
            const int x = w->cx + u, y = w->cy + v;
            const double d2 = (double)(u * u + v * v);
            if (d2 >= ring[0] * ring[0] && d2 <= ring[1] * ring[1] &&
                is_around(w, x, y))
                w->v[n++] =
                    (float)fabs(off_ground(ground, u, v, ct_row(plane, y)[x]));
        }
    return 1.4826 * ct_quantile(w->v, n, 0.5);
}

struct ground ct_window_ground(struct window *w, const struct plane *plane,
                               double near, double far)
{
    const double ring[2] = {near, far};
    struct ground ground = {.level = 0.0};
    if (!fit_ground(&ground, w, plane, ring, INFINITY))
        return (struct ground){.level = NAN, .spread = NAN};
    /* Other spots in the ring are not ground. */
    const double most = most_spread * left_over(&ground, w, plane, ring);
    if (most > 0.0)
        fit_ground(&ground, w, plane, ring, most);
    ground.spread = left_over(&ground, w, plane, ring);
    return ground;
}

double ct_window_over(const struct window *w, const struct plane *plane,
                      const struct ground *ground)
{
    double sum = 0.0;
    for (int i = 0; i < w->count; i++) {
        const int x = ct_slot_x(w, w->queue[i]);
        const int y = ct_slot_y(w, w->queue[i]);
        sum += off_ground(ground, x - w->cx, y - w->cy, ct_row(plane, y)[x]);
    }
    return w->count ? sum / w->count : NAN;
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
