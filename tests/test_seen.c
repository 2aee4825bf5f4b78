/* SPDX-License-Identifier: BSD-2-Clause */

/* The page of visits over time: what it says first, and of checks. */

#include <check.h>
#include <math.h>
#include <string.h>

#include "report/series.h"
#include "report_sample.h"

#define MINUS "\xe2\x88\x92"
#define OPEN  "\xe2\x80\x9c"
#define CLOSE "\xe2\x80\x9d"

static struct sample sample;
static struct sample_series series;
static struct text text;

static void setup(void)
{
    sample_open(&sample);
    text = (struct text){.memory = &sample.tools.memory};
}

static void teardown(void)
{
    ct_text_free(&text);
    sample_course_close(&series);
    sample_close(&sample);
    ck_assert_uint_eq(atomic_load(&sample.tools.memory.used), 0);
}

static const char *page(void)
{
    sample_course(&series, &sample);
    ck_assert_int_eq(ct_series_html(&text, &series.course, &sample.tools),
                     CUTIS_OK);
    return text.bytes;
}

static int count(const char *in, const char *what)
{
    int found = 0;
    for (; (in = strstr(in, what)); in += strlen(what))
        found++;
    return found;
}

/* ---- What lasts ---------------------------------------------------------- */

/* Redness is lower by `fall` at the visit, between 2 and 7 H. */
static void lay(int visit, double fall, cutis_verdict verdict)
{
    cutis_change *const row =
        &series.outcome[visit].change[CT_REDNESS][CT_FACE_REGION];
    *row = (cutis_change){.metric = row->metric,
                          .region = row->region,
                          .unit = "H",
                          .change = -fall,
                          .ci95 = {-7.0, -2.0},
                          .mdc95 = 2.5,
                          .verdict = verdict};
}

START_TEST(what_lasts_is_said_with_how_much_it_is)
{
    sample_course(&series, &sample);
    cutis_trend *const trend = &series.course.trend[CT_REDNESS][CT_FACE_REGION];
    for (int m = 0; m < CT_METRICS; m++)
        series.course.trend[m][CT_FACE_REGION].sustained_from = -1;
    trend->sustained = CUTIS_VERDICT_IMPROVED;
    trend->sustained_from = 2;
    lay(2, 4.0, CUTIS_VERDICT_IMPROVED);
    lay(3, 5.0, CUTIS_VERDICT_IMPROVED);
    ct_say_series_support(&text, &series.course);
    ck_assert_ptr_nonnull(strstr(
        text.bytes, "Redness has been better than the baseline since the "
                    "visit " OPEN "30 days]]>" CLOSE ": " MINUS
                    "5.0 H (95 % interval " MINUS "7.0 to " MINUS
                    "2.0) at " OPEN "=12 weeks, 'last'" CLOSE "."));
    /* A last visit that says nothing is not spoken for. */
    lay(3, 5.0, CUTIS_VERDICT_TOO_EARLY);
    text.size = 0;
    ct_say_series_support(&text, &series.course);
    ck_assert_ptr_nonnull(strstr(text.bytes, ": " MINUS "4.0 H (95 %"));
    ck_assert_ptr_nonnull(strstr(text.bytes, "at " OPEN "30 days]]>" CLOSE));
}
END_TEST

START_TEST(what_weighs_most_comes_first)
{
    static const char redness[] = "<th scope=\"col\" class=\"number\">Redness<";
    static const char area[] = "<th scope=\"col\" class=\"number\">Red area<";
    const char *html = page();
    ck_assert(strstr(html, redness) < strstr(html, area));
    sample_course_close(&series);
    sample.outcome.component[0].weight = 0.2;
    sample.outcome.component[1].weight = 0.8;
    text.size = 0;
    html = page();
    ck_assert(strstr(html, area) < strstr(html, redness));
    ck_assert_int_eq(count(html, redness), 1);
    ck_assert_int_eq(count(html, area), 1);
}
END_TEST

/* ---- Redness while skin heals -------------------------------------------- */

enum { DAY = 1, MONTH, LAST };
#define ROSE "Redness rose after the treatment (+"
#define BACK " and was back within what repeat photographs show at " OPEN

/* What is said of redness that is other by this much at the three visits, where
 * repeat photographs show 2.5. */
static const char *told_of(double day, double month, double last)
{
    const double change[] = {NAN, day, month, last};
    for (int m = 0; m < CT_METRICS; m++)
        series.course.trend[m][CT_FACE_REGION].sustained_from = -1;
    for (int i = DAY; i <= LAST; i++)
        if (series.course.of[i]->outcome)
            lay(i, -change[i], CUTIS_VERDICT_INCONCLUSIVE);
    text.size = 0;
    ct_say_series_support(&text, &series.course);
    return text.bytes;
}

START_TEST(redness_is_back_where_it_is_not_up_again)
{
    sample_course(&series, &sample);
    const char *said = told_of(8.0, 2.0, 1.0);
    ck_assert_ptr_nonnull(strstr(said, ROSE "8.0 H at " OPEN "1 day <!--"));
    ck_assert_ptr_nonnull(strstr(said, BACK "30 days]]>" CLOSE "."));
    said = told_of(8.0, 3.0, -4.0); /* up, then lower than it was */
    ck_assert_ptr_nonnull(strstr(said, BACK "=12 weeks, 'last'" CLOSE "."));
    said = told_of(8.0, 1.0, 3.0);
    ck_assert_ptr_nonnull(strstr(said, ROSE "8.0 H at"));
    ck_assert_ptr_null(strstr(said, " and was back"));
    said = told_of(2.5, 8.0, 8.0); /* no more than repeats; then late */
    ck_assert_ptr_null(strstr(said, ROSE));
}
END_TEST

START_TEST(a_visit_that_knows_nothing_ends_no_redness)
{
    sample_course(&series, &sample);
    const char *said = told_of(8.0, NAN, 1.0);
    ck_assert_ptr_nonnull(strstr(said, BACK "=12 weeks, 'last'" CLOSE "."));
    ck_assert_ptr_null(strstr(told_of(8.0, NAN, NAN), " and was back"));

    series.course.of[MONTH]->outcome = NULL;
    said = told_of(8.0, 0.0, 1.0);
    ck_assert_ptr_nonnull(strstr(said, BACK "=12 weeks, 'last'" CLOSE "."));
    ck_assert_ptr_null(strstr(told_of(8.0, 0.0, NAN), " and was back"));
}
END_TEST

START_TEST(the_most_redness_while_skin_heals_is_said)
{
    sample_course(&series, &sample);
    series.visit[MONTH].about.phase = CUTIS_PHASE_HEALING;
    const char *said = told_of(8.0, 9.0, 1.0);
    ck_assert_ptr_nonnull(strstr(said, ROSE "9.0 H at " OPEN "30 days"));
    ck_assert_ptr_nonnull(strstr(said, BACK "=12 weeks"));
    said = told_of(8.0, 7.0, 1.0);
    ck_assert_ptr_nonnull(strstr(said, ROSE "8.0 H at " OPEN "1 day"));
    ck_assert_ptr_nonnull(strstr(said, BACK "=12 weeks"));
}
END_TEST

/* ---- Checks -------------------------------------------------------------- */

static void check(const char *id, cutis_check_scope scope, const char *message)
{
    sample_check(&sample, id, scope, CUTIS_CHECK_FAIL, message);
}

START_TEST(a_check_of_both_photographs_is_said_once)
{
    check("resolution", CUTIS_CHECK_BEFORE, "Too small by one.");
    check("resolution", CUTIS_CHECK_AFTER, "Too small by two.");
    check("damaged", CUTIS_CHECK_BEFORE, "Cut short.");
    check("grey", CUTIS_CHECK_AFTER, "Without colour.");
    const char *const html = page();
    ck_assert_int_eq(count(html, "Too small by"), 1);
    ck_assert_int_eq(count(html, "<b>Resolution</b> "
                                 "<span class=\"which\">Both</span>"),
                     1);
    ck_assert_int_eq(count(html, "<b>File</b> "
                                 "<span class=\"which\">Baseline</span>"),
                     1);
    ck_assert_int_eq(count(html, "<b>Colour</b> "
                                 "<span class=\"which\">Visit</span>"),
                     1);
}
END_TEST

/* A visit soon after a treatment is no fault of the photographer. */
START_TEST(no_visit_is_blamed_for_its_day)
{
    check("timing", CUTIS_CHECK_PAIR, "Far too early.");
    sample_course(&series, &sample);
    const struct checks *const checks = &series.outcome[1].checks;
    int others = 0;
    for (int i = 0; i + 1 < checks->count; i++)
        others += checks->of[i].verdict != CUTIS_CHECK_PASS;
    ck_assert_int_eq(ct_troubles(checks), others);
    sample_course_close(&series);
    ck_assert_ptr_null(strstr(page(), "Far too early."));
    text.size = 0;
    ck_assert_int_eq(ct_series_text(&text, &series.course, &sample.tools),
                     CUTIS_OK);
    ck_assert_ptr_null(strstr(text.bytes, "Far too early."));
}
END_TEST

static Suite *suite(void)
{
    Suite *const seen = suite_create("seen");
    TCase *const visits = tcase_create("visits");
    tcase_add_checked_fixture(visits, setup, teardown);
    tcase_add_test(visits, what_lasts_is_said_with_how_much_it_is);
    tcase_add_test(visits, redness_is_back_where_it_is_not_up_again);
    tcase_add_test(visits, a_visit_that_knows_nothing_ends_no_redness);
    tcase_add_test(visits, the_most_redness_while_skin_heals_is_said);
    tcase_add_test(visits, what_weighs_most_comes_first);
    tcase_add_test(visits, a_check_of_both_photographs_is_said_once);
    tcase_add_test(visits, no_visit_is_blamed_for_its_day);
    suite_add_tcase(seen, visits);
    return seen;
}

int main(void)
{
    SRunner *const runner = srunner_create(suite());
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
