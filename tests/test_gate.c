/* SPDX-License-Identifier: BSD-2-Clause */

/* What follows from checks: the rules at the end of the method's section 10. */

#include <stdlib.h>

#include "progress_scene.h"

static struct scene scene;

static void setup(void)
{
    scene_set(&scene);
}

START_TEST(warnings_widen_by_14_and_strong_ones_double)
{
    scene.after.capture.noise_cod = 2.0;
    ck_assert_double_eq(scene_widening(&scene, CT_TEXTURE, CT_NOSE), 1.4);
    scene.before.capture.noise_cod = 2.0; /* the same fault in both */
    ck_assert_double_eq(scene_widening(&scene, CT_TEXTURE, CT_NOSE), 1.4);
    scene.before.capture.noise_cod = 4.0;
    ck_assert_double_eq(scene_widening(&scene, CT_TEXTURE, CT_NOSE), 2.0);
    scene.before.picture.jpeg_quality = 80.0; /* another one */
    ck_assert_double_eq(scene_widening(&scene, CT_TEXTURE, CT_NOSE), 2.8);
    ck_assert_double_eq(scene_widening(&scene, CT_REDNESS, CT_NOSE), 1.4);
    ck_assert_double_eq(scene_widening(&scene, CT_SHINE, CT_NOSE), 1.0);
}
END_TEST

START_TEST(a_term_of_its_own_takes_the_place_of_a_warning)
{
    scene.after.capture.blur_mm = sqrt(0.06 * 0.06 + 0.15 * 0.15);
    ck_assert_int_eq(scene_found(&scene, "blur_mismatch")->verdict,
                     CUTIS_CHECK_WARN);
    scene.before.capture.blur_mm = NAN; /* no term can be formed */
    scene.after.capture.blur_mm = NAN;
    ck_assert_double_eq(scene_widening(&scene, CT_PORE_BURDEN, CT_NOSE), 1.4);
    scene.before.capture.blur_mm = 0.06; /* edges in one photograph only */
    ck_assert_int_eq(scene_found(&scene, "blur_mismatch")->verdict,
                     CUTIS_CHECK_FAIL);
    ck_assert(scene_forbids(&scene, CT_PORE_BURDEN, CT_NOSE));
    ck_assert(!scene_forbids(&scene, CT_REDNESS, CT_NOSE));
    scene.after.capture.blur_mm = sqrt(0.06 * 0.06 + 0.07 * 0.07);
    scene.after.capture.blur_mm = 0.09;
    ck_assert_double_eq(scene_widening(&scene, CT_PORE_BURDEN, CT_NOSE), 1.0);
    scene.after.skin.gain[0] = pow(10.0, 0.005);
    ck_assert_int_eq(scene_found(&scene, "white_balance")->verdict,
                     CUTIS_CHECK_WARN);
    ck_assert_double_eq(scene_widening(&scene, CT_REDNESS, CT_NOSE), 1.0);
    ck_assert_double_eq(scene_widening(&scene, CT_TONE_ITA, CT_NOSE), 1.4);
}
END_TEST

START_TEST(a_failure_of_everything_is_not_comparable_any_other_is_limited)
{
    scene.after.face.pose.yaw_deg = 11.0;
    ck_assert_int_eq(scene_comparable(&scene), CUTIS_COMPARABLE_NO);
    scene.after.face.pose.yaw_deg = 0.0;
    scene.pair.patches_tried = scene.pair.patches_accepted = 0;
    scene.pair.identity = 0.09;
    ck_assert_int_eq(scene_comparable(&scene), CUTIS_COMPARABLE_NO);
    scene.pair.patches_tried = scene.pair.patches_accepted = 0;
    scene.pair.identity = 0.0;
    scene.after.face.pose.roll_deg = 30.0;
    ck_assert_int_eq(scene_comparable(&scene), CUTIS_COMPARABLE_LIMITED);
    ck_assert(!scene_forbids(&scene, CT_TEXTURE, CT_NOSE));
    scene.after.face.pose.roll_deg = 0.0;
    scene.before.capture.noise_cod = 6.0;
    ck_assert_int_eq(scene_comparable(&scene), CUTIS_COMPARABLE_LIMITED);
    ck_assert(scene_forbids(&scene, CT_TEXTURE, CT_NOSE));
    ck_assert(!scene_forbids(&scene, CT_REDNESS, CT_NOSE));
}
END_TEST

START_TEST(a_hidden_region_removes_itself_and_a_hidden_face_everything)
{
    scene.pair.coverage[CT_FOREHEAD] = 0.2;
    ck_assert_int_eq(scene_comparable(&scene), CUTIS_COMPARABLE_LIMITED);
    for (int m = 0; m < CT_METRICS; m++) {
        ck_assert(scene_forbids(&scene, m, CT_FOREHEAD));
        ck_assert(!scene_forbids(&scene, m, CT_NOSE));
        ck_assert(!scene_forbids(&scene, m, CT_FACE_REGION));
    }
    ck_assert_ptr_nonnull(ct_forbids(&scene.outcome.checks, 0, CT_FOREHEAD));
    scene.pair.coverage[CT_FACE_REGION] = 0.3;
    ck_assert_int_eq(scene_comparable(&scene), CUTIS_COMPARABLE_NO);
}
END_TEST

START_TEST(jaws_are_asked_about_only_in_oblique_views)
{
    scene.pair.coverage[CT_JAW_R] = scene.pair.coverage[CT_JAW_L] = 0.0;
    ck_assert_int_eq(scene_comparable(&scene), CUTIS_COMPARABLE_YES);
    scene.before.face.pose.yaw_deg = scene.after.face.pose.yaw_deg = 25.0;
    ck_assert_int_eq(scene_comparable(&scene), CUTIS_COMPARABLE_LIMITED);
}
END_TEST

START_TEST(expression_spoils_lines_and_what_lies_at_the_eyes_and_mouth)
{
    scene.after.capture.mouth_width = 0.8 + 0.2;
    ck_assert(scene_forbids(&scene, CT_WRINKLE_INDEX, CT_FOREHEAD));
    ck_assert(scene_forbids(&scene, CT_TEXTURE, CT_CROWSFEET_R));
    ck_assert(scene_forbids(&scene, CT_PORE_DENSITY, CT_PERIORAL_UPPER));
    ck_assert(!scene_forbids(&scene, CT_TEXTURE, CT_FOREHEAD));
    ck_assert(scene_forbids(&scene, CT_REDNESS, CT_CROWSFEET_R));
    ck_assert(!scene_forbids(&scene, CT_REDNESS, CT_NOSE));
    scene.after.capture.mouth_width = 0.8 + 0.05;
    ck_assert(!scene_forbids(&scene, CT_WRINKLE_INDEX, CT_FOREHEAD));
    ck_assert_double_eq(scene_widening(&scene, CT_WRINKLE_INDEX, CT_FOREHEAD),
                        1.4);
    ck_assert_double_eq(scene_widening(&scene, CT_TEXTURE, CT_CROWSFEET_R),
                        1.4);
    ck_assert_double_eq(scene_widening(&scene, CT_TEXTURE, CT_FOREHEAD), 1.0);
}
END_TEST

START_TEST(the_worst_sign_of_expression_is_told)
{
    scene.after.capture.mouth_width = 0.8 + 0.04;
    scene.after.capture.brow_eye = 0.35 + 0.13;
    const cutis_check *const check = scene_found(&scene, "expression");
    ck_assert_double_eq_tol(check->value, 13.0, 1e-9);
    ck_assert_double_eq(check->limit, 4.0);
    ck_assert_ptr_nonnull(strstr(check->message, "brows"));
}
END_TEST

START_TEST(another_camera_spoils_absolute_colour_only)
{
    strcpy(scene.after.picture.exif.model, "Two");
    ck_assert_int_eq(scene_found(&scene, "camera")->verdict, CUTIS_CHECK_FAIL);
    ck_assert(scene_forbids(&scene, CT_TONE_ITA, CT_NOSE));
    ck_assert(scene_forbids(&scene, CT_REDNESS, CT_NOSE));
    ck_assert(!scene_forbids(&scene, CT_TEXTURE, CT_NOSE));
    scene.before.readings.of[CT_REDNESS][CT_FACE_REGION].name = "H_excess";
    ck_assert(!scene_forbids(&scene, CT_REDNESS, CT_NOSE));
    strcpy(scene.after.picture.exif.model, "One");
    scene.after.picture.exif.focal_mm = 35.0;
    ck_assert_int_eq(scene_found(&scene, "camera")->verdict, CUTIS_CHECK_FAIL);
}
END_TEST

START_TEST(another_hue_of_the_face_spoils_colour_only)
{
    scene.before.capture.hue_deg = 179.0;
    scene.after.capture.hue_deg = -179.0;
    ck_assert_double_eq(scene_found(&scene, "skin_colour")->value, 2.0);
    scene.after.capture.hue_deg = -164.0;
    ck_assert_int_eq(scene_found(&scene, "skin_colour")->verdict,
                     CUTIS_CHECK_FAIL);
    ck_assert(scene_forbids(&scene, CT_REDNESS, CT_NOSE));
    ck_assert(scene_forbids(&scene, CT_PIGMENT_SPOTS, CT_NOSE));
    ck_assert(!scene_forbids(&scene, CT_TEXTURE, CT_NOSE));
    scene.before.skin.grey = true;
    scene.before.capture.hue_deg = NAN;
    ck_assert_int_eq(scene_found(&scene, "skin_colour")->verdict,
                     CUTIS_CHECK_PASS);
}
END_TEST

START_TEST(every_photograph_is_named_by_its_scope)
{
    scene.after.capture.noise_cod = 9.0;
    scene_check(&scene);
    const struct checks *const checks = &scene.outcome.checks;
    ck_assert_int_eq(scene_find(checks, "noise", CUTIS_CHECK_BEFORE)->verdict,
                     CUTIS_CHECK_PASS);
    ck_assert_int_eq(scene_find(checks, "noise", CUTIS_CHECK_AFTER)->verdict,
                     CUTIS_CHECK_FAIL);
}
END_TEST

START_TEST(a_png_has_lost_nothing_to_jpeg)
{
    scene.before.picture.source = CT_SOURCE_PNG;
    scene.before.picture.jpeg_quality = NAN;
    ck_assert_int_eq(scene_found(&scene, "jpeg")->verdict, CUTIS_CHECK_PASS);
    ck_assert_double_nan(scene_found(&scene, "jpeg")->value);
    scene.before.picture.source = CT_SOURCE_JPEG;
    ck_assert_int_eq(scene_found(&scene, "jpeg")->verdict, CUTIS_CHECK_WARN);
}
END_TEST

START_TEST(an_unsaid_time_is_not_held_against_the_photographs)
{
    ck_assert_int_eq(scene_found(&scene, "timing")->verdict, CUTIS_CHECK_PASS);
    ck_assert_double_nan(scene_found(&scene, "timing")->value);
}
END_TEST

/* What a photograph cannot show is no difference between two. */
START_TEST(small_faces_are_comparable_in_what_they_show)
{
    scene.before.face.scale = scene.after.face.scale = 5.0;
    ck_assert_int_eq(scene_found(&scene, "resolution")->verdict,
                     CUTIS_CHECK_FAIL);
    ck_assert(scene_forbids(&scene, CT_PORE_BURDEN, CT_NOSE));
    ck_assert_int_eq(scene_comparable(&scene), CUTIS_COMPARABLE_YES);
    scene.after.face.scale = 8.0;
    ck_assert_int_eq(scene_found(&scene, "scale")->verdict, CUTIS_CHECK_FAIL);
    ck_assert_int_eq(scene_comparable(&scene), CUTIS_COMPARABLE_LIMITED);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("gate");
    TCase *tests = tcase_create("gate");
    suite_add_tcase(suite, tests);
    tcase_add_checked_fixture(tests, setup, NULL);
    tcase_add_test(tests, warnings_widen_by_14_and_strong_ones_double);
    tcase_add_test(tests, a_term_of_its_own_takes_the_place_of_a_warning);
    tcase_add_test(
        tests, a_failure_of_everything_is_not_comparable_any_other_is_limited);
    tcase_add_test(tests,
                   a_hidden_region_removes_itself_and_a_hidden_face_everything);
    tcase_add_test(tests, jaws_are_asked_about_only_in_oblique_views);
    tcase_add_test(tests,
                   expression_spoils_lines_and_what_lies_at_the_eyes_and_mouth);
    tcase_add_test(tests, the_worst_sign_of_expression_is_told);
    tcase_add_test(tests, another_camera_spoils_absolute_colour_only);
    tcase_add_test(tests, another_hue_of_the_face_spoils_colour_only);
    tcase_add_test(tests, a_png_has_lost_nothing_to_jpeg);
    tcase_add_test(tests, an_unsaid_time_is_not_held_against_the_photographs);
    tcase_add_test(tests, small_faces_are_comparable_in_what_they_show);
    tcase_add_test(tests, every_photograph_is_named_by_its_scope);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
