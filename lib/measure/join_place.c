/* SPDX-License-Identifier: BSD-2-Clause */

/* Where a spot of one photograph lies in the other: by the map of the two
 * faces, and then by what the skin around it looks like. */

#include <math.h>

#include "measure/join.h"

static const double least_likeness = 0.5;

enum { MOST_SHIFT = 12 };

/* Of an outline and its surroundings. */
const double ct_reach_sigma = 2.5;

/* ---- Places -------------------------------------------------------------- */

bool ct_across(const struct marks *m, int from, double x, double y,
               const double shift[2], double to[2])
{
    const struct level *own = &m->scene[from]->colour;
    const struct level *other = &m->scene[!from]->colour;
    if (!ct_to_other(m->scene[from], (x + 0.5) * own->factor,
                     (y + 0.5) * own->factor, to))
        return false;
    to[0] = to[0] / other->factor - 0.5 + shift[0];
    to[1] = to[1] / other->factor - 0.5 + shift[1];
    return to[0] >= 0.0 && to[1] >= 0.0 && to[0] <= other->width - 1.0 &&
           to[1] <= other->height - 1.0;
}

bool ct_marks_skin(const struct marks *m, int side, double x, double y)
{
    const struct level *level = &m->scene[side]->colour;
    const int u = (int)(x + 0.5), v = (int)(y + 0.5);
    return u >= 0 && v >= 0 && u < level->width && v < level->height &&
           ct_byte_row(&level->mask, v)[u];
}

int ct_owner_at(const struct marks *m, int side, double x, double y)
{
    const struct level *level = &m->scene[side]->colour;
    const int u = (int)(x + 0.5), v = (int)(y + 0.5);
    if (u < 0 || v < 0 || u >= level->width || v >= level->height)
        return 0;
    return m->owner[side][(size_t)v * (size_t)level->width + (size_t)u];
}

struct box ct_box_around(const struct level *level, double x, double y,
                         double reach)
{
    const int r = (int)(reach + 1.5), cx = (int)floor(x + 0.5),
              cy = (int)floor(y + 0.5);
    return (struct box){
        cx - r > 0 ? cx - r : 0,
        cy - r > 0 ? cy - r : 0,
        cx + r < level->width ? cx + r : level->width - 1,
        cy + r < level->height ? cy + r : level->height - 1,
    };
}

struct spot ct_spot_of(const struct marks *m, int side, size_t index)
{
    const struct level *level = &m->scene[side]->colour;
    const struct item *item = &m->list[side]->at[index];
    return (struct spot){
        .x = (double)item->x / level->factor - 0.5,
        .y = (double)item->y / level->factor - 0.5,
        .reach = ct_reach_sigma * (double)item->sigma_mm * level->scale,
    };
}

/* ---- Where the skin around looks alike ----------------------------------- */

static void fill_patch(struct patch *patch, const struct marks *m, int side,
                       const struct spot *spot)
{
    static const double none[2] = {0.0, 0.0};
    const struct plane *map = m->map[side];
    const double most = CT_PATCH / 2 - 2;
    const double reach = spot->reach < most ? spot->reach : most;
    const struct box box =
        ct_box_around(&m->scene[side]->colour, spot->x, spot->y, reach);
    patch->count = 0;
    for (int y = box.y0; y <= box.y1; y++)
        for (int x = box.x0; x <= box.x1; x++) {
            const double dx = x - spot->x, dy = y - spot->y;
            double to[2];
            if (dx * dx + dy * dy > reach * reach ||
                !ct_marks_skin(m, side, x, y) ||
                patch->count == CT_PATCH * CT_PATCH ||
                !ct_across(m, side, x, y, none, to))
                continue;
            const int n = patch->count++;
            patch->own[n] = ct_row(map, y)[x];
            patch->x[n] = (float)to[0];
            patch->y[n] = (float)to[1];
            patch->slope[0][n] =
                0.5f * (ct_between(map, x + 1, y) - ct_between(map, x - 1, y));
            patch->slope[1][n] =
                0.5f * (ct_between(map, x, y + 1) - ct_between(map, x, y - 1));
        }
}

/* Correlation of the patch with the other map, moved by (u, v). */
static double likeness(const struct patch *patch, const struct marks *m,
                       int other, double u, double v)
{
    double n = 0.0, a = 0.0, b = 0.0, aa = 0.0, ab = 0.0, bb = 0.0;
    for (int i = 0; i < patch->count; i++) {
        const double x = (double)patch->x[i] + u, y = (double)patch->y[i] + v;
        if (!ct_marks_skin(m, other, x, y))
            continue;
        const double p = (double)patch->own[i];
        const double q = (double)ct_between(m->map[other], x, y);
        n += 1.0;
        a += p;
        b += q;
        aa += p * p;
        ab += p * q;
        bb += q * q;
    }
    const double spread = (n * aa - a * a) * (n * bb - b * b);
    return n < 0.6 * patch->count || !(spread > 0.0)
               ? 0.0
               : (n * ab - a * b) / ct_sqrt(spread);
}

/* One step of least squares: other = gain own + shift . slope + level. */
static void refine(double shift[2], const struct patch *patch,
                   const struct marks *m, int other)
{
    double s[4][5] = {{0.0}};
    for (int i = 0; i < patch->count; i++) {
        const double x = (double)patch->x[i] + shift[0];
        const double y = (double)patch->y[i] + shift[1];
        if (!ct_marks_skin(m, other, x, y))
            continue;
        const double row[5] = {(double)patch->own[i],
                               (double)patch->slope[0][i],
                               (double)patch->slope[1][i], 1.0,
                               (double)ct_between(m->map[other], x, y)};
        for (int j = 0; j < 4; j++)
            for (int k = 0; k < 5; k++)
                s[j][k] += row[j] * row[k];
    }
    for (int j = 0; j < 4; j++) {
        if (!(fabs(s[j][j]) > 1e-9))
            return;
        for (int i = 0; i < 4; i++)
            for (int k = 4; i != j && k >= j; k--)
                s[i][k] -= s[i][j] / s[j][j] * s[j][k];
    }
    const double gain = s[0][4] / s[0][0];
    const double u = s[1][4] / s[1][1] / gain, v = s[2][4] / s[2][2] / gain;
    if (gain > 0.1 && fabs(u) <= 1.0 && fabs(v) <= 1.0) {
        shift[0] = floor((shift[0] - u) * 64.0 + 0.5) / 64.0;
        shift[1] = floor((shift[1] - v) * 64.0 + 0.5) / 64.0;
    }
}

void ct_find_shift(struct spot *spot, struct patch *patch,
                   const struct marks *m, int side)
{
    const struct scene *own = m->scene[side];
    const double factor = own->colour.factor;
    const double error =
        ct_map_error(own, (spot->x + 0.5) * factor, (spot->y + 0.5) * factor);
    const double reach = error * m->scene[!side]->colour.scale;
    const int most = reach < MOST_SHIFT ? (int)(reach + 0.5) : MOST_SHIFT;
    fill_patch(patch, m, side, spot);
    double best = likeness(patch, m, !side, 0, 0);
    for (int v = -most; v <= most; v++)
        for (int u = -most; u <= most; u++) {
            const double here = u * u + v * v > reach * reach
                                    ? 0.0
                                    : likeness(patch, m, !side, u, v);
            if (here > best) {
                best = here;
                spot->shift[0] = u;
                spot->shift[1] = v;
            }
        }
    if (best < least_likeness) {
        spot->shift[0] = spot->shift[1] = 0.0;
        return;
    }
    for (int i = 0; i < 2; i++)
        refine(spot->shift, patch, m, !side);
}
