/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * A mesh as a camera sees it: which triangle shows in each pixel, how far away
 * it is, and so what hides what.
 */

#ifndef CT_PHANTOM_VIEW_H
#define CT_PHANTOM_VIEW_H

#include "phantom/targets.h"

#define CT_NO_TRIANGLE UINT32_MAX

/* A vertex in the picture. */
struct corner {
    float x, y, depth;
};

struct vista {
    int width, height;
    const struct mesh *mesh;
    struct optics optics;
    struct targets targets; /* which hide what is behind them */
    struct corner *corner;  /* of each vertex */
    float *depth; /* mm, of each pixel; infinite where there is none */
    uint32_t *triangle;
};

/* In drawn pixels, `scale` for each of the picture's. */
cutis_status ct_view_create(struct vista *out, const struct mesh *mesh,
                            const struct camera *camera, int scale,
                            struct tools *tools);
void ct_view_free(struct vista *view);

/* Which triangle is in the pixel, and what its corners weigh there. */
uint32_t ct_view_at(const struct vista *view, int x, int y, float w[3]);

/* Cosine between the line of sight and the surface's normal at a place on it;
 * 0 where it is hidden or outside of the picture. */
double ct_view_facing(const struct vista *view, struct vec at);

#endif
