/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What on a face is not bare skin: eyes with their lids, the line between the
 * lips, nostrils.  Painted onto the surface as it is seen from the front.
 */

#include "phantom/phantom.h"

#include "phantom/place.h"

static const float iris_mm = 5.85f, pupil_mm = 2.1f;

static void mix_in(float rgb[3], const float with[3], float share)
{
    for (int c = 0; c < 3; c++)
        rgb[c] = ct_mix(rgb[c], with[c], share);
}

static void darken(float rgb[3], float factor)
{
    for (int c = 0; c < 3; c++)
        rgb[c] *= factor;
}

static float bell(float v, float sigma)
{
    return expf(-0.5f * v * v / (sigma * sigma));
}

/* ---- Eyes ---------------------------------------------------------------- */

/* Fibres that run to the pupil, a dark rim, a lighter ring around the pupil. */
static void paint_iris(float rgb[3], const struct tissue *tissue,
                       struct vec from, float r)
{
    const float angle = atan2f(from.y, from.x);
    const struct vec polar = {4.0f * cosf(angle), 4.0f * sinf(angle),
                              r * 0.35f};
    const float fibre = 1.0f +
                        0.22f * ct_solid_noise(ct_mul(polar, 1.9f), 11, NULL) +
                        0.12f * ct_solid_noise(ct_mul(polar, 5.0f), 12, NULL);
    const float ring = 1.0f + 0.45f * bell(r - 2.9f, 0.5f);
    const float rim = 1.0f - 0.72f * ct_step(4.6f, 5.8f, r);
    float iris[3];
    for (int c = 0; c < 3; c++)
        iris[c] = tissue->iris[c] * ct_max(fibre, 0.3f) * ring * rim;
    const float pupil[3] = {0.006f, 0.005f, 0.005f};
    mix_in(iris, pupil, ct_step(pupil_mm + 0.15f, pupil_mm - 0.15f, r));
    mix_in(rgb, iris, ct_step(iris_mm + 0.25f, iris_mm - 0.25f, r));
}

static void paint_ball(struct paint *paint, const struct tissue *tissue,
                       const struct vec eye[64], struct vec iris, struct vec at,
                       float depth)
{
    const struct vec from = ct_sub(at, iris);
    const float r = sqrtf(from.x * from.x + from.y * from.y);
    float rgb[3] = {0.45f, 0.41f, 0.39f};

    const float nasal = iris.x > 0 ? -from.x : from.x;
    const float vein =
        ct_step(7.0f, 13.0f, r) *
        (0.55f + 0.25f * ct_solid_noise(ct_mul(at, 0.9f), 13, NULL));
    const float pink[3] = {0.46f, 0.27f, 0.24f};
    mix_in(rgb, pink, ct_clamp(vein, 0.0f, 0.8f));
    const float caruncle[3] = {0.42f, 0.19f, 0.17f};
    mix_in(rgb, caruncle, ct_step(10.2f, 11.6f, nasal));
    paint_iris(rgb, tissue, from, r);

    /* The upper lid's shadow, and the lashes'. */
    const float below_lid = ct_min(eye[16].y - at.y, 9.0f);
    darken(rgb, 1.0f - 0.62f * bell(ct_max(below_lid, 0.0f), 1.9f));
    darken(rgb, 1.0f - 0.35f * bell(depth, 0.7f));

    const float in = ct_step(-0.12f, 0.18f, depth);
    mix_in(paint->rgb, rgb, in);
    paint->flat = ct_max(paint->flat, in);
    paint->gloss = in;
    /* A ball of 12 mm. */
    const struct vec ball = ct_unit(ct_vec(from.x, from.y, 11.0));
    paint->normal =
        ct_unit(ct_along(ct_mul(paint->normal, 1.0f - in), ball, in));
}

/* Lash line, wet rim and the fold above the upper lid. */
static void paint_lids(struct paint *paint, const struct tissue *tissue,
                       const struct vec eye[64], struct vec at, float depth)
{
    const struct vec outer = eye[0], inner = eye[32];
    const float t = ct_clamp((at.x - outer.x) / (inner.x - outer.x), 0, 1);
    const bool upper = at.y > ct_mix(outer.y, inner.y, t);
    const float along = ct_step(-0.02f, 0.15f, t) * ct_step(1.02f, 0.9f, t);

    if (upper) {
        const float wide = ct_mix(0.55f, 0.30f, t);
        float lash[3];
        for (int c = 0; c < 3; c++)
            lash[c] = 0.35f * tissue->hair[c];
        mix_in(paint->rgb, lash,
               0.86f * along * bell(ct_min(depth + 0.15f, 0.0f), wide));
        const float fold = ct_mix(3.0f, 2.4f, t);
        darken(paint->rgb, 1.0f - 0.38f * along * bell(depth + fold, 0.42f) -
                               0.10f * along * bell(depth + fold, 1.3f));
    } else {
        const float wet[3] = {1.10f, 0.86f, 0.84f};
        for (int c = 0; c < 3; c++)
            paint->rgb[c] *= ct_mix(1.0f, wet[c], bell(depth + 0.55f, 0.35f));
        darken(paint->rgb, 1.0f - 0.30f * along * bell(depth + 1.1f, 0.30f));
        darken(paint->rgb, 1.0f - 0.10f * along * bell(depth + 4.2f, 1.1f));
    }
}

/* ---- Mouth and nose ------------------------------------------------------ */

static void paint_mouth(struct paint *paint, const struct traits *marks,
                        struct vec at)
{
    const float d = ct_beside(marks->mouth, 11, at);
    darken(paint->rgb, 1.0f - 0.72f * bell(d, 0.34f) - 0.20f * bell(d, 1.3f));
    for (int end = 0; end <= 10; end += 10) {
        const struct vec corner = ct_sub(at, marks->mouth[end]);
        const float r = sqrtf(corner.x * corner.x + corner.y * corner.y);
        darken(paint->rgb, 1.0f - 0.35f * bell(r, 1.3f));
    }
}

static void paint_nostril(struct paint *paint, struct vec nostril, float side,
                          struct vec at)
{
    const float dx = (at.x - nostril.x) * side, dy = at.y - nostril.y;
    const float c = 0.8776f, s = 0.4794f; /* 0.5 rad */
    const float u = (c * dx - s * dy) / 3.5f, v = (s * dx + c * dy) / 1.6f;
    const float r = sqrtf(u * u + v * v);
    const float dark[3] = {0.018f, 0.007f, 0.006f};
    mix_in(paint->rgb, dark, 0.93f * ct_step(1.12f, 0.70f, r));
    darken(paint->rgb, 1.0f - 0.28f * bell(ct_max(r - 0.9f, 0.0f), 0.5f));
    paint->flat = ct_max(paint->flat, ct_step(1.2f, 0.9f, r));
}

void ct_paint_face(struct paint *paint, const struct traits *marks,
                   const struct tissue *tissue, struct vec at)
{
    if (at.z < 15.0f)
        return;
    for (int side = 0; side < 2; side++) {
        const struct vec iris = marks->iris[side];
        if (fabsf(at.x - iris.x) < 23.0f && fabsf(at.y - iris.y) < 13.0f) {
            const float depth = ct_inside(marks->eye[side], 64, at);
            if (depth < 0.3f && depth > -9.0f)
                paint_lids(paint, tissue, marks->eye[side], at, depth);
            if (depth > -0.2f)
                paint_ball(paint, tissue, marks->eye[side], iris, at, depth);
        }
        const struct vec nostril = marks->nostril[side];
        if (fabsf(at.x - nostril.x) < 7.0f && fabsf(at.y - nostril.y) < 5.0f)
            paint_nostril(paint, nostril, side ? 1.0f : -1.0f, at);
    }
    if (fabsf(at.x) < 35.0f && at.y < -30.0f && at.y > -60.0f)
        paint_mouth(paint, marks, at);
}
