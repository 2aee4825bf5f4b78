/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Scars, scales, fine hairs and small vessels: what a person may have besides
 * pores, spots and wrinkles.
 */

#ifndef CT_PHANTOM_SCARS_H
#define CT_PHANTOM_SCARS_H

#include "phantom/phantom.h"

/* A scar's `line`: a steep narrow pit, a flat one with walls, a wide shallow
 * one. */
enum ct_scar { CT_ICE_PICK, CT_BOXCAR, CT_ROLLING };

/* Share of the depth at a distance of r mm; its slope a mm. */
float ct_scar_profile(const struct feature *scar, float r, float *slope);
float ct_scar_reach(const struct feature *scar);

/* mm: at half depth of the first two, from rim to rim of the third. */
float ct_scar_diameter(const struct feature *scar);

/* Share of a scale's reflectance at a place that is so far from it. */
float ct_flake_profile(const struct feature *flake, float distance,
                       struct vec at);
float ct_flake_reach(const struct feature *flake);

cutis_status ct_add_scars(struct tissue *tissue, const struct mesh *mesh,
                          const struct traits *marks, const struct scene *scene,
                          struct tools *tools);
cutis_status ct_add_flakes(struct tissue *tissue, const struct mesh *mesh,
                           const struct traits *marks,
                           const struct scene *scene, struct tools *tools);
cutis_status ct_add_down(struct tissue *tissue, const struct mesh *mesh,
                         const struct traits *marks, const struct scene *scene,
                         struct tools *tools);
cutis_status ct_add_vessels(struct tissue *tissue, const struct front *front,
                            const struct mesh *mesh, const struct traits *marks,
                            const struct scene *scene, struct tools *tools);

#endif
