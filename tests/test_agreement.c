/* SPDX-License-Identifier: BSD-2-Clause */

/* Figures: method, 11.2, by R in oracles/agreement.R, and by R's package psych
 * in oracles/icc.R. */

#include <math.h>
#include <stdlib.h>

#include <check.h>

#include "progress/agreement.h"

/* Shrout and Fleiss 1979, table 2: six subjects, four judges. */
enum { SUBJECTS = 6, JUDGES = 4 };
static const double judged[SUBJECTS * JUDGES] = {
    9, 2, 5, 8, 6, 1, 3, 2, 8, 4, 6, 8, 7, 1, 2, 6, 10, 5, 6, 9, 6, 2, 4, 7};

START_TEST(mean_squares_are_those_of_the_analysis_of_variance)
{
    const struct layout layout = ct_layout(judged, SUBJECTS, JUDGES);

    ck_assert_double_eq_tol(layout.msr, 11.2416666666667, 1e-12);
    ck_assert_double_eq_tol(layout.msc, 32.4861111111111, 1e-12);
    ck_assert_double_eq_tol(layout.mse, 1.01944444444444, 1e-12);
    ck_assert_double_eq_tol(layout.msw, 6.26388888888889, 1e-12);
}
END_TEST

START_TEST(correlations_are_those_of_shrout_and_fleiss)
{
    const struct layout layout = ct_layout(judged, SUBJECTS, JUDGES);
    static const struct {
        enum ct_icc_model model;
        enum ct_icc_unit unit;
        double icc;
    } cases[] = {
        {CT_ICC_ONE_WAY, CT_ICC_SINGLE, 0.165741768405475},
        {CT_ICC_TWO_WAY_RANDOM, CT_ICC_SINGLE, 0.289763779527559},
        {CT_ICC_TWO_WAY_MIXED, CT_ICC_SINGLE, 0.714840714840715},
        {CT_ICC_ONE_WAY, CT_ICC_MEAN, 0.442797133679268},
        {CT_ICC_TWO_WAY_RANDOM, CT_ICC_MEAN, 0.620050547598989},
        {CT_ICC_TWO_WAY_MIXED, CT_ICC_MEAN, 0.909315542377069},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        ck_assert_double_eq_tol(ct_icc(&layout, cases[i].model, cases[i].unit),
                                cases[i].icc, 1e-12);
}
END_TEST

#include "oracles/icc.inc"

static const enum ct_icc_model models[] = {
    CT_ICC_ONE_WAY, CT_ICC_TWO_WAY_RANDOM, CT_ICC_TWO_WAY_MIXED};

START_TEST(repeat_captures_agree_as_psych_says)
{
    const struct agreed *const a = &agreed[_i];
    const struct layout layout =
        ct_layout(a->x, (size_t)a->subjects, (size_t)a->raters);

    for (int i = 0; i < 3; i++) {
        ck_assert_double_eq_tol(ct_icc(&layout, models[i], CT_ICC_SINGLE),
                                a->icc[i], 1e-9);
        ck_assert_double_eq_tol(ct_icc(&layout, models[i], CT_ICC_MEAN),
                                a->icc[3 + i], 1e-9);
    }
    const double sem = ct_sem_of_icc(a->sd, a->icc[1]);
    ck_assert_double_eq_tol(sem, a->sem, 1e-12);
    ck_assert_double_eq_tol(ct_mdc95_of_sem(sem), a->mdc95, 1e-12);
}
END_TEST

START_TEST(two_captures_differ_as_r_says)
{
    const struct agreed *const a = &agreed[_i];
    const size_t n = (size_t)a->subjects, k = (size_t)a->raters;
    double first[20], second[20], apart[20];

    for (size_t i = 0; i < n; i++) {
        first[i] = a->x[i * k];
        second[i] = a->x[i * k + 1];
        apart[i] = second[i] - first[i];
    }
    const struct limits limits = ct_bland_altman(first, second, n);
    ck_assert_double_eq_tol(limits.bias, a->pair[0], 1e-12);
    ck_assert_double_eq_tol(limits.sd, a->pair[1], 1e-12);
    ck_assert_double_eq_tol(limits.limit[0], a->pair[0] - 1.96 * a->pair[1],
                            1e-12);
    ck_assert_double_eq_tol(limits.bias_ci, a->pair[2], 1e-9);
    ck_assert_double_eq_tol(limits.limit_ci, a->pair[3], 1e-9);
    ck_assert_double_eq_tol(ct_sem_of_pairs(apart, n), a->pair[4], 1e-12);
}
END_TEST

START_TEST(one_subject_or_one_rater_has_no_correlation)
{
    const struct layout one = ct_layout(judged, 1, JUDGES);
    const struct layout alone = ct_layout(judged, SUBJECTS, 1);

    ck_assert_double_nan(ct_icc(&one, CT_ICC_TWO_WAY_RANDOM, CT_ICC_SINGLE));
    ck_assert_double_nan(ct_icc(&alone, CT_ICC_TWO_WAY_RANDOM, CT_ICC_SINGLE));
}
END_TEST

START_TEST(errors_of_measurement_follow_their_formulas)
{
    static const double apart[] = {-7, -5, -4, -6, -5, -4};

    ck_assert_double_eq_tol(ct_sem_of_icc(2.0, 0.75), 1.0, 1e-15);
    ck_assert_double_eq_tol(ct_sem_of_pairs(apart, 6), 3.73050488093323, 1e-12);
    ck_assert_double_nan(ct_sem_of_pairs(apart, 0));
    ck_assert_double_eq_tol(ct_mdc95_of_sem(1.0), 2.77185858, 1e-7);
}
END_TEST

START_TEST(limits_of_agreement_are_those_of_r)
{
    double first[SUBJECTS], second[SUBJECTS];

    for (int i = 0; i < SUBJECTS; i++) {
        first[i] = judged[i * JUDGES];
        second[i] = judged[i * JUDGES + 1];
    }
    const struct limits limits = ct_bland_altman(first, second, SUBJECTS);
    ck_assert_double_eq_tol(limits.bias, -5.16666666666667, 1e-12);
    ck_assert_double_eq_tol(limits.sd, 1.16904519445001, 1e-12);
    ck_assert_double_eq_tol(limits.limit[0], -7.45799524778869, 1e-12);
    ck_assert_double_eq_tol(limits.limit[1], -2.87533808554464, 1e-12);
    ck_assert_double_eq_tol(limits.bias_ci, 1.22683769170497, 1e-9);
    ck_assert_double_eq_tol(limits.limit_ci, 2.2303355869197, 1e-9);
    ck_assert_double_nan(ct_bland_altman(first, second, 1).bias);
}
END_TEST

#include "oracles/kappa.inc"

static void is_with_interval(double value, const double ci95[2],
                             const double expected[3])
{
    ck_assert_double_eq_tol(value, expected[0], 1e-9);
    ck_assert_double_eq_tol(ci95[0], expected[1], 1e-9);
    ck_assert_double_eq_tol(ci95[1], expected[2], 1e-9);
}

START_TEST(ratings_agree_as_vcd_and_r_say)
{
    const struct rated *const r = &rated[_i];
    const size_t n = (size_t)r->n;
    cutis_ratings out = CUTIS_RATINGS_DEFAULT, mirrored = CUTIS_RATINGS_DEFAULT;

    ck_assert_int_eq(cutis_stats_ratings(r->a, r->b, n, &out), CUTIS_OK);
    is_with_interval(out.kappa_linear, out.kappa_linear_ci95, r->linear);
    is_with_interval(out.kappa_quadratic, out.kappa_quadratic_ci95,
                     r->quadratic);
    is_with_interval(out.spearman, out.spearman_ci95, r->spearman);
    ck_assert_int_eq(cutis_stats_ratings(r->b, r->a, n, &mirrored), CUTIS_OK);
    ck_assert_double_eq_tol(mirrored.kappa_linear, out.kappa_linear, 1e-12);
    ck_assert_double_eq(mirrored.spearman, out.spearman);
}
END_TEST

START_TEST(ratings_at_the_ends)
{
    static const double up[] = {1, 2, 3, 4, 5}, down[] = {5, 4, 3, 2, 1};
    static const double same[] = {2, 2, 2, 2, 2};
    cutis_ratings out = CUTIS_RATINGS_DEFAULT;

    ck_assert_int_eq(cutis_stats_ratings(up, up, 5, &out), CUTIS_OK);
    ck_assert_double_eq(out.kappa_linear, 1.0);
    ck_assert_double_eq_tol(out.kappa_linear_ci95[0], 1.0, 1e-12);
    ck_assert_double_eq(out.spearman, 1.0);
    ck_assert_int_eq(cutis_stats_ratings(up, down, 5, &out), CUTIS_OK);
    /* Observed 40 / 5, by chance 4: the quadratic kappa is -1. */
    ck_assert_double_eq_tol(out.kappa_quadratic, -1.0, 1e-12);
    ck_assert_double_eq(out.spearman, -1.0);
    ck_assert_int_eq(cutis_stats_ratings(same, same, 5, &out), CUTIS_OK);
    ck_assert_double_nan(out.kappa_linear);
    ck_assert_double_nan(out.spearman);
    ck_assert_int_eq(cutis_stats_ratings(up, up, 0, &out), CUTIS_OK);
    ck_assert_double_nan(out.kappa_quadratic);
    out.struct_size = 4;
    ck_assert_int_eq(cutis_stats_ratings(up, up, 5, &out),
                     CUTIS_ERROR_ARGUMENT);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("agreement");
    TCase *tests = tcase_create("agreement");
    suite_add_tcase(suite, tests);
    tcase_add_test(tests, mean_squares_are_those_of_the_analysis_of_variance);
    tcase_add_test(tests, correlations_are_those_of_shrout_and_fleiss);
    tcase_add_test(tests, one_subject_or_one_rater_has_no_correlation);
    tcase_add_loop_test(tests, ratings_agree_as_vcd_and_r_say, 0,
                        (int)(sizeof(rated) / sizeof(rated[0])));
    tcase_add_test(tests, ratings_at_the_ends);
    tcase_add_test(tests, errors_of_measurement_follow_their_formulas);
    tcase_add_test(tests, limits_of_agreement_are_those_of_r);
    const int tables = (int)(sizeof(agreed) / sizeof(agreed[0]));
    tcase_add_loop_test(tests, repeat_captures_agree_as_psych_says, 0, tables);
    tcase_add_loop_test(tests, two_captures_differ_as_r_says, 0, tables);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
