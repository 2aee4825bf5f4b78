/* SPDX-License-Identifier: BSD-2-Clause */

/* How the photographs were laid on each other, in words and maps; or why that
 * is not shown. */

#include <math.h>
#include <stdio.h>

#include "report/fit.h"

enum { NUMBER = 24, TENTHS = 10 };

/* ---- Words --------------------------------------------------------------- */

static void say_number(char out[NUMBER], struct text *spare, double value,
                       int decimals)
{
    struct text plain = ct_text_beside(spare);
    ct_say_number(&plain, value, decimals, CT_SIGN_MINUS);
    snprintf(out, NUMBER, "%s", plain.bytes ? plain.bytes : "");
    spare->failed |= plain.failed;
    ct_text_free(&plain);
}

/* A phrase with up to six numbers in its gaps, in the element `tag`. */
static void say(struct text *out, const char *tag, enum ct_word word,
                const double *value, const int *decimals, int count)
{
    char number[6][NUMBER];
    const char *with[10] = {"", "", "", "", "", "", "", "", "", ""};
    for (int i = 0; i < count; i++) {
        say_number(number[i], out, value[i], decimals[i]);
        with[i] = number[i];
    }
    ct_text_format(out, "<%s>", tag);
    ct_page_say(out, word, with);
    ct_text_format(out, "</%s>\n", tag);
}

static void say_how(struct text *out, const struct pair *pair)
{
    const double value[] = {pair->residual_median_mm, pair->patches_accepted,
                            pair->patches_tried, pair->patch_median_mm,
                            pair->patch_p95_mm};
    const int decimals[] = {2, 0, 0, 3, 3};
    say(out, "p", CT_W_FIT_HOW, value, decimals, 5);
}

/* Why there is nothing to show. */
static void say_why(struct text *out, const struct report *report)
{
    const struct outcome *const outcome = report->outcome;
    const bool compared =
        report->pair && outcome && outcome->comparable != CUTIS_COMPARABLE_NO;
    const char *const sentence = compared
                                     ? report->pair->unrefined
                                     : ct_report_obstacle(&outcome->checks);
    const enum ct_word word =
        compared ? CT_W_FIT_LANDMARKS : CT_W_FIT_NOT_COMPARED;
    struct text clause = ct_text_beside(out);
    if (*sentence)
        ct_say_reason(&clause, sentence, CT_CASE_SMALL);
    else
        ct_say_clause(
            &clause,
            ct_word(out, compared ? CT_W_FIT_NOT_LOOKED : CT_W_SEE_BELOW),
            CT_CASE_SMALL);
    const char *const with[10] = {
        clause.bytes ? clause.bytes : "", "", "", "", "", "", "", "", "", ""};
    ct_text_put(out, "<p>");
    ct_page_say(out, word, with);
    ct_text_put(out, "</p>\n");
    out->failed |= clause.failed;
    ct_text_free(&clause);
}

/* ---- Legends ------------------------------------------------------------- */

static void scale(struct text *out, const uint8_t (*colour)[3], int count,
                  double low, double high, int decimals, const char *unit)
{
    ct_text_put(out, "<p class=\"scale\"><span>");
    if (low < 0.0)
        ct_text_put(out, "\xe2\x89\xa4 ");
    ct_say_number(out, low, low < 0.0 ? decimals : 0, CT_SIGN_MINUS);
    ct_text_put(out, "</span>");
    ct_page_bar(out, colour, count);
    ct_text_put(out, "<span>\xe2\x89\xa5 ");
    ct_say_number(out, high, decimals,
                  low < 0.0 ? CT_SIGN_ALWAYS : CT_SIGN_MINUS);
    ct_text_format(out, " %s</span></p>\n", unit);
}

static void swatches(struct text *out)
{
    static const enum ct_word words[CT_HOLDS] = {CT_W_FIT_HELD, CT_W_FIT_PARTLY,
                                                 CT_W_FIT_UNHELD};
    ct_text_put(out, "<p class=\"scale\">");
    for (int i = 0; i < CT_HOLDS; i++) {
        const uint8_t *const c = ct_held_colours[i];
        ct_text_format(
            out,
            "<span><svg class=\"swatch\" viewBox=\"0 0 18 14\" "
            "aria-hidden=\"true\"><rect width=\"18\" height=\"14\" "
            "fill=\"#%02x%02x%02x\"/>%s</svg> ",
            c[0], c[1], c[2],
            i == CT_UNHELD ? "<path d=\"M0 9 9 0M0 18 18 0M9 18 18 9\"/>" : "");
        ct_page_word(out, words[i]);
        ct_text_put(out, "</span>");
    }
    ct_text_put(out, "</p>\n");
}

/* ---- Figures ------------------------------------------------------------- */

/* Twice, so that the lines show on pale and on dark. */
static void arrows(struct text *out, const struct page_fit *fit)
{
    ct_text_format(out,
                   "<svg class=\"arrows\" viewBox=\"0 0 %d %d\" "
                   "aria-hidden=\"true\">\n",
                   CT_FIT_WIDTH * TENTHS, CT_FIT_HEIGHT * TENTHS);
    for (int pass = 0; pass < 2; pass++) {
        ct_text_put(out, "<path d=\"");
        for (int i = 0; i < fit->arrows; i++) {
            const struct arrow *const a = &fit->arrow[i];
            const int x = (int)(a->x * TENTHS), y = (int)(a->y * TENTHS);
            ct_text_format(out, "M%d %dh0M%d %dl%d %d", x, y, x, y,
                           (int)floor(a->dx * TENTHS + 0.5),
                           (int)floor(a->dy * TENTHS + 0.5));
        }
        ct_text_put(out, "\"/>");
    }
    for (int i = 0; i < fit->arrows; i++)
        ct_text_format(out, "<circle cx=\"%d\" cy=\"%d\" r=\"26\"/>",
                       (int)(fit->arrow[i].x * TENTHS),
                       (int)(fit->arrow[i].y * TENTHS));
    ct_text_put(out, "\n</svg>\n");
}

static void figure(struct text *out, const struct page_fit *fit,
                   enum ct_fit map, enum ct_word title, enum ct_word alt)
{
    ct_text_format(out,
                   "<figure class=\"fit\">\n<div class=\"plate\">\n"
                   "<img width=\"%d\" height=\"%d\" alt=\"",
                   CT_FIT_WIDTH, CT_FIT_HEIGHT);
    ct_page_word(out, alt);
    ct_text_put(out, "\" src=");
    ct_page_data(out, "jpeg", &fit->map[map]);
    ct_text_put(out, "/>\n");
    if (map == CT_FIT_MOVED)
        arrows(out, fit);
    ct_text_put(out, "</div>\n<figcaption>\n<p><b>");
    ct_page_word(out, title);
    ct_text_put(out, "</b></p>\n");
}

static void end_figure(struct text *out)
{
    ct_text_put(out, "</figcaption>\n</figure>\n");
}

static void moved(struct text *out, const struct page_fit *fit)
{
    uint8_t ramp[CT_RAMP_STEPS][3];
    const double value[] = {fit->moved_median, fit->moved_p95, fit->longer};
    const int decimals[] = {2, 2, 0};
    ct_ramp(ramp, CT_MAP_RELIEF);
    figure(out, fit, CT_FIT_MOVED, CT_W_FIT_MOVED, CT_W_FIT_ALT_MOVED);
    scale(out, (const uint8_t(*)[3])ramp, CT_RAMP_STEPS, 0.0, fit->moved_high,
          fit->moved_high < 1.0 ? 2 : 1, "mm");
    say(out, "p", CT_W_FIT_MEANING_MOVED, value, decimals, 3);
    end_figure(out);
}

static void trust(struct text *out, const struct page_fit *fit)
{
    const double value[] = {100.0 * fit->held[CT_HELD],
                            100.0 * fit->held[CT_HELD_PARTLY],
                            100.0 * fit->held[CT_UNHELD]};
    const int decimals[] = {0, 0, 0};
    figure(out, fit, CT_FIT_TRUST, CT_W_FIT_TRUST, CT_W_FIT_ALT_TRUST);
    swatches(out);
    say(out, "p", CT_W_FIT_MEANING_TRUST, value, decimals, 3);
    end_figure(out);
}

static void light(struct text *out, const struct page_fit *fit)
{
    uint8_t ramp[CT_LIGHT_STEPS][3];
    const int decimals[] = {0};
    if (!fit->map[CT_FIT_LIGHT].size)
        return;
    ct_fit_light_ramp(ramp);
    figure(out, fit, CT_FIT_LIGHT, CT_W_FIT_LIGHT, CT_W_FIT_ALT_LIGHT);
    scale(out, (const uint8_t(*)[3])ramp, CT_LIGHT_STEPS, -fit->light_high,
          fit->light_high, 0, "%");
    say(out, "p", CT_W_FIT_MEANING_LIGHT, &fit->light_p95, decimals, 1);
    end_figure(out);
}

static void sharp(struct text *out, const struct page_fit *fit)
{
    uint8_t ramp[CT_LIGHT_STEPS][3];
    const int decimals[] = {2};
    if (!fit->map[CT_FIT_SHARP].size)
        return;
    ct_fit_light_ramp(ramp);
    figure(out, fit, CT_FIT_SHARP, CT_W_FIT_SHARP, CT_W_FIT_ALT_SHARP);
    scale(out, (const uint8_t(*)[3])ramp, CT_LIGHT_STEPS, -fit->blur_high,
          fit->blur_high, 2, "mm");
    say(out, "p", CT_W_FIT_MEANING_SHARP, &fit->blur_p95, decimals, 1);
    end_figure(out);
}

void ct_page_fit(struct text *out, const struct report *report,
                 const struct page_fit *fit)
{
    ct_page_open(out, "fit", CT_W_FIT);
    if (fit->there) {
        say_how(out, report->pair);
        ct_text_put(out, "<div class=\"fits\">\n");
        moved(out, fit);
        trust(out, fit);
        light(out, fit);
        sharp(out, fit);
        ct_text_put(out, "</div>\n");
    } else {
        say_why(out, report);
    }
    ct_text_put(out, "</section>\n");
}
