/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The inner loops.  This one text is built once per instruction set; the
 * compiler's flags choose the width of a vector, and each element is computed
 * by the same operations in the same order whatever the width.
 *
 *   point by point   combine3, combine4, density, transmit, lab, surface
 *   neighbourhoods   symmetric_row, symmetric_column, odd_row, odd_column
 *   sums, products   masked_sums, gemm, depthwise
 *   texture          lbp, fft_lines (kernels_texture.h)
 */

#include <string.h>

#include "signal/kernels_texture.h"
#include "signal/signal.h"
#include "signal/vec.h"

/* ---- Point by point ------------------------------------------------------ */

static void combine3(float *dst, const float *a, const float *b, const float *c,
                     const float weight[4], size_t n)
{
    const float wa = weight[0], wb = weight[1], wc = weight[2];
    const float bias = weight[3];

    for (size_t i = 0; i < n; i++)
        dst[i] = a[i] * wa + b[i] * wb + c[i] * wc + bias;
}

static void combine4(float *dst, const float *const rows[4],
                     const float weight[4], size_t n)
{
    const float *const a = rows[0], *const b = rows[1];
    const float *const c = rows[2], *const d = rows[3];
    const float wa = weight[0], wb = weight[1], wc = weight[2], wd = weight[3];

    for (size_t i = 0; i < n; i++)
        dst[i] = a[i] * wa + b[i] * wb + c[i] * wc + d[i] * wd;
}

/*
 * x = 2^e m with m in [sqrt(1/2), sqrt(2)), t = m - 1, and
 * log10(x) = e log10(2) + t / ln(10) + t^2 P(t); P is a minimax fit, error of
 * the whole under 2e-8 before rounding.
 */
static inline float log10_of(float x)
{
    const uint32_t half_root = UINT32_C(0x3f3504f3); /* sqrt(1/2) */
    const uint32_t bits = bits_of(x) - half_root;
    const float e = (float)((int32_t)bits >> 23);
    const float m = float_of((bits & UINT32_C(0x007fffff)) + half_root);
    const float t = m - 1.0f;

    float p = 0.03906311f;
    p = p * t - 0.062615454f;
    p = p * t + 0.06459982f;
    p = p * t - 0.07188899f;
    p = p * t + 0.08670477f;
    p = p * t - 0.10858457f;
    p = p * t + 0.1447673f;
    p = p * t - 0.21714717f;
    const float small = t * t * p + t * 0.43429448f;
    return e * 0.30078125f + (e * 0.00024874567f + small);
}

static void density(float *dst, const float *src, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const float x = src[i];
        const float y = x < 1.0f / 256.0f ? 1.0f / 256.0f : x;
        const float d = -log10_of(y);
        dst[i] = x == x ? d : x; /* NaN stays NaN */
    }
}

/* 10^-x = 2^k 10^r with |r| <= log10(2) / 2; k log10(2) is taken off in two
 * parts, of which the first is exact. */
static void transmit(float *dst, const float *src, size_t n)
{
    const float round = 12582912.0f; /* 1.5 2^23: adding it rounds */

    for (size_t i = 0; i < n; i++) {
        const float x = src[i];
        float y = -x;
        y = y < 37.0f ? y : 37.0f;
        y = y > -37.0f ? y : -37.0f;
        const float k = (y * 3.3219281f + round) - round;
        const float r = (y - k * 0.30078125f) - k * 0.00024874567f;

        float p = 0.20796794f;
        p = p * r + 0.5420822f;
        p = p * r + 1.1712401f;
        p = p * r + 2.0346482f;
        p = p * r + 2.6509492f;
        p = p * r + 2.3025851f;
        const float power = 1.0f + r * p;
        const float scale = float_of((uint32_t)((int32_t)k + 127) << 23);
        dst[i] = x == x ? power * scale : x;
    }
}

/*
 * The curve of CIELAB (CIE 15:2004, 8.2.1).  The cube root is t y^2 with
 * y = t^(-1/3): a guess from the exponent, a step of fourth order, then one of
 * Newton; neither needs a division.
 */
static inline float lab_curve(float t)
{
    const float knee = 216.0f / 24389.0f;
    const float u = t > knee ? t : knee;

    const float guess =
        1419901056.0f - (float)(int32_t)bits_of(u) * 0.33333334f;
    float y = float_of((uint32_t)(int32_t)guess);
    float c = 1.0f - u * y * (y * y);
    y += y * c * (0.33333334f + c * (0.22222222f + c * 0.17283951f));
    c = 1.0f - u * y * (y * y);
    y += y * c * 0.33333334f;

    const float root = u * y * y;
    const float line = t * (24389.0f / 3132.0f) + 4.0f / 29.0f;
    return t > knee ? root : line;
}

/* linear sRGB -> XYZ over the white point of D65, row by row. */
static const float to_xyz[9] = {
    (float)(0.4124564 / 0.95047),
    (float)(0.3575761 / 0.95047),
    (float)(0.1804375 / 0.95047),
    0.2126729f,
    0.7151522f,
    0.0721750f,
    (float)(0.0193339 / 1.08883),
    (float)(0.1191920 / 1.08883),
    (float)(0.9503041 / 1.08883),
};

static void lab(float *restrict l, float *restrict a, float *restrict b,
                const float *red, const float *green, const float *blue,
                size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const float r = red[i], g = green[i], v = blue[i];
        const float x =
            lab_curve(r * to_xyz[0] + g * to_xyz[1] + v * to_xyz[2]);
        const float y =
            lab_curve(r * to_xyz[3] + g * to_xyz[4] + v * to_xyz[5]);
        const float z =
            lab_curve(r * to_xyz[6] + g * to_xyz[7] + v * to_xyz[8]);
        l[i] = 116.0f * y - 16.0f;
        a[i] = 500.0f * (x - y);
        b[i] = 200.0f * (y - z);
    }
}

static void surface(float *dst, const float *const b[3],
                    const float *const rgb[3], size_t n)
{
    const float *const r = rgb[0], *const g = rgb[1], *const v = rgb[2];

    for (size_t i = 0; i < n; i++) {
        const float x = b[0][i], y = b[1][i], z = b[2][i];
        const float bb = x * x + y * y + z * z;
        const float b1 = x + y + z;
        const float bl = x * r[i] + y * g[i] + z * v[i];
        const float det = 3.0f * bb - b1 * b1;
        const float beta = (bb * (r[i] + g[i] + v[i]) - b1 * bl) / det;
        dst[i] = det > 1e-2f ? beta : 0.0f;
    }
}

/* ---- Neighbourhoods ------------------------------------------------------ */

/*
 * BLOCK elements are kept in registers.  What is left over at the end of a row
 * is computed with what stands before it, once more and to the same bits; a row
 * shorter than a block goes element by element.
 */

enum parity { EVEN, ODD };

/* Adds w (a + b), or w (b - a) of an odd filter, to a block. */
static inline __attribute__((always_inline)) void
add_block(vec acc[BLOCK_VECS], const float *a, const float *b, float w,
          enum parity is)
{
    for (int v = 0; v < BLOCK_VECS; v++) {
        const vec back = load(a + v * WIDTH), ahead = load(b + v * WIDTH);
        acc[v] += (is == ODD ? ahead - back : ahead + back) * w;
    }
}

static inline __attribute__((always_inline)) void
start_block(vec acc[BLOCK_VECS], const float *middle, float w, enum parity is)
{
    for (int v = 0; v < BLOCK_VECS; v++) {
        acc[v] = (vec){0};
        if (is == EVEN)
            acc[v] = load(middle + v * WIDTH) * w;
    }
}

static inline float add_one(float acc, float back, float ahead, float w,
                            enum parity is)
{
    return acc + (is == ODD ? ahead - back : ahead + back) * w;
}

static inline __attribute__((always_inline)) void
filter_row(float *dst, const float *src, const float *w, int radius, size_t n,
           enum parity is)
{
    for (size_t at = 0; at < n && n >= BLOCK; at += BLOCK) {
        const size_t x = at + BLOCK <= n ? at : n - BLOCK;
        vec acc[BLOCK_VECS];
        start_block(acc, src + x, w[0], is);
        for (int k = 1; k <= radius; k++)
            add_block(acc, src + x - k, src + x + k, w[k], is);
        for (int v = 0; v < BLOCK_VECS; v++)
            store(dst + x + v * WIDTH, acc[v]);
    }
    for (size_t x = 0; x < n && n < BLOCK; x++) {
        float acc = is == ODD ? 0.0f : src[x] * w[0];
        for (int k = 1; k <= radius; k++)
            acc = add_one(acc, *(src + x - k), *(src + x + k), w[k], is);
        dst[x] = acc;
    }
}

static inline __attribute__((always_inline)) void
filter_column(float *dst, const float *const *rows, const float *w, int radius,
              size_t n, enum parity is)
{
    for (size_t at = 0; at < n && n >= BLOCK; at += BLOCK) {
        const size_t x = at + BLOCK <= n ? at : n - BLOCK;
        vec acc[BLOCK_VECS];
        start_block(acc, rows[0] + x, w[0], is);
        for (int k = 1; k <= radius; k++)
            add_block(acc, rows[-k] + x, rows[k] + x, w[k], is);
        for (int v = 0; v < BLOCK_VECS; v++)
            store(dst + x + v * WIDTH, acc[v]);
    }
    for (size_t x = 0; x < n && n < BLOCK; x++) {
        float acc = is == ODD ? 0.0f : rows[0][x] * w[0];
        for (int k = 1; k <= radius; k++)
            acc = add_one(acc, rows[-k][x], rows[k][x], w[k], is);
        dst[x] = acc;
    }
}

static void symmetric_row(float *dst, const float *src, const float *w,
                          int radius, size_t n)
{
    filter_row(dst, src, w, radius, n, EVEN);
}

static void symmetric_column(float *dst, const float *const *rows,
                             const float *w, int radius, size_t n)
{
    filter_column(dst, rows, w, radius, n, EVEN);
}

static void odd_row(float *dst, const float *src, const float *w, int radius,
                    size_t n)
{
    filter_row(dst, src, w, radius, n, ODD);
}

static void odd_column(float *dst, const float *const *rows, const float *w,
                       int radius, size_t n)
{
    filter_column(dst, rows, w, radius, n, ODD);
}

/* ---- Sums and products --------------------------------------------------- */

enum { CHUNK = 256 };

/* Adds `n` elements, a multiple of CT_LANES. */
static void add_lanes(struct sums *acc, const float *v, size_t n)
{
    wide_vec sum[GROUPS], sum_sq[GROUPS];
    for (size_t g = 0; g < GROUPS; g++) {
        sum[g] = *(const wide_vec *)(acc->sum + g * WIDE);
        sum_sq[g] = *(const wide_vec *)(acc->sum_sq + g * WIDE);
    }
    for (size_t i = 0; i < n; i += CT_LANES) {
        for (size_t g = 0; g < GROUPS; g++) {
            const half_vec at = *(const half_vec *)(v + i + g * WIDE);
            const wide_vec x = __builtin_convertvector(at, wide_vec);
            sum[g] += x;
            sum_sq[g] += x * x;
        }
    }
    for (size_t g = 0; g < GROUPS; g++) {
        *(wide_vec *)(acc->sum + g * WIDE) = sum[g];
        *(wide_vec *)(acc->sum_sq + g * WIDE) = sum_sq[g];
    }
}

static void masked_sums(struct sums *acc, const float *v, const uint8_t *mask,
                        size_t n)
{
    float seen[CHUNK]; /* 0 where the mask is */

    for (size_t from = 0; from < n; from += CHUNK) {
        const size_t size = n - from < CHUNK ? n - from : CHUNK;
        uint32_t count = 0;
        for (size_t i = 0; i < size; i++) {
            const float x = v[from + i];
            seen[i] = mask[from + i] ? x : 0.0f;
            count += mask[from + i] != 0;
        }
        const size_t lanes = (size + CT_LANES - 1) / CT_LANES * CT_LANES;
        memset(seen + size, 0, (lanes - size) * sizeof(*seen));
        add_lanes(acc, seen, lanes);
        acc->count += count;
    }
}

/* Where a product reads from; see gemm in signal.h. */
struct factors {
    const float *a, *b;
    size_t lda, ldb, depth;
};

/* d = c + a b for `rows` rows and `vecs` vectors, held in registers: both are
 * constants wherever this is called. */
static inline __attribute__((always_inline)) void
gemm_tile(float *d, size_t ldd, const float *c, size_t ldc, struct factors f,
          size_t rows, size_t vecs)
{
    vec acc[TILE_ROWS][TILE_VECS];
    for (size_t r = 0; r < rows; r++)
        for (size_t v = 0; v < vecs; v++)
            acc[r][v] = load(c + r * ldc + v * WIDTH);

    for (size_t k = 0; k < f.depth; k++) {
        vec row[TILE_VECS];
        for (size_t v = 0; v < vecs; v++)
            row[v] = load(f.b + k * f.ldb + v * WIDTH);
        for (size_t r = 0; r < rows; r++)
            for (size_t v = 0; v < vecs; v++)
                acc[r][v] += row[v] * f.a[r * f.lda + k];
    }

    for (size_t r = 0; r < rows; r++)
        for (size_t v = 0; v < vecs; v++)
            store(d + r * ldd + v * WIDTH, acc[r][v]);
}

/* Fewer columns than a vector has: four at a time, then one. */
static void gemm_narrow(float *c, size_t ldc, struct factors f, size_t rows,
                        size_t n)
{
    for (size_t r = 0; r < rows; r++) {
        const float *const a = f.a + r * f.lda;
        size_t j = 0;
        for (; j + QUAD <= n; j += QUAD) {
            quad acc = *(const quad *)(c + r * ldc + j);
            for (size_t k = 0; k < f.depth; k++)
                acc += *(const quad *)(f.b + k * f.ldb + j) * a[k];
            *(quad *)(c + r * ldc + j) = acc;
        }
        for (; j < n; j++) {
            float acc = c[r * ldc + j];
            for (size_t k = 0; k < f.depth; k++)
                acc += f.b[k * f.ldb + j] * a[k];
            c[r * ldc + j] = acc;
        }
    }
}

/*
 * All columns of a few rows.  Columns that do not fill a vector are computed
 * first, with what stands before them, from the c that is not changed yet, and
 * put in place last.
 */
static inline __attribute__((always_inline)) void
gemm_rows(float *c, size_t ldc, struct factors f, size_t rows, size_t n)
{
    if (n < WIDTH) {
        gemm_narrow(c, ldc, f, rows, n);
        return;
    }

    const float *const b = f.b;
    const size_t tail = n % WIDTH, whole = n - tail;
    float last[TILE_ROWS * WIDTH];
    f.b = b + n - WIDTH;
    if (tail)
        gemm_tile(last, WIDTH, c + n - WIDTH, ldc, f, rows, 1);

    size_t j = 0;
    for (; j + TILE_VECS * WIDTH <= whole; j += TILE_VECS * WIDTH) {
        f.b = b + j;
        gemm_tile(c + j, ldc, c + j, ldc, f, rows, TILE_VECS);
    }
    for (; j < whole; j += WIDTH) {
        f.b = b + j;
        gemm_tile(c + j, ldc, c + j, ldc, f, rows, 1);
    }
    for (size_t r = 0; tail && r < rows; r++)
        memcpy(c + r * ldc + whole, last + r * WIDTH + WIDTH - tail,
               tail * sizeof(float));
}

static void gemm(float *c, size_t ldc, const float *a, size_t lda,
                 const float *b, size_t ldb, int rows, size_t depth, size_t n)
{
    struct factors f = {a, b, lda, ldb, depth};

    for (int left = rows, done; left > 0; left -= done) {
        done = left >= TILE_ROWS ? TILE_ROWS : left >= 2 ? 2 : 1;
        if (done == TILE_ROWS)
            gemm_rows(c, ldc, f, TILE_ROWS, n);
        else if (done == 2)
            gemm_rows(c, ldc, f, 2, n);
        else
            gemm_rows(c, ldc, f, 1, n);
        c += (size_t)done * ldc;
        f.a += (size_t)done * lda;
    }
}

/* WIDTH channels of `count` pixels, a constant wherever this is called. */
static inline __attribute__((always_inline)) void
depthwise_block(float *dst, const float *const *taps, size_t at,
                const float *weight, const float *bias, int tap_count,
                size_t step, size_t n, size_t count)
{
    vec acc[TILE_ROWS];
    for (size_t p = 0; p < count; p++)
        acc[p] = load(bias);
    for (int k = 0; k < tap_count; k++) {
        const vec w = load(weight + (size_t)k * n);
        for (size_t p = 0; p < count; p++)
            acc[p] += load(taps[k] + at + p * step) * w;
    }
    for (size_t p = 0; p < count; p++)
        store(dst + p * n, acc[p]);
}

static void depthwise(float *dst, const float *const *taps, const float *weight,
                      const float *bias, int tap_count, size_t step, int pixels,
                      size_t n)
{
    const size_t count = pixels > 0 ? (size_t)pixels : 0;

    for (size_t at = 0; at < n && n >= WIDTH; at += WIDTH) {
        const size_t i = at + WIDTH <= n ? at : n - WIDTH;
        size_t p = 0;
        for (; p + TILE_ROWS <= count; p += TILE_ROWS)
            depthwise_block(dst + p * n + i, taps, p * step + i, weight + i,
                            bias + i, tap_count, step, n, TILE_ROWS);
        for (; p < count; p++)
            depthwise_block(dst + p * n + i, taps, p * step + i, weight + i,
                            bias + i, tap_count, step, n, 1);
    }
    for (size_t i = 0; i < n && n < WIDTH; i++) {
        for (size_t p = 0; p < count; p++) {
            float acc = bias[i];
            for (int k = 0; k < tap_count; k++)
                acc += taps[k][p * step + i] * weight[(size_t)k * n + i];
            dst[p * n + i] = acc;
        }
    }
}

extern const struct kernels CT_KERNELS;
const struct kernels CT_KERNELS = {
    .isa = CT_KERNELS_ISA,
    .combine3 = combine3,
    .combine4 = combine4,
    .density = density,
    .transmit = transmit,
    .lab = lab,
    .surface = surface,
    .symmetric_row = symmetric_row,
    .symmetric_column = symmetric_column,
    .odd_row = odd_row,
    .odd_column = odd_column,
    .masked_sums = masked_sums,
    .gemm = gemm,
    .depthwise = depthwise,
    .lbp = lbp,
    .fft_lines = fft_lines,
};
