/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The command line: one table makes the parser and the help, so that they
 * cannot disagree.
 */

#ifndef CUTIS_TOOLS_OPTIONS_H
#define CUTIS_TOOLS_OPTIONS_H

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>

#include <cutis/cutis.h>

/* Exit codes; the 60s and 70s are those of sysexits. */
enum {
    EXIT_DONE = 0,
    EXIT_SOME_FAILED = 1,
    EXIT_USAGE = 2,
    EXIT_OUTPUT = 3,
    EXIT_INCOMPLETE = 4,
    EXIT_NOT_COMPARABLE = 5,
    EXIT_BAD_INPUT = 65,
    EXIT_MISSING_INPUT = 66,
    EXIT_NOT_BUILT_IN = 69,
    EXIT_INTERNAL = 70,
    EXIT_IO = 74,
    EXIT_TRY_AGAIN = 75,
    EXIT_LIMIT = 77,
    EXIT_SIGNAL = 128
};

/* What will not change by itself when a file that cannot be opened is tried
 * again; of errno. */
static inline bool is_lasting(int error)
{
    return error == ENOENT || error == ENOTDIR || error == EACCES ||
           error == EPERM || error == ELOOP || error == ENAMETOOLONG;
}

/* For an input that cannot be opened: what the system lacks or fails at just
 * now is not a file that is missing. */
static inline int exit_of_open(int error)
{
    if (error == ENOMEM)
        return EXIT_TRY_AGAIN;
    return is_lasting(error) ? EXIT_MISSING_INPUT : EXIT_IO;
}

enum { MOST_OUTPUTS = 4, PHOTOS = 2, MOST_SAID = 32 };
enum { MOST_ENTRIES = PHOTOS * CUTIS_CAPTURES };

/* The captures of one visit that flags name. */
struct captures {
    const char *file[CUTIS_CAPTURES];
    int count;
};

/* When to draw the progress line. */
enum when { WHEN_AUTO, WHEN_ALWAYS, WHEN_NEVER };

struct options {
    const char *command;
    const char *const *files; /* what is left of argv */
    int file_count;
    struct captures captures[PHOTOS]; /* before, after */

    const char *output[MOST_OUTPUTS];
    int output_count;
    int format;       /* a cutis_format, or -1: by the output's name */
    const char *maps; /* a folder; NULL = none */

    /* Given once, an entry is for all photographs; twice, for those before and
     * those after; else there is one a photograph. */
    const char *card[MOST_ENTRIES], *chart[MOST_ENTRIES];
    const char *landmarks[MOST_ENTRIES], *skin[MOST_ENTRIES];
    int card_count, chart_count, landmarks_count, skin_count;

    double ipd_mm, px_per_mm, card_reflectance;
    uint32_t chart_edition, backdrop;
    cutis_options session;
    cutis_compare_options compare;
    uint64_t control_side;    /* a cutis_side, of a series */
    const char *site_profile; /* a file; NULL = none */
    enum when progress;
    bool quiet, verbose, help;

    /* Of batches.  What was said of all pairs, as a name and a value. */
    const char *dir, *pattern, *by;
    const char *seed, *key, *results; /* of packs for raters */
    uint64_t shard_size, shard, of;   /* 0: not said */
    bool wide, threads_said;
    const char *said[MOST_SAID][2];
    int said_count;
};

/* Fills *options from the command line; says what is wrong on stderr and
 * returns EXIT_USAGE, or 0. */
int options_parse(struct options *options, int argc, char **argv);

/* The command that the first of `count` words name, or NULL; *used of them. */
const char *options_command(const char *const *words, int count, int *used);

/* What the exit codes mean, in a few lines. */
extern const char options_exits[];

/* Prints the help of a command, or of all when it is NULL; false if there is
 * no such command. */
bool options_help(FILE *out, const char *command);

#endif
