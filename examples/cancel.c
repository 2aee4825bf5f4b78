/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * A progress callback that stops the work: after so many seconds, on Ctrl-C, or
 * when a window is closed.  The session is good for the next photograph.
 */

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <cutis/cutis.h>

static volatile sig_atomic_t interrupted;

static void on_interrupt(int number)
{
    interrupted = number;
}

struct patience {
    double seconds;
    struct timespec start;
    int shown; /* percent */
};

/* Called again and again from the thread that called the library. */
static int on_progress(void *user, double done)
{
    struct patience *const patience = user;
    struct timespec now;
    timespec_get(&now, TIME_UTC);
    const double waited =
        (double)(now.tv_sec - patience->start.tv_sec) +
        1e-9 * (double)(now.tv_nsec - patience->start.tv_nsec);
    if ((int)(100.0 * done) != patience->shown)
        fprintf(stderr, "\r%3d %%", patience->shown = (int)(100.0 * done));
    return interrupted || waited > patience->seconds; /* not 0: stop */
}

int main(int argc, char **argv)
{
    struct patience patience = {.seconds = 0.0};
    cutis_options options = CUTIS_OPTIONS_DEFAULT;
    cutis_session *session = NULL;
    cutis_photo *before = NULL, *after = NULL;
    cutis_comparison *comparison = NULL;
    cutis_status status;

    if (argc != 4) {
        fprintf(stderr, "usage: %s BEFORE AFTER SECONDS\n", argv[0]);
        return 2;
    }
    signal(SIGINT, on_interrupt);
    patience.seconds = strtod(argv[3], NULL);
    timespec_get(&patience.start, TIME_UTC);
    options.progress = on_progress;
    options.progress_user = &patience;

    status = cutis_session_create(&options, &session);
    if (!status)
        status = cutis_photo_load(session, argv[1], NULL, &before);
    if (!status)
        status = cutis_photo_load(session, argv[2], NULL, &after);
    if (!status)
        status =
            cutis_photos_compare(session, before, after, NULL, &comparison);

    fprintf(stderr, "\r     \r");
    if (status == CUTIS_ERROR_CANCELLED)
        puts("stopped");
    else if (status)
        fprintf(stderr, "%s\n", cutis_session_error(session));
    else
        puts("done");
    cutis_comparison_destroy(&comparison);
    cutis_photo_destroy(&before);
    cutis_photo_destroy(&after);
    cutis_session_destroy(&session);
    return status && status != CUTIS_ERROR_CANCELLED;
}
