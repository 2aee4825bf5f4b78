/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * H against ln(blood), on skin by three models of which the library knows only
 * tabulated directions and one curve: the polynomial that was fitted to
 * measured spectra, and spectra by two laws of light.
 */

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "measure/measure.h"
#include "oracles/skin.inc"
#include "patch.h"

static double dot(const double a[3], const double b[3])
{
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

static double index_of(const struct tone *tone, double x, double y,
                       bool polarised)
{
    double od[3];
    patch_skin_od(od, x, y, polarised);
    return dot(tone->blood, od);
}

/* Slope over blood x 0.5 to x 2 by least squares in ln(blood), of skin with
 * `blood` to begin with, whose tone is seen then. */
static double slope_at(double ita, double blood, bool polarised)
{
    struct tone tone;
    const double x = patch_melanin_of(ita, polarised);
    double od[3], sxy = 0.0, sxx = 0.0;
    patch_skin_od(od, x, blood, polarised);
    ct_tone_at(&tone, patch_ita_of(od), polarised);
    for (int i = -10; i <= 10; i++) {
        const double y = 0.06931471805599453 * i;
        sxy +=
            y * ct_blood_scale(&tone, index_of(&tone, x, blood + y, polarised));
        sxx += y * y;
    }
    return sxy / sxx;
}

START_TEST(blood_counts_the_same_at_every_tone)
{
    for (int ita = 60; ita >= -45; ita -= 15) {
        const double plain = slope_at(ita, 0.0, false) / 13.74;
        const double crossed = slope_at(ita, 0.0, true) / 13.74;
        printf("    ITA %+d: slope %.3f, polarised %.3f\n", ita, plain,
               crossed);
        ck_assert_double_eq_tol(plain, 1.0, ita >= -30 ? 0.08 : 0.15);
        ck_assert_double_eq_tol(crossed, 1.0, ita >= -30 ? 0.08 : 0.15);
    }
}
END_TEST

/* People with half and with one and a half times the usual blood. */
START_TEST(blood_counts_the_same_whatever_there_was)
{
    for (int ita = 60; ita >= 30; ita -= 6)
        for (int p = 0; p <= 1; p++) {
            const double little = slope_at(ita, -0.6, p) / 13.74;
            const double much = slope_at(ita, 0.4, p) / 13.74;
            ck_assert_double_eq_tol(little, 1.0, 0.08);
            ck_assert_double_eq_tol(much, 1.0, 0.08);
        }
}
END_TEST

/* How far off +50 % of blood is, per kind of skin: what the law was fitted to,
 * the same cross-polarised, diffusion theory, and people at the ends of what
 * oxygenation and scattering there is. */
START_TEST(blood_counts_the_same_by_other_laws_of_light)
{
    static const double most[] = {0.05, 0.05, 0.07, 0.16, 0.13};
    double worst[5] = {0.0}, before[5] = {0.0};
    for (size_t i = 0; i < sizeof(specimens) / sizeof(specimens[0]); i++) {
        const struct specimen *s = &specimens[i];
        struct tone tone;
        ct_tone_at(&tone, s->ita, s->polarised);
        const double a = dot(tone.blood, s->before);
        const double b = dot(tone.blood, s->after);
        const double true_rise = 13.74 * log(1.5);
        const double off =
            (ct_blood_scale(&tone, b) - ct_blood_scale(&tone, a)) / true_rise -
            1.0;
        worst[s->kind] = fmax(worst[s->kind], fabs(off));
        before[s->kind] =
            fmax(before[s->kind], fabs((b - a) / true_rise - 1.0));
    }
    for (int k = 0; k < 5; k++) {
        printf("    kind %d: off by %.1f %%, unscaled by %.1f %%\n", k,
               100.0 * worst[k], 100.0 * before[k]);
        ck_assert_double_le(worst[k], most[k]);
    }
}
END_TEST

/* The law's own h, -1.5 + 18.3 ln(1 + exp(1.52 x / 18.3)) by solving dh = s dx,
 * is a straight line again; and so are the tangents at the ends. */
START_TEST(the_scale_undoes_the_law_exactly)
{
    struct tone tone;
    ct_tone_at(&tone, 60.0, false);
    const double leak = tone.leak, steep = tone.steep;
    const double start = log(exp((18.2 + 1.5) / 18.3) - 1.0);
    for (double x = -20.0; x <= 21.0; x += 0.5) {
        const double h =
            leak - 1.5 + 18.3 * log(1.0 + exp(start + 1.52 * x / 18.3));
        ck_assert_double_eq_tol(ct_blood_scale(&tone, h), 18.2 + x / steep,
                                1e-9);
    }
    for (int end = 0; end <= 1; end++) {
        const double at = leak + (end ? 46.0 : 2.0);
        const double in = end ? 45.0 : 3.0;
        const double slope = 1.52 * (1.0 - exp(-(in + 1.5) / 18.3)) * steep;
        ck_assert_double_eq_tol(ct_blood_scale(&tone, at + 0.5) -
                                    ct_blood_scale(&tone, at - 0.5),
                                1.0 / slope, 1e-9);
    }
    ct_tone_at(&tone, -20.0, false);
    ck_assert_double_eq(ct_blood_scale(&tone, 7.25), 7.25);
    ck_assert(isnan(ct_blood_scale(&tone, NAN)));
    ct_tone_at(&tone, 40.0, false);
    ck_assert(isnan(ct_blood_scale(&tone, NAN)));
}
END_TEST

/* Another white balance moves h of all skin, and in one photograph alone. */
START_TEST(white_balance_drops_out_of_what_is_compared)
{
    struct view view = {.reference = CT_REF_EXCESS};
    struct scene *scene = calloc(2, sizeof(*scene));
    double found[3];
    for (int k = 0; k < 3; k++) {
        const double moved = 12.0 * (k == 1), both = k == 2 ? 6.0 : 0.0;
        for (int i = 0; i < 2; i++) {
            scene[i].view = &view;
            ct_tone_at(&scene[i].tone, 45.0, false);
            scene[i].blood_floor = 15.0 + (i ? moved : -moved) + both;
        }
        ct_blood_level(scene, 2);
        double above[2];
        for (int i = 0; i < 2; i++) {
            const double floor = scene[i].blood_floor + scene[i].blood_shift;
            above[i] = ct_blood_scale(&scene[i].tone, floor + 3.0 + 5.0 * i) -
                       ct_blood_scale(&scene[i].tone, floor);
        }
        found[k] = above[1] - above[0];
    }
    /* The same of both: 3 H of level are 5 % or less of slope. */
    ck_assert_double_eq_tol(found[1], found[0], 1e-9);
    ck_assert_double_eq_tol(found[2], found[0], 0.08 * found[0]);

    /* Beside one that shows no colour as if it were alone. */
    ct_blood_level(&scene[1], 1);
    const double alone = scene[1].blood_shift;
    scene[0].blood_floor = NAN;
    ct_blood_level(scene, 2);
    ck_assert_double_eq(scene[0].blood_shift, 0.0);
    ck_assert_double_eq(scene[1].blood_shift, alone);
    ck_assert_double_ne(alone, 0.0);

    view.reference = CT_REF_NEUTRAL;
    ct_blood_level(scene, 2);
    ck_assert_double_eq(scene[1].blood_shift, 0.0);
    free(scene);
}
END_TEST

int main(void)
{
    setvbuf(stdout, NULL, _IONBF, 0); /* figures of failing tests too */
    Suite *suite = suite_create("blood_scale");
    TCase *scale = tcase_create("scale");
    tcase_add_test(scale, blood_counts_the_same_at_every_tone);
    tcase_add_test(scale, blood_counts_the_same_whatever_there_was);
    tcase_add_test(scale, blood_counts_the_same_by_other_laws_of_light);
    tcase_add_test(scale, the_scale_undoes_the_law_exactly);
    tcase_add_test(scale, white_balance_drops_out_of_what_is_compared);
    suite_add_tcase(suite, scale);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
