/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What a photographer holds beside a face: a grey card and a colour chart.
 * Both face the camera in the plane of the eyes, where the light is 1.
 */

#ifndef CT_PHANTOM_TARGETS_H
#define CT_PHANTOM_TARGETS_H

#include "phantom/phantom.h"

enum { CT_PATCHES = 24, CT_CHART_ACROSS = 6, CT_CHART_DOWN = 4 };

/* In drawn pixels. */
struct targets {
    bool card, chart;
    double low[2], high[2]; /* of the card */
    double corner[2];       /* of the chart, at the top left */
    double pitch;           /* from patch to patch */
};

void ct_targets_make(struct targets *out, const struct optics *optics,
                     const struct camera *camera);

/* The light of the target that covers a pixel's middle; false if none does. */
bool ct_target_at(const struct targets *targets, int x, int y, float rgb[3]);

/* Linear sRGB of a patch, by rows from the dark skin.  Cyan lies outside of
 * sRGB: its red is negative, and a camera cuts it off. */
const float *ct_patch_light(int patch);

/* Its middle, and half of its side. */
double ct_patch_middle(const struct targets *targets, int patch, double at[2]);

#endif
