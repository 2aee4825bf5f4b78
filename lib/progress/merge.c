/* SPDX-License-Identifier: BSD-2-Clause */

/* The checks of several pairs of captures as one list. */

#include <stdio.h>
#include <string.h>

#include "progress/progress.h"

enum { LABEL = 48 };

/* Whose check it is, where a visit has several captures. */
static void put_label(char out[LABEL], cutis_check_scope scope,
                      const struct captures *captures)
{
    const int before = scope == CUTIS_CHECK_AFTER ? 0 : captures->before;
    const int after = scope == CUTIS_CHECK_BEFORE ? 0 : captures->after;

    out[0] = 0;
    if (before && after)
        snprintf(out, LABEL, "Captures %d before and %d after: ", before,
                 after);
    else if (scope == CUTIS_CHECK_PAIR && (before || after))
        snprintf(out, LABEL, "Capture %d %s: ", before ? before : after,
                 before ? "before" : "after");
    else if (before || after)
        snprintf(out, LABEL, "Capture %d: ", before ? before : after);
}

static void take(struct checks *into, int j, const struct checks *from, int i,
                 const struct captures *captures)
{
    const cutis_check *const check = &from->of[i];
    char label[LABEL] = "";

    if (from->level[i] > CT_LEVEL_PASS || check->verdict != CUTIS_CHECK_PASS)
        put_label(label, check->scope, captures);
    snprintf(into->message[j], CT_SENTENCE, "%s%.200s", label, check->message);
    if (!label[0])
        memcpy(into->message[j], from->message[i], CT_SENTENCE);
    memcpy(into->affects[j], from->affects[i], sizeof(into->affects[j]));
    into->level[j] = from->level[i];
    into->of[j] = *check;
    into->of[j].message = into->message[j];
    into->of[j].affects = into->affects[j];
}

/* The same is said of another capture: it is said of none in particular. */
static void say_of_all(struct checks *into, int j, const struct checks *from,
                       int i, const struct captures *captures)
{
    const char *const plain = from->message[i];
    char *const said = into->message[j];
    const size_t length = strlen(plain), size = strlen(said);
    char label[LABEL];

    put_label(label, from->of[i].scope, captures);
    if (size > length && strcmp(said + size - length, plain) == 0 &&
        strncmp(said, label, strlen(label)) != 0)
        memmove(said, said + size - length, length + 1);
}

static bool worse(const struct checks *one, int i, const struct checks *other,
                  int j)
{
    if (one->of[i].verdict != other->of[j].verdict)
        return one->of[i].verdict > other->of[j].verdict;
    return one->level[i] > other->level[j];
}

/* The place of the same check; the end where there is none. */
static int place_of(const struct checks *into, const cutis_check *check)
{
    int j = 0;

    while (j < into->count && !(strcmp(into->of[j].id, check->id) == 0 &&
                                into->of[j].scope == check->scope &&
                                into->of[j].region == check->region))
        j++;
    return j;
}

void ct_checks_merge(struct checks *into, const struct checks *from,
                     const struct captures *captures)
{
    for (int i = 0; i < from->count; i++) {
        const int j = place_of(into, &from->of[i]);
        const bool fresh = j == into->count;
        if (j == CT_CHECKS)
            continue;
        if (fresh) {
            into->widens[j] = into->removes[j] = into->moving[j] = 0;
            into->count++;
        }
        if (fresh || worse(from, i, into, j))
            take(into, j, from, i, captures);
        else
            say_of_all(into, j, from, i, captures);
        into->widens[j] |= from->widens[i];
        into->removes[j] |= from->removes[i];
        into->moving[j] |= from->moving[i];
    }
}
