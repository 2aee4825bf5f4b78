/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Finds faces in a whole picture.
 */

#ifndef CT_FACE_DETECT_H
#define CT_FACE_DETECT_H

#include "face/sample.h"

enum { CT_FACES = 32, CT_FACE_KEYS = 6 };

/* Eyes, nose tip, mouth, ears; r and l are the subject's. */
enum ct_face_key {
    CT_KEY_EYE_R,
    CT_KEY_EYE_L,
    CT_KEY_NOSE,
    CT_KEY_MOUTH,
    CT_KEY_EAR_R,
    CT_KEY_EAR_L
};

struct detection {
    double x, y;          /* centre of the box, full coordinates */
    double width, height; /* px; along the axes of the square it was found in */
    double score;         /* [0,1] */
    cutis_point key[CT_FACE_KEYS];
};

struct detections {
    int count;
    struct detection of[CT_FACES]; /* the largest first */
};

/* What it finds, which may be nothing. */
cutis_status ct_detect(struct detections *out, const struct overview *overview,
                       struct tools *tools);

#endif
