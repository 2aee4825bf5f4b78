/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Where the same skin lies in the other photograph: the map itself, and what
 * landmarks alone make of it, against maps that are known.
 */

#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "match/match.h"
#include "util/hash.h"

static struct tools tools;
static struct random dice;

static void set_up(void)
{
    memset(&tools, 0, sizeof(tools));
    tools.kernels = ct_kernels_best(CUTIS_ISA_BEST);
    tools.threads = 1;
    ct_random_seed(&dice, 11);
}

/* ---- The map ------------------------------------------------------------- */

enum { STEP = 8, WIDTH = 50, HEIGHT = 36 }; /* px */

static void affine_warp(struct warp *warp)
{
    ck_assert_int_eq(ct_warp_create(warp, WIDTH, HEIGHT, STEP, &tools),
                     CUTIS_OK);
    for (int j = 0; j < warp->x.height; j++)
        for (int i = 0; i < warp->x.width; i++) {
            const double x = i * STEP, y = j * STEP;
            ct_row(&warp->x, j)[i] = (float)(1.25 * x - 0.5 * y + 3);
            ct_row(&warp->y, j)[i] = (float)(0.25 * x + y - 7);
            ct_row(&warp->trust, j)[i] = (float)(0.125 * i);
        }
}

START_TEST(an_affine_map_is_kept_between_nodes)
{
    struct warp warp;
    double to[2];
    affine_warp(&warp);
    for (int k = 0; k < 200; k++) {
        const double x = WIDTH * ct_random_uniform(&dice);
        const double y = HEIGHT * ct_random_uniform(&dice);
        ck_assert(ct_warp_at(&warp, x, y, to));
        ck_assert_double_eq_tol(to[0], 1.25 * x - 0.5 * y + 3, 1e-9);
        ck_assert_double_eq_tol(to[1], 0.25 * x + y - 7, 1e-9);
        ck_assert_double_eq_tol(ct_warp_trust(&warp, x, y), x / STEP / 8, 1e-9);
    }
    /* The last node lies at or past the last pixel's far side. */
    ck_assert(ct_warp_at(&warp, WIDTH, HEIGHT, to));
    ct_warp_free(&warp);
}
END_TEST

/* A picture on itself: whatever was measured, no place moves, not by a bit. */
START_TEST(a_map_that_stays_goes_nowhere)
{
    struct warp warp;
    double to[2];

    ck_assert_int_eq(ct_warp_create(&warp, WIDTH, HEIGHT, STEP, &tools),
                     CUTIS_OK);
    for (int j = 0; j < warp.x.height; j++)
        for (int i = 0; i < warp.x.width; i++) {
            if (i == 2 && j == 1)
                continue;
            ct_row(&warp.x, j)[i] = (float)(i * STEP) + 0.013f;
            ct_row(&warp.y, j)[i] = (float)(j * STEP) - 0.004f * (float)i;
        }
    ct_warp_stay(&warp);
    for (int j = 0; j < warp.x.height; j++)
        for (int i = 0; i < warp.x.width; i++) {
            const bool known = i != 2 || j != 1;
            ck_assert(isnan(ct_row(&warp.x, j)[i]) == !known);
            if (!known)
                continue;
            ck_assert_double_eq((double)ct_row(&warp.x, j)[i], i * STEP);
            ck_assert_double_eq((double)ct_row(&warp.y, j)[i], j * STEP);
        }
    ck_assert(!ct_warp_at(&warp, 2.5 * STEP, 1.5 * STEP, to));
    ck_assert(ct_warp_at(&warp, 0.25 * STEP, 0.5 * STEP, to));
    ck_assert_double_eq(to[0], 0.25 * STEP);
    ck_assert_double_eq(to[1], 0.5 * STEP);
    ct_warp_free(&warp);
}
END_TEST

START_TEST(what_is_unknown_says_so)
{
    struct warp warp;
    const struct warp none = {0};
    double to[2];
    affine_warp(&warp);
    ct_row(&warp.x, 2)[3] = NAN;
    ck_assert(!ct_warp_at(&warp, 2.5 * STEP, 1.5 * STEP, to));
    ck_assert(isnan(to[0]));
    ck_assert(!ct_warp_at(&warp, 3.5 * STEP, 2.5 * STEP, to));
    ck_assert_double_eq(ct_warp_trust(&warp, 3.5 * STEP, 2.5 * STEP), 0);
    ck_assert(ct_warp_at(&warp, 1.5 * STEP, 2.5 * STEP, to));
    ck_assert(!ct_warp_at(&warp, -0.1, 5, to));
    ck_assert(!ct_warp_at(&warp, 5, 100, to));
    ck_assert(!ct_warp_at(&warp, NAN, 5, to));
    ck_assert(!ct_warp_at(&none, 1, 1, to));
    ct_warp_free(&warp);
}
END_TEST

/* ---- From landmarks ------------------------------------------------------ */

enum { SIDE = 480 }; /* px of a face at 4 px/mm */

/* Skin on a disk in the middle; landmarks all over it. */
static void make_face(struct face *face, int points)
{
    memset(face, 0, sizeof(*face));
    face->point_count = points;
    face->factor = 1;
    face->scale = face->work_scale = 4;
    face->crop = (struct rect){0, 0, SIDE, SIDE};
    const size_t count = SIDE * SIDE;
    ck_assert_int_eq(ct_bytes_create(&face->region, SIDE, SIDE, &tools),
                     CUTIS_OK);
    face->triangle = ct_alloc(&tools.memory, count, sizeof(uint16_t));
    ck_assert(face->triangle);
    for (int y = 0; y < SIDE; y++)
        for (int x = 0; x < SIDE; x++) {
            const double dx = x - SIDE / 2, dy = y - SIDE / 2;
            ct_byte_row(&face->region, y)[x] =
                dx * dx + dy * dy < 200 * 200 ? CT_CHIN : CT_NO_REGION;
            face->triangle[y * SIDE + x] = CT_FACETS;
        }
    for (int i = 0; i < CT_POINTS; i++) {
        const double far = 190 * sqrt(ct_random_uniform(&dice));
        const double turn = 6.2832 * ct_random_uniform(&dice);
        face->points[i].x = SIDE / 2 + far * cos(turn);
        face->points[i].y = SIDE / 2 + far * sin(turn);
    }
}

/* A map with shear, a shift, and a bump of 2 px that is 160 px wide. */
static cutis_point bent(cutis_point p, double bump)
{
    const double dx = p.x - 200, dy = p.y - 260;
    const double rise = bump * exp(-(dx * dx + dy * dy) / (2 * 80.0 * 80.0));
    return (cutis_point){1.03 * p.x + 0.02 * p.y + 11 + rise,
                         -0.01 * p.x + 0.97 * p.y - 4 + rise};
}

static double worst_mm(const struct warp *warp, const struct face *face,
                       double bump)
{
    double worst = 0;
    for (int y = 0; y < SIDE; y += 3)
        for (int x = 0; x < SIDE; x += 3) {
            double to[2];
            const bool known = ct_warp_at(warp, x + 0.5, y + 0.5, to);
            if (ct_byte_row(&face->region, y)[x] == CT_NO_REGION)
                continue;
            ck_assert(known);
            const cutis_point q = bent((cutis_point){x + 0.5, y + 0.5}, bump);
            worst = fmax(worst, hypot(to[0] - q.x, to[1] - q.y) / 4);
        }
    return worst;
}

START_TEST(landmarks_give_the_map_between_and_beyond_them)
{
    const double unit[4] = {1, 0, 11, -4};
    struct face from, to;
    struct warp warp;
    make_face(&from, CT_POINTS);
    make_face(&to, CT_POINTS);
    for (int i = 0; i < CT_POINTS; i++)
        to.points[i] = bent(from.points[i], 0);
    ck_assert_int_eq(ct_landmark_warp(&warp, &from, &to, unit, &tools),
                     CUTIS_OK);
    ck_assert_int_eq(ct_warp_cut(&warp, &from, &tools), CUTIS_OK);
    /* The tie to the similarity costs a little of the shear of 3 %. */
    ck_assert_double_le(worst_mm(&warp, &from, 0), 0.1);
    double off[2];
    ck_assert(!ct_warp_at(&warp, 5, 5, off));
    ct_warp_free(&warp);

    for (int i = 0; i < CT_POINTS; i++)
        to.points[i] = bent(from.points[i], 2);
    ck_assert_int_eq(ct_landmark_warp(&warp, &from, &to, unit, &tools),
                     CUTIS_OK);
    ck_assert_double_le(worst_mm(&warp, &from, 2), 0.2);
    ct_warp_free(&warp);
    ct_face_free(&from);
    ct_face_free(&to);
}
END_TEST

START_TEST(without_landmarks_the_similarity_is_the_map)
{
    /* Crops and factors differ: full px 2 x + 0.5 y and so on. */
    const double s[4] = {2, -0.5, 30, 40};
    struct face from, to;
    struct warp warp;
    double at[2];
    make_face(&from, 0);
    make_face(&to, 0);
    from.crop.x = 100;
    to.crop.y = 50;
    to.factor = 2;
    ck_assert_int_eq(ct_landmark_warp(&warp, &from, &to, s, &tools), CUTIS_OK);
    ck_assert(ct_warp_at(&warp, 240, 200, at));
    /* Full 340, 200 -> 2 340 + 0.5 200 + 30, -0.5 340 + 2 200 + 40. */
    ck_assert_double_eq_tol(at[0], 810 / 2.0, 1e-4);
    ck_assert_double_eq_tol(at[1], (270 - 50) / 2.0, 1e-4);
    ct_warp_free(&warp);
    ct_face_free(&from);
    ct_face_free(&to);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("warp");
    TCase *cases = tcase_create("warp");
    tcase_add_checked_fixture(cases, set_up, NULL);
    tcase_add_test(cases, an_affine_map_is_kept_between_nodes);
    tcase_add_test(cases, a_map_that_stays_goes_nowhere);
    tcase_add_test(cases, what_is_unknown_says_so);
    tcase_add_test(cases, landmarks_give_the_map_between_and_beyond_them);
    tcase_add_test(cases, without_landmarks_the_similarity_is_the_map);
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
