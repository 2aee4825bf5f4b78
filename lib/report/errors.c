/* SPDX-License-Identifier: BSD-2-Clause */

/* Where the errors of changes come from, for people. */

#include "report/report.h"

static void say(struct text *out, enum ct_word word, const double *number,
                int count)
{
    struct text text[4];
    const char *with[4] = {"", "", "", ""};

    for (int i = 0; i < count; i++) {
        text[i] = ct_text_beside(out);
        ct_say_number(&text[i], number[i], 0, CT_SIGN_MINUS);
        with[i] = ct_text_bytes(&text[i]);
        out->failed |= text[i].failed;
    }
    ct_text_put(out, out->size ? " " : "");
    ct_phrase(out, word, with);
    for (int i = 0; i < count; i++)
        ct_text_free(&text[i]);
}

static int used(const struct visit *visit)
{
    int count = 0;

    for (int i = 0; i < visit->count; i++)
        count += visit->of[i].used;
    return count;
}

void ct_say_errors(struct text *out, const struct report *report)
{
    const struct errors *const errors = report->errors;
    const struct visit *const visit = report->visit;

    if (errors && errors->site_used)
        say(out, CT_W_HOW_ERRORS_SITE, &errors->people, 1);
    else
        say(out, CT_W_HOW_ERRORS, NULL, 0);
    if (errors && errors->reason[0]) {
        ct_text_put(out, " ");
        ct_say_sentence(out, errors->reason);
    }
    if (ct_report_repeats(report)) {
        const double number[] = {used(&visit[0]), visit[0].count,
                                 used(&visit[1]), visit[1].count};
        say(out, CT_W_HOW_ERRORS_CAPTURES, number, 4);
    }
}
