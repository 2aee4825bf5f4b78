/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The inner loops.  This one text is built once per instruction set; the
 * compiler's flags choose the width of a vector, and each element is computed
 * by the same operations in the same order whatever the width.
 *
 *   point by point    kernels_point.h    combine3, density, lab, weigh, ...
 *   neighbourhoods    kernels_filter.h   symmetric_row and its kin
 *   sums, products    here               masked_sums, gemm, dots, ...
 *   texture           kernels_texture.h  along, lbp, crests, fft_lines
 */

#include <string.h>

#include "signal/kernels_filter.h"
#include "signal/kernels_point.h"
#include "signal/kernels_texture.h"
#include "signal/signal.h"
#include "signal/vec.h"

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

/* The lanes of DOTS products are in registers. */
enum { DOTS = WIDTH > 4 ? 4 : 2, PARTS = CT_LANES / WIDTH };

/* Places that a patch is laid on at a time. */
enum { PLACES_BESIDE = 3 };

static inline __attribute__((always_inline)) void
dots_block(float *lanes, const float *const *a, const float *b, size_t n,
           size_t count)
{
    vec acc[DOTS][PARTS];
    for (size_t k = 0; k < count; k++)
        for (size_t v = 0; v < PARTS; v++)
            acc[k][v] = load(lanes + k * CT_LANES + v * WIDTH);
    for (size_t i = 0; i < n; i += CT_LANES)
        for (size_t v = 0; v < PARTS; v++) {
            const vec x = load(b + i + v * WIDTH);
            for (size_t k = 0; k < count; k++)
                acc[k][v] += load(a[k] + i + v * WIDTH) * x;
        }
    for (size_t k = 0; k < count; k++)
        for (size_t v = 0; v < PARTS; v++)
            store(lanes + k * CT_LANES + v * WIDTH, acc[k][v]);
}

static void dots(float *lanes, const float *const *a, int count, const float *b,
                 size_t n)
{
    int k = 0;
    for (; k + DOTS <= count; k += DOTS)
        dots_block(lanes + k * CT_LANES, a + k, b, n, DOTS);
    for (; k < count; k++)
        dots_block(lanes + k * CT_LANES, a + k, b, n, 1);
}

/* A patch at `rows` rows of `stride`, and where it is laid. */
struct laid {
    const float *w, *t, *seen;
    size_t stride, apart;
    int rows;
};

/* Part `v` of the lanes of `count` places, held in registers. */
static inline __attribute__((always_inline)) void
correlate_part(float (*lanes)[3][CT_LANES], struct laid laid, size_t v,
               size_t count)
{
    vec value[PLACES_BESIDE], sum[PLACES_BESIDE], square[PLACES_BESIDE];
    for (size_t p = 0; p < count; p++) {
        value[p] = load(lanes[p][0] + v);
        sum[p] = load(lanes[p][1] + v);
        square[p] = load(lanes[p][2] + v);
    }
    for (int r = 0; r < laid.rows; r++) {
        for (size_t i = v; i < laid.stride; i += CT_LANES) {
            const vec w = load(laid.w + i), t = load(laid.t + i);
            for (size_t p = 0; p < count; p++) {
                const vec s = load(laid.seen + i + p), weighted = w * s;
                value[p] += t * s;
                sum[p] += weighted;
                square[p] += weighted * s;
            }
        }
        laid.w += laid.stride;
        laid.t += laid.stride;
        laid.seen += laid.apart;
    }
    for (size_t p = 0; p < count; p++) {
        store(lanes[p][0] + v, value[p]);
        store(lanes[p][1] + v, sum[p]);
        store(lanes[p][2] + v, square[p]);
    }
}

static void correlate(float (*lanes)[3][CT_LANES], int places, const float *w,
                      const float *t, size_t stride, const float *seen,
                      size_t apart, int rows)
{
    struct laid laid = {w, t, seen, stride, apart, rows};
    for (int left = places, done; left > 0; left -= done) {
        done = left >= PLACES_BESIDE ? PLACES_BESIDE : 1;
        for (size_t v = 0; v < CT_LANES; v += WIDTH) {
            if (done > 1)
                correlate_part(lanes, laid, v, PLACES_BESIDE);
            else
                correlate_part(lanes, laid, v, 1);
        }
        lanes += done;
        laid.seen += done;
    }
}

static void eliminate(double *lanes, const double *at, const double *by,
                      size_t stride, size_t depth)
{
    wide_vec acc[GROUPS];
    for (size_t g = 0; g < GROUPS; g++)
        acc[g] = *(const wide_vec *)(lanes + g * WIDE);
    for (size_t k = 0; k < depth; k++)
        for (size_t g = 0; g < GROUPS; g++)
            acc[g] -= *(const wide_vec *)(at + k * stride + g * WIDE) *
                      by[k * stride];
    for (size_t g = 0; g < GROUPS; g++)
        *(wide_vec *)(lanes + g * WIDE) = acc[g];
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
    .weigh = weigh,
    .unweigh = unweigh,
    .symmetric_row = symmetric_row,
    .symmetric_column = symmetric_column,
    .symmetric_rows = symmetric_rows,
    .symmetric_columns = symmetric_columns,
    .symmetric_sums = symmetric_sums,
    .slanted = slanted,
    .greatest = greatest,
    .odd_row = odd_row,
    .odd_columns = odd_columns,
    .masked_sums = masked_sums,
    .gemm = gemm,
    .dots = dots,
    .correlate = correlate,
    .eliminate = eliminate,
    .depthwise = depthwise,
    .along = along,
    .lbp = lbp,
    .crests = crests,
    .fft_lines = fft_lines,
};
