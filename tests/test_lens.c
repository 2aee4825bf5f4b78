/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The phantom's defocus and what its camera does to pictures, against closed
 * forms on points, steps and noise.
 */

#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "phantom/options.h"
#include "phantom/process.h"

static struct tools tools;

enum { SIDE = 64 };

/* Black but for a point of 1 in the middle. */
static struct frame point(void)
{
    struct frame frame = {0};
    ck_assert_int_eq(ct_frame_create(&frame, SIDE, SIDE, &tools), 0);
    for (int c = 0; c < 3; c++)
        for (int i = 0; i < SIDE * SIDE; i++)
            frame.at[c][i] = i == SIDE / 2 * SIDE + SIDE / 2 ? 1.0f : 0.0f;
    return frame;
}

/* A disk of radius r has the second moment r^2 / 4 along each axis, and a pixel
 * adds its own 1 / 12; 1 / (pi r^2) inside and nothing outside. */
START_TEST(defocus_is_an_even_disk)
{
    static const double radii[] = {2.0, 3.7, 9.0};
    const double r = radii[_i];
    struct frame frame = point();
    ck_assert_int_eq(ct_defocus(&frame, r, 2, &tools), 0);
    double sum = 0.0, moment = 0.0;
    for (int i = 0; i < SIDE * SIDE; i++) {
        const double x = i % SIDE - SIDE / 2.0, y = i / SIDE - SIDE / 2.0;
        const double v = (double)frame.at[1][i], d = sqrt(x * x + y * y);
        sum += v;
        moment += v * x * x;
        if (d < r - 0.71)
            ck_assert_double_eq_tol(v * 3.14159265 * r * r, 1.0, 0.01);
        if (d > r + 0.71)
            ck_assert_double_eq(v, 0.0);
    }
    ck_assert_double_eq_tol(sum, 1.0, 1e-5);
    ck_assert_double_eq_tol(moment, r * r / 4.0 + 1.0 / 12.0, 0.02 * r * r);
    ct_frame_free(&frame);
}
END_TEST

/* Points on a plane that is tilted in depth, 20 px apart: the disk of each has
 * the radius f A / 2 |1/d - 1/z| of its own distance. */
START_TEST(a_tilted_plane_is_blurred_by_its_depth)
{
    enum { GAP = 20, WIDE = 12 * GAP };
    const struct focus focus = {
        .aperture = 8.0, .distance = 1000.0, .focal = 12000.0};
    struct frame frame;
    ck_assert_int_eq(ct_frame_create(&frame, WIDE, GAP, &tools), 0);
    frame.depth = ct_alloc(&tools.memory, WIDE * GAP, sizeof(float));
    ck_assert_ptr_nonnull(frame.depth);
    for (int i = 0; i < WIDE * GAP; i++) {
        const int x = i % WIDE, y = i / WIDE;
        const bool lit = x % GAP == GAP / 2 && y == GAP / 2;
        frame.depth[i] = 950.0f + 10.0f * (float)(x / GAP);
        for (int c = 0; c < 3; c++)
            frame.at[c][i] = lit ? 1.0f : 0.0f;
    }
    ck_assert_int_eq(ct_focus(&frame, &focus, 2, &tools), 0);
    for (int k = 0; k < WIDE / GAP; k++) {
        const double z = 950.0 + 10.0 * k;
        const double r = 12000.0 * 8.0 / 2.0 * fabs(1e-3 - 1.0 / z);
        double sum = 0.0, moment = 0.0;
        for (int i = 0; i < GAP * GAP; i++) {
            const int x = i % GAP;
            const double v = (double)frame.at[2][i / GAP * WIDE + k * GAP + x];
            sum += v;
            moment += v * (x - GAP / 2) * (x - GAP / 2);
        }
        ck_assert_double_eq_tol(sum, 1.0, 1e-5);
        /* Radii go in eighths; a small disk is as ragged as pixels are. */
        ck_assert_double_eq_tol(moment, r * r / 4.0 + 1.0 / 12.0,
                                r > 1.5 ? 0.02 * r * r + r / 32.0 : 0.15);
    }
    ct_frame_free(&frame);
}
END_TEST

START_TEST(what_has_no_distance_is_left_alone)
{
    const struct focus focus = {
        .aperture = 8.0, .distance = 1000.0, .focal = 12000.0};
    struct frame frame = point();
    frame.depth = ct_alloc(&tools.memory, SIDE * SIDE, sizeof(float));
    ck_assert_ptr_nonnull(frame.depth);
    for (int i = 0; i < SIDE * SIDE; i++)
        frame.depth[i] = INFINITY;
    ck_assert_int_eq(ct_focus(&frame, &focus, 1, &tools), 0);
    ck_assert_float_eq(frame.at[0][SIDE / 2 * SIDE + SIDE / 2], 1.0f);
    ct_frame_free(&frame);
}
END_TEST

START_TEST(a_lens_in_focus_leaves_the_light_alone)
{
    struct frame frame = point();
    ck_assert_int_eq(ct_defocus(&frame, 0.0, 1, &tools), 0);
    ck_assert_float_eq(frame.at[0][SIDE / 2 * SIDE + SIDE / 2], 1.0f);
    ct_frame_free(&frame);
}
END_TEST

static struct camera small_camera(void)
{
    struct options options;
    ct_options_default(&options);
    options.scene.camera.width = options.scene.camera.height = SIDE;
    options.scene.camera.px_per_mm = 6.0;
    return options.scene.camera;
}

static void fill(uint16_t *samples, uint16_t left, uint16_t right)
{
    for (int i = 0; i < SIDE * SIDE * 3; i++)
        samples[i] = i / 3 % SIDE < SIDE / 2 ? left : right;
}

/* Beside a step of height a the blurred step lacks a times the kernel's tail,
 * t = sum of w_k, k >= 1; the unsharp mask overshoots by K a t. */
START_TEST(sharpening_overshoots_as_an_unsharp_mask_does)
{
    static uint16_t samples[SIDE * SIDE * 3];
    struct camera camera = small_camera();
    camera.sharpen = 0.8;
    double tail = 0.0, whole = 1.0;
    for (int k = 1; k <= 4; k++) {
        tail += exp(-0.5 * k * k);
        whole += 2.0 * exp(-0.5 * k * k);
    }
    fill(samples, 20000, 30000);
    ck_assert_int_eq(ct_process(samples, &camera, 2, &tools), 0);
    const uint16_t *row = samples + 30 * SIDE * 3;
    const double over = 0.8 * 10000.0 * tail / whole;
    ck_assert_double_eq_tol(row[3 * (SIDE / 2)], 30000.0 + over, 2.0);
    ck_assert_double_eq_tol(row[3 * (SIDE / 2 - 1)], 20000.0 - over, 2.0);
    ck_assert_uint_eq(row[0], 20000);
    ck_assert_uint_eq(row[3 * (SIDE - 1)], 30000);
}
END_TEST

/* Uneven by 1 in 100 becomes even; a step of 0.3 stays a step. */
START_TEST(smoothing_takes_texture_and_leaves_edges)
{
    static uint16_t samples[SIDE * SIDE * 3];
    struct camera camera = small_camera();
    struct random random;
    ct_random_seed(&random, 5);
    camera.smooth = 1.0;
    fill(samples, 20000, 40000);
    double before = 0.0, after = 0.0;
    for (int i = 0; i < SIDE * SIDE; i++) {
        const double bump = 650.0 * ct_random_normal(&random);
        for (int c = 0; c < 3; c++)
            samples[3 * i + c] = (uint16_t)(samples[3 * i + c] + bump);
    }
    for (int pass = 0; pass < 2; pass++) {
        double sum = 0.0;
        for (int y = 8; y < SIDE - 8; y++)
            for (int x = 8; x < SIDE / 2 - 8; x++) {
                const double d = samples[3 * (y * SIDE + x)] - 20000.0;
                sum += d * d;
            }
        *(pass ? &after : &before) = sqrt(sum / (48 * 16));
        if (!pass)
            ck_assert_int_eq(ct_process(samples, &camera, 2, &tools), 0);
    }
    ck_assert_double_eq_tol(before, 650.0, 60.0);
    ck_assert_double_lt(after, 0.2 * before);
    const uint16_t *row = samples + 30 * SIDE * 3;
    ck_assert_double_eq_tol(row[3 * (SIDE / 2)], 40000.0, 400.0);
    ck_assert_double_eq_tol(row[3 * (SIDE / 2 - 1)], 20000.0, 400.0);
}
END_TEST

int main(void)
{
    TCase *cases = tcase_create("lens");
    tcase_add_loop_test(cases, defocus_is_an_even_disk, 0, 3);
    tcase_add_test(cases, a_tilted_plane_is_blurred_by_its_depth);
    tcase_add_test(cases, what_has_no_distance_is_left_alone);
    tcase_add_test(cases, a_lens_in_focus_leaves_the_light_alone);
    tcase_add_test(cases, sharpening_overshoots_as_an_unsharp_mask_does);
    tcase_add_test(cases, smoothing_takes_texture_and_leaves_edges);

    Suite *suite = suite_create("lens");
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
