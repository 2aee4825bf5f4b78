/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The line filter by its closed form and by an independent convolution, and
 * thinning.
 */

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "measure/measure.h"

#include "oracles/ridges.inc"

#define PI 3.14159265358979323846

/* ---- The filter ---------------------------------------------------------- */

static const double filter_scales[] = {6.0, 8.0, 11.0};

/* A straight line of width w answers with the greatest, over the three widths
 * s, of A s^2 w / (w^2 + s^2)^(3/2). */
static double closed_form(double w)
{
    double most = 0.0;
    for (int i = 0; i < CT_WIDTHS; i++) {
        const double s = ct_line_width_mm[i];
        const double r = s * s * w / pow(w * w + s * s, 1.5);
        most = r > most ? r : most;
    }
    return most;
}

START_TEST(a_line_answers_as_the_closed_form_says)
{
    struct tools tools = {.threads = 2,
                          .kernels = ct_kernels_best(CUTIS_ISA_BEST)};
    const double scale = filter_scales[_i / CT_ANGLES];
    const double angle = PI * (_i % CT_ANGLES) / CT_ANGLES;
    const int side = (int)(20.0 * scale);
    for (double w = 0.12; w < 0.4; w += 0.09) {
        struct plane source;
        ck_assert_int_eq(ct_plane_create(&source, side, side, &tools), 0);
        for (int y = 0; y < side; y++)
            for (int x = 0; x < side; x++) {
                const double d = (-(x - side / 2) * sin(angle) +
                                  (y - side / 2) * cos(angle)) /
                                 scale / w;
                ct_row(&source, y)[x] = (float)(4.0 * exp(-0.5 * d * d));
            }
        struct line_filter filter = {0};
        ck_assert_int_eq(ct_line_filter(&filter, &source, NULL, scale, &tools),
                         0);
        const double r = (double)ct_row(&filter.response, side / 2)[side / 2];
        const int best = ct_byte_row(&filter.best, side / 2)[side / 2];
        ck_assert_int_eq(best % CT_ANGLES, _i % CT_ANGLES);
        ck_assert_double_eq_tol(r / (4.0 * closed_form(w)), 1.0,
                                scale > 7.0 ? 0.03 : 0.04);
        ct_line_filter_free(&filter);
        ct_plane_free(&source);
    }
    ck_assert_uint_eq(atomic_load(&tools.memory.used), 0);
}
END_TEST

START_TEST(a_bright_line_does_not_answer)
{
    struct tools tools = {.threads = 1,
                          .kernels = ct_kernels_best(CUTIS_ISA_BEST)};
    struct plane source;
    ck_assert_int_eq(ct_plane_create(&source, 160, 160, &tools), 0);
    for (int y = 0; y < 160; y++)
        for (int x = 0; x < 160; x++)
            ct_row(&source, y)[x] =
                (float)(-4.0 * exp(-0.5 * pow((y - 80) / 1.6, 2.0)));
    struct line_filter filter = {0};
    ck_assert_int_eq(ct_line_filter(&filter, &source, NULL, 8.0, &tools), 0);
    ck_assert_double_le((double)ct_row(&filter.response, 80)[80], 0.2);
    ct_line_filter_free(&filter);
    ct_plane_free(&source);
}
END_TEST

/* ---- Thinning ------------------------------------------------------------ */

START_TEST(thinning_leaves_a_line_of_one_pixel_and_its_length)
{
    struct tools tools = {.threads = 1};
    struct bytes mask;
    ck_assert_int_eq(ct_bytes_create(&mask, 60, 30, &tools), 0);
    for (int y = 12; y < 17; y++)
        memset(ct_byte_row(&mask, y) + 5, 255, 50);
    ck_assert_int_eq(ct_thin(&mask, &tools), 0);
    int count = 0;
    for (int x = 0; x < 60; x++) {
        int here = 0;
        for (int y = 0; y < 30; y++)
            here += ct_byte_row(&mask, y)[x] != 0;
        ck_assert_int_le(here, 1);
        count += here;
    }
    ck_assert_int_ge(count, 45);
    ck_assert_int_le(count, 50);
    ct_bytes_free(&mask);
}
END_TEST

/* ---- Against others ------------------------------------------------------ */

enum { SIDE = 160 };

/* What tests/oracles/ridges.py draws. */
static void draw_oracle(struct plane *plane)
{
    static const double lines[][5] = {{0.3, 10.0, 6.0, 0.20, 4.0},
                                      {1.5, 5.0, 12.0, 0.14, 3.0},
                                      {2.4, 14.0, 14.0, 0.30, 5.0}};
    for (int j = 0; j < SIDE; j++)
        for (int i = 0; i < SIDE; i++) {
            const double x = i / 8.0, y = j / 8.0;
            double v = 0.5 * cos(3.1 * x + 1.7 * y) +
                       0.4 * cos(1.1 * x - 4.3 * y + 1.0);
            for (int k = 0; k < 3; k++) {
                const double *line = lines[k];
                const double d = (-(x - line[1]) * sin(line[0]) +
                                  (y - line[2]) * cos(line[0])) /
                                 line[3];
                v += line[4] * exp(-0.5 * d * d);
            }
            ct_row(plane, j)[i] = (float)v;
        }
}

static int by_size(const void *a, const void *b)
{
    const float p = *(const float *)a, q = *(const float *)b;
    return (p > q) - (p < q);
}

START_TEST(the_filter_is_the_convolution_it_claims_to_be)
{
    struct tools tools = {.threads = 2,
                          .kernels = ct_kernels_best(CUTIS_ISA_BEST)};
    struct plane source;
    struct line_filter filter = {0};
    ck_assert_int_eq(ct_plane_create(&source, SIDE, SIDE, &tools), 0);
    draw_oracle(&source);
    ck_assert_int_eq(ct_line_filter(&filter, &source, NULL, 8.0, &tools), 0);

    double worst = 0.0;
    for (size_t i = 0; i < sizeof(responses) / sizeof(*responses); i++) {
        const double *known = responses[i];
        const double here =
            (double)ct_row(&filter.response, (int)known[1])[(int)known[0]];
        worst = fmax(worst, fabs(here - known[2]));
    }
    printf("    against plain convolution: %.3f cOD at worst\n", worst);
    ck_assert_double_le(worst, 0.02);

    float *sorted = malloc(SIDE * SIDE * sizeof(float));
    for (int y = 0; y < SIDE; y++)
        memcpy(sorted + y * SIDE, ct_row(&filter.response, y),
               SIDE * sizeof(float));
    qsort(sorted, SIDE * SIDE, sizeof(float), by_size);
    const float high = sorted[SIDE * SIDE * 9 / 10];
    for (size_t i = 0; i < sizeof(ridges) / sizeof(*ridges); i++)
        ck_assert_double_ge(
            (double)ct_row(&filter.response, ridges[i][1])[ridges[i][0]],
            (double)high);
    free(sorted);
    ct_line_filter_free(&filter);
    ct_plane_free(&source);
}
END_TEST

int main(void)
{
    setvbuf(stdout, NULL, _IONBF, 0); /* figures of failing tests too */
    Suite *suite = suite_create("ridges");
    TCase *filter = tcase_create("filter");
    tcase_add_loop_test(filter, a_line_answers_as_the_closed_form_says, 0,
                        3 * CT_ANGLES);
    tcase_add_test(filter, a_bright_line_does_not_answer);
    tcase_add_test(filter, the_filter_is_the_convolution_it_claims_to_be);
    tcase_add_test(filter, thinning_leaves_a_line_of_one_pixel_and_its_length);
    suite_add_tcase(suite, filter);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
