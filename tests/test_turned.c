/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Heads of the phantom, whose pose and scale are known: the whole way from
 * pixels to degrees and px/mm.
 */

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "phantom/options.h"
#include "phantom/phantom.h"

static struct tools tools;
static struct face face;

static void begin(void)
{
    tools = (struct tools){
        .kernels = ct_kernels_best(CUTIS_ISA_BEST),
        .threads = 2,
    };
}

/* A small picture of somebody, quickly made. */
static struct scene portrait(double yaw, double pitch, double roll)
{
    struct options options;
    ct_options_default(&options);
    struct scene scene = options.scene;
    scene.camera.width = 450;
    scene.camera.height = 600;
    scene.camera.px_per_mm = 2.0;
    scene.camera.oversample = 1;
    scene.camera.yaw = yaw;
    scene.camera.pitch = pitch;
    scene.camera.roll = roll;
    scene.person.pores = 0.0;
    scene.output.bits = 8;
    return scene;
}

static cutis_status find(const struct scene *scene)
{
    const cutis_photo_options options = CUTIS_PHOTO_OPTIONS_DEFAULT;
    struct subject subject;
    struct frame frame;
    uint16_t *samples = NULL;
    ck_assert_int_eq(ct_subject_create(&subject, scene, &tools), CUTIS_OK);
    ck_assert_int_eq(ct_render(&frame, &subject.mesh, &subject.marks,
                               &subject.skin, scene, 1, &tools),
                     CUTIS_OK);
    ck_assert_int_eq(ct_expose(&samples, &frame, scene, 1, &tools), CUTIS_OK);

    const int width = scene->camera.width, height = scene->camera.height;
    const size_t count = (size_t)width * (size_t)height * 3;
    uint8_t *const rgb = malloc(count);
    for (size_t i = 0; i < count; i++)
        rgb[i] = (uint8_t)samples[i];
    const struct picture picture = {
        .width = width,
        .height = height,
        .channels = 3,
        .bits = 8,
        .samples = rgb,
    };
    const cutis_status status = ct_face_find(&face, &picture, &options, &tools);
    free(rgb);
    ct_free(samples);
    ct_frame_free(&frame);
    ct_subject_free(&subject);
    return status;
}

/* yaw, pitch, roll: degrees */
static const double poses[][3] = {
    {0, 0, 0},  {-32, 0, 0}, {-15, 0, 0}, {15, 0, 0},   {30, 0, 0},
    {0, 15, 0}, {0, -15, 0}, {0, 0, 25},  {10, 5, -40},
};
enum { POSES = sizeof(poses) / sizeof(poses[0]) };

START_TEST(a_head_is_found_as_it_is_turned_and_as_large)
{
    const struct scene scene =
        portrait(poses[_i][0], poses[_i][1], poses[_i][2]);
    ck_assert_msg(find(&scene) == CUTIS_OK, "%s", tools.sentence);
    ck_assert_double_eq_tol(face.pose.yaw_deg, poses[_i][0], 3.0);
    ck_assert_double_eq_tol(face.pose.roll_deg, poses[_i][2], 3.0);
    /* no head's own upright is known as well as that */
    ck_assert_double_eq_tol(face.pose.pitch_deg, poses[_i][1], 6.0);
    ck_assert_double_eq_tol(face.scale, 2.0, 0.05 * 2.0);
}
END_TEST

START_TEST(people_of_all_tones_are_found_with_their_scale)
{
    struct scene scene = portrait(0, 0, 0);
    scene.person.seed = 10 + (uint64_t)_i;
    scene.person.melanin = ct_melanin_of_ita(60.0 - 24.0 * _i, false);
    ck_assert_int_eq(find(&scene), CUTIS_OK);
    ck_assert_double_ge(face.confidence, 0.85);
    ck_assert_double_eq_tol(face.scale, 2.0, 0.05 * 2.0);
    ck_assert_double_lt(fabs(face.pose.yaw_deg), 3.0);
}
END_TEST

START_TEST(a_head_turned_45_degrees_is_unsuitable)
{
    const struct scene scene = portrait(_i ? 45 : -45, 0, 0);
    ck_assert_int_eq(find(&scene), CUTIS_ERROR_UNSUITABLE);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("turned");
    TCase *tests = tcase_create("turned");
    suite_add_tcase(suite, tests);
    tcase_add_checked_fixture(tests, begin, NULL);
    if (ct_mesh_points()) {
        tcase_add_loop_test(tests, a_head_is_found_as_it_is_turned_and_as_large,
                            0, POSES);
        tcase_add_loop_test(
            tests, people_of_all_tones_are_found_with_their_scale, 0, 6);
        tcase_add_loop_test(tests, a_head_turned_45_degrees_is_unsuitable, 0,
                            2);
    } else {
        puts("SKIPPED: this build has no face model");
    }

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
