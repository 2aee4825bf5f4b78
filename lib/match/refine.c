/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Landmarks know a face to a millimetre or two; skin knows itself to a pore.
 * Large patches are looked for where landmarks put them, which brings the map
 * within a quarter of a millimetre; from there small ones find their own place,
 * forwards and backwards, and a smooth field through what both ways agree on is
 * the map.  Only relief is compared, and nothing that is measured is warped.
 */

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "match/refine.h"
#include "util/parallel.h"

static const double least_scale = 5.0; /* px per mm that show texture */
static const struct grid fine = {{0.1, 1.5}, 8.5, 6.0, 4.0};
static const struct grid coarse = {{0.3, 2.0}, 3.0, 12.0, 8.0};

static const double knots = 6.0;        /* mm */
static const double near_mm = 8.0;      /* around a patch, which it holds */
static const double least_share = 0.4;  /* of patches that are found again */
static const double least_area = 0.85;  /* of moved skin, */
static const double most_area = 1.15;   /* but for ... */
static const double most_bad = 0.05;    /* of skin that is seen ... */
static const double least_cosine = 0.5; /* not too obliquely */
static const struct stiffness coarse_stiffness = {0.02, false, true};
static const struct stiffness fine_stiffness = {0.0001, true, true};

enum { LEAST_PATCHES = 12, STIFFER = 4 };

/* ---- Fields -------------------------------------------------------------- */

/* out = the prior and the displacements that the spline has there. */
static void bend(struct warp *out, const struct refinement *r,
                 const struct spline *spline)
{
    const double from = r->face[0]->work_scale, to = r->face[1]->work_scale;
    for (int j = 0; j < out->x.height; j++)
        for (int i = 0; i < out->x.width; i++) {
            double by[2];
            ct_spline_at(by, spline, i * out->step / from,
                         j * out->step / from);
            const double far = sqrt(by[0] * by[0] + by[1] * by[1]);
            const double part =
                to * (far > CT_FARTHEST_MM ? CT_FARTHEST_MM / far : 1);
            ct_row(&out->x, j)[i] =
                ct_row(&r->prior->x, j)[i] + (float)(part * by[0]);
            ct_row(&out->y, j)[i] =
                ct_row(&r->prior->y, j)[i] + (float)(part * by[1]);
        }
}

/* Twice the signed area of what the square right of and below a node becomes.
 */
static double area_at(const struct warp *w, int i, int j)
{
    const float *const x = ct_row(&w->x, j) + i, *const y =
                                                     ct_row(&w->y, j) + i;
    const float *const u = ct_row(&w->x, j + 1) + i;
    const float *const v = ct_row(&w->y, j + 1) + i;
    return (double)(u[1] - x[0]) * (double)(v[0] - y[1]) -
           (double)(u[0] - x[1]) * (double)(v[1] - y[0]);
}

/* Is skin seen there too obliquely for its texture to be measured? */
static bool slanted(const struct face *face, int x, int y)
{
    const size_t at = (size_t)y * (size_t)face->skin.width + (size_t)x;
    return (double)face->cosine[face->triangle[at]] < least_cosine;
}

/* Does the map keep areas, compared with the landmarks', nearly everywhere that
 * texture is measured?  Where not, `trust` becomes -1. */
static bool keeps_areas(const struct refinement *r, struct warp *map)
{
    const struct bytes *const skin = &r->face[0]->skin;
    int all = 0, bad = 0;
    for (int j = 0; j + 1 < map->x.height; j++)
        for (int i = 0; i + 1 < map->x.width; i++) {
            const int x = i * map->step + map->step / 2;
            const int y = j * map->step + map->step / 2;
            const double share = area_at(map, i, j) / area_at(r->prior, i, j);
            const bool kept = share >= least_area && share <= most_area;
            ct_row(&map->trust, j)[i] = kept ? 0 : -1;
            if (x >= skin->width || y >= skin->height ||
                !ct_byte_row(skin, y)[x] || slanted(r->face[0], x, y))
                continue;
            all++;
            bad += !kept;
        }
    return bad <= most_bad * all;
}

/* How far patches lie from the map. */
static cutis_status measure_residuals(struct pair *out,
                                      const struct refinement *r,
                                      const struct spline *spline)
{
    const struct scatter *const d = &r->fine.found;
    double *const far =
        ct_alloc(&r->tools->memory, (size_t)d->count, sizeof(double));
    if (!far)
        return ct_no_memory(r->tools);
    size_t count = 0;
    for (int n = 0; n < d->count; n++) {
        double by[2];
        if (!(d->weight[n] > 0))
            continue;
        ct_spline_at(by, spline, d->x[n], d->y[n]);
        const double du = d->u[n] - by[0], dv = d->v[n] - by[1];
        far[count++] = sqrt(du * du + dv * dv);
    }
    out->patch_median_mm = ct_quantile_d(far, count, 0.5);
    out->patch_p95_mm = ct_quantile_d(far, count, 0.95);
    ct_free(far);
    return CUTIS_OK;
}

/* Lets a patch at (x, y), px, hold the nodes around it; not those that may not
 * be trusted at all. */
static void hold(struct warp *map, double x, double y, double reach)
{
    const double step = map->step;
    const int left = (int)fmax(ceil((x - reach) / step), 0);
    const int top = (int)fmax(ceil((y - reach) / step), 0);
    const double right = fmin((x + reach) / step, map->trust.width - 1);
    const double end = fmin((y + reach) / step, map->trust.height - 1);
    for (int j = top; j <= end; j++)
        for (int i = left; i <= right; i++) {
            const double dx = i * step - x, dy = j * step - y;
            const double part = 1 - (dx * dx + dy * dy) / (reach * reach);
            float *const trust = ct_row(&map->trust, j) + i;
            if (part > 0 && *trust >= 0.0f)
                *trust = fminf(*trust + 0.5f * (float)(part * part), 1.0f);
        }
}

static void fill_trust(struct warp *map, const struct refinement *r)
{
    const struct scatter *const d = &r->fine.found;
    const double scale = r->face[0]->work_scale;
    for (int n = 0; n < d->count; n++)
        if (d->weight[n] > 0)
            hold(map, d->x[n] * scale, d->y[n] * scale, near_mm * scale);
    for (int j = 0; j < map->trust.height; j++)
        for (int i = 0; i < map->trust.width; i++)
            if (ct_row(&map->trust, j)[i] < 0)
                ct_row(&map->trust, j)[i] = 0;
}

/* ---- All of it ----------------------------------------------------------- */

static cutis_status find_coarse(struct refinement *r, struct warp *guess)
{
    cutis_status status = CUTIS_OK;
    struct spline spline = {0};
    int tried, found;
    TRY(ct_each(r->tools, r->coarse.rows, ct_search_row, r));
    ct_level_count(&r->coarse, &tried, &found);
    if (found < LEAST_PATCHES)
        return CUTIS_OK; /* the small ones may yet find their way */
    TRY(ct_spline_create(&spline, r->face[0], knots, r->tools));
    TRY(ct_spline_fit(&spline, &r->coarse.found, coarse_stiffness, r->tools));
    bend(guess, r, &spline);
done:
    ct_spline_free(&spline);
    return status;
}

static cutis_status find_fine(struct pair *out, struct refinement *r,
                              struct warp *map)
{
    cutis_status status = CUTIS_OK;
    struct spline spline = {0};
    struct stiffness stiffness = fine_stiffness;
    TRY(ct_each(r->tools, r->fine.rows, ct_align_row, r));
    ct_level_count(&r->fine, &out->patches_tried, &out->patches_accepted);
    if (out->patches_tried < LEAST_PATCHES) {
        snprintf(out->unrefined, CT_SENTENCE, "there is too little skin");
        return CUTIS_OK;
    }
    if (out->patches_accepted < least_share * out->patches_tried) {
        snprintf(out->unrefined, CT_SENTENCE,
                 "only %d of %d patches of skin were found again",
                 out->patches_accepted, out->patches_tried);
        return CUTIS_OK;
    }
    TRY(ct_spline_create(&spline, r->face[0], knots, r->tools));
    /* Those that were lost begin again from where the others say. */
    TRY(ct_spline_fit(&spline, &r->fine.found, stiffness, r->tools));
    bend(map, r, &spline);
    TRY(ct_each(r->tools, r->fine.rows, ct_align_row, r));
    ct_level_count(&r->fine, &out->patches_tried, &out->patches_accepted);
    for (int i = 0; i < STIFFER && !out->refined; i++, stiffness.bending *= 8) {
        TRY(ct_spline_fit(&spline, &r->fine.found, stiffness, r->tools));
        bend(map, r, &spline);
        out->refined = keeps_areas(r, map);
    }
    if (out->refined) {
        fill_trust(map, r);
        TRY(measure_residuals(out, r, &spline));
    } else {
        snprintf(out->unrefined, CT_SENTENCE,
                 "patches of skin do not fit together");
    }
done:
    ct_spline_free(&spline);
    return status;
}

static cutis_status copy_warp(struct warp *out, const struct warp *from,
                              const struct face *face, struct tools *tools)
{
    const cutis_status status = ct_warp_create(
        out, face->skin.width, face->skin.height, from->step, tools);
    if (status != CUTIS_OK)
        return status;
    for (int j = 0; j < out->x.height; j++) {
        const size_t size = (size_t)out->x.width * sizeof(float);
        memcpy(ct_row(&out->x, j), ct_row(&from->x, j), size);
        memcpy(ct_row(&out->y, j), ct_row(&from->y, j), size);
    }
    return CUTIS_OK;
}

cutis_status ct_refine(struct pair *out, struct warp *const warp[2],
                       const struct face *const face[2],
                       const struct skin *const skin[2], struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    struct warp map = {0};
    struct refinement r = {.face = face, .prior = warp[0], .tools = tools};
    if (fmin(face[0]->work_scale, face[1]->work_scale) < least_scale) {
        snprintf(out->unrefined, CT_SENTENCE,
                 "under %.0f px per mm no texture shows", least_scale);
        return CUTIS_OK;
    }
    TRY(copy_warp(&map, warp[0], face[0], tools));
    struct level *const levels[CT_GRAINS] = {&r.coarse, &r.fine};
    const struct grid *const grids[CT_GRAINS] = {&coarse, &fine};
    TRY(ct_levels_open(levels, &r, skin, grids));
    r.bench =
        ct_alloc_raw(&tools->memory, (size_t)r.fine.rows, sizeof(*r.bench));
    if (!r.bench)
        TRY(ct_no_memory(tools));
    for (int i = 0; i < r.fine.rows; i++)
        r.bench[i].patch.shape = 0;
    r.guess = &map;
    TRY(find_coarse(&r, &map));
    TRY(find_fine(out, &r, &map));
    if (!out->refined)
        goto done;
    struct warp swap = *warp[0];
    *warp[0] = map;
    map = swap;
    ct_warp_invert(warp[1], warp[0], tools);
done:
    ct_warp_free(&map);
    ct_level_close(&r.coarse);
    ct_level_close(&r.fine);
    ct_free(r.bench);
    return status;
}
