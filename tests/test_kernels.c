/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Every kernel of every table against the table of plain C, bit by bit, at all
 * lengths and offsets.  What plain C computes is test_kernel_values.c's.
 */

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "signal/signal.h"

enum {
    LONGEST = 67,
    GUARD = 16,
    ROOM = LONGEST + 3 * GUARD,
    INPUTS = 9,
    OUTPUTS = 3,
    TALLEST = 14,
    DEEPEST = 21,
    LONGEST_LINE = 16
};

static uint64_t dice = 88172645463325252u;

static uint64_t next_random(void)
{
    dice ^= dice << 13;
    dice ^= dice >> 7;
    dice ^= dice << 17;
    return dice;
}

static float random_value(void)
{
    return (float)(next_random() >> 11) * 0x1p-52f - 0.5f;
}

/* ---- All tables agree ---------------------------------------------------- */

static const struct kernels *reference, *tables[CUTIS_ISA_BEST];
static int table_count;

/* What a kernel may read and write. */
struct io {
    float in[INPUTS][ROOM], out[OUTPUTS][ROOM];
    float a[TALLEST * DEEPEST], b[DEEPEST * ROOM], c[TALLEST * ROOM];
    uint8_t mask[ROOM];
    double lines[2][LONGEST_LINE * CT_LANES];
    struct sums sums;
    int radius, rows;
    size_t depth;
};

typedef void run_fn(const struct kernels *table, struct io *io, size_t at,
                    size_t n);

static void run_combine3(const struct kernels *table, struct io *io, size_t at,
                         size_t n)
{
    table->combine3(io->out[0] + at, io->in[0] + at, io->in[1], io->in[2] + at,
                    io->in[3], n);
}

static void run_combine4(const struct kernels *table, struct io *io, size_t at,
                         size_t n)
{
    const float *const rows[4] = {io->in[0] + at, io->in[1], io->in[2] + at,
                                  io->in[3]};
    table->combine4(io->out[0] + at, rows, io->in[4], n);
}

static void run_density(const struct kernels *table, struct io *io, size_t at,
                        size_t n)
{
    io->in[0][at] = NAN;
    io->in[0][at + n / 2] = 1.0f;
    table->density(io->out[0] + at, io->in[0] + at, n);
}

static void run_transmit(const struct kernels *table, struct io *io, size_t at,
                         size_t n)
{
    io->in[0][at] = NAN;
    io->in[0][at + n / 2] *= 100.0f;
    table->transmit(io->out[0] + at, io->in[0] + at, n);
}

static void run_lab(const struct kernels *table, struct io *io, size_t at,
                    size_t n)
{
    table->lab(io->out[0] + at, io->out[1] + at, io->out[2], io->in[0] + at,
               io->in[1] + at, io->in[2], n);
}

static void run_weights(const struct kernels *table, struct io *io, size_t at,
                        size_t n)
{
    const float *const b[3] = {io->in[0] + at, io->in[1], io->in[2] + at};
    const float *const rgb[3] = {io->in[3], io->in[4] + at, io->in[5]};
    table->surface(io->in[8] + at, b, rgb, n);
    table->weigh(io->out[0] + at, io->out[1], io->in[0] + at, io->mask + at,
                 0.25f, n);
    table->unweigh(io->out[2] + at, io->in[1], 0.25f, 0.1f, n);
}

static void run_pairs(const struct kernels *table, struct io *io, size_t at,
                      size_t n)
{
    const float *const w[2] = {io->in[1], io->in[2] + 3};
    table->symmetric_rows(io->out[0] + at, io->out[1], io->in[0] + GUARD + at,
                          w, io->radius, n);
}

static void run_rows(const struct kernels *table, struct io *io, size_t at,
                     size_t n)
{
    table->symmetric_row(io->out[0] + at, io->in[0] + GUARD + at, io->in[1],
                         io->radius, n);
    table->odd_row(io->out[1] + at, io->in[0] + GUARD + at, io->in[1],
                   io->radius, n);
}

static void run_columns(const struct kernels *table, struct io *io, size_t at,
                        size_t n)
{
    const float *rows[INPUTS];
    const int radius = io->radius % (INPUTS / 2 + 1);
    for (int i = 0; i < INPUTS; i++)
        rows[i] = io->in[i] + (i % 2 ? at : 0);
    table->symmetric_column(io->out[0] + at, rows + INPUTS / 2, io->in[1],
                            radius, n);
    table->greatest(io->out[1] + at, io->mask + at, io->in[0] + at, 7, n);
}

/* Rows 0 to 2 are slopes along x, 3 to 5 along y. */
static void run_crests(const struct kernels *table, struct io *io, size_t at,
                       size_t n)
{
    uint8_t mark[ROOM] = {0};
    table->crests(mark + at, io->mask + at, io->in[1] + 1 + at,
                  io->in[4] + 1 + at, ROOM, 0.04f, n);
    for (size_t i = 0; i < ROOM; i++)
        io->out[0][i] = (float)mark[i];
}

/* Flat couples where n is even, anything where it is odd. */
static void run_slanted(const struct kernels *table, struct io *io, size_t at,
                        size_t n)
{
    const ptrdiff_t flat[5] = {0, 3, 3 + ROOM, 7 - ROOM, 7};
    const ptrdiff_t steep[4] = {0, 2 * ROOM + 1, ROOM, 15};
    const struct slant slant = {n % 2 ? steep : flat, io->b, ROOM,
                                n % 2 ? 3 : 4, n % 2 == 0};
    table->slanted(io->c + at, ROOM, &slant, io->in[2] + GUARD + at, n);
}

/* Up to seven rows of the result, which are not those that are read. */
static void run_columns_below(const struct kernels *table, struct io *io,
                              size_t at, size_t n)
{
    const int radius = io->radius, count = io->rows % 8;
    const float *rows[2 * GUARD + 7];
    for (int i = 0; i < 2 * GUARD + 7; i++)
        rows[i] = io->in[i % INPUTS] + (i % 2 ? at : 0);
    table->symmetric_columns(io->c + at, ROOM, rows + radius, io->in[1], radius,
                             count, n);
    table->odd_columns(io->c + 7 * ROOM, ROOM, rows + radius, io->in[1], radius,
                       count, n);
}

static void run_sums(const struct kernels *table, struct io *io, size_t at,
                     size_t n)
{
    const int radius = io->radius, count = io->rows % 8;
    const float *const w[2] = {io->in[1], io->in[2] + 3};
    const float *rows[2 * GUARD + 8];
    for (int i = 0; i < 2 * GUARD + 8; i++)
        rows[i] = io->in[i % INPUTS] + (i % 2 ? at : 0);
    const float *const *const middle[2] = {rows + radius, rows + radius + 1};
    table->symmetric_sums(io->c + at, ROOM, middle, w, radius, -0.7f, count, n);
}

static void run_masked_sums(const struct kernels *table, struct io *io,
                            size_t at, size_t n)
{
    io->sums.sum[0] = 1.0;
    io->sums.count = 7;
    for (size_t i = 0; i < ROOM - GUARD; i++)
        if (!io->mask[i])
            io->in[0][i + at] = NAN;
    table->masked_sums(&io->sums, io->in[0] + at, io->mask, n);
}

static void run_gemm(const struct kernels *table, struct io *io, size_t at,
                     size_t n)
{
    table->gemm(io->c + at, ROOM, io->a, DEEPEST, io->b + at, ROOM, io->rows,
                io->depth, n);
}

static void run_correlate(const struct kernels *table, struct io *io, size_t at,
                          size_t n)
{
    enum { MOST = 7 };
    const size_t stride = n / CT_LANES * CT_LANES;
    float lanes[MOST][3][CT_LANES] = {{{0}}};
    table->correlate(lanes, (int)(at % (MOST + 1)), io->b, io->c, stride,
                     io->b + at, stride + 3, io->rows);
    memcpy(io->lines, lanes, sizeof(lanes));
}

static void run_eliminate(const struct kernels *table, struct io *io, size_t at,
                          size_t n)
{
    const size_t stride = LONGEST_LINE * CT_LANES / (n + 1) < CT_LANES ? 1 : 7;
    const size_t depth = (LONGEST_LINE - 1) * CT_LANES / stride;
    table->eliminate(io->lines[0] + at, io->lines[1], io->lines[1] + n % 3,
                     stride, n < depth ? n : depth);
}

static void run_dots(const struct kernels *table, struct io *io, size_t at,
                     size_t n)
{
    const float *rows[INPUTS];
    for (int k = 0; k < INPUTS; k++)
        rows[k] = io->in[k] + at;
    table->dots(io->c, rows, io->rows % (INPUTS + 1), io->b + at,
                n / CT_LANES * CT_LANES);
}

/* Some of the places lie beyond the border. */
static void run_along(const struct kernels *table, struct io *io, size_t at,
                      size_t n)
{
    const struct plane plane = {io->in[0], ROOM, ROOM, INPUTS};
    const float from[2] = {10.0f * io->a[0] + 4.0f, 20.0f * io->a[1] + 4.0f};
    const float by[2] = {1.0f + io->a[2], 0.1f * io->a[3]};
    const int first = (int)(n / 3);
    table->along(io->out[0] + at, &plane, from, by, first, (int)n);
}

static void run_depthwise(const struct kernels *table, struct io *io, size_t at,
                          size_t n)
{
    const float *taps[DEEPEST];
    for (size_t k = 0; k < DEEPEST; k++)
        taps[k] = io->b + at + k;
    table->depthwise(io->c + at, taps, io->b, io->a, (int)io->depth, n / 2,
                     io->rows, n);
}

/* Points between pixels, on columns and on rows. */
static const struct circle circle = {5,
                                     {2.0, 0.61803, -1.61803, -1.61803, 0.0},
                                     {0.0, -1.9, -1.17557, 1.0, 2.0}};

static void run_lbp(const struct kernels *table, struct io *io, size_t at,
                    size_t n)
{
    const struct plane plane = {io->in[0], ROOM, ROOM, INPUTS};
    io->in[4][at + 2] = io->in[4][at + 4]; /* as dark as a point: a tie */
    table->lbp(io->mask + at, &plane, &circle, (int)at + 2, INPUTS / 2, n);
}

static void run_fft_lines(const struct kernels *table, struct io *io, size_t at,
                          size_t n)
{
    const size_t length = (size_t)2 << n % 4;
    double cosine[LONGEST_LINE / 2], sine[LONGEST_LINE / 2];
    for (size_t i = 0; i < LONGEST_LINE / 2; i++) {
        cosine[i] = (double)io->in[0][at + i];
        sine[i] = (double)io->in[1][at + i];
    }
    table->fft_lines(io->lines[0], io->lines[1], cosine, sine, length);
}

static const struct {
    const char *name;
    run_fn *run;
} kernels[] = {
    {"combine3", run_combine3},
    {"combine4", run_combine4},
    {"density", run_density},
    {"transmit", run_transmit},
    {"lab", run_lab},
    {"surface, weigh, unweigh", run_weights},
    {"symmetric_rows", run_pairs},
    {"rows", run_rows},
    {"columns", run_columns},
    {"columns below each other", run_columns_below},
    {"symmetric_sums", run_sums},
    {"slanted", run_slanted},
    {"masked_sums", run_masked_sums},
    {"gemm", run_gemm},
    {"dots", run_dots},
    {"correlate", run_correlate},
    {"eliminate", run_eliminate},
    {"depthwise", run_depthwise},
    {"along", run_along},
    {"lbp", run_lbp},
    {"crests", run_crests},
    {"fft_lines", run_fft_lines},
};

static void fill(float *v, size_t n)
{
    for (size_t i = 0; i < n; i++)
        v[i] = random_value();
}

static void fill_io(struct io *io)
{
    memset(io, 0, sizeof(*io));
    fill(&io->in[0][0], INPUTS * (size_t)ROOM);
    fill(&io->out[0][0], OUTPUTS * (size_t)ROOM); /* a write outside shows */
    fill(io->a, TALLEST * DEEPEST);
    fill(io->b, DEEPEST * ROOM);
    fill(io->c, TALLEST * ROOM);
    for (size_t i = 0; i < ROOM; i++)
        io->mask[i] = next_random() % 3 ? 255 : 0;
    for (size_t i = 0; i < LONGEST_LINE * CT_LANES; i++) {
        io->lines[0][i] = (double)random_value();
        io->lines[1][i] = (double)random_value();
    }
    io->radius = (int)(next_random() % GUARD);
    io->rows = (int)(next_random() % (TALLEST + 1));
    io->depth = next_random() % (DEEPEST + 1);
}

START_TEST(all_tables_compute_the_same_bits)
{
    const size_t count = sizeof(kernels) / sizeof(kernels[0]);
    struct io expected, actual;

    for (size_t kernel = 0; kernel < count; kernel++) {
        for (size_t n = 0; n <= LONGEST; n++) {
            const size_t at = next_random() % GUARD;
            fill_io(&expected);
            actual = expected;
            kernels[kernel].run(reference, &expected, at, n);
            kernels[kernel].run(tables[_i], &actual, at, n);
            ck_assert_msg(!memcmp(&actual, &expected, sizeof(actual)),
                          "%s of table %d differs at length %zu",
                          kernels[kernel].name, (int)tables[_i]->isa, n);
        }
    }
}
END_TEST

START_TEST(the_tables_that_this_machine_must_have_are_there)
{
    const char *const wanted = getenv("CUTIS_TEST_TABLES");
    if (wanted)
        ck_assert_int_eq(table_count, atoi(wanted));
    ck_assert_ptr_eq(ct_kernels_best(CUTIS_ISA_C), reference);
    const struct kernels *const best = ct_kernels_best(CUTIS_ISA_BEST);
    ck_assert_ptr_eq(best, table_count ? tables[table_count - 1] : reference);
}
END_TEST

int main(void)
{
    reference = ct_kernels_get(CUTIS_ISA_C);
    for (int isa = CUTIS_ISA_C + 1; isa < CUTIS_ISA_BEST; isa++) {
        const struct kernels *const table = ct_kernels_get((cutis_isa)isa);
        if (table)
            tables[table_count++] = table;
    }

    Suite *suite = suite_create("kernels");
    TCase *tests = tcase_create("kernels");
    suite_add_tcase(suite, tests);
    tcase_add_loop_test(tests, all_tables_compute_the_same_bits, 0,
                        table_count);
    tcase_add_test(tests, the_tables_that_this_machine_must_have_are_there);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
