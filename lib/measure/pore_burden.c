/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Pore burden PB = sum over pores of contrast times the square of the width
 * that was seen, per area.  A pit that blur widens grows shallower, and this
 * product stays what it was; so the width here is the one before blur was
 * taken off.
 */

#include "measure/measure.h"

static const struct detail_about details[] = {{0}};

static cutis_status measure(struct reading rows[CT_REGIONS],
                            struct scene *scene, struct tools *tools)
{
    (void)tools;
    for (int r = 0; r < CT_REGIONS; r++) {
        struct reading *row = &rows[r];
        if (!ct_is_open(row))
            continue;
        const struct tally sum =
            ct_tally(&scene->pores, 0, &scene->relief.cover, r);
        row->count = sum.count;
        row->value = (sum.burden > 0.0 ? sum.burden : 0.0) / row->area_cm2;
    }
    return CUTIS_OK;
}

const struct metric ct_pore_burden = {
    .about =
        {
            .name = "pore_burden",
            .title = "Pore burden",
            .unit = "cOD mm2/cm2",
            .meaning = "How much shadow pores hold: their darkness times "
                       "their width squared, per area of skin.",
            .direction = CUTIS_LOWER_IS_BETTER,
            .scale = CUTIS_LOG,
            .min_px_per_mm = 12.0,
            .sesoi = 0.10,
            .prior_sd = 0.06,
        },
    .details = details,
    .subject = "pores",
    .plural = true,
    .needs_relief = true,
    .most_blur_mm = 0.10,
    .measure = measure,
};
