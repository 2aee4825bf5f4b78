/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What the phantom says of a picture against the picture, and against geometry
 * worked out here.
 */

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "phantom/expression.h"
#include "phantom/maps.h"
#include "phantom/options.h"
#include "phantom/phantom.h"
#include "phantom/targets.h"
#include "phantom/truth.h"

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
    options.scene.camera.noise = options.scene.camera.read_noise = 0.0;
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

/* IEC 61966-2-1 */
static double decoded(uint16_t code)
{
    const double v = code / 255.0;
    return v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4);
}

/* ---- Chart --------------------------------------------------------------- */

/* Dark skin, cyan (its red is out of sRGB and comes out as 0) and white of
 * method 1.3; the chart of 60 mm lies where its middle was put. */
START_TEST(a_chart_shows_its_reflectances_where_it_was_put)
{
    if (no_model())
        return;
    static const struct {
        int column, row;
        double rgb[3];
    } known[] = {{0, 0, {.1737, .07877, .05285}},
                 {5, 2, {0.0, .23367, .37718}},
                 {0, 3, {.87967, .88494, .83418}},
                 {5, 3, {.03136, .03149, .03232}}};
    struct scene scene = small_scene();
    scene.camera.chart[0] = 45.0;
    scene.camera.chart[1] = -100.0;
    scene.camera.chart[2] = 60.0;
    uint16_t *samples = shoot(&scene);
    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
        const double x = 45.0 + (known[i].column - 2.5) * 10.0;
        const double y = -100.0 - (known[i].row - 1.5) * 10.0;
        const int px = (int)(150.0 + 1.6 * x), py = (int)(200.0 - 1.6 * y);
        for (int c = 0; c < 3; c++)
            ck_assert_double_eq_tol(decoded(samples[(py * 300 + px) * 3 + c]),
                                    known[i].rgb[c], 0.005);
    }
    ct_free(samples);
}
END_TEST

START_TEST(the_truth_knows_where_the_patches_are)
{
    struct scene scene = small_scene();
    scene.camera.chart[0] = 10.0;
    scene.camera.chart[1] = 20.0;
    scene.camera.chart[2] = 60.0;
    struct optics optics;
    struct targets targets;
    double at[2];
    ct_optics_make(&optics, &scene.camera, 1);
    ct_targets_make(&targets, &optics, &scene.camera);
    ck_assert_double_eq_tol(targets.corner[0], 150 + 1.6 * (10 - 30), 1e-9);
    ck_assert_double_eq_tol(targets.corner[1], 200 - 1.6 * (20 + 20), 1e-9);
    /* Red is the third of the third row. */
    const double half = ct_patch_middle(&targets, 14, at);
    ck_assert_double_eq_tol(half, 1.6 * 4.0, 1e-9);
    ck_assert_double_eq_tol(at[0], 150 + 1.6 * (10 - 5), 1e-9);
    ck_assert_double_eq_tol(at[1], 200 - 1.6 * (20 - 5), 1e-9);
    ck_assert_float_eq(ct_patch_light(14)[0], .4462f);
}
END_TEST

/* ---- Lists --------------------------------------------------------------- */

static void treat(struct scene *scene)
{
    scene->treatment.pores = 0.7;
    scene->treatment.pore_size = 0.8;
    scene->treatment.spots = 0.5;
    scene->treatment.papules = 0.4;
    scene->treatment.wrinkles = 0.6;
    scene->treatment.relief = 0.5;
}

/* What has the same id is the same thing in the same place. */
START_TEST(a_feature_keeps_its_id_through_a_treatment)
{
    if (no_model())
        return;
    struct subject before, after;
    struct scene scene = small_scene();
    ck_assert_int_eq(ct_subject_create(&before, &scene, &tools), 0);
    treat(&scene);
    ck_assert_int_eq(ct_subject_create(&after, &scene, &tools), 0);

    const struct feature_list *a = &before.skin.features;
    const struct feature_list *b = &after.skin.features;
    size_t at = 0, kept = 0;
    for (size_t i = 0; i < b->count; i++) {
        if (b->at[i].kind == CT_F_HAIR)
            continue;
        while (at < a->count &&
               (a->at[at].kind != b->at[i].kind || a->at[at].id != b->at[i].id))
            at++;
        ck_assert_uint_lt(at, a->count);
        ck_assert_float_eq(a->at[at].a.x, b->at[i].a.x);
        ck_assert_float_eq(a->at[at].b.y, b->at[i].b.y);
        kept++;
    }
    ck_assert_uint_gt(kept, 1000);
    ct_subject_free(&before);
    ct_subject_free(&after);
}
END_TEST

START_TEST(ids_are_unique_in_their_kind)
{
    if (no_model())
        return;
    struct subject subject;
    struct scene scene = small_scene();
    static bool seen[CT_F_KINDS][65536];
    ck_assert_int_eq(ct_subject_create(&subject, &scene, &tools), 0);
    for (size_t i = 0; i < subject.skin.features.count; i++) {
        const struct feature *feature = &subject.skin.features.at[i];
        if (feature->kind == CT_F_HAIR)
            continue;
        ck_assert_uint_lt(feature->id, 65536);
        ck_assert(!seen[feature->kind][feature->id]);
        seen[feature->kind][feature->id] = true;
    }
    ct_subject_free(&subject);
}
END_TEST

/* The polylines hold every segment once: their lengths add up to the
 * segments', and the list has no gap that is not one of the skin. */
START_TEST(wrinkle_lines_hold_all_their_segments)
{
    if (no_model())
        return;
    struct subject subject;
    struct scene scene = small_scene();
    ck_assert_int_eq(ct_subject_create(&subject, &scene, &tools), 0);
    double length = 0.0;
    for (size_t i = 0; i < subject.skin.features.count; i++) {
        const struct feature *feature = &subject.skin.features.at[i];
        if (feature->kind == CT_F_WRINKLE)
            length += (double)ct_length(ct_sub(feature->b, feature->a));
    }
    struct vista view;
    struct text text = {.memory = &tools.memory};
    ck_assert_int_eq(
        ct_view_create(&view, &subject.mesh, &scene.camera, 1, &tools), 0);
    ct_put_lists(&text, &subject, &view);
    ct_view_free(&view);
    ct_text_put(&text, "");
    char *json = malloc(text.size + 1);
    memcpy(json, text.bytes, text.size);
    json[text.size] = 0;
    double told = 0.0;
    const char *at = strstr(json, "\"wrinkle_lines\"");
    ck_assert_ptr_nonnull(at);
    while ((at = strstr(at, "\"length_mm\": "))) {
        at += strlen("\"length_mm\": ");
        told += strtod(at, NULL);
    }
    ck_assert_double_gt(length, 50.0);
    ck_assert_double_eq_tol(told, length, 1e-3 * length);
    free(json);
    ct_text_free(&text);
    ct_subject_free(&subject);
}
END_TEST

/* ---- What is seen -------------------------------------------------------- */

/* The tip of the nose looks at the camera; its side that is turned away, the
 * back of the head and what a card covers do not. */
START_TEST(what_is_hidden_is_known_to_be)
{
    if (no_model())
        return;
    struct subject subject;
    struct vista view;
    struct scene scene = small_scene();
    scene.camera.yaw = 40.0;
    ck_assert_int_eq(ct_subject_create(&subject, &scene, &tools), 0);
    ck_assert_int_eq(
        ct_view_create(&view, &subject.mesh, &scene.camera, 1, &tools), 0);
    const struct vec *at = subject.mesh.at;
    /* Cheeks of the subject's right, now in front, and left; the pole. */
    const int right = 50, left = 280, back = 468 + 9 * 36;
    ck_assert_double_gt(ct_view_facing(&view, at[right]), 0.5);
    ck_assert_double_eq(ct_view_facing(&view, at[left]), 0.0);
    ck_assert_double_eq(ct_view_facing(&view, at[back]), 0.0);
    ct_view_free(&view);

    double px[2];
    struct optics optics;
    ct_optics_make(&optics, &scene.camera, 1);
    ct_project(&optics, at[right], px);
    scene.camera.card[0] = (px[0] - 150.0) / 1.6;
    scene.camera.card[1] = (200.0 - px[1]) / 1.6;
    scene.camera.card[2] = 10.0;
    ck_assert_int_eq(
        ct_view_create(&view, &subject.mesh, &scene.camera, 1, &tools), 0);
    ck_assert_double_eq(ct_view_facing(&view, at[right]), 0.0);
    ct_view_free(&view);
    ct_subject_free(&subject);
}
END_TEST

/* A landmark's pixel moves by the head's own shift, k = 1.6 px a mm at the
 * eyes and 1000 / (1000 - dz) of it before them. */
START_TEST(the_warp_is_the_shift_that_was_made)
{
    if (no_model())
        return;
    struct subject subject[2];
    struct vista view[2];
    struct scene scene = small_scene();
    struct text text = {.memory = &tools.memory};
    for (int i = 0; i < 2; i++) {
        scene.camera.x = 5.0 * i;
        ck_assert_int_eq(ct_subject_create(&subject[i], &scene, &tools), 0);
        ck_assert_int_eq(ct_view_create(&view[i], &subject[i].mesh,
                                        &scene.camera, 1, &tools),
                         0);
    }
    const struct truth truth = {.count = 2,
                                .subject = {&subject[0], &subject[1]}};
    ck_assert_int_eq(ct_put_warp(&text, &truth, view, &tools), 0);
    ct_text_put(&text, "\n");
    int rows = 0;
    const char *at = memchr(text.bytes, '\n', text.size);
    const char *end = (const char *)text.bytes + text.size;
    while (at && at + 3 < end && at[1] == '[') {
        double v[8];
        const char *from = at + 2;
        for (int k = 0; k < 8; k++) {
            char *next;
            v[k] = strtod(from, &next);
            from = next + 1;
        }
        /* 38 mm: of the eyes. */
        const double z = (double)subject[0].mesh.at[(int)v[0]].z - 38.0;
        ck_assert_double_eq_tol(v[3] - v[1], 8.0 * 1000.0 / (1000.0 - z), 2e-3);
        ck_assert_double_eq_tol(v[4], v[2], 2e-3);
        ck_assert_double_gt(v[6], 0.0);
        rows++;
        at = memchr(from, '\n', (size_t)(end - from));
    }
    ck_assert_int_gt(rows, 5000);
    ct_text_free(&text);
    for (int i = 0; i < 2; i++) {
        ct_view_free(&view[i]);
        ct_subject_free(&subject[i]);
    }
}
END_TEST

/* Without blur and noise a picture of 16 bits is the light, coded. */
START_TEST(the_clean_light_is_what_the_picture_was_made_of)
{
    if (no_model())
        return;
    static const char path[] = "test_truth_clean.npy";
    static const double share[3] = {0.2126729, 0.7151522, 0.0721750};
    struct scene scene = small_scene();
    struct subject subject;
    struct frame frame;
    uint16_t *samples = NULL;
    scene.camera.blur = 0.0;
    scene.camera.exposure = -0.5;
    scene.output.bits = 16;
    ck_assert_int_eq(ct_subject_create(&subject, &scene, &tools), 0);
    ck_assert_int_eq(ct_render(&frame, &subject.mesh, &subject.marks,
                               &subject.skin, &scene, 1, &tools),
                     0);
    ck_assert_int_eq(ct_clean_write(&frame, &scene.camera, 1, path, &tools), 0);
    ck_assert_int_eq(ct_expose(&samples, &frame, &scene, 1, &tools), 0);

    static unsigned char file[128 + 300 * 400 * 4 + 1];
    FILE *in = fopen(path, "rb");
    ck_assert_ptr_nonnull(in);
    ck_assert_uint_eq(fread(file, 1, sizeof(file), in), sizeof(file) - 1);
    fclose(in);
    remove(path);
    ck_assert_mem_eq(file, "\x93NUMPY\x01\x00\x76\x00", 10);
    for (int i = 0; i < 300 * 400; i += 7) {
        double coded = 0.0;
        for (int c = 0; c < 3; c++) {
            const double v = samples[3 * i + c] / 65535.0;
            coded += share[c] *
                     (v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4));
        }
        float light;
        memcpy(&light, file + 128 + 4 * (size_t)i, 4);
        if (light < 0.6f) /* no channel is cut off */
            ck_assert_double_eq_tol(coded, (double)light, 2e-4);
    }
    ct_free(samples);
    ct_frame_free(&frame);
    ct_subject_free(&subject);
}
END_TEST

/* ---- Expression ---------------------------------------------------------- */

/* Corners of the mouth go out and up, brows up; eyes stay.  mm: by the bumps
 * of a corner, its cheek and fold for the mouth, within what identity moves. */
START_TEST(landmarks_move_with_an_expression)
{
    if (no_model())
        return;
    struct scene scene = small_scene();
    struct subject rest, full;
    ck_assert_int_eq(ct_subject_create(&rest, &scene, &tools), 0);
    scene.expression.smile = scene.expression.brows = 1.0;
    ck_assert_int_eq(ct_subject_create(&full, &scene, &tools), 0);
    const int corners[2] = {61, 291}, brows[2] = {105, 334};
    const int eyes[4] = {33, 133, 362, 263};
    for (int side = 0; side < 2; side++) {
        const struct vec mouth =
            ct_sub(full.mesh.at[corners[side]], rest.mesh.at[corners[side]]);
        const struct vec brow =
            ct_sub(full.mesh.at[brows[side]], rest.mesh.at[brows[side]]);
        ck_assert_double_eq_tol((double)mouth.x * (side ? 1 : -1), 5.0, 1.2);
        ck_assert_double_eq_tol((double)mouth.y, 4.6, 1.2);
        ck_assert_double_eq_tol((double)brow.y, 4.8, 1.5);
    }
    for (int i = 0; i < 4; i++)
        ck_assert_float_lt(
            ct_length(ct_sub(full.mesh.at[eyes[i]], rest.mesh.at[eyes[i]])),
            0.15f);
    /* The skin is the same, and the truth moves it as the mesh moves. */
    for (int i = 0; i < full.mesh.points; i += 997) {
        const struct vec moved = ct_moved(&full.moves, full.mesh.rest[i]);
        ck_assert_float_eq(full.mesh.rest[i].y, rest.mesh.at[i].y);
        ck_assert_float_lt(ct_length(ct_sub(moved, full.mesh.at[i])), 1e-6f);
    }
    ck_assert_uint_eq(full.skin.features.count, rest.skin.features.count);
    ct_subject_free(&rest);
    ct_subject_free(&full);
}
END_TEST

/* A ramp of 0.2 along x on a surface that is stretched by 2 is one of 0.1, and
 * on one that is turned about y by 90 degrees it is one along -z. */
START_TEST(a_slope_goes_along_with_its_skin)
{
    const struct vec was[2] = {{1, 0, 0}, {0, 1, 0}};
    const struct vec wide[2] = {{2, 0, 0}, {0, 1, 0}};
    const struct vec turned[2] = {{0, 0, -1}, {0, 1, 0}};
    const struct vec ramp = {0.2f, 0.05f, 0};
    const struct vec a = ct_carried(ramp, was, wide);
    const struct vec b = ct_carried(ramp, was, turned);
    ck_assert_float_eq_tol(a.x, 0.1f, 1e-6f);
    ck_assert_float_eq_tol(a.y, 0.05f, 1e-6f);
    ck_assert_float_eq_tol(a.z, 0.0f, 1e-6f);
    ck_assert_float_eq_tol(b.x, 0.0f, 1e-6f);
    ck_assert_float_eq_tol(b.y, 0.05f, 1e-6f);
    ck_assert_float_eq_tol(b.z, -0.2f, 1e-6f);
}
END_TEST

int main(void)
{
    TCase *cases = tcase_create("truth");
    tcase_add_test(cases, a_chart_shows_its_reflectances_where_it_was_put);
    tcase_add_test(cases, the_truth_knows_where_the_patches_are);
    tcase_add_test(cases, a_feature_keeps_its_id_through_a_treatment);
    tcase_add_test(cases, ids_are_unique_in_their_kind);
    tcase_add_test(cases, wrinkle_lines_hold_all_their_segments);
    tcase_add_test(cases, what_is_hidden_is_known_to_be);
    tcase_add_test(cases, the_warp_is_the_shift_that_was_made);
    tcase_add_test(cases, the_clean_light_is_what_the_picture_was_made_of);
    tcase_add_test(cases, landmarks_move_with_an_expression);
    tcase_add_test(cases, a_slope_goes_along_with_its_skin);

    Suite *suite = suite_create("truth");
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
