/* SPDX-License-Identifier: BSD-2-Clause */

#include "command.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

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

int load_photo(cutis_photo **photo, cutis_session *session, const char *path,
               const struct options *options, int index)
{
    struct stat found;
    if (stat(path, &found)) {
        fprintf(stderr, "cutis: %s: %s\n", path, strerror(errno));
        return EXIT_MISSING_INPUT;
    }
    struct inputs *inputs = calloc(1, sizeof(*inputs));
    if (!inputs)
        return EXIT_TRY_AGAIN;
    int code = inputs_read(inputs, options, index);
    if (!code) {
        const cutis_status status =
            cutis_photo_load(session, path, &inputs->options, photo);
        if (status != CUTIS_OK)
            code = complain(path, session, status);
    }
    free(inputs);
    return code;
}
