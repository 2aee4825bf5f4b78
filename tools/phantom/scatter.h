/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Points drawn at random on the face by area, for what lies there.
 */

#ifndef CT_PHANTOM_SCATTER_H
#define CT_PHANTOM_SCATTER_H

#include "phantom/phantom.h"

/* Where features of a kind may lie: relative density, 0 = nowhere. */
typedef float (*ct_density_fn)(struct vec at, const struct traits *marks);

struct scatter {
    const struct mesh *mesh;
    double *area; /* running sum, mm2 times relative density */
    int triangles;
    struct random random;
};

/* A point of the face at rest, and the surface's normal there. */
struct spot {
    struct vec at, normal;
};

/* The area may be given to ct_free at any time after. */
cutis_status ct_scatter_places(struct scatter *out, const struct mesh *mesh,
                               const struct traits *marks,
                               ct_density_fn density, uint64_t seed,
                               struct tools *tools);

/* mm2 times relative density of all. */
double ct_scatter_area(const struct scatter *scatter);
struct spot ct_scatter_draw(struct scatter *scatter);

/* exp of a normal of SD `sd`, within 2.2 SD. */
float ct_spread(struct random *random, float sd);

/* How much of a treatment's factor applies at a place. */
float ct_treatment_at(const struct tissue *tissue, struct vec at,
                      double factor);

/* A direction along the surface, `angle` from the one that is most upward. */
struct vec ct_tangent(struct vec normal, double angle);

#endif
