/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Area averages in two steps: sums over boxes of whole pixels, upright, which
 * cost one look at each sample, then the mean of 2 × 2 bilinear readings for
 * each pixel of the result, which is at most twice as coarse as the boxes.
 */

#include "face/sample.h"

#include <math.h>
#include <string.h>

#include "util/parallel.h"

enum {
    RGB = 3,
    LANES = 4,    /* floats of a reduced pixel; the last is 0 */
    BANDS = 16,   /* work items of a reduction */
    READINGS = 2, /* a side of the grid of readings of a pixel */
    MOST_BOX = 4096
};

/* Part of a picture in boxes of factor × factor pixels; those at its right and
 * lower end may be smaller. */
struct reduced {
    float *at; /* LANES a pixel, in [0,1] */
    int width, height;
    struct rect part; /* of the picture, px */
    int factor;
};

struct reduction {
    struct reduced *out;
    const struct picture *picture;
    uint32_t *sums; /* [BANDS][part.width * channels] */
};

static int least(int a, int b)
{
    return a < b ? a : b;
}

/* sums += a row of samples. */
static void add_row(uint32_t *sums, const struct picture *picture, int x, int y,
                    size_t count)
{
    const size_t first = ((size_t)y * (size_t)picture->width + (size_t)x) *
                         (size_t)picture->channels;
    if (picture->bits == 8) {
        const uint8_t *const from = (const uint8_t *)picture->samples + first;
        for (size_t i = 0; i < count; i++)
            sums[i] += from[i];
    } else {
        const uint16_t *const from = (const uint16_t *)picture->samples + first;
        for (size_t i = 0; i < count; i++)
            sums[i] += from[i];
    }
}

/* Sums over columns of pixels -> one row of boxes; a box is `rows` high. */
static void fold_row(float *out, const uint32_t *sums,
                     const struct reduction *reduction, int rows)
{
    const struct reduced *const to = reduction->out;
    const int channels = reduction->picture->channels;
    const double white = reduction->picture->bits == 8 ? 255.0 : 65535.0;

    for (int x = 0; x < to->width; x++) {
        const int columns = least(to->factor, to->part.width - x * to->factor);
        const double scale = 1.0 / (white * rows * columns);
        uint64_t sum[RGB] = {0};
        for (int i = 0; i < columns; i++)
            for (int c = 0; c < channels; c++)
                sum[c] += *sums++;
        for (int c = 0; c < RGB; c++)
            out[c] = (float)((double)sum[channels == RGB ? c : 0] * scale);
        out[RGB] = 0.0f;
        out += LANES;
    }
}

static void reduce_band(void *context, int band)
{
    const struct reduction *const reduction = context;
    const struct reduced *const to = reduction->out;
    const struct rect part = to->part;
    const size_t count =
        (size_t)part.width * (size_t)reduction->picture->channels;
    uint32_t *const sums = reduction->sums + (size_t)band * count;
    const int first = (int)((int64_t)to->height * band / BANDS);
    const int end = (int)((int64_t)to->height * (band + 1) / BANDS);

    for (int y = first; y < end; y++) {
        const int rows = least(to->factor, part.height - y * to->factor);
        memset(sums, 0, count * sizeof(*sums));
        for (int i = 0; i < rows; i++)
            add_row(sums, reduction->picture, part.x,
                    part.y + y * to->factor + i, count);
        fold_row(to->at + (size_t)y * (size_t)to->width * LANES, sums,
                 reduction, rows);
    }
}

static cutis_status reduce(struct reduced *out, const struct picture *picture,
                           struct rect part, int factor, struct tools *tools)
{
    *out = (struct reduced){
        .width = (part.width + factor - 1) / factor,
        .height = (part.height + factor - 1) / factor,
        .part = part,
        .factor = factor,
    };
    out->at =
        ct_alloc_raw(&tools->memory, (size_t)out->width * (size_t)out->height,
                     LANES * sizeof(*out->at));
    struct reduction reduction = {.out = out, .picture = picture};
    reduction.sums = ct_alloc_raw(
        &tools->memory, BANDS * (size_t)part.width * (size_t)picture->channels,
        sizeof(*reduction.sums));

    cutis_status status = CUTIS_OK;
    if (out->at && reduction.sums)
        ct_parallel(tools->threads, BANDS, reduce_band, &reduction);
    else
        status = ct_no_memory(tools);
    ct_free(reduction.sums);
    return status;
}

/* ---- Readings ------------------------------------------------------------ */

struct cut {
    float *out;
    int size;
    const struct square *square;
    enum ct_border border;
    const struct picture *picture;
    struct reduced from;
};

cutis_point ct_square_point(const struct square *square, double u, double v)
{
    const double x = (u - 0.5) * square->side;
    const double y = (v - 0.5) * square->side;
    return (cutis_point){
        square->x + square->cosine * x - square->sine * y,
        square->y + square->sine * x + square->cosine * y,
    };
}

/* floor, for what fits an int. */
static int whole_below(double value)
{
    const int whole = (int)value;
    return value < whole ? whole - 1 : whole;
}

static int clamp(int value, int most)
{
    return value < 0 ? 0 : value > most ? most : value;
}

/* Adds weight × the bilinear reading at a point of the picture. */
static void add_reading(float sum[LANES], const struct cut *cut,
                        cutis_point point)
{
    const struct reduced *const from = &cut->from;
    const struct picture *const picture = cut->picture;
    if (cut->border == CT_BORDER_ZERO &&
        (point.x < 0 || point.x > picture->width || point.y < 0 ||
         point.y > picture->height))
        return;

    const double x = (point.x - from->part.x) / from->factor - 0.5;
    const double y = (point.y - from->part.y) / from->factor - 0.5;
    const int left = whole_below(x);
    const int top = whole_below(y);
    const int x0 = clamp(left, from->width - 1);
    const int x1 = clamp(left + 1, from->width - 1);
    const int y0 = clamp(top, from->height - 1);
    const int y1 = clamp(top + 1, from->height - 1);
    const float right = (float)(x - left);
    const float down = (float)(y - top);
    const float *const upper = from->at + (ptrdiff_t)y0 * from->width * LANES;
    const float *const lower = from->at + (ptrdiff_t)y1 * from->width * LANES;
    const float *const a = upper + (ptrdiff_t)x0 * LANES;
    const float *const b = upper + (ptrdiff_t)x1 * LANES;
    const float *const c = lower + (ptrdiff_t)x0 * LANES;
    const float *const d = lower + (ptrdiff_t)x1 * LANES;

    for (int k = 0; k < LANES; k++) {
        const float high = a[k] + (b[k] - a[k]) * right;
        const float low = c[k] + (d[k] - c[k]) * right;
        sum[k] += high + (low - high) * down;
    }
}

static void sample_row(void *context, int y)
{
    const struct cut *const cut = context;
    const double fine = (double)cut->size * READINGS;
    float *out = cut->out + (size_t)y * (size_t)cut->size * RGB;

    for (int x = 0; x < cut->size; x++, out += RGB) {
        float sum[LANES] = {0};
        for (int j = 0; j < READINGS; j++)
            for (int i = 0; i < READINGS; i++)
                add_reading(sum, cut,
                            ct_square_point(cut->square,
                                            (x * READINGS + i + 0.5) / fine,
                                            (y * READINGS + j + 0.5) / fine));
        for (int c = 0; c < RGB; c++)
            out[c] = sum[c] / (READINGS * READINGS);
    }
}

/* The part of the picture that the square and its neighbours lie on, at least
 * one pixel of it. */
static struct rect cover(const struct square *square, int margin,
                         const struct picture *picture)
{
    const double half =
        0.5 * square->side * (fabs(square->cosine) + fabs(square->sine)) +
        margin;
    const double bound[4] = {square->x - half, square->y - half,
                             square->x + half, square->y + half};
    const int size[2] = {picture->width, picture->height};
    int edge[4];
    for (int i = 0; i < 4; i++) {
        const double most = size[i % 2] - (i < 2 ? 1 : 0);
        const double least_edge = i < 2 ? 0 : 1;
        const double at = i < 2 ? floor(bound[i]) : -floor(-bound[i]);
        edge[i] = (int)(at < least_edge ? least_edge : at > most ? most : at);
    }
    return (struct rect){edge[0], edge[1], edge[2] - edge[0],
                         edge[3] - edge[1]};
}

cutis_status ct_sample(float *out, int size, const struct square *square,
                       enum ct_border border, const struct picture *picture,
                       struct tools *tools)
{
    cutis_status status;
    const double coarse = floor(square->side / size);
    const int factor = coarse < 1          ? 1
                       : coarse > MOST_BOX ? MOST_BOX
                                           : (int)coarse;
    struct cut cut = {
        .out = out,
        .size = size,
        .square = square,
        .border = border,
        .picture = picture,
    };
    TRY(reduce(&cut.from, picture, cover(square, 2 * factor, picture), factor,
               tools));
    ct_parallel(tools->threads, size, sample_row, &cut);

done:
    ct_free(cut.from.at);
    return status;
}
