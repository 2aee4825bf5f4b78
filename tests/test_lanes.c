/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Two at a time: every item once, words and failures as if one by one, stopped
 * by the caller wherever it waits; and photographs loaded that way.
 */

#include <check.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "pictures.h"
#include "util/lanes.h"

enum { ITEMS = 40 };

struct book {
    atomic_int seen[ITEMS];
    atomic_int at_once, most_at_once;
    bool fails[ITEMS];
    void *block[ITEMS];
    int threads[ITEMS];
};

static void rest(void)
{
    nanosleep(&(struct timespec){0, 2000000}, NULL);
}

static cutis_status work_on(void *context, int item, struct tools *tools)
{
    struct book *const book = context;
    const int now = atomic_fetch_add(&book->at_once, 1) + 1;
    if (now > atomic_load(&book->most_at_once))
        atomic_store(&book->most_at_once, now);
    atomic_fetch_add(&book->seen[item], 1);
    book->threads[item] = tools->threads;
    book->block[item] = ct_alloc(&tools->memory, 1000, 1);
    ct_tell(tools, "item %d", item);
    rest();
    atomic_fetch_sub(&book->at_once, 1);
    if (book->fails[item])
        return ct_fail(tools, CUTIS_ERROR_DAMAGED, "item %d is bad", item);
    return CUTIS_OK;
}

static int heard;

static void hear(void *user, const char *sentence)
{
    char expected[32];
    (void)user;
    snprintf(expected, sizeof(expected), "item %d", heard++);
    ck_assert_str_eq(sentence, expected);
}

static void forget(struct book *book)
{
    for (int i = 0; i < ITEMS; i++)
        ct_free(book->block[i]);
}

START_TEST(every_item_is_worked_on_once_in_books_kept_together)
{
    for (int threads = 1; threads <= 5; threads++) {
        struct tools tools = {.threads = threads, .log = hear};
        struct book book = {0};
        ct_tools_begin(&tools);
        heard = 0;
        ck_assert_int_eq(ct_side_by_side(&tools, ITEMS, work_on, &book, NULL),
                         CUTIS_OK);
        for (int i = 0; i < ITEMS; i++) {
            ck_assert_int_eq(atomic_load(&book.seen[i]), 1);
            ck_assert_int_eq(book.threads[i], threads > 1 ? threads / 2 : 1);
        }
        ck_assert_int_eq(heard, ITEMS);
        ck_assert_int_le(atomic_load(&book.most_at_once), threads > 1 ? 2 : 1);
        ck_assert_uint_ge(atomic_load(&tools.memory.used), 1000 * ITEMS);
        forget(&book);
        ck_assert_uint_eq(atomic_load(&tools.memory.used), 0);
    }
}
END_TEST

START_TEST(the_first_failure_in_order_is_the_one_that_is_told)
{
    for (int threads = 1; threads <= 2; threads++) {
        struct tools tools = {.threads = threads};
        struct book book = {.fails = {[6] = true, [7] = true, [30] = true}};
        int failed = -1;
        ct_tools_begin(&tools);
        ck_assert_int_eq(
            ct_side_by_side(&tools, ITEMS, work_on, &book, &failed),
            CUTIS_ERROR_DAMAGED);
        ck_assert_int_eq(failed, 6);
        ck_assert_str_eq(tools.sentence, "item 6 is bad");
        ck_assert_int_eq(atomic_load(&book.seen[20]), 0);
        forget(&book);
    }
}
END_TEST

START_TEST(a_limit_of_memory_holds_for_both)
{
    struct tools tools = {.threads = 2, .memory = {.limit = 60000}};
    struct book book = {0};
    ct_tools_begin(&tools);
    /* The call's own books take some of it. */
    const cutis_status status =
        ct_side_by_side(&tools, ITEMS, work_on, &book, NULL);
    ck_assert(status == CUTIS_OK || status == CUTIS_ERROR_MEMORY);
    ck_assert_uint_le(atomic_load(&tools.memory.peak), 60000);
    forget(&book);
    ck_assert_uint_eq(atomic_load(&tools.memory.used), 0);
}
END_TEST

/* ---- Stopping ------------------------------------------------------------ */

static pthread_t caller;
static double told;
static long calls, stop_at;

static int on_progress(void *user, double done)
{
    (void)user;
    ck_assert(pthread_equal(pthread_self(), caller));
    ck_assert_double_ge(done, told);
    ck_assert_double_le(done, 1.0);
    ck_assert_msg(!stop_at || calls < stop_at, "asked again after a stop");
    told = done;
    return ++calls == stop_at;
}

/* Long for all but the first, so that the caller waits. */
static cutis_status go_on(void *context, int item, struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    (void)context;
    for (int i = 0; status == CUTIS_OK && i < (item ? 100 : 3); i++) {
        status = ct_progress(tools, i / 100.0);
        rest();
    }
    return status;
}

START_TEST(the_caller_is_told_and_may_stop_both)
{
    const long stops[] = {0, 1, 3, 6, 9};
    caller = pthread_self();
    for (size_t i = 0; i < sizeof(stops) / sizeof(*stops); i++) {
        struct tools tools = {.threads = 2, .progress = on_progress};
        ct_tools_begin(&tools);
        told = 0;
        calls = 0;
        stop_at = stops[i];
        ck_assert_int_eq(ct_side_by_side(&tools, 2, go_on, NULL, NULL),
                         stop_at ? CUTIS_ERROR_CANCELLED : CUTIS_OK);
        ck_assert_int_ge(calls, stop_at);
    }
}
END_TEST

/* ---- Photographs --------------------------------------------------------- */

static void put_file(char path[], struct blob blob)
{
    const int file = mkstemp(path);
    ck_assert_int_ge(file, 0);
    ck_assert_int_eq(write(file, blob.at, blob.size), (ssize_t)blob.size);
    close(file);
    blob_free(&blob);
}

START_TEST(photographs_loaded_together_are_those_loaded_alone)
{
    char good[] = "/tmp/cutis-lanes-XXXXXX", bad[] = "/tmp/cutis-lanes-XXXXXX";
    uint8_t *const pixels = make_scene(96, 64, 3);
    struct blob cut = make_jpeg(pixels, 96, 64, 3, 90, 0);
    cut.size /= 2;
    put_file(good, make_jpeg(pixels, 96, 64, 3, 90, 0));
    put_file(bad, cut);
    free(pixels);

    for (uint32_t threads = 1; threads <= 2; threads++) {
        const char *const all[] = {good, good, good};
        const char *const some[] = {good, bad, "/nowhere/at/all"};
        cutis_options options = CUTIS_OPTIONS_DEFAULT;
        cutis_photo_options skin = CUTIS_PHOTO_OPTIONS_DEFAULT;
        const cutis_photo_options *const each[] = {&skin, &skin, &skin};
        cutis_session *session = NULL;
        cutis_photo *photo[3];
        size_t failed = 9;
        skin.landmarks = CUTIS_LANDMARKS_NONE;
        skin.px_per_mm = 4.0;
        options.threads = threads;
        ck_assert_int_eq(cutis_session_create(&options, &session), CUTIS_OK);
        ck_assert_int_eq(
            cutis_photos_load(session, all, each, 3, photo, &failed), CUTIS_OK);
        ck_assert_uint_eq(failed, 3);
        for (int i = 1; i < 3; i++)
            ck_assert_str_eq(cutis_photo_info_get(photo[0])->sha256,
                             cutis_photo_info_get(photo[i])->sha256);
        for (int i = 0; i < 3; i++)
            cutis_photo_destroy(&photo[i]);

        ck_assert_int_eq(
            cutis_photos_load(session, some, each, 3, photo, &failed),
            CUTIS_ERROR_DAMAGED);
        ck_assert_uint_eq(failed, 1);
        ck_assert_ptr_nonnull(strstr(cutis_session_error(session), "damaged"));
        for (int i = 0; i < 3; i++)
            ck_assert_ptr_null(photo[i]);
        ck_assert_int_eq(cutis_photos_load(session, all, each, 0, photo, NULL),
                         CUTIS_ERROR_ARGUMENT);
        ck_assert_int_eq(cutis_photos_load(NULL, all, each, 1, photo, NULL),
                         CUTIS_ERROR_ARGUMENT);
        cutis_session_destroy(&session);
    }
    unlink(good);
    unlink(bad);
}
END_TEST

int main(void)
{
    Suite *const suite = suite_create("lanes");
    TCase *const tests = tcase_create("lanes");
    tcase_add_test(tests, every_item_is_worked_on_once_in_books_kept_together);
    tcase_add_test(tests, the_first_failure_in_order_is_the_one_that_is_told);
    tcase_add_test(tests, a_limit_of_memory_holds_for_both);
    tcase_add_test(tests, the_caller_is_told_and_may_stop_both);
    tcase_add_test(tests, photographs_loaded_together_are_those_loaded_alone);
    suite_add_tcase(suite, tests);

    SRunner *const runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
