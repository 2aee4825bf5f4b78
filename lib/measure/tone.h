/* SPDX-License-Identifier: BSD-2-Clause */

/* What blood and melanin look like on skin of a given tone. */

#ifndef CUTIS_MEASURE_TONE_H
#define CUTIS_MEASURE_TONE_H

#include <stdbool.h>

struct tone {
    double ita;          /* degrees, as asked for */
    double m[3], h[3];   /* optical density of melanin and blood, unit length */
    double g_m, g_h;     /* density per unit of ln(melanin), ln(blood) */
    double blood[3];     /* H = blood . OD */
    double melanin[3];   /* M = melanin . OD, ill-posed below ITA 10 */
    double pigment[3];   /* P = pigment . (OD - local mean) */
    bool level_is_sound; /* H itself means something, not only differences */

    /* How H bends against ln(blood): ct_blood_scale(). */
    double bend;  /* how much of it the tone allows, 0 to 1 */
    double leak;  /* H that melanin adds */
    double steep; /* slope of h against ln(blood) over the law's */
};

/* `ita` in degrees; NaN takes the population's mean vectors. */
void ct_tone_at(struct tone *out, double ita, bool polarised);

/* H of skin that has h, so that 13.74 is one unit of ln(blood) at every level
 * of blood; h as it is where melanin hides the level. */
double ct_blood_scale(const struct tone *tone, double h);

/* The usual h of this tone. */
double ct_blood_usual(const struct tone *tone);

#endif
