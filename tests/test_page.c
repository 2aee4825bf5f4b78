/* SPDX-License-Identifier: BSD-2-Clause */

/* The page and its pictures. */

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>
#include <png.h>

#include "report/report.h"
#include "report_sample.h"

static struct sample sample;
static struct text text;

static void setup(void)
{
    sample_open(&sample);
    text = (struct text){.memory = &sample.tools.memory};
}

static void teardown(void)
{
    ct_text_free(&text);
    sample_close(&sample);
    ck_assert_uint_eq(atomic_load(&sample.tools.memory.used), 0);
}

/* ---- Colours ------------------------------------------------------------- */

/* CIELAB D65 of 8-bit sRGB, after CIE 15 and IEC 61966-2-1, with libm. */
static void lab_of(double lab[3], const uint8_t rgb[3])
{
    static const double matrix[3][3] = {{0.4124564, 0.3575761, 0.1804375},
                                        {0.2126729, 0.7151522, 0.0721750},
                                        {0.0193339, 0.1191920, 0.9503041}};
    static const double white[3] = {0.95047, 1.0, 1.08883};
    double f[3];
    for (int i = 0; i < 3; i++) {
        double sum = 0.0;
        for (int c = 0; c < 3; c++) {
            const double v = rgb[c] / 255.0;
            sum += matrix[i][c] *
                   (v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4));
        }
        f[i] = cbrt(sum / white[i]);
    }
    lab[0] = 116.0 * f[1] - 16.0;
    lab[1] = 500.0 * (f[0] - f[1]);
    lab[2] = 200.0 * (f[1] - f[2]);
}

/* Rounding to 8 bits moves a dark colour by up to about 0.6. */
START_TEST(heat_maps_darken_in_even_steps)
{
    uint8_t ramp[CT_RAMP_STEPS][3];
    double lab[CT_RAMP_STEPS][3], step[CT_RAMP_STEPS], mean = 0.0;
    ct_ramp(ramp, (enum ct_map)_i);
    for (int i = 0; i < CT_RAMP_STEPS; i++)
        lab_of(lab[i], ramp[i]);
    for (int i = 1; i < CT_RAMP_STEPS; i++) {
        ck_assert_double_lt(lab[i][0], lab[i - 1][0]);
        step[i] = sqrt(pow(lab[i][0] - lab[i - 1][0], 2) +
                       pow(lab[i][1] - lab[i - 1][1], 2) +
                       pow(lab[i][2] - lab[i - 1][2], 2));
        mean += step[i] / (CT_RAMP_STEPS - 1);
    }
    for (int i = 1; i < CT_RAMP_STEPS; i++)
        ck_assert_double_eq_tol(step[i], mean, 0.9);
    ck_assert_double_gt(lab[0][0], 80.0);
    ck_assert_double_lt(lab[CT_RAMP_STEPS - 1][0], 25.0);
}
END_TEST

static cutis_status scale_of(struct heat *heat, enum ct_map map)
{
    const struct plane maps[2] = {sample.readings[0].map[map],
                                  sample.readings[1].map[map]};
    return ct_heat_scale(heat, &sample.report, map, maps, &sample.tools);
}

START_TEST(both_photographs_share_one_scale)
{
    struct heat heat;
    ck_assert_int_eq(scale_of(&heat, CT_MAP_P), CUTIS_OK);
    ck_assert(heat.there);
    ck_assert_double_eq(heat.low, 0.0);
    ck_assert_double_eq_tol(heat.high, 30.0, 1e-9); /* 98 % of 30 is 29.3 */
    ck_assert_int_eq(scale_of(&heat, CT_MAP_PORES), CUTIS_OK);
    ck_assert(!heat.there);
}
END_TEST

/* H_excess: a constant added to one photograph's redness changes nothing. */
START_TEST(redness_without_a_neutral_is_shown_against_its_own_skin)
{
    struct heat heat, moved;
    scale_of(&heat, CT_MAP_H);
    struct plane *const map = &sample.readings[1].map[CT_MAP_H];
    for (int y = 0; y < map->height; y++)
        for (int x = 0; x < map->width; x++)
            ct_row(map, y)[x] += 16.0f;
    scale_of(&moved, CT_MAP_H);
    ck_assert_double_eq_tol(moved.high, heat.high, 1e-9);
    ck_assert_float_eq_tol(moved.base[1] - heat.base[1], 16.0f, 1e-4f);
}
END_TEST

/* ---- Frames -------------------------------------------------------------- */

static void map_point(double out[2], const double s[4], double u, double v)
{
    out[0] = s[0] * u - s[1] * v + s[2];
    out[1] = s[1] * u + s[0] * v + s[3];
}

START_TEST(the_after_photograph_lies_on_the_before_one)
{
    const double s[4] = {0.8, 0.3, 25.0, -40.0};
    struct frame frame;
    memcpy(sample.pair.similarity, s, sizeof(s));
    ct_frame_place(&frame, &sample.report);
    for (int i = 0; i < 5; i++) {
        const double u = 200.0 * i, v = 900.0 - 150.0 * i;
        double before[2], after[2], wanted[2];
        map_point(before, frame.to_full[0], u, v);
        map_point(after, frame.to_full[1], u, v);
        map_point(wanted, s, before[0], before[1]);
        ck_assert_double_eq_tol(after[0], wanted[0], 1e-9);
        ck_assert_double_eq_tol(after[1], wanted[1], 1e-9);
    }
}
END_TEST

START_TEST(the_eyes_are_level_and_the_face_is_inside)
{
    struct face *const face = &sample.face[0];
    struct frame frame;
    for (int i = 0; i < CT_POINTS; i++) {
        const double x = face->points[i].x - 180.0;
        const double y = face->points[i].y - 240.0;
        face->points[i] =
            (cutis_point){180.0 + 0.8 * x - 0.6 * y, 240.0 + 0.6 * x + 0.8 * y};
    }
    ct_frame_place(&frame, &sample.report);
    const double *const s = frame.to_full[0];
    ck_assert_double_eq_tol(s[1] / s[0], 0.75, 1e-9);
    const double size = s[0] * s[0] + s[1] * s[1];
    for (int i = 0; i < CT_POINTS; i++) {
        const double x = face->points[i].x - s[2];
        const double y = face->points[i].y - s[3];
        const double u = (s[0] * x + s[1] * y) / size;
        const double v = (s[0] * y - s[1] * x) / size;
        ck_assert(u > 0.0 && u < frame.width && v > 0.0 && v < frame.height);
    }
}
END_TEST

START_TEST(without_a_similarity_each_face_is_framed_by_itself)
{
    struct frame frame;
    sample.pair.similarity[0] = NAN;
    ct_frame_place(&frame, &sample.report);
    for (int i = 0; i < 4; i++)
        ck_assert_double_eq(frame.to_full[0][i], frame.to_full[1][i]);
}
END_TEST

/* The cubic interpolates: at the pixels themselves it gives back the pixels,
 * and sRGB decoded and encoded is what it was. */
START_TEST(a_photograph_shown_at_its_own_size_is_unchanged)
{
    struct frame frame = {
        SAMPLE_WIDTH, SAMPLE_HEIGHT, {{1.0, 0.0, 0.0, 0.0}}, NULL};
    const size_t size = (size_t)SAMPLE_WIDTH * SAMPLE_HEIGHT * 3;
    uint8_t *const shown = malloc(size);
    sample.tools.threads = 2;
    ck_assert_int_eq(
        ct_frame_render(shown, &frame, 0, &sample.picture[0], &sample.tools),
        CUTIS_OK);
    ck_assert_mem_eq(shown, sample.picture[0].samples, size);
    free(shown);
}
END_TEST

/* A ramp in linear light stays one under averaging and under the cubic: at
 * (u, v) of a frame of step 2.5 it is what the picture is at 2.5 u. */
START_TEST(a_ramp_of_light_stays_a_ramp_when_reduced)
{
    struct picture *const picture = &sample.picture[0];
    uint8_t *const at = picture->samples;
    struct frame frame = {100, 100, {{2.5, 0.0, 40.0, 60.0}}, NULL};
    uint8_t shown[100 * 100 * 3];
    for (int i = 0; i < 256; i++)
        picture->to_linear[i] = (float)(i / 360.0);
    for (int y = 0; y < SAMPLE_HEIGHT; y++)
        for (int x = 0; x < SAMPLE_WIDTH; x++)
            memset(at + (y * SAMPLE_WIDTH + x) * 3, x < 256 ? x : 255, 3);
    ck_assert_int_eq(ct_frame_render(shown, &frame, 0, picture, &sample.tools),
                     CUTIS_OK);
    for (int u = 5; u < 78; u++) {
        const double linear = (40.0 + 2.5 * (u + 0.5) - 0.5) / 360.0;
        const double code = 255.0 * (1.055 * pow(linear, 1.0 / 2.4) - 0.055);
        ck_assert_double_eq_tol(shown[(50 * 100 + u) * 3], code, 1.01);
    }
}
END_TEST

START_TEST(what_lies_outside_a_photograph_is_an_even_grey)
{
    struct frame frame = {10, 10, {{1.0, 0.0, -5000.0, 0.0}}, NULL};
    uint8_t shown[300];
    ck_assert_int_eq(
        ct_frame_render(shown, &frame, 0, &sample.picture[0], &sample.tools),
        CUTIS_OK);
    for (int i = 0; i < 300; i++)
        ck_assert_uint_eq(shown[i], 128);
}
END_TEST

/* ---- Regions ------------------------------------------------------------- */

START_TEST(regions_are_numbered_in_their_middle)
{
    struct frame frame = {
        SAMPLE_WIDTH, SAMPLE_HEIGHT, {{1.0, 0.0, 0.0, 0.0}}, NULL};
    struct mark marks[CT_REGIONS];
    uint8_t *const index = malloc((size_t)SAMPLE_WIDTH * SAMPLE_HEIGHT);
    ck_assert_int_eq(
        ct_regions_draw(index, marks, &frame, 0, &sample.report, &sample.tools),
        CUTIS_OK);
    /* The nose is the strip x in [161, 199], y in [190, 330]. */
    ck_assert_double_eq_tol(marks[CT_NOSE].x, 180.5, 1e-9);
    ck_assert_double_eq_tol(marks[CT_NOSE].y, 260.5, 1e-9);
    ck_assert_double_nan(marks[CT_JAW_L].x);
    ck_assert_uint_eq(index[0], 0);
    free(index);
}
END_TEST

/* ---- Files --------------------------------------------------------------- */

START_TEST(a_jpeg_shows_what_was_encoded)
{
    uint8_t *const rgb = sample.picture[0].samples;
    struct jpeg_decompress_struct jpeg;
    struct jpeg_error_mgr error;
    uint8_t row[SAMPLE_WIDTH * 3];
    double sum = 0.0;
    ck_assert_int_eq(ct_encode_jpeg(&text, rgb, SAMPLE_WIDTH, SAMPLE_HEIGHT),
                     CUTIS_OK);

    jpeg.err = jpeg_std_error(&error);
    jpeg_create_decompress(&jpeg);
    jpeg_mem_src(&jpeg, (unsigned char *)text.bytes, text.size);
    ck_assert_int_eq(jpeg_read_header(&jpeg, TRUE), JPEG_HEADER_OK);
    ck_assert_uint_eq(jpeg.image_width, SAMPLE_WIDTH);
    ck_assert_uint_eq(jpeg.image_height, SAMPLE_HEIGHT);
    jpeg_start_decompress(&jpeg);
    for (int y = 0; y < SAMPLE_HEIGHT; y++) {
        JSAMPROW at = row;
        jpeg_read_scanlines(&jpeg, &at, 1);
        for (int i = 0; i < SAMPLE_WIDTH * 3; i++)
            sum += abs(row[i] - rgb[y * SAMPLE_WIDTH * 3 + i]);
    }
    jpeg_destroy_decompress(&jpeg);
    ck_assert_double_lt(sum / (SAMPLE_WIDTH * SAMPLE_HEIGHT * 3), 1.0);
}
END_TEST

START_TEST(a_png_holds_the_very_colours)
{
    enum { SIDE = 13 };
    struct palette palette;
    uint8_t index[SIDE * SIDE], back[SIDE * SIDE * 4];
    const struct heat heat = {.there = true, .high = 4.0};
    ct_heat_palette(&palette, &heat, CT_MAP_WRINKLES);
    for (int i = 0; i < SIDE * SIDE; i++)
        index[i] = (uint8_t)(i * 7 % palette.count);
    ck_assert_int_eq(ct_encode_png(&text, index, SIDE, SIDE, &palette),
                     CUTIS_OK);
    png_image png = {.version = PNG_IMAGE_VERSION};
    ck_assert(png_image_begin_read_from_memory(&png, text.bytes, text.size));
    png.format = PNG_FORMAT_RGBA;
    ck_assert(png_image_finish_read(&png, NULL, back, SIDE * 4, NULL));
    for (int i = 0; i < SIDE * SIDE; i++)
        ck_assert_mem_eq(back + 4 * i, palette.colour[index[i]], 4);
}
END_TEST

/* ---- The page ------------------------------------------------------------ */

static const char *page(int threads)
{
    sample.tools.threads = threads;
    ck_assert_int_eq(ct_report_html(&text, &sample.report, &sample.tools),
                     CUTIS_OK);
    return text.bytes;
}

START_TEST(the_page_asks_for_nothing_from_elsewhere)
{
    static const char *const never[] = {
        "http:",   "https:",  "url(",    "@import", "<link",
        "<iframe", "src=\"/", "srcset",  "<base",   "<object",
        "<embed",  "fetch(",  "XMLHttp", "=\"//"};
    const char *const html = page(1);
    for (size_t i = 0; i < sizeof(never) / sizeof(*never); i++)
        ck_assert_msg(!strstr(html, never[i]), "%s", never[i]);
    int pictures = 0;
    for (const char *at = html; (at = strstr(at, "data:image/")); at++)
        pictures++;
    for (const char *at = html; (at = strstr(at, " src=\"")); at += 6)
        ck_assert_int_eq(strncmp(at + 6, "data:image/", 11), 0);
    for (const char *at = html; (at = strstr(at, " href=\"")); at += 7)
        ck_assert(at[7] == '#' || !strncmp(at + 7, "data:image/", 11));
    /* Two photographs, and on each the regions and four of the five maps. */
    ck_assert_int_eq(pictures, 2 * (1 + 1 + 4));
}
END_TEST

START_TEST(the_page_tells_things_in_their_order)
{
    static const char *const order[] = {
        "<h1",
        "Redness improved",
        "Photographs</h2>",
        "data:image/jpeg",
        "id=\"layer-redness\"",
        "Readings</h2>",
        "Treatment progress score",
        "comparable?</h2>",
        "laid on each other</h2>",
        "How this was computed",
        "This is a measurement of photographs, not a diagnosis."};
    const char *at = page(1);
    for (size_t i = 0; i < sizeof(order) / sizeof(*order) - 1; i++) {
        if (i == 4) /* choices come before the pictures */
            continue;
        at = strstr(at, order[i]);
        ck_assert_msg(at, "%s", order[i]);
    }
    ck_assert_ptr_nonnull(strstr(at, order[10]));
}
END_TEST

START_TEST(a_map_that_is_not_there_says_why)
{
    const char *const html = page(1);
    ck_assert_ptr_nonnull(strstr(html, "id=\"layer-pores\" disabled="));
    ck_assert_ptr_nonnull(
        strstr(html, "Pores: not measurable: 3.2 px/mm, pores need 12"));
    ck_assert_ptr_null(strstr(html, "id=\"layer-redness\" disabled="));
}
END_TEST

START_TEST(strings_of_callers_and_checks_are_escaped)
{
    sample.options.treated = "<script>alert(1)</script>";
    sample_check(&sample, "x\"><i>", CUTIS_CHECK_PAIR, CUTIS_CHECK_FAIL,
                 "</script><img src=x onerror=alert(1)>");
    const char *const html = page(1);
    ck_assert_ptr_null(strstr(html, "<script>alert"));
    ck_assert_ptr_null(strstr(html, "<img src=x"));
    ck_assert_ptr_null(strstr(html, "\"><i>"));
    ck_assert_ptr_nonnull(
        strstr(html, "&lt;script&gt;alert(1)&lt;/script&gt;"));
}
END_TEST

START_TEST(threads_do_not_show_in_the_page)
{
    struct text first;
    page(1);
    first = text;
    text = (struct text){.memory = &sample.tools.memory};
    page(2);
    ck_assert_uint_eq(text.size, first.size);
    ck_assert_mem_eq(text.bytes, first.bytes, first.size);
    ct_text_free(&first);
}
END_TEST

/* A comparison that failed early: no maps, no regions, no numbers. */
START_TEST(a_page_of_nothing_is_still_a_page)
{
    for (int i = 0; i < 2; i++) {
        for (int map = 0; map < CT_MAPS; map++)
            ct_plane_free(&sample.readings[i].map[map]);
        sample.face[i].point_count = 0;
        sample.face[i].found = false;
        sample.face[i].scale = NAN;
        sample.face[i].scale_source = NULL;
    }
    memset(sample.outcome.change, 0, sizeof(sample.outcome.change));
    sample.outcome.checks.count = 0;
    sample.outcome.comparable = CUTIS_COMPARABLE_NO;
    sample.outcome.score =
        (cutis_score){.preset = "general",
                      .score = NAN,
                      .ci95 = {NAN, NAN},
                      .verdict = CUTIS_VERDICT_NOT_COMPARABLE};
    sample.report.pair = NULL;
    const char *const html = page(1);
    ck_assert_ptr_nonnull(
        strstr(html, "These photographs cannot be compared: the checks"));
    ck_assert_ptr_null(strstr(html, ">nan"));
    ck_assert_ptr_null(strstr(html, " nan"));
}
END_TEST

static Suite *suite(void)
{
    Suite *const report = suite_create("page");
    TCase *const pictures = tcase_create("pictures");
    tcase_add_checked_fixture(pictures, setup, teardown);
    tcase_add_loop_test(pictures, heat_maps_darken_in_even_steps, 0, CT_MAPS);
    tcase_add_test(pictures, both_photographs_share_one_scale);
    tcase_add_test(pictures,
                   redness_without_a_neutral_is_shown_against_its_own_skin);
    tcase_add_test(pictures, the_after_photograph_lies_on_the_before_one);
    tcase_add_test(pictures, the_eyes_are_level_and_the_face_is_inside);
    tcase_add_test(pictures,
                   without_a_similarity_each_face_is_framed_by_itself);
    tcase_add_test(pictures, a_photograph_shown_at_its_own_size_is_unchanged);
    tcase_add_test(pictures, a_ramp_of_light_stays_a_ramp_when_reduced);
    tcase_add_test(pictures, what_lies_outside_a_photograph_is_an_even_grey);
    tcase_add_test(pictures, regions_are_numbered_in_their_middle);
    tcase_add_test(pictures, a_jpeg_shows_what_was_encoded);
    tcase_add_test(pictures, a_png_holds_the_very_colours);
    suite_add_tcase(report, pictures);

    TCase *const html = tcase_create("html");
    tcase_add_checked_fixture(html, setup, teardown);
    tcase_add_test(html, the_page_asks_for_nothing_from_elsewhere);
    tcase_add_test(html, the_page_tells_things_in_their_order);
    tcase_add_test(html, a_map_that_is_not_there_says_why);
    tcase_add_test(html, strings_of_callers_and_checks_are_escaped);
    tcase_add_test(html, threads_do_not_show_in_the_page);
    tcase_add_test(html, a_page_of_nothing_is_still_a_page);
    suite_add_tcase(report, html);
    return report;
}

int main(void)
{
    SRunner *const runner = srunner_create(suite());
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
