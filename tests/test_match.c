/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * How two faces lie on each other, and which cells they share.
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
    ct_random_seed(&dice, 7);
}

static struct bytes mask_of(int width, int height, int value)
{
    struct bytes mask = {0};
    ck_assert_int_eq(ct_bytes_create(&mask, width, height, &tools), CUTIS_OK);
    for (int y = 0; y < height; y++)
        memset(ct_byte_row(&mask, y), value, (size_t)width);
    return mask;
}

/* ---- Similarity ---------------------------------------------------------- */

enum { N = 12 };
static const uint16_t all[N] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};

static void scatter(cutis_point at[N])
{
    for (int i = 0; i < N; i++)
        at[i] = (cutis_point){1000 * ct_random_uniform(&dice),
                              1000 * ct_random_uniform(&dice)};
}

static cutis_point moved(const double s[4], cutis_point p)
{
    return (cutis_point){s[0] * p.x - s[1] * p.y + s[2],
                         s[1] * p.x + s[0] * p.y + s[3]};
}

START_TEST(a_similarity_is_recovered)
{
    const double truth[4] = {1.2 * 0.8, 1.2 * 0.6, -40, 17};
    cutis_point from[N], to[N];
    double found[4];
    scatter(from);
    for (int i = 0; i < N; i++)
        to[i] = moved(truth, from[i]);
    ck_assert(ct_similarity(found, from, to, all, N));
    for (int k = 0; k < 4; k++)
        ck_assert_double_eq_tol(found[k], truth[k], 1e-9);
}
END_TEST

START_TEST(two_stray_landmarks_do_not_move_it)
{
    const double truth[4] = {0.9, 0.1, 5, 6};
    cutis_point from[N], to[N];
    double found[4];
    scatter(from);
    for (int i = 0; i < N; i++)
        to[i] = moved(truth, from[i]);
    to[3].x += 80;
    to[8].y -= 120;
    ck_assert(ct_similarity(found, from, to, all, N));
    for (int i = 0; i < N; i++) {
        const cutis_point p = moved(found, from[i]), q = moved(truth, from[i]);
        ck_assert_double_le(fabs(p.x - q.x) + fabs(p.y - q.y), 1.0);
    }
}
END_TEST

START_TEST(points_without_extent_have_none)
{
    cutis_point from[N], to[N];
    double found[4];
    scatter(from);
    for (int i = 0; i < N; i++)
        to[i] = (cutis_point){5, 5};
    ck_assert(!ct_similarity(found, from, to, all, N));
    ck_assert(!ct_similarity(found, from, to, all, 1));
}
END_TEST

/* ---- In space ------------------------------------------------------------ */

static void cube(double at[8][3], double a, double b, double c)
{
    for (int i = 0; i < 8; i++) {
        at[i][0] = i & 1 ? a : -a;
        at[i][1] = i & 2 ? b : -b;
        at[i][2] = i & 4 ? c : -c;
    }
}

START_TEST(a_turned_scaled_body_has_no_residual)
{
    double from[8][3], to[8][3];
    cube(from, 1, 2, 3);
    for (int i = 0; i < 8; i++) {
        /* A turn by 37 degrees about z, then by 20 about x; twice the size. */
        const double c = cos(0.6458), s = sin(0.6458);
        const double d = cos(0.3491), t = sin(0.3491);
        const double x = c * from[i][0] - s * from[i][1];
        const double y = s * from[i][0] + c * from[i][1];
        to[i][0] = 2 * x + 5;
        to[i][1] = 2 * (d * y - t * from[i][2]) - 3;
        to[i][2] = 2 * (t * y + d * from[i][2]);
    }
    ck_assert_double_le(
        ct_rigid_rms((const double(*)[3])from, (const double(*)[3])to, 8),
        1e-6);
}
END_TEST

START_TEST(a_stretched_cube_has_the_residual_of_the_closed_form)
{
    double from[8][3], to[8][3];
    cube(from, 1, 1, 1);
    cube(to, 1, 1.2, 0.9);
    /* Sizes p, q; trace of the normalised product: (1 + 1.2 + 0.9) / (p q). */
    const double p = sqrt(3), q = sqrt(1 + 1.44 + 0.81);
    const double expected = sqrt((2 - 2 * 3.1 / (p * q)) * p * q);
    ck_assert_double_eq_tol(
        ct_rigid_rms((const double(*)[3])from, (const double(*)[3])to, 8),
        expected, 1e-9);
}
END_TEST

START_TEST(a_mirror_image_is_not_a_turn)
{
    double from[8][3], to[8][3];
    cube(from, 1, 2, 3);
    cube(to, 1, 2, 3);
    from[7][0] += 0.5; /* not its own mirror image any more */
    to[7][0] += 0.5;
    for (int i = 0; i < 8; i++)
        to[i][0] = -to[i][0];
    ck_assert_double_gt(
        ct_rigid_rms((const double(*)[3])from, (const double(*)[3])to, 8),
        0.05);
}
END_TEST

/* ---- Two faces ----------------------------------------------------------- */

enum { SIDE = 64 };

/* A head-on face with landmarks anywhere, planes of 64 by 64 pixels whose cell
 * is (x / 4, y / 4): 16 pixels each. */
static void make_face(struct face *face, double scale)
{
    memset(face, 0, sizeof(*face));
    face->found = true;
    face->point_count = CT_POINTS;
    face->factor = 1;
    face->scale = face->work_scale = face->pose.scale = scale;
    face->pose.rotation[0] = face->pose.rotation[4] = 1;
    face->pose.rotation[8] = 1;
    face->crop = (struct rect){0, 0, SIDE, SIDE};
    for (int i = 0; i < CT_POINTS; i++) {
        face->points[i].x = 1000 * ct_random_uniform(&dice);
        face->points[i].y = 1000 * ct_random_uniform(&dice);
        face->depth[i] = (float)(200 * ct_random_uniform(&dice));
    }
    face->region = mask_of(SIDE, SIDE, CT_CHIN);
    face->skin = mask_of(SIDE, SIDE, 255);
    face->cell = ct_alloc(&tools.memory, SIDE * SIDE, sizeof(uint16_t));
    face->triangle = ct_alloc(&tools.memory, SIDE * SIDE, sizeof(uint16_t));
    face->mm2 = ct_alloc(&tools.memory, CT_FACETS + 1, sizeof(float));
    face->cosine = ct_alloc(&tools.memory, CT_FACETS + 1, sizeof(float));
    ck_assert(face->cell && face->triangle && face->mm2 && face->cosine);
    for (int i = 0; i < SIDE * SIDE; i++)
        face->cell[i] = (uint16_t)(i % SIDE / 4 + i / SIDE / 4 * CT_CELLS_X);
    face->mm2[0] = (float)(1 / (scale * scale));
    face->region_area_mm2[CT_CHIN] = SIDE * SIDE / (scale * scale);
    face->region_area_mm2[CT_FACE_REGION] = SIDE * SIDE / (scale * scale);
}

START_TEST(the_same_photograph_lies_on_itself_exactly)
{
    struct face face;
    struct pair pair;
    make_face(&face, 4);
    ck_assert_int_eq(ct_match(&pair, &face, &face, NULL, &tools), CUTIS_OK);
    ck_assert_double_eq(pair.similarity[0], 1);
    ck_assert_double_eq(pair.similarity[1], 0);
    ck_assert_double_eq(pair.similarity[2], 0);
    ck_assert_double_eq(pair.similarity[3], 0);
    ck_assert_double_eq(pair.residual_median_mm, 0);
    ck_assert_double_eq(pair.residual_p95_mm, 0);
    ck_assert_double_eq(pair.nonrigid_rms_mm, 0);
    ck_assert_double_eq(pair.identity, 0);
    ck_assert_double_eq(pair.coverage[CT_CHIN], 1);
    ck_assert_double_eq(pair.coverage[CT_FOREHEAD], 0);
    for (int y = 0; y <= SIDE; y += 4) {
        double to[2];
        ck_assert(ct_warp_at(&pair.warp[y % 2], SIDE - y, y, to));
        ck_assert_double_eq_tol(to[0], SIDE - y, 1e-4);
        ck_assert_double_eq_tol(to[1], y, 1e-4);
    }
    ct_pair_free(&pair);
    ct_face_free(&face);
}
END_TEST

/* The canonical face seen from `distance` mm, as far as landmarks follow. */
static void look_from(struct face *face, double distance)
{
    const double follows = 0.46;
    for (int i = 0; i < CT_POINTS; i++) {
        const float *const at = ct_mesh_points()[i];
        const double larger = 1 - follows * (double)at[2] / distance;
        face->points[i].x = 4 * (double)at[0] * larger + 500;
        face->points[i].y = 4 * (double)at[1] * larger + 400;
    }
}

/* 1 / 300 - 1 / 600 from near, and its opposite. */
START_TEST(a_nearer_camera_is_told_by_what_stands_out)
{
    struct face a, b;
    double more, less, se;
    if (!ct_mesh_points())
        return;
    make_face(&a, 4);
    make_face(&b, 4);
    a.pose.translation[0] = b.pose.translation[0] = 500;
    a.pose.translation[1] = b.pose.translation[1] = 400;
    look_from(&a, 600);
    look_from(&b, 300);
    ck_assert(ct_nearer(&more, &se, &a, &b));
    ck_assert_double_eq_tol(more, 1.0 / 600, 0.05 / 600);
    ck_assert_double_le(se, 0.05 / 600);
    /* Raised brows and a smile do not matter: none of them is looked at. */
    b.points[61].x -= 30;
    b.points[105].y -= 30;
    ck_assert(ct_nearer(&less, &se, &b, &a));
    ck_assert(less == -more);
    ck_assert(ct_nearer(&more, &se, &a, &a));
    ck_assert(more == 0 && se == 0);
    a.scheme = CUTIS_LANDMARKS_IBUG68;
    ck_assert(!ct_nearer(&more, &se, &a, &b));
    ck_assert_double_nan(more);
    ct_face_free(&a);
    ct_face_free(&b);
}
END_TEST

static bool same_plane(const struct plane *a, const struct plane *b)
{
    bool same = a->width == b->width && a->height == b->height;
    for (int y = 0; same && y < a->height; y++)
        same = !memcmp(ct_row(a, y), ct_row(b, y),
                       (size_t)a->width * sizeof(float));
    return same;
}

static bool same_warp(const struct warp *a, const struct warp *b)
{
    return a->step == b->step && same_plane(&a->x, &b->x) &&
           same_plane(&a->y, &b->y) && same_plane(&a->trust, &b->trust);
}

START_TEST(swapping_swaps_to_the_last_bit)
{
    struct face a, b;
    struct pair ab, ba;
    make_face(&a, 3.3);
    make_face(&b, 4.1);
    for (int i = 0; i < SIDE; i++) {
        ct_byte_row(&a.skin, i)[i] = 0;
        memset(ct_byte_row(&b.skin, i / 3), 0, 40);
    }
    ck_assert_int_eq(ct_match(&ab, &a, &b, NULL, &tools), CUTIS_OK);
    ck_assert_int_eq(ct_match(&ba, &b, &a, NULL, &tools), CUTIS_OK);
    ck_assert(ab.residual_median_mm == ba.residual_median_mm);
    ck_assert(ab.residual_p95_mm == ba.residual_p95_mm);
    ck_assert(ab.nonrigid_rms_mm == ba.nonrigid_rms_mm);
    ck_assert(ab.identity == ba.identity);
    /* Without the face model there is no mesh to tell it by. */
    ck_assert(isnan(ab.nearer) == !ct_mesh_points());
    if (!isnan(ab.nearer))
        ck_assert(ab.nearer == -ba.nearer && ab.nearer_se == ba.nearer_se);
    ck_assert(ab.upper_face_mm == ba.upper_face_mm);
    ck_assert_mem_eq(ab.coverage, ba.coverage, sizeof(ab.coverage));
    for (int y = 0; y < SIDE; y++) {
        ck_assert_mem_eq(ct_byte_row(&ab.skin[0], y),
                         ct_byte_row(&ba.skin[1], y), SIDE);
        ck_assert_mem_eq(ct_byte_row(&ab.skin[1], y),
                         ct_byte_row(&ba.skin[0], y), SIDE);
    }
    ck_assert(same_warp(&ab.warp[0], &ba.warp[1]));
    ck_assert(same_warp(&ab.warp[1], &ba.warp[0]));
    const cutis_point p = {123, 456};
    const cutis_point q = moved(ba.similarity, moved(ab.similarity, p));
    ck_assert_double_eq_tol(q.x, p.x, 1e-6);
    ck_assert_double_eq_tol(q.y, p.y, 1e-6);
    ct_pair_free(&ab);
    ct_pair_free(&ba);
    ct_face_free(&a);
    ct_face_free(&b);
}
END_TEST

START_TEST(a_cell_counts_when_half_of_it_is_skin_in_both)
{
    struct face a, b;
    struct pair pair;
    make_face(&a, 2);
    make_face(&b, 2);
    /* Cell (0,0): 8 of 16 pixels in a; cell (1,0): 7 of 16; cell (2,0): all in
     * a, none in b. */
    for (int y = 0; y < 2; y++)
        memset(ct_byte_row(&a.skin, y), 0, 4);
    for (int y = 0; y < 2; y++)
        memset(ct_byte_row(&a.skin, y) + 4, 0, 4);
    ct_byte_row(&a.skin, 2)[4] = 0;
    for (int y = 0; y < 4; y++)
        memset(ct_byte_row(&b.skin, y) + 8, 0, 4);
    ck_assert_int_eq(ct_match(&pair, &a, &b, NULL, &tools), CUTIS_OK);

    ck_assert_int_eq(ct_byte_row(&pair.skin[0], 0)[0], 0);
    ck_assert_int_eq(ct_byte_row(&pair.skin[0], 3)[0], 255);
    ck_assert_int_eq(ct_byte_row(&pair.skin[1], 0)[0], 255);
    ck_assert_int_eq(ct_byte_row(&pair.skin[0], 3)[4], 0);
    ck_assert_int_eq(ct_byte_row(&pair.skin[1], 3)[4], 0);
    ck_assert_int_eq(ct_byte_row(&pair.skin[0], 3)[8], 0);
    ck_assert_int_eq(ct_byte_row(&pair.skin[1], 3)[12], 255);
    /* a loses half a cell and two whole ones of 256, b the two. */
    ck_assert_double_eq_tol(pair.coverage[CT_CHIN], 1 - 2.5 / 256, 1e-9);
    ct_pair_free(&pair);
    ct_face_free(&a);
    ct_face_free(&b);
}
END_TEST

START_TEST(landmarks_on_one_side_only_do_not_pair)
{
    struct face a, b;
    struct pair pair;
    make_face(&a, 2);
    make_face(&b, 2);
    b.point_count = 0;
    ck_assert_int_eq(ct_match(&pair, &a, &b, NULL, &tools),
                     CUTIS_ERROR_UNSUITABLE);
    ck_assert_ptr_null(pair.skin[0].at);
    a.point_count = 0;
    b.scale = 4;
    ck_assert_int_eq(ct_match(&pair, &a, &b, NULL, &tools), CUTIS_OK);
    ck_assert_double_eq_tol(pair.similarity[0], 2, 1e-12);
    /* Middle on middle: 32 -> 32. */
    ck_assert_double_eq_tol(pair.similarity[2], -32, 1e-12);
    ck_assert(isnan(pair.identity));
    ct_pair_free(&pair);
    ct_face_free(&a);
    ct_face_free(&b);
}
END_TEST

START_TEST(bones_do_not_care_for_size)
{
    static double a[CT_POINTS][3], b[CT_POINTS][3];
    for (int i = 0; i < CT_POINTS; i++)
        for (int k = 0; k < 3; k++) {
            a[i][k] = ct_random_uniform(&dice);
            b[i][k] = 1.7 * a[i][k];
        }
    ck_assert_double_le(
        ct_bone_distance((const double(*)[3])a, (const double(*)[3])b), 1e-12);
    /* One of six ratios off by 10 %: RMS about the mean is
     * ln 1.1 sqrt(1/6 - 1/36). */
    for (int k = 0; k < 3; k++)
        b[362][k] = b[133][k] + 1.1 * (b[362][k] - b[133][k]);
    ck_assert_double_eq_tol(
        ct_bone_distance((const double(*)[3])a, (const double(*)[3])b),
        log(1.1) * sqrt(5.0 / 36), 1e-12);
}
END_TEST

START_TEST(another_forehead_is_another_shape_and_a_smile_is_none)
{
    enum { UPPER = 188, TIP = 4, LIP = 61, LIP_MOVED_MM = 9 };
    static double a[CT_POINTS][3], b[CT_POINTS][3];
    for (int i = 0; i < CT_POINTS; i++)
        for (int k = 0; k < 3; k++) {
            a[i][k] = 100 * ct_random_uniform(&dice);
            b[i][(k + 1) % 3] = 1.3 * a[i][k]; /* turned and larger */
        }
    b[LIP][0] += LIP_MOVED_MM;
    ck_assert_double_le(
        ct_upper_face_rms((const double(*)[3])a, (const double(*)[3])b), 1e-5);
    /* One of the landmarks is 5 mm off: sizes are 1 and 1.3, their mean is
     * sqrt(1.3); a similarity follows by 7 of the 3 n coordinates. */
    b[TIP][0] += 5;
    ck_assert_double_eq_tol(
        ct_upper_face_rms((const double(*)[3])a, (const double(*)[3])b),
        5 / sqrt(1.3) / sqrt(UPPER), 0.02);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("match");
    TCase *cases = tcase_create("match");
    tcase_add_checked_fixture(cases, set_up, NULL);
    tcase_add_test(cases, a_similarity_is_recovered);
    tcase_add_test(cases, two_stray_landmarks_do_not_move_it);
    tcase_add_test(cases, points_without_extent_have_none);
    tcase_add_test(cases, a_turned_scaled_body_has_no_residual);
    tcase_add_test(cases, a_stretched_cube_has_the_residual_of_the_closed_form);
    tcase_add_test(cases, a_mirror_image_is_not_a_turn);
    tcase_add_test(cases, the_same_photograph_lies_on_itself_exactly);
    tcase_add_test(cases, a_nearer_camera_is_told_by_what_stands_out);
    tcase_add_test(cases, swapping_swaps_to_the_last_bit);
    tcase_add_test(cases, a_cell_counts_when_half_of_it_is_skin_in_both);
    tcase_add_test(cases, landmarks_on_one_side_only_do_not_pair);
    tcase_add_test(cases, bones_do_not_care_for_size);
    tcase_add_test(cases,
                   another_forehead_is_another_shape_and_a_smile_is_none);
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
