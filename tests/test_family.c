/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Several questions at several visits as one family: adjusted p worked out by
 * hand, and the chance of a false verdict in drawn courses.
 */

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <check.h>

#include "progress/series.h"
#include "util/hash.h"

enum { MOST = 4 };

/* Adjusts p[questions][visits] and holds them against what is expected. */
static void adjusts(const double *p, const double *expected, int questions,
                    int visits)
{
    double room[MOST][CT_VISITS];

    for (int q = 0; q < questions; q++)
        for (int i = 0; i < visits; i++)
            room[q][i] = p[q * visits + i];
    ct_adjust_course(room, questions, visits);
    for (int q = 0; q < questions; q++)
        for (int i = 0; i < visits; i++) {
            const double should = expected[q * visits + i];
            if (isnan(should))
                ck_assert_double_nan(room[q][i]);
            else
                ck_assert_msg(fabs(room[q][i] - should) < 1e-12,
                              "question %d, visit %d: %.9g, not %.9g", q, i,
                              room[q][i], should);
        }
}

/* ---- By hand ------------------------------------------------------------- */

START_TEST(one_question_at_one_visit_is_left_alone)
{
    adjusts((double[]){0.04}, (double[]){0.04}, 1, 1);
}
END_TEST

/* Holm 1979 on 0.01, 0.04 and 0.03: 3 * 0.01, then 2 * 0.03 twice. */
START_TEST(of_one_visit_it_is_holm)
{
    adjusts((double[]){0.01, 0.04, 0.03}, (double[]){0.03, 0.06, 0.06}, 3, 1);
}
END_TEST

/* The last of three has 0.8 of the error, the one before 0.9 once it has that
 * of the last, the first then all of it. */
START_TEST(what_lasts_hands_its_error_back_in_time)
{
    adjusts((double[]){0.01, 0.03, 0.02},
            (double[]){0.03 / 0.9, 0.03 / 0.9, 0.02 / 0.8}, 1, 3);
}
END_TEST

START_TEST(a_last_visit_that_shows_nothing_stops_that)
{
    adjusts((double[]){0.03, 0.03, 0.2}, (double[]){0.2 / 0.8, 0.2 / 0.8, 0.25},
            1, 3);
    /* By itself an early visit has a tenth. */
    adjusts((double[]){0.002, 0.9, 0.9}, (double[]){0.02, 1.0, 1.0}, 1, 3);
}
END_TEST

/* Of two questions each has half; the first is shown at both visits with 0.02,
 * so the second has all of it from there on. */
START_TEST(a_question_that_is_shown_throughout_hands_on_to_the_others)
{
    adjusts((double[]){0.01, 0.008, 0.9, 0.03},
            (double[]){0.02, 0.02, 0.9, 0.03 / 0.8}, 2, 2);
    adjusts((double[]){0.9, 0.03, 0.01, 0.008},
            (double[]){0.9, 0.03 / 0.8, 0.02, 0.02}, 2, 2);
}
END_TEST

/* The second question shows later, so it keeps its half. */
START_TEST(a_question_that_is_shown_in_part_keeps_its_share)
{
    adjusts((double[]){0.5, 0.008, 0.9, 0.03},
            (double[]){1.0, 0.02, 1.0, 2.0 * 0.03 / 0.8}, 2, 2);
}
END_TEST

START_TEST(what_is_missing_takes_no_error)
{
    adjusts((double[]){0.02, NAN, NAN, NAN}, (double[]){0.02, NAN, NAN, NAN}, 2,
            2);
    adjusts((double[]){NAN, NAN}, (double[]){NAN, NAN}, 1, 2);
}
END_TEST

/* ---- Drawn --------------------------------------------------------------- */

enum { QUESTIONS = 7, VISITS = 3, COURSES = 6000, DF = 10 };

/* By how many standard errors question q truly changed at visit i. */
typedef double truth_fn(int q, int i);

static double nothing(int q, int i)
{
    (void)q;
    (void)i;
    return 0.0;
}

static double one_grows(int q, int i)
{
    return q == 0 ? 3.3 + 1.1 * i : 0.0;
}

static double most_at_the_last(int q, int i)
{
    return q < QUESTIONS - 1 && i == VISITS - 1 ? 8.0 : 0.0;
}

static double all_but_one_a_visit(int q, int i)
{
    return q == i ? 0.0 : 8.0;
}

/* p of a course against a baseline of two captures, errors being known as well
 * as what is assumed of repeats. */
static void draw(double p[QUESTIONS][CT_VISITS], truth_fn *truth,
                 struct random *random)
{
    for (int q = 0; q < QUESTIONS; q++) {
        const double baseline = ct_random_normal(random) / sqrt(2.0);
        double squares = 0.0;
        for (int k = 0; k < DF; k++) {
            const double one = ct_random_normal(random);
            squares += one * one / DF;
        }
        for (int i = 0; i < VISITS; i++) {
            const double noise = ct_random_normal(random) - baseline;
            const double t = truth(q, i) + noise / sqrt(1.5);
            p[q][i] = ct_t_two_sided(t / sqrt(squares), DF);
        }
    }
}

static double false_verdicts(truth_fn *truth)
{
    struct random random;
    double p[QUESTIONS][CT_VISITS];
    int wrong = 0;

    ct_random_seed(&random, 117);
    for (int n = 0; n < COURSES; n++) {
        bool any = false;
        draw(p, truth, &random);
        ct_adjust_course(p, QUESTIONS, VISITS);
        for (int q = 0; q < QUESTIONS; q++)
            for (int i = 0; i < VISITS; i++)
                any = any || (truth(q, i) == 0.0 && p[q][i] < 0.05);
        wrong += any;
    }
    return (double)wrong / COURSES;
}

START_TEST(one_course_in_twenty_has_a_false_verdict_at_most)
{
    static truth_fn *const truths[] = {nothing, one_grows, most_at_the_last,
                                       all_but_one_a_visit};
    const double most = 0.05 + 1.64 * sqrt(0.05 * 0.95 / COURSES);
    const double rate = false_verdicts(truths[_i]);

    ck_assert_msg(rate <= most, "%.4f, at most %.4f", rate, most);
    ck_assert_double_gt(rate, 0.02); /* nor is it far from it */
}
END_TEST

int main(void)
{
    Suite *const suite = suite_create("family");
    TCase *const hand = tcase_create("by hand");
    TCase *const drawn = tcase_create("drawn");

    suite_add_tcase(suite, hand);
    suite_add_tcase(suite, drawn);
    tcase_add_test(hand, one_question_at_one_visit_is_left_alone);
    tcase_add_test(hand, of_one_visit_it_is_holm);
    tcase_add_test(hand, what_lasts_hands_its_error_back_in_time);
    tcase_add_test(hand, a_last_visit_that_shows_nothing_stops_that);
    tcase_add_test(hand,
                   a_question_that_is_shown_throughout_hands_on_to_the_others);
    tcase_add_test(hand, a_question_that_is_shown_in_part_keeps_its_share);
    tcase_add_test(hand, what_is_missing_takes_no_error);
    tcase_add_loop_test(drawn, one_course_in_twenty_has_a_false_verdict_at_most,
                        0, 4);

    SRunner *const runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
