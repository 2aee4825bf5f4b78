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

void ct_page_open(struct text *out, const char *name, enum ct_word title)
{
    ct_text_format(out, "<section aria-labelledby=\"h-%s\">\n<h2 id=\"h-%s\">",
                   name, name);
    ct_page_word(out, title);
    ct_text_put(out, "</h2>\n");
}

void ct_page_cell(struct text *out, const char *class, enum ct_word label)
{
    ct_text_format(out, "<td class=\"%s\" data-label=\"", class);
    ct_page_word(out, label);
    ct_text_put(out, "\">");
}

static void lines(struct text *out, const char *const *line)
{
    for (; *line; line++) {
        ct_text_put(out, *line);
        ct_text_put(out, "\n");
    }
}

void ct_page_head(struct text *out, enum ct_word title,
                  const char *const *style)
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
    ct_page_word(out, title);
    ct_text_put(out, "</title>\n<style>\n");
    lines(out, ct_page_style);
    lines(out, ct_page_paper);
    if (style)
        lines(out, style);
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

static const char *bytes_of(const struct text *text)
{
    return text->bytes ? text->bytes : "";
}

static void treated(struct text *out, const struct report *report)
{
    struct text plain = ct_text_beside(out);
    ct_say_regions(&plain, ct_report_treated(report));
    out->failed |= plain.failed;
    fact(out, CT_W_TREATED, bytes_of(&plain));
    ct_text_free(&plain);
}

static void days(struct text *out, const struct report *report)
{
    const double since = ct_report_days(report);
    struct text plain = ct_text_beside(out);
    ct_say_number(&plain, since, 0, CT_SIGN_MINUS);
    out->failed |= plain.failed;
    fact(out, CT_W_DAYS,
         isfinite(since) ? bytes_of(&plain) : ct_word(out, CT_W_NOT_SAID));
    ct_text_free(&plain);
}

/* "yes (34 of 34 checks passed)" */
static void comparable(struct text *out, const struct report *report)
{
    const struct checks *const checks = &report->outcome->checks;
    const int word = CT_W_COMPARABLE_YES + (int)report->outcome->comparable;
    struct text passed = ct_text_beside(out), all = ct_text_beside(out);
    struct text plain = ct_text_beside(out);
    int count = 0;
    for (int i = 0; i < checks->count; i++)
        count += checks->of[i].verdict == CUTIS_CHECK_PASS;
    ct_say_number(&passed, count, 0, CT_SIGN_MINUS);
    ct_say_number(&all, checks->count, 0, CT_SIGN_MINUS);
    ct_phrase(&plain, CT_W_CHECKS_COUNT,
              (const char *[]){ct_word(out, (enum ct_word)word),
                               bytes_of(&passed), bytes_of(&all)});
    fact(out, CT_W_COMPARABLE, bytes_of(&plain));
    out->failed |= passed.failed | all.failed | plain.failed;
    ct_text_free(&passed);
    ct_text_free(&all);
    ct_text_free(&plain);
}

static bool told_before(const struct checks *checks, int check)
{
    for (int i = 0; i < check; i++)
        if (checks->of[i].verdict != CUTIS_CHECK_PASS &&
            !strcmp(checks->of[i].id, checks->of[check].id))
            return true;
    return false;
}

/* What did not pass, each check once. */
static void cautions(struct text *out, const struct report *report)
{
    const struct checks *const checks = &report->outcome->checks;
    struct text plain = ct_text_beside(out);
    for (int i = 0; i < checks->count; i++) {
        if (checks->of[i].verdict == CUTIS_CHECK_PASS || told_before(checks, i))
            continue;
        ct_text_put(&plain, plain.size ? ct_word(out, CT_W_COMMA) : "");
        ct_say_clause(&plain, ct_check_title(out, checks->of[i].id),
                      CT_CASE_SMALL);
    }
    if (plain.size)
        fact(out, CT_W_CAUTIONS, plain.bytes);
    out->failed |= plain.failed;
    ct_text_free(&plain);
}

/* What was asked, in a line under the answer. */
static void facts(struct text *out, const struct report *report)
{
    const char *const preset = ct_report_preset(report);
    ct_text_put(out, "<ul class=\"facts\">\n");
    fact(out, CT_W_JUDGED,
         !strcmp(preset, "general")
             ? ct_word(out, CT_W_GENERAL)
             : ct_preset_words(out, preset, CT_W_OBJECT_GENERAL));
    treated(out, report);
    days(out, report);
    comparable(out, report);
    cautions(out, report);
    ct_text_put(out, "</ul>\n");
}

/* The sections that follow, for readers and for keyboards. */
static void contents(struct text *out)
{
    static const struct {
        const char *name;
        enum ct_word title;
    } sections[] = {{"photographs", CT_W_PHOTOGRAPHS},
                    {"where", CT_W_WHERE},
                    {"readings", CT_W_READINGS},
                    {"score", CT_W_SCORE},
                    {"items", CT_W_ITEMS},
                    {"checks", CT_W_CHECKS},
                    {"fit", CT_W_FIT},
                    {"method", CT_W_METHOD}};
    ct_text_put(out, "<nav aria-label=\"");
    ct_page_word(out, CT_W_CONTENTS);
    ct_text_put(out, "\"><ul>\n");
    for (size_t i = 0; i < sizeof(sections) / sizeof(*sections); i++) {
        ct_text_format(out, "<li><a href=\"#h-%s\">", sections[i].name);
        ct_page_word(out, sections[i].title);
        ct_text_put(out, "</a></li>\n");
    }
    ct_text_put(out, "</ul></nav>\n");
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
    contents(out);
    ct_text_put(out, "</header>\n");
}

/* What the page is made of besides the report. */
struct makings {
    struct page_pictures pictures;
    struct page_fit fit;
    struct outlines outlines;
    struct page_close close;
};

static cutis_status make(struct makings *out, const struct report *report,
                         struct tools *tools)
{
    const struct frame *const frame = &out->pictures.frame;
    cutis_status status;
    TRY(ct_page_pictures(&out->pictures, report, tools));
    TRY(ct_fit_create(&out->fit, report, &out->pictures, tools));
    TRY(ct_outlines_create(&out->outlines, report, frame, tools));
    TRY(ct_close_create(&out->close, report, frame, tools));
done:
    return status;
}

static void unmake(struct makings *makings)
{
    ct_page_pictures_free(&makings->pictures);
    ct_fit_free(&makings->fit);
    ct_outlines_free(&makings->outlines);
    ct_close_free(&makings->close);
    ct_free(makings);
}

static void body(struct text *out, const struct report *report,
                 const struct makings *makings)
{
    ct_text_put(out, "<body>\n<main>\n");
    answer(out, report);
    ct_page_stage(out, report, &makings->pictures, &makings->fit);
    ct_page_where(out, report, &makings->pictures, &makings->outlines);
    ct_page_readings(out, report);
    ct_page_score(out, report);
    ct_page_items(out, report, &makings->pictures, &makings->close);
    ct_page_checks(out, report);
    ct_page_fit(out, report, &makings->fit);
    ct_page_method(out, report);
    ct_text_put(out, "</main>\n<footer><p>");
    ct_page_word(out, CT_W_DISCLAIMER);
    ct_text_put(out, "</p></footer>\n<script>\n");
    lines(out, ct_page_script);
    ct_text_put(out, "</script>\n</body>\n</html>\n");
}

cutis_status ct_report_html(struct text *out, const struct report *report,
                            struct tools *tools)
{
    cutis_status status;
    struct makings *const makings =
        ct_alloc(&tools->memory, 1, sizeof(*makings));
    if (!makings)
        return ct_no_memory(tools);
    out->language = ct_report_language(report);
    TRY(make(makings, report, tools));
    ct_page_head(out, CT_W_PAGE_TITLE, NULL);
    body(out, report, makings);
    status = out->failed ? ct_no_memory(tools) : CUTIS_OK;
done:
    unmake(makings);
    return status;
}
