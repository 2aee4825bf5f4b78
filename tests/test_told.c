/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The mask where callers say themselves what is skin, or where the face is.
 */

#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "scene.h"

/* ---- What the caller says ------------------------------------------------ */

START_TEST(without_a_face_everything_is_skin_by_place)
{
    struct scene *const s = ct_alloc(&scene_tools.memory, 1, sizeof(*s));
    cutis_photo_options options = CUTIS_PHOTO_OPTIONS_DEFAULT;
    options.landmarks = CUTIS_LANDMARKS_NONE;
    s->width = 80;
    s->height = 60;
    s->face.factor = 1;
    s->face.work_scale = s->face.scale = 4;
    s->face.crop = (struct rect){0, 0, 80, 60};
    ck_assert_int_eq(ct_plane_create(&s->skin.red, 80, 60, &scene_tools),
                     CUTIS_OK);
    ck_assert_int_eq(ct_plane_create(&s->skin.green, 80, 60, &scene_tools),
                     CUTIS_OK);
    ck_assert_int_eq(ct_plane_create(&s->skin.blue, 80, 60, &scene_tools),
                     CUTIS_OK);
    ck_assert_int_eq(ct_bytes_create(&s->skin.clipped, 80, 60, &scene_tools),
                     CUTIS_OK);
    scene_run(s, &options);
    ck_assert_double_eq(scene_share(s, CT_FACE_REGION), 1);
    ck_assert_double_eq_tol(s->face.region_area_mm2[CT_FACE_REGION], 300, 1e-9);
    ck_assert_double_eq(s->face.region_area_mm2[CT_CHIN], 0);
    /* 4 px to the cell: from the middle of the picture, 20 by 15 cells. */
    ck_assert_int_eq(s->face.cell[0], 118 + 120 * 256);
    ck_assert_int_eq(s->face.cell[30 * 80 + 40], 128 + 128 * 256);
    ck_assert_int_eq(s->face.cell[30 * 80 + 43], 128 + 128 * 256);
    ck_assert_int_eq(s->face.cell[30 * 80 + 44], 129 + 128 * 256);
    ck_assert_int_eq(s->face.point_count, 0);

    const cutis_point polygon[] = {{10, 10}, {30, 10}, {30, 20}, {10, 20}};
    options.polygon = polygon;
    options.polygon_count = 4;
    ct_face_free(&s->face);
    scene_run(s, &options);
    ck_assert_double_eq_tol(s->face.region_area_mm2[CT_FACE_REGION],
                            20 * 10 / 16.0, 1e-9);
    ck_assert_double_eq(scene_share(s, CT_FACE_REGION), 1);
    scene_destroy(s);
}
END_TEST

START_TEST(a_polygon_is_skin_whatever_its_colour)
{
    if (scene_without_model())
        return;
    struct scene *const s = scene_create(3, scene_light_skin);
    const cutis_point p = scene_cheek(s);
    const cutis_point polygon[] = {{p.x - 20, p.y - 20},
                                   {p.x + 20, p.y - 20},
                                   {p.x + 20, p.y + 20},
                                   {p.x - 20, p.y + 20}};
    cutis_photo_options options = CUTIS_PHOTO_OPTIONS_DEFAULT;
    options.polygon = polygon;
    options.polygon_count = 4;
    for (int y = 0; y < s->height; y++)
        for (int x = 0; x < s->width; x++)
            scene_put(s, x, y, scene_grey);
    scene_run(s, &options);
    ck_assert_double_eq(scene_disk_share(s, p, 18), 1);
    ck_assert_double_eq(scene_share(s, CT_CHEEK_L), 0);
    scene_destroy(s);
}
END_TEST

/* Of the very colour of skin, corners in any order: it and 2 mm around are out,
 * all else is what it was. */
START_TEST(a_card_over_skin_is_none)
{
    enum { HALF = 20, RIM = 6 };
    if (scene_without_model())
        return;
    struct scene *const s = scene_create(3, scene_light_skin);
    struct scene *const t = scene_create(3, scene_light_skin);
    const cutis_point p = scene_cheek(s);
    cutis_photo_options options = CUTIS_PHOTO_OPTIONS_DEFAULT;
    cutis_point *const corner = _i ? options.chart : options.card;
    for (int i = 0; i < 4; i++)
        corner[i] = (cutis_point){p.x + (i % 2 ? HALF : -HALF),
                                  p.y + (i / 2 ? HALF : -HALF)};
    scene_shade(s);
    scene_shade(t);
    scene_run(s, NULL);
    scene_run(t, &options);
    ck_assert_double_eq(scene_disk_share(s, p, HALF), 1);
    /* A chart's frame is a quarter of the way out. */
    const double edge = HALF * (_i ? 1.25 : 1.0) + RIM;
    for (int y = 0; y < s->height; y++)
        for (int x = 0; x < s->width; x++) {
            const double far = fmax(fabs(x + 0.5 - p.x), fabs(y + 0.5 - p.y));
            const bool skin = ct_byte_row(&t->face.skin, y)[x];
            if (far < edge - 1.0)
                ck_assert_msg(!skin, "%d, %d is skin", x, y);
            else if (far > edge + 3.0) /* the opening rounds */
                ck_assert_int_eq(skin, ct_byte_row(&s->face.skin, y)[x] != 0);
        }
    scene_destroy(s);
    scene_destroy(t);
}
END_TEST

/* iBUG-68 points that the mesh has as well; the others between them. */
static void ibug_of(cutis_point out[CT_IBUG_POINTS], const cutis_point *mesh)
{
    static const uint16_t twin[CT_IBUG_POINTS] = {
        127, 234, 93,  132, 58,  136, 150, 176, 152, 400, 379, 365, 288, 361,
        323, 454, 356, 70,  63,  105, 66,  107, 336, 296, 334, 293, 300, 168,
        197, 5,   4,   98,  97,  2,   326, 327, 33,  160, 158, 133, 153, 144,
        362, 385, 387, 263, 373, 380, 61,  40,  37,  0,   267, 270, 291, 321,
        314, 17,  84,  91,  78,  81,  13,  311, 308, 402, 14,  178};
    for (int i = 0; i < CT_IBUG_POINTS; i++)
        out[i] = mesh[twin[i]];
}

START_TEST(regions_of_68_points_lie_where_those_of_the_mesh_do)
{
    if (scene_without_model())
        return;
    static const int regions[] = {CT_FOREHEAD, CT_NOSE, CT_CHEEK_R, CT_CHEEK_L,
                                  CT_CHIN};
    struct scene *const s = scene_create(3, scene_light_skin);
    struct scene *const t = scene_create(3, scene_light_skin);
    cutis_point points[CT_IBUG_POINTS];
    cutis_photo_options options = CUTIS_PHOTO_OPTIONS_DEFAULT;
    ibug_of(points, s->face.points);
    options.landmarks = CUTIS_LANDMARKS_IBUG68;
    options.landmark_points = points;
    options.landmark_count = CT_IBUG_POINTS;
    scene_shade(s);
    scene_shade(t);
    scene_run(s, NULL);
    scene_run(t, &options);
    ck_assert_int_eq(t->face.scheme, CUTIS_LANDMARKS_IBUG68);
    for (size_t i = 0; i < sizeof(regions) / sizeof(regions[0]); i++) {
        double both = 0, mine = 0;
        for (int y = 0; y < s->height; y++)
            for (int x = 0; x < s->width; x++) {
                const bool a = ct_byte_row(&s->face.region, y)[x] == regions[i];
                const bool b = ct_byte_row(&t->face.region, y)[x] == regions[i];
                both += a && b;
                mine += b;
            }
        ck_assert_msg(mine > 0 && both / mine > 0.5, "region %d: %.2f",
                      regions[i], both / mine);
        ck_assert_double_ge(scene_share(t, regions[i]), 0.9);
    }
    scene_destroy(s);
    scene_destroy(t);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("told");
    TCase *cases = tcase_create("told");
    tcase_add_checked_fixture(cases, scene_set_up, NULL);
    tcase_add_test(cases, without_a_face_everything_is_skin_by_place);
    tcase_add_test(cases, a_polygon_is_skin_whatever_its_colour);
    tcase_add_loop_test(cases, a_card_over_skin_is_none, 0, 2);
    tcase_add_test(cases, regions_of_68_points_lie_where_those_of_the_mesh_do);
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
