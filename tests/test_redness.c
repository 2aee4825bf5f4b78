/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Redness by closed forms and by an independent forward model: the polynomial
 * in melanin and blood that was fitted to measured spectra, of which the
 * library knows only tabulated directions.
 */

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "measure/measure.h"
#include "patch.h"

/* The tables' rows, as the method prints them: ITA, m, h, gains. */
struct anchor {
    double ita, m[3], h[3], g_m, g_h;
};

/* clang-format off */
static const struct anchor anchors[] = {
    { 60, {.331, .507, .796}, {.280, .741, .610}, .271, .1310},
    { 45, {.344, .514, .786}, {.273, .746, .607}, .397, .1343},
    { 30, {.364, .524, .770}, {.276, .766, .581}, .526, .1374},
    { 15, {.388, .546, .743}, {.299, .783, .545}, .657, .1221},
    {  0, {.433, .574, .695}, {.316, .808, .496}, .749, .1159},
    {-15, {.514, .621, .592}, {.356, .847, .394}, .790, .0994},
    {-30, {.609, .645, .463}, {.392, .876, .283}, .798, .0810},
    {-45, {.722, .624, .300}, {.463, .873, .152}, .768, .0637},
    {-60, {.829, .542, .137}, {.560, .827, .048}, .718, .0472},
};
/* clang-format on */

static double dot(const double a[3], const double b[3])
{
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

static double total(const double a[3])
{
    return a[0] + a[1] + a[2];
}

/* OD = alpha m + beta h + gamma 1 has H = 100 beta 0.1374 / g_h, plus leaks. */
START_TEST(blood_is_recovered_and_shading_is_not_seen)
{
    const struct anchor *a = &anchors[_i];
    struct tone tone;
    ct_tone_at(&tone, a->ita, false);
    const double unit = 100.0 * 0.1374 / a->g_h;

    ck_assert_double_eq_tol(dot(tone.blood, a->h), unit, 1e-9 * unit);
    ck_assert_double_eq_tol(total(tone.blood), 0.0, 1e-9 * unit);
    const double alpha = 0.4, beta = 0.13, gamma = 0.21;
    double od[3];
    for (int c = 0; c < 3; c++)
        od[c] = alpha * a->m[c] + beta * a->h[c] + gamma;
    const double leak = alpha * dot(tone.blood, a->m);
    ck_assert_double_eq_tol(dot(tone.blood, od) - leak, unit * beta, 1e-5);
    ck_assert_double_le(sqrt(dot(tone.blood, tone.blood)) / unit, 3.7);
}
END_TEST

/* At the minimum the gradient lies in the span of the constraints: no step that
 * keeps both of them lowers (w.m)^2 + k^2 |w|^2. */
START_TEST(no_other_weights_do_better)
{
    const struct anchor *a = &anchors[_i];
    struct tone tone;
    ct_tone_at(&tone, a->ita, false);
    const double unit = 100.0 * 0.1374 / a->g_h;
    double w[3];
    for (int c = 0; c < 3; c++)
        w[c] = tone.blood[c] / unit;

    /* The only free direction: across (1,1,1) and h. */
    const double free[3] = {a->h[2] - a->h[1], a->h[0] - a->h[2],
                            a->h[1] - a->h[0]};
    const double slope =
        dot(w, a->m) * dot(free, a->m) + 0.05 * 0.05 * dot(w, free);
    ck_assert_double_eq_tol(slope, 0.0, 1e-12);
}
END_TEST

/* The method's inverse of [m h 1] at ITA 30, to three decimals. */
START_TEST(light_skin_gets_nearly_the_plain_inverse)
{
    static const double melanin[3] = {-1.232, -2.031, 3.264};
    static const double blood[3] = {-1.638, 2.704, -1.066};
    struct tone tone;
    ct_tone_at(&tone, 30.0, false);
    double away[3];
    for (int c = 0; c < 3; c++) {
        ck_assert_double_eq_tol(tone.melanin[c] / 100.0, melanin[c], 6e-4);
        away[c] = tone.blood[c] / 100.0 - blood[c];
    }
    ck_assert_double_le(sqrt(dot(away, away)), 0.025 * sqrt(dot(blood, blood)));
}
END_TEST

START_TEST(tables_run_on_straight_lines_and_stop_at_their_ends)
{
    struct tone tone, low, high;
    ct_tone_at(&tone, 37.5, false);
    ct_tone_at(&low, 30.0, false);
    ct_tone_at(&high, 45.0, false);
    ck_assert_double_eq_tol(tone.g_h, 0.5 * (low.g_h + high.g_h), 1e-12);
    ck_assert_double_eq_tol(tone.m[2], 0.5 * (low.m[2] + high.m[2]), 1e-12);

    ct_tone_at(&low, -60.0, true);
    ct_tone_at(&tone, -90.0, true);
    ck_assert_mem_eq(tone.blood, low.blood, sizeof(low.blood));
    ct_tone_at(&tone, 65.0, false);
    ck_assert_double_eq_tol(tone.g_m, 0.203, 1e-12);
    ct_tone_at(&tone, 80.0, true);
    ck_assert_double_eq_tol(tone.g_m, 0.136, 1e-12);
    ct_tone_at(&tone, NAN, false);
    ck_assert_double_eq_tol(tone.m[0], 0.3749, 1e-12);
}
END_TEST

/* ---- The forward model --------------------------------------------------- */

static double index_of(const struct tone *tone, double x, double y,
                       bool polarised)
{
    double od[3];
    patch_skin_od(od, x, y, polarised);
    return dot(tone->blood, od);
}

/* The method's anchors of the forward model itself: f_m and ITA. */
START_TEST(the_forward_model_has_its_tones)
{
    static const double f[] = {.02, .035, .065, .10, .15, .20};
    static const double ita[] = {66.2, 52.6, 26.7, 3.0, -21.9, -42.1};
    for (int i = 0; i < 6; i++) {
        double od[3];
        patch_skin_od(od, f[i] / 0.065, 0.0, false);
        ck_assert_double_eq_tol(patch_ita_of(od), ita[i], 0.3);
    }
}
END_TEST

START_TEST(melanin_leaks_a_tenth_at_most)
{
    for (int ita = 60; ita >= -30; ita -= 15)
        for (int p = 0; p <= 1; p++) {
            struct tone tone;
            ct_tone_at(&tone, ita, p);
            const double x = patch_melanin_of(ita, p);
            const double base = index_of(&tone, x, 0.0, p);
            const double signal = index_of(&tone, x, log(1.5), p) - base;
            const double leak = index_of(&tone, 1.2 * x, 0.0, p) - base;
            printf("    ITA %+d%s: leak %+.3f\n", ita, p ? " polarised" : "",
                   leak / signal);
            if (ita >= 0 || p)
                ck_assert_double_le(fabs(leak / signal), 0.105);
        }
}
END_TEST

/* ---- Whole readings ------------------------------------------------------ */

struct paint {
    double x, y;    /* melanin and blood of everything */
    double shade;   /* OD of shading */
    double edge_mm; /* left of it blood is higher by ... */
    double more;    /* ... this much, in ln */
};

static void paint(double od[3], double x, double y, void *user)
{
    const struct paint *paint = user;
    (void)y;
    patch_skin_od(od, paint->x,
                  paint->y + (x < paint->edge_mm ? paint->more : 0.0), false);
    for (int c = 0; c < 3; c++)
        od[c] += paint->shade;
}

START_TEST(exposure_changes_nothing)
{
    struct patch patch;
    struct paint skin = {.x = 1.0, .y = 0.2, .edge_mm = 20.0, .more = 0.4};
    patch_start(&patch, 240, 160, 4.0);
    patch_paint(&patch, paint, &skin);
    patch_measure(&patch, false);
    const double h = patch_value(&patch, CT_REDNESS, CT_CHEEK_L);
    const double ei = patch_detail(&patch, CT_REDNESS, CT_CHEEK_L, "EI");
    skin.shade = 0.25;
    patch_paint(&patch, paint, &skin);
    patch_measure(&patch, false);
    ck_assert_double_eq_tol(patch_value(&patch, CT_REDNESS, CT_CHEEK_L), h,
                            1e-4);
    ck_assert_double_eq_tol(patch_detail(&patch, CT_REDNESS, CT_CHEEK_L, "EI"),
                            ei, 1e-3);
    patch_end(&patch);
}
END_TEST

/* Even skin, once as it is and once under half the light, moved by a level of
 * Cr or Cb: how far H goes is what the reading says of a level. */
START_TEST(a_level_of_chroma_is_worth_more_on_dark_skin)
{
    static const double of[2][3] = {{1.402, -0.714136, 0.0},
                                    {0.0, -0.344136, 1.772}};
    struct patch patch;
    struct tone tone;
    double worth[2];
    patch_start(&patch, 160, 160, 4.0);
    ct_tone_at(&tone, patch.view.ita_ref, false);
    for (int dark = 0; dark < 2; dark++) {
        struct paint skin = {.x = 1.0, .shade = dark ? 0.5 : 0.0};
        patch_paint(&patch, paint, &skin);
        patch_measure(&patch, false);
        worth[dark] = patch.readings.of[CT_REDNESS][CT_CHEEK_L].per_level;

        double od[3], square = 0.0;
        paint(od, 0.0, 0.0, &skin);
        for (int k = 0; k < 2; k++) {
            double h = 0.0;
            for (int c = 0; c < 3; c++) {
                const double code = ct_srgb_encode(pow(10.0, -od[c]));
                for (int side = -1; side <= 1; side += 2)
                    h -= 0.5 * side * tone.blood[c] *
                         log10(ct_srgb_decode(code + side * of[k][c] / 255));
            }
            square += h * h;
        }
        ck_assert_double_eq_tol(worth[dark], sqrt(square), 0.01 * worth[dark]);
    }
    ck_assert_double_ge(worth[1], 1.5 * worth[0]);
    patch_end(&patch);
}
END_TEST

/* Right half cheek_l, left half cheek_r, which has more blood. */
static void halve(struct patch *patch)
{
    const int width = patch->skin.red.width, height = patch->skin.red.height;
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width / 2; x++)
            ct_byte_row(&patch->face.region, y)[x] = CT_CHEEK_R;
    const double half = 0.5 * patch->face.region_area_mm2[CT_FACE_REGION];
    patch->face.region_area_mm2[CT_CHEEK_L] = half;
    patch->face.region_area_mm2[CT_CHEEK_R] = half;
}

START_TEST(each_form_of_redness_takes_off_its_own_reference)
{
    struct patch patch;
    struct paint skin = {.x = 1.0, .edge_mm = 40.0, .more = log(1.5)};
    patch_start(&patch, 320, 160, 4.0);
    halve(&patch);
    patch_paint(&patch, paint, &skin);
    struct reading *const rows = patch.readings.of[CT_REDNESS];

    patch_measure(&patch, false);
    ck_assert_str_eq(rows[CT_CHEEK_R].name, "H");
    const double left = rows[CT_CHEEK_L].value;
    const double rise = rows[CT_CHEEK_R].value - left;
    ck_assert_double_eq_tol(rise, 13.74 * log(1.5), 0.05 * 13.74 * log(1.5));
    ck_assert_double_eq_tol(patch_detail(&patch, CT_REDNESS, CT_CHEEK_R, "H"),
                            rows[CT_CHEEK_R].value, 1e-12);

    patch.view.reference = CT_REF_REGION;
    patch.view.reference_region[CT_CHEEK_L] = true;
    patch_measure(&patch, false);
    ck_assert_str_eq(rows[CT_CHEEK_R].name, "H_rel");
    ck_assert_double_eq_tol(rows[CT_CHEEK_R].value, rise, 0.02 * rise);
    ck_assert_double_eq_tol(rows[CT_CHEEK_L].value, 0.0, 1e-6);

    /* The 25th percentile over blocks lies in the paler half. */
    patch.view.reference = CT_REF_EXCESS;
    patch_measure(&patch, false);
    ck_assert_str_eq(rows[CT_CHEEK_R].name, "H_excess");
    ck_assert_double_eq_tol(rows[CT_CHEEK_R].value, rise, 0.02 * rise);
    ck_assert_double_eq_tol(rows[CT_CHEEK_L].value, 0.0, 0.02);

    /* Half of the face is redder by more than 3 H. */
    ck_assert_double_eq_tol(
        patch_value(&patch, CT_ERYTHEMA_AREA, CT_FACE_REGION), 50.0, 2.0);
    patch_end(&patch);
}
END_TEST

/* H rises evenly from 0 to 12 over 80 mm: blood's direction by 12 H. */
static void slope_ink(double od[3], double x, double y, void *user)
{
    const struct tone *tone = user;
    const double unit = dot(tone->blood, tone->h) + 0.0 * y;
    for (int c = 0; c < 3; c++)
        od[c] = 0.3 + 12.0 * (x / 80.0) / unit * tone->h[c];
}

START_TEST(the_red_area_says_how_much_one_h_moves_it)
{
    struct patch patch;
    struct tone tone;
    patch_start(&patch, 320, 160, 4.0);
    ct_tone_at(&tone, patch.view.ita_ref, false);
    patch_paint(&patch, slope_ink, &tone);
    patch.view.reference = CT_REF_EXCESS;
    patch_measure(&patch, false);

    /* The 25th percentile is 3 H, half of the skin is above 6 H, and a twelfth
     * lies within each H; smoothing bends the ends only. */
    ck_assert_double_eq_tol(
        patch_value(&patch, CT_ERYTHEMA_AREA, CT_FACE_REGION), 50.0, 1.5);
    ck_assert_double_eq_tol(
        patch_detail(&patch, CT_ERYTHEMA_AREA, CT_FACE_REGION, "steepness"),
        100.0 / 12.0, 0.2);
    patch_end(&patch);
}
END_TEST

START_TEST(dark_skin_takes_the_untreated_skin_that_is_declared)
{
    struct patch patch;
    struct paint skin = {
        .x = patch_melanin_of(-20.0, false), .edge_mm = 40.0, .more = log(1.5)};
    patch_start(&patch, 320, 160, 4.0);
    halve(&patch);
    patch_paint(&patch, paint, &skin);
    patch.view.ita_ref = -20.0;
    patch.view.reference_region[CT_CHEEK_L] = true;
    patch_measure(&patch, false);
    const struct reading *row = &patch.readings.of[CT_REDNESS][CT_CHEEK_R];
    ck_assert_str_eq(row->name, "H_rel");
    ck_assert_double_eq_tol(row->value / (13.74 * log(1.5)), 1.0, 0.1);
    patch_end(&patch);
}
END_TEST

START_TEST(an_unusable_reference_withholds_redness)
{
    struct patch patch;
    struct paint skin = {.x = 1.0};
    patch_start(&patch, 160, 160, 4.0);
    patch_paint(&patch, paint, &skin);
    patch.view.reference = CT_REF_REGION;
    patch.view.reference_region[CT_NOSE] = true; /* not in the picture */
    patch_measure(&patch, false);
    ck_assert(isnan(patch_value(&patch, CT_REDNESS, CT_CHEEK_L)));
    ck_assert_str_ne(patch_reason(&patch, CT_REDNESS, CT_CHEEK_L), "");
    patch_end(&patch);
}
END_TEST

START_TEST(dark_skin_has_no_level_of_redness_only_differences)
{
    struct patch patch;
    struct paint skin = {.x = patch_melanin_of(-20.0, false)};
    patch_start(&patch, 160, 160, 4.0);
    patch_paint(&patch, paint, &skin);
    patch.view.ita_ref = -20.0;
    patch_measure(&patch, false);
    const struct reading *row = &patch.readings.of[CT_REDNESS][CT_CHEEK_L];
    ck_assert_str_eq(row->name, "H_excess");
    ck_assert_double_eq_tol(row->value, 0.0, 1e-3);
    patch_end(&patch);
}
END_TEST

/* ---- Lesions ------------------------------------------------------------- */

enum { PAPULES = 24 };

struct papules {
    double x[PAPULES], y[PAPULES], diameter[PAPULES], more[PAPULES];
    int count;
};

/* Random papules, no closer than 6 mm, in a field of 80 mm with a margin. */
static void scatter(struct papules *papules, uint64_t seed)
{
    papules->count = 0;
    for (int tries = 0; tries < 4000 && papules->count < PAPULES; tries++) {
        const double x = 5.0 + 70.0 * patch_random(&seed);
        const double y = 5.0 + 70.0 * patch_random(&seed);
        bool free = true;
        for (int i = 0; i < papules->count; i++)
            free = free && hypot(papules->x[i] - x, papules->y[i] - y) > 8.0;
        if (!free)
            continue;
        papules->x[papules->count] = x;
        papules->y[papules->count] = y;
        papules->diameter[papules->count] = 1.5 + 3.0 * patch_random(&seed);
        papules->more[papules->count++] =
            (6.5 + 8.0 * patch_random(&seed)) / 13.74;
    }
}

static void papule_ink(double od[3], double x, double y, void *user)
{
    const struct papules *papules = user;
    double blood = 0.05 * sin(x / 3.1) * cos(y / 2.7); /* mottle */
    for (int i = 0; i < papules->count; i++) {
        const double sigma = papules->diameter[i] / 2.3548;
        const double d = hypot(x - papules->x[i], y - papules->y[i]) / sigma;
        blood += papules->more[i] * exp(-0.5 * d * d);
    }
    patch_skin_od(od, 1.0, blood, false);
}

START_TEST(papules_are_found)
{
    int hits = 0, found = 0, truth = 0;
    double area = 0.0;
    for (uint64_t seed = 1; seed <= 4; seed++) {
        struct patch patch;
        struct papules papules;
        scatter(&papules, seed * 7919);
        patch_start(&patch, 480, 480, 6.0);
        patch_paint(&patch, papule_ink, &papules);
        patch_noise(&patch, 0.01, seed);
        patch_measure(&patch, false);
        bool used[PAPULES] = {false};
        for (size_t i = 0; i < patch.readings.spot_count; i++) {
            const struct item *item = &patch.readings.spots[i];
            if (item->kind != CT_SPOT_RED)
                continue;
            found++;
            for (int k = 0; k < papules.count; k++)
                if (!used[k] && hypot((double)item->x / 6.0 - papules.x[k],
                                      (double)item->y / 6.0 - papules.y[k]) <
                                    0.5 * papules.diameter[k]) {
                    used[k] = true;
                    hits++;
                    area += (double)item->size_mm / papules.diameter[k];
                    break;
                }
        }
        truth += papules.count;
        const struct reading *row =
            &patch.readings.of[CT_LESION_DENSITY][CT_FACE_REGION];
        ck_assert_double_eq_tol(row->value, row->count / 64.0, 1e-3);
        patch_end(&patch);
    }
    const double f1 = 2.0 * hits / (double)(found + truth);
    printf("    papules: F1 %.3f (%d of %d, %d found), diameter x %.3f\n", f1,
           hits, truth, found, area / hits);
    ck_assert_double_ge(f1, 0.90);
    ck_assert_double_eq_tol(area / hits, 1.0, 0.10);
}
END_TEST

int main(void)
{
    setvbuf(stdout, NULL, _IONBF, 0); /* figures of failing tests too */
    Suite *suite = suite_create("redness");
    TCase *tone = tcase_create("tone");
    const int count = sizeof(anchors) / sizeof(anchors[0]);
    tcase_add_loop_test(tone, blood_is_recovered_and_shading_is_not_seen, 0,
                        count);
    tcase_add_loop_test(tone, no_other_weights_do_better, 0, count);
    tcase_add_test(tone, light_skin_gets_nearly_the_plain_inverse);
    tcase_add_test(tone, tables_run_on_straight_lines_and_stop_at_their_ends);
    tcase_add_test(tone, the_forward_model_has_its_tones);
    tcase_add_test(tone, melanin_leaks_a_tenth_at_most);
    suite_add_tcase(suite, tone);

    TCase *reading = tcase_create("reading");
    tcase_add_test(reading, exposure_changes_nothing);
    tcase_add_test(reading, a_level_of_chroma_is_worth_more_on_dark_skin);
    tcase_add_test(reading, each_form_of_redness_takes_off_its_own_reference);
    tcase_add_test(reading, the_red_area_says_how_much_one_h_moves_it);
    tcase_add_test(reading,
                   dark_skin_takes_the_untreated_skin_that_is_declared);
    tcase_add_test(reading, an_unusable_reference_withholds_redness);
    tcase_add_test(reading, dark_skin_has_no_level_of_redness_only_differences);
    tcase_add_test(reading, papules_are_found);
    suite_add_tcase(suite, reading);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
