/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The face model that data/pack-models.py compiles in.  Only mesh.c looks here,
 * because a build may be without it.
 */

#ifndef CT_FACE_PACKED_H
#define CT_FACE_PACKED_H

#include <stddef.h>
#include <stdint.h>

#include "stages.h"

/* Two networks as .tflite files. */
extern const size_t ct_packed_landmark_size, ct_packed_detection_size;
extern const unsigned char ct_packed_landmark[], ct_packed_detection[];

/* The canonical face: mm, x right, y down, z away from the camera. */
extern const float ct_packed_points[CT_POINTS][3];
extern const float ct_packed_uv[CT_POINTS][2];
extern const uint16_t ct_packed_triangles[CT_TRIANGLES][3];
extern const uint16_t ct_packed_mirror[CT_POINTS];
extern const float ct_packed_weights[CT_POINTS];

#endif
