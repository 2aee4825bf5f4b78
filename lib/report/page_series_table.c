/* SPDX-License-Identifier: BSD-2-Clause */

/* Tables of the page of visits: visit by visit, and contrasts. */

#include <math.h>
#include <string.h>

#include "report/series.h"

/* Opens a cell that names itself where the table becomes a list. */
static void open_cell(struct text *out, const char *class, const char *label)
{
    ct_text_format(out, "<td class=\"%s\" data-label=\"", class);
    ct_escape(out, label);
    ct_text_put(out, "\">");
}

static void head_cell(struct text *out, const char *class, const char *shown)
{
    ct_text_format(out, "<th scope=\"col\" class=\"%s\">", class);
    ct_escape(out, shown);
    ct_text_put(out, "</th>");
}

/* A change with its interval, coloured by a verdict that was given. */
static void change_cell(struct text *out, const cutis_change *row,
                        const char *label)
{
    open_cell(out, "number", label);
    if (isfinite(row->change)) {
        ct_text_format(out, "<b class=\"v-%s\">",
                       cutis_verdict_name(row->verdict));
        ct_say_change(out, row);
        ct_text_put(out, "</b><small>");
        ct_say_interval(out, row);
        ct_text_put(out, "</small>");
    } else {
        ct_text_put(out, "<span class=\"none\">");
        ct_page_verdict(out, row->verdict, NULL);
        ct_text_put(out, "</span>");
    }
    ct_text_put(out, "</td>");
}

/* ---- Visit by visit ------------------------------------------------------ */

static void since_cell(struct text *out, const struct occasion *visit)
{
    const enum ct_word word = ct_phase_word(visit->about.phase);
    open_cell(out, "", ct_word(out, CT_W_S_SINCE));
    if (isnan(visit->about.days_since_treatment))
        ct_text_fixed(out, NAN, 0);
    else
        ct_say_time(out, visit->about.days_since_treatment);
    if (word != CT_W_NOTHING) {
        ct_text_put(out, "<small>");
        ct_page_word(out, word);
        ct_text_put(out, "</small>");
    }
    ct_text_put(out, "</td>");
}

static void score_cell(struct text *out, const cutis_score *score)
{
    open_cell(out, "number", ct_word(out, CT_W_S_SCORE_HEAD));
    if (isfinite(score->score)) {
        ct_text_format(out, "<b class=\"v-%s\">",
                       cutis_verdict_name(score->verdict));
        ct_say_number(out, score->score, 0, CT_SIGN_ALWAYS);
        ct_text_put(out, "</b><small>");
        ct_say_number(out, score->ci95[0], 0, CT_SIGN_ALWAYS);
        ct_text_put(out, ct_word(out, CT_W_RANGE));
        ct_say_number(out, score->ci95[1], 0, CT_SIGN_ALWAYS);
        ct_text_put(out, "</small>");
    } else {
        ct_text_fixed(out, NAN, 0);
    }
    ct_text_put(out, "</td>");
}

/* With `count` metrics beside the score. */
static void visit_row(struct text *out, const struct occasion *visit,
                      const int *metric, int count)
{
    ct_text_put(out, "<tr><th scope=\"row\">");
    ct_escape(out, visit->label);
    ct_text_put(out, "<small>");
    ct_page_word(out, CT_W_S_DAY_HEAD);
    ct_text_put(out, " ");
    ct_say_number(out, visit->about.days,
                  visit->about.days == floor(visit->about.days) ? 0 : 1,
                  CT_SIGN_MINUS);
    ct_text_put(out, "</small></th>");
    if (visit->outcome) {
        since_cell(out, visit);
        score_cell(out, visit->about.score);
    } else {
        ct_text_put(out, "<td class=\"none whole\">");
        ct_page_word(out, CT_W_S_BASELINE);
        ct_text_put(out, "</td><td class=\"blank\"></td>");
    }
    for (int i = 0; i < count; i++) {
        if (visit->outcome)
            change_cell(out, &visit->outcome->change[metric[i]][CT_FACE_REGION],
                        ct_metric_words(out, ct_metric(metric[i])));
        else
            ct_text_put(out, "<td class=\"blank\"></td>");
    }
    ct_text_put(out, "</tr>\n");
    for (unsigned bit = 1; bit <= CUTIS_NOTE_BASELINE_TREATED; bit *= 2)
        if (visit->about.notes & bit & ~(unsigned)CUTIS_NOTE_SCARS_REMODEL) {
            ct_text_put(out, "<tr class=\"why\"><td></td>"
                             "<td colspan=\"9\">");
            ct_page_word(out, ct_note_word(bit));
            ct_text_put(out, "</td></tr>\n");
        }
}

void ct_page_visits(struct text *out, const struct course *course)
{
    int metric[CT_METRICS];
    const int count = ct_series_weighs(metric, course);

    ct_page_open(out, "visits", CT_W_S_TABLE);
    ct_text_put(out, "<table class=\"visits\">\n<thead><tr>");
    head_cell(out, "", ct_word(out, CT_W_S_VISIT));
    head_cell(out, "", ct_word(out, CT_W_S_SINCE));
    head_cell(out, "number", ct_word(out, CT_W_S_SCORE_HEAD));
    for (int i = 0; i < count; i++)
        head_cell(out, "number", ct_metric_words(out, ct_metric(metric[i])));
    ct_text_put(out, "</tr></thead>\n<tbody>\n");
    for (int i = 0; i < course->count; i++)
        visit_row(out, course->of[i], metric, count);
    ct_text_put(out, "</tbody></table>\n<p class=\"note\">");
    ct_page_word(out, CT_W_S_TABLE_NOTE);
    ct_text_put(out, "</p>\n</section>\n");
}

/* ---- Contrasts ----------------------------------------------------------- */

/* One of both changes, as a row of its own. */
static cutis_change part_of(const cutis_change *row, double value)
{
    cutis_change part = *row;
    part.change = value;
    part.relative_change = row->scale == CUTIS_LOG ? value : NAN;
    return part;
}

static void contrast_row(struct text *out, const cutis_contrast *contrast)
{
    const cutis_change row = ct_row_of_contrast(contrast);
    const cutis_change treated = part_of(&row, contrast->treated);
    const cutis_change control = part_of(&row, contrast->control);

    ct_text_put(out, "<tr><th scope=\"row\">");
    ct_escape(out, ct_metric_words(out, contrast->metric));
    ct_text_put(out, "</th>");
    if (isnan(contrast->difference)) {
        ct_text_put(out, "<td class=\"none whole\" colspan=\"4\">");
        ct_page_verdict(out, contrast->verdict, contrast->reason);
        ct_text_put(out, "</td></tr>\n");
        return;
    }
    open_cell(out, "number", ct_word(out, CT_W_S_TREATED));
    ct_say_change(out, &treated);
    ct_text_put(out, "</td>");
    open_cell(out, "number", ct_word(out, CT_W_S_UNTREATED));
    ct_say_change(out, &control);
    ct_text_put(out, "</td>");
    change_cell(out, &row, ct_word(out, CT_W_S_DIFFERENCE));
    ct_text_format(out, "<td class=\"verdict\"><span class=\"tag v-%s\">",
                   cutis_verdict_name(contrast->verdict));
    ct_page_verdict(out, contrast->verdict, NULL);
    ct_text_put(out, "</span></td></tr>\n");
}

void ct_page_contrasts(struct text *out, const struct course *course,
                       cutis_contrast_kind kind)
{
    static const enum ct_word titles[] = {CT_W_S_SIDES, CT_W_S_REFERENCE};
    static const enum ct_word notes[] = {CT_W_S_SIDES_NOTE,
                                         CT_W_S_REFERENCE_NOTE};
    const struct occasion *const last = course->of[course->count - 1];
    if (!last->contrast[kind][0].metric)
        return;
    ct_page_open(out, kind == CUTIS_CONTRAST_SIDES ? "sides" : "reference",
                 titles[kind]);
    ct_text_put(out, "<table class=\"visits\">\n<caption>");
    ct_escape(out, last->label);
    ct_text_put(out, "</caption>\n<thead><tr>");
    head_cell(out, "", ct_word(out, CT_W_METRIC));
    head_cell(out, "number", ct_word(out, CT_W_S_TREATED));
    head_cell(out, "number", ct_word(out, CT_W_S_UNTREATED));
    head_cell(out, "number", ct_word(out, CT_W_S_DIFFERENCE));
    head_cell(out, "", ct_word(out, CT_W_VERDICT));
    ct_text_put(out, "</tr></thead>\n<tbody>\n");
    for (int m = 0; m < CT_METRICS; m++)
        contrast_row(out, &last->contrast[kind][m]);
    ct_text_put(out, "</tbody></table>\n<p class=\"note\">");
    ct_page_word(out, notes[kind]);
    ct_text_put(out, "</p>\n</section>\n");
}
