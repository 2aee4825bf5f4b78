/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Pigment and tone: melanin's change by the independent forward model, spots of
 * known place, size and strength, evenness, ITA.
 */

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "measure/measure.h"
#include "patch.h"

/* Melanin x = f / 0.065 whose skin has that ITA, from the method's anchors of
 * f_m (.02 to .20) by interpolation; good to 1 degree. */
static double melanin_of(double ita)
{
    static const double f[] = {.02, .035, .065, .10, .15, .20};
    static const double tone[] = {66.2, 52.6, 26.7, 3.0, -21.9, -42.1};
    int i = 0;
    while (i < 4 && tone[i + 1] > ita)
        i++;
    const double t = (tone[i] - ita) / (tone[i] - tone[i + 1]);
    return (f[i] + t * (f[i + 1] - f[i])) / 0.065;
}

static double pigment_of(const struct tone *tone, double x, double y)
{
    double od[3], sum = 0.0;
    patch_skin_od(od, x, y, false);
    for (int c = 0; c < 3; c++)
        sum += tone->pigment[c] * od[c];
    return sum;
}

/* P is 100 times the change of ln(melanin), and blood hardly shows in it. */
START_TEST(melanin_counts_the_same_at_every_tone)
{
    static const double tones[] = {60, 45, 30, 15, 0, -15, -30};
    for (int i = 0; i < 7; i++) {
        struct tone tone;
        ct_tone_at(&tone, tones[i], false);
        const double x = melanin_of(tones[i]);
        const double rise =
            pigment_of(&tone, 1.2 * x, 0.0) - pigment_of(&tone, x, 0.0);
        const double leak =
            pigment_of(&tone, x, log(1.5)) - pigment_of(&tone, x, 0.0);
        printf("    ITA %+3.0f: %.2f for %.2f, blood leaks %+.2f\n", tones[i],
               rise, 100.0 * log(1.2), leak);
        ck_assert_double_eq_tol(rise / (100.0 * log(1.2)), 1.0, 0.12);
        ck_assert_double_le(fabs(leak), 2.0);
    }
}
END_TEST

/* ---- Spots --------------------------------------------------------------- */

enum { SPOTS = 40 };

struct spots {
    double side;
    double x[SPOTS], y[SPOTS], diameter[SPOTS], more[SPOTS]; /* mm, ln */
    double blood; /* the spots' ln of blood per their ln of melanin */
    double shade; /* ln of light, from side to side */
    double melanin, edge_mm;
    int count;
};

static void spot_ink(double od[3], double x, double y, void *user)
{
    const struct spots *spots = user;
    double sum = 0.0;
    for (int i = 0; i < spots->count; i++) {
        const double d =
            hypot(x - spots->x[i], y - spots->y[i]) - 0.5 * spots->diameter[i];
        sum += spots->more[i] * 0.5 * erfc(d / (spots->edge_mm * sqrt(2.0)));
    }
    patch_skin_od(od, spots->melanin * exp(sum), spots->blood * sum, false);
    for (int c = 0; c < 3; c++)
        od[c] += spots->shade * (x / spots->side - 0.5) / log(10.0);
}

/* Spots that keep two of their diameters apart. */
static struct spots scatter(double side, int wanted, double least_mm,
                            double most_mm, uint64_t seed)
{
    struct spots spots = {.side = side, .melanin = 1.0, .edge_mm = 0.15};
    for (int tries = 0; tries < 5000 && spots.count < wanted; tries++) {
        const double d = least_mm + (most_mm - least_mm) * patch_random(&seed);
        const double x = d + 2.0 + (side - 2.0 * d - 4.0) * patch_random(&seed);
        const double y = d + 2.0 + (side - 2.0 * d - 4.0) * patch_random(&seed);
        const double more = log(1.15 + 0.65 * patch_random(&seed));
        bool free = true;
        for (int i = 0; i < spots.count; i++)
            free = free && hypot(x - spots.x[i], y - spots.y[i]) >
                               1.5 * (d + spots.diameter[i]);
        if (!free)
            continue;
        spots.x[spots.count] = x;
        spots.y[spots.count] = y;
        spots.diameter[spots.count] = d;
        spots.more[spots.count++] = more;
    }
    return spots;
}

struct score {
    double f1, area, contrast, burden; /* over the truth */
};

static void paint(struct patch *patch, struct spots *spots, double scale,
                  double noise)
{
    const int side = (int)(spots->side * scale);
    patch_start(patch, side, side, scale);
    patch_paint(patch, spot_ink, spots);
    patch_noise(patch, noise, 6);
}

static struct score assess(const struct patch *patch, const struct spots *spots)
{
    bool used[SPOTS] = {false};
    int hits = 0, found = 0;
    double area = 0.0, contrast = 0.0, burden = 0.0;
    const double scale = patch->face.work_scale;
    for (size_t i = 0; i < patch->readings.spot_count; i++) {
        const struct item *item = &patch->readings.spots[i];
        if (item->kind != CT_SPOT_PIGMENT)
            continue;
        found++;
        for (int k = 0; k < spots->count; k++) {
            if (used[k] || hypot((double)item->x / scale - spots->x[k],
                                 (double)item->y / scale - spots->y[k]) >
                               0.5 * spots->diameter[k])
                continue;
            used[k] = true;
            hits++;
            area += pow((double)item->size_mm / spots->diameter[k], 2.0);
            contrast += (double)item->contrast / (100.0 * spots->more[k]);
            break;
        }
    }
    for (int k = 0; k < spots->count; k++)
        burden += 0.25 * 3.14159265 * spots->diameter[k] * spots->diameter[k] *
                  100.0 * spots->more[k];
    return (struct score){
        .f1 = 2.0 * hits / (double)(found + spots->count),
        .area = area / hits,
        .contrast = contrast / hits,
        .burden = patch_value(patch, CT_PIGMENT_SPOTS, CT_FACE_REGION) *
                  spots->side * spots->side / 100.0 / burden,
    };
}

START_TEST(spots_are_found_with_their_area)
{
    static const struct {
        double scale, least, most, side;
        int count;
    } cases[] = {{8.0, 1.5, 4.0, 80.0, 40},
                 {16.0, 1.5, 4.0, 60.0, 24},
                 {5.0, 1.5, 8.0, 110.0, 26}};
    struct patch patch;
    struct spots spots =
        scatter(cases[_i].side, cases[_i].count, cases[_i].least,
                cases[_i].most, 40u + (unsigned)_i);
    paint(&patch, &spots, cases[_i].scale, 0.006);
    patch_measure(&patch, false);
    const struct score score = assess(&patch, &spots);
    printf("    %2.0f px/mm, %d spots: F1 %.3f, area x %.3f, contrast x %.3f, "
           "burden x %.3f\n",
           cases[_i].scale, spots.count, score.f1, score.area, score.contrast,
           score.burden);
    ck_assert_double_ge(score.f1, 0.92);
    ck_assert_double_eq_tol(score.area, 1.0, 0.06);
    ck_assert_double_eq_tol(score.burden, 1.0, 0.15);
    patch_end(&patch);
}
END_TEST

START_TEST(spot_burden_follows_the_truth)
{
    double sx = 0, sy = 0, sxx = 0, sxy = 0, syy = 0;
    for (int i = 0; i < 5; i++) {
        const double share = 0.6 + 0.2 * i;
        struct patch patch;
        struct spots spots = scatter(60.0, 20, 1.5, 5.0, 71);
        for (int k = 0; k < spots.count; k++)
            spots.more[k] = share * (0.25 + 0.02 * k);
        paint(&patch, &spots, 8.0, 0.006);
        patch_measure(&patch, false);
        const double y = share * assess(&patch, &spots).burden;
        sx += share, sy += y, sxx += share * share, sxy += share * y;
        syy += y * y;
        patch_end(&patch);
    }
    const double cov = 5 * sxy - sx * sy;
    const double r2 = cov * cov / ((5 * sxx - sx * sx) * (5 * syy - sy * sy));
    printf("    burden: r2 %.4f\n", r2);
    ck_assert_double_ge(r2, 0.99);
}
END_TEST

START_TEST(spots_are_seen_alike_at_every_tone)
{
    for (double ita = 45.0; ita >= -30.0; ita -= 25.0) {
        struct patch patch;
        struct spots spots = scatter(60.0, 20, 1.5, 5.0, 72);
        spots.melanin = melanin_of(ita);
        for (int k = 0; k < spots.count; k++)
            spots.more[k] = 0.15 + 0.005 * k;
        paint(&patch, &spots, 8.0, 0.004);
        patch.view.ita_ref = ita;
        patch_measure(&patch, false);
        const struct score score = assess(&patch, &spots);
        printf("    ITA %+3.0f: F1 %.3f, contrast x %.3f\n", ita, score.f1,
               score.contrast);
        ck_assert_double_ge(score.f1, 0.92);
        ck_assert_double_eq_tol(score.contrast, 1.0, 0.20);
        patch_end(&patch);
    }
}
END_TEST

START_TEST(a_spot_that_is_also_red_is_mixed)
{
    struct patch patch;
    struct spots spots = scatter(60.0, 12, 2.0, 5.0, 73);
    for (int k = 0; k < spots.count; k++)
        spots.more[k] = 0.25;
    spots.blood = 2.0; /* ln blood +0.5: H +6.9 of P 25 */
    paint(&patch, &spots, 8.0, 0.004);
    patch_measure(&patch, false);
    ck_assert_double_ge(assess(&patch, &spots).f1, 0.9);
    patch_end(&patch);

    spots.blood = 5.0; /* H +17: more than half of P */
    paint(&patch, &spots, 8.0, 0.004);
    patch_measure(&patch, false);
    int brown = 0, mixed = 0;
    for (size_t i = 0; i < patch.readings.spot_count; i++) {
        brown += patch.readings.spots[i].kind == CT_SPOT_PIGMENT;
        mixed += patch.readings.spots[i].kind == CT_SPOT_MIXED;
    }
    ck_assert_int_eq(brown, 0);
    ck_assert_int_ge(mixed, spots.count - 1);
    patch_end(&patch);
}
END_TEST

/* Two disks whose edges nearly touch are two, each as large as it is. */
START_TEST(neighbours_are_parted)
{
    struct patch patch;
    struct spots spots = {.side = 50.0, .melanin = 1.0, .edge_mm = 0.15};
    for (int pair = 0; pair < 8; pair++)
        for (int k = 0; k < 2; k++) {
            const double d = k ? 2.5 : 3.0 + 0.2 * (pair / 2);
            const double way = k * (0.5 * (2.5 + 3.0 + 0.2 * (pair / 2)) + 0.2);
            spots.diameter[spots.count] = d;
            spots.x[spots.count] = 10.0 + 12.0 * (pair % 3) + way * (pair % 2);
            spots.y[spots.count] =
                10.0 + 13.0 * (pair / 3) + way * (1 - pair % 2);
            spots.more[spots.count++] = 0.25 + 0.02 * pair;
        }
    paint(&patch, &spots, 8.0, 0.004);
    patch_measure(&patch, false);
    const struct score score = assess(&patch, &spots);
    printf("    neighbours: F1 %.3f, area x %.3f\n", score.f1, score.area);
    ck_assert_double_ge(score.f1, 0.96);
    ck_assert_double_eq_tol(score.area, 1.0, 0.08);
    patch_end(&patch);
}
END_TEST

/* A slope of light, 3 % a mm, is no grain that hides a spot. */
START_TEST(spots_are_found_on_a_slope_of_light)
{
    struct patch patch;
    struct spots spots = scatter(60.0, 20, 1.5, 4.0, 75);
    spots.shade = 0.03 * 60.0;
    paint(&patch, &spots, 8.0, 0.004);
    patch_measure(&patch, false);
    const struct score score = assess(&patch, &spots);
    printf("    on a slope of light: F1 %.3f\n", score.f1);
    ck_assert_double_ge(score.f1, 0.92);
    patch_end(&patch);
}
END_TEST

/* Black dots a millimetre wide, as cut hairs are: dark in all colours alike. */
static void dots(double od[3], double x, double y, void *user)
{
    const double u = fmod(x, 5.0) - 2.5, v = fmod(y, 5.0) - 2.5;
    (void)user;
    patch_skin_od(od, 1.0, 0.0, false);
    for (int c = 0; c < 3; c++)
        od[c] += 0.15 * 0.5 * erfc((hypot(u, v) - 0.6) / (0.15 * sqrt(2.0)));
}

START_TEST(black_dots_are_no_spots)
{
    struct patch patch;
    patch_start(&patch, 480, 480, 8.0);
    patch_paint(&patch, dots, NULL);
    patch_noise(&patch, 0.004, 6);
    patch_measure(&patch, false);
    ck_assert_uint_eq(patch.readings.spot_count, 0);
    patch_end(&patch);
}
END_TEST

START_TEST(even_skin_has_no_spots)
{
    struct patch patch;
    struct spots spots = {.side = 60.0, .melanin = 1.0, .edge_mm = 0.15};
    paint(&patch, &spots, 8.0, 0.01);
    patch_measure(&patch, false);
    ck_assert(patch_value(&patch, CT_PIGMENT_SPOTS, CT_FACE_REGION) == 0.0);
    ck_assert_double_le(patch_value(&patch, CT_TONE_EVENNESS, CT_FACE_REGION),
                        0.3);
    patch_end(&patch);
}
END_TEST

/* ---- Evenness ------------------------------------------------------------ */

START_TEST(a_gradient_of_light_is_not_uneven_tone)
{
    double u[2];
    for (int i = 0; i < 2; i++) {
        struct patch patch;
        struct spots spots = scatter(110.0, 40, 3.0, 7.0, 74);
        spots.shade = i ? 0.30 * 110.0 / 120.0 : 0.0; /* +-15 % over 120 mm */
        paint(&patch, &spots, 4.0, 0.004);
        patch_measure(&patch, false);
        u[i] = patch_value(&patch, CT_TONE_EVENNESS, CT_FACE_REGION);
        patch_end(&patch);
    }
    printf("    unevenness %.3f, with a gradient of light %.3f\n", u[0], u[1]);
    ck_assert_double_ge(u[0], 1.0);
    ck_assert_double_eq_tol(u[1] / u[0], 1.0, 0.03);
}
END_TEST

START_TEST(stronger_spots_make_tone_less_even)
{
    double before = 0.0;
    for (int i = 1; i <= 4; i++) {
        struct patch patch;
        struct spots spots = scatter(80.0, 40, 3.0, 7.0, 75);
        for (int k = 0; k < spots.count; k++)
            spots.more[k] = 0.1 * i;
        paint(&patch, &spots, 5.0, 0.004);
        patch_measure(&patch, false);
        const double u = patch_value(&patch, CT_TONE_EVENNESS, CT_FACE_REGION);
        ck_assert_double_ge(u, 1.2 * before);
        before = u;
        patch_end(&patch);
    }
}
END_TEST

/* ---- ITA ----------------------------------------------------------------- */

/* The method's anchors of the forward model: f_m, ITA. */
START_TEST(ita_is_that_of_the_anchors)
{
    static const double f[] = {.02, .035, .065, .10, .15, .20};
    static const double ita[] = {66.2, 52.6, 26.7, 3.0, -21.9, -42.1};
    struct patch patch;
    struct spots spots = {
        .side = 30.0, .melanin = f[_i] / 0.065, .edge_mm = 0.15};
    paint(&patch, &spots, 5.0, 0.004);
    patch_measure(&patch, false);
    ck_assert_double_eq_tol(patch_value(&patch, CT_TONE_ITA, CT_FACE_REGION),
                            ita[_i], 0.5);
    patch.view.reference = CT_REF_EXCESS;
    patch_measure(&patch, false);
    ck_assert(isnan(patch_value(&patch, CT_TONE_ITA, CT_FACE_REGION)));
    patch_end(&patch);
}
END_TEST

/* CIE's formulae, of linear sRGB times `light`. */
static double ita_in(const double od[3], double light)
{
    static const double y_of[3] = {0.2126729, 0.7151522, 0.0721750};
    static const double z_of[3] = {0.0193339, 0.1191920, 0.9503041};
    double y = 0.0, z = 0.0;
    for (int c = 0; c < 3; c++) {
        y += y_of[c] * light * pow(10.0, -od[c]);
        z += z_of[c] * light * pow(10.0, -od[c]) / 1.08883;
    }
    return atan2(116.0 * cbrt(y) - 66.0, 200.0 * (cbrt(y) - cbrt(z))) *
           57.29577951308232;
}

/* In light that rises evenly across, the middle of what lies between the 70th
 * and the 90th percentile stands at 0.8 of the way. */
START_TEST(ita_is_of_the_well_lit_skin)
{
    const double shade = _i ? 0.4 : -0.4;
    struct patch patch;
    struct spots spots = {
        .side = 30.0, .melanin = 1.0, .edge_mm = 0.15, .shade = shade};
    double od[3];
    patch_skin_od(od, 1.0, 0.0, false);
    paint(&patch, &spots, 5.0, 0.004);
    patch_measure(&patch, false);
    ck_assert_double_eq_tol(patch_value(&patch, CT_TONE_ITA, CT_FACE_REGION),
                            ita_in(od, exp(0.3 * fabs(shade))), 0.3);
    patch_end(&patch);
}
END_TEST

int main(void)
{
    setvbuf(stdout, NULL, _IONBF, 0); /* figures of failing tests too */
    Suite *suite = suite_create("pigment");
    TCase *all = tcase_create("all");
    tcase_add_test(all, melanin_counts_the_same_at_every_tone);
    tcase_add_loop_test(all, spots_are_found_with_their_area, 0, 3);
    tcase_add_test(all, spot_burden_follows_the_truth);
    tcase_add_test(all, spots_are_seen_alike_at_every_tone);
    tcase_add_test(all, a_spot_that_is_also_red_is_mixed);
    tcase_add_test(all, neighbours_are_parted);
    tcase_add_test(all, spots_are_found_on_a_slope_of_light);
    tcase_add_test(all, black_dots_are_no_spots);
    tcase_add_test(all, even_skin_has_no_spots);
    tcase_add_test(all, a_gradient_of_light_is_not_uneven_tone);
    tcase_add_test(all, stronger_spots_make_tone_less_even);
    tcase_add_loop_test(all, ita_is_that_of_the_anchors, 0, 6);
    tcase_add_loop_test(all, ita_is_of_the_well_lit_skin, 0, 2);
    suite_add_tcase(suite, all);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
