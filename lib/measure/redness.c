/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Redness: the 10 to 90 % trimmed mean of h over a region, on the scale of
 * ln(blood), in the first form that the photographs allow:
 *
 *     H         where something neutral calibrates every photograph;
 *     H_rel     against declared untreated skin;
 *     H_excess  against the person's own paler skin, the 25th percentile of H
 *               over 4 mm blocks.  White balance and exposure drop out; so
 *               does a change of the whole face.
 *
 * On dark skin melanin leaks into the level of H, so that H itself gives way to
 * the next form there.  a* and the erythema index are for comparison with the
 * literature (EI = 100 (log10 R - log10 G), Takiwaki 1994).
 */

#include <math.h>

#include "measure/measure.h"

enum { H, A_STAR, EI, U_H };

static const struct detail_about details[] = {
    [H] = {"H", "H", "redness before anything is taken off"},
    [A_STAR] = {"a_star", "CIELAB a*", "median of a*, D65"},
    [EI] = {"EI", "100 log10", "erythema index, 100 (log10 R - log10 G)"},
    [U_H] = {"U_H", "H", "unevenness of H between 2 and 15 mm"},
    {0},
};

static double scaled(const struct scene *scene, double h)
{
    return ct_blood_scale(&scene->tone, h + scene->blood_shift);
}

/* What is taken off H, and what the result is called. */
static double origin(const struct scene *scene, const char **name)
{
    if (scene->view->reference == CT_REF_NEUTRAL &&
        scene->tone.level_is_sound) {
        *name = "H";
        return 0.0;
    }
    *name = ct_blood_is_declared(scene) ? "H_rel" : "H_excess";
    return scaled(scene, ct_blood_origin(scene));
}

static double level_of(const struct scene *scene, const struct plane *plane,
                       int row)
{
    const size_t n = ct_gather(scene->scratch, &scene->colour, plane, row);
    return ct_trimmed_mean(scene->scratch, n, 0.1, 0.9);
}

static double blood_level(struct scene *scene, int row)
{
    if (!scene->knows_level[row])
        scene->blood_level[row] = level_of(scene, &scene->blood, row);
    scene->knows_level[row] = true;
    return scene->blood_level[row];
}

/* Mean optical density of one channel in a region, or of all that are pooled;
 * every 16th pixel is enough. */
static double density_of(const struct level *level, const struct plane *od,
                         int row)
{
    const uint32_t width = (uint32_t)level->width;
    double sum = 0.0, n = 0.0;

    for (int r = 0; r < CT_REGIONS; r++) {
        if (!ct_pools(&level->cover, row, r))
            continue;
        for (size_t i = level->start[r]; i < level->start[r + 1]; i += 16) {
            const uint32_t at = level->index[i];
            sum += (double)ct_row(od, (int)(at / width))[at % width];
            n++;
        }
    }
    return sum / n;
}

/*
 * H that a level of chroma is worth: of Cr and of Cb, the root of the squares.
 * A channel that is coded as v in 0 to 1 changes its density by 2.4 / (ln 10
 * (v + 0.055)) a unit (the slope of sRGB's curve): dark skin has few levels,
 * and each of them weighs more.
 */
static double of_a_level(const struct scene *scene, int row)
{
    static const double red[3] = {1.402, -0.714136, 0.0};  /* a level of Cr */
    static const double blue[3] = {0.0, -0.344136, 1.772}; /* of Cb */
    const double ln10 = 2.302585093, foot = 0.04045;
    const struct view *const view = scene->view;
    double by_red = 0.0, by_blue = 0.0;

    for (int c = 0; c < 3; c++) {
        const double own = view->skin->gain[c], common = view->gain[c];
        const double gain =
            (own > 0.0 ? own : 1.0) * (common > 0.0 ? common : 1.0);
        const double od = density_of(&scene->colour, &scene->od[c], row);
        const double light = ct_exp(-ln10 * od) / gain;
        const double coded = fmax(ct_srgb_encode(light), foot);
        const double step =
            scene->tone.blood[c] * 2.4 / (ln10 * 255.0 * (coded + 0.055));
        by_red += red[c] * step;
        by_blue += blue[c] * step;
    }
    return ct_sqrt(by_red * by_red + by_blue * by_blue);
}

double ct_redness_slope(struct scene *scene, int row)
{
    const double here = blood_level(scene, row), step = 0.25;

    return (scaled(scene, here + step) - scaled(scene, here - step)) /
           (2.0 * step);
}

static cutis_status measure(struct reading rows[CT_REGIONS],
                            struct scene *scene, struct tools *tools)
{
    static const double ratio[3] = {-100.0, 100.0, 0.0};
    const struct level *level = &scene->colour;
    const char *name;
    const double from = origin(scene, &name);
    cutis_status status = CUTIS_OK;
    struct plane index = {0};

    for (int r = 0; r < CT_REGIONS; r++)
        rows[r].name = name;
    if (!scene->blood.at)
        return CUTIS_OK;
    TRY(ct_unmix(&index, scene, ratio, tools));
    TRY(ct_blood_unevenness(scene, tools));

    for (int r = 0; r < CT_REGIONS; r++) {
        struct reading *row = &rows[r];
        if (!ct_is_open(row))
            continue;
        const double here = blood_level(scene, r);
        if (isnan(from)) {
            ct_close(row, "the untreated skin to compare with cannot be used");
            continue;
        }
        row->value = scaled(scene, here) - from;
        row->per_level = of_a_level(scene, r);
        if (scene->tone.level_is_sound)
            ct_detail(row, &details[H], ct_blood_scale(&scene->tone, here));
        const size_t n = ct_gather(scene->scratch, level, &scene->lab[1], r);
        ct_detail(row, &details[A_STAR], ct_quantile(scene->scratch, n, 0.5));
        ct_detail(row, &details[EI], level_of(scene, &index, r));
        ct_detail(row, &details[U_H], scene->blood_uneven[r]);
    }

done:
    ct_plane_free(&index);
    return status;
}

const struct metric ct_redness = {
    .about =
        {
            .name = "redness",
            .title = "Redness",
            .unit = "H",
            .meaning = "How much blood the skin shows: 5.6 more is half as "
                       "much again.",
            .direction = CUTIS_LOWER_IS_BETTER,
            .scale = CUTIS_LINEAR,
            .min_px_per_mm = 3.0,
            .sesoi = 2.0,
            .prior_sd = 0.35,
        },
    .details = details,
    .subject = "redness",
    .needs_colour = true,
    .early = true,
    .measure = measure,
};
