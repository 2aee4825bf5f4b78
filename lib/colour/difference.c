/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * CIEDE2000 (Sharma, Wu, Dalal 2005, doi:10.1002/col.20070), kL = kC = kH = 1.
 *
 * Hues exactly opposite have two mean hues.  Rounding would choose between
 * them, so a difference within 1e-9 degrees of 180 counts as 180.
 */

#include <math.h>

#include "colour/colour.h"

#define DEGREE       (3.14159265358979323846 / 180.0)
#define OPPOSITE_DEG (180.0 + 1e-9)

static double seventh(double x)
{
    const double cube = x * x * x;
    return cube * cube * x;
}

/* sqrt(c^7 / (c^7 + 25^7)) */
static double chroma_share(double c)
{
    const double c7 = seventh(c);
    return sqrt(c7 / (c7 + seventh(25.0)));
}

static double cos_deg(double angle)
{
    return ct_cos(angle * DEGREE);
}

/* In [0, 360); 0 for grey. */
static double hue(double a, double b)
{
    if (a == 0.0 && b == 0.0)
        return 0.0;
    const double h = ct_atan2(b, a) / DEGREE;
    return h < 0.0 ? h + 360.0 : h;
}

/* dh' and the mean of h', both in degrees; `grey` where a chroma is 0. */
static void compare_hues(double h1, double h2, bool grey, double *difference,
                         double *mean)
{
    const double d = h2 - h1, sum = h1 + h2;
    if (grey) {
        *difference = 0.0;
        *mean = sum;
    } else if (fabs(d) <= OPPOSITE_DEG) {
        *difference = d;
        *mean = 0.5 * sum;
    } else {
        *difference = d > 0.0 ? d - 360.0 : d + 360.0;
        *mean = 0.5 * (sum < 360.0 ? sum + 360.0 : sum - 360.0);
    }
}

double ct_ciede2000(const double first[3], const double second[3])
{
    const double c1 = sqrt(first[1] * first[1] + first[2] * first[2]);
    const double c2 = sqrt(second[1] * second[1] + second[2] * second[2]);
    const double g = 0.5 * (1.0 - chroma_share(0.5 * (c1 + c2)));
    const double a1 = (1.0 + g) * first[1], a2 = (1.0 + g) * second[1];
    const double p1 = sqrt(a1 * a1 + first[2] * first[2]);
    const double p2 = sqrt(a2 * a2 + second[2] * second[2]);

    double dh, h;
    compare_hues(hue(a1, first[2]), hue(a2, second[2]), p1 * p2 == 0.0, &dh,
                 &h);
    const double dl = second[0] - first[0], dc = p2 - p1;
    const double big_dh = 2.0 * sqrt(p1 * p2) * ct_sin(0.5 * dh * DEGREE);

    const double l = 0.5 * (first[0] + second[0]) - 50.0;
    const double c = 0.5 * (p1 + p2);
    const double t = 1.0 - 0.17 * cos_deg(h - 30.0) + 0.24 * cos_deg(2.0 * h) +
                     0.32 * cos_deg(3.0 * h + 6.0) -
                     0.20 * cos_deg(4.0 * h - 63.0);
    const double sl = 1.0 + 0.015 * l * l / sqrt(20.0 + l * l);
    const double sc = 1.0 + 0.045 * c;
    const double sh = 1.0 + 0.015 * c * t;

    const double off_blue = (h - 275.0) / 25.0;
    const double turn = 30.0 * ct_exp(-off_blue * off_blue);
    const double rt = -2.0 * chroma_share(c) * ct_sin(2.0 * turn * DEGREE);

    const double tl = dl / sl, tc = dc / sc, th = big_dh / sh;
    const double square = tl * tl + tc * tc + th * th + rt * tc * th;
    return square > 0.0 ? sqrt(square) : 0.0;
}
