/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Scars, scales, melasma, fine hairs and vessels of the phantom against closed
 * forms and what was asked for.
 */

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "phantom/census.h"
#include "phantom/options.h"
#include "phantom/phantom.h"
#include "phantom/scars.h"

static struct tools tools;

/* A small, quick picture. */
static struct scene small_scene(void)
{
    struct options options;
    ct_options_default(&options);
    options.scene.camera.width = 300;
    options.scene.camera.height = 400;
    options.scene.camera.px_per_mm = 1.6;
    options.scene.camera.card[2] = 0.0;
    options.scene.camera.oversample = 1;
    options.scene.person.pores = 10.0;
    return options.scene;
}

static bool no_model(void)
{
    if (ct_mesh_points())
        return false;
    puts("SKIPPED: this build has no face model");
    return true;
}

/* One feature in otherwise even skin. */
static void one_feature(struct tissue *tissue, struct feature feature)
{
    *tissue = (struct tissue){.noise = 3};
    ck_assert_int_eq(ct_feature_add(&tissue->features, feature, &tools), 0);
    ck_assert_int_eq(ct_grid_build(tissue, &tools), 0);
}

/* Depth, flat bottom and volume of each type, and the slope by differences. */
START_TEST(a_scar_has_its_shape)
{
    /* type, radius or sigma, and the volume by closed forms: 2 pi s^2;
     * pi r^2 (a^2 + w a + 0.3 w^2), a = 0.82, w = 0.36; pi r^2 (1/2 - 2/pi^2)
     */
    static const double known[3][3] = {{CT_ICE_PICK, 0.5, 1.570796},
                                       {CT_BOXCAR, 1.5, 7.114348},
                                       {CT_ROLLING, 3.0, 8.407518}};
    const double deep = 0.3, step = 0.01;
    struct tissue tissue;
    const float none[CT_A_COUNT] = {0};
    const struct feature scar = {.sigma = (float)known[_i][1],
                                 .amount = (float)deep,
                                 .kind = CT_F_SCAR,
                                 .line = (uint16_t)known[_i][0]};
    one_feature(&tissue, scar);
    double volume = 0.0, last = 0.0, half = 0.0;
    for (double r = 0.5 * step; r < 4.0; r += step) {
        struct place place;
        ct_tissue_at(&place, &tissue, ct_vec(r * 0.6, r * 0.8, 0), none, 0.05f);
        const double height = (double)place.height;
        volume -= height * 2.0 * 3.14159265 * r * step;
        if (r > step) {
            const double middle = (height - last) / step;
            half += fabs(middle) * step;
            ck_assert_double_eq_tol(
                (double)ct_dot(place.slope, ct_vec(0.6, 0.8, 0)), middle, 0.04);
        }
        last = height;
    }
    ck_assert_double_eq_tol(volume, deep * known[_i][2], 0.002 * volume);
    ck_assert_double_eq_tol(half, deep, 0.002);
    ct_tissue_free(&tissue);
}
END_TEST

START_TEST(scars_are_of_three_types_and_sizes)
{
    if (no_model())
        return;
    /* mm, of method 12.2 */
    static const float sizes[3][2] = {{0.0f, 2.0f}, {1.5f, 4.0f}, {4.0f, 8.0f}};
    struct scene scene = small_scene();
    struct subject subject;
    int count[3] = {0};
    scene.person.scars = 300.0;
    ck_assert_int_eq(ct_subject_create(&subject, &scene, &tools), 0);
    for (size_t i = 0; i < subject.skin.features.count; i++) {
        const struct feature *scar = &subject.skin.features.at[i];
        if (scar->kind != CT_F_SCAR)
            continue;
        ck_assert_uint_lt(scar->line, 3);
        count[scar->line]++;
        ck_assert_float_ge(ct_scar_diameter(scar), sizes[scar->line][0]);
        ck_assert_float_le(ct_scar_diameter(scar), sizes[scar->line][1]);
    }
    ck_assert_int_eq(count[0] + count[1] + count[2], 300);
    for (int type = 0; type < 3; type++)
        ck_assert_int_gt(count[type], 20);
    ct_subject_free(&subject);
}
END_TEST

/* A scale adds its reflectance to every channel: a card of it would. */
START_TEST(a_flake_covers_what_its_list_says)
{
    if (no_model())
        return;
    struct scene scene = small_scene();
    struct subject subject;
    scene.person.flakes = 40.0;
    ck_assert_int_eq(ct_subject_create(&subject, &scene, &tools), 0);
    const struct feature_list *list = &subject.skin.features;
    int seen = 0;
    for (size_t i = 0; i < list->count && seen < 4; i++) {
        if (list->at[i].kind != CT_F_FLAKE)
            continue;
        struct feature flake = list->at[i];
        ck_assert_float_ge(flake.amount, 0.01f);
        ck_assert_float_le(flake.amount, 0.1f);
        /* The list's area is over the tangent plane; three planes through the
         * scale bracket it, its noise being solid. */
        struct tissue tissue;
        const float none[CT_A_COUNT] = {0};
        one_feature(&tissue, flake);
        double most = 0.0;
        for (int axis = 0; axis < 3; axis++) {
            double sum = 0.0;
            for (int k = 0; k < 100 * 100; k++) {
                const double u = (k % 100 - 49.5) * 0.08;
                const double v = (k / 100 - 49.5) * 0.08;
                const struct vec way = axis == 0   ? ct_vec(u, v, 0)
                                       : axis == 1 ? ct_vec(0, u, v)
                                                   : ct_vec(u, 0, v);
                struct place place;
                ct_tissue_at(&place, &tissue, ct_add(flake.a, way), none,
                             0.05f);
                sum += (double)place.flake * 0.08 * 0.08;
            }
            most = fmax(most, sum / (double)flake.amount);
        }
        ck_assert_double_gt((double)flake.extent, 0.25 * most);
        ck_assert_double_lt((double)flake.extent, 2.2 * most);
        ct_tissue_free(&tissue);
        seen++;
    }
    ck_assert_int_eq(seen, 4);
    ct_subject_free(&subject);
}
END_TEST

START_TEST(treatments_reach_what_they_are_for)
{
    if (no_model())
        return;
    struct scene scene = small_scene();
    struct subject subject;
    struct census before, after;
    scene.person.pores = scene.person.wrinkles = 0.0;
    scene.person.flakes = 300.0;
    scene.person.scars = 100.0;
    scene.person.melasma = 0.5;
    ck_assert_int_eq(ct_subject_create(&subject, &scene, &tools), 0);
    ck_assert_int_eq(ct_census(&before, &subject, &tools), 0);
    ct_subject_free(&subject);
    scene.treatment.flakes = 0.4;
    scene.treatment.scars = 0.7;
    scene.treatment.melasma = 0.6;
    ck_assert_int_eq(ct_subject_create(&subject, &scene, &tools), 0);
    ck_assert_int_eq(ct_census(&after, &subject, &tools), 0);
    ct_subject_free(&subject);
    const struct count *a = &before.of[CT_FACE_REGION];
    const struct count *b = &after.of[CT_FACE_REGION];
    ck_assert_double_eq_tol(b->flake_index / a->flake_index, 0.4, 1e-4);
    ck_assert_double_eq_tol(b->scar_volume / a->scar_volume, 0.7, 1e-4);
    ck_assert_double_eq_tol(b->melasma / a->melasma, 0.6, 1e-4);
    /* All that changed in melanin is melasma's. */
    ck_assert_double_gt(a->melasma, 0.01);
    ck_assert_double_eq_tol(b->ln_melanin - a->ln_melanin,
                            b->melasma - a->melasma, 1e-3);
}
END_TEST

START_TEST(hairs_are_as_many_as_asked)
{
    if (no_model())
        return;
    struct scene scene = small_scene();
    struct subject subject;
    struct census census;
    scene.person.vellus = 0.5;
    scene.person.stubble = 1.0;
    scene.person.vessels = 20.0;
    ck_assert_int_eq(ct_subject_create(&subject, &scene, &tools), 0);
    ck_assert_int_eq(ct_census(&census, &subject, &tools), 0);
    ct_subject_free(&subject);
    const struct count *cheek = &census.of[CT_CHEEK_R];
    const struct count *chin = &census.of[CT_CHIN];
    ck_assert_double_eq_tol(cheek->vellus / cheek->area, 30.0, 6.0);
    ck_assert_double_eq_tol(chin->stubble / chin->area, 45.0, 10.0);
    ck_assert_double_eq(census.of[CT_FOREHEAD].stubble, 0.0);
    /* 20 lines of 3 to 9 mm */
    ck_assert_double_gt(census.of[CT_FACE_REGION].vessel_mm, 60.0);
    ck_assert_double_lt(census.of[CT_FACE_REGION].vessel_mm, 240.0);
}
END_TEST

int main(void)
{
    TCase *cases = tcase_create("lesions");
    tcase_add_loop_test(cases, a_scar_has_its_shape, 0, 3);
    tcase_add_test(cases, scars_are_of_three_types_and_sizes);
    tcase_add_test(cases, a_flake_covers_what_its_list_says);
    tcase_add_test(cases, treatments_reach_what_they_are_for);
    tcase_add_test(cases, hairs_are_as_many_as_asked);

    Suite *suite = suite_create("lesions");
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
