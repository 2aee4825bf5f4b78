/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What each region of a phantom holds, counted and averaged over its skin.
 */

#ifndef CT_PHANTOM_CENSUS_H
#define CT_PHANTOM_CENSUS_H

#include "phantom/phantom.h"

/* Of a region; the last region's is all of the face. */
struct count {
    double area;                 /* cm2 of bare skin */
    double ln_blood, ln_melanin; /* means of ln f_b and ln f_m */
    double relief;               /* RMS slope, geometric mean */
    double pores, pore_burden;   /* number; sum of c d^2 (OD mm2) a cm2 */
    double spots, spot_burden;   /* number; sum of area (mm2) * 100 ln a cm2 */
    double wrinkle_mm;           /* length */
    double flakes, flake_index;  /* number; sum of mm2 * reflectance a cm2 */
    double scars, scar_volume;   /* number; mm3 a cm2 */
    double melasma;              /* mean of its ln melanin ratio */
    double vessel_mm;            /* length */
    double vellus, stubble;      /* numbers */
    double defocus;              /* mean variance of its disk, mm2 */
    double wrinkle_index;        /* sum of mm length * mm depth a cm2 */
};

struct census {
    struct count of[CT_REGIONS];
    double pale; /* the 25th percentile of ln f_b over 4 mm blocks */
};

/* Redness of the analyser's H scale for a unit of ln f_b: its definition of the
 * scale, not a result. */
#define CT_H_PER_LN_BLOOD 13.74

cutis_status ct_census(struct census *out, const struct subject *subject,
                       struct tools *tools);

/* H above the person's own paler skin. */
double ct_blood_excess(const struct census *census, int region);

/* Optical density in the middle of a hollow. */
double ct_hollow_density(double depth_mm, double fwhm_mm);

#endif
