/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Fisher's F and the noncentral t, which intervals of correlations and of
 * effects are made with.
 *
 *     P(F > f) = I_x(df2/2, df1/2),  x = df2 / (df2 + df1 f)
 *
 * and for t >= 0, x = t^2 / (t^2 + df), m = delta^2 / 2 (AS 243, 1989)
 *
 *     P(T <= t) = Phi(-delta)
 *               + 1/2 sum p(j) I_x(j + 1/2, df/2) + q(j) I_x(j + 1, df/2)
 *     p(j) = exp(-m) m^j / j!
 *     q(j) = exp(-m) m^j delta / (sqrt(2) Gamma(j + 3/2))
 *
 * summed from the largest weight outwards, which takes more terms as delta
 * grows.  Where t is large, and large beside its degrees of freedom, it is the
 * integral over the numerator Z + delta, smooth in all of z:
 *
 *     P(T <= t) = integral phi(z) P(chi2 >= df ((z + delta) / t)^2) dz
 */

#include <math.h>

#include "signal/signal.h"

#define LN_ROOT_2PI 0.91893853320467274178

/* ln Gamma(a), a > 0: Stirling's series (DLMF 5.11.1) from a = 30 on. */
static double log_gamma(double a)
{
    double product = 1.0;
    while (a < 30.0) {
        product *= a;
        a += 1.0;
    }
    const double z = 1.0 / (a * a);
    const double series =
        (1.0 / 12.0 - z * (1.0 / 360.0 - z * (1.0 / 1260.0 - z / 1680.0))) / a;
    return (a - 0.5) * ct_log(a) - a + LN_ROOT_2PI + series - ct_log(product);
}

/* I_x(a, b); y = 1 - x. */
static double beta(double a, double b, double x, double y)
{
    if (x <= 0.0 || y <= 0.0)
        return x <= 0.0 ? 0.0 : 1.0;
    const double front = ct_exp(a * ct_log(x) + b * ct_log(y) +
                                log_gamma(a + b) - log_gamma(a) - log_gamma(b));
    if (x < (a + 1.0) / (a + b + 2.0))
        return front * ct_beta_fraction(a, b, x) / a;
    return 1.0 - front * ct_beta_fraction(b, a, y) / b;
}

/* ---- F ------------------------------------------------------------------- */

double ct_f_tail(double f, double df1, double df2)
{
    if (f != f || !(df1 > 0.0) || !(df2 > 0.0))
        return NAN;
    if (f <= 0.0)
        return 1.0;
    const double whole = df2 + df1 * f;
    return beta(0.5 * df2, 0.5 * df1, df2 / whole, df1 * f / whole);
}

double ct_f_quantile(double p, double df1, double df2)
{
    if (!(p > 0.0 && p < 1.0) || !(df1 > 0.0) || !(df2 > 0.0))
        return NAN;
    double low = -500.0, high = 500.0; /* ln f */
    for (int i = 0; i < 80; i++) {
        const double middle = 0.5 * (low + high);
        if (ct_f_tail(ct_exp(middle), df1, df2) > 1.0 - p)
            low = middle;
        else
            high = middle;
    }
    return ct_exp(0.5 * (low + high));
}

/* ---- Noncentral t -------------------------------------------------------- */

/* Both terms of index j, and their weights in *weight. */
static double terms(double *weight, double j, double m, double delta,
                    double half, double x, double y)
{
    const double log_m = m > 0.0 ? j * ct_log(m) : 0.0;
    const double p = ct_exp(log_m - m - log_gamma(j + 1.0));
    const double q = delta / sqrt(2.0) * ct_exp(log_m - m - log_gamma(j + 1.5));
    *weight = p + fabs(q);
    return p * beta(j + 0.5, half, x, y) + q * beta(j + 1.0, half, x, y);
}

/* P(chi2 <= 2 x) with 2 a degrees of freedom: by its series (DLMF 8.11.4), or
 * the continued fraction of what is above (8.9.2, by Lentz). */
static double chi2_cdf(double a, double x)
{
    enum { MOST = 100000 };
    const double tiny = 1e-300, least = 1e-16;
    if (x <= 0.0)
        return 0.0;
    const double front = ct_exp(a * ct_log(x) - x - log_gamma(a));
    if (x < a + 1.0) {
        double term = 1.0 / a, sum = term;
        for (int i = 1; i < MOST && term > least * sum; i++) {
            term *= x / (a + i);
            sum += term;
        }
        return front * sum;
    }
    double b = x + 1.0 - a, c = 1.0 / tiny, d = 1.0 / b, product = d;
    for (int i = 1; i < MOST; i++) {
        const double an = -i * (i - a);
        b += 2.0;
        d = an * d + b;
        d = 1.0 / (fabs(d) < tiny ? tiny : d);
        c = b + an / c;
        c = fabs(c) < tiny ? tiny : c;
        product *= c * d;
        if (fabs(c * d - 1.0) < least)
            break;
    }
    return 1.0 - front * product;
}

/* By Simpson's rule over what is left of one: that part begins smoothly. */
static double noncentral_large(double t, double df, double delta)
{
    enum { STEPS = 256 };
    const double end = 9.0, density = 0.39894228040143267794;
    const double from = -delta < -end ? -end : -delta;
    const double step = (end - from) / STEPS;
    double sum = 0.0;
    for (int i = 1; from < end && i < STEPS; i++) {
        const double z = from + step * i, u = (z + delta) / t;
        const double weight = i % 2 ? 4.0 : 2.0;
        sum += weight * ct_exp(-0.5 * z * z) *
               chi2_cdf(0.5 * df, 0.5 * df * u * u);
    }
    return 1.0 - density * step / 3.0 * sum;
}

/* For t >= 0. */
static double noncentral(double t, double df, double delta)
{
    const double least = 1e-17, large = 40.0;
    if (t > large && t * t > df)
        return noncentral_large(t, df, delta);
    const double m = 0.5 * delta * delta;
    const double x = t * t / (t * t + df), y = df / (t * t + df);
    const double mode = floor(m);
    double sum = 0.0, weight = 1.0;
    for (double j = mode; weight > least; j += 1.0) {
        sum += terms(&weight, j, m, delta, 0.5 * df, x, y);
        if (m == 0.0)
            break;
    }
    weight = 1.0;
    for (double j = mode - 1.0; j >= 0.0 && weight > least; j -= 1.0)
        sum += terms(&weight, j, m, delta, 0.5 * df, x, y);
    const double whole = ct_normal_cdf(-delta) + 0.5 * sum;
    return whole < 0.0 ? 0.0 : whole > 1.0 ? 1.0 : whole;
}

double ct_t_noncentral(double t, double df, double delta)
{
    if (t != t || delta != delta || !(df > 0.0))
        return NAN;
    return t < 0.0 ? 1.0 - noncentral(-t, df, -delta)
                   : noncentral(t, df, delta);
}

/* P falls as delta grows: a bracket about t, then false position with halving
 * (Illinois). */
double ct_t_noncentrality(double p, double t, double df)
{
    if (!(p > 0.0 && p < 1.0) || t != t || !(df > 0.0))
        return NAN;
    double width = 3.0 + fabs(t) / sqrt(df);
    double low = t - width, high = t + width;
    double above = ct_t_noncentral(t, df, low) - p;
    double below = ct_t_noncentral(t, df, high) - p;
    const double widest = 1e3 * (1.0 + fabs(t));
    for (; above < 0.0 && width < widest; width *= 2.0) {
        low -= width;
        above = ct_t_noncentral(t, df, low) - p;
    }
    for (; below > 0.0 && width < widest; width *= 2.0) {
        high += width;
        below = ct_t_noncentral(t, df, high) - p;
    }
    if (above < 0.0 || below > 0.0)
        return NAN;
    int side = 0;
    for (int i = 0; i < 100 && high - low > 1e-11 * (1.0 + fabs(high)); i++) {
        const double next = (low * below - high * above) / (below - above);
        const double miss = ct_t_noncentral(t, df, next) - p;
        if (fabs(miss) < 1e-13)
            return next;
        if (miss > 0.0) {
            low = next;
            above = miss;
            below *= side == 1 ? 0.5 : 1.0;
            side = 1;
        } else {
            high = next;
            below = miss;
            above *= side == -1 ? 0.5 : 1.0;
            side = -1;
        }
    }
    return 0.5 * (low + high);
}
