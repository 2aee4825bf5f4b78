/* SPDX-License-Identifier: BSD-2-Clause */

/* Kernels of texture, a part of kernels.c: pixels along a line, binary
 * patterns, and transforms of lines that lie side by side. */

#ifndef CT_SIGNAL_KERNELS_TEXTURE_H
#define CT_SIGNAL_KERNELS_TEXTURE_H

#include <math.h>

#include "signal/signal.h"
#include "signal/vec.h"

enum { WIDE = WIDTH / 2, GROUPS = CT_LANES / WIDE };

typedef int64_t wide_mask
    __attribute__((vector_size(WIDTH / 2 * sizeof(int64_t)), aligned(8)));

static inline wide_vec load_wide(const float *at)
{
    return __builtin_convertvector(*(const half_vec *)at, wide_vec);
}

/* ---- Along a line -------------------------------------------------------- */

/* Where a row of places lies in a plane, and what is there. */
enum { PLACES = 128 };
struct places {
    int32_t at[PLACES]; /* of the pixel left of and above each, floats */
    float u[PLACES], v[PLACES];
    float above[2 * PLACES], below[2 * PLACES]; /* it and its neighbour */
};

static inline float clamp(float x, float last)
{
    x = x > 0.0f ? x : 0.0f;
    return x < last ? x : last;
}

static void find_places(struct places *out, const struct plane *plane,
                        const float at[2], const float by[2], int from, int n)
{
    const float last_x = (float)(plane->width - 1) - 0.001f;
    const float last_y = (float)(plane->height - 1) - 0.001f;
    const float x0 = at[0], y0 = at[1], dx = by[0], dy = by[1];
    const int32_t stride = (int32_t)plane->stride;
    const int32_t most_x = plane->width - 2, most_y = plane->height - 2;
    for (int i = 0; i < n; i++) {
        const float x = clamp(x0 + (float)(from + i) * dx, last_x);
        const float y = clamp(y0 + (float)(from + i) * dy, last_y);
        const int32_t ix = (int32_t)x < most_x ? (int32_t)x : most_x;
        const int32_t iy = (int32_t)y < most_y ? (int32_t)y : most_y;
        out->u[i] = x - (float)ix;
        out->v[i] = y - (float)iy;
        out->at[i] = iy * stride + ix;
    }
}

static void read_places(struct places *places, const struct plane *plane, int n)
{
    for (int i = 0; i < n; i++) {
        const float *const at = plane->at + places->at[i];
        memcpy(places->above + 2 * i, at, 2 * sizeof(float));
        memcpy(places->below + 2 * i, at + plane->stride, 2 * sizeof(float));
    }
}

static void along(float *dst, const struct plane *plane, const float at[2],
                  const float by[2], int from, int end)
{
    struct places p;
    for (int first = from; first < end; first += PLACES) {
        const int n = end - first < PLACES ? end - first : PLACES;
        find_places(&p, plane, at, by, first, n);
        read_places(&p, plane, n);
        for (int i = 0; i < n; i++) {
            const float a = p.above[2 * i], b = p.below[2 * i];
            const float top = a + p.u[i] * (p.above[2 * i + 1] - a);
            const float low = b + p.u[i] * (p.below[2 * i + 1] - b);
            dst[first + i] = top + p.v[i] * (low - top);
        }
    }
}

/* ---- Local binary patterns ----------------------------------------------- */

/* A point of the circle around column 0 of a row. */
struct spot {
    const float *above, *below; /* rows, at the whole part of its place */
    int next;                   /* 1, or 0 where it lies on a column */
    double x, whole, v;
};

static struct spot spot_of(const struct plane *plane,
                           const struct circle *circle, int i, int y)
{
    const double at = y + circle->y[i], whole = floor(circle->x[i]);
    const int j = (int)floor(at);
    const double v = at - j;
    return (struct spot){ct_row(plane, j) + (int)whole,
                         ct_row(plane, v > 0.0 ? j + 1 : j) + (int)whole,
                         circle->x[i] > whole,
                         circle->x[i],
                         whole,
                         v};
}

/* How many of the points are no darker than the middle, if that changes at most
 * twice around the circle; one more than there are otherwise. */
static uint8_t code_of(int sum, int changes, int points)
{
    return (uint8_t)(changes <= 2 ? sum : points + 1);
}

/* A point's value at column x; one that lies on a pixel has that pixel's. */
static double value_one(const struct spot *s, int x)
{
    const float *const a = s->above + x, *const b = s->below + x;
    if (!s->next && s->v == 0.0)
        return (double)a[0];
    const double u = (x + s->x) - (x + s->whole), v = s->v;
    const double above = (1.0 - u) * (double)a[0] + u * (double)a[s->next];
    const double below = (1.0 - u) * (double)b[0] + u * (double)b[s->next];
    return (1.0 - v) * above + v * below;
}

static uint8_t code_one(const float *middle, const struct spot *spots,
                        int points, int x)
{
    int sum = 0, changes = 0, first = 0, last = 0;
    for (int i = 0; i < points; i++) {
        const struct spot *const s = &spots[i];
        const int bit = value_one(s, x) >= (double)middle[x];
        sum += bit;
        first = i ? first : bit;
        changes += i && bit != last;
        last = bit;
    }
    return code_of(sum, changes + (last != first), points);
}

/* The same of as many columns as a vector has. */
static inline __attribute__((always_inline)) wide_vec
value_some(const struct spot *s, wide_vec at, int x)
{
    const float *const a = s->above + x, *const b = s->below + x;
    if (!s->next && s->v == 0.0)
        return load_wide(a);
    const wide_vec u = (at + s->x) - (at + s->whole), rest = 1.0 - u;
    const wide_vec above = rest * load_wide(a) + u * load_wide(a + s->next);
    const wide_vec below = rest * load_wide(b) + u * load_wide(b + s->next);
    return (1.0 - s->v) * above + s->v * below;
}

/* The same for as many columns as a vector has, from x on. */
static void code_some(uint8_t *code, const float *middle,
                      const struct spot *spots, int points, int x)
{
    wide_vec at;
    for (int k = 0; k < WIDE; k++)
        at[k] = x + k;
    const wide_vec here = load_wide(middle + x);
    wide_mask sum = {0}, changes = {0}, first = {0}, last = {0};
    for (int i = 0; i < points; i++) {
        const struct spot *const s = &spots[i];
        const wide_mask bit = value_some(s, at, x) >= here;
        sum -= bit;
        first = i ? first : bit;
        changes -= i ? bit ^ last : (wide_mask){0};
        last = bit;
    }
    changes -= last ^ first;
    for (int k = 0; k < WIDE; k++)
        code[k] = code_of((int)sum[k], (int)changes[k], points);
}

static void lbp(uint8_t *code, const struct plane *plane,
                const struct circle *circle, int x, int y, size_t n)
{
    struct spot spots[CT_CIRCLE_POINTS];
    const int points = circle->points, end = x + (int)n;
    const float *const middle = ct_row(plane, y);
    for (int i = 0; i < points; i++)
        spots[i] = spot_of(plane, circle, i, y);
    for (int at = x; at < end && n >= WIDE; at += WIDE) {
        const int from = at + WIDE <= end ? at : end - WIDE;
        code_some(code + (from - x), middle, spots, points, from);
    }
    for (int at = x; at < end && n < WIDE; at++)
        code[at - x] = code_one(middle, spots, points, at);
}

/* ---- Crests -------------------------------------------------------------- */

/* Weights of a place's neighbours before, at and after it, for what lies `by`
 * of the way to the one after it. */
struct tent {
    float before, at, after;
};

static inline struct tent tent_of(float by)
{
    const float after = by > 0.0f ? by : 0.0f;
    const float before = by > 0.0f ? 0.0f : -by;
    return (struct tent){before, 1.0f - (before + after), after};
}

/* What row `x`, `y` of slopes has a pixel on along (a, b), times that one's
 * size, and a pixel back. */
struct ends {
    float on, back;
};

static inline struct ends ends_of(const float *x, const float *y, float a,
                                  float b, struct tent across)
{
    const float left = x[-1] * a + y[-1] * b;
    const float here = (x[0] * a + y[0] * b) * across.at;
    const float right = x[1] * a + y[1] * b;
    return (struct ends){here + left * across.before + right * across.after,
                         here + left * across.after + right * across.before};
}

/* Of a place that is steep enough. */
static inline bool is_crest(const float *x, const float *y, size_t stride)
{
    const float a = x[0], b = y[0], square = a * a + b * b;
    const float unit = 1.0f / sqrtf(square);
    const struct tent across = tent_of(a * unit), down = tent_of(b * unit);
    const struct ends above = ends_of(x - stride, y - stride, a, b, across);
    const struct ends at = ends_of(x, y, a, b, across);
    const struct ends below = ends_of(x + stride, y + stride, a, b, across);
    const float on =
        at.on * down.at + above.on * down.before + below.on * down.after;
    const float back =
        at.back * down.at + above.back * down.after + below.back * down.before;
    const float most = 1.001f * square;
    return (on <= most) & (back <= most);
}

static inline __attribute__((always_inline)) void
crests_some(uint8_t *mark, const uint8_t *wanted, const float *x,
            const float *y, size_t stride, float least, size_t count)
{
    uint32_t steep[CT_LANES], any = 0;
    for (size_t i = 0; i < count; i++) {
        const float square = x[i] * x[i] + y[i] * y[i];
        steep[i] = (uint32_t)(wanted[i] != 0) & (uint32_t)(square >= least);
        any |= steep[i];
    }
    for (size_t i = 0; any && i < count; i++)
        steep[i] &= (uint32_t)is_crest(x + i, y + i, stride);
    for (size_t i = 0; i < count; i++)
        mark[i] = (uint8_t)-steep[i];
}

static void crests(uint8_t *mark, const uint8_t *wanted, const float *x,
                   const float *y, size_t stride, float least, size_t n)
{
    size_t i = 0;
    for (; i + CT_LANES <= n; i += CT_LANES)
        crests_some(mark + i, wanted + i, x + i, y + i, stride, least,
                    CT_LANES);
    crests_some(mark + i, wanted + i, x + i, y + i, stride, least, n - i);
}

/* ---- Fourier ------------------------------------------------------------- */

/* Element k of a line and those a quarter of a block, or less, further. */
struct four {
    wide_vec re[4], im[4];
};

static inline void turn(struct four *f, int a, int b, double c, double s)
{
    const wide_vec re = f->re[b] * c - f->im[b] * s;
    const wide_vec im = f->re[b] * s + f->im[b] * c;
    f->re[b] = f->re[a] - re;
    f->im[b] = f->im[a] - im;
    f->re[a] += re;
    f->im[a] += im;
}

/* Two stages at once, of blocks of 2 half and of 4 half elements, for the
 * elements k, k + half, ... of each. */
static void two_stages(double *re, double *im, const double *cosine,
                       const double *sine, size_t n, size_t half)
{
    const size_t near = n / (2 * half), far = near / 2;
    for (size_t first = 0; first < n; first += 4 * half)
        for (size_t k = 0; k < half; k++)
            for (size_t g = 0; g < GROUPS; g++) {
                const size_t at = (first + k) * CT_LANES + g * WIDE;
                struct four f;
                for (size_t i = 0; i < 4; i++) {
                    f.re[i] = *(wide_vec *)(re + at + i * half * CT_LANES);
                    f.im[i] = *(wide_vec *)(im + at + i * half * CT_LANES);
                }
                turn(&f, 0, 1, cosine[k * near], sine[k * near]);
                turn(&f, 2, 3, cosine[k * near], sine[k * near]);
                turn(&f, 0, 2, cosine[k * far], sine[k * far]);
                turn(&f, 1, 3, cosine[(k + half) * far],
                     sine[(k + half) * far]);
                for (size_t i = 0; i < 4; i++) {
                    *(wide_vec *)(re + at + i * half * CT_LANES) = f.re[i];
                    *(wide_vec *)(im + at + i * half * CT_LANES) = f.im[i];
                }
            }
}

/* The first stage, whose factor is 1. */
static void first_stage(double *re, double *im, const double *cosine,
                        const double *sine, size_t n)
{
    for (size_t i = 0; i < n * CT_LANES; i += 2 * CT_LANES)
        for (size_t g = i; g < i + CT_LANES; g += WIDE) {
            struct four f;
            f.re[0] = *(wide_vec *)(re + g);
            f.im[0] = *(wide_vec *)(im + g);
            f.re[1] = *(wide_vec *)(re + g + CT_LANES);
            f.im[1] = *(wide_vec *)(im + g + CT_LANES);
            turn(&f, 0, 1, cosine[0], sine[0]);
            *(wide_vec *)(re + g) = f.re[0];
            *(wide_vec *)(im + g) = f.im[0];
            *(wide_vec *)(re + g + CT_LANES) = f.re[1];
            *(wide_vec *)(im + g + CT_LANES) = f.im[1];
        }
}

static void fft_lines(double *re, double *im, const double *cosine,
                      const double *sine, size_t n)
{
    size_t stages = 0, half = 1;
    while ((size_t)1 << stages < n)
        stages++;
    if (stages % 2) {
        first_stage(re, im, cosine, sine, n);
        half = 2;
    }
    for (; half < n; half *= 4)
        two_stages(re, im, cosine, sine, n, half);
}

#endif
