/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Finds the points of the face mesh in a face.
 */

#ifndef CT_FACE_LANDMARKS_H
#define CT_FACE_LANDMARKS_H

#include "face/detect.h"

struct landmarks {
    cutis_point points[CT_POINTS]; /* full coordinates */
    float depth[CT_POINTS];        /* px, towards the camera < 0 */
    double presence;               /* [0,1] */
};

cutis_status ct_landmarks_find(struct landmarks *out,
                               const struct detection *where,
                               const struct overview *overview,
                               struct tools *tools);

#endif
