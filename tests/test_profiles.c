/* SPDX-License-Identifier: BSD-2-Clause */

/* Embedded profiles as files carry them: whole, in pieces, hostile, on grey. */

#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "acquire/acquire.h"
#include "pictures.h"
#include "util/parallel.h"

/* x, y of red, green, blue, white, from the standards. */
static const double p3_xy[8] = {0.680, 0.320, 0.265,  0.690,
                                0.150, 0.060, 0.3127, 0.3290};
static const double adobe_xy[8] = {0.64, 0.33, 0.21,   0.71,
                                   0.15, 0.06, 0.3127, 0.3290};

/* Linear sRGB of pixel i of the only row. */
static void linear_at(double out[3], const struct picture *picture, int i)
{
    float rgb[3];

    ct_picture_linear(picture, i, 0, 1, rgb, rgb + 1, rgb + 2);
    for (int k = 0; k < 3; k++)
        out[k] = rgb[k];
}

static double srgb_curve(double s)
{
    return s <= 0.04045 ? s / 12.92 : pow((s + 0.055) / 1.055, 2.4);
}

/* ---- Profiles in pieces -------------------------------------------------- */

static enum ct_colour_space space_of(struct blob jpeg, cutis_status wanted)
{
    struct bench bench;
    enum ct_colour_space space = CT_STATED;

    bench_open(&bench);
    ck_assert_int_eq(bench_read(&bench, jpeg.at, jpeg.size), wanted);
    if (wanted == CUTIS_OK)
        space = bench.picture.space;
    bench_close(&bench);
    return space;
}

START_TEST(a_profile_in_pieces_is_put_together)
{
    struct blob profile = make_profile(p3_xy, 0.0);
    uint8_t *scene = make_scene(16, 16, 3);

    for (size_t piece = 3; piece < profile.size + 100; piece += 50) {
        struct blob jpeg = make_jpeg(scene, 16, 16, 3, 90, 0);
        add_icc(&jpeg, profile, piece);
        if ((profile.size + piece - 1) / piece <= 255)
            ck_assert_int_eq(space_of(jpeg, CUTIS_OK), CT_DISPLAY_P3);
        blob_free(&jpeg);
    }
    free(scene);
    blob_free(&profile);
}
END_TEST

static void add_piece(struct blob *jpeg, struct blob profile, int number,
                      int pieces, size_t from, size_t size)
{
    uint8_t body[4096] = "ICC_PROFILE";

    body[12] = (uint8_t)number;
    body[13] = (uint8_t)pieces;
    memcpy(body + 14, profile.at + from, size);
    add_segment(jpeg, 0xe2, body, size + 14);
}

/* What is added to piece 1 of 2, and what becomes of it. */
enum { ORDERS = 6 };
static const struct {
    struct {
        int number, pieces, shift;
    } then[2];
    cutis_status status;
} orders[ORDERS] = {
    {{{2, 2, 0}}, CUTIS_OK},                       /* 2 before 1 */
    {{{2, 2, 0}, {1, 2, 0}}, CUTIS_OK},            /* 1 twice */
    {{{0}}, CUTIS_ERROR_DAMAGED},                  /* no 2 */
    {{{2, 3, 0}}, CUTIS_ERROR_DAMAGED},            /* 2 of 3 */
    {{{3, 2, 0}}, CUTIS_ERROR_DAMAGED},            /* 3 of 2 */
    {{{2, 2, 0}, {1, 2, 1}}, CUTIS_ERROR_DAMAGED}, /* 1 in two versions */
};

START_TEST(pieces_may_come_in_any_order_and_twice_but_not_torn)
{
    struct blob profile = make_profile(p3_xy, 0.0);
    const size_t half = profile.size / 2, rest = profile.size - half;
    uint8_t *scene = make_scene(16, 16, 3);
    struct blob jpeg = make_jpeg(scene, 16, 16, 3, 90, 0);

    add_piece(&jpeg, profile, 1, 2, 0, half);
    for (int i = 0; i < 2 && orders[_i].then[i].pieces; i++) {
        const int number = orders[_i].then[i].number;
        const size_t from =
            (number == 1 ? 0 : half) + (size_t)orders[_i].then[i].shift;
        add_piece(&jpeg, profile, number, orders[_i].then[i].pieces, from,
                  number == 1 ? half : rest);
    }
    const enum ct_colour_space space = space_of(jpeg, orders[_i].status);
    if (orders[_i].status == CUTIS_OK)
        ck_assert_int_eq(space, CT_DISPLAY_P3);
    blob_free(&jpeg);
    free(scene);
    blob_free(&profile);
}
END_TEST

/* ---- Hostile profiles ---------------------------------------------------- */

START_TEST(a_profile_with_any_byte_changed_is_harmless)
{
    struct blob profile = make_profile(adobe_xy, 563.0 / 256.0);
    uint8_t *scene = make_scene(8, 1, 3);
    struct bench bench;
    int refused = 0;

    bench_open(&bench);
    for (size_t at = 0; at < profile.size; at++) {
        const uint8_t was = profile.at[at];
        profile.at[at] = (uint8_t)(was ^ 0xff);
        struct blob png = make_png(scene, 8, 1, 3, 8, PLAIN);
        add_iccp(&png, profile);
        const cutis_status status = bench_read(&bench, png.at, png.size);
        refused += status != CUTIS_OK;
        for (int x = 0; status == CUTIS_OK && x < 8; x++) {
            double rgb[3];
            linear_at(rgb, &bench.picture, x);
            ck_assert_double_finite(rgb[0] + rgb[1] + rgb[2]);
        }
        blob_free(&png);
        profile.at[at] = was;
    }
    /* The header's size made huge is all that is refused. */
    ck_assert_int_le(refused, 4);
    bench_close(&bench);
    free(scene);
    blob_free(&profile);
}
END_TEST

START_TEST(a_profile_beyond_the_limit_is_refused)
{
    struct blob profile = make_profile(p3_xy, 0.0);
    uint8_t *scene = make_scene(16, 16, 3);
    struct blob files[2] = {make_jpeg(scene, 16, 16, 3, 90, 0),
                            make_png(scene, 16, 16, 3, 8, PLAIN)};

    add_icc(&files[0], profile, 60000);
    add_iccp(&files[1], profile);
    for (int i = 0; i < 2; i++) {
        struct bench bench;
        bench_open(&bench);
        bench.options.max_profile = profile.size;
        ck_assert_int_eq(bench_read(&bench, files[i].at, files[i].size),
                         CUTIS_OK);
        bench.options.max_profile = profile.size - 1;
        ck_assert_int_eq(bench_read(&bench, files[i].at, files[i].size),
                         CUTIS_ERROR_LIMIT);
        bench_close(&bench);
        blob_free(&files[i]);
    }
    free(scene);
    blob_free(&profile);
}
END_TEST

/* ---- Grey, and threads --------------------------------------------------- */

START_TEST(a_grey_picture_may_have_a_profile_for_colour)
{
    struct blob profile = make_profile(p3_xy, _i ? 1.8 : 0.0);
    static const uint8_t grey[4] = {0, 80, 160, 255};
    struct blob png = make_png(grey, 4, 1, 1, 8, PLAIN);
    struct bench bench;

    add_iccp(&png, profile);
    bench_open(&bench);
    ck_assert_int_eq(bench_read(&bench, png.at, png.size), CUTIS_OK);
    ck_assert_int_eq(bench.picture.channels, 1);
    for (int i = 0; i < 4; i++) {
        const double s = grey[i] / 255.0;
        const double wanted = _i ? pow(s, 1.8) : srgb_curve(s);
        double rgb[3];
        linear_at(rgb, &bench.picture, i);
        for (int k = 0; k < 3; k++)
            ck_assert_double_eq_tol(rgb[k], wanted, 1e-3);
    }
    bench_close(&bench);
    blob_free(&png);
    blob_free(&profile);
}
END_TEST

enum { WIDE = 600, HIGH = 64 };

struct rows {
    const struct picture *picture;
    float *out; /* HIGH rows of 3 * WIDE */
};

static void convert_row(void *context, int y)
{
    const struct rows *rows = context;
    float *at = rows->out + (size_t)y * 3 * WIDE;

    ct_picture_linear(rows->picture, 0, y, WIDE, at, at + WIDE, at + 2 * WIDE);
}

START_TEST(rows_convert_alike_on_many_threads)
{
    struct blob profile = make_profile(adobe_xy, 563.0 / 256.0);
    uint8_t *scene = make_scene(WIDE, HIGH, 3);
    struct blob png = make_png(scene, WIDE, HIGH, 3, 8, PLAIN);
    const size_t size = sizeof(float) * 3 * WIDE * HIGH;
    float *one = malloc(size), *many = malloc(size);
    struct bench bench;

    add_iccp(&png, profile);
    bench_open(&bench);
    ck_assert_int_eq(bench_read(&bench, png.at, png.size), CUTIS_OK);
    ck_assert_int_eq(bench.picture.space, CT_ICC);
    struct rows rows = {&bench.picture, one};
    ct_parallel(1, HIGH, convert_row, &rows);
    rows.out = many;
    ct_parallel(8, HIGH, convert_row, &rows);
    ck_assert_mem_eq(one, many, size);
    bench_close(&bench);
    free(one);
    free(many);
    free(scene);
    blob_free(&png);
    blob_free(&profile);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("profiles");
    TCase *tests = tcase_create("profiles");
    suite_add_tcase(suite, tests);
    tcase_add_test(tests, a_profile_in_pieces_is_put_together);
    tcase_add_loop_test(
        tests, pieces_may_come_in_any_order_and_twice_but_not_torn, 0, ORDERS);
    tcase_add_test(tests, a_profile_with_any_byte_changed_is_harmless);
    tcase_add_test(tests, a_profile_beyond_the_limit_is_refused);
    tcase_add_loop_test(tests, a_grey_picture_may_have_a_profile_for_colour, 0,
                        2);
    tcase_add_test(tests, rows_convert_alike_on_many_threads);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
