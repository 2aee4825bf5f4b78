/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Roughness R = exp(sum of w_k ln Sq_k): the weighted geometric mean of the
 * RMS of four bands of the relief (bands.c), without the camera's noise.
 * Amplitude roughness is the family that clinical instruments validated.
 *
 * Where the picture is too coarse for the finest band, R_coarse stands in its
 * place and compares only with itself.
 */

#include <math.h>

#include "measure/measure.h"

enum { SQ, SA = SQ + CT_BANDS, SSK, SKU, R_SCAR, R_FINE };

static const struct detail_about details[] = {
    [SQ] = {"Sq_0.25", "cOD", "RMS of the 0.25 to 0.5 mm band"},
    [SQ + 1] = {"Sq_0.5", "cOD", "RMS of the 0.5 to 1 mm band"},
    [SQ + 2] = {"Sq_1", "cOD", "RMS of the 1 to 2 mm band"},
    [SQ + 3] = {"Sq_2", "cOD", "RMS of the 2 to 4 mm band"},
    [SA] = {"Sa", "cOD", "mean height of the 0.5 to 1 mm band"},
    [SSK] = {"Ssk", "1", "skewness of that band; pits make it positive"},
    [SKU] = {"Sku", "1", "kurtosis of that band; 3 for a Gaussian field"},
    [R_SCAR] = {"R_scar", "cOD", "roughness as weighted for scars"},
    [R_FINE] = {"R_fine", "cOD", "roughness as weighted for fine texture"},
    {0},
};

static const double general[CT_BANDS] = {0.2, 0.3, 0.3, 0.2};
static const double coarse[CT_BANDS] = {0.0, 0.4, 0.4, 0.2};
static const double scar[CT_BANDS] = {0.1, 0.2, 0.4, 0.3};
static const double fine[CT_BANDS] = {0.5, 0.35, 0.15, 0.0};

static const double least_fine = 8.0; /* px per mm for the finest band */

/* NaN if a band that counts is noise or was not taken. */
static double roughness(const struct scene *scene, const double *weight, int r)
{
    double sum = 0.0;
    for (int k = 0; k < CT_BANDS; k++) {
        const double clean = scene->band[k][r].clean;
        if (weight[k] > 0.0)
            sum += clean > 0.0 ? weight[k] * ct_log(clean) : NAN;
    }
    return isnan(sum) ? NAN : ct_exp(sum);
}

static void close_row(struct reading *row, const struct scene *scene, int r,
                      const double *weight)
{
    static const char *const name[CT_BANDS] = {"0.25", "0.5", "1", "2"};
    for (int k = 0; k < CT_BANDS; k++)
        if (weight[k] > 0.0 && !(scene->band[k][r].clean > 0.0)) {
            ct_close(row,
                     isnan(scene->band[k][r].sq)
                         ? "too little skin away from edges for the %s mm band"
                         : "the %s mm band is mostly noise",
                     name[k]);
            return;
        }
}

static cutis_status measure(struct reading rows[CT_REGIONS],
                            struct scene *scene, struct tools *tools)
{
    const bool is_fine = scene->view->face->work_scale >= least_fine;
    const double *weight = is_fine ? general : coarse;
    (void)tools;

    for (int r = 0; r < CT_REGIONS; r++) {
        struct reading *row = &rows[r];
        row->name = is_fine ? "R" : "R_coarse";
        if (!ct_is_open(row))
            continue;
        row->value = roughness(scene, weight, r);
        if (isnan(row->value)) {
            close_row(row, scene, r, weight);
            continue;
        }
        for (int k = 0; k < CT_BANDS; k++)
            ct_detail(row, &details[SQ + k], scene->band[k][r].clean);
        const struct band *band = &scene->band[1][r];
        ct_detail(row, &details[SA], band->sa);
        ct_detail(row, &details[SSK], band->ssk);
        ct_detail(row, &details[SKU], band->sku);
        ct_detail(row, &details[R_SCAR], roughness(scene, scar, r));
        ct_detail(row, &details[R_FINE], roughness(scene, fine, r));
    }
    return CUTIS_OK;
}

const struct metric ct_texture = {
    .about =
        {
            .name = "texture",
            .title = "Roughness",
            .unit = "cOD",
            .meaning = "How much light and dark varies over 0.25 to 4 mm, "
                       "as relief makes it.",
            .direction = CUTIS_LOWER_IS_BETTER,
            .scale = CUTIS_LOG,
            .min_px_per_mm = 5.0,
            .sesoi = 0.10,
            .prior_sd = 0.04,
        },
    .details = details,
    .subject = "roughness",
    .needs_relief = true,
    .measure = measure,
};
