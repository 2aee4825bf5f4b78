/* SPDX-License-Identifier: BSD-2-Clause */

#include "signal/signal.h"
#include "util/hash.h"

/* Marsaglia's polar method; the second of the two is not kept, so that a draw
 * depends on nothing but the generator. */
double ct_random_normal(struct random *random)
{
    double u, s;
    do {
        u = 2.0 * ct_random_uniform(random) - 1.0;
        const double v = 2.0 * ct_random_uniform(random) - 1.0;
        s = u * u + v * v;
    } while (s >= 1.0 || s <= 0.0);
    return u * ct_sqrt(-2.0 * ct_log(s) / s);
}
