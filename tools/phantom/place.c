/* SPDX-License-Identifier: BSD-2-Clause */

#include "phantom/place.h"

float ct_triangle_area(const struct mesh *mesh, int triangle)
{
    const uint32_t *c = mesh->corner[triangle];
    const struct vec u = ct_sub(mesh->rest[c[1]], mesh->rest[c[0]]);
    const struct vec v = ct_sub(mesh->rest[c[2]], mesh->rest[c[0]]);
    return 0.5f * ct_length(ct_cross(u, v));
}

/* Squared distance from `at` to the segment from a to b, in x and y. */
static float to_segment(struct vec a, struct vec b, struct vec at)
{
    const float ex = b.x - a.x, ey = b.y - a.y;
    const float px = at.x - a.x, py = at.y - a.y;
    const float whole = ex * ex + ey * ey;
    const float t =
        whole > 0.0f ? ct_clamp((px * ex + py * ey) / whole, 0.0f, 1.0f) : 0.0f;
    const float dx = px - t * ex, dy = py - t * ey;
    return dx * dx + dy * dy;
}

float ct_inside(const struct vec *outline, int count, struct vec at)
{
    float nearest = INFINITY;
    bool in = false;
    for (int i = 0, j = count - 1; i < count; j = i++) {
        const struct vec a = outline[j], b = outline[i];
        nearest = ct_min(nearest, to_segment(a, b, at));
        if ((a.y > at.y) != (b.y > at.y) &&
            at.x < (b.x - a.x) * (at.y - a.y) / (b.y - a.y) + a.x)
            in = !in;
    }
    return in ? sqrtf(nearest) : -sqrtf(nearest);
}

float ct_beside(const struct vec *line, int count, struct vec at)
{
    float nearest = INFINITY;
    for (int i = 1; i < count; i++)
        nearest = ct_min(nearest, to_segment(line[i - 1], line[i], at));
    return sqrtf(nearest);
}

/* Whether the outline's neighbourhood, `reach` mm about its first point and
 * middle one, may hold the place at all: saves the distances. */
static bool far_from(const struct vec *outline, int count, float reach,
                     struct vec at)
{
    const struct vec a = outline[0], b = outline[count / 2];
    return at.x < ct_min(a.x, b.x) - reach || at.x > ct_max(a.x, b.x) + reach ||
           at.y < ct_min(a.y, b.y) - reach || at.y > ct_max(a.y, b.y) + reach;
}

static bool on_eye_or_brow(const struct traits *marks, int side, struct vec at)
{
    const struct vec n = marks->nostril[side];
    if (fabsf(at.x - n.x) < 5.0f && fabsf(at.y - n.y) < 3.0f)
        return true;
    if (!far_from(marks->eye[side], 64, 14.0f, at) &&
        ct_inside(marks->eye[side], 64, at) > -3.5f)
        return true;

    struct vec brow[10];
    for (int i = 0; i < 10; i++)
        brow[i] = marks->brow[side][i < 5 ? i : 14 - i];
    return !far_from(brow, 10, 16.0f, at) && ct_inside(brow, 10, at) > -1.0f;
}

bool ct_is_bare(const struct traits *marks, struct vec at)
{
    if (at.z < -60.0f || ct_hair_depth(at) > 2.0f)
        return false;
    if (at.z < 0.0f)
        return true;
    if (on_eye_or_brow(marks, 0, at) || on_eye_or_brow(marks, 1, at))
        return false;
    return far_from(marks->lips, 20, 16.0f, at) ||
           ct_inside(marks->lips, 20, at) < -0.8f;
}
