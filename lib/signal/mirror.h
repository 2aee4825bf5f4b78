/* SPDX-License-Identifier: BSD-2-Clause */

/* How filters see beyond a border: d c b a | a b c d | d c b a. */

#ifndef CT_SIGNAL_MIRROR_H
#define CT_SIGNAL_MIRROR_H

#include <string.h>

/* The index in [0, n) that stands for `i`, which may be any; n > 0. */
static inline int ct_mirror(int i, int n)
{
    if (i >= 0 && i < n)
        return i;
    const int period = 2 * n;
    int at = i % period;
    if (at < 0)
        at += period;
    return at < n ? at : period - 1 - at;
}

/* Copies `src` of n elements to `middle` and continues it by `margin` mirrored
 * ones on either side. */
static inline void ct_pad_row(float *middle, const float *src, int n,
                              int margin)
{
    memcpy(middle, src, (size_t)n * sizeof(*src));
    for (int i = 1; i <= margin; i++) {
        *(middle - i) = src[ct_mirror(-i, n)];
        middle[n - 1 + i] = src[ct_mirror(n - 1 + i, n)];
    }
}

#endif
