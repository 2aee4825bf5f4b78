/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * JSON read piece by piece, from bytes that nobody vouches for: every length is
 * checked, nesting is bounded, nothing is allocated and no locale matters.  The
 * first thing wrong sets `failed`; from then on every call says no.
 *
 *     struct pull pull = ct_pull_begin(bytes, size);
 *     char key[CT_PULL_NAME];
 *     for (ct_pull_open(&pull, '{'); ct_pull_key(&pull, key);)
 *         if (strcmp(key, "people") == 0)
 *             people = ct_pull_number(&pull);
 *         else
 *             ct_pull_skip(&pull);
 *     good = ct_pull_end(&pull);
 */

#ifndef CT_UTIL_PULL_H
#define CT_UTIL_PULL_H

#include <stdbool.h>
#include <stddef.h>

enum { CT_PULL_NAME = 64, CT_PULL_DEPTH = 16 };

struct pull {
    const char *at, *end;
    int depth;
    char close[CT_PULL_DEPTH]; /* what ends each level */
    bool started[CT_PULL_DEPTH];
    bool failed;
};

struct pull ct_pull_begin(const void *bytes, size_t size);

/* '{' or '['. */
bool ct_pull_open(struct pull *pull, char bracket);

/* Whether the list or object goes on; it ends by itself.  A key that is too
 * long comes as "". */
bool ct_pull_next(struct pull *pull);
bool ct_pull_key(struct pull *pull, char key[CT_PULL_NAME]);

/* Values.  A string with an escape or longer than `size` - 1 comes as "". */
void ct_pull_string(struct pull *pull, char *out, size_t size);
double ct_pull_number(struct pull *pull); /* NaN when it fails */
void ct_pull_skip(struct pull *pull);

/* Nothing failed, everything is closed, and nothing follows. */
bool ct_pull_end(struct pull *pull);

#endif
