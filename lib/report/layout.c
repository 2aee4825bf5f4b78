/* SPDX-License-Identifier: BSD-2-Clause */

/* Words and cells on a terminal of 80 columns. */

#include <string.h>

#include "report/report.h"

enum { WIDTH = 80 };

void ct_spaces(struct text *out, int count)
{
    for (int i = 0; i < count; i++)
        ct_text_put(out, " ");
}

static int word_columns(const char *at)
{
    int columns = 0;
    while (*at && *at != ' ') {
        ct_character(&at);
        columns++;
    }
    return columns;
}

void ct_wrap(struct text *out, const char *words, int from, int indent)
{
    int column = from;
    bool first = true;
    while (*words) {
        const int columns = word_columns(words);
        if (!first && column + 1 + columns > WIDTH) {
            ct_text_put(out, "\n");
            ct_spaces(out, indent);
            column = indent;
        } else if (!first) {
            ct_text_put(out, " ");
            column++;
        }
        const char *const end = words + strcspn(words, " ");
        ct_text_add(out, words, (size_t)(end - words));
        column += columns;
        words = end + strspn(end, " ");
        first = false;
    }
    ct_text_put(out, "\n");
}

void ct_cell(struct text *out, const char *shown, int width, enum ct_side side)
{
    const int gap = width - ct_columns(shown);
    if (side == CT_RIGHT)
        ct_spaces(out, gap);
    ct_text_put(out, shown);
    if (side == CT_LEFT)
        ct_spaces(out, gap > 0 ? gap : 1);
}

const char *ct_text_bytes(const struct text *text)
{
    return text->bytes && text->size ? text->bytes : "";
}

void ct_text_clear(struct text *text)
{
    text->size = 0;
    if (text->bytes)
        text->bytes[0] = 0;
}
