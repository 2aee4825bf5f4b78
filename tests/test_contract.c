/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What base.h says of every call: what is missing is an argument that is wrong,
 * and outputs are as they were; what is past the end is NULL; forms that there
 * are none of, and outputs that refuse, have the status of their header.
 */

#include <errno.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "series_scene.h"

static cutis_comparison *comparison;
static cutis_reading *reading;
static cutis_suitability *suitability;
static cutis_calibration *calibration;

static void make_all(void)
{
    set_up();
    ck_assert_int_eq(
        cutis_photos_compare(session, photo[0], photo[1], NULL, &comparison),
        CUTIS_OK);
    ck_assert_int_eq(cutis_photo_measure(session, photo[0], &reading),
                     CUTIS_OK);
    ck_assert_int_eq(
        cutis_photos_check(session, photo[0], photo[1], NULL, &suitability),
        CUTIS_OK);
    ck_assert_int_eq(cutis_calibration_create(session, &calibration), CUTIS_OK);
}

static void drop_all(void)
{
    cutis_calibration_destroy(&calibration);
    cutis_suitability_destroy(&suitability);
    cutis_reading_destroy(&reading);
    cutis_comparison_destroy(&comparison);
    tear_down();
}

static int take(void *user, const void *bytes, size_t size)
{
    (void)bytes;
    *(size_t *)user += size;
    return 0;
}

static int refuse(void *user, const void *bytes, size_t size)
{
    (void)user;
    (void)bytes;
    (void)size;
    return 1;
}

static int take_file(void *user, const char *name, const void *bytes,
                     size_t size)
{
    return take(user, name, 0) + take(user, bytes, size);
}

static int refuse_file(void *user, const char *name, const void *bytes,
                       size_t size)
{
    return refuse(user, name, 0) + refuse(user, bytes, size);
}

/* ---- What is missing ----------------------------------------------------- */

#define REFUSES(call) ck_assert_int_eq(call, CUTIS_ERROR_ARGUMENT)

/* A call with its session, then without. */
#define NEEDS_SESSION(call, ...) REFUSES(call(NULL, __VA_ARGS__))

START_TEST(photographs_need_their_arguments)
{
    static const char *const nowhere[] = {"/nonexistent", NULL};
    cutis_photo *made = NULL, *several[2] = {NULL, NULL};
    size_t failed = 7;

    NEEDS_SESSION(cutis_photo_load, "x", NULL, &made);
    NEEDS_SESSION(cutis_photo_load_memory, "x", 1, NULL, &made);
    REFUSES(cutis_photo_load_memory(session, "x", 1, NULL, NULL));
    NEEDS_SESSION(cutis_photos_load, nowhere, NULL, 1, several, &failed);
    REFUSES(cutis_photos_load(session, NULL, NULL, 1, several, &failed));
    REFUSES(cutis_photos_load(session, nowhere, NULL, 1, NULL, &failed));
    REFUSES(cutis_photos_load(session, nowhere, NULL, 0, several, &failed));
    REFUSES(
        cutis_photos_load(session, nowhere, NULL, 1 << 20, several, &failed));
    ck_assert_uint_eq(failed, 7);
    REFUSES(cutis_photos_load(session, nowhere + 1, NULL, 1, several, &failed));
    ck_assert_int_eq(
        cutis_photos_load(session, nowhere, NULL, 1, several, NULL),
        CUTIS_ERROR_IO);
    ck_assert_ptr_null(made);
    ck_assert_ptr_null(several[0]);
    ck_assert_ptr_null(cutis_photo_landmarks(NULL, &failed));
    ck_assert_uint_eq(failed, 0);
    ck_assert_ptr_null(cutis_photo_landmarks(photo[0], NULL));

    cutis_reading *read = NULL;
    NEEDS_SESSION(cutis_photo_measure, photo[0], &read);
    REFUSES(cutis_photo_measure(session, photo[0], NULL));
    cutis_suitability *told = NULL;
    NEEDS_SESSION(cutis_photos_check, photo[0], NULL, NULL, &told);
    REFUSES(cutis_photos_check(session, NULL, NULL, NULL, &told));
    REFUSES(cutis_photos_check(session, photo[0], NULL, NULL, NULL));
    ck_assert(!read && !told);
}
END_TEST

START_TEST(comparisons_need_their_arguments)
{
    const cutis_photo *const one[] = {photo[0], NULL};
    const cutis_compare_options options = CUTIS_COMPARE_OPTIONS_DEFAULT;
    cutis_comparison *made = NULL;

    NEEDS_SESSION(cutis_photos_compare, photo[0], photo[1], NULL, &made);
    REFUSES(cutis_photos_compare(session, photo[0], NULL, NULL, &made));
    REFUSES(cutis_photos_compare(session, photo[0], photo[1], NULL, NULL));
    NEEDS_SESSION(cutis_visits_compare, one, 1, one, 1, NULL, &made);
    REFUSES(cutis_visits_compare(session, one, 1, one, 1, NULL, NULL));
    REFUSES(cutis_visits_compare(session, NULL, 1, one, 1, NULL, &made));
    REFUSES(cutis_visits_compare(session, one, 1, NULL, 1, NULL, &made));
    REFUSES(cutis_visits_compare(session, one, 0, one, 1, NULL, &made));
    REFUSES(cutis_visits_compare(session, one, 1, one, 0, NULL, &made));
    REFUSES(cutis_visits_compare(session, one, 2, one, 1, NULL, &made));
    REFUSES(cutis_visits_compare(session, one, CUTIS_CAPTURES + 1, one, 1, NULL,
                                 &made));
    NEEDS_SESSION(cutis_compare_options_check, &options);
    ck_assert_ptr_null(made);
}
END_TEST

START_TEST(calibrations_need_their_arguments)
{
    const cutis_comparison *const same[] = {comparison, NULL};
    cutis_calibration *made = NULL;
    size_t bytes = 0;

    NEEDS_SESSION(cutis_calibration_create, &made);
    REFUSES(cutis_calibration_create(session, NULL));
    NEEDS_SESSION(cutis_calibration_add, calibration, comparison);
    REFUSES(cutis_calibration_add(session, NULL, comparison));
    REFUSES(cutis_calibration_add(session, calibration, NULL));
    NEEDS_SESSION(cutis_calibration_add_visits, calibration, same, 1);
    REFUSES(cutis_calibration_add_visits(session, NULL, same, 1));
    REFUSES(cutis_calibration_add_visits(session, calibration, NULL, 1));
    REFUSES(cutis_calibration_add_visits(session, calibration, same, 0));
    REFUSES(cutis_calibration_add_visits(session, calibration, same, 2));
    REFUSES(cutis_calibration_add_visits(session, calibration, same,
                                         CUTIS_CAPTURES + 1));
    NEEDS_SESSION(cutis_calibration_write, calibration, take, &bytes);
    REFUSES(cutis_calibration_write(session, NULL, take, &bytes));
    REFUSES(cutis_calibration_write(session, calibration, NULL, &bytes));
    ck_assert_int_eq(
        cutis_calibration_write(session, calibration, take, &bytes),
        CUTIS_ERROR_UNSUITABLE);
    ck_assert_uint_eq(bytes, 0);
    ck_assert_uint_eq(cutis_calibration_people(calibration), 0);
    ck_assert_uint_eq(cutis_calibration_pairs(calibration), 0);
    ck_assert_uint_eq(cutis_calibration_people(NULL), 0);
    ck_assert_uint_eq(cutis_calibration_pairs(NULL), 0);
    cutis_calibration_destroy(NULL);
    ck_assert_ptr_null(made);
}
END_TEST

START_TEST(series_need_their_arguments)
{
    const cutis_visit visit = visit_of(0, (const cutis_photo *[]){photo[0]});
    cutis_series *made = NULL;
    size_t bytes = 0;

    NEEDS_SESSION(cutis_series_create, NULL, &made);
    REFUSES(cutis_series_create(session, NULL, NULL));
    NEEDS_SESSION(cutis_series_add, series, &visit);
    REFUSES(cutis_series_add(session, NULL, &visit));
    REFUSES(cutis_series_add(session, series, NULL));
    NEEDS_SESSION(cutis_series_run, series);
    REFUSES(cutis_series_run(session, NULL));
    NEEDS_SESSION(cutis_series_write, series, CUTIS_FORMAT_JSON, take, &bytes);
    REFUSES(cutis_series_write(session, NULL, CUTIS_FORMAT_JSON, take, &bytes));
    REFUSES(
        cutis_series_write(session, series, CUTIS_FORMAT_JSON, NULL, &bytes));
    /* It has not run. */
    REFUSES(
        cutis_series_write(session, series, CUTIS_FORMAT_JSON, take, &bytes));
    ck_assert_str_ne(cutis_session_error(session), "");
    ck_assert_ptr_null(cutis_series_visit_at(series, 0));
    ck_assert_ptr_null(cutis_series_trend_at(series, 0));
    ck_assert_ptr_null(cutis_series_visit_at(NULL, 0));
    ck_assert_ptr_null(cutis_series_trend_at(NULL, 0));
    cutis_series_destroy(NULL);
    ck_assert(!made && !bytes);
}
END_TEST

START_TEST(reports_need_their_arguments)
{
    const cutis_format json = CUTIS_FORMAT_JSON;
    size_t bytes = 0;

    NEEDS_SESSION(cutis_comparison_write, comparison, json, take, &bytes);
    REFUSES(cutis_comparison_write(session, NULL, json, take, &bytes));
    REFUSES(cutis_comparison_write(session, comparison, json, NULL, &bytes));
    NEEDS_SESSION(cutis_reading_write, reading, json, take, &bytes);
    REFUSES(cutis_reading_write(session, NULL, json, take, &bytes));
    REFUSES(cutis_reading_write(session, reading, json, NULL, &bytes));
    NEEDS_SESSION(cutis_suitability_write, suitability, json, take, &bytes);
    REFUSES(cutis_suitability_write(session, NULL, json, take, &bytes));
    REFUSES(cutis_suitability_write(session, suitability, json, NULL, &bytes));
    NEEDS_SESSION(cutis_photo_write_info, photo[0], json, take, &bytes);
    REFUSES(cutis_photo_write_info(session, NULL, json, take, &bytes));
    REFUSES(cutis_photo_write_info(session, photo[0], json, NULL, &bytes));
    NEEDS_SESSION(cutis_comparison_write_columns, CUTIS_FORMAT_ROW, take,
                  &bytes);
    REFUSES(cutis_comparison_write_columns(session, CUTIS_FORMAT_ROW, NULL,
                                           &bytes));
    NEEDS_SESSION(cutis_comparison_write_maps, comparison, take_file, &bytes);
    REFUSES(cutis_comparison_write_maps(session, NULL, take_file, &bytes));
    REFUSES(cutis_comparison_write_maps(session, comparison, NULL, &bytes));
    NEEDS_SESSION(cutis_reading_write_maps, reading, take_file, &bytes);
    REFUSES(cutis_reading_write_maps(session, NULL, take_file, &bytes));
    REFUSES(cutis_reading_write_covered_maps(session, reading, NULL, &bytes));
    ck_assert_uint_eq(bytes, 0);
}
END_TEST

START_TEST(statistics_need_their_arguments)
{
    const double x[] = {1.0, 2.0, 2.0, 1.0};
    cutis_agreement agreement = {.struct_size = sizeof(agreement)};
    cutis_paired paired = {.struct_size = sizeof(paired)};
    cutis_ratings ratings = {.struct_size = sizeof(ratings)};

    REFUSES(cutis_stats_agreement(NULL, 2, 2, &agreement));
    REFUSES(cutis_stats_agreement(x, 2, 2, NULL));
    REFUSES(cutis_stats_paired(NULL, x, 2, &paired));
    REFUSES(cutis_stats_paired(x, NULL, 2, &paired));
    REFUSES(cutis_stats_paired(x, x, 2, NULL));
    REFUSES(cutis_stats_ratings(NULL, x, 2, &ratings));
    REFUSES(cutis_stats_ratings(x, NULL, 2, &ratings));
    REFUSES(cutis_stats_ratings(x, x, 2, NULL));
    agreement.struct_size = paired.struct_size = ratings.struct_size = 8;
    REFUSES(cutis_stats_agreement(x, 2, 2, &agreement));
    REFUSES(cutis_stats_paired(x, x, 2, &paired));
    REFUSES(cutis_stats_ratings(x, x, 2, &ratings));
}
END_TEST

START_TEST(a_struct_of_another_version_is_refused)
{
    cutis_photo_options options = CUTIS_PHOTO_OPTIONS_DEFAULT;
    cutis_compare_options how = CUTIS_COMPARE_OPTIONS_DEFAULT;
    const uint8_t byte = 0;
    cutis_photo *made = NULL;
    cutis_suitability *told = NULL;

    options.struct_size = sizeof(options) + 1;
    REFUSES(cutis_photo_load_memory(session, &byte, 1, &options, &made));
    ck_assert_ptr_nonnull(strstr(cutis_session_error(session), "struct_size"));
    options.struct_size = 3;
    REFUSES(cutis_photo_load_memory(session, &byte, 1, &options, &made));
    how.struct_size = 3;
    REFUSES(cutis_compare_options_check(session, &how));
    REFUSES(cutis_photos_check(session, photo[0], NULL, &how, &told));
    ck_assert(!made && !told);
}
END_TEST

START_TEST(numbers_out_of_their_range_are_refused)
{
    static const struct {
        double px_per_mm, ipd_mm;
        uint32_t landmarks;
    } table[] = {
        {0.0, 0.0, CUTIS_LANDMARKS_NONE},
        {-1.0, 0.0, CUTIS_LANDMARKS_FIND},
        {1000.0, 0.0, 0},
        {NAN, 0.0, 0},
        {5.0, 29.9, CUTIS_LANDMARKS_NONE},
        {5.0, 90.1, CUTIS_LANDMARKS_NONE},
        {5.0, NAN, CUTIS_LANDMARKS_NONE},
        {5.0, 0.0, CUTIS_LANDMARKS_NONE + 1},
    };
    const uint8_t byte = 0;
    for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++) {
        cutis_photo_options options = CUTIS_PHOTO_OPTIONS_DEFAULT;
        cutis_photo *made = NULL;
        options.px_per_mm = table[i].px_per_mm;
        options.ipd_mm = table[i].ipd_mm;
        options.landmarks = table[i].landmarks;
        ck_assert_msg(cutis_photo_load_memory(session, &byte, 1, &options,
                                              &made) == CUTIS_ERROR_ARGUMENT,
                      "%zu", i);
        ck_assert_str_ne(cutis_session_error(session), "");
    }
    cutis_compare_options how = CUTIS_COMPARE_OPTIONS_DEFAULT;
    how.days = NAN;
    REFUSES(cutis_compare_options_check(session, &how));
    how.days = 36525.5; /* more than a hundred years */
    REFUSES(cutis_compare_options_check(session, &how));
    how.days = 36525.0;
    ck_assert_int_eq(cutis_compare_options_check(session, &how), CUTIS_OK);
    how.language = "xx";
    REFUSES(cutis_compare_options_check(session, &how));
    ck_assert_ptr_nonnull(strstr(cutis_session_error(session), "\"xx\""));
}
END_TEST

/* ---- What is past the end ------------------------------------------------ */

START_TEST(past_the_end_there_is_nothing)
{
    size_t rows = 0, checks = 0;
    while (cutis_comparison_at(comparison, rows))
        rows++;
    ck_assert_uint_gt(rows, 0);
    ck_assert_ptr_nonnull(cutis_reading_at(reading, rows - 1));
    ck_assert_ptr_null(cutis_reading_at(reading, rows));
    while (cutis_comparison_check_at(comparison, checks))
        checks++;
    ck_assert_uint_gt(checks, 0);
    ck_assert_ptr_nonnull(cutis_reading_check_at(reading, 0));
    ck_assert_ptr_null(cutis_reading_check_at(reading, 1000));
    ck_assert_ptr_nonnull(cutis_suitability_at(suitability, 0));
    ck_assert_ptr_null(cutis_suitability_at(suitability, 1000));
    ck_assert_ptr_null(cutis_reading_check_at(NULL, 0));
    ck_assert_ptr_null(cutis_suitability_at(NULL, 0));
    ck_assert_ptr_null(cutis_comparison_check_at(NULL, 0));
    ck_assert_int_eq(cutis_suitability_comparable(NULL), CUTIS_COMPARABLE_NO);
    ck_assert_int_eq(cutis_comparison_comparable(NULL), CUTIS_COMPARABLE_NO);
    ck_assert_str_eq(cutis_session_error(NULL), "");
    ck_assert_int_eq(cutis_session_isa(NULL), CUTIS_ISA_C);
    ck_assert_str_eq(cutis_isa_name(CUTIS_ISA_BEST), "best");
    ck_assert_ptr_null(cutis_isa_name((cutis_isa)(CUTIS_ISA_BEST + 1)));
    ck_assert_str_eq(cutis_status_name((cutis_status)99), "unknown");
    ck_assert_str_eq(cutis_status_text((cutis_status)99), "unknown status");
}
END_TEST

START_TEST(rows_and_captures_are_found_by_what_they_are)
{
    const cutis_change *const row =
        cutis_comparison_find(comparison, "redness", "face");
    ck_assert_ptr_nonnull(row);
    ck_assert_str_eq(row->metric->name, "redness");
    ck_assert_str_eq(row->region->name, "face");
    ck_assert_ptr_null(cutis_comparison_find(comparison, "redness", "ear"));
    ck_assert_ptr_null(cutis_comparison_find(comparison, "aura", "face"));
    ck_assert_ptr_null(cutis_comparison_find(comparison, NULL, "face"));
    ck_assert_ptr_null(cutis_comparison_find(comparison, "redness", NULL));
    ck_assert_ptr_null(cutis_comparison_find(NULL, "redness", "face"));

    const cutis_capture *const first =
        cutis_comparison_capture_at(comparison, CUTIS_CHECK_BEFORE, 0);
    const cutis_capture *const last =
        cutis_comparison_capture_at(comparison, CUTIS_CHECK_AFTER, 0);
    ck_assert(first && last);
    ck_assert_str_ne(first->info->sha256, last->info->sha256);
    ck_assert_ptr_null(
        cutis_comparison_capture_at(comparison, CUTIS_CHECK_AFTER, 1));
    ck_assert_ptr_null(
        cutis_comparison_capture_at(comparison, CUTIS_CHECK_PAIR, 0));
    ck_assert_ptr_null(cutis_comparison_capture_at(NULL, CUTIS_CHECK_AFTER, 0));
}
END_TEST

/* ---- Forms and outputs --------------------------------------------------- */

START_TEST(what_has_no_such_form_says_so)
{
    const cutis_format none = (cutis_format)(CUTIS_FORMAT_ROW + 1);
    size_t bytes = 0;

    REFUSES(cutis_comparison_write(session, comparison, none, take, &bytes));
    REFUSES(cutis_reading_write(session, reading, none, take, &bytes));
    REFUSES(cutis_photo_write_info(session, photo[0], none, take, &bytes));
    for (int i = 0; i <= CUTIS_FORMAT_ROW; i++) {
        const cutis_format form = (cutis_format)i;
        const bool prose =
            form == CUTIS_FORMAT_TEXT || form == CUTIS_FORMAT_JSON;
        const bool pair = form == CUTIS_FORMAT_HTML || form == CUTIS_FORMAT_ROW;
        ck_assert_int_eq(
            cutis_suitability_write(session, suitability, form, take, &bytes),
            prose ? CUTIS_OK : CUTIS_ERROR_UNSUPPORTED);
        ck_assert_int_eq(
            cutis_reading_write(session, reading, form, take, &bytes),
            pair ? CUTIS_ERROR_UNSUPPORTED : CUTIS_OK);
        ck_assert_int_eq(
            cutis_photo_write_info(session, photo[0], form, take, &bytes),
            prose || form == CUTIS_FORMAT_CSV ? CUTIS_OK
                                              : CUTIS_ERROR_UNSUPPORTED);
    }
}
END_TEST

START_TEST(an_output_that_refuses_is_an_error_of_output)
{
    const cutis_format json = CUTIS_FORMAT_JSON;
    const cutis_status io = CUTIS_ERROR_IO;

    ck_assert_int_eq(
        cutis_comparison_write(session, comparison, json, refuse, NULL), io);
    ck_assert_str_eq(cutis_session_error(session),
                     "the report could not be written");
    ck_assert_int_eq(cutis_reading_write(session, reading, json, refuse, NULL),
                     io);
    ck_assert_int_eq(
        cutis_suitability_write(session, suitability, json, refuse, NULL), io);
    ck_assert_int_eq(
        cutis_photo_write_info(session, photo[0], json, refuse, NULL), io);
    ck_assert_int_eq(
        cutis_comparison_write_maps(session, comparison, refuse_file, NULL),
        io);
    ck_assert_int_eq(
        cutis_reading_write_maps(session, reading, refuse_file, NULL), io);
}
END_TEST

/* ---- Files that cannot be read ------------------------------------------- */

static void cannot(const char *path, const char *why)
{
    cutis_photo *made = NULL;
    ck_assert_int_eq(cutis_photo_load(session, path, NULL, &made),
                     CUTIS_ERROR_IO);
    ck_assert_msg(strstr(cutis_session_error(session), why) != NULL,
                  "\"%s\" is not \"%s\"", cutis_session_error(session), why);
    ck_assert_ptr_null(made);
}

START_TEST(why_a_file_cannot_be_read_is_said)
{
    char name[5000], folder[] = "/tmp/cutis-contract-XXXXXX", link[64];
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(link, sizeof(link), "%s/ring", folder);
    ck_assert_int_eq(symlink(link, link), 0);
    cannot(link, "its links lead in a circle");
    unlink(link);
    cannot(link, "there is no such file");
    cannot("/dev/null/x", "there is no such file");
    cannot(folder, "");
    ck_assert_int_eq(mkfifo(link, 0600), 0);
    cannot(link, ""); /* and does not wait for a writer */
    unlink(link);
    rmdir(folder);
    memset(name, 'n', sizeof(name) - 1);
    name[sizeof(name) - 1] = 0;
    cannot(name, "its name is too long");

    struct rlimit limit, none;
    ck_assert_int_eq(getrlimit(RLIMIT_NOFILE, &limit), 0);
    none = limit;
    none.rlim_cur = 0;
    ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &none), 0);
    cannot("/etc/passwd", "too many files are open");
    ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &limit), 0);
}
END_TEST

int main(void)
{
    Suite *const suite = suite_create("contract");
    TCase *const tests = tcase_create("contract");
    suite_add_tcase(suite, tests);
    tcase_add_checked_fixture(tests, make_all, drop_all);
    tcase_add_test(tests, photographs_need_their_arguments);
    tcase_add_test(tests, comparisons_need_their_arguments);
    tcase_add_test(tests, calibrations_need_their_arguments);
    tcase_add_test(tests, series_need_their_arguments);
    tcase_add_test(tests, reports_need_their_arguments);
    tcase_add_test(tests, statistics_need_their_arguments);
    tcase_add_test(tests, a_struct_of_another_version_is_refused);
    tcase_add_test(tests, numbers_out_of_their_range_are_refused);
    tcase_add_test(tests, past_the_end_there_is_nothing);
    tcase_add_test(tests, rows_and_captures_are_found_by_what_they_are);
    tcase_add_test(tests, what_has_no_such_form_says_so);
    tcase_add_test(tests, an_output_that_refuses_is_an_error_of_output);
    tcase_add_test(tests, why_a_file_cannot_be_read_is_said);

    SRunner *const runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
