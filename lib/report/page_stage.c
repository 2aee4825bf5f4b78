/* SPDX-License-Identifier: BSD-2-Clause */

/* The photographs of the page, what can be laid over them, and the legends. */

#include <math.h>
#include <stdio.h>

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

void ct_page_data(struct text *out, const char *type, const struct text *bytes)
{
    ct_text_format(out, "\"data:image/%s;base64,", type);
    ct_text_base64(out, bytes->bytes, bytes->size);
    ct_text_put(out, "\"");
}

/* A picture of the frame's size with a name that others refer to. */
static void picture(struct text *out, const struct frame *frame,
                    const char *type, const struct text *bytes,
                    const char *name, int which)
{
    ct_text_format(out,
                   "<image id=\"%s-%d\" width=\"%d\" height=\"%d\" href=", name,
                   which, frame->width, frame->height);
    ct_page_data(out, type, bytes);
    ct_text_put(out, "/>");
}

static void open_svg(struct text *out, const struct frame *frame,
                     const char *class)
{
    ct_text_format(out, "<svg class=\"%s\" viewBox=\"0 0 %d %d\" ", class,
                   frame->width, frame->height);
}

static void put_alt(struct text *out, enum ct_word alt)
{
    ct_text_put(out, "role=\"img\" aria-label=\"");
    ct_page_word(out, alt);
    ct_text_put(out, "\">");
}

static void numbers(struct text *out, const struct page_pictures *pictures,
                    int which)
{
    ct_text_put(out, "<g class=\"numbers\">\n");
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
    ct_text_put(out, "</g>\n");
}

static void layers(struct text *out, const struct report *report,
                   const struct page_pictures *pictures, int which)
{
    for (int i = 0; i < CT_LAYERS; i++) {
        char class[40];
        if (!ct_layer_is_there(pictures, report, i))
            continue;
        snprintf(class, sizeof(class), "layer on-%s", ct_layers[i].id);
        open_svg(out, &pictures->frame, class);
        ct_text_put(out, "aria-hidden=\"true\">");
        picture(out, &pictures->frame, "png", &pictures->layer[which][i],
                ct_layers[i].id, which);
        if (i == 0)
            numbers(out, pictures, which);
        ct_text_put(out, "</svg>\n");
    }
}

static void photograph(struct text *out, const struct report *report,
                       const struct page_pictures *pictures,
                       const struct page_fit *fit, int which)
{
    const struct frame *const frame = &pictures->frame;
    ct_text_format(out, "<figure class=\"shot %s\">\n<div class=\"plate\">\n",
                   which ? "after" : "before");
    open_svg(out, frame, "photo");
    put_alt(out, which ? CT_W_ALT_AFTER : CT_W_ALT_BEFORE);
    picture(out, frame, "jpeg", &pictures->photo[which], "photo", which);
    ct_text_put(out, "</svg>\n");
    /* What covers the after one where views lay it on the before one. */
    if (which && fit->there) {
        open_svg(out, frame, "photo laid");
        put_alt(out, CT_W_ALT_LAID);
        picture(out, frame, "jpeg", &fit->after, "laid", which);
        ct_text_put(out, "</svg>\n");
    }
    layers(out, report, pictures, which);
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

/* On paper, where nothing can be chosen: the layer on both photographs. */
static void on_paper(struct text *out, const struct page_pictures *pictures,
                     int layer)
{
    ct_text_put(out, "<div class=\"pair paper\" aria-hidden=\"true\">\n");
    for (int i = 0; i < 2; i++) {
        ct_text_put(out, "<figure class=\"shot\">");
        open_svg(out, &pictures->frame, "photo");
        ct_text_format(out,
                       "aria-hidden=\"true\"><use href=\"#photo-%d\"/>"
                       "<use href=\"#%s-%d\"/>",
                       i, ct_layers[layer].id, i);
        if (layer == 0)
            numbers(out, pictures, i);
        ct_text_put(out, "</svg><figcaption>");
        ct_page_word(out, i ? CT_W_AFTER : CT_W_BEFORE);
        ct_text_put(out, "</figcaption></figure>\n");
    }
    ct_text_put(out, "</div>\n");
}

static void legend(struct text *out, const struct page_pictures *pictures,
                   int layer)
{
    const enum ct_map map = (enum ct_map)(layer - 1);
    ct_text_format(out, "<div class=\"legend on-%s\">\n<p class=\"paper\"><b>",
                   ct_layers[layer].id);
    ct_page_word(out, ct_layers[layer].name);
    ct_text_put(out, "</b></p>\n");
    on_paper(out, pictures, layer);
    if (layer)
        map_legend(out, &pictures->heat[map], map);
    ct_text_put(out, "<p>");
    ct_page_word(out, ct_layers[layer].meaning);
    if (layer && map == CT_MAP_H && pictures->heat[map].own_base) {
        ct_text_put(out, " ");
        ct_page_word(out, CT_W_MEANING_BASE);
    }
    if (layer) {
        ct_text_put(out, " ");
        ct_page_word(out, CT_W_SAME_SCALE);
    }
    ct_text_put(out, "</p>");
    if (layer == 0)
        region_legend(out, pictures);
    ct_text_put(out, "\n</div>\n");
}

static void legends(struct text *out, const struct report *report,
                    const struct page_pictures *pictures)
{
    for (int i = 0; i < CT_LAYERS; i++)
        if (ct_layer_is_there(pictures, report, i))
            legend(out, pictures, i);
}

void ct_page_stage(struct text *out, const struct report *report,
                   const struct page_pictures *pictures,
                   const struct page_fit *fit)
{
    ct_page_open(out, "photographs", CT_W_PHOTOGRAPHS);
    ct_text_put(out, "<div class=\"viewer\">\n");
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
