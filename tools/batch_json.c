/* SPDX-License-Identifier: BSD-2-Clause */

/* A row of a table as an object of JSON (RFC 8259) on one line. */

#include <string.h>

#include "batch.h"

static void put_string(FILE *out, const char *value)
{
    fputc('"', out);
    for (const char *at = value; *at; at++) {
        const unsigned char byte = (unsigned char)*at;
        if (byte == '"' || byte == '\\')
            fprintf(out, "\\%c", byte);
        else if (byte < 0x20)
            fprintf(out, "\\u%04x", byte);
        else
            fputc(byte, out);
    }
    fputc('"', out);
}

/* Columns of results that hold words; all others hold numbers. */
static bool is_words(const char *name)
{
    static const char *const endings[] = {
        "sha256",  "metric", "region", "reading", "unit",  "scale",
        "verdict", "reason", "preset", "checks",  "label", "comparable"};
    const size_t size = strlen(name);
    for (size_t i = 0; i < sizeof(endings) / sizeof(*endings); i++) {
        const size_t tail = strlen(endings[i]);
        if (size >= tail && !strcmp(name + size - tail, endings[i]))
            return true;
    }
    return false;
}

void json_row(FILE *out, char *const *names, char *const *values, int count,
              int ours)
{
    for (int i = 0; i < count; i++) {
        fputs(i ? "," : "{", out);
        put_string(out, names[i]);
        fputc(':', out);
        if (i >= ours && !*values[i])
            fputs("null", out);
        else if (i < ours || is_words(names[i]))
            put_string(out, values[i]);
        else
            fputs(values[i], out);
    }
    fputs("}\n", out);
}
