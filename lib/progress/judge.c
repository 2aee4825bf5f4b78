/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The judge: readings of two photographs become rows with numbers, the rows
 * become two families of tests, and those verdicts and the score.
 *
 * Primary family: the preset's components over the treated area, by Holm;
 * where a preset weighs a named form of a metric, that form and the metric's
 * own row.  Regional family: all other rows, by Benjamini and Hochberg.
 */

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "progress/progress.h"

/* What is worked on between readings and verdicts. */
struct bench {
    const struct photo_facts *before, *after;
    const struct pair *pair;
    const struct preset *preset;
    double days;
    struct reach reach;
    struct step row[CT_METRICS][CT_REGIONS];
    struct step part[CT_COMPONENTS]; /* of named forms only */
    const struct step *part_step[CT_COMPONENTS];
    const char *part_name[CT_COMPONENTS];
    struct step *primary[CT_FAMILY], *regional[CT_FAMILY];
    int primary_count, regional_count;
    double p[CT_FAMILY];
};

/* ---- Rows ---------------------------------------------------------------- */

static const char *either(const char *one, const char *other)
{
    return one ? one : other;
}

static void say_unmeasured(char *reason, const struct reading *a,
                           const struct reading *b)
{
    const bool before = isnan(a->value), after = isnan(b->value);
    const struct reading *const which = before ? a : b;
    const char *why = which->reason[0] ? which->reason : "not measurable";

    if (before && after)
        snprintf(reason, CT_SENTENCE, "%s", why);
    else
        snprintf(reason, CT_SENTENCE, "%s: %.200s", before ? "Before" : "After",
                 why);
}

static void say_forbidden(char *reason, const cutis_check *check)
{
    static const char *const photo[] = {
        [CUTIS_CHECK_BEFORE] = "Before: ",
        [CUTIS_CHECK_AFTER] = "After: ",
        [CUTIS_CHECK_PAIR] = "",
    };

    snprintf(reason, CT_SENTENCE, "%s%.240s", photo[check->scope],
             check->message);
}

/* The row without numbers of change. */
static void open_row(cutis_change *row, int m, int r, const struct reading *a,
                     const struct reading *b)
{
    *row = (cutis_change){
        .metric = ct_metric(m),
        .region = ct_region(r),
        .reading = either(a->name, b->name),
        .unit = either(either(a->unit, b->unit), ct_metric(m)->unit),
        .before = a->value,
        .after = b->value,
        .change = NAN,
        .relative_change = NAN,
        .scale = ct_metric(m)->scale,
        .se = NAN,
        .df = NAN,
        .ci95 = {NAN, NAN},
        .mdc95 = NAN,
        .p = NAN,
        .p_adjusted = NAN,
        .coverage = fmin(a->coverage, b->coverage),
        .area_cm2 = fmin(a->area_cm2, b->area_cm2),
        .verdict = CUTIS_VERDICT_OK,
        .detail_count_before = (size_t)a->detail_count,
        .detail_count_after = (size_t)b->detail_count,
        .details_before = a->detail,
        .details_after = b->detail,
    };
}

/* Whether two readings may be set against each other; says why not. */
static cutis_verdict admit(char *reason, const struct checks *checks, int m,
                           int r, const struct reading *a,
                           const struct reading *b)
{
    const cutis_check *const check = ct_forbids(checks, m, r);

    if (isnan(a->value) || isnan(b->value)) {
        say_unmeasured(reason, a, b);
        return CUTIS_VERDICT_NOT_MEASURABLE;
    }
    if (check) {
        say_forbidden(reason, check);
        return CUTIS_VERDICT_NOT_COMPARABLE;
    }
    if (a->name && b->name && strcmp(a->name, b->name) != 0) {
        snprintf(reason, CT_SENTENCE,
                 "The two photographs allow different forms of this: %.60s "
                 "before, %.60s after.",
                 a->name, b->name);
        return CUTIS_VERDICT_NOT_COMPARABLE;
    }
    return CUTIS_VERDICT_OK;
}

static struct step measure(const struct bench *bench,
                           const struct checks *checks, const struct form *form)
{
    const double se =
        ct_standard_error(form, bench->before, bench->after, bench->pair) *
        ct_widening(checks, form->metric, form->region);

    return ct_step(form, se, &bench->reach);
}

static void fill_row(struct outcome *out, struct bench *bench, int m, int r)
{
    const struct reading *const a = &bench->before->readings->of[m][r];
    const struct reading *const b = &bench->after->readings->of[m][r];
    cutis_change *const row = &out->change[m][r];
    char *const reason = out->reason[m][r];

    open_row(row, m, r, a, b);
    row->verdict = admit(reason, &out->checks, m, r, a, b);
    bench->row[m][r].delta = NAN;
    if (row->verdict != CUTIS_VERDICT_OK)
        return;

    const struct form form = {
        .metric = m,
        .region = r,
        .name = row->reading,
        .before = a->value,
        .after = b->value,
        .area_cm2 = row->area_cm2,
    };
    bench->row[m][r] = measure(bench, &out->checks, &form);
    if (isnan(bench->row[m][r].delta)) {
        row->verdict = CUTIS_VERDICT_NOT_MEASURABLE;
        snprintf(reason, CT_SENTENCE, "A reading of zero has no ratio.");
    }
}

/* ---- Parts of the preset ------------------------------------------------- */

static double detail(const struct reading *reading, const char *name)
{
    for (int i = 0; i < reading->detail_count; i++)
        if (strcmp(reading->detail[i].name, name) == 0)
            return reading->detail[i].value;
    return NAN;
}

static void fill_part(const struct outcome *out, struct bench *bench, int i)
{
    const struct part *const part = &bench->preset->part[i];
    const int m = part->metric;
    const cutis_change *const row = &out->change[m][CT_FACE_REGION];

    bench->part_step[i] = &bench->row[m][CT_FACE_REGION];
    bench->part_name[i] = either(part->form, row->reading);
    if (!part->form)
        return;

    const struct reading *const a =
        &bench->before->readings->of[m][CT_FACE_REGION];
    const struct reading *const b =
        &bench->after->readings->of[m][CT_FACE_REGION];
    const struct form form = {
        .metric = m,
        .region = CT_FACE_REGION,
        .name = part->form,
        .before = detail(a, part->form),
        .after = detail(b, part->form),
        .area_cm2 = row->area_cm2,
    };
    bench->part_step[i] = &bench->part[i];
    bench->part[i].delta = NAN;
    if (row->verdict == CUTIS_VERDICT_OK)
        bench->part[i] = measure(bench, &out->checks, &form);
}

/* ---- Families ------------------------------------------------------------ */

static bool weighs(const struct preset *preset, int metric)
{
    const int n = ct_part_count(preset);

    for (int i = 0; i < n; i++)
        if (preset->part[i].metric == metric)
            return true;
    return false;
}

static void enlist(struct step **family, int *count, struct step *step)
{
    if (!isnan(step->delta))
        family[(*count)++] = step;
}

static void adjust(struct step **family, int count, double *p,
                   void (*method)(double *, int))
{
    for (int i = 0; i < count; i++)
        p[i] = family[i]->p;
    method(p, count);
    for (int i = 0; i < count; i++)
        family[i]->adjusted = p[i];
}

static void adjust_all(struct bench *bench)
{
    for (int m = 0; m < CT_METRICS; m++) {
        for (int r = 0; r < CT_REGIONS; r++) {
            struct step *const step = &bench->row[m][r];
            if (r == CT_FACE_REGION && weighs(bench->preset, m))
                enlist(bench->primary, &bench->primary_count, step);
            else
                enlist(bench->regional, &bench->regional_count, step);
        }
    }
    for (int i = 0; i < ct_part_count(bench->preset); i++)
        if (bench->preset->part[i].form)
            enlist(bench->primary, &bench->primary_count, &bench->part[i]);
    adjust(bench->primary, bench->primary_count, bench->p, ct_adjust_holm);
    adjust(bench->regional, bench->regional_count, bench->p, ct_adjust_bh);
}

/* ---- Verdicts ------------------------------------------------------------ */

static void close_row(struct outcome *out, const struct bench *bench, int m,
                      int r)
{
    cutis_change *const row = &out->change[m][r];
    char *const reason = out->reason[m][r];

    if (row->verdict == CUTIS_VERDICT_OK) {
        ct_publish(row, &bench->row[m][r]);
        ct_judge_row(row, reason, &bench->row[m][r], bench->days);
    }
    row->reason = reason[0] ? reason : NULL;
}

static void close_part(struct outcome *out, const struct bench *bench, int i)
{
    const struct part *const part = &bench->preset->part[i];
    const cutis_change *const row = &out->change[part->metric][CT_FACE_REGION];
    cutis_verdict *const verdict = &out->component[i].verdict;

    *verdict = row->verdict;
    if (!part->form || isnan(row->p))
        return;
    *verdict = ct_verdict(bench->part_step[i], row->metric);
    if (ct_phase(bench->days) != PHASE_RIPE &&
        *verdict != CUTIS_VERDICT_NOT_MEASURABLE)
        *verdict = CUTIS_VERDICT_TOO_EARLY;
}

static void fill_all(struct outcome *out, struct bench *bench)
{
    for (int m = 0; m < CT_METRICS; m++)
        for (int r = 0; r < CT_REGIONS; r++)
            fill_row(out, bench, m, r);
    for (int i = 0; i < ct_part_count(bench->preset); i++)
        fill_part(out, bench, i);
}

static void close_all(struct outcome *out, const struct bench *bench)
{
    for (int m = 0; m < CT_METRICS; m++)
        for (int r = 0; r < CT_REGIONS; r++)
            close_row(out, bench, m, r);
    for (int i = 0; i < ct_part_count(bench->preset); i++)
        close_part(out, bench, i);
}

cutis_status ct_progress_judge(struct outcome *out,
                               const struct photo_facts *before,
                               const struct photo_facts *after,
                               const struct pair *pair,
                               const cutis_compare_options *options,
                               uint64_t seed, struct tools *tools)
{
    const char *const name = options ? options->preset : NULL;
    const struct preset *const preset = ct_preset(name);
    if (!preset)
        return ct_fail(tools, CUTIS_ERROR_ARGUMENT,
                       "there is no preset \"%.40s\"", name);

    struct bench *const bench = ct_alloc(&tools->memory, 1, sizeof(*bench));
    if (!bench)
        return ct_no_memory(tools);
    bench->before = before;
    bench->after = after;
    bench->pair = pair;
    bench->preset = preset;
    bench->reach = ct_reach(CT_PRIOR_DF);
    bench->days = options ? options->days : -1.0;

    memset(out, 0, sizeof(*out));
    ct_check(&out->checks, before, after, pair, options);
    out->comparable = ct_comparable(&out->checks);
    fill_all(out, bench);
    adjust_all(bench);
    close_all(out, bench);
    const cutis_status status =
        ct_score(out, preset, bench->part_step, bench->part_name, bench->days,
                 seed, tools);
    ct_free(bench);
    return status;
}
