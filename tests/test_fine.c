/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * How skin's structure falls off towards fine detail, on noise whose spectrum
 * is known, and what is said where it falls off as a filter makes it.
 */

#include <stdlib.h>

#include "match/match.h"
#include "progress_scene.h"
#include "util/hash.h"

static struct tools tools;
static struct scene scene;
static struct random dice;
static struct plane noise;
static struct bytes skin;

static void set_up(void)
{
    memset(&tools, 0, sizeof(tools));
    tools.kernels = ct_kernels_best(CUTIS_ISA_BEST);
    tools.threads = 1;
    ct_random_seed(&dice, 11);
    scene_set(&scene);
}

static const double lens = 0.1; /* mm */
static void soften(double share, double sigma, double scale);

/* White noise of 80 by 80 mm behind a lens, all of it skin. */
static void make_noise(double scale)
{
    const int side = (int)(80 * scale);
    ck_assert_int_eq(ct_plane_create(&noise, side, side, &tools), 0);
    ck_assert_int_eq(ct_bytes_create(&skin, side, side, &tools), 0);
    for (int y = 0; y < side; y++) {
        memset(ct_byte_row(&skin, y), 255, (size_t)side);
        for (int x = 0; x < side; x++)
            ct_row(&noise, y)[x] = (float)ct_random_normal(&dice);
    }
    soften(1.0, lens, scale);
}

/* noise = (1 - share) noise + share noise blurred by sigma mm. */
static void soften(double share, double sigma, double scale)
{
    struct plane low = {0};
    const int side = noise.width;
    ck_assert_int_eq(ct_plane_create(&low, side, side, &tools), 0);
    ck_assert_int_eq(
        ct_gauss_masked(&low, &noise, &skin, sigma * scale, true, &tools), 0);
    for (int y = 0; y < side; y++)
        for (int x = 0; x < side; x++) {
            float *const at = ct_row(&noise, y) + x;
            *at += (float)share * (ct_row(&low, y)[x] - *at);
        }
    ct_plane_free(&low);
}

static void noise_row(const struct row_source *source, float *out, int x, int y,
                      int n)
{
    (void)source;
    memcpy(out, ct_row(&noise, y) + x, (size_t)n * sizeof(*out));
}

static double found(double scale)
{
    const struct row_source source = {
        .width = noise.width, .height = noise.height, .row = noise_row};
    double ratio;
    ck_assert_int_eq(ct_fine_structure(&ratio, &source, &skin, scale, &tools),
                     0);
    return ratio;
}

static void tear_down(void)
{
    ct_plane_free(&noise);
    ct_bytes_free(&skin);
}

/* RMS over a ring of what is left of an amplitude of 1 there. */
static double left(double low, double high, double share, double sigma)
{
    enum { STEPS = 1000 };
    double sum = 0, weight = 0;
    for (int i = 0; i < STEPS; i++) {
        const double f = low + (high - low) * (i + 0.5) / STEPS;
        const double soft = exp(-2 * 9.8696044 * sigma * sigma * f * f);
        sum += f * (1 - share + share * soft) * (1 - share + share * soft);
        weight += f;
    }
    return sqrt(sum / weight);
}

static const double scales[] = {5.2, 7.9, 8.1, 15.7, 17.0, 31.0};

/* The median of few frequencies' power leans by up to 0.05. */
START_TEST(white_noise_is_as_strong_at_all_sizes_and_scales)
{
    make_noise(scales[_i]);
    const double found_here = found(scales[_i]) + ct_fine_lost(lens * lens);
    ck_assert_double_eq_tol(found_here, 0.0, 0.09);
}
END_TEST

/* The filter of half a millimetre that takes half of what is fine. */
START_TEST(a_filter_takes_what_is_fine)
{
    const double scale = scales[_i];
    make_noise(scale);
    const double before = found(scale);
    soften(0.5, 0.5, scale);
    const double expected =
        log(left(0.7, 1.1, 0.5, 0.5)) - log(left(0.35, 0.5, 0.5, 0.5));
    ck_assert_double_eq_tol(found(scale) - before, expected, 0.05);
    ck_assert_double_le(expected, log(0.82));
}
END_TEST

START_TEST(what_a_lens_takes_is_given_back)
{
    const double scale = scales[_i], sigma = 0.12; /* more */
    make_noise(scale);
    const double before = found(scale);
    soften(1.0, sigma, scale);
    ck_assert_double_eq_tol(found(scale) + ct_fine_lost(sigma * sigma), before,
                            0.04);
}
END_TEST

START_TEST(a_third_less_of_all_sizes_changes_nothing)
{
    make_noise(8);
    const double before = found(8);
    for (int y = 0; y < noise.height; y++)
        for (int x = 0; x < noise.width; x++)
            ct_row(&noise, y)[x] *= 0.67f;
    ck_assert_double_eq_tol(found(8), before, 1e-6);
}
END_TEST

START_TEST(coarse_pictures_and_little_skin_cannot_tell)
{
    make_noise(5);
    ck_assert_double_nan(found(4.4));
    for (int y = 25; y < noise.height; y++)
        memset(ct_byte_row(&skin, y), 0, (size_t)noise.width);
    ck_assert_double_nan(found(5));
}
END_TEST

/* ---- What is said of it -------------------------------------------------- */

static enum ct_level level_of(cutis_check_scope scope)
{
    scene_check(&scene);
    const cutis_check *const check =
        scene_find(&scene.outcome.checks, "smoothing", scope);
    return scene.outcome.checks.level[check - scene.outcome.checks.of];
}

static void set_photo(double ratio)
{
    scene.after.capture.fine_sharp = log(ratio);
}

static void set_pair(double ratio)
{
    scene.pair.fine_more = -log(ratio);
}

START_TEST(limits_are_those_of_the_method)
{
    static const struct {
        void (*set)(double ratio);
        cutis_check_scope scope;
        double pass, warn, fail;
    } rules[] = {
        {set_photo, CUTIS_CHECK_AFTER, 0.57, 0.45, 0.35},
        {set_pair, CUTIS_CHECK_PAIR, 0.82, 0.76, 0.60},
    };
    const double more = 1.0001, less = 0.9999;
    for (int i = 0; i < 2; i++) {
        rules[i].set(rules[i].pass * more);
        ck_assert_int_eq(level_of(rules[i].scope), CT_LEVEL_PASS);
        rules[i].set(rules[i].pass * less);
        ck_assert_int_eq(level_of(rules[i].scope), CT_LEVEL_WARN);
        ck_assert_double_eq(scene_widening(&scene, CT_TEXTURE, CT_NOSE), 1.4);
        ck_assert_double_eq(scene_widening(&scene, CT_REDNESS, CT_NOSE), 1.0);
        rules[i].set(rules[i].warn * less);
        ck_assert_int_eq(level_of(rules[i].scope), CT_LEVEL_STRONG);
        rules[i].set(rules[i].fail * more);
        ck_assert_int_eq(level_of(rules[i].scope), CT_LEVEL_STRONG);
        rules[i].set(rules[i].fail * less);
        ck_assert_int_eq(level_of(rules[i].scope), CT_LEVEL_FAIL);
        ck_assert(scene_forbids(&scene, CT_TEXTURE, CT_CHIN));
        ck_assert(!scene_forbids(&scene, CT_REDNESS, CT_CHIN));
        ck_assert_int_eq(scene_comparable(&scene), CUTIS_COMPARABLE_LIMITED);
        rules[i].set(NAN);
        ck_assert_int_eq(level_of(rules[i].scope), CT_LEVEL_PASS);
        rules[i].set(1.0);
    }
}
END_TEST

START_TEST(the_photograph_that_lost_is_named_and_doubt_of_blur_counts)
{
    set_pair(2.0);
    const cutis_check *check = NULL;
    ck_assert_int_eq(level_of(CUTIS_CHECK_PAIR), CT_LEVEL_FAIL);
    check = scene_find(&scene.outcome.checks, "smoothing", CUTIS_CHECK_PAIR);
    ck_assert_ptr_nonnull(strstr(check->message, "photograph after has"));
    const double value = check->value;
    set_pair(0.5);
    ck_assert_int_eq(level_of(CUTIS_CHECK_PAIR), CT_LEVEL_FAIL);
    check = scene_find(&scene.outcome.checks, "smoothing", CUTIS_CHECK_PAIR);
    ck_assert_ptr_nonnull(strstr(check->message, "photograph before has"));
    ck_assert(check->value == value);
    scene.pair.fine_se = 0.35;
    ck_assert_int_eq(level_of(CUTIS_CHECK_PAIR), CT_LEVEL_PASS);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("fine");
    TCase *cases = tcase_create("fine");
    suite_add_tcase(suite, cases);
    tcase_add_checked_fixture(cases, set_up, tear_down);
    tcase_add_loop_test(cases, white_noise_is_as_strong_at_all_sizes_and_scales,
                        0, 6);
    tcase_add_loop_test(cases, a_filter_takes_what_is_fine, 0, 6);
    tcase_add_loop_test(cases, what_a_lens_takes_is_given_back, 0, 6);
    tcase_add_test(cases, a_third_less_of_all_sizes_changes_nothing);
    tcase_add_test(cases, coarse_pictures_and_little_skin_cannot_tell);
    tcase_add_test(cases, limits_are_those_of_the_method);
    tcase_add_test(cases,
                   the_photograph_that_lost_is_named_and_doubt_of_blur_counts);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
