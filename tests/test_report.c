/* SPDX-License-Identifier: BSD-2-Clause */

/* Words, numbers, JSON, CSV, text: what is written of a report made by hand. */

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/report.h"
#include "report_sample.h"

static struct sample sample;
static struct text text;

static void setup(void)
{
    sample_open(&sample);
    text = (struct text){.memory = &sample.tools.memory};
}

static void teardown(void)
{
    ct_text_free(&text);
    sample_close(&sample);
    ck_assert_uint_eq(atomic_load(&sample.tools.memory.used), 0);
}

static const char *said(void)
{
    return text.bytes ? text.bytes : "";
}

static void forget(void)
{
    ct_text_free(&text);
}

/* ---- Words and numbers --------------------------------------------------- */

START_TEST(what_a_page_shows_is_escaped)
{
    ct_escape(&text, "<a href='x'>\"R&D\"</a>\x01\x7f\xff \xc2\xb5m");
    ck_assert_str_eq(said(), "&lt;a href=&#39;x&#39;&gt;&quot;R&amp;D&quot;"
                             "&lt;/a&gt;\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd "
                             "\xc2\xb5m");
}
END_TEST

/* Overlong, surrogate, beyond Unicode, cut short: RFC 3629. */
START_TEST(bytes_that_are_not_utf8_are_replaced_one_by_one)
{
    static const char *const wrong[] = {"\xc0\xaf", "\xed\xa0\x80",
                                        "\xf4\x90\x80\x80", "\xe2\x82"};
    static const int bytes[] = {2, 3, 4, 2};
    for (int i = 0; i < 4; i++) {
        const char *at = wrong[i];
        for (int k = 0; k < bytes[i]; k++)
            ck_assert_uint_eq(ct_character(&at), 0xFFFD);
        ck_assert_int_eq(*at, 0);
    }
    const char *euro = "\xe2\x82\xac\xf0\x9f\x98\x80";
    ck_assert_uint_eq(ct_character(&euro), 0x20AC);
    ck_assert_uint_eq(ct_character(&euro), 0x1F600);
}
END_TEST

static const struct {
    double value;
    int decimals;
    enum ct_sign sign;
    const char *shown;
} numbers[] = {
    {-1.25, 1, CT_SIGN_MINUS,
     "\xe2\x88\x92"
     "1.2"},
    {3.0, 0, CT_SIGN_ALWAYS, "+3"},
    {3.0, 2, CT_SIGN_MINUS, "3.00"},
    {-0.004, 2, CT_SIGN_ALWAYS, "0.00"},
    {0.0, 0, CT_SIGN_ALWAYS, "0"},
    {NAN, 2, CT_SIGN_ALWAYS, "\xe2\x80\x93"},
    {INFINITY, 2, CT_SIGN_ALWAYS, "\xe2\x80\x93"},
};

START_TEST(numbers_have_a_true_minus_and_nothing_has_a_dash)
{
    ct_say_number(&text, numbers[_i].value, numbers[_i].decimals,
                  numbers[_i].sign);
    ck_assert_str_eq(said(), numbers[_i].shown);
}
END_TEST

START_TEST(decimals_show_two_digits_of_the_resolution)
{
    ck_assert_int_eq(ct_decimals(12.0), 0);
    ck_assert_int_eq(ct_decimals(1.2), 1);
    ck_assert_int_eq(ct_decimals(0.12), 2);
    ck_assert_int_eq(ct_decimals(0.000012), 4);
    ck_assert_int_eq(ct_decimals(NAN), 2);
    ck_assert_int_eq(ct_decimals_of(123.4), 0);
    ck_assert_int_eq(ct_decimals_of(-12.34), 1);
    ck_assert_int_eq(ct_decimals_of(1.234), 2);
}
END_TEST

START_TEST(a_clause_loses_its_full_stop_and_keeps_abbreviations)
{
    ct_say_clause(&text, "The face turned. ", CT_CASE_SMALL);
    ct_text_put(&text, "|");
    ct_say_clause(&text, "ITA changed.", CT_CASE_SMALL);
    ct_text_put(&text, "|");
    ct_say_clause(&text, "too early", CT_CASE_CAPITAL);
    ct_text_put(&text, "|");
    ct_say_clause(&text, "", CT_CASE_CAPITAL);
    ck_assert_str_eq(said(), "the face turned|ITA changed|Too early|");
}
END_TEST

/* A ratio that shows from a quarter more shows from a fifth less. */
START_TEST(what_shows_is_as_far_on_a_log_scale_either_way)
{
    static const cutis_metric metric = {.name = "m", .title = "M"};
    ct_say_mdc(&text, &(cutis_change){.metric = &metric,
                                      .unit = "cOD",
                                      .scale = CUTIS_LOG,
                                      .mdc95 = 0.25});
    ct_text_put(&text, "; ");
    ct_say_mdc(&text, &(cutis_change){.metric = &metric,
                                      .unit = "H",
                                      .scale = CUTIS_LINEAR,
                                      .mdc95 = 12});
    ck_assert_str_eq(said(), "\xe2\x88\x92"
                             "20/+25 %; \xc2\xb1"
                             "12 H");
}
END_TEST

/* ---- JSON ---------------------------------------------------------------- */

START_TEST(json_has_its_commas_and_escapes)
{
    struct json json = {.out = &text};
    const double pair[2] = {NAN, -0.5};
    ct_json_open(&json, '{');
    ct_json_put_string(&json, "a\"\\\n", "\x01\xff");
    ct_json_put_pair(&json, "pair", pair);
    ct_json_key(&json, "list");
    ct_json_open(&json, '[');
    ct_json_open(&json, '{');
    ct_json_put_flag(&json, "x", true);
    ct_json_put_string(&json, "y", NULL);
    ct_json_close(&json);
    ct_json_number(&json, INFINITY);
    ct_json_close(&json);
    ct_json_close(&json);
    ck_assert_str_eq(said(),
                     "{\n  \"a\\\"\\\\\\u000a\": \"\\u0001\xef\xbf\xbd\",\n"
                     "  \"pair\": [\n    null,\n    -0.5\n  ],\n"
                     "  \"list\": [\n    {\"x\": true, \"y\": null},\n"
                     "    null\n  ]\n}\n");
}
END_TEST

START_TEST(json_numbers_read_back_as_the_same_double)
{
    struct json json = {.out = &text};
    uint64_t state = 88172645463325252U;
    for (int i = 0; i < 20000; i++) {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        double value;
        memcpy(&value, &state, sizeof(value));
        text.size = 0;
        ct_json_number(&json, value);
        if (isfinite(value))
            ck_assert_double_eq(strtod(said(), NULL), value);
        else
            ck_assert_str_eq(said(), "null");
    }
}
END_TEST

/* ---- CSV ----------------------------------------------------------------- */

/* Cells of the line at *at, moving past it; quotes as RFC 4180 has them. */
static int cells(const char **at)
{
    int count = 1;
    bool quoted = false;
    for (; **at && (quoted || **at != '\n'); ++*at) {
        quoted ^= **at == '"';
        count += **at == ',' && !quoted;
    }
    *at += **at == '\n';
    return count;
}

START_TEST(csv_has_a_row_a_metric_and_region_and_even_columns)
{
    const struct report *const report = _i ? &sample.single : &sample.report;
    strcpy(sample.outcome.reason[CT_PORE_DENSITY][0], "a, \"b\"\nc");
    strcpy(sample.readings[0].of[CT_PORE_DENSITY][0].reason, "a, \"b\"\nc");
    ck_assert_int_eq(ct_report_csv(&text, report, &sample.tools), CUTIS_OK);
    const char *at = said();
    const int columns = cells(&at);
    int rows = 0;
    for (; *at; rows++)
        ck_assert_int_eq(cells(&at), columns);
    ck_assert_int_eq(columns, _i ? 10 : 22);
    ck_assert_int_eq(rows, CT_METRICS * CT_REGIONS);
    ck_assert_ptr_nonnull(strstr(said(), ",\"a, \"\"b\"\"\nc\"\n"));
    ck_assert_ptr_null(strstr(said(), "nan"));
    ck_assert_ptr_null(strstr(said(), "null"));
}
END_TEST

/* Line `index` of what was said, and how long it is. */
static const char *line_of(int index, size_t *size)
{
    const char *at = said();
    while (index--)
        at += strcspn(at, "\n") + 1;
    *size = strcspn(at, "\n");
    return at;
}

START_TEST(columns_are_the_first_line_of_their_table)
{
    static const struct {
        cutis_format format;
        cutis_status (*write)(struct text *, const struct report *,
                              struct tools *);
        int columns, rows;
    } tables[] = {
        {CUTIS_FORMAT_CSV, ct_report_csv, 22, CT_METRICS * CT_REGIONS},
        {CUTIS_FORMAT_ROW, ct_report_row, 12 + 18 * CT_METRICS, 1},
    };
    char *first;
    size_t size;

    ck_assert_int_eq(ct_report_columns(&text, tables[_i].format, &sample.tools),
                     CUTIS_OK);
    const char *at = line_of(0, &size);
    first = strndup(at, size + 1);
    ck_assert_int_eq(cells(&at), tables[_i].columns);
    ck_assert_str_eq(at, "");
    ct_text_free(&text);

    ck_assert_int_eq(tables[_i].write(&text, &sample.report, &sample.tools),
                     CUTIS_OK);
    ck_assert(!strncmp(said(), first, strlen(first)));
    at = line_of(1, &size);
    int rows = 0;
    for (; *at; rows++)
        ck_assert_int_eq(cells(&at), tables[_i].columns);
    ck_assert_int_eq(rows, tables[_i].rows);
    free(first);
}
END_TEST

START_TEST(a_row_has_the_score_and_names_the_checks_that_do_not_pass)
{
    sample_check(&sample, "focus", CUTIS_CHECK_AFTER, CUTIS_CHECK_FAIL, "");
    sample_check(&sample, "light", CUTIS_CHECK_PAIR, CUTIS_CHECK_FAIL, "");
    ck_assert_int_eq(ct_report_row(&text, &sample.report, &sample.tools),
                     CUTIS_OK);
    ck_assert_ptr_nonnull(strstr(said(), "after.focus pair.light,"));
    ck_assert_int_eq(ct_report_columns(&text, CUTIS_FORMAT_JSON, &sample.tools),
                     CUTIS_ERROR_UNSUPPORTED);
}
END_TEST

/* ---- Text ---------------------------------------------------------------- */

START_TEST(text_fits_80_columns_and_says_the_answer_first)
{
    ck_assert_int_eq(ct_report_text(&text, &sample.report, &sample.tools),
                     CUTIS_OK);
    static const char answer[] =
        "Redness improved, with 95 % confidence: the score is +8";
    ck_assert_int_eq(strncmp(said(), answer, sizeof(answer) - 1), 0);
    char *line = strtok(text.bytes, "\n");
    const char *last = line;
    for (; line; line = strtok(NULL, "\n")) {
        ck_assert_msg(ct_columns(line) <= 80, "%s", line);
        last = line;
    }
    ck_assert_str_eq(last, "This is a measurement of photographs, not a "
                           "diagnosis.");
}
END_TEST

START_TEST(text_says_why_something_was_not_measured)
{
    ct_report_text(&text, &sample.report, &sample.tools);
    ck_assert_ptr_nonnull(
        strstr(said(), "not measurable: 3.2 px/mm, pores need 12"));
    ck_assert_ptr_nonnull(
        strstr(said(), "not comparable: the expression differs"));
    forget();
    ct_report_text(&text, &sample.single, &sample.tools);
    ck_assert_ptr_nonnull(strstr(said(), "11 of 13 metrics could be measured"));
    ck_assert_ptr_nonnull(
        strstr(said(), "not measurable: 3.2 px/mm, pores need 12"));
}
END_TEST

START_TEST(text_names_forms_by_words)
{
    sample.outcome.component[0].metric = ct_metric(CT_TEXTURE);
    sample.outcome.component[0].reading = "R_scar";
    ct_report_text(&text, &sample.report, &sample.tools);
    ck_assert_ptr_nonnull(strstr(said(), "\nRoughness, coarse "));
    ck_assert_ptr_null(strstr(said(), "R_scar"));
}
END_TEST

static const struct {
    cutis_comparable comparable;
    cutis_verdict verdict;
    double score;
    const char *reason, *begins;
} answers[] = {
    {CUTIS_COMPARABLE_YES, CUTIS_VERDICT_WORSE, -20.0, NULL,
     "Redness got worse, with 95 % confidence: the score is \xe2\x88\x92"
     "20 (95 % interval +3 to +13)"},
    {CUTIS_COMPARABLE_YES, CUTIS_VERDICT_NO_MEASURABLE_CHANGE, 0.0, NULL,
     "No measurable change in redness: the score is 0 "},
    {CUTIS_COMPARABLE_YES, CUTIS_VERDICT_NO_RELEVANT_CHANGE, 1.0, NULL,
     "No relevant change in redness: "},
    {CUTIS_COMPARABLE_YES, CUTIS_VERDICT_INCONCLUSIVE, 1.0, NULL,
     "These photographs cannot tell whether redness changed: "},
    {CUTIS_COMPARABLE_YES, CUTIS_VERDICT_NOT_MEASURABLE, NAN,
     "Not scoreable: only 40 % of it could be compared.",
     "No overall verdict: only 40 % of it could be compared."},
    {CUTIS_COMPARABLE_YES, CUTIS_VERDICT_TOO_EARLY, 5.0,
     "5 days after the treatment; come again.",
     "Too early to judge: 5 days after the treatment."},
    {CUTIS_COMPARABLE_NO, CUTIS_VERDICT_NOT_COMPARABLE, NAN, "Whatever.",
     "These photographs cannot be compared: the expression differs."},
};

START_TEST(the_answer_says_the_verdict_and_its_certainty)
{
    sample.outcome.comparable = answers[_i].comparable;
    sample.outcome.score.verdict = answers[_i].verdict;
    sample.outcome.score.score = answers[_i].score;
    sample.outcome.score.reason = answers[_i].reason;
    ct_say_answer(&text, &sample.report);
    ck_assert_msg(
        !strncmp(said(), answers[_i].begins, strlen(answers[_i].begins)), "%s",
        said());
    ck_assert_int_eq(said()[text.size - 1], '.');
}
END_TEST

START_TEST(the_support_lists_every_metric_once)
{
    ct_say_support(&text, &sample.report);
    ck_assert_ptr_nonnull(strstr(said(), "Improved: redness."));
    for (int m = 0; m < CT_METRICS; m++) {
        const char *const title = ct_metric(m)->title + 1;
        const char *const at = strstr(said(), title);
        ck_assert_msg(at, "%s", title);
    }
}
END_TEST

/* ---- Secrets ------------------------------------------------------------- */

enum { FORMS = 9 };

static cutis_status write_form(int form)
{
    struct tools *const tools = &sample.tools;
    switch (form) {
    case 0:
        return ct_report_text(&text, &sample.report, tools);
    case 1:
        return ct_report_json(&text, &sample.report, tools);
    case 2:
        return ct_report_csv(&text, &sample.report, tools);
    case 3:
        return ct_report_html(&text, &sample.report, tools);
    case 4:
        return ct_report_text(&text, &sample.single, tools);
    case 5:
        return ct_report_json(&text, &sample.single, tools);
    case 6:
        return ct_report_inspect(&text, &sample.single, CUTIS_FORMAT_TEXT,
                                 tools);
    case 7:
        return ct_report_inspect(&text, &sample.single, CUTIS_FORMAT_JSON,
                                 tools);
    default:
        return ct_report_inspect(&text, &sample.single, CUTIS_FORMAT_CSV,
                                 tools);
    }
}

START_TEST(what_the_camera_wrote_is_in_no_output)
{
    static const char *const secrets[] = {
        "SECRET", "1987",  "04:03", "0.0123", "34567",
        "7.654",  "98.76", "87.65", "4.5678",
    };
    sample_plant_metadata(&sample);
    ck_assert_int_eq(write_form(_i), CUTIS_OK);
    ck_assert_uint_gt(text.size, 100);
    for (size_t i = 0; i < sizeof(secrets) / sizeof(*secrets); i++)
        ck_assert_msg(!strstr(said(), secrets[i]), "form %d tells %s", _i,
                      secrets[i]);
}
END_TEST

START_TEST(a_report_that_finds_no_memory_says_so_and_leaks_nothing)
{
    const size_t held = atomic_load(&sample.tools.memory.used);
    ck_assert_int_eq(write_form(_i), CUTIS_OK);
    const size_t needed = atomic_load(&sample.tools.memory.peak);
    forget();
    for (size_t limit = held; limit < needed;
         limit += 1 + (needed - held) / 97) {
        sample.tools.memory.limit = limit;
        ck_assert_int_eq(write_form(_i), CUTIS_ERROR_MEMORY);
        forget();
        text.failed = 0;
        ck_assert_uint_eq(atomic_load(&sample.tools.memory.used), held);
        ck_assert_str_ne(sample.tools.sentence, "");
    }
}
END_TEST

START_TEST(one_photograph_has_no_page)
{
    ck_assert_int_eq(ct_report_inspect(&text, &sample.single, CUTIS_FORMAT_HTML,
                                       &sample.tools),
                     CUTIS_ERROR_UNSUPPORTED);
}
END_TEST

static Suite *suite(void)
{
    Suite *const report = suite_create("report");
    TCase *const words = tcase_create("words");
    tcase_add_checked_fixture(words, setup, teardown);
    tcase_add_test(words, what_a_page_shows_is_escaped);
    tcase_add_test(words, bytes_that_are_not_utf8_are_replaced_one_by_one);
    tcase_add_loop_test(words, numbers_have_a_true_minus_and_nothing_has_a_dash,
                        0, (int)(sizeof(numbers) / sizeof(*numbers)));
    tcase_add_test(words, decimals_show_two_digits_of_the_resolution);
    tcase_add_test(words, what_shows_is_as_far_on_a_log_scale_either_way);
    tcase_add_test(words, a_clause_loses_its_full_stop_and_keeps_abbreviations);
    suite_add_tcase(report, words);

    TCase *const forms = tcase_create("forms");
    tcase_add_checked_fixture(forms, setup, teardown);
    tcase_add_test(forms, json_has_its_commas_and_escapes);
    tcase_add_test(forms, json_numbers_read_back_as_the_same_double);
    tcase_add_loop_test(
        forms, csv_has_a_row_a_metric_and_region_and_even_columns, 0, 2);
    tcase_add_loop_test(forms, columns_are_the_first_line_of_their_table, 0, 2);
    tcase_add_test(forms,
                   a_row_has_the_score_and_names_the_checks_that_do_not_pass);
    tcase_add_test(forms, text_fits_80_columns_and_says_the_answer_first);
    tcase_add_test(forms, text_says_why_something_was_not_measured);
    tcase_add_test(forms, text_names_forms_by_words);
    tcase_add_loop_test(forms, the_answer_says_the_verdict_and_its_certainty, 0,
                        (int)(sizeof(answers) / sizeof(*answers)));
    tcase_add_test(forms, the_support_lists_every_metric_once);
    tcase_add_loop_test(forms, what_the_camera_wrote_is_in_no_output, 0, FORMS);
    tcase_add_loop_test(forms,
                        a_report_that_finds_no_memory_says_so_and_leaks_nothing,
                        0, FORMS);
    tcase_add_test(forms, one_photograph_has_no_page);
    suite_add_tcase(report, forms);
    return report;
}

int main(void)
{
    SRunner *const runner = srunner_create(suite());
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
