/* SPDX-License-Identifier: BSD-2-Clause */

#include "util/pull.h"

#include <math.h>
#include <string.h>

struct pull ct_pull_begin(const void *bytes, size_t size)
{
    const char *const at = bytes;
    return (struct pull){.at = at, .end = at + size};
}

static void fail(struct pull *pull)
{
    pull->failed = true;
    pull->at = pull->end;
}

static void blanks(struct pull *pull)
{
    while (pull->at < pull->end && (*pull->at == ' ' || *pull->at == '\t' ||
                                    *pull->at == '\r' || *pull->at == '\n'))
        pull->at++;
}

/* Takes `wanted` after blanks, if it is there. */
static bool take(struct pull *pull, char wanted)
{
    blanks(pull);
    const bool there = pull->at < pull->end && *pull->at == wanted;
    pull->at += there;
    return there;
}

bool ct_pull_open(struct pull *pull, char bracket)
{
    if (pull->failed || pull->depth + 1 >= CT_PULL_DEPTH ||
        !take(pull, bracket)) {
        fail(pull);
        return false;
    }
    pull->depth++;
    pull->close[pull->depth] = bracket == '{' ? '}' : ']';
    pull->started[pull->depth] = false;
    return true;
}

bool ct_pull_next(struct pull *pull)
{
    if (pull->failed || !pull->depth)
        return false;
    bool *const started = &pull->started[pull->depth];
    if (take(pull, pull->close[pull->depth])) {
        pull->depth--;
        return false;
    }
    if (*started && !take(pull, ','))
        fail(pull);
    *started = true;
    return !pull->failed;
}

bool ct_pull_key(struct pull *pull, char key[CT_PULL_NAME])
{
    if (!ct_pull_next(pull))
        return false;
    ct_pull_string(pull, key, CT_PULL_NAME);
    if (!take(pull, ':'))
        fail(pull);
    return !pull->failed;
}

void ct_pull_string(struct pull *pull, char *out, size_t size)
{
    size_t length = 0;
    bool odd = false;

    if (pull->failed || !take(pull, '"'))
        fail(pull);
    for (; pull->at < pull->end && *pull->at != '"'; pull->at++) {
        if ((unsigned char)*pull->at < 0x20)
            fail(pull);
        if (pull->at < pull->end && *pull->at == '\\') {
            odd = true;
            pull->at++; /* whatever follows is part of it */
        }
        if (pull->at >= pull->end)
            break;
        odd = odd || length + 1 >= size;
        if (!odd)
            out[length++] = *pull->at;
    }
    if (pull->at >= pull->end)
        fail(pull);
    else
        pull->at++;
    out[odd || pull->failed ? 0 : length] = 0;
}

static bool is_digit(const struct pull *pull)
{
    return pull->at < pull->end && *pull->at >= '0' && *pull->at <= '9';
}

/* Digits; how many go into `mantissa`, up to 15: more could not be exact. */
static int digits(struct pull *pull, double *mantissa, int *beyond)
{
    int count = 0;

    for (; is_digit(pull); pull->at++, count++) {
        if (*mantissa < 1e14)
            *mantissa = *mantissa * 10.0 + (*pull->at - '0');
        else
            (*beyond)++;
    }
    return count;
}

static int exponent(struct pull *pull)
{
    double value = 0.0;
    int beyond = 0;

    if (pull->at >= pull->end || (*pull->at != 'e' && *pull->at != 'E'))
        return 0;
    pull->at++;
    const bool minus = pull->at < pull->end && *pull->at == '-';
    if (minus || (pull->at < pull->end && *pull->at == '+'))
        pull->at++;
    if (!digits(pull, &value, &beyond))
        fail(pull);
    const int size = value > 400.0 ? 400 : (int)value;
    return minus ? -size : size;
}

/* Exact up to 15 digits and 10^22; beyond all doubles 0 or infinity. */
static double scaled(double mantissa, int power)
{
    double ten = 1.0;

    for (int i = 0; i < (power < 0 ? -power : power); i++)
        ten *= 10.0;
    if (mantissa == 0.0)
        return 0.0;
    return power < 0 ? mantissa / ten : mantissa * ten;
}

double ct_pull_number(struct pull *pull)
{
    double mantissa = 0.0;
    int whole_beyond = 0, part_beyond = 0, part = 0;

    if (pull->failed)
        return NAN;
    const bool minus = take(pull, '-');
    if (!digits(pull, &mantissa, &whole_beyond))
        fail(pull);
    if (pull->at < pull->end && *pull->at == '.') {
        pull->at++;
        part = digits(pull, &mantissa, &part_beyond);
        if (!part)
            fail(pull);
    }
    const int power = exponent(pull) + whole_beyond - (part - part_beyond);
    const double value = scaled(mantissa, power);
    return pull->failed ? NAN : minus ? -value : value;
}

/* true, false, null: letters only. */
static void skip_word(struct pull *pull)
{
    static const char *const words[] = {"true", "false", "null"};
    const size_t left = (size_t)(pull->end - pull->at);

    for (int i = 0; i < 3; i++) {
        const size_t length = strlen(words[i]);
        if (left >= length && memcmp(pull->at, words[i], length) == 0) {
            pull->at += length;
            return;
        }
    }
    fail(pull);
}

static void skip_plain(struct pull *pull)
{
    char none[1];

    blanks(pull);
    if (pull->at < pull->end && *pull->at == '"')
        ct_pull_string(pull, none, sizeof(none));
    else if (is_digit(pull) || (pull->at < pull->end && *pull->at == '-'))
        (void)ct_pull_number(pull);
    else
        skip_word(pull);
}

/* Without recursion: opens what opens until it is back at its own level. */
void ct_pull_skip(struct pull *pull)
{
    const int level = pull->depth;
    char key[CT_PULL_NAME];

    for (;;) {
        blanks(pull);
        const char next = pull->at < pull->end ? *pull->at : 0;
        if (next == '{' || next == '[')
            ct_pull_open(pull, next);
        else
            skip_plain(pull);
        while (!pull->failed && pull->depth > level &&
               !(pull->close[pull->depth] == '}' ? ct_pull_key(pull, key)
                                                 : ct_pull_next(pull)))
            ; /* that level has ended */
        if (pull->failed || pull->depth == level)
            return;
    }
}

bool ct_pull_end(struct pull *pull)
{
    blanks(pull);
    return !pull->failed && !pull->depth && pull->at == pull->end;
}
