/* SPDX-License-Identifier: BSD-2-Clause */

/* The photographs of the page, what can be laid over them, and the legends. */

#include <math.h>

#include "report/fit.h"

/* ---- Choices ------------------------------------------------------------- */

static const char checked[] = " checked=\"checked\"";

static void choice(struct text *out, const char *group, const char *id,
                   enum ct_word name, const char *state)
{
    ct_text_format(out,
                   "<label><input type=\"radio\" name=\"%s\" id=\"%s-%s\"%s/>"
                   "<span>",
                   group, group, id, state);
    ct_page_word(out, name);
    ct_text_put(out, "</span></label>\n");
}

/* All but the slider work without a script. */
static void views(struct text *out)
{
    ct_text_put(out, "<fieldset><legend>");
    ct_page_word(out, CT_W_VIEW);
    ct_text_put(out, "</legend>\n");
    choice(out, "view", "side", CT_W_VIEW_SIDE, checked);
    choice(out, "view", "slide", CT_W_VIEW_SLIDE, "");
    choice(out, "view", "board", CT_W_VIEW_BOARD, "");
    choice(out, "view", "blink", CT_W_VIEW_BLINK, "");
    ct_text_put(out, "</fieldset>\n<fieldset class=\"blinks\"><legend>");
    ct_page_word(out, CT_W_VIEW_BLINK);
    ct_text_put(out, "</legend>\n");
    choice(out, "blink", "auto", CT_W_BLINK_AUTO, checked);
    choice(out, "blink", "before", CT_W_BEFORE, "");
    choice(out, "blink", "after", CT_W_AFTER, "");
    ct_text_put(out, "</fieldset>\n");
}

static void choices(struct text *out, const struct report *report,
                    const struct page_pictures *pictures)
{
    ct_text_put(out, "<div class=\"choices\">\n");
    views(out);
    ct_text_put(out, "<fieldset><legend>");
    ct_page_word(out, CT_W_LAYER);
    ct_text_put(out, "</legend>\n");
    choice(out, "layer", "none", CT_W_LAYER_NONE, checked);
    for (int i = 0; i < CT_LAYERS; i++)
        choice(out, "layer", ct_layers[i].id, ct_layers[i].name,
               ct_layer_is_there(pictures, report, i)
                   ? ""
                   : " disabled=\"disabled\"");
    ct_text_put(out, "</fieldset>\n</div>\n");
}

/* Why a layer cannot be chosen. */
static void missing(struct text *out, const struct report *report,
                    const struct page_pictures *pictures)
{
    for (int map = 0; map < CT_MAPS; map++) {
        if (ct_layer_is_there(pictures, report, map + 1))
            continue;
        const cutis_change *const row =
            &report->outcome->change[ct_layers[map + 1].metric][CT_FACE_REGION];
        struct text plain = ct_text_beside(out);
        ct_text_put(&plain, ct_word(out, ct_layers[map + 1].name));
        ct_text_put(&plain, ": ");
        ct_say_verdict(&plain, CUTIS_VERDICT_NOT_MEASURABLE, row->reason);
        out->failed |= plain.failed;
        ct_text_put(out, "<p class=\"note\">");
        ct_escape(out, plain.bytes ? plain.bytes : "");
        ct_text_put(out, "</p>\n");
        ct_text_free(&plain);
    }
}

/* ---- Photographs --------------------------------------------------------- */

void ct_page_image(struct text *out, const char *type, const struct text *bytes)
{
    ct_text_format(out, "src=\"data:image/%s;base64,", type);
    ct_text_base64(out, bytes->bytes, bytes->size);
    ct_text_put(out, "\"/>\n");
}

static void numbers(struct text *out, const struct page_pictures *pictures,
                    int which)
{
    const struct frame *const frame = &pictures->frame;
    ct_text_format(out,
                   "<svg class=\"layer on-mask\" viewBox=\"0 0 %d %d\" "
                   "aria-hidden=\"true\">\n",
                   frame->width, frame->height);
    for (int r = 0; r < CT_FACE_REGION; r++) {
        const struct mark *const mark = &pictures->marks[which][r];
        if (isnan(mark->x))
            continue;
        const int x = (int)mark->x, y = (int)mark->y;
        ct_text_format(out,
                       "<circle cx=\"%d\" cy=\"%d\" r=\"17\"/>"
                       "<text x=\"%d\" y=\"%d\">%d</text>\n",
                       x, y, x, y + 7, r + 1);
    }
    ct_text_put(out, "</svg>\n");
}

/* What covers the after photograph where views lay it on the before one. */
static void laid(struct text *out, const struct page_fit *fit)
{
    if (!fit->there)
        return;
    ct_text_put(out, "<img class=\"laid\" alt=\"");
    ct_page_word(out, CT_W_ALT_LAID);
    ct_text_put(out, "\" ");
    ct_page_image(out, "jpeg", &fit->after);
}

static void photograph(struct text *out, const struct report *report,
                       const struct page_pictures *pictures,
                       const struct page_fit *fit, int which)
{
    const struct frame *const frame = &pictures->frame;
    ct_text_format(out, "<figure class=\"shot %s\">\n<div class=\"plate\">\n",
                   which ? "after" : "before");
    ct_text_format(out, "<img width=\"%d\" height=\"%d\" alt=\"", frame->width,
                   frame->height);
    ct_page_word(out, which ? CT_W_ALT_AFTER : CT_W_ALT_BEFORE);
    ct_text_put(out, "\" ");
    ct_page_image(out, "jpeg", &pictures->photo[which]);
    if (which)
        laid(out, fit);
    for (int i = 0; i < CT_LAYERS; i++) {
        if (!ct_layer_is_there(pictures, report, i))
            continue;
        ct_text_format(out, "<img class=\"layer on-%s\" alt=\"\" ",
                       ct_layers[i].id);
        ct_page_image(out, "png", &pictures->layer[which][i]);
    }
    if (ct_layer_is_there(pictures, report, 0))
        numbers(out, pictures, which);
    ct_text_put(out, "</div>\n<figcaption>");
    ct_page_word(out, which ? CT_W_AFTER : CT_W_BEFORE);
    ct_text_put(out, "</figcaption>\n</figure>\n");
}

/* ---- Legends ------------------------------------------------------------- */

void ct_page_bar(struct text *out, const uint8_t (*colour)[3], int count)
{
    ct_text_format(out,
                   "<svg class=\"bar\" viewBox=\"0 0 %d 10\" "
                   "preserveAspectRatio=\"none\" aria-hidden=\"true\">",
                   count);
    for (int i = 0; i < count; i++)
        ct_text_format(out,
                       "<rect x=\"%d\" width=\"1.1\" height=\"10\" "
                       "fill=\"#%02x%02x%02x\"/>",
                       i, colour[i][0], colour[i][1], colour[i][2]);
    ct_text_put(out, "</svg>");
}

static void map_legend(struct text *out, const struct heat *heat,
                       enum ct_map map)
{
    const int decimals = ct_decimals_of(heat->high) - 1;
    uint8_t ramp[CT_RAMP_STEPS][3];
    ct_ramp(ramp, map);
    ct_text_put(out, "<p class=\"scale\"><span>");
    ct_say_number(out, heat->low, decimals > 0 ? decimals : 0, CT_SIGN_MINUS);
    ct_text_put(out, "</span>");
    ct_page_bar(out, (const uint8_t(*)[3])ramp, CT_RAMP_STEPS);
    ct_text_put(out, "<span>\xe2\x89\xa5 ");
    ct_say_number(out, heat->high, decimals > 0 ? decimals : 0, CT_SIGN_MINUS);
    ct_text_put(out, " ");
    ct_escape(out, ct_unit_words(out, ct_layers[map + 1].unit));
    ct_text_put(out, "</span></p>");
}

static void region_legend(struct text *out,
                          const struct page_pictures *pictures)
{
    ct_text_put(out, "<ol class=\"names\">");
    for (int r = 0; r < CT_FACE_REGION; r++) {
        if (isnan(pictures->marks[0][r].x) && isnan(pictures->marks[1][r].x))
            continue;
        ct_text_format(out, "<li value=\"%d\">", r + 1);
        ct_escape(out, ct_region_words(out, ct_region(r)));
        ct_text_put(out, "</li>");
    }
    ct_text_put(out, "</ol>");
}

static void legends(struct text *out, const struct report *report,
                    const struct page_pictures *pictures)
{
    for (int i = 0; i < CT_LAYERS; i++) {
        if (!ct_layer_is_there(pictures, report, i))
            continue;
        const enum ct_map map = (enum ct_map)(i - 1);
        ct_text_format(out, "<div class=\"legend on-%s\">\n", ct_layers[i].id);
        if (i)
            map_legend(out, &pictures->heat[map], map);
        ct_text_put(out, "<p>");
        ct_page_word(out, ct_layers[i].meaning);
        if (i && map == CT_MAP_H && pictures->heat[map].own_base) {
            ct_text_put(out, " ");
            ct_page_word(out, CT_W_MEANING_BASE);
        }
        if (i) {
            ct_text_put(out, " ");
            ct_page_word(out, CT_W_SAME_SCALE);
        }
        ct_text_put(out, "</p>");
        if (i == 0)
            region_legend(out, pictures);
        ct_text_put(out, "\n</div>\n");
    }
}

void ct_page_stage(struct text *out, const struct report *report,
                   const struct page_pictures *pictures,
                   const struct page_fit *fit)
{
    ct_text_put(out, "<section aria-labelledby=\"h-photographs\">\n"
                     "<h2 id=\"h-photographs\">");
    ct_page_word(out, CT_W_PHOTOGRAPHS);
    ct_text_put(out, "</h2>\n<div class=\"viewer\">\n");
    choices(out, report, pictures);
    ct_text_put(out, "<div class=\"stage\">\n");
    photograph(out, report, pictures, fit, 0);
    photograph(out, report, pictures, fit, 1);
    ct_text_put(out, "<input class=\"cut\" type=\"range\" min=\"0\" "
                     "max=\"100\" value=\"50\" aria-label=\"");
    ct_page_word(out, CT_W_SLIDER);
    ct_text_put(out, "\" data-words=\"");
    ct_page_word(out, CT_W_SLIDER_VALUE);
    ct_text_put(out, "\"/>\n</div>\n");
    legends(out, report, pictures);
    missing(out, report, pictures);
    ct_text_put(out, "<p class=\"note\">");
    ct_page_word(out, CT_W_ALIGNED);
    ct_text_put(out, " ");
    ct_page_word(out, fit->there ? CT_W_LAID : CT_W_NOT_LAID);
    ct_text_put(out, "</p>\n</div>\n</section>\n");
}
