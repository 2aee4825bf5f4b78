/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef CT_UTIL_HASH_H
#define CT_UTIL_HASH_H

#include <stddef.h>
#include <stdint.h>

/* SHA-256 (FIPS 180-4) of a run of bytes, as 64 hex digits and a 0. */
void ct_sha256(const void *bytes, size_t size, char hex[65]);

/* A fast 64-bit hash for seeds; the same on every platform. */
uint64_t ct_hash(uint64_t seed, const void *bytes, size_t size);

/* PCG64 (XSL-RR 128/64).  Each draw is uniform over 64 bits; normal draws are
 * in signal/signal.h. */
struct random {
    uint64_t state[2], stream[2];
};

void ct_random_seed(struct random *random, uint64_t seed);
uint64_t ct_random_next(struct random *random);
double ct_random_uniform(struct random *random); /* [0, 1) */

#endif
