/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What stands beside unevenness of tone: pale spots, the spread of ITA and the
 * difference of the cheeks, on skin painted by the forward model.
 */

#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "measure/measure.h"
#include "patch.h"

/* Discs of 2.6 mm, 16 mm apart, on brown skin (ITA -15). */
struct scene_paint {
    double base;    /* melanin of the skin */
    double melanin; /* of a disc, times the skin's */
    double blood;   /* ln, of a disc */
    double veil;    /* light added to a disc, as a highlight does */
    double right;   /* melanin of the skin beyond 32 mm, times the rest */
};

static void ink(double od[3], double x, double y, void *user)
{
    const struct scene_paint *paint = user;
    const double u = fmod(x, 16.0) - 8.0, v = fmod(y, 16.0) - 8.0;
    const bool disc = hypot(u, v) < 1.3;
    const double side = x > 32.0 ? paint->right : 1.0;

    patch_skin_od(od, paint->base * side * (disc ? paint->melanin : 1.0),
                  disc ? paint->blood : 0.0, false);
    for (int c = 0; disc && c < 3; c++)
        od[c] = -log10(pow(10.0, -od[c]) + paint->veil);
}

static double detail(const struct patch *patch, const char *name)
{
    return patch_detail(patch, CT_TONE_EVENNESS, CT_FACE_REGION, name);
}

static void measure(struct patch *patch, const struct scene_paint *paint)
{
    patch_start(patch, 256, 192, 4.0); /* 64 x 48 mm: twelve discs */
    patch->view.ita_ref = -15.0;
    patch_paint(patch, ink, (void *)(uintptr_t)paint);
    patch_measure(patch, false);
}

START_TEST(pale_spots_are_counted_apart)
{
    /* 20 % less melanin: ln is -0.22, P -22 where nothing is smoothed. */
    const struct scene_paint pale = {
        .base = 2.07, .melanin = 0.80, .right = 1.0};
    struct patch patch;
    measure(&patch, &pale);
    const double cm2 = 6.4 * 4.8;
    ck_assert_double_eq_tol(detail(&patch, "pale_density") * cm2, 12.0, 0.01);
    ck_assert_double_eq_tol(detail(&patch, "pale_area"),
                            12.0 * 3.14159265 * 1.69 / cm2, 0.8);
    ck_assert_double_eq_tol(detail(&patch, "pale_contrast"), 22.3, 7.0);
    ck_assert_double_eq(
        patch.readings.of[CT_PIGMENT_SPOTS][CT_FACE_REGION].value, 0.0);
    patch_end(&patch);
}
END_TEST

START_TEST(what_is_brown_bloodless_or_shining_is_no_pale_spot)
{
    static const struct scene_paint others[] = {
        {.base = 2.07, .melanin = 1.3, .right = 1.0},
        {.base = 2.07, .melanin = 1.0, .blood = -0.7, .right = 1.0},
        {.base = 2.07, .melanin = 1.0, .veil = 0.04, .right = 1.0},
    };
    struct patch patch;
    measure(&patch, &others[_i]);
    ck_assert_double_eq(detail(&patch, "pale_density"), 0.0);
    ck_assert(isnan(detail(&patch, "pale_contrast")));
    patch_end(&patch);
}
END_TEST

START_TEST(the_cheeks_difference_is_theirs)
{
    /* Melanin by 1.1 on the right half, which is made the right cheek. */
    const struct scene_paint sides = {
        .base = 0.7, .melanin = 1.0, .right = 1.1};
    struct patch patch;
    patch_start(&patch, 256, 192, 4.0);
    patch.view.ita_ref = 45.0;
    for (int y = 0; y < patch.face.region.height; y++)
        for (int x = 128; x < patch.face.region.width; x++)
            ct_byte_row(&patch.face.region, y)[x] = CT_CHEEK_R;
    patch.face.region_area_mm2[CT_CHEEK_L] *= 0.5;
    patch.face.region_area_mm2[CT_CHEEK_R] =
        patch.face.region_area_mm2[CT_CHEEK_L];
    patch_paint(&patch, ink, (void *)(uintptr_t)&sides);
    patch_measure(&patch, false);
    /* The 3-vector melanin of the forward model reads 0.5 to 0.7 of ln. */
    const double m = detail(&patch, "left_right_M") / (-100.0 * log(1.1));
    ck_assert_double_ge(m, 0.4);
    ck_assert_double_le(m, 1.1);
    ck_assert_double_eq_tol(detail(&patch, "left_right_H"), 0.0, 0.3);
    patch_end(&patch);
}
END_TEST

START_TEST(the_spread_of_ita_needs_a_neutral)
{
    const struct scene_paint even = {
        .base = 2.07, .melanin = 1.0, .right = 1.0};
    struct patch patch;
    measure(&patch, &even);
    patch.skin.neutral = true;
    patch_measure(&patch, false);
    ck_assert_double_eq_tol(detail(&patch, "sigma_ITA"), 0.0, 0.01);
    patch.skin.neutral = false;
    patch_measure(&patch, false);
    ck_assert(isnan(detail(&patch, "sigma_ITA")));
    patch_end(&patch);
}
END_TEST

START_TEST(a_dark_spot_that_is_brown_and_red_may_be_a_scab)
{
    /* Melanin by 1.8, and blood by e or as it is. */
    const struct scene_paint spot = {
        .base = 1.0, .melanin = 1.8, .blood = _i ? 0.0 : 1.0, .right = 1.0};
    struct patch patch;
    patch_start(&patch, 512, 384, 8.0);
    patch_paint(&patch, ink, (void *)(uintptr_t)&spot);
    patch_noise(&patch, 0.005, 3);
    patch_measure(&patch, false);
    ck_assert_double_eq_tol(
        patch_detail(&patch, CT_FLAKES, CT_FACE_REGION, "scab_density") * 6.4 *
            4.8,
        _i ? 0.0 : 12.0, 0.01);
    patch_end(&patch);
}
END_TEST

/* Half the light under twice the gain is the same skin; a blur that is not
 * known is as none. */
START_TEST(a_common_gain_makes_up_for_the_light)
{
    const struct scene_paint pale = {
        .base = 2.07, .melanin = 0.80, .right = 1.0};
    struct patch patch;
    measure(&patch, &pale);
    const struct reading plain = patch.readings.of[CT_REDNESS][CT_CHEEK_L];
    const double spots = detail(&patch, "pale_area");
    for (int y = 0; y < patch.skin.red.height; y++)
        for (int x = 0; x < patch.skin.red.width; x++) {
            ct_row(&patch.skin.red, y)[x] *= 0.5f;
            ct_row(&patch.skin.green, y)[x] *= 0.5f;
            ct_row(&patch.skin.blue, y)[x] *= 0.5f;
        }
    for (int c = 0; c < 3; c++)
        patch.view.gain[c] = 2.0;
    patch.view.blur_mm = NAN;
    patch_measure(&patch, false);
    const struct reading *const row =
        &patch.readings.of[CT_REDNESS][CT_CHEEK_L];
    ck_assert_double_eq(row->value, plain.value);
    ck_assert_double_eq(detail(&patch, "pale_area"), spots);
    ck_assert_double_gt(row->per_level, plain.per_level); /* of darker levels */
    patch_end(&patch);
}
END_TEST

/* A band of it is as light as white and clipped: glare.  Another that is
 * clipped and dark is none, and leaves no more than its own skin out. */
START_TEST(a_region_that_shines_over_a_quarter_is_not_read)
{
    static const struct {
        int percent;
        float light;
        const char *reason; /* NULL: it is read */
    } bands[] = {
        {0, 1.0f, NULL},
        {20, 1.0f, NULL},
        {35, 1.0f, "skin shines, at most 25 % may"},
        {35, 0.1f, NULL},
        {65, 0.1f, "35 % of the skin can be used, 40 % is needed"},
    };
    const struct scene_paint even = {
        .base = 2.07, .melanin = 1.0, .right = 1.0};

    for (size_t i = 0; i < sizeof(bands) / sizeof(bands[0]); i++) {
        struct patch patch;
        patch_start(&patch, 256, 200, 4.0);
        patch.view.ita_ref = -15.0;
        patch_paint(&patch, ink, (void *)(uintptr_t)&even);
        for (int y = 0; y < 2 * bands[i].percent; y++)
            for (int x = 0; x < 256; x++) {
                ct_byte_row(&patch.skin.clipped, y)[x] = 255;
                ct_row(&patch.skin.red, y)[x] = bands[i].light;
                ct_row(&patch.skin.green, y)[x] = bands[i].light;
                ct_row(&patch.skin.blue, y)[x] = bands[i].light;
            }
        patch_measure(&patch, true);
        const struct reading *const row =
            &patch.readings.of[CT_REDNESS][CT_CHEEK_L];
        if (bands[i].reason)
            ck_assert_msg(strstr(row->reason, bands[i].reason) != NULL,
                          "%zu: %s", i, row->reason);
        else
            ck_assert_msg(isfinite(row->value), "%zu: %s", i, row->reason);
        patch_end(&patch);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("evenness");
    TCase *all = tcase_create("all");
    tcase_add_test(all, pale_spots_are_counted_apart);
    tcase_add_loop_test(all, what_is_brown_bloodless_or_shining_is_no_pale_spot,
                        0, 3);
    tcase_add_test(all, the_cheeks_difference_is_theirs);
    tcase_add_test(all, the_spread_of_ita_needs_a_neutral);
    tcase_add_loop_test(all, a_dark_spot_that_is_brown_and_red_may_be_a_scab, 0,
                        2);
    tcase_add_test(all, a_common_gain_makes_up_for_the_light);
    tcase_add_test(all, a_region_that_shines_over_a_quarter_is_not_read);
    suite_add_tcase(suite, all);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
