/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Pose, scale and crop from points that are known: the canonical face, turned
 * by given angles and seen from far away.
 */

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "config.h"
#include "face/pose.h"

static const double radian = 0.017453292519943295; /* pi / 180 */

static struct tools tools;
static struct face face;
static cutis_photo_options options;
static struct picture picture; /* its samples are never looked at */

static void begin(void)
{
    tools = (struct tools){
        .kernels = ct_kernels_best(CUTIS_ISA_BEST),
        .threads = 1,
    };
    options = (cutis_photo_options)CUTIS_PHOTO_OPTIONS_DEFAULT;
    picture = (struct picture){.width = 8000, .height = 8000, .channels = 3};
}

/* ---- A face seen from far away ------------------------------------------- */

struct view_from {
    double yaw, pitch, roll; /* degrees, as in face/pose.h */
    double scale;            /* px/mm */
};

/* A point, mm, turned about the head's upright axis (yaw > 0: to its left),
 * then the axis through its ears (pitch > 0: up), then the line of sight. */
static void see(double out[3], const float mm[3], const struct view_from *from)
{
    const double a = from->yaw * radian, b = from->pitch * radian;
    const double c = from->roll * radian;
    const double x = (double)mm[0] * cos(a) - (double)mm[2] * sin(a);
    const double z = (double)mm[0] * sin(a) + (double)mm[2] * cos(a);
    const double y = (double)mm[1] * cos(b) + z * sin(b);
    out[0] = 4000.0 + from->scale * (x * cos(c) - y * sin(c));
    out[1] = 4000.0 + from->scale * (x * sin(c) + y * cos(c));
    out[2] = from->scale * (z * cos(b) - (double)mm[1] * sin(b));
}

static void check_angles(const struct pose *pose, const struct view_from *from,
                         double tolerance)
{
    ck_assert_double_eq_tol(pose->yaw_deg, from->yaw, tolerance);
    ck_assert_double_eq_tol(pose->pitch_deg, from->pitch, tolerance);
    ck_assert_double_eq_tol(pose->roll_deg, from->roll, tolerance);
}

static const struct view_from views[] = {
    {0, 0, 0, 3},    {20, 0, 0, 5},     {-34, 0, 0, 10}, {0, 15, 0, 5},
    {0, -25, 0, 5},  {0, 0, 30, 2},     {0, 0, -170, 5}, {10, -5, 3, 16},
    {-8, 12, 90, 1}, {30, 20, -45, 40},
};
enum { VIEWS = sizeof(views) / sizeof(views[0]) };

START_TEST(a_nose_to_the_right_is_a_turn_to_the_subjects_left)
{
    const struct view_from turned = {30, 0, 0, 1}, up = {0, 30, 0, 1};
    const struct view_from leaning = {0, 0, 30, 1};
    const float tip[3] = {0, 0, -76}, crown[3] = {0, -100, 0};
    double at[3];
    see(at, tip, &turned);
    ck_assert_double_gt(at[0], 4000.0);
    see(at, tip, &up);
    ck_assert_double_lt(at[1], 4000.0);
    see(at, crown, &leaning);
    ck_assert_double_gt(at[0], 4000.0);
}
END_TEST

START_TEST(a_pose_with_depth_is_found_again)
{
    double seen[CT_POINTS][3], weight[CT_POINTS];
    struct pose pose;
    for (int i = 0; i < CT_POINTS; i++) {
        see(seen[i], ct_mesh_points()[i], &views[_i]);
        weight[i] = (double)ct_mesh_pose_weights()[i];
    }
    const struct anchors anchors = {CT_POINTS, ct_mesh_points(),
                                    (const double(*)[3])seen, weight};
    ck_assert(ct_pose_fit(&pose, &anchors));
    check_angles(&pose, &views[_i], 1e-4);
    ck_assert_double_eq_tol(pose.scale, views[_i].scale, 1e-5);
    for (int i = 0; i < CT_POINTS; i++) {
        double at[3];
        ct_pose_point(at, &pose, ct_mesh_points()[i]);
        for (int k = 0; k < 3; k++)
            ck_assert_double_eq_tol(at[k], seen[i][k], 1e-3);
    }
}
END_TEST

START_TEST(points_in_a_line_have_no_pose)
{
    const float canonical[3][3] = {{0, 0, 0}, {1, 0, 0}, {2, 0, 0}};
    const double seen[3][3] = {{0, 0, 0}, {1, 0, 0}, {2, 0, 0}};
    const double weight[3] = {1, 1, 1}, none[3] = {0, 0, 0};
    struct pose pose;
    const struct anchors line = {3, canonical, seen, weight};
    const struct anchors nothing = {3, canonical, seen, none};
    ck_assert(!ct_pose_fit(&pose, &line));
    ck_assert(!ct_pose_fit_flat(&pose, &line));
    ck_assert(!ct_pose_fit(&pose, &nothing));
    ck_assert(!ct_pose_fit_flat(&pose, &nothing));
}
END_TEST

/* ---- Points that a caller gives ------------------------------------------ */

static cutis_point given[478];

static cutis_status find_mesh(const struct view_from *from, uint32_t count)
{
    for (int i = 0; i < CT_POINTS; i++) {
        double at[3];
        see(at, ct_mesh_points()[i], from);
        given[i] = (cutis_point){at[0], at[1]};
    }
    for (int i = CT_POINTS; i < 478; i++)
        given[i] = given[159]; /* irises, under a lid */
    options.landmarks = CUTIS_LANDMARKS_MESH;
    options.landmark_points = given;
    options.landmark_count = count;
    return ct_face_find(&face, &picture, &options, &tools);
}

START_TEST(a_mesh_without_depth_gives_pose_and_scale)
{
    ck_assert_int_eq(find_mesh(&views[_i], 468), CUTIS_OK);
    check_angles(&face.pose, &views[_i], 1e-3);
    /* 63.02 mm between the canonical face's eyes, 63.0 between people's */
    ck_assert_double_eq_tol(face.scale / views[_i].scale, 63.02 / 63.0, 1e-4);
    ck_assert_str_eq(face.scale_source, "ipd-default");
    ck_assert_int_eq(face.faces, 1);
    for (int i = 0; i < CT_POINTS; i++) {
        double at[3];
        see(at, ct_mesh_points()[i], &views[_i]);
        ck_assert_double_eq_tol(face.points[i].x, at[0], 1e-9);
        ck_assert_double_eq_tol((double)face.depth[i], at[2], 0.01);
    }
}
END_TEST

START_TEST(a_mesh_with_irises_is_the_same_face)
{
    ck_assert_int_eq(find_mesh(&views[1], 478), CUTIS_OK);
    check_angles(&face.pose, &views[1], 1e-3);
}
END_TEST

START_TEST(a_head_turned_too_far_is_unsuitable_and_says_where_to)
{
    const struct view_from left = {40, 0, 0, 5}, right = {-36, 0, 0, 5};
    ck_assert_int_eq(find_mesh(&left, 468), CUTIS_ERROR_UNSUITABLE);
    ck_assert_str_eq(tools.sentence,
                     "the head is turned 40 degrees to the subject's left; at "
                     "most 35 can be measured");
    tools.sentence[0] = 0;
    ck_assert_int_eq(find_mesh(&right, 468), CUTIS_ERROR_UNSUITABLE);
    ck_assert_str_eq(tools.sentence,
                     "the head is turned 36 degrees to the subject's right; at "
                     "most 35 can be measured");
}
END_TEST

START_TEST(a_pupil_distance_or_a_scale_overrides)
{
    options.ipd_mm = 70.0;
    ck_assert_int_eq(find_mesh(&views[0], 468), CUTIS_OK);
    ck_assert_double_eq_tol(face.scale, 3.0 * 63.02 / 70.0, 1e-3);
    ck_assert_str_eq(face.scale_source, "ipd");
    options.px_per_mm = 4.5;
    ck_assert_int_eq(find_mesh(&views[0], 468), CUTIS_OK);
    ck_assert_double_eq(face.scale, 4.5);
    ck_assert_str_eq(face.scale_source, "px-per-mm");
}
END_TEST

START_TEST(wrong_points_are_refused)
{
    ck_assert_int_eq(find_mesh(&views[0], 467), CUTIS_ERROR_ARGUMENT);
    options.landmark_points = NULL;
    options.landmark_count = 468;
    ck_assert_int_eq(ct_face_find(&face, &picture, &options, &tools),
                     CUTIS_ERROR_ARGUMENT);
    options.landmark_points = given;
    given[17].x = NAN;
    ck_assert_int_eq(ct_face_find(&face, &picture, &options, &tools),
                     CUTIS_ERROR_ARGUMENT);
    for (int i = 0; i < CT_POINTS; i++)
        given[i] = (cutis_point){7, 7};
    ck_assert_int_eq(ct_face_find(&face, &picture, &options, &tools),
                     CUTIS_ERROR_UNSUITABLE);
}
END_TEST

/* Vertices of the mesh where iBUG-68 has its points; those that neither pose
 * nor scale use are put at the tip of the nose. */
static const struct {
    int ibug, mesh;
} twins[] = {
    {8, 152},  {27, 168}, {30, 4},   {33, 2},   {36, 33},  {37, 160},
    {38, 158}, {39, 133}, {40, 153}, {41, 144}, {42, 362}, {43, 385},
    {44, 387}, {45, 263}, {46, 373}, {47, 380}, {48, 61},  {54, 291},
};

START_TEST(sixty_eight_points_give_pose_scale_and_mesh)
{
    double at[3];
    see(at, ct_mesh_points()[4], &views[_i]);
    for (int i = 0; i < 68; i++)
        given[i] = (cutis_point){at[0], at[1]};
    for (size_t i = 0; i < sizeof(twins) / sizeof(twins[0]); i++) {
        see(at, ct_mesh_points()[twins[i].mesh], &views[_i]);
        given[twins[i].ibug] = (cutis_point){at[0], at[1]};
    }
    options.landmarks = CUTIS_LANDMARKS_IBUG68;
    options.landmark_points = given;
    options.landmark_count = 68;
    ck_assert_int_eq(ct_face_find(&face, &picture, &options, &tools), CUTIS_OK);
    check_angles(&face.pose, &views[_i], 1e-3);
    /* the mean of the eyelids' points is not quite the midpoint of the canthi,
     * and lies deeper: 2 % at 34 degrees */
    ck_assert_double_eq_tol(face.scale / views[_i].scale, 1.0, 0.02);
    for (int i = 0; i < CT_POINTS; i++) {
        see(at, ct_mesh_points()[i], &views[_i]);
        ck_assert_double_eq_tol(face.points[i].x, at[0], 0.01);
        ck_assert_double_eq_tol(face.points[i].y, at[1], 0.01);
    }
}
END_TEST

/* ---- Crop ---------------------------------------------------------------- */

START_TEST(the_crop_holds_the_face_and_its_forehead_in_working_pixels)
{
    ck_assert_int_eq(find_mesh(&views[_i], 468), CUTIS_OK);
    const struct rect crop = face.crop;
    ck_assert_int_ge(crop.x, 0);
    ck_assert_int_ge(crop.y, 0);
    ck_assert_int_le(crop.x + crop.width, picture.width);
    ck_assert_int_le(crop.y + crop.height, picture.height);
    ck_assert_int_eq(crop.width % face.factor, 0);
    ck_assert_int_eq(crop.height % face.factor, 0);
    ck_assert_double_eq_tol(face.work_scale * face.factor, face.scale, 1e-12);
    /* at least 16 px/mm stay where there are as many */
    ck_assert(face.factor == 1 || face.work_scale >= 16.0);
    ck_assert_double_lt(face.work_scale, 32.0);

    const float over_brows[3] = {0, -82.6f - 25.0f, -44.8f}; /* 25 mm above */
    double at[3];
    see(at, over_brows, &views[_i]);
    for (int i = -1; i < CT_POINTS; i++) {
        if (i >= 0)
            see(at, ct_mesh_points()[i], &views[_i]);
        ck_assert_double_ge(at[0], fmax(crop.x, 0));
        ck_assert_double_ge(at[1], fmax(crop.y, 0));
        ck_assert_double_le(at[0], crop.x + crop.width);
        ck_assert_double_le(at[1], crop.y + crop.height);
    }
}
END_TEST

START_TEST(a_face_outside_of_the_picture_is_unsuitable)
{
    picture.width = picture.height = 400;
    ck_assert_int_eq(find_mesh(&views[0], 468), CUTIS_ERROR_UNSUITABLE);
    ck_assert_str_eq(tools.sentence, "the skin lies outside of the picture");
}
END_TEST

/* One point that strays, or a scale that makes a giant. */
START_TEST(more_skin_than_a_person_has_is_unsuitable)
{
    static const char sentence[] =
        "by the landmarks and the scale the skin would be over 600 mm across: "
        "one of them is wrong";
    ck_assert_int_eq(find_mesh(&views[0], 468), CUTIS_OK);
    given[17] = (cutis_point){7900, 7900};
    ck_assert_int_eq(ct_face_find(&face, &picture, &options, &tools),
                     CUTIS_ERROR_UNSUITABLE);
    ck_assert_str_eq(tools.sentence, sentence);
    tools.sentence[0] = 0;
    options.px_per_mm = 0.1;
    ck_assert_int_eq(find_mesh(&views[0], 468), CUTIS_ERROR_UNSUITABLE);
    ck_assert_str_eq(tools.sentence, sentence);
}
END_TEST

START_TEST(without_a_face_the_scale_must_be_given)
{
    options.landmarks = CUTIS_LANDMARKS_NONE;
    ck_assert_int_eq(ct_face_find(&face, &picture, &options, &tools),
                     CUTIS_ERROR_ARGUMENT);
    options.px_per_mm = 40.0;
    ck_assert_int_eq(ct_face_find(&face, &picture, &options, &tools), CUTIS_OK);
    ck_assert(!face.found);
    ck_assert_int_eq(face.faces, 0);
    ck_assert_int_eq(face.factor, 2);
    ck_assert_double_eq(face.work_scale, 20.0);
    ck_assert_int_eq(face.crop.width, 8000);
    ck_assert_int_eq(face.crop.height, 8000);
    options.px_per_mm = 7.9; /* more than a metre */
    ck_assert_int_eq(ct_face_find(&face, &picture, &options, &tools),
                     CUTIS_ERROR_UNSUITABLE);
}
END_TEST

START_TEST(without_a_face_the_polygon_is_the_crop)
{
    const cutis_point polygon[3] = {{100.5, 200}, {900, 250.2}, {300, 1100}};
    options.landmarks = CUTIS_LANDMARKS_NONE;
    options.px_per_mm = 10.0;
    options.polygon = polygon;
    options.polygon_count = 3;
    ck_assert_int_eq(ct_face_find(&face, &picture, &options, &tools), CUTIS_OK);
    ck_assert_int_eq(face.crop.x, 100);
    ck_assert_int_eq(face.crop.y, 200);
    ck_assert_int_eq(face.crop.width, 800);
    ck_assert_int_eq(face.crop.height, 900);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("pose");
    TCase *tests = tcase_create("pose");
    suite_add_tcase(suite, tests);
    tcase_add_checked_fixture(tests, begin, NULL);
    tcase_add_test(tests, a_nose_to_the_right_is_a_turn_to_the_subjects_left);
    tcase_add_test(tests, points_in_a_line_have_no_pose);
    tcase_add_test(tests, without_a_face_the_scale_must_be_given);
    tcase_add_test(tests, without_a_face_the_polygon_is_the_crop);
    if (HAVE_MODELS) {
        tcase_add_loop_test(tests, a_pose_with_depth_is_found_again, 0, VIEWS);
        tcase_add_loop_test(tests, a_mesh_without_depth_gives_pose_and_scale, 0,
                            VIEWS);
        tcase_add_test(tests, a_mesh_with_irises_is_the_same_face);
        tcase_add_test(tests,
                       a_head_turned_too_far_is_unsuitable_and_says_where_to);
        tcase_add_test(tests, a_pupil_distance_or_a_scale_overrides);
        tcase_add_test(tests, wrong_points_are_refused);
        tcase_add_test(tests, more_skin_than_a_person_has_is_unsuitable);
        tcase_add_loop_test(tests, sixty_eight_points_give_pose_scale_and_mesh,
                            0, VIEWS);
        tcase_add_loop_test(
            tests, the_crop_holds_the_face_and_its_forehead_in_working_pixels,
            0, VIEWS);
        tcase_add_test(tests, a_face_outside_of_the_picture_is_unsuitable);
    } else {
        puts("SKIPPED: this build has no canonical face");
    }

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
