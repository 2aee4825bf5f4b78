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
    FEWEST = 24 /* edges that a percentile is taken from */
};

/* Of a band of rows of a picture. */
struct slopes {
    struct plane x, y;
    int top, height; /* its first row; rows of the picture */
};

/* A place on an edge, the direction across it, and the slope there. */
struct edge {
    double x, y, nx, ny, peak;
};

static double bilinear(const float *above, const float *below, double u,
                       double v)
{
    return (1 - v) * ((1 - u) * (double)above[0] + u * (double)above[1]) +
           v * ((1 - u) * (double)below[0] + u * (double)below[1]);
}

/* Slope at t pixels along the normal; none beyond the border. */
static double slope_at(const struct slopes *s, const struct edge *e, double t)
{
    const double x = e->x + t * e->nx, y = e->y + t * e->ny;
    if (!(x >= 0 && y >= 0))
        return 0;
    const int i = (int)x, j = (int)y;
    if (i + 1 >= s->x.width || j + 1 >= s->height)
        return 0;
    const double u = x - i, v = y - j;
    const float *const gx = ct_row(&s->x, j - s->top) + i;
    const float *const gy = ct_row(&s->y, j - s->top) + i;
    return e->nx * bilinear(gx, gx + s->x.stride, u, v) +
           e->ny * bilinear(gy, gy + s->y.stride, u, v);
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
    const double gx = (double)ct_row(&s->x, y - s->top)[x];
    const double gy = (double)ct_row(&s->y, y - s->top)[x];
    const double size = sqrt(gx * gx + gy * gy);
    *out = (struct edge){x, y, gx / size, gy / size, size};
    const double before = slope_at(s, out, -1);
    const double after = slope_at(s, out, 1);
    if (!(size > before && size >= after))
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
    BAND = 512,     /* rows that are looked at together */
    MARGIN = 64     /* px: what profiles and slopes reach beyond an edge */
};

struct edges {
    const struct plane *light;
    const struct bytes *mask;
    double least;
    float *width; /* of the first ROOM */
    size_t count;
};

/* Adds the widths of all edges of rows [from, end). */
static cutis_status gather(struct edges *out, const struct slopes *s, int from,
                           int end, struct tools *tools)
{
    /* No edge of that contrast is worth a profile below this slope. */
    const double flattest = out->least / (root_two_pi * 12);
    cutis_status status = CUTIS_OK;
    for (int y = from; y < end; y++) {
        if (y % 32 == 0)
            TRY(ct_pulse(tools));
        const uint8_t *const wanted = ct_byte_row(out->mask, y);
        const float *const along = ct_row(&s->x, y - s->top);
        const float *const down = ct_row(&s->y, y - s->top);
        for (int x = 1; x + 1 < out->mask->width; x++) {
            if (!wanted[x] || out->count == ROOM)
                continue;
            const double gx = (double)along[x], gy = (double)down[x];
            if (gx * gx + gy * gy < flattest * flattest)
                continue;
            const double sigma = edge_sigma(s, x, y, out->least);
            if (!isnan(sigma))
                out->width[out->count++] = (float)sigma;
        }
    }
done:
    return status;
}

static int least_of(int a, int b)
{
    return a < b ? a : b;
}

/* Band by band: no plane of slopes is larger than that. */
static cutis_status gather_all(struct edges *out, struct tools *tools)
{
    const struct plane *const light = out->light;
    const int width = light->width, height = light->height;
    cutis_status status = CUTIS_OK;
    struct slopes slopes = {.height = height};
    const int room = least_of(BAND + 2 * MARGIN, height);

    TRY(ct_plane_create(&slopes.x, width, room, tools));
    TRY(ct_plane_create(&slopes.y, width, room, tools));
    const struct jet jet = {.x = &slopes.x, .y = &slopes.y};
    for (int from = 0; from < height; from += BAND) {
        const int end = least_of(from + BAND, height);
        slopes.top = from > MARGIN ? from - MARGIN : 0;
        const int rows = least_of(end + MARGIN, height) - slopes.top;
        const struct plane part = {ct_row(light, slopes.top), light->stride,
                                   width, rows};
        slopes.x.height = slopes.y.height = rows;
        TRY(ct_gauss_jet(&jet, &part, own_sigma, tools));
        TRY(gather(out, &slopes, from > 0 ? from : 1, least_of(end, height - 1),
                   tools));
    }
done:
    ct_plane_free(&slopes.x);
    ct_plane_free(&slopes.y);
    return status;
}

/* The part of a picture that holds all of the mask, and what reaches in. */
static struct rect window_of(const struct bytes *mask)
{
    enum { ALIGNED = 16 }; /* px; rows of a plane stay aligned */
    int x0 = mask->width, y0 = mask->height, x1 = 0, y1 = 0;
    for (int y = 0; y < mask->height; y++) {
        const uint8_t *const row = ct_byte_row(mask, y);
        for (int x = 0; x < mask->width; x++) {
            if (!row[x])
                continue;
            x0 = x < x0 ? x : x0;
            x1 = x >= x1 ? x + 1 : x1;
            y0 = y < y0 ? y : y0;
            y1 = y + 1;
        }
    }
    x0 = x0 > MARGIN ? (x0 - MARGIN) / ALIGNED * ALIGNED : 0;
    y0 = y0 > MARGIN ? y0 - MARGIN : 0;
    x1 = x1 + MARGIN < mask->width ? x1 + MARGIN : mask->width;
    y1 = y1 + MARGIN < mask->height ? y1 + MARGIN : mask->height;
    return (struct rect){x0, y0, x1 - x0, y1 - y0};
}

cutis_status ct_edge_blur(double *sigma, const struct plane *light,
                          const struct bytes *mask, double noise,
                          struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    const struct rect r = window_of(mask);
    *sigma = NAN;
    if (r.width < 3 || r.height < 3)
        return CUTIS_OK;
    const struct plane part = {ct_row(light, r.y) + r.x, light->stride, r.width,
                               r.height};
    const struct bytes wanted = {ct_byte_row(mask, r.y) + r.x, mask->stride,
                                 r.width, r.height};
    struct edges edges = {
        .light = &part,
        .mask = &wanted,
        .least = noise > 0 ? fmax(least_contrast, noise_factor * noise)
                           : least_contrast,
        .width = ct_alloc_raw(&tools->memory, ROOM, sizeof(*edges.width)),
    };
    if (!edges.width)
        return ct_no_memory(tools);
    TRY(gather_all(&edges, tools));
    if (edges.count >= FEWEST)
        *sigma = ct_quantile(edges.width, edges.count, 0.10);
done:
    ct_free(edges.width);
    return status;
}
