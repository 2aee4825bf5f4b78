/* SPDX-License-Identifier: BSD-2-Clause */

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include <cutis/cutis.h>

START_TEST(defaults_make_a_session)
{
    cutis_session *session = NULL;
    ck_assert_int_eq(cutis_session_create(NULL, &session), CUTIS_OK);
    ck_assert_ptr_nonnull(session);
    ck_assert_str_eq(cutis_session_error(session), "");
    ck_assert_int_lt(cutis_session_isa(session), CUTIS_ISA_BEST);
    cutis_session_destroy(&session);
    ck_assert_ptr_null(session);
    cutis_session_destroy(&session);
    cutis_session_destroy(NULL);
}
END_TEST

static void refused(cutis_options options)
{
    cutis_session *session = (cutis_session *)&options;
    cutis_session *const untouched = session;
    ck_assert_int_eq(cutis_session_create(&options, &session),
                     CUTIS_ERROR_ARGUMENT);
    ck_assert_ptr_eq(session, untouched);
}

static void *never(void *user, size_t size)
{
    (void)user;
    (void)size;
    return NULL;
}

START_TEST(options_out_of_range_are_refused)
{
    const cutis_options good = CUTIS_OPTIONS_DEFAULT;
    cutis_options bad = good;
    bad.threads = 0;
    refused(bad);
    bad = good;
    bad.threads = 257;
    refused(bad);
    bad = good;
    bad.isa = 5;
    refused(bad);
    bad = good;
    bad.struct_size = 8;
    refused(bad);
    bad = good;
    bad.struct_size += 8;
    refused(bad);
    bad = good;
    bad.allocator.allocate = never;
    refused(bad);
    ck_assert_int_eq(cutis_session_create(&good, NULL), CUTIS_ERROR_ARGUMENT);
}
END_TEST

static void *counted(void *user, size_t size)
{
    ++*(int *)user;
    return malloc(size);
}

static void uncounted(void *user, void *block)
{
    --*(int *)user;
    free(block);
}

START_TEST(the_session_itself_comes_from_the_callers_allocator)
{
    int out = 0;
    cutis_options options = CUTIS_OPTIONS_DEFAULT;
    options.allocator = (cutis_allocator){counted, uncounted, &out};
    cutis_session *session = NULL;
    ck_assert_int_eq(cutis_session_create(&options, &session), CUTIS_OK);
    ck_assert_int_eq(out, 1);
    cutis_session_destroy(&session);
    ck_assert_int_eq(out, 0);
}
END_TEST

START_TEST(every_status_has_a_name_and_a_text)
{
    for (int i = 0; i < CUTIS_STATUS_COUNT; i++) {
        ck_assert_uint_gt(strlen(cutis_status_name((cutis_status)i)), 1);
        ck_assert_uint_gt(strlen(cutis_status_text((cutis_status)i)), 3);
        for (int j = 0; j < i; j++)
            ck_assert_str_ne(cutis_status_name((cutis_status)i),
                             cutis_status_name((cutis_status)j));
    }
    ck_assert_str_eq(cutis_status_name((cutis_status)999), "unknown");
}
END_TEST

START_TEST(every_verdict_has_a_name)
{
    for (int i = 0; i < CUTIS_VERDICT_COUNT; i++)
        for (int j = 0; j < i; j++)
            ck_assert_str_ne(cutis_verdict_name((cutis_verdict)i),
                             cutis_verdict_name((cutis_verdict)j));
}
END_TEST

START_TEST(metrics_and_regions_are_found_by_their_names)
{
    size_t count = 0;
    for (; cutis_metric_at(count); count++) {
        const cutis_metric *const metric = cutis_metric_at(count);
        ck_assert_ptr_eq(cutis_metric_find(metric->name), metric);
        ck_assert_uint_gt(strlen(metric->title), 2);
        ck_assert_uint_gt(strlen(metric->meaning), 10);
        ck_assert_double_ge(metric->min_px_per_mm, 3.0);
        ck_assert_double_gt(metric->sesoi, 0.0);
        ck_assert_double_gt(metric->prior_sd, 0.0);
    }
    ck_assert_uint_eq(count, 13);
    for (count = 0; cutis_region_at(count); count++)
        ck_assert_ptr_eq(cutis_region_find(cutis_region_at(count)->name),
                         cutis_region_at(count));
    ck_assert_uint_eq(count, 15);
    ck_assert_str_eq(cutis_region_at(14)->name, "face");
    ck_assert_ptr_null(cutis_metric_find("skin_age"));
    ck_assert_ptr_null(cutis_region_find(""));
    ck_assert_ptr_null(cutis_metric_find(NULL));
    ck_assert_ptr_null(cutis_region_find(NULL));
}
END_TEST

START_TEST(missing_arguments_are_refused_everywhere)
{
    cutis_session *session = NULL;
    cutis_photo *photo = NULL;
    cutis_reading *reading = NULL;
    cutis_comparison *comparison = NULL;
    ck_assert_int_eq(cutis_session_create(NULL, &session), CUTIS_OK);

    ck_assert_int_eq(cutis_photo_load(NULL, "x", NULL, &photo), 1);
    ck_assert_int_eq(cutis_photo_load(session, NULL, NULL, &photo), 1);
    ck_assert_int_eq(cutis_photo_load(session, "x", NULL, NULL), 1);
    ck_assert_int_eq(cutis_photo_load_memory(session, NULL, 1, NULL, &photo),
                     1);
    ck_assert_int_eq(cutis_photo_load_pixels(session, NULL, NULL, &photo), 1);
    ck_assert_int_eq(cutis_photo_measure(session, NULL, &reading), 1);
    ck_assert_int_eq(
        cutis_photos_compare(session, NULL, NULL, NULL, &comparison), 1);
    ck_assert_ptr_null(cutis_photo_info_get(NULL));
    ck_assert_ptr_null(cutis_reading_at(NULL, 0));
    ck_assert_ptr_null(cutis_comparison_at(NULL, 0));
    ck_assert_ptr_null(cutis_comparison_score(NULL));
    cutis_photo_destroy(NULL);
    cutis_reading_destroy(NULL);
    cutis_comparison_destroy(NULL);
    cutis_session_destroy(&session);
}
END_TEST

/* What the session says of options; "" if they can be used. */
static const char *said_of(cutis_session *session,
                           cutis_compare_options options)
{
    const cutis_status status = cutis_compare_options_check(session, &options);
    ck_assert_int_eq(status == CUTIS_OK, cutis_session_error(session)[0] == 0);
    ck_assert(status == CUTIS_OK || status == CUTIS_ERROR_ARGUMENT);
    return cutis_session_error(session);
}

START_TEST(options_are_checked_without_a_photograph)
{
    cutis_session *session = NULL;
    ck_assert_int_eq(cutis_session_create(NULL, &session), CUTIS_OK);
    cutis_compare_options options = CUTIS_COMPARE_OPTIONS_DEFAULT;
    ck_assert_str_eq(said_of(session, options), "");
    options.preset = "acne";
    options.treated = "nose,chin";
    options.reference = "forehead";
    ck_assert_str_eq(said_of(session, options), "");
    options.reference = "chin";
    ck_assert_str_eq(said_of(session, options),
                     "\"chin\" cannot be both treated and the reference");
    options.reference = "ear";
    ck_assert_str_eq(said_of(session, options), "\"ear\" is not a region");
    options.reference = NULL;
    options.preset = "acme";
    ck_assert_str_eq(said_of(session, options), "there is no preset \"acme\"");
    options.preset = NULL;
    options.site_profile = "{}";
    options.site_profile_size = 2;
    ck_assert_ptr_nonnull(strstr(said_of(session, options), "schema"));
    ck_assert_int_eq(cutis_compare_options_check(session, NULL),
                     CUTIS_ERROR_ARGUMENT);
    cutis_session_destroy(&session);
}
END_TEST

START_TEST(what_is_not_a_picture_file_is_refused_with_a_sentence)
{
    static const struct {
        const char *path;
        cutis_status status;
    } known[] = {{"/nonexistent/photo.jpg", CUTIS_ERROR_IO},
                 {"/", CUTIS_ERROR_IO},
                 {"/dev/null", CUTIS_ERROR_IO},
                 {"/etc/passwd", CUTIS_ERROR_FORMAT}};
    cutis_session *session = NULL;
    ck_assert_int_eq(cutis_session_create(NULL, &session), CUTIS_OK);
    for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++) {
        cutis_photo *photo = NULL;
        ck_assert_int_eq(cutis_photo_load(session, known[i].path, NULL, &photo),
                         known[i].status);
        ck_assert_ptr_null(photo);
        ck_assert_uint_gt(strlen(cutis_session_error(session)), 10);
    }
    cutis_session_destroy(&session);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("session");
    TCase *tests = tcase_create("session");
    suite_add_tcase(suite, tests);
    tcase_add_test(tests, defaults_make_a_session);
    tcase_add_test(tests, options_out_of_range_are_refused);
    tcase_add_test(tests, the_session_itself_comes_from_the_callers_allocator);
    tcase_add_test(tests, every_status_has_a_name_and_a_text);
    tcase_add_test(tests, every_verdict_has_a_name);
    tcase_add_test(tests, metrics_and_regions_are_found_by_their_names);
    tcase_add_test(tests, missing_arguments_are_refused_everywhere);
    tcase_add_test(tests, options_are_checked_without_a_photograph);
    tcase_add_test(tests,
                   what_is_not_a_picture_file_is_refused_with_a_sentence);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
