/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Checks of one photograph: G5, G7, G11, G13 and G14 of the method's section
 * 10, and what its file says.  Limits stand in the table at the end, or, where
 * they differ from metric to metric, in the function that looks.
 */

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "progress/progress.h"

/* The metrics that `scale` px/mm resolve. */
static unsigned resolved(double scale)
{
    unsigned set = 0;

    for (int m = 0; m < CT_METRICS; m++)
        if (scale >= ct_metric(m)->min_px_per_mm)
            set |= 1u << m;
    return set;
}

/* "pores, lines and texture": what the metrics in `set` look at. */
static void name_subjects(char *out, size_t size, unsigned set)
{
    static const struct {
        unsigned set;
        const char *name;
    } subjects[] = {
        {CT_SET_PORES, "pores"},
        {CT_SET_WRINKLES, "lines"},
        {1 << CT_TEXTURE, "texture"},
        {1 << CT_FLAKES, "flakes"},
        {CT_SET_COLOUR | 1 << CT_SHINE, "colour"},
    };
    enum { COUNT = sizeof(subjects) / sizeof(subjects[0]) };
    int left = 0;

    for (int i = 0; i < COUNT; i++)
        left += (subjects[i].set & set) != 0;

    size_t used = 0;
    out[0] = 0;
    for (int i = 0; i < COUNT && used < size; i++) {
        if (!(subjects[i].set & set))
            continue;
        left--;
        const char *const link = left > 1 ? ", " : left == 1 ? " and " : "";
        used += (size_t)snprintf(out + used, size - used, "%s%s",
                                 subjects[i].name, link);
    }
}

static void resolution(struct finding *finding, const struct look *look)
{
    const double scale = look->photo->face->scale;
    char subjects[64], has[CT_FIXED], needs[CT_FIXED];

    finding->pass = 0.0;
    for (int m = 0; m < CT_METRICS; m++)
        finding->pass = fmax(finding->pass, ct_metric(m)->min_px_per_mm);
    finding->warn = finding->fail = finding->pass;
    if (!(scale > 0.0))
        return;

    finding->value = scale;
    finding->removes = CT_SET_ALL & ~resolved(scale);
    if (!finding->removes)
        return;
    name_subjects(subjects, sizeof(subjects), finding->removes);
    /* What falls short is rounded down, as the reasons of readings have it. */
    snprintf(finding->shown, sizeof(finding->shown),
             "%s (it has %s pixels per mm, %s are needed)", subjects,
             ct_fixed(has, 0.1 * floor(10.0 * scale), 1),
             ct_fixed(needs, finding->pass, 0));
}

static void clipping(struct finding *finding, const struct look *look)
{
    const struct capture *const capture = look->photo->capture;
    const double high = 100.0 * capture->clipped_high;
    const double low = 100.0 * capture->clipped_low;
    char share[CT_FIXED];

    /* Each is a share of its own skin, so they do not add up. */
    finding->value = high < low ? low : high;
    if (finding->value > finding->pass)
        snprintf(finding->shown, sizeof(finding->shown),
                 high >= low ? "%s %% of the skin is burnt out to white; use "
                               "less exposure or softer light"
                             : "%s %% of the skin is lost in black; use more "
                               "exposure or more light",
                 ct_fixed(share, finding->value, 1));
}

/* Pores need a sharper photograph than texture, and that than lines.  What
 * the resolution forbids already is not put down to focus. */
static void focus(struct finding *finding, const struct look *look)
{
    const double blur = look->photo->capture->blur_mm;
    unsigned lost = 0;
    char subjects[64], shown[CT_FIXED];

    finding->value = blur;
    if (blur > 0.10)
        lost |= CT_SET_PORES;
    if (blur > 0.20)
        lost |= 1 << CT_TEXTURE;
    if (blur > finding->fail)
        lost |= CT_SET_FINE;
    finding->lost = lost & resolved(look->photo->face->scale);
    name_subjects(subjects, sizeof(subjects),
                  finding->lost ? finding->lost : lost);
    snprintf(finding->shown, sizeof(finding->shown), "%s (blur %s mm)",
             subjects, ct_fixed(shown, blur, 2));
}

static void noise(struct finding *finding, const struct look *look)
{
    finding->value = look->photo->capture->noise_cod;
}

static void jpeg(struct finding *finding, const struct look *look)
{
    const struct picture *const picture = look->photo->picture;
    const bool thinned = picture->jpeg_h > 1 || picture->jpeg_v > 1;
    char quality[CT_FIXED];

    finding->value = picture->jpeg_quality;
    if (picture->source != CT_SOURCE_JPEG) {
        finding->value = NAN;
        finding->unknown = CT_LEVEL_PASS;
        ct_say(finding,
               "Nothing was lost to JPEG compression: this is not a JPEG file");
        return;
    }
    if (isnan(finding->value)) {
        ct_say(finding, "How strongly this JPEG file is compressed "
                        "could not be told; use the camera's original");
        return;
    }
    snprintf(finding->shown, sizeof(finding->shown), "quality about %s%s",
             ct_fixed(quality, finding->value, 0),
             thinned ? ", colour stored at reduced resolution" : "");
}

static void faces(struct finding *finding, const struct look *look)
{
    const struct face *const face = look->photo->face;

    if (face->point_count > 0 && face->faces > 0)
        finding->value = face->faces;
    else
        finding->unknown = CT_LEVEL_PASS;
}

static void damaged(struct finding *finding, const struct look *look)
{
    finding->value = look->photo->picture->damaged ? 1.0 : 0.0;
}

static void animated(struct finding *finding, const struct look *look)
{
    finding->value = look->photo->picture->animated ? 1.0 : 0.0;
}

static void grey(struct finding *finding, const struct look *look)
{
    finding->value = look->photo->picture->channels == 1 ? 1.0 : 0.0;
}

static void colour_space(struct finding *finding, const struct look *look)
{
    const enum ct_colour_space space = look->photo->picture->space;

    finding->value = space == CT_ASSUMED_SRGB ? 1.0 : 0.0;
}

const struct rule ct_photo_rules[CT_PHOTO_RULES] = {
    {
        .id = "resolution",
        .unit = "px/mm",
        .asks = ASKS_EACH,
        .sense = LESS_IS_WORSE,
        .removes = CT_SET_FINE,
        .decimals = 1,
        .look = resolution,
        .sentence =
            {
                [CT_LEVEL_PASS] =
                    "The face is large enough in the photograph for "
                    "every measurement ({} pixels per mm).",
                [CT_LEVEL_UNKNOWN] =
                    "The size of the face could not be told; give the scale.",
                [CT_LEVEL_FAIL] = "The face is too small in the photograph for "
                                  "{}; come closer or use a sharper camera.",
            },
    },
    {
        .id = "clipping",
        .unit = "%",
        .asks = ASKS_EACH,
        .pass = 0.1,
        .warn = 1.0,
        .fail = 3.0,
        .widens = CT_SET_COLOUR | 1 << CT_SHINE,
        .removes = CT_SET_COLOUR | 1 << CT_SHINE,
        .decimals = 1,
        .look = clipping,
        .sentence =
            {
                [CT_LEVEL_PASS] = "The exposure keeps all tones of the skin.",
                [CT_LEVEL_UNKNOWN] =
                    "Whether all tones of the skin are kept could not be told.",
                [CT_LEVEL_WARN] = "Some colour is lost: {}.",
                [CT_LEVEL_FAIL] = "Too much colour is lost to compare it: {}.",
            },
    },
    {
        .id = "focus",
        .unit = "mm",
        .asks = ASKS_EACH,
        .pass = 0.10,
        .warn = 0.16,
        .fail = 0.30,
        .widens = CT_SET_FINE,
        .removes = CT_SET_FINE,
        .decimals = 2,
        .look = focus,
        .sentence =
            {
                [CT_LEVEL_PASS] = "The skin is in sharp focus.",
                [CT_LEVEL_UNKNOWN] = "How sharp the skin is could not be told; "
                                     "focus on the cheek and hold still.",
                [CT_LEVEL_WARN] = "The skin is slightly out of focus; focus on "
                                  "the cheek and hold still.",
                [CT_LEVEL_FAIL] = "The photograph is not sharp enough for {}; "
                                  "focus on the cheek and hold still.",
            },
    },
    {
        .id = "noise",
        .unit = "cOD",
        .asks = ASKS_EACH,
        .pass = 1.0,
        .warn = 2.5,
        .fail = 5.0,
        .widens = CT_SET_FINE,
        .removes = CT_SET_FINE,
        .decimals = 1,
        .look = noise,
        .sentence =
            {
                [CT_LEVEL_PASS] = "The photograph has little grain.",
                [CT_LEVEL_UNKNOWN] =
                    "How grainy the photograph is could not be "
                    "told.",
                [CT_LEVEL_WARN] = "The photograph is grainy (about {} % of the "
                                  "brightness); use more light.",
                [CT_LEVEL_FAIL] =
                    "The photograph is too grainy to compare fine "
                    "detail; use more light.",
            },
    },
    {
        .id = "jpeg",
        .unit = "1",
        .asks = ASKS_EACH,
        .sense = LESS_IS_WORSE,
        .pass = 90.0,
        .warn = 75.0,
        .fail = 75.0,
        .widens = CT_SET_COLOUR | CT_SET_FINE,
        .removes = CT_SET_COLOUR | CT_SET_FINE,
        .look = jpeg,
        .sentence =
            {
                [CT_LEVEL_PASS] = "The JPEG file is lightly compressed ({}).",
                [CT_LEVEL_UNKNOWN] = "{}.",
                [CT_LEVEL_WARN] = "The JPEG file is compressed ({}); use the "
                                  "camera's best quality.",
                [CT_LEVEL_FAIL] = "The JPEG file is too strongly compressed to "
                                  "compare ({}); use the camera's original.",
            },
    },
    {
        .id = "faces",
        .unit = "1",
        .asks = ASKS_EACH,
        .pass = 1.0,
        .warn = INFINITY,
        .fail = INFINITY,
        .look = faces,
        .sentence =
            {
                [CT_LEVEL_PASS] = "One face is in the photograph.",
                [CT_LEVEL_UNKNOWN] = "Nobody looked for faces: the skin was "
                                     "pointed out.",
                [CT_LEVEL_WARN] = "There are {} faces in the photograph; the "
                                  "largest was taken.",
            },
    },
    {
        .id = "damaged",
        .unit = "1",
        .asks = ASKS_EACH,
        .warn = INFINITY,
        .fail = INFINITY,
        .widens = CT_SET_ALL,
        .look = damaged,
        .sentence =
            {
                [CT_LEVEL_PASS] = "The file is complete.",
                [CT_LEVEL_WARN] =
                    "The file is cut short or damaged; only what it "
                    "still holds was used.",
            },
    },
    {
        .id = "animated",
        .unit = "1",
        .asks = ASKS_EACH,
        .warn = INFINITY,
        .fail = INFINITY,
        .look = animated,
        .sentence =
            {
                [CT_LEVEL_PASS] = "The file holds a single picture.",
                [CT_LEVEL_WARN] =
                    "The file holds moving pictures; only the first "
                    "was used.",
            },
    },
    {
        .id = "grey",
        .unit = "1",
        .asks = ASKS_EACH,
        .warn = INFINITY,
        .fail = INFINITY,
        .widens = CT_SET_COLOUR,
        .look = grey,
        .sentence =
            {
                [CT_LEVEL_PASS] = "The photograph is in colour.",
                [CT_LEVEL_WARN] = "The photograph is black and white: colour "
                                  "cannot be measured.",
            },
    },
    {
        .id = "colour_space",
        .unit = "1",
        .asks = ASKS_EACH,
        .warn = INFINITY,
        .fail = INFINITY,
        .widens = 1 << CT_TONE_ITA,
        .look = colour_space,
        .sentence =
            {
                [CT_LEVEL_PASS] = "The file says what its colours mean.",
                [CT_LEVEL_WARN] =
                    "The file does not say what its colours mean; "
                    "the usual meaning (sRGB) was assumed.",
            },
    },
};
