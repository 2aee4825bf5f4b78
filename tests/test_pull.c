/* SPDX-License-Identifier: BSD-2-Clause */

/* JSON read piece by piece, where it ends too soon or goes on too long; and a
 * site's profile at its limits. */

#include <stdio.h>
#include <stdlib.h>

#include "progress_scene.h"
#include "util/pull.h"

static struct pull begin(const char *text)
{
    return ct_pull_begin(text, strlen(text));
}

START_TEST(what_failed_says_no_from_then_on)
{
    char word[8] = "x";
    struct pull pull = begin("? {\"a\": [1]}");

    ct_pull_skip(&pull);
    ck_assert(pull.failed);
    pull = begin("{\"a\": [1]}");
    pull.failed = true;
    ck_assert(!ct_pull_open(&pull, '{'));
    ck_assert(!ct_pull_next(&pull));
    pull = begin("\"a\"");
    pull.failed = true;
    ct_pull_string(&pull, word, sizeof(word));
    ck_assert_str_eq(word, "");
    ck_assert(!ct_pull_end(&pull));
}
END_TEST

START_TEST(nothing_goes_on_where_nothing_is_open)
{
    struct pull pull = begin("1, 2");

    ck_assert(!ct_pull_next(&pull));
    ck_assert(!pull.failed);
    pull = begin("[]");
    ck_assert(ct_pull_open(&pull, '['));
    ck_assert(!ct_pull_next(&pull));
    ck_assert(ct_pull_end(&pull));
    pull = begin("[");
    ck_assert(ct_pull_open(&pull, '['));
    ck_assert(!ct_pull_end(&pull));
    pull = begin("[]]");
    ck_assert(ct_pull_open(&pull, '['));
    ck_assert(!ct_pull_next(&pull));
    ck_assert(!ct_pull_end(&pull));
}
END_TEST

START_TEST(levels_have_an_end)
{
    char deep[CT_PULL_DEPTH + 2] = "";
    struct pull pull = begin(deep);

    memset(deep, '[', CT_PULL_DEPTH + 1);
    pull = begin(deep);
    for (int i = 1; i < CT_PULL_DEPTH; i++)
        ck_assert(ct_pull_open(&pull, '['));
    ck_assert(!ct_pull_open(&pull, '['));
    ck_assert(pull.failed);
}
END_TEST

/* The number that is all of a text; NaN where it is none. */
static double number(const char *text)
{
    struct pull pull = begin(text);
    const double value = ct_pull_number(&pull);

    return ct_pull_end(&pull) ? value : NAN;
}

START_TEST(exponents_have_a_sign_or_none)
{
    ck_assert_double_eq(number("25e+1"), 250.0);
    ck_assert_double_eq(number("25E1"), 250.0);
    ck_assert_double_eq(number("25e-1"), 2.5);
    ck_assert_double_eq(number("1e0000000000000000002"), 100.0);
    ck_assert_double_eq(number("0e99999999999999999999"), 0.0);
    ck_assert(isinf(number("1e99999999999999999999")));
    ck_assert_double_eq(number("1e-99999999999999999999"), 0.0);
    static const char *const bad[] = {"25e",   "25e+", "25e-",
                                      "25e*1", "+1",   "25e+-1"};
    for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
        ck_assert_msg(isnan(number(bad[i])), "%s", bad[i]);
}
END_TEST

/* ---- A profile of a site ------------------------------------------------- */

static struct tools tools;

/* A profile with `errors` in it and `tail` blanks behind. */
static cutis_status read_profile(struct site *site, const char *errors,
                                 size_t tail)
{
    char *text = NULL;
    size_t size;
    FILE *const file = open_memstream(&text, &size);

    fprintf(file,
            "{\"schema\": \"cutis.site-profile/1\", \"landmarks\": [\"found\"],"
            "\"tool\": {\"profile\": \"%s\"}, \"people\": 12, \"pairs\": 24,"
            "\"px_per_mm\": [10, 12.5], \"errors\": [%s]}",
            cutis_profile(), errors);
    for (size_t i = 0; i < tail; i++)
        fputc(' ', file);
    fclose(file);
    const cutis_status status = ct_site_read(site, text, size, &tools);
    free(text);
    return status;
}

START_TEST(a_profile_has_so_many_bytes_and_errors)
{
    static struct site site;
    char *errors = NULL;
    size_t size;

    ck_assert_int_eq(read_profile(&site, "", 1000), CUTIS_OK);
    ck_assert_int_eq(read_profile(&site, "", CT_SITE_BYTES),
                     CUTIS_ERROR_ARGUMENT);
    for (int more = 0; more < 2; more++) {
        FILE *const file = open_memstream(&errors, &size);
        for (int i = 0; i < CT_SITE_ERRORS + more; i++)
            fprintf(file,
                    "%s{\"metric\": \"shine\", \"reading\": \"r%d\", "
                    "\"area\": \"large\", \"s0\": 1, \"df\": 4}",
                    i ? "," : "", i);
        fclose(file);
        ck_assert_int_eq(read_profile(&site, errors, 0),
                         more ? CUTIS_ERROR_ARGUMENT : CUTIS_OK);
        free(errors);
    }
}
END_TEST

START_TEST(a_reading_without_a_form_has_no_error_of_its_own)
{
    static struct site site;

    ck_assert_int_eq(read_profile(&site,
                                  "{\"metric\": \"shine\", \"reading\": \"r\","
                                  "\"area\": \"large\", \"s0\": 1, \"df\": 4}",
                                  0),
                     CUTIS_OK);
    ck_assert_ptr_eq(ct_site_find(&site, CT_SHINE, "r", CT_LARGE), &site.of[0]);
    ck_assert_ptr_null(ct_site_find(&site, CT_SHINE, NULL, CT_LARGE));
    ck_assert_ptr_null(ct_site_find(&site, CT_FLAKES, "r", CT_LARGE));
    ck_assert_ptr_null(ct_site_find(NULL, CT_SHINE, "r", CT_LARGE));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("pull");
    TCase *tests = tcase_create("pull");
    suite_add_tcase(suite, tests);
    tcase_add_test(tests, what_failed_says_no_from_then_on);
    tcase_add_test(tests, nothing_goes_on_where_nothing_is_open);
    tcase_add_test(tests, levels_have_an_end);
    tcase_add_test(tests, exponents_have_a_sign_or_none);
    tcase_add_test(tests, a_profile_has_so_many_bytes_and_errors);
    tcase_add_test(tests, a_reading_without_a_form_has_no_error_of_its_own);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
