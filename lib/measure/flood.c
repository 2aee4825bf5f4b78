/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The outline of a spot: what lies above a level in one piece with its middle,
 * parted from neighbours at the valley between.
 *
 * The parting is a watershed.  Pixels come from the highest down; each goes to
 * the basin of its highest neighbour, or begins one.  Where two basins meet,
 * the one with the lower top ends as a basin of its own if it hardly rises over
 * the place, and becomes part of the other.
 */

#include <stdlib.h>
#include <string.h>

#include "measure/window.h"

static const int step[4][2] = {{1, 0}, {-1, 0}, {0, 1}, {0, -1}};

void ct_window_flood(struct window *w, const struct plane *plane, double level)
{
    memset(w->inside, 0, sizeof(w->inside));
    w->count = 0;
    w->inside[ct_slot(w, w->cx, w->cy)] = CT_INSIDE;
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
            w->inside[ct_slot(w, u, v)] = CT_INSIDE;
            w->queue[w->count++] = ct_slot(w, u, v);
        }
    }
}

/* ---- Parting ------------------------------------------------------------- */

struct valley {
    double around, share, least;
};

static int from_the_top(const void *left, const void *right)
{
    const struct window_height *a = left, *b = right;
    if (a->value != b->value)
        return a->value > b->value ? -1 : 1;
    return a->slot < b->slot ? -1 : a->slot > b->slot;
}

static int now(const struct window *w, int basin)
{
    while (w->joined[basin] != basin)
        basin = w->joined[basin];
    return basin;
}

static bool is_shallow(const struct window *w, const struct valley *valley,
                       int basin, float here)
{
    const double top = (double)w->top[basin];
    const double asked = valley->share * (top - valley->around);
    return top - (double)here < (asked > valley->least ? asked : valley->least);
}

/* The basins that meet in a slot, where one of them is too shallow. */
static void meet(struct window *w, const struct valley *valley, int slot,
                 const int near[4], int count, float here)
{
    for (int k = 0; k < count; k++) {
        const int a = now(w, near[k]), b = now(w, w->basin[slot]);
        const bool a_lower =
            w->top[a] < w->top[b] || (w->top[a] == w->top[b] && a > b);
        const int lower = a_lower ? a : b, higher = a_lower ? b : a;
        if (a != b && is_shallow(w, valley, lower, here))
            w->joined[lower] = higher;
    }
}

static void place(struct window *w, const struct valley *valley,
                  const struct plane *plane, const struct window_height *at,
                  int *basins)
{
    const int x = ct_slot_x(w, at->slot), y = ct_slot_y(w, at->slot);
    int near[4], count = 0;
    float highest = -1e30f;
    for (int k = 0; k < 4; k++) {
        const int u = x + step[k][0], v = y + step[k][1];
        const int du = u - w->cx, dv = v - w->cy;
        if (du * du + dv * dv > w->reach * w->reach)
            continue;
        const int basin = w->basin[ct_slot(w, u, v)];
        if (!basin)
            continue;
        near[count++] = basin;
        if (ct_row(plane, v)[u] > highest) {
            highest = ct_row(plane, v)[u];
            w->basin[at->slot] = basin;
        }
    }
    if (count) {
        meet(w, valley, at->slot, near, count, at->value);
        return;
    }
    const int fresh = ++*basins;
    w->basin[at->slot] = w->joined[fresh] = fresh;
    w->top[fresh] = at->value;
}

void ct_window_part(struct window *w, const struct plane *plane, double around,
                    double share, double least)
{
    const struct valley valley = {around, share, least};
    int basins = 0, kept = 0;
    for (int i = 0; i < w->count; i++) {
        const int slot = w->queue[i];
        const int x = ct_slot_x(w, slot), y = ct_slot_y(w, slot);
        w->order[i] = (struct window_height){ct_row(plane, y)[x], slot};
    }
    memset(w->basin, 0, sizeof(w->basin));
    qsort(w->order, (size_t)w->count, sizeof(*w->order), from_the_top);
    for (int i = 0; i < w->count; i++)
        place(w, &valley, plane, &w->order[i], &basins);

    const int own = now(w, w->basin[ct_slot(w, w->cx, w->cy)]);
    for (int i = 0; i < w->count; i++) {
        const int slot = w->queue[i];
        if (now(w, w->basin[slot]) == own)
            w->queue[kept++] = slot;
        else
            w->inside[slot] = CT_BESIDE;
    }
    w->count = kept;
}
