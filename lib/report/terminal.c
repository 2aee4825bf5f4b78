/* SPDX-License-Identifier: BSD-2-Clause */

/* The report for a terminal of 80 columns: the answer, the table, the checks,
 * the score.  UTF-8, no colour. */

#include <math.h>
#include <string.h>

#include "report/report.h"

static void heading(struct text *out, enum ct_word word)
{
    ct_text_put(out, "\n");
    ct_text_put(out, ct_word(out, word));
    ct_text_put(out, "\n");
}

static void answer(struct text *out, struct text *scratch,
                   const struct report *report)
{
    ct_text_clear(scratch);
    ct_say_answer(scratch, report);
    ct_wrap(out, ct_text_bytes(scratch), 0, 0);
    ct_text_clear(scratch);
    ct_say_support(scratch, report);
    if (scratch->size)
        ct_wrap(out, ct_text_bytes(scratch), 0, 0);
    if (!ct_report_repeats(report) &&
        !(report->errors && report->errors->site_given))
        return;
    ct_text_clear(scratch);
    ct_say_errors(scratch, report);
    ct_wrap(out, ct_text_bytes(scratch), 0, 0);
}

/* ---- Changes ------------------------------------------------------------- */

enum { METRIC = 19, VALUE = 8, CHANGE = 22 };

static void change_head(struct text *out)
{
    ct_text_put(out, "\n");
    ct_cell(out, ct_word(out, CT_W_METRIC), METRIC, CT_LEFT);
    ct_cell(out, ct_word(out, CT_W_BEFORE), VALUE, CT_RIGHT);
    ct_cell(out, ct_word(out, CT_W_AFTER), VALUE, CT_RIGHT);
    ct_cell(out, ct_word(out, CT_W_CHANGE_CI), CHANGE, CT_RIGHT);
    ct_text_put(out, "  ");
    ct_text_put(out, ct_word(out, CT_W_VERDICT));
    ct_text_put(out, "\n");
}

static void say_change_cell(struct text *scratch, const cutis_change *row)
{
    const struct span span = ct_span_of(row);
    ct_text_clear(scratch);
    if (!isfinite(span.change))
        return;
    ct_say_span_part(scratch, &span, span.change);
    ct_text_put(scratch, span.relative ? " %" : "");
    if (!isfinite(span.low))
        return;
    ct_text_put(scratch, " (");
    ct_say_span_part(scratch, &span, span.low);
    ct_text_put(scratch, "\xe2\x80\xa6"); /* an ellipsis */
    ct_say_span_part(scratch, &span, span.high);
    ct_text_put(scratch, ")");
}

static void value_cell(struct text *out, struct text *scratch, double value,
                       int decimals)
{
    ct_text_clear(scratch);
    ct_say_number(scratch, value, decimals, CT_SIGN_MINUS);
    ct_cell(out, ct_text_bytes(scratch), VALUE, CT_RIGHT);
}

/* "Redness, H_excess" with the unit: what the numbers are. */
static void name_cell(struct text *out, struct text *scratch, const char *title,
                      const char *unit)
{
    const char *const shown = ct_unit_words(out, unit);
    ct_text_clear(scratch);
    ct_text_put(scratch, title);
    if (*shown && ct_columns(title) + ct_columns(shown) + 3 <= METRIC) {
        ct_text_put(scratch, ", ");
        ct_text_put(scratch, shown);
    }
    ct_cell(out, ct_text_bytes(scratch), METRIC, CT_LEFT);
}

static void change_row(struct text *out, struct text *scratch,
                       const cutis_change *row)
{
    const int lead = METRIC + 2 * VALUE + CHANGE + 2;
    const struct span span = ct_span_of(row);
    const bool shown = isfinite(row->change);

    name_cell(out, scratch, ct_metric_words(out, row->metric), row->unit);
    if (shown) {
        value_cell(out, scratch, row->before, span.value_decimals);
        value_cell(out, scratch, row->after, span.value_decimals);
        say_change_cell(scratch, row);
        ct_cell(out, ct_text_bytes(scratch), CHANGE, CT_RIGHT);
        ct_text_put(out, "  ");
    }
    ct_text_clear(scratch);
    ct_say_verdict(scratch, row->verdict, shown ? NULL : row->reason);
    ct_wrap(out, ct_text_bytes(scratch), shown ? lead : METRIC,
            shown ? lead : METRIC);
}

static void changes(struct text *out, struct text *scratch,
                    const struct report *report)
{
    change_head(out);
    for (int m = 0; m < CT_METRICS; m++) {
        const cutis_change *const row =
            &report->outcome->change[m][CT_FACE_REGION];
        if (row->metric)
            change_row(out, scratch, row);
    }
    ct_wrap(out, ct_word(out, CT_W_TABLE_NOTE), 0, 0);
}

/* ---- Readings of one photograph ------------------------------------------ */

enum { TITLE = 24 };

static void readings(struct text *out, struct text *scratch,
                     const struct report *report)
{
    ct_text_put(out, "\n");
    for (int m = 0; m < CT_METRICS; m++) {
        const cutis_measurement row =
            ct_measurement_of(report->before->readings, m, CT_FACE_REGION);
        ct_cell(out, ct_metric_words(out, row.metric), TITLE, CT_LEFT);
        ct_text_clear(scratch);
        if (row.verdict != CUTIS_VERDICT_OK) {
            ct_say_verdict(scratch, row.verdict, row.reason);
            ct_wrap(out, ct_text_bytes(scratch), TITLE, TITLE);
            continue;
        }
        ct_say_number(scratch, row.value, ct_decimals_of(row.value),
                      CT_SIGN_MINUS);
        ct_cell(out, ct_text_bytes(scratch), VALUE, CT_RIGHT);
        ct_text_put(out, " ");
        ct_text_put(out, ct_unit_words(out, row.unit));
        ct_text_put(out, "\n");
    }
}

/* ---- Checks -------------------------------------------------------------- */

enum { MARK = 12 };

static void check(struct text *out, struct text *scratch,
                  const struct report *report, const cutis_check *check,
                  enum ct_word verdict)
{
    static const enum ct_word photos[] = {CT_W_BEFORE, CT_W_AFTER, CT_W_BOTH};
    int column = MARK;

    ct_cell(out, ct_word(out, verdict), MARK, CT_LEFT);
    if (report->outcome) {
        ct_cell(out, ct_word(out, photos[check->scope]), VALUE, CT_LEFT);
        column += VALUE;
    }
    ct_text_clear(scratch);
    ct_say_sentence(scratch, check->message ? check->message : "");
    ct_wrap(out, ct_text_bytes(scratch), column, column);
}

static void checks(struct text *out, struct text *scratch,
                   const struct report *report)
{
    const struct checks *const all = ct_report_checks(report);
    int passed = 0;
    if (!all)
        return;
    heading(out, report->outcome ? CT_W_CHECKS : CT_W_CHECKS_ONE);
    for (int pass = CUTIS_CHECK_FAIL; pass >= CUTIS_CHECK_WARN; pass--)
        for (int i = 0; i < all->count; i++)
            if ((int)all->of[i].verdict == pass)
                check(out, scratch, report, &all->of[i],
                      pass == CUTIS_CHECK_FAIL ? CT_W_FAIL : CT_W_WARN);
    for (int i = 0; i < all->count; i++)
        passed += all->of[i].verdict == CUTIS_CHECK_PASS;
    ct_text_clear(scratch);
    ct_say_number(scratch, passed, 0, CT_SIGN_MINUS);
    ct_cell(out, ct_word(out, CT_W_PASS), MARK, CT_LEFT);
    ct_phrase(out, CT_W_CHECKS_PASSED,
              (const char *[]){ct_text_bytes(scratch)});
    ct_text_put(out, "\n");
}

/* ---- Checks alone -------------------------------------------------------- */

enum { NAME = 20 };

/* A limit of 0 is that of a question of yes or no, which the sentence answers.
 */
static bool has_value(const cutis_check *check)
{
    return check->limit != 0.0 && !isnan(check->value);
}

/* "0.31 mm (limit 0.2)". */
static void value_and_limit(struct text *out, const cutis_check *check)
{
    const char *const unit = ct_unit_words(out, check->unit);
    struct text value = ct_text_beside(out);
    struct text limit = ct_text_beside(out);
    struct text named = ct_text_beside(out);
    ct_say_number(&value, check->value, ct_decimals_of(check->value),
                  CT_SIGN_MINUS);
    ct_say_number(&limit, check->limit, ct_decimals_of(check->limit),
                  CT_SIGN_MINUS);
    if (*unit)
        ct_text_format(&named, " %s", unit);
    ct_phrase(out, CT_W_VALUE_LIMIT,
              (const char *[]){ct_text_bytes(&value), ct_text_bytes(&named),
                               ct_text_bytes(&limit)});
    out->failed |= value.failed || limit.failed || named.failed;
    ct_text_free(&value);
    ct_text_free(&limit);
    ct_text_free(&named);
}

static void affected(struct text *scratch, const cutis_check *check)
{
    ct_text_clear(scratch);
    for (size_t i = 0; i < check->affects_count; i++)
        ct_text_format(scratch, "%s%s", i ? ", " : "", check->affects[i]);
}

/* Are these one check that came out alike in two regions? */
static bool alike(const cutis_check *a, const cutis_check *b)
{
    return a->region && b->region && a->verdict == b->verdict &&
           !strcmp(a->id, b->id);
}

/* Has the check of a region been said with an earlier one like it? */
static bool is_said(const struct checks *all, int i)
{
    for (int k = 0; k < i; k++)
        if (alike(&all->of[k], &all->of[i]))
            return true;
    return false;
}

/* "Nose 0.92, Chin 1.00": the other regions with their values. */
static void other_regions(struct text *out, struct text *scratch,
                          const struct checks *all, const cutis_check *check)
{
    int count = 0;
    ct_text_clear(scratch);
    for (int i = 0; i < all->count; i++) {
        const cutis_check *const other = &all->of[i];
        if (other == check || !alike(check, other))
            continue;
        ct_text_put(scratch, count++ ? ", " : "");
        ct_text_put(scratch, ct_region_words(out, other->region));
        ct_text_put(scratch, " ");
        ct_say_number(scratch, other->value, ct_decimals_of(other->value),
                      CT_SIGN_MINUS);
    }
    if (!count)
        return;
    ct_spaces(out, MARK);
    ct_wrap(out, ct_text_bytes(scratch), MARK, MARK);
}

/* Verdict, photograph, name and value; what it says; what it affects. */
static void whole_check(struct text *out, struct text *scratch,
                        const struct report *report, const cutis_check *check)
{
    static const enum ct_word photos[] = {CT_W_BEFORE, CT_W_AFTER, CT_W_BOTH};
    static const enum ct_word verdicts[] = {CT_W_PASS, CT_W_WARN, CT_W_FAIL};
    ct_cell(out, ct_word(out, verdicts[check->verdict]), MARK, CT_LEFT);
    if (report->after)
        ct_cell(out, ct_word(out, photos[check->scope]), VALUE, CT_LEFT);
    if (has_value(check)) {
        ct_cell(out, check->id, NAME, CT_LEFT);
        value_and_limit(out, check);
    } else {
        ct_text_put(out, check->id);
    }
    ct_text_put(out, "\n");
    ct_spaces(out, MARK);
    ct_text_clear(scratch);
    ct_say_sentence(scratch, check->message);
    ct_wrap(out, ct_text_bytes(scratch), MARK, MARK);
    other_regions(out, scratch, report->checks, check);
    if (check->verdict == CUTIS_CHECK_PASS || !check->affects_count)
        return;
    affected(scratch, check);
    ct_spaces(out, MARK);
    ct_text_put(out, ct_word(out, CT_W_AFFECTS));
    ct_text_put(out, ": ");
    ct_wrap(out, ct_text_bytes(scratch),
            MARK + ct_columns(ct_word(out, CT_W_AFFECTS)) + 2, MARK);
}

/* The worst first. */
static void whole_checks(struct text *out, struct text *scratch,
                         const struct report *report)
{
    const struct checks *const all = report->checks;
    ct_text_put(out, "\n");
    for (int verdict = CUTIS_CHECK_FAIL; verdict >= CUTIS_CHECK_PASS; verdict--)
        for (int i = 0; i < all->count; i++)
            if ((int)all->of[i].verdict == verdict && !is_said(all, i))
                whole_check(out, scratch, report, &all->of[i]);
}

/* ---- Score --------------------------------------------------------------- */

enum { WEIGHT = 9, POINTS = 9 };

static void component(struct text *out, struct text *scratch,
                      const cutis_component *part)
{
    const char *const form = ct_form_words(out, part->reading);

    ct_cell(out, *form ? form : ct_metric_words(out, part->metric), TITLE,
            CT_LEFT);
    ct_text_clear(scratch);
    ct_say_percent(scratch, part->weight, 0, CT_SIGN_MINUS);
    ct_cell(out, ct_text_bytes(scratch), WEIGHT, CT_RIGHT);
    ct_text_clear(scratch);
    ct_say_percent(scratch, part->used_weight, 0, CT_SIGN_MINUS);
    ct_cell(out, ct_text_bytes(scratch), WEIGHT, CT_RIGHT);
    ct_text_clear(scratch);
    ct_say_number(scratch, part->points, 1, CT_SIGN_ALWAYS);
    ct_cell(out, ct_text_bytes(scratch), POINTS, CT_RIGHT);
    ct_text_put(out, "  ");
    ct_text_clear(scratch);
    ct_say_verdict(scratch, part->verdict, NULL);
    ct_text_put(out, ct_text_bytes(scratch));
    ct_text_put(out, "\n");
}

static void score(struct text *out, struct text *scratch,
                  const struct report *report)
{
    const cutis_score *const score = &report->outcome->score;
    heading(out, CT_W_SCORE);
    if (score->reason) {
        ct_text_clear(scratch);
        ct_say_reason(scratch, score->reason, CT_CASE_CAPITAL);
        ct_text_put(scratch, ".");
        ct_wrap(out, ct_text_bytes(scratch), 0, 0);
    }
    if (!score->component_count)
        return;
    ct_cell(out, ct_word(out, CT_W_COMPONENT), TITLE, CT_LEFT);
    ct_cell(out, ct_word(out, CT_W_WEIGHT), WEIGHT, CT_RIGHT);
    ct_cell(out, ct_word(out, CT_W_USED), WEIGHT, CT_RIGHT);
    ct_cell(out, ct_word(out, CT_W_POINTS), POINTS, CT_RIGHT);
    ct_text_put(out, "\n");
    for (size_t i = 0; i < score->component_count; i++)
        component(out, scratch, &score->components[i]);
}

cutis_status ct_report_text(struct text *out, const struct report *report,
                            struct tools *tools)
{
    out->language = ct_report_language(report);
    struct text scratch = ct_text_beside(out);
    answer(out, &scratch, report);
    if (report->outcome) {
        changes(out, &scratch, report);
        score(out, &scratch, report);
        checks(out, &scratch, report);
    } else if (report->before->readings) {
        readings(out, &scratch, report);
        checks(out, &scratch, report);
    } else {
        whole_checks(out, &scratch, report);
    }
    ct_text_put(out, "\n");
    ct_wrap(out, ct_word(out, CT_W_DISCLAIMER), 0, 0);
    out->failed |= scratch.failed;
    ct_text_free(&scratch);
    return out->failed ? ct_no_memory(tools) : CUTIS_OK;
}
