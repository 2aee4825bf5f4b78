/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * How well repeated measurements agree.  n subjects (rows) by k raters or
 * captures (columns), mean squares of the two-way layout (Shrout and Fleiss
 * 1979; McGraw and Wong 1996):
 *
 *     ICC(1,1) = (MSR - MSW) / (MSR + (k-1) MSW)
 *     ICC(2,1) = (MSR - MSE) / (MSR + (k-1) MSE + k (MSC - MSE) / n)
 *     ICC(3,1) = (MSR - MSE) / (MSR + (k-1) MSE)
 *     ICC(1,k) = (MSR - MSW) / MSR
 *     ICC(2,k) = (MSR - MSE) / (MSR + (MSC - MSE) / n)
 *     ICC(3,k) = (MSR - MSE) / MSR
 */

#include <math.h>

#include "progress/agreement.h"

static double mean_of(const double *x, size_t n, size_t step)
{
    double sum = 0.0;

    for (size_t i = 0; i < n; i++)
        sum += x[i * step];
    return sum / (double)n;
}

static double spread_of(const double *x, size_t n, size_t step, double centre)
{
    double sum = 0.0;

    for (size_t i = 0; i < n; i++) {
        const double d = x[i * step] - centre;
        sum += d * d;
    }
    return sum;
}

struct layout ct_layout(const double *x, size_t subjects, size_t raters)
{
    const size_t n = subjects, k = raters;
    struct layout out = {n, k, NAN, NAN, NAN, NAN};
    double rows = 0.0, columns = 0.0;

    if (n < 2 || k < 2)
        return out;
    const double mean = mean_of(x, n * k, 1);
    for (size_t i = 0; i < n; i++) {
        const double d = mean_of(x + i * k, k, 1) - mean;
        rows += (double)k * d * d;
    }
    for (size_t j = 0; j < k; j++) {
        const double d = mean_of(x + j, n, k) - mean;
        columns += (double)n * d * d;
    }
    const double within = spread_of(x, n * k, 1, mean) - rows;
    out.msr = rows / (double)(n - 1);
    out.msc = columns / (double)(k - 1);
    out.mse = (within - columns) / (double)((n - 1) * (k - 1));
    out.msw = within / (double)(n * (k - 1));
    return out;
}

double ct_icc(const struct layout *layout, enum ct_icc_model model,
              enum ct_icc_unit unit)
{
    const double n = (double)layout->subjects, k = (double)layout->raters;
    const double error = model == CT_ICC_ONE_WAY ? layout->msw : layout->mse;
    const double bias =
        model == CT_ICC_TWO_WAY_RANDOM ? (layout->msc - layout->mse) / n : 0.0;
    const double signal = layout->msr - error;

    if (unit == CT_ICC_MEAN)
        return signal / (layout->msr + bias);
    return signal / (layout->msr + (k - 1.0) * error + k * bias);
}

/* The ratio of F of consistency at both ends, as a correlation. */
static void mixed_interval(double ci95[2], const struct layout *layout)
{
    const double n = (double)layout->subjects, k = (double)layout->raters;
    const double df1 = n - 1.0, df2 = (n - 1.0) * (k - 1.0);
    const double f = layout->msr / layout->mse;
    const double low = f / ct_f_quantile(0.975, df1, df2);
    const double high = f * ct_f_quantile(0.975, df2, df1);

    ci95[0] = (low - 1.0) / (low + k - 1.0);
    ci95[1] = (high - 1.0) / (high + k - 1.0);
}

/* Satterthwaite's degrees of freedom v for the error of absolute agreement. */
static void random_interval(double ci95[2], const struct layout *layout,
                            double icc)
{
    const double n = (double)layout->subjects, k = (double)layout->raters;
    const double a = k * icc / (n * (1.0 - icc));
    const double b = 1.0 + k * icc * (n - 1.0) / (n * (1.0 - icc));
    const double between = a * layout->msc, rest = b * layout->mse;
    const double v =
        (between + rest) * (between + rest) /
        (between * between / (k - 1.0) + rest * rest / ((n - 1.0) * (k - 1.0)));
    const double above = ct_f_quantile(0.975, n - 1.0, v);
    const double below = ct_f_quantile(0.975, v, n - 1.0);
    const double error = k * layout->msc + (k * n - k - n) * layout->mse;

    ci95[0] = n * (layout->msr - above * layout->mse) /
              (above * error + n * layout->msr);
    ci95[1] = n * (below * layout->msr - layout->mse) /
              (error + n * below * layout->msr);
}

void ct_icc_interval(double ci95[2], const struct layout *layout,
                     enum ct_icc_model model)
{
    if (model == CT_ICC_TWO_WAY_MIXED)
        mixed_interval(ci95, layout);
    else
        random_interval(ci95, layout, ct_icc(layout, model, CT_ICC_SINGLE));
}

struct effect ct_effect(double mean, double sd, size_t n)
{
    struct effect out = {NAN, NAN, NAN, {NAN, NAN}};
    /* What rounding leaves of changes that are all the same is no spread. */
    if (n < 2 || !(sd > 1e-12 * fabs(mean)))
        return out;
    const double root = sqrt((double)n), df = (double)n - 1.0;
    out.d = mean / sd;
    out.t = out.d * root;
    out.p = ct_t_two_sided(out.t, df);
    out.ci95[0] = ct_t_noncentrality(0.975, out.t, df) / root;
    out.ci95[1] = ct_t_noncentrality(0.025, out.t, df) / root;
    return out;
}

double ct_sem_of_icc(double sd, double icc)
{
    return sd * sqrt(1.0 - icc);
}

double ct_sem_of_pairs(const double *difference, size_t n)
{
    return n ? sqrt(spread_of(difference, n, 1, 0.0) / (2.0 * (double)n)) : NAN;
}

double ct_mdc95_of_sem(double sem)
{
    return 1.96 * sqrt(2.0) * sem;
}

struct limits ct_bland_altman(const double *a, const double *b, size_t n)
{
    struct limits out = {NAN, NAN, {NAN, NAN}, NAN, NAN};
    double sum = 0.0, squares = 0.0;

    if (n < 2)
        return out;
    for (size_t i = 0; i < n; i++)
        sum += b[i] - a[i];
    out.bias = sum / (double)n;
    for (size_t i = 0; i < n; i++) {
        const double d = b[i] - a[i] - out.bias;
        squares += d * d;
    }

    const double count = (double)n;
    const double t = ct_t_quantile(0.95, count - 1.0);
    out.sd = sqrt(squares / (count - 1.0));
    out.limit[0] = out.bias - 1.96 * out.sd;
    out.limit[1] = out.bias + 1.96 * out.sd;
    out.bias_ci = t * out.sd / sqrt(count);
    out.limit_ci =
        t * out.sd * sqrt(1.0 / count + 1.96 * 1.96 / (2.0 * (count - 1.0)));
    return out;
}
