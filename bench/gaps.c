/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * How long work goes on before it asks whether it shall: the longest time of
 * one processor between two calls of the progress function, call by call.
 *
 *     ninja -C build bench/bench_gaps && build/bench/bench_gaps BEFORE AFTER
 */

#include <stdio.h>
#include <time.h>

#include <cutis/cutis.h>

struct watch {
    double begun, last, longest;
    long calls;
};

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void look(struct watch *watch)
{
    const double time = now();
    if (time - watch->last > watch->longest)
        watch->longest = time - watch->last;
    watch->last = time;
}

static int on_progress(void *user, double done)
{
    struct watch *const watch = user;
    (void)done;
    look(watch);
    watch->calls++;
    return 0;
}

static void start(struct watch *watch)
{
    const double time = now();
    *watch = (struct watch){.begun = time, .last = time};
}

static void stop(struct watch *watch, const char *what, cutis_status status)
{
    look(watch);
    printf("%-10s %6.2f s %6ld calls, at most %3.0f ms apart%s%s\n", what,
           watch->last - watch->begun, watch->calls, 1e3 * watch->longest,
           status ? ", " : "", status ? cutis_status_name(status) : "");
}

static int drop(void *user, const void *bytes, size_t size)
{
    (void)user;
    (void)bytes;
    (void)size;
    return 0;
}

static int drop_file(void *user, const char *name, const void *bytes,
                     size_t size)
{
    (void)name;
    return drop(user, bytes, size);
}

int main(int argc, char **argv)
{
    struct watch watch = {.calls = 0};
    cutis_options options = CUTIS_OPTIONS_DEFAULT;
    cutis_session *session = NULL;
    cutis_photo *photo[2] = {NULL, NULL};
    cutis_suitability *suitability = NULL;
    cutis_comparison *pair = NULL;
    options.progress = on_progress;
    options.progress_user = &watch;
    if (argc != 3 || cutis_session_create(&options, &session))
        return 2;
    for (int i = 0; i < 2; i++) {
        start(&watch);
        stop(&watch, "load",
             cutis_photo_load(session, argv[1 + i], NULL, &photo[i]));
    }
    start(&watch);
    stop(&watch, "check",
         cutis_photos_check(session, photo[0], photo[1], NULL, &suitability));
    start(&watch);
    stop(&watch, "compare",
         cutis_photos_compare(session, photo[0], photo[1], NULL, &pair));
    start(&watch);
    stop(&watch, "page",
         cutis_comparison_write(session, pair, CUTIS_FORMAT_HTML, drop, NULL));
    start(&watch);
    stop(&watch, "maps",
         cutis_comparison_write_maps(session, pair, drop_file, NULL));

    cutis_comparison_destroy(&pair);
    cutis_suitability_destroy(&suitability);
    for (int i = 0; i < 2; i++)
        cutis_photo_destroy(&photo[i]);
    cutis_session_destroy(&session);
    return 0;
}
