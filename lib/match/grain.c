/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Skin's relief without light and colour: optical density between two
 * Gaussians, over its own RMS around each place.  A slope of light, a gain and
 * a change of tone are gone from it, and deep lines do not outvote pores.
 */

#include <math.h>
#include <stdatomic.h>
#include <string.h>

#include "match/refine.h"
#include "util/parallel.h"

/* Beyond this many RMS a value says no more: a hair, a highlight's rim. */
static const float most = 4.0f;

/* RMS below this, OD, is noise and not relief. */
static const float least_rms = 0.002f;

/* Of a level: what is under one of its pixels, as it is read. */
struct level_light {
    struct grain *grain;
    struct plane light; /* sums, then optical density of the mean */
};

struct light_pass {
    const struct face *face;
    const struct skin *skin;
    struct level_light level[CT_GRAINS];
    int rows; /* of an item: whole pixels of every level */
    struct tools *tools;
    atomic_bool failed;
};

/* Adds a row's light to its boxes and takes from `mask` what is not skin. */
static void add_pairs(float *out, uint8_t *mask, const float *light,
                      const uint8_t *skin, int n)
{
    for (int x = 0; x < n; x++)
        out[x] = out[x] + light[2 * x] + light[2 * x + 1];
    for (int x = 0; x < n; x++) {
        const int is =
            (mask[x] != 0) & (skin[2 * x] != 0) & (skin[2 * x + 1] != 0);
        mask[x] = (uint8_t)-is;
    }
}

static void add_boxes(float *out, uint8_t *mask, const float *light,
                      const uint8_t *skin, int factor, int n)
{
    if (factor == 2) {
        add_pairs(out, mask, light, skin, n);
        return;
    }
    for (int x = 0; x < n; x++) {
        float sum = out[x];
        int is = mask[x] != 0;
        for (int k = 0; k < factor; k++, light++, skin++) {
            sum += *light;
            is &= *skin != 0;
        }
        out[x] = sum;
        mask[x] = (uint8_t)-is;
    }
}

/* Row `y` of the picture goes into a level. */
static void add_row(const struct light_pass *r, const struct level_light *level,
                    const float *light, bool any, int y)
{
    struct grain *const grain = level->grain;
    const int factor = grain->factor, width = level->light.width;
    const size_t n = (size_t)width;
    if (y / factor >= level->light.height)
        return;
    float *const out = ct_row(&level->light, y / factor);
    uint8_t *const mask = ct_byte_row(&grain->skin, y / factor);
    if (y % factor == 0) {
        memset(out, 0, n * sizeof(*out));
        memset(mask, 255, n);
    }
    if (any)
        add_boxes(out, mask, light, ct_byte_row(&r->face->skin, y), factor,
                  width);
    else
        memset(mask, 0, n);
    if (y % factor < factor - 1)
        return;
    const float share = 1.0f / (float)(factor * factor);
    for (int x = 0; x < width; x++)
        out[x] *= share;
    r->tools->kernels->density(out, out, n);
}

/* Luminance of the columns [from, end) of a row. */
static void fill_light(const struct light_pass *r, float *light,
                       struct columns part, int y)
{
    const float weight[4] = {0.2126729f, 0.7151522f, 0.0721750f, 0};
    ct_run_room room;
    for (int x = part.from, n; x < part.end; x += n) {
        n = ct_run_of(x, part.end);
        const struct light_run at = ct_skin_run(r->skin, x, y, n, room);
        r->tools->kernels->combine3(light + x, at.red, at.green, at.blue,
                                    weight, (size_t)n);
    }
}

static void read_rows(void *context, int item)
{
    struct light_pass *const r = context;
    const struct bytes *const skin = &r->face->skin;
    const int last = skin->height - item * r->rows;
    const int end = item * r->rows + (last < r->rows ? last : r->rows);
    float *const light = ct_alloc(&r->tools->memory, (size_t)skin->width,
                                  sizeof(*light)); /* off the skin: masked */
    if (!light) {
        atomic_store(&r->failed, true);
        return;
    }
    for (int y = item * r->rows; y < end; y++) {
        const struct columns set =
            ct_columns_set(ct_byte_row(skin, y), skin->width);
        fill_light(r, light, set, y);
        for (int i = 0; i < CT_GRAINS; i++)
            add_row(r, &r->level[i], light, set.from < set.end, y);
    }
    ct_free(light);
}

/* What is made of a level's light: z and `wide` are its two Gaussians, then
 * the band between them and the mean of its square. */
struct job {
    struct grain *grain;
    struct plane *wide;
};

/* z = the band, wide = its square. */
static void square_row(const struct job *job, int y)
{
    float *const wide = ct_row(job->wide, y);
    float *const z = ct_row(&job->grain->z, y);
    const uint8_t *const skin = ct_byte_row(&job->grain->skin, y);
    for (int x = 0; x < job->wide->width; x++) {
        const float value = z[x] - wide[x];
        z[x] = skin[x] && !isnan(value) ? value : 0.0f;
        wide[x] = z[x] * z[x];
    }
}

static void divide_row(const struct job *job, int y)
{
    const float *const square = ct_row(job->wide, y);
    float *const z = ct_row(&job->grain->z, y);
    const uint8_t *const skin = ct_byte_row(&job->grain->skin, y);
    for (int x = 0; x < job->wide->width; x++) {
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
    for (int y = band * CT_BAND; y < end && y < job->wide->height; y++)
        square_row(job, y);
}

static void divide_band(void *context, int band)
{
    const struct job *const job = context;
    const int end = (band + 1) * CT_BAND;
    for (int y = band * CT_BAND; y < end && y < job->wide->height; y++)
        divide_row(job, y);
}

/* From optical density, which is written over, to relief over its RMS. */
static cutis_status finish(struct grain *grain, struct plane *light,
                           struct band band, struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    const int bands = (light->height + CT_BAND - 1) / CT_BAND;
    const double fine = fmax(band.low * grain->scale, 0.7);
    const double coarse = band.high * grain->scale;
    struct job job = {grain, light};

    TRY(ct_plane_raw(&grain->z, light->width, light->height, tools));
    TRY(ct_gauss_masked(&grain->z, light, &grain->skin, fine, true, tools));
    TRY(ct_gauss_masked(light, light, &grain->skin, coarse, true, tools));
    ct_parallel(tools->threads, bands, square_band, &job);
    TRY(ct_gauss_masked(light, light, &grain->skin, coarse, true, tools));
    ct_parallel(tools->threads, bands, divide_band, &job);
done:
    return status;
}

static cutis_status read_light(struct light_pass *r)
{
    enum { LEAST = CT_BAND }; /* rows that are worth an item */
    r->rows = 1;
    for (int i = 0; i < CT_GRAINS; i++)
        r->rows *= r->level[i].grain->factor;
    r->rows *= (LEAST + r->rows - 1) / r->rows;
    const int height = r->face->skin.height;
    const cutis_status status =
        ct_each(r->tools, (height + r->rows - 1) / r->rows, read_rows, r);
    return atomic_load(&r->failed) ? ct_no_memory(r->tools) : status;
}

cutis_status ct_grains_create(struct grain *const out[CT_GRAINS],
                              const struct face *face, const struct skin *skin,
                              const struct grid *const grid[CT_GRAINS],
                              struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    struct light_pass pass = {.face = face, .skin = skin, .tools = tools};
    atomic_init(&pass.failed, false);
    for (int i = 0; i < CT_GRAINS; i++) {
        struct level_light *const level = &pass.level[i];
        const int factor = (int)ceil(face->work_scale / grid[i]->most_scale);
        const int width = face->skin.width / factor;
        const int height = face->skin.height / factor;
        *out[i] = (struct grain){.factor = factor, .kernels = tools->kernels};
        out[i]->scale = face->work_scale / factor;
        level->grain = out[i];
        TRY(ct_bytes_raw(&out[i]->skin, width, height, tools));
        TRY(ct_plane_raw(&level->light, width, height, tools));
    }
    TRY(read_light(&pass));
    for (int i = 0; i < CT_GRAINS; i++) {
        TRY(finish(out[i], &pass.level[i].light, grid[i]->band, tools));
        ct_plane_free(&pass.level[i].light);
    }
done:
    for (int i = 0; i < CT_GRAINS; i++) {
        ct_plane_free(&pass.level[i].light);
        if (status != CUTIS_OK)
            ct_grain_free(out[i]);
    }
    return status;
}

void ct_grain_free(struct grain *grain)
{
    ct_plane_free(&grain->z);
    ct_bytes_free(&grain->skin);
}
