/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * A call is stopped wherever it can be: it then says CANCELLED, leaves its
 * output alone and no memory behind, and asks no more.
 */

#include <check.h>
#include <pthread.h>
#include <stdlib.h>

#include <cutis/cutis.h>

#include "config.h"
#include "drawn.h"

enum { SIDE = 384, PLACES = 11 };

static uint8_t noise[SIDE * SIDE * 3], head[SIDE * SIDE * 3];

static int blocks; /* of memory that are out */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void count(int by)
{
    pthread_mutex_lock(&lock);
    blocks += by;
    pthread_mutex_unlock(&lock);
}

static void *take(void *user, size_t size)
{
    (void)user;
    count(1);
    return malloc(size);
}

static void give(void *user, void *block)
{
    (void)user;
    count(-1);
    free(block);
}

/* ---- What is watched ----------------------------------------------------- */

static long calls, stop_at; /* in this call; 0 = never */
static double told;
static pthread_t caller;

static int on_progress(void *user, double done)
{
    (void)user;
    calls++;
    ck_assert(pthread_equal(pthread_self(), caller));
    ck_assert_double_ge(done, told);
    ck_assert_double_le(done, 1.0);
    ck_assert_msg(!stop_at || calls <= stop_at, "asked again after a stop");
    told = done;
    return calls == stop_at;
}

static void watch(long at)
{
    calls = 0;
    stop_at = at;
    told = 0.0;
}

static cutis_session *session_of(uint32_t threads)
{
    cutis_session *session = NULL;
    cutis_options options = CUTIS_OPTIONS_DEFAULT;
    options.threads = threads;
    options.allocator = (cutis_allocator){take, give, NULL};
    options.progress = on_progress;
    caller = pthread_self();
    watch(0);
    ck_assert_int_eq(cutis_session_create(&options, &session), CUTIS_OK);
    return session;
}

static int drop(void *user, const void *bytes, size_t size)
{
    (void)bytes;
    *(size_t *)user += size;
    return 0;
}

static int drop_file(void *user, const char *name, const void *bytes,
                     size_t size)
{
    (void)name;
    return drop(user, bytes, size);
}

/* ---- The calls ----------------------------------------------------------- */

/* What one call needs, and where its result goes. */
struct scene {
    cutis_session *session;
    cutis_photo *photo[2];
    cutis_comparison *comparison;
    void *made;
    size_t bytes;
};

static cutis_status load(struct scene *scene, const uint8_t *rgb,
                         cutis_photo **out)
{
    const cutis_pixels pixels = {.struct_size = sizeof(pixels),
                                 .data = rgb,
                                 .stride = (ptrdiff_t)SIDE * 3,
                                 .width = SIDE,
                                 .height = SIDE,
                                 .format = CUTIS_PIXELS_RGB8};
    cutis_photo_options options = CUTIS_PHOTO_OPTIONS_DEFAULT;
    if (rgb == noise) {
        options.landmarks = CUTIS_LANDMARKS_NONE;
        options.px_per_mm = 8.0;
    }
    return cutis_photo_load_pixels(scene->session, &pixels, &options, out);
}

static cutis_status load_noise(struct scene *scene)
{
    return load(scene, noise, (cutis_photo **)&scene->made);
}

static cutis_status load_head(struct scene *scene)
{
    return load(scene, head, (cutis_photo **)&scene->made);
}

static void drop_photo(struct scene *scene)
{
    cutis_photo_destroy((cutis_photo **)&scene->made);
}

static cutis_status measure(struct scene *scene)
{
    return cutis_photo_measure(scene->session, scene->photo[0],
                               (cutis_reading **)&scene->made);
}

static void drop_reading(struct scene *scene)
{
    cutis_reading_destroy((cutis_reading **)&scene->made);
}

static cutis_status check(struct scene *scene)
{
    return cutis_photos_check(scene->session, scene->photo[0], scene->photo[1],
                              NULL, (cutis_suitability **)&scene->made);
}

static void drop_suitability(struct scene *scene)
{
    cutis_suitability_destroy((cutis_suitability **)&scene->made);
}

static cutis_status compare(struct scene *scene)
{
    return cutis_photos_compare(scene->session, scene->photo[0],
                                scene->photo[1], NULL,
                                (cutis_comparison **)&scene->made);
}

static void drop_comparison(struct scene *scene)
{
    cutis_comparison_destroy((cutis_comparison **)&scene->made);
}

static cutis_status write_json(struct scene *scene)
{
    return cutis_comparison_write(scene->session, scene->comparison,
                                  CUTIS_FORMAT_JSON, drop, &scene->bytes);
}

static cutis_status write_page(struct scene *scene)
{
    return cutis_comparison_write(scene->session, scene->comparison,
                                  CUTIS_FORMAT_HTML, drop, &scene->bytes);
}

static cutis_status write_maps(struct scene *scene)
{
    return cutis_comparison_write_maps(scene->session, scene->comparison,
                                       drop_file, &scene->bytes);
}

static void drop_nothing(struct scene *scene)
{
    scene->bytes = 0;
}

static const struct {
    const char *name;
    cutis_status (*call)(struct scene *scene);
    void (*drop)(struct scene *scene);
    long fewest; /* questions */
} all[] = {
    {"load", load_noise, drop_photo, 5},
    {"load, a face", load_head, drop_photo, HAVE_MODELS ? 20 : 0},
    {"measure", measure, drop_reading, 40},
    {"check", check, drop_suitability, 3},
    {"compare", compare, drop_comparison, 100},
    {"JSON", write_json, drop_nothing, 1},
    {"page", write_page, drop_nothing, 10},
    {"maps", write_maps, drop_nothing, 10},
};

enum { CALLS = sizeof(all) / sizeof(*all) };

/* ---- Stopping ------------------------------------------------------------ */

static void open_scene(struct scene *scene, uint32_t threads)
{
    *scene = (struct scene){.session = session_of(threads)};
    for (int i = 0; i < 2; i++) {
        watch(0);
        ck_assert_int_eq(load(scene, noise, &scene->photo[i]), CUTIS_OK);
    }
    watch(0);
    ck_assert_int_eq(cutis_photos_compare(scene->session, scene->photo[0],
                                          scene->photo[1], NULL,
                                          &scene->comparison),
                     CUTIS_OK);
}

static void close_scene(struct scene *scene)
{
    cutis_comparison_destroy(&scene->comparison);
    for (int i = 0; i < 2; i++)
        cutis_photo_destroy(&scene->photo[i]);
    cutis_session_destroy(&scene->session);
    ck_assert_int_eq(blocks, 0);
}

/* Stops one call at many places; the others of its questions are alike. */
static void stop_everywhere(struct scene *scene, int which)
{
    watch(0);
    const cutis_status whole = all[which].call(scene);
    const long questions = calls;
    ck_assert(whole == CUTIS_OK || whole == CUTIS_ERROR_NO_FACE);
    if (whole == CUTIS_OK)
        ck_assert_msg(questions >= all[which].fewest, "%s: %ld questions",
                      all[which].name, questions);
    all[which].drop(scene);

    const int out = blocks;
    for (int place = 0; place < PLACES; place++) {
        watch(1 + (questions - 1) * place / (PLACES - 1));
        ck_assert_msg(all[which].call(scene) == CUTIS_ERROR_CANCELLED,
                      "%s is not stopped by question %ld of %ld",
                      all[which].name, stop_at, questions);
        ck_assert_int_eq(calls, stop_at);
        ck_assert_ptr_null(scene->made);
        ck_assert_str_eq(cutis_session_error(scene->session),
                         "stopped as asked");
        ck_assert_msg(blocks == out, "%s lost %d blocks at question %ld",
                      all[which].name, blocks - out, stop_at);
        all[which].drop(scene);
    }

    watch(0);
    ck_assert_int_eq(all[which].call(scene), whole);
    all[which].drop(scene);
    ck_assert_int_eq(blocks, out);
}

START_TEST(every_call_can_be_stopped_and_begun_again)
{
    struct scene scene;
    open_scene(&scene, 1);
    stop_everywhere(&scene, _i);
    close_scene(&scene);
}
END_TEST

/* Which question a team is stopped at depends on how it shares the work. */
START_TEST(teams_of_threads_are_stopped_too)
{
    struct scene scene;
    open_scene(&scene, 4);
    const int out = blocks;
    for (long at = 1; at < 400; at += 57) {
        watch(at);
        const cutis_status status = compare(&scene);
        ck_assert(status == CUTIS_ERROR_CANCELLED ||
                  (status == CUTIS_OK && calls < at));
        drop_comparison(&scene);
        ck_assert_int_eq(blocks, out);
    }
    close_scene(&scene);
}
END_TEST

static void draw(void)
{
    uint32_t state = 2463534242u;
    draw_face(head, SIDE);
    for (int i = 0; i < SIDE * SIDE; i++) {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        for (int c = 0; c < 3; c++)
            noise[3 * i + c] = (uint8_t)((c ? 130u - 15u * (uint32_t)c : 190u) +
                                         (state >> (8 * c)) % 23u);
    }
}

int main(void)
{
    Suite *suite = suite_create("cancel");
    TCase *tests = tcase_create("cancel");
    tcase_add_checked_fixture(tests, draw, NULL);
    tcase_add_loop_test(tests, every_call_can_be_stopped_and_begun_again, 0,
                        CALLS);
    tcase_add_test(tests, teams_of_threads_are_stopped_too);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
