/* SPDX-License-Identifier: BSD-2-Clause */

/* The page as those read it who have no script, no eyes for colour, a screen
 * reader, a printer or no English. */

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/report.h"
#include "report_sample.h"

static struct sample sample;
static struct text text;

static void setup(void)
{
    sample_open(&sample);
    text = (struct text){.memory = &sample.tools.memory};
}

static void teardown(void)
{
    ct_text_free(&text);
    sample_close(&sample);
    ck_assert_uint_eq(atomic_load(&sample.tools.memory.used), 0);
}

static const char *page(void)
{
    ck_assert_int_eq(ct_report_html(&text, &sample.report, &sample.tools),
                     CUTIS_OK);
    return text.bytes;
}

static int count(const char *in, const char *what)
{
    int found = 0;
    for (; (in = strstr(in, what)); in += strlen(what))
        found++;
    return found;
}

/* ---- Structure ----------------------------------------------------------- */

START_TEST(every_section_is_there_in_its_order)
{
    static const char *const order[] = {"<h1",
                                        "id=\"h-photographs\"",
                                        "id=\"h-where\"",
                                        "id=\"h-readings\"",
                                        "id=\"h-score\"",
                                        "id=\"h-items\"",
                                        "id=\"h-checks\"",
                                        "id=\"h-fit\"",
                                        "id=\"h-method\"",
                                        "<footer>"};
    const char *at = page();
    if (_i) { /* as well where nothing could be compared */
        memset(sample.outcome.change, 0, sizeof(sample.outcome.change));
        sample.outcome.comparable = CUTIS_COMPARABLE_NO;
        text.size = 0;
        at = page();
    }
    for (size_t i = 0; i < sizeof(order) / sizeof(*order); i++) {
        at = strstr(at, order[i]);
        ck_assert_msg(at, "%s", order[i]);
    }
}
END_TEST

START_TEST(headings_go_down_one_step_at_a_time)
{
    int last = 0;
    for (const char *at = page(); (at = strstr(at, "<h")); at += 2) {
        const int level = at[2] - '0';
        if (level < 1 || level > 6)
            continue;
        ck_assert_int_le(level, last + 1);
        last = level;
    }
    ck_assert_int_eq(count(text.bytes, "<h1"), 1);
    ck_assert_int_gt(last, 1);
}
END_TEST

START_TEST(every_link_of_the_contents_leads_somewhere)
{
    int links = 0;
    for (const char *at = page(); (at = strstr(at, "href=\"#h-")); links++) {
        char target[40];
        at += 7;
        snprintf(target, sizeof(target), "id=\"%.*s\"", (int)strcspn(at, "\""),
                 at);
        ck_assert_msg(strstr(text.bytes, target), "%s", target);
    }
    ck_assert_int_eq(links, 8);
}
END_TEST

/* The start tags of `element` that hold none of the three. */
static int lacking(const char *element, const char *a, const char *b,
                   const char *c)
{
    int found = 0;
    const size_t size = strlen(element);
    for (const char *at = text.bytes; (at = strstr(at, element)); at += size) {
        char tag[600];
        if (at[size] != ' ' && at[size] != '>')
            continue;
        snprintf(tag, sizeof(tag), "%.*s", (int)strcspn(at, ">"), at);
        found += !strstr(tag, a) && !strstr(tag, b) && !strstr(tag, c);
    }
    return found;
}

START_TEST(pictures_and_headers_say_what_they_are)
{
    page();
    ck_assert_int_eq(lacking("<img", " alt=\"", " alt=\"", " alt=\""), 0);
    ck_assert_int_eq(
        lacking("<svg", "aria-hidden=\"true\"", " aria-label=\"", "\x01"), 0);
    ck_assert_int_eq(lacking("<th", " scope=\"", " scope=\"", " scope=\""), 0);
    ck_assert_int_eq(count(text.bytes, "<table"),
                     count(text.bytes, "<caption"));
    ck_assert_int_eq(
        lacking("<input", "type=\"radio\"", " aria-label=\"", "\x01"), 0);
}
END_TEST

START_TEST(nothing_is_folded_before_the_script)
{
    page();
    ck_assert_int_gt(count(text.bytes, "<details"), 1);
    ck_assert_int_eq(lacking("<details", "open=\"open\"", "\x01", "\x01"), 0);
    ck_assert_ptr_null(strstr(text.bytes, "<noscript"));
    ck_assert_ptr_null(strstr(text.bytes, " onclick"));
    ck_assert_ptr_null(strstr(text.bytes, " hidden="));
}
END_TEST

/* ---- Where the face changed ---------------------------------------------- */

/* The nose of the sample is x in [161, 199], y in [190, 330]; a frame px is
 * 0.4 px of it, a cell of the outline 4 frame px. */
START_TEST(an_outline_runs_around_its_region)
{
    struct frame frame = {CT_FRAME_WIDTH,
                          CT_FRAME_HEIGHT,
                          {{0.4, 0.0, 0.0, 0.0}, {0.4, 0.0, 0.0, 0.0}},
                          NULL};
    struct outlines outlines;
    ck_assert_int_eq(
        ct_outlines_create(&outlines, &sample.report, &frame, &sample.tools),
        CUTIS_OK);
    double low[2] = {1e9, 1e9}, high[2] = {-1e9, -1e9};
    int points = 0;
    for (char *at = outlines.path[CT_NOSE].bytes; *at != 'z'; points++) {
        double xy[2];
        ck_assert(*at == 'M' || *at == 'L');
        xy[0] = strtod(at + 1, &at);
        xy[1] = strtod(at, &at);
        for (int c = 0; c < 2; c++) {
            low[c] = fmin(low[c], xy[c]);
            high[c] = fmax(high[c], xy[c]);
        }
    }
    ck_assert_int_le(points, 8); /* a rectangle with cut corners */
    ck_assert_double_eq_tol(low[0], 161 / 0.4, 4.0);
    ck_assert_double_eq_tol(high[0], 200 / 0.4, 4.0);
    ck_assert_double_eq_tol(low[1], 190 / 0.4, 4.0);
    ck_assert_double_eq_tol(high[1], 331 / 0.4, 4.0);
    ct_outlines_free(&outlines);
}
END_TEST

START_TEST(a_map_colours_marks_and_names_what_counts)
{
    cutis_change(*const rows)[CT_REGIONS] = sample.outcome.change;
    for (int r = 0; r < CT_FACE_REGION; r++)
        rows[CT_REDNESS][r].verdict = CUTIS_VERDICT_NO_MEASURABLE_CHANGE;
    rows[CT_REDNESS][CT_NOSE].verdict = CUTIS_VERDICT_IMPROVED;
    const char *const html = page();
    const char *const map = strstr(html, "<div class=\"maps\">");
    ck_assert_ptr_nonnull(map);
    char wanted[80];
    snprintf(wanted, sizeof(wanted), "#region-%d\" class=\"better s1\"",
             CT_NOSE); /* half a unit is 1.8 of 0.28 */
    ck_assert_ptr_nonnull(strstr(map, wanted));
    ck_assert_ptr_nonnull(strstr(map, "<p>Improved: nose. </p>"));
    ck_assert_ptr_nonnull(strstr(map, "Worse: "));
    ck_assert_ptr_nonnull(strstr(map, "class=\"worse s"));
    ck_assert_ptr_nonnull(strstr(map, "class=\"other s"));
    ck_assert_ptr_nonnull(strstr(map, "In no region could a change be shown."));
    ck_assert_ptr_null(strstr(map, "<h3>Visible pores"));
}
END_TEST

/* ---- What was counted ---------------------------------------------------- */

/* A spot of every fate on the nose, paired. */
static void plant_spots(void)
{
    for (int i = 0; i < 2; i++) {
        struct item *const spot =
            ct_alloc(&sample.tools.memory, CT_FATES, sizeof(*spot));
        for (int fate = 0; fate < CT_FATES; fate++)
            spot[fate] = (struct item){.x = 180.0f,
                                       .y = 200.0f + 15.0f * (float)fate,
                                       .size_mm = 2.0f,
                                       .region = CT_NOSE,
                                       .kind = CT_SPOT_PIGMENT,
                                       .fate = (uint8_t)fate};
        sample.readings[i].spots = spot;
        sample.readings[i].spot_count = CT_FATES;
        sample.readings[i].spots_paired = true;
        sample.readings[i].of[CT_PIGMENT_SPOTS][CT_FACE_REGION].paired = true;
    }
}

static void drop_spots(void)
{
    for (int i = 0; i < 2; i++) {
        ct_free(sample.readings[i].spots);
        sample.readings[i].spots = NULL;
    }
}

START_TEST(only_spots_of_the_skin_looked_at_are_marked)
{
    sample.options.treated = "chin,cheek_l";
    ck_assert(ct_report_treats(&sample.report, CT_CHEEK_L));
    ck_assert(!ct_report_treats(&sample.report, CT_CHEEK_R));
    ck_assert(!ct_report_treats(&sample.report, CT_NO_REGION));
    plant_spots();
    ck_assert_ptr_null(strstr(page(), "class=\"mark brown"));
    drop_spots();
}
END_TEST

START_TEST(what_became_of_a_spot_shows_by_shape_and_colour)
{
    char shape[CT_FATES][200];
    plant_spots();
    const char *const html = page();
    for (int fate = CT_FATE_PERSISTED; fate < CT_FATES; fate++) {
        char group[40];
        snprintf(group, sizeof(group), "class=\"mark f-%s\"",
                 ct_fate_name(fate));
        const char *const key = strstr(html, group); /* of the legend */
        ck_assert_msg(key, "%s", group);
        snprintf(shape[fate], sizeof(shape[fate]), "%.*s",
                 (int)strcspn(strstr(key, " d=\"") + 4, "\""),
                 strstr(key, " d=\"") + 4);
        for (int other = CT_FATE_PERSISTED; other < fate; other++)
            ck_assert_str_ne(shape[other], shape[fate]);
        snprintf(group, sizeof(group), "class=\"mark brown f-%s\"",
                 ct_fate_name(fate));
        ck_assert_int_eq(count(html, group), 2); /* on both photographs */
    }
    ck_assert_ptr_null(strstr(html, "f-\""));
    drop_spots();
}
END_TEST

/* ---- Eyes ---------------------------------------------------------------- */

/* Full px are frame px; eyes of 40 px, 20 px apart, on one level.  Then the bar
 * is 100 + 2 * 0.4 * 40 by 2 * 0.55 * 40 px. */
START_TEST(a_bar_covers_both_eyes_and_no_more)
{
    enum { WIDE = 300, HIGH = 200 };
    static const int corner[4] = {33, 133, 362, 263};
    static const double x[4] = {100, 140, 160, 200};
    static uint8_t rgb[WIDE * HIGH * 3];
    const struct frame frame = {WIDE, HIGH, {{1, 0, 0, 0}, {1, 0, 0, 0}}, NULL};
    for (int i = 0; i < 4; i++)
        sample.face[0].points[corner[i]] = (cutis_point){x[i], 80.0};
    memset(rgb, 255, sizeof(rgb));
    ct_eyes_cover(rgb, WIDE * 3, 3, 1, &frame, &sample.report, 0);
    ck_assert_ptr_null(memchr(rgb, 0, sizeof(rgb)));
    sample.options.cover_eyes = 1;
    ct_eyes_cover(rgb, WIDE * 3, 3, 1, &frame, &sample.report, 0);
    int black = 0;
    for (size_t i = 0; i < sizeof(rgb); i++)
        black += rgb[i] == 0;
    ck_assert_int_eq(black, 3 * 132 * 44);
    ck_assert_uint_eq(rgb[(80 * WIDE + 120) * 3], 0);
    ck_assert_uint_eq(rgb[(80 * WIDE + 180) * 3], 0);
    ck_assert_uint_eq(rgb[(103 * WIDE + 150) * 3], 255);
}
END_TEST

/* Nobody should believe that eyes are covered when they are not. */
START_TEST(eyes_that_cannot_be_found_are_not_shown)
{
    sample.options.cover_eyes = 1;
    sample.face[1].point_count = 0;
    ck_assert_int_eq(ct_report_html(&text, &sample.report, &sample.tools),
                     CUTIS_ERROR_UNSUPPORTED);
    ck_assert_ptr_null(text.bytes);
}
END_TEST

/* ---- Other skin ---------------------------------------------------------- */

/* A row of the face with a sampling: t(0.975) is 2.2281 of 10 degrees of
 * freedom and 2.5706 of 5. */
static void lay(int metric, cutis_change figures, struct sampling sampling)
{
    cutis_change *const row = &sample.outcome.change[metric][CT_FACE_REGION];
    figures.metric = row->metric;
    figures.region = row->region;
    figures.unit = row->unit;
    figures.verdict = CUTIS_VERDICT_INCONCLUSIVE;
    *row = figures;
    sample.outcome.sampling[metric][CT_FACE_REGION] = sampling;
}

START_TEST(other_skin_stands_beside_what_repeats_show)
{
    static const char minus[] = "\xe2\x88\x92";
    char words[80];
    lay(CT_REDNESS,
        (cutis_change){.before = 10.0,
                       .after = 6.0,
                       .change = -4.0,
                       .ci95 = {-7.1, -0.9},
                       .mdc95 = 3.1},
        (struct sampling){0.5, 11.0, 2.0, NAN});
    lay(CT_TEXTURE,
        (cutis_change){.before = 1.0,
                       .after = 0.8,
                       .change = -0.2,
                       .relative_change = -0.2,
                       .scale = CUTIS_LOG,
                       .ci95 = {-0.4, 0.1},
                       .mdc95 = 0.3},
        (struct sampling){0.1, 6.0, 2.0, NAN});
    const char *const html = page();
    /* Less is better: 125 + 23 × (4 ∓ 1.114) / 3.1 px. */
    ck_assert_ptr_nonnull(strstr(html, "class=\"thin\" d=\"M146 23H163\""));
    snprintf(words, sizeof(words), "other skin %s5.1 to %s2.9<", minus, minus);
    ck_assert_ptr_nonnull(strstr(html, words));
    /* ln 0.8 ∓ 0.25706. */
    snprintf(words, sizeof(words), "other skin %s38 to +3<", minus);
    ck_assert_ptr_nonnull(strstr(html, words));
    ck_assert_int_eq(count(html, ">other skin "), 2);
}
END_TEST

/* Not known, too little skin, and photographs that do not differ. */
START_TEST(other_skin_is_left_out_where_nothing_is_known_of_it)
{
    static const struct sampling none[] = {
        {NAN, 11.0, 2.0, 0.5}, {0.5, 5.9, 2.0, 0.5}, {0.0, 11.0, 2.0, 0.0}};
    lay(CT_REDNESS,
        (cutis_change){
            .before = 6.0, .after = 6.0, .ci95 = {-3.1, 3.1}, .mdc95 = 3.1},
        none[_i]);
    const char *const html = page();
    ck_assert_int_eq(count(html, ">other skin "), 0);
    ck_assert_int_eq(count(html, "class=\"thin\""), 0);
    ck_assert_ptr_nonnull(strstr(html, "<dt>Other skin</dt>"));
}
END_TEST

/* An upper end of a ratio that says nothing is not spelt out. */
START_TEST(what_is_beyond_ten_times_is_said_so)
{
    static const cutis_metric metric = {.name = "m", .title = "M"};
    cutis_change change = {.metric = &metric,
                           .scale = CUTIS_LOG,
                           .ci95 = {-0.99, 9.99},
                           .mdc95 = 86.0};
    ct_say_interval(&text, &change);
    ct_text_put(&text, "; ");
    change.ci95[1] = 86.1;
    ct_say_interval(&text, &change);
    ct_text_put(&text, "; ");
    ct_say_mdc(&text, &change);
    ck_assert_str_eq(text.bytes, "\xe2\x88\x92"
                                 "99 to +999; \xe2\x88\x92"
                                 "99 to over +999; \xe2\x88\x92"
                                 "99/over +999 %");
}
END_TEST

/* ---- German -------------------------------------------------------------- */

/* No word of its own that the page says in German stands there in English. */
START_TEST(the_german_page_is_german)
{
    sample.options.language = "de";
    const char *const html = page();
    ck_assert_ptr_nonnull(strstr(html, "<html lang=\"de\">"));
    for (int word = 1; word < CT_W_ALL; word++) {
        const char *const english = ct_word_in(&ct_english, (enum ct_word)word);
        const size_t size = strcspn(english, "{'&");
        char part[60];
        if (size < 12 ||
            !strcmp(english, ct_word_in(&ct_german, (enum ct_word)word)))
            continue;
        snprintf(part, sizeof(part), "%.*s", (int)size, english);
        ck_assert_msg(!strstr(html, part), "%s", part);
    }
    for (int m = 0; m < CT_METRICS; m++)
        ck_assert_ptr_null(strstr(html, ct_metric(m)->meaning));
    ck_assert_ptr_nonnull(strstr(html, "R\xc3\xb6tung"));
    ck_assert_ptr_nonnull(strstr(html, "keine Diagnose"));
}
END_TEST

static Suite *suite(void)
{
    Suite *const clinic = suite_create("clinic");
    TCase *const html = tcase_create("html");
    tcase_add_checked_fixture(html, setup, teardown);
    tcase_add_loop_test(html, every_section_is_there_in_its_order, 0, 2);
    tcase_add_test(html, headings_go_down_one_step_at_a_time);
    tcase_add_test(html, every_link_of_the_contents_leads_somewhere);
    tcase_add_test(html, pictures_and_headers_say_what_they_are);
    tcase_add_test(html, nothing_is_folded_before_the_script);
    tcase_add_test(html, an_outline_runs_around_its_region);
    tcase_add_test(html, a_map_colours_marks_and_names_what_counts);
    tcase_add_test(html, only_spots_of_the_skin_looked_at_are_marked);
    tcase_add_test(html, what_became_of_a_spot_shows_by_shape_and_colour);
    tcase_add_test(html, a_bar_covers_both_eyes_and_no_more);
    tcase_add_test(html, eyes_that_cannot_be_found_are_not_shown);
    tcase_add_test(html, other_skin_stands_beside_what_repeats_show);
    tcase_add_loop_test(
        html, other_skin_is_left_out_where_nothing_is_known_of_it, 0, 3);
    tcase_add_test(html, what_is_beyond_ten_times_is_said_so);
    tcase_add_test(html, the_german_page_is_german);
    suite_add_tcase(clinic, html);
    return clinic;
}

int main(void)
{
    SRunner *const runner = srunner_create(suite());
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
