/* SPDX-License-Identifier: BSD-2-Clause */

/* A site's profile: what calibrating makes of differences, and what its reader
 * takes from bytes that may be anything. */

#include <stdio.h>
#include <stdlib.h>

#include "progress_scene.h"
#include "util/hash.h"
#include "util/pull.h"

static struct tools tools;
static struct scene scene;

static const char good[] =
    "{\"schema\": \"cutis.site-profile/1\",\n \"landmarks\": [\"found\", "
    "\"auras\"],\n"
    " \"tool\": {\"name\": \"cutis\", \"version\": \"9\", \"profile\": "
    "\"1\"},\n"
    " \"people\": 12, \"pairs\": 24, \"px_per_mm\": [10, 12.5],\n"
    " \"later\": [1, {\"a\": [true, null]}, \"x\\n\"],\n"
    " \"errors\": [\n"
    "  {\"metric\": \"texture\", \"reading\": \"R\", \"scale\": \"log\",\n"
    "   \"area\": \"large\", \"s0\": 0.02, \"df\": 24},\n"
    "  {\"metric\": \"texture\", \"reading\": \"R\", \"area\": \"small\",\n"
    "   \"s0\": 3.5e-2, \"terms\": 0.001, \"df\": 24},\n"
    "  {\"metric\": \"shine\", \"reading\": \"area\", \"area\": \"large\",\n"
    "   \"s0\": 1, \"df\": 4},\n"
    "  {\"metric\": \"shine\", \"reading\": \"area\", \"area\": \"whole\",\n"
    "   \"s0\": 2.5, \"df\": 14, \"s_within\": 2, \"df_within\": 21,\n"
    "   \"s_between\": 1.5, \"df_between\": 7},\n"
    "  {\"metric\": \"aura\", \"reading\": \"A\", \"area\": \"large\",\n"
    "   \"s0\": 1, \"df\": 4}]}\n";

static cutis_status read_text(struct site *site, const char *text)
{
    return ct_site_read(site, text, strlen(text), &tools);
}

START_TEST(a_profile_is_read)
{
    struct site site;
    ck_assert_int_eq(read_text(&site, good), CUTIS_OK);
    ck_assert_int_eq(site.count, 4);
    ck_assert_double_eq(site.people, 12.0);
    ck_assert_double_eq(site.pairs, 24.0);
    ck_assert_double_eq(site.px_per_mm[0], 10.0);
    ck_assert_double_eq(site.px_per_mm[1], 12.5);
    const struct site_error *const large =
        ct_site_find(&site, CT_TEXTURE, "R", CT_LARGE);
    const struct site_error *const small =
        ct_site_find(&site, CT_TEXTURE, "R", CT_SMALL);
    ck_assert_double_eq_tol(large->variance, 0.0004, 1e-18);
    ck_assert_double_eq_tol(small->variance, 0.001225, 1e-18);
    ck_assert_double_eq(small->df, 24.0);
    ck_assert_double_eq(small->terms, 0.001);
    ck_assert_double_eq(large->terms, 0.0);
    ck_assert_ptr_null(ct_site_find(&site, CT_SHINE, "area", CT_SMALL));
    ck_assert_ptr_null(ct_site_find(&site, CT_TEXTURE, "R_scar", CT_LARGE));
    ck_assert_double_eq(large->counts, 0.0);
}
END_TEST

/* Whether it is used for such a photograph; else what is said has `why`. */
static bool fits(const struct site *site, double scale, uint32_t scheme,
                 const char *why)
{
    const struct face face = {.scale = scale, .scheme = scheme};
    char said[CT_SENTENCE] = "";
    const bool used = ct_site_fits(site, &face, said);

    ck_assert(used == !said[0]);
    ck_assert(used || strstr(said, why));
    return used;
}

START_TEST(a_profile_is_of_photographs_of_a_kind)
{
    struct site site;
    ck_assert_int_eq(read_text(&site, good), CUTIS_OK);
    ck_assert(fits(&site, 9.0, CUTIS_LANDMARKS_FIND, ""));
    ck_assert(fits(&site, 14.9, CUTIS_LANDMARKS_FIND, ""));
    ck_assert(!fits(&site, 8.0, CUTIS_LANDMARKS_FIND, "10.0 to 12.5 pixels"));
    ck_assert(!fits(&site, 15.2, CUTIS_LANDMARKS_FIND, "10.0 to 12.5 pixels"));
    ck_assert(!fits(&site, 11.0, CUTIS_LANDMARKS_MESH, "landmarks"));
    ck_assert(!fits(&site, 11.0, CUTIS_LANDMARKS_NONE, "landmarks"));
}
END_TEST

/* good with one piece of text in another's place. */
static void refused(const char *piece, const char *with)
{
    char text[2048];
    struct site site;
    const char *const at = strstr(good, piece);

    ck_assert_ptr_nonnull(at);
    snprintf(text, sizeof(text), "%.*s%s%s", (int)(at - good), good, with,
             at + strlen(piece));
    tools.sentence[0] = 0;
    ck_assert_msg(read_text(&site, text) == CUTIS_ERROR_ARGUMENT, "%s", with);
    ck_assert_uint_gt(strlen(tools.sentence), 20);
}

START_TEST(what_is_wrong_is_refused_with_a_sentence)
{
    refused("profile/1", "profile/2");
    refused("\"profile\": \"1\"", "\"profile\": \"0\"");
    ck_assert_ptr_nonnull(strstr(tools.sentence, "calibrate again"));
    refused("\"profile\": \"1\"", "\"profile\": 1");
    refused("\"people\": 12", "\"people\": 0");
    refused("\"people\": 12", "\"people\": -3");
    refused("\"people\": 12, ", "");
    refused("[10, 12.5]", "[10]");
    refused("[10, 12.5]", "[12.5, 10]");
    refused("[10, 12.5]", "[0, 10]");
    refused("[10, 12.5]", "[10, 11, 12]");
    refused("[\"found\", \"auras\"]", "[\"auras\"]");
    refused("[\"found\", \"auras\"]", "[]");
    refused("\"landmarks\"", "\"landmark\"");
    refused("0.02", "0");
    refused("0.02", "-0.02");
    refused("0.02", "1e99");
    refused("0.02", "1e-999");
    refused("0.02", "nan");
    refused("0.02", "\"0.02\"");
    refused("0.001", "-0.001");
    refused("0.001", "1e13");
    refused("\"terms\"", "\"counts\": -1, \"terms\"");
    refused("\"df\": 24", "\"df\": 0");
    refused("\"df\": 24", "\"df\": 1e309");
    refused("\"df_within\": 21", "\"df_within\": -1");
    refused("\"df_within\": 21,", "");
    refused("\"df_between\": 7", "\"df_between\": 0");
    refused(", \"df_between\": 7", "");
    refused("\"s_between\": 1.5", "\"s_between\": -1.5");
    refused("\"large\"", "\"huge\"");
    refused("\"small\"", "\"large\""); /* the same error twice */
    refused("\"R\"", "\"RRRRRRRRRRRRRRRRRRRRRRRRRRRRRRRRRRRRRRRRRRRR\"");
    refused("]}\n", "]} x");
    refused("]}\n", "]]");
    refused("[true, null]", "[true null]");
    refused("[true, null]", "[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]");
    refused("\"later\":", "\"later\"");
}
END_TEST

START_TEST(every_truncation_is_refused)
{
    struct site site;
    const size_t all = strlen(good) - 1; /* the last is a line feed */

    for (size_t size = 0; size < all; size++) {
        /* Of its own size, so that reading beyond shows under a sanitizer. */
        char *const bytes = malloc(size + !size);
        memcpy(bytes, good, size);
        ck_assert_int_eq(ct_site_read(&site, bytes, size, &tools),
                         CUTIS_ERROR_ARGUMENT);
        free(bytes);
    }
}
END_TEST

START_TEST(changed_bytes_are_harmless)
{
    struct random random;
    ct_random_seed(&random, 17);

    for (int i = 0; i < 20000; i++) {
        struct site site;
        char bytes[sizeof(good)];
        memcpy(bytes, good, sizeof(good));
        for (int k = 0; k < 1 + i % 3; k++)
            bytes[ct_random_next(&random) % (sizeof(good) - 1)] =
                (char)ct_random_next(&random);
        if (ct_site_read(&site, bytes, sizeof(good) - 1, &tools) != CUTIS_OK)
            continue;
        ck_assert_int_le(site.count, CT_SITE_ERRORS);
        for (int k = 0; k < site.count; k++) {
            ck_assert_double_gt(site.of[k].variance, 0.0);
            ck_assert_double_gt(site.of[k].df, 0.0);
        }
    }
}
END_TEST

START_TEST(numbers_are_read_without_a_locale)
{
    static const struct {
        const char *text;
        double value;
    } known[] = {{"0", 0.0},
                 {"-12.5", -12.5},
                 {"1e3", 1000.0},
                 {"0.0123456", 0.0123456},
                 {"2.5E-3", 0.0025},
                 {"123456789012345678", 123456789012345678.0},
                 {"1.000000000000000000001", 1.0}};

    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
        struct pull pull = ct_pull_begin(known[i].text, strlen(known[i].text));
        const double value = ct_pull_number(&pull);
        ck_assert_double_eq_tol(value, known[i].value,
                                fabs(known[i].value) * 1e-14 + 1e-300);
        ck_assert(ct_pull_end(&pull));
    }
}
END_TEST

/* ---- What it does to an error ---------------------------------------------
 */

static double prior_of(double *df, int metric, const char *form, double area,
                       const struct site *site)
{
    struct claim claim;
    const struct form asked = {
        .metric = metric, .region = CT_NOSE, .name = form, .area_cm2 = area};

    ct_error_terms(&claim, &asked, &scene.before.facts, &scene.after.facts,
                   &scene.pair, site);
    *df = claim.prior_df;
    return claim.prior;
}

START_TEST(a_profile_takes_the_place_of_what_is_assumed)
{
    struct site site;
    double df;
    scene_set(&scene);
    ck_assert_int_eq(read_text(&site, good), CUTIS_OK);

    ck_assert_double_eq_tol(prior_of(&df, CT_TEXTURE, "R", 30.0, &site), 0.0004,
                            1e-18);
    ck_assert_double_eq(df, 24.0);
    /* 5 cm2: five times the variance of 25. */
    ck_assert_double_eq_tol(prior_of(&df, CT_TEXTURE, "R", 5.0, &site),
                            5.0 * 0.001225, 1e-17);
    /* 4 df of 1, and 6 of the assumed 2 points make 10. */
    ck_assert_double_eq_tol(prior_of(&df, CT_SHINE, "area", 30.0, &site),
                            (4.0 * 1.0 + 6.0 * 4.0) / 10.0, 1e-15);
    ck_assert_double_eq(df, 10.0);
    ck_assert_double_eq_tol(prior_of(&df, CT_TEXTURE, "R_fine", 30.0, &site),
                            0.0016, 1e-18);
    ck_assert_double_eq(df, 10.0);
}
END_TEST

/* Of 0.8 H 0.35 H are each region's own; the rest is the card's placement. */
START_TEST(what_a_card_errs_by_moves_all_regions_alike)
{
    struct claim claim;
    struct form form = {.metric = CT_REDNESS,
                        .region = CT_NOSE,
                        .name = "H",
                        .area_cm2 = 300.0};
    scene_set(&scene);
    ct_error_terms(&claim, &form, &scene.before.facts, &scene.after.facts,
                   &scene.pair, NULL);
    ck_assert_double_eq_tol(claim.local * claim.prior, 0.35 * 0.35, 1e-14);
    form.name = "H_rel";
    ct_error_terms(&claim, &form, &scene.before.facts, &scene.after.facts,
                   &scene.pair, NULL);
    ck_assert_double_eq(claim.local, 1.0);
}
END_TEST

/* 2.5^2 is 2^2 within visits and 1.5^2 between them; in fewer df than 10 the
 * assumed error makes up both in that proportion. */
START_TEST(what_visits_differ_by_is_kept_apart)
{
    struct site site;
    struct claim claim;
    const struct form form = {.metric = CT_SHINE,
                              .region = CT_FACE_REGION,
                              .name = "area",
                              .area_cm2 = 300.0};
    scene_set(&scene);
    ck_assert_int_eq(read_text(&site, good), CUTIS_OK);
    ct_error_terms(&claim, &form, &scene.before.facts, &scene.after.facts,
                   &scene.pair, &site);
    ck_assert_double_eq_tol(claim.prior, 4.0, 1e-14);
    ck_assert_double_eq_tol(claim.prior_df, 21.0, 1e-14);
    ck_assert_double_eq_tol(claim.between, 2.25, 1e-14);
    ck_assert_double_eq_tol(claim.between_df, 7.0, 1e-14);

    site.of[3].df = 4.0;
    ct_error_terms(&claim, &form, &scene.before.facts, &scene.after.facts,
                   &scene.pair, &site);
    /* 6 df of the assumed 2 points and 4 of 2.5. */
    ck_assert_double_eq_tol(claim.prior + claim.between, 4.9, 1e-14);
    ck_assert_double_eq_tol(claim.between / claim.prior, 2.25 / 4.0, 1e-14);
    ck_assert_double_eq_tol(claim.prior_df, 27.0, 1e-14);
    ck_assert_double_eq_tol(claim.between_df, 13.0, 1e-14);
}
END_TEST

/* The site's people had lists whose counting gave 0.1 of a difference's
 * variance and repeated with an SD of 0.2: a tenth of that variance a unit. */
START_TEST(who_has_fewer_items_repeats_worse)
{
    struct site site = {.count = 1,
                        .of = {{.metric = CT_LESION_DENSITY,
                                .form = "density",
                                .extent = CT_WHOLE,
                                .variance = 0.04,
                                .counts = 0.1,
                                .df = 20.0}}};
    struct claim claim;
    const struct form form = {.metric = CT_LESION_DENSITY,
                              .region = CT_NOSE,
                              .name = "density",
                              .area_cm2 = 300.0};
    struct reading *const before =
        &scene.before.readings.of[CT_LESION_DENSITY][CT_NOSE];
    struct reading *const after =
        &scene.after.readings.of[CT_LESION_DENSITY][CT_NOSE];

    scene_set(&scene);
    before->paired = after->paired = false;
    before->count = after->count = 4.5; /* 1/5 + 1/5 */
    ct_error_terms(&claim, &form, &scene.before.facts, &scene.after.facts,
                   &scene.pair, &site);
    ck_assert_double_eq_tol(claim.prior, 0.16, 1e-15);
    ck_assert_double_eq(claim.term[CT_COUNTING], 0.0);

    /* Many: not below a quarter. */
    before->count = after->count = 1999.5;
    ct_error_terms(&claim, &form, &scene.before.facts, &scene.after.facts,
                   &scene.pair, &site);
    ck_assert_double_eq_tol(claim.prior, 0.01, 1e-15);

    /* Half of what is known is assumed: 0.1^2 and counting, half of each. */
    before->count = after->count = 4.5;
    site.of[0].df = 5.0;
    ct_error_terms(&claim, &form, &scene.before.facts, &scene.after.facts,
                   &scene.pair, &site);
    ck_assert_double_eq_tol(claim.prior, 0.5 * 0.16 + 0.5 * 0.01, 1e-15);
    ck_assert_double_eq_tol(claim.term[CT_COUNTING], 0.5 * 0.4, 1e-15);
}
END_TEST

/* ---- Calibrating ----------------------------------------------------------
 */

enum { SHOTS = 3 };
static struct account accounts[SHOTS - 1];

/* The first capture against each other. */
static void set_repeats(int metric, int region, double area, const double *y)
{
    for (int k = 0; k < SHOTS - 1; k++) {
        struct claim *const claim = &accounts[k].row[metric][region];
        accounts[k].capture[0] = 0;
        accounts[k].capture[1] = k;
        *claim = (struct claim){
            .there = true,
            .name = "X",
            .value = {y[0], y[k + 1]},
            .area_cm2 = area,
        };
    }
}

/* The site's spots were measured to 0.1 of a difference's variance: somebody's
 * to 0.4 adds half the rest a capture, and to 0.05 nothing. */
START_TEST(spots_that_are_measured_worse_repeat_worse)
{
    struct site site = {.count = 1,
                        .of = {{.metric = CT_PIGMENT_SPOTS,
                                .form = "burden",
                                .extent = CT_WHOLE,
                                .variance = 0.04,
                                .counts = 0.1,
                                .df = 20.0}}};
    struct claim claim;
    const struct form form = {.metric = CT_PIGMENT_SPOTS,
                              .region = CT_NOSE,
                              .name = "burden",
                              .area_cm2 = 300.0};
    struct reading *const before =
        &scene.before.readings.of[CT_PIGMENT_SPOTS][CT_NOSE];
    struct reading *const after =
        &scene.after.readings.of[CT_PIGMENT_SPOTS][CT_NOSE];

    scene_set(&scene);
    before->paired = after->paired = true;
    before->count = after->count = 9.0;
    before->value = after->value = 1.0;
    before->spread = after->spread = sqrt(0.4);
    ct_error_terms(&claim, &form, &scene.before.facts, &scene.after.facts,
                   &scene.pair, &site);
    ck_assert_double_eq_tol(claim.prior, 0.04 + 0.15, 1e-7);
    before->spread = after->spread = sqrt(0.05);
    ct_error_terms(&claim, &form, &scene.before.facts, &scene.after.facts,
                   &scene.pair, &site);
    ck_assert_double_eq_tol(claim.prior, 0.04, 1e-7);
}
END_TEST

START_TEST(repeats_give_the_variance_within_a_person)
{
    /* y = 1, 4, 7: the sample variance is 9, with 2 degrees of freedom. */
    static const double y[SHOTS] = {1.0, 4.0, 7.0};
    struct scatter scatter;

    set_repeats(CT_SHINE, CT_NOSE, 30.0, y);
    ck_assert(
        ct_scatter_of(&scatter, accounts, SHOTS - 1, CT_SHINE, CT_NOSE, -1));
    ck_assert_double_eq_tol(scatter.variance, 9.0, 1e-13);
    ck_assert_double_eq(scatter.df, 2.0);
    ck_assert(scatter.extent == CT_LARGE);
    set_repeats(CT_SHINE, CT_NOSE, 5.0, y);
    ck_assert(
        ct_scatter_of(&scatter, accounts, SHOTS - 1, CT_SHINE, CT_NOSE, -1));
    ck_assert_double_eq_tol(scatter.variance, 9.0 / 5.0, 1e-13);
    ck_assert(scatter.extent == CT_SMALL);
}
END_TEST

START_TEST(what_is_not_there_says_nothing_of_repeats)
{
    static const double none[SHOTS] = {0.0, 0.0, 0.0};
    struct scatter scatter;

    set_repeats(CT_LESION_DENSITY, CT_NOSE, 30.0, none);
    ck_assert(!ct_scatter_of(&scatter, accounts, SHOTS - 1, CT_LESION_DENSITY,
                             CT_NOSE, -1));
    ck_assert(!ct_scatter_of(&scatter, accounts, SHOTS - 1, CT_LESION_DENSITY,
                             CT_CHIN, -1));
}
END_TEST

START_TEST(what_a_site_repeats_hold_is_not_counted_twice)
{
    struct claim claim = {.held = 0.2, .share = 1.0, .term = {0.0, 0.15, 0.05}};

    /* Differences as usual: one capture each is what repeats showed, and three
     * lower only what captures do not share. */
    ck_assert_double_eq_tol(ct_variance(&claim, 2.0, 0.3), 0.6, 1e-15);
    ck_assert_double_eq_tol(ct_variance(&claim, 2.0 / 3.0, 0.3),
                            0.2 + 0.2 * 2.0 / 3.0, 1e-15);
    /* Up to three times as large: no more than the repeats allow. */
    claim.term[1] = 0.35;
    claim.share = 0.5;
    ck_assert_double_eq_tol(ct_variance(&claim, 2.0, 0.05), 0.1 + 0.1, 1e-15);
    /* Larger: what is beyond counts whole. */
    claim.term[1] = 0.95;
    ck_assert_double_eq_tol(ct_variance(&claim, 2.0, 0.05), 0.1 + 0.2 + 0.4,
                            1e-15);
    /* Smaller: never less than the repeats. */
    claim.term[1] = 0.0;
    ck_assert_double_eq_tol(ct_variance(&claim, 2.0, 0.05), 0.1, 1e-15);
    /* What counting does where no site has counted. */
    claim.term[CT_COUNTING] = 0.3;
    ck_assert_double_eq_tol(ct_variance(&claim, 2.0, 0.05), 0.4, 1e-15);
    /* Without a profile all of it counts. */
    claim = (struct claim){.share = 1.0, .term = {0.0, 0.15, 0.05}};
    ck_assert_double_eq_tol(ct_variance(&claim, 2.0, 0.3), 0.8, 1e-15);
}
END_TEST

START_TEST(areas_are_small_large_or_a_whole_face)
{
    ck_assert_int_eq(ct_extent_of(24.9), CT_SMALL);
    ck_assert_int_eq(ct_extent_of(25.0), CT_LARGE);
    ck_assert_int_eq(ct_extent_of(99.9), CT_LARGE);
    ck_assert_int_eq(ct_extent_of(100.0), CT_WHOLE);
    ck_assert_str_eq(ct_extent_name(CT_WHOLE), "whole");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("site");
    TCase *tests = tcase_create("site");
    suite_add_tcase(suite, tests);
    tcase_add_test(tests, a_profile_is_read);
    tcase_add_test(tests, a_profile_is_of_photographs_of_a_kind);
    tcase_add_test(tests, what_is_wrong_is_refused_with_a_sentence);
    tcase_add_test(tests, every_truncation_is_refused);
    tcase_add_test(tests, changed_bytes_are_harmless);
    tcase_add_test(tests, numbers_are_read_without_a_locale);
    tcase_add_test(tests, a_profile_takes_the_place_of_what_is_assumed);
    tcase_add_test(tests, what_a_card_errs_by_moves_all_regions_alike);
    tcase_add_test(tests, what_visits_differ_by_is_kept_apart);
    tcase_add_test(tests, who_has_fewer_items_repeats_worse);
    tcase_add_test(tests, spots_that_are_measured_worse_repeat_worse);
    tcase_add_test(tests, repeats_give_the_variance_within_a_person);
    tcase_add_test(tests, what_is_not_there_says_nothing_of_repeats);
    tcase_add_test(tests, what_a_site_repeats_hold_is_not_counted_twice);
    tcase_add_test(tests, areas_are_small_large_or_a_whole_face);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
