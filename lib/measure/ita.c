/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The individual typology angle ITA = atan2(L* - 50, b*) in degrees (Chardon,
 * 1991), of the medians of L* and b* in a region; the higher the fairer.  It is
 * a level, which only something neutral in the photograph can fix.
 *
 * A card faces the camera and the lamps, but half of a region is turned away
 * from them and looks darker than it is, by as much as a tone of skin.  So the
 * medians are of its well-lit skin, as those of the whole face's ITA are
 * (match/capture.c): what is brighter still is sheen.
 */

#include <math.h>

#include "measure/measure.h"

enum { L_STAR, B_STAR, MELANIN };

static const struct detail_about details[] = {
    [L_STAR] = {"L_star", "CIELAB L*", "median of L* of well-lit skin, D65"},
    [B_STAR] = {"b_star", "CIELAB b*", "median of b* of well-lit skin, D65"},
    [MELANIN] = {"M", "M", "melanin's level, 100 per ln; above ITA 10 only"},
    {0},
};

static const double least_ita_for_melanin = 10.0;
static const double lit_from = 0.70, lit_to = 0.90; /* quantiles of L* */

static double median_of(const struct scene *scene, const struct plane *plane,
                        int row)
{
    const size_t n = ct_gather(scene->scratch, &scene->colour, plane, row);
    return ct_quantile(scene->scratch, n, 0.5);
}

/* The values of `plane` where L* lies in [low, high]. */
static size_t gather_lit(float *into, const struct scene *scene,
                         const struct plane *plane, int row, float low,
                         float high)
{
    const struct level *level = &scene->colour;
    const uint32_t width = (uint32_t)level->width;
    size_t n = 0;
    for (int r = 0; r < CT_REGIONS; r++) {
        if (!ct_pools(&level->cover, row, r))
            continue;
        for (size_t i = level->start[r]; i < level->start[r + 1]; i++) {
            const uint32_t at = level->index[i];
            const int y = (int)(at / width), x = (int)(at % width);
            const float l = ct_row(&scene->lab[0], y)[x];
            if (l >= low && l <= high)
                into[n++] = ct_row(plane, y)[x];
        }
    }
    return n;
}

/* Medians of L* and b* of a row's well-lit skin. */
static void lit_medians(double *l, double *b, const struct scene *scene,
                        int row)
{
    float *const scratch = scene->scratch;
    size_t n = ct_gather(scratch, &scene->colour, &scene->lab[0], row);
    const float low = (float)ct_quantile(scratch, n, lit_from);
    const float high = (float)ct_quantile(scratch, n, lit_to);
    n = gather_lit(scratch, scene, &scene->lab[0], row, low, high);
    *l = ct_quantile(scratch, n, 0.5);
    n = gather_lit(scratch, scene, &scene->lab[2], row, low, high);
    *b = ct_quantile(scratch, n, 0.5);
}

static cutis_status measure(struct reading rows[CT_REGIONS],
                            struct scene *scene, struct tools *tools)
{
    const bool is_known =
        scene->view->reference == CT_REF_NEUTRAL && scene->view->skin->neutral;
    const bool with_melanin =
        is_known && scene->tone.ita > least_ita_for_melanin;
    cutis_status status = CUTIS_OK;
    struct plane melanin = {0};

    if (with_melanin)
        TRY(ct_unmix(&melanin, scene, scene->tone.melanin, tools));
    for (int r = 0; r < CT_REGIONS; r++) {
        struct reading *row = &rows[r];
        if (!ct_is_open(row))
            continue;
        if (!is_known) {
            ct_close(row, "no grey card or colour chart");
            continue;
        }
        double l, b;
        lit_medians(&l, &b, scene, r);
        if (!(b > 0.0)) {
            ct_close(row, "the skin is not yellowish, ITA is not defined");
            continue;
        }
        row->value = ct_ita(l, b);
        ct_detail(row, &details[L_STAR], l);
        ct_detail(row, &details[B_STAR], b);
        if (with_melanin)
            ct_detail(row, &details[MELANIN], median_of(scene, &melanin, r));
    }

done:
    ct_plane_free(&melanin);
    return status;
}

const struct metric ct_ita_angle = {
    .about =
        {
            .name = "ita",
            .title = "Skin tone (ITA)",
            .unit = "deg",
            .meaning = "How fair the skin is, as an angle between lightness "
                       "and yellowness.",
            .direction = CUTIS_NO_DIRECTION,
            .scale = CUTIS_LINEAR,
            .min_px_per_mm = 3.0,
            .sesoi = 2.0,
            .prior_sd = 1.5,
        },
    .details = details,
    .subject = "skin tone",
    .needs_colour = true,
    .early = true,
    .measure = measure,
};
