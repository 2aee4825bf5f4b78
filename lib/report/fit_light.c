/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * How differently the photographs were lit: the ratio of their red light where
 * they show the same skin, over 10 mm, the mean of its logarithm taken off.
 * Red, because blood takes hardly any of it: a cheek that became paler would
 * look like a lamp that moved.  What lamps do changes slowly over a face, so it
 * is looked at in squares of a few pixels.
 */

#include <math.h>

#include "report/fit.h"

enum { SIDE = CT_FIT_SIDE, LEAST = SIDE * SIDE / 3, CODES = 256 };

static const double smooth_mm = 10.0; /* sigma, as the check of even light */

void ct_fit_halve(struct plane *light, struct bytes *grey, const uint8_t *rgb,
                  const struct frame *frame)
{
    float linear[CODES];
    for (int i = 0; i < CODES; i++)
        linear[i] = (float)(0.25 * ct_srgb_decode(i / 255.0));
    for (int y = 0; y < CT_FIT_HEIGHT; y++)
        for (int x = 0; x < CT_FIT_WIDTH; x++) {
            float sum = 0.0f;
            int coded = 0;
            for (int k = 0; k < 4; k++) {
                const size_t row = (size_t)(2 * y + k / 2);
                const size_t column = (size_t)(2 * x + k % 2);
                const uint8_t *const at =
                    rgb + (row * (size_t)frame->width + column) * 3;
                sum += linear[at[0]];
                coded += 3 * at[0] + 10 * at[1] + at[2];
            }
            ct_row(light, y)[x] = sum;
            if (grey)
                ct_byte_row(grey, y)[x] = (uint8_t)(coded / 56);
        }
}

/* ---- Squares ------------------------------------------------------------- */

struct squares {
    struct plane light[2], ratio;
    struct bytes known;
};

static void sum_square(struct squares *out, const struct fields *fields, int i,
                       int j)
{
    float sum[2] = {0};
    int n = 0;
    for (int y = j * SIDE; y < (j + 1) * SIDE && y < CT_FIT_HEIGHT; y++)
        for (int x = i * SIDE; x < (i + 1) * SIDE && x < CT_FIT_WIDTH; x++) {
            if (!ct_byte_row(&fields->skin, y)[x])
                continue;
            for (int k = 0; k < 2; k++)
                sum[k] += ct_row(&fields->light[k], y)[x];
            n++;
        }
    const bool known = n >= LEAST && sum[0] > 0.0f && sum[1] > 0.0f;
    ct_byte_row(&out->known, j)[i] = known ? 255 : 0;
    for (int k = 0; k < 2; k++)
        ct_row(&out->light[k], j)[i] = known ? sum[k] / (float)n : 0.0f;
}

/* The logarithm of after over before, its mean over known squares taken off. */
static bool compare(struct squares *squares)
{
    double sum = 0.0;
    int n = 0;
    struct plane *const ratio = &squares->ratio;
    for (int j = 0; j < ratio->height; j++)
        for (int i = 0; i < ratio->width; i++) {
            const float a = ct_row(&squares->light[0], j)[i];
            const float b = ct_row(&squares->light[1], j)[i];
            const bool known = a > 0.0f && b > 0.0f;
            const double log = known ? ct_log((double)b / (double)a) : 0.0;
            ct_row(ratio, j)[i] = (float)log;
            if (known && ct_byte_row(&squares->known, j)[i]) {
                sum += log;
                n++;
            }
        }
    for (int j = 0; j < ratio->height; j++)
        for (int i = 0; i < ratio->width; i++)
            ct_row(ratio, j)[i] -= (float)(n ? sum / n : 0.0);
    return n > 0;
}

/* ---- Between squares ----------------------------------------------------- */

static int held(int i, int n)
{
    return i < 0 ? 0 : i < n ? i : n - 1;
}

double ct_fit_between(const struct plane *plane, int x, int y)
{
    const double across = (x + 0.5) / SIDE + 0.5, down = (y + 0.5) / SIDE + 0.5;
    const int i = (int)across, j = (int)down; /* one to the right and below */
    const double fx = across - i, fy = down - j;
    double sum = 0.0;
    for (int k = 0; k < 4; k++) {
        const int column = held(i - 1 + k % 2, plane->width);
        const int row = held(j - 1 + k / 2, plane->height);
        sum += (k % 2 ? fx : 1.0 - fx) * (k / 2 ? fy : 1.0 - fy) *
               (double)ct_row(plane, row)[column];
    }
    return sum;
}

static cutis_status spread(struct page_fit *out, struct fields *fields,
                           const struct plane *ratio, struct tools *tools)
{
    size_t n = 0;
    float *const far =
        ct_alloc_raw(&tools->memory, CT_FIT_PIXELS, sizeof(float));
    if (!far)
        return ct_no_memory(tools);
    for (int y = 0; y < CT_FIT_HEIGHT; y++)
        for (int x = 0; x < CT_FIT_WIDTH; x++) {
            float *const to = &ct_row(&fields->change, y)[x];
            *to = NAN;
            if (!ct_byte_row(&fields->skin, y)[x])
                continue;
            *to = (float)(100.0 * (ct_exp(ct_fit_between(ratio, x, y)) - 1.0));
            far[n++] = fabsf(*to);
        }
    out->light_p95 = ct_quantile(far, n, 0.95);
    out->light_high = ct_round_up(fmax(ct_quantile(far, n, 0.98), 5.0));
    ct_free(far);
    return CUTIS_OK;
}

cutis_status ct_fit_light(struct page_fit *out, struct fields *fields,
                          struct tools *tools)
{
    const int columns = (CT_FIT_WIDTH + SIDE - 1) / SIDE;
    const int rows = (CT_FIT_HEIGHT + SIDE - 1) / SIDE;
    const double sigma = smooth_mm / fields->mm / SIDE;
    struct squares squares = {0};
    cutis_status status;

    out->light_p95 = out->light_high = NAN;
    TRY(ct_plane_create(&squares.light[0], columns, rows, tools));
    TRY(ct_plane_create(&squares.light[1], columns, rows, tools));
    TRY(ct_plane_create(&squares.ratio, columns, rows, tools));
    TRY(ct_bytes_create(&squares.known, columns, rows, tools));
    for (int j = 0; j < rows; j++)
        for (int i = 0; i < columns; i++)
            sum_square(&squares, fields, i, j);
    for (int k = 0; k < 2; k++)
        TRY(ct_gauss_masked(&squares.light[k], &squares.light[k],
                            &squares.known, sigma, true, tools));
    if (compare(&squares))
        TRY(spread(out, fields, &squares.ratio, tools));
done:
    ct_plane_free(&squares.light[0]);
    ct_plane_free(&squares.light[1]);
    ct_plane_free(&squares.ratio);
    ct_bytes_free(&squares.known);
    return status;
}
