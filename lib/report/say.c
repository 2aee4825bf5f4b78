/* SPDX-License-Identifier: BSD-2-Clause */

/* Characters, numbers and phrases for people. */

#include <math.h>
#include <string.h>

#include "report/report.h"

/* ---- Characters ---------------------------------------------------------- */

enum { REPLACEMENT = 0xFFFD };

uint32_t ct_character(const char **at)
{
    const unsigned char *const s = (const unsigned char *)*at;
    const int more = s[0] < 0x80   ? 0
                     : s[0] < 0xC2 ? -1
                     : s[0] < 0xE0 ? 1
                     : s[0] < 0xF0 ? 2
                     : s[0] < 0xF5 ? 3
                                   : -1;
    uint32_t value = more <= 0 ? s[0] : s[0] & (0x3FU >> more);

    *at += 1;
    if (more < 0)
        return REPLACEMENT;
    for (int i = 1; i <= more; i++) {
        if ((s[i] & 0xC0) != 0x80)
            return REPLACEMENT;
        value = value << 6 | (s[i] & 0x3FU);
    }
    static const uint32_t least[] = {0, 0x80, 0x800, 0x10000};
    const bool surrogate = value >= 0xD800 && value < 0xE000;
    if (value < least[more] || value > 0x10FFFF || surrogate)
        return REPLACEMENT;
    *at += more;
    return value;
}

void ct_put_character(struct text *out, uint32_t character)
{
    char bytes[4];
    size_t size = 0;
    if (character < 0x80) {
        bytes[size++] = (char)character;
    } else if (character < 0x800) {
        bytes[size++] = (char)(0xC0 | character >> 6);
        bytes[size++] = (char)(0x80 | (character & 0x3F));
    } else if (character < 0x10000) {
        bytes[size++] = (char)(0xE0 | character >> 12);
        bytes[size++] = (char)(0x80 | (character >> 6 & 0x3F));
        bytes[size++] = (char)(0x80 | (character & 0x3F));
    } else {
        bytes[size++] = (char)(0xF0 | character >> 18);
        bytes[size++] = (char)(0x80 | (character >> 12 & 0x3F));
        bytes[size++] = (char)(0x80 | (character >> 6 & 0x3F));
        bytes[size++] = (char)(0x80 | (character & 0x3F));
    }
    ct_text_add(out, bytes, size);
}

int ct_columns(const char *bytes)
{
    int columns = 0;
    while (*bytes) {
        ct_character(&bytes);
        columns++;
    }
    return columns;
}

/* What a page and XML can hold: no control characters. */
void ct_escape(struct text *out, const char *plain)
{
    while (*plain) {
        const uint32_t c = ct_character(&plain);
        if (c == '&')
            ct_text_put(out, "&amp;");
        else if (c == '<')
            ct_text_put(out, "&lt;");
        else if (c == '>')
            ct_text_put(out, "&gt;");
        else if (c == '"')
            ct_text_put(out, "&quot;");
        else if (c == '\'')
            ct_text_put(out, "&#39;");
        else if ((c < 0x20 && c != '\n' && c != '\t') ||
                 (c >= 0x7F && c < 0xA0) || c == 0xFFFE || c == 0xFFFF)
            ct_put_character(out, REPLACEMENT);
        else
            ct_put_character(out, c);
    }
}

/* ---- Phrases ------------------------------------------------------------- */

void ct_phrase(struct text *out, enum ct_word word, const char *const *with)
{
    const char *at = ct_word(out, word);
    const char *gap;
    while ((gap = strchr(at, '{'))) {
        ct_text_add(out, at, (size_t)(gap - at));
        ct_text_put(out, with[gap[1] - '0']);
        at = gap + 3;
    }
    ct_text_put(out, at);
}

void ct_say_clause(struct text *out, const char *sentence, enum ct_case letter)
{
    size_t size = strlen(sentence);
    while (size && (sentence[size - 1] == '.' || sentence[size - 1] == ' '))
        size--;
    if (!size)
        return;
    /* A second capital is an abbreviation: it stays as it is. */
    const bool word = size < 2 || sentence[1] < 'A' || sentence[1] > 'Z';
    const char first = sentence[0];
    char shown = first;
    const bool small = letter == CT_CASE_SMALL && !ct_keeps_capitals(out);
    if (small && word && first >= 'A' && first <= 'Z')
        shown = (char)(first - 'A' + 'a');
    if (letter == CT_CASE_CAPITAL && first >= 'a' && first <= 'z')
        shown = (char)(first - 'a' + 'A');
    ct_text_add(out, &shown, 1);
    ct_text_add(out, sentence + 1, size - 1);
}

void ct_say_reason(struct text *out, const char *english, enum ct_case letter)
{
    struct text said = ct_text_beside(out);
    ct_say_sentence(&said, english);
    out->failed |= said.failed;
    ct_say_clause(out, said.bytes ? said.bytes : "", letter);
    ct_text_free(&said);
}

/* ---- Numbers ------------------------------------------------------------- */

static const char minus[] = "\xe2\x88\x92";

void ct_say_number(struct text *out, double value, int decimals,
                   enum ct_sign sign)
{
    if (!isfinite(value)) {
        ct_text_fixed(out, NAN, 0);
        return;
    }
    double half = 0.5;
    for (int i = 0; i < decimals; i++)
        half /= 10.0;
    const bool zero = fabs(value) < half;
    if (value < 0.0 && !zero)
        ct_text_put(out, minus);
    else if (sign == CT_SIGN_ALWAYS && !zero)
        ct_text_put(out, "+");
    ct_text_fixed(out, zero ? 0.0 : fabs(value), decimals);
    if (decimals && !out->failed)
        out->bytes[out->size - 1 - (size_t)decimals] = *ct_decimal(out);
}

void ct_say_percent(struct text *out, double ratio, int decimals,
                    enum ct_sign sign)
{
    ct_say_number(out, 100.0 * ratio, decimals, sign);
    if (isfinite(ratio))
        ct_text_put(out, " %");
}

int ct_decimals(double resolution)
{
    if (!isfinite(resolution) || resolution <= 0.0)
        return 2;
    int decimals = 0;
    for (double size = resolution; size < 9.5 && decimals < 4; size *= 10.0)
        decimals++;
    return decimals;
}

int ct_decimals_of(double value)
{
    if (!isfinite(value) || value == 0.0)
        return 2;
    int decimals = 0;
    for (double size = fabs(value); size < 99.5 && decimals < 3; size *= 10.0)
        decimals++;
    return decimals;
}
