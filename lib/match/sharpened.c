/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Whether a camera sharpened one photograph more than the other, from the same
 * spectra as their difference of blur (equalise.c).
 *
 * A lens lowers ln P as f^2, ever faster up to the finest detail a picture
 * holds.  An unsharp mask of radius r and strength k raises it by
 *
 *     2 ln(1 + k s(f)),   s = 1 - exp(-2 pi^2 f^2 r^2),
 *
 * which is as steep at first and then levels off, because no mask knows what
 * the lens took.  So the ratio of both spectra is fitted by
 *
 *     ln(P_after / P_before) = b - 4 pi^2 f^2 d + e s(f)
 *
 * with r as usual in cameras, and e is what no lens explains: about 2 ln(1 + k)
 * where only the photograph after was sharpened.  Unlike the difference of blur
 * it lives at the finest detail: the fit goes up to 0.9 of the Nyquist
 * frequency, but ends where a spectrum has levelled off, which is noise, or the
 * ratio has left a factor of ten; and then it says nothing unless it came to
 * 0.75.
 *
 * Every term is the negative of itself when the photographs change places.
 */

#include <math.h>

#include "match/match.h"

static const double pi = 3.14159265358979324;
static const double radius_px = 1.2;
static const double lowest = 0.3, base_end = 0.8; /* cycles per mm */
/* Of the Nyquist frequency: where the fit ends, and where it must have come. */
static const double highest = 0.9, far_enough = 0.75;
static const double most_ratio = 2.302585093; /* ln(10) */
/* Edges fall as f^-3 and lose e^1.4 over the last octave; noise loses nothing.
 */
static const double middle_from = 0.5, middle_to = 0.65, top_from = 0.85;
static const double levelled = 0.7, above_floor = 4.0;

/* Rings up to 2.25 cycles per mm: from 4.5 px per mm, below which nothing fine
 * is read. */
enum { FEWEST_BINS = 27, FEWEST_PATCHES = 3, NOBODY = -1 };

struct spectrum {
    double power[CT_EDGE_BINS];
    double floor; /* of noise; 0 = not reached */
    int bins;
};

static double median_from(const struct spectrum *s, double from, double to)
{
    double found[CT_EDGE_BINS];
    size_t n = 0;
    for (int i = (int)(from * s->bins); i < (int)(to * s->bins); i++)
        if (!isnan(s->power[i]))
            found[n++] = s->power[i];
    return ct_quantile_d(found, n, 0.5);
}

/* The sum of the patches that both show, but for one. */
static void pool(struct spectrum *out, const struct spectra *own,
                 const struct spectra *other, int without)
{
    *out = (struct spectrum){.bins = own->bins};
    for (int k = 0; k < CT_EDGE_PATCHES; k++)
        if (k != without && own->seen[k] && other->seen[k])
            for (int i = 0; i < own->bins; i++)
                out->power[i] += own->power[k][i];
    const double middle = median_from(out, middle_from, middle_to);
    const double top = median_from(out, top_from, 1.0);
    if (!(middle > 0 && top > 0 && ct_log(middle) - ct_log(top) >= levelled))
        out->floor = top;
}

static double frequency(int bin)
{
    return (bin + 0.5) / CT_EDGE_BINS_PER_CYCLE;
}

/* ln of the ratio, where both stand above their noise. */
static bool log_ratio(double *out, const struct spectrum *a,
                      const struct spectrum *b, int bin)
{
    if (!(a->power[bin] > above_floor * a->floor) ||
        !(b->power[bin] > above_floor * b->floor))
        return false;
    *out = ct_log(b->power[bin]) - ct_log(a->power[bin]);
    return true;
}

static double base_of(const struct spectrum *a, const struct spectrum *b,
                      int bins)
{
    double found[CT_EDGE_BINS], y;
    size_t n = 0;
    for (int i = 0; i < bins && frequency(i) <= base_end; i++)
        if (frequency(i) >= lowest && log_ratio(&y, a, b, i))
            found[n++] = y;
    return ct_quantile_d(found, n, 0.5);
}

/* Weighted sums of a fit of y on 1, x and s. */
struct sums_of_fit {
    double w, x, s, y, xx, xs, ss, xy, sy;
    int last; /* bin */
};

static void add(struct sums_of_fit *t, double f, double y, double radius)
{
    const double w = f, x = -4 * pi * pi * f * f;
    const double s = 1 - ct_exp(-2 * pi * pi * f * f * radius * radius);
    t->w += w;
    t->x += w * x;
    t->s += w * s;
    t->y += w * y;
    t->xx += w * x * x;
    t->xs += w * x * s;
    t->ss += w * s * s;
    t->xy += w * x * y;
    t->sy += w * s * y;
}

/* e without the patch `without`; NaN if too few frequencies are seen. */
static double fit(const struct spectra *before, const struct spectra *after,
                  int without, double radius)
{
    struct spectrum a, b;
    struct sums_of_fit t = {0};
    double y;
    pool(&a, before, after, without);
    pool(&b, after, before, without);
    const int bins = a.bins < b.bins ? a.bins : b.bins;
    const double base = base_of(&a, &b, bins);
    for (int i = 0; i < (int)(highest * bins); i++) {
        if (frequency(i) < lowest)
            continue;
        if (!log_ratio(&y, &a, &b, i) || !(fabs(y - base) < most_ratio))
            break;
        add(&t, frequency(i), y - base, radius);
        t.last = i;
    }
    if (bins < FEWEST_BINS || t.last < far_enough * bins)
        return NAN;
    const double xx = t.xx - t.x * t.x / t.w, xs = t.xs - t.x * t.s / t.w;
    const double ss = t.ss - t.s * t.s / t.w;
    const double xy = t.xy - t.x * t.y / t.w, sy = t.sy - t.s * t.y / t.w;
    return (sy * xx - xy * xs) / (xx * ss - xs * xs);
}

void ct_sharpened(struct pair *out, const struct capture *before,
                  const struct capture *after)
{
    const struct spectra *const a = &before->edges, *const b = &after->edges;
    const double radius = radius_px * CT_EDGE_BINS_PER_CYCLE /
                          (a->bins + b->bins > 0 ? a->bins + b->bins : 1);
    double e[CT_EDGE_PATCHES], mean = 0, sum = 0;
    int n = 0;
    out->sharpened = fit(a, b, NOBODY, radius);
    for (int k = 0; k < CT_EDGE_PATCHES; k++) {
        if (!a->seen[k] || !b->seen[k])
            continue;
        e[n] = fit(a, b, k, radius);
        n += !isnan(e[n]);
    }
    for (int i = 0; i < n; i++)
        mean += e[i] / n;
    for (int i = 0; i < n; i++)
        sum += (e[i] - mean) * (e[i] - mean);
    out->sharpened_se = n > 0 ? ct_sqrt(sum * (n - 1) / n) : NAN;
    if (n < FEWEST_PATCHES || isnan(out->sharpened))
        out->sharpened = out->sharpened_se = NAN;
}
