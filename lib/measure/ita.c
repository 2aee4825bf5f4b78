/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The individual typology angle ITA = atan2(L* - 50, b*) in degrees (Chardon,
 * 1991), of the medians of L* and b* in a region; the higher the fairer.  It is
 * a level, which only something neutral in the photograph can fix.
 */

#include <math.h>

#include "measure/measure.h"

enum { L_STAR, B_STAR, MELANIN };

static const struct detail_about details[] = {
    [L_STAR] = {"L_star", "CIELAB L*", "median of L*, D65"},
    [B_STAR] = {"b_star", "CIELAB b*", "median of b*, D65"},
    [MELANIN] = {"M", "M", "melanin's level, 100 per ln; above ITA 10 only"},
    {0},
};

static const double least_ita_for_melanin = 10.0;

static double median_of(const struct scene *scene, const struct plane *plane,
                        int row)
{
    const size_t n = ct_gather(scene->scratch, &scene->colour, plane, row);
    return ct_quantile(scene->scratch, n, 0.5);
}

static cutis_status measure(struct reading rows[CT_REGIONS],
                            struct scene *scene, struct tools *tools)
{
    const bool with_melanin = scene->tone.ita > least_ita_for_melanin;
    cutis_status status = CUTIS_OK;
    struct plane melanin = {0};

    if (with_melanin)
        TRY(ct_unmix(&melanin, scene, scene->tone.melanin, tools));
    for (int r = 0; r < CT_REGIONS; r++) {
        struct reading *row = &rows[r];
        if (!ct_is_open(row))
            continue;
        if (scene->view->reference != CT_REF_NEUTRAL ||
            !scene->view->skin->neutral) {
            ct_close(row, "no grey card or colour chart");
            continue;
        }
        const double l = median_of(scene, &scene->lab[0], r);
        const double b = median_of(scene, &scene->lab[2], r);
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
    .measure = measure,
};
