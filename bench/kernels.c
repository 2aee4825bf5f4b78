/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What the inner loops and filters cost: ns per element (gemm: GFLOP/s) for
 * every table, best of several runs, one thread, buffers warm.
 *
 *     ninja -C build bench/bench_kernels && build/bench/bench_kernels
 */

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "signal/signal.h"

enum {
    N = 2048, /* floats of a row: in the first cache */
    ROWS = 33,
    RUNS = 9,
    SIDE = 1536,
    GEMM_ROWS = 96,
    GEMM_DEPTH = 96,
    GEMM_N = 576
};

static float rows[ROWS][N + 80], out[3][N + 80], taps[N];
static float a[GEMM_ROWS * GEMM_DEPTH], b[GEMM_DEPTH * GEMM_N];
static float c[GEMM_ROWS * GEMM_N];
static uint8_t mask[N];
static struct sums sums;

typedef void run_fn(const struct kernels *table);

static void combine3(const struct kernels *table)
{
    table->combine3(out[0], rows[0], rows[1], rows[2], taps, N);
}

static void density(const struct kernels *table)
{
    table->density(out[0], rows[0], N);
}

static void transmit(const struct kernels *table)
{
    table->transmit(out[0], rows[0], N);
}

static void lab(const struct kernels *table)
{
    table->lab(out[0], out[1], out[2], rows[0], rows[1], rows[2], N);
}

static void symmetric_row(const struct kernels *table)
{
    table->symmetric_row(out[0], rows[0] + 16, taps, 16, N);
}

static void symmetric_column(const struct kernels *table)
{
    const float *at[ROWS];
    for (int i = 0; i < ROWS; i++)
        at[i] = rows[i];
    table->symmetric_column(out[0], at + ROWS / 2, taps, 16, N);
}

static void odd_column(const struct kernels *table)
{
    const float *at[ROWS];
    for (int i = 0; i < ROWS; i++)
        at[i] = rows[i];
    table->odd_column(out[0], at + ROWS / 2, taps, 16, N);
}

static void masked_sums(const struct kernels *table)
{
    table->masked_sums(&sums, rows[0], mask, N);
}

static void gemm(const struct kernels *table)
{
    table->gemm(c, GEMM_N, a, GEMM_DEPTH, b, GEMM_N, GEMM_ROWS, GEMM_DEPTH,
                GEMM_N);
}

/* A 3 x 3 filter over 48 pixels of 40 channels. */
static void depthwise(const struct kernels *table)
{
    const float *at[9];
    for (int i = 0; i < 9; i++)
        at[i] = rows[i];
    table->depthwise(out[0], at, rows[10], taps, 9, 40, 48, 40);
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

/* ns of one call, best of RUNS. */
static double cost(run_fn *run, const struct kernels *table, int repeats)
{
    double best = 1e300;
    for (int i = 0; i < RUNS; i++) {
        const double start = now();
        for (int k = 0; k < repeats; k++)
            run(table);
        const double each = (now() - start) / repeats;
        best = each < best ? each : best;
    }
    return best;
}

static const struct {
    const char *name;
    run_fn *run;
    int elements;
} kernels[] = {
    {"combine3", combine3, N},
    {"density", density, N},
    {"transmit", transmit, N},
    {"lab", lab, N},
    {"symmetric_row 33", symmetric_row, N},
    {"symmetric_column 33", symmetric_column, N},
    {"odd_column 33", odd_column, N},
    {"masked_sums", masked_sums, N},
    {"depthwise 9", depthwise, 48 * 40},
};

static void fill(float *v, size_t n)
{
    for (size_t i = 0; i < n; i++)
        v[i] = 0.1f + (float)(i * 37 % 101) / 200.0f;
}

static void print_kernels(const struct kernels *const *tables, int count)
{
    const double flops = 2.0 * GEMM_ROWS * GEMM_DEPTH * GEMM_N;

    for (size_t k = 0; k < sizeof(kernels) / sizeof(kernels[0]); k++) {
        printf("%-24s", kernels[k].name);
        for (int t = 0; t < count; t++)
            printf("%9.3f",
                   cost(kernels[k].run, tables[t], 200) / kernels[k].elements);
        printf("\n");
    }
    printf("%-24s", "gemm, GFLOP/s");
    for (int t = 0; t < count; t++)
        printf("%9.1f", flops / cost(gemm, tables[t], 3));
    printf("\n");
}

/* ns a pixel of a whole filter on a plane of SIDE x SIDE. */
static double filter_cost(struct tools *tools, double sigma)
{
    struct plane src, dst;
    double best = 1e300;
    if (ct_plane_create(&src, SIDE, SIDE, tools) ||
        ct_plane_create(&dst, SIDE, SIDE, tools))
        return best;
    for (int y = 0; y < SIDE; y++)
        fill(ct_row(&src, y), SIDE);
    for (int i = 0; i < 5; i++) {
        const double start = now();
        if (ct_gauss(&dst, &src, sigma, tools))
            break;
        const double each = (now() - start) / ((double)SIDE * SIDE);
        best = each < best ? each : best;
    }
    ct_plane_free(&src);
    ct_plane_free(&dst);
    return best;
}

static void print_filters(const struct kernels *const *tables, int count)
{
    const double sigmas[] = {1.0, 1.5, 2.5, 4.0, 5.9, 8.0, 16.0, 40.0};

    for (size_t s = 0; s < sizeof(sigmas) / sizeof(sigmas[0]); s++) {
        printf("ct_gauss, sigma %4.1f     ", sigmas[s]);
        for (int t = 0; t < count; t++) {
            struct tools tools = {.kernels = tables[t], .threads = 1};
            printf("%9.3f", filter_cost(&tools, sigmas[s]));
        }
        printf("\n");
    }
}

int main(void)
{
    const char *const names[] = {"c", "neon", "avx2", "avx512"};
    const struct kernels *tables[CUTIS_ISA_BEST];
    int count = 0;

    fill(&rows[0][0], sizeof(rows) / sizeof(float));
    fill(taps, N);
    fill(a, sizeof(a) / sizeof(float));
    fill(b, sizeof(b) / sizeof(float));
    for (int i = 0; i < N; i++)
        mask[i] = i % 3 ? 255 : 0;

    printf("%-24s", "ns an element");
    for (int isa = 0; isa < CUTIS_ISA_BEST; isa++) {
        const struct kernels *const table = ct_kernels_get((cutis_isa)isa);
        if (!table)
            continue;
        tables[count++] = table;
        printf("%9s", names[isa]);
    }
    printf("\n");
    print_kernels(tables, count);
    print_filters(tables, count);
    return EXIT_SUCCESS;
}
