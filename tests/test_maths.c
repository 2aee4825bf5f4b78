/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Arithmetic against libm in long double, distributions against figures of
 * tests/oracles/student.py, and the small linear algebra.
 */

#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "signal/signal.h"

#define MOST_ULP 2.0

static double random_between(double low, double high)
{
    static uint64_t dice = 88172645463325252u;
    dice ^= dice << 13;
    dice ^= dice >> 7;
    dice ^= dice << 17;
    return low + (high - low) * ((double)(dice >> 11) * 0x1p-53);
}

/* Units in the last place between `actual` and `exact`. */
static double ulps(double actual, long double exact)
{
    const double near = fabs((double)exact);
    const double unit = nextafter(near, (double)INFINITY) - near;
    return (double)(fabsl((long double)actual - exact) / (long double)unit);
}

/* Many x from a wide range, evenly in the logarithm. */
static double random_positive(double decades)
{
    return pow(10.0, random_between(-decades, decades));
}

enum { TRIES = 200000 };

START_TEST(logarithms_are_right_to_2_ulp)
{
    for (int i = 0; i < TRIES; i++) {
        const double x =
            i % 2 ? random_positive(300) : random_between(0.9, 1.1);
        ck_assert_double_lt(ulps(ct_log(x), logl((long double)x)), MOST_ULP);
        ck_assert_double_lt(ulps(ct_log10(x), log10l((long double)x)),
                            MOST_ULP);
    }
    const double least = 0x1p-1074;
    ck_assert_double_eq(ct_log(1.0), 0.0);
    ck_assert_double_lt(ulps(ct_log(least), logl((long double)least)),
                        MOST_ULP);
    ck_assert_double_infinite(ct_log(0.0));
    ck_assert_double_nan(ct_log(-1.0));
    ck_assert_double_nan(ct_log10((double)NAN));
}
END_TEST

START_TEST(exponentials_are_right_to_2_ulp)
{
    for (int i = 0; i < TRIES; i++) {
        const double x =
            i % 2 ? random_between(-700, 700) : random_between(-1, 1);
        ck_assert_double_lt(ulps(ct_exp(x), expl((long double)x)), MOST_ULP);
    }
    ck_assert_double_eq(ct_exp(0.0), 1.0);
    ck_assert_double_eq(ct_exp(-1000.0), 0.0);
    ck_assert_double_infinite(ct_exp(1000.0));
    ck_assert_double_nan(ct_exp((double)NAN));
    /* Among the subnormals a unit is a larger share. */
    ck_assert_double_eq_tol(ct_exp(-740.0), exp(-740.0), 1e-323);
}
END_TEST

START_TEST(powers_are_right_to_2_ulp)
{
    for (int i = 0; i < TRIES; i++) {
        const double x = random_positive(20), y = random_between(-14, 14);
        const long double exact = powl((long double)x, (long double)y);
        ck_assert_double_lt(ulps(ct_pow(x, y), exact), MOST_ULP);
        const double part = random_between(0, 1);
        const long double curve = powl((long double)part, (long double)2.4);
        ck_assert_double_lt(ulps(ct_pow(part, 2.4), curve), MOST_ULP);
    }
    ck_assert_double_eq(ct_pow(10.0, 3.0), 1000.0);
    ck_assert_double_eq(ct_pow(0.0, 2.4), 0.0);
    ck_assert_double_eq(ct_pow(0.0, 0.0), 1.0);
    ck_assert_double_nan(ct_pow(-1.0, 2.0));
    ck_assert_double_infinite(ct_pow(10.0, 400.0));
    ck_assert_double_eq(ct_pow(10.0, -400.0), 0.0);
}
END_TEST

START_TEST(cube_roots_are_right_to_2_ulp)
{
    for (int i = 0; i < TRIES; i++) {
        const double x = random_positive(300);
        ck_assert_double_lt(ulps(ct_cbrt(x), cbrtl((long double)x)), MOST_ULP);
        ck_assert_double_eq(ct_cbrt(-x), -ct_cbrt(x));
    }
    ck_assert_double_eq(ct_cbrt(27.0), 3.0);
    ck_assert_double_eq(ct_cbrt(0.0), 0.0);
}
END_TEST

START_TEST(sines_are_right_to_2_ulp_up_to_1e5)
{
    for (int i = 0; i < TRIES; i++) {
        const double x =
            i % 2 ? random_between(-1e5, 1e5) : random_between(-4, 4);
        ck_assert_double_lt(ulps(ct_sin(x), sinl((long double)x)), MOST_ULP);
        ck_assert_double_lt(ulps(ct_cos(x), cosl((long double)x)), MOST_ULP);
    }
    /* Next to a zero all but the last bits of x cancel. */
    const double pi = 3.14159265358979323846;
    for (int k = 1; k < 30000; k++)
        ck_assert_double_lt(ulps(ct_sin(k * pi), sinl((long double)(k * pi))),
                            MOST_ULP);
    ck_assert_double_eq(ct_sin(0.0), 0.0);
    ck_assert_double_eq(ct_cos(0.0), 1.0);
    ck_assert_double_nan(ct_sin((double)INFINITY));
}
END_TEST

START_TEST(angles_are_right_to_2_ulp)
{
    for (int i = 0; i < TRIES; i++) {
        const double y = random_between(-1, 1) * random_positive(3);
        const double x = random_between(-1, 1);
        const long double exact = atan2l((long double)y, (long double)x);
        ck_assert_double_lt(ulps(ct_atan2(y, x), exact), MOST_ULP);
        ck_assert_double_lt(ulps(ct_acos(x), acosl((long double)x)), MOST_ULP);
    }
    const double axis[] = {
        0.0, -0.0, 1.0, -1.0, (double)INFINITY, -(double)INFINITY};
    for (int i = 0; i < 36; i++) {
        const double y = axis[i / 6], x = axis[i % 6];
        ck_assert_double_eq(ct_atan2(y, x), atan2(y, x));
        ck_assert_int_eq(signbit(ct_atan2(y, x)) != 0,
                         signbit(atan2(y, x)) != 0);
    }
    ck_assert_double_eq(ct_acos(1.0), 0.0);
    ck_assert_double_nan(ct_acos(1.0000001));
}
END_TEST

/* ---- Distributions ------------------------------------------------------- */

static const double two_sided[][3] = {
    /* t, df, P(|T| > t) */
    {0.001, 0.5, 0.99946064766848764},
    {0.5, 0.5, 0.75731807292943663},
    {1.96, 0.5, 0.44972297773837915},
    {4.5, 0.5, 0.30125316255553741},
    {30, 0.5, 0.11709368298010689},
    {0.001, 1, 0.99936338043983888},
    {0.5, 1, 0.70483276469913345},
    {1.96, 1, 0.30034289177603315},
    {4.5, 1, 0.1392089745461279},
    {30, 1, 0.021212804811070847},
    {0.001, 2, 0.99929289339559008},
    {0.5, 2, 0.66666666666666667},
    {1.96, 2, 0.18905730960173227},
    {4.5, 2, 0.046001907994276019},
    {30, 2, 0.0011092626819596589},
    {0.001, 3.7, 0.99925367705908632},
    {0.5, 3.7, 0.64533563331993198},
    {1.96, 3.7, 0.12728304125953006},
    {4.5, 3.7, 0.012927381711591773},
    {30, 3.7, 1.4857041252352022e-5},
    {0.001, 10, 0.99922178337474098},
    {0.5, 10, 0.62789360574297294},
    {1.96, 10, 0.078436240247699713},
    {4.5, 10, 0.0011431050868040652},
    {30, 10, 3.9617923420313243e-11},
    {0.001, 59, 0.99920548912676358},
    {0.5, 59, 0.61893487373019696},
    {1.96, 59, 0.054724173522924472},
    {4.5, 59, 3.2497573662077166e-5},
    {30, 59, 2.0159597914156046e-37},
    {0.001, 1000, 0.99920231501845273},
    {0.5, 1000, 0.61718508083387481},
    {1.96, 1000, 0.050273184955748718},
    {4.5, 1000, 7.5930710264982443e-6},
    {30, 1000, 1.5374687444043482e-141},
    {0.001, 1000000.0, 0.99920211577164909},
    {0.5, 1000000.0, 0.61707518747237139},
    {1.96, 1000000.0, 0.049996067585269791},
    {4.5, 1000000.0, 6.7961105049538986e-6},
    {30, 1000000.0, 1.2020094233663438e-197},
};
enum { TWO_SIDED = sizeof(two_sided) / sizeof(two_sided[0]) };

static const double quantiles[][3] = {
    /* level, df, t */
    {0.5, 1, 1.0},
    {0.8, 1, 3.0776835371752541},
    {0.9, 1, 6.3137515146750445},
    {0.95, 1, 12.706204736174693},
    {0.99, 1, 63.656741162871524},
    {0.9999, 1, 6366.1976713166369},
    {0.5, 2, 0.81649658092772603},
    {0.8, 2, 1.885618083164127},
    {0.9, 2, 2.9199855803537261},
    {0.95, 2, 4.3026527297494618},
    {0.99, 2, 9.9248432009182886},
    {0.9999, 2, 99.992499843750038},
    {0.5, 4, 0.74069708411268263},
    {0.8, 4, 1.5332062740589441},
    {0.9, 4, 2.1318467863266505},
    {0.95, 4, 2.7764451051977935},
    {0.99, 4, 4.604094871349992},
    {0.9999, 4, 15.544100581546113},
    {0.5, 9.5, 0.70118813826128274},
    {0.8, 9.5, 1.3773005643959917},
    {0.9, 9.5, 1.8221893013186785},
    {0.95, 9.5, 2.244137461492296},
    {0.99, 9.5, 3.2070156284394889},
    {0.9999, 9.5, 6.3882592594868294},
    {0.5, 30, 0.68275569332129255},
    {0.8, 30, 1.3104150253913957},
    {0.9, 30, 1.697260886593958},
    {0.95, 30, 2.0422724563012379},
    {0.99, 30, 2.749995653567225},
    {0.9999, 30, 4.4824171754097865},
    {0.5, 10000.0, 0.67451428448359243},
    {0.8, 10000.0, 1.2816362297304777},
    {0.9, 10000.0, 1.6450060180692431},
    {0.95, 10000.0, 1.9602012398906259},
    {0.99, 10000.0, 2.5763210466685286},
    {0.9999, 10000.0, 3.8921619835698624},
};
enum { QUANTILES = sizeof(quantiles) / sizeof(quantiles[0]) };

static const double normals[][2] = {
    /* z, Phi(z) */
    {-20, 2.7536241186062337e-89},
    {-8, 6.2209605742717841e-16},
    {-3, 0.0013498980316300945},
    {-2.4, 0.0081975359245961314},
    {-1.959963984540054, 0.025000000000000011},
    {-0.5, 0.3085375387259869},
    {0, 0.5},
    {0.3, 0.61791142218895263},
    {1.5, 0.93319279873114193},
    {2.6, 0.99533881197628125},
    {6, 0.99999999901341235},
};
enum { NORMALS = sizeof(normals) / sizeof(normals[0]) };

START_TEST(tails_of_t_are_right_to_1e_minus_10)
{
    for (int i = 0; i < TWO_SIDED; i++) {
        const double p = ct_t_two_sided(two_sided[i][0], two_sided[i][1]);
        ck_assert_msg(fabs(p / two_sided[i][2] - 1.0) < 1e-10,
                      "t %g df %g: %.17g", two_sided[i][0], two_sided[i][1], p);
        ck_assert_double_eq(p,
                            ct_t_two_sided(-two_sided[i][0], two_sided[i][1]));
    }
    ck_assert_double_eq(ct_t_two_sided(0.0, 5.0), 1.0);
    ck_assert_double_eq(ct_t_two_sided((double)INFINITY, 5.0), 0.0);
    ck_assert_double_nan(ct_t_two_sided(1.0, 0.0));
}
END_TEST

START_TEST(quantiles_of_t_are_right_to_1e_minus_10)
{
    for (int i = 0; i < QUANTILES; i++) {
        const double t = ct_t_quantile(quantiles[i][0], quantiles[i][1]);
        ck_assert_msg(fabs(t / quantiles[i][2] - 1.0) < 1e-10,
                      "level %g df %g: %.17g", quantiles[i][0], quantiles[i][1],
                      t);
    }
    ck_assert_double_eq(ct_t_quantile(0.0, 3.0), 0.0);
    ck_assert_double_infinite(ct_t_quantile(1.0, 3.0));
    /* With endless degrees of freedom it is the normal's. */
    ck_assert_double_eq_tol(ct_t_quantile(0.95, (double)INFINITY),
                            1.959963984540054, 1e-12);
}
END_TEST

START_TEST(the_normal_distribution_is_right_to_1e_minus_12)
{
    for (int i = 0; i < NORMALS; i++) {
        const double p = ct_normal_cdf(normals[i][0]);
        ck_assert_msg(fabs(p / normals[i][1] - 1.0) < 1e-12, "z %g: %.17g",
                      normals[i][0], p);
    }
}
END_TEST

/* ---- Linear algebra ------------------------------------------------------ */

START_TEST(a_positive_definite_system_is_solved)
{
    enum { N = 8 };
    double a[N * N], kept[N * N], b[N], root[N * N], x[N];
    for (int i = 0; i < N * N; i++)
        root[i] = random_between(-1, 1);
    for (int i = 0; i < N; i++) {
        x[i] = i - 3.0;
        for (int j = 0; j < N; j++) {
            double sum = i == j ? 0.5 : 0.0;
            for (int k = 0; k < N; k++)
                sum += root[i * N + k] * root[j * N + k];
            a[i * N + j] = kept[i * N + j] = sum;
        }
    }
    for (int i = 0; i < N; i++) {
        b[i] = 0.0;
        for (int j = 0; j < N; j++)
            b[i] += kept[i * N + j] * x[j];
    }
    ck_assert(ct_solve_spd(a, b, N));
    for (int i = 0; i < N; i++)
        ck_assert_double_eq_tol(b[i], x[i], 1e-12);

    double indefinite[4] = {1.0, 2.0, 2.0, 1.0}, side[2] = {1.0, 1.0};
    ck_assert(!ct_solve_spd(indefinite, side, 2));
    double not_a_number[1] = {(double)NAN};
    ck_assert(!ct_solve_spd(not_a_number, side, 1));
}
END_TEST

START_TEST(eigenvectors_give_the_matrix_back)
{
    for (int i = 0; i < 1000; i++) {
        double m[9], values[3], v[9];
        for (int r = 0; r < 3; r++)
            for (int c = r; c < 3; c++)
                m[3 * r + c] = m[3 * c + r] = random_between(-1, 1);
        ct_eigen3(m, values, v);
        ck_assert(values[0] <= values[1] && values[1] <= values[2]);
        for (int r = 0; r < 3; r++) {
            for (int c = 0; c < 3; c++) {
                double sum = 0.0, unit = 0.0;
                for (int k = 0; k < 3; k++) {
                    sum += values[k] * v[3 * k + r] * v[3 * k + c];
                    unit += v[3 * r + k] * v[3 * c + k];
                }
                ck_assert_double_eq_tol(sum, m[3 * r + c], 1e-14);
                ck_assert_double_eq_tol(unit, r == c ? 1.0 : 0.0, 1e-14);
            }
        }
    }
    double values[3], v[9];
    const double diagonal[9] = {3, 0, 0, 0, 1, 0, 0, 0, 2};
    ct_eigen3(diagonal, values, v);
    ck_assert_double_eq(values[0], 1.0);
    ck_assert_double_eq(values[2], 3.0);
}
END_TEST

/* ---- Order statistics ---------------------------------------------------- */

static int ascending(const void *a, const void *b)
{
    const float x = *(const float *)a, y = *(const float *)b;
    return (x > y) - (x < y);
}

START_TEST(quantiles_are_linear_between_order_statistics)
{
    enum { MOST = 60 };
    const double qs[] = {0.0, 0.001, 0.25, 0.5, 0.9, 0.95, 1.0};
    for (int n = 1; n < MOST; n++) {
        float v[MOST], sorted[MOST];
        double wide[MOST];
        for (int i = 0; i < n; i++)
            v[i] = (float)floor(random_between(0, n % 3 ? 1000 : 5));
        memcpy(sorted, v, sizeof(v));
        qsort(sorted, (size_t)n, sizeof(float), ascending);
        for (size_t k = 0; k < sizeof(qs) / sizeof(qs[0]); k++) {
            const double h = (n - 1) * qs[k];
            const int at = (int)floor(h);
            const double low = (double)sorted[at];
            const double high = (double)sorted[at + 1 < n ? at + 1 : at];
            const double exact = low + (h - at) * (high - low);
            for (int i = 0; i < n; i++)
                wide[i] = (double)v[i];
            ck_assert_double_eq_tol(ct_quantile(v, (size_t)n, qs[k]), exact,
                                    1e-9);
            ck_assert_double_eq_tol(ct_quantile_d(wide, (size_t)n, qs[k]),
                                    exact, 1e-9);
        }
    }
    ck_assert_double_nan(ct_quantile(NULL, 0, 0.5));
    ck_assert_double_nan(ct_quantile_d(NULL, 0, 0.5));
}
END_TEST

/* As many values as a picture has, with and without ties, sorted, few unlike.
 */
START_TEST(quantiles_of_many_are_order_statistics)
{
    enum { MOST = 200000 };
    static float v[MOST], sorted[MOST];
    const double qs[] = {0.0, 1e-5, 0.001, 0.1, 0.5, 0.77, 0.999, 1.0};
    const int sizes[] = {1024, 1025, 5000, 65537, MOST};
    const double steps[] = {1e9, 1000.0, 3.0, 0.5};
    const int n = sizes[_i % 5];
    const double step = steps[_i / 5];
    for (int i = 0; i < n; i++)
        v[i] = (float)(floor(random_between(-1, 1) * step) / step);
    for (int i = 0; i < n && _i % 2; i++) /* a ramp that was not shuffled */
        v[i] = (float)(floor(i / step) - 7.0);
    memcpy(sorted, v, sizeof(*v) * (size_t)n);
    qsort(sorted, (size_t)n, sizeof(float), ascending);
    for (size_t k = 0; k < sizeof(qs) / sizeof(qs[0]); k++) {
        const double h = (n - 1) * qs[k];
        const int at = (int)floor(h);
        const double low = (double)sorted[at];
        const double high = (double)sorted[at + 1 < n ? at + 1 : at];
        const double exact = low + (h - at) * (high - low);
        ck_assert_double_eq(ct_quantile(v, (size_t)n, qs[k]), exact);
    }
    qsort(v, (size_t)n, sizeof(float), ascending); /* still the same values */
    ck_assert_mem_eq(v, sorted, sizeof(*v) * (size_t)n);
}
END_TEST

/* What swaps two photographs must swap a median of differences exactly. */
START_TEST(a_median_of_negated_values_is_the_negated_median)
{
    double v[6], negated[6];
    for (int i = 0; i < 1000; i++) {
        for (int k = 0; k < 6; k++) {
            v[k] = exp(-(i * 6 + k) * 7919 % 1009 / 100.0) * (k & 1 ? 1 : -1);
            negated[k] = -v[k];
        }
        ck_assert_double_eq(ct_quantile_d(negated, 6, 0.5),
                            -ct_quantile_d(v, 6, 0.5));
    }
}
END_TEST

START_TEST(a_trimmed_mean_forgets_the_ends)
{
    float v[101];
    for (int i = 0; i < 101; i++)
        v[i] = (float)((i * 37) % 101); /* 0 … 100, shuffled */
    v[0] = -1e6f;                       /* in place of 0 */
    ck_assert_double_eq_tol(ct_trimmed_mean(v, 101, 0.1, 0.9), 50.0, 1e-12);
    ck_assert_double_eq_tol(ct_trimmed_mean(v, 101, 0.5, 0.7), 60.0, 1e-12);
    ck_assert_double_nan(ct_trimmed_mean(v, 0, 0.1, 0.9));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("maths");
    TCase *tests = tcase_create("maths");
    suite_add_tcase(suite, tests);
    tcase_add_test(tests, logarithms_are_right_to_2_ulp);
    tcase_add_test(tests, exponentials_are_right_to_2_ulp);
    tcase_add_test(tests, powers_are_right_to_2_ulp);
    tcase_add_test(tests, cube_roots_are_right_to_2_ulp);
    tcase_add_test(tests, sines_are_right_to_2_ulp_up_to_1e5);
    tcase_add_test(tests, angles_are_right_to_2_ulp);
    tcase_add_test(tests, tails_of_t_are_right_to_1e_minus_10);
    tcase_add_test(tests, quantiles_of_t_are_right_to_1e_minus_10);
    tcase_add_test(tests, the_normal_distribution_is_right_to_1e_minus_12);
    tcase_add_test(tests, a_positive_definite_system_is_solved);
    tcase_add_test(tests, eigenvectors_give_the_matrix_back);
    tcase_add_test(tests, quantiles_are_linear_between_order_statistics);
    tcase_add_test(tests, a_median_of_negated_values_is_the_negated_median);
    tcase_add_loop_test(tests, quantiles_of_many_are_order_statistics, 0, 20);
    tcase_add_test(tests, a_trimmed_mean_forgets_the_ends);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
