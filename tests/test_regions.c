/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Outlines, facets and template cells.  Areas come from the table of method
 * 8.1, everything else from geometry.
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

static bool without_model(void)
{
    if (ct_mesh_points())
        return false;
    printf("SKIPPED: this build is without the face model\n");
    return true;
}

static struct bytes canvas(int width, int height)
{
    struct bytes mask = {0};
    ck_assert_int_eq(ct_bytes_create(&mask, width, height, &tools), CUTIS_OK);
    return mask;
}

static void fill(struct bytes *mask, const cutis_point *at, int corners)
{
    ck_assert_int_eq(ct_fill(mask, at, corners, 0, 1, &tools), CUTIS_OK);
}

/* ---- Regions ------------------------------------------------------------- */

/* Method 8.1, cm2; the chin as clipping its polygon against every triangle
 * gives it (tests/oracles/region_areas.py). */
static const double table[CT_FACE_REGION] = {
    [CT_FOREHEAD] = 28.4,      [CT_GLABELLA] = 5.3,
    [CT_NOSE] = 11.9,          [CT_CHEEK_R] = 17.0,
    [CT_CHEEK_L] = 17.0,       [CT_CROWSFEET_R] = 2.5,
    [CT_CROWSFEET_L] = 2.5,    [CT_INFRAORBITAL_R] = 2.9,
    [CT_INFRAORBITAL_L] = 2.9, [CT_PERIORAL_UPPER] = 8.1,
    [CT_PERIORAL_LOWER] = 5.6, [CT_CHIN] = 14.7,
    [CT_JAW_R] = 15.1,         [CT_JAW_L] = 15.1};

/* The canonical surface laid out flat, `scale` px per mm; or seen from the
 * front. */
static void lay(struct surface *out, double scale, bool flat)
{
    static double canonical[CT_VERTICES][3];
    static struct face face;
    memset(&face, 0, sizeof(face));
    ck_assert(ct_surface_canonical(canonical));
    face.factor = 1;
    face.work_scale = face.scale = face.pose.scale = scale;
    face.pose.rotation[0] = face.pose.rotation[4] = face.pose.rotation[8] = 1;
    for (int i = 0; i < CT_POINTS; i++)
        face.points[i] = (cutis_point){scale * (128 + canonical[i][0]),
                                       scale * (128 + canonical[i][1])};
    ck_assert(ct_surface_place(out, &face));
    for (int i = 0; flat && i < CT_VERTICES; i++)
        out->at[i] = (cutis_point){scale * out->unrolled[i][0],
                                   scale * out->unrolled[i][1]};
}

static double area_3d(const struct surface *s, int i)
{
    const double *const a = s->posed[s->facets[i][0]];
    const double *const b = s->posed[s->facets[i][1]];
    const double *const c = s->posed[s->facets[i][2]];
    double sum = 0;
    for (int k = 0; k < 3; k++) {
        const int p = (k + 1) % 3, q = (k + 2) % 3;
        const double n =
            (b[p] - a[p]) * (c[q] - a[q]) - (b[q] - a[q]) * (c[p] - a[p]);
        sum += n * n;
    }
    return sqrt(sum) / 2;
}

static void free_planes(struct face *face)
{
    ct_face_free(face);
    memset(face, 0, sizeof(*face));
}

static void planes_for(struct face *face, int width, int height, double scale)
{
    memset(face, 0, sizeof(*face));
    face->factor = 1;
    face->scale = face->work_scale = face->pose.scale = scale;
    ck_assert_int_eq(ct_bytes_create(&face->region, width, height, &tools),
                     CUTIS_OK);
    const size_t n = (size_t)width * (size_t)height;
    face->cell = ct_alloc(&tools.memory, n, sizeof(uint16_t));
    face->triangle = ct_alloc(&tools.memory, n, sizeof(uint16_t));
    face->mm2 = ct_alloc(&tools.memory, CT_FACETS + 1, sizeof(float));
    face->cosine = ct_alloc(&tools.memory, CT_FACETS + 1, sizeof(float));
    for (size_t i = 0; i < n; i++) {
        face->triangle[i] = CT_FACETS;
        face->cell[i] = CT_NO_CELL;
    }
}

START_TEST(canonical_areas_are_those_of_the_table)
{
    if (without_model())
        return;
    enum { SCALE = 8, SIDE = 256 * SCALE };
    static struct surface surface;
    struct face face;
    lay(&surface, SCALE, true);
    planes_for(&face, SIDE, SIDE, SCALE);
    ck_assert_int_eq(ct_raster(&face, &surface, &tools), CUTIS_OK);

    static double all[CT_FACETS];
    memset(all, 0, sizeof(all));
    for (size_t i = 0; i < (size_t)SIDE * SIDE; i++)
        if (face.triangle[i] < CT_FACETS)
            all[face.triangle[i]]++;

    const struct marks landmarks = {CT_VERTICES, surface.at};
    for (int region = 0; region < CT_FACE_REGION; region++) {
        struct outline outline;
        ct_seed_outline(&outline, region, &landmarks);
        struct bytes mask = canvas(SIDE, SIDE);
        fill(&mask, outline.at, outline.count);
        double mm2 = 0;
        for (int y = 0; y < SIDE; y++)
            for (int x = 0; x < SIDE; x++) {
                const uint16_t t = face.triangle[(size_t)y * SIDE + (size_t)x];
                if (ct_byte_row(&mask, y)[x] && t < CT_FACETS)
                    mm2 += area_3d(&surface, t) / all[t];
            }
        /* 1 %, and what the table's one decimal leaves open. */
        ck_assert_msg(
            fabs(mm2 / 100 - table[region]) <= 0.01 * table[region] + 0.05,
            "region %d: %.2f, not %.1f cm2", region, mm2 / 100, table[region]);
        ct_bytes_free(&mask);
    }
    free_planes(&face);
}
END_TEST

static double turn_of(cutis_point a, cutis_point b, cutis_point c)
{
    return (b.x - a.x) * (c.y - a.y) - (c.x - a.x) * (b.y - a.y);
}

static bool edges_cross(cutis_point a, cutis_point b, cutis_point c,
                        cutis_point d)
{
    return turn_of(a, b, c) * turn_of(a, b, d) < 0 &&
           turn_of(c, d, a) * turn_of(c, d, b) < 0;
}

static bool is_simple(const struct outline *o)
{
    for (int i = 0; i < o->count; i++)
        for (int j = i + 1; j < o->count; j++)
            if (edges_cross(o->at[i], o->at[(i + 1) % o->count], o->at[j],
                            o->at[(j + 1) % o->count]))
                return false;
    return o->count > 2;
}

START_TEST(no_outline_crosses_itself)
{
    if (without_model())
        return;
    static struct surface surface;
    for (int flat = 0; flat < 2; flat++) {
        lay(&surface, 4, flat);
        const struct marks landmarks = {CT_VERTICES, surface.at};
        struct outline outline;
        for (int i = 0; i < CT_FACE_REGION; i++) {
            ct_region_outline(&outline, i, &landmarks);
            ck_assert_msg(is_simple(&outline), "region %d", i);
        }
        for (int i = 0; i < CT_RINGS; i++) {
            ct_ring_outline(&outline, (enum ct_ring)i, &landmarks);
            ck_assert_msg(is_simple(&outline), "ring %d", i);
        }
    }
}
END_TEST

static int other_side(int region)
{
    static const uint8_t other[CT_FACE_REGION] = {
        CT_FOREHEAD,       CT_GLABELLA,       CT_NOSE,
        CT_CHEEK_L,        CT_CHEEK_R,        CT_CROWSFEET_L,
        CT_CROWSFEET_R,    CT_INFRAORBITAL_L, CT_INFRAORBITAL_R,
        CT_PERIORAL_UPPER, CT_PERIORAL_LOWER, CT_CHIN,
        CT_JAW_L,          CT_JAW_R};
    return other[region];
}

/* Every corner of a has its mirror image among the corners of b. */
static void assert_mirrored(const struct outline *a, const struct outline *b,
                            double width, double slack)
{
    ck_assert_int_eq(a->count, b->count);
    for (int i = 0; i < a->count; i++) {
        double best = INFINITY;
        for (int j = 0; j < b->count; j++)
            best = fmin(best, fabs(width - a->at[i].x - b->at[j].x) +
                                  fabs(a->at[i].y - b->at[j].y));
        ck_assert_double_le(best, slack);
    }
}

START_TEST(left_regions_mirror_right_ones)
{
    if (without_model())
        return;
    static struct surface surface;
    lay(&surface, 4, false);
    const struct marks landmarks = {CT_VERTICES, surface.at};
    for (int i = 0; i < CT_FACE_REGION; i++) {
        struct outline a, b;
        ct_region_outline(&a, i, &landmarks);
        ct_region_outline(&b, other_side(i), &landmarks);
        assert_mirrored(&a, &b, 4 * 256, 1e-9);
    }
}
END_TEST

/* ---- Facets and cells ---------------------------------------------------- */

START_TEST(areas_per_pixel_add_up_to_the_surface)
{
    if (without_model())
        return;
    enum { SCALE = 6, SIDE = 256 * SCALE };
    static struct surface surface;
    struct face face;
    lay(&surface, SCALE, false);
    planes_for(&face, SIDE, SIDE, SCALE);
    ck_assert_int_eq(ct_raster(&face, &surface, &tools), CUTIS_OK);

    double seen[CT_FACETS] = {0};
    for (size_t i = 0; i < (size_t)SIDE * SIDE; i++)
        if (face.triangle[i] < CT_FACETS)
            seen[face.triangle[i]] += (double)face.mm2[face.triangle[i]];
    double sum = 0, truth = 0;
    for (int i = 0; i < CT_FACETS; i++) {
        if ((double)face.cosine[i] < 0.35)
            continue;
        sum += seen[i];
        truth += area_3d(&surface, i);
    }
    /* The sides of the nose hide a little of what lies behind them. */
    ck_assert_double_le(fabs(sum / truth - 1), 0.01);
    ck_assert_double_gt(truth, 20000);
    free_planes(&face);
}
END_TEST

START_TEST(a_pixel_has_the_cell_of_the_point_it_shows)
{
    if (without_model())
        return;
    enum { SCALE = 6, SIDE = 256 * SCALE };
    static struct surface surface;
    struct face face;
    lay(&surface, SCALE, false);
    planes_for(&face, SIDE, SIDE, SCALE);
    ck_assert_int_eq(ct_raster(&face, &surface, &tools), CUTIS_OK);

    int looked_at = 0;
    for (int i = 0; i < CT_FACETS; i++) {
        if ((double)face.cosine[i] < 0.5)
            continue;
        double x = 0, y = 0, u = 0, v = 0;
        for (int k = 0; k < 3; k++) {
            const int vertex = surface.facets[i][k];
            x += surface.at[vertex].x / 3;
            y += surface.at[vertex].y / 3;
            u += surface.unrolled[vertex][0] / 3;
            v += surface.unrolled[vertex][1] / 3;
        }
        const size_t at = (size_t)floor(y) * SIDE + (size_t)floor(x);
        if (face.triangle[at] != i)
            continue;
        looked_at++;
        ck_assert_double_le(fabs(face.cell[at] % CT_CELLS_X + 0.5 - u), 1.0);
        ck_assert_double_le(fabs(face.cell[at] / CT_CELLS_X + 0.5 - v), 1.0);
    }
    ck_assert_int_gt(looked_at, 700);
    free_planes(&face);
}
END_TEST

START_TEST(the_template_keeps_areas_where_skin_is_measured)
{
    if (without_model())
        return;
    static const int regions[] = {CT_CHEEK_R, CT_CHEEK_L, CT_FOREHEAD, CT_CHIN};
    static struct surface surface;
    lay(&surface, 1, true);
    const struct marks marks = {CT_VERTICES, surface.at};
    for (size_t i = 0; i < sizeof(regions) / sizeof(regions[0]); i++) {
        struct outline o;
        ct_seed_outline(&o, regions[i], &marks);
        double area = 0;
        for (int k = 0; k < o.count; k++) {
            const cutis_point p = o.at[k], q = o.at[(k + 1) % o.count];
            area += (p.x * q.y - q.x * p.y) / 2;
        }
        const double ratio = fabs(area) / 100 / table[regions[i]];
        ck_assert_double_le(fabs(ratio - 1), 0.05);
    }
}
END_TEST

START_TEST(nothing_maps_to_the_last_cell)
{
    ck_assert_int_eq(ct_cell_at(0, 0), 0);
    ck_assert_int_eq(ct_cell_at(255.9, 0), 255);
    ck_assert_int_eq(ct_cell_at(0, 1), 256);
    ck_assert_int_eq(ct_cell_at(256, 0), CT_NO_CELL);
    ck_assert_int_eq(ct_cell_at(0, -0.1), CT_NO_CELL);
    ck_assert_int_eq(ct_cell_at(NAN, 3), CT_NO_CELL);
}
END_TEST

START_TEST(the_forehead_goes_on_a_hand_above_the_mesh)
{
    if (without_model())
        return;
    static double canonical[CT_VERTICES][3];
    ck_assert(ct_surface_canonical(canonical));
    /* Vertex 10 is the top of the midline; 25 mm of arc above it. */
    const double *const from = canonical[10];
    const double *const to = canonical[CT_POINTS + CT_UPPER_COLUMNS + 3];
    double chord = 0;
    for (int k = 0; k < 3; k++)
        chord += (to[k] - from[k]) * (to[k] - from[k]);
    ck_assert_double_le(fabs(sqrt(chord) - 2 * 90 * sin(25.0 / 180)), 1e-6);
    ck_assert_double_lt(to[1], from[1] - 20);
    ck_assert_double_gt(to[2], from[2]);
    ck_assert_double_eq(to[0], 0);
}
END_TEST

/* ---- 68 points ----------------------------------------------------------- */

static int mirror68(int i)
{
    static const int pairs[][2] = {
        {31, 35}, {32, 34}, {36, 45}, {37, 44}, {38, 43}, {39, 42}, {40, 47},
        {41, 46}, {48, 54}, {49, 53}, {50, 52}, {59, 55}, {58, 56}, {60, 64},
        {61, 63}, {67, 65}, {17, 26}, {18, 25}, {19, 24}, {20, 23}, {21, 22}};
    if (i <= 16)
        return 16 - i;
    for (size_t k = 0; k < sizeof(pairs) / sizeof(pairs[0]); k++) {
        if (pairs[k][0] == i)
            return pairs[k][1];
        if (pairs[k][1] == i)
            return pairs[k][0];
    }
    return i;
}

START_TEST(regions_of_68_points_mirror_each_other)
{
    cutis_point at[CT_IBUG_POINTS], mirrored[CT_IBUG_POINTS];
    uint64_t dice = 11;
    for (int i = 0; i < CT_IBUG_POINTS; i++) {
        dice = dice * UINT64_C(6364136223846793005) + 1442695040888963407u;
        at[i].x = (double)((dice >> 33) % 4096) / 8;
        at[i].y = (double)((dice >> 45) % 4096) / 8;
    }
    for (int i = 0; i < CT_IBUG_POINTS; i++)
        mirrored[i] = (cutis_point){512 - at[mirror68(i)].x, at[mirror68(i)].y};
    for (int i = 0; i < CT_FACE_REGION; i++) {
        struct outline a, b;
        ct_ibug_region(&a, i, at);
        ct_ibug_region(&b, other_side(i), mirrored);
        /* The table's shifts are the same on both sides only of paired
         * regions; the others are drawn symmetrical to 0.05 IPD. */
        if (other_side(i) != i)
            assert_mirrored(&a, &b, 512, 1e-4);
        ck_assert_int_ge(a.count, 5);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("regions");
    TCase *cases = tcase_create("regions");
    tcase_add_checked_fixture(cases, set_up, NULL);
    tcase_add_test(cases, canonical_areas_are_those_of_the_table);
    tcase_add_test(cases, no_outline_crosses_itself);
    tcase_add_test(cases, left_regions_mirror_right_ones);
    tcase_add_test(cases, areas_per_pixel_add_up_to_the_surface);
    tcase_add_test(cases, a_pixel_has_the_cell_of_the_point_it_shows);
    tcase_add_test(cases, the_template_keeps_areas_where_skin_is_measured);
    tcase_add_test(cases, nothing_maps_to_the_last_cell);
    tcase_add_test(cases, the_forehead_goes_on_a_hand_above_the_mesh);
    tcase_add_test(cases, regions_of_68_points_mirror_each_other);
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
