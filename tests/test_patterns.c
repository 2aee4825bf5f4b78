/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Co-occurrence, binary patterns and the spectrum's slope: Haralick's example,
 * a photograph as scikit-image reads it (oracles/texture.py), fields of known
 * slope.
 */

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "measure/patterns.h"
#include "oracles/texture.inc"
#include "patch.h"
#include "signal/fft.h"

#define PI 3.14159265358979323846

static struct tools tools;

static void set_up(void)
{
    memset(&tools, 0, sizeof(tools));
    tools.kernels = ct_kernels_best(CUTIS_ISA_BEST);
    tools.threads = 1;
}

enum { SIZE = CT_GLCM_SIZE };
static uint32_t counts[CT_GLCM_ANGLES][SIZE];
static uint32_t of_region[CT_REGIONS][SIZE];

/* Pairs in one region. */
static void count_in(uint32_t *out, const struct bytes *levels,
                     const struct bytes *region, int wanted, int distance,
                     int angle)
{
    memset(of_region, 0, sizeof(of_region));
    ct_glcm_count(of_region, levels, region, distance, angle, 1);
    memcpy(out, of_region[wanted], sizeof(of_region[wanted]));
}

static struct bytes bytes_of(int side, int value)
{
    struct bytes out = {0};
    ck_assert_int_eq(ct_bytes_create(&out, side, side, &tools), CUTIS_OK);
    for (int y = 0; y < side; y++)
        memset(ct_byte_row(&out, y), value, (size_t)side);
    return out;
}

/* ---- Haralick, Shanmugam, Dinstein 1973 ---------------------------------- */

static const uint8_t example[4][4] = {
    {0, 0, 1, 1}, {0, 0, 1, 1}, {0, 2, 2, 2}, {2, 2, 3, 3}};

static const uint32_t published[CT_GLCM_ANGLES][4][4] = {
    {{4, 2, 1, 0}, {2, 4, 0, 0}, {1, 0, 6, 1}, {0, 0, 1, 2}},
    {{2, 1, 3, 0}, {1, 2, 1, 0}, {3, 1, 0, 2}, {0, 0, 2, 0}},
    {{6, 0, 2, 0}, {0, 4, 2, 0}, {2, 2, 2, 2}, {0, 0, 2, 0}},
    {{4, 1, 0, 0}, {1, 2, 2, 0}, {0, 2, 4, 1}, {0, 0, 1, 0}}};

static void count_example(void)
{
    struct bytes levels = bytes_of(4, 0), region = bytes_of(4, 3);
    for (int y = 0; y < 4; y++)
        memcpy(ct_byte_row(&levels, y), example[y], 4);
    memset(counts, 0, sizeof(counts));
    for (int angle = 0; angle < CT_GLCM_ANGLES; angle++)
        count_in(counts[angle], &levels, &region, 3, 1, angle);
    ct_bytes_free(&levels);
    ct_bytes_free(&region);
}

START_TEST(counts_are_haralicks)
{
    count_example();
    for (int angle = 0; angle < CT_GLCM_ANGLES; angle++)
        for (int i = 0; i < 4; i++)
            for (int j = 0; j < 4; j++)
                ck_assert_uint_eq(counts[angle][i * CT_GLCM_LEVELS + j] +
                                      counts[angle][j * CT_GLCM_LEVELS + i],
                                  published[angle][i][j]);
}
END_TEST

/* Of two rows the upper one is in rows 0, 2, ... */
START_TEST(every_second_row_is_the_upper_one)
{
    struct bytes levels = bytes_of(4, 0), region = bytes_of(4, 3);
    uint32_t expected[SIZE] = {0}, seen = 0;
    for (int y = 0; y < 4; y++)
        memcpy(ct_byte_row(&levels, y), example[y], 4);
    for (int y = 0; y < 4; y += 2)
        for (int x = 0; x + 1 < 4; x++)
            expected[example[y][x] * CT_GLCM_LEVELS + example[y][x + 1]]++;
    memset(of_region, 0, sizeof(of_region));
    ct_glcm_count(of_region, &levels, &region, 1, 0, 2);
    ck_assert_mem_eq(of_region[3], expected, sizeof(expected));

    memset(of_region, 0, sizeof(of_region));
    ct_glcm_count(of_region, &levels, &region, 1, 2, 2);
    for (int i = 0; i < SIZE; i++)
        seen += of_region[3][i];
    ck_assert_uint_eq(seen, 2 * 4);
    ct_bytes_free(&levels);
    ct_bytes_free(&region);
}
END_TEST

static const double of_angle[CT_GLCM_ANGLES][5] = {
    {.583333, .808333, 2.094729, .719533, .145833},
    {1.777778, .511111, 2.216102, .162791, .117284},
    {1.0, .7, 2.094729, .485714, .138889},
    {.444444, .777778, 2.043192, .735294, .148148}};

START_TEST(features_are_haralicks)
{
    struct glcm mean, one;
    count_example();
    ct_glcm_features(&mean, (const uint32_t(*)[SIZE])counts);
    ck_assert_double_eq_tol(mean.contrast, .951389, 1e-6);
    for (int angle = 0; angle < CT_GLCM_ANGLES; angle++) {
        uint32_t(*alone)[SIZE] = calloc(CT_GLCM_ANGLES, sizeof(*alone));
        for (int k = 0; k < CT_GLCM_ANGLES; k++)
            memcpy(alone[k], counts[angle], sizeof(*alone));
        ct_glcm_features(&one, (const uint32_t(*)[SIZE])alone);
        free(alone);
        ck_assert_double_eq_tol(one.contrast, of_angle[angle][0], 1e-6);
        ck_assert_double_eq_tol(one.homogeneity, of_angle[angle][1], 1e-6);
        ck_assert_double_eq_tol(one.entropy, of_angle[angle][2], 1e-6);
        ck_assert_double_eq_tol(one.correlation, of_angle[angle][3], 1e-6);
        ck_assert_double_eq_tol(one.asm_, of_angle[angle][4], 1e-6);
    }
}
END_TEST

START_TEST(pairs_across_a_border_do_not_count)
{
    struct bytes levels = bytes_of(8, 5), region = bytes_of(8, 1);
    for (int y = 0; y < 8; y++)
        for (int x = 0; x < 4; x++)
            ct_byte_row(&region, y)[x] = 2;
    memset(counts, 0, sizeof(counts));
    count_in(counts[0], &levels, &region, 1, 2, 0);
    ck_assert_uint_eq(counts[0][5 * CT_GLCM_LEVELS + 5], 8 * 2);
    ct_bytes_free(&levels);
    ct_bytes_free(&region);
}
END_TEST

/* ---- A photograph -------------------------------------------------------- */

static uint8_t piece[PIECE_SIDE][PIECE_SIDE];

/* The piece's green samples; false, loudly, without the photograph. */
static bool take_piece(void)
{
    const cutis_options limits = CUTIS_OPTIONS_DEFAULT;
    const char *const folder = getenv("CUTIS_SHARED");
    struct picture picture = {0};
    char path[4096];
    snprintf(path, sizeof(path), "%s/%s", folder ? folder : "", PIECE_NAME);
    if (ct_acquire_file(&picture, path, &limits, &tools) != CUTIS_OK) {
        printf("SKIPPED: %s is not there\n", path);
        return false;
    }
    for (int y = 0; y < PIECE_SIDE; y++)
        for (int x = 0; x < PIECE_SIDE; x++)
            piece[y][x] =
                ((const uint8_t *)picture
                     .samples)[((size_t)(PIECE_Y + y) * (size_t)picture.width +
                                (size_t)(PIECE_X + x)) *
                                   3 +
                               1];
    ct_picture_free(&picture);
    return true;
}

START_TEST(co_occurrence_of_a_photograph_is_scikit_images)
{
    if (!take_piece())
        return;
    struct bytes levels = bytes_of(PIECE_SIDE, 0);
    struct bytes region = bytes_of(PIECE_SIDE, 0);
    for (int y = 0; y < PIECE_SIDE; y++)
        for (int x = 0; x < PIECE_SIDE; x++)
            ct_byte_row(&levels, y)[x] = piece[y][x] / 4;
    for (int step = 0; step < 3; step++) {
        const double *expected = piece_glcm[step];
        struct glcm found;
        memset(counts, 0, sizeof(counts));
        for (int angle = 0; angle < CT_GLCM_ANGLES; angle++)
            count_in(counts[angle], &levels, &region, 0, 2 << step, angle);
        ct_glcm_features(&found, (const uint32_t(*)[SIZE])counts);
        ck_assert_double_eq_tol(found.contrast, expected[0], 1e-7);
        ck_assert_double_eq_tol(found.homogeneity, expected[1], 1e-9);
        ck_assert_double_eq_tol(found.entropy, expected[2], 1e-8);
        ck_assert_double_eq_tol(found.correlation, expected[3], 1e-9);
        ck_assert_double_eq_tol(found.asm_, expected[4], 1e-11);
    }
    ct_bytes_free(&levels);
    ct_bytes_free(&region);
}
END_TEST

static void compare_codes(int points, int radius, const int *expected)
{
    struct plane plane = {0};
    struct circle circle;
    uint8_t code[PIECE_SIDE];
    int count[18] = {0};
    ck_assert_int_eq(ct_plane_create(&plane, PIECE_SIDE, PIECE_SIDE, &tools),
                     CUTIS_OK);
    for (int y = 0; y < PIECE_SIDE; y++)
        for (int x = 0; x < PIECE_SIDE; x++)
            ct_row(&plane, y)[x] = piece[y][x];
    ct_lbp_circle(&circle, points, radius);
    for (int y = radius; y < PIECE_SIDE - radius; y++) {
        tools.kernels->lbp(code, &plane, &circle, radius, y,
                           PIECE_SIDE - 2 * (size_t)radius);
        for (int x = 0; x < PIECE_SIDE - 2 * radius; x++)
            count[code[x]]++;
    }
    for (int i = 0; i < points + 2; i++)
        ck_assert_int_eq(count[i], expected[i]);
    ct_plane_free(&plane);
}

START_TEST(binary_patterns_of_a_photograph_are_scikit_images)
{
    if (!take_piece())
        return;
    compare_codes(8, 1, piece_lbp8);
    compare_codes(16, 2, piece_lbp16);
}
END_TEST

START_TEST(the_spectrum_of_a_photograph_is_numpys)
{
    static const int at[5][2] = {{1, 0}, {0, 1}, {3, -5}, {-20, 11}, {64, 64}};
    struct fft fft;
    if (!take_piece())
        return;
    ck_assert_int_eq(ct_fft_create(&fft, PIECE_SIDE, &tools), CUTIS_OK);
    for (int i = 0; i < PIECE_SIDE * PIECE_SIDE; i++)
        fft.im[i] = piece[i / PIECE_SIDE][i % PIECE_SIDE];
    ct_fft_square(&fft);
    for (int i = 0; i < 5; i++) {
        double power[2];
        ct_fft_powers(power, &fft, at[i][0], at[i][1]);
        ck_assert_double_eq_tol(power[1] / piece_power[i], 1, 1e-9);
        ck_assert_double_eq_tol(power[0], 0, 1e-9);
    }
    ct_fft_free(&fft);
}
END_TEST

/* ---- Readings of a patch ------------------------------------------------- */

enum { WAVES = 900 };

/* Waves of random direction at frequencies in equal ratios whose power falls
 * as f^-beta. */
struct field {
    double kx[WAVES], ky[WAVES], phase[WAVES], height[WAVES];
};

static void field_ink(double od[3], double x, double y, void *user)
{
    const struct field *field = user;
    double v = 0.0;
    for (int i = 0; i < WAVES; i++)
        v += field->height[i] *
             cos(field->kx[i] * x + field->ky[i] * y + field->phase[i]);
    od[0] = 0.25 + v;
    od[1] = 0.45 + v;
    od[2] = 0.60 + v;
}

/* A ring of f to f + df holds f^(1 - beta) df, and as many waves as df / f. */
static void make_field(struct field *field, double beta, double height)
{
    uint64_t seed = 5;
    for (int i = 0; i < WAVES; i++) {
        const double angle = 2 * PI * patch_random(&seed);
        const double f = 0.05 * pow(40.0, (i + 0.5) / WAVES);
        field->kx[i] = 2 * PI * f * cos(angle);
        field->ky[i] = 2 * PI * f * sin(angle);
        field->phase[i] = 2 * PI * patch_random(&seed);
        field->height[i] = height * pow(f, 1 - beta / 2);
    }
}

static const double betas[] = {2.0, 3.0};

START_TEST(a_power_law_has_its_slope)
{
    static struct field field;
    struct patch patch;
    make_field(&field, betas[_i], 0.0006);
    patch_start(&patch, 480, 480, 8.0);
    patch_paint(&patch, field_ink, &field);
    patch_noise(&patch, 0.01, 3);
    patch.view.noise_cod = 0.35;
    patch_measure(&patch, false);
    const double beta = patch_detail(&patch, CT_TEXTURE, CT_CHEEK_L, "beta");
    printf("    power law of %g: beta %.3f\n", betas[_i], beta);
    ck_assert_double_eq_tol(beta, betas[_i], 0.15);
    patch_end(&patch);
}
END_TEST

/* A wave of height a and length l has the contrast a^2 (1 - cos(2 pi d / l))
 * along its direction at a distance d, none across, and the diagonals' steps
 * are rounded.  The patch holds nine, so that no two pixels of the grid have
 * the same phase: rounding to levels would not even out. */
static const double wave_mm = 40.0 / 9.0;

static void wave_ink(double od[3], double x, double y, void *user)
{
    (void)y, (void)user;
    const double v = 0.08 * cos(2 * PI * x / wave_mm);
    od[0] = 0.25 + v;
    od[1] = 0.45 + v;
    od[2] = 0.60 + v;
}

static const double scales[] = {8.0, 9.5, 12.0, 16.0};

START_TEST(contrast_is_in_squared_density_at_any_resolution)
{
    static const char *const name[] = {"GLCM_contrast_0.25",
                                       "GLCM_contrast_0.5", "GLCM_contrast_1"};
    static const double along[] = {0.25, 0.5, 1}, slant[] = {1, 3, 6};
    struct patch patch;
    const double scale = scales[_i];
    patch_start(&patch, (int)(40 * scale), (int)(40 * scale), scale);
    patch_paint(&patch, wave_ink, NULL);
    patch_measure(&patch, false);
    const double k2 = 2 * PI * PI / (wave_mm * wave_mm);
    /* What 0.25 to 4 mm and the floor of 0.10 mm let through, cOD. */
    const double a = 8 * (exp(-0.0625 * k2) - exp(-16 * k2)) * exp(-0.01 * k2);
    for (int k = 0; k < 3; k++) {
        const double expected =
            a * a *
            ((1 - cos(2 * PI * along[k] / wave_mm)) +
             2 * (1 - cos(2 * PI * slant[k] / 8 / wave_mm))) /
            4;
        /* Rounding to levels adds 2 / 12 squared levels. */
        const double found =
            patch_detail(&patch, CT_TEXTURE, CT_CHEEK_L, name[k]) -
            0.25 * 2 / 12;
        ck_assert_msg(fabs(found / expected - 1) < 0.02, "%s: %g, not %g",
                      name[k], found, expected);
    }
    patch_end(&patch);
}
END_TEST

int main(void)
{
    setvbuf(stdout, NULL, _IONBF, 0);
    Suite *suite = suite_create("patterns");
    TCase *all = tcase_create("all");
    tcase_add_checked_fixture(all, set_up, NULL);
    tcase_add_test(all, counts_are_haralicks);
    tcase_add_test(all, every_second_row_is_the_upper_one);
    tcase_add_test(all, features_are_haralicks);
    tcase_add_test(all, pairs_across_a_border_do_not_count);
    tcase_add_test(all, co_occurrence_of_a_photograph_is_scikit_images);
    tcase_add_test(all, binary_patterns_of_a_photograph_are_scikit_images);
    tcase_add_test(all, the_spectrum_of_a_photograph_is_numpys);
    tcase_add_loop_test(all, a_power_law_has_its_slope, 0, 2);
    tcase_add_loop_test(all, contrast_is_in_squared_density_at_any_resolution,
                        0, 4);
    suite_add_tcase(suite, all);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
