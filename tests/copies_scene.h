/* SPDX-License-Identifier: BSD-2-Clause */

/* Copies of text, until memory is out. */

#ifndef CT_TESTS_COPIES_SCENE_H
#define CT_TESTS_COPIES_SCENE_H

#include <stdlib.h>
#include <string.h>

static int copies_left = -1; /* how many are served; -1 = all */

/* Goes before the C library's. */
char *strdup(const char *text)
{
    const size_t size = strlen(text) + 1;
    char *const copy = copies_left ? malloc(size) : NULL;

    if (copies_left > 0)
        copies_left--;
    return copy ? memcpy(copy, text, size) : NULL;
}

#endif
