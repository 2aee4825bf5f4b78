/* SPDX-License-Identifier: BSD-2-Clause */

/* The documents cutis.comparison/1 and cutis.measurement/1: docs/json.md. */

#include <math.h>
#include <string.h>

#include "report/report.h"

/* ---- What both share ----------------------------------------------------- */

void ct_json_tool(struct json *json)
{
    ct_json_key(json, "tool");
    ct_json_open(json, '{');
    ct_json_put_string(json, "name", "cutis");
    ct_json_put_string(json, "version", cutis_version());
    ct_json_put_string(json, "profile", cutis_profile());
    ct_json_close(json);
}

static void put_check(struct json *json, const cutis_check *check)
{
    ct_json_open(json, '{');
    ct_json_put_string(json, "id", check->id);
    ct_json_put_string(json, "photo", ct_scope_name(check->scope));
    ct_json_put_number(json, "value", check->value);
    ct_json_put_string(json, "unit", check->unit);
    ct_json_put_number(json, "limit", check->limit);
    ct_json_put_string(json, "verdict", ct_check_verdict_name(check->verdict));
    ct_json_key(json, "affects");
    ct_json_open(json, '[');
    for (size_t i = 0; i < check->affects_count; i++)
        ct_json_string(json, check->affects[i]);
    ct_json_close(json);
    ct_json_put_string(json, "message", check->message);
    ct_json_put_string(json, "region",
                       check->region ? check->region->name : NULL);
    ct_json_close(json);
}

void ct_json_checks(struct json *json, const struct checks *checks)
{
    ct_json_key(json, "checks");
    ct_json_open(json, '[');
    for (int i = 0; checks && i < checks->count; i++)
        put_check(json, &checks->of[i]);
    ct_json_close(json);
}

static void put_face(struct json *json, const struct face *face)
{
    const bool found = face->found;
    ct_json_key(json, "face");
    ct_json_open(json, '{');
    ct_json_put_flag(json, "found", found);
    ct_json_put_number(json, "confidence", found ? face->confidence : NAN);
    ct_json_key(json, "pose_deg");
    ct_json_open(json, '{');
    ct_json_put_number(json, "yaw", found ? face->pose.yaw_deg : NAN);
    ct_json_put_number(json, "pitch", found ? face->pose.pitch_deg : NAN);
    ct_json_put_number(json, "roll", found ? face->pose.roll_deg : NAN);
    ct_json_close(json);
    ct_json_close(json);
}

void ct_json_photo_head(struct json *json, const struct photo_facts *facts)
{
    const struct picture *const picture = facts->picture;
    const struct face *const face = facts->face;
    ct_json_put_string(json, "sha256", picture->sha256);
    ct_json_put_number(json, "width", picture->width);
    ct_json_put_number(json, "height", picture->height);
    ct_json_put_string(json, "colour", ct_colour_name(picture->space));
    ct_json_put_number(json, "px_per_mm", face->scale);
    ct_json_put_string(json, "scale_source", face->scale_source);
    put_face(json, face);
}

static void put_capture(struct json *json, const struct visit_photo *photo)
{
    ct_json_open(json, '{');
    ct_json_put_string(json, "sha256", photo->picture->sha256);
    ct_json_put_number(json, "px_per_mm", photo->face->scale);
    ct_json_put_flag(json, "used", photo->used);
    ct_json_put_string(json, "reason", photo->reason[0] ? photo->reason : NULL);
    ct_json_close(json);
}

static void put_photo(struct json *json, const char *key,
                      const struct photo_facts *facts,
                      const struct visit *visit)
{
    ct_json_key(json, key);
    ct_json_open(json, '{');
    ct_json_photo_head(json, facts);
    ct_json_key(json, "captures");
    ct_json_open(json, '[');
    for (int i = 0; visit && visit->count > 1 && i < visit->count; i++)
        put_capture(json, &visit->of[i]);
    ct_json_close(json);
    ct_json_close(json);
}

/* ---- A comparison -------------------------------------------------------- */

static void put_options(struct json *json, const struct report *report)
{
    ct_json_key(json, "options");
    ct_json_open(json, '{');
    ct_json_put_string(json, "preset", ct_report_preset(report));
    ct_json_put_string(json, "treated", ct_report_treated(report));
    ct_json_put_string(json, "reference",
                       report->options ? report->options->reference : NULL);
    ct_json_put_string(json, "calibration", ct_report_calibration(report));
    ct_json_put_flag(json, "polarised",
                     report->options && report->options->polarised);
    ct_json_put_number(json, "days", ct_report_days(report));
    ct_json_close(json);
}

/* Where the errors come from, if not just from what is assumed. */
static void put_errors(struct json *json, const struct errors *errors)
{
    if (!errors || (errors->pairs < 2 && !errors->site_given))
        return;
    ct_json_key(json, "errors");
    ct_json_open(json, '{');
    ct_json_put_number(json, "pairs", errors->pairs);
    ct_json_put_flag(json, "repeats", errors->repeats);
    ct_json_key(json, "site_profile");
    if (errors->site_given) {
        ct_json_open(json, '{');
        ct_json_put_string(json, "sha256", errors->sha256);
        ct_json_put_number(json, "people", errors->people);
        ct_json_put_flag(json, "used", errors->site_used);
        ct_json_put_string(json, "reason",
                           errors->reason[0] ? errors->reason : NULL);
        ct_json_close(json);
    } else {
        ct_json_string(json, NULL);
    }
    ct_json_close(json);
}

static void put_residual(struct json *json, const char *key, double median,
                         double p95)
{
    ct_json_key(json, key);
    ct_json_open(json, '{');
    ct_json_put_number(json, "median", median);
    ct_json_put_number(json, "p95", p95);
    ct_json_close(json);
}

static void put_alignment(struct json *json, const struct pair *pair)
{
    ct_json_key(json, "alignment");
    ct_json_open(json, '{');
    ct_json_put_flag(json, "refined", pair && pair->refined);
    ct_json_put_number(json, "patches_accepted",
                       pair ? pair->patches_accepted : 0);
    ct_json_put_number(json, "patches_tried", pair ? pair->patches_tried : 0);
    put_residual(json, "residual_mm", pair ? pair->residual_median_mm : NAN,
                 pair ? pair->residual_p95_mm : NAN);
    put_residual(json, "patch_residual_mm",
                 pair && pair->refined ? pair->patch_median_mm : NAN,
                 pair && pair->refined ? pair->patch_p95_mm : NAN);
    ct_json_put_string(json, "reason",
                       pair && pair->unrefined[0] ? pair->unrefined : NULL);
    ct_json_close(json);
}

/* The detail of that name; NULL if there is none. */
static const cutis_detail *find_detail(const struct reading *row,
                                       const char *name)
{
    for (int i = 0; i < row->detail_count; i++)
        if (!strcmp(row->detail[i].name, name))
            return &row->detail[i];
    return NULL;
}

static double value_of(const cutis_detail *detail)
{
    return detail ? detail->value : NAN;
}

/* One photograph may lack what the other one has: no spot has no contrast. */
static void put_pair_details(struct json *json,
                             const struct reading *const row[2])
{
    const bool both = row[0]->detail_count > 0 && row[1]->detail_count > 0;
    ct_json_key(json, "details");
    ct_json_open(json, '{');
    for (int s = 0; both && s < 2; s++)
        for (int i = 0; i < row[s]->detail_count; i++) {
            const cutis_detail *const own = &row[s]->detail[i];
            const cutis_detail *const a = find_detail(row[0], own->name);
            const cutis_detail *const b = find_detail(row[1], own->name);
            if (s == 1 && a)
                continue;
            ct_json_key(json, own->name);
            ct_json_open(json, '{');
            ct_json_put_string(json, "unit", own->unit);
            ct_json_put_number(json, "before", value_of(a));
            ct_json_put_number(json, "after", value_of(b));
            ct_json_close(json);
        }
    ct_json_close(json);
}

static void put_repeats(struct json *json, const cutis_change *change)
{
    ct_json_put_number(json, "repeat_sd", change->repeat_sd);
    ct_json_key(json, "captures_used");
    ct_json_open(json, '{');
    ct_json_put_number(json, "before", (double)change->captures_before);
    ct_json_put_number(json, "after", (double)change->captures_after);
    ct_json_close(json);
}

/* What other skin of this person would say; null where that is not known. */
static void put_spatial(struct json *json, const cutis_change *change,
                        const struct sampling *of)
{
    double ci95[2];

    if (isnan(change->p) || isnan(of->se)) {
        ct_json_put_number(json, "spatial", NAN);
        return;
    }
    ct_json_key(json, "spatial");
    ct_json_open(json, '{');
    ct_json_put_number(json, "se", of->se);
    if (ct_elsewhere(ci95, change, of))
        ct_json_put_pair(json, "ci95", ci95);
    else
        ct_json_put_number(json, "ci95", NAN);
    ct_json_put_number(json, "n_eff", of->n);
    ct_json_put_number(json, "length_mm", of->length_mm);
    ct_json_put_number(json, "block_se", of->block_se);
    ct_json_close(json);
}

static void put_change(struct json *json, const cutis_change *change,
                       const struct reading *const row[2],
                       const struct sampling *sampling, bool repeats)
{
    ct_json_open(json, '{');
    ct_json_put_string(json, "metric", change->metric->name);
    ct_json_put_string(json, "region", change->region->name);
    ct_json_put_string(json, "reading", change->reading);
    ct_json_put_string(json, "unit", change->unit);
    ct_json_put_number(json, "before", change->before);
    ct_json_put_number(json, "after", change->after);
    ct_json_put_number(json, "change", change->change);
    ct_json_put_number(json, "relative_change", change->relative_change);
    ct_json_put_string(json, "scale", ct_scale_name(change->scale));
    ct_json_put_number(json, "se", change->se);
    ct_json_put_number(json, "df", change->df);
    ct_json_put_pair(json, "ci95", change->ci95);
    ct_json_put_number(json, "mdc95", change->mdc95);
    put_spatial(json, change, sampling);
    ct_json_put_number(json, "p", change->p);
    ct_json_put_number(json, "p_adjusted", change->p_adjusted);
    ct_json_put_number(json, "coverage", change->coverage);
    ct_json_put_number(json, "area_cm2", change->area_cm2);
    ct_json_put_string(json, "verdict", cutis_verdict_name(change->verdict));
    ct_json_put_string(json, "reason", change->reason);
    if (repeats)
        put_repeats(json, change);
    put_pair_details(json, row);
    ct_json_close(json);
}

static void put_component(struct json *json, const cutis_component *part)
{
    ct_json_open(json, '{');
    ct_json_put_string(json, "metric", part->metric->name);
    ct_json_put_string(json, "reading", part->reading);
    ct_json_put_number(json, "weight", part->weight);
    ct_json_put_number(json, "used_weight", part->used_weight);
    ct_json_put_number(json, "improvement", part->improvement);
    ct_json_put_pair(json, "ci95", part->ci95);
    ct_json_put_number(json, "full_scale", part->full_scale);
    ct_json_put_number(json, "points", part->points);
    ct_json_put_string(json, "verdict", cutis_verdict_name(part->verdict));
    ct_json_close(json);
}

static void put_score(struct json *json, const struct report *report)
{
    const cutis_score *const score = &report->outcome->score;
    ct_json_key(json, "progress");
    ct_json_open(json, '{');
    ct_json_put_string(json, "preset", ct_report_preset(report));
    ct_json_put_number(json, "score", score->score);
    ct_json_put_pair(json, "ci95", score->ci95);
    ct_json_put_string(json, "verdict", cutis_verdict_name(score->verdict));
    ct_json_put_string(json, "label", score->label);
    ct_json_put_string(json, "reason", score->reason);
    ct_json_key(json, "components");
    ct_json_open(json, '[');
    for (size_t i = 0; i < score->component_count; i++)
        put_component(json, &score->components[i]);
    ct_json_close(json);
    ct_json_close(json);
}

static void put_comparison(struct json *json, const struct report *report)
{
    const struct outcome *const outcome = report->outcome;
    ct_json_put_string(json, "schema", "cutis.comparison/1");
    ct_json_tool(json);
    put_options(json, report);
    const struct visit *const visit = report->visit;
    put_photo(json, "before", report->before, visit ? &visit[0] : NULL);
    put_photo(json, "after", report->after, visit ? &visit[1] : NULL);
    ct_json_checks(json, &outcome->checks);
    ct_json_put_string(json, "comparable",
                       ct_comparable_name(outcome->comparable));
    put_alignment(json, report->pair);
    put_errors(json, report->errors);
    ct_json_key(json, "measurements");
    ct_json_open(json, '[');
    for (int m = 0; m < CT_METRICS; m++)
        for (int r = 0; r < CT_REGIONS; r++) {
            const struct reading *const row[2] = {
                &report->before->readings->of[m][r],
                &report->after->readings->of[m][r]};
            if (outcome->change[m][r].metric)
                put_change(json, &outcome->change[m][r], row,
                           &outcome->sampling[m][r], ct_report_repeats(report));
        }
    ct_json_close(json);
    put_score(json, report);
}

/* ---- Checks alone -------------------------------------------------------- */

static void put_checked(struct json *json, const char *key,
                        const struct photo_facts *facts)
{
    ct_json_key(json, key);
    if (!facts) {
        ct_json_string(json, NULL);
        return;
    }
    ct_json_open(json, '{');
    ct_json_photo_head(json, facts);
    ct_json_close(json);
}

static void put_suitability(struct json *json, const struct report *report)
{
    ct_json_put_string(json, "schema", "cutis.check/1");
    ct_json_tool(json);
    put_checked(json, "before", report->before);
    put_checked(json, "after", report->after);
    ct_json_put_string(json, "comparable",
                       ct_comparable_name(ct_comparable(report->checks)));
    ct_json_checks(json, report->checks);
}

/* ---- One photograph ------------------------------------------------------ */

static void put_details(struct json *json, const cutis_measurement *row)
{
    ct_json_key(json, "details");
    ct_json_open(json, '{');
    for (size_t i = 0; i < row->detail_count; i++) {
        if (!row->details[i].name)
            continue;
        ct_json_key(json, row->details[i].name);
        ct_json_open(json, '{');
        ct_json_put_string(json, "unit", row->details[i].unit);
        ct_json_put_number(json, "value", row->details[i].value);
        ct_json_close(json);
    }
    ct_json_close(json);
}

static void put_measurement(struct json *json, const cutis_measurement *row)
{
    ct_json_open(json, '{');
    ct_json_put_string(json, "metric", row->metric->name);
    ct_json_put_string(json, "region", row->region->name);
    ct_json_put_string(json, "reading", row->reading);
    ct_json_put_string(json, "unit", row->unit);
    ct_json_put_number(json, "value", row->value);
    ct_json_put_number(json, "coverage", row->coverage);
    ct_json_put_number(json, "area_cm2", row->area_cm2);
    ct_json_put_string(json, "verdict", cutis_verdict_name(row->verdict));
    ct_json_put_string(json, "reason", row->reason);
    put_details(json, row);
    ct_json_close(json);
}

static void put_reading(struct json *json, const struct report *report)
{
    ct_json_put_string(json, "schema", "cutis.measurement/1");
    ct_json_tool(json);
    ct_json_key(json, "photo");
    ct_json_open(json, '{');
    ct_json_photo_head(json, report->before);
    ct_json_close(json);
    ct_json_checks(json, report->checks);
    ct_json_key(json, "measurements");
    ct_json_open(json, '[');
    for (int m = 0; m < CT_METRICS; m++)
        for (int r = 0; r < CT_REGIONS; r++) {
            const cutis_measurement row =
                ct_measurement_of(report->before->readings, m, r);
            put_measurement(json, &row);
        }
    ct_json_close(json);
}

cutis_status ct_report_json(struct text *out, const struct report *report,
                            struct tools *tools)
{
    struct json json = {.out = out};
    ct_json_open(&json, '{');
    if (report->outcome)
        put_comparison(&json, report);
    else if (!report->before->readings)
        put_suitability(&json, report);
    else
        put_reading(&json, report);
    ct_json_put_string(&json, "disclaimer",
                       ct_word_in(&ct_english, CT_W_DISCLAIMER));
    ct_json_close(&json);
    return out->failed ? ct_no_memory(tools) : CUTIS_OK;
}
