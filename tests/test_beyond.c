/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Two photographs of one painted skin of which the second is moved by a large
 * part of its width, so that each shows a strip that the other does not: what
 * lies there is nobody's loss or gain, and what both show is paired.
 */

#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "measure/measure.h"
#include "patch.h"

enum { WIDTH = 308, HEIGHT = 280, STEP = 20 };
static const double scale = 14.0;

/* How far the second photograph's frame lies from the first's, px. */
static const double moves[][2] = {
    {70.0, 56.0}, {-70.0, 56.0}, {70.0, -56.0}, {-70.0, -56.0}};
enum { MOVES = sizeof(moves) / sizeof(moves[0]) };

struct painting {
    double from[2]; /* mm, of the frame on the skin */
    struct tone tone;
};

/* The place within its tile of a pattern that repeats. */
static double within(double x, double pitch)
{
    return x - pitch * floor(x / pitch) - 0.5 * pitch;
}

/* A brown spot of 2.4 mm every 5.5 mm, a pit of sigma 0.16 mm in the middle of
 * four, and a stroke of 0.35 mm along each fourth row. */
static void ink(double od[3], double x, double y, void *user)
{
    static const double base[3] = {.208, .313, .321};
    const struct painting *job = user;
    const double u = x + job->from[0], v = y + job->from[1];
    const double dx = within(u, 5.5), dy = within(v, 5.5);
    const double r = hypot(dx, dy);
    const double px = within(u + 2.75, 5.5), py = within(v + 2.75, 5.5);
    const double edge = (1.2 - r) / 0.3 + 0.5;
    const double part = edge < 0.0 ? 0.0 : edge > 1.0 ? 1.0 : edge;
    const double p = 0.25 * part * part * (3.0 - 2.0 * part);
    const double along = within(v + 1.0, 22.0) / 0.15;
    const double dark = 0.08 * exp(-(px * px + py * py) / (2.0 * 0.16 * 0.16)) +
                        0.10 * exp(-0.5 * along * along);
    for (int c = 0; c < 3; c++)
        od[c] = base[c] + p * job->tone.g_m * job->tone.m[c] + dark;
}

/* Of a piece of skin that ends `ends` px inside of its frame on all sides. */
static void bare(struct patch *patch, int ends)
{
    for (int y = 0; y < HEIGHT; y++)
        for (int x = 0; x < WIDTH; x++)
            if (x < ends || y < ends || x >= WIDTH - ends || y >= HEIGHT - ends)
                ct_byte_row(&patch->face.skin, y)[x] = 0;
}

struct couple {
    struct patch patch[2];
    struct warp warp[2];
    struct readings readings[2];
};

static void map_by(struct warp *warp, const double by[2], struct tools *tools)
{
    ck_assert_int_eq(ct_warp_create(warp, WIDTH, HEIGHT, STEP, tools),
                     CUTIS_OK);
    for (int j = 0; j < warp->x.height; j++)
        for (int i = 0; i < warp->x.width; i++) {
            ct_row(&warp->x, j)[i] = (float)(i * STEP + by[0]);
            ct_row(&warp->y, j)[i] = (float)(j * STEP + by[1]);
            ct_row(&warp->trust, j)[i] = 1.0f;
        }
}

/* `first`: which frame comes first, 0 that at (0, 0) or 1 the moved one. */
static void start(struct couple *c, const double move[2], int first, int ends)
{
    struct view view[2];
    *c = (struct couple){0};
    for (int s = 0; s < 2; s++) {
        const int which = s ? !first : first;
        const double sign = which ? 1.0 : -1.0;
        const double by[2] = {sign * move[0], sign * move[1]};
        struct painting job = {.from = {which ? move[0] / scale : 0.0,
                                        which ? move[1] / scale : 0.0}};
        ct_tone_at(&job.tone, 30.0, false);
        patch_start(&c->patch[s], WIDTH, HEIGHT, scale);
        patch_paint(&c->patch[s], ink, &job);
        patch_noise(&c->patch[s], 0.002, (uint64_t)which + 7);
        bare(&c->patch[s], ends);
        c->patch[s].view.blur_mm = 0.03;
        map_by(&c->warp[s], by, &c->patch[s].tools);
        view[s] = c->patch[s].view;
        view[s].warp = &c->warp[s];
    }
    ck_assert_int_eq(
        ct_measure_pair(c->readings, view, true, &c->patch[0].tools), CUTIS_OK);
}

static void end(struct couple *c)
{
    for (int s = 0; s < 2; s++) {
        ct_readings_free(&c->readings[s]);
        ct_warp_free(&c->warp[s]);
    }
    for (int s = 1; s >= 0; s--)
        patch_end(&c->patch[s]);
}

/* How far inside of the other frame a place lies, px; below 0 outside. */
static double inside_by(const struct item *item, const double by[2])
{
    const double x = (double)item->x + by[0], y = (double)item->y + by[1];
    return fmin(fmin(x, WIDTH - 1.0 - x), fmin(y, HEIGHT - 1.0 - y));
}

/* Items of one photograph: none is new or gone, and those that both show well
 * are what they were, but where noise may move a small one. */
static void judge(const struct item *list, size_t count, const double by[2],
                  bool noisy)
{
    int shared = 0;
    for (size_t i = 0; i < count; i++) {
        const double in = inside_by(&list[i], by);
        const char *const fate = ct_fate_name(list[i].fate);
        ck_assert_msg(list[i].fate != CT_FATE_NEW &&
                          list[i].fate != CT_FATE_GONE,
                      "%.0f px inside: %s", in, fate);
        if (in < -20.0) /* more than half a spot */
            ck_assert_msg(list[i].fate == CT_FATE_UNKNOWN, "hidden: %s", fate);
        if (in > 40.0) {
            shared++;
            ck_assert_msg(list[i].fate == CT_FATE_PERSISTED || noisy,
                          "shared: %s", fate);
            ck_assert_int_ne(list[i].fate, CT_FATE_UNKNOWN);
        }
    }
    ck_assert_msg(shared >= 2, "%d of %zu", shared, count);
}

START_TEST(what_the_other_does_not_show_is_not_gone)
{
    const double by[2] = {-moves[_i][0], -moves[_i][1]};
    struct couple c;
    start(&c, moves[_i], 0, 0);
    ck_assert(c.readings[0].spots_paired);
    ck_assert(c.readings[0].pores_paired);
    judge(c.readings[0].spots, c.readings[0].spot_count, by, false);
    judge(c.readings[1].spots, c.readings[1].spot_count, moves[_i], false);
    judge(c.readings[0].pores, c.readings[0].pore_count, by, true);
    judge(c.readings[1].pores, c.readings[1].pore_count, moves[_i], true);
    end(&c);
}
END_TEST

static void same_rows(const struct readings *a, const struct readings *b)
{
    for (int m = 0; m < CT_METRICS; m++)
        for (int r = 0; r < CT_REGIONS; r++) {
            const double one = a->of[m][r].value, two = b->of[m][r].value;
            ck_assert_msg(one == two || (isnan(one) && isnan(two)),
                          "%s: %.17g, %.17g", ct_metric(m)->name, one, two);
        }
}

/* With all of the skin, and with skin that ends within the frames. */
START_TEST(swapping_moved_photographs_swaps_the_readings)
{
    struct couple one, two;
    start(&one, moves[_i], 0, _i % 2 ? 0 : 25);
    start(&two, moves[_i], 1, _i % 2 ? 0 : 25);
    same_rows(&one.readings[0], &two.readings[1]);
    same_rows(&one.readings[1], &two.readings[0]);
    ck_assert_uint_eq(one.readings[0].spot_count, two.readings[1].spot_count);
    ck_assert_uint_eq(one.readings[0].pore_count, two.readings[1].pore_count);
    end(&one);
    end(&two);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("beyond");
    TCase *tests = tcase_create("beyond");
    suite_add_tcase(suite, tests);
    tcase_set_timeout(tests, 120);
    tcase_add_loop_test(tests, what_the_other_does_not_show_is_not_gone, 0,
                        MOVES);
    tcase_add_loop_test(tests, swapping_moved_photographs_swaps_the_readings, 0,
                        2);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
