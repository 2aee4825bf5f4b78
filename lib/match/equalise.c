/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * How much blurrier one photograph is than the other, from the spectra of what
 * no treatment changes (edges.c).  If a Gaussian makes the difference,
 *
 *     ln(P_after / P_before) = b - 4 pi^2 f^2 d,   d = sigma^2 after - before,
 *
 * with b whatever contrast differs.  d is the weighted least squares fit over
 * neighbouring frequencies from 0.3 cycles per mm up at which both spectra
 * stand 6 times above their own noise and the ratio has not left a factor of
 * 0.15.  Each patch left out once in turn gives the standard error of d.
 *
 * Every term is the negative of itself when the photographs change places, so d
 * is too, to the last bit.
 */

#include <math.h>

#include "match/match.h"

static const double pi = 3.14159265358979324;
static const double lowest = 0.3, base_end = 0.8; /* cycles per mm */
static const double above_noise = 6.0;
static const double plateau_from = 0.85;      /* of the Nyquist frequency */
static const double most_ratio = 1.897119985; /* ln(1 / 0.15) */
static const double most_misfit = 0.35;       /* RMS of the logarithm */

enum { FEWEST_BINS = 4, FEWEST_PATCHES = 2, NOBODY = -1 };

/* The summed spectrum of a photograph, and its noise. */
struct spectrum {
    double power[CT_EDGE_BINS];
    double noise;
    int bins;
};

/* Of the patches that both photographs show, but for one. */
static void pool(struct spectrum *out, const struct spectra *own,
                 const struct spectra *other, int without)
{
    double tail[CT_EDGE_BINS];
    size_t n = 0;
    *out = (struct spectrum){.bins = own->bins};
    for (int k = 0; k < CT_EDGE_PATCHES; k++)
        if (k != without && own->seen[k] && other->seen[k])
            for (int i = 0; i < own->bins; i++)
                out->power[i] += own->power[k][i];
    for (int i = (int)(plateau_from * own->bins); i < own->bins; i++)
        if (!isnan(out->power[i]))
            tail[n++] = out->power[i];
    out->noise = ct_quantile_d(tail, n, 0.5);
}

static double frequency(int bin)
{
    return (bin + 0.5) / CT_EDGE_BINS_PER_CYCLE;
}

/* ln of the ratio without noise, at bins where both are seen well. */
static bool log_ratio(double *out, const struct spectrum *a,
                      const struct spectrum *b, int bin)
{
    if (bin >= a->bins || bin >= b->bins ||
        !(a->power[bin] > above_noise * a->noise) ||
        !(b->power[bin] > above_noise * b->noise))
        return false;
    *out = ct_log(b->power[bin] - b->noise) - ct_log(a->power[bin] - a->noise);
    return true;
}

/* The median of the logarithm over the lowest frequencies. */
static double base_of(const struct spectrum *a, const struct spectrum *b)
{
    double found[CT_EDGE_BINS], y;
    size_t n = 0;
    for (int i = 0; frequency(i) <= base_end; i++)
        if (frequency(i) >= lowest && log_ratio(&y, a, b, i))
            found[n++] = y;
    return ct_quantile_d(found, n, 0.5);
}

/* Sums of the weighted fit of y on x. */
struct sums_of_fit {
    double w, x, y, xx, xy, yy;
    int bins;
};

static struct sums_of_fit sum_up(const struct spectrum *a,
                                 const struct spectrum *b)
{
    const double base = base_of(a, b);
    struct sums_of_fit s = {0};
    double y;
    for (int i = 0; i < CT_EDGE_BINS; i++) {
        const double f = frequency(i);
        if (f < lowest)
            continue;
        if (!log_ratio(&y, a, b, i) || !(fabs(y - base) < most_ratio))
            break;
        const double doubt = a->noise / a->power[i] + b->noise / b->power[i];
        const double w = f / (1 + 50 * doubt), x = -4 * pi * pi * f * f;
        y -= base;
        s.w += w;
        s.x += w * x;
        s.y += w * y;
        s.xx += w * x * x;
        s.xy += w * x * y;
        s.yy += w * y * y;
        s.bins++;
    }
    return s;
}

/* d without the patch `without`; NaN if too few frequencies are seen. */
static double fit(double *misfit, const struct spectra *before,
                  const struct spectra *after, int without)
{
    struct spectrum a, b;
    pool(&a, before, after, without);
    pool(&b, after, before, without);
    const struct sums_of_fit s = sum_up(&a, &b);
    *misfit = NAN;
    if (s.bins < FEWEST_BINS)
        return NAN;
    const double sxx = s.xx - s.x * s.x / s.w;
    const double sxy = s.xy - s.x * s.y / s.w;
    const double syy = s.yy - s.y * s.y / s.w;
    const double d = sxy / sxx;
    *misfit = sqrt(fmax(syy - d * sxy, 0) / s.w);
    return d;
}

/* The jackknife over patches. */
static double error_of(const struct spectra *before,
                       const struct spectra *after)
{
    double d[CT_EDGE_PATCHES], mean = 0, sum = 0, misfit;
    int n = 0;
    for (int k = 0; k < CT_EDGE_PATCHES; k++) {
        if (!before->seen[k] || !after->seen[k])
            continue;
        d[n] = fit(&misfit, before, after, k);
        n += !isnan(d[n]);
    }
    if (n < FEWEST_PATCHES)
        return NAN;
    for (int i = 0; i < n; i++)
        mean += d[i] / n;
    for (int i = 0; i < n; i++)
        sum += (d[i] - mean) * (d[i] - mean);
    return sqrt(sum * (n - 1) / n);
}

void ct_equalise(struct pair *out, const struct capture *before,
                 const struct capture *after)
{
    const struct spectra *const a = &before->edges, *const b = &after->edges;
    out->blur_mm2 = fit(&out->blur_misfit, a, b, NOBODY);
    out->blur_se_mm2 = error_of(a, b);
    if (isnan(out->blur_se_mm2) || !(out->blur_misfit <= most_misfit))
        out->blur_mm2 = out->blur_se_mm2 = NAN;
    const bool known = !isnan(out->blur_mm2);
    out->fine_more =
        known ? after->fine - before->fine + ct_fine_lost(out->blur_mm2)
              : after->fine_sharp - before->fine_sharp;
    out->fine_se = known ? ct_fine_lost(out->blur_se_mm2) : 0;
}

double ct_equalise_mm(const struct pair *pair, int photo)
{
    const double d = photo ? -pair->blur_mm2 : pair->blur_mm2;
    const double own = d > pair->blur_se_mm2 ? d : 0;
    const double all = own + pair->more_mm2;
    return all > 0 ? ct_sqrt(all) : 0;
}

double ct_common_blur(const struct pair *pair, const struct capture *before,
                      const struct capture *after)
{
    const double a = before->blur_mm, b = after->blur_mm;
    const double one = ct_equalise_mm(pair, 0), two = ct_equalise_mm(pair, 1);
    return ct_sqrt(0.5 * ((a * a + one * one) + (b * b + two * two)));
}
