/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Whose skin it is: what is known again, what cannot be, and what may not be
 * called another person's.
 */

#include <stdlib.h>

#include "progress_scene.h"

static struct scene scene;

static void setup(void)
{
    scene_set(&scene);
}

/* Per cent of all patches. */
static void set_recognised(double x)
{
    scene.pair.patches_tried = 1000;
    scene.pair.patches_accepted = (int)(10.0 * x + 0.5);
}

/* Pass, warning, strong warning, failure: section 10 has no limits for it. */
START_TEST(the_fewer_are_found_the_less_sure)
{
    static const struct {
        double percent;
        enum ct_level level;
    } steps[] = {
        {40.0, CT_LEVEL_PASS},  {39.9, CT_LEVEL_WARN},  {10.0, CT_LEVEL_WARN},
        {9.9, CT_LEVEL_STRONG}, {2.0, CT_LEVEL_STRONG}, {1.9, CT_LEVEL_FAIL},
    };
    for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
        set_recognised(steps[i].percent);
        const cutis_check *const check = scene_found(&scene, "same_skin");
        ck_assert_int_eq(
            scene.outcome.checks.level[check - scene.outcome.checks.of],
            steps[i].level);
    }
}
END_TEST

START_TEST(another_persons_skin_is_a_clear_no)
{
    set_recognised(0.5);
    const cutis_check *const check = scene_found(&scene, "same_skin");
    ck_assert_int_eq(check->verdict, CUTIS_CHECK_FAIL);
    ck_assert_int_eq(scene_comparable(&scene), CUTIS_COMPARABLE_NO);
    ck_assert(scene_forbids(&scene, CT_REDNESS, CT_FACE_REGION));
}
END_TEST

static void blur_it(void)
{
    scene.after.capture.blur_mm = 0.17;
}

static void lose_sharpness(void)
{
    scene.before.capture.blur_mm = NAN;
}

static void grain_it(void)
{
    scene.before.capture.noise_cod = 2.6;
}

static void compress_it(void)
{
    scene.after.picture.jpeg_quality = 74.0;
}

static void turn_it(void)
{
    scene.after.face.pose.yaw_deg = -7.0;
}

static void light_it(void)
{
    scene.pair.light_angle_deg = 13.0;
}

static void forget_landmarks(void)
{
    scene.before.face.point_count = scene.after.face.point_count = 0;
}

static void see_little(void)
{
    scene.pair.patches_tried = 99;
    scene.pair.patches_accepted = 0;
}

static void see_nothing(void)
{
    scene.pair.patches_tried = scene.pair.patches_accepted = 0;
}

START_TEST(skin_that_cannot_be_known_again_is_not_called_anothers)
{
    static void (*const excuses[])(void) = {
        blur_it,  lose_sharpness, grain_it,         compress_it, turn_it,
        light_it, see_little,     forget_landmarks, see_nothing,
    };

    set_recognised(0.5);
    excuses[_i]();
    const cutis_check *const check = scene_found(&scene, "same_skin");
    ck_assert_double_nan(check->value);
    ck_assert_int_eq(check->verdict, CUTIS_CHECK_WARN);
    ck_assert_ptr_nonnull(strstr(check->message, "could not be verified"));
    ck_assert_int_ne(scene_comparable(&scene), CUTIS_COMPARABLE_NO);
}
END_TEST

/* Bones by landmarks err by more than people differ; skin does not. */
START_TEST(skin_that_is_known_again_settles_what_bones_leave_open)
{
    scene.pair.identity = 0.12;
    ck_assert_int_eq(scene_found(&scene, "identity")->verdict,
                     CUTIS_CHECK_PASS);
    set_recognised(39.0);
    ck_assert_int_eq(scene_found(&scene, "identity")->verdict,
                     CUTIS_CHECK_FAIL);
    ck_assert_int_eq(scene_comparable(&scene), CUTIS_COMPARABLE_NO);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("same_skin");
    TCase *tests = tcase_create("same_skin");
    suite_add_tcase(suite, tests);
    tcase_add_checked_fixture(tests, setup, NULL);
    tcase_add_test(tests, the_fewer_are_found_the_less_sure);
    tcase_add_test(tests, another_persons_skin_is_a_clear_no);
    tcase_add_loop_test(
        tests, skin_that_cannot_be_known_again_is_not_called_anothers, 0, 9);
    tcase_add_test(tests,
                   skin_that_is_known_again_settles_what_bones_leave_open);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
