/* SPDX-License-Identifier: BSD-2-Clause */

/* The table and the formulas of the method's section 11.5. */

#include <stdlib.h>

#include "progress_scene.h"

static struct scene scene;

static void setup(void)
{
    scene_set(&scene);
}

static const cutis_score *scored(const char *preset)
{
    scene.options.preset = preset;
    ck_assert_int_eq(scene_judge(&scene), CUTIS_OK);
    return &scene.outcome.score;
}

static void set_after(int metric, double value)
{
    scene_read(&scene.after, metric, CT_FACE_REGION, value);
}

static void set_detail(struct shot *shot, int which, double value)
{
    shot->readings.of[CT_TEXTURE][CT_FACE_REGION].detail[which].value = value;
}

static void lose(int metric)
{
    scene.after.readings.of[metric][CT_FACE_REGION].value = NAN;
}

/* ---- Presets ------------------------------------------------------------- */

enum { COLUMNS = 9 };

/* R(scar), R(fine), PB, WI, H, SB, U, lesion density, erythema area. */
static const struct {
    const char *name;
    double weight[COLUMNS];
} table[] = {
    {"acne_scars", {.45, .05, .10, 0, .20, .10, .10, 0, 0}},
    {"scars", {.45, 0, 0, 0, .25, .15, .15, 0, 0}},
    {"wrinkles", {0, .20, .05, .65, 0, 0, .10, 0, 0}},
    {"pores", {0, .20, .65, 0, .05, 0, .10, 0, 0}},
    {"sun_damage", {0, .05, 0, .10, .10, .45, .30, 0, 0}},
    {"uneven_tone", {0, 0, 0, 0, .20, .30, .50, 0, 0}},
    {"general", {.15, .15, .15, .20, .10, .10, .15, 0, 0}},
    {"acne", {0, 0, 0, 0, .25, .15, .15, .45, 0}},
    {"redness", {0, 0, 0, 0, .70, 0, 0, 0, .30}},
};

enum { PRESETS = sizeof(table) / sizeof(table[0]) };

static int column(const struct part *part)
{
    switch (part->metric) {
    case CT_TEXTURE:
        return strcmp(part->form, "R_scar") == 0 ? 0 : 1;
    case CT_PORE_BURDEN:
        return 2;
    case CT_WRINKLE_INDEX:
        return 3;
    case CT_REDNESS:
        return 4;
    case CT_PIGMENT_SPOTS:
        return 5;
    case CT_TONE_EVENNESS:
        return 6;
    case CT_LESION_DENSITY:
        return 7;
    default:
        ck_assert_int_eq(part->metric, CT_ERYTHEMA_AREA);
        return 8;
    }
}

START_TEST(presets_weigh_what_the_table_says)
{
    const struct preset *const preset = ct_preset(table[_i].name);
    double weight[COLUMNS] = {0}, sum = 0.0;

    ck_assert_ptr_nonnull(preset);
    ck_assert_str_eq(preset->name, table[_i].name);
    for (int i = 0; i < ct_part_count(preset); i++) {
        weight[column(&preset->part[i])] += preset->part[i].weight;
        sum += preset->part[i].weight;
    }
    for (int c = 0; c < COLUMNS; c++)
        ck_assert_double_eq(weight[c], table[_i].weight[c]);
    ck_assert_double_eq_tol(sum, 1.0, 1e-12);
    ck_assert_int_le(ct_part_count(preset), 7);
}
END_TEST

START_TEST(there_are_nine_presets_and_general_is_the_default)
{
    int count = 0;

    while (ct_preset_at(count))
        count++;
    ck_assert_int_eq(count, PRESETS);
    ck_assert_str_eq(ct_preset(NULL)->name, "general");
    ck_assert_ptr_null(ct_preset(""));
    ck_assert_ptr_null(ct_preset_at(-1));
}
END_TEST

/* ---- The score ----------------------------------------------------------- */

START_TEST(a_worked_score)
{
    /* redness preset: H 6 -> 4.32 is 1.68 of 5.6, area 20 -> 24 is -4 of 10:
     * 100 (.7 * .3 - .3 * .4) = 9. */
    set_after(CT_REDNESS, 4.32);
    set_after(CT_ERYTHEMA_AREA, 24.0);
    const cutis_score *const score = scored("redness");
    ck_assert_double_eq_tol(score->score, 9.0, 1e-10);
    ck_assert_str_eq(score->label, "none or slight");
    ck_assert_uint_eq(score->component_count, 2);
    ck_assert_double_eq_tol(score->components[0].improvement, 1.68, 1e-12);
    ck_assert_double_eq_tol(score->components[0].points, 21.0, 1e-10);
    ck_assert_double_eq_tol(score->components[1].points, -12.0, 1e-10);
    ck_assert_double_eq(score->components[1].full_scale, 10.0);
    ck_assert_str_eq(score->components[0].reading, "H");
}
END_TEST

/* Less redness by 1.68 is better by 1.68: the same interval from the other
 * side. */
START_TEST(a_part_has_the_interval_of_its_change)
{
    set_after(CT_REDNESS, 4.32);
    const cutis_component *const part = &scored("redness")->components[0];
    const cutis_change *const row =
        &scene.outcome.change[CT_REDNESS][CT_FACE_REGION];
    ck_assert_double_lt(part->ci95[0], 1.68);
    ck_assert_double_eq_tol(part->ci95[0], -row->ci95[1], 1e-12);
    ck_assert_double_eq_tol(part->ci95[1], -row->ci95[0], 1e-12);
}
END_TEST

START_TEST(a_part_never_counts_beyond_its_full_scale)
{
    /* wrinkles: WI to a tenth is full; the rest is unchanged. */
    set_after(CT_WRINKLE_INDEX, 0.5);
    ck_assert_double_eq_tol(scored("wrinkles")->score, 65.0, 1e-9);
    ck_assert_str_eq(scene.outcome.score.label, "marked");
    set_after(CT_WRINKLE_INDEX, 50.0);
    ck_assert_double_eq_tol(scored("wrinkles")->score, -65.0, 1e-9);
}
END_TEST

START_TEST(thirty_percent_less_is_full_scale_of_a_ratio)
{
    /* U has no half item: exactly ln(1/0.7) at -30 %, half at sqrt(0.7). */
    set_after(CT_TONE_EVENNESS, 3.0 * sqrt(0.7));
    ck_assert_double_eq_tol(scored("uneven_tone")->score, 25.0, 1e-9);
    ck_assert_str_eq(scene.outcome.score.label, "moderate");
}
END_TEST

START_TEST(scars_and_fine_texture_are_forms_of_their_own)
{
    set_detail(&scene.after, 0, 2.0 * sqrt(0.7)); /* R_scar */
    ck_assert_double_eq_tol(scored("acne_scars")->score, 22.5, 1e-9);
    ck_assert_str_eq(scene.outcome.component[0].reading, "R_scar");
    ck_assert_str_eq(scene.outcome.component[1].reading, "R_fine");
    ck_assert_double_eq(scene.outcome.component[1].points, 0.0);
    /* The row of R itself is untouched. */
    ck_assert_double_eq(scene.outcome.change[CT_TEXTURE][CT_FACE_REGION].change,
                        0.0);
}
END_TEST

START_TEST(what_is_missing_leaves_its_weight_to_the_rest)
{
    /* uneven_tone: H .20, SB .30, U .50; without SB the rest is .70. */
    lose(CT_PIGMENT_SPOTS);
    set_after(CT_TONE_EVENNESS, 3.0 * sqrt(0.7));
    const cutis_score *const score = scored("uneven_tone");
    ck_assert_double_eq_tol(score->score, 100.0 * 0.5 * 0.5 / 0.7, 1e-9);
    ck_assert_double_eq_tol(score->components[2].used_weight, 0.5 / 0.7, 1e-12);
    ck_assert_double_eq(score->components[1].used_weight, 0.0);
    ck_assert_double_nan(score->components[1].improvement);
    ck_assert_int_eq(score->components[1].verdict,
                     CUTIS_VERDICT_NOT_MEASURABLE);
}
END_TEST

START_TEST(sixty_percent_must_be_there)
{
    lose(CT_TONE_EVENNESS); /* half of uneven_tone */
    const cutis_score *score = scored("uneven_tone");
    ck_assert_double_nan(score->score);
    ck_assert_double_nan(score->ci95[0]);
    ck_assert_ptr_null(score->label);
    ck_assert_int_eq(score->verdict, CUTIS_VERDICT_NOT_MEASURABLE);
    ck_assert_ptr_nonnull(strstr(score->reason, "50 %"));

    /* general without PB, WI and one more of .15: .50; with WI: .70. */
    lose(CT_PORE_BURDEN);
    score = scored("general");
    ck_assert_double_eq(score->score, 0.0);
    /* acne_scars without H, SB and PB: .60 exactly is enough. */
    scene_set(&scene);
    lose(CT_REDNESS);
    lose(CT_PIGMENT_SPOTS);
    lose(CT_PORE_BURDEN);
    score = scored("acne_scars");
    ck_assert_double_eq(score->score, 0.0);
}
END_TEST

START_TEST(a_missing_form_is_missing_though_the_row_stands)
{
    scene.after.readings.of[CT_TEXTURE][CT_FACE_REGION].detail_count = 0;
    const cutis_score *const score = scored("scars");
    ck_assert_double_nan(score->components[0].improvement);
    ck_assert_int_eq(score->components[0].verdict,
                     CUTIS_VERDICT_NOT_MEASURABLE);
    ck_assert_double_nan(score->score); /* .55 is left */
}
END_TEST

/* ---- Its interval -------------------------------------------------------- */

START_TEST(the_interval_of_one_part_is_students)
{
    /* Only H counts (.70 of the weight), far from its full scale: the
     * interval is t(.975, 10) SE / 5.6 of 100 either way. */
    for (int r = 0; r < CT_REGIONS; r++) {
        scene.before.readings.of[CT_REDNESS][r].name = "H_excess";
        scene.after.readings.of[CT_REDNESS][r].name = "H_excess";
    }
    scene.after.readings.of[CT_REDNESS][CT_FACE_REGION].value = 5.0;
    lose(CT_ERYTHEMA_AREA);
    const cutis_score *const score = scored("redness");
    const double expected = 100.0 * 1.102872464155 / 5.6;
    ck_assert_double_eq_tol(score->score, 100.0 / 5.6, 1e-9);
    /* A quantile of 4000 draws is uncertain by 2.6 % here (1 SD). */
    ck_assert_double_eq_tol(score->score - score->ci95[0], expected, 1.6);
    ck_assert_double_eq_tol(score->ci95[1] - score->score, expected, 1.6);
    ck_assert_str_eq(score->components[0].reading, "H_excess");
}
END_TEST

START_TEST(forms_of_one_metric_err_together)
{
    /* .15 + .15 of one error, not .15 and .15 of two: for unchanged skin and
     * texture alone the interval is that of R with the whole weight. */
    static const int others[] = {CT_PORE_BURDEN, CT_REDNESS, CT_PIGMENT_SPOTS,
                                 CT_TONE_EVENNESS};
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
        lose(others[i]);
    const struct preset twice = {
        "twice", {{CT_TEXTURE, 0.5, "R_scar"}, {CT_TEXTURE, 0.5, "R_fine"}}};
    const struct step step = {
        .delta = 0.0, .se = 0.05, .df = 10.0, .mdc95 = 0.11};
    const struct step *const steps[] = {&step, &step};
    const char *const names[] = {"R_scar", "R_fine"};
    ck_assert_int_eq(
        ct_score(&scene.outcome, &twice, steps, names, -1.0, 7, &scene.tools),
        CUTIS_OK);
    const double expected = 100.0 * 2.228138851965 * 0.05 / 0.356674943939;
    ck_assert_double_eq_tol(scene.outcome.score.ci95[1], expected, 2.5);
}
END_TEST

START_TEST(the_score_lies_in_its_interval_and_the_seed_decides_the_draws)
{
    set_after(CT_WRINKLE_INDEX, 4.0);
    set_after(CT_PORE_BURDEN, 0.7);
    const cutis_score first = *scored("general");
    ck_assert_double_lt(first.ci95[0], first.score);
    ck_assert_double_gt(first.ci95[1], first.score);
    const cutis_score again = *scored("general");
    ck_assert_double_eq(first.ci95[0], again.ci95[0]);
    ck_assert_int_eq(scene_judge_pair(&scene, &scene.outcome, &scene.before,
                                      &scene.after, 1),
                     CUTIS_OK);
    ck_assert_double_ne(first.ci95[0], scene.outcome.score.ci95[0]);
    ck_assert_double_eq_tol(first.ci95[0], scene.outcome.score.ci95[0], 2.0);
}
END_TEST

/* ---- Its verdict --------------------------------------------------------- */

START_TEST(the_score_improves_with_its_interval_and_one_part_beyond_noise)
{
    set_after(CT_WRINKLE_INDEX, 2.5);
    ck_assert_int_eq(scored("wrinkles")->verdict, CUTIS_VERDICT_IMPROVED);
    set_after(CT_WRINKLE_INDEX, 10.0);
    ck_assert_int_eq(scored("wrinkles")->verdict, CUTIS_VERDICT_WORSE);
    set_after(CT_WRINKLE_INDEX, 4.9);
    ck_assert_int_eq(scored("wrinkles")->verdict,
                     CUTIS_VERDICT_NO_MEASURABLE_CHANGE);
}
END_TEST

START_TEST(many_small_steps_without_one_beyond_noise_are_no_improvement)
{
    /* Each part moves by 0.9 of its MDC; together they leave 0 behind. */
    const struct preset *const preset = ct_preset("general");
    const struct step step = {
        .delta = -0.18, .se = 0.09, .df = 10.0, .mdc95 = 0.2};
    const struct step beyond = {
        .delta = -0.21, .se = 0.09, .df = 10.0, .mdc95 = 0.2};
    const struct step *steps[7];
    const char *names[7];
    for (int i = 0; i < 7; i++) {
        steps[i] = &step;
        names[i] = "x";
    }
    ck_assert_int_eq(
        ct_score(&scene.outcome, preset, steps, names, -1.0, 3, &scene.tools),
        CUTIS_OK);
    ck_assert_double_gt(scene.outcome.score.ci95[0], 0.0);
    ck_assert_int_eq(scene.outcome.score.verdict,
                     CUTIS_VERDICT_NO_MEASURABLE_CHANGE);
    steps[3] = &beyond;
    ck_assert_int_eq(
        ct_score(&scene.outcome, preset, steps, names, -1.0, 3, &scene.tools),
        CUTIS_OK);
    ck_assert_int_eq(scene.outcome.score.verdict, CUTIS_VERDICT_IMPROVED);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("score");
    TCase *tests = tcase_create("score");
    suite_add_tcase(suite, tests);
    tcase_add_checked_fixture(tests, setup, NULL);
    tcase_add_loop_test(tests, presets_weigh_what_the_table_says, 0, PRESETS);
    tcase_add_test(tests, there_are_nine_presets_and_general_is_the_default);
    tcase_add_test(tests, a_worked_score);
    tcase_add_test(tests, a_part_has_the_interval_of_its_change);
    tcase_add_test(tests, a_part_never_counts_beyond_its_full_scale);
    tcase_add_test(tests, thirty_percent_less_is_full_scale_of_a_ratio);
    tcase_add_test(tests, scars_and_fine_texture_are_forms_of_their_own);
    tcase_add_test(tests, what_is_missing_leaves_its_weight_to_the_rest);
    tcase_add_test(tests, sixty_percent_must_be_there);
    tcase_add_test(tests, a_missing_form_is_missing_though_the_row_stands);
    tcase_add_test(tests, the_interval_of_one_part_is_students);
    tcase_add_test(tests, forms_of_one_metric_err_together);
    tcase_add_test(
        tests, the_score_lies_in_its_interval_and_the_seed_decides_the_draws);
    tcase_add_test(
        tests, the_score_improves_with_its_interval_and_one_part_beyond_noise);
    tcase_add_test(
        tests, many_small_steps_without_one_beyond_noise_are_no_improvement);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
