/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Solid noise: a function of the place in the head's frame, so that it lies on
 * any surface without stretching and without seams.  Gradient noise after
 * Perlin (2002), with its analytic gradient; cells after Worley (1996).
 */

#include "phantom/phantom.h"

/* A mixed 32-bit number for a lattice point. */
static inline uint32_t mix(int x, int y, int z, uint32_t seed)
{
    uint32_t h = seed ^ (uint32_t)x * 0x8da6b343u ^ (uint32_t)y * 0xd8163841u ^
                 (uint32_t)z * 0xcb1ab31fu;
    h ^= h >> 15;
    h *= 0x2c1b3c6du;
    h ^= h >> 12;
    h *= 0x297a2d39u;
    return h ^ h >> 15;
}

/* The twelve edges of a cube, four of them twice. */
static const struct vec edge[16] = {
    {1, 1, 0},  {-1, 1, 0},  {1, -1, 0}, {-1, -1, 0}, {1, 0, 1},  {-1, 0, 1},
    {1, 0, -1}, {-1, 0, -1}, {0, 1, 1},  {0, -1, 1},  {0, 1, -1}, {0, -1, -1},
    {1, 1, 0},  {-1, 1, 0},  {0, -1, 1}, {0, -1, -1}};

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

float ct_solid_noise(struct vec at, uint32_t seed, struct vec *gradient)
{
    const float fx = floorf(at.x), fy = floorf(at.y), fz = floorf(at.z);
    const int ix = (int)fx, iy = (int)fy, iz = (int)fz;
    const float x = at.x - fx, y = at.y - fy, z = at.z - fz;
    const float u[2] = {1.0f - fade(x), fade(x)};
    const float v[2] = {1.0f - fade(y), fade(y)};
    const float w[2] = {1.0f - fade(z), fade(z)};
    const float du = fade_slope(x), dv = fade_slope(y), dw = fade_slope(z);

    float sum = 0.0f;
    struct vec slope = {0};
    for (int k = 0; k < 8; k++) {
        const int i = k & 1, j = k >> 1 & 1, l = k >> 2;
        const struct vec g = edge[mix(ix + i, iy + j, iz + l, seed) & 15];
        const float value =
            g.x * (x - (float)i) + g.y * (y - (float)j) + g.z * (z - (float)l);
        const float weight = u[i] * v[j] * w[l];
        sum += weight * value;
        slope.x += weight * g.x + (i ? du : -du) * v[j] * w[l] * value;
        slope.y += weight * g.y + (j ? dv : -dv) * u[i] * w[l] * value;
        slope.z += weight * g.z + (l ? dw : -dw) * u[i] * v[j] * value;
    }
    if (gradient)
        *gradient = ct_mul(slope, gain);
    return sum * gain;
}

/* Looks at the eight lattice points around; the jitter is small enough that
 * the two nearest are nearly always among them. */
struct cells ct_solid_cells(struct vec at, uint32_t seed)
{
    const int ix = (int)floorf(at.x), iy = (int)floorf(at.y);
    const int iz = (int)floorf(at.z);
    float first = INFINITY, second = INFINITY;
    struct vec to_first = {0}, to_second = {0};

    for (int k = 0; k < 8; k++) {
        const int i = ix + (k & 1), j = iy + (k >> 1 & 1), l = iz + (k >> 2);
        const uint32_t h = mix(i, j, l, seed);
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
