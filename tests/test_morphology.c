/* SPDX-License-Identifier: BSD-2-Clause */

/* Disks against brute force, components against drawings. */

#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "signal/signal.h"

enum { WIDTH = 300, HEIGHT = 70 }; /* wider than a strip of columns */

static struct tools tools;

static void start(void)
{
    tools = (struct tools){.threads = 2,
                           .kernels = ct_kernels_best(CUTIS_ISA_BEST)};
}

static struct bytes new_mask(int width, int height)
{
    struct bytes mask;
    ck_assert_int_eq(ct_bytes_create(&mask, width, height, &tools), CUTIS_OK);
    return mask;
}

/* About one pixel in `rarity` set. */
static struct bytes dots(unsigned rarity)
{
    static uint64_t dice = 88172645463325252u;
    struct bytes mask = new_mask(WIDTH, HEIGHT);
    for (int y = 0; y < HEIGHT; y++) {
        for (int x = 0; x < WIDTH; x++) {
            dice ^= dice << 13;
            dice ^= dice >> 7;
            dice ^= dice << 17;
            ct_byte_row(&mask, y)[x] = (dice >> 20) % rarity ? 0 : 255;
        }
    }
    return mask;
}

/* Whether a pixel of value `wanted` lies within `radius` of (x, y). */
static bool near(const struct bytes *mask, int x, int y, double radius,
                 uint8_t wanted)
{
    const int reach = (int)radius;
    for (int dy = -reach; dy <= reach; dy++) {
        for (int dx = -reach; dx <= reach; dx++) {
            const int sx = x + dx, sy = y + dy;
            if (sx < 0 || sx >= WIDTH || sy < 0 || sy >= HEIGHT)
                continue;
            if (dx * dx + dy * dy <= radius * radius &&
                ct_byte_row(mask, sy)[sx] == wanted)
                return true;
        }
    }
    return false;
}

static const double radii[] = {0.5, 1.0, 1.42, 2.0, 2.24, 5.0, 7.3, 25.0};
enum { RADII = sizeof(radii) / sizeof(radii[0]) };

START_TEST(a_dilated_mask_is_all_within_the_radius)
{
    struct bytes before = dots(200), after = new_mask(WIDTH, HEIGHT);
    memcpy(after.at, before.at, before.stride * HEIGHT);
    ck_assert_int_eq(ct_dilate(&after, radii[_i], &tools), CUTIS_OK);
    for (int y = 0; y < HEIGHT; y++)
        for (int x = 0; x < WIDTH; x++)
            ck_assert_int_eq(ct_byte_row(&after, y)[x],
                             near(&before, x, y, radii[_i], 255) ? 255 : 0);
    ct_bytes_free(&before);
    ct_bytes_free(&after);
}
END_TEST

START_TEST(an_eroded_mask_is_all_that_is_clear_of_holes)
{
    struct bytes before = dots(200), after = new_mask(WIDTH, HEIGHT);
    for (size_t i = 0; i < before.stride * HEIGHT; i++)
        after.at[i] = before.at[i] = (uint8_t)(255 - before.at[i]);
    ck_assert_int_eq(ct_erode(&after, radii[_i], &tools), CUTIS_OK);
    for (int y = 0; y < HEIGHT; y++)
        for (int x = 0; x < WIDTH; x++)
            ck_assert_int_eq(ct_byte_row(&after, y)[x],
                             near(&before, x, y, radii[_i], 0) ? 0 : 255);
    ct_bytes_free(&before);
    ct_bytes_free(&after);
}
END_TEST

START_TEST(nothing_grows_from_nothing_and_everything_from_one_pixel)
{
    struct bytes mask = new_mask(WIDTH, HEIGHT);
    ck_assert_int_eq(ct_dilate(&mask, 1e9, &tools), CUTIS_OK);
    ck_assert_int_eq(ct_byte_row(&mask, 5)[7], 0);
    ct_byte_row(&mask, 5)[7] = 1;
    ck_assert_int_eq(ct_dilate(&mask, 1e9, &tools), CUTIS_OK);
    ck_assert_int_eq(ct_byte_row(&mask, HEIGHT - 1)[WIDTH - 1], 255);
    ck_assert_int_eq(ct_erode(&mask, 1e9, &tools), CUTIS_OK);
    ck_assert_int_eq(ct_byte_row(&mask, 0)[0], 255);
    ct_bytes_free(&mask);
    mask = new_mask(0, 0);
    ck_assert_int_eq(ct_erode(&mask, 3.0, &tools), CUTIS_OK);
    ct_bytes_free(&mask);
}
END_TEST

/* ---- Components ---------------------------------------------------------- */

enum { SIDE = 8 };

/* '.' is background; a letter is the number of its component from 'a' = 1. */
static const struct {
    const char *eight, *four;
} drawings[] = {
    {/* a U closes at the bottom; a diagonal joins eight, not four */
     "a..a..b."
     "a..a...b"
     "aaaa..b."
     "........"
     ".c.c.c.c"
     "..c.c.c."
     "d......."
     ".d.....e",
     "a..a..b."
     "a..a...c"
     "aaaa..d."
     "........"
     ".e.f.g.h"
     "..i.j.k."
     "l......."
     ".m.....n"},
    {/* a spiral that closes in the last row, and one that does not */
     "aaaaaaaa"
     ".......a"
     "aaaaaa.a"
     "a....a.a"
     "a.aa.a.a"
     "a.a..a.a"
     "a.aaaa.a"
     "aaaaaaaa",
     "aaaaaaaa"
     ".......a"
     "aaaaaa.a"
     "a....a.a"
     "a.aa.a.a"
     "a.a..a.a"
     "a.aaaa.a"
     "aaaaaaaa"},
    {"aaaaaaaa"
     ".......a"
     "bbbbbb.a"
     "b....b.a"
     "b.bb.b.a"
     "b.b..b.a"
     "b.bbbb.a"
     "b......a",
     "aaaaaaaa"
     ".......a"
     "bbbbbb.a"
     "b....b.a"
     "b.bb.b.a"
     "b.b..b.a"
     "b.bbbb.a"
     "b......a"},
};
enum { DRAWINGS = sizeof(drawings) / sizeof(drawings[0]) };

/* Each pixel's component; runs come in raster order and do not touch. */
static void paint(int32_t *labels, const struct components *from, int width)
{
    int last = -1;
    for (size_t i = 0; i < from->runs; i++) {
        const struct mask_run *const run = &from->run[i];
        const int start = run->y * width + run->from;
        ck_assert_int_lt(run->from, run->end);
        ck_assert_int_ge(start, last);
        last = run->y * width + run->end + (run->end < width);
        for (int x = run->from; x < run->end; x++)
            labels[run->y * width + x] = run->label;
    }
}

static void check_drawing(const char *drawing, bool four)
{
    struct bytes mask = new_mask(SIDE, SIDE);
    struct components found;
    int32_t labels[SIDE * SIDE] = {0}, most = 0;
    for (int i = 0; i < SIDE * SIDE; i++) {
        const int32_t label = drawing[i] == '.' ? 0 : drawing[i] - 'a' + 1;
        ct_byte_row(&mask, i / SIDE)[i % SIDE] = label ? 255 : 0;
        most = label > most ? label : most;
    }
    ck_assert_int_eq(ct_components(&found, &mask, four, &tools), CUTIS_OK);
    ck_assert_int_eq(found.count, most);
    paint(labels, &found, SIDE);
    for (int i = 0; i < SIDE * SIDE; i++)
        ck_assert_int_eq(labels[i],
                         drawing[i] == '.' ? 0 : drawing[i] - 'a' + 1);
    ct_components_free(&found);
    ct_bytes_free(&mask);
}

START_TEST(components_are_numbered_in_raster_order)
{
    check_drawing(drawings[_i].eight, false);
    check_drawing(drawings[_i].four, true);
}
END_TEST

START_TEST(a_full_mask_is_one_component_and_an_empty_one_none)
{
    struct bytes mask = new_mask(WIDTH, HEIGHT);
    struct components found;
    ck_assert_int_eq(ct_components(&found, &mask, false, &tools), CUTIS_OK);
    ck_assert_int_eq(found.count, 0);
    ck_assert_uint_eq(found.runs, 0);
    ct_components_free(&found);
    memset(mask.at, 255, mask.stride * HEIGHT);
    ck_assert_int_eq(ct_components(&found, &mask, true, &tools), CUTIS_OK);
    ck_assert_int_eq(found.count, 1);
    ck_assert_uint_eq(found.runs, HEIGHT);
    ck_assert_int_eq(found.run[HEIGHT - 1].label, 1);
    ct_components_free(&found);
    ct_bytes_free(&mask);
}
END_TEST

/* Floods from each pixel in turn; `room` holds them all. */
static int32_t flood(int32_t *labels, int *room, const struct bytes *mask,
                     bool four)
{
    int32_t count = 0;
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
        if (labels[i] || !ct_byte_row(mask, i / WIDTH)[i % WIDTH])
            continue;
        int n = 0;
        labels[i] = ++count;
        room[n++] = i;
        while (n) {
            const int at = room[--n], x = at % WIDTH, y = at / WIDTH;
            for (int k = 0; k < 9; k++) {
                const int u = x + k % 3 - 1, v = y + k / 3 - 1;
                if ((four && k % 2 == 0) || u < 0 || v < 0 || u >= WIDTH ||
                    v >= HEIGHT || labels[v * WIDTH + u] ||
                    !ct_byte_row(mask, v)[u])
                    continue;
                labels[v * WIDTH + u] = count;
                room[n++] = v * WIDTH + u;
            }
        }
    }
    return count;
}

START_TEST(components_are_what_a_flood_reaches)
{
    static int32_t expected[WIDTH * HEIGHT], labels[WIDTH * HEIGHT];
    static int room[WIDTH * HEIGHT];
    struct bytes mask = dots(2 + (unsigned)_i / 2);
    struct components found;
    memset(expected, 0, sizeof(expected));
    memset(labels, 0, sizeof(labels));
    const int32_t count = flood(expected, room, &mask, _i % 2);
    ck_assert_int_eq(ct_components(&found, &mask, _i % 2, &tools), CUTIS_OK);
    ck_assert_int_eq(found.count, count);
    paint(labels, &found, WIDTH);
    ck_assert_mem_eq(labels, expected, sizeof(labels));
    ct_components_free(&found);
    ct_bytes_free(&mask);
}
END_TEST

/* Bytes before, after and beyond a row say nothing of it. */
START_TEST(what_is_set_in_a_row_is_found)
{
    enum { AROUND = 9, MOST = 40 };
    uint8_t room[MOST + 2 * AROUND];
    for (int start = AROUND - 8; start <= AROUND; start++)
        for (int n = 0; n <= 35; n++)
            for (int a = 0; a <= n; a++)
                for (int b = a; b < n || b == a; b += 3) {
                    uint8_t *const row = room + start;
                    memset(room, 255, sizeof(room));
                    memset(row, 0, (size_t)n);
                    if (a < n)
                        row[a] = row[b] = 1;
                    const struct columns set = ct_columns_set(row, n);
                    ck_assert_int_eq(set.from, a);
                    ck_assert_int_eq(set.end, a < n ? b + 1 : n);
                    ck_assert_int_eq(ct_next_set(row, 0, n), a);
                    ck_assert_int_eq(ct_next_set(row, a, n), a);
                    if (a < n)
                        ck_assert_int_eq(ct_next_set(row, a + 1, n),
                                         b > a ? b : n);
                }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("morphology");
    TCase *tests = tcase_create("morphology");
    suite_add_tcase(suite, tests);
    tcase_add_checked_fixture(tests, start, NULL);
    tcase_add_loop_test(tests, a_dilated_mask_is_all_within_the_radius, 0,
                        RADII);
    tcase_add_loop_test(tests, an_eroded_mask_is_all_that_is_clear_of_holes, 0,
                        RADII);
    tcase_add_test(tests,
                   nothing_grows_from_nothing_and_everything_from_one_pixel);
    tcase_add_loop_test(tests, components_are_numbered_in_raster_order, 0,
                        DRAWINGS);
    tcase_add_test(tests, a_full_mask_is_one_component_and_an_empty_one_none);
    tcase_add_loop_test(tests, components_are_what_a_flood_reaches, 0, 8);
    tcase_add_test(tests, what_is_set_in_a_row_is_found);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
