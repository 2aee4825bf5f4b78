/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Small questions about places on a face, shared by what is put there.
 */

#ifndef CT_PHANTOM_PLACE_H
#define CT_PHANTOM_PLACE_H

#include "phantom/phantom.h"

/* mm2 */
float ct_triangle_area(const struct mesh *mesh, int triangle);

/* Signed distance to a closed outline seen from the front, mm; inside > 0. */
float ct_inside(const struct vec *outline, int count, struct vec at);

/* Distance to an open line seen from the front, mm. */
float ct_beside(const struct vec *line, int count, struct vec at);

/* Skin with nothing on it: no eye, lip, brow, nostril or hair. */
bool ct_is_bare(const struct traits *marks, struct vec at);

#endif
