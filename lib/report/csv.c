/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Tables as RFC 4180 has them but with \n at line ends: the first line names
 * the columns, a number that does not exist is empty.
 */

#include <math.h>
#include <string.h>

#include "report/report.h"

void ct_csv_put(struct text *out, const char *value, const char *end)
{
    const char *const plain = value ? value : "";
    if (!strpbrk(plain, ",\"\r\n")) {
        ct_text_put(out, plain);
    } else {
        ct_text_put(out, "\"");
        for (const char *at = plain; *at; at++) {
            if (*at == '"')
                ct_text_put(out, "\"");
            ct_text_add(out, at, 1);
        }
        ct_text_put(out, "\"");
    }
    ct_text_put(out, end);
}

void ct_csv_number(struct text *out, double value, const char *end)
{
    if (isfinite(value))
        ct_text_number(out, value);
    ct_text_put(out, end);
}

/* What is said of a change, in the order of figures_of. */
static const char *const figures[] = {
    "reading",         "unit",    "before", "after",      "change",
    "relative_change", "scale",   "se",     "df",         "ci95_low",
    "ci95_high",       "mdc95",   "p",      "p_adjusted", "coverage",
    "area_cm2",        "verdict", "reason"};

enum { FIGURES = sizeof(figures) / sizeof(*figures) };

void ct_csv_figures(struct text *out, const cutis_change *row, const char *end)
{
    ct_csv_put(out, row->reading, ",");
    ct_csv_put(out, row->unit, ",");
    ct_csv_number(out, row->before, ",");
    ct_csv_number(out, row->after, ",");
    ct_csv_number(out, row->change, ",");
    ct_csv_number(out, row->relative_change, ",");
    ct_csv_put(out, ct_scale_name(row->scale), ",");
    ct_csv_number(out, row->se, ",");
    ct_csv_number(out, row->df, ",");
    ct_csv_number(out, row->ci95[0], ",");
    ct_csv_number(out, row->ci95[1], ",");
    ct_csv_number(out, row->mdc95, ",");
    ct_csv_number(out, row->p, ",");
    ct_csv_number(out, row->p_adjusted, ",");
    ct_csv_number(out, row->coverage, ",");
    ct_csv_number(out, row->area_cm2, ",");
    ct_csv_put(out, cutis_verdict_name(row->verdict), ",");
    ct_csv_put(out, row->reason, end);
}

void ct_csv_figure_names(struct text *out)
{
    for (int i = 0; i < FIGURES; i++)
        ct_text_format(out, ",%s", figures[i]);
}

/* ---- A row a metric and region ------------------------------------------- */

static void put_change(struct text *out, const struct report *report,
                       const cutis_change *row)
{
    ct_csv_put(out, report->before->picture->sha256, ",");
    ct_csv_put(out, report->after->picture->sha256, ",");
    ct_csv_put(out, row->metric->name, ",");
    ct_csv_put(out, row->region->name, ",");
    ct_csv_figures(out, row, "\n");
}

static void put_change_columns(struct text *out)
{
    ct_text_put(out, "before_sha256,after_sha256,metric,region");
    ct_csv_figure_names(out);
    ct_text_put(out, "\n");
}

static void put_comparison(struct text *out, const struct report *report)
{
    put_change_columns(out);
    for (int m = 0; m < CT_METRICS; m++)
        for (int r = 0; r < CT_REGIONS; r++)
            if (report->outcome->change[m][r].metric)
                put_change(out, report, &report->outcome->change[m][r]);
}

/* ---- A row a comparison -------------------------------------------------- */

static void put_row_columns(struct text *out)
{
    ct_text_put(out, "before_sha256,after_sha256,score_preset,comparable,"
                     "failed_checks,warned_checks,score,score_ci95_low,"
                     "score_ci95_high,score_verdict,score_label,score_reason");
    for (int m = 0; m < CT_METRICS; m++)
        for (int i = 0; i < FIGURES; i++)
            ct_text_format(out, ",%s_%s", ct_metric(m)->name, figures[i]);
    ct_text_put(out, "\n");
}

/* Which checks have a verdict: "before.focus pair.light". */
static void put_checks(struct text *out, const struct checks *checks,
                       cutis_check_verdict verdict)
{
    const char *space = "";
    for (int i = 0; i < checks->count; i++) {
        const cutis_check *const check = &checks->of[i];
        if (check->verdict != verdict)
            continue;
        ct_text_format(out, "%s%s.%s", space, ct_scope_name(check->scope),
                       check->id);
        space = " ";
    }
    ct_text_put(out, ",");
}

static void put_score(struct text *out, const cutis_score *score)
{
    ct_csv_number(out, score->score, ",");
    ct_csv_number(out, score->ci95[0], ",");
    ct_csv_number(out, score->ci95[1], ",");
    ct_csv_put(out, cutis_verdict_name(score->verdict), ",");
    ct_csv_put(out, score->label, ",");
    ct_csv_put(out, score->reason, "");
}

cutis_status ct_report_row(struct text *out, const struct report *report,
                           struct tools *tools)
{
    const struct outcome *const outcome = report->outcome;

    put_row_columns(out);
    ct_csv_put(out, report->before->picture->sha256, ",");
    ct_csv_put(out, report->after->picture->sha256, ",");
    ct_csv_put(out, outcome->score.preset, ",");
    ct_csv_put(out, ct_comparable_name(outcome->comparable), ",");
    put_checks(out, &outcome->checks, CUTIS_CHECK_FAIL);
    put_checks(out, &outcome->checks, CUTIS_CHECK_WARN);
    put_score(out, &outcome->score);
    for (int m = 0; m < CT_METRICS; m++) {
        const cutis_change *const row = &outcome->change[m][CT_FACE_REGION];
        ct_text_put(out, ",");
        if (row->metric)
            ct_csv_figures(out, row, "");
        else
            ct_text_add(out, ",,,,,,,,,,,,,,,,,", FIGURES - 1);
    }
    ct_text_put(out, "\n");
    return out->failed ? ct_no_memory(tools) : CUTIS_OK;
}

cutis_status ct_report_columns(struct text *out, cutis_format format,
                               struct tools *tools)
{
    if (format == CUTIS_FORMAT_CSV)
        put_change_columns(out);
    else if (format == CUTIS_FORMAT_ROW)
        put_row_columns(out);
    else
        return ct_fail(tools, CUTIS_ERROR_UNSUPPORTED,
                       "only tables of comparisons have columns");
    return out->failed ? ct_no_memory(tools) : CUTIS_OK;
}

/* ---- A row a reading ----------------------------------------------------- */

static void put_measurement(struct text *out, const struct report *report,
                            const cutis_measurement *row)
{
    ct_csv_put(out, report->before->picture->sha256, ",");
    ct_csv_put(out, row->metric->name, ",");
    ct_csv_put(out, row->region->name, ",");
    ct_csv_put(out, row->reading, ",");
    ct_csv_put(out, row->unit, ",");
    ct_csv_number(out, row->value, ",");
    ct_csv_number(out, row->coverage, ",");
    ct_csv_number(out, row->area_cm2, ",");
    ct_csv_put(out, cutis_verdict_name(row->verdict), ",");
    ct_csv_put(out, row->reason, "\n");
}

static void put_reading(struct text *out, const struct report *report)
{
    ct_text_put(out, "sha256,metric,region,reading,unit,value,coverage,"
                     "area_cm2,verdict,reason\n");
    for (int m = 0; m < CT_METRICS; m++)
        for (int r = 0; r < CT_REGIONS; r++) {
            const cutis_measurement row =
                ct_measurement_of(report->before->readings, m, r);
            put_measurement(out, report, &row);
        }
}

cutis_status ct_report_csv(struct text *out, const struct report *report,
                           struct tools *tools)
{
    if (report->outcome)
        put_comparison(out, report);
    else
        put_reading(out, report);
    return out->failed ? ct_no_memory(tools) : CUTIS_OK;
}
