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

/* ---- Words --------------------------------------------------------------- */

static const char *spoken(void)
{
    return text.bytes ? text.bytes : "";
}

START_TEST(times_are_said_in_weeks_where_they_are_whole)
{
    static const struct {
        double days;
        const char *said;
    } table[] = {{0.0, "0 days"},   {0.5, "0.5 days"}, {1.0, "1 day"},
                 {7.0, "7 days"},   {13.0, "13 days"}, {14.0, "2 weeks"},
                 {15.0, "15 days"}, {84.0, "12 weeks"}};
    for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++) {
        text.size = 0;
        ct_say_time(&text, table[i].days);
        ck_assert_str_eq(spoken(), table[i].said);
    }
}
END_TEST

START_TEST(each_note_has_its_name_and_its_sentence)
{
    static const struct {
        unsigned note;
        const char *name, *part;
    } table[] = {
        {CUTIS_NOTE_NEXT_TREATMENT, "next_treatment", "8 to 10 weeks"},
        {CUTIS_NOTE_REDNESS_LASTS, "redness_lasts", "ask your practitioner"},
        {CUTIS_NOTE_SCARS_REMODEL, "scars_remodel", "Scars go on changing"},
        {CUTIS_NOTE_BASELINE_TREATED, "baseline_treated", "within 6 weeks"},
    };
    sample_course(&series, &sample);
    for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++) {
        const bool baseline = table[i].note == CUTIS_NOTE_BASELINE_TREATED;
        ck_assert_str_eq(ct_note_name(table[i].note), table[i].name);
        series.visit[0].about.notes = baseline ? table[i].note : 0;
        series.visit[LAST].about.notes = baseline ? 0 : table[i].note;
        text.size = 0;
        ct_say_series_support(&text, &series.course);
        for (size_t k = 0; k < sizeof(table) / sizeof(*table); k++)
            ck_assert_int_eq(count(spoken(), table[k].part), k == i);
        ck_assert_int_eq(count(spoken(), "regression to the mean"), 1);
    }
    series.course.baseline_captures = 2;
    text.size = 0;
    ct_say_series_support(&text, &series.course);
    ck_assert_int_eq(count(spoken(), "regression to the mean"), 0);
}
END_TEST

START_TEST(phases_that_keep_a_verdict_back_have_a_word)
{
    ck_assert_int_eq(ct_phase_word(CUTIS_PHASE_ACUTE), CT_W_S_PHASE_ACUTE);
    ck_assert_int_eq(ct_phase_word(CUTIS_PHASE_HEALING), CT_W_S_PHASE_HEALING);
    ck_assert_int_eq(ct_phase_word(CUTIS_PHASE_EARLY), CT_W_S_PHASE_EARLY);
    ck_assert_int_eq(ct_phase_word(CUTIS_PHASE_BASELINE), CT_W_NOTHING);
    ck_assert_int_eq(ct_phase_word(CUTIS_PHASE_JUDGED), CT_W_NOTHING);
}
END_TEST

START_TEST(what_lasts_is_better_worse_or_other)
{
    static const struct {
        cutis_verdict verdict;
        const char *said;
    } table[] = {{CUTIS_VERDICT_IMPROVED, "has been better than"},
                 {CUTIS_VERDICT_WORSE, "has been worse than"},
                 {CUTIS_VERDICT_CHANGED, "has been other than"}};
    sample_course(&series, &sample);
    for (int m = 0; m < CT_METRICS; m++)
        series.course.trend[m][CT_FACE_REGION].sustained_from = -1;
    cutis_trend *const trend = &series.course.trend[CT_REDNESS][CT_FACE_REGION];
    trend->sustained_from = MONTH;
    for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++) {
        trend->sustained = table[i].verdict;
        lay(LAST, 5.0, table[i].verdict);
        text.size = 0;
        ct_say_series_support(&text, &series.course);
        ck_assert_ptr_nonnull(strstr(spoken(), table[i].said));
        ck_assert_int_eq(count(spoken(), " the baseline since "), 1);
    }
}
END_TEST

/* A score that is apart from 0 by itself, but not among all visits'. */
START_TEST(what_may_be_chance_is_said_of_a_judged_visit)
{
    static const char reason[] = "Not beyond the chance of many visits.";
    static const struct {
        cutis_phase phase;
        double p, adjusted;
        bool told, said;
    } table[] = {
        {CUTIS_PHASE_JUDGED, 0.01, 0.2, true, true},
        {CUTIS_PHASE_JUDGED, 0.01, 0.05, true, true},
        {CUTIS_PHASE_JUDGED, 0.01, 0.2, false, false},
        {CUTIS_PHASE_JUDGED, 0.01, 0.04, true, false},
        {CUTIS_PHASE_JUDGED, 0.05, 0.2, true, false},
        {CUTIS_PHASE_JUDGED, NAN, NAN, true, false},
        {CUTIS_PHASE_EARLY, 0.01, 0.2, true, false},
    };
    sample_course(&series, &sample);
    cutis_series_visit *const about = &series.visit[LAST].about;
    for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++) {
        about->phase = table[i].phase;
        about->score_p = table[i].p;
        about->score_p_adjusted = table[i].adjusted;
        series.outcome[LAST].score.reason = table[i].told ? reason : NULL;
        text.size = 0;
        ct_say_series_support(&text, &series.course);
        ck_assert_int_eq(count(spoken(), reason), table[i].said);
    }
}
END_TEST

START_TEST(a_trend_is_said_a_week_and_by_ranks_where_there_are_enough)
{
    cutis_trend trend = {
        .metric = cutis_metric_find("redness"),
        .unit = "H",
        .slope = -0.5,
        .ci95 = {-0.75, -0.25},
        .theil_sen = NAN,
        .mann_kendall = 0.016,
        .verdict = CUTIS_VERDICT_IMPROVED,
    };
    ct_say_trend(&text, &trend);
    ck_assert_int_eq(
        strncmp(spoken(), "Trend: " MINUS "0.50 H a week (95 %", 25), 0);
    ck_assert_ptr_null(strstr(spoken(), "ranks"));
    trend.theil_sen = -0.5;
    text.size = 0;
    ct_say_trend(&text, &trend);
    ck_assert_ptr_nonnull(strstr(spoken(), "p = 0.016."));
    trend.mann_kendall = 0.25;
    text.size = 0;
    ct_say_trend(&text, &trend);
    ck_assert_ptr_nonnull(strstr(spoken(), "p = 0.25."));
    trend.slope = NAN;
    text.size = 0;
    ct_say_trend(&text, &trend);
    ck_assert_int_eq(strncmp(spoken(), "No trend: ", 10), 0);
}
END_TEST

START_TEST(labels_are_plain_where_nothing_in_them_is_control)
{
    ck_assert(ct_is_plain(""));
    ck_assert(ct_is_plain("week 12 \xc3\xa9\xc2\xa0!"));
    ck_assert(!ct_is_plain("a\tb"));
    ck_assert(!ct_is_plain("a\x7f"));
    ck_assert(!ct_is_plain("\xc2\x85"));
    ck_assert(!ct_is_plain("\xff"));
    ck_assert(!ct_is_plain("\xef\xbf\xbd"));
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
    tcase_add_test(visits, times_are_said_in_weeks_where_they_are_whole);
    tcase_add_test(visits, each_note_has_its_name_and_its_sentence);
    tcase_add_test(visits, phases_that_keep_a_verdict_back_have_a_word);
    tcase_add_test(visits, what_lasts_is_better_worse_or_other);
    tcase_add_test(visits, what_may_be_chance_is_said_of_a_judged_visit);
    tcase_add_test(visits,
                   a_trend_is_said_a_week_and_by_ranks_where_there_are_enough);
    tcase_add_test(visits, labels_are_plain_where_nothing_in_them_is_control);
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
