/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Two photographs without pictures: every number that the progress stage reads,
 * set by hand.  A fresh scene is a perfect pair, measured the same twice.
 */

#ifndef CT_TESTS_PROGRESS_SCENE_H
#define CT_TESTS_PROGRESS_SCENE_H

#include <math.h>
#include <string.h>

#include <check.h>

#include "progress/progress.h"

struct shot {
    struct picture picture;
    struct face face;
    struct skin skin;
    struct capture capture;
    struct readings readings;
    struct photo_facts facts;
};

struct scene {
    struct shot before, after;
    struct pair pair;
    cutis_compare_options options;
    struct tools tools;
    struct outcome outcome;
};

/* What every metric reads in a fresh scene, and as which form. */
static const struct {
    const char *name, *unit;
    double value, count;
} scene_reading[CT_METRICS] = {
    [CT_REDNESS] = {"H", "H", 6.0, NAN},
    [CT_ERYTHEMA_AREA] = {"area", "%", 20.0, NAN},
    [CT_LESION_DENSITY] = {"density", "1/cm2", 0.4, 40.0},
    [CT_PIGMENT_SPOTS] = {"SB", "1", 1.5, 60.0},
    [CT_TONE_EVENNESS] = {"U_tone", "1", 3.0, NAN},
    [CT_TONE_ITA] = {"ITA", "deg", 35.0, NAN},
    [CT_TEXTURE] = {"R", "cOD", 2.0, NAN},
    [CT_PORE_DENSITY] = {"density", "1/cm2", 30.0, 3000.0},
    [CT_PORE_BURDEN] = {"PB", "1", 0.8, 3000.0},
    [CT_WRINKLE_INDEX] = {"WI", "mm cOD/cm2", 5.0, NAN},
    [CT_WRINKLE_DENSITY] = {"density", "mm/cm2", 2.0, NAN},
    [CT_SHINE] = {"area", "%", 4.0, NAN},
    [CT_FLAKES] = {"FI", "1", 0.1, NAN},
};

static inline void scene_read(struct shot *shot, int metric, int region,
                              double value)
{
    struct reading *const reading = &shot->readings.of[metric][region];

    *reading = (struct reading){
        .value = value,
        .name = scene_reading[metric].name,
        .unit = scene_reading[metric].unit,
        .coverage = 0.9,
        .area_cm2 = region == CT_FACE_REGION ? 300.0 : 30.0,
        .count = scene_reading[metric].count,
        .per_level = metric == CT_REDNESS ? 3.0 : 0.0,
    };
    if (metric == CT_TEXTURE) {
        reading->detail_count = 2;
        reading->detail[0] = (cutis_detail){"R_scar", "cOD", value};
        reading->detail[1] = (cutis_detail){"R_fine", "cOD", value};
    }
}

static inline void scene_set_shot(struct shot *shot)
{
    memset(shot, 0, sizeof(*shot));
    shot->picture = (struct picture){
        .width = 4000,
        .height = 3000,
        .channels = 3,
        .bits = 8,
        .source = CT_SOURCE_JPEG,
        .space = CT_SRGB,
        .jpeg_quality = 95.0,
        .jpeg_h = 1,
        .jpeg_v = 1,
        .exif = {.make = "Maker", .model = "One", .focal_mm = 50.0},
    };
    shot->face.found = true;
    shot->face.faces = 1;
    shot->face.point_count = CT_POINTS;
    shot->face.scale = 16.0;
    shot->face.scale_source = "ipd-default";
    shot->skin.neutral = true;
    shot->skin.calibration = CT_NEUTRAL_CARD;
    for (int c = 0; c < 3; c++)
        shot->skin.gain[c] = 1.0;
    shot->capture = (struct capture){
        .blur_mm = 0.06,
        .noise_cod = 0.5,
        .fine = -0.4,
        .fine_sharp = -0.35,
        .median_y = 0.3,
        .ita = 35.0,
        .chroma_dither = INFINITY, /* rounding takes nothing */
        .hue_deg = 55.0,
        .mouth_width = 0.8,
        .mouth_lift = 0.01,
        .ear_r = 0.3,
        .ear_l = 0.3,
        .mar = 0.02,
        .brow_eye = 0.35,
    };
    for (int r = 0; r < CT_REGIONS; r++) {
        shot->face.region_area_mm2[r] = 1000.0;
        shot->capture.coverage[r] = 0.9;
        shot->capture.region_ita[r] = 35.0;
        for (int m = 0; m < CT_METRICS; m++)
            scene_read(shot, m, r, scene_reading[m].value);
    }
    shot->facts = (struct photo_facts){
        .picture = &shot->picture,
        .face = &shot->face,
        .skin = &shot->skin,
        .capture = &shot->capture,
        .readings = &shot->readings,
    };
}

static inline void scene_set(struct scene *scene)
{
    memset(scene, 0, sizeof(*scene));
    scene_set_shot(&scene->before);
    scene_set_shot(&scene->after);
    scene->options = (cutis_compare_options)CUTIS_COMPARE_OPTIONS_DEFAULT;
    scene->pair.refined = true;
    scene->pair.patches_tried = 1000;
    scene->pair.patches_accepted = 950;
    scene->pair.blur_mm2 = scene->pair.blur_se_mm2 = NAN;
    scene->pair.blur_misfit = NAN;
    scene->pair.identity = 0.01;
    scene->pair.nearer_se = 1e-4;
    scene->pair.nonrigid_rms_mm = 0.5;
    scene->pair.mouth_wider_mm = 0.0;
    for (int r = 0; r < CT_REGIONS; r++)
        scene->pair.coverage[r] = 0.9;
}

static inline void scene_check(struct scene *scene)
{
    ct_check(&scene->outcome.checks, &scene->before.facts, &scene->after.facts,
             &scene->pair, &scene->options);
}

enum { SCENE_SEED = 20240501 };

static inline cutis_status scene_judge_pair(struct scene *scene,
                                            struct outcome *out,
                                            const struct shot *before,
                                            const struct shot *after,
                                            uint64_t seed)
{
    struct account *const account =
        ct_alloc(&scene->tools.memory, 1, sizeof(*account));
    const struct trial trial = {
        .accounts = account,
        .pairs = 1,
        .before = &before->facts,
        .after = &after->facts,
        .options = &scene->options,
        .seed = seed,
    };
    memset(out, 0, sizeof(*out));
    if (!account)
        return CUTIS_ERROR_MEMORY;
    ct_check(&out->checks, &before->facts, &after->facts, &scene->pair,
             &scene->options);
    out->comparable = ct_comparable(&out->checks);
    cutis_status status =
        ct_take_account(account, &out->checks, &before->facts, &after->facts,
                        &scene->pair, &scene->options, NULL, &scene->tools);
    if (status == CUTIS_OK)
        status = ct_progress_judge(out, &trial, &scene->tools);
    ct_free(account);
    return status;
}

static inline cutis_status scene_judge(struct scene *scene)
{
    return scene_judge_pair(scene, &scene->outcome, &scene->before,
                            &scene->after, SCENE_SEED);
}

/* The same photographs in the other order. */
static inline cutis_status scene_judge_swapped(struct scene *scene,
                                               struct outcome *out)
{
    return scene_judge_pair(scene, out, &scene->after, &scene->before,
                            SCENE_SEED);
}

/* The check of that name and photograph, or NULL. */
static inline const cutis_check *
scene_find(const struct checks *checks, const char *id, cutis_check_scope scope)
{
    for (int i = 0; i < checks->count; i++)
        if (strcmp(checks->of[i].id, id) == 0 && checks->of[i].scope == scope)
            return &checks->of[i];
    return NULL;
}

/* ---- What the checks say of a scene ---------------------------------------
 */

/* The first check of that name. */
static inline const cutis_check *scene_found(struct scene *scene,
                                             const char *id)
{
    const cutis_check *check = NULL;

    scene_check(scene);
    for (cutis_check_scope s = CUTIS_CHECK_BEFORE; s <= CUTIS_CHECK_PAIR; s++)
        if (!check)
            check = scene_find(&scene->outcome.checks, id, s);
    ck_assert_ptr_nonnull(check);
    return check;
}

static inline bool scene_affects(const cutis_check *check, int metric)
{
    for (size_t i = 0; i < check->affects_count; i++)
        if (strcmp(check->affects[i], ct_metric(metric)->name) == 0)
            return true;
    return false;
}

static inline bool scene_forbids(struct scene *scene, int metric, int region)
{
    scene_check(scene);
    return ct_forbids(&scene->outcome.checks, metric, region) != NULL;
}

static inline double scene_widening(struct scene *scene, int metric, int region)
{
    scene_check(scene);
    return ct_widening(&scene->outcome.checks, metric, region);
}

static inline cutis_comparable scene_comparable(struct scene *scene)
{
    scene_check(scene);
    return ct_comparable(&scene->outcome.checks);
}

#endif
