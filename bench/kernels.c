/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What the inner loops and filters cost: ns per element (gemm: GFLOP/s) for
 * every table, and ns a pixel of what is made of them, best of several runs,
 * one thread, buffers warm.
 *
 *     ninja -C build bench/bench_kernels && build/bench/bench_kernels
 */

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "measure/measure.h"
#include "measure/patterns.h"
#include "signal/fft.h"
#include "signal/signal.h"

enum {
    N = 2048, /* floats of a row: in the first cache */
    ROWS = 33,
    DOWN = 16, /* rows of a result that are computed together */
    RUNS = 9,
    SIDE = 1536,
    LINE = 256, /* elements of a transform */
    GEMM_ROWS = 96,
    GEMM_DEPTH = 96,
    GEMM_N = 576
};

static float rows[ROWS][N + 80], out[3][N + 80], more[DOWN][N], taps[N];
static float a[GEMM_ROWS * GEMM_DEPTH], b[GEMM_DEPTH * GEMM_N];
static float c[GEMM_ROWS * GEMM_N];
static uint8_t mask[N], codes[N];
static struct sums sums;
static double lines[2][LINE * CT_LANES], factors[LINE];

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

/* Sixteen rows below each other, in strips as the Gaussian takes them. */
static void below(void (*run)(float *dst, size_t stride, const float *const *at,
                              const float *w, int radius, int count, size_t n))
{
    const float *at[ROWS + DOWN];
    for (size_t x = 0; x < N; x += N / 16) {
        for (int i = 0; i < ROWS + DOWN - 1; i++)
            at[i] = rows[i % ROWS] + x;
        run(more[0] + x, N, at + ROWS / 2, taps, 16, DOWN, N / 16);
    }
}

static void symmetric_columns(const struct kernels *table)
{
    below(table->symmetric_columns);
}

static void odd_columns(const struct kernels *table)
{
    below(table->odd_columns);
}

/* Eight couples of taps on either side of a line, four rows of it. */
static void slanted(const struct kernels *table)
{
    enum { STRIDE = N + 80 };
    ptrdiff_t at[17] = {0};
    for (int k = 1; k <= 15; k += 2) {
        at[k] = k / 2 * STRIDE + 2 * k;
        at[k + 1] = at[k] + STRIDE;
    }
    const struct slant slant = {at, taps, STRIDE, 16, true};
    table->slanted(more[0], N, &slant, rows[14] + 40, N - 80);
}

static void greatest(const struct kernels *table)
{
    table->greatest(out[0], codes, rows[0], 1, N);
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

static void surface(const struct kernels *table)
{
    const float *const skin[3] = {rows[0], rows[1], rows[2]};
    const float *const rgb[3] = {rows[3], rows[4], rows[5]};
    table->surface(out[0], skin, rgb, N);
}

static void weigh(const struct kernels *table)
{
    table->weigh(out[0], out[1], rows[0], mask, 0.5f, N);
}

static void unweigh(const struct kernels *table)
{
    table->unweigh(out[0], rows[0], 0.5f, 0.5f, N);
}

static void symmetric_rows(const struct kernels *table)
{
    const float *const w[2] = {taps, taps + 16};
    table->symmetric_rows(out[0], out[1], rows[0] + 16, w, 16, N);
}

static void symmetric_sums(const struct kernels *table)
{
    const float *const w[2] = {taps, taps + 16};
    const float *at[ROWS + DOWN];
    const float *const *const middle[2] = {at + ROWS / 2, at + ROWS / 2};
    for (size_t x = 0; x < N; x += N / 16) {
        for (int i = 0; i < ROWS + DOWN - 1; i++)
            at[i] = rows[i % ROWS] + x;
        table->symmetric_sums(more[0] + x, N, middle, w, 16, 0.5f, DOWN,
                              N / 16);
    }
}

static void lbp(const struct kernels *table)
{
    const struct plane plane = {rows[0], N + 80, N + 80, ROWS};
    struct circle circle;
    ct_lbp_circle(&circle, 8, 1);
    table->lbp(codes, &plane, &circle, 2, ROWS / 2, N);
}

static void fft_lines(const struct kernels *table)
{
    table->fft_lines(lines[0], lines[1], factors, factors + 1, LINE);
}

/* Of the processor, ns: the machine may do other work besides. */
static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
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
    {"symmetric_columns 33", symmetric_columns, DOWN *N},
    {"odd_columns 33", odd_columns, DOWN *N},
    {"slanted 33", slanted, CT_SLANT_ROWS *(N - 80)},
    {"greatest", greatest, N},
    {"masked_sums", masked_sums, N},
    {"depthwise 9", depthwise, 48 * 40},
    {"surface", surface, N},
    {"weigh", weigh, N},
    {"unweigh", unweigh, N},
    {"symmetric_rows 2 x 33", symmetric_rows, N},
    {"symmetric_sums 2 x 33", symmetric_sums, DOWN *N},
    {"lbp, 8 points", lbp, N},
    {"fft_lines 256", fft_lines, LINE *CT_LANES},
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

/* ---- Filters, on planes of SIDE x SIDE ----------------------------------- */

struct planes {
    struct plane src, dst, more[3];
    struct bytes mask, level;
    double sigma;
    uint8_t *samples;
    float curve[256];
    struct tools *tools;
};

typedef cutis_status filter_fn(struct planes *p);

static cutis_status gauss(struct planes *p)
{
    return ct_gauss(&p->dst, &p->src, p->sigma, p->tools);
}

static cutis_status gauss_masked(struct planes *p)
{
    return ct_gauss_masked(&p->dst, &p->src, &p->mask, p->sigma, true,
                           p->tools);
}

/* From 8 bits to linear light, optical density of each channel and CIELAB. */
static cutis_status convert(struct planes *p)
{
    const struct kernels *const table = p->tools->kernels;
    struct picture picture = {.width = SIDE,
                              .height = SIDE,
                              .channels = 3,
                              .bits = 8,
                              .space = CT_SRGB,
                              .samples = p->samples,
                              .to_linear = p->curve};
    for (int y = 0; y < SIDE; y++) {
        ct_picture_linear(&picture, 0, y, SIDE, rows[0], rows[1], rows[2]);
        for (int k = 0; k < 3; k++)
            table->density(ct_row(&p->more[k], y), rows[k], SIDE);
        table->lab(ct_row(&p->dst, y), out[0], out[1], rows[0], rows[1],
                   rows[2], SIDE);
    }
    return CUTIS_OK;
}

/* The texture's bands at 8 px per mm: five Gaussians, each less the next. */
static cutis_status bands(struct planes *p)
{
    static const float less[4] = {1.0f, -1.0f, 0.0f, 0.0f};
    cutis_status status = ct_gauss(&p->more[0], &p->src, 2.0, p->tools);
    for (int k = 1; k < 5 && status == CUTIS_OK; k++) {
        struct plane *const narrow = &p->more[(k - 1) % 2];
        struct plane *const wide = &p->more[k % 2];
        status = ct_gauss(wide, &p->src, 2 << k, p->tools);
        for (int y = 0; y < SIDE; y++)
            p->tools->kernels->combine3(ct_row(&p->dst, y), ct_row(narrow, y),
                                        ct_row(wide, y), ct_row(wide, y), less,
                                        SIDE);
    }
    return status;
}

/* The scales that pores are sought on at 16 px per mm. */
static cutis_status blobs(struct planes *p)
{
    struct blobs found = {0};
    struct blob_search search = {.source = &p->src,
                                 .mask = &p->mask,
                                 .scales = 12,
                                 .threshold = 1.5,
                                 .radius = 1.6,
                                 .roundness = 0.175};
    for (int k = 0; k < 12; k++)
        search.sigma[k] = k ? search.sigma[k - 1] * 1.189207115 : 1.12;
    const cutis_status status = ct_blobs_find(&found, &search, p->tools);
    ct_free(found.at);
    return status;
}

static cutis_status line_filter(struct planes *p)
{
    struct line_filter filter = {0};
    const cutis_status status =
        ct_line_filter(&filter, &p->src, &p->mask, 8.0, p->tools);
    ct_line_filter_free(&filter);
    return status;
}

static cutis_status glcm(struct planes *p)
{
    static uint32_t counts[CT_REGIONS][CT_GLCM_SIZE];
    for (int i = 0; i < 12; i++)
        ct_glcm_count(counts, &p->level, &p->level, 2 << i / 4, i % 4, 2);
    return CUTIS_OK;
}

static cutis_status quantile(struct planes *p)
{
    for (int y = 0; y < SIDE; y++)
        for (int x = 0; x < SIDE; x++)
            p->dst.at[y * SIDE + x] = ct_row(&p->src, y)[x];
    codes[0] = ct_quantile(p->dst.at, (size_t)SIDE * SIDE, 0.5) > 0.0;
    return CUTIS_OK;
}

static const struct {
    const char *name;
    filter_fn *run;
    double sigma;
} filters[] = {
    {"8 bits to OD and Lab", convert, 0.0},
    {"Gaussian, sigma 1", gauss, 1.0},
    {"Gaussian, sigma 1.5", gauss, 1.5},
    {"Gaussian, sigma 2.5", gauss, 2.5},
    {"Gaussian, sigma 4", gauss, 4.0},
    {"Gaussian, sigma 5.9", gauss, 5.9},
    {"Gaussian, sigma 8", gauss, 8.0},
    {"Gaussian, sigma 16", gauss, 16.0},
    {"Gaussian, sigma 40", gauss, 40.0},
    {"masked Gaussian, 4", gauss_masked, 4.0},
    {"bands 2 4 8 16 32", bands, 0.0},
    {"blobs, 12 scales", blobs, 0.0},
    {"lines, 3 x 16", line_filter, 0.0},
    {"GLCM, 12 steps", glcm, 0.0},
    {"median", quantile, 0.0},
};

/* ns a pixel, best of five. */
static double filter_cost(struct planes *p, filter_fn *run)
{
    double best = 1e300;
    for (int i = 0; i < 5; i++) {
        const double start = now();
        if (run(p) != CUTIS_OK)
            break;
        const double each = (now() - start) / ((double)SIDE * SIDE);
        best = each < best ? each : best;
    }
    return best;
}

static void create(struct planes *p, struct tools *tools)
{
    uint32_t dice = 1;
    p->tools = tools;
    p->samples = calloc(3 * (size_t)SIDE, SIDE);
    if (!p->samples || ct_plane_create(&p->src, SIDE, SIDE, tools) ||
        ct_plane_create(&p->dst, SIDE, SIDE, tools) ||
        ct_plane_create(&p->more[0], SIDE, SIDE, tools) ||
        ct_plane_create(&p->more[1], SIDE, SIDE, tools) ||
        ct_plane_create(&p->more[2], SIDE, SIDE, tools) ||
        ct_bytes_create(&p->mask, SIDE, SIDE, tools) ||
        ct_bytes_create(&p->level, SIDE, SIDE, tools))
        exit(EXIT_FAILURE);
    for (int i = 0; i < 256; i++)
        p->curve[i] = (float)i / 255.0f;
    for (int i = 0; i < SIDE * SIDE; i++) {
        const int x = i % SIDE, y = i / SIDE;
        dice = dice * 1664525u + 1013904223u;
        ct_row(&p->src, y)[x] = (float)(dice >> 8) * 0x1p-22f - 2.0f;
        ct_byte_row(&p->mask, y)[x] = 255;
        ct_byte_row(&p->level, y)[x] = (uint8_t)(y * 8 / SIDE);
        for (int k = 0; k < 3; k++)
            p->samples[3 * i + k] = (uint8_t)(dice >> (8 + 8 * k));
    }
}

static void print_filters(const struct kernels *const *tables, int count)
{
    struct tools tools = {.threads = 1};
    struct planes p = {.sigma = 0.0};
    create(&p, &tools);
    printf("ns a pixel\n");
    for (size_t s = 0; s < sizeof(filters) / sizeof(filters[0]); s++) {
        p.sigma = filters[s].sigma;
        printf("%-24s", filters[s].name);
        for (int t = 0; t < count; t++) {
            tools.kernels = tables[t];
            printf("%9.3f", filter_cost(&p, filters[s].run));
        }
        printf("\n");
    }
    free(p.samples);
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
    for (int i = 0; i < LINE; i++)
        factors[i] = 0.5;
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
