/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What every stage is handed: memory, kernels, threads, and ways to say why and
 * how far.  One struct tools belongs to one session.
 */

#ifndef CT_UTIL_TOOLS_H
#define CT_UTIL_TOOLS_H

#include <stdarg.h>
#include <stdbool.h>

#include "util/memory.h"

struct kernels;

enum { CT_SENTENCE = 256 };

struct tools {
    struct memory memory;
    const struct kernels *kernels;
    int threads;
    cutis_log_fn log;
    void *log_user;
    cutis_progress_fn progress;
    void *progress_user;
    double progress_from, progress_to; /* the share of the running step */
    double progress_told;              /* what the caller heard last */
    const void *caller; /* the thread that called the library; NULL = any */
    bool cancelled;     /* the running call was told to stop */
    char sentence[CT_SENTENCE]; /* why the running call failed */
};

/* Leaves through the single exit of a function that has a local `status`. */
#define TRY(call)                                                              \
    do {                                                                       \
        status = (call);                                                       \
        if (status != CUTIS_OK)                                                \
            goto done;                                                         \
    } while (0)

/* Keeps the first sentence, because it is nearest to the cause; gives back
 * `status`, so that `return ct_fail(...)` reads as one thought. */
cutis_status ct_fail(struct tools *tools, cutis_status status,
                     const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Out of memory, with its sentence. */
cutis_status ct_no_memory(struct tools *tools);

/* A sentence to the log, if there is one. */
void ct_tell(struct tools *tools, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Tells how far the running step is, in [0,1]; CANCELLED when told to stop.
 * Only from the thread that called the library. */
cutis_status ct_progress(struct tools *tools, double done);

/*
 * Tells again what was told last, so that a long step can be stopped too; from
 * any thread but the caller's it does nothing.  Every new plane asks, and every
 * item of ct_each(); work that has neither for long asks by itself.  Once told
 * to stop it says CANCELLED until the call ends.
 */
cutis_status ct_pulse(struct tools *tools);

/* Begins a call: what is told from now on goes to this thread alone. */
void ct_tools_begin(struct tools *tools);

#endif
