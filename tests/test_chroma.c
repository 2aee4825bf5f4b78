/* SPDX-License-Identifier: BSD-2-Clause */

/* What JPEG's chroma adds to the error of redness and of red areas. */

#include <stdlib.h>

#include "progress_scene.h"

static struct scene scene;

static void setup(void)
{
    scene_set(&scene);
}

static double error_of(int metric)
{
    ck_assert_int_eq(scene_judge(&scene), CUTIS_OK);
    return scene.outcome.change[metric][CT_NOSE].se;
}

static double root_sum(double a, double b)
{
    return sqrt(a * a + b * b);
}

/* What the chroma of one photograph adds to the error of redness. */
static double chroma_at(double levels, double without)
{
    scene.before.capture.chroma_dither = levels;
    const double error = error_of(CT_REDNESS);
    return sqrt(error * error - without * without);
}

/* 2 points per H on either side of both: a red area errs by the H that chroma
 * adds, twice. */
START_TEST(chroma_moves_a_red_area)
{
    for (int i = 0; i < 2; i++) {
        struct shot *const photo = i ? &scene.after : &scene.before;
        struct reading *const row =
            &photo->readings.of[CT_ERYTHEMA_AREA][CT_NOSE];
        row->detail_count = 1;
        row->detail[0] = (cutis_detail){"steepness", "%/H", i ? 1.5 : 2.5};
    }
    const double without = error_of(CT_ERYTHEMA_AREA);
    scene.before.capture.chroma_dither = 0.0;
    ck_assert_double_eq_tol(error_of(CT_ERYTHEMA_AREA),
                            root_sum(without, 2.0 * 3.0 / sqrt(12.0)), 1e-9);
}
END_TEST

START_TEST(chroma_rounded_away_adds_its_error)
{
    /* SD of Cr and RMS error in levels, by tests/oracles/chroma.py; the error
     * may say more, but not less.  A level is worth 3 H here. */
    static const double coded[][2] = {
        {0.08, 0.161}, {0.40, 0.114}, {0.59, 0.085}, {0.79, 0.070},
        {0.99, 0.048}, {1.25, 0.053}, {1.58, 0.043}};
    scene.before.picture.source = CT_SOURCE_PNG;
    const double without = error_of(CT_REDNESS);
    ck_assert_double_eq(chroma_at(0.0, without), 0.0);

    scene.before.picture.source = CT_SOURCE_JPEG;
    ck_assert_double_eq_tol(chroma_at(0.0, without), 3.0 / sqrt(12.0), 1e-9);
    for (size_t i = 0; i < sizeof(coded) / sizeof(coded[0]); i++) {
        const double said = chroma_at(coded[i][0], without) / 3.0;
        ck_assert_double_ge(said, coded[i][1]);
        ck_assert_double_le(said, coded[i][1] + 0.09);
    }
    scene.before.readings.of[CT_REDNESS][CT_NOSE].per_level = 12.0;
    ck_assert_double_eq_tol(chroma_at(0.0, without), 12.0 / sqrt(12.0), 1e-9);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("chroma");
    TCase *tests = tcase_create("chroma");
    suite_add_tcase(suite, tests);
    tcase_add_checked_fixture(tests, setup, NULL);
    tcase_add_test(tests, chroma_rounded_away_adds_its_error);
    tcase_add_test(tests, chroma_moves_a_red_area);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
