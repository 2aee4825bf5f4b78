/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Sessions share nothing: eight of them at once, each with a team of eight, say
 * what one says alone; a process that has used one thread may fork; and neither
 * a small stack nor the host's locale shows.
 */

#include <check.h>
#include <locale.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cutis/cutis.h>

enum { SIDE = 192, SESSIONS = 8, TEAM = 8, MOST = 1 << 20 };

static uint8_t noise[2][SIDE * SIDE * 3];

struct said {
    size_t size;
    char bytes[MOST];
};

static int take(void *user, const void *bytes, size_t size)
{
    struct said *const said = user;
    if (said->size + size > MOST)
        return -1;
    memcpy(said->bytes + said->size, bytes, size);
    said->size += size;
    return 0;
}

static cutis_status load(cutis_session *session, int which, cutis_photo **out)
{
    const cutis_pixels pixels = {.struct_size = sizeof(pixels),
                                 .data = noise[which],
                                 .stride = (ptrdiff_t)SIDE * 3,
                                 .width = SIDE,
                                 .height = SIDE,
                                 .format = CUTIS_PIXELS_RGB8};
    cutis_photo_options options = CUTIS_PHOTO_OPTIONS_DEFAULT;
    options.landmarks = CUTIS_LANDMARKS_NONE;
    options.px_per_mm = 8.0;
    return cutis_photo_load_pixels(session, &pixels, &options, out);
}

/* A comparison's JSON; size 0 if anything fails. */
static struct said *compare_in(cutis_session *session)
{
    cutis_photo *photo[2] = {NULL, NULL};
    cutis_comparison *pair = NULL;
    struct said *const said = malloc(sizeof(*said));
    if (!said)
        return NULL;
    said->size = 0;
    if (load(session, 0, &photo[0]) || load(session, 1, &photo[1]) ||
        cutis_photos_compare(session, photo[0], photo[1], NULL, &pair) ||
        cutis_comparison_write(session, pair, CUTIS_FORMAT_JSON, take, said))
        said->size = 0;
    cutis_comparison_destroy(&pair);
    cutis_photo_destroy(&photo[0]);
    cutis_photo_destroy(&photo[1]);
    return said;
}

/* In a session of its own. */
static struct said *compare(uint32_t threads)
{
    cutis_options options = CUTIS_OPTIONS_DEFAULT;
    cutis_session *session = NULL;
    options.threads = threads;
    if (cutis_session_create(&options, &session))
        return NULL;
    struct said *const said = compare_in(session);
    cutis_session_destroy(&session);
    return said;
}

static int differ(const struct said *a, const struct said *b)
{
    return !a || !b || !a->size || a->size != b->size ||
           memcmp(a->bytes, b->bytes, a->size) != 0;
}

static void *work(void *unused)
{
    (void)unused;
    return compare(TEAM);
}

START_TEST(sessions_at_once_say_what_one_says_alone)
{
    pthread_t thread[SESSIONS];
    struct said *const alone = compare(1);
    for (int i = 0; i < SESSIONS; i++)
        ck_assert_int_eq(pthread_create(&thread[i], NULL, work, NULL), 0);
    for (int i = 0; i < SESSIONS; i++) {
        void *said;
        ck_assert_int_eq(pthread_join(thread[i], &said), 0);
        ck_assert(!differ(alone, said));
        free(said);
    }
    free(alone);
}
END_TEST

START_TEST(a_process_with_one_thread_may_fork)
{
    struct said *const before = compare(1);
    const pid_t child = fork();
    ck_assert_int_ge(child, 0);
    if (!child) {
        struct said *const said = compare(1);
        _exit(differ(before, said));
    }
    int status = -1;
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    struct said *const after = compare(1);
    ck_assert(!differ(before, after));
    free(before);
    free(after);
}
END_TEST

/* A session of the parent's goes on in the child, and in the parent. */
START_TEST(a_session_made_before_a_fork_is_good_after_it)
{
    cutis_session *session = NULL;
    struct said *const alone = compare(1);
    ck_assert_int_eq(cutis_session_create(NULL, &session), CUTIS_OK);
    struct said *const before = compare_in(session);
    const pid_t child = fork();
    ck_assert_int_ge(child, 0);
    struct said *const after = compare_in(session);
    cutis_session_destroy(&session);
    const int wrong = differ(alone, before) || differ(alone, after);
    if (!child)
        _exit(wrong);
    int status = -1;
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    ck_assert(!wrong);
    free(alone);
    free(before);
    free(after);
}
END_TEST

static void *work_alone(void *unused)
{
    (void)unused;
    return compare(1);
}

/* A thread of the caller's may be as small as docs/api.md says; a sanitizer
 * makes every frame larger. */
#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifdef SANITIZED
enum { STACK = 2 << 20 };
#else
enum { STACK = 128 << 10 };
#endif

START_TEST(a_stack_of_128_kb_is_enough)
{
    pthread_attr_t with;
    pthread_t thread;
    void *said;
    struct said *const alone = compare(1);

    ck_assert_int_eq(pthread_attr_init(&with), 0);
    ck_assert_int_eq(pthread_attr_setstacksize(&with, STACK), 0);
    ck_assert_int_eq(pthread_create(&thread, &with, work_alone, NULL), 0);
    ck_assert_int_eq(pthread_join(thread, &said), 0);
    ck_assert(!differ(alone, said));
    pthread_attr_destroy(&with);
    free(said);
    free(alone);
}
END_TEST

/* A host that writes a comma in its numbers gets the same bytes. */
START_TEST(a_locale_of_the_host_does_not_show)
{
    const char *const name = getenv("CUTIS_TEST_LOCALE");
    struct said *const before = compare(1);

    if (!setlocale(LC_ALL, name ? name : "de_DE.UTF-8"))
        puts("SKIPPED: a locale of the host: there is no German one here");
    else
        ck_assert_str_eq(localeconv()->decimal_point, ",");
    struct said *const after = compare(1);
    setlocale(LC_ALL, "C");
    ck_assert(!differ(before, after));
    free(before);
    free(after);
}
END_TEST

static void draw(void)
{
    uint32_t state = 2463534242u;
    for (int i = 0; i < 2 * SIDE * SIDE; i++) {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        for (uint32_t c = 0; c < 3; c++)
            noise[i / (SIDE * SIDE)][3 * (i % (SIDE * SIDE)) + (int)c] =
                (uint8_t)((c ? 130u - 15u * c : 190u) +
                          (state >> (8 * c)) % 23u);
    }
}

int main(void)
{
    Suite *suite = suite_create("threads");
    TCase *tests = tcase_create("threads");
    tcase_add_checked_fixture(tests, draw, NULL);
    tcase_add_test(tests, sessions_at_once_say_what_one_says_alone);
    tcase_add_test(tests, a_process_with_one_thread_may_fork);
    tcase_add_test(tests, a_session_made_before_a_fork_is_good_after_it);
    tcase_add_test(tests, a_stack_of_128_kb_is_enough);
    tcase_add_test(tests, a_locale_of_the_host_does_not_show);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
