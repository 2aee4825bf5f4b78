/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Contrasts: by how much more treated skin changed than other skin of the same
 * face (method, 11.7).
 *
 *     split face     regions of the treated side less the same regions of the
 *                    other side, weighed by area
 *     reference      the treated area as a whole less untreated regions
 *
 * What repeats from capture to capture errs in every region by itself: its
 * variances add, by squared weights.  What moves the whole face alike (white
 * balance, the card's placement, a tan, scale, the lens) is in both and taken
 * off.  What else one difference of capture does (light, chroma) may go either
 * way on either side: those errors add as they are, which is the most they can
 * do.
 */

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "progress/series.h"

/* ---- Areas --------------------------------------------------------------- */

/* What an area's regions say together, on the scale of y. */
struct part_sum {
    double weight, area_cm2;
    double delta;   /* times weight */
    double repeats; /* variance, times weight squared */
    double rest;    /* standard error, times weight */
    double df;
    const char *reading;
};

static double variance_of_repeats(const struct repeats *repeats)
{
    return repeats->variance / repeats->captures[0] +
           repeats->variance / repeats->captures[1];
}

static void add(struct part_sum *sum, const struct occasion *visit, int m,
                int r, double weight)
{
    const cutis_change *const row = &visit->outcome->change[m][r];
    const struct repeats own = ct_repeats_of(visit->outcome, m, r);
    const double repeats = variance_of_repeats(&own);
    const double rest =
        fmax(row->se * row->se - repeats - own.alike.terms, 0.0);

    sum->weight += weight;
    sum->area_cm2 += row->area_cm2;
    sum->delta += weight * ct_delta_of(row);
    sum->repeats += weight * weight * repeats * own.alike.local;
    sum->rest += weight * ct_sqrt(rest);
    sum->df = sum->reading ? fmin(sum->df, row->df) : row->df;
    sum->reading = row->reading;
}

static bool fits(const struct occasion *visit, int m, int r,
                 const char *reading)
{
    const cutis_change *const row = &visit->outcome->change[m][r];

    return ct_has_change(visit->outcome, m, r) && row->area_cm2 > 0.0 &&
           (!reading || !strcmp(reading, row->reading));
}

/* The same region of the other side; -1 for one in the middle. */
static int mirrored(int r)
{
    const char *const name = ct_region(r)->name;
    const size_t size = strlen(name);
    char other[32];

    if (size < 2 || size >= sizeof(other) || name[size - 2] != '_')
        return -1;
    memcpy(other, name, size + 1);
    other[size - 1] = name[size - 1] == 'l' ? 'r' : 'l';
    for (int i = 0; i < CT_REGIONS; i++)
        if (!strcmp(ct_region(i)->name, other))
            return i;
    return -1;
}

/* Regions that both sides have, each pair with the same weight. */
static void sum_sides(struct part_sum sum[2], const struct course *course,
                      const struct occasion *visit, int m)
{
    for (int r = 0; r < CT_FACE_REGION; r++) {
        const int other = mirrored(r);
        if (other < 0 || !course->treated[r] ||
            !fits(visit, m, r, sum[0].reading) ||
            !fits(visit, m, other, visit->outcome->change[m][r].reading))
            continue;
        const double weight = 0.5 * (visit->outcome->change[m][r].area_cm2 +
                                     visit->outcome->change[m][other].area_cm2);
        add(&sum[0], visit, m, r, weight);
        add(&sum[1], visit, m, other, weight);
    }
}

static void sum_reference(struct part_sum sum[2], const struct course *course,
                          const struct occasion *visit, int m)
{
    if (!fits(visit, m, CT_FACE_REGION, NULL))
        return;
    add(&sum[0], visit, m, CT_FACE_REGION, 1.0);
    for (int r = 0; r < CT_FACE_REGION; r++)
        if (course->reference[r] && fits(visit, m, r, sum[0].reading))
            add(&sum[1], visit, m, r, visit->outcome->change[m][r].area_cm2);
}

/* ---- One contrast -------------------------------------------------------- */

static struct step step_between(const struct part_sum sum[2])
{
    double delta[2], variance = 0.0, rest = 0.0;

    for (int i = 0; i < 2; i++) {
        const double w = sum[i].weight;
        delta[i] = sum[i].delta / w;
        variance += sum[i].repeats / (w * w);
        rest += sum[i].rest / w;
    }
    const struct reach reach = ct_reach(fmin(sum[0].df, sum[1].df));
    return ct_step(delta[0] - delta[1], ct_sqrt(variance + rest * rest),
                   &reach);
}

static void publish(cutis_contrast *out, const struct step *step)
{
    out->difference = ct_published(out->scale, step->delta);
    out->se = step->se;
    out->df = step->df;
    out->ci95[0] = ct_published(out->scale, step->delta - step->mdc95);
    out->ci95[1] = ct_published(out->scale, step->delta + step->mdc95);
    out->mdc95 = ct_published(out->scale, step->mdc95);
    out->p = out->p_adjusted = step->p;
}

static void compare(cutis_contrast *out, const struct part_sum sum[2], int kind,
                    int m)
{
    *out = (cutis_contrast){
        .metric = ct_metric(m),
        .reading = sum[0].reading,
        .unit = ct_metric(m)->unit,
        .scale = ct_metric(m)->scale,
        .treated = NAN,
        .control = NAN,
        .difference = NAN,
        .se = NAN,
        .df = NAN,
        .ci95 = {NAN, NAN},
        .mdc95 = NAN,
        .p = NAN,
        .p_adjusted = NAN,
        .area_cm2 = sum[1].area_cm2,
        .verdict = CUTIS_VERDICT_NOT_MEASURABLE,
    };
    if (!(sum[0].weight > 0.0 && sum[1].weight > 0.0)) {
        out->reason = "No region of both could be compared.";
        return;
    }
    if (kind == CUTIS_CONTRAST_REFERENCE && !strcmp(sum[0].reading, "H_rel")) {
        out->reason = "This reading is already one against untreated skin.";
        return;
    }
    const struct step step = step_between(sum);
    out->treated = ct_published(out->scale, sum[0].delta / sum[0].weight);
    out->control = ct_published(out->scale, sum[1].delta / sum[1].weight);
    publish(out, &step);
}

/* ---- All ----------------------------------------------------------------- */

static void adjust_within(cutis_contrast *contrast, const struct preset *preset,
                          bool primary, void (*method)(double *, int))
{
    double p[CT_METRICS];
    int n = 0;

    for (int m = 0; m < CT_METRICS; m++)
        if (ct_weighs(preset, m) == primary && !isnan(contrast[m].p))
            p[n++] = contrast[m].p;
    method(p, n);
    n = 0;
    for (int m = 0; m < CT_METRICS; m++)
        if (ct_weighs(preset, m) == primary && !isnan(contrast[m].p))
            contrast[m].p_adjusted = p[n++];
}

/* The weighed metrics at all judged visits, as one family. */
static void adjust_over(struct course *course, int kind,
                        const struct preset *preset)
{
    double p[CT_METRICS][CT_VISITS];

    for (int m = 0; m < CT_METRICS; m++)
        for (int i = 0; i < course->count; i++)
            p[m][i] = ct_weighs(preset, m) && ct_is_judged(course->of[i])
                          ? course->of[i]->contrast[kind][m].p
                          : NAN;
    ct_adjust_course(p, CT_METRICS, course->count);
    for (int m = 0; m < CT_METRICS; m++)
        for (int i = 0; i < course->count; i++)
            if (!isnan(p[m][i]))
                course->of[i]->contrast[kind][m].p_adjusted = p[m][i];
}

static void judge(cutis_contrast *contrast, const struct occasion *visit)
{
    if (isnan(contrast->p))
        return;
    if (!ct_is_judged(visit)) {
        contrast->verdict = CUTIS_VERDICT_TOO_EARLY;
        return;
    }
    const struct reach reach = ct_reach(contrast->df);
    const struct step step = {
        .delta = ct_back(contrast->scale, contrast->difference),
        .se = contrast->se,
        .df = contrast->df,
        .p = contrast->p,
        .adjusted = contrast->p_adjusted,
        .mdc95 = contrast->se * reach.t95,
        .ci90 = contrast->se * reach.t90,
    };
    contrast->verdict = ct_verdict(&step, contrast->metric);
}

static void fill(struct course *course, int kind, const struct preset *preset)
{
    for (int i = 0; i < course->count; i++) {
        struct occasion *const visit = course->of[i];
        if (!visit->outcome)
            continue;
        for (int m = 0; m < CT_METRICS; m++) {
            struct part_sum sum[2] = {{.weight = 0.0}, {.weight = 0.0}};
            if (kind == CUTIS_CONTRAST_SIDES)
                sum_sides(sum, course, visit, m);
            else
                sum_reference(sum, course, visit, m);
            compare(&visit->contrast[kind][m], sum, kind, m);
        }
        adjust_within(visit->contrast[kind], preset, true, ct_adjust_holm);
        adjust_within(visit->contrast[kind], preset, false, ct_adjust_bh);
    }
    adjust_over(course, kind, preset);
    for (int i = 0; i < course->count; i++)
        for (int m = 0; m < CT_METRICS && course->of[i]->outcome; m++)
            judge(&course->of[i]->contrast[kind][m], course->of[i]);
}

void ct_course_contrasts(struct course *course, const struct preset *preset)
{
    if (course->split_face)
        fill(course, CUTIS_CONTRAST_SIDES, preset);
    if (course->has_reference)
        fill(course, CUTIS_CONTRAST_REFERENCE, preset);
}
