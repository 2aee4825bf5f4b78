/* SPDX-License-Identifier: BSD-2-Clause */

#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "colour/colour.h"
#include "config.h"

#if HAVE_LCMS
#include <lcms2.h>
#endif

static double random_between(double low, double high)
{
    static uint64_t dice = 88172645463325252u;
    dice ^= dice << 13;
    dice ^= dice >> 7;
    dice ^= dice << 17;
    return low + (high - low) * ((double)(dice >> 11) * 0x1p-53);
}

/* ---- Curve and CIELAB ---------------------------------------------------- */

START_TEST(all_256_levels_of_srgb_come_back)
{
    for (int level = 0; level < 256; level++) {
        const double linear = ct_srgb_decode(level / 255.0);
        const double back = ct_srgb_encode(linear) * 255.0;
        ck_assert_double_eq_tol(back, level, 1e-4);
        /* IEC 61966-2-1 with libm's power. */
        const double s = level / 255.0;
        const double exact =
            s <= 0.04045 ? s / 12.92 : pow((s + 0.055) / 1.055, 2.4);
        ck_assert_double_eq_tol(linear, exact, 1e-15);
    }
}
END_TEST

/* Method 1.1, from scikit-image 0.19.3. */
static const struct {
    int rgb[3];
    double lab[3];
} anchors[] = {
    {{255, 255, 255}, {100.0, 0.0, 0.0}},
    {{255, 0, 0}, {53.2406, 80.0923, 67.2028}},
    {{0, 255, 0}, {87.7351, -86.1830, 83.1797}},
    {{0, 0, 255}, {32.2957, 79.1856, -107.8573}},
    {{224, 172, 150}, {74.5447, 16.0184, 18.6667}},
    {{141, 85, 60}, {41.9804, 20.5826, 24.3206}},
    {{96, 65, 52}, {30.6783, 11.668, 13.3394}},
};
enum { ANCHORS = sizeof(anchors) / sizeof(anchors[0]) };

START_TEST(lab_of_srgb_is_that_of_the_anchors)
{
    double rgb[3], lab[3];
    float in[3], out[3];
    for (int c = 0; c < 3; c++) {
        rgb[c] = ct_srgb_decode(anchors[_i].rgb[c] / 255.0);
        in[c] = (float)rgb[c];
    }
    ct_lab_of_linear(lab, rgb);
    ct_kernels_best(CUTIS_ISA_BEST)
        ->lab(&out[0], &out[1], &out[2], &in[0], &in[1], &in[2], 1);
    for (int c = 0; c < 3; c++) {
        ck_assert_double_eq_tol(lab[c], anchors[_i].lab[c], 0.01);
        ck_assert_double_eq_tol((double)out[c], anchors[_i].lab[c], 0.01);
    }
}
END_TEST

START_TEST(every_8_bit_colour_tried_comes_back_from_lab)
{
    for (int i = 0; i < 20000; i++) {
        double rgb[3], lab[3], back[3];
        int level[3];
        for (int c = 0; c < 3; c++) {
            level[c] = (int)random_between(0, 256);
            rgb[c] = ct_srgb_decode(level[c] / 255.0);
        }
        ct_lab_of_linear(lab, rgb);
        ct_linear_of_lab(back, lab);
        for (int c = 0; c < 3; c++)
            ck_assert_int_eq((int)lround(255.0 * ct_srgb_encode(back[c])),
                             level[c]);
    }
}
END_TEST

START_TEST(bradford_takes_the_white_of_d50_to_that_of_d65)
{
    double d65[3];
    ct_times3(d65, ct_d65_of_d50, ct_white_d50);
    for (int c = 0; c < 3; c++)
        ck_assert_double_eq_tol(d65[c], ct_white_d65[c], 2e-7);
}
END_TEST

START_TEST(ita_is_the_angle_above_l_50)
{
    ck_assert_double_eq_tol(ct_ita(60.0, 10.0), 45.0, 1e-12);
    ck_assert_double_eq_tol(ct_ita(40.0, 10.0), -45.0, 1e-12);
    ck_assert_double_eq_tol(ct_ita(70.0, 20.0 * sqrt(3.0)), 30.0, 1e-12);
}
END_TEST

/* ---- CIEDE2000 ----------------------------------------------------------- */

/* Sharma, Wu, Dalal 2005, table 1: L1 a1 b1, L2 a2 b2, dE00. */
static const double sharma[34][7] = {
    {50.0000, 2.6772, -79.7751, 50.0000, 0.0000, -82.7485, 2.0425},
    {50.0000, 3.1571, -77.2803, 50.0000, 0.0000, -82.7485, 2.8615},
    {50.0000, 2.8361, -74.0200, 50.0000, 0.0000, -82.7485, 3.4412},
    {50.0000, -1.3802, -84.2814, 50.0000, 0.0000, -82.7485, 1.0000},
    {50.0000, -1.1848, -84.8006, 50.0000, 0.0000, -82.7485, 1.0000},
    {50.0000, -0.9009, -85.5211, 50.0000, 0.0000, -82.7485, 1.0000},
    {50.0000, 0.0000, 0.0000, 50.0000, -1.0000, 2.0000, 2.3669},
    {50.0000, -1.0000, 2.0000, 50.0000, 0.0000, 0.0000, 2.3669},
    {50.0000, 2.4900, -0.0010, 50.0000, -2.4900, 0.0009, 7.1792},
    {50.0000, 2.4900, -0.0010, 50.0000, -2.4900, 0.0010, 7.1792},
    {50.0000, 2.4900, -0.0010, 50.0000, -2.4900, 0.0011, 7.2195},
    {50.0000, 2.4900, -0.0010, 50.0000, -2.4900, 0.0012, 7.2195},
    {50.0000, -0.0010, 2.4900, 50.0000, 0.0009, -2.4900, 4.8045},
    {50.0000, -0.0010, 2.4900, 50.0000, 0.0010, -2.4900, 4.8045},
    {50.0000, -0.0010, 2.4900, 50.0000, 0.0011, -2.4900, 4.7461},
    {50.0000, 2.5000, 0.0000, 50.0000, 0.0000, -2.5000, 4.3065},
    {50.0000, 2.5000, 0.0000, 73.0000, 25.0000, -18.0000, 27.1492},
    {50.0000, 2.5000, 0.0000, 61.0000, -5.0000, 29.0000, 22.8977},
    {50.0000, 2.5000, 0.0000, 56.0000, -27.0000, -3.0000, 31.9030},
    {50.0000, 2.5000, 0.0000, 58.0000, 24.0000, 15.0000, 19.4535},
    {50.0000, 2.5000, 0.0000, 50.0000, 3.1736, 0.5854, 1.0000},
    {50.0000, 2.5000, 0.0000, 50.0000, 3.2972, 0.0000, 1.0000},
    {50.0000, 2.5000, 0.0000, 50.0000, 1.8634, 0.5757, 1.0000},
    {50.0000, 2.5000, 0.0000, 50.0000, 3.2592, 0.3350, 1.0000},
    {60.2574, -34.0099, 36.2677, 60.4626, -34.1751, 39.4387, 1.2644},
    {63.0109, -31.0961, -5.8663, 62.8187, -29.7946, -4.0864, 1.2630},
    {61.2901, 3.7196, -5.3901, 61.4292, 2.2480, -4.9620, 1.8731},
    {35.0831, -44.1164, 3.7933, 35.0232, -40.0716, 1.5901, 1.8645},
    {22.7233, 20.0904, -46.6940, 23.0331, 14.9730, -42.5619, 2.0373},
    {36.4612, 47.8580, 18.3852, 36.2715, 50.5065, 21.2231, 1.4146},
    {90.8027, -2.0831, 1.4410, 91.1528, -1.6435, 0.0447, 1.4441},
    {90.9257, -0.5406, -0.9208, 88.6381, -0.8985, -0.7239, 1.5381},
    {6.7747, -0.2908, -2.4247, 5.8714, -0.0985, -2.2286, 0.6377},
    {2.0776, 0.0795, -1.1350, 0.9033, -0.0636, -0.5514, 0.9082},
};

START_TEST(the_34_pairs_of_sharma_have_their_difference)
{
    const double *const first = sharma[_i], *const second = sharma[_i] + 3;
    const double there = ct_ciede2000(first, second);
    ck_assert_double_eq_tol(there, sharma[_i][6], 1e-4);
    ck_assert_double_eq_tol(there, ct_ciede2000(second, first), 1e-9);
}
END_TEST

START_TEST(a_colour_does_not_differ_from_itself)
{
    for (int i = 0; i < 1000; i++) {
        const double lab[3] = {random_between(0, 100),
                               random_between(-100, 100),
                               random_between(-100, 100)};
        ck_assert_double_eq(ct_ciede2000(lab, lab), 0.0);
    }
}
END_TEST

#if HAVE_LCMS
START_TEST(differences_are_those_of_lcms2)
{
    for (int i = 0; i < 100000; i++) {
        double first[3], second[3];
        const double reach = i % 2 ? 5.0 : 100.0;
        for (int c = 0; c < 3; c++) {
            first[c] = random_between(c ? -100 : 0, 100);
            second[c] = first[c] + random_between(-reach, reach);
        }
        const cmsCIELab a = {first[0], first[1], first[2]};
        const cmsCIELab b = {second[0], second[1], second[2]};
        const double theirs = cmsCIE2000DeltaE(&a, &b, 1.0, 1.0, 1.0);
        const double ours = ct_ciede2000(first, second);
        ck_assert_double_eq_tol(ours, theirs, 1e-9);
        ck_assert_double_eq_tol(ours, ct_ciede2000(second, first), 1e-9);
    }
}
END_TEST
#endif

/* ---- The crop ------------------------------------------------------------ */

enum { WIDTH = 150, HEIGHT = 170 };

static uint8_t pixels[HEIGHT][WIDTH][3];
static struct tools tools;

static void fill_pixels(void)
{
    tools = (struct tools){.threads = 2,
                           .kernels = ct_kernels_best(CUTIS_ISA_BEST)};
    for (int y = 0; y < HEIGHT; y++)
        for (int x = 0; x < WIDTH; x++)
            for (int c = 0; c < 3; c++)
                pixels[y][x][c] = (uint8_t)random_between(60, 240);
}

/* A patch of one colour whose levels vary by up to `spread`. */
static void paint(int x0, int y0, int side, const int level[3], int spread)
{
    for (int y = y0; y < y0 + side; y++)
        for (int x = x0; x < x0 + side; x++)
            for (int c = 0; c < 3; c++)
                pixels[y][x][c] =
                    (uint8_t)(level[c] +
                              random_between(-spread, spread + 0.999));
}

static cutis_status skin_of(struct skin *skin, struct rect crop, int factor,
                            const cutis_photo_options *options)
{
    const cutis_pixels given = {
        .struct_size = sizeof(given),
        .data = pixels,
        .stride = sizeof(pixels[0]),
        .width = WIDTH,
        .height = HEIGHT,
        .format = CUTIS_PIXELS_RGB8,
    };
    const cutis_options limits = CUTIS_OPTIONS_DEFAULT;
    const cutis_photo_options none = CUTIS_PHOTO_OPTIONS_DEFAULT;
    struct face face = {.crop = crop, .factor = factor};
    struct picture picture = {0};
    ck_assert_int_eq(ct_acquire_pixels(&picture, &given, &limits, &tools),
                     CUTIS_OK);
    const cutis_status status = ct_colour_skin(
        skin, &picture, &face, options ? options : &none, &tools);
    ct_picture_free(&picture);
    return status;
}

/* Mean linear light of a box of pixels. */
static double box(int x, int y, int side, int c)
{
    double sum = 0.0;
    for (int dy = 0; dy < side; dy++)
        for (int dx = 0; dx < side; dx++)
            sum += ct_srgb_decode(pixels[y + dy][x + dx][c] / 255.0);
    return sum / (side * side);
}

START_TEST(the_crop_is_box_means_of_linear_light)
{
    const int factor = _i;
    const struct rect crop = {7, 11, 131, 149};
    struct skin skin;
    ck_assert_int_eq(skin_of(&skin, crop, factor, NULL), CUTIS_OK);
    ck_assert_int_eq(skin.red.width, 131 / factor);
    ck_assert_int_eq(skin.clipped.height, 149 / factor);
    const struct plane *const planes[3] = {&skin.red, &skin.green, &skin.blue};
    for (int y = 0; y < skin.red.height; y++) {
        for (int x = 0; x < skin.red.width; x++) {
            for (int c = 0; c < 3; c++)
                ck_assert_double_eq_tol(
                    (double)ct_row(planes[c], y)[x],
                    box(7 + x * factor, 11 + y * factor, factor, c), 2e-7);
            ck_assert_int_eq(ct_byte_row(&skin.clipped, y)[x], 0);
        }
    }
    ck_assert(!skin.neutral && !skin.grey);
    ck_assert_double_eq(skin.gain[1], 1.0);
    ct_skin_free(&skin);
}
END_TEST

/* sRGB, Display P3 and grey: what is looked up in the picture is what planes
 * would hold, run by run and pixel by pixel, and so is what is clipped. */
START_TEST(light_without_planes_is_the_same_light)
{
    const cutis_pixels given = {
        .struct_size = sizeof(given),
        .data = pixels,
        .stride = sizeof(pixels[0]),
        .width = _i == 2 ? 3 * WIDTH : WIDTH,
        .height = HEIGHT,
        .format = _i == 2 ? CUTIS_PIXELS_GREY8 : CUTIS_PIXELS_RGB8,
        .display_p3 = _i == 1,
    };
    const cutis_options limits = CUTIS_OPTIONS_DEFAULT;
    const cutis_photo_options none = CUTIS_PHOTO_OPTIONS_DEFAULT;
    const struct face face = {.crop = {7, 11, 131, 149}, .factor = 1};
    struct picture picture = {0};
    struct skin skin[2] = {{.gain = {0}}};

    pixels[20][30][1] = 254;
    pixels[21][30][0] = pixels[21][30][1] = pixels[21][30][2] = 3;
    ck_assert(!ct_acquire_pixels(&picture, &given, &limits, &tools));
    for (int i = 0; i < 2; i++) {
        picture.stays = i;
        ck_assert(!ct_colour_skin(&skin[i], &picture, &face, &none, &tools));
        ck_assert_int_eq(skin[i].red.at != NULL, !i);
        ck_assert_int_eq(skin[i].blue.width, 131);
    }
    for (int y = 0; y < 149; y++) {
        ct_run_room room[2];
        const struct light_run a = ct_skin_run(&skin[0], 3, y, 120, room[0]);
        const struct light_run b = ct_skin_run(&skin[1], 3, y, 120, room[1]);
        ck_assert_mem_eq(a.red, b.red, 120 * sizeof(float));
        ck_assert_mem_eq(a.green, b.green, 120 * sizeof(float));
        ck_assert_mem_eq(a.blue, b.blue, 120 * sizeof(float));
        float one[3];
        ct_skin_at(one, &skin[1], 50, y);
        ck_assert_mem_eq(&one[2], &a.blue[47], sizeof(float));
        ck_assert_mem_eq(ct_byte_row(&skin[0].clipped, y),
                         ct_byte_row(&skin[1].clipped, y), 131);
    }
    ct_skin_free(&skin[0]);
    ct_skin_free(&skin[1]);
    ct_picture_free(&picture);
}
END_TEST

START_TEST(one_bright_sample_clips_a_box_and_darkness_needs_all)
{
    /* 252 and 251 are 0.973 and 0.965 in linear light; 25 and 26 are 0.0097
     * and 0.0103. */
    pixels[0][0][1] = 252;
    pixels[0][2][2] = 251;
    for (int i = 0; i < 4; i++)
        for (int c = 0; c < 3; c++)
            pixels[i / 2][4 + i % 2][c] = pixels[i / 2][6 + i % 2][c] = 25;
    pixels[1][7][0] = 26;

    const struct rect crop = {0, 0, WIDTH, HEIGHT};
    struct skin skin;
    ck_assert_int_eq(skin_of(&skin, crop, 2, NULL), CUTIS_OK);
    const uint8_t *const clipped = ct_byte_row(&skin.clipped, 0);
    ck_assert_int_eq(clipped[0], 255);
    ck_assert_int_eq(clipped[1], 0);
    ck_assert_int_eq(clipped[2], 255);
    ck_assert_int_eq(clipped[3], 0);
    ct_skin_free(&skin);
}
END_TEST

static cutis_photo_options card_at(double x, double y, double side)
{
    cutis_photo_options options = CUTIS_PHOTO_OPTIONS_DEFAULT;
    /* in an order that crosses: any order will do */
    options.card[0] = (cutis_point){x, y};
    options.card[1] = (cutis_point){x + side, y + side};
    options.card[2] = (cutis_point){x + side, y};
    options.card[3] = (cutis_point){x, y + side};
    return options;
}

START_TEST(a_grey_card_sets_the_gain_of_each_channel)
{
    const int level[3] = {120, 118, 101};
    const struct rect crop = {50, 50, 60, 60};
    paint(4, 5, 40, level, 3);
    cutis_photo_options options = card_at(4, 5, 40);
    options.card_reflectance = _i ? 0.9 : 0.0;
    const double reference = _i ? 0.9 : 0.18;

    struct skin skin, plain;
    ck_assert_int_eq(skin_of(&skin, crop, 1, &options), CUTIS_OK);
    ck_assert_int_eq(skin_of(&plain, crop, 1, NULL), CUTIS_OK);
    ck_assert(skin.neutral);
    /* A mean of 800 pixels whose SD is 4 %. */
    for (int c = 0; c < 3; c++) {
        const double known = reference / ct_srgb_decode(level[c] / 255.0);
        ck_assert_double_eq_tol(skin.gain[c] / known, 1.0, 5e-3);
    }
    for (int x = 0; x < 60; x++)
        ck_assert_double_eq_tol(
            (double)ct_row(&skin.blue, 30)[x],
            skin.gain[2] * (double)ct_row(&plain.blue, 30)[x], 1e-6);
    ct_skin_free(&skin);
    ct_skin_free(&plain);
}
END_TEST

START_TEST(a_card_that_cannot_be_trusted_is_refused)
{
    const int white[3] = {253, 254, 253}, grey[3] = {120, 120, 120};
    const int dark[3] = {60, 60, 60}, red[3] = {200, 60, 40};
    const int black[3] = {1, 1, 1}, cyan[3] = {40, 200, 60};
    const struct rect crop = {50, 50, 60, 60};
    struct skin skin = {0};

    paint(4, 5, 40, white, 1);
    cutis_photo_options options = card_at(4, 5, 40);
    ck_assert_int_eq(skin_of(&skin, crop, 1, &options), CUTIS_ERROR_UNSUITABLE);
    ck_assert_ptr_nonnull(strstr(tools.sentence, "clipped"));

    paint(4, 5, 40, grey, 0);
    paint(4, 5, 22, dark, 0);
    paint(26, 27, 18, dark, 30);
    tools.sentence[0] = 0;
    ck_assert_int_eq(skin_of(&skin, crop, 1, &options), CUTIS_ERROR_UNSUITABLE);
    ck_assert_ptr_nonnull(strstr(tools.sentence, "varies"));

    /* Linear light 0.578 and 0.021, by the curve of sRGB. */
    paint(4, 5, 40, red, 0);
    tools.sentence[0] = 0;
    ck_assert_int_eq(skin_of(&skin, crop, 1, &options), CUTIS_ERROR_UNSUITABLE);
    ck_assert_ptr_nonnull(strstr(tools.sentence, "27 times"));
    paint(4, 5, 40, cyan, 0);
    tools.sentence[0] = 0;
    ck_assert_int_eq(skin_of(&skin, crop, 1, &options), CUTIS_ERROR_UNSUITABLE);
    ck_assert_ptr_nonnull(strstr(tools.sentence, "27 times"));
    paint(4, 5, 40, black, 0);
    tools.sentence[0] = 0;
    ck_assert_int_eq(skin_of(&skin, crop, 1, &options), CUTIS_ERROR_UNSUITABLE);
    ck_assert_ptr_nonnull(strstr(tools.sentence, "clipped"));

    const cutis_photo_options wrong[] = {
        card_at(-1, 5, 40),  card_at(WIDTH - 39, 5, 40), card_at(4, 5, 2),
        card_at(4, NAN, 40), card_at(4, 5, 1e300),       card_at(4, 5, 0),
    };
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
        ck_assert_int_eq(skin_of(&skin, crop, 1, &wrong[i]),
                         CUTIS_ERROR_ARGUMENT);
    options.card_reflectance = 1.5;
    ck_assert_int_eq(skin_of(&skin, crop, 1, &options), CUTIS_ERROR_ARGUMENT);
    options.card_reflectance = -0.2;
    ck_assert_int_eq(skin_of(&skin, crop, 1, &options), CUTIS_ERROR_ARGUMENT);
    ck_assert_ptr_null(skin.red.at);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("colour");
    TCase *tests = tcase_create("colour");
    suite_add_tcase(suite, tests);
    tcase_add_test(tests, all_256_levels_of_srgb_come_back);
    tcase_add_loop_test(tests, lab_of_srgb_is_that_of_the_anchors, 0, ANCHORS);
    tcase_add_test(tests, every_8_bit_colour_tried_comes_back_from_lab);
    tcase_add_test(tests, bradford_takes_the_white_of_d50_to_that_of_d65);
    tcase_add_test(tests, ita_is_the_angle_above_l_50);
    tcase_add_loop_test(tests, the_34_pairs_of_sharma_have_their_difference, 0,
                        34);
    tcase_add_test(tests, a_colour_does_not_differ_from_itself);
    tcase_add_checked_fixture(tests, fill_pixels, NULL);
    tcase_add_loop_test(tests, the_crop_is_box_means_of_linear_light, 1, 4);
    tcase_add_loop_test(tests, light_without_planes_is_the_same_light, 0, 3);
    tcase_add_test(tests, one_bright_sample_clips_a_box_and_darkness_needs_all);
    tcase_add_loop_test(tests, a_grey_card_sets_the_gain_of_each_channel, 0, 2);
    tcase_add_test(tests, a_card_that_cannot_be_trusted_is_refused);
#if HAVE_LCMS
    tcase_add_test(tests, differences_are_those_of_lcms2);
#endif

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
