/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What the commands share, and the commands.  Each takes a session and what the
 * command line said, and returns an exit code with words on stderr.
 */

#ifndef CUTIS_TOOLS_COMMAND_H
#define CUTIS_TOOLS_COMMAND_H

#include "options.h"
#include "output.h"

/* ---- command.c ----------------------------------------------------------- */

/* The signal that asked us to stop, or 0. */
int stop_signal(void);

/* From here on SIGINT and SIGTERM are taken as a wish to stop. */
void heed_signals(void);

int exit_code(cutis_status status);

/* Says why `what` failed; the exit code for it. */
int complain(const char *what, cutis_session *session, cutis_status status);

enum { MOST_REQUESTS = MOST_ENTRIES };

/* A photograph, and whether it is a before (0) or an after (1). */
struct request {
    const char *path;
    int index;
};

/* Loads up to MOST_REQUESTS of them, all or none, with what the options say of
 * each in this order; 0 or an exit code. */
int load_photos(cutis_photo **photo, cutis_session *session,
                const struct request *request, int count,
                const struct options *options);

/* Loads one. */
int load_photo(cutis_photo **photo, cutis_session *session, const char *path,
               const struct options *options, int index);

/* Loads one of a table, with what that says of it. */
struct capture;
int load_capture(cutis_photo **photo, cutis_session *session,
                 const struct capture *capture, const struct options *options);

/* ---- publish.c ----------------------------------------------------------- */

/* Writes one thing in one form; the commands differ in what that is. */
typedef cutis_status (*write_fn)(cutis_session *session, const void *thing,
                                 cutis_format format, struct output *output);

/* What can be known to be wrong with the outputs before any work. */
int check_outputs(const struct options *options);

/* Writes to every output that was asked for, or to stdout. */
int publish(const struct options *options, cutis_session *session,
            const void *thing, write_fn write);

/* The words for what came of writing maps, and its exit code. */
int maps_code(cutis_session *session, cutis_status status);

/* ---- The commands -------------------------------------------------------- */

int command_compare(cutis_session *session, const struct options *options);
int command_check(cutis_session *session, const struct options *options);
int command_calibrate(cutis_session *session, const struct options *options);
int command_measure(cutis_session *session, const struct options *options);
int command_inspect(cutis_session *session, const struct options *options);
int command_series(cutis_session *session, const struct options *options);

/* All of "cutis batch"; it makes sessions of its own, after it has forked. */
int command_batch(const struct options *options);

#endif
