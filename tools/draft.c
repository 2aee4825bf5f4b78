/* SPDX-License-Identifier: BSD-2-Clause */

#define _GNU_SOURCE /* fopencookie, which glibc and musl have */

#include "draft.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

#include "options.h"

enum { FIRST_ROOM = 4096 };

/* For the stream: all of it is kept, or -1. */
static ssize_t keep(void *cookie, const char *bytes, size_t size)
{
    struct draft *const draft = cookie;
    size_t room = draft->room ? draft->room : FIRST_ROOM;

    if (size > SIZE_MAX / 4 - draft->size)
        return -1;
    while (room <= draft->size + size)
        room *= 2;
    if (room != draft->room) {
        char *const more = realloc(draft->bytes, room);
        if (!more)
            return -1;
        draft->bytes = more;
        draft->room = room;
    }
    memcpy(draft->bytes + draft->size, bytes, size);
    draft->size += size;
    draft->bytes[draft->size] = 0;
    return (ssize_t)size;
}

int draft_open(struct draft *draft)
{
    const cookie_io_functions_t how = {.write = keep};

    *draft = (struct draft){0};
    if (keep(draft, "", 0) < 0)
        return EXIT_TRY_AGAIN;
    draft->file = fopencookie(draft, "w", how);
    if (draft->file)
        return 0;
    free(draft->bytes);
    draft->bytes = NULL;
    return EXIT_TRY_AGAIN;
}

int draft_flush(struct draft *draft)
{
    const int failed = fflush(draft->file) != 0;
    return failed || ferror(draft->file) ? EXIT_TRY_AGAIN : 0;
}

int draft_close(struct draft *draft)
{
    if (!draft->file)
        return 0;
    int code = draft_flush(draft);
    if (fclose(draft->file))
        code = EXIT_TRY_AGAIN;
    draft->file = NULL;
    if (code) {
        free(draft->bytes);
        draft->bytes = NULL;
        draft->size = draft->room = 0;
    }
    return code;
}
