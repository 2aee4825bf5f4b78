/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Many tests at once.  With p(1) <= ... <= p(n),
 *
 *     Holm 1979                 max over j <= i of min(1, (n - j + 1) p(j))
 *     Benjamini-Hochberg 1995   min over j >= i of min(1, (n / j) p(j))
 */

#include <math.h>

#include "progress/progress.h"

/* order[i] = where the i-th smallest stands; equals keep their order. */
static void rank(int *order, const double *p, int n)
{
    for (int i = 0; i < n; i++) {
        int k = i;
        for (; k > 0 && p[order[k - 1]] > p[i]; k--)
            order[k] = order[k - 1];
        order[k] = i;
    }
}

void ct_adjust_holm(double *p, int n)
{
    int order[CT_FAMILY] = {0};
    double highest = 0.0;

    rank(order, p, n);
    for (int i = 0; i < n; i++) {
        double *const one = &p[order[i]];
        highest = fmax(highest, fmin(1.0, (n - i) * *one));
        *one = highest;
    }
}

void ct_adjust_bh(double *p, int n)
{
    int order[CT_FAMILY] = {0};
    double lowest = 1.0;

    rank(order, p, n);
    for (int i = n - 1; i >= 0; i--) {
        double *const one = &p[order[i]];
        lowest = fmin(lowest, *one * n / (i + 1));
        *one = lowest;
    }
}
