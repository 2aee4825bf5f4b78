/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Cuts squares out of a picture, turned and scaled as a network wants them.
 */

#ifndef CT_FACE_SAMPLE_H
#define CT_FACE_SAMPLE_H

#include "stages.h"

/* Part of a picture in boxes of factor × factor pixels; those at its right and
 * lower end may be smaller. */
struct reduced {
    float *at; /* red, green, blue, 0 of each box, in [0,1] */
    int width, height;
    struct rect part; /* of the picture, px */
    int factor;
};

/* A picture, and all of it in boxes, made once for all coarse squares. */
struct overview {
    const struct picture *picture;
    struct reduced whole;
};

cutis_status ct_overview_create(struct overview *out,
                                const struct picture *picture,
                                struct tools *tools);
void ct_overview_free(struct overview *overview);

/* A square in full coordinates.  Its x axis points along (cosine, sine). */
struct square {
    double x, y; /* its centre, px */
    double side; /* px */
    double cosine, sine;
};

enum ct_border { CT_BORDER_ZERO, CT_BORDER_REPEAT };

/*
 * out = `size` × `size` pixels × 3 channels, in [0,1]: what the square shows,
 * as encoded in the picture, averaged over the area of each pixel.  MEMORY.
 */
cutis_status ct_sample(float *out, int size, const struct square *square,
                       enum ct_border border, const struct overview *overview,
                       struct tools *tools);

/* Where (u, v), in [0,1] over the square, lies in the picture. */
cutis_point ct_square_point(const struct square *square, double u, double v);

#endif
