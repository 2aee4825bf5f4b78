/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The taps of the line filter, along each direction, scaled so that a line as
 * wide as the filter, of height 1, answers with 2^(-3/2).
 */

#include <math.h>

#include "measure/line_taps.h"

static const double pi = 3.14159265358979324;

enum { KERNEL = 64 };

static void add_tap(struct line_taps *taps, int along, int across,
                    double weight, bool steep)
{
    const int k = ++taps->pairs;
    taps->weight[k] = (float)weight;
    taps->x[k] = steep ? across : along;
    taps->y[k] = steep ? along : across;
}

/* Weights sum to 1 over both sides. */
static void lay_taps(struct line_taps *taps, double sine, double cosine,
                     double sigma, double length)
{
    const bool steep = fabs(sine) > fabs(cosine);
    const double main = steep ? sine : cosine;
    const double slope = (steep ? cosine : sine) / main;
    const double stretch = 1.0 / fabs(main); /* length of a step of one px */
    const double widest = floor(2.2 * sigma / stretch);
    const int step = widest < 1.0 ? 1 : (int)widest;
    const int count = (int)(3.0 * length / (stretch * step));
    double sum = 1.0;

    *taps = (struct line_taps){.weight = {1.0f}, .flat = !steep};
    for (int t = 1; t <= count && t < CT_LINE_SIDE; t++) {
        const double d = t * step * stretch / length;
        const double w = ct_exp(-0.5 * d * d);
        const double across = t * step * slope;
        const double whole = floor(across);
        add_tap(taps, t * step, (int)whole, w * (1.0 - (across - whole)),
                steep);
        add_tap(taps, t * step, (int)whole + 1, w * (across - whole), steep);
        sum += 2.0 * w;
    }
    for (int k = 0; k <= taps->pairs; k++)
        taps->weight[k] = (float)((double)taps->weight[k] / sum);
}

/* ---- Calibration --------------------------------------------------------- */

struct derivatives {
    float w0[KERNEL], w1[KERNEL], w2[KERNEL];
    int radius;
    double sigma;
};

static void take_kernel(float *into, double sigma, int order, int *radius)
{
    float w[CT_RADIUS_MAX + 1];
    const int r = ct_gauss_kernel(w, sigma, order);
    for (int k = 0; k <= r && k < KERNEL; k++)
        into[k] = w[k];
    *radius = r > *radius ? r : *radius;
}

/* What the derivatives make of an ideal line of width sigma and height 1 that
 * passes at `distance` px.  From one u to the next the line's Gaussian changes
 * by a factor that changes by a constant factor itself. */
static double answer(const struct derivatives *k, double sine, double cosine,
                     double distance)
{
    const double step = sine / k->sigma, change = ct_exp(-step * step);
    double xx = 0.0, xy = 0.0, yy = 0.0;
    for (int v = -k->radius; v <= k->radius; v++) {
        const double d = (distance + k->radius * sine + v * cosine) / k->sigma;
        double f = ct_exp(-0.5 * d * d);
        double next = ct_exp(step * (d - 0.5 * step));
        for (int u = -k->radius; u <= k->radius; u++) {
            const int i = u < 0 ? -u : u, j = v < 0 ? -v : v;
            const double sign = (u < 0) == (v < 0) ? 1.0 : -1.0;
            xx += (double)k->w2[i] * (double)k->w0[j] * f;
            yy += (double)k->w0[i] * (double)k->w2[j] * f;
            xy += sign * (double)k->w1[i] * (double)k->w1[j] * f;
            f *= next;
            next *= change;
        }
    }
    return -k->sigma * k->sigma *
           (xx * sine * sine - 2.0 * xy * sine * cosine + yy * cosine * cosine);
}

/* Along an axis or a diagonal every second tap weighs nothing but rounding. */
static bool counts(const struct line_taps *taps, int k)
{
    return taps->weight[k] > 1e-9f;
}

/* What the filter makes of that line along its own middle. */
static double unscaled(const struct line_direction *direction,
                       const struct derivatives *kernel)
{
    const struct line_taps *taps = &direction->taps;
    double sum = 0.0;
    for (int k = 0; k <= taps->pairs; k++) {
        const double distance =
            -taps->x[k] * direction->sine + taps->y[k] * direction->cosine;
        const double both = k ? 2.0 : 1.0;
        if (counts(taps, k))
            sum += both * (double)taps->weight[k] *
                   answer(kernel, direction->sine, direction->cosine, distance);
    }
    return sum;
}

static void calibrate(struct line_taps *taps, double sum)
{
    const double scale = 0.35355339059327376 / sum; /* 2^(-3/2) */
    int kept = 0;
    for (int k = 0; k <= taps->pairs; k++) {
        if (!counts(taps, k))
            continue;
        taps->weight[kept] = (float)((double)taps->weight[k] * scale);
        taps->x[kept] = taps->x[k];
        taps->y[kept++] = taps->y[k];
    }
    taps->flat = taps->flat && kept == taps->pairs + 1;
    taps->pairs = kept - 1;
}

void ct_line_directions(struct line_direction out[CT_ANGLES], double sigma,
                        double length)
{
    struct derivatives kernel = {.sigma = sigma};
    take_kernel(kernel.w0, sigma, 0, &kernel.radius);
    take_kernel(kernel.w1, sigma, 1, &kernel.radius);
    take_kernel(kernel.w2, sigma, 2, &kernel.radius);

    for (int i = 0; i < CT_ANGLES; i++) {
        const double angle = pi * i / CT_ANGLES;
        out[i].scaled = false;
        out[i].sine = ct_sin(angle);
        out[i].cosine = ct_cos(angle);
        lay_taps(&out[i].taps, out[i].sine, out[i].cosine, sigma, length);
    }
    /* A direction, its mirror image and the same two from the other axis answer
     * alike. */
    for (int i = 0; i <= CT_ANGLES / 4; i++) {
        const double sum = unscaled(&out[i], &kernel);
        const int alike[4] = {i, CT_ANGLES / 2 - i, CT_ANGLES / 2 + i,
                              (CT_ANGLES - i) % CT_ANGLES};
        for (int k = 0; k < 4; k++)
            if (!out[alike[k]].scaled) {
                calibrate(&out[alike[k]].taps, sum);
                out[alike[k]].scaled = true;
            }
    }
}
