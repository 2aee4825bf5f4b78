/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * How well ratings agree.  With a disagreement v of two ratings, |x - y| or its
 * square, its mean o over the n subjects and its mean e over all n^2 pairs of a
 * rating of one rater and a rating of the other,
 *
 *     kappa = 1 - o / e
 *
 * of which each subject moves
 *
 *     u_i = o (v(a_i, .) + v(., b_i)) / e^2 - v(a_i, b_i) / e
 *
 * where a dot is the mean over the other rater's ratings.  The variance of
 * Fleiss, Cohen and Everitt is that of u over n: their table of shares is
 * summed subject by subject, so that no table is needed.
 */

#include <math.h>

#include "progress/agreement.h"
#include "signal/signal.h"

/* The quantile of the normal distribution at 0.975. */
static const double z975 = 1.959963984540054;

static double apart(double x, double y, int power)
{
    const double d = fabs(x - y);
    return power == 1 ? d : d * d;
}

static double mean_apart(double x, const double *of, size_t n, int power)
{
    double sum = 0.0;
    for (size_t i = 0; i < n; i++)
        sum += apart(x, of[i], power);
    return sum / (double)n;
}

struct kappa ct_kappa(const double *a, const double *b, size_t n, int power)
{
    struct kappa out = {NAN, {NAN, NAN}};
    const double count = (double)n;
    double observed = 0.0, expected = 0.0, sum = 0.0, squares = 0.0;

    for (size_t i = 0; i < n; i++) {
        observed += apart(a[i], b[i], power) / count;
        expected += mean_apart(a[i], b, n, power) / count;
    }
    if (n < 2 || !(expected > 0.0))
        return out;
    out.kappa = 1.0 - observed / expected;
    for (size_t i = 0; i < n; i++) {
        const double chance =
            mean_apart(a[i], b, n, power) + mean_apart(b[i], a, n, power);
        const double u = observed * chance / (expected * expected) -
                         apart(a[i], b[i], power) / expected;
        sum += u;
        squares += u * u;
    }
    const double mean = sum / count;
    const double variance = fmax(0.0, squares / count - mean * mean) / count;
    out.ci95[0] = out.kappa - z975 * ct_sqrt(variance);
    out.ci95[1] = out.kappa + z975 * ct_sqrt(variance);
    return out;
}

/* The rank of x[i], the mean of those of its equals, less the mean rank. */
static double rank_of(const double *x, size_t n, size_t i)
{
    double less = 0.0, equal = 0.0;
    for (size_t k = 0; k < n; k++) {
        less += x[k] < x[i];
        equal += x[k] == x[i];
    }
    return less + 0.5 * (equal + 1.0) - 0.5 * ((double)n + 1.0);
}

struct spearman ct_spearman(const double *a, const double *b, size_t n)
{
    struct spearman out = {NAN, {NAN, NAN}};
    double aa = 0.0, bb = 0.0, ab = 0.0;

    for (size_t i = 0; i < n; i++) {
        const double x = rank_of(a, n, i), y = rank_of(b, n, i);
        aa += x * x;
        bb += y * y;
        ab += x * y;
    }
    if (n < 4 || !(aa > 0.0) || !(bb > 0.0))
        return out;
    const double rho = fmax(-1.0, fmin(1.0, ab / ct_sqrt(aa * bb)));
    out.rho = out.ci95[0] = out.ci95[1] = rho;
    if (fabs(rho) == 1.0)
        return out;
    const double half =
        2.0 * z975 * ct_sqrt((1.0 + 0.5 * rho * rho) / ((double)n - 3.0));
    const double odds = (1.0 + rho) / (1.0 - rho);
    for (int i = 0; i < 2; i++) {
        const double end = odds * ct_exp(i ? half : -half);
        out.ci95[i] = (end - 1.0) / (end + 1.0);
    }
    return out;
}
