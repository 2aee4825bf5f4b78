/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The checks without readings, on real photographs: they are a comparison's,
 * and swapping the photographs swaps them exactly.
 */

#include <check.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cutis/cutis.h>

static cutis_session *session;
static cutis_photo *photo[2];

static const char *const pairs[][2] = {
    {"london/005_neutral.jpg", "london/005_smiling.jpg"},
    {"canada/022f.jpg", "canada/054f.jpg"}, /* two people */
};

static bool load(int i, const char *name)
{
    const char *const folder = getenv("CUTIS_SHARED");
    char path[4096];
    snprintf(path, sizeof(path), "%s/photos/%s", folder ? folder : "", name);
    FILE *const file = fopen(path, "rb");
    if (!file) {
        printf("SKIPPED: %s is not there\n", path);
        return false;
    }
    fclose(file);
    ck_assert_int_eq(cutis_photo_load(session, path, NULL, &photo[i]), 0);
    return true;
}

static void set_up(void)
{
    ck_assert_int_eq(cutis_session_create(NULL, &session), CUTIS_OK);
}

static void tear_down(void)
{
    for (int i = 0; i < 2; i++)
        cutis_photo_destroy(&photo[i]);
    cutis_session_destroy(&session);
}

static cutis_suitability *checked(const cutis_photo *a, const cutis_photo *b)
{
    cutis_suitability *made = NULL;
    ck_assert_int_eq(cutis_photos_check(session, a, b, NULL, &made), CUTIS_OK);
    return made;
}

static bool same(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

START_TEST(they_are_those_of_a_comparison)
{
    cutis_comparison *whole = NULL;
    const cutis_check *one, *other;
    size_t i = 0;
    if (!load(0, pairs[_i][0]) || !load(1, pairs[_i][1]))
        return;
    cutis_suitability *alone = checked(photo[0], photo[1]);
    ck_assert_int_eq(
        cutis_photos_compare(session, photo[0], photo[1], NULL, &whole),
        CUTIS_OK);
    for (; (one = cutis_comparison_check_at(whole, i)); i++) {
        other = cutis_suitability_at(alone, i);
        ck_assert_ptr_nonnull(other);
        ck_assert_str_eq(one->id, other->id);
        ck_assert(same(one->value, other->value));
        ck_assert_int_eq(one->verdict, other->verdict);
        ck_assert_str_eq(one->message, other->message);
        ck_assert_uint_eq(one->affects_count, other->affects_count);
    }
    ck_assert_uint_gt(i, 30);
    ck_assert_ptr_null(cutis_suitability_at(alone, i));
    ck_assert_int_eq(cutis_suitability_comparable(alone),
                     cutis_comparison_comparable(whole));
    cutis_comparison_destroy(&whole);
    cutis_suitability_destroy(&alone);
}
END_TEST

/* The same check of the same thing, once the photographs have changed places;
 * the n-th of its kind. */
static const cutis_check *mirror_of(const cutis_suitability *swapped,
                                    const cutis_check *check)
{
    static const cutis_check_scope mirror[] = {
        CUTIS_CHECK_AFTER, CUTIS_CHECK_BEFORE, CUTIS_CHECK_PAIR};
    const cutis_check *other;
    for (size_t i = 0; (other = cutis_suitability_at(swapped, i)); i++)
        if (!strcmp(other->id, check->id) && other->region == check->region &&
            other->scope == mirror[check->scope])
            return other;
    return NULL;
}

START_TEST(swapped_photographs_have_exactly_the_swapped_checks)
{
    const cutis_check *check;
    if (!load(0, pairs[_i][0]) || !load(1, pairs[_i][1]))
        return;
    cutis_suitability *there = checked(photo[0], photo[1]);
    cutis_suitability *back = checked(photo[1], photo[0]);
    for (size_t i = 0; (check = cutis_suitability_at(there, i)); i++) {
        const cutis_check *const other = mirror_of(back, check);
        ck_assert_ptr_nonnull(other);
        ck_assert_msg(same(check->value, other->value), "%s: %.17g %.17g",
                      check->id, check->value, other->value);
        ck_assert_int_eq(check->verdict, other->verdict);
        ck_assert(same(check->limit, other->limit));
        ck_assert_uint_eq(check->affects_count, other->affects_count);
    }
    ck_assert_int_eq(cutis_suitability_comparable(there),
                     cutis_suitability_comparable(back));
    cutis_suitability_destroy(&there);
    cutis_suitability_destroy(&back);
}
END_TEST

START_TEST(another_person_is_a_clear_no_and_a_smile_is_not)
{
    if (!load(0, pairs[_i][0]) || !load(1, pairs[_i][1]))
        return;
    cutis_suitability *found = checked(photo[0], photo[1]);
    ck_assert_int_eq(cutis_suitability_comparable(found) == CUTIS_COMPARABLE_NO,
                     _i == 1);
    cutis_suitability_destroy(&found);
}
END_TEST

static int keep(void *user, const void *bytes, size_t size)
{
    char *const out = user;
    strncat(out, bytes, size < 4000 ? size : 4000);
    return 0;
}

START_TEST(one_photograph_is_asked_alone)
{
    static char words[8192];
    const cutis_check *check;
    if (!load(0, pairs[1][0]))
        return;
    cutis_suitability *found = checked(photo[0], NULL);
    for (size_t i = 0; (check = cutis_suitability_at(found, i)); i++)
        ck_assert_int_eq(check->scope, CUTIS_CHECK_BEFORE);
    /* No card, and nothing else is wrong with it but its size. */
    ck_assert_int_eq(cutis_suitability_comparable(found), CUTIS_COMPARABLE_YES);
    ck_assert_int_eq(
        cutis_suitability_write(session, found, CUTIS_FORMAT_TEXT, keep, words),
        CUTIS_OK);
    ck_assert_ptr_nonnull(strstr(words, "can be compared with another"));
    ck_assert_int_eq(
        cutis_suitability_write(session, found, CUTIS_FORMAT_CSV, keep, words),
        CUTIS_ERROR_UNSUPPORTED);
    cutis_suitability_destroy(&found);
    ck_assert_ptr_null(found);
}
END_TEST

START_TEST(nothing_is_asked_of_nothing)
{
    cutis_suitability *found = NULL;
    ck_assert_int_eq(cutis_photos_check(session, NULL, NULL, NULL, &found),
                     CUTIS_ERROR_ARGUMENT);
    ck_assert_ptr_null(found);
    ck_assert_ptr_null(cutis_suitability_at(NULL, 0));
    ck_assert_int_eq(cutis_suitability_comparable(NULL), CUTIS_COMPARABLE_NO);
    cutis_suitability_destroy(&found);
    cutis_suitability_destroy(NULL);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("suit");
    TCase *cases = tcase_create("suit");
    suite_add_tcase(suite, cases);
    tcase_add_checked_fixture(cases, set_up, tear_down);
    tcase_add_loop_test(cases, they_are_those_of_a_comparison, 0, 2);
    tcase_add_loop_test(
        cases, swapped_photographs_have_exactly_the_swapped_checks, 0, 2);
    tcase_add_loop_test(cases, another_person_is_a_clear_no_and_a_smile_is_not,
                        0, 2);
    tcase_add_test(cases, one_photograph_is_asked_alone);
    tcase_add_test(cases, nothing_is_asked_of_nothing);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
