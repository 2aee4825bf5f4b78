/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The tables of the page.  A change is drawn as a dot with its 95 % interval
 * on an axis whose unit is that row's own smallest detectable change: the band
 * in the middle is what repeat photographs of unchanged skin would show.
 * Better is to the right.
 */

#include <math.h>
#include <string.h>

#include "report/report.h"

/* ---- Plots --------------------------------------------------------------- */

enum { PLOT_WIDTH = 250, PLOT_HEIGHT = 28, UNIT = 23 };
enum { MAIN_BAR = 12, THIN_BAR = 23 }; /* px from the top */

/* An interval, px from the left, inside the plot. */
struct bar {
    double low, high;
    bool cut_low, cut_high; /* it goes on */
};

static double held(double x, bool *cut)
{
    const double edge = 6.0;
    *cut = x < edge || x > PLOT_WIDTH - edge;
    return fmin(fmax(x, edge), PLOT_WIDTH - edge);
}

/* Of a change; false where it has no place there. */
static bool bar_of(struct bar *out, double *middle, const cutis_change *row,
                   const double ci95[2])
{
    const double unit = ct_on_axis(row, row->mdc95);
    const double a = ct_on_axis(row, ci95[0]) / unit;
    const double b = ct_on_axis(row, ci95[1]) / unit;
    if (!(unit > 0.0) || !isfinite(a) || !isfinite(b))
        return false;
    const bool mirrored = row->metric->direction == CUTIS_LOWER_IS_BETTER;
    const double low = mirrored ? -b : a;
    const double high = mirrored ? -a : b;
    const double centre = 0.5 * PLOT_WIDTH;
    bool cut;
    out->low = held(centre + UNIT * low, &out->cut_low);
    out->high = held(centre + UNIT * high, &out->cut_high);
    *middle = held(centre + UNIT * 0.5 * (low + high), &cut);
    return true;
}

static void arrow(struct text *out, const char *class, double x, int y,
                  int direction)
{
    ct_text_format(out, "<path class=\"%s\" d=\"M%d %d l%d 5 l%d 5\"/>", class,
                   (int)x - 4 * direction, y - 5, 4 * direction,
                   -4 * direction);
}

static void draw_bar(struct text *out, const char *class, const struct bar *bar,
                     int y)
{
    ct_text_format(out, "<path class=\"%s\" d=\"M%d %dH%d\"/>", class,
                   (int)(bar->low + 0.5), y, (int)(bar->high + 0.5));
    if (bar->cut_low)
        arrow(out, class, bar->low, y, -1);
    if (bar->cut_high)
        arrow(out, class, bar->high, y, 1);
}

/* `elsewhere`: an interval for other skin, or NULL. */
static void draw_plot(struct text *out, const cutis_change *row,
                      const double *elsewhere)
{
    struct bar main_bar, thin;
    double middle;
    if (!bar_of(&main_bar, &middle, row, row->ci95))
        return;
    const int x = (int)(middle + 0.5);
    ct_text_format(out,
                   "<svg class=\"plot v-%s\" viewBox=\"0 0 %d %d\" "
                   "aria-hidden=\"true\">",
                   cutis_verdict_name(row->verdict), PLOT_WIDTH, PLOT_HEIGHT);
    ct_text_format(out,
                   "<rect class=\"band\" x=\"%d\" y=\"0\" width=\"%d\" "
                   "height=\"%d\"/><path class=\"zero\" d=\"M%d 0V%d\"/>",
                   PLOT_WIDTH / 2 - UNIT, 2 * UNIT, PLOT_HEIGHT, PLOT_WIDTH / 2,
                   PLOT_HEIGHT);
    if (elsewhere && bar_of(&thin, &middle, row, elsewhere))
        draw_bar(out, "thin", &thin, THIN_BAR);
    draw_bar(out, "ci", &main_bar, MAIN_BAR);
    if (row->metric->direction == CUTIS_NO_DIRECTION)
        ct_text_format(out, "<path class=\"dot\" d=\"M%d %dl6 6l-6 6l-6-6z\"/>",
                       x, MAIN_BAR - 6);
    else
        ct_text_format(out,
                       "<circle class=\"dot\" cx=\"%d\" cy=\"%d\" "
                       "r=\"5\"/>",
                       x, MAIN_BAR);
    ct_text_put(out, "</svg>");
}

/* ---- Rows ---------------------------------------------------------------- */

static void verdict_cell(struct text *out, cutis_verdict verdict)
{
    ct_text_format(out, "<td class=\"verdict\"><span class=\"tag v-%s\">",
                   cutis_verdict_name(verdict));
    ct_page_verdict(out, verdict, NULL);
    ct_text_put(out, "</span></td>");
}

/* Which form of the metric, where that is more than its name or unit. */
static const char *form_of(const cutis_change *row)
{
    const char *const form = row->reading ? row->reading : "";
    const bool told = !strcmp(form, row->metric->name) ||
                      (row->unit && !strcmp(form, row->unit));
    return told ? "" : form;
}

static void name_cell(struct text *out, const cutis_change *row,
                      const char *title, enum ct_word hint)
{
    const char *const unit = ct_unit_words(out, row->unit);
    ct_text_put(out, "<tr><th scope=\"row\">");
    ct_escape(out, title);
    if (hint != CT_W_NOTHING) {
        const char *const form = form_of(row);
        ct_text_put(out, "<small>");
        ct_escape(out, form);
        ct_text_put(out, *form && *unit ? ", " : "");
        ct_escape(out, unit);
        ct_text_put(out, "</small>");
    }
    ct_text_put(out, "</th>");
}

static void graph_cell(struct text *out, const cutis_change *row,
                       const struct sampling *sampling)
{
    double ci95[2];
    const bool thin = ct_elsewhere(ci95, row, sampling) && ci95[0] < ci95[1];
    ct_page_cell(out, "graph", CT_W_WORSE_BETTER);
    draw_plot(out, row, thin ? ci95 : NULL);
    ct_text_put(out, "<small>");
    ct_page_word(out, CT_W_DETECTABLE);
    ct_text_put(out, " ");
    ct_say_mdc(out, row);
    ct_text_put(out, "</small>");
    if (thin) {
        ct_text_put(out, "<small>");
        ct_page_word(out, CT_W_ELSEWHERE);
        ct_text_put(out, " ");
        ct_say_ends(out, row, ci95);
        ct_text_put(out, "</small>");
    }
    ct_text_put(out, "</td>");
}

static void change_cells(struct text *out, const cutis_change *row)
{
    const struct span span = ct_span_of(row);
    ct_page_cell(out, "number", CT_W_BEFORE);
    ct_say_number(out, row->before, span.value_decimals, CT_SIGN_MINUS);
    ct_text_put(out, "</td>");
    ct_page_cell(out, "number", CT_W_AFTER);
    ct_say_number(out, row->after, span.value_decimals, CT_SIGN_MINUS);
    ct_text_put(out, "</td>");
    ct_page_cell(out, "number change", CT_W_CHANGE);
    ct_text_put(out, "<b>");
    ct_say_change(out, row);
    ct_text_put(out, "</b><small>");
    ct_say_interval(out, row);
    ct_text_put(out, "</small></td>");
}

/* Outside the band, and yet no verdict: adjusting for the number of rows. */
static bool may_be_chance(const cutis_change *row)
{
    return fabs(ct_times_detectable(row)) > 1.0 && row->p_adjusted >= 0.05 &&
           (row->verdict == CUTIS_VERDICT_NO_MEASURABLE_CHANGE ||
            row->verdict == CUTIS_VERDICT_INCONCLUSIVE);
}

/* A reason that is more than the interval and the band say already. */
static bool tells_more(const cutis_change *row)
{
    return row->reason && row->verdict != CUTIS_VERDICT_INCONCLUSIVE &&
           row->verdict != CUTIS_VERDICT_NO_RELEVANT_CHANGE &&
           row->verdict != CUTIS_VERDICT_NO_MEASURABLE_CHANGE;
}

static void say_chance(struct text *out, const cutis_change *row)
{
    struct text p = ct_text_beside(out);
    ct_say_number(&p, row->p_adjusted, row->p_adjusted < 0.095 ? 3 : 2,
                  CT_SIGN_MINUS);
    out->failed |= p.failed;
    ct_page_say(out, CT_W_BY_CHANCE, (const char *[]){p.bytes ? p.bytes : ""});
    ct_text_free(&p);
}

/* The row of a metric in a region, if there is one. */
static void table_row(struct text *out, const struct outcome *outcome,
                      int metric, int region, const char *title,
                      enum ct_word hint)
{
    const cutis_change *const row = &outcome->change[metric][region];
    if (!row->metric)
        return;
    name_cell(out, row, title, hint);
    if (isfinite(row->change)) {
        change_cells(out, row);
        graph_cell(out, row, &outcome->sampling[metric][region]);
        verdict_cell(out, row->verdict);
    } else {
        ct_text_put(out, "<td class=\"none\" colspan=\"5\">");
        ct_page_verdict(out, row->verdict, row->reason);
        ct_text_put(out, "</td>");
    }
    ct_text_put(out, "</tr>\n");
    if (!isfinite(row->change) || !(tells_more(row) || may_be_chance(row)))
        return;
    ct_text_put(out, "<tr class=\"why\"><td></td><td colspan=\"5\">");
    if (may_be_chance(row))
        say_chance(out, row);
    else
        ct_page_sentence(out, row->reason);
    ct_text_put(out, "</td></tr>\n");
}

static void head_cell(struct text *out, const char *class, enum ct_word word,
                      enum ct_word small)
{
    ct_text_format(out, "<th scope=\"col\" class=\"%s\">", class);
    ct_page_word(out, word);
    if (small != CT_W_NOTHING) {
        ct_text_put(out, "<small>");
        ct_page_word(out, small);
        ct_text_put(out, "</small>");
    }
    ct_text_put(out, "</th>");
}

static void table_head(struct text *out, enum ct_word first,
                       const char *caption)
{
    ct_text_put(out, "<table class=\"cards readings\">\n<caption>");
    ct_escape(out, caption);
    ct_text_put(out, "</caption>\n<thead><tr>");
    head_cell(out, "", first, CT_W_NOTHING);
    head_cell(out, "number", CT_W_BEFORE, CT_W_NOTHING);
    head_cell(out, "number", CT_W_AFTER, CT_W_NOTHING);
    head_cell(out, "number", CT_W_CHANGE, CT_W_INTERVAL);
    head_cell(out, "graph", CT_W_AGAINST, CT_W_WORSE_BETTER);
    head_cell(out, "", CT_W_VERDICT, CT_W_NOTHING);
    ct_text_put(out, "</tr></thead>\n<tbody>\n");
}

/* ---- Regions ------------------------------------------------------------- */

static bool anywhere(const struct report *report, int metric)
{
    for (int r = 0; r < CT_FACE_REGION; r++)
        if (isfinite(report->outcome->change[metric][r].change))
            return true;
    return false;
}

static void regions(struct text *out, const struct report *report)
{
    int metrics = 0;
    for (int m = 0; m < CT_METRICS; m++)
        metrics += anywhere(report, m);
    if (metrics == 0)
        return;
    ct_text_put(out, "<details open=\"open\"><summary>");
    ct_page_word(out, CT_W_REGIONS);
    ct_text_put(out, "</summary>\n<p class=\"note\">");
    ct_page_word(out, CT_W_REGIONS_NOTE);
    ct_text_put(out, "</p>\n");
    for (int m = 0; m < CT_METRICS; m++) {
        if (!anywhere(report, m))
            continue;
        table_head(out, CT_W_REGION, ct_metric_words(out, ct_metric(m)));
        for (int r = 0; r < CT_FACE_REGION; r++)
            table_row(out, report->outcome, m, r,
                      ct_region_words(out, ct_region(r)), CT_W_NOTHING);
        ct_text_put(out, "</tbody></table>\n");
    }
    ct_text_put(out, "</details>\n");
}

/* ---- What the words mean ------------------------------------------------- */

static void entry(struct text *out, const char *term, const char *meaning)
{
    ct_text_put(out, "<dt>");
    ct_say_clause(out, term, CT_CASE_CAPITAL);
    ct_text_put(out, "</dt><dd>");
    ct_escape(out, meaning);
    ct_text_put(out, "</dd>\n");
}

static void glossary(struct text *out)
{
    static const enum ct_word terms[] = {CT_W_IMPROVED,
                                         CT_W_WORSE,
                                         CT_W_CHANGED,
                                         CT_W_NO_MEASURABLE_CHANGE,
                                         CT_W_NO_RELEVANT_CHANGE,
                                         CT_W_INCONCLUSIVE,
                                         CT_W_NOT_MEASURABLE,
                                         CT_W_NOT_COMPARABLE,
                                         CT_W_TOO_EARLY};
    ct_text_put(out, "<details open=\"open\"><summary>");
    ct_page_word(out, CT_W_MEANINGS);
    ct_text_put(out, "</summary>\n<dl class=\"meanings\">\n");
    for (size_t i = 0; i < sizeof(terms) / sizeof(*terms); i++)
        entry(out, ct_word(out, terms[i]),
              ct_word(out, (enum ct_word)((int)CT_W_MEANS_IMPROVED + (int)i)));
    entry(out, ct_word(out, CT_W_ELSEWHERE_TERM),
          ct_word(out, CT_W_MEANS_ELSEWHERE));
    ct_text_put(out, "</dl>\n<dl class=\"meanings\">\n");
    for (int m = 0; m < CT_METRICS; m++)
        entry(out, ct_metric_words(out, ct_metric(m)),
              ct_metric_meaning(out, ct_metric(m)));
    ct_text_put(out, "</dl>\n</details>\n");
}

void ct_page_readings(struct text *out, const struct report *report)
{
    ct_page_open(out, "readings", CT_W_READINGS);
    ct_text_put(out, "<p>");
    ct_page_word(out, CT_W_READINGS_WHAT);
    ct_text_put(out, "</p>\n");
    table_head(out, CT_W_METRIC, ct_word(out, CT_W_READINGS_CAPTION));
    for (int m = 0; m < CT_METRICS; m++)
        table_row(out, report->outcome, m, CT_FACE_REGION,
                  ct_metric_words(out, ct_metric(m)), CT_W_METRIC);
    ct_text_put(out, "</tbody></table>\n<p class=\"note\">");
    ct_page_word(out, CT_W_PLOT_NOTE);
    ct_text_put(out, "</p>\n");
    glossary(out);
    regions(out, report);
    ct_text_put(out, "</section>\n");
}
