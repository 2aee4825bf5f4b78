/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Several captures of a visit as numbers: closed forms of generalised least
 * squares, the same by a dense solver, and simulated repeats.
 */

#include <stdlib.h>

#include "progress/agreement.h"
#include "progress_scene.h"
#include "util/hash.h"

enum { MOST = CT_CAPTURES };

static struct claim claims[MOST];
static struct paired pairs[MOST];
static struct random random;

/* The k-th of `a` captures meets the k-th of `b`. */
static int pair_up(int a, int b)
{
    const int n = a > b ? a : b;

    memset(claims, 0, sizeof(claims));
    for (int k = 0; k < n; k++) {
        claims[k].there = true;
        claims[k].widening = 1.0;
        claims[k].prior_df = CT_PRIOR_DF;
        pairs[k] = (struct paired){&claims[k], {k % a, k % b}};
    }
    return n;
}

static void set_up(void)
{
    ct_random_seed(&random, 5);
}

/* ---- Closed forms -------------------------------------------------------- */

static struct pooled pool(int n)
{
    struct pooled out;
    ct_pool_pairs(&out, pairs, n, CT_REDNESS, 300.0, false);
    return out;
}

START_TEST(the_factor_is_that_of_the_design)
{
    /* With s0 = 1 and captures that repeat exactly so, SE^2 is the factor. */
    static const struct {
        int a, b;
        double factor;
    } known[] = {
        {1, 1, 2.0},       {2, 2, 1.0},       {3, 3, 2.0 / 3.0},
        {3, 1, 4.0 / 3.0}, {1, 3, 4.0 / 3.0}, {3, 2, 6.0 / 7.0},
        {8, 8, 0.25},      {4, 2, 0.75},
    };

    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
        const int n = pair_up(known[i].a, known[i].b);
        for (int k = 0; k < n; k++)
            claims[k].prior = 1.0;
        struct pooled out;
        ct_pool_pairs(&out, pairs, n, CT_REDNESS, 300.0, true);
        ck_assert_double_eq_tol(out.se * out.se, known[i].factor, 1e-14);
        ck_assert_double_eq(out.df, 10.0);
        ck_assert_int_eq(out.captures[0], known[i].a);
        ck_assert_int_eq(out.captures[1], known[i].b);
        ck_assert_double_nan(out.repeat_sd);
    }
}
END_TEST

/* Three and three: d = 1, 2, 6 of mean 3, squares 14 / (2 * 2) of s^2. */
START_TEST(repeats_and_prior_are_weighed_by_their_degrees_of_freedom)
{
    static const double after[] = {11.0, 12.0, 16.0};
    const int n = pair_up(3, 3);

    for (int k = 0; k < n; k++) {
        claims[k].value[0] = 10.0;
        claims[k].value[1] = after[k];
        claims[k].prior = 0.25;
        claims[k].term[2] = 0.5;
    }
    const struct pooled out = pool(n);
    ck_assert_double_eq_tol(out.delta, 3.0, 1e-14);
    ck_assert_double_eq(out.before, 10.0);
    ck_assert_double_eq_tol(out.after, 13.0, 1e-14);
    ck_assert_double_eq(out.df, 12.0);
    ck_assert_double_eq_tol(out.repeat_sd, sqrt(7.0 / 2.0), 1e-14);
    const double s2 = (10.0 * 0.25 + 2.0 * 3.5) / 12.0;
    ck_assert_double_eq_tol(out.se, sqrt(2.0 / 3.0 * s2 + 0.5), 1e-14);
}
END_TEST

START_TEST(a_ratio_has_the_geometric_mean)
{
    const int n = pair_up(2, 2);

    for (int k = 0; k < n; k++) {
        claims[k].value[0] = k ? 8.0 : 2.0;
        claims[k].value[1] = k ? 27.0 : 3.0;
    }
    struct pooled out;
    ct_pool_pairs(&out, pairs, n, CT_TEXTURE, 300.0, false);
    ck_assert_double_eq_tol(out.before, 4.0, 1e-13);
    ck_assert_double_eq_tol(out.after, 9.0, 1e-13);
    ck_assert_double_eq_tol(out.delta, log(9.0 / 4.0), 1e-13);
    /* d = ln 1.5 and ln 3.375: 0.811 apart, V = 2 I. */
    ck_assert_double_eq_tol(out.repeat_sd, 0.5 * log(3.375 / 1.5), 1e-13);
}
END_TEST

START_TEST(checks_widen_the_pair_that_they_are_of)
{
    const int n = pair_up(2, 2);

    for (int k = 0; k < n; k++) {
        claims[k].prior = 1.0;
        claims[k].value[1] = k; /* s_sub^2 = 1 / 4 */
    }
    claims[1].widening = 2.0;
    const double s2 = (10.0 + 0.25) / 11.0;
    ck_assert_double_eq_tol(pool(n).se, sqrt(s2 * (1.0 + 4.0) / 2.0), 1e-14);
}
END_TEST

/* Dense: V, its inverse by Gauss and Jordan. */
static void invert(double a[MOST][2 * MOST], int n)
{
    for (int i = 0; i < n; i++) {
        const double pivot = a[i][i];
        for (int j = 0; j < 2 * n; j++)
            a[i][j] /= pivot;
        for (int k = 0; k < n; k++) {
            const double by = a[k][i];
            for (int j = 0; k != i && j < 2 * n; j++)
                a[k][j] -= by * a[i][j];
        }
    }
}

static void dense(double *delta, double *factor, double *s2, int n)
{
    double a[MOST][2 * MOST] = {{0}}, top = 0.0, all = 0.0, sum = 0.0;

    for (int k = 0; k < n; k++) {
        for (int l = 0; l < n; l++)
            a[k][l] = (pairs[k].capture[0] == pairs[l].capture[0]) +
                      (pairs[k].capture[1] == pairs[l].capture[1]);
        a[k][n + k] = 1.0;
    }
    invert(a, n);
    for (int k = 0; k < n; k++)
        for (int l = 0; l < n; l++) {
            all += a[k][n + l];
            top += a[k][n + l] * (claims[l].value[1] - claims[l].value[0]);
        }
    *delta = top / all;
    *factor = 1.0 / all;
    for (int k = 0; k < n; k++)
        for (int l = 0; l < n; l++)
            sum += (claims[k].value[1] - claims[k].value[0] - *delta) *
                   a[k][n + l] *
                   (claims[l].value[1] - claims[l].value[0] - *delta);
    *s2 = sum / (n - 1);
}

START_TEST(every_design_agrees_with_dense_least_squares)
{
    for (int a = 1; a <= MOST; a++) {
        for (int b = 1; b <= MOST; b++) {
            double delta, factor, s2;
            const int n = pair_up(a, b);
            for (int k = 0; k < n; k++) {
                claims[k].value[0] = ct_random_normal(&random);
                claims[k].value[1] = ct_random_normal(&random);
            }
            if (n == 1)
                continue;
            dense(&delta, &factor, &s2, n);
            const struct pooled out = pool(n);
            ck_assert_double_eq_tol(out.delta, delta, 1e-13);
            ck_assert_double_eq_tol(out.repeat_sd, sqrt(s2), 1e-12);
            ck_assert_double_eq_tol(
                out.se, sqrt(factor * s2 * (n - 1) / (10.0 + n - 1)), 1e-12);
        }
    }
}
END_TEST

START_TEST(swapped_visits_mirror_to_the_last_bit)
{
    for (int i = 0; i < 200; i++) {
        const int a = 1 + (int)(ct_random_next(&random) % MOST);
        const int b = 1 + (int)(ct_random_next(&random) % MOST);
        const int n = pair_up(a, b);
        struct pooled there, back;
        for (int k = 0; k < n; k++) {
            claims[k].value[0] = exp(ct_random_normal(&random));
            claims[k].value[1] = exp(ct_random_normal(&random));
            claims[k].prior = claims[k].term[0] = 0.1;
        }
        ct_pool_pairs(&there, pairs, n, CT_TEXTURE, 30.0, false);
        for (int k = 0; k < n; k++) {
            const double value = claims[k].value[0];
            const int capture = pairs[k].capture[0];
            claims[k].value[0] = claims[k].value[1];
            claims[k].value[1] = value;
            pairs[k].capture[0] = pairs[k].capture[1];
            pairs[k].capture[1] = capture;
        }
        ct_pool_pairs(&back, pairs, n, CT_TEXTURE, 30.0, false);
        ck_assert_double_eq(there.delta, -back.delta);
        ck_assert_double_eq(there.se, back.se);
        ck_assert_double_eq(there.before, back.after);
        ck_assert_double_eq(there.after, back.before);
    }
}
END_TEST

START_TEST(readings_that_never_differ_are_exactly_no_change)
{
    for (int m = 0; m < CT_METRICS; m++) {
        const int n = pair_up(3, 2);
        struct pooled out;
        for (int k = 0; k < n; k++)
            claims[k].value[0] = claims[k].value[1] = 0.1 + m;
        ct_pool_pairs(&out, pairs, n, m, 7.0, false);
        ck_assert_double_eq(out.delta, 0.0);
        ck_assert_double_eq(out.before, 0.1 + m);
        ck_assert_double_eq(out.after, 0.1 + m);
    }
}
END_TEST

/* ---- Simulated repeats ----------------------------------------------------
 */

enum { TRIALS = 4000 };

/* Draws visits of unchanged skin: every capture repeats with SD `sd`, and the
 * prior is what a study of `df` + 1 captures made of the same SD.  How often
 * 1.96 SE and t SE miss. */
static void miss(double out[2], int a, int b, double sd)
{
    int z = 0, t = 0;

    for (int i = 0; i < TRIALS; i++) {
        double before[MOST], after[MOST], prior = 0.0;
        const int n = pair_up(a, b);
        for (int j = 0; j < CT_PRIOR_DF; j++) {
            const double x = sd * ct_random_normal(&random);
            prior += x * x / CT_PRIOR_DF;
        }
        for (int j = 0; j < a; j++)
            before[j] = sd * ct_random_normal(&random);
        for (int j = 0; j < b; j++)
            after[j] = sd * ct_random_normal(&random);
        for (int k = 0; k < n; k++) {
            claims[k].prior = prior;
            claims[k].value[0] = before[pairs[k].capture[0]];
            claims[k].value[1] = after[pairs[k].capture[1]];
        }
        const struct pooled found = pool(n);
        const struct reach reach = ct_reach(found.df);
        z += fabs(found.delta) > 1.959963985 * found.se;
        t += fabs(found.delta) > reach.t95 * found.se;
    }
    out[0] = (double)z / TRIALS;
    out[1] = (double)t / TRIALS;
}

START_TEST(five_in_a_hundred_miss_with_every_design)
{
    static const int design[][2] = {{1, 1}, {2, 2}, {3, 3},
                                    {3, 1}, {3, 2}, {5, 5}};
    const double slack = 3.3 * sqrt(0.05 * 0.95 / TRIALS);
    double found[2];

    miss(found, design[_i][0], design[_i][1], 0.7);
    ck_assert_double_eq_tol(found[1], 0.05, slack);
    ck_assert_double_gt(found[0], found[1]); /* 1.96 would be too few */
}
END_TEST

/* The method's table: 1.96 with n duplicates misses in .30, .19, .15, .11 and
 * .079; Student's t with n degrees of freedom in .05. */
START_TEST(student_keeps_what_1_96_does_not)
{
    static const struct {
        int n;
        double z;
    } table[] = {{1, .30}, {2, .19}, {3, .15}, {5, .11}, {10, .079}};
    const int n = table[_i].n;
    const struct reach reach = ct_reach(n);
    int z = 0, t = 0;

    for (int i = 0; i < TRIALS; i++) {
        double d[10];
        for (int k = 0; k < n; k++)
            d[k] = ct_random_normal(&random) - ct_random_normal(&random);
        const double se = sqrt(2.0) * ct_sem_of_pairs(d, (size_t)n);
        const double delta =
            ct_random_normal(&random) - ct_random_normal(&random);
        z += fabs(delta) > 1.959963985 * se;
        t += fabs(delta) > reach.t95 * se;
    }
    ck_assert_double_eq_tol((double)z / TRIALS, table[_i].z, 0.02);
    ck_assert_double_eq_tol((double)t / TRIALS, 0.05, 0.0114);
}
END_TEST

/* ---- All the way to the verdict -------------------------------------------
 */

static struct scene scene;
static struct account accounts[MOST];

static void judge_visits(int a, int b)
{
    const int n = a > b ? a : b;
    struct trial trial = {
        .accounts = accounts,
        .pairs = n,
        .before = &scene.before.facts,
        .after = &scene.after.facts,
        .options = &scene.options,
        .seed = SCENE_SEED,
    };

    ck_assert_int_eq(ct_progress_judge(&scene.outcome, &trial, &scene.tools),
                     CUTIS_OK);
}

static double drawn(int m, double error)
{
    const double half = ct_half_item(m, 30.0);

    return ct_metric(m)->scale == CUTIS_LOG
               ? (scene_reading[m].value + half) * exp(error) - half
               : scene_reading[m].value + error;
}

/* Readings of a + b captures whose true SD is the prior's times `ratio`. */
static void draw_visits(int a, int b, double ratio)
{
    const int n = a > b ? a : b;

    for (int k = 0; k < n; k++) {
        accounts[k] = accounts[0];
        accounts[k].capture[0] = k % a;
        accounts[k].capture[1] = k % b;
    }
    for (int m = 0; m < CT_METRICS; m++)
        for (int r = 0; r < CT_REGIONS; r++) {
            const double sd = ratio * sqrt(accounts[0].row[m][r].prior);
            double value[2][MOST];
            for (int i = 0; i < MOST; i++)
                for (int side = 0; side < 2; side++)
                    value[side][i] = drawn(m, sd * ct_random_normal(&random));
            for (int k = 0; k < n; k++)
                for (int side = 0; side < 2; side++)
                    accounts[k].row[m][r].value[side] =
                        value[side][accounts[k].capture[side]];
        }
}

static void lay_out(void)
{
    scene_set(&scene);
    scene_check(&scene);
    ck_assert_int_eq(ct_take_account(&accounts[0], &scene.outcome.checks,
                                     &scene.before.facts, &scene.after.facts,
                                     &scene.pair, &scene.options, NULL,
                                     &scene.tools),
                     CUTIS_OK);
}

START_TEST(captures_narrow_the_interval_and_keep_the_rate)
{
    enum { VISITS = 1200 };
    const double limit = 0.05 + 1.64 * sqrt(0.05 * 0.95 / VISITS);
    int wrong[CT_METRICS] = {0};
    double width[2];

    lay_out();
    for (int i = 0; i < VISITS; i++) {
        draw_visits(3, 3, 1.0);
        judge_visits(3, 3);
        for (int m = 0; m < CT_METRICS; m++) {
            const cutis_verdict verdict =
                scene.outcome.change[m][CT_FACE_REGION].verdict;
            wrong[m] += verdict == CUTIS_VERDICT_IMPROVED ||
                        verdict == CUTIS_VERDICT_WORSE ||
                        verdict == CUTIS_VERDICT_CHANGED;
        }
    }
    for (int m = 0; m < CT_METRICS; m++)
        ck_assert_msg(wrong[m] <= limit * VISITS, "%s: %d of %d",
                      ct_metric(m)->name, wrong[m], VISITS);
    for (int several = 0; several < 2; several++) {
        draw_visits(several ? 3 : 1, several ? 3 : 1, 0.0);
        judge_visits(several ? 3 : 1, several ? 3 : 1);
        width[several] = scene.outcome.change[CT_TEXTURE][CT_NOSE].mdc95;
    }
    ck_assert_double_lt(width[1], 0.65 * width[0]);
}
END_TEST

START_TEST(a_row_says_how_many_captures_it_rests_on)
{
    lay_out();
    draw_visits(3, 3, 1.0);
    accounts[1].row[CT_TEXTURE][CT_NOSE].there = false;
    judge_visits(3, 3);
    const cutis_change *row = &scene.outcome.change[CT_TEXTURE][CT_NOSE];
    ck_assert_uint_eq(row->captures_before, 2);
    ck_assert_uint_eq(row->captures_after, 2);
    ck_assert_double_eq(row->df, 11.0);
    ck_assert_ptr_nonnull(strstr(row->reason, "2 of 3"));
    row = &scene.outcome.change[CT_TEXTURE][CT_CHIN];
    ck_assert_uint_eq(row->captures_before, 3);
    ck_assert_double_eq(row->df, 12.0);
    ck_assert(!row->reason || !strstr(row->reason, " of 3"));
}
END_TEST

/* ---- Checks of several pairs ----------------------------------------------
 */

START_TEST(the_worst_check_stays_and_says_of_which_capture)
{
    struct checks merged = {0};
    const struct captures first = {1, 1}, second = {2, 2};

    scene_set(&scene);
    scene_check(&scene);
    ct_checks_merge(&merged, &scene.outcome.checks, &first);
    const int count = merged.count;
    ck_assert_int_eq(ct_comparable(&merged), CUTIS_COMPARABLE_YES);
    scene.after.capture.noise_cod = 2.0;
    scene_check(&scene);
    ct_checks_merge(&merged, &scene.outcome.checks, &second);
    ck_assert_int_eq(merged.count, count);
    const cutis_check *const after =
        scene_find(&merged, "noise", CUTIS_CHECK_AFTER);
    const cutis_check *const before =
        scene_find(&merged, "noise", CUTIS_CHECK_BEFORE);
    ck_assert_int_eq(after->verdict, CUTIS_CHECK_WARN);
    ck_assert_ptr_eq(strstr(after->message, "Capture 2: "), after->message);
    ck_assert_int_eq(before->verdict, CUTIS_CHECK_PASS);
    ck_assert_ptr_null(strstr(before->message, "Capture"));
    ck_assert_double_gt(ct_widening(&merged, CT_TEXTURE, CT_NOSE), 1.0);
    /* Once more of the same capture, then of another. */
    ct_checks_merge(&merged, &scene.outcome.checks, &second);
    ck_assert_ptr_nonnull(strstr(after->message, "Capture 2: "));
    ct_checks_merge(&merged, &scene.outcome.checks, &(struct captures){3, 3});
    ck_assert_ptr_null(strstr(after->message, "Capture"));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("repeats");
    TCase *tests = tcase_create("repeats");
    suite_add_tcase(suite, tests);
    tcase_add_checked_fixture(tests, set_up, NULL);
    tcase_add_test(tests, the_factor_is_that_of_the_design);
    tcase_add_test(tests,
                   repeats_and_prior_are_weighed_by_their_degrees_of_freedom);
    tcase_add_test(tests, a_ratio_has_the_geometric_mean);
    tcase_add_test(tests, checks_widen_the_pair_that_they_are_of);
    tcase_add_test(tests, every_design_agrees_with_dense_least_squares);
    tcase_add_test(tests, swapped_visits_mirror_to_the_last_bit);
    tcase_add_test(tests, readings_that_never_differ_are_exactly_no_change);
    tcase_add_loop_test(tests, five_in_a_hundred_miss_with_every_design, 0, 6);
    tcase_add_loop_test(tests, student_keeps_what_1_96_does_not, 0, 5);
    tcase_add_test(tests, captures_narrow_the_interval_and_keep_the_rate);
    tcase_add_test(tests, a_row_says_how_many_captures_it_rests_on);
    tcase_add_test(tests, the_worst_check_stays_and_says_of_which_capture);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
