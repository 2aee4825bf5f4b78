/* SPDX-License-Identifier: BSD-2-Clause */

/* How the page's numbers were made: versions, parameters, hashes. */

#include <math.h>

#include "report/report.h"

static void item(struct text *out, enum ct_word word, const char *value)
{
    ct_text_put(out, "<dt>");
    ct_page_word(out, word);
    ct_text_put(out, "</dt><dd>");
    ct_escape(out, value);
    ct_text_put(out, "</dd>\n");
}

static void item_number(struct text *out, enum ct_word word, double value,
                        int decimals, const char *unit)
{
    ct_text_put(out, "<dt>");
    ct_page_word(out, word);
    ct_text_put(out, "</dt><dd>");
    ct_say_number(out, value, decimals, CT_SIGN_MINUS);
    if (isfinite(value)) {
        ct_text_put(out, ct_word(out, CT_W_UNIT_SPACE));
        ct_escape(out, unit);
    }
    ct_text_put(out, "</dd>\n");
}

/* Names of regions with commas; NULL = none. */
static void item_regions(struct text *out, enum ct_word word, const char *list)
{
    struct text plain = ct_text_beside(out);
    ct_say_regions(&plain, list ? list : "");
    item(out, word, plain.size ? plain.bytes : ct_word(out, CT_W_NONE));
    out->failed |= plain.failed;
    ct_text_free(&plain);
}

/* "acne scarring (acne_scars)": for people, and for programs. */
static void item_weights(struct text *out, const char *preset)
{
    struct text plain = ct_text_beside(out);
    ct_text_format(&plain, "%s (%s)",
                   ct_preset_words(out, preset, CT_W_OBJECT_GENERAL), preset);
    item(out, CT_W_PRESET, ct_text_bytes(&plain));
    out->failed |= plain.failed;
    ct_text_free(&plain);
}

void ct_page_parameters(struct text *out, const struct report *report)
{
    const cutis_compare_options *const options = report->options;
    const double days = ct_report_days(report);

    ct_text_put(out, "<dl>\n");
    item(out, CT_W_VERSION, cutis_version());
    item(out, CT_W_PROFILE, cutis_profile());
    item_weights(out, ct_report_preset(report));
    item_regions(out, CT_W_TREATED, ct_report_treated(report));
    item_regions(out, CT_W_REFERENCE, options ? options->reference : NULL);
    if (report->before)
        item(out, CT_W_CALIBRATION,
             ct_name_words(out, ct_report_calibration(report)));
    item(out, CT_W_POLARISED,
         ct_word(out, options && options->polarised ? CT_W_YES : CT_W_NO));
    if (isfinite(days))
        item_number(out, CT_W_DAYS, days, 0, "");
    else if (report->before)
        item(out, CT_W_DAYS, ct_word(out, CT_W_NOT_SAID));
    ct_text_put(out, "</dl>\n");
}

/* ---- The two photographs ------------------------------------------------- */

typedef void (*say_fn)(struct text *out, const struct photo_facts *facts);

static void row(struct text *out, const struct report *report,
                enum ct_word word, say_fn say)
{
    ct_text_put(out, "<tr><th scope=\"row\">");
    ct_page_word(out, word);
    ct_text_put(out, "</th><td>");
    say(out, report->before);
    ct_text_put(out, "</td><td>");
    say(out, report->after);
    ct_text_put(out, "</td></tr>\n");
}

static void say_hash(struct text *out, const struct photo_facts *facts)
{
    ct_text_put(out, "<code>");
    ct_escape(out, facts->picture->sha256);
    ct_text_put(out, "</code>");
}

static void say_size(struct text *out, const struct photo_facts *facts)
{
    const struct picture *const picture = facts->picture;
    ct_text_format(out, "%d \xc3\x97 %d, %d bit", picture->width,
                   picture->height, picture->bits);
}

static void say_colour(struct text *out, const struct photo_facts *facts)
{
    ct_escape(out, ct_name_words(out, ct_colour_name(facts->picture->space)));
}

static void say_scale(struct text *out, const struct photo_facts *facts)
{
    ct_say_number(out, facts->face->scale, 2, CT_SIGN_MINUS);
    ct_text_put(out, " px/mm (");
    ct_escape(out, ct_name_words(out, facts->face->scale_source));
    ct_text_put(out, ")");
}

static void say_pose(struct text *out, const struct photo_facts *facts)
{
    const struct pose *const pose = &facts->face->pose;
    const double angle[] = {pose->yaw_deg, pose->pitch_deg, pose->roll_deg};
    for (int i = 0; i < 3; i++) {
        ct_text_put(out, i ? " / " : "");
        ct_say_number(out, facts->face->found ? angle[i] : NAN, 1,
                      CT_SIGN_ALWAYS);
    }
    ct_text_put(out, "\xc2\xb0");
}

static void say_blur(struct text *out, const struct photo_facts *facts)
{
    ct_say_number(out, facts->capture ? facts->capture->blur_mm : NAN, 3,
                  CT_SIGN_MINUS);
    ct_text_put(out, " mm");
}

static void photographs(struct text *out, const struct report *report)
{
    ct_text_put(out, "<table class=\"origin\">\n<caption>");
    ct_page_word(out, CT_W_PHOTOGRAPHS);
    ct_text_put(out, "</caption>\n<thead><tr><td></td><th scope=\"col\">");
    ct_page_word(out, CT_W_BEFORE);
    ct_text_put(out, "</th><th scope=\"col\">");
    ct_page_word(out, CT_W_AFTER);
    ct_text_put(out, "</th></tr></thead>\n<tbody>\n");
    row(out, report, CT_W_HASH, say_hash);
    row(out, report, CT_W_SIZE, say_size);
    row(out, report, CT_W_COLOUR, say_colour);
    row(out, report, CT_W_SCALE, say_scale);
    row(out, report, CT_W_POSE, say_pose);
    row(out, report, CT_W_BLUR, say_blur);
    ct_text_put(out, "</tbody></table>\n");
}

static void say_errors(struct text *out, const struct report *report)
{
    struct text said = ct_text_beside(out);

    ct_say_errors(&said, report);
    ct_text_put(out, " ");
    ct_escape(out, ct_text_bytes(&said));
    out->failed |= said.failed;
    ct_text_free(&said);
}

void ct_page_method(struct text *out, const struct report *report)
{
    static const enum ct_word notes[] = {CT_W_HOW_FILED, CT_W_HOW_MEASURED,
                                         CT_W_HOW_JUDGED, CT_W_HOW_UNITS,
                                         CT_W_HOW_SCALE};
    ct_page_open(out, "method", CT_W_METHOD);
    for (size_t i = 0; i < sizeof(notes) / sizeof(*notes); i++) {
        ct_text_put(out, "<p>");
        ct_page_word(out, notes[i]);
        if (notes[i] == CT_W_HOW_JUDGED)
            say_errors(out, report);
        ct_text_put(out, "</p>\n");
    }
    ct_page_parameters(out, report);
    photographs(out, report);
    if (report->pair) {
        ct_text_put(out, "<dl>\n");
        item_number(out, CT_W_RESIDUAL, report->pair->residual_median_mm, 2,
                    "mm");
        item_number(out, CT_W_RESIDUAL95, report->pair->residual_p95_mm, 2,
                    "mm");
        ct_text_put(out, "</dl>\n");
    }
    ct_text_put(out, "</section>\n");
}
