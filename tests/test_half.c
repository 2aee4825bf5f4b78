/* SPDX-License-Identifier: BSD-2-Clause */

/* Filters that keep every other sample, by closed forms. */

#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "signal/signal.h"

#define PI 3.14159265358979323846

enum { WIDTH = 210, HEIGHT = 134 };

static struct tools tools;

static void setup(void)
{
    tools = (struct tools){.threads = 1,
                           .kernels = ct_kernels_best(CUTIS_ISA_BEST)};
}

static struct plane new_plane(int width, int height)
{
    struct plane plane;
    ck_assert_int_eq(ct_plane_create(&plane, width, height, &tools), 0);
    return plane;
}

/* A wave that the mirrored borders continue, of m and n half periods, at the
 * middles of `step` pixels. */
static double wave_at(int x, int y, int step, int m, int n)
{
    return cos(PI * m * (x + 0.5) * step / WIDTH) *
           cos(PI * n * (y + 0.5) * step / HEIGHT);
}

static struct plane wave(int m, int n)
{
    struct plane plane = new_plane(WIDTH, HEIGHT);
    for (int y = 0; y < HEIGHT; y++)
        for (int x = 0; x < WIDTH; x++)
            ct_row(&plane, y)[x] = (float)(3.0 + wave_at(x, y, 1, m, n));
    return plane;
}

static struct bytes full(uint8_t value)
{
    struct bytes mask;
    ck_assert_int_eq(ct_bytes_create(&mask, WIDTH, HEIGHT, &tools), 0);
    for (int y = 0; y < HEIGHT; y++)
        memset(ct_byte_row(&mask, y), value, WIDTH);
    return mask;
}

/* By how much the result is off a wave of height `gain`. */
static double wave_error(const struct plane *half, int m, int n, double gain)
{
    double worst = 0.0;
    ck_assert_int_eq(half->width, WIDTH / 2);
    ck_assert_int_eq(half->height, HEIGHT / 2);
    for (int y = 0; y < half->height; y++)
        for (int x = 0; x < half->width; x++)
            worst = fmax(worst, fabs((double)ct_row(half, y)[x] -
                                     gain * wave_at(x, y, 2, m, n)));
    return worst;
}

static const double sigmas[] = {1.0, 1.7, 2.4, 5.0};
static const int waves[][2] = {{1, 0}, {0, 3}, {9, 5}, {40, 11}, {80, 60}};

START_TEST(a_wave_is_what_a_gaussian_leaves_of_it)
{
    const double sigma = sigmas[_i % 4];
    const int m = waves[_i / 4][0], n = waves[_i / 4][1];
    const double fx = 0.5 * m / WIDTH, fy = 0.5 * n / HEIGHT;
    const double gain =
        exp(-2.0 * PI * PI * sigma * sigma * (fx * fx + fy * fy));
    struct plane src = wave(m, n), value = {0}, weight = {0};
    struct bytes mask = full(255);
    ck_assert_int_eq(
        ct_gauss_half(&value, &weight, &src, &mask, sigma, 3.0f, &tools), 0);
    /* What lies beyond 4 sigma, and rounding. */
    ck_assert_double_lt(wave_error(&value, m, n, gain), 2e-4);
    for (int y = 0; y < weight.height; y++)
        for (int x = 0; x < weight.width; x++)
            ck_assert_float_eq_tol(ct_row(&weight, y)[x], 1.0f, 1e-6f);
    ct_plane_free(&src);
    ct_plane_free(&value);
    ct_plane_free(&weight);
    ct_bytes_free(&mask);
}
END_TEST

START_TEST(what_is_masked_takes_no_part)
{
    struct plane src = wave(7, 4), value = {0}, weight = {0};
    struct bytes mask = full(0);
    for (int y = 20; y < 90; y++)
        memset(ct_byte_row(&mask, y) + 31, 255, 100);
    for (int y = 0; y < HEIGHT; y++)
        for (int x = 0; x < WIDTH; x++)
            ct_row(&src, y)[x] = ct_byte_row(&mask, y)[x] ? 5.0f : NAN;
    ck_assert_int_eq(
        ct_gauss_half(&value, &weight, &src, &mask, 2.0, 0.0f, &tools), 0);
    for (int y = 0; y < value.height; y++)
        for (int x = 0; x < value.width; x++)
            ck_assert_float_eq_tol(ct_row(&value, y)[x],
                                   5.0f * ct_row(&weight, y)[x], 1e-5f);
    /* Half of a Gaussian lies on either side of an edge. */
    ck_assert_float_eq_tol(ct_row(&weight, 27)[65], 0.5f, 1e-5f);
    ck_assert_float_eq(ct_row(&weight, 27)[10], 0.0f);
    ct_plane_free(&src);
    ct_plane_free(&value);
    ct_plane_free(&weight);
    ct_bytes_free(&mask);
}
END_TEST

START_TEST(halving_a_smooth_plane_blurs_nothing)
{
    struct plane src = wave(12, 7), half = {0};
    ck_assert_int_eq(ct_halve(&half, &src, &tools), 0);
    for (int y = 0; y < half.height; y++)
        for (int x = 0; x < half.width; x++)
            ct_row(&half, y)[x] -= 3.0f;
    ck_assert_double_lt(wave_error(&half, 12, 7, 1.0), 5e-5);
    ct_plane_free(&src);
    ct_plane_free(&half);
}
END_TEST

START_TEST(threads_and_instruction_sets_change_no_bit)
{
    struct plane src = wave(33, 20), first[2] = {{0}}, again[2] = {{0}};
    struct bytes mask = full(255);
    for (int y = 0; y < HEIGHT; y++)
        memset(ct_byte_row(&mask, y), 0, (size_t)(y % 50));
    src.width = mask.width = WIDTH - _i; /* an odd side, too */
    src.height = mask.height = HEIGHT - _i;
    ck_assert_int_eq(
        ct_gauss_half(&first[0], &first[1], &src, &mask, 2.1, 1.0f, &tools), 0);
    for (int isa = 0; isa <= CUTIS_ISA_BEST; isa++) {
        tools.threads = 1 + isa % 3;
        tools.kernels = ct_kernels_best((cutis_isa)isa);
        ck_assert_int_eq(
            ct_gauss_half(&again[0], &again[1], &src, &mask, 2.1, 1.0f, &tools),
            0);
        for (int i = 0; i < 2; i++) {
            ck_assert_int_eq(first[i].height, HEIGHT / 2);
            for (int y = 0; y < HEIGHT / 2; y++)
                ck_assert_mem_eq(ct_row(&first[i], y), ct_row(&again[i], y),
                                 WIDTH / 2 * sizeof(float));
            ct_plane_free(&again[i]);
        }
    }
    ct_plane_free(&src);
    ct_plane_free(&first[0]);
    ct_plane_free(&first[1]);
    ct_bytes_free(&mask);
}
END_TEST

/* As small as a plane can be, and of odd sides. */
START_TEST(small_planes_are_mirrored_as_often_as_it_takes)
{
    for (int width = 1; width < 8; width++)
        for (int height = 1; height < 8; height++) {
            struct plane src = new_plane(width, height), half[2] = {{0}};
            struct bytes mask;
            ck_assert_int_eq(ct_bytes_create(&mask, width, height, &tools), 0);
            for (int y = 0; y < height; y++)
                for (int x = 0; x < width; x++) {
                    ct_row(&src, y)[x] = 2.0f;
                    ct_byte_row(&mask, y)[x] = 255;
                }
            ck_assert_int_eq(ct_gauss_half(&half[0], &half[1], &src, &mask, 3.0,
                                           0.0f, &tools),
                             0);
            ck_assert_int_eq(half[0].width, (width + 1) / 2);
            for (int y = 0; y < half[0].height; y++)
                for (int x = 0; x < half[0].width; x++)
                    ck_assert_float_eq_tol(ct_row(&half[0], y)[x], 2.0f, 1e-5f);
            ct_plane_free(&src);
            ct_plane_free(&half[0]);
            ct_plane_free(&half[1]);
            ct_bytes_free(&mask);
        }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("half");
    TCase *all = tcase_create("all");
    suite_add_tcase(suite, all);
    tcase_add_checked_fixture(all, setup, NULL);
    tcase_add_loop_test(all, a_wave_is_what_a_gaussian_leaves_of_it, 0, 20);
    tcase_add_test(all, what_is_masked_takes_no_part);
    tcase_add_test(all, halving_a_smooth_plane_blurs_nothing);
    tcase_add_loop_test(all, threads_and_instruction_sets_change_no_bit, 0, 2);
    tcase_add_test(all, small_planes_are_mirrored_as_often_as_it_takes);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
