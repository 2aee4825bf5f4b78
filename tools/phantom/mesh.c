/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Triangles: room for them, normals, and Loop's subdivision (1987, with
 * Warren's weights), whose limit is smooth everywhere.  The control points are
 * moved first so that the limit goes through the points that were given: the
 * landmarks are then vertices of what is drawn.
 */

#include "phantom/phantom.h"

#include <string.h>

#include "stages.h"

enum { FIT_ROUNDS = 5 };

cutis_status ct_mesh_create(struct mesh *out, int points, int triangles,
                            struct tools *tools)
{
    struct mesh mesh = {.points = points, .triangles = triangles};
    const size_t n = (size_t)points, m = (size_t)triangles;

    mesh.at = ct_alloc(&tools->memory, n, sizeof(*mesh.at));
    mesh.rest = ct_alloc(&tools->memory, n, sizeof(*mesh.rest));
    mesh.normal = ct_alloc(&tools->memory, n, sizeof(*mesh.normal));
    mesh.attribute = ct_alloc(&tools->memory, n, sizeof(*mesh.attribute));
    mesh.corner = ct_alloc(&tools->memory, m, sizeof(*mesh.corner));
    mesh.part = ct_alloc(&tools->memory, m, sizeof(*mesh.part));
    if (!mesh.at || !mesh.rest || !mesh.normal || !mesh.attribute ||
        !mesh.corner || !mesh.part) {
        ct_mesh_free(&mesh);
        return ct_no_memory(tools);
    }
    *out = mesh;
    return CUTIS_OK;
}

void ct_mesh_free(struct mesh *mesh)
{
    ct_free(mesh->at);
    ct_free(mesh->rest);
    ct_free(mesh->normal);
    ct_free(mesh->attribute);
    ct_free(mesh->corner);
    ct_free(mesh->part);
    *mesh = (struct mesh){0};
}

static void copy_into(struct mesh *to, const struct mesh *from, int point,
                      int triangle)
{
    const size_t n = (size_t)from->points, m = (size_t)from->triangles;
    memcpy(to->at + point, from->at, n * sizeof(*from->at));
    memcpy(to->normal + point, from->normal, n * sizeof(*from->normal));
    memcpy(to->attribute + point, from->attribute,
           n * sizeof(*from->attribute));
    memcpy(to->part + triangle, from->part, m * sizeof(*from->part));
    for (int t = 0; t < from->triangles; t++)
        for (int k = 0; k < 3; k++)
            to->corner[triangle + t][k] = from->corner[t][k] + (uint32_t)point;
}

cutis_status ct_mesh_append(struct mesh *mesh, const struct mesh *more,
                            struct tools *tools)
{
    struct mesh both = {0};
    cutis_status status = CUTIS_OK;

    TRY(ct_mesh_create(&both, mesh->points + more->points,
                       mesh->triangles + more->triangles, tools));
    both.skin_points = mesh->skin_points;
    both.head_triangles = mesh->head_triangles;
    both.moved = mesh->moved;
    copy_into(&both, mesh, 0, 0);
    copy_into(&both, more, mesh->points, mesh->triangles);
    ct_mesh_free(mesh);
    *mesh = both;
done:
    return status;
}

/* Weighted by area, which is what the subdivided mesh needs. */
void ct_mesh_normals(struct mesh *mesh)
{
    for (int i = 0; i < mesh->points; i++)
        mesh->normal[i] = (struct vec){0};
    for (int t = 0; t < mesh->triangles; t++) {
        const uint32_t *c = mesh->corner[t];
        const struct vec n = ct_cross(ct_sub(mesh->at[c[1]], mesh->at[c[0]]),
                                      ct_sub(mesh->at[c[2]], mesh->at[c[0]]));
        for (int k = 0; k < 3; k++)
            mesh->normal[c[k]] = ct_add(mesh->normal[c[k]], n);
    }
    for (int i = 0; i < mesh->points; i++)
        mesh->normal[i] = ct_unit(mesh->normal[i]);
}

/* ---- Edges --------------------------------------------------------------- */

struct edge {
    uint32_t low, high;   /* its ends */
    uint32_t opposite[2]; /* the third corners beside it */
    int32_t next;         /* of those with the same low end; -1 = none */
};

struct edges {
    struct edge *of;
    uint32_t (*side)[3]; /* edge from corner k to k + 1 of each triangle */
    int count;
};

static int edge_find(const struct edges *edges, int32_t first, uint32_t high)
{
    for (int32_t e = first; e >= 0; e = edges->of[e].next)
        if (edges->of[e].high == high)
            return e;
    return -1;
}

/* Fills `edges`, which has room; `first` has an entry a point, all -1. */
static void edges_link(struct edges *edges, const struct mesh *mesh,
                       int32_t *first)
{
    for (int t = 0; t < mesh->triangles; t++) {
        for (int k = 0; k < 3; k++) {
            const uint32_t a = mesh->corner[t][k];
            const uint32_t b = mesh->corner[t][(k + 1) % 3];
            const uint32_t third = mesh->corner[t][(k + 2) % 3];
            const uint32_t low = a < b ? a : b, high = a < b ? b : a;

            int e = edge_find(edges, first[low], high);
            if (e < 0) {
                e = edges->count++;
                edges->of[e] =
                    (struct edge){low, high, {third, third}, first[low]};
                first[low] = e;
            }
            edges->of[e].opposite[1] = third;
            edges->side[t][k] = (uint32_t)e;
        }
    }
}

static void edges_free(struct edges *edges)
{
    ct_free(edges->of);
    ct_free(edges->side);
}

static cutis_status edges_create(struct edges *out, const struct mesh *mesh,
                                 struct tools *tools)
{
    const size_t m = (size_t)mesh->triangles, n = (size_t)mesh->points;
    cutis_status status = CUTIS_OK;
    struct edges edges = {0};
    int32_t *first = ct_alloc_raw(&tools->memory, n, sizeof(*first));
    edges.of = ct_alloc_raw(&tools->memory, m * 3, sizeof(*edges.of));
    edges.side = ct_alloc_raw(&tools->memory, m, sizeof(*edges.side));
    if (!first || !edges.of || !edges.side) {
        status = ct_no_memory(tools);
        goto done;
    }

    for (size_t i = 0; i < n; i++)
        first[i] = -1;
    edges_link(&edges, mesh, first);
    *out = edges;
    edges = (struct edges){0};
done:
    edges_free(&edges);
    ct_free(first);
    return status;
}

/* ---- Subdivision --------------------------------------------------------- */

/* Mean of each point's neighbours in `mean`, their number in `valence`. */
static void neighbours(struct vec *mean, int *valence, const struct mesh *mesh,
                       const struct edges *edges)
{
    for (int i = 0; i < mesh->points; i++) {
        mean[i] = (struct vec){0};
        valence[i] = 0;
    }
    for (int e = 0; e < edges->count; e++) {
        const uint32_t a = edges->of[e].low, b = edges->of[e].high;
        mean[a] = ct_add(mean[a], mesh->at[b]);
        mean[b] = ct_add(mean[b], mesh->at[a]);
        valence[a]++;
        valence[b]++;
    }
    for (int i = 0; i < mesh->points; i++)
        if (valence[i])
            mean[i] = ct_mul(mean[i], 1.0f / (float)valence[i]);
}

/* Moves the control points until the limit meets where they were. */
static cutis_status fit(struct mesh *mesh, const struct edges *edges,
                        struct tools *tools)
{
    const size_t n = (size_t)mesh->points;
    cutis_status status = CUTIS_OK;
    struct vec *goal = ct_alloc(&tools->memory, n, sizeof(*goal));
    struct vec *mean = ct_alloc(&tools->memory, n, sizeof(*mean));
    int *valence = ct_alloc(&tools->memory, n, sizeof(*valence));
    if (!goal || !mean || !valence) {
        status = ct_no_memory(tools);
        goto done;
    }

    memcpy(goal, mesh->at, n * sizeof(*goal));
    for (int round = 0; round < FIT_ROUNDS; round++) {
        neighbours(mean, valence, mesh, edges);
        for (size_t i = 0; i < n; i++) {
            const float w = valence[i] == 3 ? 0.6f : 0.5f;
            const struct vec limit =
                ct_add(ct_mul(mesh->at[i], 1.0f - w), ct_mul(mean[i], w));
            mesh->at[i] = ct_add(mesh->at[i], ct_sub(goal[i], limit));
        }
    }
done:
    ct_free(goal);
    ct_free(mean);
    ct_free(valence);
    return status;
}

/* Four for one: the corners' and the one in the middle. */
static void split(struct mesh *fine, const struct mesh *mesh,
                  const struct edges *edges)
{
    const uint32_t n = (uint32_t)mesh->points;
    for (int t = 0; t < mesh->triangles; t++) {
        const uint32_t *c = mesh->corner[t];
        const uint32_t *s = edges->side[t];
        const uint32_t middle[3] = {n + s[0], n + s[1], n + s[2]};
        for (int k = 0; k < 3; k++) {
            uint32_t *corner = fine->corner[4 * t + k];
            corner[0] = c[k];
            corner[1] = middle[k];
            corner[2] = middle[(k + 2) % 3];
        }
        memcpy(fine->corner[4 * t + 3], middle, sizeof(middle));
        memset(fine->part + (size_t)4 * (size_t)t, mesh->part[t], 4);
    }
}

static cutis_status subdivide_once(struct mesh *mesh, const struct edges *edges,
                                   struct tools *tools)
{
    const size_t n = (size_t)mesh->points;
    cutis_status status = CUTIS_OK;
    struct mesh fine = {0};
    int *valence = ct_alloc(&tools->memory, n, sizeof(*valence));
    TRY(ct_mesh_create(&fine, mesh->points + edges->count, 4 * mesh->triangles,
                       tools));
    if (!valence) {
        status = ct_no_memory(tools);
        goto done;
    }

    neighbours(fine.at, valence, mesh, edges);
    for (size_t i = 0; i < n; i++) {
        const float w = valence[i] == 3 ? 9.0f / 16.0f : 3.0f / 8.0f;
        fine.at[i] =
            ct_add(ct_mul(mesh->at[i], 1.0f - w), ct_mul(fine.at[i], w));
    }
    for (int e = 0; e < edges->count; e++) {
        const struct edge *edge = &edges->of[e];
        const struct vec ends =
            ct_add(mesh->at[edge->low], mesh->at[edge->high]);
        const struct vec sides =
            ct_add(mesh->at[edge->opposite[0]], mesh->at[edge->opposite[1]]);
        fine.at[mesh->points + e] =
            ct_add(ct_mul(ends, 3.0f / 8.0f), ct_mul(sides, 1.0f / 8.0f));
    }
    split(&fine, mesh, edges);

    ct_mesh_free(mesh);
    *mesh = fine;
    fine = (struct mesh){0};
done:
    ct_mesh_free(&fine);
    ct_free(valence);
    return status;
}

cutis_status ct_mesh_subdivide(struct mesh *mesh, int levels,
                               struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    struct edges edges = {0};

    for (int level = 0; level < levels; level++) {
        TRY(edges_create(&edges, mesh, tools));
        if (level == 0)
            TRY(fit(mesh, &edges, tools));
        TRY(subdivide_once(mesh, &edges, tools));
        edges_free(&edges);
        edges = (struct edges){0};
    }
    ct_mesh_normals(mesh);
done:
    edges_free(&edges);
    return status;
}
