/* SPDX-License-Identifier: BSD-2-Clause */

/* The checks of the page: what failed or asks for caution, why, and what to do
 * better next time; then what passed. */

#include "report/report.h"

static enum ct_word photo_word(cutis_check_scope scope, bool visits)
{
    static const enum ct_word words[2][3] = {
        {CT_W_BEFORE, CT_W_AFTER, CT_W_BOTH},
        {CT_W_S_BASELINE, CT_W_S_VISIT, CT_W_BOTH}};
    return words[visits][scope];
}

static void affects(struct text *out, const cutis_check *check)
{
    if (!check->affects_count)
        return;
    ct_text_put(out, "<small>");
    ct_page_word(out, CT_W_AFFECTS);
    for (size_t i = 0; i < check->affects_count; i++) {
        const cutis_metric *const metric = cutis_metric_find(check->affects[i]);
        struct text plain = ct_text_beside(out);
        ct_say_clause(&plain,
                      metric ? ct_metric_words(out, metric) : check->affects[i],
                      CT_CASE_SMALL);
        out->failed |= plain.failed;
        ct_text_put(out, i ? ", " : " ");
        ct_escape(out, plain.bytes ? plain.bytes : "");
        ct_text_free(&plain);
    }
    ct_text_put(out, "</small>");
}

/* The same is said of another region: what to do stands above. */
static bool goes_on(const cutis_check *last, const cutis_check *check)
{
    return last && last->region && check->region && last->id == check->id &&
           last->scope == check->scope;
}

void ct_page_check(struct text *out, const cutis_check *last,
                   const cutis_check *check, const char *visits)
{
    const bool quiet =
        check->verdict == CUTIS_CHECK_PASS || goes_on(last, check);
    const char *const advice = quiet ? NULL : ct_advice(out, check->id);
    static const enum ct_word words[] = {CT_W_PASS, CT_W_WARN, CT_W_FAIL};

    ct_text_format(out, "<li class=\"c-%s\"><span class=\"tag\">",
                   ct_check_verdict_name(check->verdict));
    ct_say_clause(out, ct_word(out, words[check->verdict]), CT_CASE_CAPITAL);
    ct_text_put(out, "</span><div><p><b>");
    ct_escape(out, ct_check_title(out, check->id));
    ct_text_put(out, "</b> <span class=\"which\">");
    ct_page_word(out, photo_word(check->scope, visits != NULL));
    ct_text_put(out, "</span> ");
    ct_page_sentence(out, check->message ? check->message : "");
    ct_text_put(out, "</p>");
    if (advice) {
        ct_text_put(out, "<p class=\"advice\"><b>");
        ct_page_word(out, CT_W_NEXT_TIME);
        ct_text_put(out, "</b> ");
        ct_escape(out, advice);
        ct_text_put(out, "</p>");
    }
    if (!quiet)
        affects(out, check);
    if (visits) {
        ct_text_put(out, "<p><small>");
        ct_page_word(out, CT_W_S_VISITS);
        ct_text_put(out, ": ");
        ct_escape(out, visits);
        ct_text_put(out, "</small></p>");
    }
    ct_text_put(out, "</div></li>\n");
}

int ct_page_check_list(struct text *out, const struct checks *checks,
                       cutis_check_verdict verdict)
{
    const cutis_check *last = NULL;
    int found = 0;
    for (int i = 0; i < checks->count; i++) {
        if (checks->of[i].verdict != verdict)
            continue;
        ct_page_check(out, last, &checks->of[i], NULL);
        last = &checks->of[i];
        found++;
    }
    return found;
}

void ct_page_checks(struct text *out, const struct report *report)
{
    const struct checks *const checks = ct_report_checks(report);
    ct_page_open(out, "checks", CT_W_CHECKS);
    ct_text_put(out, "<p>");
    ct_page_word(out, CT_W_CHECKS_WHAT);
    ct_text_put(out, "</p>\n<ul class=\"checks\">\n");
    int troubles = ct_page_check_list(out, checks, CUTIS_CHECK_FAIL);
    troubles += ct_page_check_list(out, checks, CUTIS_CHECK_WARN);
    if (!troubles) {
        ct_text_put(out, "<li class=\"c-pass\"><div><p>");
        ct_page_word(out, CT_W_ALL_PASSED);
        ct_text_put(out, "</p></div></li>\n");
    }
    ct_text_put(out, "</ul>\n");
    if (checks->count > troubles) {
        ct_text_put(out, "<details open=\"open\"><summary>");
        ct_page_word(out, CT_W_PASSED);
        ct_text_put(out, "</summary>\n<ul class=\"checks\">\n");
        ct_page_check_list(out, checks, CUTIS_CHECK_PASS);
        ct_text_put(out, "</ul></details>\n");
    }
    ct_text_put(out, "</section>\n");
}
