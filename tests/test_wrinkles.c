/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Lines: synthetic skin with curved lines of known course, depth and width
 * among pores and texture, in one photograph and in two.
 */

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "measure/measure.h"
#include "patch.h"

#define PI 3.14159265358979323846

/* ---- Synthetic skin ------------------------------------------------------ */

enum { LINES = 14, POINTS = 400, PITS = 400, WAVES = 24 };

struct curve {
    double x[POINTS], y[POINTS]; /* every 0.1 mm */
    int points;
    double width, depth; /* mm FWHM, OD */
};

struct truth {
    double side, scale; /* mm, px per mm */
    struct curve line[LINES];
    int lines;
    double px[PITS], py[PITS], pwidth[PITS], pdepth[PITS];
    int pits;
    double kx[WAVES], ky[WAVES], phase[WAVES], relief;
    struct plane od; /* of the lines */
};

/* Arcs of 8 to 30 mm, 3 mm apart. */
static void add_curve(struct truth *truth, uint64_t *seed)
{
    struct curve curve = {.width = 0.20 + 0.30 * patch_random(seed),
                          .depth = 0.035 + 0.065 * patch_random(seed)};
    const double length = 8.0 + 22.0 * patch_random(seed);
    double angle = 2.0 * PI * patch_random(seed);
    const double bend = 0.06 * (patch_random(seed) - 0.5);
    double x = truth->side * patch_random(seed);
    double y = truth->side * patch_random(seed);
    for (int i = 0; i < (int)(10.0 * length); i++) {
        if (x < 2.0 || y < 2.0 || x > truth->side - 2.0 ||
            y > truth->side - 2.0)
            return;
        for (int k = 0; k < truth->lines; k++)
            for (int j = 0; j < truth->line[k].points; j += 5)
                if (hypot(truth->line[k].x[j] - x, truth->line[k].y[j] - y) <
                    3.0)
                    return;
        curve.x[curve.points] = x;
        curve.y[curve.points++] = y;
        x += 0.1 * cos(angle);
        y += 0.1 * sin(angle);
        angle += 0.1 * bend;
    }
    truth->line[truth->lines++] = curve;
}

/* Each pixel takes the depth of the nearest point's profile. */
static void draw_lines(struct truth *truth)
{
    for (int y = 0; y < truth->od.height; y++)
        memset(ct_row(&truth->od, y), 0,
               (size_t)truth->od.width * sizeof(float));
    for (int k = 0; k < truth->lines; k++) {
        const struct curve *curve = &truth->line[k];
        const double s = curve->width / 2.3548;
        const int reach = (int)(4.0 * s * truth->scale) + 1;
        for (int i = 0; i < curve->points; i++) {
            const int cx = (int)(curve->x[i] * truth->scale);
            const int cy = (int)(curve->y[i] * truth->scale);
            for (int y = cy - reach; y <= cy + reach; y++)
                for (int x = cx - reach; x <= cx + reach; x++) {
                    const double dx = (x + 0.5) / truth->scale - curve->x[i];
                    const double dy = (y + 0.5) / truth->scale - curve->y[i];
                    const float v =
                        (float)(curve->depth *
                                exp(-0.5 * (dx * dx + dy * dy) / (s * s)));
                    float *at = &ct_row(&truth->od, y)[x];
                    *at = v > *at ? v : *at;
                }
        }
    }
}

static void make_truth(struct truth *truth, double side, double scale, int pits,
                       uint64_t seed)
{
    *truth = (struct truth){.side = side, .scale = scale, .relief = 0.004};
    for (int i = 0; i < 400 && truth->lines < LINES; i++)
        add_curve(truth, &seed);
    for (int i = 0; i < pits; i++) {
        truth->px[i] = side * patch_random(&seed);
        truth->py[i] = side * patch_random(&seed);
        truth->pwidth[i] = 0.25 + 0.3 * patch_random(&seed);
        truth->pdepth[i] = 0.03 + 0.05 * patch_random(&seed);
    }
    truth->pits = pits;
    for (int i = 0; i < WAVES; i++) {
        const double angle = 2.0 * PI * patch_random(&seed);
        const double length = 0.6 * pow(12.0, patch_random(&seed));
        truth->kx[i] = 2.0 * PI / length * cos(angle);
        truth->ky[i] = 2.0 * PI / length * sin(angle);
        truth->phase[i] = 2.0 * PI * patch_random(&seed);
    }
}

static void line_ink(double od[3], double x, double y, void *user)
{
    const struct truth *truth = user;
    double v = 0.0;
    for (int i = 0; i < WAVES; i++)
        v += cos(truth->kx[i] * x + truth->ky[i] * y + truth->phase[i]);
    v *= truth->relief * sqrt(2.0 / WAVES);
    for (int i = 0; i < truth->pits; i++) {
        const double dx = x - truth->px[i], dy = y - truth->py[i];
        const double s = truth->pwidth[i] / 2.3548;
        if (fabs(dx) < 4.0 * s && fabs(dy) < 4.0 * s)
            v += truth->pdepth[i] * exp(-0.5 * (dx * dx + dy * dy) / (s * s));
    }
    v += (double)ct_row(&truth->od,
                        (int)(y * truth->scale))[(int)(x * truth->scale)];
    od[0] = 0.25 + v;
    od[1] = 0.45 + v;
    od[2] = 0.60 + v;
}

struct score {
    double f1, jsi, length, index, depth; /* the last three over the truth */
};

static double nearest(const struct truth *truth, double x, double y)
{
    double best = 1e9;
    for (int k = 0; k < truth->lines; k++)
        for (int i = 0; i < truth->line[k].points; i++) {
            const double dx = truth->line[k].x[i] - x;
            const double dy = truth->line[k].y[i] - y;
            const double d2 = dx * dx + dy * dy;
            best = d2 < best ? d2 : best;
        }
    return sqrt(best);
}

/* The readings over what was drawn. */
static struct score assess(const struct truth *truth, const struct patch *patch)
{
    struct score score = {0};
    double true_length = 0.0, true_index = 0.0;
    for (int k = 0; k < truth->lines; k++) {
        const double length = 0.1 * (truth->line[k].points - 1);
        true_length += length;
        true_index += length * 100.0 * truth->line[k].depth;
    }
    const double area = truth->side * truth->side / 100.0;
    score.length = patch_value(patch, CT_WRINKLE_DENSITY, CT_FACE_REGION) *
                   area / true_length;
    score.index = patch_value(patch, CT_WRINKLE_INDEX, CT_FACE_REGION) * area /
                  true_index;
    score.depth =
        patch_detail(patch, CT_WRINKLE_INDEX, CT_FACE_REGION, "line_depth") /
        (true_index / true_length);
    return score;
}

/* Precision by pixels of lines that count, recall by points of the truth, both
 * within 0.3 mm. */
static void overlap(struct score *score, const struct truth *truth,
                    const struct lines *lines, double scale)
{
    const struct bytes *ridge = &lines->ridge;
    int right = 0, wrong = 0, seen = 0, missed = 0;
    for (int y = 0; y < ridge->height; y++)
        for (int x = 0; x < ridge->width; x++)
            if (ct_byte_row(ridge, y)[x] == 255) {
                if (nearest(truth, (x + 0.5) / scale, (y + 0.5) / scale) < 0.3)
                    right++;
                else
                    wrong++;
            }
    const int reach = (int)(0.3 * scale) + 1;
    for (int k = 0; k < truth->lines; k++)
        for (int i = 0; i < truth->line[k].points; i++) {
            const double cx = truth->line[k].x[i], cy = truth->line[k].y[i];
            bool near = false;
            for (int v = -reach; v <= reach; v++)
                for (int u = -reach; u <= reach; u++) {
                    const int x = (int)(cx * scale) + u;
                    const int y = (int)(cy * scale) + v;
                    near = near || (ct_byte_row(ridge, y)[x] == 255 &&
                                    hypot((x + 0.5) / scale - cx,
                                          (y + 0.5) / scale - cy) < 0.3);
                }
            seen += near;
            missed += !near;
        }
    const double precision = right / (double)(right + wrong);
    const double recall = seen / (double)(seen + missed);
    score->f1 = 2.0 * precision * recall / (precision + recall);
    score->jsi = score->f1 / (2.0 - score->f1);
}

static struct score run(struct truth *truth, double blur, double noise,
                        bool with_overlap)
{
    struct patch patch;
    const int side = (int)(truth->side * truth->scale);
    patch_start(&patch, side, side, truth->scale);
    ck_assert_int_eq(ct_plane_create(&truth->od, side, side, &patch.tools), 0);
    draw_lines(truth);
    patch_paint(&patch, line_ink, truth);
    patch_blur(&patch, blur);
    patch_noise(&patch, noise, 4);
    patch.view.blur_mm = blur;
    patch_measure(&patch, false);
    struct score score = assess(truth, &patch);
    if (with_overlap) {
        struct scene *scene = calloc(1, sizeof(*scene));
        ck_assert_int_eq(ct_scene_create(scene, &patch.view, &patch.tools), 0);
        ck_assert_int_eq(ct_scene_relief(scene, &patch.tools), 0);
        overlap(&score, truth, &scene->lines, scene->relief.scale);
        ct_scene_free(scene);
        free(scene);
    }
    ct_plane_free(&truth->od);
    patch_end(&patch);
    return score;
}

START_TEST(lines_are_found_among_pores)
{
    static const struct {
        double scale, blur;
        int pits;
    } cases[] = {{16.0, 0.08, 400},
                 {12.0, 0.08, 400},
                 {8.0, 0.10, 250},
                 {16.0, 0.08, 0}};
    struct truth *truth = malloc(sizeof(*truth));
    make_truth(truth, 44.0, cases[_i].scale, cases[_i].pits,
               31u + (unsigned)_i);
    const struct score score = run(truth, cases[_i].blur, 0.006, true);
    printf("    %2.0f px/mm, %d lines, %d pores: F1 %.3f, JSI %.3f, length x "
           "%.3f, index x %.3f, depth x %.3f\n",
           cases[_i].scale, truth->lines, cases[_i].pits, score.f1, score.jsi,
           score.length, score.index, score.depth);
    ck_assert_int_ge(truth->lines, 8);
    ck_assert_double_ge(score.f1, 0.90);
    ck_assert_double_ge(score.jsi, 0.82);
    ck_assert_double_eq_tol(score.length, 1.0, 0.10);
    free(truth);
}
END_TEST

/* As long as every line stays above what the filter can tell from pores. */
START_TEST(the_index_is_linear_in_depth)
{
    double sx = 0, sy = 0, sxx = 0, sxy = 0, syy = 0;
    double at_full = 0.0, at_less = 0.0;
    struct truth *truth = malloc(sizeof(*truth));
    for (int i = 0; i < 6; i++) {
        static const double share[] = {0.65, 0.75, 1.0, 1.1, 1.25, 1.5};
        make_truth(truth, 40.0, 12.0, 200, 91);
        for (int k = 0; k < truth->lines; k++) {
            truth->line[k].depth = share[i] * (0.05 + 0.004 * k);
            truth->line[k].width = 0.25 + 0.02 * k;
        }
        const struct score score = run(truth, 0.08, 0.006, false);
        const double x = share[i], y = share[i] * score.index;
        at_full = i == 2 ? y : at_full;
        at_less = i == 1 ? y : at_less;
        sx += x, sy += y, sxx += x * x, sxy += x * y, syy += y * y;
    }
    const double cov = 6 * sxy - sx * sy;
    const double r2 = cov * cov / ((6 * sxx - sx * sx) * (6 * syy - sy * sy));
    printf("    index: r2 %.4f; -25 %% of depth reads %+.1f %%\n", r2,
           100.0 * (at_less / at_full - 1.0));
    ck_assert_double_ge(r2, 0.98);
    ck_assert_double_eq_tol(at_less / at_full, 0.75, 0.04);
    free(truth);
}
END_TEST

START_TEST(skin_without_lines_has_none)
{
    struct truth *truth = malloc(sizeof(*truth));
    make_truth(truth, 40.0, 12.0, 400, 17);
    truth->lines = 0;
    struct patch patch;
    patch_start(&patch, 480, 480, 12.0);
    ck_assert_int_eq(ct_plane_create(&truth->od, 480, 480, &patch.tools), 0);
    draw_lines(truth);
    patch_paint(&patch, line_ink, truth);
    patch_blur(&patch, 0.08);
    patch_noise(&patch, 0.006, 4);
    patch_measure(&patch, false);
    const double density =
        patch_value(&patch, CT_WRINKLE_DENSITY, CT_FACE_REGION);
    printf("    400 pores and no line: %.2f mm/cm2\n", density);
    ck_assert_double_le(density, 1.5);
    ct_plane_free(&truth->od);
    patch_end(&patch);
    free(truth);
}
END_TEST

/* ---- Two photographs ----------------------------------------------------- */

enum { SHIFT = 3 }; /* px that the second picture lies aside */

struct shifted {
    const struct truth *truth;
    double aside; /* mm */
};

static void shifted_ink(double od[3], double x, double y, void *user)
{
    const struct shifted *shifted = user;
    const double most = shifted->truth->side - 0.01;
    const double u = x - shifted->aside;
    line_ink(od,
             u < 0.0    ? 0.0
             : u > most ? most
                        : u,
             y, (void *)(uintptr_t)shifted->truth);
}

static void start_shifted(struct patch *patch, struct truth *truth, int aside)
{
    const int side = (int)(truth->side * truth->scale);
    struct shifted shifted = {truth, aside / truth->scale};
    patch_start(patch, side, side, truth->scale);
    ck_assert_int_eq(ct_plane_create(&truth->od, side, side, &patch->tools), 0);
    draw_lines(truth);
    patch_paint(patch, shifted_ink, &shifted);
    patch_blur(patch, 0.08);
    patch_noise(patch, 0.006, aside ? 5 : 4);
    patch->view.blur_mm = 0.08;
    ct_plane_free(&truth->od);
}

static void fill_warp(struct warp *warp, struct patch *patch, double aside)
{
    const int side = patch->skin.red.width;
    ck_assert_int_eq(ct_warp_create(warp, side, side, 8, &patch->tools), 0);
    for (int j = 0; j < warp->x.height; j++)
        for (int i = 0; i < warp->x.width; i++) {
            ct_row(&warp->x, j)[i] = (float)(8.0 * i + aside);
            ct_row(&warp->y, j)[i] = (float)(8.0 * j);
            ct_row(&warp->trust, j)[i] = 1.0f;
        }
    patch->view.warp = warp;
}

/* The index of the first and then of the second, whose lines have `share` of
 * the depth and whose waves `relief` of the height; `swap` measures the second
 * first. */
static void measure_two(double out[2], double share, double relief, bool swap)
{
    struct truth *truth = malloc(sizeof(*truth));
    struct patch patch[2];
    struct warp warp[2];
    struct readings readings[2] = {0};
    make_truth(truth, 40.0, 8.0, 200, 91);
    start_shifted(&patch[0], truth, 0);
    for (int k = 0; k < truth->lines; k++)
        truth->line[k].depth *= share;
    truth->relief *= relief;
    start_shifted(&patch[1], truth, SHIFT);
    fill_warp(&warp[0], &patch[0], SHIFT);
    fill_warp(&warp[1], &patch[1], -SHIFT);
    const struct view view[2] = {patch[swap].view, patch[!swap].view};
    ck_assert_int_eq(ct_measure_pair(readings, view, false, &patch[0].tools),
                     0);
    for (int i = 0; i < 2; i++) {
        out[i] =
            readings[swap ? !i : i].of[CT_WRINKLE_INDEX][CT_FACE_REGION].value;
        ct_warp_free(&warp[i]);
        ct_readings_free(&readings[i]);
    }
    for (int i = 1; i >= 0; i--)
        patch_end(&patch[i]);
    free(truth);
}

START_TEST(two_photographs_tell_depth_from_texture)
{
    static const struct {
        double share, relief, reads, within;
    } cases[] = {{0.75, 1.0, 0.75, 0.04},
                 {1.25, 1.0, 1.25, 0.05},
                 {1.0, 0.7, 1.0, 0.03},
                 {0.0, 1.0, 0.0, 0.05}};
    double index[2], again[2];
    measure_two(index, cases[_i].share, cases[_i].relief, false);
    printf("    depth x %.2f, relief x %.2f: index x %.3f\n", cases[_i].share,
           cases[_i].relief, index[1] / index[0]);
    ck_assert_double_eq_tol(index[1] / index[0], cases[_i].reads,
                            cases[_i].within);
    measure_two(again, cases[_i].share, cases[_i].relief, true);
    ck_assert_double_eq(again[0], index[0]);
    ck_assert_double_eq(again[1], index[1]);
}
END_TEST

/* The map of a photograph to itself is off by 0.002 mm at most (method 9). */
START_TEST(the_same_photograph_twice_has_the_same_lines)
{
    struct truth *truth = malloc(sizeof(*truth));
    struct patch patch;
    struct warp warp;
    struct readings readings[2] = {0};
    make_truth(truth, 40.0, 8.0, 200, 91);
    start_shifted(&patch, truth, 0);
    fill_warp(&warp, &patch, 0.0018 * 8.0); /* mm at 8 px/mm */
    const struct view view[2] = {patch.view, patch.view};
    ck_assert_int_eq(ct_measure_pair(readings, view, false, &patch.tools), 0);
    ck_assert_double_gt(readings[0].of[CT_WRINKLE_INDEX][CT_FACE_REGION].value,
                        0.0);
    for (int m = CT_WRINKLE_INDEX; m <= CT_WRINKLE_DENSITY; m++)
        ck_assert_double_eq(readings[0].of[m][CT_FACE_REGION].value,
                            readings[1].of[m][CT_FACE_REGION].value);
    for (int i = 0; i < 2; i++)
        ct_readings_free(&readings[i]);
    ct_warp_free(&warp);
    patch_end(&patch);
    free(truth);
}
END_TEST

int main(void)
{
    setvbuf(stdout, NULL, _IONBF, 0); /* figures of failing tests too */
    Suite *suite = suite_create("wrinkles");
    TCase *skin = tcase_create("skin");
    tcase_add_loop_test(skin, lines_are_found_among_pores, 0, 4);
    tcase_add_test(skin, the_index_is_linear_in_depth);
    tcase_add_test(skin, skin_without_lines_has_none);
    tcase_add_loop_test(skin, two_photographs_tell_depth_from_texture, 0, 4);
    tcase_add_test(skin, the_same_photograph_twice_has_the_same_lines);
    suite_add_tcase(suite, skin);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
