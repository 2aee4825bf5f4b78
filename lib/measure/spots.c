/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Brown spots, on the pigment map.
 *
 * A Laplacian blob says where and about how large; then a spot's outline is
 * where P falls to half of its height over the skin around, and at least to 5.
 * The outline's area, contrast and solidity decide whether it counts.
 */

#include "measure/window.h"

#include <math.h>
#include <stdlib.h>

/* P in units of 1 % of melanin. */
static const double spot_sigma_mm = 0.378, spot_candidate = 4.0;
static const double spot_high = 9.0, spot_low = 5.0, spot_contrast = 10.0;
static const double spot_least_mm2 = 0.8, spot_most_mm2 = 200.0;
static const double spot_edge = 0.7; /* of the contrast, per mm, or softer */
static const double spot_solidity = 0.7, spot_roundness = 0.3;
static const double spot_full_mm = 1.8; /* smaller ones must be darker */
static const double valley_share = 0.25, valley_least = 4.0;
static const double melanin_share = 0.6; /* of P, in what is no shadow */
static const double no_ita_for_melanin = 0.0, ita_for_melanin = 15.0;
static const double dark_share = 0.6, dark_most = 1.75; /* of what P claims */
static const double stand_out = 2.5;       /* SDs of the skin around */
static const double red_least = 0.25;      /* of P: less H is noise */
static const double h_per_ln = 13.74;      /* H of a ln of blood */
static const double p_per_m = 1.0 / 0.526; /* of the same melanin */

enum { least_around = 12 }; /* px */

static const double pi = 3.14159265358979324;

/* ---- Solidity ------------------------------------------------------------ */

struct corner {
    int x, y;
};

static int by_place(const void *left, const void *right)
{
    const struct corner *a = left, *b = right;
    return a->x != b->x ? a->x - b->x : a->y - b->y;
}

static long turn(struct corner o, struct corner a, struct corner b)
{
    return (long)(a.x - o.x) * (b.y - o.y) - (long)(a.y - o.y) * (b.x - o.x);
}

/* The lower hull of n sorted corners; twice the area between it and the line
 * from the first to the last (monotone chain, Andrew 1979). */
static long half_hull(struct corner *hull, const struct corner *at, int n,
                      int sign)
{
    int k = 0;
    for (int i = 0; i < n; i++) {
        while (k >= 2 && sign * turn(hull[k - 2], hull[k - 1], at[i]) <= 0)
            k--;
        hull[k++] = at[i];
    }
    long area = 0;
    for (int i = 2; i < k; i++)
        area += turn(hull[0], hull[i - 1], hull[i]);
    return area * sign;
}

/* Share of the convex hull of the pixels' corners that the pixels fill. */
static double solidity(const struct window *w, struct corner *corners,
                       struct corner *hull)
{
    int n = 0;
    for (int i = 0; i < w->count; i++)
        for (int k = 0; k < 4; k++)
            corners[n++] = (struct corner){w->queue[i] % CT_WINDOW + k % 2,
                                           w->queue[i] / CT_WINDOW + k / 2};
    qsort(corners, (size_t)n, sizeof(*corners), by_place);
    const long twice =
        half_hull(hull, corners, n, 1) + half_hull(hull, corners, n, -1);
    return twice > 0 ? 2.0 * w->count / (double)twice : 0.0;
}

/* ---- Brown spots --------------------------------------------------------- */

/* Moves the centre to the highest pixel within `reach`. */
static void climb(struct window *w, const struct plane *plane, int reach)
{
    const int x0 = w->cx, y0 = w->cy;
    float best = -INFINITY;
    for (int y = y0 - reach; y <= y0 + reach; y++)
        for (int x = x0 - reach; x <= x0 + reach; x++)
            if (ct_window_usable(w, x, y) && ct_row(plane, y)[x] > best) {
                best = ct_row(plane, y)[x];
                w->cx = x;
                w->cy = y;
            }
}

/* The median of the skin around; where other spots have taken nearly all of
 * it, of what lies a little farther. */
static double around_it(struct window *w, const struct plane *plane,
                        double sigma)
{
    const double near = ct_ring_near * sigma, far = ct_ring_far * sigma;
    const double median = ct_window_ring(w, plane, near, far);
    return w->taken_values >= least_around
               ? median
               : ct_window_ring(w, plane, near, 2.0 * far);
}

/* The mean inside over what is around. */
static double over_ring(struct window *w, const struct plane *plane,
                        double sigma)
{
    return ct_window_mean(w, plane) - around_it(w, plane, sigma);
}

/* Shading darkens all colours alike, and P takes a third of it for melanin.
 * Where melanin has a colour of its own, the three-vector fit tells, and as far
 * as pigment.c trusts it. */
static bool is_shadow(struct window *w, const struct scene *scene, double sigma,
                      double contrast)
{
    const double sound = (scene->tone.ita - no_ita_for_melanin) /
                         (ita_for_melanin - no_ita_for_melanin);
    const double share = melanin_share * (sound < 1.0 ? sound : 1.0);
    double melanin = 0.0;
    if (sound < 0.0)
        return false;
    for (int c = 0; c < 3; c++)
        melanin += scene->tone.melanin[c] * over_ring(w, &scene->od[c], sigma);
    melanin *= p_per_m;
    return melanin < share * contrast || melanin < share * spot_contrast;
}

/* A camera's colour noise and a JPEG's blocks tint patches that are no darker;
 * hairs and pits are far darker than tinted.  Melanin does both: the outline
 * must be about as dark in green as its P claims (and its blood, which darkens
 * too), and both must stand out of what varies around it, one making up for the
 * other. */
static bool is_mottle(struct window *w, const struct scene *scene, double sigma,
                      double contrast)
{
    const struct tone *tone = &scene->tone;
    const double claimed = 0.01 * contrast * tone->g_m * tone->m[1];
    const double red = over_ring(w, &scene->blood_raw, sigma);
    const double blood = red < red_least * contrast
                             ? 0.0
                             : red / h_per_ln * tone->g_h * tone->h[1];
    const double ring = around_it(w, &scene->pigment, sigma);
    const double spread = ct_window_spread(w, ring);
    const struct ground green = ct_window_ground(
        w, &scene->od[1], ct_ring_near * sigma, ct_ring_far * sigma);
    const double dark = ct_window_over(w, &scene->od[1], &green);
    return !(dark >= dark_share * claimed &&
             dark <= dark_most * claimed + blood &&
             dark * contrast >= stand_out * stand_out * green.spread * spread);
}

static bool is_taken(const struct window *w, int x, int y)
{
    return w->taken[(size_t)y * (size_t)w->level->width + (size_t)x] != 0;
}

/* How fast a plane falls across the outline, per mm: on average and on most of
 * it, the smaller.  Pairs of pixels on both sides see pi/4 of the slope, on
 * average over directions; a side along the mask's edge is none. */
static double steepness(struct window *w, const struct plane *plane)
{
    static const int step[4][2] = {{1, 0}, {-1, 0}, {0, 1}, {0, -1}};
    double sum = 0.0;
    size_t pairs = 0;
    for (int i = 0; i < w->count; i++) {
        const int x = ct_slot_x(w, w->queue[i]);
        const int y = ct_slot_y(w, w->queue[i]);
        for (int k = 0; k < 4 && pairs < CT_WINDOW * CT_WINDOW; k++) {
            const int u = x + step[k][0], v = y + step[k][1];
            const bool inner = ct_window_usable(w, u, v);
            if (inner && (w->inside[ct_slot(w, u, v)] || is_taken(w, u, v)))
                continue;
            w->v[pairs] =
                inner ? ct_row(plane, y)[x] - ct_row(plane, v)[u] : 0.0f;
            sum += (double)w->v[pairs++];
        }
    }
    const double mean = pairs ? sum / (double)pairs : 0.0;
    const double most = ct_quantile(w->v, pairs, 0.5);
    return (most < mean ? most : mean) * w->level->scale * 4.0 / pi;
}

/* Skin inside the outline, mm2.  Smoothing over s draws the half-height
 * outline of a disk of radius r in by s^2 / 2r, which takes pi s^2 off. */
static double area_of(const struct window *w)
{
    const struct level *level = w->level;
    const double lost = pi * ct_pigment_smooth_mm * ct_pigment_smooth_mm;
    const double flat = w->count / (level->scale * level->scale);
    double sum = 0.0;
    for (int i = 0; i < w->count; i++)
        sum += (double)ct_level_area(level, ct_slot_x(w, w->queue[i]),
                                     ct_slot_y(w, w->queue[i]));
    return sum * (1.0 + lost / flat);
}

/* Outlines the spot of a blob; false if nothing there counts as one. */
static bool outline(struct window *w, const struct scene *scene,
                    const struct blob *blob, struct item *item,
                    struct corner *corners, struct corner *hull)
{
    const struct plane *p = &scene->pigment;
    const double sigma = (double)blob->sigma;

    w->cx = (int)blob->x;
    w->cy = (int)blob->y;
    w->reach = (int)(2.5 * sigma + 0.5) < CT_REACH ? (int)(2.5 * sigma + 0.5)
                                                   : CT_REACH - 1;
    const double around = around_it(w, p, sigma);
    climb(w, p, (int)(0.5 * sigma));
    const double peak = ct_window_ring(w, p, 0.0, 0.5 * sigma);
    const double height = peak - around;
    if (!ct_window_usable(w, w->cx, w->cy) || is_taken(w, w->cx, w->cy) ||
        !(height >= spot_high))
        return false;

    ct_window_flood(
        w, p, around + (0.5 * height > spot_low ? 0.5 * height : spot_low));
    ct_window_part(w, p, around, valley_share, valley_least);
    const double contrast = ct_window_mean(w, p) - around;
    const double area = area_of(w);
    const double width = ct_sqrt(area / 0.78539816339744831);
    const double full = width < spot_full_mm ? spot_full_mm / width : 1.0;
    if (area < spot_least_mm2 || area > spot_most_mm2 ||
        contrast < spot_contrast * full ||
        solidity(w, corners, hull) < spot_solidity)
        return false;

    if (is_mottle(w, scene, sigma, contrast) ||
        steepness(w, p) < spot_edge * contrast ||
        is_shadow(w, scene, sigma, contrast))
        return false;
    const double red = over_ring(w, &scene->blood_raw, sigma);
    *item = ct_item_at(scene, (double)blob->x, (double)blob->y);
    item->size_mm = (float)width;
    item->contrast = (float)contrast;
    item->burden = (float)(contrast * area);
    item->sigma_mm = (float)(sigma / scene->colour.scale);
    item->pieces = 1;
    item->seen = true;
    item->kind =
        red < ct_red_share * contrast ? CT_SPOT_PIGMENT : CT_SPOT_MIXED;
    return true;
}

static void take(struct window *w, uint16_t *owner, size_t name)
{
    for (int i = 0; i < w->count; i++) {
        const int x = ct_slot_x(w, w->queue[i]);
        const int y = ct_slot_y(w, w->queue[i]);
        owner[(size_t)y * (size_t)w->level->width + (size_t)x] = (uint16_t)name;
    }
}

cutis_status ct_spots(struct scene *scene, struct tools *tools)
{
    const struct level *level = &scene->colour;
    cutis_status status = CUTIS_OK;
    struct blobs blobs = {0};
    const size_t corners = 4 * (size_t)CT_WINDOW * CT_WINDOW;
    struct window *w = ct_alloc(&tools->memory, 1, sizeof(*w));
    struct corner *corner =
        ct_alloc_raw(&tools->memory, 2 * corners, sizeof(*corner));
    struct blob_search search = {
        .source = &scene->pigment,
        .mask = &level->mask,
        .threshold = spot_candidate,
        .radius = 1.5,
        .roundness = spot_roundness,
    };
    if (!w || !corner)
        TRY(ct_no_memory(tools));

    ct_set_scales(&search, spot_sigma_mm, 11, level->scale);
    TRY(ct_blobs_find(&blobs, &search, tools));
    scene->owner =
        ct_alloc(&tools->memory, (size_t)level->width * (size_t)level->height,
                 sizeof(*scene->owner));
    if (!scene->owner)
        TRY(ct_no_memory(tools));
    w->level = level;
    w->taken = scene->owner;
    for (size_t i = 0; i < blobs.count && scene->spots.count < UINT16_MAX;
         i++) {
        struct item item;
        if (!outline(w, scene, &blobs.at[i], &item, corner, corner + corners))
            continue;
        take(w, scene->owner, scene->spots.count + 1);
        TRY(ct_list_add(&scene->spots, &item, tools));
    }

done:
    ct_free(corner);
    ct_free(w);
    ct_free(blobs.at);
    return status;
}
