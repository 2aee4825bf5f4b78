/* SPDX-License-Identifier: BSD-2-Clause */

/* Rules of the method's sections 11.4 and 11.6. */

#include <stdio.h>
#include <stdlib.h>

#include "progress_scene.h"
#include "util/hash.h"

static struct scene scene;
static struct outcome swapped;

static void setup(void)
{
    scene_set(&scene);
}

static const cutis_change *judged(int metric, int region)
{
    ck_assert_int_eq(scene_judge(&scene), CUTIS_OK);
    return &scene.outcome.change[metric][region];
}

static void set_after(int metric, int region, double factor)
{
    const double value = scene_reading[metric].value;

    scene_read(&scene.after, metric, region, value * factor);
}

static bool is_direction(cutis_verdict verdict)
{
    return verdict == CUTIS_VERDICT_IMPROVED ||
           verdict == CUTIS_VERDICT_WORSE || verdict == CUTIS_VERDICT_CHANGED;
}

/* ---- Identical photographs, swapped photographs -------------------------- */

START_TEST(the_same_photograph_twice_gives_exactly_nothing)
{
    ck_assert_int_eq(scene_judge(&scene), CUTIS_OK);
    for (int m = 0; m < CT_METRICS; m++) {
        for (int r = 0; r < CT_REGIONS; r++) {
            const cutis_change *const row = &scene.outcome.change[m][r];
            ck_assert_double_eq(row->change, 0.0);
            ck_assert_int_eq(signbit(row->change), 0);
            if (row->scale == CUTIS_LOG)
                ck_assert_double_eq(row->relative_change, 0.0);
            ck_assert_double_eq(row->p, 1.0);
            ck_assert_double_eq(row->p_adjusted, 1.0);
            ck_assert_double_lt(row->ci95[0], 0.0);
            ck_assert_double_gt(row->ci95[1], 0.0);
            ck_assert(!is_direction(row->verdict));
            ck_assert_int_ge(row->verdict, CUTIS_VERDICT_NO_MEASURABLE_CHANGE);
        }
    }
    ck_assert_double_eq(scene.outcome.score.score, 0.0);
    ck_assert_int_eq(signbit(scene.outcome.score.score), 0);
    ck_assert_double_eq(scene.outcome.score.ci95[0],
                        -scene.outcome.score.ci95[1]);
}
END_TEST

static void spread_readings(void)
{
    struct random random;

    ct_random_seed(&random, 5);
    for (int m = 0; m < CT_METRICS; m++)
        for (int r = 0; r < CT_REGIONS; r++)
            set_after(m, r, exp(0.4 * ct_random_normal(&random)));
}

/* The mirror of a verdict. */
static cutis_verdict mirrored(cutis_verdict verdict)
{
    if (verdict == CUTIS_VERDICT_IMPROVED)
        return CUTIS_VERDICT_WORSE;
    return verdict == CUTIS_VERDICT_WORSE ? CUTIS_VERDICT_IMPROVED : verdict;
}

START_TEST(swapping_the_photographs_mirrors_everything_exactly)
{
    spread_readings();
    scene.after.capture.blur_mm = 0.09;
    scene.after.capture.ita = -12.0;
    scene.before.skin.gain[0] = 1.0137;
    scene.after.skin.gain[2] = 0.9911;
    scene.after.readings.of[CT_PORE_DENSITY][CT_NOSE].count = 17.0;
    scene.after.readings.of[CT_PORE_DENSITY][CT_NOSE].area_cm2 = 7.3;
    ck_assert_int_eq(scene_judge(&scene), CUTIS_OK);
    ck_assert_int_eq(scene_judge_swapped(&scene, &swapped), CUTIS_OK);

    int directions = 0;
    for (int m = 0; m < CT_METRICS; m++) {
        for (int r = 0; r < CT_REGIONS; r++) {
            const cutis_change *const a = &scene.outcome.change[m][r];
            const cutis_change *const b = &swapped.change[m][r];
            ck_assert_double_eq(a->change, -b->change);
            ck_assert_double_eq(a->se, b->se);
            ck_assert_double_eq(a->p, b->p);
            ck_assert_double_eq(a->p_adjusted, b->p_adjusted);
            ck_assert_double_eq(a->mdc95, b->mdc95);
            ck_assert_int_eq(a->verdict, mirrored(b->verdict));
            directions += is_direction(a->verdict);
        }
    }
    ck_assert_int_gt(directions, 20);
    ck_assert_double_eq(scene.outcome.score.score, -swapped.score.score);
    ck_assert_double_eq(scene.outcome.score.ci95[0], -swapped.score.ci95[1]);
    ck_assert_double_eq(scene.outcome.score.ci95[1], -swapped.score.ci95[0]);
    ck_assert_int_eq(scene.outcome.score.verdict,
                     mirrored(swapped.score.verdict));
}
END_TEST

/* ---- The rules ----------------------------------------------------------- */

/* On a metric with a smallest change of interest of 2 (redness, H). */
static cutis_verdict said(double delta, double mdc95, double ci90,
                          double adjusted)
{
    const struct step step = {
        .delta = delta,
        .mdc95 = mdc95,
        .ci90 = ci90,
        .adjusted = adjusted,
    };
    return ct_verdict(&step, ct_metric(CT_REDNESS));
}

START_TEST(verdicts_follow_the_rules_in_order)
{
    ck_assert_double_eq(ct_sesoi(ct_metric(CT_REDNESS)), 2.0);
    ck_assert_int_eq(said(-3.0, 1.0, 0.8, 0.01), CUTIS_VERDICT_IMPROVED);
    ck_assert_int_eq(said(3.0, 1.0, 0.8, 0.01), CUTIS_VERDICT_WORSE);
    /* Both conditions are needed for a direction. */
    ck_assert_int_eq(said(3.0, 1.0, 0.8, 0.06),
                     CUTIS_VERDICT_NO_MEASURABLE_CHANGE);
    ck_assert_int_eq(said(3.0, 3.5, 2.9, 0.01),
                     CUTIS_VERDICT_NO_MEASURABLE_CHANGE);
    /* The 90 % interval lies within +-2. */
    ck_assert_int_eq(said(1.1, 1.1, 0.9, 0.2),
                     CUTIS_VERDICT_NO_RELEVANT_CHANGE);
    ck_assert_int_eq(said(-1.2, 1.2, 0.9, 0.2),
                     CUTIS_VERDICT_NO_MEASURABLE_CHANGE);
    ck_assert_int_eq(said(0.0, 4.1, 3.3, 1.0), CUTIS_VERDICT_INCONCLUSIVE);
    ck_assert_int_eq(said(0.0, 3.9, 3.2, 1.0),
                     CUTIS_VERDICT_NO_MEASURABLE_CHANGE);
    ck_assert_int_eq(said(NAN, 1.0, 1.0, 0.5), CUTIS_VERDICT_NOT_MEASURABLE);
}
END_TEST

START_TEST(metrics_without_a_good_direction_change)
{
    scene_read(&scene.after, CT_TONE_ITA, CT_FACE_REGION, 50.0);
    scene_read(&scene.after, CT_SHINE, CT_FACE_REGION, 30.0);
    ck_assert_int_eq(judged(CT_TONE_ITA, CT_FACE_REGION)->verdict,
                     CUTIS_VERDICT_CHANGED);
    ck_assert_int_eq(judged(CT_SHINE, CT_FACE_REGION)->verdict,
                     CUTIS_VERDICT_CHANGED);
}
END_TEST

START_TEST(what_cannot_be_shown_is_said_with_its_size)
{
    scene.after.capture.noise_cod = 4.0; /* doubles the error of texture */
    const cutis_change *const row = judged(CT_TEXTURE, CT_NOSE);
    ck_assert_int_eq(row->verdict, CUTIS_VERDICT_INCONCLUSIVE);
    /* exp(2.228 * 2 * 0.04 * sqrt 2) - 1 = 28.7 % */
    ck_assert_str_eq(row->reason, "These photographs cannot show a change "
                                  "smaller than 29 %.");
}
END_TEST

START_TEST(local_redness_says_what_it_cannot_see)
{
    for (int r = 0; r < CT_REGIONS; r++) {
        scene.before.readings.of[CT_REDNESS][r].name = "H_excess";
        scene.after.readings.of[CT_REDNESS][r].name = "H_excess";
    }
    const cutis_change *const row = judged(CT_REDNESS, CT_FACE_REGION);
    ck_assert_int_eq(row->verdict, CUTIS_VERDICT_NO_RELEVANT_CHANGE);
    ck_assert_ptr_nonnull(strstr(row->reason, "smaller than 2.0 H"));
    ck_assert_ptr_nonnull(strstr(row->reason, "grey card"));
}
END_TEST

/* ---- What stays without a verdict ---------------------------------------- */

START_TEST(what_one_photograph_cannot_measure_says_which_and_why)
{
    struct reading *const reading =
        &scene.after.readings.of[CT_PORE_DENSITY][CT_NOSE];
    reading->value = NAN;
    strcpy(reading->reason, "not measurable: 3.2 px/mm, pores need 12");
    const cutis_change *const row = judged(CT_PORE_DENSITY, CT_NOSE);
    ck_assert_int_eq(row->verdict, CUTIS_VERDICT_NOT_MEASURABLE);
    ck_assert_str_eq(row->reason,
                     "After: not measurable: 3.2 px/mm, pores need 12");
    ck_assert_double_nan(row->change);
    ck_assert_double_nan(row->p);
    ck_assert_double_nan(row->mdc95);
}
END_TEST

START_TEST(a_failed_check_takes_the_numbers_of_change_away)
{
    scene.after.capture.noise_cod = 9.0;
    set_after(CT_TEXTURE, CT_NOSE, 0.5);
    const cutis_change *const row = judged(CT_TEXTURE, CT_NOSE);
    ck_assert_int_eq(row->verdict, CUTIS_VERDICT_NOT_COMPARABLE);
    ck_assert_ptr_nonnull(strstr(row->reason, "After: "));
    ck_assert_ptr_nonnull(strstr(row->reason, "grainy"));
    ck_assert_double_eq(row->before, 2.0);
    ck_assert_double_eq(row->after, 1.0);
    ck_assert_double_nan(row->change);
    ck_assert_double_nan(row->ci95[0]);
    ck_assert_int_eq(scene.outcome.comparable, CUTIS_COMPARABLE_LIMITED);
}
END_TEST

START_TEST(different_forms_are_never_set_against_each_other)
{
    scene.after.readings.of[CT_TEXTURE][CT_NOSE].name = "R_coarse";
    const cutis_change *const row = judged(CT_TEXTURE, CT_NOSE);
    ck_assert_int_eq(row->verdict, CUTIS_VERDICT_NOT_COMPARABLE);
    ck_assert_ptr_nonnull(strstr(row->reason, "R_coarse"));
}
END_TEST

START_TEST(ita_without_a_card_is_withheld_and_says_so)
{
    scene.before.skin.neutral = false;
    scene.before.skin.calibration = CT_NEUTRAL_NONE;
    const cutis_change *const row = judged(CT_TONE_ITA, CT_FACE_REGION);
    ck_assert_int_eq(row->verdict, CUTIS_VERDICT_NOT_COMPARABLE);
    ck_assert_ptr_nonnull(strstr(row->reason, "grey card"));
    ck_assert_int_eq(scene.outcome.comparable, CUTIS_COMPARABLE_YES);
}
END_TEST

START_TEST(different_people_are_compared_in_nothing)
{
    scene.pair.patches_tried = scene.pair.patches_accepted = 0;
    scene.pair.identity = 0.2;
    ck_assert_int_eq(scene_judge(&scene), CUTIS_OK);
    ck_assert_int_eq(scene.outcome.comparable, CUTIS_COMPARABLE_NO);
    for (int m = 0; m < CT_METRICS; m++)
        for (int r = 0; r < CT_REGIONS; r++)
            ck_assert_int_eq(scene.outcome.change[m][r].verdict,
                             CUTIS_VERDICT_NOT_COMPARABLE);
    ck_assert_double_nan(scene.outcome.score.score);
    ck_assert_int_eq(scene.outcome.score.verdict, CUTIS_VERDICT_NOT_COMPARABLE);
}
END_TEST

/* ---- Families ------------------------------------------------------------ */

START_TEST(the_presets_face_rows_are_adjusted_by_holm_the_others_by_bh)
{
    /* Three components, no form of texture: unevenness, redness, spots. */
    scene.options.preset = "uneven_tone";
    scene_read(&scene.after, CT_TONE_EVENNESS, CT_FACE_REGION, 2.0);
    scene_read(&scene.after, CT_REDNESS, CT_FACE_REGION, 4.0);
    set_after(CT_TEXTURE, CT_NOSE, 0.8);
    set_after(CT_TEXTURE, CT_CHIN, 0.7);
    ck_assert_int_eq(scene_judge(&scene), CUTIS_OK);

    cutis_change(*const rows)[CT_REGIONS] = scene.outcome.change;
    const cutis_change *const tone = &rows[CT_TONE_EVENNESS][CT_FACE_REGION];
    const cutis_change *const red = &rows[CT_REDNESS][CT_FACE_REGION];
    const cutis_change *const nose = &rows[CT_TEXTURE][CT_NOSE];
    const cutis_change *const chin = &rows[CT_TEXTURE][CT_CHIN];
    ck_assert_double_lt(3.0 * tone->p, 2.0 * red->p);
    ck_assert_double_lt(2.0 * red->p, 1.0);
    ck_assert_double_eq_tol(tone->p_adjusted, 3.0 * tone->p, 1e-12);
    ck_assert_double_eq_tol(red->p_adjusted, 2.0 * red->p, 1e-12);
    /* The only two of 13 * 15 - 3 that are not 1: the second by 192 / 2. */
    ck_assert_double_lt(chin->p, nose->p / 2.0);
    ck_assert_double_eq_tol(chin->p_adjusted, 192.0 * chin->p, 1e-12);
    ck_assert_double_eq_tol(nose->p_adjusted, 96.0 * nose->p, 1e-12);
}
END_TEST

START_TEST(an_unknown_preset_is_the_callers_mistake)
{
    scene.options.preset = "botany";
    ck_assert_int_eq(scene_judge(&scene), CUTIS_ERROR_ARGUMENT);
    ck_assert_ptr_nonnull(strstr(scene.tools.sentence, "botany"));
}
END_TEST

START_TEST(without_memory_there_is_a_status_and_nothing_leaks)
{
    size_t limit = 64;

    for (;; limit += 4096) {
        scene.tools.memory.limit = limit;
        const cutis_status status = scene_judge(&scene);
        ck_assert_uint_eq(scene.tools.memory.used, 0);
        if (status == CUTIS_OK)
            break;
        ck_assert_int_eq(status, CUTIS_ERROR_MEMORY);
    }
    scene.tools.memory.limit = 0;
    ck_assert_int_eq(scene_judge(&scene), CUTIS_OK);
    ck_assert_uint_le(scene.tools.memory.peak, limit);
    ck_assert_uint_gt(scene.tools.memory.peak, 32000); /* the draws */
    ck_assert_uint_eq(scene.tools.memory.used, 0);
}
END_TEST

/* ---- Time since treatment ------------------------------------------------ */

START_TEST(no_verdict_before_six_weeks)
{
    static const double early[] = {0.0, 2.0, 3.0, 3.1, 13.0, 14.0, 41.9};

    set_after(CT_TEXTURE, CT_FACE_REGION, 0.5);
    for (size_t i = 0; i < sizeof(early) / sizeof(early[0]); i++) {
        scene.options.days = early[i];
        ck_assert_int_eq(scene_judge(&scene), CUTIS_OK);
        for (int m = 0; m < CT_METRICS; m++)
            ck_assert_int_eq(scene.outcome.change[m][CT_NOSE].verdict,
                             CUTIS_VERDICT_TOO_EARLY);
        ck_assert_int_eq(scene.outcome.score.verdict, CUTIS_VERDICT_TOO_EARLY);
        ck_assert_ptr_nonnull(scene.outcome.score.reason);
        /* Up to two weeks no score; then one without a verdict. */
        ck_assert_int_eq(isnan(scene.outcome.score.score), early[i] < 14.0);
    }
    scene.options.days = 42.0;
    ck_assert_int_eq(judged(CT_TEXTURE, CT_FACE_REGION)->verdict,
                     CUTIS_VERDICT_IMPROVED);
    scene.options.days = -1.0;
    ck_assert_int_eq(judged(CT_TEXTURE, CT_FACE_REGION)->verdict,
                     CUTIS_VERDICT_IMPROVED);
}
END_TEST

static bool asks_the_practitioner(double days, double redness)
{
    scene.options.days = days;
    scene_read(&scene.after, CT_REDNESS, CT_FACE_REGION, redness);
    return strstr(judged(CT_REDNESS, CT_FACE_REGION)->reason,
                  "your practitioner") != NULL;
}

START_TEST(redness_that_stays_or_is_very_strong_is_for_the_practitioner)
{
    ck_assert(!asks_the_practitioner(2.0, 19.0)); /* + 13 H */
    ck_assert(asks_the_practitioner(2.0, 21.0));  /* + 15 H */
    ck_assert(!asks_the_practitioner(6.0, 10.0));
    ck_assert(asks_the_practitioner(8.0, 10.0));
    ck_assert(asks_the_practitioner(30.0, 10.0));
    ck_assert(!asks_the_practitioner(30.0, 6.5)); /* within noise */
    ck_assert(!asks_the_practitioner(30.0, 2.0)); /* less than before */
}
END_TEST

static bool warns_of_scabs(double days, double before, double after)
{
    struct shot *const shots[2] = {&scene.before, &scene.after};
    const double density[2] = {before, after};
    scene.options.days = days;
    for (int i = 0; i < 2; i++) {
        scene_read(shots[i], CT_FLAKES, CT_CHEEK_L, 0.1);
        struct reading *const reading =
            &shots[i]->readings.of[CT_FLAKES][CT_CHEEK_L];
        reading->detail_count = 2;
        reading->detail[0] = (cutis_detail){"flake_density", "1/cm2", 9.0};
        reading->detail[1] =
            (cutis_detail){"scab_density", "1/cm2", density[i]};
    }
    const char *const reason = judged(CT_FLAKES, CT_CHEEK_L)->reason;
    return reason && strstr(reason, "may be scabs");
}

/* Method 7 and 11.6: new against the first photograph, and only words. */
START_TEST(scabs_that_are_new_are_for_the_practitioner)
{
    ck_assert(warns_of_scabs(2.0, 0.0, 0.1));
    ck_assert(warns_of_scabs(10.0, 0.05, 0.1));
    ck_assert(warns_of_scabs(60.0, 0.0, 0.1));
    ck_assert(!warns_of_scabs(-1.0, 0.0, 0.0));
    const cutis_verdict verdict = judged(CT_FLAKES, CT_CHEEK_L)->verdict;
    ck_assert(warns_of_scabs(-1.0, 0.0, 0.1));
    ck_assert_int_eq(judged(CT_FLAKES, CT_CHEEK_L)->verdict, verdict);
    ck_assert(!warns_of_scabs(2.0, 0.0, 0.0));
    ck_assert(!warns_of_scabs(2.0, 0.1, 0.1)); /* moles, say */
    ck_assert(!warns_of_scabs(2.0, 0.1, 0.0)); /* healed */
}
END_TEST

/* Skin without a dark spot may have no density of them. */
START_TEST(each_photograph_counts_its_own_details)
{
    warns_of_scabs(2.0, 0.0, 0.1);
    scene.before.readings.of[CT_FLAKES][CT_CHEEK_L].detail_count = 1;
    const cutis_change *row = judged(CT_FLAKES, CT_CHEEK_L);
    ck_assert_uint_eq(row->detail_count_before, 1);
    ck_assert_uint_eq(row->detail_count_after, 2);
    ck_assert_str_eq(row->details_after[1].name, "scab_density");
    ck_assert(strstr(row->reason, "may be scabs"));

    warns_of_scabs(2.0, 0.1, 0.1);
    scene.after.readings.of[CT_FLAKES][CT_CHEEK_L].detail_count = 0;
    row = judged(CT_FLAKES, CT_CHEEK_L);
    ck_assert_uint_eq(row->detail_count_before, 2);
    ck_assert_uint_eq(row->detail_count_after, 0);
}
END_TEST

/* ---- Names --------------------------------------------------------------- */

START_TEST(verdicts_have_the_names_of_the_contract)
{
    static const char *const names[CUTIS_VERDICT_COUNT] = {
        "ok",
        "not_measurable",
        "not_comparable",
        "improved",
        "worse",
        "changed",
        "no_measurable_change",
        "no_relevant_change",
        "inconclusive",
        "too_early"};

    for (int i = 0; i < CUTIS_VERDICT_COUNT; i++)
        ck_assert_str_eq(cutis_verdict_name((cutis_verdict)i), names[i]);
    ck_assert_str_eq(cutis_verdict_name(CUTIS_VERDICT_COUNT), "unknown");
}
END_TEST

START_TEST(the_order_of_the_metrics_is_that_of_the_contract)
{
    static const char *const names[CT_METRICS] = {
        "redness",       "erythema_area", "lesion_density",  "pigment_spots",
        "tone_evenness", "ita",           "texture",         "pore_density",
        "pore_burden",   "wrinkle_index", "wrinkle_density", "shine",
        "flakes"};

    for (int m = 0; m < CT_METRICS; m++)
        ck_assert_str_eq(ct_metric(m)->name, names[m]);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("verdict");
    TCase *tests = tcase_create("verdict");
    suite_add_tcase(suite, tests);
    tcase_add_checked_fixture(tests, setup, NULL);
    tcase_add_test(tests, the_same_photograph_twice_gives_exactly_nothing);
    tcase_add_test(tests, swapping_the_photographs_mirrors_everything_exactly);
    tcase_add_test(tests, verdicts_follow_the_rules_in_order);
    tcase_add_test(tests, metrics_without_a_good_direction_change);
    tcase_add_test(tests, what_cannot_be_shown_is_said_with_its_size);
    tcase_add_test(tests, local_redness_says_what_it_cannot_see);
    tcase_add_test(tests,
                   what_one_photograph_cannot_measure_says_which_and_why);
    tcase_add_test(tests, a_failed_check_takes_the_numbers_of_change_away);
    tcase_add_test(tests, different_forms_are_never_set_against_each_other);
    tcase_add_test(tests, ita_without_a_card_is_withheld_and_says_so);
    tcase_add_test(tests, different_people_are_compared_in_nothing);
    tcase_add_test(tests,
                   the_presets_face_rows_are_adjusted_by_holm_the_others_by_bh);
    tcase_add_test(tests, an_unknown_preset_is_the_callers_mistake);
    tcase_add_test(tests, without_memory_there_is_a_status_and_nothing_leaks);
    tcase_add_test(tests, no_verdict_before_six_weeks);
    tcase_add_test(
        tests, redness_that_stays_or_is_very_strong_is_for_the_practitioner);
    tcase_add_test(tests, scabs_that_are_new_are_for_the_practitioner);
    tcase_add_test(tests, each_photograph_counts_its_own_details);
    tcase_add_test(tests, verdicts_have_the_names_of_the_contract);
    tcase_add_test(tests, the_order_of_the_metrics_is_that_of_the_contract);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
