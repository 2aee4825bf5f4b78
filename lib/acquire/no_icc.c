/* SPDX-License-Identifier: BSD-2-Clause */

/* In place of icc.c where lcms2 is not built in. */

#include "acquire/acquire.h"

cutis_status ct_icc_create(void **out, struct span profile, int channels,
                           struct tools *tools)
{
    (void)out;
    (void)profile;
    (void)channels;
    return ct_fail(tools, CUTIS_ERROR_UNSUPPORTED,
                   "this build reads no colour profile but sRGB and Display "
                   "P3; export the photograph as sRGB");
}

void ct_icc_free(void *icc)
{
    (void)icc;
}

void ct_icc_apply(const void *icc, const float *samples, float *rgb, int n)
{
    (void)icc;
    (void)samples;
    (void)rgb;
    (void)n;
}
