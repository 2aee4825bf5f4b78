/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * A series whose photographs are loaded when they are needed, beside one that
 * is handed them: loads that fail, cancelling, and every allocation failing
 * once.
 */

#include "series_scene.h"

static void start_again(void)
{
    cutis_series_destroy(&series);
    ck_assert_int_eq(cutis_series_create(session, NULL, &series), CUTIS_OK);
    memset(studio, 0, sizeof(studio));
}

START_TEST(photographs_on_demand_give_the_same_series)
{
    char *text[2];
    for (int k = 0; k < 2; k++) {
        start_again();
        for (int i = 0; i < PHOTOS; i++)
            ck_assert_int_eq(k ? add_on_demand(i) : add(i), CUTIS_OK);
        ck_assert_int_eq(cutis_series_run(session, series), CUTIS_OK);
        text[k] = written(CUTIS_FORMAT_HTML);
        free(written(CUTIS_FORMAT_JSON));
    }
    ck_assert_str_eq(text[0], text[1]);
    for (int i = 0; i < PHOTOS; i++)
        ck_assert_int_eq(studio[i].loads, i < 2 ? 1 : 2);
    for (int k = 0; k < 2; k++)
        free(text[k]);
}
END_TEST

START_TEST(a_load_that_fails_ends_the_run)
{
    for (int i = 0; i < PHOTOS; i++) {
        start_again();
        for (int k = 0; k < PHOTOS; k++)
            ck_assert_int_eq(add_on_demand(k), CUTIS_OK);
        studio[i].fail_with = CUTIS_ERROR_NO_FACE;
        ck_assert_int_eq(cutis_series_run(session, series),
                         CUTIS_ERROR_NO_FACE);
        ck_assert_ptr_null(cutis_series_visit_at(series, 0));
        studio[i].fail_with = CUTIS_OK;
        ck_assert_int_eq(cutis_series_run(session, series),
                         CUTIS_ERROR_ARGUMENT);
        ck_assert_int_eq(add_on_demand(0), CUTIS_ERROR_ARGUMENT);
    }
}
END_TEST

START_TEST(a_load_that_gives_none_or_another_ends_the_run)
{
    for (int i = 0; i < 2; i++) {
        start_again();
        for (int k = 0; k < PHOTOS; k++)
            ck_assert_int_eq(add_on_demand(k), CUTIS_OK);
        studio[2].gives_nothing = i == 0;
        studio[2].change_at = 2;
        ck_assert_int_eq(cutis_series_run(session, series),
                         CUTIS_ERROR_ARGUMENT);
        ck_assert_ptr_nonnull(
            strstr(cutis_session_error(session),
                   i ? "another photograph" : "no photograph"));
    }
}
END_TEST

/* ---- What goes wrong ----------------------------------------------------- */

struct watch {
    double last;
    int calls, stop_at; /* -1: never */
    bool running;
};

static int on_progress(void *user, double done)
{
    struct watch *const watch = user;
    if (!watch->running)
        return 0;
    ck_assert_double_ge(done, watch->last);
    ck_assert_double_le(done, 1.0);
    watch->last = done;
    return watch->calls++ == watch->stop_at;
}

/* Everything with sessions and photographs of its own. */
static cutis_status whole_run(const cutis_options *options, bool on_demand)
{
    cutis_session *own = NULL;
    cutis_photo *taken[3] = {NULL, NULL, NULL};
    cutis_series *made = NULL;
    char *text = NULL;

    cutis_status status = cutis_session_create(options, &own);
    memset(studio, 0, sizeof(studio));
    for (int i = 0; i < 3 && !status && !on_demand; i++)
        status = draw(own, i, &taken[i]);
    if (!status)
        status = cutis_series_create(own, NULL, &made);
    for (int i = 0; i < 3 && !status; i++) {
        const cutis_photo *const capture[] = {taken[i]};
        const cutis_visit visit =
            on_demand ? visit_on_demand(i) : visit_of(i, capture);
        status = cutis_series_add(own, made, &visit);
    }
    struct watch *const watch = options->progress_user;
    if (watch)
        *watch = (struct watch){.stop_at = watch->stop_at, .running = true};
    if (!status)
        status = cutis_series_run(own, made);
    if (watch)
        watch->running = false;
    for (int f = CUTIS_FORMAT_TEXT; f <= CUTIS_FORMAT_HTML && !status; f++)
        status = cutis_series_write(own, made, (cutis_format)f, keep, &text);
    free(text);
    cutis_series_destroy(&made);
    for (int i = 0; i < 3; i++)
        cutis_photo_destroy(&taken[i]);
    cutis_session_destroy(&own);
    return status;
}

struct ration {
    int left, out;
};

static void *allocate(void *user, size_t size)
{
    struct ration *const ration = user;
    if (ration->left-- <= 0)
        return NULL;
    ration->out++;
    return malloc(size);
}

static void release(void *user, void *block)
{
    struct ration *const ration = user;
    ration->out--;
    free(block);
}

START_TEST(every_allocation_may_fail)
{
    struct ration ration = {0, 0};
    cutis_options options = CUTIS_OPTIONS_DEFAULT;
    options.allocator = (cutis_allocator){allocate, release, &ration};
    int step = 1;

    for (int failures = 0;; failures += step) {
        ration.left = failures;
        const cutis_status status = whole_run(&options, _i);
        ck_assert_int_eq(ration.out, 0);
        if (status == CUTIS_OK) {
            ck_assert_int_gt(failures, 500);
            break;
        }
        ck_assert_int_eq(status, CUTIS_ERROR_MEMORY);
        /* All of them would take minutes: every prime step meets each kind. */
        step = failures < 40 ? 1 : 37;
    }
}
END_TEST

/* Of the run alone: loading counts for itself. */
START_TEST(progress_rises_and_stops_the_work)
{
    struct watch watch = {.stop_at = -1};
    cutis_options options = CUTIS_OPTIONS_DEFAULT;
    options.progress = on_progress;
    options.progress_user = &watch;

    ck_assert_int_eq(whole_run(&options, _i), CUTIS_OK);
    const int calls = watch.calls;
    ck_assert_int_gt(calls, 5);
    ck_assert_double_gt(watch.last, 0.99);
    for (int i = 0; i < calls; i += 1 + calls / 8) {
        watch.stop_at = i;
        ck_assert_int_eq(whole_run(&options, _i), CUTIS_ERROR_CANCELLED);
    }
}
END_TEST

int main(void)
{
    Suite *const suite = suite_create("demand");
    TCase *const tests = tcase_create("demand");
    TCase *const faults = tcase_create("faults");

    tcase_add_checked_fixture(tests, set_up, tear_down);
    suite_add_tcase(suite, tests);
    suite_add_tcase(suite, faults);
    tcase_add_test(tests, photographs_on_demand_give_the_same_series);
    tcase_add_test(tests, a_load_that_fails_ends_the_run);
    tcase_add_test(tests, a_load_that_gives_none_or_another_ends_the_run);
    tcase_add_loop_test(faults, every_allocation_may_fail, 0, 2);
    tcase_add_loop_test(faults, progress_rises_and_stops_the_work, 0, 2);

    SRunner *const runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
