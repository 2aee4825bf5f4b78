/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Drawn courses of skin that does not change: how many are given a verdict, a
 * score, or something that lasts.  Every metric errs by itself, as much as is
 * assumed of repeats, and as well known as that is.
 */

#include <stdlib.h>

#include "course_scene.h"
#include "util/hash.h"

enum { COURSES = 250, VISITS = 4 };

static struct course_scene made;

/* What was wrongly said of how many courses. */
struct told {
    int verdict, score, lasting, trend;
};

/* The standard error of a change of each metric, of one capture. */
static void find_errors(double se[CT_METRICS])
{
    course_set(&made);
    const struct outcome *const out = course_visit(&made, 60.0, 60.0);

    for (int m = 0; m < CT_METRICS; m++)
        se[m] = out->change[m][CT_FACE_REGION].se;
}

static void draw_course(const double se[CT_METRICS], struct random *random)
{
    double baseline[CT_METRICS], factor[CT_METRICS];

    course_set(&made);
    for (int m = 0; m < CT_METRICS; m++) {
        double squares = 0.0;
        for (int k = 0; k < CT_PRIOR_DF; k++) {
            const double one = ct_random_normal(random);
            squares += one * one / CT_PRIOR_DF;
        }
        factor[m] = se[m] / sqrt(2.0 * squares);
        baseline[m] = factor[m] * ct_random_normal(random);
    }
    for (int i = 0; i < VISITS; i++) {
        for (int m = 0; m < CT_METRICS; m++) {
            const double y = factor[m] * ct_random_normal(random) - baseline[m];
            const double was = scene_reading[m].value;
            course_read(&made, m,
                        ct_metric(m)->scale == CUTIS_LOG ? was * exp(y)
                                                         : was + y);
        }
        course_visit(&made, 60.0 + 14.0 * i, 60.0 + 14.0 * i);
    }
    ct_judge_course(&made.course);
}

static bool is_direction(cutis_verdict verdict)
{
    return verdict == CUTIS_VERDICT_IMPROVED || verdict == CUTIS_VERDICT_WORSE;
}

static void count(struct told *told)
{
    const struct preset *const preset = ct_preset(NULL);
    bool verdict = false, score = false, lasting = false, trend = false;

    for (int m = 0; m < CT_METRICS; m++) {
        if (!ct_weighs(preset, m))
            continue;
        const cutis_trend *const line = &made.course.trend[m][CT_FACE_REGION];
        lasting = lasting || line->sustained_from >= 0;
        trend = trend || is_direction(line->verdict);
        for (int i = 1; i <= VISITS; i++)
            verdict = verdict ||
                      is_direction(
                          made.outcomes[i].change[m][CT_FACE_REGION].verdict);
    }
    for (int i = 1; i <= VISITS; i++)
        score = score || is_direction(made.outcomes[i].score.verdict);
    told->verdict += verdict;
    told->score += score;
    told->lasting += lasting;
    told->trend += trend;
}

START_TEST(one_untreated_course_in_twenty_is_told_something_at_most)
{
    const int most = (int)(COURSES * 0.05 + 1.64 * sqrt(COURSES * 0.05 * 0.95));
    struct random random;
    double se[CT_METRICS];
    struct told told = {0};

    find_errors(se);
    ct_random_seed(&random, 118);
    for (int n = 0; n < COURSES; n++) {
        draw_course(se, &random);
        count(&told);
    }
    ck_assert_int_le(told.verdict, most);
    ck_assert_int_gt(told.verdict, 0); /* they are drawn */
    ck_assert_int_le(told.score, most);
    ck_assert_int_le(told.trend, most);
    ck_assert_int_le(told.lasting, told.verdict);
}
END_TEST

int main(void)
{
    Suite *const suite = suite_create("untreated");
    TCase *const tests = tcase_create("untreated");

    suite_add_tcase(suite, tests);
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests,
                   one_untreated_course_in_twenty_is_told_something_at_most);

    SRunner *const runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
