/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * CIELAB and back (CIE 15:2004, 8.2.1), under D65 unless said otherwise:
 *
 *     f(t) = t^(1/3)                     t > (6/29)^3
 *          = t / (3 (6/29)^2) + 4/29     otherwise
 *     L* = 116 f(Y) - 16,  a* = 500 (f(X) - f(Y)),  b* = 200 (f(Y) - f(Z))
 *
 * with X, Y, Z relative to the white point.
 */

#include "colour/colour.h"

const double ct_white_d65[3] = {0.95047, 1.0, 1.08883};
const double ct_white_d50[3] = {0.96422, 1.0, 0.82521};

const double ct_xyz_of_linear[9] = {
    0.4124564, 0.3575761, 0.1804375, 0.2126729, 0.7151522,
    0.0721750, 0.0193339, 0.1191920, 0.9503041,
};
const double ct_linear_of_xyz[9] = {
    3.2404542, -1.5371385, -0.4985314, -0.9692660, 1.8760108,
    0.0415560, 0.0556434,  -0.2040259, 1.0572252,
};
/* Of exactly the two white points above, so that white stays white. */
const double ct_d65_of_d50[9] = {
    0.9555766, -0.0230393, 0.0631636,  -0.0282895, 1.0099416,
    0.0210077, 0.0122982,  -0.0204830, 1.3299098,
};

void ct_times3(double y[3], const double m[9], const double x[3])
{
    for (int i = 0; i < 3; i++)
        y[i] = m[3 * i] * x[0] + m[3 * i + 1] * x[1] + m[3 * i + 2] * x[2];
}

#define KNEE  (216.0 / 24389.0) /* (6/29)^3 */
#define SLOPE (841.0 / 108.0)   /* 1 / (3 (6/29)^2) */
#define LIFT  (4.0 / 29.0)

static double curve(double t)
{
    return t > KNEE ? ct_cbrt(t) : t * SLOPE + LIFT;
}

static double curve_inverse(double f)
{
    return f > 6.0 / 29.0 ? f * f * f : (f - LIFT) / SLOPE;
}

void ct_lab_of_xyz(double lab[3], const double xyz[3], const double white[3])
{
    const double x = curve(xyz[0] / white[0]);
    const double y = curve(xyz[1] / white[1]);
    const double z = curve(xyz[2] / white[2]);
    lab[0] = 116.0 * y - 16.0;
    lab[1] = 500.0 * (x - y);
    lab[2] = 200.0 * (y - z);
}

void ct_xyz_of_lab(double xyz[3], const double lab[3], const double white[3])
{
    const double y = (lab[0] + 16.0) / 116.0;
    xyz[0] = white[0] * curve_inverse(y + lab[1] / 500.0);
    xyz[1] = white[1] * curve_inverse(y);
    xyz[2] = white[2] * curve_inverse(y - lab[2] / 200.0);
}

void ct_lab_of_linear(double lab[3], const double rgb[3])
{
    double xyz[3];
    ct_times3(xyz, ct_xyz_of_linear, rgb);
    ct_lab_of_xyz(lab, xyz, ct_white_d65);
}

void ct_linear_of_lab(double rgb[3], const double lab[3])
{
    double xyz[3];
    ct_xyz_of_lab(xyz, lab, ct_white_d65);
    ct_times3(rgb, ct_linear_of_xyz, xyz);
}

double ct_ita(double l, double b)
{
    return ct_atan2(l - 50.0, b) * (180.0 / 3.14159265358979323846);
}
