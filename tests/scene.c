/* SPDX-License-Identifier: BSD-2-Clause */

#include "scene.h"

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

struct tools scene_tools;

const float scene_light_skin[3] = {0.45f, 0.27f, 0.18f};
const float scene_dark_skin[3] = {0.075f, 0.041f, 0.024f};
const float scene_hair[3] = {0.02f, 0.015f, 0.012f};
const float scene_grey[3] = {0.5f, 0.5f, 0.5f};
static const float lip_colour[3] = {0.30f, 0.10f, 0.09f};
static const float backdrop[3] = {0.6f, 0.6f, 0.6f};

enum { WIDE_MM = 200, HIGH_MM = 240, EYES_MM = 130 };

void scene_set_up(void)
{
    memset(&scene_tools, 0, sizeof(scene_tools));
    scene_tools.kernels = ct_kernels_best(CUTIS_ISA_BEST);
    scene_tools.threads = 1;
}

bool scene_without_model(void)
{
    if (ct_mesh_points())
        return false;
    printf("SKIPPED: this build is without the face model\n");
    return true;
}

void scene_put(const struct scene *s, int x, int y, const float colour[3])
{
    ct_row(&s->skin.red, y)[x] = colour[0];
    ct_row(&s->skin.green, y)[x] = colour[1];
    ct_row(&s->skin.blue, y)[x] = colour[2];
}

void scene_get(const struct scene *s, int x, int y, float colour[3])
{
    colour[0] = ct_row(&s->skin.red, y)[x];
    colour[1] = ct_row(&s->skin.green, y)[x];
    colour[2] = ct_row(&s->skin.blue, y)[x];
}

static void draw(const struct scene *s, enum ct_ring ring,
                 const float colour[3])
{
    struct bytes mask = {0};
    struct outline outline;
    const struct marks marks = {CT_VERTICES, s->at};
    ck_assert_int_eq(ct_bytes_create(&mask, s->width, s->height, &scene_tools),
                     CUTIS_OK);
    ct_ring_outline(&outline, ring, &marks);
    ck_assert_int_eq(
        ct_fill(&mask, outline.at, outline.count, 0, 1, &scene_tools),
        CUTIS_OK);
    for (int y = 0; y < s->height; y++)
        for (int x = 0; x < s->width; x++)
            if (ct_byte_row(&mask, y)[x])
                scene_put(s, x, y, colour);
    ct_bytes_free(&mask);
}

/* The same on either side of the middle, so that mirroring changes nothing
 * that was not meant to differ. */
static double grain(int x, int y)
{
    uint32_t h = (uint32_t)x * 2654435761u ^ (uint32_t)y * 2246822519u;
    h ^= h >> 15;
    h *= 2654435761u;
    h ^= h >> 13;
    return (double)(h & 0xffff) / 65535 - 0.5;
}

/* Fine grain of +-2 %, and light that falls off by 20 % towards the sides. */
void scene_shade(const struct scene *s)
{
    for (int y = 0; y < s->height; y++) {
        for (int x = 0; x < s->width; x++) {
            float colour[3];
            const double across = (x + 0.5) / s->width * 2 - 1;
            const double light =
                (1 - 0.2 * across * across) * (1 + 0.04 * grain(x, y));
            scene_get(s, x, y, colour);
            for (int k = 0; k < 3; k++)
                colour[k] *= (float)light;
            scene_put(s, x, y, colour);
        }
    }
}

void scene_place(struct scene *s, double from_right)
{
    static double canonical[CT_VERTICES][3];
    static struct surface surface;
    struct face *const face = &s->face;
    ck_assert(ct_surface_canonical(canonical));
    face->found = true;
    face->factor = 1;
    face->scale = face->work_scale = face->pose.scale = s->scale;
    face->pose.rotation[0] = face->pose.rotation[4] = 1;
    face->pose.rotation[8] = 1;
    face->crop = (struct rect){0, 0, s->width, s->height};
    for (int i = 0; i < CT_POINTS; i++) {
        face->points[i].x =
            s->scale * (WIDE_MM / 2.0 + canonical[i][0]) + from_right;
        face->points[i].y = s->scale * (EYES_MM + canonical[i][1]);
        face->depth[i] = (float)(s->scale * canonical[i][2]);
    }
    ck_assert(ct_surface_place(&surface, face));
    memcpy(s->at, surface.at, sizeof(surface.at));
}

struct scene *scene_create(int scale, const float skin_colour[3])
{
    struct scene *const s = ct_alloc(&scene_tools.memory, 1, sizeof(*s));
    ck_assert_ptr_nonnull(s);
    s->scale = scale;
    s->width = WIDE_MM * scale;
    s->height = HIGH_MM * scale;
    ck_assert_int_eq(
        ct_plane_create(&s->skin.red, s->width, s->height, &scene_tools),
        CUTIS_OK);
    ck_assert_int_eq(
        ct_plane_create(&s->skin.green, s->width, s->height, &scene_tools),
        CUTIS_OK);
    ck_assert_int_eq(
        ct_plane_create(&s->skin.blue, s->width, s->height, &scene_tools),
        CUTIS_OK);
    ck_assert_int_eq(
        ct_bytes_create(&s->skin.clipped, s->width, s->height, &scene_tools),
        CUTIS_OK);
    scene_place(s, 0);
    for (int y = 0; y < s->height; y++)
        for (int x = 0; x < s->width; x++)
            scene_put(s, x, y, backdrop);
    draw(s, CT_OVAL, skin_colour);
    draw(s, CT_LIPS, lip_colour);
    draw(s, CT_EYE_R, scene_grey);
    draw(s, CT_EYE_L, scene_grey);
    draw(s, CT_BROW_R, scene_hair);
    draw(s, CT_BROW_L, scene_hair);
    return s;
}

void scene_destroy(struct scene *s)
{
    ct_face_free(&s->face);
    ct_plane_free(&s->skin.red);
    ct_plane_free(&s->skin.green);
    ct_plane_free(&s->skin.blue);
    ct_bytes_free(&s->skin.clipped);
    ct_bytes_free(&s->picture.opaque);
    ct_free(s);
}

void scene_run(struct scene *s, const cutis_photo_options *options)
{
    const cutis_photo_options usual = CUTIS_PHOTO_OPTIONS_DEFAULT;
    ck_assert_int_eq(ct_face_mask(&s->face, &s->skin, &s->picture,
                                  options ? options : &usual, &scene_tools),
                     CUTIS_OK);
}

/* Share of a region's pixels that are skin. */
double scene_share(const struct scene *s, int region)
{
    double all = 0, skin = 0;
    for (int y = 0; y < s->height; y++)
        for (int x = 0; x < s->width; x++) {
            if (ct_byte_row(&s->face.region, y)[x] != region)
                continue;
            all++;
            skin += ct_byte_row(&s->face.skin, y)[x] != 0;
        }
    return all > 0 ? skin / all : NAN;
}

/* Share of a ring's pixels that pass as skin. */
double scene_false_share(const struct scene *s, enum ct_ring ring)
{
    struct bytes mask = {0};
    struct outline outline;
    const struct marks marks = {CT_VERTICES, s->at};
    double all = 0, skin = 0;
    ck_assert_int_eq(ct_bytes_create(&mask, s->width, s->height, &scene_tools),
                     CUTIS_OK);
    ct_ring_outline(&outline, ring, &marks);
    ck_assert_int_eq(
        ct_fill(&mask, outline.at, outline.count, 0, 1, &scene_tools),
        CUTIS_OK);
    for (int y = 0; y < s->height; y++)
        for (int x = 0; x < s->width; x++)
            if (ct_byte_row(&mask, y)[x]) {
                all++;
                skin += ct_byte_row(&s->face.skin, y)[x] != 0;
            }
    ct_bytes_free(&mask);
    ck_assert_double_gt(all, 0);
    return skin / all;
}

/* Middle of a scene_cheek, px. */
cutis_point scene_cheek(const struct scene *s)
{
    return s->at[205];
}

bool scene_in_disk(cutis_point middle, double radius, int x, int y)
{
    const double dx = x + 0.5 - middle.x, dy = y + 0.5 - middle.y;
    return dx * dx + dy * dy < radius * radius;
}

double scene_disk_share(const struct scene *s, cutis_point middle,
                        double radius)
{
    double all = 0, skin = 0;
    for (int y = 0; y < s->height; y++)
        for (int x = 0; x < s->width; x++)
            if (scene_in_disk(middle, radius, x, y)) {
                all++;
                skin += ct_byte_row(&s->face.skin, y)[x] != 0;
            }
    return skin / all;
}
