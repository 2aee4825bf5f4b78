/* SPDX-License-Identifier: BSD-2-Clause */

/* The document cutis.series/1: docs/json.md. */

#include <math.h>
#include <string.h>

#include "report/series.h"

static const char *or_else(const char *string, const char *otherwise)
{
    return string ? string : otherwise;
}

static void put_list(struct json *json, const char *key,
                     const bool regions[CT_REGIONS])
{
    ct_json_key(json, key);
    ct_json_open(json, '[');
    for (int r = 0; r < CT_REGIONS; r++)
        if (regions[r])
            ct_json_string(json, ct_region(r)->name);
    ct_json_close(json);
}

static void put_options(struct json *json, const struct course *course)
{
    const cutis_compare_options *const options = course->options;
    ct_json_key(json, "options");
    ct_json_open(json, '{');
    ct_json_put_string(json, "preset", or_else(options->preset, "general"));
    ct_json_put_string(json, "treated", or_else(options->treated, "face"));
    ct_json_put_string(json, "reference", options->reference);
    put_list(json, "control_side", course->control);
    ct_json_put_flag(json, "polarised", options->polarised);
    ct_json_close(json);
}

static void put_baseline(struct json *json, const struct course *course)
{
    ct_json_key(json, "baseline");
    ct_json_open(json, '{');
    ct_json_put_number(json, "days", course->baseline_days);
    ct_json_put_number(json, "visits", course->baseline_visits);
    ct_json_put_number(json, "captures", course->baseline_captures);
    ct_json_close(json);
}

/* ---- A visit ------------------------------------------------------------- */

static void put_captures(struct json *json, const struct occasion *visit)
{
    ct_json_key(json, "captures");
    ct_json_open(json, '[');
    for (size_t i = 0; i < visit->about.capture_count; i++) {
        ct_json_open(json, '{');
        ct_json_put_string(json, "sha256", visit->sha256[i]);
        ct_json_close(json);
    }
    ct_json_close(json);
}

static void put_notes(struct json *json, unsigned notes)
{
    ct_json_key(json, "notes");
    ct_json_open(json, '[');
    for (unsigned bit = 1; bit <= CUTIS_NOTE_BASELINE_TREATED; bit *= 2)
        if (notes & bit)
            ct_json_string(json, ct_note_name(bit));
    ct_json_close(json);
}

static void put_score(struct json *json, const cutis_series_visit *about)
{
    const cutis_score *const score = about->score;
    ct_json_key(json, "progress");
    if (!score) {
        ct_json_string(json, NULL);
        return;
    }
    ct_json_open(json, '{');
    ct_json_put_number(json, "score", score->score);
    ct_json_put_pair(json, "ci95", score->ci95);
    ct_json_put_number(json, "p", about->score_p);
    ct_json_put_number(json, "p_adjusted", about->score_p_adjusted);
    ct_json_put_string(json, "verdict", cutis_verdict_name(score->verdict));
    ct_json_put_string(json, "label", score->label);
    ct_json_put_string(json, "reason", score->reason);
    ct_json_close(json);
}

static void put_row(struct json *json, const cutis_change *row)
{
    ct_json_open(json, '{');
    ct_json_put_string(json, "metric", row->metric->name);
    ct_json_put_string(json, "region", row->region->name);
    ct_json_put_string(json, "reading", row->reading);
    ct_json_put_string(json, "unit", row->unit);
    ct_json_put_number(json, "baseline", row->before);
    ct_json_put_number(json, "value", row->after);
    ct_json_put_number(json, "change", row->change);
    ct_json_put_number(json, "relative_change", row->relative_change);
    ct_json_put_string(json, "scale", ct_scale_name(row->scale));
    ct_json_put_number(json, "se", row->se);
    ct_json_put_number(json, "df", row->df);
    ct_json_put_pair(json, "ci95", row->ci95);
    ct_json_put_number(json, "mdc95", row->mdc95);
    ct_json_put_number(json, "p", row->p);
    ct_json_put_number(json, "p_adjusted", row->p_adjusted);
    ct_json_put_number(json, "coverage", row->coverage);
    ct_json_put_number(json, "area_cm2", row->area_cm2);
    ct_json_put_string(json, "verdict", cutis_verdict_name(row->verdict));
    ct_json_put_string(json, "reason", row->reason);
    ct_json_close(json);
}

static void put_contrast(struct json *json, const cutis_contrast *one,
                         const char *kind)
{
    ct_json_open(json, '{');
    ct_json_put_string(json, "kind", kind);
    ct_json_put_string(json, "metric", one->metric->name);
    ct_json_put_string(json, "reading", one->reading);
    ct_json_put_string(json, "unit", one->unit);
    ct_json_put_string(json, "scale", ct_scale_name(one->scale));
    ct_json_put_number(json, "treated", one->treated);
    ct_json_put_number(json, "control", one->control);
    ct_json_put_number(json, "difference", one->difference);
    ct_json_put_number(json, "se", one->se);
    ct_json_put_number(json, "df", one->df);
    ct_json_put_pair(json, "ci95", one->ci95);
    ct_json_put_number(json, "mdc95", one->mdc95);
    ct_json_put_number(json, "p", one->p);
    ct_json_put_number(json, "p_adjusted", one->p_adjusted);
    ct_json_put_number(json, "area_cm2", one->area_cm2);
    ct_json_put_string(json, "verdict", cutis_verdict_name(one->verdict));
    ct_json_put_string(json, "reason", one->reason);
    ct_json_close(json);
}

static void put_rows(struct json *json, const struct occasion *visit)
{
    static const char *const kinds[] = {"sides", "reference"};
    ct_json_key(json, "measurements");
    ct_json_open(json, '[');
    for (int m = 0; visit->outcome && m < CT_METRICS; m++)
        for (int r = 0; r < CT_REGIONS; r++)
            put_row(json, &visit->outcome->change[m][r]);
    ct_json_close(json);
    ct_json_key(json, "contrasts");
    ct_json_open(json, '[');
    for (int kind = 0; kind < CUTIS_CONTRASTS; kind++)
        for (int m = 0; m < CT_METRICS; m++)
            if (visit->contrast[kind][m].metric)
                put_contrast(json, &visit->contrast[kind][m], kinds[kind]);
    ct_json_close(json);
}

static void put_visit(struct json *json, const struct occasion *visit)
{
    const cutis_series_visit *const about = &visit->about;
    const bool baseline = !visit->outcome;
    ct_json_open(json, '{');
    ct_json_put_string(json, "label", about->label);
    ct_json_put_string(json, "role", baseline ? "baseline" : "visit");
    ct_json_put_number(json, "days", about->days);
    ct_json_put_number(json, "days_since_treatment",
                       about->days_since_treatment);
    ct_json_put_string(json, "phase", cutis_phase_name(about->phase));
    put_captures(json, visit);
    put_notes(json, about->notes);
    ct_json_put_string(json, "comparable",
                       baseline ? NULL : ct_comparable_name(about->comparable));
    ct_json_checks(json, baseline ? NULL : &visit->outcome->checks);
    put_score(json, about);
    put_rows(json, visit);
    ct_json_close(json);
}

/* ---- Trends -------------------------------------------------------------- */

static void put_trend(struct json *json, const cutis_trend *trend,
                      const struct course *course)
{
    const bool lasts = trend->sustained_from >= 0;
    ct_json_open(json, '{');
    ct_json_put_string(json, "metric", trend->metric->name);
    ct_json_put_string(json, "region", trend->region->name);
    ct_json_put_string(json, "reading", trend->reading);
    ct_json_put_string(json, "unit", trend->unit);
    ct_json_put_string(json, "scale", ct_scale_name(trend->scale));
    ct_json_put_number(json, "points", (double)trend->points);
    ct_json_put_number(json, "slope_per_week", trend->slope);
    ct_json_put_number(json, "se", trend->se);
    ct_json_put_number(json, "df", trend->df);
    ct_json_put_pair(json, "ci95", trend->ci95);
    ct_json_put_number(json, "p", trend->p);
    ct_json_put_number(json, "p_adjusted", trend->p_adjusted);
    ct_json_put_number(json, "theil_sen_per_week", trend->theil_sen);
    ct_json_put_number(json, "mann_kendall_p", trend->mann_kendall);
    ct_json_put_string(json, "verdict", cutis_verdict_name(trend->verdict));
    ct_json_put_string(json, "sustained",
                       lasts ? cutis_verdict_name(trend->sustained) : NULL);
    ct_json_put_string(json, "sustained_from",
                       lasts ? course->of[trend->sustained_from]->label : NULL);
    ct_json_close(json);
}

cutis_status ct_series_json(struct text *out, const struct course *course,
                            struct tools *tools)
{
    struct json json = {.out = out};
    ct_json_open(&json, '{');
    ct_json_put_string(&json, "schema", "cutis.series/1");
    ct_json_tool(&json);
    put_options(&json, course);
    put_baseline(&json, course);
    ct_json_key(&json, "visits");
    ct_json_open(&json, '[');
    for (int i = 0; i < course->count; i++)
        put_visit(&json, course->of[i]);
    ct_json_close(&json);
    ct_json_key(&json, "trends");
    ct_json_open(&json, '[');
    for (int m = 0; m < CT_METRICS; m++)
        for (int r = 0; r < CT_REGIONS; r++)
            put_trend(&json, &course->trend[m][r], course);
    ct_json_close(&json);
    ct_json_put_string(&json, "disclaimer", ct_word(out, CT_W_DISCLAIMER));
    ct_json_close(&json);
    return out->failed ? ct_no_memory(tools) : CUTIS_OK;
}
