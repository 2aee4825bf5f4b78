/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Points and directions in the head's frame: mm, x to the right of the picture,
 * y up, z towards the camera when the head looks straight into it.
 */

#ifndef CT_PHANTOM_VEC_H
#define CT_PHANTOM_VEC_H

#include <math.h>

struct vec {
    float x, y, z;
};

static inline struct vec ct_vec(double x, double y, double z)
{
    return (struct vec){(float)x, (float)y, (float)z};
}

static inline struct vec ct_add(struct vec a, struct vec b)
{
    return (struct vec){a.x + b.x, a.y + b.y, a.z + b.z};
}

static inline struct vec ct_sub(struct vec a, struct vec b)
{
    return (struct vec){a.x - b.x, a.y - b.y, a.z - b.z};
}

static inline struct vec ct_mul(struct vec a, float k)
{
    return (struct vec){a.x * k, a.y * k, a.z * k};
}

/* a + k b */
static inline struct vec ct_along(struct vec a, struct vec b, float k)
{
    return (struct vec){a.x + k * b.x, a.y + k * b.y, a.z + k * b.z};
}

static inline float ct_dot(struct vec a, struct vec b)
{
    return a.x * b.x + a.y * b.y + a.z * b.z;
}

static inline struct vec ct_cross(struct vec a, struct vec b)
{
    return (struct vec){a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z,
                        a.x * b.y - a.y * b.x};
}

static inline float ct_length(struct vec a)
{
    return sqrtf(ct_dot(a, a));
}

/* Of length 1; a null vector stays as it is. */
static inline struct vec ct_unit(struct vec a)
{
    const float length = ct_length(a);
    return length > 0.0f ? ct_mul(a, 1.0f / length) : a;
}

/* Not fminf and fmaxf, which are calls because of what they do with NaN. */
static inline float ct_min(float a, float b)
{
    return a < b ? a : b;
}

static inline float ct_max(float a, float b)
{
    return a > b ? a : b;
}

static inline float ct_clamp(float v, float low, float high)
{
    return v < low ? low : v > high ? high : v;
}

/* 0 below `low`, 1 above `high`, smooth between; low > high turns it round. */
static inline float ct_step(float low, float high, float v)
{
    const float t = ct_clamp((v - low) / (high - low), 0.0f, 1.0f);
    return t * t * (3.0f - 2.0f * t);
}

/* a at t = 0, b at t = 1 */
static inline float ct_mix(float a, float b, float t)
{
    return a + (b - a) * t;
}

#endif
