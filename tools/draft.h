/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Text written into memory through a stream, which is whole or said not to be.
 * (The C library's own open_memstream loses what it found no room for, and its
 * stream's error indicator does not tell.)
 *
 *     struct draft draft;
 *     if (draft_open(&draft))
 *         return EXIT_TRY_AGAIN;
 *     fputs("text", draft.file);
 *     const int code = draft_close(&draft);
 *     ... draft.bytes, draft.size ...
 *     free(draft.bytes);
 */

#ifndef CUTIS_TOOLS_DRAFT_H
#define CUTIS_TOOLS_DRAFT_H

#include <stddef.h>
#include <stdio.h>

struct draft {
    FILE *file;  /* NULL: not open */
    char *bytes; /* the caller frees them; a 0 is behind them */
    size_t size, room;
};

/* 0, or EXIT_TRY_AGAIN. */
int draft_open(struct draft *draft);

/* So that bytes and size hold all that was written.  0, or EXIT_TRY_AGAIN. */
int draft_flush(struct draft *draft);

/* The same, and no more can be written.  EXIT_TRY_AGAIN: there are no bytes.  A
 * draft that is not open may be closed. */
int draft_close(struct draft *draft);

#endif
