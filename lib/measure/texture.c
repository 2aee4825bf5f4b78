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

enum {
    SQ,
    SA = SQ + CT_BANDS, /* the 0.5 mm band's have no number in their names */
    SSK,
    SKU,
    R_SCAR,
    R_FINE,
    MORE,
    SLOPE = MORE + 3 * (CT_BANDS - 1) + CT_BANDS,
    GLCM,
    FEATURES = 5,
    LBP = GLCM + FEATURES * CT_GLCM_STEPS
};

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
    [MORE] = {"Sa_0.25", "cOD", "mean height of the 0.25 to 0.5 mm band"},
    {"Ssk_0.25", "1", "its skewness"},
    {"Sku_0.25", "1", "its kurtosis"},
    {"Sa_1", "cOD", "mean height of the 1 to 2 mm band"},
    {"Ssk_1", "1", "its skewness"},
    {"Sku_1", "1", "its kurtosis"},
    {"Sa_2", "cOD", "mean height of the 2 to 4 mm band"},
    {"Ssk_2", "1", "its skewness"},
    {"Sku_2", "1", "its kurtosis"},
    {"Sz_0.25", "cOD", "height of the 0.25 mm band between 0.1 and 99.9 %"},
    {"Sz_0.5", "cOD", "height of the 0.5 mm band between 0.1 and 99.9 %"},
    {"Sz_1", "cOD", "height of the 1 mm band between 0.1 and 99.9 %"},
    {"Sz_2", "cOD", "height of the 2 mm band between 0.1 and 99.9 %"},
    [SLOPE] = {"beta", "1", "fall of the spectrum from 0.1 to 1.5 cycles/mm"},
    [GLCM] = {"GLCM_contrast_0.25", "cOD2", "co-occurrence 0.25 mm apart"},
    {"GLCM_homogeneity_0.25", "1", "co-occurrence 0.25 mm apart"},
    {"GLCM_entropy_0.25", "1", "co-occurrence 0.25 mm apart, natural log"},
    {"GLCM_correlation_0.25", "1", "co-occurrence 0.25 mm apart"},
    {"GLCM_ASM_0.25", "1", "co-occurrence 0.25 mm apart"},
    {"GLCM_contrast_0.5", "cOD2", "co-occurrence 0.5 mm apart"},
    {"GLCM_homogeneity_0.5", "1", "co-occurrence 0.5 mm apart"},
    {"GLCM_entropy_0.5", "1", "co-occurrence 0.5 mm apart, natural log"},
    {"GLCM_correlation_0.5", "1", "co-occurrence 0.5 mm apart"},
    {"GLCM_ASM_0.5", "1", "co-occurrence 0.5 mm apart"},
    {"GLCM_contrast_1", "cOD2", "co-occurrence 1 mm apart"},
    {"GLCM_homogeneity_1", "1", "co-occurrence 1 mm apart"},
    {"GLCM_entropy_1", "1", "co-occurrence 1 mm apart, natural log"},
    {"GLCM_correlation_1", "1", "co-occurrence 1 mm apart"},
    {"GLCM_ASM_1", "1", "co-occurrence 1 mm apart"},
    [LBP] = {"LBP8_chi2", "1", "patterns of 8 points: distance from before"},
    {"LBP16_chi2", "1", "patterns of 16 points: distance from before"},
    {0},
};

static const double general[CT_BANDS] = {0.2, 0.3, 0.3, 0.2};
static const double coarse[CT_BANDS] = {0.0, 0.4, 0.4, 0.2};
static const double scar[CT_BANDS] = {0.1, 0.2, 0.4, 0.3};
static const double fine[CT_BANDS] = {0.5, 0.35, 0.15, 0.0};

static const double least_fine = 8.0; /* px per mm for the finest band */

const double *ct_texture_weights(const struct scene *scene)
{
    const bool is_fine = scene->view->face->work_scale >= least_fine;
    return is_fine ? general : coarse;
}

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

static void put_moments(struct reading *row, const struct scene *scene, int r)
{
    const struct detail_about *more = &details[MORE];
    for (int k = 0; k < CT_BANDS; k++) {
        const struct band *band = &scene->band[k][r];
        const bool named = k != 1;
        ct_detail(row, named ? more++ : &details[SA], band->sa);
        ct_detail(row, named ? more++ : &details[SSK], band->ssk);
        ct_detail(row, named ? more++ : &details[SKU], band->sku);
    }
    for (int k = 0; k < CT_BANDS; k++)
        ct_detail(row, more++, scene->band[k][r].sz);
}

static void put_patterns(struct reading *row, const struct pattern *pattern)
{
    const double level2 = 0.5 * 0.5; /* cOD2 of a squared level */
    const struct detail_about *at = &details[SLOPE];
    ct_detail(row, at++, pattern->beta);
    for (int k = 0; k < CT_GLCM_STEPS; k++) {
        const struct glcm *glcm = &pattern->glcm[k];
        ct_detail(row, at++, level2 * glcm->contrast);
        ct_detail(row, at++, glcm->homogeneity);
        ct_detail(row, at++, glcm->entropy);
        ct_detail(row, at++, glcm->correlation);
        ct_detail(row, at++, glcm->asm_);
    }
    for (int k = 0; k < 2; k++)
        ct_detail(row, at++, pattern->chi2[k]);
}

static cutis_status measure(struct reading rows[CT_REGIONS],
                            struct scene *scene, struct tools *tools)
{
    const bool is_fine = scene->view->face->work_scale >= least_fine;
    const double *weight = ct_texture_weights(scene);
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
        put_moments(row, scene, r);
        ct_detail(row, &details[R_SCAR], roughness(scene, scar, r));
        ct_detail(row, &details[R_FINE], roughness(scene, fine, r));
        put_patterns(row, &scene->pattern[r]);
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
