/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Every allocation of every call fails once, alone (the others are served) and
 * for good (so do all after it): the call then says MEMORY, leaves its output
 * alone and nothing behind, and the session does the same again as if nothing
 * had been.  With CUTIS_TEST_ALL in the environment each allocation is failed
 * (on large pictures every eleventh); without, a few of each call.
 */

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "allocation_scene.h"

/* The first ones always: each has a caller of its own. */
enum { FIRST = 8, FEW = 5, STRIDE = 11 };

/* ---- Failing them -------------------------------------------------------- */

static void open_scene(struct scene *scene, uint32_t threads)
{
    *scene = (struct scene){.session = NULL};
    arm(NEVER, false);
    ck_assert_int_eq(create(&scene->session, threads), CUTIS_OK);
    for (int i = 0; i < 4; i++)
        ck_assert_int_eq(load(scene->session, i % 2, &scene->photo[i]),
                         CUTIS_OK);
    ck_assert_int_eq(compare(scene), CUTIS_OK);
    scene->comparison = scene->made;
    ck_assert_int_eq(measure(scene), CUTIS_OK);
    scene->reading = scene->made;
    ck_assert_int_eq(check(scene), CUTIS_OK);
    scene->suitability = scene->made;
    ck_assert_int_eq(run_series(scene), CUTIS_OK);
    scene->series = scene->made;
    ck_assert_int_eq(calibrate(scene), CUTIS_OK);
    scene->calibration = scene->made;
    scene->made = NULL;
}

static void close_scene(struct scene *scene)
{
    cutis_calibration_destroy(&scene->calibration);
    cutis_series_destroy(&scene->series);
    cutis_suitability_destroy(&scene->suitability);
    cutis_reading_destroy(&scene->reading);
    cutis_comparison_destroy(&scene->comparison);
    for (int i = 0; i < 4; i++)
        cutis_photo_destroy(&scene->photo[i]);
    cutis_session_destroy(&scene->session);
    ck_assert_int_eq(blocks, 0);
}

/* One call without a fault: its allocations, and a sum of what it says. */
static long run_whole(struct scene *scene, int which, cutis_status *status,
                      uint64_t *sum)
{
    scene->sum = 14695981039346656037u;
    arm(NEVER, false);
    *status = all[which].call(scene);
    const long count = asked;
    if (all[which].drop == drop_comparison && *status == CUTIS_OK)
        cutis_comparison_write(scene->session, scene->made, CUTIS_FORMAT_JSON,
                               sum_up, &scene->sum);
    *sum = scene->sum;
    all[which].drop(scene);
    return count;
}

static void fail_one(struct scene *scene, int which, long at, bool good)
{
    const int out = blocks;
    scene->sum = 0;
    arm(at, good);
    const cutis_status status = all[which].call(scene);
    ck_assert_msg(refused, "%s: no allocation %ld", all[which].name, at);
    arm(NEVER, false);
    ck_assert_msg(status == CUTIS_ERROR_MEMORY, "%s: %s, not memory, at %ld%s",
                  all[which].name, cutis_status_name(status), at,
                  good ? " and after" : "");
    ck_assert_ptr_null(scene->made);
    if (which > 0)
        ck_assert_str_ne(cutis_session_error(scene->session), "");
    ck_assert_msg(blocks == out, "%s lost %d blocks at %ld%s", all[which].name,
                  blocks - out, at, good ? " and after" : "");
}

/* From one allocation that is failed to the next. */
static long step_of(long count)
{
    const long few = 1 + (count - 1) / FEW;
    if (!getenv("CUTIS_TEST_ALL"))
        return few;
    return side == SMALL ? 1 : few < STRIDE ? few : STRIDE;
}

static void fail_each(struct scene *scene, int which)
{
    cutis_status whole, again;
    uint64_t sum, same;
    const long count = run_whole(scene, which, &whole, &sum);
    const long step = step_of(count);
    int points = 0;

    ck_assert(whole == CUTIS_OK || whole == CUTIS_ERROR_NO_FACE);
    ck_assert_int_ge(count, all[which].fewest);
    for (long at = 0; at < count; at += at < FIRST ? 1 : step, points++) {
        fail_one(scene, which, at, false);
        fail_one(scene, which, at, true);
    }
    ck_assert_int_eq(run_whole(scene, which, &again, &same), count);
    ck_assert_int_eq(again, whole);
    ck_assert(same == sum);
    printf("%s, %d px: %d of %ld allocations, each alone and with all after "
           "it: %d memory, nothing lost\n",
           all[which].name, side, points, count, 2 * points);
}

START_TEST(a_call_that_gets_no_memory_says_so_and_leaves_nothing)
{
    struct scene scene;
    open_scene(&scene, 1);
    fail_each(&scene, _i);
    close_scene(&scene);
}
END_TEST

/* More of the scales and metrics are in reach. */
START_TEST(a_call_on_large_pictures_says_so_too)
{
    struct scene scene;
    side = LARGE;
    open_scene(&scene, 1);
    fail_each(&scene, large[_i]);
    close_scene(&scene);
}
END_TEST

/* Which allocation a team fails at depends on how it shares the work. */
START_TEST(teams_of_threads_get_no_memory_too)
{
    struct scene scene;
    cutis_status status;
    uint64_t sum;
    int failed = 0;

    open_scene(&scene, 4);
    const int which = teams[_i];
    const long count = run_whole(&scene, which, &status, &sum);
    const int out = blocks;
    ck_assert_int_eq(status, CUTIS_OK);
    for (long at = 0; at < count; at += step_of(count), failed++) {
        arm(at, at % 2 != 0);
        status = all[which].call(&scene);
        const bool was_refused = refused;
        arm(NEVER, false);
        ck_assert_int_eq(status, was_refused ? CUTIS_ERROR_MEMORY : CUTIS_OK);
        all[which].drop(&scene);
        ck_assert_int_eq(blocks, out);
    }
    close_scene(&scene);
    printf("%s, four threads: %d of %ld allocations\n", all[which].name, failed,
           count);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("allocations");
    TCase *tests = tcase_create("allocations");
    tcase_add_checked_fixture(tests, draw, wipe);
    tcase_add_loop_test(
        tests, a_call_that_gets_no_memory_says_so_and_leaves_nothing, 0, CALLS);
    tcase_add_loop_test(tests, a_call_on_large_pictures_says_so_too, 0, 4);
    tcase_add_loop_test(tests, teams_of_threads_get_no_memory_too, 0, 4);
    tcase_set_timeout(tests, 7200.0);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
