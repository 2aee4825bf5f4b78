/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Faces for which the caller gives the points, or says that there is none.
 */

#ifndef CT_FACE_GIVEN_H
#define CT_FACE_GIVEN_H

#include "stages.h"

/* Whether the points are of the number and kind that the scheme has. */
cutis_status ct_given_check(const cutis_photo_options *options,
                            struct tools *tools);

/* Points, depth, pose; face->scale as px per canonical mm.  UNSUITABLE: the
 * points do not lie like a face. */
cutis_status ct_given_mesh(struct face *face,
                           const cutis_photo_options *options,
                           struct tools *tools);
cutis_status ct_given_ibug68(struct face *face,
                             const cutis_photo_options *options,
                             struct tools *tools);

#endif
