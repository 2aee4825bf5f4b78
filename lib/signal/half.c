/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Filters that work out every other sample each way, and no others.
 *
 * Sample i of the result lies between the pixels 2 i and 2 i + 1, and so do the
 * taps: tap k is of the two pixels k - 1/2 from it.  The borders, mirrored, are
 * then those of the source, where its sides are even.  Columns go first, a row
 * of the result at a time, so that what is read stays in cache.
 */

#include <math.h>
#include <stdatomic.h>
#include <string.h>

#include "signal/mirror.h"
#include "signal/signal.h"
#include "util/parallel.h"

enum { ROWS = 32 }; /* of the result, in an item */

struct halving {
    const struct plane *src;
    const struct bytes *mask; /* NULL: no weights */
    struct plane *dst[2];     /* of the values; of the weights */
    float less;               /* taken off the values */
    const float *w;           /* w[0] is 0 */
    int radius;
    struct tools *tools;
    atomic_bool failed;
};

/* Rows of the source, weighed, in a ring; and room for a row. */
struct reader {
    const struct halving *job;
    int filled; /* rows before it are there, or were */
    int slots;
    struct plane ring[2];
    float *column, *padded, *phases;
};

static int half_of(int n)
{
    return (n + 1) / 2;
}

/* Row y of the values or of the weights, mirrored beyond the borders. */
static const float *row_at(const struct reader *reader, int which, int y)
{
    const struct halving *const job = reader->job;
    const int at = ct_mirror(y, job->src->height);
    return job->mask ? ct_row(&reader->ring[which], at % reader->slots)
                     : ct_row(job->src, at);
}

static void weigh_until(struct reader *reader, int end)
{
    const struct halving *const job = reader->job;
    const int height = job->src->height;
    for (; job->mask && reader->filled < end && reader->filled < height;
         reader->filled++) {
        const int y = reader->filled, place = y % reader->slots;
        job->tools->kernels->weigh(
            ct_row(&reader->ring[0], place), ct_row(&reader->ring[1], place),
            ct_row(job->src, y), ct_byte_row(job->mask, y), job->less,
            (size_t)job->src->width);
    }
}

/* Every other sample of a row that was filtered along y.  Even and odd pixels
 * are laid apart first: then a tap of the filter reads a run. */
static void filter_row(const struct reader *reader, float *out)
{
    const struct halving *const job = reader->job;
    const int radius = job->radius, width = half_of(job->src->width);
    const int length = width + radius;
    const float *taps[2 * CT_RADIUS_MAX + 1];

    ct_pad_row(reader->padded, reader->column, job->src->width, 1 - radius,
               1 - radius + 2 * length);
    for (int i = 0; i < length; i++) {
        reader->phases[i] = reader->padded[2 * i];
        reader->phases[length + i] = reader->padded[2 * i + 1];
    }
    for (int k = 1; k <= radius; k++) {
        const int left = radius - k, right = radius - 1 + k;
        taps[radius - k] = reader->phases + left % 2 * length + left / 2;
        taps[radius + k] = reader->phases + right % 2 * length + right / 2;
    }
    taps[radius] = taps[radius - 1]; /* weighs nothing */
    job->tools->kernels->symmetric_column(out, taps + radius, job->w, radius,
                                          (size_t)width);
}

/* Row j of the result. */
static void halve_row(struct reader *reader, int j)
{
    const struct halving *const job = reader->job;
    const int radius = job->radius;
    const float *rows[2 * CT_RADIUS_MAX + 1];

    weigh_until(reader, 2 * j + radius + 1);
    for (int which = 0; which < 2 && job->dst[which]; which++) {
        for (int k = 1; k <= radius; k++) {
            rows[radius - k] = row_at(reader, which, 2 * j + 1 - k);
            rows[radius + k] = row_at(reader, which, 2 * j + k);
        }
        rows[radius] = rows[radius - 1]; /* weighs nothing */
        job->tools->kernels->symmetric_column(reader->column, rows + radius,
                                              job->w, radius,
                                              (size_t)job->src->width);
        filter_row(reader, ct_row(job->dst[which], j));
    }
}

static void halve_band(void *context, int item)
{
    struct halving *const job = context;
    const int from = item * ROWS, height = job->dst[0]->height;
    const int to = from + ROWS < height ? from + ROWS : height;
    const int slots = 2 * job->radius + 2, first = 2 * from + 1 - job->radius;
    const int padded = 2 * (half_of(job->src->width) + job->radius);
    const size_t stride = (size_t)job->src->width + CT_LANES;
    struct reader reader = {
        .job = job, .filled = first > 0 ? first : 0, .slots = slots};
    float *const room =
        ct_alloc_raw(&job->tools->memory,
                     (job->mask ? 2 * (size_t)slots : 0) * stride + stride +
                         2 * (size_t)padded,
                     sizeof(float));
    if (!room) {
        atomic_store(&job->failed, true);
        return;
    }
    reader.column = room;
    reader.padded = room + stride;
    reader.phases = reader.padded + padded;
    for (int which = 0; which < 2; which++)
        reader.ring[which] = (struct plane){
            reader.phases + padded + (size_t)which * (size_t)slots * stride,
            stride, job->src->width, slots};
    for (int j = from; j < to; j++)
        halve_row(&reader, j);
    ct_free(room);
}

static cutis_status halve(struct halving *job)
{
    struct tools *const tools = job->tools;
    const int width = half_of(job->src->width);
    const int height = half_of(job->src->height);
    cutis_status status = CUTIS_OK;

    atomic_init(&job->failed, false);
    for (int which = 0; which < 2 && job->dst[which]; which++)
        TRY(ct_plane_raw(job->dst[which], width, height, tools));
    TRY(ct_each(tools, (height + ROWS - 1) / ROWS, halve_band, job));
    if (atomic_load(&job->failed))
        TRY(ct_no_memory(tools));

done:
    return status;
}

cutis_status ct_gauss_half(struct plane *value, struct plane *weight,
                           const struct plane *src, const struct bytes *mask,
                           double sigma, float less, struct tools *tools)
{
    float w[CT_RADIUS_MAX + 1] = {0.0f};
    const double reach = ceil(4.0 * sigma + 0.5);
    const int radius = reach < CT_RADIUS_MAX ? (int)reach : CT_RADIUS_MAX;
    double sum = 0.0;
    for (int k = radius; k > 0; k--)
        sum += 2.0 * ct_exp(-0.5 * (k - 0.5) * (k - 0.5) / (sigma * sigma));
    for (int k = 1; k <= radius; k++)
        w[k] = (float)(ct_exp(-0.5 * (k - 0.5) * (k - 0.5) / (sigma * sigma)) /
                       sum);
    struct halving job = {.src = src,
                          .mask = mask,
                          .less = less,
                          .dst = {value, weight},
                          .w = w,
                          .radius = radius,
                          .tools = tools};
    return halve(&job);
}

cutis_status ct_halve(struct plane *dst, const struct plane *src,
                      struct tools *tools)
{
    static const float w[3] = {0.0f, 9.0f / 16.0f, -1.0f / 16.0f};
    struct halving job = {
        .src = src, .dst = {dst}, .w = w, .radius = 2, .tools = tools};
    return halve(&job);
}
