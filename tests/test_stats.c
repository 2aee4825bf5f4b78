/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Figures by SciPy: oracles/students_t.py; by R: oracles/agreement.R.  Error
 * terms are the method's, section 11.2, worked out by hand.
 */

#include <stdlib.h>

#include "progress_scene.h"
#include "util/hash.h"

static struct scene scene;

static void setup(void)
{
    scene_set(&scene);
}

static const cutis_change *judged(int metric, int region)
{
    ck_assert_int_eq(scene_judge(&scene), CUTIS_OK);
    return &scene.outcome.change[metric][region];
}

/* ---- Student's t and intervals ------------------------------------------- */

START_TEST(intervals_of_a_ratio_are_those_of_scipy)
{
    scene_read(&scene.after, CT_TEXTURE, CT_NOSE, 1.6);
    const cutis_change *const row = judged(CT_TEXTURE, CT_NOSE);

    ck_assert_int_eq(row->scale, CUTIS_LOG);
    ck_assert_double_eq_tol(row->change, -0.4, 1e-15);
    ck_assert_double_eq_tol(row->relative_change, -0.2, 1e-12);
    ck_assert_double_eq_tol(row->se, 0.056568542495, 1e-11);
    ck_assert_double_eq(row->df, 10.0);
    ck_assert_double_eq_tol(row->mdc95, 0.134330452676, 1e-10);
    ck_assert_double_eq_tol(row->ci95[0], -0.294738144328, 1e-10);
    ck_assert_double_eq_tol(row->ci95[1], -0.092535637859, 1e-10);
    ck_assert_double_eq_tol(row->p, 0.00275401118858, 1e-11);
}
END_TEST

START_TEST(intervals_of_a_difference_are_those_of_scipy)
{
    for (int r = 0; r < CT_REGIONS; r++) {
        scene.before.readings.of[CT_REDNESS][r].name = "H_excess";
        scene.after.readings.of[CT_REDNESS][r].name = "H_excess";
    }
    scene.after.readings.of[CT_REDNESS][CT_NOSE].value = 4.0;
    const cutis_change *const row = judged(CT_REDNESS, CT_NOSE);

    ck_assert_int_eq(row->scale, CUTIS_LINEAR);
    ck_assert_double_eq(row->change, -2.0);
    ck_assert_double_nan(row->relative_change);
    ck_assert_double_eq_tol(row->se, 0.494974746831, 1e-11);
    ck_assert_double_eq_tol(row->mdc95, 1.102872464155, 1e-10);
    ck_assert_double_eq_tol(row->ci95[0], -3.102872464155, 1e-10);
    ck_assert_double_eq_tol(row->ci95[1], -0.897127535845, 1e-10);
    ck_assert_double_eq_tol(row->p, 0.00235890791273, 1e-11);
}
END_TEST

START_TEST(an_empty_list_has_a_ratio_by_half_an_item)
{
    scene_read(&scene.before, CT_LESION_DENSITY, CT_NOSE, 0.0);
    scene_read(&scene.after, CT_LESION_DENSITY, CT_NOSE, 1.0 / 3.0);
    scene.before.readings.of[CT_LESION_DENSITY][CT_NOSE].count = 0.0;
    scene.after.readings.of[CT_LESION_DENSITY][CT_NOSE].count = 10.0;
    const cutis_change *const row = judged(CT_LESION_DENSITY, CT_NOSE);
    /* In 30 cm2 half an item is 1/60 per cm2, 10 are 20 of those. */
    ck_assert_double_eq_tol(row->relative_change, 20.0, 1e-11);
    /* SD 10 %, counts 0 and 10, density by scale 2 * 0.5 % in both. */
    const double variance = 0.02 + 1.0 / 0.5 + 1.0 / 10.5 + 2.0 * 1e-4;
    ck_assert_double_eq_tol(row->se, sqrt(variance), 1e-12);
}
END_TEST

START_TEST(a_roughness_of_zero_is_not_measurable)
{
    scene_read(&scene.after, CT_TEXTURE, CT_NOSE, 0.0);
    const cutis_change *const row = judged(CT_TEXTURE, CT_NOSE);
    ck_assert_int_eq(row->verdict, CUTIS_VERDICT_NOT_MEASURABLE);
    ck_assert_ptr_nonnull(row->reason);
    ck_assert_double_nan(row->change);
}
END_TEST

/* ---- Terms of the error -------------------------------------------------- */

static double error_of(int metric)
{
    return judged(metric, CT_NOSE)->se;
}

static double root_sum(double a, double b)
{
    return sqrt(a * a + b * b);
}

START_TEST(blur_hides_spots_by_their_own_width)
{
    /* s = 0.7 mm: the contrast falls as 1 / (1 + blur^2 / s^2). */
    const double share = 1.0 / (0.7 * 0.7), alike = error_of(CT_PIGMENT_SPOTS);
    scene.pair.blur_mm2 = -0.2;
    scene.pair.blur_se_mm2 = 0.0;
    const double known = error_of(CT_PIGMENT_SPOTS);
    ck_assert_double_eq_tol(known, root_sum(alike, 0.2 * share), 0.01);
    scene.pair.blur_se_mm2 = 0.15;
    ck_assert_double_eq_tol(error_of(CT_PIGMENT_SPOTS),
                            root_sum(known, 0.15 * share), 0.01);
    scene.pair.blur_mm2 = NAN;
    scene.after.capture.blur_mm = sqrt(0.06 * 0.06 + 0.2);
    ck_assert_double_eq_tol(error_of(CT_PIGMENT_SPOTS),
                            root_sum(alike, 0.2 * share), 0.01);
    scene.after.capture.blur_mm = NAN;
    ck_assert_double_gt(error_of(CT_PIGMENT_SPOTS),
                        root_sum(alike, 0.25 * share));
}
END_TEST

START_TEST(the_priors_are_those_of_the_descriptors)
{
    static const int plain[] = {CT_ERYTHEMA_AREA, CT_TONE_EVENNESS, CT_TONE_ITA,
                                CT_TEXTURE,       CT_SHINE,         CT_FLAKES};

    for (size_t i = 0; i < sizeof(plain) / sizeof(plain[0]); i++)
        ck_assert_double_eq_tol(error_of(plain[i]),
                                sqrt(2.0) * ct_metric(plain[i])->prior_sd,
                                1e-12);
}
END_TEST

START_TEST(a_count_varies_as_a_count_and_a_burden_does_not)
{
    /* 60 items in each: lesions with SD 10 %, spots with SD 6 %; the scale,
     * 0.5 % each, enters a density squared. */
    const double lesions = 2.0 * 0.01 + 4.0 * 2.0 * 0.000025;
    for (int i = 0; i < 2; i++) {
        struct shot *const photo = i ? &scene.after : &scene.before;
        photo->readings.of[CT_LESION_DENSITY][CT_NOSE].count = 60.0;
    }
    ck_assert_double_eq_tol(error_of(CT_LESION_DENSITY),
                            sqrt(lesions + 2.0 / 60.5), 1e-12);
    scene.after.readings.of[CT_LESION_DENSITY][CT_NOSE].count = 0.0;
    ck_assert_double_eq_tol(error_of(CT_LESION_DENSITY),
                            sqrt(lesions + 1.0 / 60.5 + 2.0), 1e-12);
    ck_assert_double_eq_tol(error_of(CT_PIGMENT_SPOTS),
                            sqrt(2.0 * 0.0036 + 2.0 / 60.5), 1e-12);
    ck_assert_double_eq_tol(error_of(CT_WRINKLE_INDEX),
                            sqrt(2.0 * 0.0036 + 2.0 * 0.000025), 1e-12);
}
END_TEST

/* SD 8 % and 0.5 % of scale in both; 0.3 mm/cm2 of 2 and, in 30 cm2, half of
 * the shortest line: 2 mm. */
START_TEST(lines_of_middling_evidence_are_in_doubt)
{
    const double plain = 2.0 * 0.0064 + 2.0 * 0.000025;
    ck_assert_double_eq_tol(error_of(CT_WRINKLE_DENSITY), sqrt(plain), 1e-12);
    for (int i = 0; i < 2; i++) {
        struct shot *const photo = i ? &scene.after : &scene.before;
        struct reading *const row =
            &photo->readings.of[CT_WRINKLE_DENSITY][CT_NOSE];
        row->paired = true;
        row->spread = 0.3;
    }
    const double share = 0.3 / (2.0 + 2.0 / 30.0);
    ck_assert_double_eq_tol(error_of(CT_WRINKLE_DENSITY),
                            sqrt(plain + share * share), 1e-12);
}
END_TEST

START_TEST(a_region_under_25_cm2_repeats_less_well)
{
    const double large = error_of(CT_TEXTURE);
    scene.before.readings.of[CT_TEXTURE][CT_NOSE].area_cm2 = 25.0;
    ck_assert_double_eq_tol(error_of(CT_TEXTURE), large, 1e-12);
    scene.before.readings.of[CT_TEXTURE][CT_NOSE].area_cm2 = 6.25;
    ck_assert_double_eq_tol(error_of(CT_TEXTURE), 2.0 * large, 1e-12);
    scene.after.readings.of[CT_TEXTURE][CT_NOSE].area_cm2 = 1.0;
    ck_assert_double_eq_tol(error_of(CT_TEXTURE), 5.0 * large, 1e-12);
}
END_TEST

START_TEST(absolute_redness_carries_the_card)
{
    /* 0.8 H a photograph; 0.2 % of each channel is 0.41 H (method 1.4). */
    ck_assert_double_eq_tol(error_of(CT_REDNESS),
                            root_sum(0.8 * sqrt(2.0), 0.41), 1e-9);
    /* 2 % corrected: a tenth of it stays. */
    scene.after.skin.gain[0] = exp(-0.02);
    ck_assert_double_eq_tol(error_of(CT_REDNESS),
                            root_sum(0.8 * sqrt(2.0), 205.0 * 0.004), 1e-8);
}
END_TEST

/* The leak of melanin that the error stands for, as a share of 5.6 H for half
 * of +20 % melanin. */
static double leak_at(double ita, double without)
{
    scene.before.capture.ita = ita - 5.0; /* what counts is the mean */
    scene.after.capture.ita = ita + 5.0;
    const double error = error_of(CT_REDNESS);
    return sqrt(error * error - without * without) / 2.8;
}

START_TEST(a_tan_on_brown_skin_adds_its_leak)
{
    /* By tests/oracles/leak.py; the error may say more, but not less. */
    static const double leak[][2] = {{-7.5, 0.12},  {-15.0, 0.37},
                                     {-20.0, 0.66}, {-25.0, 0.23},
                                     {-30.0, 0.07}, {-45.0, 0.24}};
    const double without = error_of(CT_REDNESS);
    for (size_t i = 0; i < sizeof(leak) / sizeof(leak[0]); i++) {
        const double said = leak_at(leak[i][0], without);
        ck_assert_double_ge(said, leak[i][1] - 0.005);
        ck_assert_double_le(said, leak[i][1] + 0.20);
    }
    ck_assert_double_eq_tol(leak_at(-80.0, without), leak_at(-50.0, without),
                            1e-12);
}
END_TEST

START_TEST(a_given_scale_adds_nothing_to_densities)
{
    const double prior = ct_metric(CT_WRINKLE_DENSITY)->prior_sd * sqrt(2.0);
    ck_assert_double_eq_tol(error_of(CT_WRINKLE_DENSITY),
                            root_sum(prior, 0.005 * sqrt(2.0)), 1e-12);
    scene.before.face.scale_source = "px-per-mm";
    scene.after.face.scale_source = "px-per-mm";
    ck_assert_double_eq_tol(error_of(CT_WRINKLE_DENSITY), prior, 1e-12);
}
END_TEST

START_TEST(a_difference_of_sharpness_is_carried_as_the_method_measured_it)
{
    /* 0.08 -> 0.14 mm: bands .25 and .5 mm lose 10 % and 2.4 % (4.3), which
     * the weights .2 and .3 of R turn into 2.8 %. */
    const double prior = ct_metric(CT_TEXTURE)->prior_sd * sqrt(2.0);
    scene.before.capture.blur_mm = 0.08;
    scene.after.capture.blur_mm = 0.14;
    const double extra = sqrt(pow(error_of(CT_TEXTURE), 2.0) - prior * prior);
    /* The after is soft enough for a warning, which multiplies all. */
    const double factor =
        ct_widening(&scene.outcome.checks, CT_TEXTURE, CT_NOSE);
    ck_assert_double_eq(factor, 1.4);
    const double loss = -(0.2 * log(0.90) + 0.3 * log(0.976));
    const double expected =
        sqrt(1.96 * (prior * prior + loss * loss) - prior * prior);
    ck_assert_double_eq_tol(extra, expected, 0.002);
}
END_TEST

START_TEST(a_difference_that_was_taken_out_leaves_its_error)
{
    /* 2.1 for each mm2 of doubt, and 1.5 % (11.2) once anything was done. */
    const double prior = ct_metric(CT_TEXTURE)->prior_sd * sqrt(2.0);
    scene.after.capture.blur_mm = 0.09;
    scene.pair.blur_se_mm2 = 0.004;
    scene.pair.blur_mm2 = 0.003;
    ck_assert_double_eq_tol(error_of(CT_TEXTURE), root_sum(prior, 2.1 * 0.004),
                            1e-12);
    scene.pair.blur_mm2 = -0.006;
    ck_assert_double_eq_tol(error_of(CT_TEXTURE),
                            root_sum(root_sum(prior, 2.1 * 0.004), 0.015),
                            1e-12);
}
END_TEST

START_TEST(warnings_widen_the_error_and_the_interval)
{
    const double before = error_of(CT_TEXTURE);
    scene.after.capture.noise_cod = 2.0;
    ck_assert_double_eq_tol(error_of(CT_TEXTURE), 1.4 * before, 1e-12);
    scene.after.capture.noise_cod = 4.0;
    ck_assert_double_eq_tol(error_of(CT_TEXTURE), 2.0 * before, 1e-12);
}
END_TEST

/* ---- Families ------------------------------------------------------------ */

static void compare_p(double *actual, const double *expected, int n)
{
    for (int i = 0; i < n; i++)
        ck_assert_double_eq_tol(actual[i], expected[i], 1e-12);
}

/* The fifteen p of Benjamini and Hochberg 1995, section 3.2. */
enum { FIFTEEN = 15 };
static const double fifteen[FIFTEEN] = {.0001, .0004, .0019, .0095, .0201,
                                        .0278, .0298, .0344, .0459, .3240,
                                        .4262, .5719, .6528, .7590, 1.000};

START_TEST(adjusted_p_are_those_of_r)
{
    static const double bh[FIFTEEN] = {0.0015,
                                       0.003,
                                       0.0095,
                                       0.035625,
                                       0.0603,
                                       0.0638571428571429,
                                       0.0638571428571429,
                                       0.0645,
                                       0.0765,
                                       0.486,
                                       0.581181818181818,
                                       0.714875,
                                       0.753230769230769,
                                       0.813214285714286,
                                       1.0};
    static const double holm[FIFTEEN] = {0.0015, 0.0056, 0.0247, 0.114,  0.2211,
                                         0.278,  0.278,  0.278,  0.3213, 1.0,
                                         1.0,    1.0,    1.0,    1.0,    1.0};
    double p[FIFTEEN];

    memcpy(p, fifteen, sizeof(p));
    ct_adjust_bh(p, FIFTEEN);
    compare_p(p, bh, FIFTEEN);
    memcpy(p, fifteen, sizeof(p));
    ct_adjust_holm(p, FIFTEEN);
    compare_p(p, holm, FIFTEEN);
}
END_TEST

START_TEST(ties_in_any_order_are_adjusted_as_r_does)
{
    enum { SEVEN = 7 };
    static const double q[SEVEN] = {.04, .01, .04, .9, .001, .01, .5};
    static const double bh[SEVEN] = {0.056,
                                     0.0233333333333333,
                                     0.056,
                                     0.9,
                                     0.007,
                                     0.0233333333333333,
                                     0.583333333333333};
    static const double holm[SEVEN] = {.16, .06, .16, 1.0, .007, .06, 1.0};
    double p[SEVEN];

    memcpy(p, q, sizeof(p));
    ct_adjust_bh(p, SEVEN);
    compare_p(p, bh, SEVEN);
    memcpy(p, q, sizeof(p));
    ct_adjust_holm(p, SEVEN);
    compare_p(p, holm, SEVEN);
    ct_adjust_holm(p, 0);
    ct_adjust_bh(p, 0);
}
END_TEST

/* ---- What is said of nothing --------------------------------------------- */

static bool is_direction(cutis_verdict verdict)
{
    return verdict == CUTIS_VERDICT_IMPROVED ||
           verdict == CUTIS_VERDICT_WORSE || verdict == CUTIS_VERDICT_CHANGED;
}

/* A reading of unchanged skin, with the SD that its error claims. */
static void read_again(struct shot *shot, struct random *random, int m, int r)
{
    const struct form form = {
        .metric = m,
        .region = r,
        .name = scene_reading[m].name,
    };
    struct claim claim;
    ct_error_terms(&claim, &form, &scene.before.facts, &scene.after.facts,
                   &scene.pair, NULL);
    const double sd = sqrt(0.5 * ct_variance(&claim, 2.0, claim.prior));
    const double error = sd * ct_random_normal(random);
    const double value = scene_reading[m].value;
    const double area = r == CT_FACE_REGION ? 300.0 : 30.0;
    const double half = ct_half_item(m, area);

    scene_read(shot, m, r,
               ct_metric(m)->scale == CUTIS_LOG
                   ? (value + half) * exp(error) - half
                   : value + error);
}

enum { NULL_PAIRS = 1500 };

START_TEST(unchanged_skin_gets_a_direction_in_at_most_5_percent)
{
    struct random random;
    int wrong[CT_METRICS] = {0}, families = 0, scores = 0;
    const double limit = 0.05 + 1.64 * sqrt(0.05 * 0.95 / (double)NULL_PAIRS);

    ct_random_seed(&random, 11);
    for (int n = 0; n < NULL_PAIRS; n++) {
        bool any = false;
        for (int m = 0; m < CT_METRICS; m++) {
            for (int r = 0; r < CT_REGIONS; r++) {
                read_again(&scene.before, &random, m, r);
                read_again(&scene.after, &random, m, r);
            }
        }
        ck_assert_int_eq(scene_judge(&scene), CUTIS_OK);
        for (int m = 0; m < CT_METRICS; m++) {
            const cutis_verdict verdict =
                scene.outcome.change[m][CT_FACE_REGION].verdict;
            wrong[m] += is_direction(verdict);
        }
        for (int i = 0; i < (int)scene.outcome.score.component_count; i++)
            any = any || is_direction(scene.outcome.component[i].verdict);
        families += any;
        scores += is_direction(scene.outcome.score.verdict);
    }
    for (int m = 0; m < CT_METRICS; m++)
        ck_assert_msg(wrong[m] <= limit * NULL_PAIRS, "%s: %d of %d",
                      ct_metric(m)->name, wrong[m], NULL_PAIRS);
    ck_assert_int_le(families, (int)(limit * NULL_PAIRS));
    ck_assert_int_le(scores, (int)(limit * NULL_PAIRS));
}
END_TEST

START_TEST(a_large_change_is_found_almost_always)
{
    struct random random;
    int found = 0;
    enum { PAIRS = 300 };

    ct_random_seed(&random, 12);
    for (int n = 0; n < PAIRS; n++) {
        read_again(&scene.before, &random, CT_WRINKLE_INDEX, CT_FACE_REGION);
        read_again(&scene.after, &random, CT_WRINKLE_INDEX, CT_FACE_REGION);
        scene.after.readings.of[CT_WRINKLE_INDEX][CT_FACE_REGION].value *= 0.6;
        found += judged(CT_WRINKLE_INDEX, CT_FACE_REGION)->verdict ==
                 CUTIS_VERDICT_IMPROVED;
    }
    /* -40 % is 6.0 standard errors; Holm asks for 3.5 of them at most. */
    ck_assert_int_ge(found, PAIRS * 95 / 100);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("stats");
    TCase *tests = tcase_create("stats");
    suite_add_tcase(suite, tests);
    tcase_add_checked_fixture(tests, setup, NULL);
    tcase_add_test(tests, blur_hides_spots_by_their_own_width);
    tcase_add_test(tests, intervals_of_a_ratio_are_those_of_scipy);
    tcase_add_test(tests, intervals_of_a_difference_are_those_of_scipy);
    tcase_add_test(tests, an_empty_list_has_a_ratio_by_half_an_item);
    tcase_add_test(tests, a_roughness_of_zero_is_not_measurable);
    tcase_add_test(tests, the_priors_are_those_of_the_descriptors);
    tcase_add_test(tests, a_count_varies_as_a_count_and_a_burden_does_not);
    tcase_add_test(tests, lines_of_middling_evidence_are_in_doubt);
    tcase_add_test(tests, a_region_under_25_cm2_repeats_less_well);
    tcase_add_test(tests, absolute_redness_carries_the_card);
    tcase_add_test(tests, a_tan_on_brown_skin_adds_its_leak);
    tcase_add_test(tests, a_given_scale_adds_nothing_to_densities);
    tcase_add_test(
        tests, a_difference_of_sharpness_is_carried_as_the_method_measured_it);
    tcase_add_test(tests, a_difference_that_was_taken_out_leaves_its_error);
    tcase_add_test(tests, warnings_widen_the_error_and_the_interval);
    tcase_add_test(tests, adjusted_p_are_those_of_r);
    tcase_add_test(tests, ties_in_any_order_are_adjusted_as_r_does);
    tcase_add_test(tests, unchanged_skin_gets_a_direction_in_at_most_5_percent);
    tcase_add_test(tests, a_large_change_is_found_almost_always);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
