/* SPDX-License-Identifier: BSD-2-Clause */

/* F, the noncentral t, and the intervals they give, and changes; figures: R, by
 * oracles/effect.R. */

#include <math.h>
#include <stdlib.h>

#include <check.h>

#include <cutis/cutis.h>

#include "progress/agreement.h"
#include "progress/progress.h"

#include "oracles/effect.inc"

#define COUNT(table) ((int)(sizeof(table) / sizeof(*(table))))

static void check_near(double found, double expected, double relative)
{
    ck_assert_double_eq_tol(found, expected, relative * fabs(expected));
}

START_TEST(quantiles_of_f_are_those_of_r)
{
    const double *const row = fisher[_i];
    check_near(ct_f_quantile(row[0], row[1], row[2]), row[3], 1e-9);
    check_near(ct_f_tail(row[3], row[1], row[2]), 1.0 - row[0], 1e-9);
}
END_TEST

START_TEST(the_noncentral_t_is_that_of_r)
{
    const double *const row = noncentral[_i];
    ck_assert_double_eq_tol(ct_t_noncentral(row[0], row[1], row[2]), row[3],
                            1e-10);
    check_near(ct_t_noncentrality(row[3], row[0], row[1]) + 10.0, row[2] + 10.0,
               1e-6);
}
END_TEST

static const double large[][4] = {
#include "oracles/effect_large.inc"
};

START_TEST(a_large_t_has_its_noncentrality)
{
    const double *const row = large[_i];
    ck_assert_double_eq_tol(ct_t_noncentral(row[0], row[1], row[2]), row[3],
                            1e-8);
    check_near(ct_t_noncentrality(row[3], row[0], row[1]), row[2], 1e-7);
    /* Mirrored. */
    check_near(ct_t_noncentrality(1.0 - row[3], -row[0], row[1]), -row[2],
               1e-7);
}
END_TEST

/* Both ways of summing, on either side of where one takes over. */
START_TEST(the_noncentral_t_has_no_step)
{
    for (int df = 1; df < 1500; df = 2 * df + 1) {
        const double low = ct_t_noncentrality(0.975, 40.0, df);
        const double high = ct_t_noncentrality(0.975, 40.0 + 1e-9, df);
        check_near(high, low, 1e-7);
    }
}
END_TEST

START_TEST(changes_that_are_all_the_same_have_no_effect_size)
{
    const double before[6] = {0.01, 0.11, 0.21, 0.31, 0.41, 0.51};
    const double after[6] = {0.02, 0.12, 0.22, 0.32, 0.42, 0.52};
    cutis_paired out = CUTIS_PAIRED_DEFAULT;

    ck_assert_int_eq(cutis_stats_paired(before, after, 6, &out), CUTIS_OK);
    ck_assert_double_eq_tol(out.mean, 0.01, 1e-15);
    ck_assert(isnan(out.d) && isnan(out.p) && isnan(out.d_ci95[0]));
}
END_TEST

START_TEST(effects_of_pairs_are_those_of_r)
{
    const double *const row = effects[_i];
    const struct effect effect = ct_effect(row[0], row[1], (size_t)row[2]);
    check_near(effect.t, row[3], 1e-12);
    check_near(effect.p, row[4], 1e-9);
    check_near(effect.d, row[5], 1e-12);
    check_near(effect.ci95[0], row[6], 1e-6);
    check_near(effect.ci95[1], row[7], 1e-6);
}
END_TEST

START_TEST(intervals_of_correlations_are_those_of_psych)
{
    cutis_agreement out = CUTIS_AGREEMENT_DEFAULT;
    ck_assert_int_eq(cutis_stats_agreement(intervals[_i].x,
                                           (size_t)intervals[_i].subjects,
                                           (size_t)intervals[_i].raters, &out),
                     CUTIS_OK);
    check_near(out.icc21, intervals[_i].two[0], 1e-12);
    check_near(out.icc31, intervals[_i].three[0], 1e-12);
    for (int i = 0; i < 2; i++) {
        check_near(out.icc21_ci95[i], intervals[_i].two[1 + i], 1e-6);
        check_near(out.icc31_ci95[i], intervals[_i].three[1 + i], 1e-6);
    }
    check_near(out.mdc95, 1.96 * sqrt(2.0) * out.sem, 1e-15);
}
END_TEST

/* Duplicates: SEM^2 = sum d^2 / 2n; differences 1, 2, 3, 4 by hand. */
START_TEST(pairs_have_their_limits_and_their_test)
{
    static const double before[] = {1, 1, 2, 5}, after[] = {2, 3, 5, 9};
    static const double both[] = {1, 2, 1, 3, 2, 5, 5, 9};
    cutis_paired out = CUTIS_PAIRED_DEFAULT;
    cutis_agreement agreed = CUTIS_AGREEMENT_DEFAULT;
    const double sd = sqrt(5.0 / 3.0), t975 = 3.182446305284263;

    ck_assert_int_eq(cutis_stats_paired(before, after, 4, &out), CUTIS_OK);
    ck_assert_double_eq(out.mean, 2.5);
    check_near(out.sd, sd, 1e-14);
    check_near(out.ci95[0], 2.5 - t975 * sd / 2.0, 1e-9);
    check_near(out.ci95[1], 2.5 + t975 * sd / 2.0, 1e-9);
    check_near(out.t, 2.5 / (sd / 2.0), 1e-14);
    ck_assert_double_eq(out.df, 3.0);
    check_near(out.limit[1], 2.5 + 1.96 * sd, 1e-14);
    check_near(out.limit_margin, t975 * sd * sqrt(0.25 + 1.96 * 1.96 / 6.0),
               1e-9);
    ck_assert_int_eq(cutis_stats_agreement(both, 4, 2, &agreed), CUTIS_OK);
    check_near(agreed.sem, sqrt(30.0 / 8.0), 1e-14);
}
END_TEST

START_TEST(too_few_or_equal_pairs_have_no_test)
{
    static const double same[] = {1, 2, 3};
    cutis_paired out = CUTIS_PAIRED_DEFAULT;
    ck_assert_int_eq(cutis_stats_paired(same, same, 1, &out), CUTIS_OK);
    ck_assert_double_nan(out.mean);
    ck_assert_double_nan(out.p);
    ck_assert_int_eq(cutis_stats_paired(same, same, 3, &out), CUTIS_OK);
    ck_assert_double_eq(out.mean, 0.0);
    ck_assert_double_nan(out.p);
    ck_assert_double_nan(out.d);
    ck_assert_int_eq(cutis_stats_paired(NULL, same, 3, &out),
                     CUTIS_ERROR_ARGUMENT);
    out.struct_size = 3;
    ck_assert_int_eq(cutis_stats_paired(same, same, 3, &out),
                     CUTIS_ERROR_ARGUMENT);
}
END_TEST

/* A share of the skin: -60 points, t(.975, 9) 2.262 x 40 = 90.5 either way; an
 * H has no such end. */
START_TEST(no_interval_of_a_share_goes_beyond_all_of_the_skin)
{
    const struct reach reach = {.df = 9.0, .t90 = 1.833, .t95 = 2.262};
    struct step step = ct_step(-60.0, 40.0, &reach);
    cutis_change row = {.scale = CUTIS_LINEAR, .unit = "%"};
    ct_publish(&row, &step);
    ck_assert_double_eq(row.ci95[0], -100.0);
    ck_assert_double_eq_tol(row.ci95[1], 30.48, 1e-9);
    row.unit = "H";
    ct_publish(&row, &step);
    ck_assert_double_eq_tol(row.ci95[0], -150.48, 1e-9);

    row.unit = "%";
    step = ct_step(NAN, 40.0, &reach);
    ct_publish(&row, &step);
    ck_assert(isnan(row.ci95[0]) && isnan(row.ci95[1]));
}
END_TEST

/* Benjamini and Hochberg 1995: n p / rank, made monotonous from the end. */
START_TEST(many_tests_are_adjusted_in_any_order)
{
    double p[1000];
    size_t order[1000];
    for (int i = 0; i < 1000; i++)
        p[(i * 7) % 1000] = (i + 1) / 2000.0;
    cutis_stats_adjust(p, order, 1000);
    for (int i = 0; i < 1000; i++)
        check_near(p[i], 0.5, 1e-12);
    double few[] = {0.04, 0.01, 0.9};
    cutis_stats_adjust(few, order, 3);
    check_near(few[0], 0.06, 1e-12);
    check_near(few[1], 0.03, 1e-12);
    check_near(few[2], 0.9, 1e-12);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("effect");
    TCase *tests = tcase_create("effect");
    suite_add_tcase(suite, tests);
    tcase_add_loop_test(tests, quantiles_of_f_are_those_of_r, 0, COUNT(fisher));
    tcase_add_loop_test(tests, the_noncentral_t_is_that_of_r, 0,
                        COUNT(noncentral));
    tcase_add_loop_test(tests, a_large_t_has_its_noncentrality, 0,
                        COUNT(large));
    tcase_add_test(tests, the_noncentral_t_has_no_step);
    tcase_add_test(tests, changes_that_are_all_the_same_have_no_effect_size);
    tcase_add_loop_test(tests, effects_of_pairs_are_those_of_r, 0,
                        COUNT(effects));
    tcase_add_loop_test(tests, intervals_of_correlations_are_those_of_psych, 0,
                        COUNT(intervals));
    tcase_add_test(tests, pairs_have_their_limits_and_their_test);
    tcase_add_test(tests, too_few_or_equal_pairs_have_no_test);
    tcase_add_test(tests, no_interval_of_a_share_goes_beyond_all_of_the_skin);
    tcase_add_test(tests, many_tests_are_adjusted_in_any_order);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
