/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The adaptive skin mask on drawn scenes: skin in, the rest out.
 */

#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "scene.h"

/* ---- Skin in ------------------------------------------------------------- */

struct look {
    const float *colour;
    int scale;
};

static const struct look looks[] = {{scene_light_skin, 3},
                                    {scene_dark_skin, 3},
                                    {scene_light_skin, 8},
                                    {scene_dark_skin, 8}};
enum { LOOKS = sizeof(looks) / sizeof(looks[0]) };

START_TEST(skin_of_any_tone_and_size_is_in)
{
    static const int regions[] = {
        CT_FOREHEAD,       CT_GLABELLA,       CT_CHEEK_R,
        CT_CHEEK_L,        CT_INFRAORBITAL_R, CT_INFRAORBITAL_L,
        CT_PERIORAL_UPPER, CT_PERIORAL_LOWER, CT_CHIN};
    if (scene_without_model())
        return;
    struct scene *const s = scene_create(looks[_i].scale, looks[_i].colour);
    scene_shade(s);
    scene_run(s, NULL);
    for (size_t i = 0; i < sizeof(regions) / sizeof(regions[0]); i++)
        ck_assert_msg(scene_share(s, regions[i]) >= 0.95, "region %d: %.3f",
                      regions[i], scene_share(s, regions[i]));
    ck_assert_double_le(scene_false_share(s, CT_LIPS), 0);
    ck_assert_double_le(scene_false_share(s, CT_EYE_R), 0);
    ck_assert_double_le(scene_false_share(s, CT_EYE_L), 0);
    ck_assert_double_le(scene_false_share(s, CT_BROW_R), 0);
    ck_assert_double_le(scene_false_share(s, CT_BROW_L), 0);
    for (int y = 0; y < s->height; y++) {
        ck_assert_int_eq(ct_byte_row(&s->face.skin, y)[0], 0);
        ck_assert_int_eq(ct_byte_row(&s->face.region, y)[0], CT_NO_REGION);
    }
    scene_destroy(s);
}
END_TEST

START_TEST(inflamed_skin_is_in)
{
    /* 12 units of H: 0.12 along the blood vector of method 2.2 at ITA 30. */
    static const double blood[3] = {0.276, 0.766, 0.581};
    if (scene_without_model())
        return;
    struct scene *const s = scene_create(looks[_i].scale, looks[_i].colour);
    const double radius = 10 * s->scale;
    for (int y = 0; y < s->height; y++)
        for (int x = 0; x < s->width; x++) {
            float colour[3];
            if (!scene_in_disk(scene_cheek(s), radius, x, y))
                continue;
            scene_get(s, x, y, colour);
            for (int k = 0; k < 3; k++)
                colour[k] *= (float)pow(10, -0.12 * blood[k]);
            scene_put(s, x, y, colour);
        }
    scene_shade(s);
    scene_run(s, NULL);
    ck_assert_double_ge(scene_disk_share(s, scene_cheek(s), radius), 0.99);
    scene_destroy(s);
}
END_TEST

/* ---- The rest out -------------------------------------------------------- */

START_TEST(hair_over_the_forehead_is_out)
{
    if (scene_without_model())
        return;
    struct scene *const s = scene_create(4, scene_light_skin);
    /* A fringe down to 15 mm above vertex 151; strands 1 mm apart below it. */
    const double edge = s->at[151].y - 15 * s->scale;
    for (int y = 0; y < edge; y++)
        for (int x = 0; x < s->width; x++)
            scene_put(s, x, y, scene_hair);
    scene_shade(s);
    scene_run(s, NULL);
    double skin = 0;
    for (int y = 0; y < edge; y++)
        for (int x = 0; x < s->width; x++)
            skin += ct_byte_row(&s->face.skin, y)[x] != 0;
    ck_assert_double_eq(skin, 0);
    ck_assert_double_ge(scene_disk_share(s, s->at[151], 4 * s->scale), 0.99);
    scene_destroy(s);
}
END_TEST

START_TEST(a_stubbly_cheek_is_out)
{
    if (scene_without_model())
        return;
    struct scene *const s = scene_create(4, scene_light_skin);
    const double radius = 12 * s->scale;
    for (int y = 0; y < s->height; y++)
        for (int x = 0; x < s->width; x++) {
            float colour[3];
            /* Dark lines 1 mm apart, a quarter of a millimetre wide. */
            if (!scene_in_disk(scene_cheek(s), radius, x, y) || x % 4 != 0)
                continue;
            scene_get(s, x, y, colour);
            for (int k = 0; k < 3; k++)
                colour[k] *= 0.5f;
            scene_put(s, x, y, colour);
        }
    scene_shade(s);
    scene_run(s, NULL);
    ck_assert_double_le(
        scene_disk_share(s, scene_cheek(s), radius - 3 * s->scale), 0.02);
    scene_destroy(s);
}
END_TEST

START_TEST(glare_is_out)
{
    if (scene_without_model())
        return;
    struct scene *const s = scene_create(4, scene_light_skin);
    const double radius = 4 * s->scale;
    for (int y = 0; y < s->height; y++)
        for (int x = 0; x < s->width; x++) {
            float colour[3];
            if (!scene_in_disk(scene_cheek(s), radius, x, y))
                continue;
            scene_get(s, x, y, colour);
            for (int k = 0; k < 3; k++)
                colour[k] += 0.25f;
            scene_put(s, x, y, colour);
        }
    scene_shade(s);
    scene_run(s, NULL);
    ck_assert_double_eq(scene_disk_share(s, scene_cheek(s), radius), 0);
    ck_assert_double_ge(scene_share(s, CT_CHEEK_L), 0.98);
    scene_destroy(s);
}
END_TEST

START_TEST(clipped_and_transparent_pixels_are_out)
{
    if (scene_without_model())
        return;
    struct scene *const s = scene_create(3, scene_light_skin);
    const int x = (int)scene_cheek(s).x, y = (int)scene_cheek(s).y;
    scene_shade(s);
    ck_assert_int_eq(
        ct_bytes_create(&s->picture.opaque, s->width, s->height, &scene_tools),
        CUTIS_OK);
    for (int row = 0; row < s->height; row++)
        memset(ct_byte_row(&s->picture.opaque, row), 255, (size_t)s->width);
    ct_byte_row(&s->picture.opaque, y)[x] = 254;
    ct_byte_row(&s->skin.clipped, y)[x + 5] = 255;
    scene_run(s, NULL);
    ck_assert_int_eq(ct_byte_row(&s->face.skin, y)[x], 0);
    ck_assert_int_eq(ct_byte_row(&s->face.skin, y)[x + 5], 0);
    ck_assert_int_eq(ct_byte_row(&s->face.skin, y)[x + 2], 255);
    scene_destroy(s);
}
END_TEST

START_TEST(a_face_without_skin_colour_has_no_skin)
{
    if (scene_without_model())
        return;
    /* All black: every pixel has the same colour, none the lightness. */
    struct scene *const s = scene_create(3, scene_light_skin);
    const float black[3] = {0, 0, 0};
    for (int y = 0; y < s->height; y++)
        for (int x = 0; x < s->width; x++) {
            scene_put(s, x, y, black);
            ct_byte_row(&s->skin.clipped, y)[x] = 255;
        }
    scene_run(s, NULL);
    for (int y = 0; y < s->height; y++)
        for (int x = 0; x < s->width; x++)
            ck_assert_int_eq(ct_byte_row(&s->face.skin, y)[x], 0);
    scene_destroy(s);
}
END_TEST

/* ---- Laws ---------------------------------------------------------------- */

static struct scene *mirrored_scene(const struct scene *s)
{
    static double canonical[CT_VERTICES][3];
    struct scene *const m = scene_create(s->scale, scene_light_skin);
    for (int y = 0; y < s->height; y++)
        for (int x = 0; x < s->width; x++) {
            float colour[3];
            scene_get(s, x, y, colour);
            scene_put(m, s->width - 1 - x, y, colour);
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
    if (scene_without_model())
        return;
    struct scene *const s = scene_create(3, scene_light_skin);
    scene_place(s, 4.37);
    scene_shade(s);
    struct scene *const m = mirrored_scene(s);
    scene_run(s, NULL);
    scene_run(m, NULL);
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
    scene_destroy(s);
    scene_destroy(m);
}
END_TEST

START_TEST(threads_do_not_show)
{
    if (scene_without_model())
        return;
    struct scene *const one = scene_create(5, scene_light_skin);
    struct scene *const two = scene_create(5, scene_light_skin);
    scene_shade(one);
    scene_shade(two);
    scene_run(one, NULL);
    scene_tools.threads = 3;
    scene_run(two, NULL);
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
    scene_destroy(one);
    scene_destroy(two);
}
END_TEST

/* ---- What is around a pixel ---------------------------------------------- */

static const double widths[] = {9.0, 13.5, 54.0, 112.5};
enum { WIDTHS = sizeof(widths) / sizeof(widths[0]) };

/* Skin from the left edge to SKIN_END, on which light is a wave over a slope:
 * the slope alone has a closed form at the end of skin, both have one inside.
 */
enum { AROUND_W = 2003, AROUND_H = 31, SKIN_END = 1200 };

/* The mean of a slope of one a pixel under a Gaussian that ends with skin. */
static double cut_slope(double x, double sigma)
{
    const double z = (SKIN_END - 0.5 - x) / sigma;
    const double density = exp(-z * z / 2) / sqrt(2 * acos(-1.0));
    return x - sigma * density / (0.5 * erfc(-z / sqrt(2.0)));
}

START_TEST(surroundings_follow_the_closed_form)
{
    const double sigma = widths[_i], wave = 1.0 / (1.5 * sigma);
    struct plane light[3] = {{0}}, out = {0};
    struct bytes skin = {0};
    ck_assert_int_eq(ct_bytes_create(&skin, AROUND_W, AROUND_H, &scene_tools),
                     0);
    ck_assert_int_eq(ct_plane_create(&out, AROUND_W, AROUND_H, &scene_tools),
                     0);
    for (int i = 0; i < 3; i++)
        ck_assert_int_eq(
            ct_plane_create(&light[i], AROUND_W, AROUND_H, &scene_tools), 0);
    for (int y = 0; y < AROUND_H; y++)
        for (int x = 0; x < AROUND_W; x++) {
            ct_byte_row(&skin, y)[x] = x < SKIN_END ? 255 : 0;
            ct_row(&light[0], y)[x] = x < SKIN_END ? 0.3f : 9.0f;
            ct_row(&light[1], y)[x] = (float)sin(wave * x);
            ct_row(&light[2], y)[x] = (float)(x / sigma);
        }
    const int first = (int)(5 * sigma), inside = SKIN_END - first;
    ct_around(&out, &light[0], &skin, sigma, &scene_tools);
    for (int x = 0; x < SKIN_END; x++)
        ck_assert_double_eq_tol((double)ct_row(&out, 7)[x], (double)0.3f, 1e-6);
    ct_around(&out, &light[1], &skin, sigma, &scene_tools);
    const double left = exp(-wave * wave * sigma * sigma / 2);
    for (int x = first; x < inside; x++)
        ck_assert_double_eq_tol((double)ct_row(&out, 7)[x],
                                left * sin(wave * x), 5e-3);
    ct_around(&out, &light[2], &skin, sigma, &scene_tools);
    for (int x = first; x < SKIN_END; x++)
        ck_assert_double_eq_tol((double)ct_row(&out, 7)[x],
                                cut_slope(x, sigma) / sigma, 1e-2);
    for (int i = 0; i < 3; i++)
        ct_plane_free(&light[i]);
    ct_plane_free(&out);
    ct_bytes_free(&skin);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("mask");
    TCase *cases = tcase_create("mask");
    tcase_add_checked_fixture(cases, scene_set_up, NULL);
    tcase_add_loop_test(cases, skin_of_any_tone_and_size_is_in, 0, LOOKS);
    tcase_add_loop_test(cases, inflamed_skin_is_in, 0, LOOKS);
    tcase_add_test(cases, hair_over_the_forehead_is_out);
    tcase_add_test(cases, a_stubbly_cheek_is_out);
    tcase_add_test(cases, glare_is_out);
    tcase_add_test(cases, clipped_and_transparent_pixels_are_out);
    tcase_add_test(cases, a_face_without_skin_colour_has_no_skin);
    tcase_add_test(cases, a_mirrored_picture_gives_mirrored_planes);
    tcase_add_test(cases, threads_do_not_show);
    tcase_add_loop_test(cases, surroundings_follow_the_closed_form, 0, WIDTHS);
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
