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
    if (n <= 1)
        return 0;
    const int period = 2 * n;
    int at = i % period;
    if (at < 0)
        at += period;
    return at < n ? at : period - 1 - at;
}

/* dst[i - from] = src[i] for i in [from, to), where src has n elements and goes
 * on mirrored. */
static inline void ct_pad_row(float *dst, const float *src, int n, int from,
                              int to)
{
    const int start = from > 0 ? from : 0, end = to < n ? to : n;

    for (int i = from; i < start && i < to; i++)
        dst[i - from] = src[ct_mirror(i, n)];
    if (start < end)
        memcpy(dst + (start - from), src + start,
               (size_t)(end - start) * sizeof(*src));
    for (int i = end > from ? end : from; i < to; i++)
        dst[i - from] = src[ct_mirror(i, n)];
}

#endif
