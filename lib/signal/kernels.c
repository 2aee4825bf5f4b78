/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The inner loops.  This one text is built once per instruction set; the
 * compiler's flags choose the width of a vector, and each element is computed
 * by the same operations in the same order whatever the width.
 *
 *   point by point   combine3, combine4, density, transmit, lab
 *   neighbourhoods   symmetric_row, symmetric_column, odd_row, odd_column
 *   sums, products   masked_sums, gemm, depthwise
 */

#include <string.h>

#include "signal/signal.h"

#if defined(__AVX512F__)
enum { WIDTH = 16, TILE_ROWS = 6, TILE_VECS = 4 };
#elif defined(__AVX__)
enum { WIDTH = 8, TILE_ROWS = 4, TILE_VECS = 2 };
#else
enum { WIDTH = 4, TILE_ROWS = 4, TILE_VECS = 2 };
#endif

/* As many floats as the instruction set takes at once; no alignment asked. */
typedef float vec
    __attribute__((vector_size(WIDTH * sizeof(float)), aligned(4), may_alias));

/* Four floats, whatever the instruction set. */
enum { QUAD = 4 };
typedef float quad
    __attribute__((vector_size(QUAD * sizeof(float)), aligned(4), may_alias));

/* Vectors that a filter keeps in registers at a time. */
enum { BLOCK_VECS = 4, BLOCK = BLOCK_VECS * WIDTH };

static inline vec load(const float *at)
{
    return *(const vec *)at;
}

static inline void store(float *at, vec v)
{
    *(vec *)at = v;
}

static inline uint32_t bits_of(float x)
{
    uint32_t bits;
    memcpy(&bits, &x, sizeof(bits));
    return bits;
}

static inline float float_of(uint32_t bits)
{
    float x;
    memcpy(&x, &bits, sizeof(x));
    return x;
}

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

    const float guess = 1419901056.0f - (float)(int32_t)bits_of(u) / 3.0f;
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

/* ---- Neighbourhoods ------------------------------------------------------ */

static void symmetric_row(float *dst, const float *src, const float *w,
                          int radius, size_t n)
{
    size_t x = 0;
    for (; x + BLOCK <= n; x += BLOCK) {
        vec acc[BLOCK_VECS];
        for (int v = 0; v < BLOCK_VECS; v++)
            acc[v] = load(src + x + v * WIDTH) * w[0];
        for (int k = 1; k <= radius; k++) {
            const float *const back = src + x - k, *const ahead = src + x + k;
            for (int v = 0; v < BLOCK_VECS; v++)
                acc[v] +=
                    (load(back + v * WIDTH) + load(ahead + v * WIDTH)) * w[k];
        }
        for (int v = 0; v < BLOCK_VECS; v++)
            store(dst + x + v * WIDTH, acc[v]);
    }
    for (; x < n; x++) {
        float acc = src[x] * w[0];
        for (int k = 1; k <= radius; k++)
            acc += (*(src + x - k) + src[x + (size_t)k]) * w[k];
        dst[x] = acc;
    }
}

static void symmetric_column(float *dst, const float *const *rows,
                             const float *w, int radius, size_t n)
{
    size_t x = 0;
    for (; x + BLOCK <= n; x += BLOCK) {
        vec acc[BLOCK_VECS];
        for (int v = 0; v < BLOCK_VECS; v++)
            acc[v] = load(rows[0] + x + v * WIDTH) * w[0];
        for (int k = 1; k <= radius; k++) {
            const float *const above = rows[-k] + x, *const below = rows[k] + x;
            for (int v = 0; v < BLOCK_VECS; v++)
                acc[v] +=
                    (load(above + v * WIDTH) + load(below + v * WIDTH)) * w[k];
        }
        for (int v = 0; v < BLOCK_VECS; v++)
            store(dst + x + v * WIDTH, acc[v]);
    }
    for (; x < n; x++) {
        float acc = rows[0][x] * w[0];
        for (int k = 1; k <= radius; k++)
            acc += (rows[-k][x] + rows[k][x]) * w[k];
        dst[x] = acc;
    }
}

static void odd_row(float *dst, const float *src, const float *w, int radius,
                    size_t n)
{
    size_t x = 0;
    for (; x + BLOCK <= n; x += BLOCK) {
        vec acc[BLOCK_VECS] = {{0}};
        for (int k = 1; k <= radius; k++) {
            const float *const back = src + x - k, *const ahead = src + x + k;
            for (int v = 0; v < BLOCK_VECS; v++)
                acc[v] +=
                    (load(ahead + v * WIDTH) - load(back + v * WIDTH)) * w[k];
        }
        for (int v = 0; v < BLOCK_VECS; v++)
            store(dst + x + v * WIDTH, acc[v]);
    }
    for (; x < n; x++) {
        float acc = 0.0f;
        for (int k = 1; k <= radius; k++)
            acc += (src[x + (size_t)k] - *(src + x - k)) * w[k];
        dst[x] = acc;
    }
}

static void odd_column(float *dst, const float *const *rows, const float *w,
                       int radius, size_t n)
{
    size_t x = 0;
    for (; x + BLOCK <= n; x += BLOCK) {
        vec acc[BLOCK_VECS] = {{0}};
        for (int k = 1; k <= radius; k++) {
            const float *const above = rows[-k] + x, *const below = rows[k] + x;
            for (int v = 0; v < BLOCK_VECS; v++)
                acc[v] +=
                    (load(below + v * WIDTH) - load(above + v * WIDTH)) * w[k];
        }
        for (int v = 0; v < BLOCK_VECS; v++)
            store(dst + x + v * WIDTH, acc[v]);
    }
    for (; x < n; x++) {
        float acc = 0.0f;
        for (int k = 1; k <= radius; k++)
            acc += (rows[k][x] - rows[-k][x]) * w[k];
        dst[x] = acc;
    }
}

/* ---- Sums and products --------------------------------------------------- */

static void masked_sums(struct sums *acc, const float *v, const uint8_t *mask,
                        size_t n)
{
    size_t i = 0;
    uint64_t count = 0;
    for (; i + CT_LANES <= n; i += CT_LANES) {
        for (size_t lane = 0; lane < CT_LANES; lane++) {
            const float seen = v[i + lane];
            const double x = mask[i + lane] ? (double)seen : 0.0;
            acc->sum[lane] += x;
            acc->sum_sq[lane] += x * x;
            count += mask[i + lane] != 0;
        }
    }
    for (size_t lane = 0; i < n; i++, lane++) {
        const double x = mask[i] ? (double)v[i] : 0.0;
        acc->sum[lane] += x;
        acc->sum_sq[lane] += x * x;
        count += mask[i] != 0;
    }
    acc->count += count;
}

/* A tile of TILE_ROWS x TILE_VECS vectors of c, held in registers. */
/* rows × vecs vectors of the result in registers; both constants where this is
 * inlined. */
static inline __attribute__((always_inline)) void
gemm_tile(float *c, size_t ldc, const float *a, size_t lda, const float *b,
          size_t ldb, size_t depth, size_t rows, size_t vecs)
{
    vec acc[TILE_ROWS][TILE_VECS];
    for (size_t r = 0; r < rows; r++)
        for (size_t v = 0; v < vecs; v++)
            acc[r][v] = load(c + r * ldc + v * WIDTH);

    for (size_t k = 0; k < depth; k++) {
        vec row[TILE_VECS];
        for (size_t v = 0; v < vecs; v++)
            row[v] = load(b + k * ldb + v * WIDTH);
        for (size_t r = 0; r < rows; r++)
            for (size_t v = 0; v < vecs; v++)
                acc[r][v] += row[v] * a[r * lda + k];
    }

    for (size_t r = 0; r < rows; r++)
        for (size_t v = 0; v < vecs; v++)
            store(c + r * ldc + v * WIDTH, acc[r][v]);
}

/* The same, four columns wide: what a wide vector is too wide for. */
static void gemm_narrow(float *c, size_t ldc, const float *a, size_t lda,
                        const float *b, size_t ldb, size_t depth)
{
    quad acc[TILE_ROWS];
    for (size_t r = 0; r < TILE_ROWS; r++)
        acc[r] = *(const quad *)(c + r * ldc);
    for (size_t k = 0; k < depth; k++) {
        const quad row = *(const quad *)(b + k * ldb);
        for (size_t r = 0; r < TILE_ROWS; r++)
            acc[r] += row * a[r * lda + k];
    }
    for (size_t r = 0; r < TILE_ROWS; r++)
        *(quad *)(c + r * ldc) = acc[r];
}

static void gemm_row(float *c, const float *a, const float *b, size_t ldb,
                     size_t depth, size_t n)
{
    size_t j = 0;
    for (; j + TILE_VECS * WIDTH <= n; j += TILE_VECS * WIDTH)
        gemm_tile(c + j, 0, a, 0, b + j, ldb, depth, 1, TILE_VECS);
    for (; j + WIDTH <= n; j += WIDTH)
        gemm_tile(c + j, 0, a, 0, b + j, ldb, depth, 1, 1);
    for (; j < n; j++) {
        float acc = c[j];
        for (size_t k = 0; k < depth; k++)
            acc += b[k * ldb + j] * a[k];
        c[j] = acc;
    }
}

/* TILE_ROWS whole rows. */
static void gemm_rows(float *c, size_t ldc, const float *a, size_t lda,
                      const float *b, size_t ldb, size_t depth, size_t n)
{
    size_t j = 0;
    for (; j + TILE_VECS * WIDTH <= n; j += TILE_VECS * WIDTH)
        gemm_tile(c + j, ldc, a, lda, b + j, ldb, depth, TILE_ROWS, TILE_VECS);
    for (; j + WIDTH <= n; j += WIDTH)
        gemm_tile(c + j, ldc, a, lda, b + j, ldb, depth, TILE_ROWS, 1);
    for (; j + QUAD <= n; j += QUAD)
        gemm_narrow(c + j, ldc, a, lda, b + j, ldb, depth);
    for (size_t r = 0; r < TILE_ROWS; r++)
        gemm_row(c + r * ldc + j, a + r * lda, b + j, ldb, depth, n - j);
}

static void gemm(float *c, size_t ldc, const float *a, size_t lda,
                 const float *b, size_t ldb, int rows, size_t depth, size_t n)
{
    const size_t all = rows > 0 ? (size_t)rows : 0;
    size_t r = 0;
    for (; r + TILE_ROWS <= all; r += TILE_ROWS)
        gemm_rows(c + r * ldc, ldc, a + r * lda, lda, b, ldb, depth, n);
    for (; r < all; r++)
        gemm_row(c + r * ldc, a + r * lda, b, ldb, depth, n);
}

static void depthwise(float *dst, const float *const *taps, const float *weight,
                      const float *bias, int tap_count, size_t step, int pixels,
                      size_t n)
{
    size_t i = 0;
    for (; i + WIDTH <= n; i += WIDTH)
        for (size_t p = 0; p < (size_t)pixels; p++) {
            vec acc = load(bias + i);
            for (int k = 0; k < tap_count; k++)
                acc += load(taps[k] + p * step + i) *
                       load(weight + (size_t)k * n + i);
            store(dst + p * n + i, acc);
        }
    for (; i < n; i++)
        for (size_t p = 0; p < (size_t)pixels; p++) {
            float acc = bias[i];
            for (int k = 0; k < tap_count; k++)
                acc += taps[k][p * step + i] * weight[(size_t)k * n + i];
            dst[p * n + i] = acc;
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
    .symmetric_row = symmetric_row,
    .symmetric_column = symmetric_column,
    .odd_row = odd_row,
    .odd_column = odd_column,
    .masked_sums = masked_sums,
    .gemm = gemm,
    .depthwise = depthwise,
};
