/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * JSON as RFC 8259 has it: UTF-8, numbers that read back as the same double,
 * null for what does not exist.  Members of the document and elements of its
 * lists stand on lines of their own; what is deeper stays on one line.
 */

#include <math.h>

#include "report/report.h"

enum { INDENT = 2 };

/* Only the document and the lists right under it are broken into lines. */
static bool broken(const struct json *json, int depth)
{
    return depth == 1 || (depth == 2 && json->bracket[2] == '[');
}

static void line(struct json *json, int depth)
{
    ct_text_put(json->out, "\n");
    for (int i = 0; i < INDENT * depth; i++)
        ct_text_put(json->out, " ");
}

/* What stands before a value or a key. */
static void separate(struct json *json)
{
    if (json->after_key) {
        json->after_key = false;
        return;
    }
    const int depth = json->depth;
    if (depth == 0)
        return;
    const bool first = !json->used[depth];
    json->used[depth] = true;
    if (!first)
        ct_text_put(json->out, ",");
    if (broken(json, depth))
        line(json, depth);
    else if (!first)
        ct_text_put(json->out, " ");
}

void ct_json_open(struct json *json, char bracket)
{
    separate(json);
    if (json->depth + 1 >= CT_JSON_DEPTH) {
        json->out->failed = 1;
        return;
    }
    json->depth++;
    json->bracket[json->depth] = bracket;
    json->used[json->depth] = false;
    ct_text_add(json->out, &bracket, 1);
}

void ct_json_close(struct json *json)
{
    const int depth = json->depth;
    if (depth == 0)
        return;
    if (broken(json, depth) && json->used[depth])
        line(json, depth - 1);
    ct_text_put(json->out, json->bracket[depth] == '{' ? "}" : "]");
    json->depth--;
    if (json->depth == 0)
        ct_text_put(json->out, "\n");
}

static void quote(struct text *out, const char *value)
{
    ct_text_put(out, "\"");
    while (*value) {
        const uint32_t c = ct_character(&value);
        if (c == '"' || c == '\\')
            ct_text_put(out, "\\");
        if (c < 0x20 || c == 0x7F)
            ct_text_format(out, "\\u%04x", (unsigned)c);
        else
            ct_put_character(out, c);
    }
    ct_text_put(out, "\"");
}

void ct_json_key(struct json *json, const char *key)
{
    separate(json);
    quote(json->out, key);
    ct_text_put(json->out, ": ");
    json->after_key = true;
}

void ct_json_string(struct json *json, const char *value)
{
    separate(json);
    if (value)
        quote(json->out, value);
    else
        ct_text_put(json->out, "null");
}

void ct_json_number(struct json *json, double value)
{
    separate(json);
    ct_text_number(json->out, value);
}

void ct_json_flag(struct json *json, bool value)
{
    separate(json);
    ct_text_put(json->out, value ? "true" : "false");
}

void ct_json_put_string(struct json *json, const char *key, const char *value)
{
    ct_json_key(json, key);
    ct_json_string(json, value);
}

void ct_json_put_number(struct json *json, const char *key, double value)
{
    ct_json_key(json, key);
    ct_json_number(json, value);
}

void ct_json_put_flag(struct json *json, const char *key, bool value)
{
    ct_json_key(json, key);
    ct_json_flag(json, value);
}

void ct_json_put_pair(struct json *json, const char *key, const double pair[2])
{
    ct_json_key(json, key);
    ct_json_open(json, '[');
    ct_json_number(json, pair[0]);
    ct_json_number(json, pair[1]);
    ct_json_close(json);
}
