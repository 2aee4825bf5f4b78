/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What a lens does when it is not in focus, and what cameras do to pictures
 * that nobody should measure: the controls that a measurement must notice.
 */

#ifndef CT_PHANTOM_PROCESS_H
#define CT_PHANTOM_PROCESS_H

#include "phantom/phantom.h"

/* Spreads every point over a disk of `radius` drawn pixels. */
cutis_status ct_defocus(struct frame *frame, double radius, int threads,
                        struct tools *tools);

/* A lens in mm, and what a mm at a mm's distance is in drawn pixels. */
struct focus {
    double aperture; /* diameter of its opening; 0 = all is in focus */
    double distance; /* of the plane that is in focus */
    double focal;    /* px */
};

/* Spreads every point by its distance; what has none stays as it is. */
cutis_status ct_focus(struct frame *frame, const struct focus *focus,
                      int threads, struct tools *tools);

/* Samples of 16 bits, three a pixel, in place: first a beauty filter that
 * leaves edges and takes fine texture (a bilateral filter of sigma 0.5 mm and
 * 0.06 of the range, mixed in by `smooth`), then an unsharp mask of sigma 1
 * pixel, `sharpen` times the luma's difference. */
cutis_status ct_process(uint16_t *samples, const struct camera *camera,
                        int threads, struct tools *tools);

#endif
