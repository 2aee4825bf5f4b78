/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * PCG64: a 128-bit linear congruential generator whose output is its two halves
 * folded and turned (O'Neill 2014, XSL-RR).  128-bit arithmetic is written out,
 * because the standard has no such type.
 */

#include "util/hash.h"

/* a * b, low half; the high half goes to *high. */
static uint64_t multiply(uint64_t a, uint64_t b, uint64_t *high)
{
    const uint64_t a0 = a & 0xffffffff, a1 = a >> 32;
    const uint64_t b0 = b & 0xffffffff, b1 = b >> 32;
    const uint64_t low = a0 * b0;
    const uint64_t middle = a1 * b0 + (low >> 32);
    const uint64_t other = a0 * b1 + (middle & 0xffffffff);
    *high = a1 * b1 + (middle >> 32) + (other >> 32);
    return other << 32 | (low & 0xffffffff);
}

/* state = state * multiplier + stream; [0] is the low half. */
static void step(struct random *random)
{
    const uint64_t m0 = UINT64_C(4865540595714422341);
    const uint64_t m1 = UINT64_C(2549297995355413924);
    uint64_t high;
    const uint64_t low = multiply(random->state[0], m0, &high);
    high += random->state[0] * m1 + random->state[1] * m0;

    random->state[0] = low + random->stream[0];
    random->state[1] = high + random->stream[1] + (random->state[0] < low);
}

void ct_random_seed(struct random *random, uint64_t seed)
{
    random->stream[0] = ct_hash(seed, "stream", 6) | 1;
    random->stream[1] = ct_hash(seed, "high", 4);
    random->state[0] = ct_hash(seed, "state", 5);
    random->state[1] = seed;
    step(random);
    step(random);
}

uint64_t ct_random_next(struct random *random)
{
    step(random);
    const uint64_t folded = random->state[0] ^ random->state[1];
    const int by = (int)(random->state[1] >> 58);
    return folded >> by | folded << ((64 - by) & 63);
}

double ct_random_uniform(struct random *random)
{
    return (double)(ct_random_next(random) >> 11) * 0x1p-53;
}
