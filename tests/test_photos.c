/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The skin mask on photographs of people of many skin tones: where people
 * placed points on pupils and mouths is no skin, between eye and mouth is.
 */

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "match/match.h"

static struct tools tools;

static void set_up(void)
{
    memset(&tools, 0, sizeof(tools));
    tools.kernels = ct_kernels_best(CUTIS_ISA_BEST);
    tools.threads = 1;
}

static const char *const names[] = {
    "london/001_neutral", "london/002_neutral", "london/005_neutral",
    "london/006_neutral", "london/008_neutral", "london/021_neutral",
    "london/024_neutral", "london/025_neutral", "london/030_neutral",
    "london/037_neutral", "london/042_neutral", "london/043_neutral",
    "canada/003f",        "canada/022f",        "canada/044f",
    "canada/054f",        "canada/095m",        "canada/113m"};
enum { NAMES = sizeof(names) / sizeof(names[0]), TEMS = 189 };

/* Points of a .tem file, full px; false, loudly, where there is none. */
static bool read_points(cutis_point at[TEMS], const char *name)
{
    const char *const folder = getenv("CUTIS_SHARED");
    char path[4096];
    int count = 0;
    snprintf(path, sizeof(path), "%s/photos/%s.tem", folder ? folder : "",
             name);
    FILE *const file = fopen(path, "r");
    if (!file) {
        printf("SKIPPED: %s is not there\n", path);
        return false;
    }
    ck_assert_int_eq(fscanf(file, "%d", &count), 1);
    ck_assert_int_eq(count, TEMS);
    for (int i = 0; i < TEMS; i++)
        ck_assert_int_eq(fscanf(file, "%lf %lf", &at[i].x, &at[i].y), 2);
    fclose(file);
    return true;
}

struct photo {
    struct picture picture;
    struct face face;
    struct skin skin;
};

static void load(struct photo *photo, const char *name)
{
    const cutis_options limits = CUTIS_OPTIONS_DEFAULT;
    const cutis_photo_options options = CUTIS_PHOTO_OPTIONS_DEFAULT;
    char path[4096];
    memset(photo, 0, sizeof(*photo));
    snprintf(path, sizeof(path), "%s/photos/%s.jpg", getenv("CUTIS_SHARED"),
             name);
    ck_assert_int_eq(ct_acquire_file(&photo->picture, path, &limits, &tools),
                     CUTIS_OK);
    ck_assert_int_eq(
        ct_face_find(&photo->face, &photo->picture, &options, &tools),
        CUTIS_OK);
    ck_assert_int_eq(ct_colour_skin(&photo->skin, &photo->picture, &photo->face,
                                    &options, &tools),
                     CUTIS_OK);
    ck_assert_int_eq(ct_face_mask(&photo->face, &photo->skin, &photo->picture,
                                  &options, &tools),
                     CUTIS_OK);
}

static void unload(struct photo *photo)
{
    ct_skin_free(&photo->skin);
    ct_face_free(&photo->face);
    ct_picture_free(&photo->picture);
}

/* Share of skin within `mm` of a place in the picture. */
static double skin_at(const struct face *face, cutis_point p, double mm)
{
    const double cx = (p.x - face->crop.x) / face->factor;
    const double cy = (p.y - face->crop.y) / face->factor;
    const double r = mm * face->work_scale;
    double all = 0, skin = 0;
    for (int y = 0; y < face->skin.height; y++)
        for (int x = 0; x < face->skin.width; x++) {
            const double dx = x + 0.5 - cx, dy = y + 0.5 - cy;
            if (dx * dx + dy * dy > r * r)
                continue;
            all++;
            skin += ct_byte_row(&face->skin, y)[x] != 0;
        }
    ck_assert_double_gt(all, 0);
    return skin / all;
}

static cutis_point between(cutis_point a, cutis_point b, double part)
{
    return (cutis_point){a.x + part * (b.x - a.x), a.y + part * (b.y - a.y)};
}

/* Points counted from 0: pupils 0 and 1, outer corners of the eyes 18 and 27,
 * corners of the mouth 87 and 93. */
START_TEST(pupils_and_mouths_are_out_and_cheeks_are_in)
{
    static cutis_point at[TEMS];
    static struct photo photo;
    if (!ct_mesh_points()) {
        printf("SKIPPED: this build is without the face model\n");
        return;
    }
    if (!read_points(at, names[_i]))
        return;
    load(&photo, names[_i]);
    const struct face *const face = &photo.face;
    ck_assert_double_eq(skin_at(face, at[0], 4), 0);
    ck_assert_double_eq(skin_at(face, at[1], 4), 0);
    ck_assert_double_eq(skin_at(face, between(at[87], at[93], 0.5), 4), 0);
    /* A lamp's sheen may lie on one of the cheeks. */
    const double right = skin_at(face, between(at[18], at[87], 0.5), 4);
    const double left = skin_at(face, between(at[27], at[93], 0.5), 4);
    ck_assert_double_ge(fmax(right, left), 0.90);
    /* Nothing of the picture's frame is skin. */
    for (int x = 0; x < face->skin.width; x++) {
        ck_assert_int_eq(ct_byte_row(&face->skin, 0)[x], 0);
        ck_assert_int_eq(ct_byte_row(&face->skin, face->skin.height - 1)[x], 0);
    }

    struct capture capture;
    ck_assert_int_eq(
        ct_match_capture(&capture, &photo.picture, face, &photo.skin, &tools),
        CUTIS_OK);
    ck_assert_double_ge(capture.coverage[CT_CHEEK_R], 0.85);
    ck_assert_double_ge(capture.coverage[CT_CHEEK_L], 0.85);
    ck_assert_double_ge(capture.coverage[CT_FACE_REGION], 0.60);
    /* In focus at 3 to 6 px/mm: between a pixel's square and two pixels. */
    ck_assert_double_ge(capture.blur_mm, 0.28 / face->work_scale);
    ck_assert_double_le(capture.blur_mm, 2.0 / face->work_scale);
    unload(&photo);
    ck_assert_uint_eq(tools.memory.used, 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("photos");
    TCase *cases = tcase_create("photos");
    tcase_add_checked_fixture(cases, set_up, NULL);
    tcase_add_loop_test(cases, pupils_and_mouths_are_out_and_cheeks_are_in, 0,
                        NAMES);
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
