/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Visits of several captures, through the public calls: painted skin without a
 * face, photographed several times with other noise.
 */

#include <check.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <cutis/cutis.h>

#include "util/hash.h"

enum { SIDE = 200, SHOTS = 6 };

static cutis_session *session;
static cutis_photo *shot[SHOTS];

/* Blotches 4 mm apart, and noise that the seed decides. */
static uint8_t level(double base, int x, int y, double noise)
{
    const double dx = x % 24 - 12, dy = y % 24 - 12;
    const double blotch = dx * dx + dy * dy < 30.0 ? 0.9 : 1.0;
    return (uint8_t)(base * blotch + 6.0 * (noise - 0.5));
}

static cutis_photo *paint(uint64_t seed)
{
    static uint8_t rgb[SIDE][SIDE][3];
    struct random random;
    cutis_photo *photo = NULL;
    cutis_photo_options options = CUTIS_PHOTO_OPTIONS_DEFAULT;
    const cutis_pixels pixels = {
        .struct_size = sizeof(pixels),
        .data = rgb,
        .stride = sizeof(rgb[0]),
        .width = SIDE,
        .height = SIDE,
        .format = CUTIS_PIXELS_RGB8,
    };

    options.landmarks = CUTIS_LANDMARKS_NONE;
    options.px_per_mm = 6.0;
    ct_random_seed(&random, seed);
    for (int y = 0; y < SIDE; y++)
        for (int x = 0; x < SIDE; x++) {
            rgb[y][x][0] = level(200.0, x, y, ct_random_uniform(&random));
            rgb[y][x][1] = level(150.0, x, y, ct_random_uniform(&random));
            rgb[y][x][2] = level(125.0, x, y, ct_random_uniform(&random));
        }
    ck_assert_int_eq(
        cutis_photo_load_pixels(session, &pixels, &options, &photo), CUTIS_OK);
    return photo;
}

static void set_up(void)
{
    ck_assert_int_eq(cutis_session_create(NULL, &session), CUTIS_OK);
    for (int i = 0; i < SHOTS; i++)
        shot[i] = paint((uint64_t)(100 + i));
}

static void tear_down(void)
{
    for (int i = 0; i < SHOTS; i++)
        cutis_photo_destroy(&shot[i]);
    cutis_session_destroy(&session);
}

/* Of the shots whose digits are in the two words: "012" and "34". */
static cutis_status visits(cutis_comparison **out, const char *before,
                           const char *after, const void *site, size_t size)
{
    const char *const word[2] = {before, after};
    const cutis_photo *photo[2][CUTIS_CAPTURES + 1];
    cutis_compare_options options = CUTIS_COMPARE_OPTIONS_DEFAULT;

    for (int side = 0; side < 2; side++)
        for (size_t i = 0; word[side][i]; i++)
            photo[side][i] = shot[word[side][i] - '0'];
    options.site_profile = site;
    options.site_profile_size = size;
    return cutis_visits_compare(session, photo[0], strlen(before), photo[1],
                                strlen(after), &options, out);
}

static cutis_comparison *compared(const char *before, const char *after)
{
    cutis_comparison *made = NULL;
    ck_assert_int_eq(visits(&made, before, after, NULL, 0), CUTIS_OK);
    return made;
}

static bool same(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

static void expect_same_numbers(const cutis_change *a, const cutis_change *b)
{
    ck_assert(same(a->before, b->before) && same(a->after, b->after));
    ck_assert(same(a->change, b->change) && same(a->se, b->se));
    ck_assert(same(a->ci95[0], b->ci95[0]) && same(a->p, b->p));
    ck_assert(same(a->df, b->df) && same(a->repeat_sd, b->repeat_sd));
}

START_TEST(two_photographs_are_the_smallest_visits)
{
    cutis_comparison *one = compared("0", "1"), *other = NULL;
    int measured = 0;

    ck_assert_int_eq(
        cutis_photos_compare(session, shot[0], shot[1], NULL, &other),
        CUTIS_OK);
    for (size_t i = 0; cutis_comparison_at(one, i); i++) {
        const cutis_change *const row = cutis_comparison_at(one, i);
        expect_same_numbers(row, cutis_comparison_at(other, i));
        ck_assert_double_nan(row->repeat_sd);
        measured += !isnan(row->change);
    }
    ck_assert_int_gt(measured, 1);
    cutis_comparison_destroy(&one);
    cutis_comparison_destroy(&other);
}
END_TEST

START_TEST(the_order_of_captures_decides_nothing)
{
    cutis_comparison *one = compared("012", "34");
    cutis_comparison *other = compared("201", "43");

    for (size_t i = 0; cutis_comparison_at(one, i); i++)
        expect_same_numbers(cutis_comparison_at(one, i),
                            cutis_comparison_at(other, i));
    cutis_comparison_destroy(&one);
    cutis_comparison_destroy(&other);
}
END_TEST

START_TEST(swapped_visits_mirror_exactly)
{
    cutis_comparison *one = compared("012", "34");
    cutis_comparison *other = compared("34", "012");
    int several = 0;

    for (size_t i = 0; cutis_comparison_at(one, i); i++) {
        const cutis_change *const a = cutis_comparison_at(one, i);
        const cutis_change *const b = cutis_comparison_at(other, i);
        ck_assert(same(a->before, b->after) && same(a->after, b->before));
        ck_assert(same(a->change, -b->change) && same(a->se, b->se));
        ck_assert_uint_eq(a->captures_before, b->captures_after);
        several += a->captures_before == 3 && a->captures_after == 2;
    }
    ck_assert_int_gt(several, 1);
    cutis_comparison_destroy(&one);
    cutis_comparison_destroy(&other);
}
END_TEST

START_TEST(a_visit_against_itself_has_not_changed)
{
    cutis_comparison *made = compared("012", "120");

    for (size_t i = 0; cutis_comparison_at(made, i); i++) {
        const cutis_change *const row = cutis_comparison_at(made, i);
        ck_assert(isnan(row->change) || row->change == 0.0);
        /* Nothing was learnt of repeats: the assumed error stands. */
        ck_assert(isnan(row->df) || row->df == 10.0);
    }
    cutis_comparison_destroy(&made);
}
END_TEST

START_TEST(captures_are_listed_as_given)
{
    cutis_comparison *made = compared("201", "3");
    const cutis_capture *capture;
    size_t n = 0, shown = 0;
    static const int order[] = {2, 0, 1};

    for (; (capture = cutis_comparison_capture_at(made, CUTIS_CHECK_BEFORE, n));
         n++) {
        ck_assert_ptr_eq(capture->info, cutis_photo_info_get(shot[order[n]]));
        ck_assert_uint_eq(capture->used, 1);
        ck_assert_ptr_null(capture->reason);
        shown += capture->shown;
    }
    ck_assert_uint_eq(n, 3);
    ck_assert_uint_eq(shown, 1);
    ck_assert_ptr_null(cutis_comparison_capture_at(made, CUTIS_CHECK_PAIR, 0));
    ck_assert_ptr_null(cutis_comparison_capture_at(NULL, CUTIS_CHECK_AFTER, 0));
    cutis_comparison_destroy(&made);
}
END_TEST

START_TEST(what_is_no_visit_is_refused)
{
    cutis_comparison *made = NULL;

    ck_assert_int_eq(visits(&made, "", "1", NULL, 0), CUTIS_ERROR_ARGUMENT);
    ck_assert_int_eq(visits(&made, "0", "123412341", NULL, 0),
                     CUTIS_ERROR_ARGUMENT);
    ck_assert_int_eq(visits(&made, "010", "2", NULL, 0), CUTIS_ERROR_ARGUMENT);
    ck_assert_ptr_nonnull(
        strstr(cutis_session_error(session), "the same picture"));
    ck_assert_int_eq(visits(&made, "0", "1", "{}", 2), CUTIS_ERROR_ARGUMENT);
    ck_assert_ptr_null(made);
}
END_TEST

/* ---- A site's profile -----------------------------------------------------
 */

struct bytes_of {
    char text[40000];
    size_t size;
};

static int keep(void *user, const void *bytes, size_t size)
{
    struct bytes_of *const into = user;
    if (into->size + size > sizeof(into->text))
        return 1;
    memcpy(into->text + into->size, bytes, size);
    into->size += size;
    return 0;
}

START_TEST(a_profile_goes_round)
{
    static struct bytes_of profile;
    cutis_calibration *calibration = NULL;
    cutis_comparison *same_skin = compared("0", "12345");
    cutis_comparison *without = compared("0", "1"), *with = NULL;
    int narrower = 0;

    ck_assert_int_eq(cutis_calibration_create(session, &calibration), CUTIS_OK);
    ck_assert_int_eq(
        cutis_calibration_write(session, calibration, keep, &profile),
        CUTIS_ERROR_UNSUITABLE);
    for (int i = 0; i < 4; i++)
        ck_assert_int_eq(cutis_calibration_add(session, calibration, same_skin),
                         CUTIS_OK);
    ck_assert_uint_eq(cutis_calibration_people(calibration), 4);
    ck_assert_uint_eq(cutis_calibration_pairs(calibration), 20);
    ck_assert_int_eq(
        cutis_calibration_write(session, calibration, keep, &profile),
        CUTIS_OK);
    ck_assert_int_eq(visits(&with, "0", "1", profile.text, profile.size),
                     CUTIS_OK);
    for (size_t i = 0; cutis_comparison_at(with, i); i++) {
        const cutis_change *const a = cutis_comparison_at(without, i);
        const cutis_change *const b = cutis_comparison_at(with, i);
        ck_assert(same(a->change, b->change));
        ck_assert(isnan(b->df) || b->df == 10.0 || b->df == 20.0);
        narrower += b->df == 20.0 && b->se < a->se;
    }
    ck_assert_int_gt(narrower, 0);
    cutis_comparison_destroy(&same_skin);
    cutis_comparison_destroy(&without);
    cutis_comparison_destroy(&with);
    cutis_calibration_destroy(&calibration);
}
END_TEST

START_TEST(shared_pictures_say_nothing_of_repeats)
{
    cutis_calibration *calibration = NULL;
    cutis_comparison *made = compared("01", "12");

    ck_assert_int_eq(cutis_calibration_create(session, &calibration), CUTIS_OK);
    ck_assert_int_eq(cutis_calibration_add(session, calibration, made),
                     CUTIS_ERROR_UNSUITABLE);
    ck_assert_uint_gt(strlen(cutis_session_error(session)), 20);
    cutis_comparison_destroy(&made);
    cutis_calibration_destroy(&calibration);
}
END_TEST

/* ---- Memory ---------------------------------------------------------------
 */

static size_t allowed;

static void *allocate(void *user, size_t size)
{
    (void)user;
    if (!allowed)
        return NULL;
    allowed--;
    return malloc(size);
}

static void release(void *user, void *block)
{
    (void)user;
    free(block);
}

START_TEST(every_allocation_may_fail)
{
    cutis_options options = CUTIS_OPTIONS_DEFAULT;
    size_t failures = 0, step = 1;
    options.allocator.allocate = allocate;
    options.allocator.release = release;

    tear_down();
    allowed = SIZE_MAX;
    ck_assert_int_eq(cutis_session_create(&options, &session), CUTIS_OK);
    for (int i = 0; i < SHOTS; i++)
        shot[i] = paint((uint64_t)(100 + i));
    for (;; failures += step) {
        cutis_comparison *made = NULL;
        allowed = failures;
        const cutis_status status = visits(&made, "01", "23", NULL, 0);
        if (status == CUTIS_OK) {
            allowed = SIZE_MAX;
            cutis_comparison_destroy(&made);
            break;
        }
        ck_assert_int_eq(status, CUTIS_ERROR_MEMORY);
        ck_assert_ptr_null(made);
        step = failures < 40 ? 1 : 17;
    }
    ck_assert_uint_gt(failures, 20);
    allowed = SIZE_MAX;
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("visits");
    TCase *tests = tcase_create("visits");
    suite_add_tcase(suite, tests);
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, two_photographs_are_the_smallest_visits);
    tcase_add_test(tests, the_order_of_captures_decides_nothing);
    tcase_add_test(tests, swapped_visits_mirror_exactly);
    tcase_add_test(tests, a_visit_against_itself_has_not_changed);
    tcase_add_test(tests, captures_are_listed_as_given);
    tcase_add_test(tests, what_is_no_visit_is_refused);
    tcase_add_test(tests, a_profile_goes_round);
    tcase_add_test(tests, shared_pictures_say_nothing_of_repeats);
    tcase_add_test(tests, every_allocation_may_fail);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
