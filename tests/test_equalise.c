/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The difference of blur from spectra: spectra by formula, and drawn eyes,
 * brows and mouths that a Gaussian blurred.
 */

#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "match/match.h"
#include "util/hash.h"

#define PI 3.14159265358979323846

static struct tools tools;
static struct random dice;

static void set_up(void)
{
    memset(&tools, 0, sizeof(tools));
    tools.kernels = ct_kernels_best(CUTIS_ISA_BEST);
    tools.threads = 1;
    ct_random_seed(&dice, 23);
}

/* ---- By formula ---------------------------------------------------------- */

/* Edges fall as f^-3; the patch k is as strong as k + 1. */
static void write_spectra(struct spectra *out, double sigma, double noise,
                          double contrast)
{
    *out = (struct spectra){.bins = 96};
    for (int k = 0; k < CT_EDGE_PATCHES; k++) {
        out->seen[k] = true;
        for (int i = 0; i < out->bins; i++) {
            const double f = (i + 0.5) / CT_EDGE_BINS_PER_CYCLE;
            out->power[k][i] = contrast * (k + 1) * pow(f, -3) *
                                   exp(-4 * PI * PI * f * f * sigma * sigma) +
                               noise;
        }
    }
}

static struct capture before, after;
static struct pair pair;

static const double to[] = {0.08, 0.10, 0.12, 0.16, 0.20, 0.25};

START_TEST(a_gaussian_is_told_exactly)
{
    write_spectra(&before.edges, 0.08, 1e-6, 1);
    write_spectra(&after.edges, to[_i], 3e-6, 1.7);
    ct_equalise(&pair, &before, &after);
    /* The plateau still holds a little signal of the sharper one. */
    const double d = to[_i] * to[_i] - 0.0064;
    ck_assert_double_eq_tol(pair.blur_mm2, d, 1e-4 + 0.01 * d);
    ck_assert_double_le(pair.blur_misfit, 0.02);
    ck_assert_double_le(pair.blur_se_mm2, 1e-3);
}
END_TEST

START_TEST(swapping_mirrors_it_exactly)
{
    write_spectra(&before.edges, 0.07, 1e-6, 1);
    write_spectra(&after.edges, 0.13, 3e-6, 1.7);
    for (int i = 0; i < 96; i++)
        after.edges.power[3][i] *= 1 + 0.3 * ct_random_uniform(&dice);
    ct_equalise(&pair, &before, &after);
    struct pair other = {0};
    ct_equalise(&other, &after, &before);
    ck_assert_double_eq(pair.blur_mm2, -other.blur_mm2);
    ck_assert_double_eq(pair.blur_se_mm2, other.blur_se_mm2);
    ck_assert_double_eq(pair.blur_misfit, other.blur_misfit);
    for (int i = 0; i < 2; i++)
        ck_assert_double_eq(ct_equalise_mm(&pair, i),
                            ct_equalise_mm(&other, 1 - i));
    ck_assert_double_gt(ct_equalise_mm(&pair, 0), 0);
    ck_assert_double_eq(ct_equalise_mm(&pair, 1), 0);
}
END_TEST

START_TEST(the_same_photograph_needs_nothing)
{
    write_spectra(&before.edges, 0.09, 1e-6, 1);
    ct_equalise(&pair, &before, &before);
    ck_assert_double_eq(pair.blur_mm2, 0);
    ck_assert_double_eq(pair.blur_se_mm2, 0);
    ck_assert_double_eq(ct_equalise_mm(&pair, 0), 0);
    ck_assert_double_eq(ct_equalise_mm(&pair, 1), 0);
}
END_TEST

START_TEST(what_lies_within_its_error_is_left_alone)
{
    pair = (struct pair){.blur_mm2 = 0.001, .blur_se_mm2 = 0.0011};
    ck_assert_double_eq(ct_equalise_mm(&pair, 0), 0);
    pair.blur_se_mm2 = 0.0009;
    ck_assert_double_eq_tol(ct_equalise_mm(&pair, 0), sqrt(0.001), 1e-15);
    pair.blur_mm2 = pair.blur_se_mm2 = NAN;
    ck_assert_double_eq(ct_equalise_mm(&pair, 0), 0);
    ck_assert_double_eq(ct_equalise_mm(&pair, 1), 0);
}
END_TEST

/* A filter raises a band and leaves what lies beyond. */
START_TEST(sharpening_is_no_lens)
{
    write_spectra(&before.edges, 0.10, 1e-6, 1);
    write_spectra(&after.edges, 0.10, 1e-6, 1);
    for (int k = 0; k < CT_EDGE_PATCHES; k++)
        for (int i = 0; i < 96; i++) {
            const double f = (i + 0.5) / CT_EDGE_BINS_PER_CYCLE;
            const double off = (f - 1) / 0.35;
            after.edges.power[k][i] *= exp(1.2 * exp(-off * off));
        }
    ct_equalise(&pair, &before, &after);
    ck_assert_double_gt(pair.blur_misfit, 0.20);
}
END_TEST

START_TEST(nothing_to_go_by_is_nan)
{
    write_spectra(&before.edges, 0.10, 1e-6, 1);
    after.edges = (struct spectra){0};
    ct_equalise(&pair, &before, &after);
    ck_assert(isnan(pair.blur_mm2));
    ck_assert(isnan(pair.blur_se_mm2));

    /* One patch alone has no error to tell. */
    write_spectra(&after.edges, 0.15, 1e-6, 1);
    for (int k = 1; k < CT_EDGE_PATCHES; k++)
        after.edges.seen[k] = false;
    ct_equalise(&pair, &before, &after);
    ck_assert(isnan(pair.blur_mm2));
}
END_TEST

/* ---- Sharpened ----------------------------------------------------------- */

static double strength(double e)
{
    return copysign(exp(fabs(e) / 2) - 1, e);
}

static const double lenses[] = {0.047, 0.05, 0.053}; /* mm, beside 0.05 */

/* Spectra of 16 px/mm. */
static void write_pair(double sigma, double contrast)
{
    write_spectra(&before.edges, 0.05, 0, 1);
    write_spectra(&after.edges, sigma, 0, contrast);
}

/* An unsharp mask of radius r pixels and strength k. */
static void sharpen_spectra(struct spectra *out, double r, double k)
{
    for (int p = 0; p < CT_EDGE_PATCHES; p++)
        for (int i = 0; i < out->bins; i++) {
            const double f = (i + 0.5) / CT_EDGE_BINS_PER_CYCLE / 16;
            const double gain = 1 + k * (1 - exp(-2 * PI * PI * f * f * r * r));
            out->power[p][i] *= gain * gain;
        }
}

static const struct {
    double radius, strength;
} masks[] = {{1.0, 0.5}, {1.0, 1.0}, {1.0, 1.5}, {1.5, 0.5},
             {1.5, 1.0}, {1.5, 1.5}, {2.0, 0.5}, {2.0, 1.0}};

/* Whatever the lens of either; a wide mask reads less, as it works on what is
 * put down to contrast. */
START_TEST(a_mask_is_told_with_its_strength)
{
    const double k = masks[_i].strength;
    for (int j = 0; j < 3; j++) {
        write_pair(lenses[j], 1.4);
        sharpen_spectra(&after.edges, masks[_i].radius, k);
        ct_sharpened(&pair, &before, &after);
        ck_assert_double_ge(strength(pair.sharpened), 0.7 * k);
        ck_assert_double_le(strength(pair.sharpened), 1.3 * k);
        ck_assert_double_le(pair.sharpened_se, 1e-6);
    }
}
END_TEST

START_TEST(a_lens_is_no_mask)
{
    for (int j = 0; j < 3; j++) {
        write_pair(lenses[j], 1.4);
        ct_sharpened(&pair, &before, &after);
        ck_assert_double_eq_tol(pair.sharpened, 0, 1e-9);
    }
    /* One that is far less sharp shows too little to tell. */
    write_pair(0.08, 1);
    ct_sharpened(&pair, &before, &after);
    ck_assert(isnan(pair.sharpened));
}
END_TEST

START_TEST(a_mask_changes_places_with_its_photograph)
{
    write_spectra(&before.edges, 0.05, 1e-7, 1);
    write_spectra(&after.edges, 0.06, 3e-7, 1.7);
    for (int i = 0; i < 96; i++)
        after.edges.power[3][i] *= 1 + 0.3 * ct_random_uniform(&dice);
    sharpen_spectra(&after.edges, 1.2, 1);
    ct_sharpened(&pair, &before, &after);
    ck_assert_double_gt(strength(pair.sharpened), 0.5);
    struct pair other = {0};
    ct_sharpened(&other, &after, &before);
    ck_assert_double_eq(pair.sharpened, -other.sharpened);
    ck_assert_double_eq(pair.sharpened_se, other.sharpened_se);
    ct_sharpened(&pair, &after, &after);
    ck_assert_double_eq(pair.sharpened, 0);
    ck_assert_double_eq(pair.sharpened_se, 0);
}
END_TEST

/* What noise covers is not looked at, and nothing is made of the rest. */
START_TEST(no_mask_is_seen_in_noise_or_in_a_small_face)
{
    write_spectra(&before.edges, 0.05, 1e-3, 1);
    write_spectra(&after.edges, 0.05, 9e-3, 1);
    ct_sharpened(&pair, &before, &after);
    ck_assert(isnan(pair.sharpened));

    write_spectra(&after.edges, 0.05, 0, 1);
    write_spectra(&before.edges, 0.05, 0, 1);
    before.edges.bins = after.edges.bins = 26; /* under 4.5 px/mm */
    ct_sharpened(&pair, &before, &after);
    ck_assert(isnan(pair.sharpened));
    before.edges.bins = after.edges.bins = 27;
    ct_sharpened(&pair, &before, &after);
    ck_assert_double_eq(pair.sharpened, 0);
    after.edges = (struct spectra){0};
    ct_sharpened(&pair, &before, &after);
    ck_assert(isnan(pair.sharpened));
    ck_assert(isnan(pair.sharpened_se));
}
END_TEST

/* ---- Drawn --------------------------------------------------------------- */

enum { STROKES = 60 };

/* A face whose six patches hold dark strokes, as hairs and lids are. */
static void draw_face(struct face *face, struct skin *skin, double scale)
{
    const int side = (int)(80 * scale);
    memset(face, 0, sizeof(*face));
    memset(skin, 0, sizeof(*skin));
    face->point_count = CT_POINTS;
    face->factor = 1;
    face->scale = face->work_scale = scale;
    face->region.width = face->region.height = side;
    struct plane *const planes[3] = {&skin->red, &skin->green, &skin->blue};
    for (int c = 0; c < 3; c++) {
        ck_assert_int_eq(ct_plane_create(planes[c], side, side, &tools), 0);
        for (int y = 0; y < side; y++)
            for (int x = 0; x < side; x++)
                ct_row(planes[c], y)[x] = 0.4f;
    }
    static const uint16_t points[CT_EDGE_PATCHES][4] = {
        {33, 133, 159, 145},  {263, 362, 386, 374}, {70, 107, 105, 52},
        {300, 336, 334, 282}, {98, 327, 2, 2},      {61, 291, 0, 17}};
    for (int k = 0; k < CT_EDGE_PATCHES; k++)
        for (int i = 0; i < 4; i++)
            face->points[points[k][i]] = (cutis_point){
                scale * (20 + 40 * (k % 2)), scale * (15 + 25 * (k / 2))};
    for (int k = 0; k < CT_EDGE_PATCHES * STROKES; k++) {
        const double x = 20 + 40 * (k % 2) + 10 * ct_random_uniform(&dice) - 5;
        const double y =
            15 + 25 * (k / 2 % 3) + 10 * ct_random_uniform(&dice) - 5;
        const double a = PI * ct_random_uniform(&dice);
        for (double t = -2 * scale; t < 2 * scale; t += 0.5)
            for (int c = 0; c < 3; c++)
                ct_row(planes[c],
                       (int)(y * scale +
                             t * sin(a)))[(int)(x * scale + t * cos(a))] = 0.1f;
    }
}

static void photograph(struct capture *out, const struct face *face,
                       const struct skin *skin, double sigma_mm, double noise)
{
    struct skin blurred = {0};
    const struct plane *const from[3] = {&skin->red, &skin->green, &skin->blue};
    struct plane *const planes[3] = {&blurred.red, &blurred.green,
                                     &blurred.blue};
    for (int c = 0; c < 3; c++) {
        ck_assert_int_eq(
            ct_plane_create(planes[c], from[c]->width, from[c]->height, &tools),
            0);
        ck_assert_int_eq(
            ct_gauss(planes[c], from[c], sigma_mm * face->work_scale, &tools),
            0);
        for (int y = 0; y < planes[c]->height; y++)
            for (int x = 0; x < planes[c]->width; x++)
                ct_row(planes[c], y)[x] *=
                    (float)(1 + noise * ct_random_normal(&dice));
    }
    ck_assert_int_eq(ct_edge_spectra(&out->edges, face, &blurred, &tools), 0);
    for (int c = 0; c < 3; c++)
        ct_plane_free(planes[c]);
}

static const double scales[] = {8, 11, 14};

START_TEST(drawn_blur_is_told_to_5_percent)
{
    static struct face face;
    struct skin skin;
    const double scale = scales[_i / 3], b = to[1 + _i % 3];
    draw_face(&face, &skin, scale);
    photograph(&before, &face, &skin, 0.09, 0.006);
    photograph(&after, &face, &skin, sqrt(0.09 * 0.09 + b * b), 0.012);
    ct_equalise(&pair, &before, &after);
    ck_assert_msg(fabs(pair.blur_mm2 / (b * b) - 1) <= 0.05, "%g, not %g",
                  pair.blur_mm2, b * b);
    ck_assert_double_le(pair.blur_misfit, 0.10);
    ct_plane_free(&skin.red);
    ct_plane_free(&skin.green);
    ct_plane_free(&skin.blue);
}
END_TEST

/* What a camera makes of the light of one plane. */
static void sharpen_plane(struct plane *plane, double radius_px, double k)
{
    struct plane low = {0};
    ck_assert_int_eq(ct_plane_create(&low, plane->width, plane->height, &tools),
                     0);
    ck_assert_int_eq(ct_gauss(&low, plane, radius_px, &tools), 0);
    for (int y = 0; y < low.height; y++)
        for (int x = 0; x < low.width; x++) {
            float *const at = ct_row(plane, y) + x;
            *at += (float)k * (*at - ct_row(&low, y)[x]);
        }
    ct_plane_free(&low);
}

/* The same lens, or one that is a little less sharp. */
START_TEST(a_drawn_mask_is_told)
{
    static struct face face;
    struct skin skin;
    draw_face(&face, &skin, scales[_i]);
    photograph(&before, &face, &skin, 0.06, 0.003);
    for (int j = 0; j < 2; j++) {
        photograph(&after, &face, &skin, j ? 0.065 : 0.06, 0.004);
        ct_sharpened(&pair, &before, &after);
        ck_assert_double_le(fabs(strength(pair.sharpened)), 0.25);
    }
    sharpen_plane(&skin.red, 1.0, 1.0);
    sharpen_plane(&skin.green, 1.0, 1.0);
    sharpen_plane(&skin.blue, 1.0, 1.0);
    photograph(&after, &face, &skin, 0.06, 0.003);
    ct_sharpened(&pair, &before, &after);
    ck_assert_double_ge(strength(pair.sharpened), 0.40);
    ct_plane_free(&skin.red);
    ct_plane_free(&skin.green);
    ct_plane_free(&skin.blue);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("equalise");
    TCase *all = tcase_create("all");
    tcase_add_checked_fixture(all, set_up, NULL);
    tcase_add_loop_test(all, a_gaussian_is_told_exactly, 0, 6);
    tcase_add_test(all, swapping_mirrors_it_exactly);
    tcase_add_test(all, the_same_photograph_needs_nothing);
    tcase_add_test(all, what_lies_within_its_error_is_left_alone);
    tcase_add_test(all, sharpening_is_no_lens);
    tcase_add_test(all, nothing_to_go_by_is_nan);
    tcase_add_loop_test(all, a_mask_is_told_with_its_strength, 0, 8);
    tcase_add_test(all, a_lens_is_no_mask);
    tcase_add_test(all, a_mask_changes_places_with_its_photograph);
    tcase_add_test(all, no_mask_is_seen_in_noise_or_in_a_small_face);
    tcase_add_loop_test(all, a_drawn_mask_is_told, 0, 3);
    tcase_add_loop_test(all, drawn_blur_is_told_to_5_percent, 0, 9);
    suite_add_tcase(suite, all);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
