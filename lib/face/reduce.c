/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Means over boxes of whole pixels, which cost one look at each sample.
 */

#include "face/reduce.h"

#include <string.h>

#include "util/parallel.h"

enum {
    BANDS = 16, /* work items of a reduction */
    RGB = 3,
    LANES = CT_BOX_FLOATS,
    CHUNK = 2048, /* samples of a row at a time */
    FEW = 257     /* rows of bytes, whose sums fit 16 bits */
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

/* sums += rows of bytes, which lie `stride` apart: up to CHUNK columns of up to
 * FEW rows, whose sums have 16 bits. */
static void add_bytes(uint32_t *restrict sums, const uint8_t *from,
                      size_t stride, int rows, size_t count)
{
    uint16_t few[CHUNK] = {0};
    for (int i = 0; i < rows; i++, from += stride)
        for (size_t k = 0; k < count; k++)
            few[k] = (uint16_t)(few[k] + from[k]);
    for (size_t k = 0; k < count; k++)
        sums[k] += few[k];
}

static void add_words(uint32_t *restrict sums, const uint16_t *from,
                      size_t stride, int rows, size_t count)
{
    for (int i = 0; i < rows; i++, from += stride)
        for (size_t k = 0; k < count; k++)
            sums[k] += from[k];
}

/* sums += `rows` rows of `count` samples, from pixel (x, y) on, in chunks that
 * stay in the nearest cache. */
static void add_rows(uint32_t *sums, const struct picture *picture, int x,
                     int y, int rows, size_t count)
{
    const size_t first =
        ct_picture_index(picture, x, y) * (size_t)picture->channels;
    const size_t stride =
        (size_t)ct_picture_held(picture).width * (size_t)picture->channels;
    for (int top = 0; top < rows; top += FEW) {
        const int now = least(FEW, rows - top);
        for (size_t k = 0; k < count; k += CHUNK) {
            const size_t n = count - k < CHUNK ? count - k : CHUNK;
            const size_t at = first + (size_t)top * stride + k;
            if (picture->bits == 8)
                add_bytes(sums + k, (const uint8_t *)picture->samples + at,
                          stride, now, n);
            else
                add_words(sums + k, (const uint16_t *)picture->samples + at,
                          stride, now, n);
        }
    }
}

static void fold_colour(uint64_t out[RGB], const uint32_t *sums, int columns)
{
    uint64_t red = 0, green = 0, blue = 0;
    for (int i = 0; i < columns; i++, sums += RGB) {
        red += sums[0];
        green += sums[1];
        blue += sums[2];
    }
    out[0] = red;
    out[1] = green;
    out[2] = blue;
}

static void fold_grey(uint64_t out[RGB], const uint32_t *sums, int columns)
{
    uint64_t grey = 0;
    for (int i = 0; i < columns; i++)
        grey += sums[i];
    out[0] = out[1] = out[2] = grey;
}

/* Sums over columns of pixels -> one row of boxes; a box is `rows` high. */
static void fold_row(float *out, const uint32_t *sums,
                     const struct reduction *reduction, int rows)
{
    const struct reduced *const to = reduction->out;
    const int channels = reduction->picture->channels;
    const double white = reduction->picture->bits == 8 ? 255.0 : 65535.0;

    for (int x = 0; x < to->width; x++, out += LANES) {
        const int columns = least(to->factor, to->part.width - x * to->factor);
        const double scale = 1.0 / (white * rows * columns);
        uint64_t sum[RGB];
        if (channels == RGB)
            fold_colour(sum, sums, columns);
        else
            fold_grey(sum, sums, columns);
        sums += (ptrdiff_t)columns * channels;
        for (int c = 0; c < RGB; c++)
            out[c] = (float)((double)sum[c] * scale);
        out[RGB] = 0.0f;
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
        add_rows(sums, reduction->picture, part.x, part.y + y * to->factor,
                 rows, count);
        fold_row(to->at + (size_t)y * (size_t)to->width * LANES, sums,
                 reduction, rows);
    }
}

static cutis_status make_room(struct reduced *out, struct rect part, int factor,
                              struct tools *tools)
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
    return out->at ? CUTIS_OK : ct_no_memory(tools);
}

cutis_status ct_reduce(struct reduced *out, const struct picture *picture,
                       struct rect part, int factor, struct tools *tools)
{
    cutis_status status;
    struct reduction reduction = {.out = out, .picture = picture};
    TRY(make_room(out, part, factor, tools));
    reduction.sums = ct_alloc_raw(
        &tools->memory, BANDS * (size_t)part.width * (size_t)picture->channels,
        sizeof(*reduction.sums));
    if (!reduction.sums) {
        status = ct_no_memory(tools);
        goto done;
    }
    ct_parallel(tools->threads, BANDS, reduce_band, &reduction);

done:
    ct_free(reduction.sums);
    return status;
}

/* The mean of a box of boxes, from column x and row y on. */
static void mean_box(float out[LANES], const struct reduced *from, int x, int y,
                     int times)
{
    const int columns = least(times, from->width - x);
    const int rows = least(times, from->height - y);
    double sum[LANES] = {0};
    for (int j = 0; j < rows; j++) {
        const float *at =
            from->at + ((ptrdiff_t)(y + j) * from->width + x) * LANES;
        for (int i = 0; i < columns; i++, at += LANES)
            for (int c = 0; c < LANES; c++)
                sum[c] += (double)at[c];
    }
    for (int c = 0; c < LANES; c++)
        out[c] = (float)(sum[c] / (rows * columns));
}

cutis_status ct_reduce_again(struct reduced *out, const struct reduced *from,
                             int times, struct tools *tools)
{
    cutis_status status;
    TRY(make_room(out, from->part, from->factor * times, tools));
    for (int y = 0; y < out->height; y++)
        for (int x = 0; x < out->width; x++)
            mean_box(out->at + ((ptrdiff_t)y * out->width + x) * LANES, from,
                     x * times, y * times, times);
done:
    return status;
}
