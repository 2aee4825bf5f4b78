/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The redness map: H = w . OD in every pixel, with the weights of tone.c.  One
 * unit of H is one unit at every tone: exp(dH / 13.74) is the ratio of blood.
 *
 * Two levels of H to compare with: the trimmed mean of declared untreated skin,
 * and the person's own paler skin, i.e. the 25th percentile over 4 mm blocks.
 *
 * How steep H is depends on its level, which only something neutral fixes.
 * Without it, the skin that a photograph is compared with takes one level in
 * all of them, so that white balance drops out: half way from the usual to what
 * they show on average.  Levels of people vary by 9 H, and cameras left to
 * themselves by about as much.
 */

#include <math.h>

#include "measure/measure.h"

static const double smooth_mm = 0.5;
static const double block_mm = 4.0;
static const double trust = 0.5; /* in the level that a camera shows */

static double reference_level(const struct scene *scene)
{
    const struct level *level = &scene->colour;
    const struct view *view = scene->view;
    const uint32_t width = (uint32_t)level->width;
    size_t n = 0;

    for (int r = 0; r < CT_REGIONS; r++) {
        if (!view->reference_region[r] || level->cover.fitness[r] != FIT)
            continue;
        for (size_t i = level->start[r]; i < level->start[r + 1]; i++) {
            const uint32_t at = level->index[i];
            scene->scratch[n++] =
                ct_row(&scene->blood, (int)(at / width))[at % width];
        }
    }
    return n ? ct_trimmed_mean(scene->scratch, n, 0.1, 0.9) : NAN;
}

cutis_status ct_blood(struct scene *scene, struct tools *tools)
{
    const struct level *level = &scene->colour;
    cutis_status status = CUTIS_OK;
    struct blocks blocks = {0};

    TRY(ct_unmix(&scene->blood_raw, scene, scene->tone.blood, tools));
    TRY(ct_level_raw(&scene->blood, level, tools));
    TRY(ct_gauss_masked(&scene->blood, &scene->blood_raw, &level->mask,
                        smooth_mm * level->scale, true, tools));
    ct_clear_outside(&scene->blood, &level->mask);

    TRY(ct_blocks_create(&blocks, level, &scene->blood, block_mm, tools));
    scene->blood_floor = ct_quantile(blocks.median, blocks.count, 0.25);
    scene->blood_reference = reference_level(scene);

done:
    ct_blocks_free(&blocks);
    return status;
}

bool ct_blood_is_declared(const struct scene *scene)
{
    const struct view *view = scene->view;
    bool any = false;
    for (int r = 0; r < CT_REGIONS; r++)
        any = any || view->reference_region[r];
    return any && view->reference != CT_REF_EXCESS;
}

double ct_blood_origin(const struct scene *scene)
{
    return ct_blood_is_declared(scene) ? scene->blood_reference
                                       : scene->blood_floor;
}

void ct_blood_level(struct scene *scene, int count)
{
    double sum = 0.0;
    int shown = 0;
    for (int i = 0; i < count; i++)
        if (!isnan(ct_blood_origin(&scene[i]))) {
            sum += ct_blood_origin(&scene[i]);
            shown++;
        }
    for (int i = 0; i < count; i++) {
        const double own = ct_blood_origin(&scene[i]);
        const double usual = ct_blood_usual(&scene[i].tone);
        const double level = usual + trust * (sum / shown - usual);
        const bool is_known = scene[i].view->reference == CT_REF_NEUTRAL;
        scene[i].blood_shift = is_known || isnan(own) ? 0.0 : level - own;
    }
}
