/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Shine, by the dichromatic model (Shafer, 1985): light comes back from within
 * the skin with the skin's colour, and from its surface with the lamp's,
 *
 *     L(x) = k(x) b(x) + beta(x) (1, 1, 1),
 *
 * where b is the skin's colour 12 mm around, per unit of luminance.  k and beta
 * are the least squares solution in each pixel.  A fold or a lamp's falloff
 * changes k; only the surface changes beta.  The median of beta 12 mm around is
 * the even, diffuse part and is taken off.
 */

#include <math.h>
#include <stdatomic.h>
#include <string.h>

#include "measure/measure.h"
#include "util/parallel.h"

static const double window_mm = 12.0, step_mm = 3.0, stride_mm = 1.0;
static const float bright = 0.12f; /* shine by itself */
static const float broad = 0.06f;  /* shine if it is wider than this: */
static const double broad_mm = 3.0;
static const float skirt = 0.03f;   /* where a highlight ends */
static const double least_mm = 0.3; /* of a highlight's diameter */
static const double rim_mm = 0.5;   /* around it */
static const float luminance[3] = {0.2126729f, 0.7151522f, 0.0721750f};

enum { SAMPLES = 1024, ENOUGH = 16 };

/* ---- Medians of 12 mm around, on a grid ---------------------------------- */

struct medians {
    struct plane *out;
    const struct plane *from;
    const struct level *level;
    double step; /* px */
    int stride, reach;
};

static float median_around(const struct medians *job, int cx, int cy)
{
    const struct level *level = job->level;
    float v[SAMPLES];
    size_t n = 0;

    for (int y = cy - job->reach; y <= cy + job->reach; y += job->stride) {
        if (y < 0 || y >= level->height)
            continue;
        const uint8_t *mask = ct_byte_row(&level->mask, y);
        const float *row = ct_row(job->from, y);
        for (int x = cx - job->reach; x <= cx + job->reach; x += job->stride)
            if (x >= 0 && x < level->width && mask[x] && n < SAMPLES)
                v[n++] = row[x];
    }
    return n >= ENOUGH ? (float)ct_quantile(v, n, 0.5) : NAN;
}

static void median_row(void *context, int j)
{
    const struct medians *job = context;
    float *out = ct_row(job->out, j);
    for (int i = 0; i < job->out->width; i++)
        out[i] = median_around(job, (int)(i * job->step), (int)(j * job->step));
}

/* Gives every hole the mean of its known neighbours, ring by ring. */
static void fill_holes(struct plane *plane, struct plane *spare)
{
    for (bool holes = true, progress = true; holes && progress;) {
        holes = progress = false;
        for (int y = 0; y < plane->height; y++)
            for (int x = 0; x < plane->width; x++) {
                float sum = 0.0f, n = 0.0f;
                ct_row(spare, y)[x] = ct_row(plane, y)[x];
                if (!isnan(ct_row(plane, y)[x]))
                    continue;
                for (int k = 0; k < 9; k++) {
                    const int u = x + k % 3 - 1, v = y + k / 3 - 1;
                    if (u < 0 || v < 0 || u >= plane->width ||
                        v >= plane->height || isnan(ct_row(plane, v)[u]))
                        continue;
                    sum += ct_row(plane, v)[u];
                    n += 1.0f;
                }
                holes = true;
                progress = progress || n > 0.0f;
                if (n > 0.0f)
                    ct_row(spare, y)[x] = sum / n;
            }
        const struct plane swap = *plane;
        *plane = *spare;
        *spare = swap;
    }
}

static cutis_status take_medians(struct plane *out, const struct plane *from,
                                 const struct scene *scene, struct tools *tools)
{
    const struct level *level = &scene->colour;
    const int width = (int)(level->width / scene->haze_step) + 2;
    const int height = (int)(level->height / scene->haze_step) + 2;
    const double stride = floor(stride_mm * level->scale + 0.5);
    cutis_status status = CUTIS_OK;
    struct plane spare = {0};

    TRY(ct_plane_raw(out, width, height, tools));
    TRY(ct_plane_raw(&spare, width, height, tools));
    struct medians job = {out,
                          from,
                          level,
                          scene->haze_step,
                          stride < 1.0 ? 1 : (int)stride,
                          (int)(0.5 * window_mm * level->scale)};
    ct_parallel(tools->threads, height, median_row, &job);
    fill_holes(out, &spare);

done:
    ct_plane_free(&spare);
    return status;
}

/* ---- The split ----------------------------------------------------------- */

cutis_status ct_interface_create(struct interface *out,
                                 const struct scene *scene,
                                 const struct spacing *places, int width,
                                 struct tools *tools)
{
    struct spacing at = *places;
    cutis_status status = CUTIS_OK;
    at.step *= scene->haze_step;
    *out = (struct interface){.kernels = tools->kernels};
    for (int c = 0; c < 3; c++)
        TRY(ct_stretch_create(&out->chroma[c], &scene->chroma[c], &at, width,
                              tools));
    if (scene->haze.at)
        TRY(ct_stretch_create(&out->haze, &scene->haze, &at, width, tools));

done:
    if (status != CUTIS_OK)
        ct_interface_free(out);
    return status;
}

void ct_interface_free(struct interface *interface)
{
    for (int c = 0; c < 3; c++)
        ct_stretch_free(&interface->chroma[c]);
    ct_stretch_free(&interface->haze);
}

void ct_interface_row(float *out, struct interface *interface, int y,
                      const float *const rgb[3])
{
    const float *b[3];
    const int width = interface->chroma[0].width;
    for (int c = 0; c < 3; c++)
        b[c] = ct_stretch_row(&interface->chroma[c], y);
    interface->kernels->surface(out, b, rgb, (size_t)width);
    if (!interface->haze.left)
        return;
    const float *const haze = ct_stretch_row(&interface->haze, y);
    for (int x = 0; x < width; x++) {
        const float beta = out[x] - haze[x];
        out[x] = beta == beta ? beta : 0.0f; /* NaN: no haze is known */
    }
}

struct split {
    struct scene *scene;
    struct plane *out;
    struct tools *tools;
    atomic_bool failed;
};

static void split_band(void *context, int band)
{
    struct split *job = context;
    const struct scene *scene = job->scene;
    const struct level *level = &scene->colour;
    const struct spacing here = {0.0, 1.0, 1.0, 1.0};
    const int first = band * CT_BAND;
    const int end =
        first + CT_BAND < level->height ? first + CT_BAND : level->height;
    struct interface interface;
    if (ct_interface_create(&interface, scene, &here, level->width, job->tools))
        atomic_store(&job->failed, true);
    for (int y = first; interface.chroma[0].left && y < end; y++) {
        const float *const rgb[3] = {ct_row(&scene->red, y),
                                     ct_row(&scene->green, y),
                                     ct_row(&scene->blue, y)};
        ct_interface_row(ct_row(job->out, y), &interface, y, rgb);
    }
    ct_interface_free(&interface);
}

struct ratio {
    const struct scene *scene;
    struct plane *out;
    int channel;
};

static void ratio_row(void *context, int y)
{
    const struct ratio *job = context;
    const struct scene *scene = job->scene;
    const float *rgb[3] = {ct_row(&scene->red, y), ct_row(&scene->green, y),
                           ct_row(&scene->blue, y)};
    float *out = ct_row(job->out, y);
    const float *const red = rgb[0], *const green = rgb[1],
                       *const blue = rgb[2];
    const float *const channel = rgb[job->channel];
    for (int x = 0; x < scene->colour.width; x++) {
        const float sum = luminance[0] * red[x] + luminance[1] * green[x] +
                          luminance[2] * blue[x];
        const float share = channel[x] / sum;
        out[x] = sum > 1e-4f ? share : 1.0f;
    }
}

/* What each pixel's surface adds; beyond the haze, once that is known. */
static cutis_status split_all(struct scene *scene, struct tools *tools)
{
    const int bands = (scene->colour.height + CT_BAND - 1) / CT_BAND;
    struct split job = {.scene = scene, .out = &scene->shine, .tools = tools};
    atomic_init(&job.failed, false);
    ct_parallel(tools->threads, bands, split_band, &job);
    return atomic_load(&job.failed) ? ct_no_memory(tools) : CUTIS_OK;
}

static cutis_status split(struct scene *scene, struct tools *tools)
{
    const int height = scene->colour.height;
    cutis_status status = CUTIS_OK;

    TRY(ct_level_raw(&scene->shine, &scene->colour, tools));
    for (int c = 0; c < 3; c++) {
        struct ratio job = {scene, &scene->shine, c};
        ct_parallel(tools->threads, height, ratio_row, &job);
        TRY(take_medians(&scene->chroma[c], &scene->shine, scene, tools));
    }
    TRY(split_all(scene, tools));
    TRY(take_medians(&scene->haze, &scene->shine, scene, tools));
    TRY(split_all(scene, tools));

done:
    return status;
}

/* ---- The mask ------------------------------------------------------------ */

static void above(struct bytes *out, const struct scene *scene, float limit)
{
    for (int y = 0; y < out->height; y++) {
        const float *shine = ct_row(&scene->shine, y);
        const uint8_t *lit = ct_byte_row(&scene->lit, y);
        const uint8_t *glare = ct_byte_row(&scene->colour.glare, y);
        uint8_t *row = ct_byte_row(out, y);
        for (int x = 0; x < out->width; x++)
            row[x] = glare[x] || (lit[x] && shine[x] > limit) ? 255 : 0;
    }
}

/* Keeps the components that have a pixel in `seed`, or as many as `least`. */
static cutis_status keep_components(struct bytes *mask,
                                    const struct bytes *seed, size_t least,
                                    struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    struct components found = {0};
    size_t *size = NULL;

    TRY(ct_components(&found, mask, false, tools));
    size = ct_alloc(&tools->memory, (size_t)found.count + 1, sizeof(*size));
    if (!size)
        TRY(ct_no_memory(tools));
    for (size_t i = 0; i < found.runs; i++) {
        const struct mask_run *const run = &found.run[i];
        const uint8_t *const in = ct_byte_row(seed ? seed : mask, run->y);
        for (int x = run->from; x < run->end; x++)
            size[run->label] += in[x] != 0;
    }
    for (size_t i = 0; i < found.runs; i++) {
        const struct mask_run *const run = &found.run[i];
        if (size[run->label] < least)
            memset(ct_byte_row(mask, run->y) + run->from, 0,
                   (size_t)(run->end - run->from));
    }

done:
    ct_free(size);
    ct_components_free(&found);
    return status;
}

static void unite(struct bytes *into, const struct bytes *other)
{
    for (int y = 0; y < into->height; y++) {
        uint8_t *row = ct_byte_row(into, y);
        const uint8_t *more = ct_byte_row(other, y);
        for (int x = 0; x < into->width; x++)
            row[x] |= more[x];
    }
}

static cutis_status find_highlights(struct scene *scene, struct tools *tools)
{
    const struct level *level = &scene->colour;
    const double pixel = 1.0 / (level->scale * level->scale);
    const size_t least = (size_t)ceil(0.785398 * least_mm * least_mm / pixel);
    cutis_status status = CUTIS_OK;
    struct bytes wide = {0}, core = {0};

    TRY(ct_bytes_raw(&scene->specular, level->width, level->height, tools));
    TRY(ct_bytes_raw(&scene->halo, level->width, level->height, tools));
    TRY(ct_bytes_raw(&wide, level->width, level->height, tools));
    TRY(ct_bytes_raw(&core, level->width, level->height, tools));
    above(&scene->specular, scene, bright);
    TRY(keep_components(&scene->specular, NULL, least, tools));
    above(&wide, scene, broad);
    above(&core, scene, broad);
    TRY(ct_erode(&core, 0.5 * broad_mm * level->scale, tools));
    TRY(keep_components(&wide, &core, 1, tools));
    unite(&scene->specular, &wide);

    /* What fine relief must not see reaches further than what colour must. */
    above(&scene->halo, scene, skirt);
    TRY(keep_components(&scene->halo, &scene->specular, 1, tools));
    TRY(ct_dilate(&scene->specular, rim_mm * level->scale, tools));
    TRY(ct_dilate(&scene->halo, rim_mm * level->scale, tools));
    unite(&scene->halo, &scene->specular);

done:
    ct_bytes_free(&core);
    ct_bytes_free(&wide);
    return status;
}

/* Takes the highlights out of the colour level. */
static cutis_status exclude(struct scene *scene, struct tools *tools)
{
    struct level *level = &scene->colour;
    double share[CT_REGIONS];
    struct cover left;

    for (int y = 0; y < level->height; y++) {
        const uint8_t *shiny = ct_byte_row(&scene->specular, y);
        uint8_t *mask = ct_byte_row(&level->mask, y);
        for (int x = 0; x < level->width; x++)
            mask[x] = shiny[x] ? 0 : mask[x];
    }

    ct_cover_of(&scene->open, level, &scene->lit, scene->view, NULL);
    ct_cover_of(&left, level, &level->mask, scene->view, NULL);
    for (int r = 0; r < CT_REGIONS; r++) {
        const double whole = scene->open.area_mm2[r];
        share[r] = whole > 0.0 ? 1.0 - left.area_mm2[r] / whole : 0.0;
    }
    return ct_level_index(level, scene->view, share, tools);
}

cutis_status ct_specular(struct scene *scene, struct tools *tools)
{
    const struct level *level = &scene->colour;
    cutis_status status = CUTIS_OK;

    scene->haze_step = step_mm * level->scale;
    TRY(ct_bytes_create(&scene->lit, level->width, level->height, tools));
    unite(&scene->lit, &level->mask);
    unite(&scene->lit, &level->glare);
    TRY(split(scene, tools));
    TRY(find_highlights(scene, tools));
    TRY(exclude(scene, tools));

done:
    return status;
}
