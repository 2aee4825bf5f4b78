/* SPDX-License-Identifier: BSD-2-Clause */

/* Patches of skin on a grid: large ones are looked for, small ones find their
 * own place from nearby. */

#include <math.h>

#include "match/refine.h"
#include "util/lanes.h"

static const double farthest = CT_FARTHEST_MM;
static const double astray = 0.75;      /* mm a small patch may go */
static const double least_coarse = 0.3; /* correlation */
static const double least_fine = 0.35;  /* correlation */
static const double round_trip = 0.15;  /* mm, there and back */
static const double least_side = 0.9;   /* of the sides of a moved square */
static const double most_side = 1.1;

/* ---- Levels -------------------------------------------------------------- */

void ct_level_close(struct level *level)
{
    ct_grain_free(&level->grain[0]);
    ct_grain_free(&level->grain[1]);
    ct_free(level->tried);
    ct_scatter_free(&level->found);
}

/* What is made of each of two photographs. */
struct opening {
    struct level *const *out;
    const struct face *const *face;
    const struct skin *const *skin;
    const struct grid *const *grid;
};

static cutis_status open_one(void *context, int i, struct tools *tools)
{
    const struct opening *const all = context;
    struct grain *const grain[CT_GRAINS] = {&all->out[0]->grain[i],
                                            &all->out[1]->grain[i]};
    return ct_grains_create(grain, all->face[i], all->skin[i], all->grid,
                            tools);
}

/* The places of a level's patches. */
static cutis_status lay_out(struct level *out, const struct grid *grid,
                            struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    const struct grain *const grain = &out->grain[0];
    out->half = (int)(grid->side * grain->scale / 2 + 0.5);
    if (out->half > CT_HALF)
        out->half = CT_HALF;
    out->grid = grid->step * grain->scale;
    out->columns = (int)(grain->z.width / out->grid) + 1;
    out->rows = (int)(grain->z.height / out->grid) + 1;
    const int count = out->columns * out->rows;
    TRY(ct_scatter_create(&out->found, count, tools));
    out->tried = ct_alloc(&tools->memory, (size_t)count, 1);
    if (!out->tried)
        TRY(ct_no_memory(tools));
done:
    return status;
}

cutis_status ct_levels_open(struct level *const out[CT_GRAINS],
                            const struct refinement *refinement,
                            const struct skin *const skin[2],
                            const struct grid *const grid[CT_GRAINS])
{
    cutis_status status = CUTIS_OK;
    struct tools *const tools = refinement->tools;
    struct opening all = {out, refinement->face, skin, grid};
    TRY(ct_side_by_side(tools, 2, open_one, &all, NULL));
    for (int i = 0; i < CT_GRAINS; i++)
        TRY(lay_out(out[i], grid[i], tools));
done:
    return status;
}

/* ---- Patches ------------------------------------------------------------- */

/* A patch's middle in grain and in working px, and the map around it from grain
 * to grain, by the landmarks and by the best guess. */
struct spot {
    int x, y;
    double work[2], prior[2]; /* working px of one and of the other */
    struct affine guess;
};

static bool find_spot(struct spot *out, const struct refinement *r,
                      const struct level *level, int column, int row)
{
    struct affine around;
    const double from = level->grain[0].factor, to = level->grain[1].factor;
    out->x = (int)(column * level->grid + 0.5);
    out->y = (int)(row * level->grid + 0.5);
    out->work[0] = (out->x + 0.5) * from;
    out->work[1] = (out->y + 0.5) * from;
    if (!ct_warp_at(r->prior, out->work[0], out->work[1], out->prior) ||
        !ct_warp_around(&around, r->guess, out->work[0], out->work[1]))
        return false;
    for (int k = 0; k < 6; k += 3) {
        out->guess.m[k] = around.m[k] / to - 0.5;
        out->guess.m[k + 1] = around.m[k + 1] * from / to;
        out->guess.m[k + 2] = around.m[k + 2] * from / to;
    }
    return true;
}

/* Notes that the skin at a spot was found at `at`, px of the other grain. */
static void note(struct level *level, const struct refinement *r, int index,
                 const struct spot *spot, const double at[2], double weight)
{
    const double scale = r->face[1]->work_scale;
    const double factor = level->grain[1].factor;
    const double u = ((at[0] + 0.5) * factor - spot->prior[0]) / scale;
    const double v = ((at[1] + 0.5) * factor - spot->prior[1]) / scale;
    if (!(u * u + v * v <= farthest * farthest))
        return;
    level->found.x[index] = spot->work[0] / r->face[0]->work_scale;
    level->found.y[index] = spot->work[1] / r->face[0]->work_scale;
    level->found.u[index] = u;
    level->found.v[index] = v;
    level->found.weight[index] = weight;
}

void ct_search_row(void *context, int row)
{
    struct refinement *const r = context;
    struct level *const level = &r->coarse;
    struct bench *const bench = &r->bench[row];
    const struct grain *const other = &level->grain[1];
    const int reach = (int)(farthest * level->grain[0].scale + 0.5);
    for (int i = 0; i < level->columns; i++) {
        struct spot spot;
        const int index = row * level->columns + i;
        if (!find_spot(&spot, r, level, i, row) ||
            !ct_patch_take(&bench->patch, &level->grain[0], spot.x, spot.y,
                           level->half))
            continue;
        struct affine map = spot.guess;
        level->tried[index] = 1;
        const double correlation =
            ct_patch_search(&map, &bench->patch, other,
                            reach < CT_REACH ? reach : CT_REACH, bench->room);
        const double at[2] = {map.m[0], map.m[3]};
        if (correlation >= least_coarse)
            note(level, r, index, &spot, at, correlation * correlation);
    }
}

/* Do both sides of a square keep their lengths from one map to the other? */
static bool keeps_shape(const struct affine *map, const struct affine *guess)
{
    struct affine back;
    if (!ct_affine_invert(&back, guess))
        return false;
    const double *const m = map->m, *const b = back.m;
    const double p = m[1] * b[1] + m[2] * b[4], q = m[1] * b[2] + m[2] * b[5];
    const double s = m[4] * b[1] + m[5] * b[4], t = m[4] * b[2] + m[5] * b[5];
    /* Singular values are half the sum and the difference of these. */
    const double sum = sqrt((p + t) * (p + t) + (q - s) * (q - s));
    const double gap = sqrt((p - t) * (p - t) + (q + s) * (q + s));
    return (sum - gap) / 2 >= least_side && (sum + gap) / 2 <= most_side;
}

/* Looks from where the patch was found back to where it came from; `at` becomes
 * the mean of both ways. */
static bool return_trip(double at[2], double *correlation, struct patch *patch,
                        const struct level *level, const struct affine *map,
                        const struct spot *spot)
{
    const struct grain *const from = &level->grain[0], *const to =
                                                           &level->grain[1];
    struct affine back, forth;
    const double x = floor(map->m[0] + 0.5), y = floor(map->m[3] + 0.5);
    const int half = (int)(level->half * to->scale / from->scale + 0.5);
    if (!(x >= 0 && y >= 0 && x < to->z.width && y < to->z.height) ||
        !ct_affine_invert(&back, map) ||
        !ct_patch_take(patch, to, (int)x, (int)y,
                       half < CT_HALF ? half : CT_HALF))
        return false;
    double start[2];
    ct_affine_at(start, &back, x, y);
    back.m[0] = start[0] + spot->x;
    back.m[3] = start[1] + spot->y;
    *correlation = fmin(
        *correlation, ct_patch_align(&back, patch, from, astray * from->scale));
    const double dx = back.m[0] - start[0] - spot->x;
    const double dy = back.m[3] - start[1] - spot->y;
    const double most = round_trip * from->scale;
    if (!(*correlation >= least_fine) || !(dx * dx + dy * dy <= most * most) ||
        !ct_affine_invert(&forth, &back))
        return false;
    double again[2];
    ct_affine_at(again, &forth, spot->x, spot->y);
    at[0] = 0.5 * (map->m[0] + again[0] + x);
    at[1] = 0.5 * (map->m[3] + again[1] + y);
    return true;
}

void ct_align_row(void *context, int row)
{
    struct refinement *const r = context;
    struct level *const level = &r->fine;
    struct patch *const patch = &r->bench[row].patch;
    const double reach = astray * level->grain[1].scale;
    for (int i = 0; i < level->columns; i++) {
        struct spot spot;
        const int index = row * level->columns + i;
        if (level->found.weight[index] > 0 ||
            !find_spot(&spot, r, level, i, row) ||
            !ct_patch_take(patch, &level->grain[0], spot.x, spot.y,
                           level->half))
            continue;
        struct affine map = spot.guess;
        level->tried[index] = 1;
        double at[2],
            correlation = ct_patch_align(&map, patch, &level->grain[1], reach);
        if (correlation >= least_fine && keeps_shape(&map, &spot.guess) &&
            return_trip(at, &correlation, patch, level, &map, &spot))
            note(level, r, index, &spot, at, correlation * correlation);
    }
}

void ct_level_count(const struct level *level, int *tried, int *found)
{
    *tried = *found = 0;
    for (int i = 0; i < level->found.count; i++) {
        *tried += level->tried[i];
        *found += level->found.weight[i] > 0;
    }
}
