/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Filters on a real photograph against SciPy and scikit-image, whose figures
 * stand in oracles/filters.inc with the script that made them.
 */

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "measure/measure.h"
#include "oracles/filters.inc"
#include "oracles/lab.inc"

enum { STEP = 43, FIRST = 20, ACROSS = 6 };

static struct tools tools;
static struct plane crop, source, lab[3];
static struct bytes mask, dark;
static bool there;

/* The crop as CIELAB and as 100 times linear green, and where its code is DARK
 * or more. */
static void read_crop(const struct picture *picture)
{
    float red[SIDE], blue[SIDE];
    const float least = (float)(100.0 * ct_srgb_decode(DARK / 255.0) - 1e-3);
    for (int y = 0; y < SIDE; y++) {
        float *const row = ct_row(&crop, y);
        ct_picture_linear(picture, LEFT, TOP + y, SIDE, red, row, blue);
        tools.kernels->lab(ct_row(&lab[0], y), ct_row(&lab[1], y),
                           ct_row(&lab[2], y), red, row, blue, SIDE);
        for (int x = 0; x < SIDE; x++) {
            row[x] *= 100.0f;
            ct_byte_row(&mask, y)[x] = row[x] >= least ? 255 : 0;
        }
    }
}

static void setup(void)
{
    const char *const shared = getenv("CUTIS_SHARED");
    struct picture picture;
    char path[4096];
    tools = (struct tools){.threads = 2,
                           .kernels = ct_kernels_best(CUTIS_ISA_BEST)};
    snprintf(path, sizeof(path), "%s/photos/canada/022f.jpg",
             shared ? shared : "../shared");
    FILE *const file = fopen(path, "rb");
    there = file != NULL;
    if (!there) {
        puts("SKIPPED: ../shared is not there");
        return;
    }
    fclose(file);
    const cutis_options limits = CUTIS_OPTIONS_DEFAULT;
    ck_assert_int_eq(ct_acquire_file(&picture, path, &limits, &tools),
                     CUTIS_OK);
    ck_assert_int_eq(ct_plane_create(&crop, SIDE, SIDE, &tools), CUTIS_OK);
    ck_assert_int_eq(ct_plane_create(&source, SIDE, SIDE, &tools), CUTIS_OK);
    for (int c = 0; c < 3; c++)
        ck_assert_int_eq(ct_plane_create(&lab[c], SIDE, SIDE, &tools),
                         CUTIS_OK);
    ck_assert_int_eq(ct_bytes_create(&mask, SIDE, SIDE, &tools), CUTIS_OK);
    ck_assert_int_eq(ct_bytes_create(&dark, 192, 128, &tools), CUTIS_OK);
    read_crop(&picture);
    ct_picture_free(&picture);
    for (int y = 0; y < dark.height; y++)
        for (int x = 0; x < dark.width; x++)
            ct_byte_row(&dark, y)[x] = ct_byte_row(&mask, y)[x] ? 0 : 255;
}

static void teardown(void)
{
    ct_plane_free(&crop);
    ct_plane_free(&source);
    for (int c = 0; c < 3; c++)
        ct_plane_free(&lab[c]);
    ct_bytes_free(&mask);
    ct_bytes_free(&dark);
    ck_assert_uint_eq(atomic_load(&tools.memory.used), 0);
}

START_TEST(the_crop_is_the_one_that_was_looked_at)
{
    double sum = 0.0, count = 0.0;
    if (!there)
        return;
    for (int y = 0; y < SIDE; y++)
        for (int x = 0; x < SIDE; x++) {
            sum += (double)ct_row(&crop, y)[x];
            count += ct_byte_row(&mask, y)[x] != 0;
        }
    ck_assert_double_eq_tol(sum, crop_sums[0], 1.0);
    ck_assert_double_eq(count, crop_sums[1]);
}
END_TEST

/* scikit-image rounds the matrix and the white to six digits. */
START_TEST(cielab_is_that_of_scikit_image)
{
    const double within = 0.005;
    double worst = 0.0;
    if (!there)
        return;
    for (int c = 0; c < 3; c++) {
        double sum = 0.0, squares = 0.0;
        for (int y = 0; y < SIDE; y++)
            for (int x = 0; x < SIDE; x++)
                sum += (double)ct_row(&lab[c], y)[x];
        const double mean = sum / (SIDE * SIDE);
        for (int y = 0; y < SIDE; y++)
            for (int x = 0; x < SIDE; x++)
                squares += ((double)ct_row(&lab[c], y)[x] - mean) *
                           ((double)ct_row(&lab[c], y)[x] - mean);
        ck_assert_double_eq_tol(mean, lab_of_all[c], within);
        ck_assert_double_eq_tol(sqrt(squares / (SIDE * SIDE)),
                                lab_of_all[3 + c], within);
        for (int k = 0; k < ACROSS * ACROSS; k++) {
            const int x = FIRST + STEP * (k % ACROSS);
            const int y = FIRST + STEP * (k / ACROSS);
            const double off =
                fabs((double)ct_row(&lab[c], y)[x] - lab_at[3 * k + c]);
            worst = off > worst ? off : worst;
        }
    }
    printf("    CIELAB: off by %.5f at most\n", worst);
    ck_assert_double_le(worst, within);
}
END_TEST

/* Values run from 13 to 29; the wide one goes by way of a decimated plane. */
START_TEST(masked_gaussians_are_those_of_scipy)
{
    static const struct {
        double sigma, within;
        const double *value;
    } cases[] = {
        {1.3, 0.005, masked_1_3}, {4.0, 0.005, masked_4}, {9.0, 0.1, masked_9}};
    if (!there)
        return;
    ck_assert_int_eq(
        ct_gauss_masked(&source, &crop, &mask, cases[_i].sigma, false, &tools),
        CUTIS_OK);
    for (int k = 0; k < ACROSS * ACROSS; k++) {
        const int x = FIRST + STEP * (k % ACROSS);
        const int y = FIRST + STEP * (k / ACROSS);
        const double value = (double)ct_row(&source, y)[x];
        if (cases[_i].value[k] < 0.0)
            ck_assert_double_nan(value);
        else
            ck_assert_double_eq_tol(value, cases[_i].value[k],
                                    cases[_i].within);
    }
}
END_TEST

START_TEST(a_difference_of_masked_gaussians_is_that_of_scipy)
{
    struct plane wide;
    double squares = 0.0, sum = 0.0, count = 0.0;
    if (!there)
        return;
    ck_assert_int_eq(ct_plane_create(&wide, SIDE, SIDE, &tools), CUTIS_OK);
    ck_assert_int_eq(ct_gauss_masked(&source, &crop, &mask, 1.3, true, &tools),
                     CUTIS_OK);
    ck_assert_int_eq(ct_gauss_masked(&wide, &crop, &mask, 4.0, true, &tools),
                     CUTIS_OK);
    for (int y = 0; y < SIDE; y++)
        for (int x = 0; x < SIDE; x++) {
            const double value =
                (double)(ct_row(&source, y)[x] - ct_row(&wide, y)[x]);
            if (!ct_byte_row(&mask, y)[x])
                continue;
            squares += value * value;
            sum += value;
            count += 1.0;
        }
    ct_plane_free(&wide);
    ck_assert_double_eq_tol(sqrt(squares / count), band[0], 0.005 * band[0]);
    ck_assert_double_eq_tol(sum / count, band[1], 0.002);
}
END_TEST

/* The blob of `found` nearest to (x, y), by at most three pixels: wide
 * ones are sought on a reduced plane. */
static const struct blob *near(const struct blobs *found, double x, double y)
{
    const struct blob *best = NULL;
    double least = 9.0;
    for (size_t i = 0; i < found->count; i++) {
        const double dx = (double)found->at[i].x - x;
        const double dy = (double)found->at[i].y - y;
        if (dx * dx + dy * dy <= least) {
            least = dx * dx + dy * dy;
            best = &found->at[i];
        }
    }
    return best;
}

/* Those that answer clearly: near the threshold a maximum may tip over, and
 * ours lies between pixels and scales, so it answers a little more.  On a
 * ridge two maxima side by side at neighbouring scales may be none on the
 * reduced plane of wide scales. */
START_TEST(blobs_are_those_of_scikit_image)
{
    struct blob_search search = {.source = &source,
                                 .mask = &mask,
                                 .scales = 7,
                                 .threshold = 0.6,
                                 .radius = 1.5,
                                 .roundness = -10.0};
    struct blobs found;
    int clear = 0, met = 0;
    if (!there)
        return;
    for (int y = 0; y < SIDE; y++)
        memset(ct_byte_row(&mask, y), 255, SIDE);
    for (int i = 0; i < search.scales; i++)
        search.sigma[i] = 2.0 * pow(2.0, i / 3.0);
    ck_assert_int_eq(ct_gauss(&source, &crop, 12.0, &tools), CUTIS_OK);
    for (int y = 0; y < SIDE; y++)
        for (int x = 0; x < SIDE; x++)
            ct_row(&source, y)[x] -= ct_row(&crop, y)[x];
    ck_assert_int_eq(ct_blobs_find(&found, &search, &tools), CUTIS_OK);
    for (size_t i = 0; i + 3 < sizeof(blobs) / sizeof(*blobs); i += 4) {
        if (blobs[i + 3] < 1.2)
            continue;
        const struct blob *own =
            near(&found, blobs[i] + 0.5, blobs[i + 1] + 0.5);
        clear++;
        if (!own)
            continue;
        met++;
        ck_assert_double_eq_tol(log((double)own->sigma / blobs[i + 2]), 0.0,
                                log(2.0) / 3.0);
        ck_assert_double_eq_tol((double)own->response / blobs[i + 3], 1.02,
                                0.05);
    }
    ct_free(found.at);
    ck_assert_int_ge(clear, 30);
    ck_assert_int_ge(met, clear * 85 / 100);
}
END_TEST

static bool kept(int x, int y)
{
    unsigned byte = 0;
    if (x < 0 || y < 0 || x >= dark.width || y >= dark.height)
        return false;
    sscanf(skeleton[y] + x / 8 * 2, "%2x", &byte);
    return byte >> (7 - x % 8) & 1;
}

static bool ours(int x, int y)
{
    return x >= 0 && y >= 0 && x < dark.width && y < dark.height &&
           ct_byte_row(&dark, y)[x];
}

/* Whether `there` holds within one pixel. */
static bool beside(bool (*has)(int, int), int x, int y)
{
    for (int j = -1; j <= 1; j++)
        for (int i = -1; i <= 1; i++)
            if (has(x + i, y + j))
                return true;
    return false;
}

/* Zhang and Suen both, but scikit-image's tables keep short spurs that the
 * paper's conditions take off; ours then cuts corners, within a pixel. */
START_TEST(thinned_lines_are_those_of_scikit_image)
{
    int own = 0, other = 0, strays = 0, spurs = 0;
    if (!there)
        return;
    ck_assert_int_eq(ct_thin(&dark, &tools), CUTIS_OK);
    for (int y = 0; y < dark.height; y++)
        for (int x = 0; x < dark.width; x++) {
            own += ours(x, y);
            other += kept(x, y);
            strays += ours(x, y) && !beside(kept, x, y);
            spurs += kept(x, y) && !beside(ours, x, y);
        }
    ck_assert_int_gt(other, 500);
    ck_assert_int_eq(strays, 0);
    ck_assert_int_le(spurs, other * 6 / 100);
    ck_assert_int_ge(own, other * 8 / 10);
    ck_assert_int_le(own, other * 12 / 10);
}
END_TEST

static int count_of(const struct bytes *of)
{
    int count = 0;
    for (int y = 0; y < of->height; y++)
        for (int x = 0; x < of->width; x++)
            count += ct_byte_row(of, y)[x] != 0;
    return count;
}

START_TEST(disks_grow_and_shrink_a_mask_as_in_scikit_image)
{
    struct bytes copy;
    if (!there)
        return;
    ck_assert_int_eq(ct_bytes_create(&copy, dark.width, dark.height, &tools),
                     CUTIS_OK);
    for (int y = 0; y < dark.height; y++)
        memcpy(ct_byte_row(&copy, y), ct_byte_row(&dark, y),
               (size_t)dark.width);
    ck_assert_int_eq(ct_dilate(&copy, disks[3 * _i], &tools), CUTIS_OK);
    ck_assert_int_eq(count_of(&copy), (int)disks[3 * _i + 1]);
    ck_assert_int_eq(ct_erode(&dark, disks[3 * _i], &tools), CUTIS_OK);
    ck_assert_int_eq(count_of(&dark), (int)disks[3 * _i + 2]);
    ct_bytes_free(&copy);
}
END_TEST

START_TEST(components_are_as_many_as_in_scikit_image)
{
    if (!there)
        return;
    for (int eight = 0; eight < 2; eight++) {
        struct components found;
        ck_assert_int_eq(ct_components(&found, &dark, !eight, &tools),
                         CUTIS_OK);
        ck_assert_int_eq(found.count, (int)components[eight]);
        ct_components_free(&found);
    }
}
END_TEST

int main(void)
{
    Suite *const suite = suite_create("filters");
    TCase *const tests = tcase_create("photograph");
    suite_add_tcase(suite, tests);
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, the_crop_is_the_one_that_was_looked_at);
    tcase_add_test(tests, cielab_is_that_of_scikit_image);
    tcase_add_loop_test(tests, masked_gaussians_are_those_of_scipy, 0, 3);
    tcase_add_test(tests, a_difference_of_masked_gaussians_is_that_of_scipy);
    tcase_add_test(tests, blobs_are_those_of_scikit_image);
    tcase_add_test(tests, thinned_lines_are_those_of_scikit_image);
    tcase_add_loop_test(tests, disks_grow_and_shrink_a_mask_as_in_scikit_image,
                        0, 4);
    tcase_add_test(tests, components_are_as_many_as_in_scikit_image);

    SRunner *const runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
