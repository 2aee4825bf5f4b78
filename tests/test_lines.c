/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * One stroke on even skin: where it lies and how it leads decide what counts.
 */

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "measure/measure.h"
#include "patch.h"

#define PI 3.14159265358979323846

enum { PX = 240 }; /* of a patch of 30 mm */

/* 0.35 mm wide. */
struct stroke {
    double x0, y0, x1, y1, depth; /* mm, OD */
};

static void stroke_ink(double od[3], double x, double y, void *user)
{
    const struct stroke *stroke = user;
    const double dx = stroke->x1 - stroke->x0, dy = stroke->y1 - stroke->y0;
    const double t =
        ((x - stroke->x0) * dx + (y - stroke->y0) * dy) / (dx * dx + dy * dy);
    const double along = t < 0.0 ? 0.0 : t > 1.0 ? 1.0 : t;
    const double d =
        hypot(x - stroke->x0 - along * dx, y - stroke->y0 - along * dy) *
        2.3548 / 0.35;
    od[0] = 0.25 + stroke->depth * exp(-0.5 * d * d);
    od[1] = 0.45 + stroke->depth * exp(-0.5 * d * d);
    od[2] = 0.60 + stroke->depth * exp(-0.5 * d * d);
}

static void start(struct patch *patch, struct stroke *stroke, int region)
{
    patch_start(patch, PX, PX, 8.0);
    for (int y = 0; y < PX; y++)
        memset(ct_byte_row(&patch->face.region, y), region, PX);
    patch->face.region_area_mm2[CT_CHEEK_L] = 0.0;
    patch->face.region_area_mm2[region] = 900.0;
    patch_paint(patch, stroke_ink, stroke);
    patch_blur(patch, 0.08);
    patch_noise(patch, 0.006, 4);
    patch->view.blur_mm = 0.08;
}

/* The longest line of a scene; its weight is 0 where there is none. */
static struct line longest(struct stroke stroke, int region)
{
    struct patch patch;
    struct line line = {.extent_mm = 0.0f};
    struct scene *scene = calloc(1, sizeof(*scene));
    start(&patch, &stroke, region);
    ck_assert_int_eq(ct_scene_create(scene, &patch.view, &patch.tools), 0);
    ck_assert_int_eq(ct_scene_relief(scene, &patch.tools), 0);
    for (size_t i = 0; i < scene->lines.count; i++)
        if (scene->lines.at[i].extent_mm > line.extent_mm)
            line = scene->lines.at[i];
    ct_scene_free(scene);
    free(scene);
    patch_end(&patch);
    return line;
}

/* ---- Evidence ------------------------------------------------------------ */

/* 0 up to 15, 1 from 80, a half at their geometric mean. */
START_TEST(evidence_counts_in_part)
{
    static const double cases[][2] = {{-1.0, 0.0},       {15.0, 0.0},
                                      {22.795070, 0.25}, {34.641016, 0.5},
                                      {80.0, 1.0},       {1e4, 1.0}};
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
        ck_assert_double_eq_tol(ct_line_weight(cases[i][0]), cases[i][1], 1e-6);
}
END_TEST

/* 2 along the folds of a region, 1/2 across them, 1 halfway and where folds
 * lie anyhow. */
START_TEST(folds_lie_across_the_muscles_pull)
{
    static const struct {
        int region;
        double lie;
    } cases[] = {{CT_FOREHEAD, 1.0},
                 {CT_CROWSFEET_L, 1.0},
                 {CT_INFRAORBITAL_R, 1.0},
                 {CT_GLABELLA, -1.0},
                 {CT_PERIORAL_UPPER, -1.0},
                 {CT_PERIORAL_LOWER, -1.0},
                 {CT_CHIN, 0.0},
                 {CT_CHEEK_R, 0.0}};
    for (int degrees = 0; degrees < 135; degrees += 45) {
        const double a = degrees * PI / 180.0;
        const struct stroke stroke = {15.0 - 6.0 * cos(a), 15.0 + 6.0 * sin(a),
                                      15.0 + 6.0 * cos(a), 15.0 - 6.0 * sin(a),
                                      0.08};
        const struct line line = longest(stroke, cases[_i].region);
        const double known = pow(2.0, cases[_i].lie * cos(2.0 * a));
        ck_assert_double_gt((double)line.weight, 0.0);
        ck_assert_double_eq_tol((double)line.prior / known, 1.0, 0.02);
        ck_assert_int_eq(line.way, degrees / 45 * 2);
    }
}
END_TEST

/* ---- Hair ---------------------------------------------------------------- */

/* 14 cOD deep: 6 mm are a strand where they come in from outside, and a line
 * in the midst of skin; a fold that reaches the edge is longer. */
START_TEST(a_strand_that_comes_in_is_hair)
{
    static const struct {
        double from, to;
        bool hair;
    } cases[] = {{0.0, 6.0, true}, {12.0, 18.0, false}, {0.0, 14.0, false}};
    const struct stroke stroke = {15.0, cases[_i].from, 15.3, cases[_i].to,
                                  0.14};
    const struct line line = longest(stroke, CT_CHEEK_L);
    ck_assert_double_gt((double)line.depth, 8.0);
    ck_assert_int_eq(line.hair, cases[_i].hair);
    ck_assert_int_eq(ct_line_counts(&line), !cases[_i].hair);
}
END_TEST

/* ---- The fold from nose to mouth ----------------------------------------- */

/* Wings 8 mm apart above corners 16 mm apart; strokes of the left cheek, of the
 * right one, inside, and one across. */
START_TEST(the_fold_is_told_apart)
{
    static const struct {
        struct stroke stroke;
        bool fold;
    } cases[] = {{{8.0, 8.0, 5.0, 20.0, 0.08}, true},
                 {{22.0, 8.0, 25.0, 20.0, 0.08}, true},
                 {{14.0, 8.0, 14.0, 20.0, 0.08}, false},
                 {{2.0, 14.0, 9.5, 14.0, 0.08}, false},
                 {{7.0, 24.0, 7.0, 29.0, 0.08}, false}};
    struct stroke stroke = cases[_i].stroke;
    struct patch patch;
    start(&patch, &stroke, CT_CHIN);
    patch.face.point_count = CT_POINTS;
    patch.face.points[129] = (cutis_point){11.0 * 8, 8.0 * 8};
    patch.face.points[358] = (cutis_point){19.0 * 8, 8.0 * 8};
    patch.face.points[61] = (cutis_point){7.0 * 8, 20.0 * 8};
    patch.face.points[291] = (cutis_point){23.0 * 8, 20.0 * 8};
    patch_measure(&patch, false);
    const double all = patch_value(&patch, CT_WRINKLE_INDEX, CT_CHIN);
    ck_assert_double_gt(all, 0.0);
    ck_assert_double_eq_tol(
        patch_detail(&patch, CT_WRINKLE_INDEX, CT_CHIN, "nasolabial_index"),
        cases[_i].fold ? all : 0.0, 0.01 * all);
    patch.face.point_count = 0;
    patch_end(&patch);
}
END_TEST

/* ---- Readings ------------------------------------------------------------ */

/* Lengths by what is present, burdens by what was found; hairs are nothing. */
START_TEST(sums_go_by_weight)
{
    struct line at[3] = {
        {.weight = 1.0f, .present = 0.5f, .doubt = 0.25f, .depth = 4.0f},
        {.weight = 0.5f, .present = 1.0f, .doubt = 0.125f, .depth = 6.0f},
        {.weight = 1.0f, .present = 1.0f, .doubt = 1.0f, .depth = 9.0f}};
    const struct lines lines = {.at = at, .count = 3};
    const struct cover cover = {.area_mm2 = {0.0}};
    at[0].length_mm[CT_CHIN] = at[0].shared_mm[CT_CHIN] = 8.0;
    at[1].shared_mm[CT_CHIN] = 4.0; /* borrowed */
    at[2].length_mm[CT_CHIN] = at[2].shared_mm[CT_CHIN] = 16.0;
    at[2].hair = true;
    const struct wrinkles sum = ct_wrinkles(&lines, &cover, CT_CHIN);
    ck_assert_double_eq(sum.count, 1.0);
    ck_assert_double_eq(sum.length_mm, 8.0 * 0.5 + 4.0);
    ck_assert_double_eq(sum.variance, 2.0 * 2.0 + 0.5 * 0.5);
    ck_assert_double_eq(sum.burden, 8.0 * 4.0 + 4.0 * 0.5 * 6.0);
    ck_assert_double_eq(ct_wrinkles(&lines, &cover, CT_NOSE).length_mm, 0.0);
}
END_TEST

/* All of the length is in the direction it was drawn in. */
START_TEST(directions_are_a_histogram)
{
    static const char *const names[] = {"angle_0",   "angle_22", "angle_45",
                                        "angle_67",  "angle_90", "angle_112",
                                        "angle_135", "angle_157"};
    const double a = _i * PI / 8.0;
    struct stroke stroke = {15.0 - 6.0 * cos(a), 15.0 + 6.0 * sin(a),
                            15.0 + 6.0 * cos(a), 15.0 - 6.0 * sin(a), 0.08};
    struct patch patch;
    start(&patch, &stroke, CT_CHIN);
    patch_measure(&patch, false);
    for (int k = 0; k < 8; k++)
        ck_assert_double_eq_tol(
            patch_detail(&patch, CT_WRINKLE_DENSITY, CT_CHIN, names[k]),
            k == _i ? 100.0 : 0.0, 2.0);
    patch_end(&patch);
}
END_TEST

int main(void)
{
    setvbuf(stdout, NULL, _IONBF, 0); /* figures of failing tests too */
    Suite *suite = suite_create("lines");
    TCase *one = tcase_create("one stroke");
    tcase_add_test(one, evidence_counts_in_part);
    tcase_add_loop_test(one, folds_lie_across_the_muscles_pull, 0, 8);
    tcase_add_loop_test(one, a_strand_that_comes_in_is_hair, 0, 3);
    tcase_add_loop_test(one, the_fold_is_told_apart, 0, 5);
    tcase_add_test(one, sums_go_by_weight);
    tcase_add_loop_test(one, directions_are_a_histogram, 0, 8);
    suite_add_tcase(suite, one);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
