/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The colours of the heat maps: pale for little, dark for much, in even steps
 * of CIELAB.  Lightness alone carries the order, so the maps read the same for
 * people who do not tell red from green, and on grey paper; the hue only tells
 * one map from another.  Chroma is cut where sRGB ends.
 */

#include <math.h>

#include "report/report.h"

/* A path through CIELAB: lightness falls, the hue turns. */
struct path {
    double pale;             /* lightness that it begins with */
    double hue_from, hue_to; /* degrees of CIELAB */
    double chroma;           /* about the middle */
};

static const struct path paths[CT_MAPS] = {
    [CT_MAP_H] = {95.0, 70.0, 12.0, 66.0},
    [CT_MAP_P] = {95.0, 95.0, 50.0, 52.0},
    [CT_MAP_RELIEF] = {95.0, 200.0, 270.0, 40.0},
    [CT_MAP_PORES] = {85.0, 150.0, 200.0, 48.0},
    [CT_MAP_WRINKLES] = {85.0, 340.0, 305.0, 50.0},
};

enum { DARK = 22, FINE = 512 };

struct lab {
    double l, a, b;
};

static double uncurve(double t)
{
    return t > 6.0 / 29.0
               ? t * t * t
               : 3.0 * (6.0 / 29.0) * (6.0 / 29.0) * (t - 4.0 / 29.0);
}

/* CIELAB D65 to linear sRGB (IEC 61966-2-1). */
static void to_linear(double rgb[3], const struct lab *lab)
{
    const double fy = (lab->l + 16.0) / 116.0;
    const double x = 0.95047 * uncurve(fy + lab->a / 500.0);
    const double y = uncurve(fy);
    const double z = 1.08883 * uncurve(fy - lab->b / 200.0);
    rgb[0] = 3.2404542 * x - 1.5371385 * y - 0.4985314 * z;
    rgb[1] = -0.9692660 * x + 1.8760108 * y + 0.0415560 * z;
    rgb[2] = 0.0556434 * x - 0.2040259 * y + 1.0572252 * z;
}

static bool within_srgb(const struct lab *lab)
{
    double rgb[3];
    to_linear(rgb, lab);
    for (int c = 0; c < 3; c++)
        if (!(rgb[c] >= 0.0 && rgb[c] <= 1.0))
            return false;
    return true;
}

/* The point at `t` in [0,1] of a path, its chroma held inside sRGB. */
static struct lab point_of(const struct path *path, double t)
{
    const double turn = 3.14159265358979323846 / 180.0 *
                        (path->hue_from + t * (path->hue_to - path->hue_from));
    struct lab lab = {.l = path->pale + t * (DARK - path->pale)};
    double inside = 0.0;
    /* Grey at the pale end, more than half of the colour at the dark one. */
    const double chroma =
        path->chroma * (0.08 * (1.0 - t) + 3.6 * t * (1.0 - t) + 0.55 * t * t);
    double outside = 2.0 * chroma; /* so that the first try is the chroma */
    for (int i = 0; i < 40; i++) {
        const double middle = 0.5 * (inside + outside);
        lab.a = middle * ct_cos(turn);
        lab.b = middle * ct_sin(turn);
        if (!within_srgb(&lab)) {
            outside = middle;
            continue;
        }
        if (i == 0)
            return lab;
        inside = middle;
    }
    lab.a = inside * ct_cos(turn);
    lab.b = inside * ct_sin(turn);
    return lab;
}

static double between(const struct lab *p, const struct lab *q)
{
    const double l = p->l - q->l, a = p->a - q->a, b = p->b - q->b;
    return sqrt(l * l + a * a + b * b);
}

static uint8_t encode(double linear)
{
    const double value = ct_srgb_encode(fmin(fmax(linear, 0.0), 1.0));
    return (uint8_t)(255.0 * value + 0.5);
}

void ct_ramp(uint8_t out[CT_RAMP_STEPS][3], enum ct_map map)
{
    struct lab fine[FINE + 1];
    double along[FINE + 1];
    along[0] = 0.0;
    for (int i = 0; i <= FINE; i++) {
        fine[i] = point_of(&paths[map], i / (double)FINE);
        if (i)
            along[i] = along[i - 1] + between(&fine[i - 1], &fine[i]);
    }
    int at = 0;
    for (int step = 0; step < CT_RAMP_STEPS; step++) {
        const double target = along[FINE] * step / (CT_RAMP_STEPS - 1);
        while (at < FINE - 1 && along[at + 1] < target)
            at++;
        const double t = (target - along[at]) / (along[at + 1] - along[at]);
        const struct lab *const p = &fine[at], *const q = &fine[at + 1];
        const struct lab lab = {p->l + t * (q->l - p->l),
                                p->a + t * (q->a - p->a),
                                p->b + t * (q->b - p->b)};
        double rgb[3];
        to_linear(rgb, &lab);
        for (int c = 0; c < 3; c++)
            out[step][c] = encode(rgb[c]);
    }
}
