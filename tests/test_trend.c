/* SPDX-License-Identifier: BSD-2-Clause */

/* Figures: by hand where the comment says so, else by oracles/trend.py. */

#include <math.h>
#include <stdlib.h>

#include <check.h>

#include "progress/series.h"

/* ---- The line ------------------------------------------------------------ */

static const struct point texture[] = {
    {-0.5, 0.0, 0.0008},  {2.0, 0.01, 0.0016}, {4.0, -0.06, 0.0016},
    {6.0, -0.13, 0.0016}, {8.0, -0.2, 0.002},  {12.0, -0.29, 0.0016}};

START_TEST(a_line_through_three_points_is_that_worked_by_hand)
{
    /* Weights 1, 1, 1/2; means 1 and 0.8; Sxx = 1 + 0 + 2, Sxy = 0.8 + 1.2. */
    const struct point point[] = {{0, 0, 1}, {1, 1, 1}, {3, 2, 2}};
    const struct trend trend = ct_trend(point, 3, 10);

    ck_assert_int_eq(trend.points, 3);
    ck_assert_double_eq_tol(trend.slope, 2.0 / 3.0, 1e-15);
    ck_assert_double_eq_tol(trend.se, 1.0 / sqrt(3.0), 1e-15);
    ck_assert_double_eq_tol(trend.p, 0.27506027573694, 1e-12);
    ck_assert_double_eq_tol(trend.half95, 1.2864165659861, 1e-12);
    ck_assert_double_nan(trend.theil_sen);
    ck_assert_double_nan(trend.mann_kendall);
}
END_TEST

START_TEST(a_line_is_that_of_numpy)
{
    const struct trend trend = ct_trend(texture, 6, 12);

    ck_assert_double_eq_tol(trend.slope, -0.024369688385269, 1e-14);
    ck_assert_double_eq_tol(trend.se, 0.0035836160592946, 1e-14);
    ck_assert_double_eq_tol(trend.p, 1.9020837817486e-05, 1e-15);
    ck_assert_double_eq_tol(trend.half95, 0.0078080286465927, 1e-15);
    ck_assert_double_eq(trend.df, 12.0);
    ck_assert_double_eq_tol(trend.theil_sen, -0.02875, 1e-14);
    ck_assert_double_eq_tol(trend.mann_kendall, 0.016666666666666666, 1e-15);
}
END_TEST

START_TEST(a_mirrored_course_has_the_mirrored_trend)
{
    struct point mirrored[6];
    for (int i = 0; i < 6; i++)
        mirrored[i] = (struct point){texture[i].weeks, -texture[i].y,
                                     texture[i].variance};
    const struct trend a = ct_trend(texture, 6, 12);
    const struct trend b = ct_trend(mirrored, 6, 12);

    ck_assert_double_eq(a.slope, -b.slope);
    ck_assert_double_eq(a.se, b.se);
    ck_assert_double_eq(a.p, b.p);
    ck_assert_double_eq(a.theil_sen, -b.theil_sen);
    ck_assert_double_eq(a.mann_kendall, b.mann_kendall);
}
END_TEST

START_TEST(a_course_that_stays_has_a_slope_of_zero)
{
    const struct point point[] = {
        {0, 0, 1}, {1, 0, 1}, {2, 0, 1}, {3, 0, 1}, {9, 0, 1}};
    const struct trend trend = ct_trend(point, 5, 10);

    ck_assert_double_eq(trend.slope, 0.0);
    ck_assert_double_eq(trend.p, 1.0);
    ck_assert_double_eq(trend.theil_sen, 0.0);
    ck_assert_double_eq(trend.mann_kendall, 1.0);
}
END_TEST

START_TEST(two_points_are_no_trend)
{
    const struct trend trend = ct_trend(texture, 2, 10);

    ck_assert_int_eq(trend.points, 2);
    ck_assert_double_nan(trend.slope);
    ck_assert_double_nan(trend.se);
    ck_assert_double_nan(trend.p);
    ck_assert_double_nan(trend.half95);
}
END_TEST

/* ---- Ranks --------------------------------------------------------------- */

START_TEST(orders_without_ties_are_those_of_scipy)
{
    const double mixed[] = {0, 3, 1, 2, 5};
    const double falling[] = {7, 6, 5, 4, 3, 2, 1};
    double many[18];
    for (int i = 0; i < 18; i++)
        many[i] = i * 7 % 19 + i * 0.5;

    ck_assert_double_eq_tol(ct_mann_kendall(mixed, 5), 0.23333333333333334,
                            1e-15);
    ck_assert_double_eq_tol(ct_mann_kendall(falling, 7), 0.0003968253968253968,
                            1e-17);
    ck_assert_double_eq_tol(ct_mann_kendall(many, 18), 0.08128386643802595,
                            1e-13);
}
END_TEST

START_TEST(ties_are_counted_order_by_order)
{
    const double pairs[] = {0, 1, 1, 2, 2};
    const double two[] = {0, 0, 1, 0, 1, 1};
    const double all[] = {3, 3, 3, 3, 3};
    const double more[] = {1, 2, 2, 3, 3, 3, 0};

    ck_assert_double_eq_tol(ct_mann_kendall(pairs, 5), 8 / 120.0, 1e-15);
    ck_assert_double_eq_tol(ct_mann_kendall(two, 6), 144 / 720.0, 1e-15);
    ck_assert_double_eq(ct_mann_kendall(all, 5), 1.0);
    ck_assert_double_eq_tol(ct_mann_kendall(more, 7), 2736 / 5040.0, 1e-15);
}
END_TEST

START_TEST(longer_orders_are_nearly_normal)
{
    double y[CT_VISITS], tied[24];
    for (int i = 0; i < 19; i++)
        y[i] = i * 7 % 19 + i * 0.5;
    for (int i = 0; i < 24; i++)
        tied[i] = i * 7 % 5 + i / 6;

    ck_assert_double_eq_tol(ct_mann_kendall(y, 19), 0.042441676270011, 1e-13);
    ck_assert_double_eq_tol(ct_mann_kendall(tied, 24), 0.0029823428135467,
                            1e-14);
    for (int i = 0; i < CT_VISITS; i++)
        y[i] = 1.0;
    ck_assert_double_eq(ct_mann_kendall(y, CT_VISITS), 1.0);
}
END_TEST

START_TEST(the_most_visits_have_a_median_slope)
{
    struct point point[CT_VISITS];
    for (int i = 0; i < CT_VISITS; i++)
        point[i] = (struct point){i, 0.25 * i, 1.0};
    point[3].y = 100.0; /* one far off moves no median */
    const struct trend trend = ct_trend(point, CT_VISITS, 10);

    ck_assert_double_eq_tol(trend.theil_sen, 0.25, 1e-12);
    ck_assert_double_lt(trend.mann_kendall, 1e-20);
}
END_TEST

/* ---- What lasts ---------------------------------------------------------- */

START_TEST(two_visits_in_a_row_last_and_one_does_not)
{
    static const struct {
        int way[5], n, from;
    } cases[] = {
        {{0}, 0, -1},
        {{1}, 1, -1},
        {{0, 1}, 2, -1},
        {{1, 1}, 2, 0},
        {{-1, 1}, 2, -1},
        {{0, -1, -1}, 3, 1},
        {{-1, -1, -1}, 3, 0},
        {{1, 1, 0}, 3, -1},
        {{1, 0, 1}, 3, -1},
        {{1, 1, -1, -1}, 4, 2},
        {{-1, 0, 1, 1, 1}, 5, 2},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        ck_assert_int_eq(ct_sustained_from(cases[i].way, cases[i].n),
                         cases[i].from);
}
END_TEST

int main(void)
{
    Suite *const suite = suite_create("trend");
    TCase *const line = tcase_create("the line");
    TCase *const ranks = tcase_create("ranks");
    TCase *const lasting = tcase_create("what lasts");

    tcase_add_test(line, a_line_through_three_points_is_that_worked_by_hand);
    tcase_add_test(line, a_line_is_that_of_numpy);
    tcase_add_test(line, a_mirrored_course_has_the_mirrored_trend);
    tcase_add_test(line, a_course_that_stays_has_a_slope_of_zero);
    tcase_add_test(line, two_points_are_no_trend);
    tcase_add_test(ranks, orders_without_ties_are_those_of_scipy);
    tcase_add_test(ranks, ties_are_counted_order_by_order);
    tcase_add_test(ranks, longer_orders_are_nearly_normal);
    tcase_add_test(ranks, the_most_visits_have_a_median_slope);
    tcase_add_test(lasting, two_visits_in_a_row_last_and_one_does_not);
    suite_add_tcase(suite, line);
    suite_add_tcase(suite, ranks);
    suite_add_tcase(suite, lasting);

    SRunner *const runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
