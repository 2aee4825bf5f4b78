/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The phantom is what other tests lean on, so its own truth comes from
 * elsewhere: colours from the method's table, slopes from differences, the rest
 * from what was asked for.
 */

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "phantom/census.h"
#include "phantom/options.h"
#include "phantom/phantom.h"

static struct tools tools;

/* A small, quick picture. */
static struct scene small_scene(void)
{
    struct options options;
    ct_options_default(&options);
    options.scene.camera.width = 300;
    options.scene.camera.height = 400;
    options.scene.camera.px_per_mm = 1.6;
    options.scene.camera.card[0] = -70.0;
    options.scene.camera.card[1] = -100.0;
    options.scene.camera.card[2] = 28.0;
    options.scene.person.pores = 10.0;
    options.scene.camera.oversample = 1;
    return options.scene;
}

static bool no_model(void)
{
    if (ct_mesh_points())
        return false;
    puts("SKIPPED: this build has no face model");
    return true;
}

/* ---- Colour -------------------------------------------------------------- */

/* Method 12.1: f_m, f_b, L*, a*, b*, ITA (0: not given). */
static const double anchors[][6] = {
    {.020, .0206, 70.60, 7.71, 9.09, 66.2},
    {.035, .0206, 66.26, 8.17, 12.43, 52.6},
    {.065, .0206, 58.55, 9.19, 17.00, 26.7},
    {.100, .0206, 51.00, 10.20, 19.32, 3.0},
    {.150, .0206, 42.57, 10.87, 18.50, -21.9},
    {.200, .0206, 36.46, 10.46, 15.00, -42.1},
    {.065, .0103, 61.18, 6.59, 17.79, 0},
    {.065, .0412, 55.16, 12.24, 16.13, 0},
};

enum { ANCHORS = sizeof(anchors) / sizeof(anchors[0]) };

START_TEST(skin_has_the_published_colours)
{
    const double *anchor = anchors[_i];
    float rgb[3];
    double lab[3];
    ct_skin_colour(rgb, anchor[0], anchor[1], false);
    ct_lab(lab, rgb);
    for (int k = 0; k < 3; k++)
        ck_assert_double_eq_tol(lab[k], anchor[2 + k], 0.06);
    if (anchor[5] != 0.0)
        ck_assert_double_eq_tol(ct_ita_of_melanin(anchor[0], false), anchor[5],
                                0.15);
}
END_TEST

START_TEST(a_tone_gives_its_melanin_back)
{
    for (double ita = -66.0; ita <= 66.0; ita += 6.0)
        for (int polarised = 0; polarised < 2; polarised++) {
            const double melanin = ct_melanin_of_ita(ita, polarised);
            ck_assert_double_eq_tol(ct_ita_of_melanin(melanin, polarised), ita,
                                    1e-3);
        }
}
END_TEST

START_TEST(the_table_of_colours_is_as_good_as_the_polynomial)
{
    static struct colours table;
    ct_colours_fill(&table, false);
    for (double m = 0.015; m < 0.25; m *= 1.13) {
        for (double b = 0.006; b < 0.08; b *= 1.17) {
            float exact[3], fast[3];
            ct_skin_colour(exact, m, b, false);
            ct_colours_at(&table, (float)log(m), (float)log(b), fast);
            for (int c = 0; c < 3; c++)
                ck_assert_float_eq_tol(fast[c] / exact[c], 1.0f, 1.5e-3f);
        }
    }
}
END_TEST

START_TEST(lab_goes_there_and_back)
{
    const float rgb[3] = {0.4f, 0.2f, 0.1f};
    float back[3];
    double lab[3];
    ct_lab(lab, rgb);
    ct_lab_to_rgb(back, lab);
    for (int c = 0; c < 3; c++)
        ck_assert_float_eq_tol(back[c], rgb[c], 1e-6f);
}
END_TEST

/* ---- Heights ------------------------------------------------------------- */

START_TEST(the_noise_has_the_gradient_that_it_says)
{
    const float step = 1.0f / 512.0f;
    for (int i = 0; i < 300; i++) {
        const struct vec at = ct_vec(0.377 * i, 0.291 * i - 7, 11 - 0.173 * i);
        struct vec gradient;
        ct_solid_noise(at, 5, &gradient);
        for (int k = 0; k < 3; k++) {
            struct vec way = {k == 0, k == 1, k == 2};
            const float rise =
                ct_solid_noise(ct_along(at, way, step), 5, NULL) -
                ct_solid_noise(ct_along(at, way, -step), 5, NULL);
            ck_assert_float_eq_tol(rise / (2.0f * step), ct_dot(gradient, way),
                                   0.02f);
        }
    }
}
END_TEST

/* One pit in otherwise even skin. */
static void one_feature(struct tissue *tissue, enum ct_kind kind, float sigma,
                        float amount)
{
    *tissue = (struct tissue){.noise = 3};
    const struct feature feature = {
        .sigma = sigma, .amount = amount, .kind = (uint8_t)kind};
    ck_assert_int_eq(ct_feature_add(&tissue->features, feature, &tools), 0);
    ck_assert_int_eq(ct_grid_build(tissue, &tools), 0);
}

START_TEST(a_pore_is_a_gaussian_pit)
{
    struct tissue tissue;
    const float none[CT_A_COUNT] = {0};
    one_feature(&tissue, CT_F_PORE, 0.15f, 0.08f);
    for (double r = 0.0; r < 0.45; r += 0.03) {
        struct place place;
        ct_tissue_at(&place, &tissue, ct_vec(r * 0.6, r * 0.8, 0), none, 0.05f);
        const double bell = 0.08 * exp(-r * r / (2.0 * 0.15 * 0.15));
        ck_assert_double_eq_tol((double)place.height, -bell, 1e-6);
        ck_assert_double_eq_tol((double)ct_length(place.slope),
                                bell * r / (0.15 * 0.15), 1e-5);
    }
    ct_tissue_free(&tissue);
}
END_TEST

START_TEST(a_spot_has_its_melanin_inside_and_none_outside)
{
    struct tissue tissue;
    const float none[CT_A_COUNT] = {0};
    struct place place;
    one_feature(&tissue, CT_F_SPOT, 2.0f, 0.3f);
    ct_tissue_at(&place, &tissue, ct_vec(0.3, 0.2, 0), none, 0.05f);
    ck_assert_float_eq_tol(place.melanin, 0.3f, 1e-6f);
    ct_tissue_at(&place, &tissue, ct_vec(3.6, 0, 0), none, 0.05f);
    ck_assert_float_eq(place.melanin, 0.0f);
    ck_assert_float_eq(place.height, 0.0f);
    ct_tissue_free(&tissue);
}
END_TEST

START_TEST(the_relief_has_the_slope_that_was_asked_for)
{
    struct tissue tissue = {.noise = 3};
    ck_assert_int_eq(ct_grid_build(&tissue, &tools), 0);
    tissue.person.relief = 0.1;
    const float even[CT_A_COUNT] = {[CT_A_RELIEF] = 1.0f};
    struct random random;
    ct_random_seed(&random, 7);
    const int count = 60000;
    double sum = 0.0;
    for (int i = 0; i < count; i++) {
        struct place place;
        const struct vec at = ct_vec(80 * ct_random_uniform(&random) - 40,
                                     80 * ct_random_uniform(&random) - 40,
                                     30 * ct_random_uniform(&random));
        ct_tissue_at(&place, &tissue, at, even, 0.02f);
        /* Two of three axes lie along a surface. */
        sum += (double)ct_dot(place.slope, place.slope) * 2.0 / 3.0;
    }
    ck_assert_double_eq_tol(sqrt(sum / count), 0.1, 0.003);
    ct_tissue_free(&tissue);
}
END_TEST

/* ---- Shape --------------------------------------------------------------- */

START_TEST(the_average_face_is_the_canonical_mesh)
{
    if (no_model())
        return;
    struct scene scene = small_scene();
    scene.person.shape = 0.0;
    struct mesh mesh;
    struct traits traits;
    ck_assert_int_eq(ct_head_build(&mesh, &traits, &scene.person, &tools), 0);
    const float(*points)[3] = ct_mesh_points();
    for (int i = 0; i < CT_POINTS; i++) {
        const struct vec own = {points[i][0], -points[i][1], -points[i][2]};
        const bool mouth = own.y < -25.0f && own.y > -75.0f;
        const double away = (double)ct_length(ct_sub(own, mesh.at[i]));
        if (!mouth)
            ck_assert_double_lt(away, 1.0);
    }
    ct_mesh_free(&mesh);
}
END_TEST

START_TEST(a_turned_head_is_seen_where_geometry_says)
{
    struct scene scene = small_scene();
    struct optics optics;
    double px[2];
    scene.camera.px_per_mm = 10.0;
    ct_optics_make(&optics, &scene.camera, 1);

    /* In the plane of the eyes a mm is 10 px; nearer by 100 mm of 1000, more.
     */
    double left[2], right[2];
    ct_project(&optics, ct_vec(-31.5, 26, 38), left);
    ct_project(&optics, ct_vec(31.5, 26, 38), right);
    ck_assert_double_eq_tol(right[0] - left[0], 630.0, 1e-4);
    ck_assert_double_eq_tol(ct_local_scale(&optics, ct_vec(0, 0, 138)),
                            10.0 / 0.9, 1e-5);

    /* Looking to the right of the picture and up moves the nose there. */
    double before[2];
    ct_project(&optics, ct_vec(0, -11, 75), before);
    scene.camera.yaw = 10.0;
    scene.camera.pitch = 10.0;
    ct_optics_make(&optics, &scene.camera, 1);
    ct_project(&optics, ct_vec(0, -11, 75), px);
    ck_assert_double_gt(px[0], before[0] + 100.0);
    ck_assert_double_lt(px[1], before[1] - 100.0);
}
END_TEST

/* ---- Pictures ------------------------------------------------------------ */

static uint16_t *shoot(const struct scene *scene)
{
    struct subject subject;
    struct frame frame;
    uint16_t *samples = NULL;
    tools.threads = scene->threads;
    ck_assert_int_eq(ct_subject_create(&subject, scene, &tools), 0);
    ck_assert_int_eq(ct_render(&frame, &subject.mesh, &subject.marks,
                               &subject.skin, scene, 1, &tools),
                     0);
    ck_assert_int_eq(ct_expose(&samples, &frame, scene, 1, &tools), 0);
    ct_frame_free(&frame);
    ct_subject_free(&subject);
    return samples;
}

START_TEST(a_seed_gives_the_same_picture_on_any_number_of_threads)
{
    if (no_model())
        return;
    struct scene scene = small_scene();
    const size_t size = (size_t)scene.camera.width *
                        (size_t)scene.camera.height * 3 * sizeof(uint16_t);
    scene.threads = 1;
    uint16_t *one = shoot(&scene);
    scene.threads = 3;
    uint16_t *three = shoot(&scene);
    ck_assert_mem_eq(one, three, size);
    scene.person.seed++;
    uint16_t *other = shoot(&scene);
    ck_assert_mem_ne(one, other, size);
    ct_free(one);
    ct_free(three);
    ct_free(other);
}
END_TEST

/* 0.18 in sRGB is 0.4614 (IEC 61966-2-1). */
START_TEST(the_grey_card_comes_out_as_0_18)
{
    if (no_model())
        return;
    struct scene scene = small_scene();
    scene.camera.noise = scene.camera.read_noise = 0.0;
    struct optics optics;
    double low[2], high[2];
    ct_optics_make(&optics, &scene.camera, 1);
    ck_assert(ct_card_box(low, high, &optics, &scene.camera));
    uint16_t *samples = shoot(&scene);
    const int x = (int)(0.5 * (low[0] + high[0]));
    const int y = (int)(0.5 * (low[1] + high[1]));
    for (int c = 0; c < 3; c++)
        ck_assert_int_eq(samples[(y * scene.camera.width + x) * 3 + c], 118);
    ct_free(samples);
}
END_TEST

/* ---- Truth --------------------------------------------------------------- */

static void census_of(struct census *out, const struct scene *scene)
{
    struct subject subject;
    ck_assert_int_eq(ct_subject_create(&subject, scene, &tools), 0);
    ck_assert_int_eq(ct_census(out, &subject, &tools), 0);
    ct_subject_free(&subject);
}

START_TEST(a_treatment_of_the_face_is_found_in_every_region)
{
    if (no_model())
        return;
    struct scene scene = small_scene();
    struct census before, after;
    scene.person.papules = 0.0;
    census_of(&before, &scene);
    scene.treatment.blood = 0.75;
    scene.treatment.relief = 0.8;
    scene.treatment.pores = 0.85;
    scene.treatment.wrinkles = 0.8;
    scene.treatment.spots = 0.7;
    census_of(&after, &scene);
    for (int r = 0; r < CT_REGIONS; r++) {
        const struct count *a = &before.of[r], *b = &after.of[r];
        ck_assert_double_eq_tol(b->ln_blood - a->ln_blood, log(0.75), 1e-5);
        ck_assert_double_eq_tol(b->relief / a->relief, 0.8, 1e-5);
        if (a->pores > 0.0)
            ck_assert_double_eq_tol(b->pore_burden / a->pore_burden, 0.85,
                                    1e-5);
        if (a->spots > 0.0)
            ck_assert_double_eq_tol(b->spot_burden / a->spot_burden, 0.7, 1e-5);
    }
    const struct count *a = &before.of[CT_FOREHEAD];
    const struct count *b = &after.of[CT_FOREHEAD];
    ck_assert_double_gt(a->wrinkle_index, 0.0);
    ck_assert_double_eq_tol(b->wrinkle_index / a->wrinkle_index, 0.8, 0.02);
}
END_TEST

START_TEST(a_treated_cheek_leaves_the_rest_alone)
{
    if (no_model())
        return;
    struct scene scene = small_scene();
    struct census before, after;
    census_of(&before, &scene);
    scene.treatment.blood = 0.6;
    strcpy(scene.treatment.regions, "cheek_l");
    census_of(&after, &scene);
    const double treated =
        after.of[CT_CHEEK_L].ln_blood - before.of[CT_CHEEK_L].ln_blood;
    ck_assert_double_lt(treated, 0.85 * log(0.6));
    ck_assert_double_gt(treated, log(0.6) - 1e-6);
    ck_assert_double_eq(after.of[CT_CHEEK_R].ln_blood,
                        before.of[CT_CHEEK_R].ln_blood);
    ck_assert_double_eq(after.of[CT_FOREHEAD].ln_blood,
                        before.of[CT_FOREHEAD].ln_blood);
}
END_TEST

START_TEST(pores_are_as_dense_as_asked)
{
    if (no_model())
        return;
    struct scene scene = small_scene();
    scene.person.pores = 40.0;
    struct census census;
    census_of(&census, &scene);
    const struct count *cheek = &census.of[CT_CHEEK_R];
    ck_assert_double_gt(cheek->pores / cheek->area, 28.0);
    ck_assert_double_lt(cheek->pores / cheek->area, 52.0);
    const struct count *nose = &census.of[CT_NOSE];
    ck_assert_double_gt(nose->pores / nose->area, cheek->pores / cheek->area);
}
END_TEST

/* ---- Options ------------------------------------------------------------- */

START_TEST(what_is_no_option_or_value_is_refused_with_a_sentence)
{
    static const char *const wrong[][5] = {
        {"-o", "x.jpg", "--tones", "3", NULL},
        {"-o", "x.jpg", "--tone", "three", NULL},
        {"-o", "x.jpg", "--tone", "300", NULL},
        {"-o", "x.jpg", "--size", "3000", NULL},
        {"-o", "x.jpg", "--wb", "1,1", NULL},
        {"-o", "x.jpg", "--png", "12", NULL},
        {"-o", "x.jpg", "--jpeg", "95,410", NULL},
        {"-o", "x.jpg", "--light", "1,2,3/", NULL},
        {"-o", "x.jpg", "--seed", "-1", NULL},
        {"-o", "x.jpg", "--blur", "nan", NULL},
        {"-o", "x.jpg", "--noise", NULL, NULL},
        {"--tone", "3", NULL, NULL, NULL},
    };
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        struct options options;
        int count = 0;
        while (count < 5 && wrong[i][count])
            count++;
        ct_options_default(&options);
        tools.sentence[0] = 0;
        ck_assert_int_eq(ct_options_read(&options, count, wrong[i], &tools),
                         CUTIS_ERROR_ARGUMENT);
        ck_assert_uint_gt(strlen(tools.sentence), 10);
    }
}
END_TEST

START_TEST(options_arrive_where_they_belong)
{
    static const char *const words[] = {
        "pair",    "--tone",       "-42.1",  "--wb",   "1,2,.5",
        "--light", "5,6,.7/8,9,1", "--jpeg", "80,420", "--size",
        "640x480", "-o",           "folder"};
    struct options options;
    ct_options_default(&options);
    ck_assert_int_eq(ct_options_read(&options, sizeof(words) / sizeof(words[0]),
                                     words, &tools),
                     CUTIS_OK);
    ck_assert(options.pair);
    ck_assert_double_eq_tol(options.scene.person.melanin, 0.20, 0.001);
    ck_assert_double_eq(options.scene.camera.white[2], 0.5);
    ck_assert_int_eq(options.scene.camera.lamps, 2);
    ck_assert_double_eq(options.scene.camera.lamp[1].elevation, 9.0);
    ck_assert_int_eq(options.scene.output.subsampling, 420);
    ck_assert_int_eq(options.scene.camera.height, 480);
}
END_TEST

int main(void)
{
    TCase *cases = tcase_create("phantom");
    tcase_add_loop_test(cases, skin_has_the_published_colours, 0, ANCHORS);
    tcase_add_test(cases, a_tone_gives_its_melanin_back);
    tcase_add_test(cases, the_table_of_colours_is_as_good_as_the_polynomial);
    tcase_add_test(cases, lab_goes_there_and_back);
    tcase_add_test(cases, the_noise_has_the_gradient_that_it_says);
    tcase_add_test(cases, a_pore_is_a_gaussian_pit);
    tcase_add_test(cases, a_spot_has_its_melanin_inside_and_none_outside);
    tcase_add_test(cases, the_relief_has_the_slope_that_was_asked_for);
    tcase_add_test(cases, the_average_face_is_the_canonical_mesh);
    tcase_add_test(cases, a_turned_head_is_seen_where_geometry_says);
    tcase_add_test(cases,
                   a_seed_gives_the_same_picture_on_any_number_of_threads);
    tcase_add_test(cases, the_grey_card_comes_out_as_0_18);
    tcase_add_test(cases, a_treatment_of_the_face_is_found_in_every_region);
    tcase_add_test(cases, a_treated_cheek_leaves_the_rest_alone);
    tcase_add_test(cases, pores_are_as_dense_as_asked);
    tcase_add_test(cases,
                   what_is_no_option_or_value_is_refused_with_a_sentence);
    tcase_add_test(cases, options_arrive_where_they_belong);

    Suite *suite = suite_create("phantom");
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
