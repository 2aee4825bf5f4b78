/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * A course judged (method, 11.6 and 11.7).  Each visit was compared with the
 * pooled baseline as two visits are.  What is primary in that, at the visits
 * that allow a verdict, is one family (series_family.c), and the score another;
 * a course of one such visit keeps its verdicts.  Regional rows stay
 * exploratory, visit by visit.
 */

#include <math.h>
#include <string.h>

#include "progress/series.h"

const char *cutis_phase_name(cutis_phase phase)
{
    static const char *const names[] = {
        [CUTIS_PHASE_BASELINE] = "baseline", [CUTIS_PHASE_ACUTE] = "acute",
        [CUTIS_PHASE_HEALING] = "healing",   [CUTIS_PHASE_EARLY] = "early",
        [CUTIS_PHASE_JUDGED] = "judged",
    };
    const bool known = (unsigned)phase <= CUTIS_PHASE_JUDGED;

    return known ? names[phase] : "unknown";
}

bool ct_is_judged(const struct occasion *visit)
{
    return visit->about.phase == CUTIS_PHASE_JUDGED;
}

double ct_published(cutis_scale scale, double delta)
{
    return scale == CUTIS_LOG ? ct_exp(delta) - 1.0 : delta;
}

double ct_back(cutis_scale scale, double published)
{
    return scale == CUTIS_LOG ? ct_log(1.0 + published) : published;
}

double ct_delta_of(const cutis_change *row)
{
    const bool ratio = row->scale == CUTIS_LOG;

    return ct_back(row->scale, ratio ? row->relative_change : row->change);
}

struct step ct_step_of(const cutis_change *row)
{
    if (isnan(row->p))
        return (struct step){NAN, NAN, NAN, NAN, NAN, NAN, NAN};

    const struct reach reach = ct_reach(row->df);
    return (struct step){
        .delta = ct_delta_of(row),
        .se = row->se,
        .df = row->df,
        .p = row->p,
        .adjusted = row->p_adjusted,
        .mdc95 = row->se * reach.t95,
        .ci90 = row->se * reach.t90,
    };
}

bool ct_weighs(const struct preset *preset, int metric)
{
    const int n = ct_part_count(preset);

    for (int i = 0; i < n; i++)
        if (preset->part[i].metric == metric)
            return true;
    return false;
}

struct repeats ct_repeats_of(const struct outcome *outcome, int metric,
                             int region)
{
    const cutis_change *const row = &outcome->change[metric][region];

    return (struct repeats){
        .variance = outcome->repeats[metric][region],
        .captures = {(int)row->captures_before, (int)row->captures_after},
        .alike = outcome->alike[metric][region],
    };
}

bool ct_has_change(const struct outcome *outcome, int metric, int region)
{
    const struct repeats own = ct_repeats_of(outcome, metric, region);

    return !isnan(outcome->change[metric][region].p) && own.variance > 0.0 &&
           own.captures[0] > 0 && own.captures[1] > 0;
}

/* ---- Over the visits ----------------------------------------------------- */

/* A question that is asked at every visit: a metric that the preset weighs, or
 * a named form of one. */
struct asking {
    int metric, part; /* part -1: the metric's own row */
};

static int list_primary(struct asking *out, const struct preset *preset)
{
    int n = 0;

    for (int m = 0; m < CT_METRICS; m++)
        if (ct_weighs(preset, m))
            out[n++] = (struct asking){m, -1};
    for (int i = 0; i < ct_part_count(preset); i++)
        if (preset->part[i].form)
            out[n++] = (struct asking){preset->part[i].metric, i};
    return n;
}

static double p_of(const struct occasion *visit, const struct asking *asking)
{
    if (!ct_is_judged(visit))
        return NAN;
    return asking->part < 0
               ? visit->outcome->change[asking->metric][CT_FACE_REGION].p
               : visit->outcome->part[asking->part].p;
}

/* What the reason says besides stays where the verdict does. */
static void judge_row(const struct course *course, struct occasion *visit,
                      int m, double adjusted)
{
    const int captures[2] = {course->baseline_captures,
                             (int)visit->about.capture_count};
    cutis_change *const row = &visit->outcome->change[m][CT_FACE_REGION];
    char *const reason = visit->outcome->reason[m][CT_FACE_REGION];

    row->p_adjusted = adjusted;
    const struct step step = ct_step_of(row);
    if (ct_verdict(&step, row->metric) == row->verdict)
        return;
    ct_judge_row(row, reason, &step, visit->about.days_since_treatment);
    ct_say_captures(reason, row, captures);
    row->reason = reason[0] ? reason : NULL;
}

static void judge_parts(struct occasion *visit, const struct preset *preset)
{
    struct outcome *const out = visit->outcome;

    for (int i = 0; i < ct_part_count(preset); i++) {
        const int m = preset->part[i].metric;
        const bool form = preset->part[i].form && !isnan(out->part[i].p);
        out->component[i].verdict =
            form ? ct_verdict(&out->part[i], ct_metric(m))
                 : out->change[m][CT_FACE_REGION].verdict;
    }
}

static void adjust_primary(struct course *course, const struct preset *preset)
{
    double p[CT_QUESTIONS][CT_VISITS];
    struct asking asking[CT_QUESTIONS];
    const int n = list_primary(asking, preset);

    for (int q = 0; q < n; q++)
        for (int i = 0; i < course->count; i++)
            p[q][i] = p_of(course->of[i], &asking[q]);
    ct_adjust_course(p, n, course->count);
    for (int i = 0; i < course->count; i++) {
        struct occasion *const visit = course->of[i];
        for (int q = 0; q < n; q++) {
            if (isnan(p[q][i]))
                continue;
            if (asking[q].part < 0)
                judge_row(course, visit, asking[q].metric, p[q][i]);
            else
                visit->outcome->part[asking[q].part].adjusted = p[q][i];
        }
        if (ct_is_judged(visit))
            judge_parts(visit, preset);
    }
}

static void judge_score(struct occasion *visit)
{
    struct outcome *const out = visit->outcome;
    cutis_score *const score = &out->score;
    const double p = visit->about.score_p_adjusted;
    char shown[CT_FIXED];

    if (p < 0.05 || (score->verdict != CUTIS_VERDICT_IMPROVED &&
                     score->verdict != CUTIS_VERDICT_WORSE))
        return;
    score->verdict = CUTIS_VERDICT_NO_MEASURABLE_CHANGE;
    score->reason = out->score_reason;
    ct_sentence_fill(out->score_reason, CT_SENTENCE,
                     "Among this many visits the score may be chance "
                     "(adjusted p = {}).",
                     ct_fixed(shown, p, p < 0.095 ? 3 : 2));
}

static void adjust_score(struct course *course)
{
    double p[1][CT_VISITS];

    for (int i = 0; i < course->count; i++) {
        struct occasion *const visit = course->of[i];
        visit->about.score_p = visit->outcome ? visit->outcome->score_p : NAN;
        p[0][i] = ct_is_judged(visit) ? visit->about.score_p : NAN;
    }
    ct_adjust_course(p, 1, course->count);
    for (int i = 0; i < course->count; i++) {
        course->of[i]->about.score_p_adjusted = p[0][i];
        if (!isnan(p[0][i]))
            judge_score(course->of[i]);
    }
}

/* ---- Where a visit lies -------------------------------------------------- */

static const double week = 7.0;

static cutis_phase phase_of(const struct occasion *visit)
{
    static const cutis_phase phases[] = {
        [PHASE_ACUTE] = CUTIS_PHASE_ACUTE,
        [PHASE_HEALING] = CUTIS_PHASE_HEALING,
        [PHASE_EARLY] = CUTIS_PHASE_EARLY,
        [PHASE_RIPE] = CUTIS_PHASE_JUDGED,
    };

    return visit->outcome ? phases[ct_phase(visit->about.days_since_treatment)]
                          : CUTIS_PHASE_BASELINE;
}

static bool redness_lasts(const struct occasion *visit)
{
    const cutis_change *const row =
        &visit->outcome->change[CT_REDNESS][CT_FACE_REGION];

    return row->change > row->mdc95;
}

/* `since` NaN: nothing to say. */
static unsigned notes_of(const struct occasion *visit,
                         const struct preset *preset)
{
    const double since = visit->about.days_since_treatment;
    const bool scars =
        !strcmp(preset->name, "acne_scars") || !strcmp(preset->name, "scars");
    unsigned notes = 0;

    if (!visit->outcome)
        return since < 6.0 * week ? CUTIS_NOTE_BASELINE_TREATED : 0;
    if (since >= 8.0 * week && since <= 10.0 * week)
        notes |= CUTIS_NOTE_NEXT_TREATMENT;
    if (since > week && redness_lasts(visit))
        notes |= CUTIS_NOTE_REDNESS_LASTS;
    if (scars && since >= 6.0 * week && since < 90.0)
        notes |= CUTIS_NOTE_SCARS_REMODEL;
    return notes;
}

void ct_judge_course(struct course *course)
{
    const struct preset *const preset = ct_preset(course->options->preset);

    for (int i = 0; i < course->count; i++) {
        struct occasion *const visit = course->of[i];
        visit->about.phase = phase_of(visit);
        visit->about.notes = notes_of(visit, preset);
    }
    adjust_primary(course, preset);
    adjust_score(course);
    ct_course_trends(course, preset);
    ct_course_contrasts(course, preset);
}
