/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Acne scars of the three types (Jacob, Dover and Kaminer 2001) and scales of
 * dry skin.
 */

#include "phantom/scars.h"

#include "phantom/place.h"
#include "phantom/scatter.h"

static const float pi = 3.14159265f;

/* ---- Scars --------------------------------------------------------------- */

/* A boxcar's wall: it starts and ends at these shares of the radius. */
static const float wall[2] = {0.82f, 1.18f};

float ct_scar_reach(const struct feature *scar)
{
    if (scar->line == CT_ICE_PICK)
        return 4.0f * scar->sigma;
    return scar->line == CT_BOXCAR ? wall[1] * scar->sigma : scar->sigma;
}

/* Share of the depth at a distance, and its slope a mm; down is positive. */
static float boxcar(float r, float radius, float *slope)
{
    const float low = wall[0] * radius, high = wall[1] * radius;
    const float t = ct_clamp((r - low) / (high - low), 0.0f, 1.0f);
    *slope = -6.0f * t * (1.0f - t) / (high - low);
    return 1.0f - t * t * (3.0f - 2.0f * t);
}

static float rolling(float r, float radius, float *slope)
{
    const float angle = pi * ct_min(r / radius, 1.0f);
    *slope = -0.5f * pi / radius * sinf(angle);
    return 0.5f * (1.0f + cosf(angle));
}

float ct_scar_profile(const struct feature *scar, float r, float *slope)
{
    const float s = scar->sigma;
    if (scar->line == CT_BOXCAR)
        return boxcar(r, s, slope);
    if (scar->line == CT_ROLLING)
        return rolling(r, s, slope);
    const float bell = expf(-0.5f * r * r / (s * s));
    *slope = -bell * r / (s * s);
    return bell;
}

float ct_scar_diameter(const struct feature *scar)
{
    return scar->sigma * (scar->line == CT_ICE_PICK ? 2.3548f : 2.0f);
}

/* mm3; the integrals of the profiles over the plane. */
static float volume(const struct feature *scar)
{
    const float s2 = scar->sigma * scar->sigma;
    if (scar->line == CT_ICE_PICK)
        return 2.0f * pi * s2 * scar->amount;
    if (scar->line == CT_ROLLING)
        return (0.5f * pi - 2.0f / pi) * s2 * scar->amount;
    const float a = wall[0], w = wall[1] - wall[0];
    return pi * s2 * scar->amount * (a * a + w * (a + 0.3f * w));
}

/* Cheeks and temples. */
static float scar_density(struct vec at, const struct traits *marks)
{
    if (!ct_is_bare(marks, at) || at.z < -25.0f)
        return 0.0f;
    const struct vec side = {fabsf(at.x), at.y, at.z};
    const struct vec cheek = ct_sub(side, ct_vec(44, -16, 36));
    const struct vec temple = ct_sub(side, ct_vec(50, 50, 26));
    return expf(-ct_dot(cheek, cheek) / 600.0f) +
           0.25f * expf(-ct_dot(temple, temple) / 250.0f);
}

/* Sizes by type: from, to; depth: from, to; mm. */
static const float sizes[3][4] = {{0.6f, 1.9f, 0.12f, 0.40f},
                                  {1.5f, 4.0f, 0.12f, 0.35f},
                                  {4.0f, 8.0f, 0.15f, 0.40f}};

static float between(struct random *random, const float range[2])
{
    return ct_mix(range[0], range[1], (float)ct_random_uniform(random));
}

cutis_status ct_add_scars(struct tissue *tissue, const struct mesh *mesh,
                          const struct traits *marks, const struct scene *scene,
                          struct tools *tools)
{
    const uint64_t seed = ct_hash(scene->person.seed, "scars", 5);
    cutis_status status = CUTIS_OK;
    struct scatter scatter = {0};
    if (scene->person.scars <= 0.0)
        return CUTIS_OK;
    TRY(ct_scatter_places(&scatter, mesh, marks, scar_density, seed, tools));
    for (int i = 0; i < (int)scene->person.scars; i++) {
        const struct vec at = ct_scatter_draw(&scatter).at;
        const double chance = ct_random_uniform(&scatter.random);
        const int type = chance < 0.6    ? CT_ICE_PICK
                         : chance < 0.85 ? CT_BOXCAR
                                         : CT_ROLLING;
        const float *size = sizes[type];
        const float wide = between(&scatter.random, size);
        const float deep = between(&scatter.random, size + 2);
        struct feature scar = {
            .a = at,
            .b = at,
            .sigma = wide / (type == CT_ICE_PICK ? 2.3548f : 2.0f),
            .amount =
                deep * ct_treatment_at(tissue, at, scene->treatment.scars),
            .kind = CT_F_SCAR,
            .line = (uint16_t)type,
            .id = (uint32_t)i};
        scar.extent = volume(&scar);
        TRY(ct_feature_add(&tissue->features, scar, tools));
    }
done:
    ct_free(scatter.area);
    return status;
}

/* ---- Flakes -------------------------------------------------------------- */

/* Scales are ragged, and not even within. */
float ct_flake_profile(const struct feature *flake, float distance,
                       struct vec at)
{
    const float k = 1.0f / flake->sigma;
    const struct vec own = ct_mul(at, k);
    const float ragged = 1.0f + 0.26f * ct_solid_noise(own, 81, NULL) +
                         0.16f * ct_solid_noise(ct_mul(own, 2.3f), 82, NULL);
    const float edge = ct_step(1.12f, 0.88f, distance * k * ragged);
    if (edge <= 0.0f)
        return 0.0f;
    const float fine = ct_solid_noise(ct_mul(own, 2.9f), 83, NULL);
    return edge * ct_clamp(0.85f + 0.25f * fine, 0.2f, 1.5f);
}

float ct_flake_reach(const struct feature *flake)
{
    return 2.2f * flake->sigma;
}

/* Integral of the profile over the tangent plane, mm2. */
static float covered(const struct feature *flake, struct vec normal)
{
    enum { SIDE = 48 };
    const struct vec along = ct_sub(flake->b, flake->a);
    const struct vec middle = ct_along(flake->a, along, 0.5f);
    const float reach = ct_flake_reach(flake) + 0.5f * ct_length(along);
    const struct vec u = ct_tangent(normal, 0.0), v = ct_cross(normal, u);
    const float step = 2.0f * reach / SIDE;
    float sum = 0.0f;
    for (int k = 0; k < SIDE * SIDE; k++) {
        const float x = ((float)(k % SIDE) + 0.5f) * step - reach;
        const float y = ((float)(k / SIDE) + 0.5f) * step - reach;
        const struct vec at = ct_along(ct_along(middle, u, x), v, y);
        const float distance = ct_length(ct_from_feature(flake, at));
        sum += ct_flake_profile(flake, distance, at);
    }
    return sum * step * step;
}

/* Dry skin comes in patches. */
static float flake_density(struct vec at, const struct traits *marks)
{
    if (!ct_is_bare(marks, at) || at.z < -10.0f)
        return 0.0f;
    const float dry = ct_solid_noise(ct_mul(at, 1.0f / 16.0f), 84, NULL);
    return ct_max(0.25f + 0.6f * dry, 0.0f);
}

cutis_status ct_add_flakes(struct tissue *tissue, const struct mesh *mesh,
                           const struct traits *marks,
                           const struct scene *scene, struct tools *tools)
{
    const uint64_t seed = ct_hash(scene->person.seed, "flakes", 6);
    cutis_status status = CUTIS_OK;
    struct scatter scatter = {0};
    if (scene->person.flakes <= 0.0)
        return CUTIS_OK;
    TRY(ct_scatter_places(&scatter, mesh, marks, flake_density, seed, tools));
    for (int i = 0; i < (int)scene->person.flakes; i++) {
        const struct spot spot = ct_scatter_draw(&scatter);
        struct random *random = &scatter.random;
        /* From 0.2 to 3 mm and from 0.01 to 0.1. */
        const float wide =
            ct_clamp(0.85f * ct_spread(random, 0.5f), 0.2f, 3.0f);
        const float white =
            ct_clamp(0.04f * ct_spread(random, 0.45f), 0.01f, 0.1f);
        const double turn = 2.0 * (double)pi * ct_random_uniform(random);
        const float stretch =
            ct_max((float)ct_random_uniform(random) - 0.4f, 0.0f);
        const float half = 0.5f * wide / (1.0f + 0.6f * stretch);
        const struct vec way = ct_tangent(spot.normal, turn);
        struct feature flake = {
            .a = spot.at,
            .b = ct_along(spot.at, way, 2.0f * stretch * half),
            .sigma = half,
            .amount = white *
                      ct_treatment_at(tissue, spot.at, scene->treatment.flakes),
            .kind = CT_F_FLAKE,
            .id = (uint32_t)i};
        flake.extent = covered(&flake, spot.normal);
        TRY(ct_feature_add(&tissue->features, flake, tools));
    }
done:
    ct_free(scatter.area);
    return status;
}
