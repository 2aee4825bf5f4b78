/* SPDX-License-Identifier: BSD-2-Clause */

/* Visits over time as a table of rows, and for a terminal of 80 columns. */

#include <math.h>
#include <string.h>

#include "report/series.h"

/* ---- A row a visit, metric and region ------------------------------------ */

cutis_status ct_series_csv(struct text *out, const struct course *course,
                           struct tools *tools)
{
    ct_text_put(out, "visit,days,days_since_treatment,phase,metric,region");
    ct_csv_figure_names(out);
    ct_text_put(out, "\n");
    for (int i = 0; i < course->count; i++) {
        const struct occasion *const visit = course->of[i];
        for (int k = 0; visit->outcome && k < CT_METRICS * CT_REGIONS; k++) {
            const cutis_change *const row =
                &visit->outcome->change[k / CT_REGIONS][k % CT_REGIONS];
            ct_csv_put(out, visit->label, ",");
            ct_csv_number(out, visit->about.days, ",");
            ct_csv_number(out, visit->about.days_since_treatment, ",");
            ct_csv_put(out, cutis_phase_name(visit->about.phase), ",");
            ct_csv_put(out, row->metric->name, ",");
            ct_csv_put(out, row->region->name, ",");
            ct_csv_figures(out, row, "\n");
        }
    }
    return out->failed ? ct_no_memory(tools) : CUTIS_OK;
}

/* ---- The table ----------------------------------------------------------- */

enum { LABEL = 14, SCORE = 6, CELL = 15, COLUMNS = 4 };

/* A verdict in one character; the page's marks. */
static const char *mark_of(cutis_verdict verdict)
{
    switch (verdict) {
    case CUTIS_VERDICT_IMPROVED:
        return "\xe2\x9c\x93";
    case CUTIS_VERDICT_WORSE:
        return "!";
    case CUTIS_VERDICT_CHANGED:
        return "\xe2\x97\x86";
    default:
        return " ";
    }
}

static void row_cell(struct text *out, struct text *scratch,
                     const cutis_change *row)
{
    ct_text_clear(scratch);
    ct_say_change(scratch, row);
    ct_text_put(scratch, " ");
    ct_text_put(scratch, mark_of(row->verdict));
    ct_cell(out, ct_text_bytes(scratch), CELL, CT_RIGHT);
}

static void visit_line(struct text *out, struct text *scratch,
                       const struct occasion *visit, const int *metric, int n)
{
    ct_text_clear(scratch);
    ct_text_put(scratch, visit->label);
    ct_cell(out, ct_text_bytes(scratch), LABEL, CT_LEFT);
    if (!visit->outcome) {
        ct_text_put(out, ct_word(out, CT_W_S_BASELINE));
        ct_text_put(out, "\n");
        return;
    }
    ct_text_clear(scratch);
    ct_say_number(scratch, visit->about.score->score, 0, CT_SIGN_ALWAYS);
    ct_cell(out, ct_text_bytes(scratch), SCORE, CT_RIGHT);
    for (int i = 0; i < n; i++)
        row_cell(out, scratch,
                 &visit->outcome->change[metric[i]][CT_FACE_REGION]);
    ct_text_put(out, "\n");
}

/* As many metrics as fit beside each other. */
static void block(struct text *out, struct text *scratch,
                  const struct course *course, const int *metric, int n)
{
    ct_text_put(out, "\n");
    ct_cell(out, ct_word(out, CT_W_S_VISIT), LABEL, CT_LEFT);
    ct_cell(out, ct_word(out, CT_W_S_SCORE_HEAD), SCORE, CT_RIGHT);
    for (int i = 0; i < n; i++) {
        const char *at = ct_metric_words(out, ct_metric(metric[i]));
        ct_text_clear(scratch);
        const bool fits = ct_columns(at) <= CELL - 3;
        for (int k = 0; *at && k < CELL - (fits ? 3 : 4); k++)
            ct_put_character(scratch, ct_character(&at));
        ct_text_put(scratch, fits ? "" : "\xe2\x80\xa6");
        ct_text_put(scratch, "  ");
        ct_cell(out, ct_text_bytes(scratch), CELL, CT_RIGHT);
    }
    ct_text_put(out, "\n");
    for (int i = 0; i < course->count; i++)
        visit_line(out, scratch, course->of[i], metric, n);
}

static void table(struct text *out, struct text *scratch,
                  const struct course *course)
{
    int metric[CT_METRICS];
    const int count = ct_series_weighs(metric, course);
    for (int i = 0; i < count; i += COLUMNS)
        block(out, scratch, course, metric + i,
              count - i < COLUMNS ? count - i : COLUMNS);
    ct_wrap(out, ct_word(out, CT_W_S_MARKS), 0, 0);
}

/* ---- The rest ------------------------------------------------------------ */

static void trends(struct text *out, struct text *scratch,
                   const struct course *course)
{
    int metric[CT_METRICS];
    const int count = ct_series_weighs(metric, course);

    ct_text_put(out, "\n");
    for (int i = 0; i < count; i++) {
        ct_text_clear(scratch);
        ct_text_put(scratch, ct_metric_words(out, ct_metric(metric[i])));
        ct_text_put(scratch, ". ");
        ct_say_trend(scratch, &course->trend[metric[i]][CT_FACE_REGION]);
        ct_wrap(out, ct_text_bytes(scratch), 0, 2);
    }
}

static void contrasts(struct text *out, struct text *scratch,
                      const struct course *course, cutis_contrast_kind kind)
{
    static const enum ct_word titles[] = {CT_W_S_SIDES, CT_W_S_REFERENCE};
    const struct occasion *const last = course->of[course->count - 1];
    if (!last->contrast[kind][0].metric)
        return;
    ct_text_format(out, "\n%s (%s)\n", ct_word(out, titles[kind]), last->label);
    for (int m = 0; m < CT_METRICS; m++) {
        const cutis_change row = ct_row_of_contrast(&last->contrast[kind][m]);
        if (isnan(row.change))
            continue;
        ct_cell(out, ct_metric_words(out, row.metric), LABEL + SCORE, CT_LEFT);
        ct_text_clear(scratch);
        ct_say_change(scratch, &row);
        ct_text_put(scratch, " (");
        ct_say_interval(scratch, &row);
        ct_text_put(scratch, "): ");
        ct_say_verdict(scratch, row.verdict, NULL);
        ct_wrap(out, ct_text_bytes(scratch), LABEL + SCORE, LABEL + SCORE);
    }
}

static void checks(struct text *out, struct text *scratch,
                   const struct occasion *visit)
{
    static const enum ct_word words[] = {CT_W_PASS, CT_W_WARN, CT_W_FAIL};
    if (!visit->outcome || !ct_troubles(&visit->outcome->checks))
        return;
    ct_text_put(out, "\n");
    ct_phrase(out, CT_W_S_CHECKS, (const char *[]){visit->label});
    ct_text_put(out, "\n");
    for (int i = 0; i < visit->outcome->checks.count; i++) {
        const cutis_check *const check = &visit->outcome->checks.of[i];
        if (check->verdict == CUTIS_CHECK_PASS || !ct_series_asks(check))
            continue;
        ct_cell(out, ct_word(out, words[check->verdict]), 12, CT_LEFT);
        ct_text_clear(scratch);
        ct_say_sentence(scratch, check->message ? check->message : "");
        ct_wrap(out, ct_text_bytes(scratch), 12, 12);
    }
}

cutis_status ct_series_text(struct text *out, const struct course *course,
                            struct tools *tools)
{
    const struct report last = ct_series_last(course);
    out->language = ct_report_language(&last);
    struct text scratch = ct_text_beside(out);
    ct_say_series_answer(&scratch, course);
    ct_wrap(out, ct_text_bytes(&scratch), 0, 0);
    ct_text_clear(&scratch);
    ct_say_series_support(&scratch, course);
    if (scratch.size)
        ct_wrap(out, ct_text_bytes(&scratch), 0, 0);
    table(out, &scratch, course);
    trends(out, &scratch, course);
    for (int kind = 0; kind < CUTIS_CONTRASTS; kind++)
        contrasts(out, &scratch, course, (cutis_contrast_kind)kind);
    for (int i = 0; i < course->count; i++)
        checks(out, &scratch, course->of[i]);
    ct_text_put(out, "\n");
    ct_wrap(out, ct_word(out, CT_W_DISCLAIMER), 0, 0);
    out->failed |= scratch.failed;
    ct_text_free(&scratch);
    return out->failed ? ct_no_memory(tools) : CUTIS_OK;
}
