/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Colour spaces of our own: decoding curves as tables, and matrices to linear
 * sRGB that follow from the primaries.  No matrix is typed in; for primaries
 * with chromaticities x, y and a white w,
 *
 *     M = P diag(P^-1 w),   P's columns = (x/y, 1, (1 - x - y)/y)
 *
 * takes linear RGB to XYZ, and inverse(M_sRGB) A M takes it to linear sRGB,
 * with Bradford's adaptation A where the whites differ.
 */

#include <math.h>

#include "acquire/acquire.h"

/* x, y of red, green, blue; white D65. */
const struct primaries ct_primaries_srgb = {
    {0.64, 0.33, 0.30, 0.60, 0.15, 0.06, 0.3127, 0.3290}};
const struct primaries ct_primaries_p3 = {
    {0.680, 0.320, 0.265, 0.690, 0.150, 0.060, 0.3127, 0.3290}};
const struct primaries ct_primaries_adobe = {
    {0.64, 0.33, 0.21, 0.71, 0.15, 0.06, 0.3127, 0.3290}};
const struct primaries ct_primaries_2020 = {
    {0.708, 0.292, 0.170, 0.797, 0.131, 0.046, 0.3127, 0.3290}};

static const double bradford[9] = {0.8951, 0.2664, -0.1614, -0.7502, 1.7135,
                                   0.0367, 0.0389, -0.0685, 1.0296};

/* The white of ICC's connection space. */
static const double d50[3] = {0.9642, 1.0, 0.8249};

static void multiply(double out[9], const double a[9], const double b[9])
{
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++)
            out[3 * i + j] = a[3 * i] * b[j] + a[3 * i + 1] * b[3 + j] +
                             a[3 * i + 2] * b[6 + j];
}

static void apply(double out[3], const double m[9], const double v[3])
{
    for (int i = 0; i < 3; i++)
        out[i] = m[3 * i] * v[0] + m[3 * i + 1] * v[1] + m[3 * i + 2] * v[2];
}

static bool invert(double out[9], const double m[9])
{
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++) {
            const int r0 = (j + 1) % 3, r1 = (j + 2) % 3;
            const int c0 = (i + 1) % 3, c1 = (i + 2) % 3;
            out[3 * i + j] = m[3 * r0 + c0] * m[3 * r1 + c1] -
                             m[3 * r0 + c1] * m[3 * r1 + c0];
        }
    const double det = m[0] * out[0] + m[1] * out[3] + m[2] * out[6];
    if (!(fabs(det) > 1e-6))
        return false;
    for (int i = 0; i < 9; i++)
        out[i] /= det;
    return true;
}

/* XYZ of a chromaticity at Y = 1. */
static void xyz_of(double out[3], const double xy[2])
{
    out[0] = xy[0] / xy[1];
    out[1] = 1.0;
    out[2] = (1.0 - xy[0] - xy[1]) / xy[1];
}

bool ct_primaries_to_xyz(double out[9], const struct primaries *primaries)
{
    double columns[9], inverse[9], white[3], gain[3];

    for (int k = 0; k < 4; k++)
        if (!(primaries->xy[2 * k + 1] > 1e-4))
            return false;
    for (int k = 0; k < 3; k++) {
        double xyz[3];
        xyz_of(xyz, primaries->xy + 2 * k);
        for (int i = 0; i < 3; i++)
            columns[3 * i + k] = xyz[i];
    }
    xyz_of(white, primaries->xy + 6);
    if (!invert(inverse, columns))
        return false;
    apply(gain, inverse, white);
    for (int i = 0; i < 9; i++)
        out[i] = columns[i] * gain[i % 3];
    return true;
}

/* Bradford's adaptation from one white to another, XYZ to XYZ. */
static void adapt(double out[9], const double from[3], const double to[3])
{
    double cones_from[3], cones_to[3], scaled[9], inverse[9];

    apply(cones_from, bradford, from);
    apply(cones_to, bradford, to);
    for (int i = 0; i < 9; i++)
        scaled[i] = bradford[i] * cones_to[i / 3] / cones_from[i / 3];
    invert(inverse, bradford); /* which has one */
    multiply(out, inverse, scaled);
}

/* Of M onto the white `to`; M's own is the sum of its columns. */
static void adapt_matrix(double m[9], const double to[3])
{
    const double from[3] = {m[0] + m[1] + m[2], m[3] + m[4] + m[5],
                            m[6] + m[7] + m[8]};
    double a[9], copy[9];

    adapt(a, from, to);
    for (int i = 0; i < 9; i++)
        copy[i] = m[i];
    multiply(m, a, copy);
}

bool ct_primaries_to_srgb(float out[9], const struct primaries *primaries)
{
    double m[9], srgb[9], inverse[9], all[9], d65[3];

    if (!ct_primaries_to_xyz(m, primaries))
        return false;
    xyz_of(d65, ct_primaries_srgb.xy + 6);
    adapt_matrix(m, d65);
    ct_primaries_to_xyz(srgb, &ct_primaries_srgb);
    invert(inverse, srgb);
    multiply(all, inverse, m);
    for (int i = 0; i < 9; i++) {
        if (!(fabs(all[i]) < 100.0))
            return false;
        out[i] = (float)all[i];
    }
    return true;
}

void ct_primaries_to_d50(double out[9], const struct primaries *primaries)
{
    if (ct_primaries_to_xyz(out, primaries))
        adapt_matrix(out, d50);
    else
        for (int i = 0; i < 9; i++)
            out[i] = NAN;
}

cutis_status ct_make_table(struct picture *picture, enum ct_curve curve,
                           double exponent, struct tools *tools)
{
    const size_t entries = (size_t)1 << picture->bits;
    const double top = (double)(entries - 1);
    float *table = ct_alloc_raw(&tools->memory, entries, sizeof(*table));

    if (!table)
        return ct_no_memory(tools);
    for (size_t i = 0; i < entries; i++) {
        const double sample = (double)i / top;
        table[i] = (float)(curve == CT_CURVE_SRGB ? ct_srgb_decode(sample)
                                                  : ct_pow(sample, exponent));
    }
    ct_free(picture->to_linear);
    picture->to_linear = table;
    return CUTIS_OK;
}
