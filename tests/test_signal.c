/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Filters against closed forms: borders are mirrored about the edge, so that
 * cos(pi m (x + 1/2) / width) goes on beyond it as itself, and what a filter
 * makes of it is known at every pixel.
 */

#include <check.h>
#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "signal/signal.h"

#define PI 3.14159265358979323846

static struct tools tools;

static void start(void)
{
    tools = (struct tools){.threads = 2,
                           .kernels = ct_kernels_best(CUTIS_ISA_BEST)};
}

static uint64_t next_random(void)
{
    static uint64_t dice = 88172645463325252u;
    dice ^= dice << 13;
    dice ^= dice >> 7;
    dice ^= dice << 17;
    return dice;
}

static float random_value(void)
{
    return (float)(next_random() >> 11) * 0x1p-53f;
}

static struct plane new_plane(int width, int height)
{
    struct plane plane;
    ck_assert_int_eq(ct_plane_create(&plane, width, height, &tools), CUTIS_OK);
    return plane;
}

static struct plane noise(int width, int height)
{
    struct plane plane = new_plane(width, height);
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
            ct_row(&plane, y)[x] = random_value();
    return plane;
}

/* A wave of m, n half periods across and down, 1 in the corner's middle. */
static struct plane wave(int width, int height, int m, int n)
{
    struct plane plane = new_plane(width, height);
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
            ct_row(&plane, y)[x] = (float)(cos(PI * m * (x + 0.5) / width) *
                                           cos(PI * n * (y + 0.5) / height));
    return plane;
}

static bool same(const struct plane *a, const struct plane *b)
{
    for (int y = 0; y < a->height; y++)
        if (memcmp(ct_row(a, y), ct_row(b, y),
                   sizeof(float) * (size_t)a->width))
            return false;
    return true;
}

static double largest_difference(const struct plane *a, const struct plane *b,
                                 double gain)
{
    double worst = 0.0;
    for (int y = 0; y < a->height; y++)
        for (int x = 0; x < a->width; x++) {
            const double off =
                fabs((double)ct_row(a, y)[x] - gain * (double)ct_row(b, y)[x]);
            if (off > worst)
                worst = off;
        }
    return worst;
}

/* ---- Gaussian ------------------------------------------------------------ */

static void blur(struct plane *dst, const struct plane *src, double sigma)
{
    ck_assert_int_eq(ct_gauss(dst, src, sigma, &tools), CUTIS_OK);
}

/*
 * G(sigma) - G(2 sigma) of a wave of length l has amplitude
 * exp(-2 pi^2 sigma^2 / l^2) - exp(-8 pi^2 sigma^2 / l^2).
 */
static double band_error(double sigma, int m, int n)
{
    const int width = 509, height = 301;
    const double fx = 0.5 * m / width, fy = 0.5 * n / height;
    const double s = 2.0 * PI * PI * sigma * sigma * (fx * fx + fy * fy);
    const double amplitude = exp(-s) - exp(-4.0 * s);
    struct plane src = wave(width, height, m, n);
    struct plane fine = new_plane(width, height);
    blur(&fine, &src, sigma);
    struct plane band = new_plane(width, height);
    blur(&band, &src, 2.0 * sigma);
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
            ct_row(&band, y)[x] = ct_row(&fine, y)[x] - ct_row(&band, y)[x];
    const double worst = largest_difference(&band, &src, amplitude);
    ct_plane_free(&src);
    ct_plane_free(&fine);
    ct_plane_free(&band);
    return worst / amplitude;
}

START_TEST(a_band_of_a_wave_has_its_closed_form)
{
    /* px; narrow, at the threshold of the decimated way, and wide */
    const double sigmas[] = {1.0, 1.25, 2.0, 3.0,  3.1,  4.0,
                             5.9, 6.0,  8.0, 12.0, 16.0, 24.0};
    const double sigma = sigmas[_i];
    for (double factor = 4.0; factor <= 12.0; factor += 2.0) {
        const double length = factor * sigma;
        const int m = (int)(2.0 * 509 / length + 0.5);
        const int n = (int)(2.0 * 301 / length + 0.5);
        ck_assert_double_lt(band_error(sigma, m, 0), 0.001);
        ck_assert_double_lt(band_error(sigma, 0, n), 0.001);
        ck_assert_double_lt(band_error(sigma, m / 2, n / 2), 0.001);
    }
}
END_TEST

START_TEST(what_is_too_fine_to_pass_does_not_come_back_folded)
{
    /* The most dangerous waves for a decimated way: near its sampling rate. */
    for (double sigma = 6.0; sigma < 60.0; sigma *= 1.31) {
        struct plane dst = new_plane(509, 301);
        for (int m = 40; m < 509; m += 67) {
            struct plane src = wave(509, 301, m, 0);
            const double f = 0.5 * m / 509;
            const double gain = exp(-2.0 * PI * PI * sigma * sigma * f * f);
            blur(&dst, &src, sigma);
            ck_assert_double_lt(largest_difference(&dst, &src, gain), 5e-4);
            ct_plane_free(&src);
        }
        ct_plane_free(&dst);
    }
}
END_TEST

START_TEST(a_point_becomes_a_gaussian)
{
    const double sigma = 2.5;
    struct plane src = new_plane(61, 41);
    ct_row(&src, 20)[30] = 1.0f;
    blur(&src, &src, sigma);
    for (int y = 0; y < 41; y++) {
        for (int x = 0; x < 61; x++) {
            const double r2 = (x - 30.0) * (x - 30.0) + (y - 20.0) * (y - 20.0);
            const double exact =
                exp(-0.5 * r2 / (sigma * sigma)) / (2.0 * PI * sigma * sigma);
            ck_assert_double_eq_tol((double)ct_row(&src, y)[x], exact, 1e-5);
        }
    }
    ct_plane_free(&src);
}
END_TEST

START_TEST(narrow_kernels_have_the_variance_that_they_say)
{
    for (double sigma = 0.1; sigma < 8.0; sigma *= 1.1) {
        float w[CT_RADIUS_MAX + 1];
        const int radius = ct_gauss_kernel(w, sigma, 0);
        double sum = (double)w[0], variance = 0.0;
        for (int k = 1; k <= radius; k++) {
            sum += 2.0 * (double)w[k];
            variance += 2.0 * (double)w[k] * k * k;
        }
        ck_assert_double_eq_tol(sum, 1.0, 1e-6);
        /* 4 sigma keep all but 1.1e-3 of the variance. */
        ck_assert_double_eq_tol(variance / (sigma * sigma), 1.0, 5e-3);
    }
}
END_TEST

START_TEST(sigma_0_copies_and_a_constant_stays)
{
    struct plane src = noise(70, 50), dst = new_plane(70, 50);
    blur(&dst, &src, 0.0);
    ck_assert(same(&dst, &src));
    for (int y = 0; y < 50; y++)
        for (int x = 0; x < 70; x++)
            ct_row(&src, y)[x] = 0.7f;
    for (double sigma = 0.3; sigma < 100.0; sigma *= 1.7) {
        blur(&dst, &src, sigma);
        ck_assert_double_lt(largest_difference(&dst, &src, 1.0), 1e-6);
    }
    ct_plane_free(&src);
    ct_plane_free(&dst);
}
END_TEST

START_TEST(tiny_planes_are_filtered_too)
{
    for (int side = 0; side < 4; side++) {
        struct plane plane = noise(side, 4 - side);
        blur(&plane, &plane, 2.0);
        blur(&plane, &plane, 50.0);
        for (int x = 1; x < plane.width && plane.height; x++)
            ck_assert_float_eq_tol(ct_row(&plane, 0)[x], ct_row(&plane, 0)[0],
                                   1e-3f);
        ct_plane_free(&plane);
    }
}
END_TEST

START_TEST(threads_tables_and_place_do_not_show)
{
    const double sigmas[] = {0.5, 3.0, 11.0};
    struct plane src = noise(301, 203);
    for (int s = 0; s < 3; s++) {
        struct plane expected = new_plane(301, 203);
        tools.threads = 1;
        tools.kernels = ct_kernels_get(CUTIS_ISA_C);
        blur(&expected, &src, sigmas[s]);
        for (int isa = 0; isa < CUTIS_ISA_BEST; isa++) {
            tools.threads = 1 + isa;
            tools.kernels = ct_kernels_best((cutis_isa)isa);
            struct plane actual = new_plane(301, 203);
            blur(&actual, &src, 0.0);
            blur(&actual, &actual, sigmas[s]);
            ck_assert(same(&actual, &expected));
            ct_plane_free(&actual);
        }
        ct_plane_free(&expected);
    }
    ct_plane_free(&src);
}
END_TEST

/* ---- Derivatives --------------------------------------------------------- */

START_TEST(derivatives_of_a_wave_have_their_closed_form)
{
    enum { W = 253, H = 180, M = 12, N = 9 };
    static const int part[][2] = {{0, 0}, {0, 77}, {77, H}, {60, 100}};
    const int first = part[_i][0], end = part[_i][1] ? part[_i][1] : H;
    const double sigma = 2.0, a = PI * M / W, b = PI * N / H;
    const double gain = exp(-0.5 * sigma * sigma * (a * a + b * b));
    struct plane src = wave(W, H, M, N), d[5];
    for (int i = 0; i < 5; i++)
        d[i] = new_plane(W, H);
    const struct jet jet = {&d[0], &d[1], &d[2],      &d[3],
                            &d[4], first, part[_i][1]};
    ck_assert_int_eq(ct_gauss_jet(&jet, &src, sigma, &tools), CUTIS_OK);

    for (int y = first; y < end; y++) {
        for (int x = 0; x < W; x++) {
            const double u = a * (x + 0.5), v = b * (y + 0.5);
            const double exact[5] = {-a * sin(u) * cos(v), -b * cos(u) * sin(v),
                                     -a * a * cos(u) * cos(v),
                                     a * b * sin(u) * sin(v),
                                     -b * b * cos(u) * cos(v)};
            const double size[5] = {a, b, a * a, a * b, b * b};
            for (int i = 0; i < 5; i++)
                ck_assert_double_eq_tol((double)ct_row(&d[i], y - first)[x],
                                        gain * exact[i], 2e-3 * gain * size[i]);
        }
    }
    for (int i = 0; i < 5; i++)
        ct_plane_free(&d[i]);
    ct_plane_free(&src);
}
END_TEST

START_TEST(a_parabola_has_derivatives_of_exactly_what_it_is)
{
    struct plane src = new_plane(80, 70), xx = new_plane(80, 70);
    struct plane y1 = new_plane(80, 70);
    for (int y = 0; y < 70; y++)
        for (int x = 0; x < 80; x++)
            ct_row(&src, y)[x] = 0.5f * (float)(x * x) + 3.0f * (float)y;
    const struct jet jet = {.xx = &xx, .y = &y1};
    for (double sigma = 0.7; sigma < 4.0; sigma += 0.6) {
        ck_assert_int_eq(ct_gauss_jet(&jet, &src, sigma, &tools), CUTIS_OK);
        ck_assert_float_eq_tol(ct_row(&xx, 35)[40], 1.0f, 2e-3f);
        ck_assert_float_eq_tol(ct_row(&y1, 35)[40], 3.0f, 2e-4f);
    }
    ct_plane_free(&src);
    ct_plane_free(&xx);
    ct_plane_free(&y1);
}
END_TEST

/* ---- Memory -------------------------------------------------------------- */

static atomic_int allowed; /* blocks that may still be had */

static void *allocate(void *user, size_t size)
{
    (void)user;
    return atomic_fetch_sub(&allowed, 1) > 0 ? malloc(size) : NULL;
}

static void release(void *user, void *block)
{
    (void)user;
    free(block);
}

/* Every filter once. */
static cutis_status run_filters(const struct plane *src, struct plane *dst,
                                struct bytes *mask)
{
    const struct jet jet = {.xx = dst};
    cutis_status status = CUTIS_OK;
    TRY(ct_gauss(dst, src, 2.0, &tools));
    TRY(ct_gauss(dst, src, 9.0, &tools));
    TRY(ct_gauss_jet(&jet, src, 1.5, &tools));
    TRY(ct_gauss_masked(dst, src, mask, 1.5, true, &tools));
    TRY(ct_dilate(mask, 3.0, &tools));
done:
    return status;
}

START_TEST(every_allocation_may_fail_and_nothing_leaks)
{
    struct plane src = noise(150, 140), dst = new_plane(150, 140);
    struct bytes mask;
    ck_assert_int_eq(ct_bytes_create(&mask, 150, 140, &tools), CUTIS_OK);
    const size_t before = atomic_load(&tools.memory.used);
    tools.memory.from = (cutis_allocator){allocate, release, NULL};

    int failures = 0;
    for (;; failures++) {
        atomic_store(&allowed, failures);
        const cutis_status status = run_filters(&src, &dst, &mask);
        ck_assert_uint_eq(atomic_load(&tools.memory.used), before);
        if (status == CUTIS_OK)
            break;
        ck_assert_int_eq(status, CUTIS_ERROR_MEMORY);
        ck_assert_str_ne(tools.sentence, "");
        ck_assert_int_lt(failures, 1000);
    }
    ck_assert_int_gt(failures, 15);
    ct_plane_free(&src);
    ct_plane_free(&dst);
    ct_bytes_free(&mask);
}
END_TEST

/* ---- Masked -------------------------------------------------------------- */

enum { MASKED_W = 90, MASKED_H = 75 };

static struct bytes random_mask(int percent)
{
    struct bytes mask;
    ck_assert_int_eq(ct_bytes_create(&mask, MASKED_W, MASKED_H, &tools),
                     CUTIS_OK);
    for (int y = 0; y < MASKED_H; y++)
        for (int x = 0; x < MASKED_W; x++)
            ct_byte_row(&mask, y)[x] =
                next_random() % 100 < (unsigned)percent ? 255 : 0;
    return mask;
}

START_TEST(a_constant_under_any_mask_stays_exactly_that)
{
    struct plane src = new_plane(MASKED_W, MASKED_H);
    struct plane dst = new_plane(MASKED_W, MASKED_H);
    for (int percent = 2; percent < 100; percent += 12) {
        struct bytes mask = random_mask(percent);
        for (int y = 0; y < MASKED_H; y++)
            for (int x = 0; x < MASKED_W; x++)
                ct_row(&src, y)[x] =
                    ct_byte_row(&mask, y)[x] ? 0.1234567f : NAN;
        ck_assert_int_eq(ct_gauss_masked(&dst, &src, &mask, 7.3, true, &tools),
                         CUTIS_OK);
        for (int y = 0; y < MASKED_H; y++)
            for (int x = 0; x < MASKED_W; x++)
                ck_assert_float_eq(ct_row(&dst, y)[x], 0.1234567f);
        ct_bytes_free(&mask);
    }
    ct_plane_free(&src);
    ct_plane_free(&dst);
}
END_TEST

/* Sums of w and w f around (x, y), borders mirrored, in double. */
static void brute_force(double *weight, double *value, const struct plane *src,
                        const struct bytes *mask, int x, int y, double sigma)
{
    *weight = *value = 0.0;
    double all = 0.0;
    const int reach = (int)ceil(4.0 * sigma);
    for (int dy = -reach; dy <= reach; dy++) {
        for (int dx = -reach; dx <= reach; dx++) {
            int sx = x + dx, sy = y + dy;
            sx = sx < 0 ? -1 - sx : sx >= MASKED_W ? 2 * MASKED_W - 1 - sx : sx;
            sy = sy < 0 ? -1 - sy : sy >= MASKED_H ? 2 * MASKED_H - 1 - sy : sy;
            const double g = exp(-0.5 * (dx * dx + dy * dy) / (sigma * sigma));
            all += g;
            if (ct_byte_row(mask, sy)[sx]) {
                *weight += g;
                *value += g * (double)ct_row(src, sy)[sx];
            }
        }
    }
    *weight /= all;
    *value /= all;
}

START_TEST(normalised_convolution_is_that_of_brute_force)
{
    const double sigma = 1.7;
    struct plane src = noise(MASKED_W, MASKED_H);
    struct plane dst = new_plane(MASKED_W, MASKED_H);
    struct bytes mask = random_mask(55);
    int holes = 0;
    ck_assert_int_eq(ct_gauss_masked(&dst, &src, &mask, sigma, false, &tools),
                     CUTIS_OK);
    for (int y = 0; y < MASKED_H; y++) {
        for (int x = 0; x < MASKED_W; x++) {
            double weight, value;
            brute_force(&weight, &value, &src, &mask, x, y, sigma);
            const float there = ct_row(&dst, y)[x];
            if (weight > 0.5 + 1e-5)
                ck_assert_double_eq_tol((double)there, value / weight, 1e-5);
            else if (weight < 0.5 - 1e-5)
                ck_assert_float_nan(there);
            holes += there != there;
        }
    }
    ck_assert_int_gt(holes, 100);
    ct_bytes_free(&mask);
    ct_plane_free(&src);
    ct_plane_free(&dst);
}
END_TEST

START_TEST(boxes_shrink_to_their_means)
{
    struct plane src = new_plane(103, 77), dst = new_plane(34, 25);
    for (int y = 0; y < 77; y++)
        for (int x = 0; x < 103; x++)
            ct_row(&src, y)[x] = (float)(x + 1000 * y);
    ck_assert_int_eq(ct_shrink(&dst, &src, 3, &tools), CUTIS_OK);
    for (int y = 0; y < 25; y++)
        for (int x = 0; x < 34; x++)
            ck_assert_float_eq(ct_row(&dst, y)[x],
                               (float)(3 * x + 1 + 1000 * (3 * y + 1)));
    ck_assert_int_eq(ct_shrink(&dst, &src, 4, &tools), CUTIS_ERROR_INTERNAL);
    ct_plane_free(&src);
    ct_plane_free(&dst);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("signal");
    TCase *tests = tcase_create("signal");
    suite_add_tcase(suite, tests);
    tcase_add_checked_fixture(tests, start, NULL);
    tcase_add_loop_test(tests, a_band_of_a_wave_has_its_closed_form, 0, 12);
    tcase_add_test(tests, what_is_too_fine_to_pass_does_not_come_back_folded);
    tcase_add_test(tests, a_point_becomes_a_gaussian);
    tcase_add_test(tests, narrow_kernels_have_the_variance_that_they_say);
    tcase_add_test(tests, sigma_0_copies_and_a_constant_stays);
    tcase_add_test(tests, tiny_planes_are_filtered_too);
    tcase_add_test(tests, threads_tables_and_place_do_not_show);
    tcase_add_loop_test(tests, derivatives_of_a_wave_have_their_closed_form, 0,
                        4);
    tcase_add_test(tests, a_parabola_has_derivatives_of_exactly_what_it_is);
    tcase_add_test(tests, a_constant_under_any_mask_stays_exactly_that);
    tcase_add_test(tests, normalised_convolution_is_that_of_brute_force);
    tcase_add_test(tests, every_allocation_may_fail_and_nothing_leaks);
    tcase_add_test(tests, boxes_shrink_to_their_means);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
