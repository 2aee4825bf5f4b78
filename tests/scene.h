/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * A drawn face whose truth is known: the canonical face from the front, with
 * skin of a chosen colour, lips, eyes and brows, before a grey backdrop.
 */

#ifndef TESTS_SCENE_H
#define TESTS_SCENE_H

#include "face/mask.h"

extern struct tools scene_tools;

/* Linear light; the dark one has an ITA of about -55. */
extern const float scene_light_skin[3], scene_dark_skin[3];
extern const float scene_hair[3], scene_grey[3];

struct scene {
    struct face face;
    struct skin skin;
    struct picture picture;
    cutis_point at[CT_VERTICES];
    int width, height, scale; /* px, px, px per mm */
};

void scene_set_up(void);

/* Says so, loudly, where there is no canonical face to draw. */
bool scene_without_model(void);

struct scene *scene_create(int scale, const float skin_colour[3]);
void scene_destroy(struct scene *s);

/* Moves the landmarks to the right, not what is drawn. */
void scene_place(struct scene *s, double to_right);

void scene_put(const struct scene *s, int x, int y, const float colour[3]);
void scene_get(const struct scene *s, int x, int y, float colour[3]);

/* Fine grain of +-2 %, and light that falls off by 20 % towards the sides. */
void scene_shade(const struct scene *s);

/* Regions and mask; options may be NULL. */
void scene_run(struct scene *s, const cutis_photo_options *options);

/* Share of a region's, a ring's or a disk's pixels that pass as skin. */
double scene_share(const struct scene *s, int region);
double scene_false_share(const struct scene *s, enum ct_ring ring);
double scene_disk_share(const struct scene *s, cutis_point middle,
                        double radius);

bool scene_in_disk(cutis_point middle, double radius, int x, int y);

/* Middle of the right cheek, px. */
cutis_point scene_cheek(const struct scene *s);

#endif
