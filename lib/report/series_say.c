/* SPDX-License-Identifier: BSD-2-Clause */

/* What is said of visits over time: the answer, what holds it up, trends. */

#include <math.h>
#include <string.h>

#include "report/series.h"

/* A phrase with what plain texts fill into it. */
static void fill(struct text *out, enum ct_word word, struct text *gap, int n)
{
    const char *with[5];
    for (int i = 0; i < n; i++) {
        out->failed |= gap[i].failed;
        with[i] = gap[i].bytes ? gap[i].bytes : "";
    }
    ct_phrase(out, word, with);
    for (int i = 0; i < n; i++)
        ct_text_free(&gap[i]);
}

/* One more sentence. */
static void space(struct text *out)
{
    if (out->size)
        ct_text_put(out, " ");
}

bool ct_is_plain(const char *string)
{
    enum { REPLACEMENT = 0xFFFD };
    while (*string) {
        const uint32_t c = ct_character(&string);
        if (c < 0x20 || (c >= 0x7F && c < 0xA0) || c == REPLACEMENT)
            return false;
    }
    return true;
}

/* ---- Facts --------------------------------------------------------------- */

static const struct occasion *last_of(const struct course *course)
{
    return course->of[course->count - 1];
}

struct report ct_series_last(const struct course *course)
{
    return (struct report){.outcome = last_of(course)->outcome,
                           .checks = &last_of(course)->outcome->checks,
                           .errors = last_of(course)->errors,
                           .options = course->options};
}

static double weight_of(const struct course *course, int metric)
{
    const cutis_score *const score = last_of(course)->about.score;
    double weight = 0.0;
    for (size_t i = 0; i < score->component_count; i++)
        if (score->components[i].metric == ct_metric(metric))
            weight += score->components[i].weight;
    return weight;
}

int ct_series_weighs(int metric[CT_METRICS], const struct course *course)
{
    int count = 0;
    for (int m = 0; m < CT_METRICS; m++) {
        const double weight = weight_of(course, m);
        int at = count;
        if (!(weight > 0.0))
            continue;
        for (; at && weight_of(course, metric[at - 1]) < weight; at--)
            metric[at] = metric[at - 1];
        metric[at] = m;
        count++;
    }
    return count;
}

bool ct_series_asks(const cutis_check *check)
{
    return strcmp(check->id, "timing") != 0;
}

int ct_troubles(const struct checks *checks)
{
    int count = 0;
    for (int i = 0; i < checks->count; i++)
        count += ct_series_asks(&checks->of[i]) &&
                 checks->of[i].verdict != CUTIS_CHECK_PASS;
    return count;
}

enum ct_word ct_phase_word(cutis_phase phase)
{
    switch (phase) {
    case CUTIS_PHASE_ACUTE:
        return CT_W_S_PHASE_ACUTE;
    case CUTIS_PHASE_HEALING:
        return CT_W_S_PHASE_HEALING;
    case CUTIS_PHASE_EARLY:
        return CT_W_S_PHASE_EARLY;
    case CUTIS_PHASE_BASELINE:
    case CUTIS_PHASE_JUDGED:
        break;
    }
    return CT_W_NOTHING;
}

const char *ct_note_name(unsigned note)
{
    switch (note) {
    case CUTIS_NOTE_NEXT_TREATMENT:
        return "next_treatment";
    case CUTIS_NOTE_REDNESS_LASTS:
        return "redness_lasts";
    case CUTIS_NOTE_SCARS_REMODEL:
        return "scars_remodel";
    default:
        return "baseline_treated";
    }
}

enum ct_word ct_note_word(unsigned note)
{
    switch (note) {
    case CUTIS_NOTE_NEXT_TREATMENT:
        return CT_W_S_NOTE_NEXT;
    case CUTIS_NOTE_REDNESS_LASTS:
        return CT_W_S_NOTE_REDNESS;
    case CUTIS_NOTE_SCARS_REMODEL:
        return CT_W_S_NOTE_SCARS;
    default:
        return CT_W_S_NOTE_BASELINE;
    }
}

/* ---- Times --------------------------------------------------------------- */

void ct_say_time(struct text *out, double days)
{
    const double week = 7.0, weeks = days / week;
    const bool in_weeks = days >= 2.0 * week && weeks == floor(weeks);
    const double shown = in_weeks ? weeks : days;
    struct text number = ct_text_beside(out);
    ct_say_number(&number, shown, shown == floor(shown) ? 0 : 1, CT_SIGN_MINUS);
    fill(out,
         in_weeks       ? CT_W_S_WEEKS
         : shown == 1.0 ? CT_W_S_DAY
                        : CT_W_S_DAYS,
         &number, 1);
}

void ct_say_when(struct text *out, const struct course *course,
                 const struct occasion *visit)
{
    const double since = visit->about.days_since_treatment;
    const bool said = !isnan(since);
    struct text time = ct_text_beside(out);
    ct_say_time(&time,
                said ? since : visit->about.days - course->baseline_days);
    fill(out, said ? CT_W_S_AFTER_TREATMENT : CT_W_S_AFTER_BASELINE, &time, 1);
}

/* ---- The answer ---------------------------------------------------------- */

void ct_say_series_answer(struct text *out, const struct course *course)
{
    const struct report last = ct_series_last(course);
    struct text gap[2] = {ct_text_beside(out), ct_text_beside(out)};
    struct text answer = ct_text_beside(out);
    if (ct_answer_verdict(&last) == CUTIS_VERDICT_TOO_EARLY) {
        ct_say_answer(out, &last); /* which says when */
        return;
    }
    ct_say_when(&gap[0], course, last_of(course));
    ct_say_answer(&answer, &last);
    const char *const said = answer.bytes ? answer.bytes : "";
    ct_say_clause(&gap[1], said,
                  ct_keeps_capitals(out) ? CT_CASE_KEEP : CT_CASE_SMALL);
    out->failed |= answer.failed;
    ct_text_free(&answer);
    fill(out, CT_W_S_ANSWER, gap, 2);
    ct_text_put(out, ".");
}

/* The last visit that says what lasts; the first of them at least does. */
static int last_saying(const struct course *course, int metric,
                       const cutis_trend *trend)
{
    int i = course->count - 1;
    while (i > trend->sustained_from &&
           course->of[i]->outcome->change[metric][CT_FACE_REGION].verdict !=
               trend->sustained)
        i--;
    return i;
}

static void say_lasts(struct text *out, const struct course *course, int metric)
{
    enum { GAPS = 5 };
    const cutis_trend *const trend = &course->trend[metric][CT_FACE_REGION];
    if (trend->sustained_from < 0)
        return;
    const struct occasion *const now =
        course->of[last_saying(course, metric, trend)];
    const cutis_change *const row =
        &now->outcome->change[metric][CT_FACE_REGION];
    struct text gap[GAPS];
    for (int i = 0; i < GAPS; i++)
        gap[i] = ct_text_beside(out);
    ct_text_put(&gap[0], ct_metric_words(out, trend->metric));
    ct_text_put(&gap[1], course->of[trend->sustained_from]->label);
    ct_say_change(&gap[2], row);
    ct_say_interval(&gap[3], row);
    ct_text_put(&gap[4], now->label);
    space(out);
    fill(out,
         trend->sustained == CUTIS_VERDICT_IMPROVED ? CT_W_S_LASTS_IMPROVED
         : trend->sustained == CUTIS_VERDICT_WORSE  ? CT_W_S_LASTS_WORSE
                                                    : CT_W_S_LASTS_CHANGED,
         gap, GAPS);
}

static void say_lasting(struct text *out, const struct course *course)
{
    int metric[CT_METRICS];
    const int count = ct_series_weighs(metric, course);
    for (int i = 0; i < count; i++)
        say_lasts(out, course, metric[i]);
}

static const cutis_change *redness_at(const struct course *course, int i)
{
    const struct occasion *const visit = course->of[i];
    return visit->outcome ? &visit->outcome->change[CT_REDNESS][CT_FACE_REGION]
                          : NULL;
}

static bool is_up(const cutis_change *row)
{
    return row && row->change > row->mdc95;
}

/* The visit of the most redness while skin heals; -1 where it did not rise. */
static int peak_of(const struct course *course)
{
    int peak = -1;
    for (int i = 0; i < course->count; i++) {
        const cutis_phase phase = course->of[i]->about.phase;
        const cutis_change *const row = redness_at(course, i);
        if (phase != CUTIS_PHASE_ACUTE && phase != CUTIS_PHASE_HEALING)
            continue;
        if (is_up(row) &&
            (peak < 0 || row->change > redness_at(course, peak)->change))
            peak = i;
    }
    return peak;
}

/* From where on it is never up again; -1 where it is, or was not looked at. */
static int back_from(const struct course *course, int peak)
{
    int back = -1;
    for (int i = peak + 1; i < course->count; i++) {
        const cutis_change *const row = redness_at(course, i);
        if (is_up(row))
            back = -1;
        else if (back < 0 && row && isfinite(row->change))
            back = i;
    }
    return back;
}

static void say_redness(struct text *out, const struct course *course)
{
    const int peak = peak_of(course);
    if (peak < 0)
        return;
    const int back = back_from(course, peak);
    struct text gap[3] = {ct_text_beside(out), ct_text_beside(out),
                          ct_text_beside(out)};
    ct_say_change(&gap[0], redness_at(course, peak));
    ct_text_put(&gap[1], course->of[peak]->label);
    ct_text_put(&gap[2], back < 0 ? "" : course->of[back]->label);
    space(out);
    fill(out, back < 0 ? CT_W_S_ROSE : CT_W_S_ROSE_AND_FELL, gap, 3);
}

static void say_notes(struct text *out, const struct course *course)
{
    unsigned notes = last_of(course)->about.notes;
    for (int i = 0; i < course->baseline_visits; i++)
        notes |= course->of[i]->about.notes;
    for (unsigned bit = 1; bit <= CUTIS_NOTE_BASELINE_TREATED; bit *= 2)
        if (notes & bit) {
            space(out);
            ct_text_put(out, ct_word(out, ct_note_word(bit)));
        }
    if (course->baseline_captures == 1) {
        space(out);
        ct_text_put(out, ct_word(out, CT_W_S_NOTE_MEAN));
    }
}

/* Why a score that its interval holds apart from 0 has no verdict. */
static void say_chance(struct text *out, const struct course *course)
{
    const cutis_series_visit *const about = &last_of(course)->about;
    if (about->phase != CUTIS_PHASE_JUDGED || !(about->score_p < 0.05) ||
        !(about->score_p_adjusted >= 0.05) || !about->score->reason)
        return;
    ct_say_sentence(out, about->score->reason);
}

void ct_say_series_support(struct text *out, const struct course *course)
{
    say_chance(out, course);
    say_lasting(out, course);
    say_redness(out, course);
    say_notes(out, course);
    if (last_of(course)->about.comparable == CUTIS_COMPARABLE_LIMITED) {
        space(out);
        ct_text_put(out, ct_word(out, CT_W_LIMITED));
    }
}

/* ---- Trends -------------------------------------------------------------- */

/* As a change a week, so that it is said as changes are. */
static cutis_change row_of_slope(const cutis_trend *trend, double slope)
{
    const bool ratio = trend->scale == CUTIS_LOG;
    return (cutis_change){
        .metric = trend->metric,
        .region = trend->region,
        .unit = trend->unit,
        .scale = trend->scale,
        .before = 0.0,
        .after = slope,
        .change = slope,
        .relative_change = ratio ? slope : NAN,
        .ci95 = {trend->ci95[0], trend->ci95[1]},
        .mdc95 =
            fmax(fabs(trend->ci95[0] - slope), fabs(trend->ci95[1] - slope)),
        .verdict = trend->verdict,
    };
}

void ct_say_trend(struct text *out, const cutis_trend *trend)
{
    const cutis_change line = row_of_slope(trend, trend->slope);
    const cutis_change ranks = row_of_slope(trend, trend->theil_sen);
    if (isnan(trend->slope)) {
        ct_text_put(out, ct_word(out, CT_W_S_TREND_NONE));
        return;
    }
    struct text gap[3] = {ct_text_beside(out), ct_text_beside(out),
                          ct_text_beside(out)};
    ct_say_change(&gap[0], &line);
    ct_say_interval(&gap[1], &line);
    ct_say_verdict(&gap[2], trend->verdict, NULL);
    fill(out, CT_W_S_TREND, gap, 3);
    if (isnan(trend->theil_sen))
        return;
    for (int i = 0; i < 3; i++)
        gap[i] = ct_text_beside(out);
    ct_say_change(&gap[0], &ranks);
    ct_say_number(&gap[1], trend->mann_kendall,
                  trend->mann_kendall < 0.095 ? 3 : 2, CT_SIGN_MINUS);
    ct_text_put(out, " ");
    fill(out, CT_W_S_TREND_RANKS, gap, 2);
}

cutis_change ct_row_of_contrast(const cutis_contrast *contrast)
{
    const bool ratio = contrast->scale == CUTIS_LOG;
    return (cutis_change){
        .metric = contrast->metric,
        .region = ct_region(CT_FACE_REGION),
        .reading = contrast->reading,
        .unit = contrast->unit,
        .scale = contrast->scale,
        .before = contrast->control,
        .after = contrast->treated,
        .change = contrast->difference,
        .relative_change = ratio ? contrast->difference : NAN,
        .se = contrast->se,
        .df = contrast->df,
        .ci95 = {contrast->ci95[0], contrast->ci95[1]},
        .mdc95 = contrast->mdc95,
        .p = contrast->p,
        .p_adjusted = contrast->p_adjusted,
        .verdict = contrast->verdict,
        .reason = contrast->reason,
    };
}
