/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Colour profiles by lcms2, in a context of the picture's own: memory is the
 * session's, errors are kept quiet (what becomes of the profile is the answer),
 * and a transform without cache or shortcuts may be used by several threads.
 */

#include <string.h>

#include <lcms2.h>
#include <lcms2_plugin.h>

#include "acquire/acquire.h"

struct icc {
    cmsContext context;
    cmsHTRANSFORM transform;
    int channels; /* of the picture */
    int inputs;   /* of the profile: an RGB one may describe a grey picture */
};

enum { RUN = 256, ROOM = 64 }; /* ROOM: where a block keeps its size */

static void *on_malloc(cmsContext context, cmsUInt32Number size)
{
    struct memory *memory = cmsGetContextUserData(context);
    const size_t bytes = size;
    uint8_t *block = ct_alloc_raw(memory, bytes + ROOM, 1);

    if (!block)
        return NULL;
    memcpy(block, &bytes, sizeof(bytes));
    return block + ROOM;
}

static void on_free(cmsContext context, void *block)
{
    (void)context;
    if (block)
        ct_free((uint8_t *)block - ROOM);
}

static void *on_realloc(cmsContext context, void *block, cmsUInt32Number size)
{
    size_t old = 0;
    void *larger = on_malloc(context, size);

    if (!larger || !block)
        return larger;
    memcpy(&old, (uint8_t *)block - ROOM, sizeof(old));
    memcpy(larger, block, old < size ? old : size);
    on_free(context, block);
    return larger;
}

static void on_error(cmsContext context, cmsUInt32Number code, const char *text)
{
    (void)context;
    (void)code;
    (void)text;
}

static cmsContext make_context(struct tools *tools)
{
    cmsPluginMemHandler memory = {
        .base = {.Magic = cmsPluginMagicNumber,
                 .ExpectedVersion = 2060, /* the first with contexts */
                 .Type = cmsPluginMemHandlerSig},
        .MallocPtr = on_malloc,
        .FreePtr = on_free,
        .ReallocPtr = on_realloc,
    };
    cmsContext context = cmsCreateContext(&memory, &tools->memory);

    if (context)
        cmsSetLogErrorHandlerTHR(context, on_error);
    return context;
}

/* sRGB's primaries with straight curves. */
static cmsHPROFILE linear_srgb(cmsContext context)
{
    const double *xy = ct_primaries_srgb.xy;
    const cmsCIExyY white = {xy[6], xy[7], 1.0};
    const cmsCIExyYTRIPLE primaries = {
        {xy[0], xy[1], 1.0}, {xy[2], xy[3], 1.0}, {xy[4], xy[5], 1.0}};
    cmsToneCurve *curve = cmsBuildGamma(context, 1.0);
    cmsToneCurve *const curves[3] = {curve, curve, curve};
    cmsHPROFILE profile = NULL;

    if (curve)
        profile = cmsCreateRGBProfileTHR(context, &white, &primaries, curves);
    cmsFreeToneCurve(curve);
    return profile;
}

/* NULL if lcms2 finds no way through. */
static cmsHTRANSFORM make_transform(struct icc *icc, struct span bytes)
{
    cmsHTRANSFORM transform = NULL;
    cmsHPROFILE to = linear_srgb(icc->context);
    cmsHPROFILE from = cmsOpenProfileFromMemTHR(icc->context, bytes.at,
                                                (cmsUInt32Number)bytes.size);

    if (from && to) {
        const bool grey = cmsGetColorSpace(from) == cmsSigGrayData;
        icc->inputs = grey ? 1 : 3;
        transform = cmsCreateTransformTHR(
            icc->context, from, grey ? TYPE_GRAY_FLT : TYPE_RGB_FLT, to,
            TYPE_RGB_FLT, INTENT_RELATIVE_COLORIMETRIC,
            cmsFLAGS_NOOPTIMIZE | cmsFLAGS_NOCACHE);
    }
    if (from)
        cmsCloseProfile(from);
    if (to)
        cmsCloseProfile(to);
    return transform;
}

cutis_status ct_icc_create(void **out, struct span profile, int channels,
                           struct tools *tools)
{
    struct icc *icc = ct_alloc(&tools->memory, 1, sizeof(*icc));

    if (!icc)
        return ct_no_memory(tools);
    icc->channels = channels;
    icc->context = make_context(tools);
    if (!icc->context) {
        ct_icc_free(icc);
        return ct_no_memory(tools);
    }
    icc->transform = make_transform(icc, profile);
    if (icc->transform)
        *out = icc;
    else
        ct_icc_free(icc);
    return CUTIS_OK;
}

void ct_icc_free(void *block)
{
    struct icc *icc = block;

    if (!icc)
        return;
    if (icc->transform)
        cmsDeleteTransform(icc->transform);
    if (icc->context)
        cmsDeleteContext(icc->context);
    ct_free(icc);
}

/* At most RUN pixels at a time, because grey may have to be spread. */
void ct_icc_apply(const void *block, const float *samples, float *rgb, int n)
{
    const struct icc *icc = block;
    float spread[RUN * 3];

    if (icc->channels == icc->inputs) {
        cmsDoTransform(icc->transform, samples, rgb, (cmsUInt32Number)n);
        return;
    }
    for (int done = 0; done < n; done += RUN) {
        const int run = n - done < RUN ? n - done : RUN;
        for (int i = 0; i < 3 * run; i++)
            spread[i] = samples[done + i / 3];
        cmsDoTransform(icc->transform, spread, rgb + 3 * (size_t)done,
                       (cmsUInt32Number)run);
    }
}
