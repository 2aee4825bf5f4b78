/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What differs between visits apart from what differs within one: closed forms,
 * and simulated sites whose profiles are written, read back and used.
 */

#include <stdio.h>
#include <stdlib.h>

#include "progress_scene.h"
#include "session.h"
#include "util/hash.h"

enum { VISITS = 3, SHOTS = 3, PEOPLE = 10 };

static struct random dice;
static struct account accounts[VISITS - 1][SHOTS];
static struct claim claims[SHOTS];
static struct paired pairs[SHOTS];

/* y of one capture: a row of 300 cm2 on a linear scale. */
static void set_pair(int comparison, int k, double before, double after)
{
    struct account *const account = &accounts[comparison][k];

    account->capture[0] = account->capture[1] = k;
    account->row[CT_SHINE][CT_FACE_REGION] = (struct claim){
        .there = true,
        .name = "area",
        .value = {before, after},
        .area_cm2 = 300.0,
    };
}

static struct scatter between(int comparisons, int shots)
{
    struct meeting meeting[VISITS - 1];
    struct scatter out;

    for (int v = 0; v < comparisons; v++)
        meeting[v] = (struct meeting){accounts[v], shots};
    ck_assert(ct_scatter_between(&out, meeting, comparisons, CT_SHINE,
                                 CT_FACE_REGION, -1));
    return out;
}

/* Captures 1, 3 and 6, 10: differences 5 and 7 of mean 6; (1 + 1) / 2 within
 * with one degree of freedom; 6^2 / 2 of a visit's mean, of which a half of
 * what is within. */
START_TEST(two_visits_by_hand)
{
    set_pair(0, 0, 1.0, 6.0);
    set_pair(0, 1, 3.0, 10.0);
    const struct scatter out = between(1, 2);
    ck_assert_double_eq_tol(out.variance, 18.0, 1e-13);
    ck_assert_double_eq(out.df, 1.0);
    ck_assert_double_eq_tol(out.share, 0.5, 1e-15);
    ck_assert_double_eq_tol(out.within, 1.0, 1e-14);
    ck_assert_double_eq_tol(out.within_df, 1.0, 1e-15);
}
END_TEST

/* One capture a visit, 1, 4 and 7: the sample variance of the visits is 9. */
START_TEST(three_visits_of_one_capture_are_three_captures)
{
    set_pair(0, 0, 1.0, 4.0);
    set_pair(1, 0, 1.0, 7.0);
    const struct scatter out = between(2, 1);
    ck_assert_double_eq_tol(out.variance, 9.0, 1e-13);
    ck_assert_double_eq(out.df, 2.0);
    ck_assert_double_eq_tol(out.share, 1.0, 1e-15);
    ck_assert_double_eq(out.within, 0.0);
    ck_assert_double_eq(out.within_df, 0.0);
}
END_TEST

static struct pooled pool(int n)
{
    struct pooled out;
    ct_pool_pairs(&out, pairs, n, CT_SHINE, 300.0, true);
    return out;
}

/* Between 0.5, within 1: 1 + 1 captures 2 (1 + 0.5), 3 + 3 2/3 + 1. */
START_TEST(more_captures_lower_only_what_is_within_visits)
{
    for (int n = 1; n <= SHOTS; n += 2) {
        for (int k = 0; k < n; k++) {
            claims[k] = (struct claim){.there = true,
                                       .widening = 1.0,
                                       .prior = 1.0,
                                       .prior_df = 20.0,
                                       .between = 0.5,
                                       .between_df = 12.0,
                                       .share = 1.0};
            pairs[k] = (struct paired){&claims[k], {k, k}};
        }
        const double within = 2.0 / n, sum = within + 1.0;
        const struct pooled out = pool(n);
        ck_assert_double_eq_tol(out.se * out.se, sum, 1e-14);
        ck_assert_double_eq_tol(
            out.df, sum * sum / (within * within / 20.0 + 1.0 / 12.0), 1e-12);
        /* What a series takes for one visit's own error. */
        ck_assert_double_eq_tol(out.variance / n, 0.5 + 1.0 / n, 1e-14);
    }
}
END_TEST

/* Captures on either side of what a site knows as a large area: one pair in
 * three has the assumed error, all of it within.  Within 2/3, between 2 x 1/3:
 * 16/9 / (4/9 (1/20 + 1/12)) = 30. */
START_TEST(a_pair_that_the_site_says_nothing_of_keeps_the_others_degrees)
{
    for (int k = 0; k < 3; k++) {
        claims[k] = (struct claim){.there = true,
                                   .widening = 1.0,
                                   .prior = 1.0,
                                   .prior_df = 20.0,
                                   .between = k ? 0.5 : 0.0,
                                   .between_df = k ? 12.0 : 0.0,
                                   .share = 1.0};
        pairs[k] = (struct paired){&claims[k], {k, k}};
    }
    const struct pooled out = pool(3);
    ck_assert_double_eq_tol(out.se * out.se, 4.0 / 3.0, 1e-14);
    ck_assert_double_eq_tol(out.df, 30.0, 1e-12);
}
END_TEST

/* The terms that a site's visits held are taken off as far as repeats reach:
 * with 3 + 3 captures 5/3 of 3, of a mean of 0.6. */
START_TEST(terms_count_once)
{
    const struct claim claim = {
        .between = 0.5, .held = 0.6, .share = 1.0, .term = {0.0, 0.6}};
    ck_assert_double_eq_tol(ct_variance(&claim, 2.0, 1.0), 3.0, 1e-14);
    ck_assert_double_eq_tol(ct_variance(&claim, 2.0 / 3.0, 1.0),
                            5.0 / 3.0 + 0.6 * (1.0 - 5.0 / 9.0), 1e-14);
}
END_TEST

/* ---- Sites --------------------------------------------------------------- */

static struct cutis_comparison same;
static struct face face = {.scale = 10.0};
static char profile[CT_SITE_BYTES];
static size_t profile_size;

static int keep(void *user, const void *bytes, size_t size)
{
    (void)user;
    if (profile_size + size > sizeof(profile))
        return 1;
    memcpy(profile + profile_size, bytes, size);
    profile_size += size;
    return 0;
}

static double normal(double sd)
{
    return sd * ct_random_normal(&dice);
}

/* The first accounts as a comparison. */
static void meet(int count)
{
    same.accounts = accounts[0];
    same.pairs = count;
    same.outcome.comparable = CUTIS_COMPARABLE_YES;
    same.visit[0].count = 1;
    same.visit[0].of[0] = (struct visit_photo){.face = &face, .used = true};
}

static void add_person(cutis_session *session, cutis_calibration *to, double b,
                       double w)
{
    const cutis_comparison *const list[1] = {&same};
    const double level = normal(5.0), one = level + normal(b),
                 two = level + normal(b);

    for (int k = 0; k < SHOTS; k++)
        set_pair(0, k, one + normal(w), two + normal(w));
    meet(SHOTS);
    ck_assert_int_eq(cutis_calibration_add_visits(session, to, list, 1),
                     CUTIS_OK);
}

static void make_site(struct site *site, cutis_session *session, int people,
                      double b, double w)
{
    cutis_calibration *made = NULL;
    struct tools tools = {0};

    ck_assert_int_eq(cutis_calibration_create(session, &made), CUTIS_OK);
    for (int i = 0; i < people; i++)
        add_person(session, made, b, w);
    profile_size = 0;
    ck_assert_int_eq(cutis_calibration_write(session, made, keep, NULL),
                     CUTIS_OK);
    ck_assert_int_eq(ct_site_read(site, profile, profile_size, &tools),
                     CUTIS_OK);
    cutis_calibration_destroy(&made);
}

/* The error of a comparison with that profile. */
static struct pooled compare(const struct site *site, int shots, double b,
                             double w)
{
    static struct scene scene;
    static bool set;
    const double one = normal(b), two = normal(b);
    const struct form form = {.metric = CT_SHINE,
                              .region = CT_FACE_REGION,
                              .name = "area",
                              .area_cm2 = 300.0};
    struct pooled out;

    if (!set)
        scene_set(&scene);
    set = true;
    for (int k = 0; k < shots; k++) {
        claims[k] = (struct claim){.there = true,
                                   .widening = 1.0,
                                   .value = {one + normal(w), two + normal(w)}};
        ct_error_terms(&claims[k], &form, &scene.before.facts,
                       &scene.after.facts, &scene.pair, site);
        pairs[k] = (struct paired){&claims[k], {k, k}};
    }
    ct_pool_pairs(&out, pairs, shots, CT_SHINE, 300.0, false);
    return out;
}

START_TEST(a_large_site_knows_both_parts)
{
    cutis_session *session = NULL;
    struct site site;

    ck_assert_int_eq(cutis_session_create(NULL, &session), CUTIS_OK);
    make_site(&site, session, 2000, 2.0, 1.0);
    const struct site_error *const error =
        ct_site_find(&site, CT_SHINE, "area", CT_WHOLE);
    ck_assert_ptr_nonnull(error);
    /* Four SDs of chi squares with 2000 and 4000 degrees of freedom. */
    ck_assert_double_eq_tol(error->between, 4.0, 4.0 * 4.33 * 0.0317);
    ck_assert_double_eq_tol(error->variance - error->between, 1.0,
                            4.0 * 0.0224);
    /* People are alike, so that their spread takes little of the degrees of
     * freedom: 4 SDs of its own error, sqrt(8 / 2000) and sqrt(14 / 2000). */
    ck_assert_double_le(error->within_df, 4000.0);
    ck_assert_double_gt(error->within_df, 4000.0 * (1.0 - 4.0 * 0.063));
    /* Satterthwaite of M = 13/3 with 2000 and W = 1 with 4000. */
    const double between_df =
        16.0 / (13.0 / 3.0 * 13.0 / 3.0 / 2000.0 + 1.0 / 9.0 / 4000.0);
    ck_assert_double_lt(error->between_df, between_df + 60.0);
    ck_assert_double_gt(error->between_df, between_df * (1.0 - 4.0 * 0.084));
    make_site(&site, session, 2000, 0.0, 1.0);
    ck_assert_double_lt(site.of[0].between, 0.08);
    ck_assert_double_eq_tol(site.of[0].variance, 1.0, 0.1);
    cutis_session_destroy(&session);
}
END_TEST

/* Mean squares 0, 0, 0 and 4 of one degree of freedom each: their mean, 1, has
 * the variance 4/3 (1 + 1 + 1 + 9) / 16 = 1, so 2 degrees of freedom. */
START_TEST(people_who_repeat_unlike_say_less)
{
    cutis_calibration *made = NULL;
    cutis_session *session = NULL;
    struct tools tools = {0};
    struct site site;

    ck_assert_int_eq(cutis_session_create(NULL, &session), CUTIS_OK);
    ck_assert_int_eq(cutis_calibration_create(session, &made), CUTIS_OK);
    for (int i = 0; i < 4; i++) {
        set_pair(0, 0, 9.0, i == 3 ? 9.0 + sqrt(8.0) : 9.0);
        meet(1);
        ck_assert_int_eq(cutis_calibration_add(session, made, &same), CUTIS_OK);
    }
    profile_size = 0;
    ck_assert_int_eq(cutis_calibration_write(session, made, keep, NULL),
                     CUTIS_OK);
    ck_assert_int_eq(ct_site_read(&site, profile, profile_size, &tools),
                     CUTIS_OK);
    ck_assert_int_eq(site.count, 1);
    ck_assert_double_eq_tol(site.of[0].variance, 1.0, 1e-5);
    ck_assert_double_eq_tol(site.of[0].df, 2.0, 1e-5);
    cutis_calibration_destroy(&made);
    cutis_session_destroy(&session);
}
END_TEST

/* Share of 95 % intervals that do not hold 0, which is true. */
static double misses(cutis_session *session, double b, int shots)
{
    enum { SITES = 300, EACH = 20 };
    int missed = 0;

    for (int i = 0; i < SITES; i++) {
        struct site site;
        make_site(&site, session, PEOPLE, b, 1.0);
        for (int k = 0; k < EACH; k++) {
            const struct pooled out = compare(&site, shots, b, 1.0);
            missed += fabs(out.delta) > out.se * ct_reach(out.df).t95;
        }
    }
    return (double)missed / (SITES * EACH);
}

/* Ten people, two visits of three captures.  A site's own error moves all of
 * its 20 comparisons, so the rate's SE is about 0.5 points. */
START_TEST(intervals_hold_with_one_capture_and_with_three)
{
    static const double ratio[] = {0.0, 0.5, 1.0, 2.0};
    cutis_session *session = NULL;

    ck_assert_int_eq(cutis_session_create(NULL, &session), CUTIS_OK);
    for (size_t i = 0; i < sizeof(ratio) / sizeof(*ratio); i++)
        for (int shots = 1; shots <= SHOTS; shots += 2) {
            const double rate = misses(session, ratio[i], shots);
            printf("between %.1f within 1, %d + %d captures: %.1f %%\n",
                   ratio[i], shots, shots, 100.0 * rate);
            fflush(stdout);
            ck_assert_double_gt(rate, 0.015);
            ck_assert_double_lt(rate, 0.065);
        }
    cutis_session_destroy(&session);
}
END_TEST

static void set_up(void)
{
    ct_random_seed(&dice, 31);
}

int main(void)
{
    Suite *suite = suite_create("apart");
    TCase *tests = tcase_create("visits");
    suite_add_tcase(suite, tests);
    tcase_add_checked_fixture(tests, set_up, NULL);
    tcase_set_timeout(tests, 120.0);
    tcase_add_test(tests, two_visits_by_hand);
    tcase_add_test(tests, three_visits_of_one_capture_are_three_captures);
    tcase_add_test(tests, more_captures_lower_only_what_is_within_visits);
    tcase_add_test(
        tests, a_pair_that_the_site_says_nothing_of_keeps_the_others_degrees);
    tcase_add_test(tests, terms_count_once);
    tcase_add_test(tests, a_large_site_knows_both_parts);
    tcase_add_test(tests, people_who_repeat_unlike_say_less);
    tcase_add_test(tests, intervals_hold_with_one_capture_and_with_three);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
