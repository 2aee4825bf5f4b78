/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What is around a face, for the human eye only: ears, a neck, a shirt, hair.
 * And the face seen from the front as a field of depths, to put things on it.
 */

#include "phantom/phantom.h"

#include <string.h>

/* A surface over a grid of (u, v) in [0,1]; v runs round and closes. */
typedef struct vec (*patch_fn)(float u, float v, int side);

enum { PATCH_U = 28, PATCH_V = 56 };

static uint32_t patch_index(int i, int j)
{
    return (uint32_t)(i * PATCH_V + j % PATCH_V);
}

static cutis_status add_patch(struct mesh *mesh, patch_fn at, int side,
                              enum ct_part part, struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    struct mesh patch = {0};
    TRY(ct_mesh_create(&patch, (PATCH_U + 1) * PATCH_V, 2 * PATCH_U * PATCH_V,
                       tools));

    for (int i = 0; i <= PATCH_U; i++)
        for (int j = 0; j < PATCH_V; j++)
            patch.at[patch_index(i, j)] =
                at((float)i / (float)PATCH_U, (float)j / (float)PATCH_V, side);
    /* The subject's right is mirrored, and so is its winding. */
    const int turned = side ? 0 : 1;
    for (int i = 0; i < PATCH_U; i++) {
        for (int j = 0; j < PATCH_V; j++) {
            const uint32_t a = patch_index(i, j + turned);
            const uint32_t b = patch_index(i, j + 1 - turned);
            const uint32_t c = patch_index(i + 1, j + turned);
            const uint32_t d = patch_index(i + 1, j + 1 - turned);
            const int t = 2 * (i * PATCH_V + j);
            memcpy(patch.corner[t], (uint32_t[3]){a, c, b},
                   sizeof(*patch.corner));
            memcpy(patch.corner[t + 1], (uint32_t[3]){b, c, d},
                   sizeof(*patch.corner));
            patch.part[t] = patch.part[t + 1] = (uint8_t)part;
        }
    }
    ct_mesh_normals(&patch);
    TRY(ct_mesh_append(mesh, &patch, tools));
done:
    ct_mesh_free(&patch);
    return status;
}

/* ---- Patches ------------------------------------------------------------- */

static const float turn = 6.28318531f;

/* u from the middle to the rim, v round it; a helix, a hollow, a lobe. */
static struct vec ear(float u, float v, int side)
{
    const float sign = side ? 1.0f : -1.0f;
    const float angle = turn * v;
    const float up = sinf(angle), back = cosf(angle);
    const float taper = 0.82f + 0.24f * up;
    const float high = 31.0f * u * up;
    const float deep = 17.0f * u * back * taper + 5.0f + 0.10f * high;

    const float rim = expf(-(u - 0.84f) * (u - 0.84f) / 0.012f) *
                      ct_step(-0.9f, -0.2f, up + 0.5f * back);
    const float fold =
        expf(-(u - 0.52f) * (u - 0.52f) / 0.010f) * ct_step(-0.2f, 0.4f, back);
    const float hollow = expf(-u * u / 0.12f);
    const float edge = u > 0.9f ? (u - 0.9f) * (u - 0.9f) * 420.0f : 0.0f;
    const float out = 3.2f * rim + 2.4f * fold - 5.0f * hollow - edge;

    /* The ear stands 38 degrees off the head. */
    const struct vec e = {0.62f * sign, 0, -0.785f};
    const struct vec n = {0.785f * sign, 0, 0.62f};
    const struct vec root = {74.5f * sign, 8.0f + high, -27.0f};
    return ct_along(ct_along(root, e, deep), n, out + 1.0f);
}

static struct vec neck(float u, float v, int side)
{
    (void)side;
    const float angle = turn * v;
    const float y = -50.0f - 190.0f * u;
    const float wide =
        54.0f + 4.0f * cosf(u * 6.0f) + 45.0f * ct_step(0.55f, 1.0f, u);
    const float front = 0.5f + 0.5f * cosf(angle);
    const float throat = 3.0f * front * expf(-(u - 0.3f) * (u - 0.3f) / 0.02f);
    return ct_vec(wide * sinf(angle), y,
                  -50.0f + (wide * 0.92f + throat) * cosf(angle));
}

static struct vec shirt(float u, float v, int side)
{
    (void)side;
    const float angle = turn * v;
    const float t = u * 1.15f;
    const float wide = 74.0f + 145.0f * (1.0f - expf(-2.6f * t));
    const float deep = 70.0f + 40.0f * (1.0f - expf(-2.0f * t));
    const float front = 0.5f + 0.5f * cosf(angle);
    const float y = -142.0f - 18.0f * front - 50.0f * t - 130.0f * t * t;
    return ct_vec(wide * sinf(angle), y, -58.0f + deep * cosf(angle));
}

/* ---- Hair ---------------------------------------------------------------- */

/* Height of the hairline, mm, at azimuths of 0, 10, … 180 degrees from the
 * front, about the skull's axis. */
static const float hairline[] = {99, 99, 98, 95,  90,  82,  68,  46,  14, 6,
                                 34, 24, 0,  -28, -44, -50, -54, -55, -55};

static float azimuth(struct vec at)
{
    return atan2f(fabsf(at.x), at.z + 32.0f) * (360.0f / turn);
}

float ct_hair_depth(struct vec at)
{
    const float place = ct_clamp(azimuth(at) / 10.0f, 0.0f, 17.999f);
    const int i = (int)place;
    const float t = ct_step(0.0f, 1.0f, place - (float)i);
    return at.y - ct_mix(hairline[i], hairline[i + 1], t);
}

/* Combed from the crown. */
struct vec ct_hair_tangent(struct vec at)
{
    const struct vec crown = {0, 118, -62};
    return ct_unit(ct_sub(at, crown));
}

static bool hairy(const struct mesh *mesh, int t)
{
    if (mesh->part[t] != CT_PART_HEAD)
        return false;
    for (int k = 0; k < 3; k++)
        if (ct_hair_depth(mesh->at[mesh->corner[t][k]]) > -6.0f)
            return true;
    return false;
}

/* Numbers the vertices of hairy triangles from 1 in `number`; their count. */
static int number_hair(uint32_t *number, const struct mesh *mesh, int *kept)
{
    uint32_t count = 0;
    for (int t = 0; t < mesh->head_triangles; t++) {
        if (!hairy(mesh, t))
            continue;
        (*kept)++;
        for (int k = 0; k < 3; k++)
            if (!number[mesh->corner[t][k]])
                number[mesh->corner[t][k]] = ++count;
    }
    return (int)count;
}

/* A shell over the scalp, thin at the hairline. */
static cutis_status add_hair(struct mesh *mesh, struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    struct mesh hair = {0};
    int kept = 0;
    uint32_t *number =
        ct_alloc(&tools->memory, (size_t)mesh->points, sizeof(*number));
    if (!number) {
        status = ct_no_memory(tools);
        goto done;
    }

    const int points = number_hair(number, mesh, &kept);
    TRY(ct_mesh_create(&hair, points, kept, tools));
    for (int i = 0; i < mesh->points; i++) {
        if (!number[i])
            continue;
        const float depth = ct_hair_depth(mesh->at[i]);
        const float lift = 0.3f + 9.0f * ct_step(-2.0f, 34.0f, depth);
        hair.at[number[i] - 1] = ct_along(mesh->at[i], mesh->normal[i], lift);
        hair.attribute[number[i] - 1][CT_A_RELIEF] = depth;
    }
    for (int t = 0, to = 0; t < mesh->head_triangles; t++) {
        if (!hairy(mesh, t))
            continue;
        for (int k = 0; k < 3; k++)
            hair.corner[to][k] = number[mesh->corner[t][k]] - 1;
        hair.part[to++] = CT_PART_HAIR;
    }
    ct_mesh_normals(&hair);
    TRY(ct_mesh_append(mesh, &hair, tools));
done:
    ct_free(number);
    ct_mesh_free(&hair);
    return status;
}

cutis_status ct_add_body(struct mesh *mesh, const struct person *person,
                         struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    mesh->head_triangles = mesh->triangles;
    for (int side = 0; side < 2; side++)
        TRY(add_patch(mesh, ear, side, CT_PART_EAR, tools));
    TRY(add_patch(mesh, neck, 1, CT_PART_NECK, tools));
    TRY(add_patch(mesh, shirt, 1, CT_PART_CLOTH, tools));
    mesh->skin_points = mesh->points;
    if (person->hair > 0.0)
        TRY(add_hair(mesh, tools));
done:
    return status;
}

/* ---- The front ----------------------------------------------------------- */

enum { FRONT_ROWS = CT_FRONT * 3 / 2 };

static float node_x(float x)
{
    return x * CT_FRONT_STEP + CT_FRONT / 2.0f;
}

static float node_y(float y)
{
    return y * CT_FRONT_STEP + FRONT_ROWS / 2.0f;
}

static float edge_side(struct vec a, struct vec b, float x, float y)
{
    return (b.x - a.x) * (y - a.y) - (b.y - a.y) * (x - a.x);
}

/* Depths of the nodes under one triangle, given in nodes. */
static void drape(struct front *front, const struct vec p[3])
{
    const float area = edge_side(p[0], p[1], p[2].x, p[2].y);
    if (area <= 0.0f)
        return;
    const float x0 = ct_min(p[0].x, ct_min(p[1].x, p[2].x));
    const float x1 = ct_max(p[0].x, ct_max(p[1].x, p[2].x));
    const float y0 = ct_min(p[0].y, ct_min(p[1].y, p[2].y));
    const float y1 = ct_max(p[0].y, ct_max(p[1].y, p[2].y));

    for (int y = (int)ct_max(ceilf(y0), 0); (float)y <= y1 && y < FRONT_ROWS;
         y++) {
        for (int x = (int)ct_max(ceilf(x0), 0); (float)x <= x1 && x < CT_FRONT;
             x++) {
            const float fx = (float)x, fy = (float)y;
            const float a = edge_side(p[1], p[2], fx, fy) / area;
            const float b = edge_side(p[2], p[0], fx, fy) / area;
            const float c = 1.0f - a - b;
            if (a < -1e-4f || b < -1e-4f || c < -1e-4f)
                continue;
            const float z = a * p[0].z + b * p[1].z + c * p[2].z;
            front->z[y][x] = ct_max(front->z[y][x], z);
        }
    }
}

void ct_front_fill(struct front *front, const struct mesh *mesh)
{
    for (int y = 0; y < FRONT_ROWS; y++)
        for (int x = 0; x < CT_FRONT; x++)
            front->z[y][x] = -150.0f;
    for (int t = 0; t < mesh->triangles; t++) {
        if (mesh->part[t] != CT_PART_FACE && mesh->part[t] != CT_PART_HEAD)
            continue;
        struct vec p[3];
        for (int k = 0; k < 3; k++) {
            const struct vec at = mesh->rest[mesh->corner[t][k]];
            p[k] = (struct vec){node_x(at.x), node_y(at.y), at.z};
        }
        drape(front, p);
    }
}

struct vec ct_front_at(const struct front *front, double x, double y)
{
    const float u = ct_clamp(node_x((float)x), 0.0f, CT_FRONT - 1.001f);
    const float v = ct_clamp(node_y((float)y), 0.0f, FRONT_ROWS - 1.001f);
    const int i = (int)u, j = (int)v;
    const float s = u - (float)i, t = v - (float)j;
    const float low = ct_mix(front->z[j][i], front->z[j][i + 1], s);
    const float high = ct_mix(front->z[j + 1][i], front->z[j + 1][i + 1], s);
    return ct_vec(x, y, ct_mix(low, high, t));
}
