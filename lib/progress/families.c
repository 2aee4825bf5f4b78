/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Many tests at once.  With p(1) <= ... <= p(n),
 *
 *     Holm 1979                 max over j <= i of min(1, (n - j + 1) p(j))
 *     Benjamini-Hochberg 1995   min over j >= i of min(1, (n / j) p(j))
 */

#include <math.h>

#include "progress/agreement.h"
#include "progress/progress.h"

/* Whether the test at one place comes behind that at another; equals keep their
 * order. */
static bool is_behind(const double *p, size_t one, size_t other)
{
    return p[one] > p[other] || (p[one] == p[other] && one > other);
}

static void sift(size_t *order, const double *p, size_t at, size_t n)
{
    for (size_t child; (child = 2 * at + 1) < n; at = child) {
        if (child + 1 < n && is_behind(p, order[child + 1], order[child]))
            child++;
        if (!is_behind(p, order[child], order[at]))
            break;
        const size_t swap = order[at];
        order[at] = order[child];
        order[child] = swap;
    }
}

/* order[i] = where the i-th smallest stands, by a heap. */
static void rank(size_t *order, const double *p, size_t n)
{
    for (size_t i = 0; i < n; i++)
        order[i] = i;
    for (size_t i = n / 2; i-- > 0;)
        sift(order, p, i, n);
    for (size_t end = n; end-- > 1;) {
        const size_t last = order[0];
        order[0] = order[end];
        order[end] = last;
        sift(order, p, 0, end);
    }
}

void ct_adjust_holm(double *p, int n)
{
    size_t order[CT_FAMILY] = {0};
    double highest = 0.0;

    rank(order, p, (size_t)n);
    for (int i = 0; i < n; i++) {
        double *const one = &p[order[i]];
        highest = fmax(highest, fmin(1.0, (n - i) * *one));
        *one = highest;
    }
}

void ct_adjust_bh_many(double *p, size_t *order, size_t n)
{
    double lowest = 1.0;

    rank(order, p, n);
    for (size_t i = n; i-- > 0;) {
        double *const one = &p[order[i]];
        lowest = fmin(lowest, *one * (double)n / (double)(i + 1));
        *one = lowest;
    }
}

void ct_adjust_bh(double *p, int n)
{
    size_t order[CT_FAMILY] = {0};

    ct_adjust_bh_many(p, order, (size_t)n);
}
