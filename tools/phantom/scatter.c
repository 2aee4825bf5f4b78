/* SPDX-License-Identifier: BSD-2-Clause */

#include "phantom/scatter.h"

#include "phantom/place.h"

static struct vec middle_of(const struct mesh *mesh, int t)
{
    const uint32_t *c = mesh->corner[t];
    const struct vec sum =
        ct_add(ct_add(mesh->rest[c[0]], mesh->rest[c[1]]), mesh->rest[c[2]]);
    return ct_mul(sum, 1.0f / 3.0f);
}

cutis_status ct_scatter_places(struct scatter *out, const struct mesh *mesh,
                               const struct traits *marks,
                               ct_density_fn density, uint64_t seed,
                               struct tools *tools)
{
    struct scatter scatter = {.mesh = mesh, .triangles = mesh->head_triangles};
    scatter.area = ct_alloc(&tools->memory, (size_t)scatter.triangles,
                            sizeof(*scatter.area));
    if (!scatter.area)
        return ct_no_memory(tools);

    double sum = 0.0;
    for (int t = 0; t < scatter.triangles; t++) {
        const float weight = density(middle_of(mesh, t), marks);
        if (weight > 0.0f)
            sum += (double)(ct_triangle_area(mesh, t) * weight);
        scatter.area[t] = sum;
    }
    ct_random_seed(&scatter.random, seed);
    *out = scatter;
    return CUTIS_OK;
}

double ct_scatter_area(const struct scatter *scatter)
{
    return scatter->area[scatter->triangles - 1];
}

struct spot ct_scatter_draw(struct scatter *scatter)
{
    const double total = ct_scatter_area(scatter);
    const double goal = ct_random_uniform(&scatter->random) * total;
    int low = 0, high = scatter->triangles - 1;
    while (low < high) {
        const int middle = (low + high) / 2;
        if (scatter->area[middle] > goal)
            high = middle;
        else
            low = middle + 1;
    }

    const float r = sqrtf((float)ct_random_uniform(&scatter->random));
    const float s = (float)ct_random_uniform(&scatter->random);
    const float w[3] = {1.0f - r, r * (1.0f - s), r * s};
    const uint32_t *c = scatter->mesh->corner[low];
    const struct vec *rest = scatter->mesh->rest;
    struct spot spot = {.at = {0}};
    for (int k = 0; k < 3; k++)
        spot.at = ct_along(spot.at, rest[c[k]], w[k]);
    spot.normal = ct_unit(ct_cross(ct_sub(rest[c[1]], rest[c[0]]),
                                   ct_sub(rest[c[2]], rest[c[0]])));
    return spot;
}

float ct_spread(struct random *random, float sd)
{
    return expf(sd * ct_clamp((float)ct_random_normal(random), -2.2f, 2.2f));
}

float ct_treatment_at(const struct tissue *tissue, struct vec at, double factor)
{
    return 1.0f + (float)(factor - 1.0) * ct_treated_at(&tissue->regions, at);
}

struct vec ct_tangent(struct vec normal, double angle)
{
    const struct vec up = {0, 1, 0};
    const struct vec high = ct_unit(ct_along(up, normal, -ct_dot(up, normal)));
    const struct vec side = ct_cross(high, normal);
    return ct_along(ct_mul(high, (float)cos(angle)), side, (float)sin(angle));
}
