/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Flakes: small patches whose surface reflects a little more than the skin
 * around (0.012 to 0.12; 0.018 on average), and whose fine relief is rough.
 *
 *     FI = 100 * sum of area * reflection / area of skin.
 *
 * A highlight is smooth and even; a flake has edges, which fine relief shows.
 * Rims of pores and furrows reflect too, but hardly more than the least.
 */

#include <math.h>

#include "measure/measure.h"

static const float least = 0.012f, most = 0.12f;   /* reflection */
static const double least_mean = 0.018;            /* of a whole flake */
static const double least_mm = 0.2, most_mm = 3.0; /* of the diameter */
static const double rough = 2.0; /* fine relief per median of the region */
static const double pi = 3.14159265358979324;

enum { COUNT, SCABS };

static const struct detail_about details[] = {
    [COUNT] = {"flake_density", "1/cm2", "flakes per area"},
    [SCABS] = {"scab_density", "1/cm2",
               "dark red-brown spots that may be scabs, per area"},
    {0},
};

struct patch {
    double area_px, area_mm2, sum, energy;
    double x, y; /* sums over its pixels */
    int region;
};

static cutis_status find_patches(struct components *out,
                                 const struct scene *scene, struct tools *tools)
{
    const struct level *level = &scene->relief;
    cutis_status status = CUTIS_OK;
    struct bytes bright = {0};

    TRY(ct_bytes_raw(&bright, level->width, level->height, tools));
    for (int y = 0; y < level->height; y++) {
        const float *flake = ct_row(&scene->flake, y);
        const uint8_t *mask = ct_byte_row(&level->mask, y);
        uint8_t *row = ct_byte_row(&bright, y);
        for (int x = 0; x < level->width; x++) {
            const bool counts = (flake[x] >= least) & (flake[x] <= most);
            row[x] = (counts & (mask[x] != 0)) ? 255 : 0;
        }
    }
    TRY(ct_components(out, &bright, false, tools));

done:
    ct_bytes_free(&bright);
    return status;
}

static void add_run(struct patch *patch, const struct mask_run *run,
                    const struct scene *scene)
{
    const struct level *level = &scene->relief;
    const int y = run->y, shift = scene->fine_shift;
    const float *flake = ct_row(&scene->flake, y);
    const float *fine = ct_row(&scene->fine, y >> shift);
    for (int x = run->from; x < run->end; x++) {
        const double relief = (double)fine[x >> shift];
        const double area = (double)ct_level_area(level, x, y);
        patch->area_px += 1.0;
        patch->x += x + 0.5;
        patch->y += y + 0.5;
        patch->area_mm2 += area;
        patch->sum += area * (double)flake[x];
        patch->energy += relief * relief;
    }
    patch->region = ct_byte_row(&level->region, y)[run->end - 1];
}

/* All that can be told without the relief around. */
static bool may_be_flake(const struct patch *patch)
{
    if (patch->region >= CT_REGIONS || patch->area_px < 2.0)
        return false;
    const double diameter = ct_sqrt(4.0 * patch->area_mm2 / pi);
    return diameter >= least_mm && diameter <= most_mm &&
           patch->sum >= least_mean * patch->area_mm2;
}

/* Medians of the fine relief's square, of the regions in which something may be
 * a flake. */
static void median_energy(double out[CT_REGIONS], const struct scene *scene,
                          const struct patch *patches, int32_t count)
{
    const struct level *level = &scene->relief;
    bool wanted[CT_REGIONS] = {false};
    for (int32_t i = 1; i <= count; i++)
        if (may_be_flake(&patches[i]))
            wanted[patches[i].region] = true;
    for (int r = 0; r < CT_REGIONS; r++) {
        size_t n = 0;
        out[r] = NAN;
        if (!wanted[r])
            continue;
        for (struct walk w = ct_walk(level, r); w.left; ct_walk_on(&w)) {
            const int shift = scene->fine_shift;
            const float b = ct_row(&scene->fine, w.y >> shift)[w.x >> shift];
            scene->scratch[n++] = b * b;
        }
        out[r] = ct_quantile(scene->scratch, n, 0.5);
    }
}

static bool is_flake(const struct patch *patch, const double *energy)
{
    return may_be_flake(patch) &&
           patch->energy / patch->area_px > rough * energy[patch->region];
}

/* Those of the rows that are open, one by one. */
static cutis_status list_flakes(struct scene *scene,
                                const struct reading rows[CT_REGIONS],
                                struct tools *tools)
{
    const double factor = scene->relief.factor;
    cutis_status status = CUTIS_OK;
    for (int32_t i = 1; i <= scene->patches; i++) {
        const struct patch *const patch = &scene->patch[i];
        if (!is_flake(patch, scene->patch_energy) ||
            !ct_is_open(&rows[patch->region]))
            continue;
        const double mean = patch->sum / patch->area_mm2;
        const struct item item = {
            .x = (float)(patch->x / patch->area_px * factor),
            .y = (float)(patch->y / patch->area_px * factor),
            .size_mm = (float)ct_sqrt(4.0 * patch->area_mm2 / pi),
            .contrast = (float)(100.0 * mean),
            .burden = (float)(100.0 * patch->sum),
            .region = (uint8_t)patch->region,
            .seen = true,
        };
        TRY(ct_list_add(&scene->flakes, &item, tools));
    }

done:
    return status;
}

cutis_status ct_patches(struct scene *scene, struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    struct components found = {0};

    if (!scene->fine.at || !scene->pigment.at)
        return CUTIS_OK;
    TRY(find_patches(&found, scene, tools));
    scene->patches = found.count;
    scene->patch = ct_alloc(&tools->memory, (size_t)found.count + 1,
                            sizeof(*scene->patch));
    if (!scene->patch)
        TRY(ct_no_memory(tools));
    for (size_t i = 0; i < found.runs; i++)
        add_run(&scene->patch[found.run[i].label], &found.run[i], scene);
    median_energy(scene->patch_energy, scene, scene->patch, scene->patches);
    ct_plane_free(&scene->flake);

done:
    ct_components_free(&found);
    return status;
}

static void measure_row(struct reading *row, int r, const struct scene *scene)
{
    double sum = 0.0, flakes = 0.0;
    for (int32_t i = 1; i <= scene->patches; i++) {
        const struct patch *const patch = &scene->patch[i];
        if (!is_flake(patch, scene->patch_energy) ||
            !ct_pools(&scene->relief.cover, r, patch->region))
            continue;
        sum += patch->sum;
        flakes += 1.0;
    }
    row->count = flakes;
    row->value = sum / row->area_cm2;
    ct_detail(row, &details[COUNT], flakes / row->area_cm2);
    ct_detail(row, &details[SCABS], scene->scabs[r] / row->area_cm2);
}

static cutis_status measure(struct reading rows[CT_REGIONS],
                            struct scene *scene, struct tools *tools)
{
    cutis_status status = CUTIS_OK;

    if (!scene->patch)
        return CUTIS_OK;
    TRY(list_flakes(scene, rows, tools));
    for (int r = 0; r < CT_REGIONS; r++)
        if (ct_is_open(&rows[r]))
            measure_row(&rows[r], r, scene);

done:
    return status;
}

const struct metric ct_flakes = {
    .about =
        {
            .name = "flakes",
            .title = "Flakes",
            .unit = "%",
            .meaning = "How much dry scales whiten the skin.",
            .direction = CUTIS_LOWER_IS_BETTER,
            .scale = CUTIS_LOG,
            .min_px_per_mm = 8.0,
            .sesoi = 0.20,
            .prior_sd = 0.12,
        },
    .details = details,
    .subject = "flakes",
    .plural = true,
    .needs_colour = true,
    .needs_relief = true,
    .measure = measure,
};
