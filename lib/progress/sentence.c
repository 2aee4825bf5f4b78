/* SPDX-License-Identifier: BSD-2-Clause */

/* Sentences with numbers in them, the same in every locale. */

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "progress/progress.h"

const char *ct_fixed(char room[CT_FIXED], double value, int decimals)
{
    static const double tens[] = {1.0, 10.0, 100.0, 1000.0, 10000.0};
    const double scaled = floor(fabs(value) * tens[decimals] + 0.5);

    if (!(scaled < 1e15)) {
        snprintf(room, CT_FIXED, "?");
        return room;
    }

    const long long units = (long long)scaled;
    const long long one = (long long)tens[decimals];
    const char *const sign = value < 0.0 && units > 0 ? "-" : "";
    if (decimals)
        snprintf(room, CT_FIXED, "%s%lld.%0*lld", sign, units / one, decimals,
                 units % one);
    else
        snprintf(room, CT_FIXED, "%s%lld", sign, units);
    return room;
}

const char *ct_days(char room[CT_FIXED], double days)
{
    char number[CT_FIXED];
    ct_fixed(number, days, 0);
    snprintf(room, CT_FIXED, "%.24s day%s", number,
             strcmp(number, "1") != 0 ? "s" : "");
    return room;
}

void ct_say(struct finding *finding, const char *shown)
{
    snprintf(finding->shown, sizeof(finding->shown), "%s", shown);
}

void ct_sentence_fill(char *out, size_t size, const char *sentence,
                      const char *shown)
{
    size_t used = 0;

    for (const char *at = sentence; *at && used + 1 < size;) {
        if (at[0] == '{' && at[1] == '}') {
            const size_t length = strlen(shown);
            const size_t room = size - 1 - used;
            const size_t taken = length < room ? length : room;
            memcpy(out + used, shown, taken);
            used += taken;
            at += 2;
        } else {
            out[used++] = *at++;
        }
    }
    out[used] = 0;
}
