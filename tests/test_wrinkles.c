/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Lines: the filter by its closed form, then synthetic skin with curved lines
 * of known course, depth and width among pores and texture.
 */

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "measure/measure.h"
#include "patch.h"

#define PI 3.14159265358979323846

/* ---- The filter ---------------------------------------------------------- */

static const double filter_scales[] = {6.0, 8.0, 11.0};

/* A straight line of width w answers with the greatest, over the three widths
 * s, of A s^2 w / (w^2 + s^2)^(3/2). */
static double closed_form(double w)
{
    double most = 0.0;
    for (int i = 0; i < CT_WIDTHS; i++) {
        const double s = ct_line_width_mm[i];
        const double r = s * s * w / pow(w * w + s * s, 1.5);
        most = r > most ? r : most;
    }
    return most;
}

START_TEST(a_line_answers_as_the_closed_form_says)
{
    struct tools tools = {.threads = 2,
                          .kernels = ct_kernels_best(CUTIS_ISA_BEST)};
    const double scale = filter_scales[_i / CT_ANGLES];
    const double angle = PI * (_i % CT_ANGLES) / CT_ANGLES;
    const int side = (int)(20.0 * scale);
    for (double w = 0.12; w < 0.4; w += 0.09) {
        struct plane source;
        ck_assert_int_eq(ct_plane_create(&source, side, side, &tools), 0);
        for (int y = 0; y < side; y++)
            for (int x = 0; x < side; x++) {
                const double d = (-(x - side / 2) * sin(angle) +
                                  (y - side / 2) * cos(angle)) /
                                 scale / w;
                ct_row(&source, y)[x] = (float)(4.0 * exp(-0.5 * d * d));
            }
        struct line_filter filter = {0};
        ck_assert_int_eq(ct_line_filter(&filter, &source, NULL, scale, &tools),
                         0);
        const double r = (double)ct_row(&filter.response, side / 2)[side / 2];
        const int best = ct_byte_row(&filter.best, side / 2)[side / 2];
        ck_assert_int_eq(best % CT_ANGLES, _i % CT_ANGLES);
        ck_assert_double_eq_tol(r / (4.0 * closed_form(w)), 1.0,
                                scale > 7.0 ? 0.03 : 0.04);
        ct_line_filter_free(&filter);
        ct_plane_free(&source);
    }
    ck_assert_uint_eq(atomic_load(&tools.memory.used), 0);
}
END_TEST

START_TEST(a_bright_line_does_not_answer)
{
    struct tools tools = {.threads = 1,
                          .kernels = ct_kernels_best(CUTIS_ISA_BEST)};
    struct plane source;
    ck_assert_int_eq(ct_plane_create(&source, 160, 160, &tools), 0);
    for (int y = 0; y < 160; y++)
        for (int x = 0; x < 160; x++)
            ct_row(&source, y)[x] =
                (float)(-4.0 * exp(-0.5 * pow((y - 80) / 1.6, 2.0)));
    struct line_filter filter = {0};
    ck_assert_int_eq(ct_line_filter(&filter, &source, NULL, 8.0, &tools), 0);
    ck_assert_double_le((double)ct_row(&filter.response, 80)[80], 0.2);
    ct_line_filter_free(&filter);
    ct_plane_free(&source);
}
END_TEST

/* ---- Thinning ------------------------------------------------------------ */

START_TEST(thinning_leaves_a_line_of_one_pixel_and_its_length)
{
    struct tools tools = {.threads = 1};
    struct bytes mask;
    ck_assert_int_eq(ct_bytes_create(&mask, 60, 30, &tools), 0);
    for (int y = 12; y < 17; y++)
        memset(ct_byte_row(&mask, y) + 5, 255, 50);
    ck_assert_int_eq(ct_thin(&mask, &tools), 0);
    int count = 0;
    for (int x = 0; x < 60; x++) {
        int here = 0;
        for (int y = 0; y < 30; y++)
            here += ct_byte_row(&mask, y)[x] != 0;
        ck_assert_int_le(here, 1);
        count += here;
    }
    ck_assert_int_ge(count, 45);
    ck_assert_int_le(count, 50);
    ct_bytes_free(&mask);
}
END_TEST

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

int main(void)
{
    setvbuf(stdout, NULL, _IONBF, 0); /* figures of failing tests too */
    Suite *suite = suite_create("wrinkles");
    TCase *filter = tcase_create("filter");
    tcase_add_loop_test(filter, a_line_answers_as_the_closed_form_says, 0,
                        3 * CT_ANGLES);
    tcase_add_test(filter, a_bright_line_does_not_answer);
    tcase_add_test(filter, thinning_leaves_a_line_of_one_pixel_and_its_length);
    suite_add_tcase(suite, filter);
    TCase *skin = tcase_create("skin");
    tcase_add_loop_test(skin, lines_are_found_among_pores, 0, 4);
    tcase_add_test(skin, the_index_is_linear_in_depth);
    tcase_add_test(skin, skin_without_lines_has_none);
    suite_add_tcase(suite, skin);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
