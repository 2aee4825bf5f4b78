/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Faces in pictures: a drawn one in every size, position and kind of picture,
 * and real ones with points that people placed.
 */

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "config.h"
#include "drawn.h"
#include "face/detect.h"
#include "face/landmarks.h"
#include "stages.h"

enum { RGB = 3 };

static struct tools tools;
static struct face face;
static const cutis_photo_options defaults = CUTIS_PHOTO_OPTIONS_DEFAULT;

static void begin(void)
{
    tools = (struct tools){
        .kernels = ct_kernels_best(CUTIS_ISA_BEST),
        .threads = 1,
    };
}

static cutis_status find(const struct picture *picture)
{
    const cutis_status status = ct_face_find(&face, picture, &defaults, &tools);
    ck_assert_uint_eq(tools.memory.used, 0);
    return status;
}

/* ---- Drawn faces --------------------------------------------------------- */

/* A grey picture; its samples are the caller's to free. */
static struct picture blank(int width, int height)
{
    struct picture picture = {
        .width = width, .height = height, .channels = RGB, .bits = 8};
    const size_t size = (size_t)width * (size_t)height * RGB;
    picture.samples = malloc(size);
    memset(picture.samples, 120, size);
    return picture;
}

/* Draws a face of `side` pixels with its corner at (x, y). */
static void put_face(struct picture *picture, int x, int y, int side)
{
    uint8_t *const all = picture->samples;
    uint8_t *const square = malloc((size_t)side * (size_t)side * RGB);
    draw_face(square, side);
    for (int row = 0; row < side; row++)
        for (int i = 0; i < side; i++) {
            const int u = x + i, v = y + row;
            if (u >= 0 && v >= 0 && u < picture->width && v < picture->height)
                memcpy(all + RGB * ((size_t)v * (size_t)picture->width +
                                    (size_t)u),
                       square + RGB * ((size_t)row * (size_t)side + (size_t)i),
                       RGB);
        }
    free(square);
}

static cutis_point mean_of(int a, int b)
{
    return (cutis_point){(face.points[a].x + face.points[b].x) / 2,
                         (face.points[a].y + face.points[b].y) / 2};
}

/* The eyes are drawn at 0.405 and 0.595 of the side, 0.460 down; the model was
 * made for people, so within 2 % of the side. */
static void check_eyes(double x, double y, double side)
{
    const cutis_point right = mean_of(33, 133), left = mean_of(362, 263);
    ck_assert_double_eq_tol(right.x, x + 0.405 * side, 0.02 * side);
    ck_assert_double_eq_tol(right.y, y + 0.460 * side, 0.02 * side);
    ck_assert_double_eq_tol(left.x, x + 0.595 * side, 0.02 * side);
    ck_assert_double_eq_tol(left.y, y + 0.460 * side, 0.02 * side);
}

/* Where a face is put in a picture. */
static const struct {
    int width, height, x, y, side;
} scenes[] = {
    {600, 600, 0, 0, 600},          /* as the model likes it */
    {400, 700, -30, 150, 460},      /* upright */
    {700, 400, 200, 0, 400},        /* lying */
    {2400, 1800, 1500, 900, 360},   /* a seventh of the width */
    {1000, 1000, -380, -450, 1800}, /* fills the frame */
    {5000, 3000, 1200, 100, 2800},  /* 15 megapixels */
    {90, 90, 0, 0, 90},             /* smaller than the network's input */
    {3000, 2400, 2300, 1700, 600},  /* small, in a corner */
};
enum { SCENES = sizeof(scenes) / sizeof(scenes[0]) };

START_TEST(a_drawn_face_is_found_where_it_is)
{
    struct picture picture = blank(scenes[_i].width, scenes[_i].height);
    put_face(&picture, scenes[_i].x, scenes[_i].y, scenes[_i].side);
    ck_assert_msg(find(&picture) == CUTIS_OK, "%s", tools.sentence);
    check_eyes(scenes[_i].x, scenes[_i].y, scenes[_i].side);
    ck_assert_int_eq(face.faces, 1);
    ck_assert_double_ge(face.confidence, 0.5);
    ck_assert_double_ge(face.presence, 0.5);
    free(picture.samples);
}
END_TEST

START_TEST(of_two_faces_the_larger_is_taken_and_both_are_counted)
{
    struct picture picture = blank(1200, 700);
    put_face(&picture, 0, 100, 400);
    put_face(&picture, 550, 0, 600);
    ck_assert_int_eq(find(&picture), CUTIS_OK);
    ck_assert_int_eq(face.faces, 2);
    check_eyes(550, 0, 600);
    free(picture.samples);
}
END_TEST

/* Quarter turns clockwise. */
static struct picture turned(const struct picture *from, int quarters)
{
    struct picture to = blank(from->width, from->height);
    const int last = from->width - 1; /* a square */
    for (int y = 0; y <= last; y++)
        for (int x = 0; x <= last; x++) {
            int u = x, v = y;
            for (int i = 0; i < quarters; i++) {
                const int t = u;
                u = last - v;
                v = t;
            }
            memcpy((uint8_t *)to.samples + RGB * (v * (last + 1) + u),
                   (uint8_t *)from->samples + RGB * (y * (last + 1) + x), RGB);
        }
    return to;
}

/* Not upside down: that drawing shows somebody else, with a beard. */
START_TEST(a_picture_on_its_side_is_no_obstacle)
{
    struct picture upright = blank(600, 600);
    put_face(&upright, 0, 0, 600);
    struct picture picture = turned(&upright, _i ? 3 : 1);
    ck_assert_int_eq(find(&picture), CUTIS_OK);
    ck_assert_double_eq_tol(face.pose.roll_deg, _i ? -90.0 : 90.0, 3.0);
    free(upright.samples);
    free(picture.samples);
}
END_TEST

static void check_same_points(const struct face *other, double tolerance)
{
    for (int i = 0; i < CT_POINTS; i++) {
        ck_assert_double_le(fabs(face.points[i].x - other->points[i].x),
                            tolerance);
        ck_assert_double_le(fabs(face.points[i].y - other->points[i].y),
                            tolerance);
    }
}

START_TEST(sixteen_bits_and_grey_are_read_as_eight_bits_and_colour_are)
{
    struct picture picture = blank(500, 500);
    put_face(&picture, 0, 0, 500);
    const size_t pixels = (size_t)500 * 500;
    uint8_t *const rgb = picture.samples;
    for (size_t i = 0; i < pixels; i++)
        rgb[RGB * i] = rgb[RGB * i + 2] = rgb[RGB * i + 1];
    ck_assert_int_eq(find(&picture), CUTIS_OK);
    const struct face expected = face;

    uint16_t *const grey = malloc(pixels * sizeof(*grey));
    for (size_t i = 0; i < pixels; i++)
        grey[i] = (uint16_t)(rgb[RGB * i] * 257);
    picture.samples = grey;
    picture.bits = 16;
    picture.channels = 1;
    ck_assert_int_eq(find(&picture), CUTIS_OK);
    check_same_points(&expected, 1e-3); /* px; the scaling rounds otherwise */
    free(rgb);
    free(grey);
}
END_TEST

START_TEST(threads_and_instruction_sets_change_no_bit)
{
    struct picture picture = blank(1300, 900);
    put_face(&picture, 300, 100, 700);
    ck_assert_int_eq(find(&picture), CUTIS_OK);
    const struct face expected = face;
    for (int isa = CUTIS_ISA_C; isa < CUTIS_ISA_BEST; isa++) {
        tools.kernels = ct_kernels_get((cutis_isa)isa);
        for (tools.threads = 1; tools.kernels && tools.threads < 4;
             tools.threads++) {
            ck_assert_int_eq(find(&picture), CUTIS_OK);
            ck_assert_mem_eq(&face, &expected, sizeof(face));
        }
    }
    free(picture.samples);
}
END_TEST

START_TEST(no_face_is_said)
{
    struct picture picture = blank(640, 480);
    if (_i == 1)
        memset(picture.samples, 0, (size_t)640 * 480 * RGB);
    if (_i == 2)
        for (size_t i = 0; i < (size_t)640 * 480 * RGB; i++)
            ((uint8_t *)picture.samples)[i] = (uint8_t)(i * i >> 8);
    ck_assert_int_eq(find(&picture), CUTIS_ERROR_NO_FACE);
    ck_assert_str_eq(tools.sentence, "no face was found in the picture");
    free(picture.samples);
}
END_TEST

START_TEST(the_smallest_pictures_are_looked_at)
{
    for (int width = 1; width < 40; width += 13)
        for (int height = 1; height < 40; height += 13) {
            struct picture picture = blank(width, height);
            ck_assert_int_eq(find(&picture), CUTIS_ERROR_NO_FACE);
            free(picture.samples);
        }
}
END_TEST

START_TEST(too_little_memory_is_said)
{
    struct picture picture = blank(300, 300);
    put_face(&picture, 0, 0, 300);
    int failures = 0;
    for (tools.memory.limit = 1; find(&picture) != CUTIS_OK;
         tools.memory.limit += 50021) {
        ck_assert_int_gt(strlen(tools.sentence) > 0, 0);
        failures++;
    }
    ck_assert_int_gt(failures, 10);
    free(picture.samples);
}
END_TEST

START_TEST(a_build_without_the_model_wants_landmarks)
{
    struct picture picture = blank(300, 300);
    ck_assert_int_eq(find(&picture), CUTIS_ERROR_UNSUPPORTED);
    ck_assert_str_eq(tools.sentence,
                     "this build has no face model; give landmarks");
    free(picture.samples);
}
END_TEST

/* ---- Real faces ---------------------------------------------------------- */

static const char *shared; /* folder of the photographs; NULL = absent */

static const char *const portraits[] = {
    "london/001_neutral", "london/001_smiling", "london/002_neutral",
    "london/002_smiling", "london/005_neutral", "london/005_smiling",
    "london/006_neutral", "london/006_smiling", "london/008_neutral",
    "london/008_smiling", "london/021_neutral", "london/021_smiling",
    "london/024_neutral", "london/024_smiling", "london/025_neutral",
    "london/025_smiling", "london/030_neutral", "london/030_smiling",
    "london/037_neutral", "london/037_smiling", "london/042_neutral",
    "london/042_smiling", "london/043_neutral", "london/043_smiling",
    "canada/003f",        "canada/022f",        "canada/044f",
    "canada/054f",        "canada/095m",        "canada/113m",
};
enum { PORTRAITS = sizeof(portraits) / sizeof(portraits[0]) };

static void photo_path(char path[512], const char *name, const char *suffix)
{
    snprintf(path, 512, "%s/photos/%s%s", shared, name, suffix);
}

static cutis_status find_in_photo(struct picture *picture, const char *name)
{
    const cutis_options limits = CUTIS_OPTIONS_DEFAULT;
    char path[512];
    photo_path(path, name, ".jpg");
    ck_assert_msg(ct_acquire_file(picture, path, &limits, &tools) == CUTIS_OK,
                  "%s: %s", path, tools.sentence);
    return ct_face_find(&face, picture, &defaults, &tools);
}

/* Points that people placed; false if there are none for this photograph. */
static bool read_placed(cutis_point placed[189], const char *name)
{
    char path[512];
    int count = 0;
    photo_path(path, name, ".tem");
    FILE *const file = fopen(path, "r");
    if (!file)
        return false;
    ck_assert_int_eq(fscanf(file, "%d", &count), 1);
    ck_assert_int_eq(count, 189);
    for (int i = 0; i < count; i++)
        ck_assert_int_eq(fscanf(file, "%lf %lf", &placed[i].x, &placed[i].y),
                         2);
    fclose(file);
    return true;
}

static double apart(cutis_point a, cutis_point b)
{
    return hypot(a.x - b.x, a.y - b.y);
}

/* Mean distance of the corners of eyes and mouth, by that of the pupils. */
static double corner_error(const cutis_point *placed)
{
    static const int corners[6][2] = {{18, 33},  {22, 133}, {23, 362},
                                      {27, 263}, {87, 61},  {93, 291}};
    double sum = 0.0;
    for (int i = 0; i < 6; i++)
        sum += apart(placed[corners[i][0]], face.points[corners[i][1]]);
    return sum / 6.0 / apart(placed[0], placed[1]);
}

START_TEST(all_portraits_are_found_and_fit_within_3_percent)
{
    cutis_point placed[189];
    double errors = 0.0, scales = 0.0;
    int measured = 0;
    for (int i = 0; i < PORTRAITS; i++) {
        struct picture picture = {0};
        ck_assert_int_eq(find_in_photo(&picture, portraits[i]), CUTIS_OK);
        ck_assert_int_eq(face.faces, 1);
        ck_assert_double_lt(fabs(face.pose.yaw_deg), 12.0);
        if (read_placed(placed, portraits[i])) {
            errors += corner_error(placed);
            scales += face.scale * 63.0 / apart(placed[0], placed[1]);
            measured++;
        }
        ct_picture_free(&picture);
    }
    ck_assert_int_eq(measured, 18);
    printf("corners: %.2f %% of the pupils' distance over %d portraits; "
           "scale by the pupils' 63 mm: %.3f\n",
           100.0 * errors / measured, measured, scales / measured);
    ck_assert_double_le(errors / measured, 0.030);
    ck_assert_double_eq_tol(scales / measured, 1.0, 0.03);
}
END_TEST

START_TEST(near_far_and_tilted_faces_are_found)
{
    static const char *const names[] = {
        "zoom/15cm",  "zoom/30cm",  "zoom/45cm",  "zoom/60cm",
        "lisa/lisa1", "lisa/lisa2", "lisa/lisa3", "lisa/lisa4"};
    struct picture picture = {0};
    ck_assert_int_eq(find_in_photo(&picture, names[_i]), CUTIS_OK);
    ck_assert_int_eq(face.faces, 1);
    ct_picture_free(&picture);
}
END_TEST

/* The model would find a face in them as they are, but in the wrong places. */
START_TEST(portraits_upside_down_are_found_upright)
{
    for (int i = 0; i < PORTRAITS; i += 5) {
        struct picture picture = {0};
        ck_assert_int_eq(find_in_photo(&picture, portraits[i]), CUTIS_OK);
        const struct face upright = face;
        const int width = picture.width, height = picture.height;
        uint8_t *const rgb = picture.samples;
        const size_t pixels = (size_t)width * (size_t)height;
        for (size_t a = 0, b = pixels - 1; a < b; a++, b--)
            for (int c = 0; c < RGB; c++) {
                const uint8_t t = rgb[RGB * a + (size_t)c];
                rgb[RGB * a + (size_t)c] = rgb[RGB * b + (size_t)c];
                rgb[RGB * b + (size_t)c] = t;
            }
        ck_assert_int_eq(ct_face_find(&face, &picture, &defaults, &tools),
                         CUTIS_OK);
        /* the same but for how the edges of the reduced pictures fall */
        for (int k = 0; k < CT_POINTS; k++) {
            face.points[k].x = width - face.points[k].x;
            face.points[k].y = height - face.points[k].y;
        }
        check_same_points(&upright, 0.4 * face.scale); /* mm */
        ct_picture_free(&picture);
    }
}
END_TEST

START_TEST(decoded_pixels_give_the_same_face_as_the_file)
{
    const cutis_options limits = CUTIS_OPTIONS_DEFAULT;
    struct picture picture = {0}, copy = {0};
    ck_assert_int_eq(find_in_photo(&picture, "london/021_neutral"), CUTIS_OK);
    const struct face expected = face;
    const cutis_pixels pixels = {
        .struct_size = sizeof(pixels),
        .data = picture.samples,
        .stride = (ptrdiff_t)picture.width * RGB,
        .width = (uint32_t)picture.width,
        .height = (uint32_t)picture.height,
        .format = CUTIS_PIXELS_RGB8,
    };
    ck_assert_int_eq(ct_acquire_pixels(&copy, &pixels, &limits, &tools),
                     CUTIS_OK);
    ck_assert_int_eq(ct_face_find(&face, &copy, &defaults, &tools), CUTIS_OK);
    ck_assert_mem_eq(&face, &expected, sizeof(face));
    ct_picture_free(&picture);
    ct_picture_free(&copy);
}
END_TEST

/* ---- All of it ----------------------------------------------------------- */

static void add_photos(TCase *tests)
{
    char path[512];
    shared = getenv("CUTIS_SHARED");
    if (!shared) {
        puts("SKIPPED: CUTIS_SHARED does not say where the photographs are");
        return;
    }
    photo_path(path, "README", ".md");
    FILE *const file = fopen(path, "r");
    if (!file) {
        printf("SKIPPED: there is no %s\n", path);
        return;
    }
    fclose(file);
    tcase_add_test(tests, all_portraits_are_found_and_fit_within_3_percent);
    tcase_add_loop_test(tests, near_far_and_tilted_faces_are_found, 0, 8);
    tcase_add_test(tests, portraits_upside_down_are_found_upright);
    tcase_add_test(tests, decoded_pixels_give_the_same_face_as_the_file);
}

int main(void)
{
    Suite *suite = suite_create("face");
    TCase *tests = tcase_create("face");
    suite_add_tcase(suite, tests);
    tcase_add_checked_fixture(tests, begin, NULL);
    if (HAVE_MODELS) {
        tcase_add_loop_test(tests, a_drawn_face_is_found_where_it_is, 0,
                            SCENES);
        tcase_add_test(tests,
                       of_two_faces_the_larger_is_taken_and_both_are_counted);
        tcase_add_loop_test(tests, a_picture_on_its_side_is_no_obstacle, 0, 2);
        tcase_add_test(
            tests, sixteen_bits_and_grey_are_read_as_eight_bits_and_colour_are);
        tcase_add_test(tests, threads_and_instruction_sets_change_no_bit);
        tcase_add_loop_test(tests, no_face_is_said, 0, 3);
        tcase_add_test(tests, the_smallest_pictures_are_looked_at);
        tcase_add_test(tests, too_little_memory_is_said);
        add_photos(tests);
    } else {
        puts("SKIPPED: this build has no face model");
        tcase_add_test(tests, a_build_without_the_model_wants_landmarks);
    }

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
