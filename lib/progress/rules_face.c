/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Checks of how two photographs show the face: G1-G4, G15, G16 and G19 of the
 * method's section 10.
 */

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "progress/progress.h"

/* ---- Pose and scale ------------------------------------------------------ */

static void yaw_pitch(struct finding *finding, const struct look *look)
{
    const struct pose *const a = &look->photo->face->pose;
    const struct pose *const b = &look->other->face->pose;
    const double yaw = b->yaw_deg - a->yaw_deg;
    const double pitch = b->pitch_deg - a->pitch_deg;

    if (look->photo->face->point_count > 0 &&
        look->other->face->point_count > 0)
        finding->value = sqrt(yaw * yaw + pitch * pitch);
}

static void roll(struct finding *finding, const struct look *look)
{
    if (look->photo->face->point_count > 0 &&
        look->other->face->point_count > 0)
        finding->value = fabs(look->other->face->pose.roll_deg -
                              look->photo->face->pose.roll_deg);
}

static void scale(struct finding *finding, const struct look *look)
{
    const double a = look->photo->face->scale;
    const double b = look->other->face->scale;
    char shown[CT_FIXED];

    if (!(a > 0.0 && b > 0.0))
        return;
    finding->value = fabs(ct_log(b) - ct_log(a));
    snprintf(finding->shown, sizeof(finding->shown), "%s %% %s",
             ct_fixed(shown, 100.0 * fabs(b / a - 1.0), 0),
             b > a ? "larger" : "smaller");
}

/* Half a face's depth: what stands so far before the eyes grows by its share of
 * the camera's distance. */
static const double half_depth_mm = 75.0;

/* Neighbouring landmarks err together, so three standard errors and not two are
 * what chance and an expression may do. */
static const double surely = 3.0;

static void perspective(struct finding *finding, const struct look *look)
{
    const double more = half_depth_mm * look->pair->nearer;
    const double least =
        fabs(more) - surely * half_depth_mm * look->pair->nearer_se;

    finding->value = isnan(least) || least > 0.0 ? least : 0.0;
    ct_say(finding, more > 0.0 ? "nearer to" : "farther from");
}

/* ---- Face ---------------------------------------------------------------- */

struct sign {
    const char *what, *unit;
    double pass, warn, fail, value;
};

static double difference(double before, double after, double factor)
{
    return factor * fabs(after - before);
}

/* How far along its own limits a sign is: the worst is told. */
static double badness(const struct sign *sign)
{
    if (sign->value <= sign->pass)
        return sign->value / sign->pass;
    if (sign->value <= sign->warn)
        return 1.0 + (sign->value - sign->pass) / (sign->warn - sign->pass);
    return 2.0 + (sign->value - sign->warn) / (sign->fail - sign->warn);
}

static void tell_worst(struct finding *finding, const struct sign *signs,
                       size_t count)
{
    double worst = -1.0;

    for (size_t i = 0; i < count; i++) {
        const struct sign *const sign = &signs[i];
        if (isnan(sign->value) || badness(sign) <= worst)
            continue;
        worst = badness(sign);
        finding->value = sign->value;
        finding->unit = sign->unit;
        finding->pass = sign->pass;
        finding->warn = sign->warn;
        finding->fail = sign->fail;
        ct_say(finding, sign->what);
    }
}

static void expression(struct finding *finding, const struct look *look)
{
    const struct capture *const a = look->photo->capture;
    const struct capture *const b = look->other->capture;
    const double ear = fmax(difference(a->ear_r, b->ear_r, 1.0),
                            difference(a->ear_l, b->ear_l, 1.0));
    const struct sign signs[] = {
        {"the mouth is wider or narrower, as in a smile", "% of eye distance",
         3.0, 6.0, 10.0, difference(a->mouth_width, b->mouth_width, 100.0)},
        {"the mouth is wider or narrower, as in a smile", "mm", 1.2, 2.5, 4.0,
         fabs(look->pair->mouth_wider_mm)},
        {"the corners of the mouth are raised or drawn down, as in a smile",
         "% of eye distance", 0.6, 1.0, 1.6,
         difference(a->mouth_lift, b->mouth_lift, 100.0)},
        {"the eyes are opened differently", "1", 0.05, 0.10, 0.18, ear},
        {"the lips are parted differently", "1", 0.03, 0.06, 0.12,
         difference(a->mar, b->mar, 1.0)},
        {"the brows are raised differently", "% of eye distance", 4.0, 8.0,
         14.0, difference(a->brow_eye, b->brow_eye, 100.0)},
        {"the face is drawn differently", "mm", 1.2, 2.5, 4.0,
         look->pair->nonrigid_rms_mm},
    };
    if (look->photo->face->point_count > 0 &&
        look->other->face->point_count > 0)
        tell_worst(finding, signs, sizeof(signs) / sizeof(signs[0]));
}

/* Jaws are hidden in a frontal view: nobody asks about them there. */
static bool in_view(const struct face *face, int region)
{
    const bool jaw = region == CT_JAW_R || region == CT_JAW_L;

    return face->region_area_mm2[region] > 0.0 &&
           (!jaw || fabs(face->pose.yaw_deg) >= 15.0);
}

static void coverage(struct finding *finding, const struct look *look)
{
    const int r = look->region;
    const double *const shares =
        look->pair ? look->pair->coverage : look->photo->capture->coverage;
    char share[CT_FIXED];

    if (!in_view(look->photo->face, r) ||
        (look->other && !in_view(look->other->face, r)) || isnan(shares[r])) {
        finding->skipped = true;
        return;
    }
    finding->value = shares[r];
    snprintf(finding->shown, sizeof(finding->shown), "%.60s: %s %% free",
             ct_region(r)->title, ct_fixed(share, 100.0 * shares[r], 0));
}

/* Skin that is known again settles what bones leave open. */
static const double known_again = 0.4;

/*
 * How differently the upper face is shaped, mm.  A smile takes the nose and the
 * corners of the eyes along: as much again for a mouth wider by a sixth of the
 * distance of the eyes.
 */
static double other_shape(const struct look *look)
{
    const double wider =
        look->other->capture->mouth_width - look->photo->capture->mouth_width;
    const double smile = isnan(wider) ? 0.0 : 6.0 * wider;

    return look->pair->upper_face_mm / ct_sqrt(1.0 + smile * smile);
}

static void identity(struct finding *finding, const struct look *look)
{
    const struct sign signs[] = {
        {"the proportions of the face differ", "%", 3.0, 5.0, 8.0,
         100.0 * look->pair->identity},
        {"forehead, eyes and nose are shaped differently", "mm", 0.75, 0.85,
         0.95, other_shape(look)},
    };

    if (look->photo->face->point_count > 0 &&
        look->other->face->point_count > 0)
        tell_worst(finding, signs, sizeof(signs) / sizeof(signs[0]));
    if (ct_same_skin(look->pair) >= known_again) {
        finding->pass = fmax(finding->pass, finding->value);
        finding->warn = fmax(finding->warn, finding->pass);
        finding->fail = fmax(finding->fail, finding->warn);
    }
}

const struct rule ct_face_rules[CT_FACE_RULES] = {
    {
        .id = "yaw_pitch",
        .unit = "deg",
        .asks = ASKS_PAIR,
        .pass = 3.0,
        .warn = 6.0,
        .fail = 10.0,
        .widens = CT_SET_FINE,
        .removes = CT_SET_ALL,
        .decimals = 0,
        .look = yaw_pitch,
        .sentence =
            {
                [CT_LEVEL_PASS] = "The head is turned the same way.",
                [CT_LEVEL_UNKNOWN] = "Whether the head is turned the same way "
                                     "could not be told.",
                [CT_LEVEL_WARN] = "The head is turned {} degrees differently; "
                                  "look straight at the mark.",
                [CT_LEVEL_FAIL] = "The head is turned {} degrees differently. "
                                  "Please retake looking straight at the mark.",
            },
    },
    {
        .id = "roll",
        .unit = "deg",
        .asks = ASKS_PAIR,
        .pass = 5.0,
        .warn = 15.0,
        .fail = 25.0,
        .decimals = 0,
        .look = roll,
        .sentence =
            {
                [CT_LEVEL_PASS] = "The head is upright alike.",
                [CT_LEVEL_UNKNOWN] =
                    "Whether the head is tilted alike could not "
                    "be told.",
                [CT_LEVEL_WARN] =
                    "The head is tilted sideways by {} degrees more "
                    "or less; this is allowed for.",
                [CT_LEVEL_FAIL] =
                    "The head is tilted sideways by {} degrees more "
                    "or less; please hold it upright.",
            },
    },
    {
        .id = "scale",
        .unit = "1",
        .asks = ASKS_PAIR,
        .pass = 0.05,
        .warn = 0.15,
        .fail = 0.35,
        .widens = CT_SET_FINE,
        .removes = CT_SET_FINE,
        .decimals = 2,
        .look = scale,
        .sentence =
            {
                [CT_LEVEL_PASS] = "The face is equally large in both.",
                [CT_LEVEL_UNKNOWN] =
                    "Whether the face is equally large in both "
                    "could not be told.",
                [CT_LEVEL_WARN] = "The face is {} after than before; keep the "
                                  "same distance.",
                [CT_LEVEL_FAIL] =
                    "The face is {} after than before: fine detail "
                    "cannot be compared; keep the same distance.",
            },
    },
    {
        .id = "perspective",
        .unit = "1",
        .asks = ASKS_PAIR,
        .pass = 0.02,
        .warn = 0.05,
        .fail = 0.08,
        .widens = CT_SET_AREAS,
        .removes = CT_SET_AREAS,
        .decimals = 2,
        .look = perspective,
        .sentence =
            {
                [CT_LEVEL_PASS] = "The camera was equally far away.",
                [CT_LEVEL_UNKNOWN] = "Whether the camera was equally far away "
                                     "could not be told.",
                [CT_LEVEL_WARN] =
                    "The camera was {} the face in the photograph after, so "
                    "its proportions differ; keep the same distance.",
                [CT_LEVEL_FAIL] =
                    "The camera was far {} the face in the photograph after: "
                    "proportions differ too much to compare areas and lines; "
                    "keep the same distance.",
            },
    },
    {
        .id = "expression",
        .unit = "1",
        .asks = ASKS_PAIR,
        .widens = CT_SET_WRINKLES,
        .removes = CT_SET_WRINKLES,
        .moving = CT_SET_ALL,
        .look = expression,
        .sentence =
            {
                [CT_LEVEL_PASS] = "The expression is the same.",
                [CT_LEVEL_UNKNOWN] = "Whether the expression is the same could "
                                     "not be told.",
                [CT_LEVEL_WARN] =
                    "The expression differs slightly ({}); keep a "
                    "relaxed face with closed lips.",
                [CT_LEVEL_FAIL] =
                    "The expression differs ({}): lines cannot be "
                    "compared; keep a relaxed face with closed "
                    "lips.",
            },
    },
    {
        .id = "coverage",
        .unit = "1",
        .asks = ASKS_REGIONS,
        .sense = LESS_IS_WORSE,
        .pass = 0.70,
        .warn = 0.40,
        .fail = 0.40,
        .widens = CT_SET_ALL,
        .removes = CT_SET_ALL,
        .look = coverage,
        .sentence =
            {
                [CT_LEVEL_PASS] = "Little hides the skin ({}).",
                [CT_LEVEL_WARN] = "Hair, shadow or glare hides some skin ({}); "
                                  "clear it and light it evenly.",
                [CT_LEVEL_FAIL] = "Hair, shadow or glare hides too much skin "
                                  "({}); clear it and light it evenly.",
            },
    },
    {
        .id = "identity",
        .unit = "%",
        .asks = ASKS_PAIR,
        .widens = CT_SET_ALL,
        .removes = CT_SET_ALL,
        .decimals = 1,
        .look = identity,
        .sentence =
            {
                [CT_LEVEL_PASS] =
                    "The proportions could be those of one person.",
                [CT_LEVEL_UNKNOWN] =
                    "Whether both show one person could not be "
                    "told.",
                [CT_LEVEL_WARN] = "In these photographs {}; check that both "
                                  "show the same person.",
                [CT_LEVEL_FAIL] = "These may be different people: {}.",
            },
    },
};
