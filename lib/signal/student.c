/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Student's t and the normal distribution.
 *
 * P(|T| > t) = I_x(df/2, 1/2), x = df / (df + t^2), the regularised incomplete
 * beta function, by its continued fraction (DLMF 8.17.22).  With b = 1/2 the
 * factor before it needs only Gamma(a + 1/2) / Gamma(a), which has a series of
 * its own and loses nothing at large df.
 */

#include <math.h>

#include "signal/signal.h"

#define PI 3.14159265358979323846

/* Above this a t is a normal to 1e-10. */
#define NORMAL_DF 1e12

/* ln(1 + u), u > -1, also where 1 + u rounds. */
static double log_1_plus(double u)
{
    const double w = 1.0 + u;
    return w == 1.0 ? u : ct_log(w) * (u / (w - 1.0));
}

/* Gamma(a + 1/2) / Gamma(a), a > 0 (DLMF 5.11.13 from a = 30 on). */
static double gamma_ratio(double a)
{
    double product = 1.0;
    while (a < 30.0) {
        product *= a / (a + 0.5);
        a += 1.0;
    }
    const double z = 1.0 / a;
    const double series =
        1.0 + z * (-1.0 / 8.0 +
                   z * (1.0 / 128.0 +
                        z * (5.0 / 1024.0 +
                             z * (-21.0 / 32768.0 +
                                  z * (-399.0 / 262144.0 +
                                       z * (869.0 / 4194304.0 +
                                            z * (39325.0 / 33554432.0)))))));
    return product * sqrt(a) * series;
}

/* By Lentz's method. */
double ct_beta_fraction(double a, double b, double x)
{
    const double tiny = 1e-300;
    double c = 1.0;
    double d = 1.0 - (a + b) * x / (a + 1.0);
    d = 1.0 / (fabs(d) < tiny ? tiny : d);
    double h = d;
    for (int m = 1; m < 2000000; m++) {
        const double even =
            m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        d = 1.0 + even * d;
        c = 1.0 + even / c;
        d = 1.0 / (fabs(d) < tiny ? tiny : d);
        c = fabs(c) < tiny ? tiny : c;
        h *= d * c;
        const double odd =
            -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        d = 1.0 + odd * d;
        c = 1.0 + odd / c;
        d = 1.0 / (fabs(d) < tiny ? tiny : d);
        c = fabs(c) < tiny ? tiny : c;
        h *= d * c;
        if (fabs(d * c - 1.0) < 1e-15)
            break;
    }
    return h;
}

double ct_t_two_sided(double t, double df)
{
    if (t != t || !(df > 0.0))
        return NAN;
    t = fabs(t);
    if (t == 0.0)
        return 1.0;
    if (t == HUGE_VAL)
        return 0.0;
    if (df > NORMAL_DF)
        return 2.0 * ct_normal_cdf(-t);

    const double a = 0.5 * df, b = 0.5;
    const double u = t / df * t;      /* t^2 / df */
    const double x = 1.0 / (1.0 + u); /* df / (df + t^2) */
    const double y = u / (1.0 + u);   /* 1 - x */
    const double log_x = -log_1_plus(u);
    /* x^a y^b / B(a, b); B(a, 1/2) = sqrt(pi) Gamma(a) / Gamma(a + 1/2) */
    const double front =
        ct_exp(a * log_x) * sqrt(y) * gamma_ratio(a) / sqrt(PI);
    if (x < (a + 1.0) / (a + b + 2.0))
        return front * ct_beta_fraction(a, b, x) / a;
    return 1.0 - front * ct_beta_fraction(b, a, y) / b;
}

/* Density of T at t. */
static double t_density(double t, double df)
{
    if (df > NORMAL_DF)
        return ct_exp(-0.5 * t * t) / sqrt(2.0 * PI);
    return gamma_ratio(0.5 * df) / sqrt(PI * df) *
           ct_exp(-0.5 * (df + 1.0) * log_1_plus(t / df * t));
}

double ct_t_quantile(double level, double df)
{
    if (!(level >= 0.0 && level <= 1.0) || !(df > 0.0))
        return NAN;
    if (level == 0.0)
        return 0.0;
    if (level == 1.0)
        return HUGE_VAL;

    const double p = 1.0 - level;
    double low = 0.0, high = 1.0;
    while (ct_t_two_sided(high, df) > p && high < 1e300)
        high *= 2.0;

    /* Newton on ln P, bisection where it leaves the bracket. */
    double t = 0.5 * high;
    for (int i = 0; i < 200; i++) {
        const double tail = ct_t_two_sided(t, df);
        if (tail > p)
            low = t;
        else
            high = t;
        double next = t + ct_log(tail / p) * tail / (2.0 * t_density(t, df));
        if (!(next > low && next < high))
            next = 0.5 * (low + high);
        const double step = fabs(next - t);
        t = next;
        if (step <= 1e-14 * t)
            break;
    }
    return t;
}

double ct_normal_cdf(double z)
{
    if (z != z)
        return NAN;
    const double x = fabs(z);
    if (x > 40.0)
        return z < 0.0 ? 0.0 : 1.0;
    const double bell = ct_exp(-0.5 * x * x) / sqrt(2.0 * PI);

    double tail; /* P(Z > x) */
    if (x < 2.5) {
        double term = x, sum = x;
        for (int k = 3; k < 120; k += 2) {
            term *= x * x / k;
            sum += term;
        }
        tail = 0.5 - bell * sum;
    } else {
        double f = x;
        for (int k = 200; k > 0; k--)
            f = x + k / f;
        tail = bell / f;
    }
    return z < 0.0 ? tail : 1.0 - tail;
}
