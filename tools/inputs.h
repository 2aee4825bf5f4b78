/* SPDX-License-Identifier: BSD-2-Clause */

/* What the command line says about a photograph, as the library wants it. */

#ifndef CUTIS_TOOLS_INPUTS_H
#define CUTIS_TOOLS_INPUTS_H

#include "options.h"

enum { MOST_POINTS = 4096, MOST_LINES = 1 << 16 };

/* Holds what a cutis_photo_options points to. */
struct inputs {
    cutis_photo_options options;
    cutis_point points[MOST_POINTS];
};

/* What is wrong with what is said of photograph `index`, before any file is
 * read; NULL if nothing is. */
const char *inputs_wrong(const struct options *options, int index);

/* Fills *inputs for photograph `index` (0 before, 1 after).  0, or an exit code
 * with a word on stderr. */
int inputs_read(struct inputs *inputs, const struct options *options,
                int index);

/* Likewise for a capture before or after that is the one of that number, from
 * 0, of all that there are, those before first. */
int inputs_read_shot(struct inputs *inputs, const struct options *options,
                     int index, int shot);

#endif
