/* SPDX-License-Identifier: BSD-2-Clause */

#include "report_sample.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- Pictures ------------------------------------------------------------ */

/* 1 in the middle of an oval face, 0 at its edge, below 0 outside. */
static double inside(int x, int y)
{
    const double dx = (x - 180.0) / 120.0;
    const double dy = (y - 240.0) / 160.0;
    return 1.0 - (dx * dx + dy * dy);
}

static void paint(struct sample *sample, int which)
{
    struct picture *const picture = &sample->picture[which];
    struct memory *const memory = &sample->tools.memory;
    uint8_t *sample_at = ct_alloc(memory, SAMPLE_WIDTH * SAMPLE_HEIGHT, 3);
    picture->to_linear = ct_alloc(memory, 256, sizeof(float));
    for (int i = 0; i < 256; i++)
        picture->to_linear[i] = (float)ct_srgb_decode(i / 255.0);
    picture->width = SAMPLE_WIDTH;
    picture->height = SAMPLE_HEIGHT;
    picture->channels = 3;
    picture->bits = 8;
    picture->samples = sample_at;
    picture->source = CT_SOURCE_JPEG;
    picture->space = CT_SRGB;
    picture->matrix[0] = picture->matrix[4] = picture->matrix[8] = 1.0f;
    picture->jpeg_quality = 92.0;
    picture->exif.orientation = 1;
    memset(picture->sha256, which ? 'b' : 'a', 64);
    for (int y = 0; y < SAMPLE_HEIGHT; y++)
        for (int x = 0; x < SAMPLE_WIDTH; x++, sample_at += 3) {
            const double t = inside(x, y);
            const int skin = t > 0.0 ? 150 + (int)(60.0 * t) : 90;
            sample_at[0] = (uint8_t)skin;
            sample_at[1] = (uint8_t)(t > 0.0 ? skin * 3 / 4 : 100);
            sample_at[2] = (uint8_t)(t > 0.0 ? skin * 5 / 8 : 110);
        }
}

static uint8_t region_at(int x, int y)
{
    if (inside(x, y) <= 0.0)
        return CT_NO_REGION;
    if (y < 190)
        return CT_FOREHEAD;
    if (y > 330)
        return CT_CHIN;
    if (x > 160 && x < 200)
        return CT_NOSE;
    return x < 180 ? CT_CHEEK_R : CT_CHEEK_L;
}

static void place_face(struct sample *sample, int which)
{
    struct face *const face = &sample->face[which];
    struct tools *const tools = &sample->tools;
    face->found = true;
    face->faces = 1;
    face->confidence = 0.96875;
    face->point_count = CT_POINTS;
    for (int i = 0; i < CT_POINTS; i++) {
        const double turn = 6.283185307179586 * i / CT_POINTS;
        face->points[i].x = 180.0 + 110.0 * ct_cos(turn);
        face->points[i].y = 250.0 + 140.0 * ct_sin(turn);
    }
    static const struct {
        int point;
        double x;
    } eyes[] = {{33, 110.0}, {133, 150.0}, {362, 210.0}, {263, 250.0}};
    for (int i = 0; i < 4; i++)
        face->points[eyes[i].point] = (cutis_point){eyes[i].x, 220.0};
    face->pose.yaw_deg = 1.5;
    face->pose.pitch_deg = -2.25;
    face->pose.roll_deg = 0.5;
    face->scale = 3.25;
    face->scale_source = "ipd-default";
    face->crop = (struct rect){0, 0, SAMPLE_WIDTH, SAMPLE_HEIGHT};
    face->factor = 1;
    face->work_scale = 3.25;
    ct_bytes_create(&face->region, SAMPLE_WIDTH, SAMPLE_HEIGHT, tools);
    ct_bytes_create(&face->skin, SAMPLE_WIDTH, SAMPLE_HEIGHT, tools);
    for (int y = 0; y < SAMPLE_HEIGHT; y++)
        for (int x = 0; x < SAMPLE_WIDTH; x++) {
            ct_byte_row(&face->region, y)[x] = region_at(x, y);
            ct_byte_row(&face->skin, y)[x] = inside(x, y) > 0.1 ? 255 : 0;
        }
}

static void draw_map(struct sample *sample, int which, enum ct_map map,
                     double height)
{
    struct plane *const plane = &sample->readings[which].map[map];
    ct_plane_create(plane, SAMPLE_WIDTH / 2, SAMPLE_HEIGHT / 2, &sample->tools);
    for (int y = 0; y < plane->height; y++)
        for (int x = 0; x < plane->width; x++) {
            const double t = inside(2 * x, 2 * y);
            ct_row(plane, y)[x] = t > 0.1 ? (float)(height * t) : NAN;
        }
}

/* The chin shines. */
static void draw_shine(struct sample *sample, int which)
{
    struct bytes *const shine = &sample->readings[which].shine;
    ct_bytes_create(shine, SAMPLE_WIDTH / 2, SAMPLE_HEIGHT / 2, &sample->tools);
    for (int y = 0; y < shine->height; y++)
        for (int x = 0; x < shine->width; x++)
            ct_byte_row(shine, y)[x] =
                region_at(2 * x, 2 * y) == CT_CHIN ? 255 : 0;
}

/* ---- Readings ------------------------------------------------------------ */

static void read_all(struct sample *sample, int which)
{
    for (int m = 0; m < CT_METRICS; m++)
        for (int r = 0; r < CT_REGIONS; r++) {
            struct reading *const row = &sample->readings[which].of[m][r];
            row->name = m == CT_REDNESS ? "H_excess" : ct_metric(m)->name;
            row->unit = ct_metric(m)->unit;
            row->value = 4.0 + m + 0.25 * r - 0.5 * which;
            row->coverage = 0.875;
            row->area_cm2 = 12.5;
            row->count = NAN;
            row->detail_count = which ? 3 : 2;
            row->detail[0] = (cutis_detail){"a_star", "a*", 11.5 + which};
            row->detail[1] = (cutis_detail){"EI", "EI", NAN};
            if (which) { /* one more, and so the others elsewhere */
                row->detail[2] = (cutis_detail){"EI", "EI", 41.5};
                row->detail[1] = (cutis_detail){"U_H", "H", 2.5};
            }
            if (m == CT_PORE_DENSITY || m == CT_PORE_BURDEN) {
                row->value = NAN;
                strcpy(row->reason, "3.2 px/mm, pores need 12");
            }
        }
}

static const cutis_verdict verdicts[CT_METRICS] = {
    [CT_REDNESS] = CUTIS_VERDICT_IMPROVED,
    [CT_ERYTHEMA_AREA] = CUTIS_VERDICT_NO_RELEVANT_CHANGE,
    [CT_LESION_DENSITY] = CUTIS_VERDICT_INCONCLUSIVE,
    [CT_PIGMENT_SPOTS] = CUTIS_VERDICT_NO_MEASURABLE_CHANGE,
    [CT_TONE_EVENNESS] = CUTIS_VERDICT_NO_MEASURABLE_CHANGE,
    [CT_TONE_ITA] = CUTIS_VERDICT_CHANGED,
    [CT_TEXTURE] = CUTIS_VERDICT_WORSE,
    [CT_PORE_DENSITY] = CUTIS_VERDICT_NOT_MEASURABLE,
    [CT_PORE_BURDEN] = CUTIS_VERDICT_NOT_MEASURABLE,
    [CT_WRINKLE_INDEX] = CUTIS_VERDICT_NOT_COMPARABLE,
    [CT_WRINKLE_DENSITY] = CUTIS_VERDICT_TOO_EARLY,
    [CT_SHINE] = CUTIS_VERDICT_NO_MEASURABLE_CHANGE,
    [CT_FLAKES] = CUTIS_VERDICT_NO_MEASURABLE_CHANGE,
};

static void change_row(struct sample *sample, int m, int r)
{
    struct outcome *const outcome = &sample->outcome;
    cutis_change *const row = &outcome->change[m][r];
    const struct reading *const before = &sample->readings[0].of[m][r];
    const struct reading *const after = &sample->readings[1].of[m][r];
    const bool there = verdicts[m] != CUTIS_VERDICT_NOT_MEASURABLE &&
                       verdicts[m] != CUTIS_VERDICT_NOT_COMPARABLE;
    const bool ratio = ct_metric(m)->scale == CUTIS_LOG;
    *row = (cutis_change){
        .metric = ct_metric(m),
        .region = ct_region(r),
        .reading = before->name,
        .unit = before->unit,
        .before = before->value,
        .after = after->value,
        .change = there ? after->value - before->value : NAN,
        .relative_change =
            there && ratio ? after->value / before->value - 1.0 : NAN,
        .scale = ct_metric(m)->scale,
        .se = there ? 0.125 : NAN,
        .df = there ? 10.0 : NAN,
        .ci95 = {there ? -0.75 : NAN, there ? -0.25 : NAN},
        .mdc95 = there ? 0.28 : NAN,
        .p = there ? 0.001 : NAN,
        .p_adjusted = there ? 0.01 : NAN,
        .coverage = 0.875,
        .area_cm2 = 12.5,
        .verdict = verdicts[m],
        .detail_count_before = (size_t)before->detail_count,
        .detail_count_after = (size_t)after->detail_count,
        .details_before = before->detail,
        .details_after = after->detail,
    };
    if (!there) {
        strcpy(outcome->reason[m][r], before->reason);
        if (verdicts[m] == CUTIS_VERDICT_NOT_COMPARABLE)
            strcpy(outcome->reason[m][r], "The expression differs.");
        row->reason = outcome->reason[m][r];
    }
}

static void judge(struct sample *sample)
{
    struct outcome *const outcome = &sample->outcome;
    outcome->comparable = CUTIS_COMPARABLE_LIMITED;
    for (int m = 0; m < CT_METRICS; m++)
        for (int r = 0; r < CT_REGIONS; r++)
            change_row(sample, m, r);
    outcome->component[0] = (cutis_component){
        ct_metric(CT_REDNESS),  "H_excess", 0.70, 0.70, 0.5, 5.6, 6.25,
        CUTIS_VERDICT_IMPROVED, {0.1, 0.9}};
    outcome->component[1] = (cutis_component){ct_metric(CT_ERYTHEMA_AREA),
                                              "erythema_area",
                                              0.30,
                                              0.30,
                                              0.5,
                                              10.0,
                                              1.5,
                                              CUTIS_VERDICT_NO_RELEVANT_CHANGE,
                                              {-0.5, 1.5}};
    outcome->score = (cutis_score){
        .preset = "redness",
        .score = 7.75,
        .ci95 = {3.0, 13.0},
        .verdict = CUTIS_VERDICT_IMPROVED,
        .component_count = 2,
        .components = outcome->component,
        .label = "none or slight",
    };
}

void sample_check(struct sample *sample, const char *id,
                  cutis_check_scope scope, cutis_check_verdict verdict,
                  const char *message)
{
    struct checks *const checks = &sample->outcome.checks;
    const int i = checks->count++;
    snprintf(checks->message[i], CT_SENTENCE, "%s", message);
    checks->affects[i][0] = "texture";
    checks->of[i] = (cutis_check){
        .id = id,
        .scope = scope,
        .verdict = verdict,
        .value = verdict == CUTIS_CHECK_WARN ? NAN : 0.25,
        .limit = 0.125,
        .unit = "mm",
        .message = checks->message[i],
        .affects_count = verdict == CUTIS_CHECK_PASS ? 0 : 1,
        .affects = checks->affects[i],
    };
}

/* ---- All of it ----------------------------------------------------------- */

static void link_up(struct sample *sample)
{
    for (int i = 0; i < 2; i++)
        sample->facts[i] = (struct photo_facts){
            &sample->picture[i], &sample->face[i], &sample->skin[i],
            &sample->capture[i], &sample->readings[i]};
    sample->report = (struct report){&sample->facts[0],       &sample->facts[1],
                                     &sample->pair,           &sample->outcome,
                                     &sample->outcome.checks, &sample->options,
                                     sample->visit,           &sample->errors};
    sample->single = (struct report){.before = &sample->facts[0],
                                     .checks = &sample->outcome.checks};
}

void sample_open(struct sample *sample)
{
    memset(sample, 0, sizeof(*sample));
    sample->tools.kernels = ct_kernels_best(CUTIS_ISA_BEST);
    sample->tools.threads = 1;
    for (int i = 0; i < 2; i++) {
        paint(sample, i);
        place_face(sample, i);
        read_all(sample, i);
        draw_map(sample, i, CT_MAP_H, 9.0 - i);
        draw_map(sample, i, CT_MAP_P, 30.0);
        draw_map(sample, i, CT_MAP_RELIEF, 2.5);
        draw_map(sample, i, CT_MAP_WRINKLES, 4.0);
        draw_shine(sample, i);
        sample->capture[i].blur_mm = 0.125;
        sample->capture[i].noise_cod = NAN;
    }
    sample->pair.similarity[0] = 1.0;
    sample->pair.residual_median_mm = 0.5;
    sample->pair.residual_p95_mm = NAN;
    sample->options = (cutis_compare_options)CUTIS_COMPARE_OPTIONS_DEFAULT;
    sample->options.preset = "redness";
    sample->options.days = 60.0;
    judge(sample);
    sample_check(sample, "focus", CUTIS_CHECK_AFTER, CUTIS_CHECK_WARN,
                 "The photograph is soft (0.25 mm); hold still.");
    sample_check(sample, "expression", CUTIS_CHECK_PAIR, CUTIS_CHECK_FAIL,
                 "The expression differs.");
    sample_check(sample, "jpeg", CUTIS_CHECK_BEFORE, CUTIS_CHECK_PASS,
                 "The compression is light.");
    link_up(sample);
}

void sample_close(struct sample *sample)
{
    for (int i = 0; i < 2; i++) {
        ct_free(sample->picture[i].samples);
        ct_free(sample->picture[i].to_linear);
        ct_bytes_free(&sample->face[i].region);
        ct_bytes_free(&sample->face[i].skin);
        for (int map = 0; map < CT_MAPS; map++)
            ct_plane_free(&sample->readings[i].map[map]);
        ct_bytes_free(&sample->readings[i].shine);
    }
}

void sample_plant_metadata(struct sample *sample)
{
    for (int i = 0; i < 2; i++) {
        struct exif *const exif = &sample->picture[i].exif;
        strcpy(exif->make, "SECRETmake");
        strcpy(exif->model, "SECRETmodel");
        strcpy(exif->lens, "SECRETlens");
        strcpy(exif->software, "SECRETsoftware");
        strcpy(exif->taken, "1987:06:05 04:03:02");
        exif->exposure_s = 0.0123456;
        exif->iso = 34567.0;
        exif->f_number = 7.654;
        exif->focal_mm = 98.765;
        exif->focal_35mm = 87.654;
        exif->distance_m = 4.5678;
    }
}

/* ---- Visits over time ---------------------------------------------------- */

/* The rows as one photograph a visit would have them. */
static void repeat(struct outcome *outcome)
{
    for (int m = 0; m < CT_METRICS; m++)
        for (int r = 0; r < CT_REGIONS; r++) {
            cutis_change *const row = &outcome->change[m][r];
            outcome->repeats[m][r] = 0.25 * row->se * row->se;
            row->captures_before = row->captures_after = 1;
            row->detail_count_before = row->detail_count_after = 0;
            row->details_before = row->details_after = NULL;
        }
}

void sample_course(struct sample_series *out, struct sample *sample)
{
    static const double days[SAMPLE_VISITS] = {0.0, 1.0, 30.0, 84.0};
    static const char *const labels[SAMPLE_VISITS] = {
        "<b>first</b> \"&\"", "1 day <!-- \\ --", "30 days]]>",
        "=12 weeks, 'last'"};
    struct course *const course = &out->course;

    memset(out, 0, sizeof(*out));
    course->options = &sample->options;
    course->count = SAMPLE_VISITS;
    course->baseline_visits = course->baseline_captures = 1;
    course->split_face = course->has_reference = true;
    for (int r = 0; r < CT_REGIONS; r++) {
        course->treated[r] = r == CT_CHEEK_L;
        course->control[r] = r == CT_CHEEK_R;
        course->reference[r] = r == CT_CHIN;
    }
    for (int i = 0; i < SAMPLE_VISITS; i++) {
        struct occasion *const visit = course->of[i] = &out->visit[i];
        strcpy(visit->label, labels[i]);
        memset(visit->sha256[0], 'a' + i, 64);
        visit->about = (cutis_series_visit){
            .label = visit->label,
            .days = days[i],
            .days_since_treatment = i ? days[i] : NAN,
            .capture_count = 1,
        };
        visit->shot.memory = &sample->tools.memory;
        if (ct_shot(&visit->shot, &sample->facts[0], course, &sample->tools))
            abort();
        if (!i)
            continue;
        visit->outcome = &out->outcome[i];
        memcpy(visit->outcome, &sample->outcome, sizeof(sample->outcome));
        repeat(visit->outcome);
        visit->about.score = &visit->outcome->score;
        visit->about.comparable = visit->outcome->comparable;
    }
    ct_judge_course(course);
}

void sample_course_close(struct sample_series *series)
{
    for (int i = 0; i < SAMPLE_VISITS; i++)
        ct_text_free(&series->visit[i].shot);
}
