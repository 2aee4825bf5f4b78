/* SPDX-License-Identifier: BSD-2-Clause */

/* The handle of a series: order, forms, arguments. */

#include "series_scene.h"

/* ---- Running ------------------------------------------------------------- */

START_TEST(visits_stand_in_the_order_of_time_whatever_they_were_added_in)
{
    static const int orders[][PHOTOS] = {{0, 1, 2, 3}, {3, 1, 2, 0}};
    char *text[2];

    for (int k = 0; k < 2; k++) {
        cutis_series_destroy(&series);
        ck_assert_int_eq(cutis_series_create(session, NULL, &series), CUTIS_OK);
        for (int i = 0; i < PHOTOS; i++)
            ck_assert_int_eq(add(orders[k][i]), CUTIS_OK);
        ck_assert_int_eq(cutis_series_run(session, series), CUTIS_OK);
        text[k] = written(CUTIS_FORMAT_JSON);
    }
    ck_assert_str_eq(text[0], text[1]);
    for (size_t i = 0; i < PHOTOS; i++) {
        const cutis_series_visit *const one = cutis_series_visit_at(series, i);
        ck_assert_double_eq(one->days, 10.0 * (double)i - 10.0);
        ck_assert(!one->score == (i < 2));
    }
    ck_assert_str_eq(cutis_series_visit_at(series, 0)->label, "day -10");
    ck_assert_ptr_null(cutis_series_visit_at(series, PHOTOS));
    for (int k = 0; k < 2; k++)
        free(text[k]);
}
END_TEST

START_TEST(the_same_photographs_again_are_no_change)
{
    ck_assert_int_eq(add(0), CUTIS_OK);
    const cutis_photo *const again[] = {photo[0]};
    cutis_visit later = visit_of(2, again);
    ck_assert_int_eq(cutis_series_add(session, series, &later), CUTIS_OK);
    later.days = 60.0;
    ck_assert_int_eq(cutis_series_add(session, series, &later), CUTIS_OK);
    ck_assert_int_eq(cutis_series_run(session, series), CUTIS_OK);

    int changes = 0, trends = 0;
    const cutis_change *row;
    for (size_t i = 0; (row = cutis_series_at(series, 2, i)); i++)
        if (!isnan(row->change)) {
            ck_assert_double_eq(row->change, 0.0);
            changes++;
        }
    const cutis_trend *trend;
    for (size_t i = 0; (trend = cutis_series_trend_at(series, i)); i++)
        if (!isnan(trend->slope)) {
            ck_assert_double_eq(trend->slope, 0.0);
            ck_assert_int_eq(trend->sustained_from, -1);
            trends++;
        }
    ck_assert_int_gt(changes, 3);
    ck_assert_int_gt(trends, 3);
}
END_TEST

START_TEST(what_is_of_no_visit_is_null)
{
    ck_assert_ptr_null(cutis_series_visit_at(series, 0));
    for (int i = 0; i < 3; i++)
        ck_assert_int_eq(add(i), CUTIS_OK);
    ck_assert_ptr_null(cutis_series_trend_at(series, 0));
    ck_assert_int_eq(cutis_series_run(session, series), CUTIS_OK);
    ck_assert_ptr_null(cutis_series_at(series, 0, 0)); /* a baseline */
    ck_assert_ptr_null(cutis_series_check_at(series, 1, 0));
    ck_assert_ptr_nonnull(cutis_series_check_at(series, 2, 0));
    ck_assert_ptr_null(cutis_series_at(series, 3, 0));
    ck_assert_ptr_null(cutis_series_at(NULL, 0, 0));
    ck_assert_ptr_null(
        cutis_series_contrast_at(series, 2, CUTIS_CONTRAST_SIDES, 0));
    ck_assert_str_eq(cutis_phase_name(CUTIS_PHASE_HEALING), "healing");
    ck_assert_str_eq(cutis_phase_name((cutis_phase)9), "unknown");
}
END_TEST

START_TEST(every_form_but_items_is_written)
{
    char *text = NULL;
    for (int i = 0; i < 3; i++)
        ck_assert_int_eq(add(i), CUTIS_OK);
    ck_assert_int_eq(
        cutis_series_write(session, series, CUTIS_FORMAT_TEXT, keep, &text),
        CUTIS_ERROR_ARGUMENT);
    ck_assert_int_eq(cutis_series_run(session, series), CUTIS_OK);
    for (int f = CUTIS_FORMAT_TEXT; f <= CUTIS_FORMAT_HTML; f++) {
        char *const one = written((cutis_format)f);
        ck_assert_uint_gt(strlen(one), 500);
        free(one);
    }
    ck_assert_int_eq(
        cutis_series_write(session, series, CUTIS_FORMAT_ITEMS, keep, &text),
        CUTIS_ERROR_UNSUPPORTED);
    ck_assert_ptr_null(text);
}
END_TEST

/* ---- Arguments ----------------------------------------------------------- */

static cutis_status add_with(void (*spoil)(cutis_visit *))
{
    static const cutis_photo *capture[2];
    capture[0] = photo[2];
    capture[1] = NULL;
    cutis_visit visit = visit_of(2, capture);
    spoil(&visit);
    const cutis_status status = cutis_series_add(session, series, &visit);
    ck_assert_uint_gt(strlen(cutis_session_error(session)), 10);
    return status;
}

static void no_days(cutis_visit *v)
{
    v->days = NAN;
}

static void no_captures(cutis_visit *v)
{
    v->capture_count = 0;
}

static void missing_capture(cutis_visit *v)
{
    v->capture_count = 2;
}

static void too_many(cutis_visit *v)
{
    v->capture_count = 9;
}

static void odd_since(cutis_visit *v)
{
    v->days_since_treatment = NAN;
}

static void broken_label(cutis_visit *v)
{
    v->label = "a\nb";
}

static void foreign_label(cutis_visit *v)
{
    v->label = "\xff";
}

static void long_label(cutis_visit *v)
{
    v->label = "0123456789012345678901234567890123456789012345678901234567890"
               "123";
}

static void same_day(cutis_visit *v)
{
    v->days = -10.0;
}

static void odd_size(cutis_visit *v)
{
    v->struct_size = 3;
}

static void both(cutis_visit *v)
{
    v->load = draw_again;
}

START_TEST(a_visit_out_of_its_range_is_refused_with_a_sentence)
{
    static void (*const spoils[])(cutis_visit *) = {
        no_days,      no_captures,   missing_capture, too_many, odd_since,
        broken_label, foreign_label, long_label,      same_day, odd_size,
        both};

    ck_assert_int_eq(add(0), CUTIS_OK);
    for (size_t i = 0; i < sizeof(spoils) / sizeof(*spoils); i++)
        ck_assert_msg(add_with(spoils[i]) == CUTIS_ERROR_ARGUMENT, "%zu", i);
    ck_assert_int_eq(add(2), CUTIS_OK);
    ck_assert_int_eq(cutis_series_run(session, series), CUTIS_OK);
    ck_assert_int_eq(add(3), CUTIS_ERROR_ARGUMENT);
    ck_assert_int_eq(cutis_series_run(session, series), CUTIS_ERROR_ARGUMENT);
}
END_TEST

START_TEST(a_series_needs_a_baseline_that_comes_first_and_a_visit)
{
    ck_assert_int_eq(cutis_series_run(session, series), CUTIS_ERROR_ARGUMENT);
    ck_assert_int_eq(add(2), CUTIS_OK);
    ck_assert_int_eq(cutis_series_run(session, series), CUTIS_ERROR_ARGUMENT);

    cutis_series_destroy(&series);
    ck_assert_int_eq(cutis_series_create(session, NULL, &series), CUTIS_OK);
    ck_assert_int_eq(add(0), CUTIS_OK);
    ck_assert_int_eq(cutis_series_run(session, series), CUTIS_ERROR_ARGUMENT);

    const cutis_photo *const capture[] = {photo[1]};
    cutis_visit late = visit_of(1, capture);
    late.days = 90.0;
    cutis_series_destroy(&series);
    ck_assert_int_eq(cutis_series_create(session, NULL, &series), CUTIS_OK);
    ck_assert_int_eq(add(0), CUTIS_OK);
    ck_assert_int_eq(add(2), CUTIS_OK);
    ck_assert_int_eq(cutis_series_add(session, series, &late), CUTIS_OK);
    ck_assert_int_eq(cutis_series_run(session, series), CUTIS_ERROR_ARGUMENT);
}
END_TEST

START_TEST(options_out_of_range_are_refused)
{
    cutis_compare_options compare = CUTIS_COMPARE_OPTIONS_DEFAULT;
    cutis_series_options options = CUTIS_SERIES_OPTIONS_DEFAULT;
    cutis_series *made = NULL;
    options.compare = &compare;
    options.control_side = 3;
    ck_assert_int_eq(cutis_series_create(session, &options, &made),
                     CUTIS_ERROR_ARGUMENT);
    options.control_side = CUTIS_SIDE_LEFT;
    compare.treated = "cheek_l";
    ck_assert_int_eq(cutis_series_create(session, &options, &made),
                     CUTIS_ERROR_ARGUMENT);
    compare.treated = "ear";
    ck_assert_int_eq(cutis_series_create(session, &options, &made),
                     CUTIS_ERROR_ARGUMENT);
    compare.treated = "cheek_r";
    ck_assert_int_eq(cutis_series_create(session, &options, &made), CUTIS_OK);
    cutis_series_destroy(&made);
    ck_assert_int_eq(cutis_series_create(NULL, NULL, &made),
                     CUTIS_ERROR_ARGUMENT);
    ck_assert_int_eq(cutis_series_create(session, NULL, NULL),
                     CUTIS_ERROR_ARGUMENT);
    ck_assert_int_eq(cutis_series_add(session, NULL, NULL),
                     CUTIS_ERROR_ARGUMENT);
    ck_assert_int_eq(cutis_series_run(session, NULL), CUTIS_ERROR_ARGUMENT);
    cutis_series_destroy(NULL);
}
END_TEST

int main(void)
{
    Suite *const suite = suite_create("series");
    TCase *const tests = tcase_create("series");

    tcase_add_checked_fixture(tests, set_up, tear_down);
    suite_add_tcase(suite, tests);
    tcase_add_test(
        tests, visits_stand_in_the_order_of_time_whatever_they_were_added_in);
    tcase_add_test(tests, the_same_photographs_again_are_no_change);
    tcase_add_test(tests, what_is_of_no_visit_is_null);
    tcase_add_test(tests, every_form_but_items_is_written);
    tcase_add_test(tests, a_visit_out_of_its_range_is_refused_with_a_sentence);
    tcase_add_test(tests,
                   a_series_needs_a_baseline_that_comes_first_and_a_visit);
    tcase_add_test(tests, options_out_of_range_are_refused);

    SRunner *const runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
