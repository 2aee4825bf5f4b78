/* SPDX-License-Identifier: BSD-2-Clause */

/* What `cutis check` says in a terminal, and how sentences are filled. */

#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "progress/progress.h"
#include "report/report.h"
#include "report_sample.h"

static struct sample sample;
static struct text text;

static void set_up(void)
{
    sample_open(&sample);
    text = (struct text){.memory = &sample.tools.memory};
}

static void tear_down(void)
{
    ct_text_free(&text);
    sample_close(&sample);
}

static const char *said(void)
{
    return text.bytes ? text.bytes : "";
}

/* A limit of 0 asks yes or no; regions that came out alike stand together; a
 * face that is small shows colours all the same. */
START_TEST(checks_alone_are_said_once_and_without_empty_numbers)
{
    struct checks *const checks = &sample.outcome.checks;
    struct report report = sample.report;
    checks->count = 0;
    sample_check(&sample, "resolution", CUTIS_CHECK_PAIR, CUTIS_CHECK_FAIL,
                 "Too small for pores.");
    checks->removes[0] = 1 << CT_PORE_DENSITY;
    sample_check(&sample, "damaged", CUTIS_CHECK_PAIR, CUTIS_CHECK_PASS,
                 "The file is complete.");
    checks->of[1].limit = 0.0;
    for (int i = 2; i < 5; i++) {
        sample_check(&sample, "coverage", CUTIS_CHECK_PAIR,
                     i < 4 ? CUTIS_CHECK_WARN : CUTIS_CHECK_PASS,
                     i < 4 ? "Hair hides skin." : "Little hides the skin.");
        checks->of[i].region = ct_region(i);
        checks->of[i].value = 0.1 * (i + 2);
    }
    report.outcome = NULL;
    report.checks = checks;
    sample.facts[0].readings = sample.facts[1].readings = NULL;
    ck_assert_int_eq(ct_report_text(&text, &report, &sample.tools), CUTIS_OK);
    ck_assert(strstr(said(), "colours and spots can be compared"));
    ck_assert(strstr(said(), " damaged\n"));
    const char *const first = strstr(said(), "Hair hides skin.");
    ck_assert_ptr_nonnull(first);
    ck_assert_ptr_null(strstr(first + 1, "Hair hides skin."));
    ck_assert(strstr(said(), "Right cheek 0.500\n"));
    ck_assert(strstr(said(), "Little hides the skin."));
}
END_TEST

START_TEST(numbers_in_sentences_are_rounded_and_never_minus_zero)
{
    char room[CT_FIXED];

    ck_assert_str_eq(ct_fixed(room, 1.25, 1), "1.3");
    ck_assert_str_eq(ct_fixed(room, -0.04, 1), "0.0");
    ck_assert_str_eq(ct_fixed(room, -2.06, 1), "-2.1");
    ck_assert_str_eq(ct_fixed(room, 12.0, 0), "12");
    ck_assert_str_eq(ct_fixed(room, 0.0022, 4), "0.0022");
    ck_assert_str_eq(ct_fixed(room, NAN, 1), "?");
    ck_assert_str_eq(ct_fixed(room, 1e300, 1), "?");
    ck_assert_str_eq(ct_days(room, 1.0), "1 day");
    ck_assert_str_eq(ct_days(room, 30.0), "30 days");
    ck_assert_str_eq(ct_days(room, 0.0), "0 days");
}
END_TEST

START_TEST(a_sentence_is_filled_and_never_overrun)
{
    char out[12];

    ct_sentence_fill(out, sizeof(out), "a {} b {}.", "cd");
    ck_assert_str_eq(out, "a cd b cd.");
    ct_sentence_fill(out, sizeof(out), "{}", "0123456789abcdef");
    ck_assert_str_eq(out, "0123456789a");
    ct_sentence_fill(out, sizeof(out), "0123456789abcdef", "");
    ck_assert_str_eq(out, "0123456789a");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("check_text");
    TCase *all = tcase_create("all");
    tcase_add_checked_fixture(all, set_up, tear_down);
    tcase_add_test(all, checks_alone_are_said_once_and_without_empty_numbers);
    tcase_add_test(all, numbers_in_sentences_are_rounded_and_never_minus_zero);
    tcase_add_test(all, a_sentence_is_filled_and_never_overrun);
    suite_add_tcase(suite, all);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
