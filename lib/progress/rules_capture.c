/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Checks of how and when two photographs were taken: G6, G8, G12, G17, G18
 * and G20 of the method's section 10.
 */

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "progress/progress.h"

/* ---- Colour -------------------------------------------------------------- */

/* What calibrates both, whatever took them. */
static enum ct_neutral shared(const struct photo_facts *a,
                              const struct photo_facts *b)
{
    const bool same = a->skin->calibration == b->skin->calibration;
    return same ? a->skin->calibration : CT_NEUTRAL_NONE;
}

static bool reads(const struct photo_facts *photo, int metric, const char *name)
{
    const struct reading *const face =
        &photo->readings->of[metric][CT_FACE_REGION];
    return face->name && strcmp(face->name, name) == 0;
}

/* Metrics that stand on the absolute colour of both photographs. */
static unsigned absolute_colour(const struct look *look)
{
    const struct photo_facts *const a = look->photo;
    const struct photo_facts *const b = look->other ? look->other : a;
    const bool read = a->readings && b->readings;
    const bool redness =
        read ? reads(a, CT_REDNESS, "H") && reads(b, CT_REDNESS, "H")
             : ct_common_neutral(a->skin, &a->picture->exif, b->skin,
                                 &b->picture->exif) != CT_NEUTRAL_NONE;

    return 1u << CT_TONE_ITA | (redness ? 1u << CT_REDNESS : 0u);
}

/* Linear light of the neutral as the camera gave it, up to a common factor. */
static double seen(const struct skin *skin, int channel)
{
    return skin->calibration == CT_NEUTRAL_BACKDROP ? skin->backdrop[channel]
                                                    : 1.0 / skin->gain[channel];
}

static double neutral_luminance(const struct skin *skin)
{
    return 0.2126729 * seen(skin, 0) + 0.7151522 * seen(skin, 1) +
           0.0721750 * seen(skin, 2);
}

static void exposure(struct finding *finding, const struct look *look)
{
    if (shared(look->photo, look->other) == CT_NEUTRAL_NONE)
        return;

    const double brighter = ct_log10(neutral_luminance(look->other->skin)) -
                            ct_log10(neutral_luminance(look->photo->skin));
    char stops[CT_FIXED];
    finding->value = fabs(brighter);
    snprintf(finding->shown, sizeof(finding->shown), "%s stops %s",
             ct_fixed(stops, fabs(brighter) / 0.30103, 1),
             brighter > 0.0 ? "brighter" : "darker");
}

/* log10 of a channel to green in the neutral, as the camera gave it. */
static double tint(const struct skin *skin, int channel)
{
    return ct_log10(seen(skin, channel)) - ct_log10(seen(skin, 1));
}

double ct_white_difference(const struct photo_facts *before,
                           const struct photo_facts *after)
{
    const struct skin *const a = before->skin;
    const struct skin *const b = after->skin;

    if (shared(before, after) == CT_NEUTRAL_NONE)
        return NAN;
    return fmax(fabs(tint(b, 0) - tint(a, 0)), fabs(tint(b, 2) - tint(a, 2)));
}

/* Of one photograph: what sets its colours. */
static void tell_neutral(struct finding *finding, const struct skin *skin)
{
    char error[CT_FIXED], shown[sizeof(finding->shown)];

    finding->unknown = CT_LEVEL_PASS;
    if (skin->calibration == CT_NEUTRAL_CHART) {
        snprintf(shown, sizeof(shown),
                 "A colour chart sets the colours, to %s CIEDE2000 on average",
                 ct_fixed(error, skin->chart_error, 1));
        ct_say(finding, shown);
    } else {
        ct_say(finding, "A grey card sets the colours");
    }
}

static void white_balance(struct finding *finding, const struct look *look)
{
    const struct photo_facts *const photo = look->photo;
    const struct photo_facts *const other = look->other ? look->other : photo;
    const enum ct_neutral neutral = shared(photo, other);
    const bool absolute = neutral >= CT_NEUTRAL_CARD;

    finding->widens = finding->removes = absolute_colour(look);
    if (!absolute)
        finding->withholds = 1 << CT_TONE_ITA;
    if (absolute && !look->other)
        tell_neutral(finding, photo->skin);
    else if (absolute || (neutral == CT_NEUTRAL_BACKDROP && look->other))
        finding->value = ct_white_difference(photo, other);
    else if (photo->skin->neutral && other->skin->neutral)
        ct_say(finding, "A grey card sets the colours of one photograph and a "
                        "chart those of the other: overall redness and tone "
                        "cannot be compared");
    else
        ct_say(finding,
               "No grey card: overall redness and tone cannot be compared, "
               "only local differences; hold one beside the face");
}

/*
 * How far the hue of the whole face has turned.  By the method's forward model
 * (12.1) twice the blood everywhere turns it by 6 to 11 degrees, 2.8 times by
 * 9 to 15, and 30 % more or less melanin by up to 5; 10 % of a red or blue gain
 * by up to 9.  What goes beyond is a filter, a profile or another light.
 */
static void skin_colour(struct finding *finding, const struct look *look)
{
    const double more =
        look->other->capture->hue_deg - look->photo->capture->hue_deg;

    finding->value = fabs(more);
    if (finding->value > 180.0)
        finding->value = 360.0 - finding->value;
    if (look->photo->skin->grey || look->other->skin->grey)
        finding->unknown = CT_LEVEL_PASS;
}

static void camera(struct finding *finding, const struct look *look)
{
    const struct exif *const a = &look->photo->picture->exif;
    const struct exif *const b = &look->other->picture->exif;

    finding->widens = finding->removes = absolute_colour(look);
    if (ct_other_camera(a, b))
        finding->value = 1.0;
    else if (a->model[0] && b->model[0])
        finding->value = 0.0;
}

/* ---- Sharpness ----------------------------------------------------------- */

/* By the spectra of untreated edges, or else by the widths of edges. */
static void blur_mismatch(struct finding *finding, const struct look *look)
{
    const double a = look->photo->capture->blur_mm;
    const double b = look->other->capture->blur_mm;
    const bool known = !isnan(look->pair->blur_mm2);
    const double more = known ? look->pair->blur_mm2 : b * b - a * a;

    finding->value = sqrt(fabs(more));
    if (isnan(more))
        ct_say(finding, isnan(a) == isnan(b)
                            ? "Whether both photographs are equally sharp "
                              "could not be told"
                            : "Only one of both photographs has sharp edges: "
                              "fine detail cannot be compared; focus on the "
                              "cheek and hold still");
    else
        ct_say(finding, more > 0.0 ? "after" : "before");
    if (isnan(more) && isnan(a) != isnan(b))
        finding->level = CT_LEVEL_FAIL;
}

/* A lens makes spectra differ by a Gaussian, and a turned head by anything,
 * which is why this cannot fail: of rendered pairs without any filter, 3 to 5
 * degrees apart, one in twenty is beyond the limit, of filtered ones none. */
static void processing(struct finding *finding, const struct look *look)
{
    finding->value = look->pair->blur_misfit;
    finding->unknown = CT_LEVEL_PASS;
}

/* As the strength of an unsharp mask of that much power. */
static void sharpening(struct finding *finding, const struct look *look)
{
    const double more = look->pair->sharpened;

    finding->value = ct_exp(0.5 * fabs(more)) - 1.0;
    finding->unknown = CT_LEVEL_PASS;
    ct_say(finding, more > 0.0 ? "after" : "before");
}

/* ---- Time ------------------------------------------------------------------
 */

static void timing(struct finding *finding, const struct look *look)
{
    const double days = look->options ? look->options->days : -1.0;

    if (!(days >= 0.0)) {
        finding->unknown = CT_LEVEL_PASS;
        return;
    }
    char shown[CT_FIXED];
    finding->value = days;
    ct_say(finding, ct_days(shown, days));
    if (ct_phase(days) == PHASE_ACUTE)
        finding->level = CT_LEVEL_FAIL;
}

const struct rule ct_capture_rules[CT_CAPTURE_RULES] = {
    {
        .id = "exposure",
        .unit = "OD",
        .asks = ASKS_PAIR,
        .pass = 0.04,
        .warn = 0.15,
        .fail = 0.30,
        .widens = 1 << CT_TONE_ITA,
        .removes = 1 << CT_TONE_ITA,
        .decimals = 2,
        .look = exposure,
        .sentence =
            {
                [CT_LEVEL_PASS] = "Both photographs are equally bright.",
                [CT_LEVEL_UNKNOWN] = "Without a grey card nobody can tell a "
                                     "brighter photograph from brighter skin.",
                [CT_LEVEL_WARN] = "The photograph after is {} than the one "
                                  "before; keep light and exposure the same.",
                [CT_LEVEL_FAIL] = "The photograph after is {} than the one "
                                  "before: skin tone cannot be compared; keep "
                                  "light and exposure the same.",
            },
    },
    {
        .id = "white_balance",
        .unit = "log10",
        .asks = ASKS_ONCE,
        .pass = 0.0022,
        .warn = 0.013,
        .fail = 0.04,
        .own = 1 << CT_REDNESS,
        .decimals = 4,
        .look = white_balance,
        .sentence =
            {
                [CT_LEVEL_PASS] = "Grey has the same colour in both.",
                [CT_LEVEL_UNKNOWN] = "{}.",
                [CT_LEVEL_WARN] = "The light or the camera gave grey another "
                                  "colour; it was corrected, with some "
                                  "uncertainty.",
                [CT_LEVEL_FAIL] =
                    "The light or the camera gave grey quite another colour: "
                    "overall redness and tone cannot be compared; use the "
                    "same light.",
            },
    },
    {
        .id = "skin_colour",
        .unit = "deg",
        .asks = ASKS_PAIR,
        .pass = 8.0,
        .warn = 12.0,
        .fail = 16.0,
        .widens = CT_SET_COLOUR,
        .removes = CT_SET_COLOUR,
        .decimals = 0,
        .look = skin_colour,
        .sentence =
            {
                [CT_LEVEL_PASS] = "The skin of the whole face has much the "
                                  "same hue in both.",
                [CT_LEVEL_UNKNOWN] = "Whether the skin has the same hue in "
                                     "both could not be told.",
                [CT_LEVEL_WARN] =
                    "The hue of the whole face has turned by {} degrees, which "
                    "may be its blood or the camera; keep the light and the "
                    "white balance the same.",
                [CT_LEVEL_FAIL] =
                    "The hue of the whole face has turned by {} degrees, more "
                    "than treatment or sun turn it: colours cannot be "
                    "compared; keep the light and the white balance the same "
                    "and use no filter.",
            },
    },
    {
        .id = "camera",
        .unit = "1",
        .asks = ASKS_PAIR,
        .look = camera,
        .sentence =
            {
                [CT_LEVEL_PASS] = "The same camera and lens took both.",
                [CT_LEVEL_UNKNOWN] = "The files do not say which camera took "
                                     "them; use the same one.",
                [CT_LEVEL_FAIL] =
                    "Another camera or lens took the photograph "
                    "after: overall colour cannot be compared; use "
                    "the same one.",
            },
    },
    {
        .id = "blur_mismatch",
        .unit = "mm",
        .asks = ASKS_PAIR,
        .pass = 0.10,
        .warn = 0.20,
        .fail = 0.20,
        .widens = CT_SET_FINE,
        .removes = CT_SET_FINE,
        .own = CT_SET_PORES | CT_SET_WRINKLES | 1 << CT_TEXTURE,
        .decimals = 2,
        .look = blur_mismatch,
        .sentence =
            {
                [CT_LEVEL_PASS] = "Both photographs are equally sharp.",
                [CT_LEVEL_UNKNOWN] = "{}.",
                [CT_LEVEL_WARN] =
                    "The photograph {} is less sharp than the "
                    "other, which can look like smoother skin; this was "
                    "allowed for.",
                [CT_LEVEL_FAIL] =
                    "The photograph {} is far less sharp than the "
                    "other: fine detail cannot be compared; focus "
                    "on the cheek and hold still.",
            },
    },
    {
        .id = "processing",
        .unit = "1",
        .asks = ASKS_PAIR,
        .pass = 0.35,
        .warn = INFINITY,
        .fail = INFINITY,
        .widens = CT_SET_FINE,
        .decimals = 2,
        .look = processing,
        .sentence =
            {
                [CT_LEVEL_PASS] = "Eyes and brows differ by no more than a "
                                  "lens and a small turn explain.",
                [CT_LEVEL_UNKNOWN] = "Whether eyes and brows differ by more "
                                     "than a lens explains could not be told.",
                [CT_LEVEL_WARN] =
                    "Eyes and brows differ by more than a lens and a small "
                    "turn explain, so how sharp both are is less sure; keep "
                    "pose and expression, and switch sharpening off.",
            },
    },
    {
        .id = "sharpening",
        .unit = "1",
        .asks = ASKS_PAIR,
        .pass = 0.25,
        .warn = 0.40,
        .fail = 0.40,
        .widens = CT_SET_FINE,
        .removes = CT_SET_FINE,
        .decimals = 1,
        .look = sharpening,
        .sentence =
            {
                [CT_LEVEL_PASS] = "Neither photograph was sharpened more than "
                                  "the other.",
                [CT_LEVEL_UNKNOWN] = "Whether one photograph was sharpened "
                                     "more than the other could not be told.",
                [CT_LEVEL_WARN] =
                    "The photograph {} may have been sharpened more than the "
                    "other, by the camera or a program; switch sharpening off.",
                [CT_LEVEL_FAIL] =
                    "The photograph {} was sharpened far more than the other, "
                    "as a camera or a program does and no lens: fine detail "
                    "cannot be compared; switch sharpening off and use the "
                    "camera's original.",
            },
    },
    {
        .id = "timing",
        .unit = "d",
        .asks = ASKS_PAIR,
        .sense = LESS_IS_WORSE,
        .pass = 42.0,
        .warn = 14.0,
        .fail = 3.0,
        .look = timing,
        .sentence =
            {
                [CT_LEVEL_PASS] = "{} after the treatment the "
                                  "result can be judged.",
                [CT_LEVEL_UNKNOWN] =
                    "The time since the treatment was not given, so healing "
                    "skin cannot be told from a result.",
                [CT_LEVEL_WARN] =
                    "{} after the treatment it is too early "
                    "for a verdict; take another photograph after "
                    "six weeks.",
                [CT_LEVEL_FAIL] = "Too early: {} after the treatment redness "
                                  "and flaking are expected; take another "
                                  "photograph after six weeks.",
            },
    },
};
