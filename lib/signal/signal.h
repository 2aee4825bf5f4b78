/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Planes of floats, the inner loops on them, and the filters made of those.
 *
 * The inner loops are one table per instruction set, and all tables compute the
 * same bits.  Two rules make that hold: element i of a sum always goes to lane
 * i % CT_LANES, and lanes are folded in one order, by ct_fold.  Everything is
 * built with -ffp-contract=off and uses no libm.
 */

#ifndef CT_SIGNAL_SIGNAL_H
#define CT_SIGNAL_SIGNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "util/tools.h"

enum { CT_LANES = 16 };

/* Row y starts at at + y * stride (floats); rows are 64-byte aligned. */
struct plane {
    float *at;
    size_t stride;
    int width, height;
};

/* A plane of bytes, e.g. a mask of 0 and 255; stride in bytes. */
struct bytes {
    uint8_t *at;
    size_t stride;
    int width, height;
};

cutis_status ct_plane_create(struct plane *out, int width, int height,
                             struct tools *tools);
cutis_status ct_bytes_create(struct bytes *out, int width, int height,
                             struct tools *tools);

/* The same without the zeroing, for what is about to be written whole: nothing
 * may be read, not even the end of a row by a vector, that was not written. */
cutis_status ct_plane_raw(struct plane *out, int width, int height,
                          struct tools *tools);
cutis_status ct_bytes_raw(struct bytes *out, int width, int height,
                          struct tools *tools);

void ct_plane_free(struct plane *plane);
void ct_bytes_free(struct bytes *bytes);

static inline float *ct_row(const struct plane *plane, int y)
{
    return plane->at + (size_t)y * plane->stride;
}

static inline uint8_t *ct_byte_row(const struct bytes *bytes, int y)
{
    return bytes->at + (size_t)y * bytes->stride;
}

/* ---- Kernels ------------------------------------------------------------- */

struct sums {
    double sum[CT_LANES], sum_sq[CT_LANES];
    uint64_t count;
};

/* Points around a pixel, in px of it; each whole or at least 1e-5 px off. */
enum { CT_CIRCLE_POINTS = 16 };
struct circle {
    int points;
    double x[CT_CIRCLE_POINTS], y[CT_CIRCLE_POINTS];
};

/*
 * Taps of a symmetric filter that lie anywhere: weight[0] is the middle's, tap
 * k, of a pair at +at[k] and -at[k] floats from it, has weight[k].
 */
enum { CT_SLANT_ROWS = 4 };
struct slant {
    const ptrdiff_t *at;
    const float *weight;
    ptrdiff_t stride; /* floats between rows of the source */
    int pairs;
    bool flat; /* pairs is even, and tap k + 1 a row below tap k, k odd */
};

/* What goes element by element may write over its source, unless it says
 * otherwise; neighbourhoods and products may not. */
struct kernels {
    cutis_isa isa;

    /* dst[i] = a[i]*wa + b[i]*wb + c[i]*wc + bias, in that order. */
    void (*combine3)(float *dst, const float *a, const float *b, const float *c,
                     const float weight[4], size_t n);

    /* dst[i] = the sum of rows[k][i] * weight[k], k from 0 to 3 in order. */
    void (*combine4)(float *dst, const float *const rows[4],
                     const float weight[4], size_t n);

    /* dst[i] = -log10(max(src[i], 1/256)): optical density. */
    void (*density)(float *dst, const float *src, size_t n);

    /* dst[i] = 10^-src[i]. */
    void (*transmit)(float *dst, const float *src, size_t n);

    /* CIELAB D65 of linear sRGB; l, a, b overlap nothing. */
    void (*lab)(float *l, float *a, float *b, const float *red,
                const float *green, const float *blue, size_t n);

    /* beta of rgb = k b + beta (1, 1, 1) by least squares; 0 where b is too
     * grey to tell. */
    void (*surface)(float *dst, const float *const b[3],
                    const float *const rgb[3], size_t n);

    /* Before a normalised convolution: value = src - mean and weight = 1 where
     * mask is not 0, both 0 elsewhere. */
    void (*weigh)(float *value, float *weight, const float *src,
                  const uint8_t *mask, float mean, size_t n);

    /* After it: value = value / max(weight, 1e-6) + mean; NaN where the weight
     * is under `least`. */
    void (*unweigh)(float *value, const float *weight, float mean, float least,
                    size_t n);

    /* dst[x] = sum over k in [-radius, radius] of w[|k|] * src[x + k].
     * src[-radius] and src[n - 1 + radius] must be readable. */
    void (*symmetric_row)(float *dst, const float *src, const float *w,
                          int radius, size_t n);

    /* dst[x] = w[0]*rows[0][x] + sum over k of w[k]*(rows[-k][x] + rows[k][x]);
     * rows points at the middle of 2 * radius + 1 row pointers. */
    void (*symmetric_column)(float *dst, const float *const *rows,
                             const float *w, int radius, size_t n);

    /* symmetric_row of one source by two kernels. */
    void (*symmetric_rows)(float *first, float *second, const float *src,
                           const float *const w[2], int radius, size_t n);

    /* symmetric_column of `count` rows below each other: row r, which goes to
     * dst + r * stride, has its middle at rows[r].  dst is none of the rows. */
    void (*symmetric_columns)(float *dst, size_t stride,
                              const float *const *rows, const float *w,
                              int radius, int count, size_t n);

    /* scale times the sum of two symmetric_columns, each of its own rows. */
    void (*symmetric_sums)(float *dst, size_t stride,
                           const float *const *const rows[2],
                           const float *const w[2], int radius, float scale,
                           int count, size_t n);

    /* A filter along a slanted line, CT_SLANT_ROWS rows of it: row r from
     * src + r * stride goes to dst + r * to. */
    void (*slanted)(float *dst, size_t to, const struct slant *slant,
                    const float *src, size_t n);

    /* Where v[i] is over best[i] it goes there, and `mine` into label[i]. */
    void (*greatest)(float *best, uint8_t *label, const float *v, uint8_t mine,
                     size_t n);

    /* The same with an odd kernel: w[k] * (forward - backward). */
    void (*odd_row)(float *dst, const float *src, const float *w, int radius,
                    size_t n);
    void (*odd_columns)(float *dst, size_t stride, const float *const *rows,
                        const float *w, int radius, int count, size_t n);

    /* Marks the crests of slopes (x[i], y[i]) with 255, all else with 0: where
     * `wanted` is not 0, the square is `least` or more and the slope is as
     * steep, but for a thousandth, as what lies a pixel before and a pixel
     * after it along itself, bilinear.  Rows are `stride` apart; neighbours of
     * all n places must be readable. */
    void (*crests)(uint8_t *mark, const uint8_t *wanted, const float *x,
                   const float *y, size_t stride, float least, size_t n);

    /* Adds v[i] and its square to *acc wherever mask[i] is not 0.  Values
     * under a 0 are never looked at: they may be NaN. */
    void (*masked_sums)(struct sums *acc, const float *v, const uint8_t *mask,
                        size_t n);

    /* Rows of a matrix product: for r in [0, rows), j in [0, n):
     * c[r * ldc + j] = sum over k in order of a[r * lda + k] * b[k * ldb + j],
     * added to what c holds. */
    void (*gemm)(float *c, size_t ldc, const float *a, size_t lda,
                 const float *b, size_t ldb, int rows, size_t depth, size_t n);

    /* Adds products of `count` rows a[k] by one row b of n elements, a multiple
     * of CT_LANES: element i goes to lanes[k * CT_LANES + i % CT_LANES]. */
    void (*dots)(float *lanes, const float *const *a, int count, const float *b,
                 size_t n);

    /* Adds what a patch says of `places` places beside each other: for r in
     * [0, rows), i in [0, stride), a multiple of CT_LANES, in order, lane i %
     * CT_LANES of lanes[p][0] gets t s, of lanes[p][1] w s and of lanes[p][2]
     * w s s; w and t are at r * stride + i, s is seen[r * apart + i + p]. */
    void (*correlate)(float (*lanes)[3][CT_LANES], int places, const float *w,
                      const float *t, size_t stride, const float *seen,
                      size_t apart, int rows);

    /* What factors a matrix: for i in [0, CT_LANES), k in [0, depth) in order:
     * lanes[i] -= at[k * stride + i] * by[k * stride]. */
    void (*eliminate)(double *lanes, const double *at, const double *by,
                      size_t stride, size_t depth);

    /* A filter on pixels of n channels, each channel by itself: for p in
     * [0, pixels), i in [0, n): dst[p * n + i] = bias[i] + sum over k in
     * [0, tap_count), in order, of taps[k][p * step + i] * weight[k * n + i].
     */
    void (*depthwise)(float *dst, const float *const *taps, const float *weight,
                      const float *bias, int tap_count, size_t step, int pixels,
                      size_t n);

    /* dst[i] for i in [from, end): the plane at (at[0] + i by[0], at[1] +
     * i by[1]), bilinear; beyond its border the border goes on.  The plane has
     * 2 x 2 pixels or more, and fewer than 2^31 floats. */
    void (*along)(float *dst, const struct plane *plane, const float at[2],
                  const float by[2], int from, int end);

    /* Local binary patterns of the pixels (x, y) to (x + n - 1, y): how many
     * points of the circle are no darker than the middle, if around it that
     * changes at most twice; points + 1 otherwise.  A point between pixels is
     * bilinear, and the plane reaches a pixel beyond every point. */
    void (*lbp)(uint8_t *code, const struct plane *plane,
                const struct circle *circle, int x, int y, size_t n);

    /* The stages of a Fourier transform, forward, of CT_LANES lines of n
     * elements, n a power of two: element i of line j is at i * CT_LANES + j,
     * elements in bit-reversed order before; factors as in struct fft. */
    void (*fft_lines)(double *re, double *im, const double *cosine,
                      const double *sine, size_t n);
};

/* The fastest table up to `limit` that this processor runs; never NULL. */
const struct kernels *ct_kernels_best(cutis_isa limit);

/* That very table, or NULL if it is not built or cannot run here. */
const struct kernels *ct_kernels_get(cutis_isa isa);

struct moments {
    double mean, variance; /* NaN when count is 0 */
    uint64_t count;
};

struct moments ct_fold(const struct sums *sums);

/* ---- Filters ------------------------------------------------------------- */

/*
 * Half of a Gaussian of `sigma` pixels, w[0] to w[radius], sampled, support
 * 4 sigma (5 px below sigma 0.7), sum over the whole kernel 1.  `order` 0, 1 or
 * 2 is the derivative; derivatives are scaled so that a ramp x (a parabola
 * x^2 / 2) gives exactly 1.  Gives the radius; at most CT_RADIUS_MAX.
 */
enum { CT_RADIUS_MAX = 1024 };
int ct_gauss_kernel(float *w, double sigma, int order);

/* dst = Gaussian of src, borders mirrored.  dst may be src.  sigma in pixels;
 * 0 copies.  From 6 px on it goes by way of a decimated plane, which stays
 * within 0.1 % of the closed form. */
cutis_status ct_gauss(struct plane *dst, const struct plane *src, double sigma,
                      struct tools *tools);

/* The same by half of any symmetric kernel, w[0] to w[radius]; src is not
 * empty. */
cutis_status ct_symmetric(struct plane *dst, const struct plane *src,
                          const float *w, int radius, struct tools *tools);

/* Derivatives of a Gaussian-smoothed plane, any of the five may be NULL:
 * Ix, Iy, Ixx, Ixy, Iyy, in units of src per pixel and per pixel squared.  Of
 * rows [first, end) of src, the first being the planes' first; end 0: of all.
 */
struct jet {
    struct plane *x, *y, *xx, *xy, *yy;
    int first, end;
};
cutis_status ct_gauss_jet(const struct jet *out, const struct plane *src,
                          double sigma, struct tools *tools);

/*
 * Normalised convolution: dst = G*(w f) / max(G*w, 1e-6) where mask is the
 * weight w (0 or 255); where G*w < 0.5, dst is NaN unless `fill` is true.
 */
cutis_status ct_gauss_masked(struct plane *dst, const struct plane *src,
                             const struct bytes *mask, double sigma, bool fill,
                             struct tools *tools);

/*
 * G*(w (f - less)) and G*w of half the size each way, rounded up: sample i lies
 * between pixels 2 i and 2 i + 1.  Both planes are made.  sigma from 1 px on.
 */
cutis_status ct_gauss_half(struct plane *value, struct plane *weight,
                           const struct plane *src, const struct bytes *mask,
                           double sigma, float less, struct tools *tools);

/* The same samples of a plane as they are, by cubic interpolation. */
cutis_status ct_halve(struct plane *dst, const struct plane *src,
                      struct tools *tools);

/* dst (smaller, by a whole factor) = means of factor * factor boxes. */
cutis_status ct_shrink(struct plane *dst, const struct plane *src, int factor,
                       struct tools *tools);

/* The first byte of a row, from x on, that is not 0; or width. */
int ct_next_set(const uint8_t *row, int x, int width);

/* Columns [from, end): the fewest that hold all bytes of a row that are not 0;
 * none of them from its width on. */
struct columns {
    int from, end;
};
struct columns ct_columns_set(const uint8_t *row, int width);

/* Morphology with a disk of `radius` pixels (exact Euclidean distance). */
cutis_status ct_dilate(struct bytes *mask, double radius, struct tools *tools);
cutis_status ct_erode(struct bytes *mask, double radius, struct tools *tools);

/* Pixels [from, end) of row y, all of them set, and their component. */
struct mask_run {
    int y, from, end;
    int32_t label; /* from 1 on */
};

/* The runs of a mask in raster order, and how many components they make. */
struct components {
    struct mask_run *run;
    size_t runs;
    int32_t count;
};

/* The 8-connected (4-connected for `four`) components of mask != 0, numbered in
 * the order of their first pixels. */
cutis_status ct_components(struct components *out, const struct bytes *mask,
                           bool four, struct tools *tools);
void ct_components_free(struct components *components);

/* ---- Maps between photographs -------------------------------------------- */

/* Where the same skin lies in the other photograph: working pixels of one ->
 * working pixels of the other. */
struct warp {
    int step;           /* working px between nodes; node (i, j) is (i * step,
                           j * step) */
    struct plane x, y;  /* where it goes; NaN off the face */
    struct plane trust; /* [0,1]: 0 = by landmarks alone, a couple of mm; 1 =
                           held by the skin's own texture all around */
};

/* Bilinear; false, and `to` NaN, where unknown.  Thread-safety: safe. */
bool ct_warp_at(const struct warp *warp, double x, double y, double to[2]);

/* The trust there, [0,1]; 0 where the map is unknown.  Thread-safety: safe. */
double ct_warp_trust(const struct warp *warp, double x, double y);

/* Nodes for planes of width * height pixels, all of them NaN. */
cutis_status ct_warp_create(struct warp *out, int width, int height, int step,
                            struct tools *tools);
void ct_warp_free(struct warp *warp);

/* Every node that goes somewhere goes to its own place: a picture on itself,
 * of which no measuring may find that a hundredth of a pixel moved. */
void ct_warp_stay(struct warp *warp);

/* ---- Order statistics ---------------------------------------------------- */

/* The q-quantile, linear between order statistics (type 7).  Reorders v; NaN
 * if n is 0.  Values must not be NaN. */
double ct_quantile(float *v, size_t n, double q);
double ct_quantile_d(double *v, size_t n, double q);

/* Mean of what lies between the low and high quantiles.  Reorders v. */
double ct_trimmed_mean(float *v, size_t n, double low, double high);

/* ---- Arithmetic without libm --------------------------------------------- */

/* Correct to 2 ulp of double over the stated domain; tested against libm. */
double ct_log(double x);   /* x > 0 */
double ct_log10(double x); /* x > 0 */
double ct_exp(double x);
double ct_pow(double x, double y); /* x >= 0 */
double ct_cbrt(double x);
double ct_sin(double x); /* |x| <= 1e5 */
double ct_cos(double x);
double ct_atan2(double y, double x);
double ct_acos(double x);
double ct_sqrt(double x); /* exact, as IEEE 754 says */

/* The curve of sRGB (IEC 61966-2-1), both ways, continued below 0 as it is
 * near 0 and above 1 by its power. */
double ct_srgb_decode(double encoded);
double ct_srgb_encode(double linear);

/* Student's t: P(|T| > t) for df > 0, and the two-sided quantile, i.e. the t
 * with P(|T| > t) = 1 - level.  Relative error 1e-10. */
double ct_t_two_sided(double t, double df);
double ct_t_quantile(double level, double df);
double ct_normal_cdf(double z);

/* The continued fraction of the incomplete beta function I_x(a, b). */
double ct_beta_fraction(double a, double b, double x);

/* Fisher's F: P(F > f), and the f with P(F <= f) = p.  Degrees of freedom need
 * not be whole.  Relative error 1e-9. */
double ct_f_tail(double f, double df1, double df2);
double ct_f_quantile(double p, double df1, double df2);

/* P(T <= t) of the noncentral t, and the noncentrality for which that is p.
 * Absolute error 1e-10, for |noncentrality| <= 1000. */
double ct_t_noncentral(double t, double df, double noncentrality);
double ct_t_noncentrality(double p, double t, double df);

/* A draw with mean 0 and SD 1 from a generator of util/hash.h. */
struct random;
double ct_random_normal(struct random *random);

/* ---- Small linear algebra ------------------------------------------------ */

/* Solves the symmetric positive definite n × n system a x = b in place (x in
 * b); false if a is not positive definite. */
bool ct_solve_spd(double *a, double *b, int n);

/* Eigenvalues (ascending) and vectors (rows) of a symmetric 3 × 3 matrix. */
void ct_eigen3(const double m[9], double values[3], double vectors[9]);

#endif
