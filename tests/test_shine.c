/* SPDX-License-Identifier: BSD-2-Clause */

/* Shine and flakes: light of the lamp's colour added to skin, whose truth is
 * the added light. */

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "measure/measure.h"
#include "patch.h"

enum { LIGHTS = 24 };

struct lights {
    double side;
    double x[LIGHTS], y[LIGHTS], radius[LIGHTS], strength[LIGHTS];
    int count;
    double relief; /* OD of three waves */
    bool ragged;
};

static double light_at(const struct lights *lights, double x, double y)
{
    double sum = 0.0;
    for (int i = 0; i < lights->count; i++) {
        const double dx = x - lights->x[i], dy = y - lights->y[i];
        const double d = hypot(dx, dy);
        if (lights->ragged) {
            /* A star of five thin arms. */
            const double a = fabs(cos(2.5 * atan2(dy, dx)));
            if (d < lights->radius[i] * (0.25 + 0.75 * pow(a, 8.0)))
                sum += lights->strength[i];
        } else {
            sum += lights->strength[i] *
                   exp(-0.5 * d * d / (lights->radius[i] * lights->radius[i]));
        }
    }
    return sum;
}

static void light_ink(double od[3], double x, double y, void *user)
{
    const struct lights *lights = user;
    const double fold =
        0.03 * sin(x / 2.0) + 0.05 * cos(y / 5.0) +
        lights->relief * (sin(6.0 * x + 2.0 * y) + sin(3.0 * y - 1.2 * x) +
                          sin(1.5 * x + 1.5 * y));
    patch_skin_od(od, 1.0, 0.3 * sin(x / 4.0) * cos(y / 3.0), false);
    const double light = light_at(lights, x, y);
    for (int c = 0; c < 3; c++)
        od[c] = -log10(pow(10.0, -od[c] - fold) + light);
}

static void mark_clipped(struct patch *patch)
{
    for (int y = 0; y < patch->skin.red.height; y++)
        for (int x = 0; x < patch->skin.red.width; x++)
            if (ct_row(&patch->skin.red, y)[x] > 0.97f) {
                ct_byte_row(&patch->skin.clipped, y)[x] = 255;
                if (ct_row(&patch->skin.red, y)[x] > 1.0f)
                    ct_row(&patch->skin.red, y)[x] = 1.0f;
            }
}

static struct lights highlights(double side, int count, double strength,
                                uint64_t seed)
{
    struct lights lights = {.side = side, .count = count};
    for (int i = 0; i < count; i++) {
        lights.x[i] = 5.0 + (side - 10.0) * patch_random(&seed);
        lights.y[i] = 5.0 + (side - 10.0) * patch_random(&seed);
        lights.radius[i] = 0.6 + 0.8 * patch_random(&seed);
        lights.strength[i] = strength * (0.8 + 0.4 * patch_random(&seed));
    }
    return lights;
}

static void paint(struct patch *patch, struct lights *lights, double scale)
{
    const int side = (int)(lights->side * scale);
    patch_start(patch, side, side, scale);
    patch_paint(patch, light_ink, lights);
    patch_noise(patch, 0.005, 2);
    mark_clipped(patch);
}

/* A highlight begins at 0.12, or at 0.06 if it is wider than 3 mm there. */
static bool is_highlight(const struct lights *lights, double x, double y)
{
    int nearest = 0;
    for (int i = 1; i < lights->count; i++)
        if (hypot(x - lights->x[i], y - lights->y[i]) <
            hypot(x - lights->x[nearest], y - lights->y[nearest]))
            nearest = i;
    const double width = 2.0 * lights->radius[nearest] *
                         sqrt(2.0 * log(lights->strength[nearest] / 0.06));
    return light_at(lights, x, y) > (width > 3.0 ? 0.06 : 0.12);
}

START_TEST(highlights_are_masked_and_folds_are_not)
{
    struct patch patch;
    struct lights lights = highlights(60.0, 12, 0.5, 81);
    paint(&patch, &lights, 8.0);
    struct scene *scene = calloc(1, sizeof(*scene));
    ck_assert_int_eq(ct_scene_create(scene, &patch.view, &patch.tools), 0);

    /* The truth, with half a millimetre around. */
    const struct level *level = &scene->colour;
    struct bytes truth;
    ck_assert_int_eq(
        ct_bytes_create(&truth, level->width, level->height, &patch.tools), 0);
    int both = 0, either = 0, clipped = 0, kept = 0;
    for (int y = 0; y < level->height; y++)
        for (int x = 0; x < level->width; x++)
            ct_byte_row(&truth, y)[x] =
                is_highlight(&lights, (x + 0.5) / level->scale,
                             (y + 0.5) / level->scale)
                    ? 255
                    : 0;
    ck_assert_int_eq(ct_dilate(&truth, 0.5 * level->scale, &patch.tools), 0);
    for (int y = 0; y < level->height; y++)
        for (int x = 0; x < level->width; x++) {
            const bool t = ct_byte_row(&truth, y)[x];
            const bool m = ct_byte_row(&scene->specular, y)[x];
            both += t && m;
            either += t || m;
            const int n = level->factor;
            for (int k = 0; k < n * n; k++)
                if (ct_byte_row(&patch.skin.clipped,
                                y * n + k / n)[x * n + k % n]) {
                    clipped++;
                    kept += ct_byte_row(&level->mask, y)[x] && !m;
                }
        }
    printf("    highlights: IoU %.3f, %d clipped pixels, %d not masked\n",
           both / (double)either, clipped, kept);
    ck_assert_double_ge(both / (double)either, 0.85);
    ck_assert_int_gt(clipped, 50);
    ck_assert_int_eq(kept, 0);
    ct_bytes_free(&truth);
    ct_scene_free(scene);
    free(scene);
    patch_end(&patch);
}
END_TEST

START_TEST(shine_reads_the_share_of_shining_skin)
{
    struct patch patch;
    struct lights lights = highlights(60.0, 12, 0.4, 82);
    paint(&patch, &lights, 8.0);
    patch_measure(&patch, false);
    int shining = 0;
    for (int y = 0; y < 600; y++)
        for (int x = 0; x < 600; x++)
            shining += light_at(&lights, 0.1 * x + 0.05, 0.1 * y + 0.05) > 0.03;
    const double truth = 100.0 * shining / 360000.0;
    const double value = patch_value(&patch, CT_SHINE, CT_FACE_REGION);
    printf("    shine: %.2f %% of %.2f %%\n", value, truth);
    ck_assert_double_eq_tol(value, truth, 0.15 * truth);
    patch_end(&patch);

    lights.count = 0;
    paint(&patch, &lights, 8.0);
    patch_measure(&patch, false);
    ck_assert_double_le(patch_value(&patch, CT_SHINE, CT_FACE_REGION), 0.5);
    patch_end(&patch);
}
END_TEST

START_TEST(masked_shine_leaves_the_other_metrics)
{
    double r[2], h[2], h_excess[2];
    for (int i = 0; i < 2; i++) {
        struct patch patch;
        struct lights lights = highlights(60.0, 16, 0.5, 83);
        lights.count = i ? lights.count : 0;
        lights.relief = 0.02;
        paint(&patch, &lights, 10.0);
        patch_measure(&patch, false);
        r[i] = patch_value(&patch, CT_TEXTURE, CT_FACE_REGION);
        h[i] = patch_detail(&patch, CT_REDNESS, CT_FACE_REGION, "H");
        patch.view.reference = CT_REF_EXCESS;
        patch_measure(&patch, false);
        h_excess[i] = patch_value(&patch, CT_REDNESS, CT_FACE_REGION);
        printf("    shine %.1f %%: R %.4f, H %.3f, H_excess %.3f\n",
               patch_value(&patch, CT_SHINE, CT_FACE_REGION), r[i], h[i],
               h_excess[i]);
        patch_end(&patch);
    }
    ck_assert_double_eq_tol(r[1] / r[0], 1.0, 0.02);
    ck_assert_double_eq_tol(h[1], h[0], 0.4);
    ck_assert_double_eq_tol(h_excess[1], h_excess[0], 0.4);
}
END_TEST

START_TEST(skin_that_shines_all_over_is_withheld)
{
    struct patch patch;
    struct lights lights = {.side = 40.0, .count = 9};
    for (int i = 0; i < 9; i++) {
        lights.x[i] = 6.5 + 13.5 * (i % 3);
        lights.y[i] = 6.5 + 13.5 * (i / 3);
        lights.radius[i] = 2.0;
        lights.strength[i] = 0.6;
    }
    paint(&patch, &lights, 8.0);
    patch_measure(&patch, false);
    ck_assert(isnan(patch_value(&patch, CT_REDNESS, CT_CHEEK_L)));
    ck_assert_ptr_nonnull(
        strstr(patch_reason(&patch, CT_REDNESS, CT_CHEEK_L), "shine"));
    ck_assert(isnan(patch_value(&patch, CT_TEXTURE, CT_CHEEK_L)));
    ck_assert(!isnan(patch_value(&patch, CT_SHINE, CT_CHEEK_L)));
    patch_end(&patch);
}
END_TEST

/* ---- Flakes -------------------------------------------------------------- */

static struct lights flakes(double strength, uint64_t seed)
{
    struct lights lights = {.side = 40.0, .ragged = true};
    for (int tries = 0; tries < 2000 && lights.count < LIGHTS; tries++) {
        const double x = 3.0 + 34.0 * patch_random(&seed);
        const double y = 3.0 + 34.0 * patch_random(&seed);
        bool free = true;
        for (int i = 0; i < lights.count; i++)
            free = free && hypot(lights.x[i] - x, lights.y[i] - y) > 4.0;
        if (!free)
            continue;
        lights.x[lights.count] = x;
        lights.y[lights.count] = y;
        lights.radius[lights.count] = 0.9 + 0.5 * patch_random(&seed);
        lights.strength[lights.count++] = strength;
    }
    return lights;
}

START_TEST(flakes_are_counted_and_highlights_are_not)
{
    struct patch patch;
    struct lights lights = flakes(0.06, 91);
    paint(&patch, &lights, 16.0);
    patch_measure(&patch, false);
    const struct reading *row = &patch.readings.of[CT_FLAKES][CT_FACE_REGION];
    printf("    %d flakes: %.0f found, FI %.4f\n", lights.count, row->count,
           row->value);
    ck_assert_double_ge(row->count, 0.85 * lights.count);
    ck_assert_double_le(row->count, 1.15 * lights.count);
    patch_end(&patch);

    lights.ragged = false; /* round and smooth */
    paint(&patch, &lights, 16.0);
    patch_measure(&patch, false);
    ck_assert_double_le(patch.readings.of[CT_FLAKES][CT_FACE_REGION].count,
                        0.2 * lights.count);
    patch_end(&patch);
}
END_TEST

/* Each where one was drawn, and together the index. */
START_TEST(flakes_are_listed_one_by_one)
{
    const double scale = 16.0, reach_mm = 0.5;
    struct patch patch;
    struct lights lights = flakes(0.06, 91);
    paint(&patch, &lights, scale);
    patch_measure(&patch, false);
    const struct readings *const all = &patch.readings;
    const struct reading *const row = &all->of[CT_FLAKES][CT_FACE_REGION];
    double burden = 0.0;
    int off = 0;
    ck_assert_uint_gt(all->flake_count, 0);
    ck_assert_double_eq_tol((double)all->flake_count, row->count, 0.1);
    for (size_t i = 0; i < all->flake_count; i++) {
        const struct item *const flake = &all->flakes[i];
        double nearest = INFINITY;
        for (int k = 0; k < lights.count; k++)
            nearest =
                fmin(nearest, hypot((double)flake->x / scale - lights.x[k],
                                    (double)flake->y / scale - lights.y[k]));
        off += nearest > reach_mm;
        burden += (double)flake->burden;
    }
    ck_assert_int_le(off, lights.count / 10);
    /* % mm2 over cm2 is a hundredth of %. */
    ck_assert_double_eq_tol(burden / 100.0 / row->area_cm2, row->value,
                            1e-3 * row->value);
    patch_end(&patch);
}
END_TEST

START_TEST(the_flake_index_is_linear_in_their_light)
{
    double sx = 0, sy = 0, sxx = 0, sxy = 0, syy = 0;
    for (int i = 0; i < 5; i++) {
        const double strength = 0.03 + 0.015 * i;
        struct patch patch;
        struct lights lights = flakes(strength, 92);
        paint(&patch, &lights, 16.0);
        patch_measure(&patch, false);
        const double y = patch_value(&patch, CT_FLAKES, CT_FACE_REGION);
        sx += strength, sy += y, sxx += strength * strength;
        sxy += strength * y, syy += y * y;
        patch_end(&patch);
    }
    const double cov = 5 * sxy - sx * sy;
    const double r2 = cov * cov / ((5 * sxx - sx * sx) * (5 * syy - sy * sy));
    printf("    flake index: r2 %.4f\n", r2);
    ck_assert_double_ge(r2, 0.97);
}
END_TEST

int main(void)
{
    setvbuf(stdout, NULL, _IONBF, 0); /* figures of failing tests too */
    Suite *suite = suite_create("shine");
    TCase *all = tcase_create("all");
    tcase_add_test(all, highlights_are_masked_and_folds_are_not);
    tcase_add_test(all, shine_reads_the_share_of_shining_skin);
    tcase_add_test(all, masked_shine_leaves_the_other_metrics);
    tcase_add_test(all, skin_that_shines_all_over_is_withheld);
    tcase_add_test(all, flakes_are_counted_and_highlights_are_not);
    tcase_add_test(all, flakes_are_listed_one_by_one);
    tcase_add_test(all, the_flake_index_is_linear_in_their_light);
    suite_add_tcase(suite, all);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
