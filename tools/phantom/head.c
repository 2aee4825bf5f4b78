/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The head: the canonical face mesh with its mouth closed and its oval lofted
 * over an ellipsoid, changed to this person's shape, then subdivided as one, so
 * that no seam shows.
 */

#include "phantom/phantom.h"

#include <string.h>

#include "stages.h"

enum { OVAL = 36, RINGS = 9, LEVELS = 4 };

/* The oval from the forehead down the subject's left side and back up. */
static const uint16_t oval[OVAL] = {
    10,  338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288,
    397, 365, 379, 378, 400, 377, 152, 148, 176, 149, 150, 136,
    172, 58,  132, 93,  234, 127, 162, 21,  54,  103, 67,  109};

static const uint16_t upper_lip[11] = {78,  191, 80,  81,  82, 13,
                                       312, 311, 310, 415, 308};
static const uint16_t lower_lip[11] = {78,  95,  88,  178, 87, 14,
                                       317, 402, 318, 324, 308};

static const uint16_t lip_border[20] = {61,  146, 91,  181, 84,  17,  314,
                                        405, 321, 375, 291, 409, 270, 269,
                                        267, 0,   37,  39,  40,  185};

static const uint16_t eye_contour[2][16] = {
    {33, 246, 161, 160, 159, 158, 157, 173, 133, 155, 154, 153, 145, 144, 163,
     7},
    {263, 466, 388, 387, 386, 385, 384, 398, 362, 382, 381, 380, 374, 373, 390,
     249}};

static const uint16_t brow_edge[2][10] = {
    {46, 53, 52, 65, 55, 70, 63, 105, 66, 107},
    {276, 283, 282, 295, 285, 300, 293, 334, 296, 336}};

/* The skull behind the face. */
static const struct vec skull = {0, 22, -32};
static const struct vec radii = {77, 98, 98};

/* ---- Mouth --------------------------------------------------------------- */

/*
 * The canonical mouth gapes by 5.5 mm.  The inner lips' pairs go to their
 * middles, 0.12 mm apart, and what is near follows by half of the gap, fading
 * over 10 mm above and 16 mm below.
 */
static void close_mouth(struct vec *at)
{
    struct vec was[CT_POINTS];
    bool inner[CT_POINTS] = {false};
    for (int i = 0; i < CT_POINTS; i++)
        was[i] = at[i];

    for (int k = 1; k < 10; k++) {
        const uint16_t u = upper_lip[k], l = lower_lip[k];
        const struct vec middle = ct_mul(ct_add(was[u], was[l]), 0.5f);
        const struct vec half = {0, 0.12f, 0};
        at[u] = ct_add(middle, half);
        at[l] = ct_sub(middle, half);
        inner[u] = inner[l] = true;
    }
    for (int i = 0; i < CT_POINTS; i++) {
        if (inner[i])
            continue;
        const bool above = was[i].y > -42.6f;
        const uint16_t *lip = above ? upper_lip : lower_lip;
        int nearest = 0;
        float best = INFINITY;
        for (int k = 0; k < 11; k++) {
            const float d = ct_length(ct_sub(was[i], was[lip[k]]));
            if (d < best) {
                best = d;
                nearest = k;
            }
        }
        const struct vec shift = ct_sub(at[lip[nearest]], was[lip[nearest]]);
        const float reach = above ? 10.0f : 16.0f;
        const float w = expf(-(best * best) / (reach * reach));
        at[i] = ct_along(was[i], shift, w);
    }
}

/* ---- Loft ---------------------------------------------------------------- */

static struct vec on_skull(struct vec way)
{
    return (struct vec){skull.x + radii.x * way.x, skull.y + radii.y * way.y,
                        skull.z + radii.z * way.z};
}

/* Ring 1 … RINGS behind oval point `i`; the face's own is ring 0. */
static struct vec ring_point(struct vec edge, int ring)
{
    const struct vec back = ct_unit(ct_vec(0.0, 0.25, -1.0));
    const struct vec d = ct_sub(edge, skull);
    const struct vec from =
        ct_unit((struct vec){d.x / radii.x, d.y / radii.y, d.z / radii.z});
    const struct vec offset = ct_sub(edge, on_skull(from));

    const float whole = acosf(ct_clamp(ct_dot(from, back), -1.0f, 1.0f));
    const float t = (float)ring / (float)(RINGS + 1);
    const float angle = whole * t;
    const struct vec side = ct_unit(ct_along(back, from, -ct_dot(from, back)));
    const struct vec way =
        ct_along(ct_mul(from, cosf(angle)), side, sinf(angle));
    const float run = angle * 92.0f / 34.0f;
    return ct_along(on_skull(way), offset, expf(-run * run));
}

static void corner_set(struct mesh *mesh, int t, uint32_t a, uint32_t b,
                       uint32_t c)
{
    mesh->corner[t][0] = a;
    mesh->corner[t][1] = b;
    mesh->corner[t][2] = c;
    mesh->part[t] = CT_PART_HEAD;
}

static uint32_t ring_index(int ring, int i)
{
    i = (i + OVAL) % OVAL;
    if (ring == 0)
        return oval[i];
    return (uint32_t)(CT_POINTS + (ring - 1) * OVAL + i);
}

static void loft(struct mesh *mesh)
{
    for (int ring = 1; ring <= RINGS; ring++)
        for (int i = 0; i < OVAL; i++)
            mesh->at[ring_index(ring, i)] = ring_point(mesh->at[oval[i]], ring);

    int t = CT_TRIANGLES;
    for (int ring = 0; ring < RINGS; ring++) {
        for (int i = 0; i < OVAL; i++) {
            const uint32_t a = ring_index(ring, i);
            const uint32_t b = ring_index(ring, i + 1);
            const uint32_t c = ring_index(ring + 1, i);
            const uint32_t d = ring_index(ring + 1, i + 1);
            corner_set(mesh, t++, a, c, b);
            corner_set(mesh, t++, b, c, d);
        }
    }

    const uint32_t pole = (uint32_t)mesh->points - 1;
    mesh->at[pole] = on_skull(ct_unit(ct_vec(0.0, 0.25, -1.0)));
    for (int i = 0; i < OVAL; i++)
        corner_set(mesh, t++, ring_index(RINGS, i), pole,
                   ring_index(RINGS, i + 1));
}

/* The oval may run either way round in the mesh; the loft follows the face. */
static void orient(struct mesh *mesh)
{
    for (int t = 0; t < CT_TRIANGLES; t++) {
        for (int k = 0; k < 3; k++) {
            if (mesh->corner[t][k] != oval[1] ||
                mesh->corner[t][(k + 1) % 3] != oval[0])
                continue;
            for (int s = CT_TRIANGLES; s < mesh->triangles; s++) {
                const uint32_t b = mesh->corner[s][1];
                mesh->corner[s][1] = mesh->corner[s][2];
                mesh->corner[s][2] = b;
            }
            return;
        }
    }
}

/* ---- Marks --------------------------------------------------------------- */

/* Catmull and Rom's curve through a closed outline, past point `i`. */
static struct vec rounded(const struct vec *outline, int count, int i, float t)
{
    const struct vec p0 = outline[(i + count - 1) % count], p1 = outline[i];
    const struct vec p2 = outline[(i + 1) % count];
    const struct vec p3 = outline[(i + 2) % count];
    const float w0 = t * (t * (2.0f - t) - 1.0f);
    const float w1 = t * t * (3.0f * t - 5.0f) + 2.0f;
    const float w2 = t * (t * (4.0f - 3.0f * t) + 1.0f);
    const float w3 = t * t * (t - 1.0f);
    const struct vec sum =
        ct_along(ct_along(ct_along(ct_mul(p0, w0), p1, w1), p2, w2), p3, w3);
    return ct_mul(sum, 0.5f);
}

static void mark(struct traits *marks, const struct mesh *mesh,
                 const struct person *person)
{
    for (int side = 0; side < 2; side++) {
        struct vec contour[16], middle = {0};
        for (int i = 0; i < 16; i++) {
            contour[i] = mesh->at[eye_contour[side][i]];
            middle = ct_along(middle, contour[i], 1.0f / 16.0f);
        }
        for (int i = 0; i < 64; i++)
            marks->eye[side][i] =
                rounded(contour, 16, i / 4, 0.25f * (float)(i % 4));
        for (int i = 0; i < 10; i++)
            marks->brow[side][i] = mesh->at[brow_edge[side][i]];
        /* The iris hangs a little higher than the lids' middle. */
        middle.y += 0.3f;
        marks->iris[side] = middle;
        marks->nostril[side] =
            ct_identity(ct_vec(side ? 7.5 : -7.5, -16.0, 60.0), person);
    }
    for (int i = 0; i < 11; i++)
        marks->mouth[i] = ct_mul(
            ct_add(mesh->at[upper_lip[i]], mesh->at[lower_lip[i]]), 0.5f);
    for (int i = 0; i < 20; i++)
        marks->lips[i] = mesh->at[lip_border[i]];
}

cutis_status ct_head_build(struct mesh *out, struct traits *marks,
                           const struct person *person, struct tools *tools)
{
    const float(*points)[3] = ct_mesh_points();
    const uint16_t(*triangles)[3] = ct_mesh_triangles();
    if (!points || !triangles)
        return ct_fail(tools, CUTIS_ERROR_UNSUPPORTED,
                       "this build has no face model, so there is no face to "
                       "draw");

    cutis_status status = CUTIS_OK;
    struct mesh mesh = {0};
    TRY(ct_mesh_create(&mesh, CT_POINTS + RINGS * OVAL + 1,
                       CT_TRIANGLES + (2 * RINGS + 1) * OVAL, tools));
    for (int i = 0; i < CT_POINTS; i++)
        mesh.at[i] = (struct vec){points[i][0], -points[i][1], -points[i][2]};
    for (int t = 0; t < CT_TRIANGLES; t++)
        for (int k = 0; k < 3; k++)
            mesh.corner[t][k] = triangles[t][k];
    close_mouth(mesh.at);
    ct_identity_all(mesh.at, CT_POINTS, person);
    loft(&mesh);
    orient(&mesh);
    TRY(ct_mesh_subdivide(&mesh, LEVELS, tools));
    mark(marks, &mesh, person);
    TRY(ct_add_body(&mesh, person, tools));
    memcpy(mesh.rest, mesh.at, (size_t)mesh.points * sizeof(*mesh.rest));

    *out = mesh;
    mesh = (struct mesh){0};
done:
    ct_mesh_free(&mesh);
    return status;
}
