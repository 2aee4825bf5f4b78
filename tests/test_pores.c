/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Pores: the blob finder by its closed form, then synthetic skin with pores at
 * known places, hairs, freckles, texture, blur and noise.
 */

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "measure/measure.h"
#include "patch.h"

#define PI 3.14159265358979323846

static struct tools tools;

static struct plane bump_plane(int side, double x, double y, double sigma,
                               double height)
{
    struct plane plane;
    ck_assert_int_eq(ct_plane_create(&plane, side, side, &tools), 0);
    for (int v = 0; v < side; v++)
        for (int u = 0; u < side; u++) {
            const double dx = (u + 0.5 - x) / sigma, dy = (v + 0.5 - y) / sigma;
            ct_row(&plane, v)[u] =
                (float)(height * exp(-0.5 * (dx * dx + dy * dy)));
        }
    return plane;
}

/* R = A / 2 at the bump's own scale, and the parabola finds place and scale. */
START_TEST(a_bump_answers_with_half_its_height_at_its_own_scale)
{
    static const double sigmas[] = {1.6, 2.0, 2.7, 3.3, 4.4, 6.0};
    const double sigma = sigmas[_i];
    tools = (struct tools){.threads = 2,
                           .kernels = ct_kernels_best(CUTIS_ISA_BEST)};
    struct plane source = bump_plane(256, 121.3, 138.8, sigma, 5.0);
    struct bytes mask;
    ck_assert_int_eq(ct_bytes_create(&mask, 256, 256, &tools), 0);
    for (int y = 0; y < 256; y++)
        memset(ct_byte_row(&mask, y), 255, 256);
    struct blob_search search = {.source = &source,
                                 .mask = &mask,
                                 .scales = 12,
                                 .threshold = 0.5,
                                 .radius = 1.6,
                                 .roundness = 0.5};
    search.sigma[0] = 1.12;
    for (int k = 1; k < 12; k++)
        search.sigma[k] = search.sigma[k - 1] * pow(2.0, 0.25);
    struct blobs blobs = {0};
    ck_assert_int_eq(ct_blobs_find(&blobs, &search, &tools), 0);
    ck_assert_uint_eq(blobs.count, 1);
    const struct blob *blob = blobs.at;
    ck_assert_double_eq_tol(blob->x, 121.3, 0.02 + 0.02 * sigma);
    ck_assert_double_eq_tol(blob->y, 138.8, 0.02 + 0.02 * sigma);
    ck_assert_double_eq_tol(blob->sigma / sigma, 1.0, 0.02);
    ck_assert_double_eq_tol(blob->response, 2.5, 0.03);
    ck_assert_double_ge(blob->roundness, 0.97);
    ct_free(blobs.at);
    ct_bytes_free(&mask);
    ct_plane_free(&source);
}
END_TEST

/* Flat disks of all widths: none falls between two reductions of the plane. */
START_TEST(a_disk_of_any_width_is_found)
{
    tools = (struct tools){.threads = 2,
                           .kernels = ct_kernels_best(CUTIS_ISA_BEST)};
    for (int i = 0; i < 60; i++) {
        const double radius = 2.5 * pow(1.025, i); /* 2.5 to 10.7 px */
        const double x = 96.0 + 0.37 * i, y = 127.0 - 0.53 * i;
        struct plane source;
        struct bytes mask;
        struct blobs blobs = {0};
        ck_assert_int_eq(ct_plane_create(&source, 224, 224, &tools), 0);
        ck_assert_int_eq(ct_bytes_create(&mask, 224, 224, &tools), 0);
        for (int v = 0; v < 224; v++)
            for (int u = 0; u < 224; u++) {
                const double r = hypot(u + 0.5 - x, v + 0.5 - y) - radius;
                ct_row(&source, v)[u] = (float)(1.0 / (1.0 + exp(2.5 * r)));
                ct_byte_row(&mask, v)[u] = 255;
            }
        struct blob_search search = {.source = &source,
                                     .mask = &mask,
                                     .scales = 12,
                                     .threshold = 0.2,
                                     .radius = 1.5,
                                     .roundness = 0.3};
        search.sigma[0] = 1.2;
        for (int k = 1; k < 12; k++)
            search.sigma[k] = search.sigma[k - 1] * pow(2.0, 1.0 / 3.0);
        ck_assert_int_eq(ct_blobs_find(&blobs, &search, &tools), 0);
        ck_assert_msg(blobs.count >= 1, "radius %g px", radius);
        ck_assert_double_eq_tol(blobs.at[0].x, x, 0.3);
        ck_assert_double_eq_tol(blobs.at[0].y, y, 0.3);
        /* A disk answers most at its radius over the root of 2. */
        ck_assert_double_eq_tol(blobs.at[0].sigma * sqrt(2.0) / radius, 1.0,
                                0.1);
        ct_free(blobs.at);
        ct_bytes_free(&mask);
        ct_plane_free(&source);
    }
}
END_TEST

/* ---- Synthetic skin ------------------------------------------------------ */

enum { PITS = 900, WAVES = 24 };

struct skin_truth {
    double side; /* mm */
    int pits;
    double x[PITS], y[PITS], width[PITS], depth[PITS]; /* mm FWHM, OD */
    double kx[WAVES], ky[WAVES], phase[WAVES], relief; /* OD RMS */
    int freckles;
    double fx[20], fy[20], fwidth[20];
    double melanin;
};

static void pit_ink(double od[3], double x, double y, void *user)
{
    const struct skin_truth *truth = user;
    double v = 0.0, spot = 0.0;
    for (int i = 0; i < WAVES; i++)
        v += cos(truth->kx[i] * x + truth->ky[i] * y + truth->phase[i]);
    v *= truth->relief * sqrt(2.0 / WAVES);
    for (int i = 0; i < truth->pits; i++) {
        const double dx = x - truth->x[i], dy = y - truth->y[i];
        const double s = truth->width[i] / 2.3548;
        if (fabs(dx) < 5.0 * s && fabs(dy) < 5.0 * s)
            v += truth->depth[i] * exp(-0.5 * (dx * dx + dy * dy) / (s * s));
    }
    for (int i = 0; i < truth->freckles; i++) {
        const double d =
            hypot(x - truth->fx[i], y - truth->fy[i]) / truth->fwidth[i];
        spot += 0.3 * exp(-4.0 * 0.693 * d * d);
    }
    patch_skin_od(od, truth->melanin * exp(spot), 0.0, false);
    for (int c = 0; c < 3; c++)
        od[c] += v;
}

static struct skin_truth make_truth(double side, double per_cm2, double least,
                                    uint64_t seed)
{
    struct skin_truth truth = {.side = side, .melanin = 1.0, .relief = 0.004};
    const int wanted = (int)(per_cm2 * side * side / 100.0);
    const double apart =
        0.6 / sqrt(per_cm2 / 100.0) < 1.2 ? 0.6 / sqrt(per_cm2 / 100.0) : 1.2;
    for (int tries = 0; tries < 60000 && truth.pits < wanted; tries++) {
        const double x = 1.0 + (side - 2.0) * patch_random(&seed);
        const double y = 1.0 + (side - 2.0) * patch_random(&seed);
        bool free = true;
        for (int i = 0; free && i < truth.pits; i++)
            free = hypot(truth.x[i] - x, truth.y[i] - y) > apart;
        if (!free)
            continue;
        truth.x[truth.pits] = x;
        truth.y[truth.pits] = y;
        truth.width[truth.pits] =
            0.25 + (per_cm2 > 100.0 ? 0.15 : 0.35) * patch_random(&seed);
        truth.depth[truth.pits++] =
            (least + 0.15 * patch_random(&seed)) / log(10.0);
    }
    for (int i = 0; i < WAVES; i++) {
        const double angle = 2.0 * PI * patch_random(&seed);
        const double length = 0.6 * pow(12.0, patch_random(&seed));
        truth.kx[i] = 2.0 * PI / length * cos(angle);
        truth.ky[i] = 2.0 * PI / length * sin(angle);
        truth.phase[i] = 2.0 * PI * patch_random(&seed);
    }
    return truth;
}

struct score {
    int hits, found, truth;
    double width, burden; /* measured over true */
    double f1;
};

static struct score run(const struct skin_truth *truth, double scale,
                        double blur, double noise, uint64_t seed)
{
    struct patch patch;
    struct score score = {.truth = truth->pits};
    struct skin_truth copy = *truth;
    const int side = (int)(truth->side * scale);
    patch_start(&patch, side, side, scale);
    patch_paint(&patch, pit_ink, &copy);
    patch_blur(&patch, blur);
    patch_noise(&patch, noise, seed);
    patch.view.blur_mm = blur;
    patch_measure(&patch, false);

    bool used[PITS] = {false};
    double width = 0.0, true_width = 0.0, true_burden = 0.0;
    for (size_t i = 0; i < patch.readings.pore_count; i++) {
        const struct item *item = &patch.readings.pores[i];
        score.found++;
        for (int k = 0; k < truth->pits; k++)
            if (!used[k] &&
                hypot((double)item->x / scale - truth->x[k],
                      (double)item->y / scale - truth->y[k]) < 0.25) {
                used[k] = true;
                score.hits++;
                width += (double)item->size_mm;
                true_width += truth->width[k];
                break;
            }
    }
    for (int k = 0; k < truth->pits; k++)
        true_burden +=
            100.0 * truth->depth[k] * truth->width[k] * truth->width[k];
    score.f1 = 2.0 * score.hits / (double)(score.found + score.truth);
    score.width = (width - true_width) / score.hits;
    score.burden = patch_value(&patch, CT_PORE_BURDEN, CT_FACE_REGION) *
                   truth->side * truth->side / 100.0 / true_burden;
    ck_assert_double_eq_tol(
        patch_value(&patch, CT_PORE_DENSITY, CT_FACE_REGION),
        score.found / (truth->side * truth->side / 100.0),
        1e-6 * score.found + 1e-12);
    patch_end(&patch);
    return score;
}

START_TEST(pores_are_found_at_every_density)
{
    static const struct {
        double scale, blur, least, density, f1;
    } cases[] = {
        {18.0, 0.06, 0.10, 40.0, 0.90}, {18.0, 0.06, 0.10, 120.0, 0.90},
        {16.0, 0.08, 0.10, 60.0, 0.90}, {15.0, 0.08, 0.10, 20.0, 0.90},
        {12.0, 0.08, 0.10, 60.0, 0.85}, {12.0, 0.08, 0.10, 120.0, 0.85},
    };
    const struct skin_truth truth = make_truth(
        24.0, cases[_i].density, cases[_i].least, 100u + (unsigned)_i);
    const struct score score =
        run(&truth, cases[_i].scale, cases[_i].blur, 0.006, 9);
    printf("    %2.0f px/mm, %3.0f/cm2: F1 %.3f (%d of %d, %d found), width "
           "%+.3f mm, burden x %.3f\n",
           cases[_i].scale, cases[_i].density, score.f1, score.hits,
           score.truth, score.found, score.width, score.burden);
    ck_assert_double_ge(score.f1, cases[_i].f1);
    /* Where pores crowd, each narrows its neighbours. */
    ck_assert_double_eq_tol(score.width, 0.0,
                            cases[_i].density > 100.0 ? 0.05 : 0.035);
}
END_TEST

START_TEST(burden_follows_the_truth)
{
    double sx = 0, sy = 0, sxx = 0, sxy = 0, syy = 0;
    const int n = 6;
    for (int i = 0; i < n; i++) {
        const double share = 0.5 + 0.2 * i;
        struct skin_truth truth = make_truth(20.0, 60.0, 0.10, 77);
        for (int k = 0; k < truth.pits; k++)
            truth.depth[k] *= share;
        const struct score score = run(&truth, 15.0, 0.08, 0.006, 3);
        const double x = share, y = score.burden * share;
        sx += x, sy += y, sxx += x * x, sxy += x * y, syy += y * y;
    }
    const double cov = n * sxy - sx * sy;
    const double r2 = cov * cov / ((n * sxx - sx * sx) * (n * syy - sy * sy));
    printf("    burden: r2 %.4f, slope %.3f\n", r2, cov / (n * sxx - sx * sx));
    ck_assert_double_ge(r2, 0.98);
}
END_TEST

START_TEST(blur_within_the_gate_leaves_the_burden)
{
    const struct skin_truth truth = make_truth(20.0, 60.0, 0.12, 55);
    const double sharp = run(&truth, 16.0, 0.06, 0.005, 3).burden;
    const double soft = run(&truth, 16.0, 0.10, 0.005, 3).burden;
    printf("    burden at blur .06 and .10: x %.3f, x %.3f\n", sharp, soft);
    ck_assert_double_eq_tol(soft / sharp, 1.0, 0.12);
}
END_TEST

START_TEST(freckles_are_not_pores)
{
    struct skin_truth truth = make_truth(20.0, 30.0, 0.12, 66);
    uint64_t seed = 5;
    truth.pits = 0;
    truth.freckles = 20;
    for (int i = 0; i < truth.freckles; i++) {
        truth.fx[i] = 2.0 + 16.0 * patch_random(&seed);
        truth.fy[i] = 2.0 + 16.0 * patch_random(&seed);
        truth.fwidth[i] = 0.5 + 0.4 * patch_random(&seed);
    }
    const struct score score = run(&truth, 16.0, 0.06, 0.004, 3);
    printf("    20 freckles: %d taken for pores\n", score.found);
    ck_assert_int_le(score.found, 1);
}
END_TEST

/* ---- Single pits --------------------------------------------------------- */

/* Six by six places 2.5 mm apart: a dark pit, a slope that the lamp lights from
 * the left, or both. */
struct pits {
    double dark, slope; /* OD of the darkest place of either */
    double sigma;       /* mm */
    double squeezed;    /* what is seen of heights: cosine */
};

static const double pitch = 2.5;
enum { PITS_ACROSS = 6 };

static void lit_ink(double od[3], double x, double y, void *user)
{
    const struct pits *pits = user;
    const double s = pits->sigma;
    const double dx = (fmod(x, pitch) - 0.5 * pitch) / s;
    const double dy = (fmod(y / pits->squeezed, pitch) - 0.5 * pitch) / s;
    const double bell = exp(-0.5 * (dx * dx + dy * dy));
    patch_skin_od(od, 1.0, 0.0, false);
    for (int c = 0; c < 3; c++)
        od[c] += bell * (pits->dark + pits->slope * exp(0.5) * dx);
}

/* How many pores are found; their mean width and sum of burdens. */
static struct score run_pits(struct pits pits, double ita)
{
    const double scale = 16.0;
    const int side = (int)(PITS_ACROSS * pitch * scale);
    struct patch patch;
    struct score score = {0};
    patch_start(&patch, side, (int)(side * pits.squeezed), scale);
    for (int i = 0; i <= CT_FACETS; i++) {
        patch.face.mm2[i] /= (float)pits.squeezed;
        patch.face.cosine[i] = (float)pits.squeezed;
    }
    patch_paint(&patch, lit_ink, &pits);
    patch_noise(&patch, 0.005, 4);
    patch.view.blur_mm = 0.0;
    patch.view.ita_ref = ita;
    patch_measure(&patch, false);
    for (size_t i = 0; i < patch.readings.pore_count; i++) {
        const struct item *item = &patch.readings.pores[i];
        score.found++;
        score.width += (double)item->size_mm;
        score.burden += (double)item->burden;
    }
    score.width /= score.found;
    patch_end(&patch);
    return score;
}

/* A slope is as bright on one side as it is dark on the other. */
START_TEST(a_hollow_lit_from_aside_is_no_pore)
{
    const int all = PITS_ACROSS * PITS_ACROSS;
    const struct pits pore = {0.08, 0.0, 0.15, 1.0};
    const struct pits relief = {0.0, 0.04, 0.15, 1.0};
    const struct pits both = {0.08, 0.04, 0.15, 1.0};
    ck_assert_int_eq(run_pits(pore, 30.0).found, all);
    ck_assert_int_eq(run_pits(relief, 30.0).found, 0);
    ck_assert_int_eq(run_pits(both, 30.0).found, all);
}
END_TEST

/* Darkness without colour is shade on skin of every tone. */
START_TEST(pores_are_found_on_every_tone)
{
    static const double tones[] = {65.0, 50.0, 30.0, 15.0, 0.0, -30.0, -60.0};
    const struct pits pore = {0.08, 0.0, 0.15, 1.0};
    ck_assert_int_eq(run_pits(pore, tones[_i]).found,
                     PITS_ACROSS * PITS_ACROSS);
}
END_TEST

/* Width and burden are those on the skin: the width 2.355 sigma, the burden
 * 100 times depth times its square, however the skin is turned. */
START_TEST(skin_seen_aslant_has_the_same_pores)
{
    static const double cosines[] = {1.0, 0.8, 0.6};
    const int all = PITS_ACROSS * PITS_ACROSS;
    const struct pits pits = {0.08, 0.0, 0.15, cosines[_i]};
    const struct score score = run_pits(pits, 30.0);
    const double width = 2.3548 * pits.sigma;
    const double burden = all * 8.0 * width * width;
    printf("    cosine %.1f: %d of %d, width %+.4f mm, burden x %.3f\n",
           cosines[_i], score.found, all, score.width - width,
           score.burden / burden);
    ck_assert_int_eq(score.found, all);
    ck_assert_double_eq_tol(score.width, width, 0.015);
    ck_assert_double_eq_tol(score.burden / burden, 1.0, 0.08);
}
END_TEST

START_TEST(smooth_skin_has_no_pores)
{
    struct skin_truth truth = make_truth(16.0, 60.0, 0.1, 8);
    truth.pits = 0;
    truth.relief = 0.002;
    const struct score score = run(&truth, 16.0, 0.06, 0.006, 3);
    ck_assert_int_le(score.found, 3);
}
END_TEST

int main(void)
{
    setvbuf(stdout, NULL, _IONBF, 0); /* figures of failing tests too */
    Suite *suite = suite_create("pores");
    TCase *all = tcase_create("all");
    tcase_add_loop_test(
        all, a_bump_answers_with_half_its_height_at_its_own_scale, 0, 6);
    tcase_add_test(all, a_disk_of_any_width_is_found);
    tcase_add_loop_test(all, pores_are_found_at_every_density, 0, 6);
    tcase_add_test(all, burden_follows_the_truth);
    tcase_add_test(all, blur_within_the_gate_leaves_the_burden);
    tcase_add_test(all, freckles_are_not_pores);
    tcase_add_test(all, smooth_skin_has_no_pores);
    tcase_add_test(all, a_hollow_lit_from_aside_is_no_pore);
    tcase_add_loop_test(all, pores_are_found_on_every_tone, 0, 7);
    tcase_add_loop_test(all, skin_seen_aslant_has_the_same_pores, 0, 3);
    suite_add_tcase(suite, all);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
