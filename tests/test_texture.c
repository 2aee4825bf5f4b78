/* SPDX-License-Identifier: BSD-2-Clause */

/* Relief bands by closed forms: waves, a Gaussian field, white noise. */

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "measure/measure.h"
#include "patch.h"

#define PI 3.14159265358979323846

static const char *const band_name[CT_BANDS] = {"Sq_0.25", "Sq_0.5", "Sq_1",
                                                "Sq_2"};

struct wave {
    double length_mm, height; /* OD */
};

/* A wave that the mirrored borders continue, as long as `length_mm` divides
 * twice the patch. */
static void wave_ink(double od[3], double x, double y, void *user)
{
    const struct wave *wave = user;
    (void)y;
    const double v = wave->height * cos(2.0 * PI * x / wave->length_mm);
    od[0] = 0.25 + v;
    od[1] = 0.45 + v;
    od[2] = 0.60 + v;
}

/* Of a band, behind the floor's blur of 0.10 mm. */
static double gain(double sigma, double length)
{
    const double f = PI * sigma / length, t = PI * 0.10 / length;
    return (exp(-2.0 * f * f) - exp(-8.0 * f * f)) * exp(-2.0 * t * t);
}

static const double scales[] = {8.0, 11.0, 16.0, 24.0};
static const double lengths[] = {1.6, 3.2, 6.4, 16.0};

START_TEST(waves_come_out_as_the_closed_form_says)
{
    struct patch patch;
    struct wave wave = {lengths[_i % 4], 0.01};
    const double scale = scales[_i / 4];
    patch_start(&patch, (int)(32.0 * scale), (int)(16.0 * scale), scale);
    patch_paint(&patch, wave_ink, &wave);
    patch_measure(&patch, false);
    for (int k = 0; k < CT_BANDS; k++) {
        const double expected = 100.0 * wave.height *
                                gain(ct_band_mm[k], wave.length_mm) / sqrt(2.0);
        const double actual =
            patch_detail(&patch, CT_TEXTURE, CT_CHEEK_L, band_name[k]);
        /* Far off its peak a band holds next to nothing. */
        if (gain(ct_band_mm[k], wave.length_mm) > 0.05)
            ck_assert_double_eq_tol(actual / expected, 1.0, 0.005);
    }
    patch_end(&patch);
}
END_TEST

START_TEST(a_wave_has_its_shape_numbers)
{
    struct patch patch;
    struct wave wave = {3.2, 0.01};
    patch_start(&patch, 512, 128, 8.0);
    patch_paint(&patch, wave_ink, &wave);
    patch_measure(&patch, false);
    const double sq = patch_detail(&patch, CT_TEXTURE, CT_CHEEK_L, "Sq_0.5");
    ck_assert_double_eq_tol(patch_detail(&patch, CT_TEXTURE, CT_CHEEK_L, "Sa") /
                                sq,
                            2.0 * sqrt(2.0) / PI, 0.005);
    ck_assert_double_eq_tol(patch_detail(&patch, CT_TEXTURE, CT_CHEEK_L, "Ssk"),
                            0.0, 0.01);
    ck_assert_double_eq_tol(patch_detail(&patch, CT_TEXTURE, CT_CHEEK_L, "Sku"),
                            1.5, 0.01);
    patch_end(&patch);
}
END_TEST

/* The method's table at 12 px/mm without pre-blur. */
START_TEST(noise_gains_are_those_of_the_table)
{
    static const double sigma[] = {0.12, 0.25, 0.5, 1.0, 2.0};
    static const double expected[] = {.131, .0631, .0315, .0158, .0079};
    for (int i = 0; i < 5; i++)
        ck_assert_double_eq_tol(ct_band_noise_gain(12.0 * sigma[i], 0.0),
                                expected[i], 6e-4 * (i ? 0.2 : 1.0));
}
END_TEST

static void flat_ink(double od[3], double x, double y, void *user)
{
    (void)x, (void)y, (void)user;
    od[0] = 0.25;
    od[1] = 0.45;
    od[2] = 0.60;
}

/* Relative noise n in each channel is, in Y, the root of the sum of squares of
 * its parts; 1 % of light is 0.4343 cOD. */
static double noise_cod(double share)
{
    const double part[3] = {0.2126729 * pow(10, -0.25),
                            0.7151522 * pow(10, -0.45),
                            0.0721750 * pow(10, -0.60)};
    const double y = part[0] + part[1] + part[2];
    return 100.0 / log(10.0) * share *
           sqrt(part[0] * part[0] + part[1] * part[1] + part[2] * part[2]) / y;
}

START_TEST(noise_alone_is_not_texture)
{
    struct patch patch;
    patch_start(&patch, 640, 640, 16.0);
    patch_paint(&patch, flat_ink, NULL);
    patch_noise(&patch, 0.02, 5);
    patch.view.noise_cod = noise_cod(0.02);
    patch_measure(&patch, false);
    ck_assert(isnan(patch_value(&patch, CT_TEXTURE, CT_CHEEK_L)));
    ck_assert_str_ne(patch_reason(&patch, CT_TEXTURE, CT_CHEEK_L), "");

    /* Nobody told of the noise: the finest band is the noise's gain. */
    patch.view.noise_cod = 0.0;
    patch_measure(&patch, false);
    ck_assert_double_eq_tol(
        patch_detail(&patch, CT_TEXTURE, CT_CHEEK_L, "Sq_0.25") /
            (noise_cod(0.02) * ct_band_noise_gain(4.0, 1.6)),
        1.0, 0.03);
    patch_end(&patch);
}
END_TEST

/* Waves of random direction and phase, many enough for a Gaussian field. */
enum { WAVES = 150 };

struct field {
    double kx[WAVES], ky[WAVES], phase[WAVES], height;
};

static void field_ink(double od[3], double x, double y, void *user)
{
    const struct field *field = user;
    double v = 0.0;
    for (int i = 0; i < WAVES; i++)
        v += cos(field->kx[i] * x + field->ky[i] * y + field->phase[i]);
    v *= field->height * sqrt(2.0 / WAVES);
    od[0] = 0.25 + v;
    od[1] = 0.45 + v;
    od[2] = 0.60 + v;
}

static struct field make_field(double height, uint64_t seed)
{
    struct field field = {.height = height};
    for (int i = 0; i < WAVES; i++) {
        const double angle = 2.0 * PI * patch_random(&seed);
        const double length = 0.8 * pow(16.0, patch_random(&seed));
        field.kx[i] = 2.0 * PI / length * cos(angle);
        field.ky[i] = 2.0 * PI / length * sin(angle);
        field.phase[i] = 2.0 * PI * patch_random(&seed);
    }
    return field;
}

/* Two photographs of one relief, the sharper softened by what it lacks. */
START_TEST(equal_sharpness_makes_equal_texture)
{
    struct patch patch;
    struct field field = make_field(0.02, 17);
    const double scale = scales[_i];
    double r[2];
    for (int soft = 0; soft < 2; soft++) {
        patch_start(&patch, (int)(30 * scale), (int)(30 * scale), scale);
        patch_paint(&patch, field_ink, &field);
        patch_blur(&patch, soft ? 0.16 : 0.09);
        patch.view.equalise_mm = soft ? 0.0 : sqrt(0.16 * 0.16 - 0.09 * 0.09);
        patch_measure(&patch, false);
        r[soft] = patch_detail(&patch, CT_TEXTURE, CT_CHEEK_L, "Sq_0.25");
        patch_end(&patch);
    }
    ck_assert_double_eq_tol(r[1] / r[0], 1.0, 0.01);
}
END_TEST

/* The gain of white noise is the root of the sum of squares of what one pixel
 * comes out as.  Behind the floor's blur it is nearly linear in the light. */
struct speck {
    double x, y, half; /* mm */
};

static void speck_ink(double od[3], double x, double y, void *user)
{
    const struct speck *speck = user;
    const bool here =
        fabs(x - speck->x) < speck->half && fabs(y - speck->y) < speck->half;
    od[0] = 0.25 + (here ? 0.02 : 0.0);
    od[1] = 0.45 + (here ? 0.02 : 0.0);
    od[2] = 0.60 + (here ? 0.02 : 0.0);
}

static const double speck_scales[] = {8.0, 10.0, 11.9};

START_TEST(noise_gains_are_those_of_one_pixel)
{
    struct patch patch;
    const double scale = speck_scales[_i];
    const int side = 8 * (int)(3 * scale); /* whole samples of all bands */
    struct speck speck = {(side / 2 + 0.5) / scale, (side / 2 + 0.5) / scale,
                          0.4 / scale};
    patch_start(&patch, side, side, scale);
    patch_paint(&patch, speck_ink, &speck);
    patch_measure(&patch, false);
    const double height = 100.0 * 0.02;
    for (int k = 0; k < 3; k++) {
        const double sq =
            patch_detail(&patch, CT_TEXTURE, CT_CHEEK_L, band_name[k]);
        const double expected =
            ct_band_noise_gain(ct_band_mm[k] * scale, 0.10 * scale);
        ck_assert_double_eq_tol(sq * side / height / expected, 1.0, 0.005);
    }
    patch_end(&patch);
}
END_TEST

START_TEST(noise_is_taken_off_a_gaussian_field)
{
    struct patch patch;
    struct field field = make_field(0.02, 11);
    patch_start(&patch, 512, 512, 16.0);
    patch_paint(&patch, field_ink, &field);
    patch_measure(&patch, false);
    const double clean = patch_value(&patch, CT_TEXTURE, CT_CHEEK_L);
    ck_assert_double_eq_tol(patch_detail(&patch, CT_TEXTURE, CT_CHEEK_L, "Sku"),
                            3.0, 0.5);
    ck_assert_double_eq_tol(
        patch_detail(&patch, CT_TEXTURE, CT_CHEEK_L, "Sa") /
            patch_detail(&patch, CT_TEXTURE, CT_CHEEK_L, "Sq_0.5"),
        sqrt(2.0 / PI), 0.03);

    patch_noise(&patch, 0.03, 3);
    patch.view.noise_cod = noise_cod(0.03);
    patch_measure(&patch, false);
    const double noisy = patch_value(&patch, CT_TEXTURE, CT_CHEEK_L);
    printf("    3 %% noise: R x %.4f\n", noisy / clean);
    ck_assert_double_eq_tol(noisy / clean, 1.0, 0.01);
    patch_end(&patch);
}
END_TEST

START_TEST(roughness_is_linear_in_the_relief)
{
    struct patch patch;
    double first = 0.0;
    for (int i = -3; i <= 3; i++) {
        struct field field = make_field(0.02 * (1.0 + 0.1 * i), 12);
        patch_start(&patch, 400, 400, 12.0);
        patch_paint(&patch, field_ink, &field);
        patch_measure(&patch, false);
        const double r = patch_value(&patch, CT_TEXTURE, CT_CHEEK_L);
        first = i == -3 ? r / 0.7 : first;
        ck_assert_double_eq_tol(r / first, 1.0 + 0.1 * i, 0.01);
        patch_end(&patch);
    }
}
END_TEST

/* R is the weighted geometric mean of the bands, with the published weights. */
START_TEST(roughness_weighs_the_bands_as_published)
{
    static const double weight[3][CT_BANDS] = {
        {.2, .3, .3, .2}, {.1, .2, .4, .3}, {.5, .35, .15, 0}};
    struct patch patch;
    struct field field = make_field(0.02, 13);
    patch_start(&patch, 400, 400, 10.0);
    patch_paint(&patch, field_ink, &field);
    patch_measure(&patch, false);
    double r[3] = {0.0};
    for (int p = 0; p < 3; p++)
        for (int k = 0; k < CT_BANDS; k++)
            r[p] += weight[p][k] * log(patch_detail(&patch, CT_TEXTURE,
                                                    CT_CHEEK_L, band_name[k]));
    ck_assert_double_eq_tol(patch_value(&patch, CT_TEXTURE, CT_CHEEK_L),
                            exp(r[0]), 1e-9);
    ck_assert_double_eq_tol(
        patch_detail(&patch, CT_TEXTURE, CT_CHEEK_L, "R_scar"), exp(r[1]),
        1e-9);
    ck_assert_double_eq_tol(
        patch_detail(&patch, CT_TEXTURE, CT_CHEEK_L, "R_fine"), exp(r[2]),
        1e-9);
    patch_end(&patch);
}
END_TEST

START_TEST(coarse_pictures_get_the_coarse_form)
{
    struct patch patch;
    struct field field = make_field(0.02, 14);
    patch_start(&patch, 300, 300, 6.0);
    patch_paint(&patch, field_ink, &field);
    patch_measure(&patch, false);
    const struct reading *row = &patch.readings.of[CT_TEXTURE][CT_CHEEK_L];
    ck_assert_str_eq(row->name, "R_coarse");
    double r = 0.0;
    static const double weight[CT_BANDS] = {0, .4, .4, .2};
    for (int k = 1; k < CT_BANDS; k++)
        r += weight[k] *
             log(patch_detail(&patch, CT_TEXTURE, CT_CHEEK_L, band_name[k]));
    ck_assert_double_eq_tol(row->value, exp(r), 1e-9);
    ck_assert(isnan(patch_detail(&patch, CT_TEXTURE, CT_CHEEK_L, "Sq_0.25")));
    ck_assert(isnan(patch_detail(&patch, CT_TEXTURE, CT_CHEEK_L, "R_fine")));
    patch_end(&patch);
}
END_TEST

int main(void)
{
    setvbuf(stdout, NULL, _IONBF, 0); /* figures of failing tests too */
    Suite *suite = suite_create("texture");
    TCase *all = tcase_create("all");
    tcase_add_loop_test(all, waves_come_out_as_the_closed_form_says, 0, 16);
    tcase_add_test(all, a_wave_has_its_shape_numbers);
    tcase_add_test(all, noise_gains_are_those_of_the_table);
    tcase_add_loop_test(all, equal_sharpness_makes_equal_texture, 0, 4);
    tcase_add_loop_test(all, noise_gains_are_those_of_one_pixel, 0, 3);
    tcase_add_test(all, noise_alone_is_not_texture);
    tcase_add_test(all, noise_is_taken_off_a_gaussian_field);
    tcase_add_test(all, roughness_is_linear_in_the_relief);
    tcase_add_test(all, roughness_weighs_the_bands_as_published);
    tcase_add_test(all, coarse_pictures_get_the_coarse_form);
    suite_add_tcase(suite, all);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
