/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Which colours a picture's samples stand for.  What a file says is believed in
 * the order of the PNG specification, third edition: code points (cICP), an
 * embedded profile, the sRGB chunk, gamma and chromaticities; then EXIF; and
 * where nothing is said, sRGB is assumed, which the picture records.
 */

#include <math.h>

#include "acquire/acquire.h"

const char *ct_colour_name(enum ct_colour_space space)
{
    static const char *const names[] = {
        [CT_SRGB] = "srgb",
        [CT_DISPLAY_P3] = "display-p3",
        [CT_ICC] = "icc",
        [CT_ASSUMED_SRGB] = "assumed-srgb",
        [CT_ADOBE_RGB] = "adobe-rgb",
        [CT_STATED] = "stated",
    };

    return names[space];
}

struct coding {
    enum ct_colour_space space;
    const struct primaries *primaries;
    enum ct_curve curve;
    double exponent; /* of CT_CURVE_POWER */
};

static const struct coding srgb = {CT_SRGB, &ct_primaries_srgb, CT_CURVE_SRGB,
                                   0.0};
static const struct coding p3 = {CT_DISPLAY_P3, &ct_primaries_p3, CT_CURVE_SRGB,
                                 0.0};
static const struct coding assumed = {CT_ASSUMED_SRGB, &ct_primaries_srgb,
                                      CT_CURVE_SRGB, 0.0};
/* Adobe RGB (1998) 4.3.1.2: 2 51/256. */
static const struct coding adobe = {CT_ADOBE_RGB, &ct_primaries_adobe,
                                    CT_CURVE_POWER, 563.0 / 256.0};

static cutis_status use(struct picture *picture, const struct coding *coding,
                        struct tools *tools)
{
    picture->space = coding->space;
    if (!ct_primaries_to_srgb(picture->matrix, coding->primaries))
        return ct_fail(tools, CUTIS_ERROR_INTERNAL,
                       "primaries that span no colours");
    return ct_make_table(picture, coding->curve, coding->exponent, tools);
}

/* ITU-T H.273: primaries 1 (sRGB), 9 (BT.2020), 12 (P3 with D65); transfer 4
 * (2.2), 8 (linear), 13 (sRGB); RGB in full range. */
static cutis_status use_cicp(struct picture *picture, const uint8_t cicp[4],
                             struct tools *tools)
{
    struct coding coding = {.space = CT_STATED, .curve = CT_CURVE_POWER};

    coding.primaries = cicp[0] == 1    ? &ct_primaries_srgb
                       : cicp[0] == 9  ? &ct_primaries_2020
                       : cicp[0] == 12 ? &ct_primaries_p3
                                       : NULL;
    if (cicp[1] == 13)
        coding.curve = CT_CURVE_SRGB;
    else
        coding.exponent = cicp[1] == 4 ? 2.2 : cicp[1] == 8 ? 1.0 : 0.0;
    if (cicp[1] == 16 || cicp[1] == 18)
        return ct_fail(tools, CUTIS_ERROR_UNSUPPORTED,
                       "the picture is HDR; export it in standard range");
    if (!coding.primaries ||
        (coding.curve == CT_CURVE_POWER && coding.exponent == 0.0) ||
        cicp[2] != 0 || cicp[3] != 1)
        return ct_fail(tools, CUTIS_ERROR_UNSUPPORTED,
                       "the picture's colours (code points %d/%d/%d/%d) are "
                       "not known here",
                       cicp[0], cicp[1], cicp[2], cicp[3]);
    if (coding.curve == CT_CURVE_SRGB && cicp[0] == 1)
        coding = srgb;
    if (coding.curve == CT_CURVE_SRGB && cicp[0] == 12)
        coding = p3;
    return use(picture, &coding, tools);
}

/* *used says whether the profile decided. */
static cutis_status use_profile(bool *used, struct picture *picture,
                                struct span profile, struct tools *tools)
{
    *used = true;
    switch (ct_profile_recognise(profile, picture->channels)) {
    case CT_PROFILE_SRGB:
        return use(picture, &srgb, tools);
    case CT_PROFILE_P3:
        return use(picture, &p3, tools);
    case CT_PROFILE_OTHER:
        picture->space = CT_ICC;
        const cutis_status status = ct_icc_create(
            &picture->icc_transform, profile, picture->channels, tools);
        if (status != CUTIS_OK || picture->icc_transform)
            return status;
        break;
    default:
        break;
    }
    *used = false;
    ct_tell(tools, "The colour profile makes no sense and was ignored.");
    return CUTIS_OK;
}

/* cHRM has white first. */
static struct primaries primaries_of(const uint32_t chromaticities[8])
{
    struct primaries out;

    for (int i = 0; i < 8; i++)
        out.xy[(i + 6) % 8] = chromaticities[i] / 100000.0;
    return out;
}

static bool near_srgb(const struct primaries *primaries)
{
    for (int i = 0; i < 8; i++)
        if (fabs(primaries->xy[i] - ct_primaries_srgb.xy[i]) > 0.001)
            return false;
    return true;
}

/*
 * PNG's gAMA and cHRM.  A gamma of 1/2.2 with sRGB's primaries is how sRGB was
 * written for readers without the sRGB chunk, so it means sRGB.
 */
static cutis_status use_stated(bool *used, struct picture *picture,
                               const struct colour_hints *hints,
                               struct tools *tools)
{
    const struct primaries primaries = hints->has_chromaticities
                                           ? primaries_of(hints->chromaticities)
                                           : ct_primaries_srgb;
    const double gamma = hints->gamma ? hints->gamma / 100000.0 : 1.0 / 2.2;
    struct coding coding = {CT_STATED, &primaries, CT_CURVE_POWER, 1.0 / gamma};
    const bool as_srgb = fabs(gamma - 1.0 / 2.2) < 0.002;
    float matrix[9];

    if (as_srgb && near_srgb(&primaries))
        coding = srgb;
    else if (as_srgb)
        coding.curve = CT_CURVE_SRGB;
    *used = gamma >= 0.2 && gamma <= 5.0 &&
            ct_primaries_to_srgb(matrix, &primaries);
    if (*used)
        return use(picture, &coding, tools);
    ct_tell(tools, "The stated gamma or primaries make no sense and were "
                   "ignored.");
    return CUTIS_OK;
}

cutis_status ct_colour_decide(struct picture *picture,
                              const struct colour_hints *hints,
                              struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    bool used = false;

    if (hints->has_cicp)
        return use_cicp(picture, hints->cicp, tools);
    if (hints->profile.at)
        TRY(use_profile(&used, picture, hints->profile, tools));
    if (used)
        goto done;
    if (hints->srgb)
        return use(picture, &srgb, tools);
    if (hints->gamma || hints->has_chromaticities)
        TRY(use_stated(&used, picture, hints, tools));
    if (used)
        goto done;
    if (hints->exif_space == 1)
        return use(picture, &srgb, tools);
    if (hints->exif_space == 65535 && hints->exif_adobe)
        return use(picture, &adobe, tools);
    return use(picture, &assumed, tools);

done:
    return status;
}
