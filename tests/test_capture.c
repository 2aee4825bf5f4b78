/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What is said of one photograph: noise, blur, tone, dither, expression, by
 * closed forms and drawn pictures.
 */

#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "match/match.h"
#include "util/hash.h"

static struct tools tools;
static struct random dice;

static void set_up(void)
{
    memset(&tools, 0, sizeof(tools));
    tools.kernels = ct_kernels_best(CUTIS_ISA_BEST);
    tools.threads = 1;
    ct_random_seed(&dice, 7);
}

static struct plane plane_of(int width, int height)
{
    struct plane plane = {0};
    ck_assert_int_eq(ct_plane_create(&plane, width, height, &tools), CUTIS_OK);
    return plane;
}

static struct bytes mask_of(int width, int height, int value)
{
    struct bytes mask = {0};
    ck_assert_int_eq(ct_bytes_create(&mask, width, height, &tools), CUTIS_OK);
    for (int y = 0; y < height; y++)
        memset(ct_byte_row(&mask, y), value, (size_t)width);
    return mask;
}

/* ---- Two faces ----------------------------------------------------------- */

enum { SIDE = 64 };

/* A head-on face with landmarks anywhere, planes of 64 by 64 pixels whose cell
 * is (x / 4, y / 4): 16 pixels each. */
static void make_face(struct face *face, double scale)
{
    memset(face, 0, sizeof(*face));
    face->found = true;
    face->point_count = CT_POINTS;
    face->factor = 1;
    face->scale = face->work_scale = face->pose.scale = scale;
    face->pose.rotation[0] = face->pose.rotation[4] = 1;
    face->pose.rotation[8] = 1;
    face->crop = (struct rect){0, 0, SIDE, SIDE};
    for (int i = 0; i < CT_POINTS; i++) {
        face->points[i].x = 1000 * ct_random_uniform(&dice);
        face->points[i].y = 1000 * ct_random_uniform(&dice);
        face->depth[i] = (float)(200 * ct_random_uniform(&dice));
    }
    face->region = mask_of(SIDE, SIDE, CT_CHIN);
    face->skin = mask_of(SIDE, SIDE, 255);
    face->cell = ct_alloc(&tools.memory, SIDE * SIDE, sizeof(uint16_t));
    face->triangle = ct_alloc(&tools.memory, SIDE * SIDE, sizeof(uint16_t));
    face->mm2 = ct_alloc(&tools.memory, CT_FACETS + 1, sizeof(float));
    face->cosine = ct_alloc(&tools.memory, CT_FACETS + 1, sizeof(float));
    ck_assert(face->cell && face->triangle && face->mm2 && face->cosine);
    for (int i = 0; i < SIDE * SIDE; i++)
        face->cell[i] = (uint16_t)(i % SIDE / 4 + i / SIDE / 4 * CT_CELLS_X);
    face->mm2[0] = (float)(1 / (scale * scale));
    face->region_area_mm2[CT_CHIN] = SIDE * SIDE / (scale * scale);
    face->region_area_mm2[CT_FACE_REGION] = SIDE * SIDE / (scale * scale);
}

/* A plane, to be looked at. */
static void plane_row(const struct row_source *source, float *out, int x, int y,
                      int n)
{
    memcpy(out, ct_row(source->of, y) + x, (size_t)n * sizeof(*out));
}

static struct row_source source_of(const struct plane *plane)
{
    return (struct row_source){plane->width, plane->height, plane_row, plane,
                               tools.kernels};
}

/* ---- Noise and blur ------------------------------------------------------ */

START_TEST(white_noise_is_told_to_3_percent)
{
    struct plane plane = plane_of(300, 200);
    struct bytes mask = mask_of(300, 200, 255);
    double sigma;
    for (int y = 0; y < 200; y++)
        for (int x = 0; x < 300; x++)
            ct_row(&plane, y)[x] = (float)(0.3 + 0.001 * x + 0.002 * y +
                                           0.01 * ct_random_normal(&dice));
    /* What the mask leaves out is never looked at. */
    for (int x = 0; x < 300; x++) {
        ct_row(&plane, 50)[x] = NAN;
        ct_byte_row(&mask, 50)[x] = 0;
    }
    const struct row_source source = source_of(&plane);
    ck_assert_int_eq(ct_noise_sigma(&sigma, &source, &mask, &tools), CUTIS_OK);
    ck_assert_double_eq_tol(sigma, 0.01, 0.0003);
    ct_plane_free(&plane);
    ct_bytes_free(&mask);
}
END_TEST

/* As JPEG leaves it: of rows of 8, the first and the last have twice the noise.
 * How many rows there are must not choose which of them are looked at. */
START_TEST(noise_of_a_jpeg_is_the_same_wherever_its_skin_begins)
{
    enum { LARGE = 2000 };
    struct plane plane = plane_of(LARGE, LARGE + 7);
    struct bytes mask = mask_of(LARGE, LARGE, 255);
    struct row_source source = source_of(&plane);
    double sigma[8], mean = 0.0;
    for (int y = 0; y < LARGE + 7; y++)
        for (int x = 0; x < LARGE; x++)
            ct_row(&plane, y)[x] =
                (float)(0.3 + ((y + 1) % 8 < 2 ? 0.02 : 0.01) *
                                  ct_random_normal(&dice));
    source.height = LARGE;
    const struct plane whole = plane;
    for (int i = 0; i < 8; i++) {
        plane.at = ct_row(&whole, i);
        ck_assert_int_eq(ct_noise_sigma(&sigma[i], &source, &mask, &tools),
                         CUTIS_OK);
        mean += sigma[i] / 8;
    }
    for (int i = 0; i < 8; i++)
        ck_assert_double_eq_tol(sigma[i], mean, 0.03 * mean);
    plane = whole;
    ct_plane_free(&plane);
    ct_bytes_free(&mask);
}
END_TEST

START_TEST(noise_of_nothing_is_nan)
{
    struct plane plane = plane_of(300, 200);
    struct bytes mask = mask_of(300, 200, 0);
    double sigma;
    const struct row_source source = source_of(&plane);
    ck_assert_int_eq(ct_noise_sigma(&sigma, &source, &mask, &tools), CUTIS_OK);
    ck_assert(isnan(sigma));
    ct_plane_free(&plane);
    ct_bytes_free(&mask);
}
END_TEST

/* A disk of radius r behind a Gaussian, as the step across its rim: exact for
 * sigma much below r. */
static void draw_disk(struct plane *plane, double sigma, double noise)
{
    const double middle = plane->width / 2.0, r = 0.3 * plane->width;
    for (int y = 0; y < plane->height; y++)
        for (int x = 0; x < plane->width; x++) {
            const double dx = x + 0.5 - middle, dy = y + 0.5 - middle;
            const double t = sqrt(dx * dx + dy * dy) - r;
            ct_row(plane, y)[x] =
                (float)(0.2 + 0.25 * erf(t / (sigma * sqrt(2))) +
                        noise * ct_random_normal(&dice));
        }
}

static const double sigmas[] = {0.6, 0.8, 1.0, 1.5, 2.5, 4.0, 6.0};

START_TEST(blurred_edges_are_told_to_10_percent)
{
    struct plane plane = plane_of(256, 256);
    struct bytes mask = mask_of(256, 256, 255);
    double sigma;
    draw_disk(&plane, sigmas[_i], 0);
    const struct row_source source = source_of(&plane);
    ck_assert_int_eq(ct_edge_blur(&sigma, &source, &mask, 0, &tools), CUTIS_OK);
    ck_assert_msg(fabs(sigma / sigmas[_i] - 1) <= 0.10, "%g, not %g", sigma,
                  sigmas[_i]);
    ct_plane_free(&plane);
    ct_bytes_free(&mask);
}
END_TEST

START_TEST(hairs_are_no_edges)
{
    struct plane plane = plane_of(128, 128);
    struct bytes mask = mask_of(128, 128, 255);
    double sigma;
    for (int y = 0; y < 128; y++)
        for (int x = 0; x < 128; x++)
            ct_row(&plane, y)[x] = x % 9 < 2 ? 0.1f : 0.4f;
    const struct row_source source = source_of(&plane);
    ck_assert_int_eq(ct_edge_blur(&sigma, &source, &mask, 0, &tools), CUTIS_OK);
    ck_assert(isnan(sigma));
    ct_plane_free(&plane);
    ct_bytes_free(&mask);
}
END_TEST

/* ---- One photograph ------------------------------------------------------ */

static void make_skin(struct skin *skin, const double colour[3])
{
    memset(skin, 0, sizeof(*skin));
    struct plane *const planes[3] = {&skin->red, &skin->green, &skin->blue};
    for (int k = 0; k < 3; k++) {
        *planes[k] = plane_of(SIDE, SIDE);
        for (int y = 0; y < SIDE; y++)
            for (int x = 0; x < SIDE; x++)
                ct_row(planes[k], y)[x] = (float)colour[k];
    }
    skin->clipped = mask_of(SIDE, SIDE, 0);
}

static void free_skin(struct skin *skin)
{
    ct_plane_free(&skin->red);
    ct_plane_free(&skin->green);
    ct_plane_free(&skin->blue);
    ct_bytes_free(&skin->clipped);
}

START_TEST(a_plain_patch_has_its_tone_and_no_noise)
{
    /* (224, 172, 150) of 8-bit sRGB: L* 74.5447, b* 18.6667 (method 1.1). */
    const double colour[3] = {ct_srgb_decode(224 / 255.0),
                              ct_srgb_decode(172 / 255.0),
                              ct_srgb_decode(150 / 255.0)};
    const double luminance =
        0.2126729 * colour[0] + 0.7151522 * colour[1] + 0.0721750 * colour[2];
    struct face face;
    struct skin skin;
    struct picture picture = {0};
    struct capture capture;
    make_face(&face, 2);
    make_skin(&skin, colour);
    for (int x = 0; x < SIDE; x++) {
        /* Two rows of 64 are clipped, at the top. */
        for (int y = 0; y < 2; y++) {
            ct_byte_row(&skin.clipped, y)[x] = 255;
            ct_byte_row(&face.skin, y)[x] = 0;
        }
    }
    ck_assert_int_eq(ct_match_capture(&capture, &picture, &face, &skin, &tools),
                     CUTIS_OK);
    ck_assert_double_eq_tol(capture.median_y, luminance, 1e-6);
    ck_assert_double_eq_tol(
        capture.ita, atan2(74.5447 - 50, 18.6667) * 180 / 3.14159265, 0.02);
    ck_assert(capture.ita == capture.region_ita[CT_CHIN]);
    /* scikit-image's rgb2lab gives a* = 16.0184 and b* = 18.6667. */
    ck_assert_double_eq_tol(capture.hue_deg,
                            atan2(18.6667, 16.0184) * 180 / 3.14159265, 0.02);
    ck_assert(isnan(capture.region_ita[CT_NOSE]));
    ck_assert_double_eq_tol(capture.clipped_high, 2.0 / 64, 1e-12);
    ck_assert_double_eq(capture.clipped_low, 0);
    ck_assert_double_eq_tol(capture.coverage[CT_CHIN], 62.0 / 64, 1e-9);
    ck_assert_double_le(capture.noise_cod, 1e-4);
    ck_assert_double_eq(capture.chroma_dither, 0);
    ck_assert(isnan(capture.blur_mm));
    free_skin(&skin);
    ct_face_free(&face);
}
END_TEST

START_TEST(dither_is_the_spread_of_cr_in_a_block)
{
    const double colour[3] = {0.4, 0.3, 0.2};
    struct skin skin;
    struct bytes mask = mask_of(SIDE, SIDE, 255);
    double levels;
    make_skin(&skin, colour);
    /* Red one level up and down in turn: Cr moves by 0.5 to either side. */
    for (int y = 0; y < SIDE; y++)
        for (int x = 0; x < SIDE; x++)
            ct_row(&skin.red, y)[x] =
                (float)ct_srgb_decode((180 + ((x + y) & 1 ? 1 : -1)) / 255.0);
    ck_assert_int_eq(ct_chroma_dither(&levels, &skin, &mask, 8, &tools),
                     CUTIS_OK);
    ck_assert_double_eq_tol(levels, 0.5, 1e-3);
    skin.grey = true;
    ck_assert_int_eq(ct_chroma_dither(&levels, &skin, &mask, 8, &tools),
                     CUTIS_OK);
    ck_assert(isnan(levels));
    free_skin(&skin);
    ct_bytes_free(&mask);
}
END_TEST

START_TEST(expression_is_read_in_distances_between_the_eyes)
{
    struct face face;
    struct capture capture;
    make_face(&face, 2);
    const struct {
        int index;
        double x, y;
    } points[] = {
        {33, 0, 100},   {133, 40, 100},  {362, 100, 100}, {263, 140, 100},
        {160, 10, 95},  {144, 10, 105},  {158, 30, 94},   {153, 30, 106},
        {387, 130, 97}, {373, 130, 103}, {385, 110, 97},  {380, 110, 103},
        {61, 40, 200},  {291, 110, 200}, {13, 75, 196},   {14, 75, 206},
        {78, 50, 200},  {308, 100, 200}, {105, 20, 70},   {52, 20, 80},
        {334, 120, 74}, {282, 120, 84}};
    for (size_t i = 0; i < sizeof(points) / sizeof(points[0]); i++) {
        face.points[points[i].index] = (cutis_point){points[i].x, points[i].y};
        face.depth[points[i].index] = 0;
    }
    ct_expression(&capture, &face);
    ck_assert_double_eq_tol(capture.ear_r, (10 + 12) / (2 * 40.0), 1e-12);
    ck_assert_double_eq_tol(capture.ear_l, (6 + 6) / (2 * 40.0), 1e-12);
    ck_assert_double_eq_tol(capture.mouth_width, 0.7, 1e-12);
    ck_assert_double_eq_tol(capture.mar, 0.2, 1e-12);
    /* The lips part at 201, their corners are at 200. */
    ck_assert_double_eq_tol(capture.mouth_lift, 1 / 100.0, 1e-12);
    ck_assert_double_eq_tol(capture.brow_eye, (25 + 21) / 200.0, 1e-12);
    face.scheme = CUTIS_LANDMARKS_IBUG68;
    ct_expression(&capture, &face);
    ck_assert(isnan(capture.mouth_width) && isnan(capture.ear_r));
    ck_assert(isnan(capture.mouth_lift));
    ct_face_free(&face);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("capture");
    TCase *cases = tcase_create("capture");
    tcase_add_checked_fixture(cases, set_up, NULL);
    tcase_add_test(cases, white_noise_is_told_to_3_percent);
    tcase_add_test(cases, noise_of_a_jpeg_is_the_same_wherever_its_skin_begins);
    tcase_add_test(cases, noise_of_nothing_is_nan);
    tcase_add_loop_test(cases, blurred_edges_are_told_to_10_percent, 0,
                        sizeof(sigmas) / sizeof(sigmas[0]));
    tcase_add_test(cases, hairs_are_no_edges);
    tcase_add_test(cases, a_plain_patch_has_its_tone_and_no_noise);
    tcase_add_test(cases, dither_is_the_spread_of_cr_in_a_block);
    tcase_add_test(cases, expression_is_read_in_distances_between_the_eyes);
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
