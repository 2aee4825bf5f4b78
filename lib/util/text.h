/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Text that grows, and numbers in it: locale-independent, shortest form that
 * reads back as the same double.
 */

#ifndef CT_UTIL_TEXT_H
#define CT_UTIL_TEXT_H

#include <stddef.h>

#include "util/tools.h"

/* Zeroed is empty.  After a failed append `failed` is set, further appends do
 * nothing, and the writer looks once, at the end. */
struct ct_language;
struct text {
    struct memory *memory;
    const struct ct_language *language; /* what people read; NULL: English */
    char *bytes;                        /* always ends in 0 when not NULL */
    size_t size, room;
    int failed;
};

/* An empty one in the same memory and language. */
struct text ct_text_beside(const struct text *text);

void ct_text_add(struct text *text, const char *bytes, size_t size);
void ct_text_put(struct text *text, const char *string);
void ct_text_format(struct text *text, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Shortest decimal that reads back as `value`; NaN and infinities as `null`. */
void ct_text_number(struct text *text, double value);

/* `value` with a fixed number of decimals; NaN as an en dash. */
void ct_text_fixed(struct text *text, double value, int decimals);

/* `size` bytes as base64. */
void ct_text_base64(struct text *text, const void *bytes, size_t size);

void ct_text_free(struct text *text);

#endif
