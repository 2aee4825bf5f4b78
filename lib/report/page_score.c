/* SPDX-License-Identifier: BSD-2-Clause */

/* The score of the page, with every weight and interval. */

#include <math.h>

#include "report/report.h"

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
    ct_text_put(out, "</small>");
    if (score->label) {
        ct_text_put(out, "<small>");
        ct_escape(out, ct_name_words(out, score->label));
        ct_text_put(out, "</small>");
    }
    ct_text_put(out, "</p>");
    gauge(out, score);
    ct_text_put(out, "</div>\n");
}

/* An improvement on the metric's scale as the change that it is; bare: with
 * neither unit nor per cent. */
enum dress { BARE, WHOLE };
static void say_as_change(struct text *out, const cutis_component *part,
                          double improvement, enum dress dress)
{
    const double change = (double)part->metric->direction * improvement;
    const bool ratio = part->metric->scale == CUTIS_LOG;
    const char *const unit =
        ratio ? "%" : ct_unit_words(out, part->metric->unit);
    const double shown = !ratio             ? change
                         : isfinite(change) ? 100.0 * (ct_exp(change) - 1.0)
                                            : NAN;
    ct_say_number(out, shown, ratio ? 0 : 1, CT_SIGN_ALWAYS);
    if (dress == WHOLE && isfinite(change) && *unit) {
        ct_text_put(out, ct_word(out, CT_W_UNIT_SPACE));
        ct_escape(out, unit);
    }
}

/* "−27 %" and under it "−38 to −14". */
static void change_of(struct text *out, const cutis_component *part)
{
    const bool mirrored = part->metric->direction == CUTIS_LOWER_IS_BETTER;
    say_as_change(out, part, part->improvement, WHOLE);
    if (!isfinite(part->ci95[0]) || !isfinite(part->ci95[1]))
        return;
    ct_text_put(out, "<small>");
    say_as_change(out, part, part->ci95[mirrored], BARE);
    ct_text_put(out, ct_word(out, CT_W_RANGE));
    say_as_change(out, part, part->ci95[!mirrored], BARE);
    ct_text_put(out, "</small>");
}

/* As published, and as used where that is something else. */
static void weight_of(struct text *out, const cutis_component *part)
{
    struct text used = ct_text_beside(out);
    ct_say_percent(out, part->weight, 0, CT_SIGN_MINUS);
    if (part->used_weight > part->weight - 0.005 &&
        part->used_weight < part->weight + 0.005)
        return;
    ct_say_percent(&used, part->used_weight, 0, CT_SIGN_MINUS);
    ct_text_put(out, "<small>");
    ct_page_say(out, CT_W_USED_SHARE,
                (const char *[]){used.bytes ? used.bytes : ""});
    ct_text_put(out, "</small>");
    out->failed |= used.failed;
    ct_text_free(&used);
}

static void name_of(struct text *out, const cutis_component *part)
{
    const char *const form = ct_form_words(out, part->reading);
    ct_text_put(out, "<tr><th scope=\"row\">");
    ct_escape(out, *form ? form : ct_metric_words(out, part->metric));
    if (*form) {
        ct_text_put(out, "<small>");
        ct_escape(out, part->reading);
        ct_text_put(out, "</small>");
    }
    ct_text_put(out, "</th>");
}

static void component(struct text *out, const cutis_component *part)
{
    name_of(out, part);
    ct_page_cell(out, "number", CT_W_WEIGHT);
    weight_of(out, part);
    ct_text_put(out, "</td>");
    ct_page_cell(out, "number", CT_W_CHANGE);
    change_of(out, part);
    ct_text_put(out, "</td>");
    ct_page_cell(out, "number", CT_W_FULL);
    say_as_change(out, part, part->full_scale, WHOLE);
    ct_text_put(out, "</td>");
    ct_page_cell(out, "number", CT_W_POINTS);
    ct_text_put(out, "<b>");
    ct_say_number(out, part->points, 1, CT_SIGN_ALWAYS);
    ct_text_format(out,
                   "</b></td><td class=\"verdict\"><span class=\"tag v-%s\">",
                   cutis_verdict_name(part->verdict));
    ct_page_verdict(out, part->verdict, NULL);
    ct_text_put(out, "</span></td></tr>\n");
}

static void components(struct text *out, const cutis_score *score)
{
    static const enum ct_word heads[] = {CT_W_COMPONENT, CT_W_WEIGHT,
                                         CT_W_CHANGE,    CT_W_FULL,
                                         CT_W_POINTS,    CT_W_VERDICT};
    ct_text_put(out, "<table class=\"cards parts\">\n<caption>");
    ct_page_word(out, CT_W_COMPONENTS);
    ct_text_put(out, "</caption>\n<thead><tr>");
    for (int i = 0; i < 6; i++) {
        ct_text_format(out, "<th scope=\"col\"%s>",
                       i > 0 && i < 5 ? " class=\"number\"" : "");
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
    ct_page_open(out, "score", CT_W_SCORE);
    ct_text_put(out, "<p>");
    ct_page_word(out, CT_W_SCORE_WHAT);
    ct_text_put(out, "</p>\n");
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
