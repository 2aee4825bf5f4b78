/* SPDX-License-Identifier: BSD-2-Clause */

#include <math.h>
#include <string.h>

#include "match/refine.h"

/* The other photograph through the map, wider than the patch by the reach. */
struct room {
    const struct patch *patch;
    int reach, side, stride;
    float *at;
};

static void look_around(struct room *room, const struct affine *map,
                        const struct grain *other)
{
    const double *const m = map->m;
    const int half = room->patch->half + room->reach;
    memset(room->at, 0, (size_t)(room->side * room->stride) * sizeof(float));
    for (int j = 0; j < room->side; j++) {
        const int y = j - half;
        const double at[2] = {m[0] - m[1] * half + m[2] * y,
                              m[3] - m[4] * half + m[5] * y};
        const double by[2] = {m[1], m[4]};
        ct_grain_line(room->at + j * room->stride, other, at, by, 0,
                      room->side);
    }
}

static double fold(const float lanes[CT_LANES])
{
    double sum = 0;
    for (int i = 0; i < CT_LANES; i++)
        sum += (double)lanes[i];
    return sum;
}

enum { ACROSS = 2 * CT_REACH + 1 };

/* Of the patch with the room's parts that begin in row y, at each column. */
static void correlate(double out[ACROSS], const struct room *room, int y,
                      const struct kernels *kernels)
{
    const struct patch *const p = room->patch;
    const size_t stride = (size_t)p->stride, apart = (size_t)room->stride;
    const int across = 2 * room->reach + 1;
    float lanes[ACROSS][3][CT_LANES] = {{{0}}};
    kernels->correlate(lanes, across, p->w, p->t, stride,
                       room->at + (size_t)y * apart, apart, p->side);
    for (int i = 0; i < across; i++) {
        const double value = fold(lanes[i][0]), sum = fold(lanes[i][1]);
        const double variance = fold(lanes[i][2]) - sum * sum / p->weight;
        out[i] = variance > 0 ? value / sqrt(p->square * variance) : 0;
    }
}

/* Where a parabola through three values has its top, in steps from the middle
 * one, which is the largest. */
static double top(double before, double middle, double after)
{
    const double bend = before - 2 * middle + after;
    return bend < 0 ? 0.5 * (before - after) / bend : 0;
}

double ct_patch_search(struct affine *map, const struct patch *patch,
                       const struct grain *other, int reach, float *room_at)
{
    double found[ACROSS][ACROSS] = {{0}};
    const int across = 2 * reach + 1;
    struct room room = {patch, reach, patch->side + 2 * reach, 0, room_at};
    room.stride = room.side + CT_LANES;
    look_around(&room, map, other);

    int x = 0, y = 0;
    for (int j = 0; j < across; j++) {
        correlate(found[j], &room, j, other->kernels);
        for (int i = 0; i < across; i++)
            if (found[j][i] > found[y][x]) {
                x = i;
                y = j;
            }
    }
    if (x == 0 || y == 0 || x == across - 1 || y == across - 1)
        return NAN;
    const double *const row = found[y];
    const double dx = x - reach + top(row[x - 1], row[x], row[x + 1]);
    const double dy = y - reach + top(found[y - 1][x], row[x], found[y + 1][x]);
    map->m[0] += map->m[1] * dx + map->m[2] * dy;
    map->m[3] += map->m[4] * dx + map->m[5] * dy;
    return row[x];
}
