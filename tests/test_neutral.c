/* SPDX-License-Identifier: BSD-2-Clause */

#include <check.h>
#include <math.h>
#include <string.h>

#include "colour/colour.h"

static struct tools tools;

static void set_up(void)
{
    tools = (struct tools){.threads = 1,
                           .kernels = ct_kernels_best(CUTIS_ISA_BEST)};
}

static double random_between(double low, double high)
{
    static uint64_t dice = 88172645463325252u;
    dice ^= dice << 13;
    dice ^= dice >> 7;
    dice ^= dice << 17;
    return low + (high - low) * ((double)(dice >> 11) * 0x1p-53);
}

enum { WIDTH = 320, HEIGHT = 240 };

static uint16_t pixels[HEIGHT][WIDTH][3];

static uint16_t coded(double linear)
{
    return (uint16_t)lround(65535.0 * ct_srgb_encode(linear));
}

/* ---- What two photographs share ------------------------------------------ */

START_TEST(another_camera_or_form_leaves_nothing_in_common)
{
    const struct exif one = {.make = "Maker", .model = "One"};
    const struct exif two = {.make = "Maker", .model = "Two"};
    const struct exif silent = {.focal_mm = NAN};
    struct skin a = {.calibration = CT_NEUTRAL_CHART,
                     .correction = {.terms = 3}};
    struct skin b = a;
    ck_assert_int_eq(ct_common_neutral(&a, &one, &b, &one), CT_NEUTRAL_CHART);
    ck_assert_int_eq(ct_common_neutral(&a, &one, &b, &silent),
                     CT_NEUTRAL_CHART);
    ck_assert_int_eq(ct_common_neutral(&a, &one, &b, &two), CT_NEUTRAL_NONE);
    b.correction.terms = 6;
    ck_assert_int_eq(ct_common_neutral(&a, &one, &b, &one), CT_NEUTRAL_NONE);
    b = (struct skin){.calibration = CT_NEUTRAL_CARD};
    ck_assert_int_eq(ct_common_neutral(&a, &one, &b, &one), CT_NEUTRAL_NONE);
}
END_TEST

/* Each thing that a file says of its camera; what one of two leaves unsaid, or
 * a length within 1 %, is no difference. */
START_TEST(a_camera_is_its_maker_model_lens_and_length)
{
    const struct exif one = {
        .make = "Maker", .model = "One", .lens = "Long", .focal_mm = 50.0};
    static const struct {
        const char *make, *model, *lens;
        double focal_mm;
        bool differs;
    } others[] = {
        {"Maker", "One", "Long", 50.0, false},
        {"Baker", "One", "Long", 50.0, true},
        {"Maker", "Two", "Long", 50.0, true},
        {"Maker", "One", "Wide", 50.0, true},
        {"Maker", "One", "", 50.4, false},
        {"Maker", "", "Long", 50.6, true},
        {"", "One", "Long", 49.4, true},
        {"Maker", "One", "Long", NAN, false},
    };

    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
        struct exif other = {.focal_mm = others[i].focal_mm};
        strcpy(other.make, others[i].make);
        strcpy(other.model, others[i].model);
        strcpy(other.lens, others[i].lens);
        ck_assert_int_eq(ct_other_camera(&one, &other), others[i].differs);
        ck_assert_int_eq(ct_other_camera(&other, &one), others[i].differs);
    }
}
END_TEST

START_TEST(backdrops_meet_in_the_middle)
{
    const struct skin a = {.backdrop = {0.2, 0.3, 0.4}};
    const struct skin b = {.backdrop = {0.4, 0.3, 0.1}};
    double to_a[3], to_b[3], same[3], again[3];
    ct_backdrop_gains(to_a, to_b, &a, &b);
    for (int c = 0; c < 3; c++) {
        ck_assert_double_eq_tol(to_a[c] * a.backdrop[c],
                                to_b[c] * b.backdrop[c], 1e-15);
        ck_assert_double_eq_tol(to_a[c] * to_b[c], 1.0, 1e-15);
    }
    ct_backdrop_gains(same, again, &a, &a);
    for (int c = 0; c < 3; c++)
        ck_assert_double_eq(same[c], 1.0);
}
END_TEST

/* An oval face in a picture that lies, or one that stands. */
static struct face oval(bool upright)
{
    struct face face = {.found = true};

    for (int i = 0; i < CT_POINTS; i++) {
        const double turn = 2.0 * 3.14159265 * i / CT_POINTS;
        face.points[i] = upright ? (cutis_point){120.0 + 27.0 * cos(turn),
                                                 110.0 + 34.0 * sin(turn)}
                                 : (cutis_point){160.0 + 36.0 * cos(turn),
                                                 85.0 + 45.0 * sin(turn)};
    }
    return face;
}

static void acquire(struct picture *picture, bool upright, uint32_t format)
{
    const cutis_options limits = CUTIS_OPTIONS_DEFAULT;
    const uint32_t width = upright ? HEIGHT : WIDTH;
    const cutis_pixels given = {
        .struct_size = sizeof(given),
        .data = pixels,
        .stride = (ptrdiff_t)(6 * width),
        .width = width,
        .height = upright ? WIDTH : HEIGHT,
        .format = format,
    };

    ck_assert_int_eq(ct_acquire_pixels(picture, &given, &limits, &tools),
                     CUTIS_OK);
}

static bool finds(double seen[3], const struct picture *picture,
                  const struct face *face)
{
    bool found = true;

    ck_assert_int_eq(ct_backdrop_find(&found, seen, picture, face, &tools),
                     CUTIS_OK);
    return found;
}

START_TEST(the_backdrop_is_the_wall_and_not_the_shirt)
{
    /* An oval face on a wall with a little grain, above a shirt that is even
     * and as large; the head hides the middle. */
    const double wall[3] = {0.42, 0.40, 0.35}, shirt[3] = {0.10, 0.12, 0.30};
    const struct face face = oval(false);
    for (int y = 0; y < HEIGHT; y++)
        for (int x = 0; x < WIDTH; x++) {
            const double u = (x - 160.0) / 46.0, v = (y - 75.0) / 64.0;
            const double grain = random_between(0.97, 1.03);
            for (int c = 0; c < 3; c++)
                pixels[y][x][c] = coded(u * u + v * v < 1.0 ? 0.3 / (c + 1)
                                        : y > 140           ? shirt[c] * grain
                                                            : wall[c] * grain);
        }
    struct picture picture = {0};
    double seen[3];
    acquire(&picture, false, CUTIS_PIXELS_RGB16);
    ck_assert(finds(seen, &picture, &face));
    for (int c = 0; c < 3; c++)
        ck_assert_double_eq_tol(seen[c] / wall[c], 1.0, 2e-3);
    /* Nothing even: no backdrop. */
    for (int y = 0; y < HEIGHT; y++)
        for (int x = 0; x < WIDTH; x++)
            ((uint16_t *)picture.samples)[3 * (y * WIDTH + x) + 1] =
                coded(random_between(0.1, 0.9));
    ck_assert(!finds(seen, &picture, &face));
    ct_picture_free(&picture);
}
END_TEST

static void paint_wall(const double wall[3])
{
    for (int i = 0; i < WIDTH * HEIGHT; i++)
        for (int c = 0; c < 3; c++)
            pixels[i / WIDTH][i % WIDTH][c] =
                coded(wall[c] * random_between(0.97, 1.03));
}

/* All that is even is the wall: found unless too light or too dark to tell. */
START_TEST(a_wall_is_neither_clipped_nor_black)
{
    static const struct {
        double wall[3];
        bool found;
    } walls[] = {
        {{0.42, 0.40, 0.35}, true},
        {{0.42, 0.40, 1.20}, false},
        {{0.0002, 0.40, 0.35}, false},
    };

    for (int upright = 0; upright < 2; upright++)
        for (size_t i = 0; i < sizeof(walls) / sizeof(walls[0]); i++) {
            const struct face face = oval(upright);
            struct picture picture = {0};
            double seen[3];
            paint_wall(walls[i].wall);
            acquire(&picture, upright, CUTIS_PIXELS_RGB16);
            ck_assert_int_eq(finds(seen, &picture, &face), walls[i].found);
            for (int c = 0; walls[i].found && c < 3; c++)
                ck_assert_double_eq_tol(seen[c] / walls[i].wall[c], 1.0, 2e-3);
            ct_picture_free(&picture);
        }
}
END_TEST

START_TEST(without_a_face_or_colours_there_is_no_backdrop)
{
    static const double wall[3] = {0.4, 0.4, 0.4};
    struct face face = oval(false);
    struct picture picture = {0};
    double seen[3];

    paint_wall(wall);
    acquire(&picture, false, CUTIS_PIXELS_RGB16);
    ck_assert(finds(seen, &picture, &face));
    face.found = false;
    ck_assert(!finds(seen, &picture, &face));
    ct_picture_free(&picture);
    face.found = true;
    acquire(&picture, false, CUTIS_PIXELS_GREY16);
    ck_assert(!finds(seen, &picture, &face));
    ct_picture_free(&picture);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("neutral");
    TCase *pairs = tcase_create("pairs");

    tcase_add_checked_fixture(pairs, set_up, NULL);
    tcase_add_test(pairs, another_camera_or_form_leaves_nothing_in_common);
    tcase_add_test(pairs, a_camera_is_its_maker_model_lens_and_length);
    tcase_add_test(pairs, backdrops_meet_in_the_middle);
    tcase_add_test(pairs, the_backdrop_is_the_wall_and_not_the_shirt);
    tcase_add_test(pairs, a_wall_is_neither_clipped_nor_black);
    tcase_add_test(pairs, without_a_face_or_colours_there_is_no_backdrop);
    suite_add_tcase(suite, pairs);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
