/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The commands and their flags as two tables, from which the parser and the
 * help are made, so that they cannot disagree.
 */

#ifndef CUTIS_TOOLS_FLAGS_H
#define CUTIS_TOOLS_FLAGS_H

#include "options.h"

/* A bit a command; a flag's `commands` is the sum of those that take it. */
enum {
    COMPARE = 1,
    MEASURE = 2,
    INSPECT = 4,
    OTHERS = 8, /* take no flag but --help */
    CHECK = 16,
    SERIES = 32,
    BATCH = 64, /* all of it in one step */
    BATCH_PLAN = 128,
    BATCH_RUN = 256,
    BATCH_STATUS = 512,
    BATCH_MERGE = 1024,
    BATCH_STATS = 2048,
    CALIBRATE = 4096,
    BATCH_BLIND = 8192,
    BATCH_RATINGS = 16384,
    PHOTO = COMPARE | MEASURE | INSPECT | CHECK | SERIES | CALIBRATE,
    BATCHES = BATCH | BATCH_PLAN | BATCH_RUN | BATCH_STATUS | BATCH_MERGE |
              BATCH_STATS | BATCH_BLIND | BATCH_RATINGS,
    /* Besides for all pairs of a batch, may be said of one: a manifest's column
     * of that name, with _ for -. */
    A_PAIR = 1 << 20,
    FIXED = 1 << 21, /* said once, when a batch is planned */
    FOR_ALL = FIXED | BATCH | BATCH_PLAN | BATCH_BLIND,
    PAIRS = FOR_ALL | A_PAIR
};

struct command {
    const char *name, *arguments, *purpose;
    int bit;
};

struct flag {
    char letter; /* 0 = none */
    int commands;
    const char *name;
    const char *value; /* what it takes, for people; NULL = nothing */
    const char *help;
    bool (*take)(struct options *options, const char *value);
};

/* In the order of the help; NULL from the end on. */
const struct command *command_at(int index);
const struct flag *flag_at(int index);

#endif
