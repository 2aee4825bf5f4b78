/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Sharpness from edges that the photograph happens to hold: lids, irises,
 * brows, lips.
 *
 * A step of height A behind a Gaussian point spread of sigma has the slope
 * g(t) = A / (sqrt(2 pi) sigma) exp(-t^2 / 2 sigma^2) across it, so sigma is
 * the area under the slope over its peak and sqrt(2 pi).  Slopes are taken with
 * a Gaussian derivative, whose own variance is subtracted.  Hairs are no steps:
 * their slope turns round in the middle of the hair, which makes the two halves
 * of the area unequal, and those edges are not used.
 */

#include <math.h>

#include "match/match.h"

static const double own_sigma = 1.0; /* px, of the derivative */
static const double root_two_pi = 2.5066282746310002;
static const double least_contrast = 0.03; /* of full scale */
static const double noise_factor = 12.0;
static const double least_balance = 0.8;  /* smaller over larger half */
static const double step_px = 0.5;        /* along a profile */
static const double most_return = 0.2;    /* of the slope beyond an edge */
static const double pixel_sigma = 0.2887; /* px, of the pixel's own square */

enum {
    REACH = 48, /* steps to either side of an edge */
    LEAST_BEYOND = 8,
    FEWEST = 24, /* edges that a percentile is taken from */
    MARGIN = 64  /* px: what profiles and slopes reach beyond an edge */
};

/* Of a part of a picture. */
struct slopes {
    struct plane x, y, both; /* the last has x and y beside each other */
    int left, top;           /* where the part begins */
    int width, height;       /* of the picture */
};

/* A place on an edge, the direction across it, and the slope there. */
struct edge {
    double x, y, nx, ny, peak;
    bool inside; /* of the picture, with all that may be looked at */
};

/* Slopes along x and y, computed together; and of two neighbours. */
typedef double slope __attribute__((vector_size(2 * sizeof(double))));
typedef double slopes4 __attribute__((vector_size(4 * sizeof(double))));
typedef float floats4
    __attribute__((vector_size(4 * sizeof(float)), aligned(4), may_alias));

/* What lies u right of the first of two neighbours. */
static inline slope between(const float *at, double u)
{
    const slopes4 two = __builtin_convertvector(*(const floats4 *)at, slopes4);
    const slope left = {two[0], two[1]}, right = {two[2], two[3]};
    return (1 - u) * left + u * right;
}

/* Slope at t pixels along the normal; none beyond the border. */
static inline double slope_at(const struct slopes *s, const struct edge *e,
                              double t)
{
    const double x = e->x + t * e->nx, y = e->y + t * e->ny;
    if (!e->inside &&
        !(x >= 0 && y >= 0 && x < s->width - 1 && y < s->height - 1))
        return 0;
    const int i = (int)x, j = (int)y;
    const double u = x - i, v = y - j;
    const float *const above = ct_row(&s->both, j - s->top) + 2 * (i - s->left);
    const float *const below = above + s->both.stride;
    const slope g = (1 - v) * between(above, u) + v * between(below, u);
    return e->nx * g[0] + e->ny * g[1];
}

/* One half of the area under the slope: from the peak until it falls under a
 * fiftieth of it, `*end` steps away, or the area is over `most`. */
static double half_area(int *end, const struct slopes *s, const struct edge *e,
                        double direction, double most)
{
    double area = 0, last = e->peak;
    int i = 1;
    for (; i < REACH && area <= most; i++) {
        const double g = slope_at(s, e, direction * i * step_px);
        if (g < 0.02 * e->peak) {
            area += last * step_px / 2;
            break;
        }
        area += (last + g) * step_px / 2;
        last = g;
    }
    *end = i;
    return area;
}

/* Whether the slope turns round within as long again: then it is a line, or
 * one of many. */
static bool turns(const struct slopes *s, const struct edge *e, int end,
                  double direction)
{
    const int beyond = end + (end > LEAST_BEYOND ? end : LEAST_BEYOND);
    for (int i = end; i < beyond; i++)
        if (slope_at(s, e, direction * i * step_px) < -most_return * e->peak)
            return true;
    return false;
}

/* The edge through a pixel, its peak between pixels by a parabola through
 * three slopes; false if the pixel is not on the peak. */
static bool find_edge(struct edge *out, const struct slopes *s, int x, int y)
{
    const float *const at = ct_row(&s->both, y - s->top) + 2 * (x - s->left);
    const double gx = (double)at[0], gy = (double)at[1];
    const bool inside = x >= MARGIN && y >= MARGIN && x + MARGIN < s->width &&
                        y + MARGIN < s->height;
    const double size = sqrt(gx * gx + gy * gy);
    *out = (struct edge){x, y, gx / size, gy / size, size, inside};
    const double before = slope_at(s, out, -1);
    if (!(size > before))
        return false;
    const double after = slope_at(s, out, 1);
    if (!(size >= after))
        return false;
    const double curve = before - 2 * size + after;
    const double shift = curve < 0 ? (before - after) / (2 * curve) : 0;
    out->x += shift * out->nx;
    out->y += shift * out->ny;
    out->peak = size - (before - after) * shift / 4;
    return true;
}

/* Sigma of the edge through a pixel, or NaN if it is none or a poor one. */
static double edge_sigma(const struct slopes *s, int x, int y, double least)
{
    struct edge edge;
    if (!find_edge(&edge, s, x, y))
        return NAN;
    int end[2];
    const double one = half_area(&end[0], s, &edge, -1, INFINITY);
    /* Were the halves equal enough, they would be too low together. */
    if ((1 + 1.01 / least_balance) * one < least)
        return NAN;
    const double two =
        half_area(&end[1], s, &edge, 1, 1.01 / least_balance * one);
    if (!(one + two >= least) ||
        fmin(one, two) < least_balance * fmax(one, two) ||
        turns(s, &edge, end[0], -1) || turns(s, &edge, end[1], 1))
        return NAN;
    const double wide = (one + two) / (root_two_pi * edge.peak);
    const double rest = wide * wide - own_sigma * own_sigma;
    return sqrt(fmax(rest, pixel_sigma * pixel_sigma));
}

enum {
    ROOM = 1 << 18, /* edges */
    BAND = 256      /* rows that are looked at together */
};

/* The part of a picture that holds all of the mask, and what reaches in. */
struct window {
    const struct row_source *light;
    const struct bytes *mask;
    struct rect at;
};

static const uint8_t *wanted_row(const struct window *window, int y)
{
    return ct_byte_row(window->mask, window->at.y + y) + window->at.x;
}

struct edges {
    double least;
    float *width; /* of the first ROOM */
    size_t count;
    uint8_t *crest; /* a row's columns that may be on an edge */
    const struct kernels *kernels;
};

/* Adds the widths of all edges of a row. */
static void gather_row(struct edges *out, const struct slopes *s,
                       const uint8_t *wanted, int y)
{
    /* No edge of that contrast is worth a profile below this slope. */
    const double flattest = out->least / (root_two_pi * 12);
    const double square = flattest * flattest;
    const float nearly = (float)(0.999 * square); /* floats are that good */
    const int from = s->left > 1 ? s->left : 1;
    const int n = s->left + s->x.width - 1 - from;
    const float *const along = ct_row(&s->x, y - s->top) + (from - s->left);
    const float *const down = ct_row(&s->y, y - s->top) + (from - s->left);
    out->kernels->crests(out->crest, wanted + from, along, down, s->x.stride,
                         nearly, (size_t)n);
    for (int i = ct_next_set(out->crest, 0, n); i < n && out->count < ROOM;
         i = ct_next_set(out->crest, i + 1, n)) {
        const double gx = (double)along[i], gy = (double)down[i];
        if (gx * gx + gy * gy < square)
            continue;
        const double sigma = edge_sigma(s, from + i, y, out->least);
        if (!isnan(sigma))
            out->width[out->count++] = (float)sigma;
    }
}

static int least_of(int a, int b)
{
    return a < b ? a : b;
}

/* What is wanted of rows [from, end), without what reaches in. */
static struct rect wanted_of(const struct window *window, int from, int end)
{
    const int width = window->at.width;
    int x0 = width, x1 = 0, y0 = end, y1 = from;
    for (int y = from; y < end; y++) {
        const struct columns row = ct_columns_set(wanted_row(window, y), width);
        if (row.from == row.end)
            continue;
        x0 = row.from < x0 ? row.from : x0;
        x1 = row.end > x1 ? row.end : x1;
        y0 = y < y0 ? y : y0;
        y1 = y + 1;
    }
    return (struct rect){x0, y0, x1 - x0, y1 - y0};
}

/* `r` and MARGIN around it, as far as there is a picture; rows begin aligned.
 */
static struct rect grown(const struct rect *r, int width, int height)
{
    enum { ALIGNED = 16 }; /* px */
    const int x0 = r->x > MARGIN ? (r->x - MARGIN) / ALIGNED * ALIGNED : 0;
    const int y0 = r->y > MARGIN ? r->y - MARGIN : 0;
    return (struct rect){x0, y0, least_of(r->x + r->width + MARGIN, width) - x0,
                         least_of(r->y + r->height + MARGIN, height) - y0};
}

/* Slopes of the part `r` of a window; `light` is scratch. */
static cutis_status find_slopes(struct slopes *out, struct plane *light,
                                const struct window *window,
                                const struct rect *r, struct tools *tools)
{
    const struct jet jet = {.x = &out->x, .y = &out->y};
    out->left = r->x;
    out->top = r->y;
    light->width = out->x.width = out->y.width = r->width;
    light->height = out->x.height = out->y.height = r->height;
    for (int y = 0; y < r->height; y++)
        window->light->row(window->light, ct_row(light, y), window->at.x + r->x,
                           window->at.y + r->y + y, r->width);
    const cutis_status status = ct_gauss_jet(&jet, light, own_sigma, tools);
    if (status != CUTIS_OK)
        return status;
    for (int y = 0; y < r->height; y++) {
        const float *const gx = ct_row(&out->x, y);
        const float *const gy = ct_row(&out->y, y);
        float *const both = ct_row(&out->both, y);
        for (int x = 0; x < r->width; x++) {
            both[2 * x] = gx[x];
            both[2 * x + 1] = gy[x];
        }
    }
    return CUTIS_OK;
}

/* Band by band: no plane is larger than that. */
static cutis_status gather_all(struct edges *out, const struct window *window,
                               struct tools *tools)
{
    const int width = window->at.width, height = window->at.height;
    const int room = least_of(BAND + 2 * MARGIN, height);
    cutis_status status = CUTIS_OK;
    struct slopes slopes = {.width = width, .height = height};
    struct plane light = {0};

    TRY(ct_plane_raw(&light, width, room, tools));
    TRY(ct_plane_raw(&slopes.x, width, room, tools));
    TRY(ct_plane_raw(&slopes.y, width, room, tools));
    TRY(ct_plane_raw(&slopes.both, 2 * width, room, tools));
    for (int from = 0; from < height; from += BAND) {
        const struct rect wanted =
            wanted_of(window, from, least_of(from + BAND, height));
        if (wanted.width <= 0)
            continue;
        const struct rect part = grown(&wanted, width, height);
        TRY(find_slopes(&slopes, &light, window, &part, tools));
        for (int y = wanted.y; y < wanted.y + wanted.height; y++) {
            if (y % 32 == 0)
                TRY(ct_pulse(tools));
            if (y > 0 && y + 1 < height)
                gather_row(out, &slopes, wanted_row(window, y), y);
        }
    }
done:
    ct_plane_free(&light);
    ct_plane_free(&slopes.x);
    ct_plane_free(&slopes.y);
    ct_plane_free(&slopes.both);
    return status;
}

static struct window window_of(const struct row_source *light,
                               const struct bytes *mask)
{
    struct window window = {light, mask, {0, 0, mask->width, mask->height}};
    const struct rect wanted = wanted_of(&window, 0, mask->height);
    window.at = wanted.width > 0 ? grown(&wanted, mask->width, mask->height)
                                 : (struct rect){0, 0, 0, 0};
    return window;
}

cutis_status ct_edge_blur(double *sigma, const struct row_source *light,
                          const struct bytes *mask, double noise,
                          struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    const struct window window = window_of(light, mask);
    *sigma = NAN;
    if (window.at.width < 3 || window.at.height < 3)
        return CUTIS_OK;
    const size_t width = (size_t)window.at.width;
    struct edges edges = {
        .least = noise > 0 ? fmax(least_contrast, noise_factor * noise)
                           : least_contrast,
        .width = ct_alloc_raw(&tools->memory, ROOM, sizeof(*edges.width)),
        .crest = ct_alloc_raw(&tools->memory, width, 1),
        .kernels = tools->kernels,
    };
    if (!edges.width || !edges.crest)
        TRY(ct_no_memory(tools));
    TRY(gather_all(&edges, &window, tools));
    if (edges.count >= FEWEST)
        *sigma = ct_quantile(edges.width, edges.count, 0.10);
done:
    ct_free(edges.width);
    ct_free(edges.crest);
    return status;
}
