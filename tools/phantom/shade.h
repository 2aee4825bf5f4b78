/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The light that a pixel sends to the camera, material by material.
 */

#ifndef CT_PHANTOM_SHADE_H
#define CT_PHANTOM_SHADE_H

#include "phantom/phantom.h"

struct shading;

/* Given back to ct_free. */
cutis_status ct_shading_create(struct shading **out, const struct mesh *mesh,
                               const struct traits *marks,
                               const struct tissue *tissue,
                               const struct scene *scene,
                               const struct optics *optics,
                               struct tools *tools);

/* What a pixel shows, and of what it is made. */
struct seen {
    float rgb[3];
    float specular;     /* light that the surface mirrors, in each channel */
    float flake;        /* reflectance of scales on the skin */
    bool skin;          /* what follows is known */
    struct vec rest;    /* the place on the face at rest */
    struct place place; /* the skin there */
};

/* Of triangle `t`, where its corners weigh `w`. */
void ct_shade(const struct shading *shading, uint32_t t, const float w[3],
              struct seen *out);
void ct_shade_backdrop(const struct shading *shading, int x, int y,
                       float rgb[3]);
/* A card or chart hides what is behind it; false where there is none. */
bool ct_shade_target(const struct shading *shading, int x, int y, float rgb[3]);

/* Whether hair is there, or what is below shows. */
bool ct_hair_covers(const struct mesh *mesh, const uint32_t corner[3],
                    const float w[3]);

struct vec ct_interpolate(const struct vec *of, const uint32_t corner[3],
                          const float w[3]);

#endif
