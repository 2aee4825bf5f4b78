/* SPDX-License-Identifier: BSD-2-Clause */

/* Medians over square blocks of skin, and how much they differ. */

#include <math.h>
#include <string.h>

#include "measure/measure.h"

static const double low_mm = 2.0, high_mm = 15.0; /* the band of unevenness */

static const double ita_block_mm = 4.0;

enum { SIDE = 64, ENOUGH = 8 };

struct block {
    float v[SIDE * SIDE];
    size_t n;
    int region;
};

/* The pixels of the region that most of the block is, if it is half of it. */
static void take_block(struct block *out, const struct level *level,
                       const struct plane *plane, int x0, int y0, int side)
{
    int count[CT_REGIONS] = {0};
    for (int y = y0; y < y0 + side; y++) {
        const uint8_t *const region = ct_byte_row(&level->region, y);
        const uint8_t *const mask = ct_byte_row(&level->mask, y);
        for (int x = x0; x < x0 + side; x++)
            if (region[x] < CT_REGIONS && mask[x])
                count[region[x]]++;
    }
    out->n = 0;
    out->region = 0;
    for (int r = 1; r < CT_REGIONS; r++)
        if (count[r] > count[out->region])
            out->region = r;
    if (2 * count[out->region] < side * side)
        return;

    for (int y = y0; y < y0 + side; y++) {
        const uint8_t *const region = ct_byte_row(&level->region, y);
        const uint8_t *const mask = ct_byte_row(&level->mask, y);
        const float *const row = ct_row(plane, y);
        for (int x = x0; x < x0 + side; x++)
            if (mask[x] && region[x] == out->region)
                out->v[out->n++] = row[x];
    }
}

cutis_status ct_blocks_create(struct blocks *out, const struct level *level,
                              const struct plane *plane, double side_mm,
                              struct tools *tools)
{
    const double px = floor(side_mm * level->scale + 0.5);
    const int side = px < 1.0 ? 1 : px > SIDE ? SIDE : (int)px;
    const int nx = level->width / side, ny = level->height / side;
    const size_t most = (size_t)nx * (size_t)ny;
    cutis_status status = CUTIS_OK;
    struct block *block = ct_alloc_raw(&tools->memory, 1, sizeof(*block));
    struct blocks blocks = {
        .median = ct_alloc_raw(&tools->memory, most, sizeof(float)),
        .region = ct_alloc_raw(&tools->memory, most, 1),
    };
    if (!block || !blocks.median || !blocks.region)
        TRY(ct_no_memory(tools));

    for (int j = 0; j < ny; j++)
        for (int i = 0; i < nx; i++) {
            take_block(block, level, plane, i * side, j * side, side);
            if (!block->n)
                continue;
            blocks.median[blocks.count] =
                (float)ct_quantile(block->v, block->n, 0.5);
            blocks.region[blocks.count++] = (uint8_t)block->region;
        }
    *out = blocks;
    blocks = (struct blocks){0};

done:
    ct_blocks_free(&blocks);
    ct_free(block);
    return status;
}

void ct_blocks_free(struct blocks *blocks)
{
    ct_free(blocks->median);
    ct_free(blocks->region);
    *blocks = (struct blocks){0};
}

/* 1.4826 times the median distance from the median: the SD of a normal. */
static double robust_sd(float *v, size_t n)
{
    if (n < ENOUGH)
        return NAN;
    const double middle = ct_quantile(v, n, 0.5);
    for (size_t i = 0; i < n; i++)
        v[i] = (float)fabs((double)v[i] - middle);
    return 1.4826 * ct_quantile(v, n, 0.5);
}

cutis_status ct_unevenness(double out[CT_REGIONS], const struct scene *scene,
                           const struct plane *plane, struct tools *tools)
{
    const struct level *level = &scene->colour;
    cutis_status status = CUTIS_OK;
    struct plane band = {0};
    struct blocks blocks = {0};

    TRY(ct_level_raw(&band, level, tools));
    TRY(ct_gauss_masked(&band, plane, &level->mask, low_mm * level->scale, true,
                        tools));
    ct_clear_outside(&band, &level->mask);
    TRY(ct_flatten(&band, level, sqrt(high_mm * high_mm - low_mm * low_mm),
                   tools));
    TRY(ct_blocks_create(&blocks, level, &band, low_mm, tools));

    for (int row = 0; row < CT_REGIONS; row++) {
        size_t n = 0;
        for (size_t i = 0; i < blocks.count; i++)
            if (ct_pools(&level->cover, row, blocks.region[i]))
                scene->scratch[n++] = blocks.median[i];
        out[row] = robust_sd(scene->scratch, n);
    }

done:
    ct_blocks_free(&blocks);
    ct_plane_free(&band);
    return status;
}

cutis_status ct_blood_unevenness(struct scene *scene, struct tools *tools)
{
    cutis_status status = CUTIS_OK;

    if (!scene->knows_uneven)
        TRY(ct_unevenness(scene->blood_uneven, scene, &scene->blood_raw,
                          tools));
    scene->knows_uneven = true;

done:
    return status;
}

cutis_status ct_ita_spread(double out[CT_REGIONS], const struct scene *scene,
                           struct tools *tools)
{
    const struct level *level = &scene->colour;
    cutis_status status = CUTIS_OK;
    struct blocks l = {0}, b = {0};

    /* Both lists hold the same blocks: the mask alone decides which. */
    TRY(ct_blocks_create(&l, level, &scene->lab[0], ita_block_mm, tools));
    TRY(ct_blocks_create(&b, level, &scene->lab[2], ita_block_mm, tools));
    for (int row = 0; row < CT_REGIONS; row++) {
        size_t n = 0;
        for (size_t i = 0; i < l.count; i++)
            if (ct_pools(&level->cover, row, l.region[i]))
                scene->scratch[n++] =
                    (float)ct_ita((double)l.median[i], (double)b.median[i]);
        out[row] = robust_sd(scene->scratch, n);
    }

done:
    ct_blocks_free(&l);
    ct_blocks_free(&b);
    return status;
}
