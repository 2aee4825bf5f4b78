/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * A course of visits judged: numbers of each visit set by hand.  Expected
 * values are closed forms: the prior repeat SD of roughness is 4 %, so with one
 * photograph a visit SE^2 = 2 * 0.04^2, of which half is the baseline's.
 */

#include <stdlib.h>

#include "course_scene.h"

static struct course_scene made;

static void setup(void)
{
    course_set(&made);
}

static struct outcome *visit(double days, double since)
{
    return course_visit(&made, days, since);
}

static void set_everywhere(int metric, double value)
{
    course_read(&made, metric, value);
}

static void judge(void)
{
    ct_judge_course(&made.course);
}

static const cutis_trend *trend_of(int metric)
{
    return &made.course.trend[metric][CT_FACE_REGION];
}

/* ---- Timeline ------------------------------------------------------------ */

START_TEST(a_visit_lies_where_the_timeline_says)
{
    static const struct {
        double since;
        cutis_phase phase;
    } table[] = {
        {0.0, CUTIS_PHASE_ACUTE},   {1.0, CUTIS_PHASE_ACUTE},
        {3.0, CUTIS_PHASE_ACUTE},   {3.01, CUTIS_PHASE_HEALING},
        {7.0, CUTIS_PHASE_HEALING}, {13.99, CUTIS_PHASE_HEALING},
        {14.0, CUTIS_PHASE_EARLY},  {41.99, CUTIS_PHASE_EARLY},
        {42.0, CUTIS_PHASE_JUDGED}, {365.0, CUTIS_PHASE_JUDGED},
        {-1.0, CUTIS_PHASE_JUDGED},
    };
    const size_t n = sizeof(table) / sizeof(table[0]);

    for (size_t i = 0; i < n; i++) {
        setup();
        visit(30.0, table[i].since);
        judge();
        ck_assert_int_eq(made.course.of[0]->about.phase, CUTIS_PHASE_BASELINE);
        ck_assert_msg(made.course.of[1]->about.phase == table[i].phase,
                      "%g days", table[i].since);
        ck_assert_int_eq(ct_is_judged(made.course.of[1]),
                         table[i].phase == CUTIS_PHASE_JUDGED);
    }
}
END_TEST

static unsigned notes_at(double since)
{
    setup();
    made.scene.options.preset = "acne_scars";
    set_everywhere(CT_REDNESS, 16.0); /* +10 H */
    visit(30.0, since);
    judge();
    return made.course.of[1]->about.notes;
}

START_TEST(notes_follow_the_timeline)
{
    ck_assert_uint_eq(notes_at(7.0), 0);
    ck_assert_uint_eq(notes_at(8.0), CUTIS_NOTE_REDNESS_LASTS);
    ck_assert_uint_eq(notes_at(42.0),
                      CUTIS_NOTE_REDNESS_LASTS | CUTIS_NOTE_SCARS_REMODEL);
    ck_assert_uint_eq(notes_at(55.9) & CUTIS_NOTE_NEXT_TREATMENT, 0);
    ck_assert_uint_ne(notes_at(56.0) & CUTIS_NOTE_NEXT_TREATMENT, 0);
    ck_assert_uint_ne(notes_at(70.0) & CUTIS_NOTE_NEXT_TREATMENT, 0);
    ck_assert_uint_eq(notes_at(70.1) & CUTIS_NOTE_NEXT_TREATMENT, 0);
    ck_assert_uint_eq(notes_at(90.0), CUTIS_NOTE_REDNESS_LASTS);
    ck_assert_uint_eq(notes_at(-1.0), 0);

    setup();
    made.occasions[0].about.days_since_treatment = 20.0;
    visit(30.0, -1.0);
    judge();
    ck_assert_uint_eq(made.course.of[0]->about.notes,
                      CUTIS_NOTE_BASELINE_TREATED);
    ck_assert_uint_eq(made.course.of[1]->about.notes, 0);
}
END_TEST

/* ---- Over the visits ----------------------------------------------------- */

START_TEST(a_course_of_one_visit_keeps_its_verdicts)
{
    set_everywhere(CT_TEXTURE, 1.5);
    visit(50.0, 50.0);
    static struct outcome before;
    memcpy(&before, &made.outcomes[1], sizeof(before));
    judge();

    for (int m = 0; m < CT_METRICS; m++)
        for (int r = 0; r < CT_REGIONS; r++) {
            const cutis_change *const a = &before.change[m][r];
            const cutis_change *const b = &made.outcomes[1].change[m][r];
            ck_assert_int_eq(a->verdict, b->verdict);
            ck_assert(a->p_adjusted == b->p_adjusted || isnan(a->p_adjusted));
        }
    ck_assert_int_eq(
        made.outcomes[1].change[CT_TEXTURE][CT_FACE_REGION].verdict,
        CUTIS_VERDICT_IMPROVED);
}
END_TEST

static cutis_change *texture_at(int i)
{
    return &made.outcomes[i].change[CT_TEXTURE][CT_FACE_REGION];
}

/* The preset weighs six metrics and two forms of roughness, of which but one
 * shows anything: 8 times what fallback makes of 0.0005, 0.001 and 0.0008 with
 * 0.1, 0.1 and 0.8 of the error. */
START_TEST(what_is_primary_is_one_family_over_the_judged_visits)
{
    static const double p[] = {NAN, 0.0005, 0.00001, 0.001, 0.0008};
    for (int i = 1; i <= 4; i++) {
        visit(50.0 + 10.0 * i, i == 2 ? 20.0 : 50.0);
        texture_at(i)->p = texture_at(i)->p_adjusted = p[i];
    }
    const double regional =
        made.outcomes[1].change[CT_TEXTURE][CT_NOSE].p_adjusted;
    judge();

    ck_assert_double_eq_tol(texture_at(1)->p_adjusted, 8 * 0.001 / 0.9, 1e-15);
    ck_assert_double_eq(texture_at(2)->p_adjusted, 0.00001); /* too early */
    ck_assert_double_eq_tol(texture_at(3)->p_adjusted, 8 * 0.001 / 0.9, 1e-15);
    ck_assert_double_eq_tol(texture_at(4)->p_adjusted, 8 * 0.0008 / 0.8, 1e-15);
    ck_assert_double_eq(made.outcomes[1].change[CT_TEXTURE][CT_NOSE].p_adjusted,
                        regional);
}
END_TEST

static const cutis_component *component_of(int i, const char *reading)
{
    for (int k = 0; k < CT_COMPONENTS; k++) {
        const cutis_component *const one = &made.outcomes[i].component[k];
        if (one->reading && !strcmp(one->reading, reading))
            return one;
    }
    ck_abort();
}

/* Roughness 1.6 after 2.0: p = 0.00275401118858, ten times 8 of that alone. */
START_TEST(a_verdict_that_no_longer_holds_is_taken_back)
{
    set_everywhere(CT_TEXTURE, 1.6);
    visit(50.0, 50.0);
    ck_assert_int_eq(texture_at(1)->verdict, CUTIS_VERDICT_IMPROVED);
    set_everywhere(CT_TEXTURE, 2.0);
    visit(60.0, 60.0);
    visit(70.0, 70.0);
    made.course.baseline_captures = 3; /* of which one shows it */
    judge();

    ck_assert_double_eq_tol(texture_at(1)->p_adjusted, 80 * 0.00275401118858,
                            1e-10);
    ck_assert_int_ne(texture_at(1)->verdict, CUTIS_VERDICT_IMPROVED);
    ck_assert_ptr_nonnull(
        strstr(texture_at(1)->reason,
               "It rests on 1 of 3 captures before and 1 of 1 after."));
    ck_assert_int_ne(component_of(1, "R_scar")->verdict,
                     CUTIS_VERDICT_IMPROVED);
    ck_assert_int_eq(component_of(1, "PB")->verdict,
                     CUTIS_VERDICT_NO_MEASURABLE_CHANGE);
}
END_TEST

START_TEST(the_same_verdict_at_every_visit_stays)
{
    set_everywhere(CT_TEXTURE, 1.55);
    for (int i = 0; i < 5; i++)
        visit(50.0 + 10.0 * i, 50.0);
    judge();

    for (int i = 1; i <= 5; i++) {
        ck_assert_int_eq(texture_at(i)->verdict, CUTIS_VERDICT_IMPROVED);
        ck_assert_int_eq(component_of(i, "R_fine")->verdict,
                         CUTIS_VERDICT_IMPROVED);
    }
    ck_assert_int_eq(trend_of(CT_TEXTURE)->sustained_from, 1);
}
END_TEST

/* Fallback with 0.2 and 0.8 of the error. */
START_TEST(the_score_is_adjusted_over_the_judged_visits)
{
    set_everywhere(CT_TEXTURE, 1.0);
    for (int i = 1; i <= 2; i++)
        visit(50.0 + 10.0 * i, 50.0);
    visit(80.0, 20.0);
    ck_assert_int_eq(made.outcomes[1].score.verdict, CUTIS_VERDICT_IMPROVED);
    made.outcomes[1].score_p = 0.03;
    made.outcomes[2].score_p = 0.01;
    judge();
    ck_assert_double_eq_tol(made.occasions[2].about.score_p_adjusted, 0.0125,
                            1e-15);
    ck_assert_double_eq(made.occasions[1].about.score_p_adjusted, 0.03);
    ck_assert_double_nan(made.occasions[3].about.score_p_adjusted);
    ck_assert_double_nan(made.occasions[0].about.score_p_adjusted);
    ck_assert_int_eq(made.outcomes[1].score.verdict, CUTIS_VERDICT_IMPROVED);

    made.outcomes[2].score_p = 0.9;
    judge();
    ck_assert_double_eq_tol(made.occasions[1].about.score_p_adjusted, 0.15,
                            1e-15);
    ck_assert_int_eq(made.outcomes[1].score.verdict,
                     CUTIS_VERDICT_NO_MEASURABLE_CHANGE);
    ck_assert_str_eq(made.outcomes[1].score.reason,
                     "Among this many visits the score may be chance "
                     "(adjusted p = 0.15).");
    ck_assert_int_eq(made.outcomes[3].score.verdict, CUTIS_VERDICT_TOO_EARLY);
}
END_TEST

/* ---- Trends -------------------------------------------------------------- */

/* Visits every 2 weeks from 6 on, roughness falling by 2 % of the log a week.
 * The baseline weighs as one visit: weeks 0, 6, 8, 10 of mean 6, Sxx = 56. */
START_TEST(a_steady_fall_is_found_with_the_error_of_the_closed_form)
{
    for (int w = 6; w <= 10; w += 2) {
        set_everywhere(CT_TEXTURE, 2.0 * exp(-0.02 * w));
        visit(7.0 * w, 7.0 * w);
    }
    judge();
    const cutis_trend *const trend = trend_of(CT_TEXTURE);

    ck_assert_uint_eq(trend->points, 4);
    ck_assert_double_eq_tol(trend->slope, exp(-0.02) - 1.0, 1e-12);
    ck_assert_double_eq_tol(trend->se, 0.04 / sqrt(56.0), 1e-12);
    ck_assert_double_eq(trend->df, 10.0);
    /* t(.975, 10) = 2.2281388520 */
    ck_assert_double_eq_tol(trend->ci95[1],
                            exp(-0.02 + 2.228138852 * trend->se) - 1.0, 1e-9);
    ck_assert_int_eq(trend->verdict, CUTIS_VERDICT_IMPROVED);
    ck_assert_double_eq_tol(made.course.level[CT_TEXTURE][CT_FACE_REGION], 0.0,
                            1e-12);
    ck_assert_double_nan(trend->theil_sen);
}
END_TEST

START_TEST(a_reaction_while_skin_heals_is_no_trend)
{
    set_everywhere(CT_REDNESS, 40.0);
    visit(1.0, 1.0);
    visit(7.0, 7.0);
    set_everywhere(CT_REDNESS, 6.0);
    for (int w = 2; w <= 8; w += 2)
        visit(7.0 * w, 7.0 * w);
    judge();

    ck_assert_uint_eq(trend_of(CT_REDNESS)->points, 5);
    ck_assert_double_eq(trend_of(CT_REDNESS)->slope, 0.0);
    ck_assert_double_eq(trend_of(CT_REDNESS)->theil_sen, 0.0);
    ck_assert_double_eq(trend_of(CT_REDNESS)->mann_kendall, 1.0);
    ck_assert_int_eq(trend_of(CT_REDNESS)->verdict,
                     CUTIS_VERDICT_NO_MEASURABLE_CHANGE);
}
END_TEST

START_TEST(a_trend_up_to_an_early_visit_is_too_early)
{
    for (int w = 2; w <= 5; w++)
        visit(7.0 * w, 7.0 * w);
    judge();
    ck_assert_int_eq(trend_of(CT_TEXTURE)->verdict, CUTIS_VERDICT_TOO_EARLY);
}
END_TEST

START_TEST(more_captures_of_the_baseline_make_its_point_firmer)
{
    /* s^2 = 1 as one capture's variance; 4 of the baseline, 1 of a visit:
     * weights 4, 1, 1 at weeks 0, 1, 2, mean 1/2, Sxx = 1 + 1/4 + 9/4. */
    for (int w = 1; w <= 2; w++) {
        struct outcome *const out = visit(7.0 * w, -1.0);
        cutis_change *const row = &out->change[CT_REDNESS][CT_FACE_REGION];
        out->repeats[CT_REDNESS][CT_FACE_REGION] = 1.0;
        row->captures_before = 4;
        row->captures_after = 1;
        row->se = sqrt(1.0 / 4.0 + 1.0);
        row->df = 13.0; /* 10 known, and one less than four pairs */
    }
    made.course.baseline_captures = 4;
    judge();
    ck_assert_double_eq_tol(trend_of(CT_REDNESS)->se, 1.0 / sqrt(3.5), 1e-12);
    /* 10, and one less than the baseline's captures; a visit adds none. */
    ck_assert_double_eq(trend_of(CT_REDNESS)->df, 13.0);
}
END_TEST

/* s^2 = 1 and 4 more of other errors: 3 of the baseline and 3 of each visit, at
 * weeks 0, 1 and 2, Sxx = 2 / 3. */
START_TEST(half_of_what_errs_besides_is_the_baselines)
{
    for (int w = 1; w <= 2; w++) {
        struct outcome *const out = visit(7.0 * w, -1.0);
        cutis_change *const row = &out->change[CT_REDNESS][CT_FACE_REGION];
        out->repeats[CT_REDNESS][CT_FACE_REGION] = 1.0;
        row->captures_before = row->captures_after = 1;
        row->se = sqrt(2.0 + 4.0);
        row->df = 10.0;
    }
    judge();
    ck_assert_double_eq_tol(trend_of(CT_REDNESS)->se, sqrt(1.5), 1e-12);
}
END_TEST

START_TEST(what_lasts_is_two_judged_visits_to_the_end)
{
    const double course_of[] = {1.5, 2.0, 1.5, 1.5};
    for (int i = 0; i < 4; i++) {
        set_everywhere(CT_TEXTURE, course_of[i]);
        visit(50.0 + 10.0 * i, 50.0 + 10.0 * i);
    }
    judge();
    ck_assert_int_eq(trend_of(CT_TEXTURE)->sustained_from, 3);
    ck_assert_int_eq(trend_of(CT_TEXTURE)->sustained, CUTIS_VERDICT_IMPROVED);
    ck_assert_int_eq(trend_of(CT_REDNESS)->sustained_from, -1);
    ck_assert_int_eq(trend_of(CT_REDNESS)->sustained, CUTIS_VERDICT_OK);
}
END_TEST

/* ---- Contrasts ----------------------------------------------------------- */

static bool is_of(int r, char letter)
{
    const char *const name = ct_region(r)->name;
    const size_t n = strlen(name);
    return n > 2 && name[n - 2] == '_' && name[n - 1] == letter;
}

/* Roughness falls by 20 % on the right and 5 % on the left. */
static const cutis_contrast *split(char treated)
{
    setup();
    made.course.split_face = true;
    for (int r = 0; r < CT_REGIONS; r++) {
        made.course.treated[r] = is_of(r, treated);
        made.course.control[r] = is_of(r, treated == 'r' ? 'l' : 'r');
        scene_read(&made.scene.after, CT_TEXTURE, r,
                   is_of(r, 'r')   ? 1.6
                   : is_of(r, 'l') ? 1.9
                                   : 2.0);
    }
    visit(50.0, 50.0);
    judge();
    return &made.course.of[1]->contrast[CUTIS_CONTRAST_SIDES][CT_TEXTURE];
}

/* Four pairs of regions of one area: each side has a quarter of the variance
 * 2 * 0.04^2 of a region, the difference twice that. */
START_TEST(sides_differ_by_the_ratio_of_their_ratios)
{
    const cutis_contrast right = *split('r');
    const cutis_contrast left = *split('l');

    ck_assert_double_eq_tol(right.treated, -0.2, 1e-12);
    ck_assert_double_eq_tol(right.control, -0.05, 1e-12);
    ck_assert_double_eq_tol(right.difference, 0.8 / 0.95 - 1.0, 1e-12);
    ck_assert_double_eq_tol(right.se, 0.04, 1e-12);
    ck_assert_double_eq_tol(right.area_cm2, 120.0, 1e-12);
    ck_assert_int_eq(right.verdict, CUTIS_VERDICT_IMPROVED);
    ck_assert_double_eq_tol((1.0 + left.difference) * (1.0 + right.difference),
                            1.0, 1e-12);
    ck_assert_double_eq(left.p, right.p);
    ck_assert_int_eq(left.verdict, CUTIS_VERDICT_WORSE);
    ck_assert_ptr_null(
        made.course.of[1]->contrast[CUTIS_CONTRAST_REFERENCE][0].metric);
}
END_TEST

/* The same, were 2 * 0.03^2 of each region's variance the whole face's, and a
 * quarter of what repeats; what is left of 0.0032 + 0.0018 is 0.0024 a region.
 */
START_TEST(what_moves_both_sides_alike_is_taken_off)
{
    split('r');
    for (int r = 0; r < CT_REGIONS; r++) {
        cutis_change *const row = &made.outcomes[1].change[CT_TEXTURE][r];
        made.outcomes[1].alike[CT_TEXTURE][r] = (struct alike){0.75, 0.0018};
        row->se = sqrt(0.0032 + 0.0018);
    }
    judge();
    ck_assert_double_eq_tol(
        made.course.of[1]->contrast[CUTIS_CONTRAST_SIDES][CT_TEXTURE].se,
        sqrt(2.0 * 0.0024 / 4.0), 1e-12);
}
END_TEST

START_TEST(a_side_without_its_other_is_left_out)
{
    split('r');
    for (int r = 0; r < CT_REGIONS; r++)
        if (is_of(r, 'l'))
            made.outcomes[1].change[CT_TEXTURE][r].p = NAN;
    judge();
    const cutis_contrast *const none =
        &made.course.of[1]->contrast[CUTIS_CONTRAST_SIDES][CT_TEXTURE];
    ck_assert_double_nan(none->difference);
    ck_assert_int_eq(none->verdict, CUTIS_VERDICT_NOT_MEASURABLE);
    ck_assert_ptr_nonnull(none->reason);
}
END_TEST

/* The face fell by 10 %, the chin by as much as the day's light made it. */
START_TEST(untreated_skin_takes_its_own_change_off)
{
    made.course.has_reference = true;
    made.course.reference[CT_CHIN] = true;
    set_everywhere(CT_TEXTURE, 1.8);
    scene_read(&made.scene.after, CT_TEXTURE, CT_CHIN, 1.9);
    visit(50.0, 50.0);
    judge();
    const cutis_contrast *const one =
        &made.course.of[1]->contrast[CUTIS_CONTRAST_REFERENCE][CT_TEXTURE];

    ck_assert_double_eq_tol(one->treated, -0.1, 1e-12);
    ck_assert_double_eq_tol(one->control, -0.05, 1e-12);
    ck_assert_double_eq_tol(one->difference, 0.9 / 0.95 - 1.0, 1e-12);
    ck_assert_double_eq_tol(one->se, 0.08, 1e-12);
}
END_TEST

START_TEST(contrasts_of_early_visits_have_no_verdict)
{
    split('r');
    made.course.of[1]->about.days_since_treatment = 20.0;
    judge();
    ck_assert_int_eq(
        made.course.of[1]->contrast[CUTIS_CONTRAST_SIDES][CT_TEXTURE].verdict,
        CUTIS_VERDICT_TOO_EARLY);
}
END_TEST

static TCase *case_of(Suite *suite, const char *name)
{
    TCase *const tests = tcase_create(name);
    tcase_add_checked_fixture(tests, setup, NULL);
    suite_add_tcase(suite, tests);
    return tests;
}

int main(void)
{
    Suite *const suite = suite_create("course");
    TCase *const timeline = case_of(suite, "timeline");
    TCase *const visits = case_of(suite, "over the visits");
    TCase *const trends = case_of(suite, "trends");
    TCase *const contrasts = case_of(suite, "contrasts");

    tcase_add_test(timeline, a_visit_lies_where_the_timeline_says);
    tcase_add_test(timeline, notes_follow_the_timeline);
    tcase_add_test(visits, a_course_of_one_visit_keeps_its_verdicts);
    tcase_add_test(visits,
                   what_is_primary_is_one_family_over_the_judged_visits);
    tcase_add_test(visits, a_verdict_that_no_longer_holds_is_taken_back);
    tcase_add_test(visits, the_same_verdict_at_every_visit_stays);
    tcase_add_test(visits, the_score_is_adjusted_over_the_judged_visits);
    tcase_add_test(trends,
                   a_steady_fall_is_found_with_the_error_of_the_closed_form);
    tcase_add_test(trends, a_reaction_while_skin_heals_is_no_trend);
    tcase_add_test(trends, a_trend_up_to_an_early_visit_is_too_early);
    tcase_add_test(trends, more_captures_of_the_baseline_make_its_point_firmer);
    tcase_add_test(trends, half_of_what_errs_besides_is_the_baselines);
    tcase_add_test(trends, what_lasts_is_two_judged_visits_to_the_end);
    tcase_add_test(contrasts, sides_differ_by_the_ratio_of_their_ratios);
    tcase_add_test(contrasts, what_moves_both_sides_alike_is_taken_off);
    tcase_add_test(contrasts, a_side_without_its_other_is_left_out);
    tcase_add_test(contrasts, untreated_skin_takes_its_own_change_off);
    tcase_add_test(contrasts, contrasts_of_early_visits_have_no_verdict);

    SRunner *const runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
