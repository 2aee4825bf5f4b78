/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What holds for every metric: the gates and their reasons, the pooled row, the
 * same bits from any number of threads, mirror images, failing memory.
 */

#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "measure/measure.h"
#include "patch.h"

/* ---- A piece of skin with something of everything ------------------------ */

static void skin_ink(double od[3], double x, double y, void *user)
{
    const double turn = user ? *(double *)user : 0.0;
    double spot = 0.0, blood = 0.1 * sin(x / 3.0) * cos(y / 4.0), relief = 0.0;
    for (int i = 0; i < 9; i++) {
        const double dx = x - (4.0 + 7.0 * (i % 3)),
                     dy = y - (5.0 + 8.0 * (i / 3));
        spot += 0.35 / (1.0 + exp((hypot(dx, dy) - 1.2) / 0.1));
        blood += 0.7 * exp(-0.5 * (pow(dx - 3.0, 2) + pow(dy - 2.0, 2)) / 0.6);
    }
    patch_skin_od(od, 1.0 * exp(spot), blood, false);
    const double u = fmod(x + 0.31, 1.3) - 0.65, v = fmod(y + 0.17, 1.3) - 0.65;
    relief += 0.06 * exp(-0.5 * (u * u + v * v) / 0.02);
    relief += 0.006 * sin(9.0 * x + 2.0 * y + turn) + 0.008 * cos(5.0 * y - x) +
              0.01 * sin(1.7 * x + 0.9 * y);
    relief += 0.09 * exp(-0.5 * pow((y - 14.0 - 0.05 * x) / 0.12, 2)) *
              (x > 3.0 && x < 20.0);
    for (int c = 0; c < 3; c++)
        od[c] += relief;
}

static void start(struct patch *patch, double scale)
{
    patch_start(patch, (int)(24.0 * scale), (int)(28.0 * scale), scale);
    patch_paint(patch, skin_ink, NULL);
    patch_noise(patch, 0.004, 1);
    patch->view.noise_cod = 0.15;
    patch->view.blur_mm = 0.05;
}

START_TEST(good_skin_has_every_reading)
{
    struct patch patch;
    start(&patch, 16.0);
    patch_measure(&patch, true);
    for (int i = 0; i < CT_METRICS; i++) {
        const struct reading *row = &patch.readings.of[i][CT_CHEEK_L];
        ck_assert_msg(isfinite(row->value), "%s: %s", ct_metric(i)->name,
                      row->reason);
        ck_assert_str_eq(row->reason, "");
        ck_assert_ptr_nonnull(row->name);
        ck_assert_double_ge(row->coverage, 0.5);
        ck_assert_double_eq_tol(row->area_cm2, 6.72 * row->coverage, 0.02);
        /* The face row pools the only region, so it says the same. */
        const struct reading *face = &patch.readings.of[i][CT_FACE_REGION];
        ck_assert(face->value == row->value);
        ck_assert(face->area_cm2 == row->area_cm2);
        for (int k = 0; k < row->detail_count; k++)
            ck_assert(isfinite(row->detail[k].value));
    }
    ck_assert_double_ge(patch_value(&patch, CT_PORE_DENSITY, CT_CHEEK_L), 30);
    ck_assert_double_ge(patch_value(&patch, CT_WRINKLE_DENSITY, CT_CHEEK_L), 1);
    ck_assert_uint_ge(patch.readings.spot_count, 9);
    for (int i = 0; i < CT_MAPS; i++) {
        const struct plane *map = &patch.readings.map[i];
        ck_assert_ptr_nonnull(map->at);
        ck_assert_int_le(map->width, 1024);
        ck_assert_int_le(map->height, 1024);
        ck_assert(isfinite(ct_row(map, map->height / 2)[map->width / 2]));
    }
    patch_end(&patch);
}
END_TEST

/* ---- Gates --------------------------------------------------------------- */

START_TEST(too_few_pixels_per_mm_is_said_and_never_a_number)
{
    static const double scales[] = {2.5, 4.0, 6.0, 10.0};
    for (int s = 0; s < 4; s++) {
        struct patch patch;
        start(&patch, scales[s]);
        patch_measure(&patch, true);
        for (int i = 0; i < CT_METRICS; i++) {
            const struct reading *row = &patch.readings.of[i][CT_CHEEK_L];
            const bool possible = scales[s] >= ct_metric(i)->min_px_per_mm;
            ck_assert_int_eq(isnan(row->value), !possible);
            ck_assert_int_eq(row->reason[0] != 0, !possible);
        }
        patch_end(&patch);
    }
}
END_TEST

START_TEST(reasons_read_as_sentences)
{
    struct patch patch;
    start(&patch, 3.25);
    patch_measure(&patch, false);
    ck_assert_str_eq(patch_reason(&patch, CT_PORE_DENSITY, CT_CHEEK_L),
                     "3.2 px/mm, pores need 12");
    ck_assert_str_eq(patch_reason(&patch, CT_TEXTURE, CT_CHEEK_L),
                     "3.2 px/mm, roughness needs 5");
    ck_assert_str_eq(patch_reason(&patch, CT_REDNESS, CT_NOSE), "not in view");
    patch_end(&patch);
}
END_TEST

START_TEST(blur_withholds_pores_and_nothing_else)
{
    static const double blurs[] = {0.101, 0.25, NAN};
    struct patch patch;
    start(&patch, 12.0);
    for (int b = 0; b < 3; b++) {
        patch.view.blur_mm = blurs[b];
        patch_measure(&patch, false);
        for (int i = 0; i < CT_METRICS; i++) {
            const bool pores = i == CT_PORE_DENSITY || i == CT_PORE_BURDEN;
            ck_assert_int_eq(isnan(patch_value(&patch, i, CT_CHEEK_L)), pores);
        }
        ck_assert_ptr_nonnull(
            strstr(patch_reason(&patch, CT_PORE_DENSITY, CT_CHEEK_L), "blur"));
    }
    patch_end(&patch);
}
END_TEST

START_TEST(grey_pictures_have_no_colour_metric)
{
    struct patch patch;
    start(&patch, 12.0);
    patch.skin.grey = true;
    for (int y = 0; y < patch.skin.red.height; y++)
        for (int x = 0; x < patch.skin.red.width; x++)
            ct_row(&patch.skin.red, y)[x] = ct_row(&patch.skin.blue, y)[x] =
                ct_row(&patch.skin.green, y)[x];
    patch_measure(&patch, false);
    static const bool grey[CT_METRICS] = {[CT_TEXTURE] = true,
                                          [CT_PORE_DENSITY] = true,
                                          [CT_PORE_BURDEN] = true,
                                          [CT_WRINKLE_INDEX] = true,
                                          [CT_WRINKLE_DENSITY] = true};
    for (int i = 0; i < CT_METRICS; i++)
        ck_assert_int_eq(isnan(patch_value(&patch, i, CT_CHEEK_L)), !grey[i]);
    patch_end(&patch);
}
END_TEST

START_TEST(less_than_two_fifths_of_a_region_is_too_little)
{
    struct patch patch;
    start(&patch, 12.0);
    for (int y = 0; y < patch.skin.red.height; y++)
        memset(ct_byte_row(&patch.face.skin, y), 0,
               (size_t)(patch.skin.red.width * 65 / 100));
    patch_measure(&patch, true);
    for (int i = 0; i < CT_METRICS; i++) {
        ck_assert(isnan(patch_value(&patch, i, CT_CHEEK_L)));
        ck_assert_str_eq(patch_reason(&patch, i, CT_CHEEK_L),
                         "35 % of the skin can be used, 40 % is needed");
    }
    for (int i = 0; i < CT_MAPS; i++)
        ck_assert_ptr_null(patch.readings.map[i].at);
    patch_end(&patch);
}
END_TEST

/* At 0.35 to 0.5 colour may still be looked at, relief not; below, neither. */
START_TEST(skin_turned_away_drops_out)
{
    struct patch patch;
    start(&patch, 12.0);
    for (int i = 0; i <= CT_FACETS; i++)
        patch.face.cosine[i] = 0.45f;
    patch_measure(&patch, false);
    ck_assert(isfinite(patch_value(&patch, CT_REDNESS, CT_CHEEK_L)));
    ck_assert(isnan(patch_value(&patch, CT_TEXTURE, CT_CHEEK_L)));
    ck_assert(isnan(patch_value(&patch, CT_PORE_DENSITY, CT_CHEEK_L)));
    for (int i = 0; i <= CT_FACETS; i++)
        patch.face.cosine[i] = 0.30f;
    patch_measure(&patch, false);
    for (int i = 0; i < CT_METRICS; i++)
        ck_assert(isnan(patch_value(&patch, i, CT_CHEEK_L)));
    patch_end(&patch);
}
END_TEST

START_TEST(nothing_at_all_is_no_crash)
{
    struct patch patch;
    patch_start(&patch, 1, 1, 16.0);
    patch_measure(&patch, true);
    patch_end(&patch);
    patch_start(&patch, 37, 3, 12.0);
    patch.view.blur_mm = 0.05;
    patch_measure(&patch, true);
    patch_end(&patch);
    start(&patch, 12.0);
    for (int y = 0; y < patch.skin.red.height; y++)
        memset(ct_byte_row(&patch.face.skin, y), 0,
               (size_t)patch.skin.red.width);
    patch_measure(&patch, true);
    for (int i = 0; i < CT_METRICS; i++)
        ck_assert(isnan(patch_value(&patch, i, CT_FACE_REGION)));
    patch_end(&patch);
    patch_start(&patch, 300, 300, 12.0); /* black */
    patch.view.blur_mm = 0.05;
    patch_measure(&patch, true);
    patch_end(&patch);
}
END_TEST

/* ---- Pooling ------------------------------------------------------------- */

START_TEST(the_face_row_pools_what_is_treated)
{
    struct patch patch;
    start(&patch, 12.0);
    const int width = patch.skin.red.width, height = patch.skin.red.height;
    for (int y = 0; y < height / 3; y++)
        memset(ct_byte_row(&patch.face.region, y), CT_NOSE, (size_t)width);
    const double third =
        patch.face.region_area_mm2[CT_FACE_REGION] * (height / 3) / height;
    patch.face.region_area_mm2[CT_NOSE] = third;
    patch.face.region_area_mm2[CT_CHEEK_L] -= third;
    patch_measure(&patch, false);
    const struct reading *pores = patch.readings.of[CT_PORE_DENSITY];
    ck_assert_double_eq_tol(pores[CT_FACE_REGION].count,
                            pores[CT_NOSE].count + pores[CT_CHEEK_L].count,
                            0.5);
    ck_assert_double_eq_tol(
        pores[CT_FACE_REGION].area_cm2,
        pores[CT_NOSE].area_cm2 + pores[CT_CHEEK_L].area_cm2, 1e-9);
    const struct reading *lines = patch.readings.of[CT_WRINKLE_INDEX];
    ck_assert_double_eq_tol(
        lines[CT_FACE_REGION].value * lines[CT_FACE_REGION].area_cm2,
        lines[CT_NOSE].value * lines[CT_NOSE].area_cm2 +
            lines[CT_CHEEK_L].value * lines[CT_CHEEK_L].area_cm2,
        1e-6);

    /* Skin in no named region is not what was treated. */
    for (int y = 2 * height / 3; y < height; y++)
        memset(ct_byte_row(&patch.face.region, y), CT_FACE_REGION,
               (size_t)width);
    for (int r = 0; r < CT_REGIONS; r++)
        patch.view.treated[r] = r == CT_NOSE;
    patch_measure(&patch, false);
    for (int i = 0; i < CT_METRICS; i++)
        ck_assert(patch_value(&patch, i, CT_FACE_REGION) ==
                  patch_value(&patch, i, CT_NOSE));
    patch_end(&patch);
}
END_TEST

START_TEST(a_facets_area_counts_instead_of_its_pixels)
{
    struct patch patch;
    start(&patch, 12.0);
    patch_measure(&patch, false);
    const double pores = patch_value(&patch, CT_PORE_DENSITY, CT_CHEEK_L);
    const double redness = patch_value(&patch, CT_REDNESS, CT_CHEEK_L);
    for (int i = 0; i <= CT_FACETS; i++)
        patch.face.mm2[i] *= 1.6f;
    patch.face.region_area_mm2[CT_CHEEK_L] *= 1.6;
    patch.face.region_area_mm2[CT_FACE_REGION] *= 1.6;
    patch_measure(&patch, false);
    ck_assert_double_eq_tol(patch_value(&patch, CT_PORE_DENSITY, CT_CHEEK_L),
                            pores / 1.6, 1e-4 * pores);
    ck_assert(patch_value(&patch, CT_REDNESS, CT_CHEEK_L) == redness);
    patch_end(&patch);
}
END_TEST

/* ---- The same bits ------------------------------------------------------- */

static void same(const struct readings *a, const struct readings *b)
{
    for (int i = 0; i < CT_METRICS; i++)
        for (int r = 0; r < CT_REGIONS; r++) {
            const struct reading *x = &a->of[i][r], *y = &b->of[i][r];
            ck_assert(memcmp(&x->value, &y->value, sizeof(double)) == 0 ||
                      (isnan(x->value) && isnan(y->value)));
            ck_assert_int_eq(x->detail_count, y->detail_count);
            for (int k = 0; k < x->detail_count; k++)
                ck_assert(x->detail[k].value == y->detail[k].value);
        }
    ck_assert_uint_eq(a->pore_count, b->pore_count);
    ck_assert_uint_eq(a->spot_count, b->spot_count);
    ck_assert_mem_eq(a->pores, b->pores, a->pore_count * sizeof(*a->pores));
    ck_assert_mem_eq(a->spots, b->spots, a->spot_count * sizeof(*a->spots));
}

START_TEST(threads_and_instruction_sets_never_show)
{
    struct patch patch;
    struct readings first;
    start(&patch, 12.0);
    patch.tools.threads = 1;
    patch.tools.kernels = ct_kernels_get(CUTIS_ISA_C);
    patch_measure(&patch, false);
    first = patch.readings;
    patch.readings = (struct readings){0};
    for (int threads = 1; threads <= 3; threads++)
        for (cutis_isa isa = CUTIS_ISA_C; isa < CUTIS_ISA_BEST; isa++) {
            patch.tools.threads = threads;
            patch.tools.kernels = ct_kernels_get(isa);
            if (!patch.tools.kernels || (threads != 2 && isa != CUTIS_ISA_C))
                continue;
            patch_measure(&patch, false);
            same(&first, &patch.readings);
        }
    ct_readings_free(&first);
    patch_end(&patch);
}
END_TEST

static void mirror(struct patch *patch)
{
    struct plane *const planes[3] = {&patch->skin.red, &patch->skin.green,
                                     &patch->skin.blue};
    for (int c = 0; c < 3; c++)
        for (int y = 0; y < planes[c]->height; y++) {
            float *row = ct_row(planes[c], y);
            for (int i = 0, k = planes[c]->width - 1; i < k; i++, k--) {
                const float swap = row[i];
                row[i] = row[k];
                row[k] = swap;
            }
        }
}

/* Sums run in another order and ties fall the other way; thinning takes its
 * pixels from one side first, which shows in a line's ends. */
START_TEST(a_mirror_image_reads_the_same)
{
    struct patch patch;
    start(&patch, 12.0);
    patch_measure(&patch, false);
    double value[CT_METRICS];
    for (int i = 0; i < CT_METRICS; i++)
        value[i] = patch_value(&patch, i, CT_CHEEK_L);
    mirror(&patch);
    patch_measure(&patch, false);
    for (int i = 0; i < CT_METRICS; i++)
        ck_assert_double_eq_tol(patch_value(&patch, i, CT_CHEEK_L), value[i],
                                0.05 * fabs(value[i]) + 1e-3);
    patch_end(&patch);
}
END_TEST

/* ---- Memory -------------------------------------------------------------- */

static int allowed;

static void *scarce(void *user, size_t size)
{
    (void)user;
    return allowed-- > 0 ? malloc(size) : NULL;
}

static void give_back(void *user, void *block)
{
    (void)user;
    free(block);
}

START_TEST(every_allocation_may_fail)
{
    struct patch patch;
    allowed = 1 << 30;
    start(&patch, 12.0);
    patch.tools.threads = 1;
    patch.tools.memory.from =
        (cutis_allocator){.allocate = scarce, .release = give_back};
    const size_t before = atomic_load(&patch.tools.memory.used);
    int failures = 0;
    for (;; failures += 1 + failures / 12) {
        struct readings readings = {0};
        allowed = failures;
        const cutis_status status =
            ct_measure(&readings, &patch.view, true, &patch.tools);
        allowed = 1 << 30;
        if (status == CUTIS_OK) {
            ct_readings_free(&readings);
            break;
        }
        ck_assert_int_eq(status, CUTIS_ERROR_MEMORY);
        ck_assert_uint_eq(atomic_load(&patch.tools.memory.used), before);
        ck_assert_int_lt(failures, 100000);
    }
    ck_assert_int_gt(failures, 50);
    patch_end(&patch);
}
END_TEST

static int stop_at_once(void *user, double done)
{
    (void)user, (void)done;
    return 1;
}

START_TEST(a_measurement_can_be_stopped)
{
    struct patch patch;
    struct readings readings = {0};
    start(&patch, 12.0);
    patch.tools.progress = stop_at_once;
    patch.tools.progress_to = 1.0;
    ck_assert_int_eq(ct_measure(&readings, &patch.view, true, &patch.tools),
                     CUTIS_ERROR_CANCELLED);
    patch_end(&patch);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("metrics");
    TCase *gates = tcase_create("gates");
    tcase_add_test(gates, good_skin_has_every_reading);
    tcase_add_test(gates, too_few_pixels_per_mm_is_said_and_never_a_number);
    tcase_add_test(gates, reasons_read_as_sentences);
    tcase_add_test(gates, blur_withholds_pores_and_nothing_else);
    tcase_add_test(gates, grey_pictures_have_no_colour_metric);
    tcase_add_test(gates, less_than_two_fifths_of_a_region_is_too_little);
    tcase_add_test(gates, skin_turned_away_drops_out);
    tcase_add_test(gates, nothing_at_all_is_no_crash);
    suite_add_tcase(suite, gates);

    TCase *whole = tcase_create("whole");
    tcase_add_test(whole, the_face_row_pools_what_is_treated);
    tcase_add_test(whole, a_facets_area_counts_instead_of_its_pixels);
    tcase_add_test(whole, threads_and_instruction_sets_never_show);
    tcase_add_test(whole, a_mirror_image_reads_the_same);
    tcase_add_test(whole, every_allocation_may_fail);
    tcase_add_test(whole, a_measurement_can_be_stopped);
    suite_add_tcase(suite, whole);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
