/* SPDX-License-Identifier: BSD-2-Clause */

#include "util/text.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Room for `more` bytes and the closing 0. */
static int make_room(struct text *text, size_t more)
{
    if (text->failed || more > SIZE_MAX / 2 - text->size - 1) {
        text->failed = 1;
        return 0;
    }
    const size_t needed = text->size + more + 1;
    if (needed <= text->room)
        return 1;

    size_t room = text->room ? text->room : 4096;
    while (room < needed)
        room *= 2;
    char *bytes = ct_alloc_raw(text->memory, room, 1);
    if (!bytes) {
        text->failed = 1;
        return 0;
    }
    if (text->bytes)
        memcpy(bytes, text->bytes, text->size);
    ct_free(text->bytes);
    text->bytes = bytes;
    text->room = room;
    return 1;
}

struct text ct_text_beside(const struct text *text)
{
    return (struct text){.memory = text->memory, .language = text->language};
}

void ct_text_add(struct text *text, const char *bytes, size_t size)
{
    if (!make_room(text, size))
        return;
    memcpy(text->bytes + text->size, bytes, size);
    text->size += size;
    text->bytes[text->size] = 0;
}

void ct_text_put(struct text *text, const char *string)
{
    ct_text_add(text, string, strlen(string));
}

void ct_text_format(struct text *text, const char *format, ...)
{
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    const int size = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);

    if (size < 0)
        text->failed = 1;
    else if (make_room(text, (size_t)size)) {
        vsnprintf(text->bytes + text->size, (size_t)size + 1, format, again);
        text->size += (size_t)size;
    }
    va_end(again);
}

/* The C library writes the decimal point of the host's locale. */
static void point_not_comma(char *number)
{
    for (char *at = number; *at; at++)
        if (!strchr("0123456789+-e", *at)) {
            const size_t width = strcspn(at, "0123456789e");
            *at = '.';
            memmove(at + 1, at + width, strlen(at + width) + 1);
        }
}

void ct_text_number(struct text *text, double value)
{
    if (!isfinite(value)) {
        ct_text_put(text, "null");
        return;
    }
    if (value == 0.0)
        value = 0.0; /* no "-0" */
    char number[40];
    /* Whole numbers as such: "1350", not "1.35e+03". */
    const int whole = value == floor(value) && fabs(value) < 1e15;
    if (whole)
        snprintf(number, sizeof(number), "%.0f", value);
    for (int digits = 1; !whole && digits <= 17; digits++) {
        snprintf(number, sizeof(number), "%.*g", digits, value);
        if (strtod(number, NULL) == value)
            break;
    }
    point_not_comma(number);
    ct_text_put(text, number);
}

void ct_text_fixed(struct text *text, double value, int decimals)
{
    if (!isfinite(value)) {
        ct_text_put(text, "\xe2\x80\x93");
        return;
    }
    char number[400];
    snprintf(number, sizeof(number), "%.*f", decimals, value);
    point_not_comma(number);
    const int zero = strspn(number, "-0.") == strlen(number);
    ct_text_put(text, number + (zero && number[0] == '-'));
}

void ct_text_base64(struct text *text, const void *bytes, size_t size)
{
    static const char digit[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                "abcdefghijklmnopqrstuvwxyz0123456789+/";
    const uint8_t *at = bytes;
    if (size > SIZE_MAX / 4 || !make_room(text, (size + 2) / 3 * 4)) {
        text->failed = 1;
        return;
    }
    char *out = text->bytes + text->size;
    for (size_t i = 0; i < size; i += 3) {
        const size_t left = size - i;
        const uint32_t word = (uint32_t)at[i] << 16 |
                              (left > 1 ? (uint32_t)at[i + 1] << 8 : 0) |
                              (left > 2 ? at[i + 2] : 0);
        *out++ = digit[word >> 18];
        *out++ = digit[word >> 12 & 63];
        *out++ = left > 1 ? digit[word >> 6 & 63] : '=';
        *out++ = left > 2 ? digit[word & 63] : '=';
    }
    text->size = (size_t)(out - text->bytes);
    *out = 0;
}

void ct_text_free(struct text *text)
{
    ct_free(text->bytes);
    text->bytes = NULL;
    text->size = text->room = 0;
}
