/* SPDX-License-Identifier: BSD-2-Clause */

/* The page's table of spots, lesions and pores: count, area, contrast and size
 * beside each other, so that what breaks up does not look worse. */

#include <math.h>
#include <string.h>

#include "report/report.h"

/* A list metric and the details that hold its sums. */
static const struct {
    int metric;
    const char *area, *contrast, *width, *fates; /* names, the last a prefix */
    const char *unit;
} kinds[] = {
    {CT_PIGMENT_SPOTS, "spot_area", "spot_contrast", "spot_diameter", "spots_",
     "P"},
    {CT_LESION_DENSITY, "lesion_area", "lesion_contrast", "lesion_diameter",
     "lesions_", "H"},
    {CT_PORE_DENSITY, "pore_area", "pore_contrast", "pore_diameter", "pores_",
     "cOD"},
};

enum { KINDS = sizeof(kinds) / sizeof(kinds[0]) };

static const struct reading *row_of(const struct photo_facts *facts, int kind)
{
    return &facts->readings->of[kinds[kind].metric][CT_FACE_REGION];
}

static bool is_told(const struct report *report, int kind)
{
    return report->after && row_of(report->before, kind)->paired &&
           isfinite(row_of(report->before, kind)->value) &&
           isfinite(row_of(report->after, kind)->value);
}

static double detail(const struct reading *row, const char *prefix,
                     const char *name)
{
    const size_t size = strlen(prefix);
    for (int i = 0; i < row->detail_count; i++)
        if (!strncmp(row->detail[i].name, prefix, size) &&
            !strcmp(row->detail[i].name + size, name))
            return row->detail[i].value;
    return NAN;
}

static void pair_cell(struct text *out, double before, double after,
                      int decimals, const char *unit, enum ct_word label)
{
    ct_text_put(out, "<td class=\"number\" data-label=\"");
    ct_page_word(out, label);
    ct_text_put(out, "\">");
    ct_say_number(out, before, decimals, CT_SIGN_MINUS);
    ct_text_put(out, " \u2192 ");
    ct_say_number(out, after, decimals, CT_SIGN_MINUS);
    if (*unit) {
        ct_text_put(out, " ");
        ct_escape(out, unit);
    }
    ct_text_put(out, "</td>");
}

/* "3 as before, 12 faded". */
static void fates_cell(struct text *out, const struct reading *row, int kind)
{
    bool first = true;
    ct_text_put(out, "<td data-label=\"");
    ct_page_word(out, CT_W_ITEM_FATE);
    ct_text_put(out, "\">");
    for (int fate = CT_FATE_PERSISTED; fate < CT_FATES; fate++) {
        const double count = detail(row, kinds[kind].fates, ct_fate_name(fate));
        if (!(count > 0.0))
            continue;
        ct_text_put(out, first ? "" : ", ");
        ct_say_number(out, count, 0, CT_SIGN_MINUS);
        ct_text_put(out, " ");
        ct_page_word(out, (enum ct_word)((int)CT_W_PERSISTED + fate -
                                         (int)CT_FATE_PERSISTED));
        first = false;
    }
    ct_text_put(out, "</td>");
}

static void kind_row(struct text *out, const struct report *report, int kind)
{
    const struct reading *before = row_of(report->before, kind);
    const struct reading *after = row_of(report->after, kind);
    const char *const area = kinds[kind].area, *const width = kinds[kind].width;
    const char *const contrast = kinds[kind].contrast;

    ct_text_put(out, "<tr><th scope=\"row\">");
    ct_escape(out, ct_metric_words(out, ct_metric(kinds[kind].metric)));
    ct_text_put(out, "</th>");
    pair_cell(out, before->count, after->count, 0, "", CT_W_ITEM_COUNT);
    pair_cell(out, detail(before, "", area), detail(after, "", area), 2, "",
              CT_W_ITEM_AREA);
    pair_cell(out, detail(before, "", contrast), detail(after, "", contrast), 1,
              kinds[kind].unit, CT_W_ITEM_CONTRAST);
    pair_cell(out, detail(before, "", width), detail(after, "", width), 2, "",
              CT_W_ITEM_WIDTH);
    fates_cell(out, before, kind);
    ct_text_put(out, "</tr>\n");
}

static void head_cell(struct text *out, const char *class, enum ct_word word)
{
    ct_text_format(out, "<th scope=\"col\" class=\"%s\">", class);
    ct_page_word(out, word);
    ct_text_put(out, "</th>");
}

void ct_page_items(struct text *out, const struct report *report,
                   const struct page_pictures *pictures,
                   const struct page_close *close)
{
    int told = 0;
    for (int kind = 0; kind < KINDS; kind++)
        told += is_told(report, kind);
    ct_page_open(out, "items", CT_W_ITEMS);
    if (!told) {
        ct_text_put(out, "<p>");
        ct_page_word(out, CT_W_ITEMS_NONE);
        ct_text_put(out, "</p>\n</section>\n");
        return;
    }
    ct_text_put(out, "<p>");
    ct_page_word(out, CT_W_ITEMS_NOTE);
    ct_text_put(out, "</p>\n<table class=\"cards items\">\n<thead><tr>");
    head_cell(out, "", CT_W_ITEM);
    head_cell(out, "number", CT_W_ITEM_COUNT);
    head_cell(out, "number", CT_W_ITEM_AREA);
    head_cell(out, "number", CT_W_ITEM_CONTRAST);
    head_cell(out, "number", CT_W_ITEM_WIDTH);
    head_cell(out, "", CT_W_ITEM_FATE);
    ct_text_put(out, "</tr></thead>\n<tbody>\n");
    for (int kind = 0; kind < KINDS; kind++)
        if (is_told(report, kind))
            kind_row(out, report, kind);
    ct_text_put(out, "</tbody></table>\n");
    ct_page_marks(out, report, pictures, close);
    ct_text_put(out, "</section>\n");
}
