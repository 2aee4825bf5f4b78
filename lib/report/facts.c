/* SPDX-License-Identifier: BSD-2-Clause */

/* What a report is about, and one change in the terms of its own metric. */

#include <math.h>
#include <string.h>

#include "report/report.h"

const struct checks *ct_report_checks(const struct report *report)
{
    return report->outcome ? &report->outcome->checks : report->checks;
}

const char *ct_report_preset(const struct report *report)
{
    if (report->outcome && report->outcome->score.preset)
        return report->outcome->score.preset;
    const cutis_compare_options *const options = report->options;
    return options && options->preset ? options->preset : "general";
}

const char *ct_report_treated(const struct report *report)
{
    const cutis_compare_options *const options = report->options;
    return options && options->treated ? options->treated : "face";
}

const struct ct_language *ct_report_language(const struct report *report)
{
    const cutis_compare_options *const options = report->options;
    const struct ct_language *const language =
        ct_language_find(options ? options->language : NULL);
    return language ? language : &ct_english;
}

bool ct_report_treats(const struct report *report, int region)
{
    const char *at = ct_report_treated(report);
    while (*at && region < CT_REGIONS) {
        const size_t size = strcspn(at, ",");
        const char *const name = ct_region(region)->name;
        if ((size == 4 && !strncmp(at, "face", size)) ||
            (strlen(name) == size && !strncmp(at, name, size)))
            return true;
        at += size + (at[size] == ',');
    }
    return false;
}

int ct_report_photos(const struct report *report)
{
    return report->after ? 2 : 1;
}

bool ct_report_repeats(const struct report *report)
{
    const struct visit *const visit = report->visit;
    return visit && (visit[0].count > 1 || visit[1].count > 1);
}

double ct_report_days(const struct report *report)
{
    const cutis_compare_options *const options = report->options;
    return options && options->days >= 0.0 ? options->days : NAN;
}

const char *ct_report_calibration(const struct report *report)
{
    static const char *const names[] = {"none", "backdrop", "card", "chart"};
    const cutis_compare_options *const options = report->options;
    const struct photo_facts *const before = report->before;
    const struct photo_facts *const after =
        report->after ? report->after : report->before;
    enum ct_neutral neutral = CT_NEUTRAL_NONE;

    if (before->skin && after->skin)
        neutral = ct_common_neutral(before->skin, &before->picture->exif,
                                    after->skin, &after->picture->exif);
    if (neutral != CT_NEUTRAL_NONE)
        return names[neutral];
    if (!options)
        return "none";
    const bool partly =
        options->treated && strcmp(options->treated, "face") != 0;
    return options->reference || partly ? "reference" : "none";
}

const char *ct_report_obstacle(const struct checks *checks)
{
    const cutis_check *const obstacle = ct_obstacle(checks);
    if (obstacle)
        return obstacle->message;
    for (int i = 0; i < checks->count; i++)
        if (checks->of[i].verdict == CUTIS_CHECK_FAIL)
            return checks->of[i].message;
    return "";
}

/* ---- Names --------------------------------------------------------------- */

const char *ct_source_name(enum ct_source source)
{
    static const char *const names[] = {"jpeg", "png", "pixels"};
    return names[source];
}

const char *ct_comparable_name(cutis_comparable comparable)
{
    static const char *const names[] = {"yes", "limited", "no"};
    return names[comparable];
}

const char *ct_check_verdict_name(cutis_check_verdict verdict)
{
    static const char *const names[] = {"pass", "warn", "fail"};
    return names[verdict];
}

const char *ct_scope_name(cutis_check_scope scope)
{
    static const char *const names[] = {"before", "after", "pair"};
    return names[scope];
}

const char *ct_scale_name(cutis_scale scale)
{
    return scale == CUTIS_LOG ? "log" : "linear";
}

/* ---- Rows ---------------------------------------------------------------- */

cutis_measurement ct_measurement_of(const struct readings *readings, int metric,
                                    int region)
{
    const struct reading *const row = &readings->of[metric][region];
    const bool measured = !isnan(row->value);
    return (cutis_measurement){
        .metric = ct_metric(metric),
        .region = ct_region(region),
        .reading = row->name,
        .unit = row->unit,
        .value = row->value,
        .coverage = row->coverage,
        .area_cm2 = row->area_cm2,
        .verdict = measured ? CUTIS_VERDICT_OK : CUTIS_VERDICT_NOT_MEASURABLE,
        .reason = row->reason[0] ? row->reason : NULL,
        .detail_count = (size_t)row->detail_count,
        .details = row->detail,
    };
}

struct span ct_span_of(const cutis_change *change)
{
    const bool relative = change->scale == CUTIS_LOG;
    const double factor = relative ? 100.0 : 1.0;
    struct span span = {
        .change = relative ? change->relative_change : change->change,
        .low = change->ci95[0],
        .high = change->ci95[1],
        .mdc = change->mdc95,
        .relative = relative,
    };
    const int decimals = ct_decimals(factor * span.mdc);
    span.decimals = decimals > 2 ? 2 : decimals;
    span.value_decimals =
        relative || !isfinite(span.mdc)
            ? ct_decimals_of(fmax(fabs(change->before), fabs(change->after)))
            : span.decimals;
    return span;
}

double ct_on_axis(const cutis_change *change, double value)
{
    if (change->scale != CUTIS_LOG)
        return value;
    return value > -1.0 ? ct_log(1.0 + value) : NAN;
}

double ct_times_detectable(const cutis_change *change)
{
    const double middle = 0.5 * (ct_on_axis(change, change->ci95[0]) +
                                 ct_on_axis(change, change->ci95[1]));
    return middle / ct_on_axis(change, change->mdc95);
}

bool ct_elsewhere(double ci95[2], const cutis_change *change,
                  const struct sampling *of)
{
    const double least = 6.0; /* cells; under that the region is too small */
    const bool ratio = change->scale == CUTIS_LOG;
    const double delta = ratio ? ct_log(1.0 + change->relative_change)
                               : change->after - change->before;
    if (isnan(change->p) || isnan(of->se) || !(of->n >= least))
        return false;
    const double reach = of->se * ct_t_quantile(0.95, of->n - 1.0);
    for (int i = 0; i < 2; i++) {
        const double end = i ? delta + reach : delta - reach;
        ci95[i] = ratio ? ct_exp(end) - 1.0 : end;
    }
    return true;
}

void ct_say_span_part(struct text *out, const struct span *span, double value)
{
    const double factor = span->relative ? 100.0 : 1.0;
    ct_say_number(out, factor * value, span->decimals, CT_SIGN_ALWAYS);
}

static void say_unit(struct text *out, const cutis_change *change)
{
    const bool points = change->unit && !strcmp(change->unit, "%");
    const char *const unit = change->scale == CUTIS_LOG ? "%"
                             : points ? ct_word(out, CT_W_PERCENT_POINTS)
                                      : ct_unit_words(out, change->unit);
    if (*unit) {
        ct_text_put(out, ct_word(out, CT_W_UNIT_SPACE));
        ct_text_put(out, unit);
    }
}

void ct_say_change(struct text *out, const cutis_change *change)
{
    const struct span span = ct_span_of(change);
    ct_say_span_part(out, &span, span.change);
    if (isfinite(span.change))
        say_unit(out, change);
}

/* An end of an interval; a ratio's may be of no use, and is not spelt out. */
static void say_end(struct text *out, const struct span *span, double value)
{
    const double most = 9.995;
    if (!span->relative || value < most) {
        ct_say_span_part(out, span, value);
        return;
    }
    ct_text_put(out, ct_word(out, CT_W_OVER));
    ct_say_number(out, 999.0, 0, CT_SIGN_ALWAYS);
}

void ct_say_ends(struct text *out, const cutis_change *change,
                 const double ends[2])
{
    const struct span span = ct_span_of(change);
    if (!isfinite(ends[0]) || !isfinite(ends[1]))
        return;
    say_end(out, &span, ends[0]);
    ct_text_put(out, ct_word(out, CT_W_RANGE));
    say_end(out, &span, ends[1]);
}

void ct_say_interval(struct text *out, const cutis_change *change)
{
    ct_say_ends(out, change, change->ci95);
}

void ct_say_mdc(struct text *out, const cutis_change *change)
{
    const struct span span = ct_span_of(change);
    if (!isfinite(span.mdc))
        return;
    if (span.relative) {
        /* Of a ratio: what shows is as far on a log scale either way, and
         * nothing falls by more than all of it. */
        ct_say_span_part(out, &span, 1.0 / (1.0 + span.mdc) - 1.0);
        ct_text_put(out, ct_word(out, CT_W_EITHER));
        say_end(out, &span, span.mdc);
    } else {
        ct_text_put(out, "\xc2\xb1");
        ct_say_number(out, span.mdc, span.decimals, CT_SIGN_MINUS);
    }
    say_unit(out, change);
}

void ct_say_verdict(struct text *out, cutis_verdict verdict, const char *reason)
{
    static const enum ct_word words[CUTIS_VERDICT_COUNT] = {
        [CUTIS_VERDICT_OK] = CT_W_MEASURED,
        [CUTIS_VERDICT_NOT_MEASURABLE] = CT_W_NOT_MEASURABLE,
        [CUTIS_VERDICT_NOT_COMPARABLE] = CT_W_NOT_COMPARABLE,
        [CUTIS_VERDICT_IMPROVED] = CT_W_IMPROVED,
        [CUTIS_VERDICT_WORSE] = CT_W_WORSE,
        [CUTIS_VERDICT_CHANGED] = CT_W_CHANGED,
        [CUTIS_VERDICT_NO_MEASURABLE_CHANGE] = CT_W_NO_MEASURABLE_CHANGE,
        [CUTIS_VERDICT_NO_RELEVANT_CHANGE] = CT_W_NO_RELEVANT_CHANGE,
        [CUTIS_VERDICT_INCONCLUSIVE] = CT_W_INCONCLUSIVE,
        [CUTIS_VERDICT_TOO_EARLY] = CT_W_TOO_EARLY,
    };
    ct_text_put(out, ct_word(out, words[verdict]));
    if (reason && *reason) {
        ct_text_put(out, ct_word(out, CT_W_BECAUSE));
        ct_say_reason(out, reason, CT_CASE_SMALL);
    }
}
