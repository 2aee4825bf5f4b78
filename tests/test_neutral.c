/* SPDX-License-Identifier: BSD-2-Clause */

#include <check.h>
#include <math.h>

#include "colour/colour.h"

static struct tools tools;

static void set_up(void)
{
    tools = (struct tools){.threads = 1,
                           .kernels = ct_kernels_best(CUTIS_ISA_BEST)};
}

static double random_between(double low, double high)
{
    static uint64_t dice = 88172645463325252u;
    dice ^= dice << 13;
    dice ^= dice >> 7;
    dice ^= dice << 17;
    return low + (high - low) * ((double)(dice >> 11) * 0x1p-53);
}

enum { WIDTH = 320, HEIGHT = 240 };

static uint16_t pixels[HEIGHT][WIDTH][3];

static uint16_t coded(double linear)
{
    return (uint16_t)lround(65535.0 * ct_srgb_encode(linear));
}

/* ---- What two photographs share ------------------------------------------ */

START_TEST(another_camera_or_form_leaves_nothing_in_common)
{
    const struct exif one = {.make = "Maker", .model = "One"};
    const struct exif two = {.make = "Maker", .model = "Two"};
    const struct exif silent = {.focal_mm = NAN};
    struct skin a = {.calibration = CT_NEUTRAL_CHART,
                     .correction = {.terms = 3}};
    struct skin b = a;
    ck_assert_int_eq(ct_common_neutral(&a, &one, &b, &one), CT_NEUTRAL_CHART);
    ck_assert_int_eq(ct_common_neutral(&a, &one, &b, &silent),
                     CT_NEUTRAL_CHART);
    ck_assert_int_eq(ct_common_neutral(&a, &one, &b, &two), CT_NEUTRAL_NONE);
    b.correction.terms = 6;
    ck_assert_int_eq(ct_common_neutral(&a, &one, &b, &one), CT_NEUTRAL_NONE);
    b = (struct skin){.calibration = CT_NEUTRAL_CARD};
    ck_assert_int_eq(ct_common_neutral(&a, &one, &b, &one), CT_NEUTRAL_NONE);
}
END_TEST

START_TEST(backdrops_meet_in_the_middle)
{
    const struct skin a = {.backdrop = {0.2, 0.3, 0.4}};
    const struct skin b = {.backdrop = {0.4, 0.3, 0.1}};
    double to_a[3], to_b[3], same[3], again[3];
    ct_backdrop_gains(to_a, to_b, &a, &b);
    for (int c = 0; c < 3; c++) {
        ck_assert_double_eq_tol(to_a[c] * a.backdrop[c],
                                to_b[c] * b.backdrop[c], 1e-15);
        ck_assert_double_eq_tol(to_a[c] * to_b[c], 1.0, 1e-15);
    }
    ct_backdrop_gains(same, again, &a, &a);
    for (int c = 0; c < 3; c++)
        ck_assert_double_eq(same[c], 1.0);
}
END_TEST

START_TEST(the_backdrop_is_the_wall_and_not_the_shirt)
{
    /* An oval face on a wall with a little grain, above a shirt that is even
     * and as large; the head hides the middle. */
    const double wall[3] = {0.42, 0.40, 0.35}, shirt[3] = {0.10, 0.12, 0.30};
    struct face face = {.found = true};
    for (int i = 0; i < CT_POINTS; i++) {
        const double turn = 2.0 * 3.14159265 * i / CT_POINTS;
        face.points[i] =
            (cutis_point){160.0 + 36.0 * cos(turn), 85.0 + 45.0 * sin(turn)};
    }
    for (int y = 0; y < HEIGHT; y++)
        for (int x = 0; x < WIDTH; x++) {
            const double u = (x - 160.0) / 46.0, v = (y - 75.0) / 64.0;
            const double grain = random_between(0.97, 1.03);
            for (int c = 0; c < 3; c++)
                pixels[y][x][c] = coded(u * u + v * v < 1.0 ? 0.3 / (c + 1)
                                        : y > 140           ? shirt[c] * grain
                                                            : wall[c] * grain);
        }
    const cutis_pixels given = {.struct_size = sizeof(given),
                                .data = pixels,
                                .stride = sizeof(pixels[0]),
                                .width = WIDTH,
                                .height = HEIGHT,
                                .format = CUTIS_PIXELS_RGB16};
    const cutis_options limits = CUTIS_OPTIONS_DEFAULT;
    struct picture picture = {0};
    double seen[3];
    bool found;
    ck_assert_int_eq(ct_acquire_pixels(&picture, &given, &limits, &tools),
                     CUTIS_OK);
    ck_assert_int_eq(ct_backdrop_find(&found, seen, &picture, &face, &tools),
                     CUTIS_OK);
    ck_assert(found);
    for (int c = 0; c < 3; c++)
        ck_assert_double_eq_tol(seen[c] / wall[c], 1.0, 2e-3);
    /* Nothing even: no backdrop. */
    for (int y = 0; y < HEIGHT; y++)
        for (int x = 0; x < WIDTH; x++)
            ((uint16_t *)picture.samples)[3 * (y * WIDTH + x) + 1] =
                coded(random_between(0.1, 0.9));
    ck_assert_int_eq(ct_backdrop_find(&found, seen, &picture, &face, &tools),
                     CUTIS_OK);
    ck_assert(!found);
    ct_picture_free(&picture);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("neutral");
    TCase *pairs = tcase_create("pairs");

    tcase_add_checked_fixture(pairs, set_up, NULL);
    tcase_add_test(pairs, another_camera_or_form_leaves_nothing_in_common);
    tcase_add_test(pairs, backdrops_meet_in_the_middle);
    tcase_add_test(pairs, the_backdrop_is_the_wall_and_not_the_shirt);
    suite_add_tcase(suite, pairs);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
