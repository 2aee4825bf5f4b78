/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Pores of two photographs, one to one, where the map between them is held by
 * the skin's own texture: by landmarks alone a pore's neighbour is as near.
 * A pore found in one photograph alone is looked for in the other with the
 * filter that found it, at the same width.
 */

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "measure/join.h"

static const double least_trust = 0.5;         /* of the map, at most pores */
static const double reach_mm = 0.15;           /* between the two places, or */
static const double reach_size = 0.35;         /* of the width */
static const double seen_share = 0.6;          /* of what finding asks for */
static const double least_spread = 0.05;       /* of the burden */
static const double fwhm = 2.3548200450309493; /* per sigma */
static const double pi = 3.14159265358979324;

enum { PATCH = 96, PLACES = 9 };

/* ---- The filter at one place --------------------------------------------- */

struct finder {
    const struct scene *scene;
    struct plane mean; /* density of 1 mm around, at the relief level */
    float patch[PATCH * PATCH];
    double weight[PATCH / 2][PATCH / 2]; /* by |y|, |x| */
};

static double luminance(const struct light_run *light, int i)
{
    return 0.2126729 * (double)light->red[i] +
           0.7151522 * (double)light->green[i] +
           0.0721750 * (double)light->blue[i];
}

/* What the filter saw, of `n` pixels from (x, y) on; 0 off the skin. */
static void source_row(float *out, const struct finder *f, int x, int y, int n)
{
    const struct scene *scene = f->scene;
    const struct skin *skin = scene->view->skin;
    const int factor = scene->relief.factor;
    const int first = x > 0 ? x : 0;
    const int end = x + n < skin->red.width ? x + n : skin->red.width;
    ct_run_room room;

    memset(out, 0, (size_t)n * sizeof(*out));
    if (y < 0 || y >= skin->red.height || first >= end)
        return;
    const uint8_t *const good = ct_byte_row(&scene->good, y);
    const struct light_run at = ct_skin_run(skin, first, y, end - first, room);
    for (int i = first; i < end; i++) {
        if (!(good[i] & CT_RELIEF))
            continue;
        const double light = luminance(&at, i - first);
        const double dark =
            light > 1.0 / 256.0 ? -ct_log10(light) : 2.408239965;
        out[i - x] = (float)(100.0 * dark) -
                     ct_between(&f->mean, (i + 0.5) / factor - 0.5,
                                (y + 0.5) / factor - 0.5);
    }
}

/* The scale-normalised Laplacian of Gaussian, of which a quarter is kept. */
static void lay_weights(struct finder *f, int reach, double sigma)
{
    for (int y = 0; y <= reach; y++)
        for (int x = 0; x <= y; x++) {
            const double r2 = (x * x + y * y) / (sigma * sigma);
            const double weight =
                (2.0 - r2) * ct_exp(-0.5 * r2) / (2.0 * pi * sigma * sigma);
            f->weight[y][x] = f->weight[x][y] = weight;
        }
}

/* Its greatest answer in the middle of a patch moved by up to a pixel. */
static double greatest(const struct finder *f, int reach)
{
    const int side = 2 * reach + 3;
    double sum[PLACES] = {0.0}, values[PLACES] = {0.0}, weights = 0.0;
    double best = 0.0;
    for (int y = -reach; y <= reach; y++)
        for (int x = -reach; x <= reach; x++) {
            const double weight = f->weight[abs(y)][abs(x)];
            const float *const at = f->patch + (y + reach) * side + (x + reach);
            weights += weight;
            for (int i = 0; i < PLACES; i++) {
                const double value = (double)at[i / 3 * side + i % 3];
                sum[i] += weight * value;
                values[i] += value;
            }
        }
    const double pixels = (2.0 * reach + 1.0) * (2.0 * reach + 1.0);
    for (int i = 0; i < PLACES; i++) {
        const double here = sum[i] - weights * values[i] / pixels;
        best = here > best ? here : best;
    }
    return best;
}

/* The largest response within a pixel of (x, y), working px; at least 0. */
static double look(struct finder *f, double x, double y, double sigma)
{
    const int most = PATCH / 2 - 2;
    const int reach = 4.0 * sigma < most ? (int)(4.0 * sigma) : most;
    const int side = 2 * reach + 3, px = (int)x, py = (int)y;
    for (int v = 0; v < side; v++)
        source_row(f->patch + (size_t)v * (size_t)side, f, px - reach - 1,
                   py + v - reach - 1, side);
    lay_weights(f, reach, sigma);
    return greatest(f, reach);
}

/* ---- Pairs --------------------------------------------------------------- */

struct couple {
    double apart, strength; /* mm; sum of burdens */
    uint32_t at[2];
};

struct couples {
    struct couple *at;
    size_t count, room;
};

static int by_distance(const void *left, const void *right)
{
    const struct couple *a = left, *b = right;
    if (a->apart != b->apart)
        return a->apart < b->apart ? -1 : 1;
    if (a->strength != b->strength)
        return a->strength > b->strength ? -1 : 1;
    return a->at[0] != b->at[0]  ? (a->at[0] < b->at[0] ? -1 : 1)
           : a->at[1] < b->at[1] ? -1
                                 : 1;
}

static cutis_status add_couple(struct couples *list,
                               const struct couple *couple, struct tools *tools)
{
    if (list->count == list->room) {
        const size_t room = list->room ? 2 * list->room : 256;
        struct couple *at = ct_alloc_raw(&tools->memory, room, sizeof(*at));
        if (!at)
            return ct_no_memory(tools);
        for (size_t i = 0; i < list->count; i++)
            at[i] = list->at[i];
        ct_free(list->at);
        list->at = at;
        list->room = room;
    }
    list->at[list->count++] = *couple;
    return CUTIS_OK;
}

/* Where each pore lies in the other photograph; NaN if nowhere there is skin.
 */
struct places {
    double (*to)[2];
    uint32_t *partner; /* in the other list, and 1; 0 = none */
};

static double gap_mm(const struct scene *scene, const struct item *item,
                     const double to[2])
{
    const double dx = (double)item->x - to[0], dy = (double)item->y - to[1];
    return ct_sqrt(dx * dx + dy * dy) / scene->view->face->work_scale;
}

/* How far two pores of these widths may lie apart, mm. */
static double near_of(double one, double two)
{
    const double near = reach_size * 0.5 * (one + two);
    return near > reach_mm ? near : reach_mm;
}

static double widest(const struct list *list)
{
    float most = 0.0f;
    for (size_t i = 0; i < list->count; i++)
        if (list->at[i].size_mm > most)
            most = list->at[i].size_mm;
    return (double)most;
}

/* The pores of a photograph by squares of its working planes. */
struct squares {
    double side; /* px */
    int columns, rows;
    uint32_t *first, *next; /* a pore and 1; 0 = none */
};

static int square_index(double at, double side, int count)
{
    const int i = (int)(at / side);
    return i < 0 ? 0 : i < count ? i : count - 1;
}

static void free_squares(struct squares *squares)
{
    ct_free(squares->first);
    ct_free(squares->next);
}

static cutis_status make_squares(struct squares *out, const struct scene *scene,
                                 double reach, struct tools *tools)
{
    const struct list *list = &scene->pores;
    const double least = 16.0; /* px */
    out->side = reach > least ? reach : least;
    out->columns = (int)(scene->good.width / out->side) + 1;
    out->rows = (int)(scene->good.height / out->side) + 1;
    out->first = ct_alloc(&tools->memory, (size_t)out->columns,
                          (size_t)out->rows * sizeof(*out->first));
    out->next = ct_alloc(&tools->memory, list->count + 1, sizeof(*out->next));
    if (!out->first || !out->next)
        return ct_no_memory(tools);
    for (size_t i = list->count; i-- > 0;) {
        const int u =
            square_index((double)list->at[i].x, out->side, out->columns);
        const int v = square_index((double)list->at[i].y, out->side, out->rows);
        uint32_t *const first =
            &out->first[(size_t)v * (size_t)out->columns + (size_t)u];
        out->next[i] = *first;
        *first = (uint32_t)i + 1;
    }
    return CUTIS_OK;
}

/* Adds the pores of one square that are near enough to a's pore i. */
static cutis_status add_near(struct couples *out, const struct scene scene[2],
                             const struct places places[2], size_t i,
                             const struct squares *squares, size_t square,
                             struct tools *tools)
{
    const struct item *const a = &scene[0].pores.at[i];
    cutis_status status = CUTIS_OK;
    for (uint32_t k = squares->first[square]; k; k = squares->next[k - 1]) {
        const struct item *const b = &scene[1].pores.at[k - 1];
        const double apart = 0.5 * (gap_mm(&scene[1], b, places[0].to[i]) +
                                    gap_mm(&scene[0], a, places[1].to[k - 1]));
        const struct couple couple = {
            apart, (double)a->burden + (double)b->burden, {(uint32_t)i, k - 1}};
        if (apart < near_of((double)a->size_mm, (double)b->size_mm))
            TRY(add_couple(out, &couple, tools));
    }
done:
    return status;
}

/* All pairs that are near enough, whichever way one goes: the mean of both gaps
 * is under `near`, so each of them is under twice that. */
static cutis_status find_couples(struct couples *out,
                                 const struct scene scene[2],
                                 const struct places places[2],
                                 struct tools *tools)
{
    const struct list *const a = &scene[0].pores;
    const double near = near_of(widest(a), widest(&scene[1].pores));
    const double reach = 2.0 * near * scene[1].view->face->work_scale;
    struct squares s = {0};
    cutis_status status;
    TRY(make_squares(&s, &scene[1], reach, tools));
    for (size_t i = 0; i < a->count; i++) {
        const double *const to = places[0].to[i];
        if (i % 64 == 0)
            TRY(ct_pulse(tools));
        if (isnan(to[0]))
            continue;
        const int u0 = square_index(to[0] - reach, s.side, s.columns);
        const int u1 = square_index(to[0] + reach, s.side, s.columns);
        const int v0 = square_index(to[1] - reach, s.side, s.rows);
        const int v1 = square_index(to[1] + reach, s.side, s.rows);
        for (int v = v0; v <= v1; v++)
            for (int u = u0; u <= u1; u++)
                TRY(add_near(out, scene, places, i, &s,
                             (size_t)v * (size_t)s.columns + (size_t)u, tools));
    }

done:
    free_squares(&s);
    return status;
}

/* Nearest first, each pore once. */
static void marry(struct places places[2], struct couples *couples)
{
    if (couples->count)
        qsort(couples->at, couples->count, sizeof(*couples->at), by_distance);
    for (size_t i = 0; i < couples->count; i++) {
        const uint32_t *at = couples->at[i].at;
        if (places[0].partner[at[0]] || places[1].partner[at[1]])
            continue;
        places[0].partner[at[0]] = at[1] + 1;
        places[1].partner[at[1]] = at[0] + 1;
    }
}

static cutis_status make_places(struct places *out, const struct scene *from,
                                const struct scene *other, double *trust,
                                struct tools *tools)
{
    const struct list *list = &from->pores;
    const size_t n = list->count + 1;
    out->to = ct_alloc(&tools->memory, n, sizeof(*out->to));
    out->partner = ct_alloc(&tools->memory, n, sizeof(*out->partner));
    float *trusts = ct_alloc_raw(&tools->memory, n, sizeof(float));
    if (!out->to || !out->partner || !trusts) {
        ct_free(trusts);
        return ct_no_memory(tools);
    }
    for (size_t i = 0; i < list->count; i++) {
        const double x = (double)list->at[i].x, y = (double)list->at[i].y;
        double *to = out->to[i];
        trusts[i] = (float)ct_warp_trust(from->view->warp, x, y);
        const bool known = ct_to_other(from, x, y, to);
        const int u = known ? (int)to[0] : -1, v = known ? (int)to[1] : -1;
        if (u < 0 || v < 0 || u >= other->good.width ||
            v >= other->good.height ||
            !(ct_byte_row(&other->good, v)[u] & CT_RELIEF))
            to[0] = to[1] = NAN;
    }
    *trust = list->count ? ct_quantile(trusts, list->count, 0.5) : 0.0;
    ct_free(trusts);
    return CUTIS_OK;
}

/* ---- Lists in step ------------------------------------------------------- */

/* Square of the width seen: burden per contrast. */
static double square_of(const struct item *item)
{
    const double sigma = (double)item->sigma_mm;
    return fwhm * fwhm * sigma * sigma;
}

/* How much contrasts of married pores differ, cOD, beyond the share that all
 * do.  Noise, the lamp on the pit's own slopes and where a pixel fell do not
 * depend on how deep it is. */
static cutis_status spread_of(double *out, const struct scene scene[2],
                              const struct places places[2],
                              struct tools *tools)
{
    const struct list *a = &scene[0].pores, *b = &scene[1].pores;
    size_t n = 0;
    float *ratio =
        ct_alloc_raw(&tools->memory, 2 * (a->count + 1), sizeof(*ratio));
    if (!ratio)
        return ct_no_memory(tools);
    float *contrast = ratio + a->count + 1;
    for (size_t i = 0; i < a->count; i++)
        if (places[0].partner[i]) {
            const struct item *two = &b->at[places[0].partner[i] - 1];
            const double before = (double)a->at[i].burden;
            const double after = (double)two->burden;
            contrast[n] = 0.5f * (a->at[i].contrast + two->contrast);
            ratio[n++] = (float)((after - before) / (0.5 * (before + after)));
        }
    float *sorted = ct_alloc_raw(&tools->memory, n + 1, sizeof(*sorted));
    if (sorted) {
        for (size_t i = 0; i < n; i++)
            sorted[i] = ratio[i];
        const double middle = ct_quantile(sorted, n, 0.5);
        for (size_t i = 0; i < n; i++)
            sorted[i] = contrast[i] * (float)fabs((double)ratio[i] - middle);
        *out = n ? 1.4826 * ct_quantile(sorted, n, 0.5) : 0.0;
    }
    ct_free(sorted);
    ct_free(ratio);
    return sorted ? CUTIS_OK : ct_no_memory(tools);
}

static cutis_status add_pore(struct list joined[2], struct item side[2],
                             double spread, struct tools *tools)
{
    const double square = 0.5 * (square_of(&side[0]) + square_of(&side[1]));
    const double both = (double)side[0].burden + (double)side[1].burden;
    const double error = spread * square, least = 0.5 * both * least_spread;
    const struct evidence evidence = {
        .burden = {(double)side[0].burden, (double)side[1].burden},
        .error = error > least ? error : least,
        .least = ct_pore_least_cod * square_of(&side[side[0].pieces == 0]),
        .pieces = {side[0].pieces, side[1].pieces},
    };
    return ct_add_sides(joined, side, &evidence, tools);
}

/* What the other photograph shows of a pore that was found in one. */
static struct item look_for(struct finder *finder, const struct item *item,
                            const double to[2])
{
    struct item out = *item;
    const double sigma = (double)item->sigma_mm;
    const double mm_per_px =
        ct_mm_per_px(finder->scene->view->face, (int)to[0], (int)to[1]);
    const double contrast = 2.0 * look(finder, to[0], to[1], sigma / mm_per_px);
    out.x = (float)to[0];
    out.y = (float)to[1];
    out.contrast = (float)contrast;
    out.burden = (float)(contrast * square_of(item));
    out.pieces = 0;
    out.seen = contrast >= seen_share * ct_pore_least_cod;
    return out;
}

static cutis_status collect(struct list joined[2], const struct scene scene[2],
                            const struct places places[2],
                            struct finder *finder[2], struct tools *tools)
{
    double spread = 0.0;
    cutis_status status = CUTIS_OK;
    TRY(spread_of(&spread, scene, places, tools));
    for (int s = 0; s < 2; s++)
        for (size_t i = 0; i < scene[s].pores.count; i++) {
            if (i % 64 == 0)
                TRY(ct_pulse(tools));
            const uint32_t partner = places[s].partner[i];
            const double *to = places[s].to[i];
            struct item side[2];
            side[s] = scene[s].pores.at[i];
            if (partner && s == 1)
                continue;
            if (partner)
                side[1] = scene[1].pores.at[partner - 1];
            else if (isnan(to[0]))
                continue;
            else
                side[!s] = look_for(finder[!s], &side[s], to);
            if (side[1].burden > side[0].burden)
                side[0].region = side[1].region;
            side[1].region = side[0].region;
            TRY(add_pore(joined, side, spread, tools));
        }
    TRY(ct_sort_both(joined, tools));

done:
    return status;
}

static cutis_status make_finder(struct finder **out, const struct scene *scene,
                                struct tools *tools)
{
    *out = ct_alloc(&tools->memory, 1, sizeof(**out));
    if (!*out)
        return ct_no_memory(tools);
    (*out)->scene = scene;
    return ct_pore_mean(&(*out)->mean, scene, tools);
}

static void free_all(struct finder *finder[2], struct places places[2],
                     struct list joined[2])
{
    for (int s = 0; s < 2; s++) {
        if (finder[s])
            ct_plane_free(&finder[s]->mean);
        ct_free(finder[s]);
        ct_free(places[s].to);
        ct_free(places[s].partner);
        ct_list_free(&joined[s]);
    }
}

cutis_status ct_join_pores(struct scene scene[2], struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    struct places places[2] = {{0}, {0}};
    struct finder *finder[2] = {NULL, NULL};
    struct list joined[2] = {{0}, {0}};
    struct couples couples = {0};
    double trust[2] = {0.0, 0.0};

    if (!scene[0].pores.count || !scene[1].pores.count)
        goto done;
    for (int s = 0; s < 2; s++)
        TRY(make_places(&places[s], &scene[s], &scene[!s], &trust[s], tools));
    if (trust[0] < least_trust || trust[1] < least_trust)
        goto done;
    for (int s = 0; s < 2; s++)
        TRY(make_finder(&finder[s], &scene[s], tools));
    TRY(find_couples(&couples, scene, places, tools));
    TRY(ct_pulse(tools));
    marry(places, &couples);
    TRY(collect(joined, scene, places, finder, tools));
    for (int s = 0; s < 2; s++) {
        ct_list_free(&scene[s].pores);
        scene[s].pores = joined[s];
        joined[s] = (struct list){0};
        scene[s].pores_paired = true;
    }

done:
    ct_free(couples.at);
    free_all(finder, places, joined);
    return status;
}
