/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The truth as pictures: what the skin is in every pixel, and the light that
 * reached the lens.
 */

#ifndef CT_PHANTOM_MAPS_H
#define CT_PHANTOM_MAPS_H

#include "phantom/phantom.h"

enum ct_layer {
    CT_L_MELANIN,  /* ln of the factor on the person's melanin */
    CT_L_BLOOD,    /* ln of the factor on the person's blood */
    CT_L_HEIGHT,   /* mm */
    CT_L_SPECULAR, /* mirrored light, a card's light being 1 */
    CT_L_FLAKES,   /* reflectance of scales */
    CT_L_DEPTH,    /* mm before the plane of the eyes */
    CT_L_SKIN,     /* share of the pixel that is bare skin of the face */
    CT_L_REGION,   /* its index in the pixel's middle; 255 = none */
    CT_L_COUNT
};

/* A code of 0 stands for `low`, 65535 for `high`; the first three, the
 * flakes and the depth are means over the pixel's bare skin. */
struct layer_kind {
    const char *name, *unit;
    double low, high;
};
const struct layer_kind *ct_layer_kind(enum ct_layer map);

/* PNGs of 16 bits and the picture's size, named PREFIXmelanin.png and so on. */
cutis_status ct_maps_write(const struct subject *subject, const char *prefix,
                           struct tools *tools);

/* The luminance of the frame's light in each of the picture's pixels, times
 * the exposure, as NumPy's .npy of little-endian 32-bit floats by rows. */
cutis_status ct_clean_write(const struct frame *frame,
                            const struct camera *camera, int scale,
                            const char *path, struct tools *tools);

#endif
