/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Where the face changed: a small map a metric.  Regions whose change counts
 * are coloured by its size in units of what would show, and marked, so that
 * colour never stands alone; others are grey, those not measured dashed.
 * Under each map the same in words.
 */

#include <math.h>

#include "report/report.h"

/* What becomes of a region on a map, by its verdict. */
enum look { SAME, BETTER, WORSE, OTHER, MISSING };

static enum look look_of(const cutis_change *row)
{
    switch (row->verdict) {
    case CUTIS_VERDICT_IMPROVED:
        return BETTER;
    case CUTIS_VERDICT_WORSE:
        return WORSE;
    case CUTIS_VERDICT_CHANGED:
        return OTHER;
    default:
        return isfinite(row->change) ? SAME : MISSING;
    }
}

/* 1 to 3: up to twice, up to four times what would show, or more. */
static int strength_of(const cutis_change *row)
{
    const double times = fabs(ct_times_detectable(row));
    return times > 4.0 ? 3 : times > 2.0 ? 2 : 1;
}

static const char *const classes[] = {"same", "better", "worse", "other",
                                      "missing"};
static const char *const signs[] = {"", "\u2713", "!", "\u25c6", ""};

static bool is_mapped(const struct report *report,
                      const struct outlines *outlines, int metric)
{
    for (int r = 0; r < CT_FACE_REGION; r++)
        if (outlines->path[r].size &&
            isfinite(report->outcome->change[metric][r].change))
            return true;
    return false;
}

/* ---- In words ------------------------------------------------------------ */

static int list(struct text *out, const struct report *report,
                const struct outlines *outlines, int metric, enum look look,
                enum ct_word title)
{
    int found = 0;
    for (int r = 0; r < CT_FACE_REGION; r++) {
        const cutis_change *const row = &report->outcome->change[metric][r];
        if (!outlines->path[r].size || look_of(row) != look)
            continue;
        if (!found) {
            ct_say_clause(out, ct_word(out, title), CT_CASE_CAPITAL);
            ct_text_put(out, ": ");
        }
        ct_text_put(out, found ? ct_word(out, CT_W_COMMA) : "");
        ct_say_clause(out, ct_region_words(out, row->region), CT_CASE_SMALL);
        found++;
    }
    ct_text_put(out, found ? ". " : "");
    return found;
}

static void words(struct text *out, const struct report *report,
                  const struct outlines *outlines, int metric)
{
    struct text plain = ct_text_beside(out);
    int found = 0;
    found += list(&plain, report, outlines, metric, BETTER, CT_W_IMPROVED);
    found += list(&plain, report, outlines, metric, WORSE, CT_W_WORSE);
    found += list(&plain, report, outlines, metric, OTHER, CT_W_CHANGED);
    if (!found) {
        ct_text_put(&plain, ct_word(out, CT_W_WHERE_NOWHERE));
        ct_text_put(&plain, " ");
    }
    list(&plain, report, outlines, metric, MISSING, CT_W_WHERE_MISSING);
    out->failed |= plain.failed;
    ct_escape(out, plain.bytes ? plain.bytes : "");
    ct_text_free(&plain);
}

/* ---- In colour ----------------------------------------------------------- */

static void open_picture(struct text *out, const struct outlines *outlines)
{
    const struct rect *const box = &outlines->box;
    const int room = 12;
    ct_text_format(out,
                   "<svg viewBox=\"%d %d %d %d\" aria-hidden=\"true\">"
                   "<use href=\"#photo-0\" class=\"faint\"/>\n",
                   box->x - room, box->y - room, box->width + 2 * room,
                   box->height + 2 * room);
}

static void map(struct text *out, const struct report *report,
                const struct page_pictures *pictures,
                const struct outlines *outlines, int metric)
{
    open_picture(out, outlines);
    for (int r = 0; r < CT_FACE_REGION; r++) {
        const cutis_change *const row = &report->outcome->change[metric][r];
        const enum look look = look_of(row);
        if (outlines->path[r].size)
            ct_text_format(out, "<use href=\"#region-%d\" class=\"%s s%d\"/>",
                           r, classes[look], strength_of(row));
    }
    for (int r = 0; r < CT_FACE_REGION; r++) {
        const char *const sign =
            signs[look_of(&report->outcome->change[metric][r])];
        const struct mark *const mark = &pictures->marks[0][r];
        if (*sign && outlines->path[r].size && !isnan(mark->x))
            ct_text_format(out, "<text x=\"%d\" y=\"%d\">%s</text>",
                           (int)mark->x, (int)mark->y + 20, sign);
    }
    ct_text_put(out, "</svg>\n");
}

static void figure(struct text *out, const struct report *report,
                   const struct page_pictures *pictures,
                   const struct outlines *outlines, int metric)
{
    ct_text_put(out, "<figure>\n");
    map(out, report, pictures, outlines, metric);
    ct_text_put(out, "<figcaption><h3>");
    ct_escape(out, ct_metric_words(out, ct_metric(metric)));
    ct_text_put(out, "</h3><p>");
    words(out, report, outlines, metric);
    ct_text_put(out, "</p></figcaption>\n</figure>\n");
}

/* ---- Legend -------------------------------------------------------------- */

static void swatch(struct text *out, enum look look, int strength,
                   enum ct_word word)
{
    ct_text_format(out,
                   "<li><svg class=\"key\" viewBox=\"0 0 34 22\" "
                   "aria-hidden=\"true\"><rect width=\"34\" height=\"22\" "
                   "class=\"%s s%d\"/><text x=\"17\" y=\"17\">%s</text></svg> ",
                   classes[look], strength, signs[look]);
    ct_page_word(out, word);
    ct_text_put(out, "</li>\n");
}

static void legend(struct text *out)
{
    static const struct {
        enum look look;
        int strength;
        enum ct_word word;
    } keys[] = {{BETTER, 1, CT_W_WHERE_BETTER}, {BETTER, 2, CT_W_WHERE_TWICE},
                {BETTER, 3, CT_W_WHERE_FOUR},   {WORSE, 1, CT_W_WHERE_WORSE},
                {WORSE, 2, CT_W_WHERE_TWICE},   {WORSE, 3, CT_W_WHERE_FOUR},
                {OTHER, 1, CT_W_WHERE_OTHER},   {SAME, 1, CT_W_WHERE_SAME},
                {MISSING, 1, CT_W_WHERE_NONE}};
    ct_text_put(out, "<ul class=\"keys\">\n");
    for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++)
        swatch(out, keys[i].look, keys[i].strength, keys[i].word);
    ct_text_put(out, "</ul>\n<p class=\"note\">");
    ct_page_word(out, CT_W_WHERE_NOTE);
    ct_text_put(out, "</p>\n");
}

/* What maps refer to. */
static void shapes(struct text *out, const struct outlines *outlines)
{
    ct_text_put(out, "<svg class=\"shapes\" width=\"0\" height=\"0\" "
                     "aria-hidden=\"true\"><defs>\n");
    for (int r = 0; r < CT_FACE_REGION; r++)
        if (outlines->path[r].size)
            ct_text_format(out, "<path id=\"region-%d\" d=\"%s\"/>\n", r,
                           outlines->path[r].bytes);
    ct_text_put(out, "</defs></svg>\n");
}

void ct_page_where(struct text *out, const struct report *report,
                   const struct page_pictures *pictures,
                   const struct outlines *outlines)
{
    int mapped = 0;
    for (int m = 0; m < CT_METRICS; m++)
        mapped += is_mapped(report, outlines, m);
    ct_page_open(out, "where", CT_W_WHERE);
    if (mapped) {
        shapes(out, outlines);
        legend(out);
        ct_text_put(out, "<div class=\"maps\">\n");
    } else {
        ct_text_put(out, "<p>");
        ct_page_word(out, CT_W_WHERE_NOTHING);
        ct_text_put(out, "</p>\n");
    }
    for (int m = 0; m < CT_METRICS; m++)
        if (is_mapped(report, outlines, m))
            figure(out, report, pictures, outlines, m);
    ct_text_put(out, mapped ? "</div>\n</section>\n" : "</section>\n");
}
