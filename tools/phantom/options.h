/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef CT_PHANTOM_OPTIONS_H
#define CT_PHANTOM_OPTIONS_H

#include "phantom/phantom.h"

enum { CT_PATH = 1024 };

struct options {
    struct scene scene;
    bool pair, help;
    bool tone; /* `ita` was given and sets the melanin */
    double ita;
    double retake;
    struct expression after; /* what the second capture has more */
    double after_focus;      /* mm, likewise */
    char output[CT_PATH], truth[CT_PATH];
    char maps[CT_PATH], clean[CT_PATH];
};

enum ct_option_type {
    CT_O_NUMBER,
    CT_O_WHOLE,
    CT_O_SEED,
    CT_O_TONE,
    CT_O_TEXT,
    CT_O_LIST,
    CT_O_LAMP,
    CT_O_JPEG,
    CT_O_PNG,
    CT_O_SIZE,
    CT_O_YES
};

struct option {
    const char *name, *argument, *help;
    enum ct_option_type type;
    size_t offset; /* in struct options */
    double low, high;
    int length; /* of a list, or of a text's place */
};

int ct_options_count(void);
const struct option *ct_option_at(int index);

void ct_options_default(struct options *options);

/* Words of the command line, without the program's name. */
cutis_status ct_options_read(struct options *options, int count,
                             const char *const *words, struct tools *tools);
void ct_options_help(void);

#endif
