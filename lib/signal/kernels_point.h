/* SPDX-License-Identifier: BSD-2-Clause */

/* Kernels that go point by point, a part of kernels.c. */

#ifndef CT_SIGNAL_KERNELS_POINT_H
#define CT_SIGNAL_KERNELS_POINT_H

#include <math.h>

#include "signal/signal.h"
#include "signal/vec.h"

static void combine3(float *dst, const float *a, const float *b, const float *c,
                     const float weight[4], size_t n)
{
    const float wa = weight[0], wb = weight[1], wc = weight[2];
    const float bias = weight[3];

    for (size_t i = 0; i < n; i++)
        dst[i] = a[i] * wa + b[i] * wb + c[i] * wc + bias;
}

static void combine4(float *dst, const float *const rows[4],
                     const float weight[4], size_t n)
{
    const float *const a = rows[0], *const b = rows[1];
    const float *const c = rows[2], *const d = rows[3];
    const float wa = weight[0], wb = weight[1], wc = weight[2], wd = weight[3];

    for (size_t i = 0; i < n; i++)
        dst[i] = a[i] * wa + b[i] * wb + c[i] * wc + d[i] * wd;
}

/*
 * x = 2^e m with m in [sqrt(1/2), sqrt(2)), t = m - 1, and
 * log10(x) = e log10(2) + t / ln(10) + t^2 P(t); P is a minimax fit, error of
 * the whole under 2e-8 before rounding.
 */
static inline float log10_of(float x)
{
    const uint32_t half_root = UINT32_C(0x3f3504f3); /* sqrt(1/2) */
    const uint32_t bits = bits_of(x) - half_root;
    const float e = (float)((int32_t)bits >> 23);
    const float m = float_of((bits & UINT32_C(0x007fffff)) + half_root);
    const float t = m - 1.0f;

    float p = 0.03906311f;
    p = p * t - 0.062615454f;
    p = p * t + 0.06459982f;
    p = p * t - 0.07188899f;
    p = p * t + 0.08670477f;
    p = p * t - 0.10858457f;
    p = p * t + 0.1447673f;
    p = p * t - 0.21714717f;
    const float small = t * t * p + t * 0.43429448f;
    return e * 0.30078125f + (e * 0.00024874567f + small);
}

static void density(float *dst, const float *src, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const float x = src[i];
        const float y = x < 1.0f / 256.0f ? 1.0f / 256.0f : x;
        const float d = -log10_of(y);
        dst[i] = x == x ? d : x; /* NaN stays NaN */
    }
}

/* 10^-x = 2^k 10^r with |r| <= log10(2) / 2; k log10(2) is taken off in two
 * parts, of which the first is exact. */
static void transmit(float *dst, const float *src, size_t n)
{
    const float round = 12582912.0f; /* 1.5 2^23: adding it rounds */

    for (size_t i = 0; i < n; i++) {
        const float x = src[i];
        float y = -x;
        y = y < 37.0f ? y : 37.0f;
        y = y > -37.0f ? y : -37.0f;
        const float k = (y * 3.3219281f + round) - round;
        const float r = (y - k * 0.30078125f) - k * 0.00024874567f;

        float p = 0.20796794f;
        p = p * r + 0.5420822f;
        p = p * r + 1.1712401f;
        p = p * r + 2.0346482f;
        p = p * r + 2.6509492f;
        p = p * r + 2.3025851f;
        const float power = 1.0f + r * p;
        const float scale = float_of((uint32_t)((int32_t)k + 127) << 23);
        dst[i] = x == x ? power * scale : x;
    }
}

/*
 * The curve of CIELAB (CIE 15:2004, 8.2.1).  The cube root is t y^2 with
 * y = t^(-1/3): a guess from the exponent, a step of fourth order, then one of
 * Newton; neither needs a division.
 */
static inline float lab_curve(float t)
{
    const float knee = 216.0f / 24389.0f;
    const float u = t > knee ? t : knee;

    const float guess =
        1419901056.0f - (float)(int32_t)bits_of(u) * 0.33333334f;
    float y = float_of((uint32_t)(int32_t)guess);
    float c = 1.0f - u * y * (y * y);
    y += y * c * (0.33333334f + c * (0.22222222f + c * 0.17283951f));
    c = 1.0f - u * y * (y * y);
    y += y * c * 0.33333334f;

    const float root = u * y * y;
    const float line = t * (24389.0f / 3132.0f) + 4.0f / 29.0f;
    return t > knee ? root : line;
}

/* linear sRGB -> XYZ over the white point of D65, row by row. */
static const float to_xyz[9] = {
    (float)(0.4124564 / 0.95047),
    (float)(0.3575761 / 0.95047),
    (float)(0.1804375 / 0.95047),
    0.2126729f,
    0.7151522f,
    0.0721750f,
    (float)(0.0193339 / 1.08883),
    (float)(0.1191920 / 1.08883),
    (float)(0.9503041 / 1.08883),
};

static void lab(float *restrict l, float *restrict a, float *restrict b,
                const float *red, const float *green, const float *blue,
                size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const float r = red[i], g = green[i], v = blue[i];
        const float x =
            lab_curve(r * to_xyz[0] + g * to_xyz[1] + v * to_xyz[2]);
        const float y =
            lab_curve(r * to_xyz[3] + g * to_xyz[4] + v * to_xyz[5]);
        const float z =
            lab_curve(r * to_xyz[6] + g * to_xyz[7] + v * to_xyz[8]);
        l[i] = 116.0f * y - 16.0f;
        a[i] = 500.0f * (x - y);
        b[i] = 200.0f * (y - z);
    }
}

static void surface(float *dst, const float *const b[3],
                    const float *const rgb[3], size_t n)
{
    const float *const r = rgb[0], *const g = rgb[1], *const v = rgb[2];

    for (size_t i = 0; i < n; i++) {
        const float x = b[0][i], y = b[1][i], z = b[2][i];
        const float bb = x * x + y * y + z * z;
        const float b1 = x + y + z;
        const float bl = x * r[i] + y * g[i] + z * v[i];
        const float det = 3.0f * bb - b1 * b1;
        const float beta = (bb * (r[i] + g[i] + v[i]) - b1 * bl) / det;
        dst[i] = det > 1e-2f ? beta : 0.0f;
    }
}

static void weigh(float *value, float *weight, const float *src,
                  const uint8_t *mask, float mean, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const float v = src[i] - mean;
        value[i] = mask[i] ? v : 0.0f;
        weight[i] = mask[i] ? 1.0f : 0.0f;
    }
}

static void unweigh(float *value, const float *weight, float mean, float least,
                    size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const float w = weight[i] > 1e-6f ? weight[i] : 1e-6f;
        const float v = value[i] / w + mean;
        value[i] = weight[i] >= least ? v : NAN;
    }
}

#endif
