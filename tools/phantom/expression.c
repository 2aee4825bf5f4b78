/* SPDX-License-Identifier: BSD-2-Clause */

#include "phantom/expression.h"

/* A bump of movement on both sides of the average face: where, which way (mm,
 * where the expression is full) and how far it reaches along each axis. */
struct muscle {
    struct vec at, way, reach;
    bool brow; /* else of the smile */
};

static const struct muscle muscles[] = {
    {{25, -43, 43}, {4.6f, 3.6f, -2.2f}, {13, 13, 20}, false}, /* corner */
    {{42, -20, 40}, {1.4f, 2.4f, 2.2f}, {15, 15, 20}, false},  /* cheek */
    {{20, -28, 50}, {1.2f, 1.0f, 0.4f}, {9, 10, 16}, false},   /* fold */
    {{30, 50, 44}, {0, 4.2f, 0.3f}, {16, 17, 24}, true},       /* brow */
    {{10, 48, 52}, {0, 2.6f, 0.3f}, {10, 15, 24}, true},       /* its end */
};
enum { MUSCLES = sizeof(muscles) / sizeof(muscles[0]) };
_Static_assert(2 * MUSCLES <= CT_MOVES, "there is room for both sides");

/* Eyes stay where they are: brows move from here, mm, to here. */
static const float lid_y[2] = {35.0f, 50.0f};

void ct_moves_make(struct moves *out, const struct scene *scene)
{
    *out = (struct moves){.count = 0};
    for (int i = 0; i < 2 * MUSCLES; i++) {
        const struct muscle *muscle = &muscles[i / 2];
        const double much =
            muscle->brow ? scene->expression.brows : scene->expression.smile;
        const float sign = i % 2 ? -1.0f : 1.0f;
        struct vec at = muscle->at, way = muscle->way;
        if (much == 0.0)
            continue;
        at.x *= sign;
        way.x *= sign;
        out->bump[out->count++] =
            (struct move){.at = ct_identity(at, &scene->person),
                          .way = ct_mul(way, (float)much),
                          .reach = muscle->reach,
                          .brow = muscle->brow};
    }
}

struct vec ct_moved(const struct moves *moves, struct vec rest)
{
    const float above = ct_step(lid_y[0], lid_y[1], rest.y);
    struct vec moved = rest;
    for (int i = 0; i < moves->count; i++) {
        const struct move *move = &moves->bump[i];
        const struct vec d = ct_sub(rest, move->at);
        const float u = d.x / move->reach.x, v = d.y / move->reach.y;
        const float w = d.z / move->reach.z;
        const float bell = expf(-0.5f * (u * u + v * v + w * w));
        moved = ct_along(moved, move->way, move->brow ? bell * above : bell);
    }
    return moved;
}

void ct_moves_apply(struct mesh *mesh, const struct moves *moves)
{
    if (moves->count == 0)
        return;
    for (int i = 0; i < mesh->points; i++)
        mesh->at[i] = ct_moved(moves, mesh->rest[i]);
    ct_mesh_normals(mesh);
    mesh->moved = true;
}

struct vec ct_carried(struct vec slope, const struct vec was[2],
                      const struct vec is[2])
{
    const struct vec normal = ct_cross(is[0], is[1]);
    const float square = ct_dot(normal, normal);
    if (square <= 0.0f)
        return slope;
    const float first = ct_dot(slope, was[0]) / square;
    const float second = ct_dot(slope, was[1]) / square;
    const struct vec across = ct_cross(is[1], normal);
    const struct vec along = ct_cross(normal, is[0]);
    return ct_along(ct_mul(across, first), along, second);
}
