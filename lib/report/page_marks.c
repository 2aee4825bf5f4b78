/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Pictures of what was counted: an outline around every spot on the whole face,
 * around every pore in a close look.  What became of each shows by its shape as
 * well as by its colour.
 */

#include <math.h>

#include "report/report.h"

/* ---- Shapes -------------------------------------------------------------- */

/* In tenths of a frame px, around (x, y), `r` from the middle. */
static void shape(struct text *out, enum ct_fate fate, int x, int y, int r)
{
    const int d = 7 * r / 10;
    switch (fate) {
    case CT_FATE_FADED: /* a triangle that points down */
        ct_text_format(out, "M%d %dh%dl%d %dz", x - r, y - d, 2 * r, -r,
                       2 * r - r / 5);
        break;
    case CT_FATE_GROWN: /* one that points up */
        ct_text_format(out, "M%d %dh%dl%d %dz", x - r, y + d, 2 * r, -r,
                       -2 * r + r / 5);
        break;
    case CT_FATE_SPLIT: /* a diamond */
        ct_text_format(out, "M%d %dl%d %dl%d %dl%d %dz", x, y - r, r, r, -r, r,
                       -r, -r);
        break;
    case CT_FATE_MERGED: /* a square */
        ct_text_format(out, "M%d %dh%dv%dh%dz", x - d, y - d, 2 * d, 2 * d,
                       -2 * d);
        break;
    case CT_FATE_NEW: /* a plus */
        ct_text_format(out, "M%d %dh%dM%d %dv%d", x - r, y, 2 * r, x, y - r,
                       2 * r);
        break;
    case CT_FATE_GONE: /* a cross */
        ct_text_format(out, "M%d %dl%d %dM%d %dl%d %d", x - d, y - d, 2 * d,
                       2 * d, x - d, y + d, 2 * d, -2 * d);
        break;
    default: /* a circle */
        ct_text_format(out, "M%d %da%d %d 0 1 0 %d 0a%d %d 0 1 0 %d 0", x - r,
                       y, r, r, 2 * r, r, r, -2 * r);
    }
}

/* ---- Lists --------------------------------------------------------------- */

/* What one picture marks. */
struct marked {
    const struct frame *frame;
    const struct item *item[2];
    size_t count;
    int kind;  /* of the items, -1 for any */
    int least; /* tenths of a frame px, of a shape */
    double mm; /* tenths of a frame px of a mm */
};

static bool is_marked(const struct report *report, const struct marked *list,
                      size_t i, int fate)
{
    const struct item *const item = &list->item[0][i];
    return item->fate == fate && ct_report_treats(report, item->region) &&
           (list->kind < 0 || item->kind == list->kind);
}

static int marks_of(struct text *out, const struct report *report,
                    const struct marked *list, int which, int fate)
{
    int found = 0;
    for (size_t i = 0; i < list->count; i++) {
        double at[2];
        if (!is_marked(report, list, i, fate))
            continue;
        ct_item_place(at, list->frame, which, &list->item[which][i], report);
        if (!(at[0] >= 0.0 && at[0] < list->frame->width && at[1] >= 0.0 &&
              at[1] < list->frame->height))
            continue;
        const double own = 0.5 * list->mm * (double)list->item[0][i].size_mm;
        shape(out, (enum ct_fate)fate, (int)(10.0 * at[0]), (int)(10.0 * at[1]),
              list->least + (isfinite(own) ? (int)own : 0));
        found++;
    }
    return found;
}

/* Every fate a path: first its halo, then itself. */
static void marks(struct text *out, const struct report *report,
                  const struct marked *list, int which, const char *class)
{
    for (int fate = CT_FATE_PERSISTED; fate < CT_FATES; fate++) {
        struct text path = ct_text_beside(out);
        if (marks_of(&path, report, list, which, fate))
            ct_text_format(out,
                           "<g class=\"mark %s f-%s\"><path d=\"%s\"/>"
                           "<path d=\"%s\"/></g>\n",
                           class, ct_fate_name(fate), path.bytes, path.bytes);
        out->failed |= path.failed;
        ct_text_free(&path);
    }
}

static double mm_of(const struct frame *frame, const struct report *report)
{
    const double *const s = frame->to_full[0];
    return 10.0 * report->before->face->scale / sqrt(s[0] * s[0] + s[1] * s[1]);
}

/* ---- Pictures ------------------------------------------------------------ */

static void open_picture(struct text *out, const struct frame *frame, int which,
                         const char *picture, enum ct_word alt)
{
    ct_text_format(out,
                   "<figure class=\"shot\">\n<svg role=\"img\" viewBox=\"0 0 "
                   "%d %d\" aria-label=\"",
                   10 * frame->width, 10 * frame->height);
    ct_page_word(out, which ? CT_W_AFTER : CT_W_BEFORE);
    ct_text_put(out, ": ");
    ct_page_word(out, alt);
    ct_text_format(out,
                   "\">\n<g transform=\"scale(10)\"><use href=\"#%s-%d\"/>"
                   "</g>\n",
                   picture, which);
}

static void close_picture(struct text *out, int which)
{
    ct_text_put(out, "</svg>\n<figcaption>");
    ct_page_word(out, which ? CT_W_AFTER : CT_W_BEFORE);
    ct_text_put(out, "</figcaption>\n</figure>\n");
}

static void whole_face(struct text *out, const struct report *report,
                       const struct page_pictures *pictures)
{
    const struct readings *const before = report->before->readings;
    const struct readings *const after = report->after->readings;
    struct marked list = {.frame = &pictures->frame,
                          .item = {before->spots, after->spots},
                          .count = before->spot_count,
                          .least = 60,
                          .mm = mm_of(&pictures->frame, report)};
    ct_text_put(out, "<h3>");
    ct_page_word(out, CT_W_MARKS_SPOTS);
    ct_text_put(out, "</h3>\n<div class=\"pair\">\n");
    for (int i = 0; i < 2; i++) {
        open_picture(out, &pictures->frame, i, "photo", CT_W_MARKS_SPOTS_ALT);
        list.kind = CT_SPOT_PIGMENT;
        marks(out, report, &list, i, "brown");
        list.kind = CT_SPOT_RED;
        marks(out, report, &list, i, "red");
        close_picture(out, i);
    }
    ct_text_put(out, "</div>\n");
}

/* 5 mm in the lower left corner. */
static void ruler(struct text *out, const struct marked *list)
{
    const int length = (int)(5.0 * list->mm + 0.5);
    const int y = 10 * list->frame->height - 200;
    for (int pass = 0; pass < 2; pass++)
        ct_text_format(out,
                       "<path class=\"ruler\" d=\"M200 %dv60m0-30h%dm0-30"
                       "v60\"/>",
                       y, length);
    ct_text_format(out, "<text class=\"ruler\" x=\"%d\" y=\"%d\">5 mm</text>\n",
                   200 + length / 2, y - 60);
}

static void close_look(struct text *out, const struct report *report,
                       const struct page_close *close)
{
    const struct marked list = {.frame = &close->frame,
                                .item = {report->before->readings->pores,
                                         report->after->readings->pores},
                                .count = report->before->readings->pore_count,
                                .kind = -1,
                                .least = 35,
                                .mm = mm_of(&close->frame, report)};
    struct text region = ct_text_beside(out);
    ct_say_clause(&region, ct_region_words(out, ct_region(close->region)),
                  CT_CASE_SMALL);
    ct_text_put(out, "<h3>");
    ct_page_say(out, CT_W_MARKS_PORES,
                (const char *[]){region.bytes ? region.bytes : ""});
    ct_text_put(out, "</h3>\n<div class=\"pair\">\n");
    for (int i = 0; i < 2; i++) {
        open_picture(out, &close->frame, i, "close", CT_W_MARKS_PORES_ALT);
        marks(out, report, &list, i, "pore");
        ruler(out, &list);
        close_picture(out, i);
    }
    ct_text_put(out, "</div>\n");
    out->failed |= region.failed;
    ct_text_free(&region);
}

static void legend(struct text *out)
{
    ct_text_put(out, "<ul class=\"keys\">\n");
    for (int fate = CT_FATE_PERSISTED; fate < CT_FATES; fate++) {
        struct text path = ct_text_beside(out);
        shape(&path, (enum ct_fate)fate, 0, 0, 75);
        ct_text_format(out,
                       "<li><svg class=\"key\" viewBox=\"-130 -130 260 260\" "
                       "aria-hidden=\"true\"><rect x=\"-130\" y=\"-130\" "
                       "width=\"260\" height=\"260\" class=\"plain\"/>"
                       "<g class=\"mark f-%s\"><path d=\"%s\"/><path "
                       "d=\"%s\"/></g></svg> ",
                       ct_fate_name(fate), path.bytes ? path.bytes : "",
                       path.bytes ? path.bytes : "");
        ct_page_word(out, (enum ct_word)((int)CT_W_PERSISTED + fate -
                                         (int)CT_FATE_PERSISTED));
        ct_text_put(out, "</li>\n");
        out->failed |= path.failed;
        ct_text_free(&path);
    }
    ct_text_put(out, "</ul>\n");
}

/* The close look's pictures, once, for all who refer to them. */
static void sources(struct text *out, const struct page_close *close)
{
    ct_text_put(out, "<svg class=\"shapes\" width=\"0\" height=\"0\" "
                     "aria-hidden=\"true\"><defs>\n");
    for (int i = 0; i < 2; i++) {
        ct_text_format(
            out, "<image id=\"close-%d\" width=\"%d\" height=\"%d\" href=", i,
            CT_CLOSE_WIDTH, CT_CLOSE_HEIGHT);
        ct_page_data(out, "jpeg", &close->photo[i]);
        ct_text_put(out, "/>\n");
    }
    ct_text_put(out, "</defs></svg>\n");
}

void ct_page_marks(struct text *out, const struct report *report,
                   const struct page_pictures *pictures,
                   const struct page_close *close)
{
    const bool spots = report->before->readings->spots_paired &&
                       report->before->readings->spot_count > 0;
    if (!spots && !close->there)
        return;
    legend(out);
    ct_text_put(out, "<p class=\"note\">");
    ct_page_word(out, CT_W_MARKS_NOTE);
    ct_text_put(out, "</p>\n");
    if (spots)
        whole_face(out, report, pictures);
    if (close->there) {
        sources(out, close);
        close_look(out, report, close);
    }
}
