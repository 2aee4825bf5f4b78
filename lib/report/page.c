/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The page: one file of HTML that is also well-formed XML, with its style, its
 * few lines of script and its pictures inside.  It loads nothing: a policy in
 * its head tells the browser so.
 */

#include <math.h>
#include <string.h>

#include "report/fit.h"

void ct_page_word(struct text *out, enum ct_word word)
{
    ct_escape(out, ct_word(out, word));
}

void ct_page_say(struct text *out, enum ct_word word, const char *const *with)
{
    struct text plain = ct_text_beside(out);
    ct_phrase(&plain, word, with);
    out->failed |= plain.failed;
    ct_escape(out, plain.bytes ? plain.bytes : "");
    ct_text_free(&plain);
}

void ct_page_verdict(struct text *out, cutis_verdict verdict,
                     const char *reason)
{
    struct text plain = ct_text_beside(out);
    struct text shown = ct_text_beside(out);
    ct_say_verdict(&plain, verdict, reason);
    ct_say_clause(&shown, plain.bytes ? plain.bytes : "", CT_CASE_CAPITAL);
    out->failed |= plain.failed | shown.failed;
    ct_escape(out, shown.bytes ? shown.bytes : "");
    ct_text_free(&plain);
    ct_text_free(&shown);
}

void ct_page_sentence(struct text *out, const char *english)
{
    struct text plain = ct_text_beside(out);
    ct_say_sentence(&plain, english);
    out->failed |= plain.failed;
    ct_escape(out, plain.bytes ? plain.bytes : "");
    ct_text_free(&plain);
}

static void lines(struct text *out, const char *const *line)
{
    for (; *line; line++) {
        ct_text_put(out, *line);
        ct_text_put(out, "\n");
    }
}

static void head(struct text *out)
{
    ct_text_put(out, "<!DOCTYPE html>\n<html lang=\"");
    ct_text_put(out, ct_language_tag(out));
    ct_text_put(
        out,
        "\">\n<head>\n"
        "<meta charset=\"utf-8\"/>\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\""
        "default-src 'none'; img-src data:; style-src 'unsafe-inline'; "
        "script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\"/>\n"
        "<meta name=\"referrer\" content=\"no-referrer\"/>\n"
        "<meta name=\"robots\" content=\"noindex\"/>\n"
        "<meta name=\"viewport\" "
        "content=\"width=device-width, initial-scale=1\"/>\n"
        "<meta name=\"color-scheme\" content=\"light dark\"/>\n<title>");
    ct_page_word(out, CT_W_PAGE_TITLE);
    ct_text_put(out, "</title>\n<style>\n");
    lines(out, ct_page_style);
    ct_text_put(out, "</style>\n</head>\n");
}

static void fact(struct text *out, enum ct_word word, const char *value)
{
    ct_text_put(out, "<li><span>");
    ct_page_word(out, word);
    ct_text_put(out, "</span> ");
    ct_escape(out, value);
    ct_text_put(out, "</li>\n");
}

/* What was asked, in a line under the answer. */
static void facts(struct text *out, const struct report *report)
{
    const double days = ct_report_days(report);
    ct_text_put(out, "<ul class=\"facts\">\n");
    fact(out, CT_W_JUDGED,
         ct_preset_words(out, ct_report_preset(report), CT_W_OBJECT_GENERAL));
    struct text treated = ct_text_beside(out);
    ct_say_regions(&treated, ct_report_treated(report));
    out->failed |= treated.failed;
    fact(out, CT_W_TREATED, treated.bytes ? treated.bytes : "");
    ct_text_free(&treated);
    if (isfinite(days)) {
        struct text plain = ct_text_beside(out);
        ct_say_number(&plain, days, 0, CT_SIGN_MINUS);
        out->failed |= plain.failed;
        fact(out, CT_W_DAYS, plain.bytes ? plain.bytes : "");
        ct_text_free(&plain);
    }
    fact(out, CT_W_COMPARABLE,
         ct_word(out, CT_W_COMPARABLE_YES + (int)report->outcome->comparable));
    ct_text_put(out, "</ul>\n");
}

static void answer(struct text *out, const struct report *report)
{
    struct text plain = ct_text_beside(out);
    ct_text_put(out, "<header>\n<p class=\"brand\"><b>cutis</b> ");
    ct_page_word(out, CT_W_BRAND);
    ct_text_format(out, "</p>\n<h1 class=\"v-%s\">",
                   cutis_verdict_name(ct_answer_verdict(report)));
    ct_say_answer(&plain, report);
    ct_escape(out, plain.bytes ? plain.bytes : "");
    ct_text_put(out, "</h1>\n<p class=\"support\">");
    plain.size = 0;
    ct_say_support(&plain, report);
    if (plain.size)
        ct_escape(out, plain.bytes);
    ct_text_put(out, "</p>\n");
    out->failed |= plain.failed;
    ct_text_free(&plain);
    facts(out, report);
    ct_text_put(out, "</header>\n");
}

cutis_status ct_report_html(struct text *out, const struct report *report,
                            struct tools *tools)
{
    cutis_status status;
    struct page_pictures *pictures =
        ct_alloc(&tools->memory, 1, sizeof(*pictures));
    struct page_fit *fit = ct_alloc(&tools->memory, 1, sizeof(*fit));
    if (!pictures || !fit) {
        status = ct_no_memory(tools);
        goto done;
    }
    out->language = ct_report_language(report);
    TRY(ct_page_pictures(pictures, report, tools));
    TRY(ct_fit_create(fit, report, pictures, tools));

    head(out);
    ct_text_put(out, "<body>\n<main>\n");
    answer(out, report);
    ct_page_stage(out, report, pictures, fit);
    ct_page_fit(out, report, fit);
    ct_page_readings(out, report);
    ct_page_score(out, report);
    ct_page_checks(out, report);
    ct_page_method(out, report);
    ct_text_put(out, "</main>\n<footer><p>");
    ct_page_word(out, CT_W_DISCLAIMER);
    ct_text_put(out, "</p></footer>\n<script>\n");
    lines(out, ct_page_script);
    ct_text_put(out, "</script>\n</body>\n</html>\n");
    status = out->failed ? ct_no_memory(tools) : CUTIS_OK;
done:
    if (pictures)
        ct_page_pictures_free(pictures);
    if (fit)
        ct_fit_free(fit);
    ct_free(pictures);
    ct_free(fit);
    return status;
}
