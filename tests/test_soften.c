/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * A Gaussian blur of light under a mask, by closed forms: what it does to a
 * point, to waves and ramps, at the edge of the mask and of the picture.
 */

#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "measure/measure.h"

#define PI 3.14159265358979323846

/* Below 0.7 px three taps of exactly that variance, else a Gaussian. */
static const double sigmas[] = {0.2, 0.45, 0.69, 0.71, 1.0, 2.5};
enum { NARROW = 3, SIGMAS = sizeof(sigmas) / sizeof(sigmas[0]) };

static struct tools tools;
static struct plane light;
static struct bytes mask;

/* No light, all of it skin. */
static void open_picture(int width, int height)
{
    ck_assert_int_eq(ct_plane_create(&light, width, height, &tools), CUTIS_OK);
    ck_assert_int_eq(ct_bytes_create(&mask, width, height, &tools), CUTIS_OK);
    for (int y = 0; y < height; y++) {
        memset(ct_byte_row(&mask, y), 255, (size_t)width);
        memset(ct_row(&light, y), 0, (size_t)width * sizeof(float));
    }
}

static void begin(void)
{
    tools = (struct tools){.kernels = ct_kernels_best(CUTIS_ISA_BEST),
                           .threads = 1};
}

static void end(void)
{
    ct_plane_free(&light);
    ct_bytes_free(&mask);
}

static double at(int x, int y)
{
    return (double)ct_row(&light, y)[x];
}

static void soften(double sigma)
{
    ck_assert_int_eq(ct_soften(&light, &mask, sigma, &tools), CUTIS_OK);
}

/* A number in [0, 1) that only its place decides. */
static float dice(int x, int y, unsigned seed)
{
    unsigned n = (unsigned)x * 2654435761u ^ (unsigned)y * 2246822519u ^ seed;
    n = (n ^ n >> 15) * 2654435761u;
    return (float)(n >> 8) / 16777216.0f;
}

/* Light and a mask with holes, by chance. */
static void scatter(unsigned seed)
{
    for (int y = 0; y < light.height; y++)
        for (int x = 0; x < light.width; x++) {
            ct_row(&light, y)[x] = dice(x, y, seed);
            ct_byte_row(&mask, y)[x] =
                dice(x / 3, y / 2, seed + 1) < 0.6f ? 255 : 0;
        }
}

/* ---- Without a mask ------------------------------------------------------ */

START_TEST(it_adds_exactly_its_variance)
{
    enum { SIDE = 64, AT = 31 };
    open_picture(SIDE, SIDE);
    ct_row(&light, AT)[AT] = 1.0f;
    soften(sigmas[_i]);
    double sum = 0, across = 0, down = 0;
    for (int y = 0; y < SIDE; y++)
        for (int x = 0; x < SIDE; x++) {
            sum += at(x, y);
            across += at(x, y) * (x - AT) * (x - AT);
            down += at(x, y) * (y - AT) * (y - AT);
        }
    const double variance = sigmas[_i] * sigmas[_i];
    ck_assert_double_eq_tol(sum, 1.0, 1e-5);
    ck_assert_double_eq_tol(across / variance, 1.0, 0.01);
    ck_assert_double_eq_tol(down / variance, 1.0, 0.01);
}
END_TEST

/* A cosine that the mirrored border continues keeps its shape; three taps of
 * variance s^2 leave 1 - s^2 (1 - cos k) of it, a Gaussian exp(-s^2 k^2 / 2).
 */
START_TEST(a_wave_keeps_its_shape)
{
    enum { SIDE = 60, WAVES = 4 };
    const double variance = sigmas[_i] * sigmas[_i];
    for (int down = 0; down < 2; down++) {
        const double k = PI * WAVES / SIDE;
        const double gain = _i < NARROW ? 1 - variance * (1 - cos(k))
                                        : exp(-0.5 * variance * k * k);
        open_picture(SIDE, SIDE);
        for (int y = 0; y < SIDE; y++)
            for (int x = 0; x < SIDE; x++)
                ct_row(&light, y)[x] =
                    (float)(1 + 0.5 * cos(k * ((down ? y : x) + 0.5)));
        soften(sigmas[_i]);
        for (int y = 0; y < SIDE; y++)
            for (int x = 0; x < SIDE; x++)
                ck_assert_double_eq_tol(
                    at(x, y), 1 + 0.5 * gain * cos(k * ((down ? y : x) + 0.5)),
                    _i < NARROW ? 1e-6 : 2e-3 * (1 - gain) + 1e-5);
        end();
    }
}
END_TEST

START_TEST(none_of_it_changes_nothing)
{
    enum { SIDE = 20 };
    open_picture(SIDE, SIDE);
    scatter(3);
    soften(_i ? NAN : 0.0);
    for (int y = 0; y < SIDE; y++)
        for (int x = 0; x < SIDE; x++)
            ck_assert(ct_row(&light, y)[x] == dice(x, y, 3));
}
END_TEST

/* ---- Under a mask -------------------------------------------------------- */

/* What lies outside the mask has no part in what lies inside. */
START_TEST(even_light_is_kept_up_to_the_edge)
{
    enum { SIDE = 48 };
    open_picture(SIDE, SIDE);
    for (int y = 0; y < SIDE; y++)
        for (int x = 0; x < SIDE; x++) {
            const bool inside = x + y > 30;
            ct_byte_row(&mask, y)[x] = inside ? 255 : 0;
            ct_row(&light, y)[x] = inside ? 0.4f : NAN;
        }
    soften(sigmas[_i]);
    for (int y = 0; y < SIDE; y++)
        for (int x = 0; x < SIDE; x++)
            ck_assert_double_eq_tol(at(x, y), x + y > 30 ? 0.4 : 0.0, 1e-6);
}
END_TEST

/* Light x from column 10 on.  Three taps s, 1 - 2 s, s leave a ramp as it is;
 * at the mask's first column, where one of them is missing, they add
 * s / (1 - s), and at the picture's last, which repeats, they take s. */
START_TEST(a_ramp_ends_as_its_taps_say)
{
    enum { WIDTH = 40, HEIGHT = 9, FIRST = 10 };
    const double s = 0.5 * sigmas[_i] * sigmas[_i];
    for (int down = 0; down < 2; down++) {
        open_picture(down ? HEIGHT : WIDTH, down ? WIDTH : HEIGHT);
        for (int y = 0; y < light.height; y++)
            for (int x = 0; x < light.width; x++) {
                const int i = down ? y : x;
                ct_row(&light, y)[x] = (float)i;
                ct_byte_row(&mask, y)[x] = i < FIRST ? 0 : 255;
            }
        soften(sigmas[_i]);
        for (int y = 0; y < light.height; y++)
            for (int x = 0; x < light.width; x++) {
                const int i = down ? y : x;
                double expected = i < FIRST ? 0 : i;
                if (i == FIRST)
                    expected += s / (1 - s);
                if (i == WIDTH - 1)
                    expected -= s;
                ck_assert_double_eq_tol(at(x, y), expected, 1e-5);
            }
        end();
    }
}
END_TEST

/* The nine weighted neighbours of the mask, one by one. */
static double by_hand(int x, int y, double s, unsigned seed)
{
    double sum = 0, weight = 0;
    for (int j = -1; j <= 1; j++)
        for (int i = -1; i <= 1; i++) {
            int u = x + i, v = y + j;
            u = u < 0 ? 0 : u >= light.width ? light.width - 1 : u;
            v = v < 0 ? 0 : v >= light.height ? light.height - 1 : v;
            const double w = (i ? s : 1 - 2 * s) * (j ? s : 1 - 2 * s) *
                             (ct_byte_row(&mask, v)[u] ? 1 : 0);
            sum += w * (double)dice(u, v, seed);
            weight += w;
        }
    return ct_byte_row(&mask, y)[x] ? sum / weight : 0;
}

/* width, height: px; the last ones have no neighbours on some side */
static const int sizes[][2] = {{67, 41}, {16, 300}, {1, 9}, {9, 1}, {1, 1}};

START_TEST(three_taps_are_the_mean_of_the_neighbours_in_the_mask)
{
    for (int k = 0; k < 5; k++)
        for (int i = 0; i < NARROW; i++) {
            const unsigned seed = (unsigned)(k * NARROW + i);
            open_picture(sizes[k][0], sizes[k][1]);
            scatter(seed);
            soften(sigmas[i]);
            for (int y = 0; y < light.height; y++)
                for (int x = 0; x < light.width; x++)
                    ck_assert_double_eq_tol(
                        at(x, y),
                        by_hand(x, y, 0.5 * sigmas[i] * sigmas[i], seed), 1e-6);
            end();
        }
}
END_TEST

START_TEST(no_skin_is_no_light)
{
    open_picture(30, 20);
    scatter(5);
    for (int y = 0; y < mask.height; y++)
        memset(ct_byte_row(&mask, y), 0, (size_t)mask.width);
    soften(sigmas[_i]);
    for (int y = 0; y < light.height; y++)
        for (int x = 0; x < light.width; x++)
            ck_assert(at(x, y) == 0.0);
}
END_TEST

/* ---- The same bits ------------------------------------------------------- */

START_TEST(a_mirrored_picture_gives_the_mirrored_result)
{
    enum { WIDTH = 53, HEIGHT = 31 };
    float kept[HEIGHT][WIDTH];
    open_picture(WIDTH, HEIGHT);
    scatter(7);
    soften(sigmas[_i]);
    for (int y = 0; y < HEIGHT; y++)
        memcpy(kept[y], ct_row(&light, y), sizeof(kept[y]));
    for (int y = 0; y < HEIGHT; y++)
        for (int x = 0; x < WIDTH; x++) {
            const int u = WIDTH - 1 - x, v = HEIGHT - 1 - y;
            ct_row(&light, y)[x] = dice(u, v, 7);
            ct_byte_row(&mask, y)[x] = dice(u / 3, v / 2, 8) < 0.6f ? 255 : 0;
        }
    soften(sigmas[_i]);
    for (int y = 0; y < HEIGHT; y++)
        for (int x = 0; x < WIDTH; x++)
            ck_assert(ct_row(&light, y)[x] ==
                      kept[HEIGHT - 1 - y][WIDTH - 1 - x]);
}
END_TEST

START_TEST(instruction_sets_and_threads_change_no_bit)
{
    enum { WIDTH = 261, HEIGHT = 77 };
    static float kept[HEIGHT][WIDTH];
    for (int isa = CUTIS_ISA_C; isa <= CUTIS_ISA_BEST; isa++)
        for (int threads = 1; threads <= 3; threads++) {
            tools.kernels = ct_kernels_best((cutis_isa)isa);
            tools.threads = threads;
            open_picture(WIDTH, HEIGHT);
            scatter(11);
            soften(sigmas[_i]);
            for (int y = 0; y < HEIGHT; y++)
                if (isa == CUTIS_ISA_C && threads == 1)
                    memcpy(kept[y], ct_row(&light, y), sizeof(kept[y]));
                else
                    ck_assert_mem_eq(kept[y], ct_row(&light, y),
                                     sizeof(kept[y]));
            end();
        }
}
END_TEST

START_TEST(too_little_memory_is_said)
{
    open_picture(64, 64);
    tools.memory.limit = 1;
    ck_assert_int_eq(ct_soften(&light, &mask, sigmas[_i], &tools),
                     CUTIS_ERROR_MEMORY);
    ck_assert_str_ne(tools.sentence, "");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("soften");
    TCase *all = tcase_create("soften");
    suite_add_tcase(suite, all);
    tcase_add_checked_fixture(all, begin, end);
    tcase_add_loop_test(all, it_adds_exactly_its_variance, 0, SIGMAS);
    tcase_add_loop_test(all, a_wave_keeps_its_shape, 0, SIGMAS);
    tcase_add_loop_test(all, none_of_it_changes_nothing, 0, 2);
    tcase_add_loop_test(all, even_light_is_kept_up_to_the_edge, 0, SIGMAS);
    tcase_add_loop_test(all, a_ramp_ends_as_its_taps_say, 0, NARROW);
    tcase_add_test(all, three_taps_are_the_mean_of_the_neighbours_in_the_mask);
    tcase_add_loop_test(all, no_skin_is_no_light, 0, SIGMAS);
    tcase_add_loop_test(all, a_mirrored_picture_gives_the_mirrored_result, 0,
                        SIGMAS);
    tcase_add_loop_test(all, instruction_sets_and_threads_change_no_bit, 0,
                        SIGMAS);
    tcase_add_loop_test(all, too_little_memory_is_said, 0, SIGMAS);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
