/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Colour profiles by lcms2, in a context of the picture's own: memory is the
 * session's, errors are kept quiet (what becomes of the profile is the answer),
 * and a transform without cache or shortcuts may be used by several threads.
 *
 * lcms2 does not look at every allocation that it makes.  So while a transform
 * is being made none of them fails: where memory runs out we jump out of lcms2
 * instead, and free its blocks ourselves, which hang together in a ring.
 */

#include <setjmp.h>
#include <string.h>

#include <lcms2.h>
#include <lcms2_plugin.h>

#include "acquire/acquire.h"
#include "config.h"

/* Stands in the ROOM bytes before every block of lcms2's. */
struct block {
    struct block *before, *after;
    size_t size; /* as asked for */
};

struct icc {
    struct memory *memory;
    struct block ring; /* of all blocks */
    jmp_buf exit;
    bool armed; /* whether running out jumps */
    cmsContext context;
    cmsHTRANSFORM transform;
    int channels; /* of the picture */
    int inputs;   /* of the profile: an RGB one may describe a grey picture */
};

enum { RUN = 256, ROOM = 64 };

_Static_assert(sizeof(struct block) <= ROOM, "a block's head has its own line");

static void *on_malloc(cmsContext context, cmsUInt32Number size)
{
    struct icc *icc = cmsGetContextUserData(context);
    struct block *block = ct_alloc_raw(icc->memory, (size_t)size + ROOM, 1);

    if (!block && icc->armed)
        longjmp(icc->exit, 1);
    if (!block)
        return NULL;
    *block = (struct block){&icc->ring, icc->ring.after, size};
    block->before->after = block;
    block->after->before = block;
    return (uint8_t *)block + ROOM;
}

static void on_free(cmsContext context, void *data)
{
    (void)context;
    if (!data)
        return;
    struct block *block = (struct block *)(void *)((uint8_t *)data - ROOM);
    block->before->after = block->after;
    block->after->before = block->before;
    ct_free(block);
}

static void *on_realloc(cmsContext context, void *data, cmsUInt32Number size)
{
    void *larger = on_malloc(context, size);

    if (!larger || !data)
        return larger;
    const struct block *block =
        (struct block *)(void *)((uint8_t *)data - ROOM);
    memcpy(larger, data, block->size < size ? block->size : size);
    on_free(context, data);
    return larger;
}

static void on_error(cmsContext context, cmsUInt32Number code, const char *text)
{
    (void)context;
    (void)code;
    (void)text;
}

static cmsContext make_context(struct icc *icc)
{
    cmsPluginMemHandler memory = {
        .base = {.Magic = cmsPluginMagicNumber,
                 .ExpectedVersion = 2060, /* the first with contexts */
                 .Type = cmsPluginMemHandlerSig},
        .MallocPtr = on_malloc,
        .FreePtr = on_free,
        .ReallocPtr = on_realloc,
    };
    cmsContext context = cmsCreateContext(&memory, icc);

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

/* The transform stays NULL if lcms2 finds no way through. */
static void make_transform(struct icc *icc, struct span bytes)
{
    cmsHPROFILE to = linear_srgb(icc->context);
    cmsHPROFILE from = cmsOpenProfileFromMemTHR(icc->context, bytes.at,
                                                (cmsUInt32Number)bytes.size);

    if (from && to) {
        const bool grey = cmsGetColorSpace(from) == cmsSigGrayData;
        icc->inputs = grey ? 1 : 3;
        icc->transform = cmsCreateTransformTHR(
            icc->context, from, grey ? TYPE_GRAY_FLT : TYPE_RGB_FLT, to,
            TYPE_RGB_FLT, INTENT_RELATIVE_COLORIMETRIC,
            cmsFLAGS_NOOPTIMIZE | cmsFLAGS_NOCACHE);
    }
    if (from)
        cmsCloseProfile(from);
    if (to)
        cmsCloseProfile(to);
}

/* False if memory ran out. */
static bool make_guarded(struct icc *icc, struct span bytes)
{
    icc->context = make_context(icc);
    if (!icc->context)
        return false;
    if (setjmp(icc->exit)) {
        icc->armed = false;
        icc->transform = NULL;
        return false;
    }
    icc->armed = true;
    make_transform(icc, bytes);
    icc->armed = false;
    return true;
}

/* lcms2 writes 2.13.1 as 2131. */
static cutis_status check_lcms(struct tools *tools)
{
    const uint32_t v = (uint32_t)cmsGetEncodedCMMversion();

    return ct_check_library("lcms2",
                            v / 1000 * 10000 + v / 10 % 100 * 100 + v % 10,
                            LEAST_LCMS2_NUMBER, LEAST_LCMS2, tools);
}

cutis_status ct_icc_create(void **out, struct span profile, int channels,
                           struct tools *tools)
{
    cutis_status status = check_lcms(tools);
    if (status != CUTIS_OK)
        return status;

    struct icc *icc = ct_alloc(&tools->memory, 1, sizeof(*icc));
    if (!icc)
        return ct_no_memory(tools);
    icc->memory = &tools->memory;
    icc->ring.before = icc->ring.after = &icc->ring;
    icc->channels = channels;
    const bool done = make_guarded(icc, profile);
    if (done && icc->transform)
        *out = icc;
    else
        ct_icc_free(icc);
    return done ? CUTIS_OK : ct_no_memory(tools);
}

void ct_icc_free(void *data)
{
    struct icc *icc = data;

    if (!icc)
        return;
    if (icc->transform)
        cmsDeleteTransform(icc->transform);
    if (icc->context)
        cmsDeleteContext(icc->context);
    while (icc->ring.after != &icc->ring)
        on_free(NULL, (uint8_t *)icc->ring.after + ROOM);
    ct_free(icc);
}

/* At most RUN pixels at a time, because grey may have to be spread. */
void ct_icc_apply(const void *data, const float *samples, float *rgb, int n)
{
    const struct icc *icc = data;
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
