/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What skin is like around a pixel.
 *
 * A wide Gaussian under a mask needs no fine grid.  Three filters follow each
 * other, whose variances add up to sigma^2: means over boxes of f x f pixels
 * under the mask, (f^2 - 1) / 12; a Gaussian on the plane of boxes; straight
 * lines between their centres, f^2 / 6 on average.  With f <= sigma / 6 the
 * last are within half a percent of the contrast.
 */

#include <math.h>
#include <string.h>

#include "face/mask.h"

struct around {
    const struct plane *src;
    const struct bytes *mask;
    int f;
    struct plane value, weight; /* of boxes: sum under the mask, and of it */
};

static int least(int a, int b)
{
    return a < b ? a : b;
}

/* Adds what a row holds under the mask, and the mask, column by column. */
static void add_row(float *restrict value, float *restrict weight,
                    const float *restrict from, const uint8_t *restrict mask,
                    int n)
{
    for (int x = 0; x < n; x++) {
        value[x] += mask[x] ? from[x] : 0.0f;
        weight[x] += mask[x] ? 1.0f : 0.0f;
    }
}

/* Sums of a row of boxes from those of its columns. */
static void fold_row(float *out, const float *columns, int f, int boxes,
                     int width)
{
    for (int i = 0; i < boxes; i++) {
        const int end = least((i + 1) * f, width);
        float sum = 0;
        for (int x = i * f; x < end; x++)
            sum += columns[x];
        out[i] = sum;
    }
}

static cutis_status sum_boxes(struct around *a, struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    const int width = a->src->width, height = a->src->height, f = a->f;
    const int across = (width + f - 1) / f, down = (height + f - 1) / f;
    const size_t n = (size_t)width;
    float *const columns = ct_alloc_raw(&tools->memory, n, 2 * sizeof(float));

    if (!columns)
        TRY(ct_no_memory(tools));
    TRY(ct_plane_raw(&a->value, across, down, tools));
    TRY(ct_plane_raw(&a->weight, across, down, tools));
    for (int j = 0; j < down; j++) {
        memset(columns, 0, 2 * n * sizeof(float));
        for (int y = j * f; y < least((j + 1) * f, height); y++)
            add_row(columns, columns + n, ct_row(a->src, y),
                    ct_byte_row(a->mask, y), width);
        fold_row(ct_row(&a->value, j), columns, f, across, width);
        fold_row(ct_row(&a->weight, j), columns + n, f, across, width);
    }
done:
    ct_free(columns);
    return status;
}

/* What all boxes hold, for where there is nothing around. */
static float mean_of(const struct around *a)
{
    double sum = 0, count = 0;
    for (int j = 0; j < a->value.height; j++)
        for (int i = 0; i < a->value.width; i++) {
            sum += (double)ct_row(&a->value, j)[i];
            count += (double)ct_row(&a->weight, j)[i];
        }
    return count > 0 ? (float)(sum / count) : 0.0f;
}

/* value = the mean around each box. */
static cutis_status smooth(struct around *a, double sigma, struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    const double f2 = (double)a->f * a->f;
    const double taken = a->f > 1 ? (f2 - 1) / 12 + f2 / 6 : 0;
    const double left = ct_sqrt((sigma * sigma - taken) / f2);
    const float mean = mean_of(a);

    TRY(ct_gauss(&a->value, &a->value, left, tools));
    TRY(ct_gauss(&a->weight, &a->weight, left, tools));
    for (int j = 0; j < a->value.height; j++) {
        float *const value = ct_row(&a->value, j);
        const float *const weight = ct_row(&a->weight, j);
        for (int i = 0; i < a->value.width; i++)
            value[i] = weight[i] > 1e-6f ? value[i] / weight[i] : mean;
    }
done:
    return status;
}

/* Where pixel `at` lies between the centres of boxes: part of the way from
 * *first to *second. */
static float between(int *first, int *second, int at, int f, int boxes)
{
    const int twice = 2 * at + 1 - f; /* of the way from the first centre */
    const int box = twice < 0 ? -1 : twice / (2 * f);
    *first = box < 0 ? 0 : least(box, boxes - 1);
    *second = least(box + 1, boxes - 1);
    return (float)(twice - 2 * f * box) / (float)(2 * f);
}

/* `row` of boxes at all pixels across. */
static void widen(float *out, const float *row, int f, int boxes, int width)
{
    for (int x = 0, end; x < width; x = end) {
        int first, second;
        const float from = between(&first, &second, x, f, boxes);
        const float start = row[first], rise = row[second] - start;
        const float step = 1.0f / (float)f;
        /* Up to the next centre. */
        end = least(width, x < f / 2 ? f / 2 : x + f - (x - f / 2) % f);
        for (int i = 0; i < end - x; i++)
            out[x + i] = start + rise * (from + (float)i * step);
    }
}

static void spread(struct plane *out, const struct around *a, float *row)
{
    for (int y = 0; y < out->height; y++) {
        int first, second;
        const float part = between(&first, &second, y, a->f, a->value.height);
        const float *const above = ct_row(&a->value, first);
        const float *const below = ct_row(&a->value, second);
        for (int i = 0; i < a->value.width; i++)
            row[i] = above[i] + (below[i] - above[i]) * part;
        widen(ct_row(out, y), row, a->f, a->value.width, out->width);
    }
}

cutis_status ct_around(struct plane *out, const struct plane *src,
                       const struct bytes *mask, double sigma,
                       struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    const double most = fmin(floor(sigma / 6), 255);
    struct around a = {src, mask, most < 1 ? 1 : (int)most, {0}, {0}};
    float *row = NULL;

    TRY(sum_boxes(&a, tools));
    TRY(smooth(&a, sigma, tools));
    row = ct_alloc_raw(&tools->memory, (size_t)a.value.width, sizeof(*row));
    if (!row)
        TRY(ct_no_memory(tools));
    spread(out, &a, row);
done:
    ct_free(row);
    ct_plane_free(&a.value);
    ct_plane_free(&a.weight);
    return status;
}
