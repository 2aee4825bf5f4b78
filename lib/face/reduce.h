/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef CT_FACE_REDUCE_H
#define CT_FACE_REDUCE_H

#include "face/sample.h"

enum {
    CT_BOX_FLOATS = 4, /* of struct reduced, a box */
    CT_MOST_BOX = 4096 /* px; sums of 16-bit samples stay exact in uint64 */
};

/* Part of a picture, or of a reduced one, in boxes; `part` in full coordinates.
 * The factor of the second is a multiple of that of `from`, whose boxes count
 * as one pixel of the mean each. */
cutis_status ct_reduce(struct reduced *out, const struct picture *picture,
                       struct rect part, int factor, struct tools *tools);
cutis_status ct_reduce_again(struct reduced *out, const struct reduced *from,
                             int times, struct tools *tools);

#endif
