/* SPDX-License-Identifier: BSD-2-Clause */

#include "command.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "capture.h"
#include "inputs.h"

/* ---- Signals ------------------------------------------------------------- */

static volatile sig_atomic_t stopped;

static void on_signal(int number)
{
    stopped = number;
}

int stop_signal(void)
{
    return stopped;
}

/* Unless whoever started us wants the signal ignored. */
static void heed(int number)
{
    const struct sigaction action = {.sa_handler = on_signal};
    struct sigaction before;
    if (!sigaction(number, NULL, &before) && before.sa_handler != SIG_IGN)
        sigaction(number, &action, NULL);
}

void heed_signals(void)
{
    heed(SIGINT);
    heed(SIGTERM);
}

/* ---- Statuses as exit codes ---------------------------------------------- */

int exit_code(cutis_status status)
{
    switch (status) {
    case CUTIS_OK:
        return EXIT_DONE;
    case CUTIS_ERROR_ARGUMENT:
        return EXIT_USAGE;
    case CUTIS_ERROR_MEMORY:
        return EXIT_TRY_AGAIN;
    case CUTIS_ERROR_IO:
        return EXIT_IO;
    case CUTIS_ERROR_LIMIT:
        return EXIT_LIMIT;
    case CUTIS_ERROR_UNSUPPORTED:
        return EXIT_NOT_BUILT_IN;
    case CUTIS_ERROR_FORMAT:
    case CUTIS_ERROR_DAMAGED:
    case CUTIS_ERROR_NO_FACE:
    case CUTIS_ERROR_UNSUITABLE:
        return EXIT_BAD_INPUT;
    case CUTIS_ERROR_CANCELLED:
        return EXIT_SIGNAL + stop_signal();
    case CUTIS_ERROR_INTERNAL:
    case CUTIS_STATUS_COUNT:
        break;
    }
    return EXIT_INTERNAL;
}

int complain(const char *what, cutis_session *session, cutis_status status)
{
    const char *const why = cutis_session_error(session);
    fprintf(stderr, "cutis: %s: %s\n", what,
            *why ? why : cutis_status_text(status));
    return exit_code(status);
}

/* ---- Loading ------------------------------------------------------------- */

/* 0, or an exit code with a word. */
static int look_for(const char *path)
{
    struct stat found;
    if (!stat(path, &found))
        return 0;
    const int code = exit_of_open(errno);
    fprintf(stderr, "cutis: %s: %s\n", path, strerror(errno));
    return code;
}

int load_photos(cutis_photo **photo, cutis_session *session,
                const struct request *request, int count,
                const struct options *options)
{
    const char *path[MOST_REQUESTS];
    const cutis_photo_options *with[MOST_REQUESTS];
    size_t failed = 0;
    int code = 0;
    struct inputs *const inputs = calloc((size_t)count, sizeof(*inputs));
    if (!inputs)
        return EXIT_TRY_AGAIN;

    for (int i = 0; !code && i < count; i++) {
        path[i] = request[i].path;
        with[i] = &inputs[i].options;
        code = look_for(path[i]);
        if (!code)
            code = inputs_read_shot(&inputs[i], options, request[i].index, i);
    }
    if (!code) {
        const cutis_status status = cutis_photos_load(
            session, path, with, (size_t)count, photo, &failed);
        if (status != CUTIS_OK)
            code = complain(path[failed], session, status);
    }
    free(inputs);
    return code;
}

int load_photo(cutis_photo **photo, cutis_session *session, const char *path,
               const struct options *options, int index)
{
    const struct request request = {path, index};
    return load_photos(photo, session, &request, 1, options);
}

/* One value for the one photograph there is. */
static void set(const char **value, int *count, const char *own)
{
    if (!own)
        return;
    *value = own;
    *count = 1;
}

int load_capture(cutis_photo **photo, cutis_session *session,
                 const struct capture *capture, const struct options *options)
{
    struct options own = *options;

    set(own.card, &own.card_count, capture->card);
    set(own.chart, &own.chart_count, capture->chart);
    set(own.landmarks, &own.landmarks_count, capture->landmarks);
    const int code = load_photo(photo, session, capture->path, &own, 0);
    if (code != EXIT_USAGE || inputs_wrong(options, 0))
        return code;
    fprintf(stderr, "cutis: %s: what the table says of it cannot be used\n",
            capture->path);
    return EXIT_BAD_INPUT;
}
