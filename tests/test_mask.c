/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The adaptive skin mask on drawn scenes whose truth is known: the canonical
 * face from the front, with skin of a chosen colour, hair, lips, eyes and what
 * else a test puts there.
 */

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "face/mask.h"

static struct tools tools;

static void set_up(void)
{
    memset(&tools, 0, sizeof(tools));
    tools.kernels = ct_kernels_best(CUTIS_ISA_BEST);
    tools.threads = 1;
}

static bool without_model(void)
{
    if (ct_mesh_points())
        return false;
    printf("SKIPPED: this build is without the face model\n");
    return true;
}

/* ---- The scene
 * --------------------------------------------------------------- */

enum { WIDE_MM = 200, HIGH_MM = 240, EYES_MM = 130 };

static const float light_skin[3] = {0.45f, 0.27f, 0.18f};
/* Xiao-like reflectance scaled to an ITA of about -55. */
static const float dark_skin[3] = {0.075f, 0.041f, 0.024f};
static const float hair_colour[3] = {0.02f, 0.015f, 0.012f};
static const float lip_colour[3] = {0.30f, 0.10f, 0.09f};
static const float eye_colour[3] = {0.5f, 0.5f, 0.5f};
static const float backdrop[3] = {0.6f, 0.6f, 0.6f};

struct scene {
    struct face face;
    struct skin skin;
    struct picture picture;
    cutis_point at[CT_VERTICES];
    int width, height, scale;
};

static void put(const struct scene *s, int x, int y, const float colour[3])
{
    ct_row(&s->skin.red, y)[x] = colour[0];
    ct_row(&s->skin.green, y)[x] = colour[1];
    ct_row(&s->skin.blue, y)[x] = colour[2];
}

static void get(const struct scene *s, int x, int y, float colour[3])
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
    ck_assert_int_eq(ct_bytes_create(&mask, s->width, s->height, &tools),
                     CUTIS_OK);
    ct_ring_outline(&outline, ring, &marks);
    ck_assert_int_eq(ct_fill(&mask, outline.at, outline.count, 0, 1, &tools),
                     CUTIS_OK);
    for (int y = 0; y < s->height; y++)
        for (int x = 0; x < s->width; x++)
            if (ct_byte_row(&mask, y)[x])
                put(s, x, y, colour);
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
static void shade(const struct scene *s)
{
    for (int y = 0; y < s->height; y++) {
        for (int x = 0; x < s->width; x++) {
            float colour[3];
            const double across = (x + 0.5) / s->width * 2 - 1;
            const double light =
                (1 - 0.2 * across * across) * (1 + 0.04 * grain(x, y));
            get(s, x, y, colour);
            for (int k = 0; k < 3; k++)
                colour[k] *= (float)light;
            put(s, x, y, colour);
        }
    }
}

static void place_face(struct scene *s, double from_right)
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

static struct scene *make_scene(int scale, const float skin_colour[3])
{
    struct scene *const s = ct_alloc(&tools.memory, 1, sizeof(*s));
    ck_assert_ptr_nonnull(s);
    s->scale = scale;
    s->width = WIDE_MM * scale;
    s->height = HIGH_MM * scale;
    ck_assert_int_eq(ct_plane_create(&s->skin.red, s->width, s->height, &tools),
                     CUTIS_OK);
    ck_assert_int_eq(
        ct_plane_create(&s->skin.green, s->width, s->height, &tools), CUTIS_OK);
    ck_assert_int_eq(
        ct_plane_create(&s->skin.blue, s->width, s->height, &tools), CUTIS_OK);
    ck_assert_int_eq(
        ct_bytes_create(&s->skin.clipped, s->width, s->height, &tools),
        CUTIS_OK);
    place_face(s, 0);
    for (int y = 0; y < s->height; y++)
        for (int x = 0; x < s->width; x++)
            put(s, x, y, backdrop);
    draw(s, CT_OVAL, skin_colour);
    draw(s, CT_LIPS, lip_colour);
    draw(s, CT_EYE_R, eye_colour);
    draw(s, CT_EYE_L, eye_colour);
    draw(s, CT_BROW_R, hair_colour);
    draw(s, CT_BROW_L, hair_colour);
    return s;
}

static void free_scene(struct scene *s)
{
    ct_face_free(&s->face);
    ct_plane_free(&s->skin.red);
    ct_plane_free(&s->skin.green);
    ct_plane_free(&s->skin.blue);
    ct_bytes_free(&s->skin.clipped);
    ct_bytes_free(&s->picture.opaque);
    ct_free(s);
}

static void run(struct scene *s, const cutis_photo_options *options)
{
    const cutis_photo_options usual = CUTIS_PHOTO_OPTIONS_DEFAULT;
    ck_assert_int_eq(ct_face_mask(&s->face, &s->skin, &s->picture,
                                  options ? options : &usual, &tools),
                     CUTIS_OK);
}

/* Share of a region's pixels that are skin. */
static double share(const struct scene *s, int region)
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
static double false_share(const struct scene *s, enum ct_ring ring)
{
    struct bytes mask = {0};
    struct outline outline;
    const struct marks marks = {CT_VERTICES, s->at};
    double all = 0, skin = 0;
    ck_assert_int_eq(ct_bytes_create(&mask, s->width, s->height, &tools),
                     CUTIS_OK);
    ct_ring_outline(&outline, ring, &marks);
    ck_assert_int_eq(ct_fill(&mask, outline.at, outline.count, 0, 1, &tools),
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

/* Middle of a cheek, px. */
static cutis_point cheek(const struct scene *s)
{
    return s->at[205];
}

static bool in_disk(cutis_point middle, double radius, int x, int y)
{
    const double dx = x + 0.5 - middle.x, dy = y + 0.5 - middle.y;
    return dx * dx + dy * dy < radius * radius;
}

static double disk_share(const struct scene *s, cutis_point middle,
                         double radius)
{
    double all = 0, skin = 0;
    for (int y = 0; y < s->height; y++)
        for (int x = 0; x < s->width; x++)
            if (in_disk(middle, radius, x, y)) {
                all++;
                skin += ct_byte_row(&s->face.skin, y)[x] != 0;
            }
    return skin / all;
}

/* ---- Skin in
 * -------------------------------------------------------------------- */

struct look {
    const float *colour;
    int scale;
};

static const struct look looks[] = {
    {light_skin, 3}, {dark_skin, 3}, {light_skin, 8}, {dark_skin, 8}};
enum { LOOKS = sizeof(looks) / sizeof(looks[0]) };

START_TEST(skin_of_any_tone_and_size_is_in)
{
    static const int regions[] = {
        CT_FOREHEAD,       CT_GLABELLA,       CT_CHEEK_R,
        CT_CHEEK_L,        CT_INFRAORBITAL_R, CT_INFRAORBITAL_L,
        CT_PERIORAL_UPPER, CT_PERIORAL_LOWER, CT_CHIN};
    if (without_model())
        return;
    struct scene *const s = make_scene(looks[_i].scale, looks[_i].colour);
    shade(s);
    run(s, NULL);
    for (size_t i = 0; i < sizeof(regions) / sizeof(regions[0]); i++)
        ck_assert_msg(share(s, regions[i]) >= 0.95, "region %d: %.3f",
                      regions[i], share(s, regions[i]));
    ck_assert_double_le(false_share(s, CT_LIPS), 0);
    ck_assert_double_le(false_share(s, CT_EYE_R), 0);
    ck_assert_double_le(false_share(s, CT_EYE_L), 0);
    ck_assert_double_le(false_share(s, CT_BROW_R), 0);
    ck_assert_double_le(false_share(s, CT_BROW_L), 0);
    for (int y = 0; y < s->height; y++) {
        ck_assert_int_eq(ct_byte_row(&s->face.skin, y)[0], 0);
        ck_assert_int_eq(ct_byte_row(&s->face.region, y)[0], CT_NO_REGION);
    }
    free_scene(s);
}
END_TEST

START_TEST(inflamed_skin_is_in)
{
    /* 12 units of H: 0.12 along the blood vector of method 2.2 at ITA 30. */
    static const double blood[3] = {0.276, 0.766, 0.581};
    if (without_model())
        return;
    struct scene *const s = make_scene(looks[_i].scale, looks[_i].colour);
    const double radius = 10 * s->scale;
    for (int y = 0; y < s->height; y++)
        for (int x = 0; x < s->width; x++) {
            float colour[3];
            if (!in_disk(cheek(s), radius, x, y))
                continue;
            get(s, x, y, colour);
            for (int k = 0; k < 3; k++)
                colour[k] *= (float)pow(10, -0.12 * blood[k]);
            put(s, x, y, colour);
        }
    shade(s);
    run(s, NULL);
    ck_assert_double_ge(disk_share(s, cheek(s), radius), 0.99);
    free_scene(s);
}
END_TEST

/* ---- The rest out
 * ---------------------------------------------------------------- */

START_TEST(hair_over_the_forehead_is_out)
{
    if (without_model())
        return;
    struct scene *const s = make_scene(4, light_skin);
    /* A fringe down to 15 mm above vertex 151; strands 1 mm apart below it. */
    const double edge = s->at[151].y - 15 * s->scale;
    for (int y = 0; y < edge; y++)
        for (int x = 0; x < s->width; x++)
            put(s, x, y, hair_colour);
    shade(s);
    run(s, NULL);
    double skin = 0;
    for (int y = 0; y < edge; y++)
        for (int x = 0; x < s->width; x++)
            skin += ct_byte_row(&s->face.skin, y)[x] != 0;
    ck_assert_double_eq(skin, 0);
    ck_assert_double_ge(disk_share(s, s->at[151], 4 * s->scale), 0.99);
    free_scene(s);
}
END_TEST

START_TEST(a_stubbly_cheek_is_out)
{
    if (without_model())
        return;
    struct scene *const s = make_scene(4, light_skin);
    const double radius = 12 * s->scale;
    for (int y = 0; y < s->height; y++)
        for (int x = 0; x < s->width; x++) {
            float colour[3];
            /* Dark lines 1 mm apart, a quarter of a millimetre wide. */
            if (!in_disk(cheek(s), radius, x, y) || x % 4 != 0)
                continue;
            get(s, x, y, colour);
            for (int k = 0; k < 3; k++)
                colour[k] *= 0.5f;
            put(s, x, y, colour);
        }
    shade(s);
    run(s, NULL);
    ck_assert_double_le(disk_share(s, cheek(s), radius - 3 * s->scale), 0.02);
    free_scene(s);
}
END_TEST

START_TEST(glare_is_out)
{
    if (without_model())
        return;
    struct scene *const s = make_scene(4, light_skin);
    const double radius = 4 * s->scale;
    for (int y = 0; y < s->height; y++)
        for (int x = 0; x < s->width; x++) {
            float colour[3];
            if (!in_disk(cheek(s), radius, x, y))
                continue;
            get(s, x, y, colour);
            for (int k = 0; k < 3; k++)
                colour[k] += 0.25f;
            put(s, x, y, colour);
        }
    shade(s);
    run(s, NULL);
    ck_assert_double_eq(disk_share(s, cheek(s), radius), 0);
    ck_assert_double_ge(share(s, CT_CHEEK_L), 0.98);
    free_scene(s);
}
END_TEST

START_TEST(clipped_and_transparent_pixels_are_out)
{
    if (without_model())
        return;
    struct scene *const s = make_scene(3, light_skin);
    const int x = (int)cheek(s).x, y = (int)cheek(s).y;
    shade(s);
    ck_assert_int_eq(
        ct_bytes_create(&s->picture.opaque, s->width, s->height, &tools),
        CUTIS_OK);
    for (int row = 0; row < s->height; row++)
        memset(ct_byte_row(&s->picture.opaque, row), 255, (size_t)s->width);
    ct_byte_row(&s->picture.opaque, y)[x] = 254;
    ct_byte_row(&s->skin.clipped, y)[x + 5] = 255;
    run(s, NULL);
    ck_assert_int_eq(ct_byte_row(&s->face.skin, y)[x], 0);
    ck_assert_int_eq(ct_byte_row(&s->face.skin, y)[x + 5], 0);
    ck_assert_int_eq(ct_byte_row(&s->face.skin, y)[x + 2], 255);
    free_scene(s);
}
END_TEST

START_TEST(a_face_without_skin_colour_has_no_skin)
{
    if (without_model())
        return;
    /* All black: every pixel has the same colour, none the lightness. */
    struct scene *const s = make_scene(3, light_skin);
    const float black[3] = {0, 0, 0};
    for (int y = 0; y < s->height; y++)
        for (int x = 0; x < s->width; x++) {
            put(s, x, y, black);
            ct_byte_row(&s->skin.clipped, y)[x] = 255;
        }
    run(s, NULL);
    for (int y = 0; y < s->height; y++)
        for (int x = 0; x < s->width; x++)
            ck_assert_int_eq(ct_byte_row(&s->face.skin, y)[x], 0);
    free_scene(s);
}
END_TEST

/* ---- Laws
 * ------------------------------------------------------------------------ */

static struct scene *mirrored_scene(const struct scene *s)
{
    static double canonical[CT_VERTICES][3];
    struct scene *const m = make_scene(s->scale, light_skin);
    for (int y = 0; y < s->height; y++)
        for (int x = 0; x < s->width; x++) {
            float colour[3];
            get(s, x, y, colour);
            put(m, s->width - 1 - x, y, colour);
        }
    /* The mirror image of a vertex is another vertex. */
    ck_assert(ct_surface_canonical(canonical));
    for (int i = 0; i < CT_POINTS; i++) {
        int twin = -1;
        for (int j = 0; j < CT_POINTS && twin < 0; j++)
            if (canonical[j][0] == -canonical[i][0] &&
                canonical[j][1] == canonical[i][1] &&
                canonical[j][2] == canonical[i][2])
                twin = j;
        ck_assert_int_ge(twin, 0);
        m->face.points[twin] =
            (cutis_point){s->width - s->face.points[i].x, s->face.points[i].y};
    }
    return m;
}

START_TEST(a_mirrored_picture_gives_mirrored_planes)
{
    static const uint8_t other[CT_REGIONS] = {0, 1, 2,  4,  3,  6,  5, 8,
                                              7, 9, 10, 11, 13, 12, 14};
    if (without_model())
        return;
    struct scene *const s = make_scene(3, light_skin);
    place_face(s, 4.37);
    shade(s);
    struct scene *const m = mirrored_scene(s);
    run(s, NULL);
    run(m, NULL);
    int regions = 0, skin = 0, cells = 0;
    for (int y = 0; y < s->height; y++)
        for (int x = 0; x < s->width; x++) {
            const int to = s->width - 1 - x;
            const int region = ct_byte_row(&s->face.region, y)[x];
            regions += ct_byte_row(&m->face.region, y)[to] !=
                       (region == CT_NO_REGION ? region : other[region]);
            skin += ct_byte_row(&m->face.skin, y)[to] !=
                    ct_byte_row(&s->face.skin, y)[x];
            const int cell = s->face.cell[y * s->width + x];
            const int column = cell % CT_CELLS_X;
            const int twin = cell == CT_NO_CELL
                                 ? CT_NO_CELL
                                 : cell - column + CT_CELLS_X - 1 - column;
            cells += m->face.cell[y * s->width + to] != twin;
        }
    ck_assert_int_eq(regions, 0);
    ck_assert_int_eq(skin, 0);
    ck_assert_int_eq(cells, 0);
    for (int i = 0; i < CT_REGIONS; i++)
        ck_assert_double_eq_tol(m->face.region_area_mm2[other[i]] /
                                    s->face.region_area_mm2[i],
                                1, 1e-6);
    free_scene(s);
    free_scene(m);
}
END_TEST

START_TEST(threads_do_not_show)
{
    if (without_model())
        return;
    struct scene *const one = make_scene(5, light_skin);
    struct scene *const two = make_scene(5, light_skin);
    shade(one);
    shade(two);
    run(one, NULL);
    tools.threads = 3;
    run(two, NULL);
    const size_t n = (size_t)one->width * (size_t)one->height;
    for (int y = 0; y < one->height; y++) {
        ck_assert_mem_eq(ct_byte_row(&one->face.skin, y),
                         ct_byte_row(&two->face.skin, y), (size_t)one->width);
        ck_assert_mem_eq(ct_byte_row(&one->face.region, y),
                         ct_byte_row(&two->face.region, y), (size_t)one->width);
    }
    ck_assert_mem_eq(one->face.cell, two->face.cell, n * sizeof(uint16_t));
    ck_assert_mem_eq(one->face.triangle, two->face.triangle,
                     n * sizeof(uint16_t));
    free_scene(one);
    free_scene(two);
}
END_TEST

/* ---- What the caller says
 * ----------------------------------------------------------- */

START_TEST(without_a_face_everything_is_skin_by_place)
{
    struct scene *const s = ct_alloc(&tools.memory, 1, sizeof(*s));
    cutis_photo_options options = CUTIS_PHOTO_OPTIONS_DEFAULT;
    options.landmarks = CUTIS_LANDMARKS_NONE;
    s->width = 80;
    s->height = 60;
    s->face.factor = 1;
    s->face.work_scale = s->face.scale = 4;
    s->face.crop = (struct rect){0, 0, 80, 60};
    ck_assert_int_eq(ct_plane_create(&s->skin.red, 80, 60, &tools), CUTIS_OK);
    ck_assert_int_eq(ct_plane_create(&s->skin.green, 80, 60, &tools), CUTIS_OK);
    ck_assert_int_eq(ct_plane_create(&s->skin.blue, 80, 60, &tools), CUTIS_OK);
    ck_assert_int_eq(ct_bytes_create(&s->skin.clipped, 80, 60, &tools),
                     CUTIS_OK);
    run(s, &options);
    ck_assert_double_eq(share(s, CT_FACE_REGION), 1);
    ck_assert_double_eq_tol(s->face.region_area_mm2[CT_FACE_REGION], 300, 1e-9);
    ck_assert_double_eq(s->face.region_area_mm2[CT_CHIN], 0);
    /* 4 px to the cell: from the middle of the picture, 20 by 15 cells. */
    ck_assert_int_eq(s->face.cell[0], 118 + 120 * 256);
    ck_assert_int_eq(s->face.cell[30 * 80 + 40], 128 + 128 * 256);
    ck_assert_int_eq(s->face.cell[30 * 80 + 43], 128 + 128 * 256);
    ck_assert_int_eq(s->face.cell[30 * 80 + 44], 129 + 128 * 256);
    ck_assert_int_eq(s->face.point_count, 0);

    const cutis_point polygon[] = {{10, 10}, {30, 10}, {30, 20}, {10, 20}};
    options.polygon = polygon;
    options.polygon_count = 4;
    ct_face_free(&s->face);
    run(s, &options);
    ck_assert_double_eq_tol(s->face.region_area_mm2[CT_FACE_REGION],
                            20 * 10 / 16.0, 1e-9);
    ck_assert_double_eq(share(s, CT_FACE_REGION), 1);
    free_scene(s);
}
END_TEST

START_TEST(a_polygon_is_skin_whatever_its_colour)
{
    if (without_model())
        return;
    struct scene *const s = make_scene(3, light_skin);
    const cutis_point p = cheek(s);
    const cutis_point polygon[] = {{p.x - 20, p.y - 20},
                                   {p.x + 20, p.y - 20},
                                   {p.x + 20, p.y + 20},
                                   {p.x - 20, p.y + 20}};
    cutis_photo_options options = CUTIS_PHOTO_OPTIONS_DEFAULT;
    options.polygon = polygon;
    options.polygon_count = 4;
    for (int y = 0; y < s->height; y++)
        for (int x = 0; x < s->width; x++)
            put(s, x, y, eye_colour);
    run(s, &options);
    ck_assert_double_eq(disk_share(s, p, 18), 1);
    ck_assert_double_eq(share(s, CT_CHEEK_L), 0);
    free_scene(s);
}
END_TEST

/* iBUG-68 points that the mesh has as well; the others between them. */
static void ibug_of(cutis_point out[CT_IBUG_POINTS], const cutis_point *mesh)
{
    static const uint16_t twin[CT_IBUG_POINTS] = {
        127, 234, 93,  132, 58,  136, 150, 176, 152, 400, 379, 365, 288, 361,
        323, 454, 356, 70,  63,  105, 66,  107, 336, 296, 334, 293, 300, 168,
        197, 5,   4,   98,  97,  2,   326, 327, 33,  160, 158, 133, 153, 144,
        362, 385, 387, 263, 373, 380, 61,  40,  37,  0,   267, 270, 291, 321,
        314, 17,  84,  91,  78,  81,  13,  311, 308, 402, 14,  178};
    for (int i = 0; i < CT_IBUG_POINTS; i++)
        out[i] = mesh[twin[i]];
}

START_TEST(regions_of_68_points_lie_where_those_of_the_mesh_do)
{
    if (without_model())
        return;
    static const int regions[] = {CT_FOREHEAD, CT_NOSE, CT_CHEEK_R, CT_CHEEK_L,
                                  CT_CHIN};
    struct scene *const s = make_scene(3, light_skin);
    struct scene *const t = make_scene(3, light_skin);
    cutis_point points[CT_IBUG_POINTS];
    cutis_photo_options options = CUTIS_PHOTO_OPTIONS_DEFAULT;
    ibug_of(points, s->face.points);
    options.landmarks = CUTIS_LANDMARKS_IBUG68;
    options.landmark_points = points;
    options.landmark_count = CT_IBUG_POINTS;
    shade(s);
    shade(t);
    run(s, NULL);
    run(t, &options);
    ck_assert_int_eq(t->face.scheme, CUTIS_LANDMARKS_IBUG68);
    for (size_t i = 0; i < sizeof(regions) / sizeof(regions[0]); i++) {
        double both = 0, mine = 0;
        for (int y = 0; y < s->height; y++)
            for (int x = 0; x < s->width; x++) {
                const bool a = ct_byte_row(&s->face.region, y)[x] == regions[i];
                const bool b = ct_byte_row(&t->face.region, y)[x] == regions[i];
                both += a && b;
                mine += b;
            }
        ck_assert_msg(mine > 0 && both / mine > 0.5, "region %d: %.2f",
                      regions[i], both / mine);
        ck_assert_double_ge(share(t, regions[i]), 0.9);
    }
    free_scene(s);
    free_scene(t);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("mask");
    TCase *cases = tcase_create("mask");
    tcase_add_checked_fixture(cases, set_up, NULL);
    tcase_add_loop_test(cases, skin_of_any_tone_and_size_is_in, 0, LOOKS);
    tcase_add_loop_test(cases, inflamed_skin_is_in, 0, LOOKS);
    tcase_add_test(cases, hair_over_the_forehead_is_out);
    tcase_add_test(cases, a_stubbly_cheek_is_out);
    tcase_add_test(cases, glare_is_out);
    tcase_add_test(cases, clipped_and_transparent_pixels_are_out);
    tcase_add_test(cases, a_face_without_skin_colour_has_no_skin);
    tcase_add_test(cases, a_mirrored_picture_gives_mirrored_planes);
    tcase_add_test(cases, threads_do_not_show);
    tcase_add_test(cases, without_a_face_everything_is_skin_by_place);
    tcase_add_test(cases, a_polygon_is_skin_whatever_its_colour);
    tcase_add_test(cases, regions_of_68_points_lie_where_those_of_the_mesh_do);
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
