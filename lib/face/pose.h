/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Lays the canonical face on the points of a face.
 *
 * Angles, from rotation = Rz(roll) Rx(-pitch) Ry(-yaw), are 0 for a face that
 * looks straight at the camera.  yaw > 0: the subject has turned to his or her
 * left, the nose points to the right of the picture.  pitch > 0: the chin is
 * up.  roll > 0: the head leans clockwise in the picture.
 */

#ifndef CT_FACE_POSE_H
#define CT_FACE_POSE_H

#include "stages.h"

/* Distance of the canthi midpoints of the canonical face, mm. */
extern const double ct_canonical_ipd;

enum ct_eye { CT_EYE_RIGHT, CT_EYE_LEFT };

/* Points of the canonical face, each with where it is seen and how much that
 * counts. */
struct anchors {
    int count;
    const float (*canonical)[3]; /* mm */
    const double (*seen)[3];     /* px; z in px too, where it is known */
    const double *weight;
};

/* Weighted Procrustes with depth (Umeyama 1991, doi:10.1109/34.88573); false
 * when the points do not fix a rotation. */
bool ct_pose_fit(struct pose *out, const struct anchors *anchors);

/* The same without depth, for a camera far away: the affine map nearest to the
 * points, then the scaled rotation nearest to that. */
bool ct_pose_fit_flat(struct pose *out, const struct anchors *anchors);

/* A head that looks straight at the camera, rolled so that the picture's
 * direction (x, y) is the head's own right to left. */
void ct_pose_upright(struct pose *out, double x, double y, double scale);

/*
 * px per canonical mm, from how far apart the eyes' centres are: what the pose
 * foreshortens them by is undone.  This, not the scale of the whole mesh, is
 * what a distance of the pupils in mm belongs to: heads differ in shape.
 */
double ct_pose_eye_scale(const struct pose *pose, cutis_point right,
                         cutis_point left);

/* The same from a mesh. */
double ct_pose_mesh_scale(const struct pose *pose, const cutis_point *points);

/* Midpoints of the corners of the right and the left eye of a mesh. */
cutis_point ct_mesh_eye(const cutis_point *points, enum ct_eye eye);

/* A canonical point, mm, in the picture: x, y, depth in px. */
void ct_pose_point(double out[3], const struct pose *pose,
                   const float canonical[3]);

#endif
