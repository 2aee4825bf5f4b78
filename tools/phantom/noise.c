/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Solid noise: a function of the place in the head's frame, so that it lies on
 * any surface without stretching and without seams.  Gradient noise after
 * Perlin (2002), with its analytic gradient; cells after Worley (1996).
 */

#include "phantom/phantom.h"

/* What each axis adds to a lattice point's number. */
static const uint32_t step_x = 0x8da6b343u, step_y = 0xd8163841u,
                      step_z = 0xcb1ab31fu;

/* A mixed 32-bit number for a lattice point. */
static inline uint32_t mix(uint32_t h)
{
    h ^= h >> 15;
    h *= 0x2c1b3c6du;
    h ^= h >> 12;
    h *= 0x297a2d39u;
    return h ^ h >> 15;
}

/* Four numbers that are worked on together. */
typedef float quad __attribute__((vector_size(16)));

/* The twelve edges of a cube, four of them twice, after a 0. */
static const quad edge[16] = {
    {0, 1, 1, 0}, {0, -1, 1, 0}, {0, 1, -1, 0}, {0, -1, -1, 0},
    {0, 1, 0, 1}, {0, -1, 0, 1}, {0, 1, 0, -1}, {0, -1, 0, -1},
    {0, 0, 1, 1}, {0, 0, -1, 1}, {0, 0, 1, -1}, {0, 0, -1, -1},
    {0, 1, 1, 0}, {0, -1, 1, 0}, {0, 0, -1, 1}, {0, 0, -1, -1}};

static inline float fade(float t)
{
    return t * t * t * (t * (t * 6.0f - 15.0f) + 10.0f);
}

static inline float fade_slope(float t)
{
    return 30.0f * t * t * (t * (t - 2.0f) + 1.0f);
}

/* Brings the RMS to about 1. */
static const float gain = 3.7f;

/* The integer below, which floorf is slow to find. */
static inline int below(float v)
{
    const int i = (int)v;
    return i - (v < (float)i);
}

float ct_solid_noise(struct vec at, uint32_t seed, struct vec *gradient)
{
    const int ix = below(at.x), iy = below(at.y), iz = below(at.z);
    const float x = at.x - (float)ix, y = at.y - (float)iy;
    const float z = at.z - (float)iz;
    const float fx = fade(x), fy = fade(y), fz = fade(z);
    const float du = fade_slope(x), dv = fade_slope(y), dw = fade_slope(z);
    /* Weights at the two ends of each axis, and their slopes along it. */
    const quad u[2] = {{1 - fx, -du, 1 - fx, 1 - fx}, {fx, du, fx, fx}};
    const quad v[2] = {{1 - fy, 1 - fy, -dv, 1 - fy}, {fy, fy, dv, fy}};
    const quad w[2] = {{1 - fz, 1 - fz, 1 - fz, -dw}, {fz, fz, fz, dw}};
    const uint32_t hx = (uint32_t)ix * step_x, hy = (uint32_t)iy * step_y;
    const uint32_t hz = (uint32_t)iz * step_z;

    /* The value, then its slopes. */
    quad sum = {0, 0, 0, 0};
    for (int k = 0; k < 8; k++) {
        const int i = k & 1, j = k >> 1 & 1, l = k >> 2;
        const uint32_t h = seed ^ (hx + (i ? step_x : 0)) ^
                           (hy + (j ? step_y : 0)) ^ (hz + (l ? step_z : 0));
        const quad g = edge[mix(h) & 15];
        const float value = g[1] * (x - (float)i) + g[2] * (y - (float)j) +
                            g[3] * (z - (float)l);
        const quad weight = u[i] * v[j] * w[l];
        const float own = weight[0];
        const quad values = {value, value, value, value};
        const quad owns = {own, own, own, own};
        sum += owns * g + weight * values;
    }
    if (gradient)
        *gradient = (struct vec){gain * sum[1], gain * sum[2], gain * sum[3]};
    return sum[0] * gain;
}

/* Looks at the eight lattice points around; the jitter is small enough that
 * the two nearest are nearly always among them. */
struct cells ct_solid_cells(struct vec at, uint32_t seed)
{
    const int ix = below(at.x), iy = below(at.y), iz = below(at.z);
    float first = INFINITY, second = INFINITY;
    struct vec to_first = {0}, to_second = {0};

    for (int k = 0; k < 8; k++) {
        const int i = ix + (k & 1), j = iy + (k >> 1 & 1), l = iz + (k >> 2);
        const uint32_t h = mix(seed ^ (uint32_t)i * step_x ^
                               (uint32_t)j * step_y ^ (uint32_t)l * step_z);
        const float jitter = 0.8f / 1023.0f;
        const struct vec d = {
            at.x - (float)i - jitter * ((float)(h & 1023) - 511.5f),
            at.y - (float)j - jitter * ((float)(h >> 10 & 1023) - 511.5f),
            at.z - (float)l - jitter * ((float)(h >> 20 & 1023) - 511.5f)};
        const float distance = ct_dot(d, d);
        if (distance < first) {
            second = first;
            to_second = to_first;
            first = distance;
            to_first = d;
        } else if (distance < second) {
            second = distance;
            to_second = d;
        }
    }
    first = sqrtf(first);
    second = sqrtf(second);
    const float tiny = 1e-6f;
    return (struct cells){first, second,
                          ct_mul(to_first, 1.0f / (first + tiny)),
                          ct_mul(to_second, 1.0f / (second + tiny))};
}
