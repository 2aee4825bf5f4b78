/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * How much wider a mouth is, on a smooth random texture whose two halves move
 * apart by what is known, whatever landmarks say of it.
 */

#include <math.h>
#include <stdlib.h>

#include "match/match.h"
#include "progress_scene.h"
#include "util/hash.h"

enum { WIDTH = 480, HEIGHT = 320, WAVES = 24 };

static struct tools tools;
static struct face face[2];
static struct skin skin[2];
static double wave[WAVES][3]; /* cycles along x and y, phase */

static const double scale = 4.0;        /* px per mm */
static const double half_mouth = 100.0; /* px */

/* Texture of ln light at a place of the face, waves of 4 to 20 mm. */
static double texture(double x, double y)
{
    double sum = 0.0;
    for (int k = 0; k < WAVES; k++)
        sum += cos(wave[k][0] * x + wave[k][1] * y + wave[k][2]);
    return 0.1 * sum;
}

/* The mouth's halves each move outwards by `out` px, landmarks by `said`. */
static void paint(int i, double out, double said)
{
    struct plane *const planes[] = {&skin[i].red, &skin[i].green,
                                    &skin[i].blue};
    for (int y = 0; y < HEIGHT; y++)
        for (int x = 0; x < WIDTH; x++) {
            const double from = x + (x < WIDTH / 2 ? out : -out);
            for (int c = 0; c < 3; c++)
                ct_row(planes[c], y)[x] =
                    (float)(0.1 * (3 - c) * exp(texture(from, y)));
        }
    cutis_point *const p = face[i].points;
    const double middle = WIDTH / 2.0;
    p[61] = (cutis_point){middle - half_mouth - said, 200.0};
    p[291] = (cutis_point){middle + half_mouth + said, 200.0};
}

static void set_up(void)
{
    struct random dice;
    memset(&tools, 0, sizeof(tools));
    tools.kernels = ct_kernels_best(CUTIS_ISA_BEST);
    tools.threads = 1;
    ct_random_seed(&dice, 5);
    for (int k = 0; k < WAVES; k++) {
        const double mm = 4.0 + 16.0 * ct_random_uniform(&dice);
        const double way = 6.2831853 * ct_random_uniform(&dice);
        wave[k][0] = 6.2831853 / (mm * scale) * cos(way);
        wave[k][1] = 6.2831853 / (mm * scale) * sin(way);
        wave[k][2] = 6.2831853 * ct_random_uniform(&dice);
    }
    for (int i = 0; i < 2; i++) {
        struct plane *const planes[] = {&skin[i].red, &skin[i].green,
                                        &skin[i].blue};
        for (int c = 0; c < 3; c++)
            ck_assert_int_eq(ct_plane_create(planes[c], WIDTH, HEIGHT, &tools),
                             0);
        face[i] = (struct face){
            .point_count = CT_POINTS,
            .scale = scale,
            .work_scale = scale,
            .factor = 1,
            .pose.rotation = {1, 0, 0, 0, 1, 0, 0, 0, 1},
        };
        face[i].points[33] = (cutis_point){60.0, 60.0};
        face[i].points[133] = (cutis_point){180.0, 60.0};
        face[i].points[362] = (cutis_point){300.0, 60.0};
        face[i].points[263] = (cutis_point){420.0, 60.0};
        paint(i, 0.0, 0.0);
    }
}

static void tear_down(void)
{
    for (int i = 0; i < 2; i++) {
        ct_plane_free(&skin[i].red);
        ct_plane_free(&skin[i].green);
        ct_plane_free(&skin[i].blue);
    }
}

static double wider(int before)
{
    return ct_mouth_wider(
        (const struct face *const[2]){&face[before], &face[!before]},
        (const struct skin *const[2]){&skin[before], &skin[!before]});
}

/* px outwards of each half, and what landmarks follow of it. */
static const struct {
    double out, said;
} moves[] = {{2.0, 0.0},  {8.0, 0.0}, {8.0, 4.0},  {8.0, 8.0},
             {-6.0, 0.0}, {0.0, 4.0}, {11.0, -2.0}};

START_TEST(what_landmarks_miss_is_found)
{
    const double mm = 2.0 * moves[_i].out / scale;
    paint(1, moves[_i].out, moves[_i].said);
    ck_assert_double_eq_tol(wider(0), mm, 0.1);
    ck_assert_double_eq_tol(wider(1), -mm, 0.1);
}
END_TEST

START_TEST(light_and_exposure_change_nothing)
{
    paint(1, 6.0, 2.0);
    const double found = wider(0);
    for (int y = 0; y < HEIGHT; y++)
        for (int x = 0; x < WIDTH; x++)
            ct_row(&skin[1].green, y)[x] *= 1.5F;
    for (int y = 0; y < HEIGHT; y++)
        for (int x = 0; x < WIDTH; x++) {
            ct_row(&skin[1].red, y)[x] *= 1.5F;
            ct_row(&skin[1].blue, y)[x] *= 1.5F;
        }
    ck_assert_double_eq_tol(wider(0), found, 1e-5);
}
END_TEST

START_TEST(one_photograph_beside_itself_is_exactly_0)
{
    ck_assert(wider(0) == 0.0);
    ck_assert(wider(1) == 0.0);
}
END_TEST

START_TEST(what_is_not_found_is_not_told)
{
    for (int y = 0; y < HEIGHT; y++)
        for (int x = 0; x < WIDTH; x++)
            ct_row(&skin[1].green, y)[x] = ct_row(&skin[1].red, y)[x] =
                ct_row(&skin[1].blue, y)[x] = 0.2F;
    ck_assert_double_nan(wider(0));

    /* Farther than it is looked for. */
    paint(1, 24.0, 0.0);
    ck_assert_double_nan(wider(0));

    /* 68 points reach us as a stiff face. */
    paint(1, 2.0, 0.0);
    ck_assert(!isnan(wider(0)));
    face[1].scheme = CUTIS_LANDMARKS_IBUG68;
    ck_assert_double_nan(wider(0));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("mouth");
    TCase *tests = tcase_create("mouth");
    suite_add_tcase(suite, tests);
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_loop_test(tests, what_landmarks_miss_is_found, 0,
                        sizeof(moves) / sizeof(moves[0]));
    tcase_add_test(tests, light_and_exposure_change_nothing);
    tcase_add_test(tests, one_photograph_beside_itself_is_exactly_0);
    tcase_add_test(tests, what_is_not_found_is_not_told);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
