/* SPDX-License-Identifier: BSD-2-Clause */

/* How sharp two photographs are beside each other: stages.h includes this. */

#ifndef CT_EQUAL_H
#define CT_EQUAL_H

#include <stdbool.h>

/* Spectra of what no treatment changes: eyes, brows, nostrils, mouth. */
enum { CT_EDGE_PATCHES = 6, CT_EDGE_BINS = 192, CT_EDGE_BINS_PER_CYCLE = 12 };

struct spectra {
    /* mm2 of (light / its mean)^2, by rings of 1/12 cycle per mm */
    double power[CT_EDGE_PATCHES][CT_EDGE_BINS];
    bool seen[CT_EDGE_PATCHES];
    int bins; /* up to the Nyquist frequency; 0 = no landmarks to go by */
};

struct capture;
struct pair;

/* Fills blur_mm2, blur_se_mm2 and blur_misfit. */
void ct_equalise(struct pair *out, const struct capture *before,
                 const struct capture *after);

/* Fills sharpened and sharpened_se. */
void ct_sharpened(struct pair *out, const struct capture *before,
                  const struct capture *after);

/* Sigma in mm by which photograph 0 (before) or 1 (after) is to be blurred to
 * be no sharper than the other, 0 within one standard error, and for more_mm2
 * besides. */
double ct_equalise_mm(const struct pair *pair, int photo);

/* Sigma of both once the sharper one is softened: the mean of what each says of
 * it, as edges tell it to a tenth and their spectra far better. */
double ct_common_blur(const struct pair *pair, const struct capture *before,
                      const struct capture *after);

#endif
