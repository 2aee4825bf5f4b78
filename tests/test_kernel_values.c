/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The kernels of plain C against closed forms and libm in double.  That other
 * tables agree with them is test_kernels.c's.
 */

#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "signal/signal.h"
#include "util/hash.h"

static const struct kernels *reference;

START_TEST(combinations_are_weighted_sums)
{
    const float a[2] = {1, 2}, b[2] = {3, 4}, c[2] = {5, 6}, d[2] = {7, 8};
    const float *const rows[4] = {a, b, c, d};
    float out[2];
    reference->combine3(out, a, b, c, (float[4]){1, 10, 100, 1000}, 2);
    ck_assert_float_eq(out[0], 1531);
    ck_assert_float_eq(out[1], 1642);
    reference->combine4(out, rows, (float[4]){1, 10, 100, 1000}, 2);
    ck_assert_float_eq(out[0], 7531);
    ck_assert_float_eq(out[1], 8642);
}
END_TEST

START_TEST(density_is_minus_log10_to_1e_minus_6)
{
    double worst = 0.0;
    for (double x = 1.0 / 256.0; x < 8.0; x *= 1.00001) {
        const float in = (float)x;
        float out;
        reference->density(&out, &in, 1);
        const double exact = -log10((double)in);
        if (exact != 0.0)
            worst = fmax(worst, fabs((double)out / exact - 1.0));
        else
            ck_assert_float_eq(out, 0.0f);
    }
    ck_assert_double_lt(worst, 1e-6);
}
END_TEST

START_TEST(density_ends_at_one_256th_and_keeps_nan)
{
    const float in[4] = {0.0f, -3.0f, 1.0f / 256.0f, NAN};
    float out[4];
    reference->density(out, in, 4);
    for (int i = 0; i < 3; i++)
        ck_assert_float_eq_tol(out[i], 2.40823997f, 1e-6f); /* 8 log10(2) */
    ck_assert_float_nan(out[3]);
}
END_TEST

START_TEST(transmit_is_10_to_the_minus_x_to_1e_minus_6)
{
    double worst = 0.0;
    for (double x = -30.0; x < 30.0; x += 0.00013) {
        const float in = (float)x;
        float out;
        reference->transmit(&out, &in, 1);
        worst = fmax(worst, fabs((double)out / pow(10.0, -(double)in) - 1.0));
    }
    ck_assert_double_lt(worst, 1e-6);
    const float in[3] = {0.0f, NAN, 2.0f};
    float out[3];
    reference->transmit(out, in, 3);
    ck_assert_float_eq(out[0], 1.0f);
    ck_assert_float_nan(out[1]);
}
END_TEST

static double curve(double t)
{
    return t > 216.0 / 24389.0 ? cbrt(t) : t * 841.0 / 108.0 + 4.0 / 29.0;
}

/* The worst of |L*|, |a*|, |b*| against libm in double. */
static double lab_error(const float rgb[3])
{
    const double r = (double)rgb[0], g = (double)rgb[1], b = (double)rgb[2];
    const double x =
        curve((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047);
    const double y = curve(0.2126729 * r + 0.7151522 * g + 0.0721750 * b);
    const double z =
        curve((0.0193339 * r + 0.1191920 * g + 0.9503041 * b) / 1.08883);
    float out[3];
    reference->lab(&out[0], &out[1], &out[2], &rgb[0], &rgb[1], &rgb[2], 1);
    const double l = fabs((double)out[0] - (116.0 * y - 16.0));
    const double a = fabs((double)out[1] - 500.0 * (x - y));
    return fmax(l, fmax(a, fabs((double)out[2] - 200.0 * (y - z))));
}

START_TEST(lab_is_that_of_libm_to_0_0004)
{
    double worst = 0.0;
    struct random dice;

    ct_random_seed(&dice, 5);
    for (int i = 0; i < 300000; i++) {
        const double reach = i % 3 == 0 ? 0.02 : i % 3 == 1 ? 1.0 : 4.0;
        float rgb[3];
        for (int c = 0; c < 3; c++)
            rgb[c] = (float)(reach * (ct_random_uniform(&dice) - 0.05));
        worst = fmax(worst, lab_error(rgb));
    }
    ck_assert_double_lt(worst, 4e-4);
}
END_TEST

START_TEST(filters_of_a_ramp_are_known)
{
    enum { N = 150, RADIUS = 3 };
    const float w[RADIUS + 1] = {4, 3, 2, 1};
    float ramp[N + 2 * RADIUS], even[N], odd[N];
    const float *rows[2 * RADIUS + 1];
    for (int i = 0; i < N + 2 * RADIUS; i++)
        ramp[i] = (float)i;
    for (int k = 0; k <= 2 * RADIUS; k++)
        rows[k] = ramp + k;

    /* The taps sum to 16; odd: 2 (3 1 + 2 2 + 1 3) = 20. */
    const float *const same[2] = {w, w};
    reference->symmetric_rows(even, odd, ramp + RADIUS, same, RADIUS, N);
    reference->odd_row(odd, ramp + RADIUS, w, RADIUS, N);
    for (int i = 0; i < N; i++) {
        ck_assert_float_eq(even[i], 16.0f * (float)(i + RADIUS));
        ck_assert_float_eq(odd[i], 20.0f);
    }
    reference->symmetric_column(even, rows + RADIUS, w, RADIUS, N);
    for (int i = 0; i < N; i++)
        ck_assert_float_eq(even[i], 16.0f * (float)(i + RADIUS));
}
END_TEST

/* Row r of seven has its middle at the ramp's r-th element, and is a block and
 * what is left of one wide and high. */
START_TEST(filters_of_rows_below_each_other_are_known)
{
    enum { N = 70, RADIUS = 6, COUNT = 7 };
    const float w[RADIUS + 1] = {7, 6, 5, 4, 3, 2, 1}; /* sum 49; odd: 112 */
    float ramp[N + 2 * RADIUS + COUNT], out[COUNT][N];
    const float *rows[2 * RADIUS + COUNT];
    for (int i = 0; i < N + 2 * RADIUS + COUNT; i++)
        ramp[i] = (float)i;
    for (int k = 0; k < 2 * RADIUS + COUNT; k++)
        rows[k] = ramp + k;
    const float *const *const both[2] = {rows + RADIUS, rows + RADIUS};
    const float *const same[2] = {w, w};

    reference->symmetric_columns(out[0], N, rows + RADIUS, w, RADIUS, COUNT, N);
    for (int r = 0; r < COUNT; r++)
        for (int i = 0; i < N; i++)
            ck_assert_float_eq(out[r][i], 49.0f * (float)(i + r + RADIUS));
    reference->symmetric_sums(out[0], N, both, same, RADIUS, 0.5f, COUNT, N);
    for (int r = 0; r < COUNT; r++)
        for (int i = 0; i < N; i++)
            ck_assert_float_eq(out[r][i], 49.0f * (float)(i + r + RADIUS));
    reference->odd_columns(out[0], N, rows + RADIUS, w, RADIUS, COUNT, N);
    for (int r = 0; r < COUNT; r++)
        for (int i = 0; i < N; i++)
            ck_assert_float_eq(out[r][i], 112.0f);
}
END_TEST

/* On a plane x + 100 y a symmetric filter gives its taps' sum times it. */
START_TEST(slanted_filters_of_a_plane_are_known)
{
    enum { N = 70, SIDE = 90 };
    const ptrdiff_t at[5] = {0, 2 + SIDE, 2 + 2 * SIDE, 5 + 2 * SIDE,
                             5 + 3 * SIDE};
    const float w[5] = {5, 4, 3, 2, 1}; /* 25 in all */
    float plane[10 * SIDE], out[CT_SLANT_ROWS][N];
    for (int i = 0; i < 10 * SIDE; i++)
        plane[i] = (float)(i % SIDE + 100 * (i / SIDE));
    for (int flat = 0; flat < 2; flat++)
        for (size_t n = 20; n <= N; n += N - 20) {
            const struct slant slant = {at, w, SIDE, 4, flat == 1};
            reference->slanted(out[0], N, &slant, plane + 3 * SIDE + 8, n);
            for (int r = 0; r < CT_SLANT_ROWS; r++)
                for (size_t i = 0; i < n; i++)
                    ck_assert_float_eq(
                        out[r][i], 25.0f * (float)((int)i + 8 + 100 * r + 300));
        }
}
END_TEST

START_TEST(the_greatest_leaves_its_label)
{
    float v[3] = {1, 2, 3}, best[3] = {2, 2, 2};
    uint8_t label[3] = {5, 6, 7};
    reference->greatest(best, label, v, 9, 3);
    const float greatest[3] = {2, 2, 3};
    const uint8_t labels[3] = {5, 6, 9}; /* only what is more counts */
    ck_assert_mem_eq(best, greatest, sizeof(best));
    ck_assert_mem_eq(label, labels, sizeof(label));
}
END_TEST

START_TEST(a_patch_is_weighed_where_it_lies)
{
    enum { ROWS = 2, PLACES = 5, APART = CT_LANES + PLACES };
    float w[ROWS * CT_LANES], t[ROWS * CT_LANES], seen[ROWS * APART];
    float lanes[PLACES][3][CT_LANES] = {{{0}}};
    for (int i = 0; i < ROWS * CT_LANES; i++) {
        w[i] = (float)(1 + i / CT_LANES); /* rows of 1 and 2 */
        t[i] = (float)(i % CT_LANES);
    }
    for (int i = 0; i < ROWS * APART; i++)
        seen[i] = (float)(i % APART);
    lanes[4][1][5] = 100; /* what is there stays */
    reference->correlate(lanes, PLACES, w, t, CT_LANES, seen, APART, ROWS);
    for (int p = 0; p < PLACES; p++)
        for (int i = 0; i < CT_LANES; i++) {
            const int s = i + p, more = p == 4 && i == 5 ? 100 : 0;
            ck_assert_float_eq(lanes[p][0][i], (float)(2 * i * s));
            ck_assert_float_eq(lanes[p][1][i], (float)(more + 3 * s));
            ck_assert_float_eq(lanes[p][2][i], (float)(3 * s * s));
        }
}
END_TEST

/* Slopes across the line u x + v y = 0, exp(-t^2 / 8) at a distance of t. */
START_TEST(crests_are_where_an_edge_is)
{
    enum { SIDE = 9, MIDDLE = SIDE / 2, INNER = SIDE - 2 };
    static const double direction[][2] = {{1, 0}, {0, -1}, {0.6, 0.8}};
    for (size_t k = 0; k < sizeof(direction) / sizeof(direction[0]); k++) {
        const double u = direction[k][0], v = direction[k][1];
        float x[SIDE][SIDE], y[SIDE][SIDE];
        for (int j = 0; j < SIDE; j++)
            for (int i = 0; i < SIDE; i++) {
                const double t = u * (i - MIDDLE) + v * (j - MIDDLE);
                x[j][i] = (float)(u * ct_exp(-t * t / 8));
                y[j][i] = (float)(v * ct_exp(-t * t / 8));
            }
        uint8_t mark[INNER], wanted[INNER];
        memset(wanted, 255, INNER);
        for (int j = 1; j < SIDE - 1; j++) {
            reference->crests(mark, wanted, &x[j][1], &y[j][1], SIDE, 0.01f,
                              INNER);
            for (int i = 1; i < SIDE - 1; i++) {
                const double t = u * (i - MIDDLE) + v * (j - MIDDLE);
                if (fabs(t) < 0.4 || fabs(t) > 0.6) /* half a pixel: either */
                    ck_assert_int_eq(mark[i - 1], fabs(t) < 0.5 ? 255 : 0);
            }
        }
        wanted[MIDDLE - 1] = 0;
        reference->crests(mark, wanted, &x[MIDDLE][1], &y[MIDDLE][1], SIDE,
                          0.01f, INNER);
        ck_assert_int_eq(mark[MIDDLE - 1], 0);
        wanted[MIDDLE - 1] = 255;
        reference->crests(mark, wanted, &x[MIDDLE][1], &y[MIDDLE][1], SIDE,
                          1.01f, INNER);
        ck_assert_int_eq(mark[MIDDLE - 1], 0);
    }
}
END_TEST

START_TEST(sums_count_what_the_mask_shows)
{
    enum { N = 100 };
    float v[N];
    uint8_t mask[N];
    struct sums sums = {0};
    for (int i = 0; i < N; i++) { /* 0 … 49 count, 50 … 99 do not */
        v[i] = i < 50 ? (float)i : NAN;
        mask[i] = i < 50 ? 255 : 0;
    }
    reference->masked_sums(&sums, v, mask, N);
    const struct moments m = ct_fold(&sums);
    ck_assert_uint_eq(m.count, 50);
    ck_assert_double_eq_tol(m.mean, 24.5, 1e-12);
    ck_assert_double_eq_tol(m.variance, (50.0 * 50.0 - 1.0) / 12.0, 1e-9);
    ck_assert_double_nan(ct_fold(&(struct sums){0}).mean);
}
END_TEST

START_TEST(a_product_of_matrices_is_added)
{
    enum { ROWS = 13, DEPTH = 9, N = 83 };
    float a[ROWS * DEPTH], b[DEPTH * N], c[ROWS * N];
    for (int i = 0; i < ROWS * DEPTH; i++)
        a[i] = (float)(i % 7 - 3);
    for (int i = 0; i < DEPTH * N; i++)
        b[i] = (float)(i % 11 - 5);
    for (int i = 0; i < ROWS * N; i++)
        c[i] = (float)i;

    reference->gemm(c, N, a, DEPTH, b, N, ROWS, DEPTH, N);
    for (int r = 0; r < ROWS; r++) {
        for (int j = 0; j < N; j++) {
            int sum = r * N + j; /* small whole numbers: exact in float */
            for (int k = 0; k < DEPTH; k++)
                sum += ((r * DEPTH + k) % 7 - 3) * ((k * N + j) % 11 - 5);
            ck_assert_float_eq(c[r * N + j], (float)sum);
        }
    }
}
END_TEST

START_TEST(products_are_added_lane_by_lane)
{
    float a[2][2 * CT_LANES], b[2 * CT_LANES], lanes[2 * CT_LANES];
    const float *const rows[2] = {a[0], a[1]};
    for (int i = 0; i < 2 * CT_LANES; i++) {
        a[0][i] = (float)i;
        a[1][i] = 2;
        b[i] = (float)(1 + i / CT_LANES);
        lanes[i] = 1000;
    }
    reference->dots(lanes, rows, 2, b, 2 * CT_LANES);
    for (int i = 0; i < CT_LANES; i++) {
        ck_assert_float_eq(lanes[i], (float)(1000 + i + 2 * (i + CT_LANES)));
        ck_assert_float_eq(lanes[CT_LANES + i], 1006);
    }
}
END_TEST

START_TEST(columns_are_eliminated)
{
    double lanes[CT_LANES], at[2 * CT_LANES];
    const double by[CT_LANES + 1] = {10, [CT_LANES] = 100};
    for (int i = 0; i < CT_LANES; i++) {
        lanes[i] = 7;
        at[i] = i;
        at[CT_LANES + i] = 1;
    }
    reference->eliminate(lanes, at, by, CT_LANES, 2);
    for (int i = 0; i < CT_LANES; i++)
        ck_assert_double_eq(lanes[i], 7 - 10 * i - 100);
}
END_TEST

START_TEST(a_line_through_a_ramp_is_known)
{
    enum { WIDE = 8, HIGH = 5, FROM = 1, END = 6 };
    float ramp[HIGH * WIDE], out[END + 1];
    const struct plane plane = {ramp, WIDE, WIDE, HIGH};
    const float at[2] = {-1.5f, 1.25f}, by[2] = {2.25f, 0.5f};
    for (int i = 0; i < HIGH * WIDE; i++)
        ramp[i] = (float)(i % WIDE + 10 * (i / WIDE));
    out[0] = out[END] = -1;
    reference->along(out, &plane, at, by, FROM, END);
    for (int i = FROM; i < END; i++) {
        const double x = fmin(fmax(-1.5 + 2.25 * i, 0), WIDE - 1);
        const double y = fmin(1.25 + 0.5 * i, HIGH - 1);
        ck_assert_float_eq_tol(out[i], (float)(x + 10 * y), 0.02f);
    }
    ck_assert_float_eq(out[0], -1);
    ck_assert_float_eq(out[END], -1);
}
END_TEST

START_TEST(a_depthwise_filter_keeps_channels_apart)
{
    enum { CHANNELS = 21, PIXELS = 3, TAPS = 2, STEP = 2 * CHANNELS };
    float in[TAPS][PIXELS * STEP], weight[TAPS * CHANNELS], bias[CHANNELS];
    float out[PIXELS * CHANNELS];
    for (int i = 0; i < PIXELS * STEP; i++) {
        in[0][i] = (float)(i % 7);
        in[1][i] = (float)(i % 5);
    }
    for (int i = 0; i < TAPS * CHANNELS; i++)
        weight[i] = (float)(i - 9);
    for (int i = 0; i < CHANNELS; i++)
        bias[i] = (float)(1000 * i);

    const float *const taps[TAPS] = {in[0], in[1]};
    reference->depthwise(out, taps, weight, bias, TAPS, STEP, PIXELS, CHANNELS);
    for (int p = 0; p < PIXELS; p++)
        for (int i = 0; i < CHANNELS; i++) {
            const int at = p * STEP + i;
            const int sum =
                1000 * i + at % 7 * (i - 9) + at % 5 * (i + CHANNELS - 9);
            ck_assert_float_eq(out[p * CHANNELS + i], (float)sum);
        }
}
END_TEST

int main(void)
{
    reference = ct_kernels_get(CUTIS_ISA_C);

    Suite *suite = suite_create("kernel values");
    TCase *tests = tcase_create("values");
    suite_add_tcase(suite, tests);
    tcase_add_test(tests, combinations_are_weighted_sums);
    tcase_add_test(tests, density_is_minus_log10_to_1e_minus_6);
    tcase_add_test(tests, density_ends_at_one_256th_and_keeps_nan);
    tcase_add_test(tests, transmit_is_10_to_the_minus_x_to_1e_minus_6);
    tcase_add_test(tests, lab_is_that_of_libm_to_0_0004);
    tcase_add_test(tests, filters_of_a_ramp_are_known);
    tcase_add_test(tests, filters_of_rows_below_each_other_are_known);
    tcase_add_test(tests, slanted_filters_of_a_plane_are_known);
    tcase_add_test(tests, the_greatest_leaves_its_label);
    tcase_add_test(tests, a_patch_is_weighed_where_it_lies);
    tcase_add_test(tests, crests_are_where_an_edge_is);
    tcase_add_test(tests, sums_count_what_the_mask_shows);
    tcase_add_test(tests, a_product_of_matrices_is_added);
    tcase_add_test(tests, products_are_added_lane_by_lane);
    tcase_add_test(tests, columns_are_eliminated);
    tcase_add_test(tests, a_line_through_a_ramp_is_known);
    tcase_add_test(tests, a_depthwise_filter_keeps_channels_apart);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
