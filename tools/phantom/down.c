/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Thin lines that are many: vellus hair, a beard's stubble, and dilated
 * vessels.
 */

#include "phantom/scars.h"

#include "phantom/place.h"
#include "phantom/scatter.h"

/* ---- Hairs --------------------------------------------------------------- */

/* Finer on the nose. */
static float vellus_density(struct vec at, const struct traits *marks)
{
    if (!ct_is_bare(marks, at) || at.z < -40.0f)
        return 0.0f;
    const struct vec nose = ct_sub(at, ct_vec(0, -2, 70));
    return 1.0f - 0.85f * expf(-ct_dot(nose, nose) / 500.0f);
}

/* Below a line from the ear to the corner of the mouth, and around it. */
static float beard_density(struct vec at, const struct traits *marks)
{
    if (!ct_is_bare(marks, at) || at.z < -50.0f)
        return 0.0f;
    const float aside = fabsf(at.x);
    const float edge = -38.0f + 0.55f * ct_max(aside - 25.0f, 0.0f);
    const float lip = ct_step(-22.0f, -27.0f, at.y) *
                      ct_step(30.0f, 24.0f, aside) *
                      ct_step(66.0f, 61.0f, at.z);
    return ct_max(ct_step(edge + 6.0f, edge - 6.0f, at.y), lip);
}

/* A kind of hair; lengths and widths in mm. */
struct down {
    enum ct_kind kind;
    ct_density_fn density;
    const char *name;
    double per_cm2; /* where there is one for each unit of the option */
    float length[2], half_width, opacity;
    double lean; /* angle from straight down, SD */
};

static const struct down downs[] = {
    {CT_F_VELLUS, vellus_density, "vellus", 60, {0.8f, 2.4f}, .012f, .40f, .5},
    {CT_F_STUBBLE, beard_density, "stubble", 45, {0.3f, 0.9f}, .040f, .80f, .4},
};

static cutis_status add_down(struct tissue *tissue, const struct down *down,
                             double dense, const struct mesh *mesh,
                             const struct traits *marks, struct tools *tools)
{
    const uint64_t seed = ct_hash(tissue->person.seed, down->name, 6);
    cutis_status status = CUTIS_OK;
    struct scatter scatter = {0};
    if (dense <= 0.0)
        return CUTIS_OK;
    TRY(ct_scatter_places(&scatter, mesh, marks, down->density, seed, tools));
    const int count =
        (int)(dense * down->per_cm2 * ct_scatter_area(&scatter) / 100.0);
    for (int i = 0; i < count; i++) {
        const struct spot spot = ct_scatter_draw(&scatter);
        struct random *random = &scatter.random;
        const double angle = 3.14159265 + down->lean * ct_random_normal(random);
        const float length = ct_mix(down->length[0], down->length[1],
                                    (float)ct_random_uniform(random));
        const struct vec way = ct_tangent(spot.normal, angle);
        const struct feature hair = {.a = spot.at,
                                     .b = ct_along(spot.at, way, length),
                                     .sigma = down->half_width *
                                              ct_spread(random, 0.2f),
                                     .amount = down->opacity,
                                     .kind = (uint8_t)down->kind,
                                     .id = (uint32_t)i};
        TRY(ct_feature_add(&tissue->features, hair, tools));
    }
done:
    ct_free(scatter.area);
    return status;
}

cutis_status ct_add_down(struct tissue *tissue, const struct mesh *mesh,
                         const struct traits *marks, const struct scene *scene,
                         struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    TRY(add_down(tissue, &downs[0], scene->person.vellus, mesh, marks, tools));
    TRY(add_down(tissue, &downs[1], scene->person.stubble, mesh, marks, tools));
done:
    return status;
}

/* ---- Vessels ------------------------------------------------------------- */

enum { STEPS = 24 };

/* Cheeks and the wings of the nose, as far as they are seen from the front. */
static float vessel_density(struct vec at, const struct traits *marks)
{
    if (!ct_is_bare(marks, at) || at.z < 5.0f)
        return 0.0f;
    const struct vec side = {fabsf(at.x), at.y, at.z};
    const struct vec cheek = ct_sub(side, ct_vec(38, -8, 44));
    const struct vec wing = ct_sub(side, ct_vec(15, -14, 56));
    return expf(-ct_dot(cheek, cheek) / 350.0f) +
           0.8f * expf(-ct_dot(wing, wing) / 60.0f);
}

/* A line that winds from its first point. */
static cutis_status add_vessel(struct tissue *tissue, const struct front *front,
                               const struct traits *marks, struct vec from,
                               int line, double factor, struct random *random,
                               struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    const float sigma = 0.045f * ct_spread(random, 0.3f);
    const float strong = 0.9f * ct_spread(random, 0.25f);
    const double length = 3.0 + 6.0 * ct_random_uniform(random);
    const int steps = (int)(length / 0.4);
    double angle = 6.2832 * ct_random_uniform(random);
    struct vec last = ct_front_at(front, (double)from.x, (double)from.y);
    for (int i = 0; i < steps && i < STEPS; i++) {
        angle += 0.45 * ct_random_normal(random);
        const struct vec at =
            ct_front_at(front, (double)last.x + 0.4 * cos(angle),
                        (double)last.y + 0.4 * sin(angle));
        const struct feature part = {
            .a = last,
            .b = at,
            .sigma = sigma,
            .amount = strong * ct_treatment_at(tissue, at, factor),
            .kind = CT_F_VESSEL,
            .line = (uint16_t)line,
            .id = (uint32_t)(line * 256 + i)};
        if (ct_is_bare(marks, at))
            TRY(ct_feature_add(&tissue->features, part, tools));
        last = at;
    }
done:
    return status;
}

cutis_status ct_add_vessels(struct tissue *tissue, const struct front *front,
                            const struct mesh *mesh, const struct traits *marks,
                            const struct scene *scene, struct tools *tools)
{
    const uint64_t seed = ct_hash(scene->person.seed, "vessels", 7);
    cutis_status status = CUTIS_OK;
    struct scatter scatter = {0};
    if (scene->person.vessels <= 0.0)
        return CUTIS_OK;
    TRY(ct_scatter_places(&scatter, mesh, marks, vessel_density, seed, tools));
    for (int i = 0; i < (int)scene->person.vessels; i++) {
        const struct vec at = ct_scatter_draw(&scatter).at;
        TRY(add_vessel(tissue, front, marks, at, i + 1,
                       scene->treatment.vessels, &scatter.random, tools));
    }
done:
    ct_free(scatter.area);
    return status;
}
