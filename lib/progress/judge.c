/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The judge: what pairs of captures say becomes rows with numbers, the rows
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
    const struct trial *trial;
    const struct preset *preset;
    double days;
    struct reach reach; /* of the last df: most rows share it */
    struct step row[CT_METRICS][CT_REGIONS];
    const struct step *part_step[CT_COMPONENTS];
    const char *part_name[CT_COMPONENTS];
    struct step *primary[CT_FAMILY], *regional[CT_FAMILY];
    int primary_count, regional_count;
    double p[CT_FAMILY];
};

/* ---- Rows ---------------------------------------------------------------- */

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

/* Why no pair of captures has the row; of the pair that is shown. */
static cutis_verdict say_missing(char *reason, const struct checks *checks,
                                 int m, int r, const struct reading *a,
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
    snprintf(reason, CT_SENTENCE, "A reading of zero has no ratio.");
    return CUTIS_VERDICT_NOT_MEASURABLE;
}

/* The row without numbers of change. */
static void open_row(cutis_change *row, int m, int r, const struct claim *claim,
                     const struct trial *trial)
{
    const struct reading *const a = &trial->before->readings->of[m][r];
    const struct reading *const b = &trial->after->readings->of[m][r];

    *row = (cutis_change){
        .metric = ct_metric(m),
        .region = ct_region(r),
        .reading = claim->name,
        .unit = claim->unit,
        .before = claim->value[0],
        .after = claim->value[1],
        .change = NAN,
        .relative_change = NAN,
        .scale = ct_metric(m)->scale,
        .se = NAN,
        .df = NAN,
        .ci95 = {NAN, NAN},
        .mdc95 = NAN,
        .p = NAN,
        .p_adjusted = NAN,
        .coverage = claim->coverage,
        .area_cm2 = claim->area_cm2,
        .verdict = CUTIS_VERDICT_OK,
        .detail_count_before = (size_t)a->detail_count,
        .detail_count_after = (size_t)b->detail_count,
        .details_before = a->detail,
        .details_after = b->detail,
        .repeat_sd = NAN,
    };
}

static struct step step_of(struct bench *bench, const struct pooled *pooled)
{
    if (!(bench->reach.df == pooled->df))
        bench->reach = ct_reach(pooled->df);
    return ct_step(pooled->delta, pooled->se, &bench->reach);
}

static void fill_row(struct outcome *out, struct bench *bench, int m, int r)
{
    const struct trial *const trial = bench->trial;
    cutis_change *const row = &out->change[m][r];
    struct paired pair[CT_CAPTURES];
    struct pooled pooled;
    const int n = ct_collect(pair, trial->accounts, trial->pairs, m, r, -1);

    open_row(row, m, r, n ? pair[0].claim : &trial->accounts[0].row[m][r],
             trial);
    out->reason[m][r][0] = 0;
    bench->row[m][r].delta = NAN;
    out->repeats[m][r] = NAN;
    out->alike[m][r] = (struct alike){1.0, 0.0};
    out->sampling[m][r].se = NAN;
    if (!n) {
        row->verdict = say_missing(out->reason[m][r], &out->checks, m, r,
                                   &trial->before->readings->of[m][r],
                                   &trial->after->readings->of[m][r]);
        return;
    }
    for (int k = 1; k < n; k++) {
        row->area_cm2 = fmin(row->area_cm2, pair[k].claim->area_cm2);
        row->coverage = fmin(row->coverage, pair[k].claim->coverage);
    }
    ct_pool_pairs(&pooled, pair, n, m, row->area_cm2, trial->dependent);
    row->before = pooled.before;
    row->after = pooled.after;
    row->captures_before = (size_t)pooled.captures[0];
    row->captures_after = (size_t)pooled.captures[1];
    row->repeat_sd = pooled.repeat_sd;
    out->repeats[m][r] = pooled.variance;
    out->alike[m][r] = pooled.alike;
    out->sampling[m][r] = pooled.sampling;
    bench->row[m][r] = step_of(bench, &pooled);
}

/* ---- Parts of the preset ------------------------------------------------- */

static void fill_part(struct outcome *out, struct bench *bench, int i)
{
    const struct part *const part = &bench->preset->part[i];
    const int m = part->metric;
    const cutis_change *const row = &out->change[m][CT_FACE_REGION];
    struct paired pair[CT_CAPTURES];
    struct pooled pooled;

    bench->part_step[i] = &bench->row[m][CT_FACE_REGION];
    bench->part_name[i] = part->form ? part->form : row->reading;
    out->part[i] = (struct step){NAN, NAN, NAN, NAN, NAN, NAN, NAN};
    if (!part->form)
        return;

    const int n = ct_collect(pair, bench->trial->accounts, bench->trial->pairs,
                             m, CT_FACE_REGION, i);
    bench->part_step[i] = &out->part[i];
    if (!n)
        return;
    ct_pool_pairs(&pooled, pair, n, m, row->area_cm2, bench->trial->dependent);
    out->part[i] = step_of(bench, &pooled);
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

static void adjust_all(struct outcome *out, struct bench *bench)
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
            enlist(bench->primary, &bench->primary_count, &out->part[i]);
    adjust(bench->primary, bench->primary_count, bench->p, ct_adjust_holm);
    adjust(bench->regional, bench->regional_count, bench->p, ct_adjust_bh);
}

/* ---- Verdicts ------------------------------------------------------------ */

void ct_say_captures(char *reason, const cutis_change *row, const int of[2])
{
    const size_t used[2] = {row->captures_before, row->captures_after};
    char sentence[CT_SENTENCE];

    if ((int)used[0] == of[0] && (int)used[1] == of[1])
        return;
    snprintf(sentence, sizeof(sentence),
             "It rests on %zu of %d captures before and %zu of %d after.",
             used[0], of[0], used[1], of[1]);
    ct_sentence_add(reason, sentence);
}

/* Captures of each visit that there are. */
static void count_captures(int of[2], const struct trial *trial)
{
    of[0] = of[1] = 0;
    for (int side = 0; side < 2; side++)
        for (int k = 0; k < trial->pairs; k++) {
            bool seen = false;
            for (int l = 0; l < k; l++)
                seen = seen || trial->accounts[l].capture[side] ==
                                   trial->accounts[k].capture[side];
            of[side] += !seen;
        }
}

static void close_row(struct outcome *out, const struct bench *bench, int m,
                      int r)
{
    cutis_change *const row = &out->change[m][r];
    char *const reason = out->reason[m][r];
    int of[2];

    if (row->verdict == CUTIS_VERDICT_OK) {
        ct_publish(row, &bench->row[m][r]);
        ct_judge_row(row, reason, &bench->row[m][r], bench->days);
        count_captures(of, bench->trial);
        ct_say_captures(reason, row, of);
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

cutis_status ct_progress_judge(struct outcome *out, const struct trial *trial,
                               struct tools *tools)
{
    const cutis_compare_options *const options = trial->options;
    struct bench *const bench = ct_alloc(&tools->memory, 1, sizeof(*bench));
    if (!bench)
        return ct_no_memory(tools);
    bench->trial = trial;
    bench->preset = ct_preset(options ? options->preset : NULL);
    bench->days = options ? options->days : -1.0;

    fill_all(out, bench);
    adjust_all(out, bench);
    close_all(out, bench);
    const cutis_status status =
        ct_score(out, bench->preset, bench->part_step, bench->part_name,
                 bench->days, trial->seed, tools);
    ct_free(bench);
    return status;
}
