/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Skin's relief without light and colour: optical density between two
 * Gaussians, over its own RMS around each place.  A slope of light, a gain and
 * a change of tone are gone from it, and deep lines do not outvote pores.
 */

#include <math.h>

#include "match/refine.h"
#include "util/parallel.h"

/* Beyond this many RMS a value says no more: a hair, a highlight's rim. */
static const float most = 4.0f;

/* RMS below this, OD, is noise and not relief. */
static const float least_rms = 0.002f;

struct job {
    const struct face *face;
    const struct skin *skin;
    struct grain *grain;
    struct plane *light, *low, *high;
    struct tools *tools;
};

/* Adds a row's light to boxes [from, end) and takes from `mask` what is not
 * skin. */
static void add_boxes(const struct job *job, float *out, uint8_t *mask, int row,
                      int from, int end)
{
    const int factor = job->grain->factor;
    const uint8_t *const skin =
        ct_byte_row(&job->face->skin, row) + (size_t)from * (size_t)factor;
    ct_run_room room;
    const struct light_run at =
        ct_skin_run(job->skin, from * factor, row, (end - from) * factor, room);
    for (int x = from, i = 0; x < end; x++)
        for (int k = 0; k < factor; k++, i++) {
            out[x] += 0.2126729f * at.red[i] + 0.7151522f * at.green[i] +
                      0.0721750f * at.blue[i];
            if (!skin[i])
                mask[x] = 0;
        }
}

/* Mean light and whether all is skin, of the pixels under one of the grain. */
static void shrink_row(const struct job *job, int y)
{
    struct grain *const grain = job->grain;
    const int factor = grain->factor, width = job->light->width;
    const int step = factor < CT_RUN ? CT_RUN / factor : 1;
    float *const out = ct_row(job->light, y);
    uint8_t *const mask = ct_byte_row(&grain->skin, y);
    for (int x = 0; x < width; x++) {
        out[x] = 0;
        mask[x] = 255;
    }
    for (int x = 0; x < width; x += step)
        for (int k = 0; k < factor; k++)
            add_boxes(job, out, mask, y * factor + k, x,
                      x + step < width ? x + step : width);
    const float share = 1.0f / (float)(factor * factor);
    for (int x = 0; x < width; x++)
        out[x] *= share;
    job->tools->kernels->density(out, out, (size_t)width);
}

static void shrink_band(void *context, int band)
{
    const struct job *const job = context;
    const int end = (band + 1) * CT_BAND;
    for (int y = band * CT_BAND; y < end && y < job->light->height; y++)
        shrink_row(job, y);
}

/* z = the band, high = its square. */
static void square_row(const struct job *job, int y)
{
    const float *const low = ct_row(job->low, y);
    float *const high = ct_row(job->high, y);
    float *const z = ct_row(&job->grain->z, y);
    const uint8_t *const skin = ct_byte_row(&job->grain->skin, y);
    for (int x = 0; x < job->light->width; x++) {
        const float value = low[x] - high[x];
        z[x] = skin[x] && !isnan(value) ? value : 0.0f;
        high[x] = z[x] * z[x];
    }
}

static void divide_row(const struct job *job, int y)
{
    const float *const square = ct_row(job->high, y);
    float *const z = ct_row(&job->grain->z, y);
    const uint8_t *const skin = ct_byte_row(&job->grain->skin, y);
    for (int x = 0; x < job->light->width; x++) {
        if (!skin[x])
            continue;
        const float rms = sqrtf(fmaxf(square[x], 0.0f));
        const float value = z[x] / fmaxf(rms, least_rms);
        z[x] = fminf(fmaxf(value, -most), most);
    }
}

static void square_band(void *context, int band)
{
    const struct job *const job = context;
    const int end = (band + 1) * CT_BAND;
    for (int y = band * CT_BAND; y < end && y < job->light->height; y++)
        square_row(job, y);
}

static void divide_band(void *context, int band)
{
    const struct job *const job = context;
    const int end = (band + 1) * CT_BAND;
    for (int y = band * CT_BAND; y < end && y < job->light->height; y++)
        divide_row(job, y);
}

cutis_status ct_grain_create(struct grain *out, const struct face *face,
                             const struct skin *skin, int factor,
                             struct band band, struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    struct plane light = {0}, low = {0}, high = {0};
    const int width = face->skin.width / factor;
    const int height = face->skin.height / factor;
    const int bands = (height + CT_BAND - 1) / CT_BAND;
    *out = (struct grain){.factor = factor, .kernels = tools->kernels};
    out->scale = face->work_scale / factor;
    TRY(ct_plane_create(&out->z, width, height, tools));
    TRY(ct_bytes_create(&out->skin, width, height, tools));
    TRY(ct_plane_create(&light, width, height, tools));
    TRY(ct_plane_create(&low, width, height, tools));
    TRY(ct_plane_create(&high, width, height, tools));

    struct job job = {face, skin, out, &light, &low, &high, tools};
    ct_parallel(tools->threads, bands, shrink_band, &job);
    const double fine = fmax(band.low * out->scale, 0.7);
    const double coarse = band.high * out->scale;
    TRY(ct_gauss_masked(&low, &light, &out->skin, fine, true, tools));
    TRY(ct_gauss_masked(&high, &light, &out->skin, coarse, true, tools));
    ct_parallel(tools->threads, bands, square_band, &job);
    TRY(ct_gauss_masked(&high, &high, &out->skin, coarse, true, tools));
    ct_parallel(tools->threads, bands, divide_band, &job);
done:
    ct_plane_free(&light);
    ct_plane_free(&low);
    ct_plane_free(&high);
    if (status != CUTIS_OK)
        ct_grain_free(out);
    return status;
}

void ct_grain_free(struct grain *grain)
{
    ct_plane_free(&grain->z);
    ct_bytes_free(&grain->skin);
}
