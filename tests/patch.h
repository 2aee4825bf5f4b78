/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Flat pieces of synthetic skin, seen straight on, for the tests of what is
 * measured.  The skin is painted as optical density, so that what was painted
 * is known in the very units of the method.
 */

#ifndef CUTIS_TESTS_PATCH_H
#define CUTIS_TESTS_PATCH_H

#include "stages.h"

struct patch {
    struct tools tools;
    struct face face;
    struct skin skin;
    struct view view;
    struct readings readings;
};

/* `width` x `height` px at `scale` px per mm; all of it is CT_CHEEK_L, every
 * region is treated, tone ITA 30, no noise, no blur. */
void patch_start(struct patch *patch, int width, int height, double scale);
void patch_end(struct patch *patch);

/* Optical density of all three channels at (x, y) mm, of the pixel's centre. */
typedef void (*patch_ink)(double od[3], double x, double y, void *user);
void patch_paint(struct patch *patch, patch_ink ink, void *user);

/* The same light, blurred (mm) and with white noise (relative to the light). */
void patch_blur(struct patch *patch, double sigma_mm);
void patch_noise(struct patch *patch, double share, uint64_t seed);

/* Measures, afresh. */
void patch_measure(struct patch *patch, bool maps);

/* A reading's value, or a detail by name; NaN if there is none. */
double patch_value(const struct patch *patch, int metric, int region);
double patch_detail(const struct patch *patch, int metric, int region,
                    const char *name);
const char *patch_reason(const struct patch *patch, int metric, int region);

/* OD of skin with melanin x = f / 0.065 and blood y = ln(f / 0.0206), by the
 * polynomial of the forward model (4.23 % surface reflection, or 0.8 %). */
void patch_skin_od(double od[3], double x, double y, bool polarised);

/* ITA of linear light of these densities; the melanin that has a tone. */
double patch_ita_of(const double od[3]);
double patch_melanin_of(double ita, bool polarised);

/* Light that leaves 1e-9 of nothing: uniform draws in [0, 1). */
double patch_random(uint64_t *state);

#endif
