/* SPDX-License-Identifier: BSD-2-Clause */

/* Where a command's data goes: whole files or nothing. */

#ifndef CUTIS_TOOLS_OUTPUT_H
#define CUTIS_TOOLS_OUTPUT_H

#include <stddef.h>
#include <stdio.h>

/* A file that appears under its name only when it is complete. */
struct output {
    FILE *file;
    const char *path;   /* NULL: stdout */
    char partial[4096]; /* its name until then */
};

/* Opens `path`, or stdout for NULL and "-".  0, or EXIT_OUTPUT with a word on
 * stderr. */
int output_open(struct output *output, const char *path);

/* A cutis_write_fn whose user is a struct output. */
int output_write(void *output, const void *bytes, size_t size);

/* Publishes what was written; with `good` 0 it is thrown away. */
int output_close(struct output *output, int good);

/* So that no file that is opened later takes the place of a standard stream
 * that the caller closed.  Call it first. */
void output_keep_streams(void);

/* Hands over what stdout still holds.  0, or EXIT_OUTPUT with a word on
 * stderr. */
int output_flush(void);

#endif
