/* SPDX-License-Identifier: BSD-2-Clause */

/* Limits and consequences are those of the method's section 10. */

#include <stdio.h>
#include <stdlib.h>

#include "progress_scene.h"

static struct scene scene;

static void setup(void)
{
    scene_set(&scene);
}

/* Of every check: a plain sentence, whole, without a hole in it. */
static void sentences_are_whole(void)
{
    const struct checks *const checks = &scene.outcome.checks;
    for (int i = 0; i < checks->count; i++) {
        const char *const words = checks->of[i].message;
        const size_t length = strlen(words);
        ck_assert_uint_gt(length, 20);
        ck_assert_uint_lt(length, CT_SENTENCE - 1);
        ck_assert_int_eq(words[length - 1], '.');
        ck_assert_ptr_null(strstr(words, "nan"));
        ck_assert_ptr_null(strstr(words, "{}"));
        ck_assert_ptr_null(strchr(words, '?'));
        ck_assert_ptr_null(strstr(words, "  "));
        ck_assert_ptr_null(strstr(words, ".."));
        ck_assert_ptr_nonnull(checks->of[i].unit);
    }
}

START_TEST(a_perfect_pair_passes_every_check)
{
    scene_check(&scene);
    ck_assert_int_eq(scene.outcome.checks.count, 2 * 11 + 13 + 19);
    for (int i = 0; i < scene.outcome.checks.count; i++)
        ck_assert_msg(scene.outcome.checks.of[i].verdict == CUTIS_CHECK_PASS,
                      "%s", scene.outcome.checks.of[i].message);
    sentences_are_whole();
    ck_assert_int_eq(scene_comparable(&scene), CUTIS_COMPARABLE_YES);
    for (int m = 0; m < CT_METRICS; m++)
        for (int r = 0; r < CT_REGIONS; r++) {
            ck_assert_double_eq(scene_widening(&scene, m, r), 1.0);
            ck_assert(!scene_forbids(&scene, m, r));
        }
}
END_TEST

START_TEST(one_photograph_has_no_checks_of_pairs)
{
    struct checks *const checks = &scene.outcome.checks;
    ct_check(checks, &scene.before.facts, NULL, NULL, NULL);
    ck_assert_int_eq(checks->count, 11 + 1 + 13);
    sentences_are_whole();
    for (int i = 0; i < checks->count; i++) {
        ck_assert_int_eq(checks->of[i].scope, CUTIS_CHECK_BEFORE);
        ck_assert_int_eq(checks->of[i].verdict, CUTIS_CHECK_PASS);
    }
    ck_assert_ptr_null(scene_find(checks, "identity", CUTIS_CHECK_BEFORE));
    ck_assert_ptr_nonnull(
        scene_find(checks, "white_balance", CUTIS_CHECK_BEFORE));
}
END_TEST

/* ---- Limits -------------------------------------------------------------- */

static void set_yaw(double x)
{
    scene.after.face.pose.yaw_deg = x;
}

static void set_pitch(double x)
{
    scene.before.face.pose.pitch_deg = -x;
}

static void set_roll(double x)
{
    scene.after.face.pose.roll_deg = -x;
}

static void set_scale(double x)
{
    scene.after.face.scale = 16.0 * exp(x);
}

static void set_exposure(double x)
{
    for (int c = 0; c < 3; c++)
        scene.after.skin.gain[c] = pow(10.0, x);
}

static void set_red(double x)
{
    scene.after.skin.gain[0] = pow(10.0, x);
}

static void set_blue(double x)
{
    scene.before.skin.gain[2] = pow(10.0, x);
}

static void set_resolution(double x)
{
    scene.before.face.scale = scene.after.face.scale = x;
}

static void set_burnt(double x)
{
    scene.before.capture.clipped_high = x / 100.0;
}

static void set_black(double x)
{
    scene.before.capture.clipped_low = x / 100.0;
}

static void set_mismatch(double x)
{
    scene.after.capture.blur_mm = sqrt(0.06 * 0.06 + x * x);
}

static void set_known_mismatch(double x)
{
    scene.pair.blur_mm2 = -x * fabs(x);
    scene.pair.blur_se_mm2 = 0.0001;
}

static void set_misfit(double x)
{
    scene.pair.blur_misfit = x;
}

/* Twice the logarithm, of power, of what a mask of strength x adds. */
static void set_sharpened(double x)
{
    scene.pair.sharpened = x < 0.0 ? -2.0 * log(1.0 - x) : 2.0 * log(1.0 + x);
}

static void set_noise(double x)
{
    scene.before.capture.noise_cod = x;
}

static void set_quality(double x)
{
    scene.before.picture.jpeg_quality = x;
}

static void set_mouth(double x)
{
    scene.after.capture.mouth_width = 0.8 + x / 100.0;
}

static void set_corners(double x)
{
    scene.after.capture.mouth_lift = 0.01 + x / 100.0;
}

static void set_hue(double x)
{
    scene.after.capture.hue_deg = 55.0 + x;
}

static void set_right_eye(double x)
{
    scene.after.capture.ear_r = 0.3 - x;
}

static void set_left_eye(double x)
{
    scene.before.capture.ear_l = 0.3 - x;
}

static void set_lips(double x)
{
    scene.after.capture.mar = 0.02 + x;
}

static void set_brows(double x)
{
    scene.after.capture.brow_eye = 0.35 + x / 100.0;
}

static void set_shape(double x)
{
    scene.pair.nonrigid_rms_mm = x;
}

static void set_wider(double x)
{
    scene.pair.mouth_wider_mm = -x;
}

static void set_cover(double x)
{
    scene.pair.coverage[CT_FOREHEAD] = x;
}

static void set_upper_face(double x)
{
    scene.pair.upper_face_mm = x;
    scene.pair.patches_tried = 0;
}

static void set_identity(double x)
{
    scene.pair.patches_tried = scene.pair.patches_accepted = 0;
    scene.pair.identity = x / 100.0;
}

/* Three standard errors are chance. */
static void set_nearer(double x)
{
    scene.pair.nearer = (x + (x < 0.0 ? -3.0 : 3.0) * 0.01) / 75.0;
    scene.pair.nearer_se = 0.01 / 75.0;
}

static void set_days(double x)
{
    scene.options.days = x;
}

/* The table of section 10, typed from there: pass, warn and fail; where the
 * strong warning has no room, warn = fail. */
static const struct knob {
    const char *id;
    void (*set)(double x);
    double from, to; /* from the best to beyond the worst */
    double pass, warn, fail;
} knobs[] = {
    {"yaw_pitch", set_yaw, 0.0, 20.0, 3.0, 6.0, 10.0},
    {"yaw_pitch", set_pitch, 0.0, 20.0, 3.0, 6.0, 10.0},
    {"roll", set_roll, 0.0, 60.0, 5.0, 15.0, 25.0},
    {"scale", set_scale, 0.0, 1.0, 0.05, 0.15, 0.35},
    {"scale", set_scale, 0.0, -0.28, -0.05, -0.15, -0.35},
    {"exposure", set_exposure, 0.0, 1.0, 0.04, 0.15, 0.30},
    {"exposure", set_exposure, 0.0, -1.0, -0.04, -0.15, -0.30},
    {"white_balance", set_red, 0.0, 0.1, 0.0022, 0.013, 0.04},
    {"white_balance", set_blue, 0.0, -0.1, -0.0022, -0.013, -0.04},
    {"resolution", set_resolution, 40.0, 0.5, 12.0, 12.0, 12.0},
    {"clipping", set_burnt, 0.0, 100.0, 0.1, 1.0, 3.0},
    {"clipping", set_black, 0.0, 100.0, 0.1, 1.0, 3.0},
    {"blur_mismatch", set_mismatch, 0.0, 1.0, 0.10, 0.20, 0.20},
    {"blur_mismatch", set_known_mismatch, 0.0, 1.0, 0.10, 0.20, 0.20},
    {"blur_mismatch", set_known_mismatch, 0.0, -1.0, -0.10, -0.20, -0.20},
    {"processing", set_misfit, 0.0, 2.0, 0.35, INFINITY, INFINITY},
    {"sharpening", set_sharpened, 0.0, 3.0, 0.25, 0.40, 0.40},
    {"sharpening", set_sharpened, 0.0, -3.0, -0.25, -0.40, -0.40},
    {"noise", set_noise, 0.0, 30.0, 1.0, 2.5, 5.0},
    {"jpeg", set_quality, 100.0, 1.0, 90.0, 75.0, 75.0},
    {"expression", set_corners, 0.0, 3.0, 0.6, 1.0, 1.6},
    {"expression", set_corners, 0.0, -3.0, -0.6, -1.0, -1.6},
    {"skin_colour", set_hue, 0.0, 40.0, 8.0, 12.0, 16.0},
    {"skin_colour", set_hue, 0.0, -40.0, -8.0, -12.0, -16.0},
    {"expression", set_mouth, 0.0, 60.0, 3.0, 6.0, 10.0},
    {"expression", set_right_eye, 0.0, 0.3, 0.05, 0.10, 0.18},
    {"expression", set_left_eye, 0.0, 0.3, 0.05, 0.10, 0.18},
    {"expression", set_lips, 0.0, 1.0, 0.03, 0.06, 0.12},
    {"expression", set_brows, 0.0, 40.0, 4.0, 8.0, 14.0},
    {"expression", set_shape, 0.0, 20.0, 1.2, 2.5, 4.0},
    {"expression", set_wider, 0.0, 20.0, 1.2, 2.5, 4.0},
    {"coverage", set_cover, 1.0, 0.0, 0.70, 0.40, 0.40},
    {"identity", set_identity, 0.0, 50.0, 3.0, 5.0, 8.0},
    {"identity", set_upper_face, 0.0, 3.0, 0.75, 0.85, 0.95},
    {"perspective", set_nearer, 0.0, 1.0, 0.02, 0.05, 0.08},
    {"perspective", set_nearer, 0.0, -1.0, -0.02, -0.05, -0.08},
    {"timing", set_days, 400.0, 0.0, 42.0, 14.0, 3.0},
};

enum { KNOBS = sizeof(knobs) / sizeof(knobs[0]) };

static enum ct_level level_at(const struct knob *knob, double x)
{
    knob->set(x);
    const cutis_check *const check = scene_found(&scene, knob->id);
    return scene.outcome.checks.level[check - scene.outcome.checks.of];
}

START_TEST(limits_are_those_of_the_method)
{
    const struct knob *const knob = &knobs[_i];
    const double to_worse = knob->to > knob->from ? 1e-6 : -1e-6;

    ck_assert_int_eq(level_at(knob, knob->from), CT_LEVEL_PASS);
    ck_assert_int_eq(level_at(knob, knob->pass - to_worse), CT_LEVEL_PASS);
    if (knob->warn != knob->pass)
        ck_assert_int_eq(level_at(knob, knob->pass + to_worse), CT_LEVEL_WARN);
    ck_assert_int_lt(level_at(knob, knob->warn - to_worse), CT_LEVEL_STRONG);
    if (knob->fail != knob->warn) {
        ck_assert_int_eq(level_at(knob, knob->warn + to_worse),
                         CT_LEVEL_STRONG);
        ck_assert_int_eq(level_at(knob, knob->fail - to_worse),
                         CT_LEVEL_STRONG);
    }
    if ((knob->to - knob->fail) / to_worse > 0.0)
        ck_assert_int_eq(level_at(knob, knob->fail + to_worse), CT_LEVEL_FAIL);
}
END_TEST

START_TEST(a_worse_capture_never_gets_a_better_verdict)
{
    const struct knob *const knob = &knobs[_i];
    enum { STEPS = 400 };
    enum ct_level last = CT_LEVEL_PASS;
    cutis_comparable comparison = CUTIS_COMPARABLE_YES;

    for (int i = 0; i <= STEPS; i++) {
        const double x = knob->from + (knob->to - knob->from) * i / STEPS;
        const enum ct_level level = level_at(knob, x);
        sentences_are_whole();
        ck_assert_int_ge(level, last);
        ck_assert_int_ge(scene_comparable(&scene), comparison);
        ck_assert_int_ne(level, CT_LEVEL_UNKNOWN);
        last = level;
        comparison = scene_comparable(&scene);
    }
}
END_TEST

START_TEST(burnt_and_black_do_not_add_up)
{
    set_burnt(50.0);
    set_black(80.0);
    const cutis_check *const check = scene_found(&scene, "clipping");
    ck_assert_double_eq_tol(check->value, 80.0, 1e-9);
    ck_assert(strstr(check->message, "80.0 % of the skin is lost in black"));
}
END_TEST

START_TEST(focus_is_stricter_for_finer_things)
{
    static const struct {
        double blur;
        bool pores, texture, lines;
    } cases[] = {
        {0.099, false, false, false}, {0.101, true, false, false},
        {0.199, true, false, false},  {0.201, true, true, false},
        {0.299, true, true, false},   {0.301, true, true, true},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        scene.before.capture.blur_mm = cases[i].blur;
        scene.after.capture.blur_mm = cases[i].blur;
        const cutis_check *const check = scene_found(&scene, "focus");
        const bool fails = cases[i].pores;
        ck_assert_int_eq(check->verdict,
                         fails ? CUTIS_CHECK_FAIL : CUTIS_CHECK_PASS);
        sentences_are_whole();
        ck_assert_int_eq(scene_affects(check, CT_PORE_BURDEN), true);
        ck_assert_int_eq(scene_forbids(&scene, CT_PORE_DENSITY, CT_NOSE),
                         cases[i].pores);
        ck_assert_int_eq(scene_forbids(&scene, CT_TEXTURE, CT_CHIN),
                         cases[i].texture);
        ck_assert_int_eq(
            scene_forbids(&scene, CT_WRINKLE_INDEX, CT_FACE_REGION),
            cases[i].lines);
        ck_assert(!scene_forbids(&scene, CT_REDNESS, CT_FACE_REGION));
    }
    scene.before.capture.blur_mm = 0.12;
    ck_assert_double_eq(scene_widening(&scene, CT_WRINKLE_INDEX, CT_NOSE), 1.4);
    scene.before.capture.blur_mm = 0.18;
    ck_assert_double_eq(scene_widening(&scene, CT_WRINKLE_INDEX, CT_NOSE), 2.0);
}
END_TEST

START_TEST(what_is_too_small_to_measure_is_not_put_down_to_focus)
{
    set_resolution(9.0);
    scene.before.capture.blur_mm = scene.after.capture.blur_mm = 0.14;
    ck_assert_int_eq(scene_found(&scene, "focus")->verdict, CUTIS_CHECK_WARN);
    ck_assert_int_eq(scene_found(&scene, "resolution")->verdict,
                     CUTIS_CHECK_FAIL);
    ck_assert(scene_affects(scene_found(&scene, "resolution"), CT_PORE_BURDEN));
    ck_assert(
        !scene_affects(scene_found(&scene, "resolution"), CT_WRINKLE_INDEX));
}
END_TEST

/* ---- What cannot be told ------------------------------------------------- */

START_TEST(what_cannot_be_told_warns_in_words_and_has_no_number)
{
    static const char *const ids[] = {
        "focus", "noise",      "blur_mismatch", "yaw_pitch",   "identity",
        "roll",  "expression", "camera",        "skin_colour",
    };

    scene.before.capture.blur_mm = scene.before.capture.noise_cod = NAN;
    scene.after.capture.blur_mm = NAN;
    scene.before.face.point_count = 0;
    scene.before.capture.hue_deg = NAN;
    scene.before.picture.exif.model[0] = 0;
    for (size_t i = 0; i < sizeof(ids) / sizeof(ids[0]); i++) {
        const cutis_check *const check = scene_found(&scene, ids[i]);
        ck_assert_double_nan(check->value);
        ck_assert_int_eq(check->verdict, CUTIS_CHECK_WARN);
    }
    sentences_are_whole();
    ck_assert_int_eq(scene_comparable(&scene), CUTIS_COMPARABLE_YES);
    /* However many they are, doubts count once. */
    ck_assert_double_eq(scene_widening(&scene, CT_TEXTURE, CT_NOSE), 1.4);
}
END_TEST

START_TEST(an_absent_card_leaves_the_pair_comparable_but_withholds_ita)
{
    scene.after.skin.neutral = false;
    scene.after.skin.calibration = CT_NEUTRAL_NONE;
    const cutis_check *const check = scene_found(&scene, "white_balance");
    ck_assert_double_nan(check->value);
    ck_assert_int_eq(check->verdict, CUTIS_CHECK_WARN);
    ck_assert_ptr_nonnull(strstr(check->message, "grey card"));
    ck_assert(scene_affects(check, CT_TONE_ITA));
    ck_assert_int_eq(scene_found(&scene, "exposure")->verdict,
                     CUTIS_CHECK_WARN);
    ck_assert_int_eq(scene_comparable(&scene), CUTIS_COMPARABLE_YES);
    ck_assert(scene_forbids(&scene, CT_TONE_ITA, CT_FOREHEAD));
    ck_assert(!scene_forbids(&scene, CT_REDNESS, CT_FOREHEAD));
}
END_TEST

START_TEST(remarks_on_the_file_warn_and_do_no_more)
{
    scene.before.face.faces = 3;
    scene.before.picture.damaged = true;
    scene.before.picture.animated = true;
    scene.before.picture.channels = 1;
    scene.before.picture.space = CT_ASSUMED_SRGB;
    static const char *const ids[] = {"faces", "damaged", "animated", "grey",
                                      "colour_space"};
    for (size_t i = 0; i < sizeof(ids) / sizeof(ids[0]); i++)
        ck_assert_int_eq(scene_found(&scene, ids[i])->verdict,
                         CUTIS_CHECK_WARN);
    sentences_are_whole();
    ck_assert_int_eq(scene_comparable(&scene), CUTIS_COMPARABLE_YES);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("checks");
    TCase *tests = tcase_create("checks");
    suite_add_tcase(suite, tests);
    tcase_add_checked_fixture(tests, setup, NULL);
    tcase_add_test(tests, a_perfect_pair_passes_every_check);
    tcase_add_test(tests, one_photograph_has_no_checks_of_pairs);
    tcase_add_loop_test(tests, limits_are_those_of_the_method, 0, KNOBS);
    tcase_add_loop_test(tests, a_worse_capture_never_gets_a_better_verdict, 0,
                        KNOBS);
    tcase_add_test(tests, burnt_and_black_do_not_add_up);
    tcase_add_test(tests, focus_is_stricter_for_finer_things);
    tcase_add_test(tests,
                   what_is_too_small_to_measure_is_not_put_down_to_focus);
    tcase_add_test(tests, what_cannot_be_told_warns_in_words_and_has_no_number);
    tcase_add_test(tests,
                   an_absent_card_leaves_the_pair_comparable_but_withholds_ita);
    tcase_add_test(tests, remarks_on_the_file_warn_and_do_no_more);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
