/* SPDX-License-Identifier: BSD-2-Clause */

/* The answer: one sentence with its certainty, then what holds it up. */

#include <math.h>
#include <string.h>

#include "report/report.h"

/* Texts that are filled into a sentence. */
enum { GAPS = 4 };
struct gaps {
    struct text text[GAPS];
    const char *with[GAPS];
};

static void gaps_open(struct gaps *gaps, const struct text *out)
{
    for (int i = 0; i < GAPS; i++)
        gaps->text[i] = ct_text_beside(out);
}

/* Says the sentence and lets go of what was filled in. */
static void gaps_say(struct text *out, enum ct_word word, struct gaps *gaps)
{
    for (int i = 0; i < GAPS; i++) {
        out->failed |= gaps->text[i].failed;
        gaps->with[i] = gaps->text[i].bytes ? gaps->text[i].bytes : "";
    }
    ct_phrase(out, word, gaps->with);
    for (int i = 0; i < GAPS; i++)
        ct_text_free(&gaps->text[i]);
}

cutis_verdict ct_answer_verdict(const struct report *report)
{
    if (!report->outcome)
        return CUTIS_VERDICT_OK;
    if (report->outcome->comparable == CUTIS_COMPARABLE_NO)
        return CUTIS_VERDICT_NOT_COMPARABLE;
    return report->outcome->score.verdict;
}

/* ---- Two photographs ----------------------------------------------------- */

/* Of the check that forbids it, or of the score. */
static const char *main_reason(const struct report *report)
{
    if (report->outcome->comparable == CUTIS_COMPARABLE_NO)
        return ct_report_obstacle(&report->outcome->checks);
    const char *const reason = report->outcome->score.reason;
    return reason ? reason : "";
}

/* A score's reason may begin with the verdict that the sentence says too. */
static const char *beyond_verdict(const char *reason)
{
    static const char *const begins[] = {"Not scoreable: ", "Not scored: "};
    for (int i = 0; i < 2; i++)
        if (!strncmp(reason, begins[i], strlen(begins[i])))
            return reason + strlen(begins[i]);
    return reason;
}

static enum ct_word sentence_of(cutis_verdict verdict, bool scored)
{
    switch (verdict) {
    case CUTIS_VERDICT_IMPROVED:
        return CT_W_ANSWER_IMPROVED;
    case CUTIS_VERDICT_WORSE:
        return CT_W_ANSWER_WORSE;
    case CUTIS_VERDICT_NOT_COMPARABLE:
        return CT_W_ANSWER_NOT_COMPARABLE;
    case CUTIS_VERDICT_TOO_EARLY:
        return CT_W_ANSWER_TOO_EARLY;
    case CUTIS_VERDICT_INCONCLUSIVE:
        return scored ? CT_W_ANSWER_INCONCLUSIVE : CT_W_ANSWER_NO_SCORE;
    case CUTIS_VERDICT_NO_RELEVANT_CHANGE:
        return scored ? CT_W_ANSWER_NO_RELEVANT : CT_W_ANSWER_NO_SCORE;
    default:
        return scored ? CT_W_ANSWER_NO_CHANGE : CT_W_ANSWER_NO_SCORE;
    }
}

static void say_comparison(struct text *out, const struct report *report)
{
    const cutis_score *const score = &report->outcome->score;
    const cutis_verdict verdict = ct_answer_verdict(report);
    const bool directed =
        verdict == CUTIS_VERDICT_IMPROVED || verdict == CUTIS_VERDICT_WORSE;
    const enum ct_word word = sentence_of(verdict, isfinite(score->score));
    struct gaps gaps;

    gaps_open(&gaps, out);
    if (word == CT_W_ANSWER_NOT_COMPARABLE || word == CT_W_ANSWER_TOO_EARLY ||
        word == CT_W_ANSWER_NO_SCORE) {
        const char *const reason = beyond_verdict(main_reason(report));
        struct text fault = ct_text_beside(out);
        ct_say_sentence(&fault, reason);
        /* What to do about it comes after a semicolon, and further down. */
        if (fault.size)
            fault.bytes[strcspn(fault.bytes, ";")] = 0;
        ct_say_clause(&gaps.text[0],
                      fault.size ? fault.bytes : ct_word(out, CT_W_SEE_BELOW),
                      CT_CASE_SMALL);
        out->failed |= fault.failed;
        ct_text_free(&fault);
    } else {
        const enum ct_word first =
            directed ? CT_W_SUBJECT_GENERAL : CT_W_OBJECT_GENERAL;
        ct_text_put(&gaps.text[0],
                    ct_preset_words(out, ct_report_preset(report), first));
    }
    ct_say_number(&gaps.text[1], score->score, 0, CT_SIGN_ALWAYS);
    ct_say_number(&gaps.text[2], score->ci95[0], 0, CT_SIGN_ALWAYS);
    ct_say_number(&gaps.text[3], score->ci95[1], 0, CT_SIGN_ALWAYS);
    gaps_say(out, word, &gaps);
}

/* "Improved: redness, texture."  Nothing where no metric has that verdict. */
static void say_group(struct text *out, const struct report *report,
                      cutis_verdict verdict)
{
    int found = 0;
    for (int m = 0; m < CT_METRICS; m++) {
        const cutis_change *const row =
            &report->outcome->change[m][CT_FACE_REGION];
        if (!row->metric || row->verdict != verdict)
            continue;
        if (found == 0) {
            if (out->size)
                ct_text_put(out, " ");
            struct text word = ct_text_beside(out);
            ct_say_verdict(&word, verdict, NULL);
            out->failed |= word.failed;
            ct_say_clause(out, word.bytes ? word.bytes : "", CT_CASE_CAPITAL);
            ct_text_free(&word);
            ct_text_put(out, ": ");
        } else {
            ct_text_put(out, ", ");
        }
        ct_say_clause(out, ct_metric_words(out, row->metric), CT_CASE_SMALL);
        found++;
    }
    if (found)
        ct_text_put(out, ".");
}

static void support_comparison(struct text *out, const struct report *report)
{
    static const cutis_verdict order[] = {CUTIS_VERDICT_IMPROVED,
                                          CUTIS_VERDICT_WORSE,
                                          CUTIS_VERDICT_CHANGED,
                                          CUTIS_VERDICT_NO_MEASURABLE_CHANGE,
                                          CUTIS_VERDICT_NO_RELEVANT_CHANGE,
                                          CUTIS_VERDICT_INCONCLUSIVE,
                                          CUTIS_VERDICT_NOT_MEASURABLE,
                                          CUTIS_VERDICT_NOT_COMPARABLE,
                                          CUTIS_VERDICT_TOO_EARLY};
    for (size_t i = 0; i < sizeof(order) / sizeof(*order); i++)
        say_group(out, report, order[i]);
    if (report->outcome->comparable == CUTIS_COMPARABLE_LIMITED) {
        ct_text_put(out, out->size ? " " : "");
        ct_text_put(out, ct_word(out, CT_W_LIMITED));
    }
}

/* ---- One photograph ------------------------------------------------------ */

static bool measured(const struct report *report, int metric)
{
    return !isnan(report->before->readings->of[metric][CT_FACE_REGION].value);
}

static void say_reading(struct text *out, const struct report *report)
{
    int count = 0;
    for (int m = 0; m < CT_METRICS; m++)
        count += measured(report, m);
    struct gaps gaps;
    gaps_open(&gaps, out);
    ct_say_number(&gaps.text[0], count, 0, CT_SIGN_MINUS);
    ct_say_number(&gaps.text[1], CT_METRICS, 0, CT_SIGN_MINUS);
    gaps_say(out,
             count == CT_METRICS ? CT_W_ANSWER_ALL_MEASURED
                                 : CT_W_ANSWER_MEASURED,
             &gaps);
}

static void support_reading(struct text *out, const struct report *report)
{
    int found = 0;
    for (int m = 0; m < CT_METRICS; m++) {
        if (measured(report, m))
            continue;
        if (!found)
            ct_say_clause(out, ct_word(out, CT_W_NOT_MEASURABLE),
                          CT_CASE_CAPITAL);
        ct_text_put(out, found ? ", " : ": ");
        ct_say_clause(out, ct_metric_words(out, ct_metric(m)), CT_CASE_SMALL);
        found++;
    }
    ct_text_put(out, found ? "." : "");
}

/* ---- Either -------------------------------------------------------------- */

/* Does a check that failed leave the photographs as comparable as before? */
static bool some_failed(const struct checks *checks)
{
    for (int i = 0; i < checks->count; i++)
        if (checks->of[i].verdict == CUTIS_CHECK_FAIL)
            return true;
    return false;
}

/* Checks alone. */
static void say_suitability(struct text *out, const struct report *report)
{
    static const enum ct_word words[2][3] = {
        {CT_W_SUITS_ONE, CT_W_SUITS_ONE_IN_PART, CT_W_SUITS_ONE_NOT},
        {CT_W_SUITS, CT_W_SUITS_IN_PART, CT_W_ANSWER_NOT_COMPARABLE},
    };
    struct gaps gaps;
    gaps_open(&gaps, out);
    ct_say_reason(&gaps.text[0], ct_report_obstacle(report->checks),
                  CT_CASE_SMALL);
    const bool pair = report->after != NULL;
    const cutis_comparable comparable = ct_comparable(report->checks);
    const bool coarse =
        comparable == CUTIS_COMPARABLE_YES && some_failed(report->checks);
    gaps_say(out,
             coarse ? (pair ? CT_W_SUITS_COARSE : CT_W_SUITS_ONE_COARSE)
                    : words[pair][comparable],
             &gaps);
}

void ct_say_answer(struct text *out, const struct report *report)
{
    if (report->outcome)
        say_comparison(out, report);
    else if (!report->before->readings)
        say_suitability(out, report);
    else
        say_reading(out, report);
}

void ct_say_support(struct text *out, const struct report *report)
{
    if (report->outcome)
        support_comparison(out, report);
    else if (report->before->readings)
        support_reading(out, report);
}
