/* SPDX-License-Identifier: BSD-2-Clause */

#include "face/given.h"

#include <math.h>

#include "face/pose.h"

enum {
    MESH_WITH_IRISES = 478,
    IBUG = 68,
    EYE_POINTS = 6, /* of iBUG-68, from 36 and from 42 */
    IBUG_EYE_R = 36,
    IBUG_EYE_L = 42
};

/* Points that both schemes place at the same bony or cartilaginous spot. */
struct twin {
    unsigned char ibug;
    unsigned short mesh;
};
static const struct twin twins[] = {
    {27, 168}, {30, 4},   {33, 2},  {36, 33},  {39, 133},
    {42, 362}, {45, 263}, {48, 61}, {54, 291}, {8, 152},
};
enum { TWINS = sizeof(twins) / sizeof(twins[0]) };

static cutis_status wrong(struct tools *tools)
{
    return ct_fail(tools, CUTIS_ERROR_UNSUITABLE,
                   "the landmarks given do not lie like a face");
}

cutis_status ct_given_check(const cutis_photo_options *options,
                            struct tools *tools)
{
    const double far = 1e6; /* px */
    const uint32_t count = options->landmark_count;
    const bool mesh = options->landmarks == CUTIS_LANDMARKS_MESH;
    const bool right =
        mesh ? count == CT_POINTS || count == MESH_WITH_IRISES : count == IBUG;
    if (!right || !options->landmark_points)
        return ct_fail(tools, CUTIS_ERROR_ARGUMENT,
                       "%u landmarks given; the scheme has %s", count,
                       mesh ? "468 or 478" : "68");
    for (uint32_t i = 0; i < count; i++) {
        const cutis_point p = options->landmark_points[i];
        if (!(fabs(p.x) < far) || !(fabs(p.y) < far))
            return ct_fail(tools, CUTIS_ERROR_ARGUMENT,
                           "landmark %u is not a point", i);
    }
    return CUTIS_OK;
}

static cutis_point mean_point(const cutis_point *points, int count)
{
    cutis_point sum = {0, 0};
    for (int i = 0; i < count; i++) {
        sum.x += points[i].x;
        sum.y += points[i].y;
    }
    return (cutis_point){sum.x / count, sum.y / count};
}

/* From the eyes alone, in a build that has no canonical face. */
static cutis_status pose_by_eyes(struct face *face, cutis_point right,
                                 cutis_point left, struct tools *tools)
{
    const double x = left.x - right.x;
    const double y = left.y - right.y;
    face->scale = ct_sqrt(x * x + y * y) / ct_canonical_ipd;
    if (!(face->scale > 0))
        return wrong(tools);
    ct_pose_upright(&face->pose, x, y, face->scale);
    face->pose.translation[0] = (right.x + left.x) / 2;
    face->pose.translation[1] = (right.y + left.y) / 2;
    return CUTIS_OK;
}

cutis_status ct_given_mesh(struct face *face,
                           const cutis_photo_options *options,
                           struct tools *tools)
{
    const float(*const mesh)[3] = ct_mesh_points();
    const cutis_point *const points = options->landmark_points;
    double seen[CT_POINTS][3] = {0}, weight[CT_POINTS];
    for (int i = 0; i < CT_POINTS; i++)
        face->points[i] = points[i];
    if (!mesh) {
        return pose_by_eyes(face, ct_mesh_eye(points, CT_EYE_RIGHT),
                            ct_mesh_eye(points, CT_EYE_LEFT), tools);
    }

    for (int i = 0; i < CT_POINTS; i++) {
        seen[i][0] = points[i].x;
        seen[i][1] = points[i].y;
        weight[i] = (double)ct_mesh_pose_weights()[i];
    }
    const struct anchors anchors = {CT_POINTS, mesh, (const double(*)[3])seen,
                                    weight};
    if (!ct_pose_fit_flat(&face->pose, &anchors))
        return wrong(tools);
    for (int i = 0; i < CT_POINTS; i++) {
        double at[3];
        ct_pose_point(at, &face->pose, mesh[i]);
        face->depth[i] = (float)at[2];
    }
    face->scale = ct_pose_mesh_scale(&face->pose, face->points);
    return CUTIS_OK;
}

cutis_status ct_given_ibug68(struct face *face,
                             const cutis_photo_options *options,
                             struct tools *tools)
{
    const float(*const mesh)[3] = ct_mesh_points();
    const cutis_point *const points = options->landmark_points;
    const cutis_point right = mean_point(points + IBUG_EYE_R, EYE_POINTS);
    const cutis_point left = mean_point(points + IBUG_EYE_L, EYE_POINTS);
    const cutis_status status = pose_by_eyes(face, right, left, tools);
    if (status != CUTIS_OK || !mesh)
        return status;

    float canonical[TWINS][3];
    double seen[TWINS][3] = {0}, weight[TWINS];
    for (int i = 0; i < TWINS; i++) {
        for (int k = 0; k < 3; k++)
            canonical[i][k] = mesh[twins[i].mesh][k];
        seen[i][0] = points[twins[i].ibug].x;
        seen[i][1] = points[twins[i].ibug].y;
        weight[i] = 1.0;
    }
    const struct anchors anchors = {TWINS, (const float(*)[3])canonical,
                                    (const double(*)[3])seen, weight};
    if (!ct_pose_fit_flat(&face->pose, &anchors))
        return wrong(tools);
    for (int i = 0; i < CT_POINTS; i++) {
        double at[3];
        ct_pose_point(at, &face->pose, mesh[i]);
        face->points[i] = (cutis_point){at[0], at[1]};
        face->depth[i] = (float)at[2];
    }
    face->scale = ct_pose_eye_scale(&face->pose, right, left);
    return CUTIS_OK;
}
