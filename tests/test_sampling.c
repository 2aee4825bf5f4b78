/* SPDX-License-Identifier: BSD-2-Clause */

/* How many independent cells a field is worth: fields of known correlation. */

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <check.h>

#include "measure/sampling.h"
#include "util/hash.h"

enum { MOST = 96, MARGIN = 40, WIDE = MOST + 2 * MARGIN };

static struct random dice;
static float values[MOST * MOST];
static uint8_t inside[MOST * MOST];
static double sums[(MOST + 1) * (MOST + 1)], counts[(MOST + 1) * (MOST + 1)];
static struct mosaic field = {
    .value = values, .in = inside, .sum = sums, .count = counts};
static double noise[WIDE * WIDE], half[WIDE * WIDE];

static bool in_shape(bool round, int x, int y)
{
    const double cx = x - 0.5 * (field.width - 1),
                 cy = y - 0.5 * (field.height - 1);
    const double r = 0.5 * field.width;
    return !round || cx * cx + cy * cy <= r * r;
}

/* White noise blurred by a Gaussian: unit variance, and a correlation of
 * exp(-h^2 / (4 sigma^2)).  sigma 0: white. */
static void make_noise(double sigma)
{
    const int reach = (int)ceil(4.0 * sigma);
    const int width = field.width + 2 * reach,
              height = field.height + 2 * reach;
    double kernel[2 * MARGIN + 1], norm = 0.0;

    ck_assert_int_le(reach, MARGIN);
    for (int i = -reach; i <= reach; i++) {
        kernel[i + reach] = reach ? exp(-0.5 * i * i / (sigma * sigma)) : 1.0;
        norm += kernel[i + reach] * kernel[i + reach];
    }
    for (int i = 0; i < width * height; i++)
        noise[i] = ct_random_normal(&dice);
    for (int y = 0; y < height; y++)
        for (int x = 0; x < field.width; x++) {
            double sum = 0.0;
            for (int i = 0; i <= 2 * reach; i++)
                sum += kernel[i] * noise[y * width + x + i];
            half[y * field.width + x] = sum;
        }
    for (int y = 0; y < field.height; y++)
        for (int x = 0; x < field.width; x++) {
            double sum = 0.0;
            for (int i = 0; i <= 2 * reach; i++)
                sum += kernel[i] * half[(y + i) * field.width + x];
            noise[y * field.width + x] = sum / norm;
        }
}

/* A field of mean 0 over its cells; returns what its mean was. */
static double make(int width, int height, bool round, double sigma,
                   double grain)
{
    double mean = 0.0, cells = 0.0;

    field.width = width;
    field.height = height;
    make_noise(sigma);
    for (int i = 0; i < width * height; i++) {
        inside[i] = in_shape(round, i % width, i / width);
        noise[i] += grain * ct_random_normal(&dice);
        mean += inside[i] ? noise[i] : 0.0;
        cells += inside[i];
    }
    mean /= cells;
    for (int i = 0; i < width * height; i++)
        values[i] = inside[i] ? (float)(noise[i] - mean) : 0.0f;
    return mean;
}

/* Var(mean) of such a field: the mean of rho over all pairs of cells, and the
 * grain's own. */
static double true_variance(double sigma, double grain, double *cells)
{
    double by_offset[2 * MOST][2 * MOST], sum = 0.0;

    *cells = 0.0;
    for (int y = 0; y < field.height; y++)
        for (int x = 0; x < field.width; x++) {
            const double h2 = x * x + y * y;
            by_offset[y][x] = sigma > 0.0 ? exp(-0.25 * h2 / (sigma * sigma))
                                          : (double)(x == 0 && y == 0);
            *cells += inside[y * field.width + x];
        }
    for (int i = 0; i < field.width * field.height; i++)
        for (int k = 0; inside[i] && k < field.width * field.height; k++)
            if (inside[k])
                sum += by_offset[abs(i / field.width - k / field.width)]
                                [abs(i % field.width - k % field.width)];
    return sum / (*cells * *cells) + grain * grain / *cells;
}

struct many {
    double n, se2, held, cells, variance;
};

static struct many run(int fields, int side, bool round, double sigma,
                       double grain)
{
    struct many out = {0};

    for (int i = 0; i < fields; i++) {
        struct sampling s;
        const double mean = make(side, side, round, sigma, grain);
        ct_sampling_of(&s, &field);
        ck_assert(s.se > 0.0 && s.n > 1.0);
        out.n += s.n / fields;
        out.se2 += s.se * s.se / fields;
        out.held +=
            fabs(mean) <= s.se * ct_t_quantile(0.95, s.n - 1.0) ? 1.0 : 0.0;
    }
    out.held /= fields;
    out.variance = true_variance(sigma, grain, &out.cells);
    printf("%d mm%s, sigma %.1f, grain %.1f: n %.1f of %.0f, true %.1f; "
           "Var(mean) %.5f, true %.5f; %.1f %% held\n",
           side, round ? " round" : "", sigma, grain, out.n, out.cells,
           (1.0 + grain * grain) / out.variance, out.se2, out.variance,
           100.0 * out.held);
    fflush(stdout);
    return out;
}

/* Of 400 fields 1.1 points are an SE of what is held. */
START_TEST(intervals_hold_the_mean_that_the_whole_field_has)
{
    static const struct {
        int side;
        double sigma, grain;
    } kinds[] = {{32, 1.0, 0.0}, {60, 1.0, 0.0}, {60, 2.0, 0.0},
                 {60, 2.0, 2.0}, {60, 4.0, 0.0}, {40, 2.0, 1.0}};

    for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
        const double grain = kinds[i].grain;
        const struct many out =
            run(400, kinds[i].side, true, kinds[i].sigma, grain);
        const double n = (1.0 + grain * grain) / out.variance;
        ck_assert_double_gt(out.held, 0.925);
        ck_assert_double_lt(out.held, 0.98);
        ck_assert_double_eq_tol(out.n, n, 0.12 * n);
        ck_assert_double_eq_tol(out.se2, out.variance, 0.25 * out.variance);
    }
}
END_TEST

/* What is as white as can be is worth nearly all its cells; the fit may see
 * some order in it, and never too little. */
START_TEST(white_cells_are_nearly_all_independent)
{
    for (int side = 20; side <= 60; side += 20) {
        const struct many out = run(400, side, false, 0.0, 0.0);
        ck_assert_double_gt(out.n, 0.7 * out.cells);
        ck_assert_double_le(out.n, out.cells);
        ck_assert_double_gt(out.held, 0.93);
    }
}
END_TEST

/* ---- The bootstrap ------------------------------------------------------- */

enum { SQUARES = MOST * MOST, DRAWS = 2000 };
static double square_sum[SQUARES], square_cells[SQUARES];

static int list_squares(int side)
{
    int n = 0;

    for (int y = 0; y + side <= field.height; y++)
        for (int x = 0; x + side <= field.width; x++) {
            double sum = 0.0, cells = 0.0;
            for (int i = 0; i < side * side; i++) {
                const int at = (y + i / side) * field.width + x + i % side;
                sum += (double)values[at];
                cells += inside[at];
            }
            if (2.0 * cells < side * side)
                continue;
            square_sum[n] = sum;
            square_cells[n++] = cells;
        }
    return n;
}

/* The SD of DRAWS means, each of as many squares as make up the field. */
static double draw_means(int squares, double cells)
{
    double mean_cells = 0.0, centre = 0.0, square = 0.0;

    for (int i = 0; i < squares; i++) {
        mean_cells += square_cells[i] / squares;
        centre += square_sum[i];
    }
    centre /= mean_cells * squares;
    const int each = (int)(cells / mean_cells + 0.5);
    for (int d = 0; d < DRAWS; d++) {
        double sum = 0.0, count = 0.0;
        for (int i = 0; i < each; i++) {
            const int k = (int)(ct_random_uniform(&dice) * squares);
            sum += square_sum[k];
            count += square_cells[k];
        }
        square += (sum / count - centre) * (sum / count - centre);
    }
    return sqrt(square / DRAWS * each * mean_cells / cells);
}

/* 2000 draws know their SD to 1.6 %; the ratio of sums is linearised. */
START_TEST(the_closed_form_is_what_drawing_blocks_gives)
{
    static const double sigma[] = {0.0, 1.0, 2.0};

    for (size_t i = 0; i < sizeof(sigma) / sizeof(*sigma); i++) {
        struct sampling s;
        double cells = 0.0;
        make(80, 80, true, sigma[i], 0.5);
        for (int k = 0; k < 80 * 80; k++)
            cells += inside[k];
        ct_sampling_of(&s, &field);
        const int side = (int)ceil(fmax(8.0, 4.0 * s.length_mm));
        ck_assert(cells >= 4.0 * side * side);
        const double drawn = draw_means(list_squares(side), cells);
        printf("blocks of %d mm: %.5f drawn, %.5f; variogram %.5f\n", side,
               drawn, s.block_se, s.se);
        ck_assert_double_eq_tol(s.block_se, drawn, 0.08 * drawn);
    }
}
END_TEST

/* ---- What must not matter ------------------------------------------------ */

START_TEST(the_other_way_round_is_the_same)
{
    struct sampling one, other;

    make(60, 60, true, 2.0, 1.0);
    ct_sampling_of(&one, &field);
    for (int i = 0; i < 60 * 60; i++)
        values[i] = -values[i];
    ct_sampling_of(&other, &field);
    ck_assert(!memcmp(&one, &other, sizeof(one)));
}
END_TEST

START_TEST(what_is_too_little_or_all_alike_says_nothing)
{
    struct sampling s;

    make(30, 30, true, 1.0, 0.0);
    memset(values, 0, sizeof(values));
    ct_sampling_of(&s, &field);
    ck_assert(isnan(s.se) && isnan(s.n));
    make(6, 6, false, 0.0, 1.0);
    ct_sampling_of(&s, &field);
    ck_assert(isnan(s.se));
}
END_TEST

static void set_up(void)
{
    ct_random_seed(&dice, 11);
}

int main(void)
{
    Suite *suite = suite_create("sampling");
    TCase *tests = tcase_create("fields");
    suite_add_tcase(suite, tests);
    tcase_add_checked_fixture(tests, set_up, NULL);
    tcase_set_timeout(tests, 120.0);
    tcase_add_test(tests, intervals_hold_the_mean_that_the_whole_field_has);
    tcase_add_test(tests, white_cells_are_nearly_all_independent);
    tcase_add_test(tests, the_closed_form_is_what_drawing_blocks_gives);
    tcase_add_test(tests, the_other_way_round_is_the_same);
    tcase_add_test(tests, what_is_too_little_or_all_alike_says_nothing);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
