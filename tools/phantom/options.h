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
    char output[CT_PATH], truth[CT_PATH];
};

void ct_options_default(struct options *options);

/* Words of the command line, without the program's name. */
cutis_status ct_options_read(struct options *options, int count,
                             const char *const *words, struct tools *tools);
void ct_options_help(void);

#endif
