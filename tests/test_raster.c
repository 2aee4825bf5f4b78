/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Scan conversion at pixel centres: counts from geometry, cells pixel by pixel.
 */

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "face/mask.h"

static struct tools tools;

static void set_up(void)
{
    memset(&tools, 0, sizeof(tools));
    tools.kernels = ct_kernels_best(CUTIS_ISA_BEST);
    tools.threads = 1;
}

static struct bytes canvas(int width, int height)
{
    struct bytes mask = {0};
    ck_assert_int_eq(ct_bytes_create(&mask, width, height, &tools), CUTIS_OK);
    return mask;
}

static int count(const struct bytes *mask, int value)
{
    int n = 0;
    for (int y = 0; y < mask->height; y++)
        for (int x = 0; x < mask->width; x++)
            n += ct_byte_row(mask, y)[x] == value;
    return n;
}

static void fill(struct bytes *mask, const cutis_point *at, int corners)
{
    ck_assert_int_eq(ct_fill(mask, at, corners, 0, 1, &tools), CUTIS_OK);
}

START_TEST(a_rectangle_holds_the_centres_inside_it)
{
    struct bytes mask = canvas(20, 10);
    const cutis_point at[] = {{2.4, 1.6}, {7.6, 1.6}, {7.6, 5.2}, {2.4, 5.2}};
    fill(&mask, at, 4);
    /* Centres 2.5 … 7.5 across and 2.5 … 4.5 down. */
    ck_assert_int_eq(count(&mask, 1), 6 * 3);
    ck_assert_int_eq(ct_byte_row(&mask, 2)[2], 1);
    ck_assert_int_eq(ct_byte_row(&mask, 4)[7], 1);
    ct_bytes_free(&mask);
}
END_TEST

START_TEST(a_centre_on_an_upright_edge_is_outside)
{
    struct bytes mask = canvas(20, 10);
    const cutis_point at[] = {{2.5, 1}, {7.5, 1}, {7.5, 5}, {2.5, 5}};
    fill(&mask, at, 4);
    ck_assert_int_eq(count(&mask, 1), 4 * 4);
    ck_assert_int_eq(ct_byte_row(&mask, 2)[2], 0);
    ck_assert_int_eq(ct_byte_row(&mask, 2)[7], 0);
    ct_bytes_free(&mask);
}
END_TEST

START_TEST(a_star_has_a_hole_by_the_even_odd_rule)
{
    struct bytes mask = canvas(200, 200);
    cutis_point at[5];
    for (int i = 0; i < 5; i++) {
        const double angle = 2 * 3.14159265358979 * (2 * i) / 5;
        at[i] = (cutis_point){100 + 90 * sin(angle), 100 - 90 * cos(angle)};
    }
    fill(&mask, at, 5);
    ck_assert_int_eq(ct_byte_row(&mask, 100)[100], 0);
    ck_assert_int_eq(ct_byte_row(&mask, 30)[100], 1);
    ct_bytes_free(&mask);
}
END_TEST

START_TEST(only_the_wanted_value_is_painted_over)
{
    struct bytes mask = canvas(10, 10);
    const cutis_point at[] = {{0, 0}, {10, 0}, {10, 10}, {0, 10}};
    ct_byte_row(&mask, 3)[3] = 7;
    fill(&mask, at, 4);
    ck_assert_int_eq(count(&mask, 1), 99);
    ck_assert_int_eq(ct_byte_row(&mask, 3)[3], 7);
    ct_bytes_free(&mask);
}
END_TEST

START_TEST(wild_corners_do_no_harm)
{
    struct bytes mask = canvas(10, 10);
    const cutis_point far[] = {
        {-1e8, -1e8}, {1e8, -1e8}, {1e8, 1e8}, {-1e8, 1e8}};
    const cutis_point none[] = {{0, 0}, {10, NAN}, {10, 10}, {0, 10}};
    const cutis_point two[] = {{0, 0}, {10, 10}};
    const cutis_point huge[] = {{0, 0}, {1e300, 0}, {1e300, 1e300}};
    fill(&mask, none, 4);
    fill(&mask, two, 2);
    fill(&mask, huge, 3);
    ck_assert_int_eq(count(&mask, 1), 0);
    fill(&mask, far, 4);
    ck_assert_int_eq(count(&mask, 1), 100);
    ct_bytes_free(&mask);
}
END_TEST

START_TEST(a_mirrored_polygon_gives_the_mirrored_pixels)
{
    uint64_t dice = 5;
    for (int round = 0; round < 200; round++) {
        cutis_point at[7], mirrored[7];
        for (int i = 0; i < 7; i++) {
            dice = dice * UINT64_C(6364136223846793005) + 1442695040888963407u;
            /* Half pixels, so that many centres lie on edges. */
            at[i].x = (double)((dice >> 33) % 128) / 2;
            at[i].y = (double)((dice >> 45) % 128) / 2;
            mirrored[i] = (cutis_point){64 - at[i].x, at[i].y};
        }
        struct bytes a = canvas(64, 64), b = canvas(64, 64);
        fill(&a, at, 7);
        fill(&b, mirrored, 7);
        for (int y = 0; y < 64; y++)
            for (int x = 0; x < 64; x++)
                ck_assert_int_eq(ct_byte_row(&a, y)[x],
                                 ct_byte_row(&b, y)[63 - x]);
        ct_bytes_free(&a);
        ct_bytes_free(&b);
    }
}
END_TEST

/* ---- Facets -------------------------------------------------------------- */

enum { SIDE = 96 };

/* A face of SIDE x SIDE pixels that nothing is drawn on. */
static struct face blank(void)
{
    struct face face = {.work_scale = 1.0, .factor = 1};
    face.region = canvas(SIDE, SIDE);
    face.triangle = ct_alloc_raw(&tools.memory, SIDE * SIDE, sizeof(uint16_t));
    face.cell = ct_alloc_raw(&tools.memory, SIDE * SIDE, sizeof(uint16_t));
    face.cosine = ct_alloc(&tools.memory, CT_FACETS + 1, sizeof(float));
    face.mm2 = ct_alloc(&tools.memory, CT_FACETS + 1, sizeof(float));
    ck_assert(face.triangle && face.cell && face.cosine && face.mm2);
    for (int i = 0; i < SIDE * SIDE; i++) {
        face.triangle[i] = CT_FACETS;
        face.cell[i] = CT_NO_CELL;
    }
    return face;
}

static double area2(cutis_point p, cutis_point q, double x, double y)
{
    return (q.x - p.x) * (y - p.y) - (x - p.x) * (q.y - p.y);
}

/* The cell of a pixel's centre, which lies in facet i. */
static int cell_in(const struct surface *s, int i, double x, double y)
{
    const uint16_t *const v = s->facets[i];
    const cutis_point p = s->at[v[2]], q = s->at[v[1]], r = s->at[v[0]];
    const double a = area2(q, r, x, y), b = area2(r, p, x, y);
    const double c = area2(p, q, x, y), all = area2(p, q, r.x, r.y);
    double at[2];
    for (int k = 0; k < 2; k++)
        at[k] = (a * s->unrolled[v[2]][k] + b * s->unrolled[v[1]][k] +
                 c * s->unrolled[v[0]][k]) /
                all;
    return ct_cell_at(at[0], at[1]);
}

/* Facets of corners anywhere, thin and turned ones among them; whole numbers,
 * so that many centres lie on the borders of cells, in every other round. */
static void scatter(struct surface *s, int round)
{
    uint64_t dice = 7 + (uint64_t)round;
    for (int i = 0; i < CT_VERTICES; i++) {
        double v[4];
        for (int k = 0; k < 4; k++) {
            dice = dice * UINT64_C(6364136223846793005) + 1442695040888963407u;
            v[k] = (double)(dice >> 40) / (1 << 24);
            if (round % 2)
                v[k] = floor(v[k] * 16) / 16;
        }
        s->at[i] = (cutis_point){v[0] * 128 - 16, v[1] * 128 - 16};
        s->unrolled[i][0] = v[2] * 288 - 16;
        s->unrolled[i][1] = v[3] * (round % 3 ? 288 : 4) - 2;
        s->posed[i][0] = s->at[i].x;
        s->posed[i][1] = s->at[i].y;
        s->posed[i][2] = v[3];
    }
    for (int i = 0; i < CT_FACETS; i++)
        for (int k = 0; k < 3; k++)
            s->facets[i][k] = (uint16_t)((i * 3 + k * (1 + i % 5)) % 40);
}

START_TEST(every_pixel_has_the_cell_that_its_centre_lies_in)
{
    struct surface *const s = calloc(1, sizeof(*s));
    ck_assert_ptr_nonnull(s);
    for (int round = 0; round < 24; round++) {
        struct face face = blank();
        int drawn = 0;
        scatter(s, round);
        ck_assert_int_eq(ct_raster(&face, s, &tools), CUTIS_OK);
        for (int i = 0; i < SIDE * SIDE; i++) {
            const int facet = face.triangle[i];
            const double x = i % SIDE + 0.5, y = i / SIDE + 0.5;
            drawn += facet != CT_FACETS;
            ck_assert_int_eq(face.cell[i], facet == CT_FACETS
                                               ? CT_NO_CELL
                                               : cell_in(s, facet, x, y));
        }
        ck_assert_int_gt(drawn, SIDE * SIDE / 2);
        ct_face_free(&face);
    }
    free(s);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("raster");
    TCase *cases = tcase_create("raster");
    tcase_add_checked_fixture(cases, set_up, NULL);
    tcase_add_test(cases, a_rectangle_holds_the_centres_inside_it);
    tcase_add_test(cases, a_centre_on_an_upright_edge_is_outside);
    tcase_add_test(cases, a_star_has_a_hole_by_the_even_odd_rule);
    tcase_add_test(cases, only_the_wanted_value_is_painted_over);
    tcase_add_test(cases, wild_corners_do_no_harm);
    tcase_add_test(cases, a_mirrored_polygon_gives_the_mirrored_pixels);
    tcase_add_test(cases, every_pixel_has_the_cell_that_its_centre_lies_in);
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
