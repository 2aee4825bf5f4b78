/* SPDX-License-Identifier: BSD-2-Clause */

/* Vectors as wide as the instruction set that kernels.c is being built for. */

#ifndef CT_SIGNAL_VEC_H
#define CT_SIGNAL_VEC_H

#include <stdint.h>
#include <string.h>

#if defined(__AVX512F__)
enum { WIDTH = 16, TILE_ROWS = 8, TILE_VECS = 2 };
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

/* As many doubles as the instruction set takes at once, as floats and so. */
typedef float half_vec __attribute__((vector_size(WIDTH / 2 * sizeof(float)),
                                      aligned(4), may_alias));
typedef double wide_vec __attribute__((vector_size(WIDTH / 2 * sizeof(double)),
                                       aligned(8), may_alias));

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

#endif
