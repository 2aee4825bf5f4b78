/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Spots: brown ones on the pigment map, inflamed ones on the redness map.
 *
 * A Laplacian blob says where and about how large; then a brown spot's outline
 * is where P falls to half of its height over the skin around, and at least to
 * 5.  The outline's area, contrast and solidity decide whether it counts.
 */

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "measure/measure.h"

/* Of brown spots; P in units of 1 % of melanin. */
static const double spot_sigma_mm = 0.6, spot_candidate = 4.0;
static const double spot_high = 9.0, spot_low = 5.0, spot_contrast = 6.0;
static const double spot_least_mm2 = 0.8, spot_most_mm2 = 200.0;
static const double spot_edge = 0.7; /* of the contrast, per mm, or softer */
static const double spot_solidity = 0.7, spot_roundness = 0.3;
static const double melanin_share = 0.6; /* of P, in what is no shadow */
static const double least_ita_for_melanin = 0.0;
static const double p_per_m = 1.0 / 0.526;           /* of the same melanin */
static const double ring_near = 2.0, ring_far = 3.2; /* around it, in sigma */
static const double red_share = 0.5; /* of H to P, above it is not brown */

/* Of inflamed lesions. */
static const double lesion_sigma_mm = 0.5, lesion_candidate = 1.5;
static const double lesion_contrast = 4.0, lesion_roundness = 0.4;
static const double lesion_around_mm = 8.0;
static const double lesion_spread = 3.0; /* SDs of the skin around */

static const double pi = 3.14159265358979324;
static const double fwhm = 2.3548200450309493;            /* per sigma */
static const double third_of_octave = 1.2599210498948732; /* 2^(1/3) */

enum { REACH = 96, WINDOW = 2 * REACH + 1 };

/* Scales from one below `first` to one above `last`, in px. */
static void set_scales(struct blob_search *search, double first_mm, int steps,
                       double scale)
{
    search->scales = steps + 2;
    search->sigma[0] = first_mm * scale / third_of_octave;
    for (int i = 1; i < search->scales; i++)
        search->sigma[i] = search->sigma[i - 1] * third_of_octave;
}

static struct item item_at(const struct scene *scene, double x, double y)
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

/* ---- One spot's window --------------------------------------------------- */

struct window {
    const struct scene *scene;
    struct bytes *taken;             /* pixels of earlier spots */
    int cx, cy, reach;               /* px; reach < REACH */
    uint8_t inside[WINDOW * WINDOW]; /* 1 = of this spot */
    int queue[WINDOW * WINDOW];
    float v[WINDOW * WINDOW];
    size_t taken_values; /* of v */
    int count;           /* of the queue */
};

static bool usable(const struct window *w, int x, int y)
{
    const struct level *level = &w->scene->colour;
    return x >= 0 && y >= 0 && x < level->width && y < level->height &&
           ct_byte_row(&level->mask, y)[x];
}

static int slot(const struct window *w, int x, int y)
{
    return (y - w->cy + REACH) * WINDOW + (x - w->cx + REACH);
}

/* The median of a plane between two distances from the centre. */
static double ring_median(struct window *w, const struct plane *plane,
                          double near, double far)
{
    const int reach = far < REACH ? (int)far : REACH;
    size_t n = 0;
    for (int v = -reach; v <= reach; v++)
        for (int u = -reach; u <= reach; u++) {
            const int x = w->cx + u, y = w->cy + v;
            const double d2 = (double)(u * u + v * v);
            if (d2 < near * near || d2 > far * far || !usable(w, x, y))
                continue;
            w->v[n++] = ct_row(plane, y)[x];
        }
    w->taken_values = n;
    return ct_quantile(w->v, n, 0.5);
}

/* The robust SD of the values that ring_median() took last. */
static double last_spread(struct window *w, double median)
{
    for (size_t i = 0; i < w->taken_values; i++)
        w->v[i] = (float)fabs((double)w->v[i] - median);
    return 1.4826 * ct_quantile(w->v, w->taken_values, 0.5);
}

/* Fills `inside` from the centre with what is at least `level`. */
static void flood(struct window *w, const struct plane *plane, double level)
{
    static const int step[4][2] = {{1, 0}, {-1, 0}, {0, 1}, {0, -1}};
    memset(w->inside, 0, sizeof(w->inside));
    w->count = 0;
    w->inside[slot(w, w->cx, w->cy)] = 1;
    w->queue[w->count++] = slot(w, w->cx, w->cy);

    for (int head = 0; head < w->count; head++) {
        const int x = w->queue[head] % WINDOW - REACH + w->cx;
        const int y = w->queue[head] / WINDOW - REACH + w->cy;
        for (int k = 0; k < 4; k++) {
            const int u = x + step[k][0], v = y + step[k][1];
            const int du = u - w->cx, dv = v - w->cy;
            if (du * du + dv * dv > w->reach * w->reach || !usable(w, u, v) ||
                w->inside[slot(w, u, v)] || ct_byte_row(w->taken, v)[u] ||
                (double)ct_row(plane, v)[u] < level)
                continue;
            w->inside[slot(w, u, v)] = 1;
            w->queue[w->count++] = slot(w, u, v);
        }
    }
}

static double mean_inside(const struct window *w, const struct plane *plane)
{
    double sum = 0.0;
    for (int i = 0; i < w->count; i++) {
        const int x = w->queue[i] % WINDOW - REACH + w->cx;
        const int y = w->queue[i] / WINDOW - REACH + w->cy;
        sum += (double)ct_row(plane, y)[x];
    }
    return w->count ? sum / w->count : NAN;
}

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
            corners[n++] = (struct corner){w->queue[i] % WINDOW + k % 2,
                                           w->queue[i] / WINDOW + k / 2};
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
            if (usable(w, x, y) && ct_row(plane, y)[x] > best) {
                best = ct_row(plane, y)[x];
                w->cx = x;
                w->cy = y;
            }
}

/* The mean inside over the median of the ring around. */
static double over_ring(struct window *w, const struct plane *plane,
                        double sigma)
{
    return mean_inside(w, plane) -
           ring_median(w, plane, ring_near * sigma, ring_far * sigma);
}

/* Shading darkens all colours alike, and P takes a third of it for melanin.
 * Where melanin has a colour of its own, the three-vector fit tells. */
static bool is_shadow(struct window *w, double sigma, double contrast)
{
    const struct scene *scene = w->scene;
    double melanin = 0.0;
    if (scene->tone.ita < least_ita_for_melanin)
        return false;
    for (int c = 0; c < 3; c++)
        melanin += scene->tone.melanin[c] * over_ring(w, &scene->od[c], sigma);
    melanin *= p_per_m;
    return melanin < melanin_share * contrast || melanin < spot_contrast;
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
        const int x = w->queue[i] % WINDOW - REACH + w->cx;
        const int y = w->queue[i] / WINDOW - REACH + w->cy;
        for (int k = 0; k < 4 && pairs < WINDOW * WINDOW; k++) {
            const int u = x + step[k][0], v = y + step[k][1];
            const bool inner = usable(w, u, v);
            if (inner && w->inside[slot(w, u, v)])
                continue;
            w->v[pairs] =
                inner ? ct_row(plane, y)[x] - ct_row(plane, v)[u] : 0.0f;
            sum += (double)w->v[pairs++];
        }
    }
    const double mean = pairs ? sum / (double)pairs : 0.0;
    const double most = ct_quantile(w->v, pairs, 0.5);
    return (most < mean ? most : mean) * w->scene->colour.scale * 4.0 / pi;
}

/* Outlines the spot of a blob; false if nothing there counts as one. */
static bool outline(struct window *w, const struct blob *blob,
                    struct item *item, double *area, struct corner *corners,
                    struct corner *hull)
{
    const struct scene *scene = w->scene;
    const struct plane *p = &scene->pigment;
    const double sigma = (double)blob->sigma;
    const double pixel = 1.0 / (scene->colour.scale * scene->colour.scale);
    /* Smoothing over s draws the half-height outline of a disk of radius r in
     * by s^2 / 2r, which takes pi s^2 off its area. */
    const double lost = pi * ct_pigment_smooth_mm * ct_pigment_smooth_mm;

    w->cx = (int)blob->x;
    w->cy = (int)blob->y;
    w->reach =
        (int)(2.5 * sigma + 0.5) < REACH ? (int)(2.5 * sigma + 0.5) : REACH - 1;
    const double around =
        ring_median(w, p, ring_near * sigma, ring_far * sigma);
    climb(w, p, (int)(0.5 * sigma));
    const double peak = ring_median(w, p, 0.0, 0.5 * sigma);
    const double height = peak - around;
    if (!usable(w, w->cx, w->cy) || ct_byte_row(w->taken, w->cy)[w->cx] ||
        !(height >= spot_high))
        return false;

    flood(w, p, around + (0.5 * height > spot_low ? 0.5 * height : spot_low));
    const double contrast = mean_inside(w, p) - around;
    *area = pixel * w->count + lost;
    if (*area < spot_least_mm2 || *area > spot_most_mm2 ||
        contrast < spot_contrast || solidity(w, corners, hull) < spot_solidity)
        return false;

    if (steepness(w, p) < spot_edge * contrast || is_shadow(w, sigma, contrast))
        return false;
    const double red = over_ring(w, &scene->blood_raw, sigma);
    *item = item_at(scene, (double)blob->x, (double)blob->y);
    item->size_mm = (float)ct_sqrt(*area / 0.78539816339744831);
    item->contrast = (float)contrast;
    item->kind = red < red_share * contrast ? CT_SPOT_PIGMENT : CT_SPOT_MIXED;
    return true;
}

static void take(struct window *w)
{
    for (int i = 0; i < w->count; i++) {
        const int x = w->queue[i] % WINDOW - REACH + w->cx;
        const int y = w->queue[i] / WINDOW - REACH + w->cy;
        ct_byte_row(w->taken, y)[x] = 255;
    }
}

cutis_status ct_spots(struct scene *scene, struct tools *tools)
{
    const struct level *level = &scene->colour;
    cutis_status status = CUTIS_OK;
    struct bytes taken = {0};
    struct blobs blobs = {0};
    const size_t corners = 4 * (size_t)WINDOW * WINDOW;
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

    set_scales(&search, spot_sigma_mm, 9, level->scale);
    TRY(ct_blobs_find(&blobs, &search, tools));
    TRY(ct_bytes_create(&taken, level->width, level->height, tools));
    w->scene = scene;
    w->taken = &taken;
    for (size_t i = 0; i < blobs.count; i++) {
        struct item item;
        double area;
        if (!outline(w, &blobs.at[i], &item, &area, corner, corner + corners))
            continue;
        take(w);
        TRY(ct_list_add(&scene->spots, &item, tools));
    }

done:
    ct_free(corner);
    ct_free(w);
    ct_free(blobs.at);
    ct_bytes_free(&taken);
    return status;
}

/* ---- Inflamed lesions ---------------------------------------------------- */

/* Redder than the skin around it, and by more than that varies. */
static bool stands_out(struct window *w, const struct blob *blob,
                       struct item *item)
{
    const struct scene *scene = w->scene;
    const struct plane *blood = &scene->blood;
    const double reach = lesion_around_mm * scene->colour.scale;
    w->cx = (int)blob->x;
    w->cy = (int)blob->y;
    const double here = (double)ct_row(blood, w->cy)[w->cx];
    const double around = ring_median(w, blood, 0.0, 0.5 * reach);
    const double beyond =
        ring_median(w, blood, ring_near * (double)blob->sigma, reach);
    const double spread = last_spread(w, beyond);

    *item = item_at(scene, (double)blob->x, (double)blob->y);
    item->contrast = (float)(here - around);
    item->size_mm = (float)(fwhm * (double)blob->sigma / scene->colour.scale);
    item->kind = CT_SPOT_RED;
    return here - around >= lesion_contrast &&
           here - beyond >= lesion_spread * spread &&
           2.0 * (double)blob->response >= lesion_contrast;
}

static bool overlaps(const struct list *list, const struct item *item,
                     double px_per_mm)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct item *other = &list->at[i];
        const double dx = (double)(item->x - other->x) / px_per_mm;
        const double dy = (double)(item->y - other->y) / px_per_mm;
        const double reach = 0.25 * (double)(item->size_mm + other->size_mm);
        if (dx * dx + dy * dy < reach * reach)
            return true;
    }
    return false;
}

cutis_status ct_lesions(struct scene *scene, struct tools *tools)
{
    const struct level *level = &scene->colour;
    cutis_status status = CUTIS_OK;
    struct plane flat = {0};
    struct blobs blobs = {0};
    struct window *w = ct_alloc(&tools->memory, 1, sizeof(*w));
    struct blob_search search = {
        .source = &flat,
        .mask = &level->mask,
        .threshold = lesion_candidate,
        .radius = 1.5,
        .roundness = lesion_roundness,
    };
    if (!w)
        TRY(ct_no_memory(tools));

    TRY(ct_unmix(&flat, scene, scene->tone.blood, tools));
    TRY(ct_flatten(&flat, level, lesion_around_mm, tools));
    set_scales(&search, lesion_sigma_mm, 8, level->scale);
    TRY(ct_blobs_find(&blobs, &search, tools));
    w->scene = scene;
    for (size_t i = 0; i < blobs.count; i++) {
        struct item item;
        if (stands_out(w, &blobs.at[i], &item) &&
            !overlaps(&scene->lesions, &item, scene->view->face->work_scale))
            TRY(ct_list_add(&scene->lesions, &item, tools));
    }

done:
    ct_free(w);
    ct_free(blobs.at);
    ct_plane_free(&flat);
    return status;
}
