/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * A smile and raised brows, as a smooth movement of all that lies on the face.
 * The skin is known on the face at rest and goes along.
 */

#ifndef CT_PHANTOM_EXPRESSION_H
#define CT_PHANTOM_EXPRESSION_H

#include "phantom/phantom.h"

/* What moves this person's face and how. */
void ct_moves_make(struct moves *out, const struct scene *scene);

/* Where a place of the face at rest goes. */
struct vec ct_moved(const struct moves *moves, struct vec rest);

/* The mesh's places and normals, from its places at rest. */
void ct_moves_apply(struct mesh *mesh, const struct moves *moves);

/* A height's gradient on a triangle that was given by two edges and now is by
 * two others: along the surface it rises as much from corner to corner. */
struct vec ct_carried(struct vec slope, const struct vec was[2],
                      const struct vec is[2]);

#endif
