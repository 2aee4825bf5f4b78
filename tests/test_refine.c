/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The refinement by the skin's own texture, on textures that are sums of waves:
 * one photograph is the other through a map in closed form, so the truth is
 * exact everywhere.
 */

#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "match/refine.h"
#include "util/hash.h"

enum { SIDE = 480, WAVES = 40 }; /* px */
static const double scale = 6.0; /* px per mm */

static struct tools tools;
static struct random dice;
static double wave[WAVES][3]; /* rad per px along x and y; phase */

static void set_up(void)
{
    memset(&tools, 0, sizeof(tools));
    tools.kernels = ct_kernels_best(CUTIS_ISA_BEST);
    tools.threads = 1;
    ct_random_seed(&dice, 23);
    for (int i = 0; i < WAVES; i++) {
        /* Wavelengths of 0.6 to 4 mm, in all directions. */
        const double length = 0.6 * pow(4 / 0.6, ct_random_uniform(&dice));
        const double turn = 6.2832 * ct_random_uniform(&dice);
        wave[i][0] = 6.2832 / (length * scale) * cos(turn);
        wave[i][1] = 6.2832 / (length * scale) * sin(turn);
        wave[i][2] = 6.2832 * ct_random_uniform(&dice);
    }
}

/* Light of the skin at a place of the first photograph. */
static float texture(double x, double y)
{
    double sum = 0;
    for (int i = 0; i < WAVES; i++)
        sum += sin(wave[i][0] * x + wave[i][1] * y + wave[i][2]);
    return (float)(0.4 + 0.006 * sum);
}

/* A map from px to px; the second photograph shows at p what the first has at
 * map(p). */
typedef void map_fn(double to[2], double x, double y);

static void stay(double to[2], double x, double y)
{
    to[0] = x;
    to[1] = y;
}

/* A turn by 3 degrees, 4 % smaller, and bends of up to 0.5 mm. */
static void bent(double to[2], double x, double y)
{
    const double c = 0.96 * 0.99863, s = 0.96 * 0.05234;
    const double dx = x - SIDE / 2.0, dy = y - SIDE / 2.0;
    to[0] = SIDE / 2.0 + c * dx - s * dy + 3 * sin(y / 60);
    to[1] = SIDE / 2.0 + s * dx + c * dy + 2 * cos(x / 70) - 2;
}

struct photo {
    struct face face;
    struct skin skin;
};

static float noise(double sd)
{
    return (float)(sd * ct_random_normal(&dice));
}

/* Skin on a disk; `contrast` of the texture; a slope of light of a quarter. */
static void make_photo(struct photo *photo, map_fn *map, double contrast,
                       double sd)
{
    struct face *const face = &photo->face;
    struct plane *const all[3] = {&photo->skin.red, &photo->skin.green,
                                  &photo->skin.blue};
    memset(photo, 0, sizeof(*photo));
    face->factor = 1;
    face->scale = face->work_scale = scale;
    face->crop = (struct rect){0, 0, SIDE, SIDE};
    face->triangle =
        ct_alloc(&tools.memory, (size_t)SIDE * SIDE, sizeof(uint16_t));
    face->cell = ct_alloc(&tools.memory, (size_t)SIDE * SIDE, sizeof(uint16_t));
    face->mm2 = ct_alloc(&tools.memory, CT_FACETS + 1, sizeof(float));
    face->cosine = ct_alloc(&tools.memory, CT_FACETS + 1, sizeof(float));
    ck_assert(face->triangle && face->cell && face->mm2 && face->cosine);
    face->cosine[CT_FACETS] = 1;
    ck_assert(!ct_bytes_create(&face->region, SIDE, SIDE, &tools));
    ck_assert(!ct_bytes_create(&face->skin, SIDE, SIDE, &tools));
    for (int i = 0; i < 3; i++)
        ck_assert(!ct_plane_create(all[i], SIDE, SIDE, &tools));
    for (int y = 0; y < SIDE; y++)
        for (int x = 0; x < SIDE; x++) {
            double at[2];
            map(at, x + 0.5, y + 0.5);
            const double dx = x - SIDE / 2, dy = y - SIDE / 2;
            const bool skin = dx * dx + dy * dy < 220 * 220;
            const float slope =
                map == stay ? 1 : 0.875f + 0.25f * (float)x / SIDE;
            const float value =
                0.4f + (float)contrast * (texture(at[0], at[1]) - 0.4f);
            face->triangle[y * SIDE + x] = CT_FACETS;
            ct_byte_row(&face->region, y)[x] = skin ? CT_CHIN : CT_NO_REGION;
            ct_byte_row(&face->skin, y)[x] = skin ? 255 : 0;
            for (int i = 0; i < 3; i++)
                ct_row(all[i], y)[x] = slope * value + noise(sd);
        }
}

static void free_photo(struct photo *photo)
{
    ct_skin_free(&photo->skin);
    ct_face_free(&photo->face);
}

static void match(struct pair *pair, const struct photo *a,
                  const struct photo *b)
{
    const struct skin *const skin[2] = {&a->skin, &b->skin};
    ck_assert_int_eq(ct_match(pair, &a->face, &b->face, skin, &tools),
                     CUTIS_OK);
}

/* The 95th percentile of how far a map is from the truth, mm, over skin at
 * least 4 mm from its end; `back` tells that the map leads to where `truth`
 * comes from. */
static double error_mm(const struct warp *warp, map_fn *truth, bool back)
{
    static double far[SIDE * SIDE];
    size_t count = 0;
    for (int y = 0; y < SIDE; y += 3)
        for (int x = 0; x < SIDE; x += 3) {
            double to[2], q[2];
            const double dx = x - SIDE / 2, dy = y - SIDE / 2;
            if (dx * dx + dy * dy > 196 * 196)
                continue;
            ck_assert(ct_warp_at(warp, x + 0.5, y + 0.5, to));
            truth(q, back ? to[0] : x + 0.5, back ? to[1] : y + 0.5);
            far[count++] = back ? hypot(q[0] - x - 0.5, q[1] - y - 0.5) / scale
                                : hypot(to[0] - q[0], to[1] - q[1]) / scale;
        }
    return ct_quantile_d(far, count, 0.95);
}

START_TEST(a_bent_texture_is_followed)
{
    struct photo a, b;
    struct pair pair;
    make_photo(&a, stay, 1, 0.004);
    make_photo(&b, bent, 1, 0.004);
    match(&pair, &a, &b);
    ck_assert_msg(pair.refined, "%s", pair.unrefined);
    ck_assert_str_eq(pair.unrefined, "");
    ck_assert_int_gt(pair.patches_accepted, pair.patches_tried * 9 / 10);
    ck_assert_double_le(error_mm(&pair.warp[1], bent, false), 0.03);
    ck_assert_double_le(error_mm(&pair.warp[0], bent, true), 0.03);
    ck_assert_double_le(pair.patch_p95_mm, 0.05);
    ck_assert_double_gt(ct_warp_trust(&pair.warp[0], SIDE / 2, SIDE / 2), 0.99);
    ck_assert_double_gt(ct_warp_trust(&pair.warp[1], SIDE / 2, SIDE / 2), 0.99);
    ct_pair_free(&pair);
    free_photo(&a);
    free_photo(&b);
}
END_TEST

START_TEST(weaker_and_noisier_texture_is_followed_too)
{
    struct photo a, b;
    struct pair pair;
    make_photo(&a, stay, 1, 0.004);
    make_photo(&b, bent, 0.6, 0.01);
    match(&pair, &a, &b);
    ck_assert_msg(pair.refined, "%s", pair.unrefined);
    ck_assert_double_le(error_mm(&pair.warp[1], bent, false), 0.06);
    ct_pair_free(&pair);
    free_photo(&a);
    free_photo(&b);
}
END_TEST

START_TEST(the_same_photograph_is_the_identity)
{
    struct photo a;
    struct pair pair;
    make_photo(&a, bent, 1, 0.004);
    match(&pair, &a, &a);
    ck_assert(pair.refined);
    ck_assert_int_eq(pair.patches_accepted, pair.patches_tried);
    ck_assert_double_le(error_mm(&pair.warp[0], stay, false), 0.0005);
    ck_assert_double_le(error_mm(&pair.warp[1], stay, false), 0.0005);
    ct_pair_free(&pair);
    free_photo(&a);
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

START_TEST(swap_threads_and_instructions_do_not_show)
{
    struct photo a, b;
    struct pair pair, other;
    make_photo(&a, stay, 1, 0.004);
    make_photo(&b, bent, 1, 0.004);
    match(&pair, &a, &b);
    for (int turn = 0; turn < 3; turn++) {
        if (turn == 0)
            match(&other, &b, &a);
        tools.threads = turn == 1 ? 4 : 1;
        tools.kernels =
            ct_kernels_best(turn == 2 ? CUTIS_ISA_C : CUTIS_ISA_BEST);
        if (turn > 0)
            match(&other, &a, &b);
        ck_assert(same_warp(&pair.warp[0], &other.warp[turn == 0]));
        ck_assert(same_warp(&pair.warp[1], &other.warp[turn != 0]));
        ck_assert_int_eq(pair.patches_accepted, other.patches_accepted);
        ck_assert(pair.patch_p95_mm == other.patch_p95_mm);
        ct_pair_free(&other);
    }
    ct_pair_free(&pair);
    free_photo(&a);
    free_photo(&b);
}
END_TEST

START_TEST(without_texture_landmarks_are_left_with_a_reason)
{
    struct photo a, b;
    struct pair pair, plain;
    make_photo(&a, stay, 0, 0.004);
    make_photo(&b, bent, 0, 0.004);
    match(&pair, &a, &b);
    ck_assert(!pair.refined);
    ck_assert_ptr_nonnull(strstr(pair.unrefined, "patches"));
    ck_assert(isnan(pair.patch_median_mm));
    ck_assert_int_eq(ct_match(&plain, &a.face, &b.face, NULL, &tools),
                     CUTIS_OK);
    ck_assert(same_warp(&pair.warp[0], &plain.warp[0]) ||
              same_warp(&pair.warp[0], &plain.warp[1]));
    ck_assert_double_eq(ct_warp_trust(&pair.warp[0], SIDE / 2, SIDE / 2), 0);
    ct_pair_free(&pair);
    ct_pair_free(&plain);

    a.face.work_scale = b.face.work_scale = 4;
    match(&pair, &a, &b);
    ck_assert(!pair.refined);
    ck_assert_ptr_nonnull(strstr(pair.unrefined, "px per mm"));
    ct_pair_free(&pair);
    free_photo(&a);
    free_photo(&b);
}
END_TEST

START_TEST(skin_of_somebody_else_is_not_found_again)
{
    struct photo a, b;
    struct pair pair;
    make_photo(&a, stay, 1, 0.004);
    for (int i = 0; i < WAVES; i++)
        wave[i][2] += 6.2832 * ct_random_uniform(&dice);
    make_photo(&b, bent, 1, 0.004);
    match(&pair, &a, &b);
    ck_assert(!pair.refined);
    ck_assert_int_lt(pair.patches_accepted, pair.patches_tried / 10);
    ct_pair_free(&pair);
    free_photo(&a);
    free_photo(&b);
}
END_TEST

/* ---- Parts --------------------------------------------------------------- */

START_TEST(a_spline_goes_through_what_is_affine)
{
    struct face face = {.work_scale = 1};
    struct scatter data = {0};
    struct spline spline = {0};
    face.region.width = 100;
    face.region.height = 70;
    ck_assert(!ct_scatter_create(&data, 200, &tools));
    ck_assert(!ct_spline_create(&spline, &face, 10, &tools));
    for (int i = 0; i < data.count; i++) {
        data.x[i] = 100 * ct_random_uniform(&dice);
        data.y[i] = 70 * ct_random_uniform(&dice);
        data.u[i] = i == 7 ? 30 : 0.1 * data.x[i] - 0.2 * data.y[i];
        data.v[i] = 2;
        data.weight[i] = 1;
    }
    ck_assert(!ct_spline_fit(&spline, &data,
                             (struct stiffness){1e-4, true, true}, &tools));
    for (int i = 0; i < 50; i++) {
        double at[2];
        const double x = 10 + 1.6 * i, y = 10 + i;
        ct_spline_at(at, &spline, x, y);
        ck_assert_double_eq_tol(at[0], 0.1 * x - 0.2 * y, 1e-3);
        ck_assert_double_eq_tol(at[1], 2, 1e-3);
    }
    ct_scatter_free(&data);
    ct_spline_free(&spline);
}
END_TEST

START_TEST(an_inverted_map_leads_back)
{
    struct warp forth, back;
    ck_assert(!ct_warp_create(&forth, SIDE, SIDE, 12, &tools));
    ck_assert(!ct_warp_create(&back, SIDE, SIDE, 12, &tools));
    for (int j = 0; j < forth.x.height; j++)
        for (int i = 0; i < forth.x.width; i++) {
            double to[2];
            bent(to, i * 12, j * 12);
            ct_row(&forth.x, j)[i] = (float)to[0];
            ct_row(&forth.y, j)[i] = (float)to[1];
            ct_row(&back.x, j)[i] = (float)(i * 12);
            ct_row(&back.y, j)[i] = (float)(j * 12);
        }
    ct_warp_invert(&back, &forth, &tools);
    for (int y = 100; y < 380; y += 12)
        for (int x = 100; x < 380; x += 12) {
            double at[2], to[2];
            /* Nodes are exact; between them both maps are straight. */
            ck_assert(ct_warp_at(&back, x, y, at));
            ck_assert(ct_warp_at(&forth, at[0], at[1], to));
            ck_assert_double_eq_tol(to[0], x, 0.05);
            ck_assert_double_eq_tol(to[1], y, 0.05);
        }
    ct_warp_free(&forth);
    ct_warp_free(&back);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("refine");
    TCase *cases = tcase_create("refine");
    tcase_add_checked_fixture(cases, set_up, NULL);
    tcase_add_test(cases, a_bent_texture_is_followed);
    tcase_add_test(cases, weaker_and_noisier_texture_is_followed_too);
    tcase_add_test(cases, the_same_photograph_is_the_identity);
    tcase_add_test(cases, swap_threads_and_instructions_do_not_show);
    tcase_add_test(cases, without_texture_landmarks_are_left_with_a_reason);
    tcase_add_test(cases, skin_of_somebody_else_is_not_found_again);
    tcase_add_test(cases, a_spline_goes_through_what_is_affine);
    tcase_add_test(cases, an_inverted_map_leads_back);
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
