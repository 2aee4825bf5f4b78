/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Normalised convolution, and box means.
 *
 * The mean of the measured values is taken off first and added again at the
 * end: a constant then stays that very constant, and rounding is relative to
 * the contrast instead of to the level.
 */

#include <math.h>
#include <stdatomic.h>

#include "signal/signal.h"
#include "signal/wide.h"
#include "util/parallel.h"

#define LEAST_SUPPORT 0.5f

struct masked {
    const struct plane *src;
    struct plane *value, *weight; /* G*(w f), G*w */
    const struct bytes *mask;
    struct sums *sums; /* of each band */
    float mean;
    float least;
    struct tools *tools;
};

static int bands_of(int height)
{
    return (height + CT_BAND - 1) / CT_BAND;
}

static int band_end(int item, int height)
{
    const int end = (item + 1) * CT_BAND;
    return end < height ? end : height;
}

static void sum_band(void *context, int item)
{
    const struct masked *const m = context;
    const int end = band_end(item, m->src->height);
    for (int y = item * CT_BAND; y < end; y++)
        m->tools->kernels->masked_sums(&m->sums[item], ct_row(m->src, y),
                                       ct_byte_row(m->mask, y),
                                       (size_t)m->src->width);
}

/* The mean under the mask, bands folded in order; 0 of nothing. */
static cutis_status mean_of(struct masked *m)
{
    const int bands = bands_of(m->src->height);
    m->sums = ct_alloc(&m->tools->memory, (size_t)bands, sizeof(*m->sums));
    if (!m->sums)
        return ct_no_memory(m->tools);
    ct_parallel(m->tools->threads, bands, sum_band, m);

    struct sums all = {0};
    for (int band = 0; band < bands; band++) {
        for (int lane = 0; lane < CT_LANES; lane++)
            all.sum[lane] += m->sums[band].sum[lane];
        all.count += m->sums[band].count;
    }
    m->mean = all.count ? (float)ct_fold(&all).mean : 0.0f;
    ct_free(m->sums);
    m->sums = NULL;
    return CUTIS_OK;
}

static void spread_band(void *context, int item)
{
    const struct masked *const m = context;
    const int end = band_end(item, m->src->height);
    for (int y = item * CT_BAND; y < end; y++)
        m->tools->kernels->weigh(ct_row(m->value, y), ct_row(m->weight, y),
                                 ct_row(m->src, y), ct_byte_row(m->mask, y),
                                 m->mean, (size_t)m->src->width);
}

static void divide_band(void *context, int item)
{
    const struct masked *const m = context;
    const int end = band_end(item, m->value->height);
    for (int y = item * CT_BAND; y < end; y++)
        m->tools->kernels->unweigh(ct_row(m->value, y), ct_row(m->weight, y),
                                   m->mean, m->least, (size_t)m->value->width);
}

cutis_status ct_gauss_masked(struct plane *dst, const struct plane *src,
                             const struct bytes *mask, double sigma, bool fill,
                             struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    struct plane weight = {0};
    const float least = fill ? -1.0f : LEAST_SUPPORT;
    struct masked m = {src, dst, &weight, mask, NULL, 0.0f, least, tools};
    const int bands = bands_of(src->height);

    TRY(mean_of(&m));
    if (sigma >= CT_WIDE_PX && src->width > 0 && src->height > 0)
        return ct_gauss_wide_masked(dst, src, mask, sigma, m.mean, least,
                                    tools);
    TRY(ct_plane_raw(&weight, src->width, src->height, tools));
    ct_parallel(tools->threads, bands, spread_band, &m);
    TRY(ct_gauss(dst, dst, sigma, tools));
    TRY(ct_gauss(&weight, &weight, sigma, tools));
    ct_parallel(tools->threads, bands, divide_band, &m);

done:
    ct_plane_free(&weight);
    return status;
}

/* ---- Box means ----------------------------------------------------------- */

struct shrink {
    const struct plane *src;
    struct plane *dst;
    int factor;
};

/* Row y of box means; sums in double, row by row. */
static void shrink_row(const struct shrink *job, int y)
{
    const int n = job->factor;
    const double pixels = (double)n * n;
    float *const out = ct_row(job->dst, y);
    for (int x = 0; x < job->dst->width; x++) {
        double sum = 0.0;
        for (int row = 0; row < n; row++) {
            const float *const at = ct_row(job->src, y * n + row) + x * n;
            for (int i = 0; i < n; i++)
                sum += (double)at[i];
        }
        out[x] = (float)(sum / pixels);
    }
}

static void halve_row(const struct shrink *job, int y)
{
    const float *const above = ct_row(job->src, 2 * y);
    const float *const below = ct_row(job->src, 2 * y + 1);
    float *const out = ct_row(job->dst, y);
    for (int x = 0; x < job->dst->width; x++) {
        const double top = (double)above[2 * x] + (double)above[2 * x + 1];
        const double sum =
            top + (double)below[2 * x] + (double)below[2 * x + 1];
        out[x] = (float)(sum * 0.25);
    }
}

static void shrink_band(void *context, int item)
{
    const struct shrink *const job = context;
    const int end = band_end(item, job->dst->height);
    for (int y = item * CT_BAND; y < end; y++) {
        if (job->factor == 2)
            halve_row(job, y);
        else
            shrink_row(job, y);
    }
}

cutis_status ct_shrink(struct plane *dst, const struct plane *src, int factor,
                       struct tools *tools)
{
    if (factor < 1 || dst->width > src->width / factor ||
        dst->height > src->height / factor)
        return ct_fail(tools, CUTIS_ERROR_INTERNAL,
                       "%d x %d does not shrink to %d x %d by %d", src->width,
                       src->height, dst->width, dst->height, factor);
    struct shrink job = {src, dst, factor};
    ct_parallel(tools->threads, bands_of(dst->height), shrink_band, &job);
    return CUTIS_OK;
}
