/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The taps of a Gaussian and its derivatives.
 *
 * From sigma = 0.7 px on the taps are samples.  A sampled Gaussian narrower
 * than that has the wrong variance, so there the taps are Lindeberg's discrete
 * Gaussian e^-t I_k(t), t = sigma^2, whose variance is t exactly (Lindeberg
 * 1990, IEEE PAMI 12(3)).
 */

#include <math.h>

#include "signal/signal.h"

#define NARROW_PX 0.7

enum { NARROW_RADIUS = 5 }; /* beyond it less than 5e-4 of the variance */

/* e^-t I_k(t), t < 1/2: eight terms leave less than 1e-12. */
static double discrete_gaussian(double t, int k)
{
    double term = ct_exp(-t);
    for (int i = 1; i <= k; i++)
        term *= 0.5 * t / i;
    double sum = 0.0;
    for (int m = 0; m < 8; m++) {
        sum += term;
        term *= 0.25 * t * t / ((m + 1.0) * (m + 1.0 + k));
    }
    return sum;
}

static double tap(double sigma, int k)
{
    const double t = sigma * sigma;
    if (sigma < NARROW_PX)
        return discrete_gaussian(t, k);
    return ct_exp(-0.5 * k * k / t);
}

static int radius_of(double sigma)
{
    if (sigma < NARROW_PX)
        return NARROW_RADIUS;
    const double reach = ceil(4.0 * sigma);
    return reach < CT_RADIUS_MAX ? (int)reach : CT_RADIUS_MAX;
}

int ct_gauss_kernel(float *w, double sigma, int order)
{
    if (!(sigma > 0.0)) {
        w[0] = 1.0f;
        return 0;
    }
    const int radius = radius_of(sigma);

    /* Moments of the whole kernel g: sum g, sum g k^2, sum g k^4. */
    double m0 = 0.0, m2 = 0.0, m4 = 0.0;
    for (int k = radius; k >= 0; k--) {
        const double k2 = (double)k * k;
        const double g = tap(sigma, k) * (k ? 2.0 : 1.0);
        m0 += g;
        m2 += g * k2;
        m4 += g * k2 * k2;
    }

    /* order 1: k g / m2 takes a ramp to 1.  order 2: (k^2 - m2/m0) g takes a
     * constant to 0, and k^2 to m4 - m2^2/m0, which has to be 2. */
    for (int k = 0; k <= radius; k++) {
        const double g = tap(sigma, k), k2 = (double)k * k;
        if (order == 0)
            w[k] = (float)(g / m0);
        else if (order == 1)
            w[k] = (float)(g * k / m2);
        else
            w[k] = (float)(g * (k2 - m2 / m0) * 2.0 / (m4 - m2 * m2 / m0));
    }
    return radius;
}
