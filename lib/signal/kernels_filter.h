/* SPDX-License-Identifier: BSD-2-Clause */

/* Kernels of neighbourhoods along a row or a column, a part of kernels.c. */

#ifndef CT_SIGNAL_KERNELS_FILTER_H
#define CT_SIGNAL_KERNELS_FILTER_H

#include "signal/signal.h"
#include "signal/vec.h"

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

static void symmetric_rows(float *first, float *second, const float *src,
                           const float *const w[2], int radius, size_t n)
{
    for (size_t at = 0; at < n && n >= BLOCK; at += BLOCK) {
        const size_t x = at + BLOCK <= n ? at : n - BLOCK;
        vec one[BLOCK_VECS], two[BLOCK_VECS];
        start_block(one, src + x, w[0][0], EVEN);
        start_block(two, src + x, w[1][0], EVEN);
        for (int k = 1; k <= radius; k++)
            for (int v = 0; v < BLOCK_VECS; v++) {
                const float *const middle = src + x + v * WIDTH;
                const vec both = load(middle + k) + load(middle - k);
                one[v] += both * w[0][k];
                two[v] += both * w[1][k];
            }
        for (int v = 0; v < BLOCK_VECS; v++) {
            store(first + x + v * WIDTH, one[v]);
            store(second + x + v * WIDTH, two[v]);
        }
    }
    if (n < BLOCK) {
        filter_row(first, src, w[0], radius, n, EVEN);
        filter_row(second, src, w[1], radius, n, EVEN);
    }
}

static void odd_row(float *dst, const float *src, const float *w, int radius,
                    size_t n)
{
    filter_row(dst, src, w, radius, n, ODD);
}

/* ---- Rows below each other ----------------------------------------------- */

/*
 * DOWN rows of the result at a time: of what the next tap needs, all but two
 * rows are in registers already.  Those are kept in rings, `above` and `below`:
 * row r of the result reads rows r - k and r + k, which lie in the places
 * (r - k) % DOWN and (r + k) % DOWN.
 */
enum {
    DOWN = 4,
    DOWN_VECS = WIDTH == 16 ? 2 : 1,
    DOWN_WIDTH = DOWN_VECS * WIDTH
};

struct down {
    vec acc[DOWN][DOWN_VECS];
    vec above[DOWN][DOWN_VECS], below[DOWN][DOWN_VECS];
};

static inline __attribute__((always_inline)) void load_down(vec into[DOWN_VECS],
                                                            const float *from)
{
    for (int v = 0; v < DOWN_VECS; v++)
        into[v] = load(from + v * WIDTH);
}

/* Tap k, whose remainder by DOWN is `turn`: a constant where this is called. */
static inline __attribute__((always_inline)) void
add_down(struct down *d, const float *const *rows, size_t x, const float *w,
         int k, int turn, enum parity is)
{
    load_down(d->above[(DOWN - turn) % DOWN], rows[-k] + x);
    load_down(d->below[(DOWN - 1 + turn) % DOWN], rows[DOWN - 1 + k] + x);
    for (int r = 0; r < DOWN; r++)
        for (int v = 0; v < DOWN_VECS; v++) {
            const vec back = d->above[(r + DOWN - turn) % DOWN][v];
            const vec ahead = d->below[(r + turn) % DOWN][v];
            d->acc[r][v] += (is == ODD ? ahead - back : ahead + back) * w[k];
        }
}

static inline __attribute__((always_inline)) void
filter_down(struct down *d, const float *const *rows, size_t x, const float *w,
            int radius, enum parity is)
{
    for (int r = 0; r < DOWN; r++) {
        load_down(d->above[r], rows[r] + x);
        for (int v = 0; v < DOWN_VECS; v++) {
            d->below[r][v] = d->above[r][v];
            d->acc[r][v] = (vec){0};
            if (is == EVEN)
                d->acc[r][v] = d->above[r][v] * w[0];
        }
    }
    int k = 1;
    for (; k + DOWN - 1 <= radius; k += DOWN) {
        add_down(d, rows, x, w, k, 1, is);
        add_down(d, rows, x, w, k + 1, 2, is);
        add_down(d, rows, x, w, k + 2, 3, is);
        add_down(d, rows, x, w, k + 3, 0, is);
    }
    if (k <= radius)
        add_down(d, rows, x, w, k, 1, is);
    if (k + 1 <= radius)
        add_down(d, rows, x, w, k + 1, 2, is);
    if (k + 2 <= radius)
        add_down(d, rows, x, w, k + 2, 3, is);
}

/* A block of the result goes to rows `stride` apart. */
static inline __attribute__((always_inline)) void
filter_columns(float *dst, size_t stride, const float *const *rows,
               const float *w, int radius, int count, size_t n, enum parity is)
{
    if (count < DOWN || n < DOWN_WIDTH) {
        for (int r = 0; r < count; r++)
            filter_column(dst + (size_t)r * stride, rows + r, w, radius, n, is);
        return;
    }
    for (int done = 0; done < count; done += DOWN) {
        const int r = done + DOWN <= count ? done : count - DOWN;
        for (size_t at = 0; at < n; at += DOWN_WIDTH) {
            const size_t x = at + DOWN_WIDTH <= n ? at : n - DOWN_WIDTH;
            struct down d;
            filter_down(&d, rows + r, x, w, radius, is);
            for (int i = 0; i < DOWN; i++)
                for (int v = 0; v < DOWN_VECS; v++)
                    store(dst + (size_t)(r + i) * stride + x + v * WIDTH,
                          d.acc[i][v]);
        }
    }
}

static void symmetric_columns(float *dst, size_t stride,
                              const float *const *rows, const float *w,
                              int radius, int count, size_t n)
{
    filter_columns(dst, stride, rows, w, radius, count, n, EVEN);
}

static void odd_columns(float *dst, size_t stride, const float *const *rows,
                        const float *w, int radius, int count, size_t n)
{
    filter_columns(dst, stride, rows, w, radius, count, n, ODD);
}

/* One element of a sum of two filters. */
static inline float sum_one(const float *const *const rows[2],
                            const float *const w[2], int radius, size_t x)
{
    float one = rows[0][0][x] * w[0][0], two = rows[1][0][x] * w[1][0];
    for (int k = 1; k <= radius; k++) {
        one = add_one(one, rows[0][-k][x], rows[0][k][x], w[0][k], EVEN);
        two = add_one(two, rows[1][-k][x], rows[1][k][x], w[1][k], EVEN);
    }
    return one + two;
}

static void symmetric_sums(float *dst, size_t stride,
                           const float *const *const rows[2],
                           const float *const w[2], int radius, float scale,
                           int count, size_t n)
{
    for (int r = 0; r < count && (count < DOWN || n < DOWN_WIDTH); r++) {
        const float *const *const at[2] = {rows[0] + r, rows[1] + r};
        for (size_t x = 0; x < n; x++)
            dst[(size_t)r * stride + x] = sum_one(at, w, radius, x) * scale;
    }
    for (int done = 0; done < count && count >= DOWN; done += DOWN) {
        const int r = done + DOWN <= count ? done : count - DOWN;
        for (size_t at = 0; at < n && n >= DOWN_WIDTH; at += DOWN_WIDTH) {
            const size_t x = at + DOWN_WIDTH <= n ? at : n - DOWN_WIDTH;
            struct down one, two;
            filter_down(&one, rows[0] + r, x, w[0], radius, EVEN);
            filter_down(&two, rows[1] + r, x, w[1], radius, EVEN);
            for (int i = 0; i < DOWN; i++)
                for (int v = 0; v < DOWN_VECS; v++)
                    store(dst + (size_t)(r + i) * stride + x + v * WIDTH,
                          (one.acc[i][v] + two.acc[i][v]) * scale);
        }
    }
}

/* ---- Along a slanted line ------------------------------------------------ */

/* DOWN rows of a flat line: a couple's taps lie above each other, so that of
 * the ten rows which both read on either side, eight serve twice. */
static inline __attribute__((always_inline)) void
flat_block(vec acc[DOWN][DOWN_VECS], const struct slant *s, const float *src)
{
    const ptrdiff_t stride = s->stride;
    for (int r = 0; r < DOWN; r++)
        for (int v = 0; v < DOWN_VECS; v++)
            acc[r][v] = load(src + r * stride + v * WIDTH) * s->weight[0];
    for (int k = 1; k <= s->pairs; k += 2) {
        const float *const ahead = src + s->at[k];
        const float *const back = src - s->at[k] - stride;
        const float one = s->weight[k], two = s->weight[k + 1];
        for (int v = 0; v < DOWN_VECS; v++) {
            vec a = load(ahead + v * WIDTH), b = load(back + v * WIDTH);
            for (int r = 0; r < DOWN; r++) {
                const ptrdiff_t next = (r + 1) * stride + v * WIDTH;
                const vec below = load(ahead + next), above = load(back + next);
                acc[r][v] += (a + above) * one;
                acc[r][v] += (below + b) * two;
                a = below;
                b = above;
            }
        }
    }
}

static inline __attribute__((always_inline)) void
slanted_row(float *dst, const struct slant *s, const float *src, size_t n)
{
    for (size_t at = 0; at < n; at += BLOCK) {
        const size_t x = at + BLOCK <= n ? at : n - BLOCK;
        vec acc[BLOCK_VECS];
        start_block(acc, src + x, s->weight[0], EVEN);
        for (int k = 1; k <= s->pairs; k++)
            add_block(acc, src + x - s->at[k], src + x + s->at[k], s->weight[k],
                      EVEN);
        for (int v = 0; v < BLOCK_VECS; v++)
            store(dst + x + v * WIDTH, acc[v]);
    }
}

static void slanted(float *dst, size_t to, const struct slant *s,
                    const float *src, size_t n)
{
    for (int r = 0; r < CT_SLANT_ROWS && (n < BLOCK || !s->flat); r++) {
        float *const out = dst + (size_t)r * to;
        const float *const row = src + r * s->stride;
        if (n >= BLOCK)
            slanted_row(out, s, row, n);
        for (size_t x = 0; x < n && n < BLOCK; x++) {
            out[x] = row[x] * s->weight[0];
            for (int k = 1; k <= s->pairs; k++)
                out[x] = add_one(out[x], *(row + x - s->at[k]),
                                 *(row + x + s->at[k]), s->weight[k], EVEN);
        }
    }
    for (size_t at = 0; at < n && n >= BLOCK && s->flat; at += DOWN_WIDTH) {
        const size_t x = at + DOWN_WIDTH <= n ? at : n - DOWN_WIDTH;
        vec acc[DOWN][DOWN_VECS];
        flat_block(acc, s, src + x);
        for (int r = 0; r < DOWN; r++)
            for (int v = 0; v < DOWN_VECS; v++)
                store(dst + (size_t)r * to + x + v * WIDTH, acc[r][v]);
    }
}

static void greatest(float *best, uint8_t *label, const float *v, uint8_t mine,
                     size_t n)
{
    for (size_t i = 0; i < n; i++) {
        label[i] = v[i] > best[i] ? mine : label[i];
        best[i] = v[i] > best[i] ? v[i] : best[i];
    }
}

#endif
