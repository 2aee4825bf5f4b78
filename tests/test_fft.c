/* SPDX-License-Identifier: BSD-2-Clause */

/* The transform of squares: closed forms, the sum's own definition, Parseval.
 */

#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "signal/fft.h"
#include "util/hash.h"

#define PI 3.14159265358979323846

static struct tools tools;
static struct fft fft;
static struct random dice;

static void start(int side)
{
    memset(&tools, 0, sizeof(tools));
    tools.kernels = ct_kernels_best(CUTIS_ISA_BEST);
    ck_assert_int_eq(ct_fft_create(&fft, side, &tools), CUTIS_OK);
    ct_random_seed(&dice, 11);
}

static void fill_at_random(void)
{
    for (int i = 0; i < fft.side * fft.side; i++) {
        fft.re[i] = ct_random_normal(&dice);
        fft.im[i] = ct_random_normal(&dice);
    }
}

static const int sides[] = {2, 4, 8, 32};

START_TEST(it_is_the_sum_that_defines_it)
{
    static double re[32 * 32], im[32 * 32];
    const int n = sides[_i];
    start(n);
    fill_at_random();
    memcpy(re, fft.re, sizeof(double) * (size_t)(n * n));
    memcpy(im, fft.im, sizeof(double) * (size_t)(n * n));
    ct_fft_square(&fft);
    for (int v = 0; v < n; v++)
        for (int u = 0; u < n; u++) {
            double sum_re = 0, sum_im = 0;
            for (int y = 0; y < n; y++)
                for (int x = 0; x < n; x++) {
                    const double a = -2 * PI * (u * x + v * y) / n;
                    const double r = re[y * n + x], i = im[y * n + x];
                    sum_re += r * cos(a) - i * sin(a);
                    sum_im += r * sin(a) + i * cos(a);
                }
            ck_assert_double_eq_tol(fft.re[v * n + u], sum_re, 1e-10 * n);
            ck_assert_double_eq_tol(fft.im[v * n + u], sum_im, 1e-10 * n);
        }
    ct_fft_free(&fft);
}
END_TEST

/* A wave of height a has the power (a n^2 / 2)^2 at its frequency and at the
 * mirrored one, and none elsewhere; each square keeps its own. */
START_TEST(waves_stand_where_they_belong)
{
    enum { N = 64 };
    start(N);
    for (int y = 0; y < N; y++)
        for (int x = 0; x < N; x++) {
            fft.re[y * N + x] = 3 * cos(2 * PI * (5 * x + 7 * y) / N + 0.4);
            fft.im[y * N + x] = 2 * cos(2 * PI * (9 * x - 4 * y) / N) + 0.5;
        }
    ct_fft_square(&fft);
    for (int v = -N / 2; v < N / 2; v++)
        for (int u = -N / 2; u < N / 2; u++) {
            double power[2];
            const bool one = (u == 5 && v == 7) || (u == -5 && v == -7);
            const bool two = (u == 9 && v == -4) || (u == -9 && v == 4);
            const double mean = u == 0 && v == 0 ? 0.5 * N * N : 0;
            ct_fft_powers(power, &fft, u, v);
            ck_assert_double_eq_tol(sqrt(power[0]), one ? 1.5 * N * N : 0,
                                    1e-8);
            ck_assert_double_eq_tol(sqrt(power[1]), two ? N * N : mean, 1e-8);
        }
    ct_fft_free(&fft);
}
END_TEST

START_TEST(power_is_kept)
{
    enum { N = 128 };
    double before[2] = {0}, after[2] = {0};
    start(N);
    fill_at_random();
    for (int i = 0; i < N * N; i++) {
        before[0] += fft.re[i] * fft.re[i];
        before[1] += fft.im[i] * fft.im[i];
    }
    ct_fft_square(&fft);
    for (int v = 0; v < N; v++)
        for (int u = 0; u < N; u++) {
            double power[2];
            ct_fft_powers(power, &fft, u, v);
            after[0] += power[0] / (N * N);
            after[1] += power[1] / (N * N);
        }
    for (int k = 0; k < 2; k++)
        ck_assert_double_eq_tol(after[k] / before[k], 1, 1e-12);
    ct_fft_free(&fft);
}
END_TEST

/* What is asked for has the bits of the whole transform. */
START_TEST(a_part_is_a_part_of_the_whole)
{
    enum { N = 64, ROWS = 37, REACH = 19 };
    static double re[N * N], im[N * N];
    start(N);
    fill_at_random();
    for (int i = ROWS * N; i < N * N; i++)
        fft.re[i] = fft.im[i] = 0;
    memcpy(re, fft.re, sizeof(re));
    memcpy(im, fft.im, sizeof(im));
    ct_fft_part(&fft, ROWS, REACH);
    for (int i = 0; i < N * N; i++) {
        const double r = fft.re[i], j = fft.im[i];
        fft.re[i] = re[i];
        fft.im[i] = im[i];
        re[i] = r;
        im[i] = j;
    }
    ct_fft_square(&fft);
    for (int i = 0; i < N * N; i++)
        if (i % N <= REACH || i % N >= N - REACH) {
            ck_assert_mem_eq(&re[i], &fft.re[i], sizeof(double));
            ck_assert_mem_eq(&im[i], &fft.im[i], sizeof(double));
        }
    ct_fft_free(&fft);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("fft");
    TCase *all = tcase_create("all");
    tcase_add_loop_test(all, it_is_the_sum_that_defines_it, 0, 4);
    tcase_add_test(all, waves_stand_where_they_belong);
    tcase_add_test(all, power_is_kept);
    tcase_add_test(all, a_part_is_a_part_of_the_whole);
    suite_add_tcase(suite, all);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
