/* SPDX-License-Identifier: BSD-2-Clause */

/* The page of visits over time: the answer, the course in charts, photographs,
 * visits and their checks, and how it was computed. */

#include <math.h>
#include <string.h>

#include "report/series.h"

/* ---- The answer ---------------------------------------------------------- */

static void fact(struct text *out, enum ct_word word, const char *value)
{
    ct_text_put(out, "<li><span>");
    ct_page_word(out, word);
    ct_text_put(out, "</span> ");
    ct_escape(out, value);
    ct_text_put(out, "</li>\n");
}

/* "2 photographs": a number and what it counts. */
static void count(struct text *out, int n, enum ct_word one, enum ct_word many)
{
    struct text number = ct_text_beside(out);
    ct_say_number(&number, n, 0, CT_SIGN_MINUS);
    ct_phrase(out, n == 1 ? one : many,
              (const char *[]){ct_text_bytes(&number)});
    out->failed |= number.failed;
    ct_text_free(&number);
}

static void fact_of_two(struct text *out, enum ct_word fact_word,
                        enum ct_word phrase, struct text *a, struct text *b)
{
    struct text value = ct_text_beside(out);
    ct_phrase(&value, phrase,
              (const char *[]){ct_text_bytes(a), ct_text_bytes(b)});
    fact(out, fact_word, ct_text_bytes(&value));
    out->failed |= a->failed | b->failed | value.failed;
    ct_text_free(a);
    ct_text_free(b);
    ct_text_free(&value);
}

static void facts(struct text *out, const struct course *course)
{
    const struct report last = ct_series_last(course);
    const double days =
        course->of[course->count - 1]->about.days - course->of[0]->about.days;
    struct text a = ct_text_beside(out), b = ct_text_beside(out);

    ct_text_put(out, "<ul class=\"facts\">\n");
    fact(out, CT_W_JUDGED,
         ct_preset_words(out, ct_report_preset(&last), CT_W_OBJECT_GENERAL));
    ct_say_regions(&a, ct_report_treated(&last));
    fact(out, CT_W_TREATED, ct_text_bytes(&a));
    ct_text_clear(&a);
    if (course->split_face)
        fact(out, CT_W_S_CONTROL,
             ct_word(out,
                     course->control[CT_CHEEK_L] ? CT_W_S_LEFT : CT_W_S_RIGHT));
    count(&a, course->count, CT_W_S_VISIT_ONE, CT_W_S_VISIT_MANY);
    ct_say_time(&b, days);
    fact_of_two(out, CT_W_S_VISITS, CT_W_S_VISIT_COUNT, &a, &b);
    a = ct_text_beside(out);
    b = ct_text_beside(out);
    count(&a, course->baseline_captures, CT_W_S_PHOTOGRAPH, CT_W_S_PHOTOGRAPHS);
    count(&b, course->baseline_visits, CT_W_S_VISIT_ONE, CT_W_S_VISIT_MANY);
    fact_of_two(out, CT_W_S_BASELINE, CT_W_S_BASELINE_COUNT, &a, &b);
    ct_text_put(out, "</ul>\n");
}

static void answer(struct text *out, const struct course *course)
{
    const struct report last = ct_series_last(course);
    struct text plain = ct_text_beside(out);
    ct_text_put(out, "<header>\n<p class=\"brand\"><b>cutis</b> ");
    ct_page_word(out, CT_W_S_BRAND);
    ct_text_format(out, "</p>\n<h1 class=\"v-%s\">",
                   cutis_verdict_name(ct_answer_verdict(&last)));
    ct_say_series_answer(&plain, course);
    ct_escape(out, ct_text_bytes(&plain));
    ct_text_clear(&plain);
    ct_say_series_support(&plain, course);
    if (plain.size) {
        ct_text_put(out, "</h1>\n<p class=\"support\">");
        ct_escape(out, plain.bytes);
        ct_text_put(out, "</p>\n");
    } else {
        ct_text_put(out, "</h1>\n");
    }
    out->failed |= plain.failed;
    ct_text_free(&plain);
    facts(out, course);
    ct_text_put(out, "</header>\n");
}

/* ---- Sections ------------------------------------------------------------ */

static void note(struct text *out, enum ct_word word)
{
    ct_text_put(out, "<p class=\"note\">");
    ct_page_word(out, word);
    ct_text_put(out, "</p>\n");
}

static void charts(struct text *out, const struct course *course)
{
    int weighed[CT_METRICS];
    bool shown[CT_METRICS] = {false};
    const int count = ct_series_weighs(weighed, course);

    ct_page_open(out, "course", CT_W_S_COURSE);
    ct_text_put(out, "<div class=\"courses\">\n");
    ct_page_score_course(out, course);
    for (int i = 0; i < count; i++) {
        ct_page_course(out, course, weighed[i]);
        shown[weighed[i]] = true;
    }
    ct_text_put(out, "</div>\n");
    note(out, CT_W_S_COURSE_NOTE);
    ct_text_put(out, "<details><summary>");
    ct_page_word(out, CT_W_S_OTHERS);
    ct_text_put(out, "</summary>\n<div class=\"courses\">\n");
    for (int m = 0; m < CT_METRICS; m++)
        if (!shown[m])
            ct_page_course(out, course, m);
    ct_text_put(out, "</div></details>\n</section>\n");
}

static void shots(struct text *out, const struct course *course)
{
    ct_page_open(out, "shots", CT_W_PHOTOGRAPHS);
    ct_text_put(out, "<div class=\"shots\">\n");
    for (int i = 0; i < course->count; i++) {
        const struct occasion *const visit = course->of[i];
        const char *const with[] = {visit->label};
        ct_text_format(out, "<figure><img width=\"%d\" height=\"%d\" alt=\"",
                       course->shot_width, course->shot_height);
        ct_page_say(out, CT_W_S_SHOT_ALT, with);
        ct_text_put(out, "\" src=");
        ct_page_data(out, "jpeg", &visit->shot);
        ct_text_put(out, "/>\n");
        ct_text_put(out, "<figcaption>");
        ct_escape(out, visit->label);
        ct_text_put(out, "</figcaption></figure>\n");
    }
    ct_text_put(out, "</div>\n");
    note(out, CT_W_S_SHOTS_NOTE);
    ct_text_put(out, "</section>\n");
}

/* Of whichever photographs. */
static bool is_alike(const cutis_check *a, const cutis_check *b)
{
    return !strcmp(a->id, b->id) && a->verdict == b->verdict &&
           a->region == b->region;
}

/* Of which photographs a visit says the like, as bits; 0 where it does not. */
static unsigned alike(const struct occasion *visit, const cutis_check *check)
{
    unsigned scopes = 0;
    for (int i = 0; visit->outcome && i < visit->outcome->checks.count; i++)
        if (is_alike(&visit->outcome->checks.of[i], check))
            scopes |= 1U << visit->outcome->checks.of[i].scope;
    return scopes;
}

/* What a check said at the visit `at`, unless it was said already: of a later
 * visit, or of another photograph of this one. */
static bool check_once(struct text *out, const struct course *course, int at,
                       const cutis_check *last, const cutis_check *check)
{
    const struct checks *const here = &course->of[at]->outcome->checks;
    struct text visits = ct_text_beside(out);
    cutis_check said = *check;
    unsigned scopes = 0;

    for (int i = at + 1; i < course->count; i++)
        if (alike(course->of[i], check))
            return false;
    for (const cutis_check *c = here->of; c < check; c++)
        if (is_alike(c, check))
            return false;
    for (int i = 0; i <= at; i++) {
        const unsigned own = alike(course->of[i], check);
        scopes |= own;
        if (!own)
            continue;
        ct_text_put(&visits, visits.size ? ", " : "");
        ct_text_put(&visits, course->of[i]->label);
    }
    if (scopes & (scopes - 1U)) /* of more than one kind */
        said.scope = CUTIS_CHECK_PAIR;
    ct_page_check(out, last, &said, ct_text_bytes(&visits));
    out->failed |= visits.failed;
    ct_text_free(&visits);
    return true;
}

static void checks_with(struct text *out, const struct course *course,
                        cutis_check_verdict verdict)
{
    const cutis_check *last = NULL;

    for (int i = course->count - 1; i >= course->baseline_visits; i--) {
        const struct checks *const checks = &course->of[i]->outcome->checks;
        for (int k = 0; k < checks->count; k++)
            if (checks->of[k].verdict == verdict &&
                ct_series_asks(&checks->of[k]) &&
                check_once(out, course, i, last, &checks->of[k]))
                last = &checks->of[k];
    }
}

static void checks(struct text *out, const struct course *course)
{
    struct text a = ct_text_beside(out), b = ct_text_beside(out);
    int count = 0, troubles = 0;

    for (int i = course->baseline_visits; i < course->count; i++) {
        const struct checks *const checks = &course->of[i]->outcome->checks;
        for (int k = 0; k < checks->count; k++)
            count += ct_series_asks(&checks->of[k]);
        troubles += ct_troubles(&course->of[i]->outcome->checks);
    }
    ct_say_number(&a, count - troubles, 0, CT_SIGN_MINUS);
    ct_say_number(&b, count, 0, CT_SIGN_MINUS);
    ct_page_open(out, "checks", CT_W_CHECKS);
    ct_text_put(out, "<p>");
    ct_page_say(out, CT_W_S_CHECKS_COUNT,
                (const char *[]){ct_text_bytes(&a), ct_text_bytes(&b)});
    ct_text_put(out, "</p>\n<ul class=\"checks\">\n");
    checks_with(out, course, CUTIS_CHECK_FAIL);
    checks_with(out, course, CUTIS_CHECK_WARN);
    if (!troubles) {
        ct_text_put(out, "<li class=\"c-pass\"><div><p>");
        ct_page_word(out, CT_W_ALL_PASSED);
        ct_text_put(out, "</p></div></li>\n");
    }
    ct_text_put(out, "</ul>\n</section>\n");
    out->failed |= a.failed | b.failed;
    ct_text_free(&a);
    ct_text_free(&b);
}

/* ---- How it was computed ------------------------------------------------- */

static void hashes(struct text *out, const struct course *course)
{
    ct_text_put(out, "<table class=\"origin\">\n<thead><tr>"
                     "<th scope=\"col\">");
    ct_page_word(out, CT_W_S_VISIT);
    ct_text_put(out, "</th><th scope=\"col\">");
    ct_page_word(out, CT_W_HASH);
    ct_text_put(out, "</th></tr></thead>\n<tbody>\n");
    for (int i = 0; i < course->count; i++) {
        const struct occasion *const visit = course->of[i];
        ct_text_put(out, "<tr><th scope=\"row\">");
        ct_escape(out, visit->label);
        ct_text_put(out, "</th><td>");
        for (size_t k = 0; k < visit->about.capture_count; k++)
            ct_text_format(out, "%s<code>%s</code>", k ? "<br/>" : "",
                           visit->sha256[k]);
        ct_text_put(out, "</td></tr>\n");
    }
    ct_text_put(out, "</tbody></table>\n");
}

/* Where the errors come from, at the last visit. */
static void errors(struct text *out, const struct report *last)
{
    struct text said = ct_text_beside(out);

    ct_say_errors(&said, last);
    ct_text_put(out, " ");
    ct_escape(out, ct_text_bytes(&said));
    out->failed |= said.failed;
    ct_text_free(&said);
}

static void method(struct text *out, const struct course *course)
{
    static const enum ct_word notes[] = {
        CT_W_HOW_FILED,  CT_W_S_HOW_BASELINE, CT_W_HOW_MEASURED,
        CT_W_HOW_JUDGED, CT_W_S_HOW_ADJUSTED, CT_W_S_HOW_TREND,
        CT_W_HOW_UNITS,  CT_W_HOW_SCALE};
    const struct report last = ct_series_last(course);

    ct_page_open(out, "method", CT_W_METHOD);
    for (size_t i = 0; i < sizeof(notes) / sizeof(*notes); i++) {
        ct_text_put(out, "<p>");
        ct_page_word(out, notes[i]);
        if (notes[i] == CT_W_HOW_JUDGED)
            errors(out, &last);
        ct_text_put(out, "</p>\n");
    }
    ct_page_parameters(out, &last);
    hashes(out, course);
    ct_text_put(out, "</section>\n");
}

cutis_status ct_series_html(struct text *out, const struct course *course,
                            struct tools *tools)
{
    const struct report last = ct_series_last(course);
    out->language = ct_report_language(&last);
    ct_page_head(out, CT_W_S_TITLE, ct_series_style);
    ct_text_put(out, "<body>\n<main>\n");
    answer(out, course);
    charts(out, course);
    shots(out, course);
    ct_page_visits(out, course);
    for (int kind = 0; kind < CUTIS_CONTRASTS; kind++)
        ct_page_contrasts(out, course, (cutis_contrast_kind)kind);
    checks(out, course);
    method(out, course);
    ct_text_put(out, "</main>\n<footer><p>");
    ct_page_word(out, CT_W_DISCLAIMER);
    ct_text_put(out, "</p></footer>\n</body>\n</html>\n");
    return out->failed ? ct_no_memory(tools) : CUTIS_OK;
}
