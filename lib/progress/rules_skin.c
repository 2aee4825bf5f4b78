/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Checks that skin itself answers: whether it is the same skin, whether a
 * filter smoothed it, and whether the focus lay elsewhere (G19, G17 and G12 of
 * the method's section 10, and 4.3, 6).
 *
 * Patches of skin that are the same come back to where they were, nearly all of
 * them; of another person's one in two hundred does, by chance.  Where neither
 * is seen, what the camera did to fine detail may be why, and nothing is said.
 */

#include <math.h>
#include <stdio.h>

#include "progress/progress.h"

enum { ENOUGH = 100 }; /* patches that a no is said from */

static const double too_blurred_mm = 0.16;
static const double too_grainy_cod = 2.5;
static const double too_compressed = 75.0;
static const double too_turned_deg = 6.0;
static const double other_light_deg = 12.0; /* hollows may turn into bumps */

double ct_same_skin(const struct pair *pair)
{
    return pair->patches_tried > 0
               ? (double)pair->patches_accepted / pair->patches_tried
               : NAN;
}

/* Does the photograph show skin finely enough to be known again? */
static bool shows_grain(const struct photo_facts *photo)
{
    const double quality = photo->picture->jpeg_quality;

    return photo->capture->blur_mm <= too_blurred_mm &&
           photo->capture->noise_cod <= too_grainy_cod &&
           (isnan(quality) || quality >= too_compressed);
}

/* Are both seen and lit from so much the same side that skin would be known
 * again, and do landmarks say where to look for it? */
static bool seen_alike(const struct look *look)
{
    const struct pose *const a = &look->photo->face->pose;
    const struct pose *const b = &look->other->face->pose;

    return look->photo->face->point_count > 0 &&
           !(look->pair->light_angle_deg > other_light_deg) &&
           fabs(b->yaw_deg - a->yaw_deg) <= too_turned_deg &&
           fabs(b->pitch_deg - a->pitch_deg) <= too_turned_deg;
}

/* Beyond a failure's limit, but with a reason that is not another person. */
static bool excused(const struct finding *finding, const struct look *look)
{
    return finding->value < finding->fail &&
           (look->pair->patches_tried < ENOUGH || !shows_grain(look->photo) ||
            !shows_grain(look->other) || !seen_alike(look));
}

static void same_skin(struct finding *finding, const struct look *look)
{
    const struct pair *const pair = look->pair;

    if (pair->patches_tried == 0) {
        ct_say(finding, "too little fine detail of skin is seen");
        return;
    }
    finding->value = 100.0 * ct_same_skin(pair);
    snprintf(finding->shown, sizeof(finding->shown),
             "%d of %d patches of skin were found again",
             pair->patches_accepted, pair->patches_tried);
    if (excused(finding, look)) {
        finding->value = NAN;
        ct_say(finding,
               "blur, grain, compression, other light or a turned head "
               "may hide its fine detail");
    }
}

/* ---- Filters ------------------------------------------------------------- */

static const double surely = 2.0; /* standard errors */

/* Skin alone cannot tell a filter from an unusual lens where it is blurred. */
static void smoothing(struct finding *finding, const struct look *look)
{
    const struct capture *const capture = look->photo->capture;

    finding->value = ct_exp(capture->fine_sharp);
    finding->unknown = CT_LEVEL_PASS;
}

/* Skin's fine structure of one photograph over the other's, below 1; a lens's
 * blur, as far as it is known, is taken out of it. */
static void smoothed_apart(struct finding *finding, const struct look *look)
{
    const double more = look->pair->fine_more;
    const double least = fmax(fabs(more) - surely * look->pair->fine_se, 0.0);

    finding->value = isnan(more) ? NAN : ct_exp(-least);
    finding->unknown = CT_LEVEL_PASS;
    ct_say(finding, more < 0.0 ? "after" : "before");
}

/* ---- Depth of field ------------------------------------------------------ */

/* By how much a region's difference of sharpness surely departs from that of
 * the edges, mm2. */
static double surely_off(const struct defocus *defocus, int region)
{
    const double least =
        fabs(defocus->more[region]) - surely * defocus->se[region];

    return isnan(least) ? NAN : fmax(least, 0.0);
}

/* A region's own squares must say so too before anything is withheld: what a
 * plane through all others says of it alone may be wrong. */
static bool own_skin_agrees(const struct defocus *defocus, int region)
{
    const double more = defocus->more[region], own = defocus->own[region];

    return own * more >= 0.5 * more * more;
}

static void say_where(struct finding *finding, const struct defocus *defocus,
                      int region)
{
    char room[CT_FIXED];

    snprintf(finding->shown, sizeof(finding->shown),
             "%.60s: %s mm more blur %s", ct_region(region)->title,
             ct_fixed(room, finding->value, 2),
             defocus->more[region] > 0.0 ? "after" : "before");
}

/* Regions that are as sharp as they should be have one row, the face's. */
static void depth_of_field(struct finding *finding, const struct look *look)
{
    const bool whole = look->region == CT_FACE_REGION;
    double most = NAN;
    int at = look->region;

    finding->skipped = !look->pair;
    if (finding->skipped)
        return;
    const struct defocus *const defocus = &look->pair->defocus;
    for (int r = whole ? 0 : at; r <= (whole ? CT_FACE_REGION - 1 : at); r++)
        most = fmax(most, surely_off(defocus, r));
    finding->value = sqrt(most);
    finding->unknown = CT_LEVEL_PASS;
    finding->skipped = whole == (finding->value > finding->pass);
    say_where(finding, defocus, at);
    if (!own_skin_agrees(defocus, at))
        finding->fail = INFINITY;
}

const struct rule ct_skin_rules[CT_SKIN_RULES] = {
    {
        .id = "same_skin",
        .unit = "%",
        .asks = ASKS_PAIR,
        .sense = LESS_IS_WORSE,
        .pass = 40.0,
        .warn = 10.0,
        .fail = 2.0,
        .removes = CT_SET_ALL,
        .look = same_skin,
        .sentence =
            {
                [CT_LEVEL_PASS] = "It is the same skin: {}.",
                [CT_LEVEL_UNKNOWN] =
                    "Whether it is the same skin could not be verified: {}.",
                [CT_LEVEL_WARN] = "The skin was hard to know again: only {}; "
                                  "check that both show the same person.",
                [CT_LEVEL_STRONG] =
                    "The skin was hardly known again: only {}; check that "
                    "both show the same person.",
                [CT_LEVEL_FAIL] =
                    "This is not the same skin: only {}, no more than between "
                    "different people.",
            },
    },
    {
        .id = "smoothing",
        .unit = "1",
        .asks = ASKS_EACH,
        .sense = LESS_IS_WORSE,
        .pass = 0.57,
        .warn = 0.45,
        .fail = 0.35,
        .widens = CT_SET_FINE,
        .removes = CT_SET_FINE,
        .decimals = 2,
        .look = smoothing,
        .sentence =
            {
                [CT_LEVEL_PASS] = "Skin has the fine structure that goes with "
                                  "its coarse one.",
                [CT_LEVEL_UNKNOWN] = "Whether a filter smoothed the skin could "
                                     "not be told.",
                [CT_LEVEL_WARN] =
                    "Skin has less fine structure than goes with its coarse "
                    "one; a filter may have smoothed it: switch beauty modes "
                    "off.",
                [CT_LEVEL_FAIL] =
                    "Skin has far less fine structure than goes with its "
                    "coarse one, as a filter leaves it: fine detail cannot be "
                    "compared; switch beauty modes off.",
            },
    },
    {
        .id = "smoothing",
        .unit = "1",
        .asks = ASKS_PAIR,
        .sense = LESS_IS_WORSE,
        .pass = 0.82,
        .warn = 0.76,
        .fail = 0.60,
        .widens = CT_SET_FINE,
        .removes = CT_SET_FINE,
        .decimals = 2,
        .look = smoothed_apart,
        .sentence =
            {
                [CT_LEVEL_PASS] = "Fine and coarse structure of the skin stand "
                                  "alike in both.",
                [CT_LEVEL_UNKNOWN] = "Whether a filter smoothed one of them "
                                     "could not be told.",
                [CT_LEVEL_WARN] =
                    "The photograph {} has lost fine structure of the skin "
                    "and kept the coarse one, which a filter does and a "
                    "treatment hardly does; switch beauty modes off.",
                [CT_LEVEL_FAIL] =
                    "The photograph {} has lost fine structure of the skin "
                    "and kept the coarse one, as a filter does: fine detail "
                    "cannot be compared; switch beauty modes off.",
            },
    },
    {
        .id = "depth_of_field",
        .unit = "mm",
        .asks = ASKS_REGIONS,
        .pass = 0.05,
        .warn = 0.10,
        .fail = 0.10,
        .widens = CT_SET_FINE,
        .removes = CT_SET_FINE,
        .own = CT_SET_PORES | CT_SET_WRINKLES | 1 << CT_TEXTURE,
        .decimals = 2,
        .look = depth_of_field,
        .sentence =
            {
                [CT_LEVEL_PASS] = "Near and far parts of the face are as sharp "
                                  "beside each other in both.",
                [CT_LEVEL_UNKNOWN] =
                    "Whether near and far parts of the face are as sharp "
                    "beside each other in both could not be told.",
                [CT_LEVEL_WARN] =
                    "The focus lay elsewhere ({}, beside eyes and brows); "
                    "this was allowed for; focus on the same place and use a "
                    "smaller aperture.",
                [CT_LEVEL_FAIL] =
                    "The focus lay elsewhere ({}, beside eyes and brows): "
                    "fine detail cannot be compared there; focus on the same "
                    "place and use a smaller aperture.",
            },
    },
};
