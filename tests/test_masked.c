/* SPDX-License-Identifier: BSD-2-Clause */

/* Masked Gaussians in one go, by what their steps make one after another. */

#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "signal/signal.h"
#include "signal/wide.h"
#include "util/hash.h"

enum { WIDTH = 301, HEIGHT = 167 };

static const float mean = 0.4f;
static const double sigmas[] = {6.0, 13.4, 54.0, 700.0};
static struct tools tools;
static struct random random_source;

static void setup(void)
{
    tools = (struct tools){.threads = 1,
                           .kernels = ct_kernels_best(CUTIS_ISA_BEST)};
    ct_random_seed(&random_source, 1);
}

static struct plane new_plane(void)
{
    struct plane plane;
    ck_assert_int_eq(ct_plane_create(&plane, WIDTH, HEIGHT, &tools), 0);
    return plane;
}

/* Noise under a third of the plane, in shreds, and NaN elsewhere. */
static void make(struct plane *src, struct bytes *mask)
{
    *src = new_plane();
    ck_assert_int_eq(ct_bytes_create(mask, WIDTH, HEIGHT, &tools), 0);
    for (int y = 0; y < HEIGHT; y++)
        for (int x = 0; x < WIDTH; x++) {
            const float v = (float)ct_random_uniform(&random_source);
            const bool in = y > 20 && x > 150 && x < 290 && v > 0.2f;
            ct_byte_row(mask, y)[x] = in ? 255 : 0;
            ct_row(src, y)[x] = in ? v : NAN;
        }
}

static void step_by_step(struct plane *dst, const struct plane *src,
                         const struct bytes *mask, double sigma, float least)
{
    struct plane weight = new_plane();
    for (int y = 0; y < HEIGHT; y++)
        tools.kernels->weigh(ct_row(dst, y), ct_row(&weight, y), ct_row(src, y),
                             ct_byte_row(mask, y), mean, WIDTH);
    ck_assert_int_eq(ct_gauss(dst, dst, sigma, &tools), 0);
    ck_assert_int_eq(ct_gauss(&weight, &weight, sigma, &tools), 0);
    for (int y = 0; y < HEIGHT; y++)
        tools.kernels->unweigh(ct_row(dst, y), ct_row(&weight, y), mean, least,
                               WIDTH);
    ct_plane_free(&weight);
}

static void check_same(const struct plane *a, const struct plane *b)
{
    for (int y = 0; y < HEIGHT; y++)
        ck_assert_mem_eq(ct_row(a, y), ct_row(b, y), WIDTH * sizeof(float));
}

START_TEST(a_wide_one_is_what_its_steps_make)
{
    struct plane src, steps = new_plane(), one = new_plane();
    struct bytes mask;
    make(&src, &mask);
    const float least = _i % 2 ? 0.5f : -1.0f;
    step_by_step(&steps, &src, &mask, sigmas[_i / 2], least);
    for (int isa = 0; isa <= CUTIS_ISA_BEST; isa++) {
        tools.threads = 1 + isa % 3;
        tools.kernels = ct_kernels_best((cutis_isa)isa);
        ck_assert_int_eq(ct_gauss_wide_masked(&one, &src, &mask, sigmas[_i / 2],
                                              mean, least, &tools),
                         0);
        check_same(&one, &steps);
    }
    ck_assert_int_eq(ct_gauss_wide_masked(&src, &src, &mask, sigmas[_i / 2],
                                          mean, least, &tools),
                     0);
    check_same(&src, &steps);
    ct_plane_free(&src);
    ct_plane_free(&steps);
    ct_plane_free(&one);
    ct_bytes_free(&mask);
}
END_TEST

int main(void)
{
    Suite *const suite = suite_create("masked");
    TCase *const all = tcase_create("all");
    suite_add_tcase(suite, all);
    tcase_add_checked_fixture(all, setup, NULL);
    tcase_add_loop_test(all, a_wide_one_is_what_its_steps_make, 0, 8);

    SRunner *const runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
