/* SPDX-License-Identifier: BSD-2-Clause */

/* The score of the page, with every weight, and the checks. */

#include <math.h>

#include "report/report.h"

/* ---- Score --------------------------------------------------------------- */

static int place(double score)
{
    return (int)(200.0 + 1.75 * fmin(fmax(score, -100.0), 100.0) + 0.5);
}

/* From -100 to 100, with the ends of the bands that have a name. */
static void gauge(struct text *out, const cutis_score *score)
{
    static const int ends[] = {-100, -40, -15, 0, 15, 40, 100};
    ct_text_format(out,
                   "<svg class=\"gauge v-%s\" viewBox=\"0 0 400 62\" "
                   "aria-hidden=\"true\">",
                   cutis_verdict_name(score->verdict));
    ct_text_format(out,
                   "<path class=\"axis\" d=\"M%d 28H%d\"/><rect class=\"band\" "
                   "x=\"%d\" y=\"14\" width=\"%d\" height=\"28\"/>",
                   place(-100), place(100), place(-15), place(15) - place(-15));
    for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++) {
        ct_text_format(out,
                       "<path class=\"axis\" d=\"M%d 23v10\"/>"
                       "<text x=\"%d\" y=\"58\">",
                       place(ends[i]), place(ends[i]));
        ct_say_number(out, ends[i], 0, CT_SIGN_ALWAYS);
        ct_text_put(out, "</text>");
    }
    if (isfinite(score->ci95[0]) && isfinite(score->ci95[1]))
        ct_text_format(out, "<path class=\"ci\" d=\"M%d 28H%d\"/>",
                       place(score->ci95[0]), place(score->ci95[1]));
    ct_text_format(out,
                   "<circle class=\"dot\" cx=\"%d\" cy=\"28\" r=\"8\"/></svg>",
                   place(score->score));
}

static void figure(struct text *out, const cutis_score *score)
{
    ct_text_put(out, "<div class=\"figure\"><p class=\"total\"><b>");
    ct_say_number(out, score->score, 0, CT_SIGN_ALWAYS);
    ct_text_put(out, "</b><small>");
    ct_page_word(out, CT_W_INTERVAL);
    ct_text_put(out, " ");
    ct_say_number(out, score->ci95[0], 0, CT_SIGN_ALWAYS);
    ct_text_put(out, ct_word(out, CT_W_RANGE));
    ct_say_number(out, score->ci95[1], 0, CT_SIGN_ALWAYS);
    ct_text_put(out, "</small></p>");
    gauge(out, score);
    ct_text_put(out, "</div>\n");
}

/* An improvement, or its full scale, as the change of the metric it is. */
static void say_as_change(struct text *out, const cutis_component *part,
                          double improvement)
{
    const int sign = part->metric->direction;
    const double change = sign * improvement;
    if (part->metric->scale == CUTIS_LOG) {
        ct_say_percent(out, isfinite(change) ? ct_exp(change) - 1.0 : NAN, 0,
                       CT_SIGN_ALWAYS);
        return;
    }
    const char *const unit = ct_unit_words(out, part->metric->unit);
    ct_say_number(out, change, 1, CT_SIGN_ALWAYS);
    if (isfinite(change) && *unit) {
        ct_text_put(out, ct_word(out, CT_W_UNIT_SPACE));
        ct_escape(out, unit);
    }
}

static void component(struct text *out, const cutis_component *part)
{
    ct_text_put(out, "<tr><th scope=\"row\">");
    ct_escape(out, ct_metric_words(out, part->metric));
    ct_text_put(out, "<small>");
    ct_escape(out, part->reading ? part->reading : "");
    ct_text_put(out, "</small></th><td class=\"number\">");
    ct_say_percent(out, part->weight, 0, CT_SIGN_MINUS);
    ct_text_put(out, "</td><td class=\"number\">");
    ct_say_percent(out, part->used_weight, 0, CT_SIGN_MINUS);
    ct_text_put(out, "</td><td class=\"number\">");
    say_as_change(out, part, part->improvement);
    ct_text_put(out, "</td><td class=\"number\">");
    say_as_change(out, part, part->full_scale);
    ct_text_put(out, "</td><td class=\"number\"><b>");
    ct_say_number(out, part->points, 1, CT_SIGN_ALWAYS);
    ct_text_format(out, "</b></td><td><span class=\"tag v-%s\">",
                   cutis_verdict_name(part->verdict));
    ct_page_verdict(out, part->verdict, NULL);
    ct_text_put(out, "</span></td></tr>\n");
}

static void components(struct text *out, const cutis_score *score)
{
    static const enum ct_word heads[] = {
        CT_W_COMPONENT, CT_W_WEIGHT, CT_W_USED,   CT_W_CHANGE,
        CT_W_FULL,      CT_W_POINTS, CT_W_VERDICT};
    ct_text_put(out, "<table class=\"parts\">\n<thead><tr>");
    for (int i = 0; i < 7; i++) {
        ct_text_format(out, "<th scope=\"col\"%s>",
                       i > 0 && i < 6 ? " class=\"number\"" : "");
        ct_page_word(out, heads[i]);
        ct_text_put(out, "</th>");
    }
    ct_text_put(out, "</tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < score->component_count; i++)
        component(out, &score->components[i]);
    ct_text_put(out, "</tbody></table>\n<p class=\"note\">");
    ct_page_word(out, CT_W_SCORE_NOTE);
    ct_text_put(out, "</p>\n");
}

void ct_page_score(struct text *out, const struct report *report)
{
    const cutis_score *const score = &report->outcome->score;
    ct_text_put(out, "<section aria-labelledby=\"h-score\">\n"
                     "<h2 id=\"h-score\">");
    ct_page_word(out, CT_W_SCORE);
    ct_text_put(out, "</h2>\n");
    if (isfinite(score->score))
        figure(out, score);
    if (score->reason) {
        ct_text_put(out, "<p>");
        ct_page_sentence(out, score->reason);
        ct_text_put(out, "</p>\n");
    }
    if (score->component_count)
        components(out, score);
    ct_text_put(out, "</section>\n");
}

/* ---- Checks -------------------------------------------------------------- */

static enum ct_word photo_word(cutis_check_scope scope)
{
    static const enum ct_word words[] = {CT_W_BEFORE, CT_W_AFTER, CT_W_BOTH};
    return words[scope];
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

static void check_item(struct text *out, const cutis_check *check)
{
    const bool passed = check->verdict == CUTIS_CHECK_PASS;
    const char *const advice = passed ? NULL : ct_advice(out, check->id);
    static const enum ct_word words[] = {CT_W_PASS, CT_W_WARN, CT_W_FAIL};

    ct_text_format(out, "<li class=\"c-%s\"><span class=\"tag\">",
                   ct_check_verdict_name(check->verdict));
    ct_say_clause(out, ct_word(out, words[check->verdict]), CT_CASE_CAPITAL);
    ct_text_put(out, "</span><div><p><b>");
    ct_escape(out, ct_check_title(out, check->id));
    ct_text_put(out, "</b> <span class=\"which\">");
    ct_page_word(out, photo_word(check->scope));
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
    if (!passed)
        affects(out, check);
    ct_text_put(out, "</div></li>\n");
}

static int list(struct text *out, const struct checks *checks,
                cutis_check_verdict verdict)
{
    int found = 0;
    for (int i = 0; i < checks->count; i++) {
        if (checks->of[i].verdict != verdict)
            continue;
        check_item(out, &checks->of[i]);
        found++;
    }
    return found;
}

void ct_page_checks(struct text *out, const struct report *report)
{
    const struct checks *const checks = ct_report_checks(report);
    ct_text_put(out, "<section aria-labelledby=\"h-checks\">\n"
                     "<h2 id=\"h-checks\">");
    ct_page_word(out, CT_W_CHECKS);
    ct_text_put(out, "</h2>\n<ul class=\"checks\">\n");
    int troubles = list(out, checks, CUTIS_CHECK_FAIL);
    troubles += list(out, checks, CUTIS_CHECK_WARN);
    if (!troubles) {
        ct_text_put(out, "<li class=\"c-pass\"><div><p>");
        ct_page_word(out, CT_W_ALL_PASSED);
        ct_text_put(out, "</p></div></li>\n");
    }
    ct_text_put(out, "</ul>\n");
    if (checks->count > troubles) {
        ct_text_put(out, "<details><summary>");
        ct_page_word(out, CT_W_PASSED);
        ct_text_put(out, "</summary>\n<ul class=\"checks\">\n");
        list(out, checks, CUTIS_CHECK_PASS);
        ct_text_put(out, "</ul></details>\n");
    }
    ct_text_put(out, "</section>\n");
}
