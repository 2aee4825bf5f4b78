/* SPDX-License-Identifier: BSD-2-Clause */

/* What ratings and their figures share. */

#ifndef CUTIS_TOOLS_BATCH_RATINGS_H
#define CUTIS_TOOLS_BATCH_RATINGS_H

#include "batch.h"

/* A picture of a pack, by the key. */
struct picture {
    char *name, *sha256; /* of the photograph it is made of */
    size_t pair;
    int after;
};

/* What one rater says on one scale, or a metric; a value a picture, NaN where
 * there is none. */
struct voice {
    char *scale; /* "" of a metric */
    char *name;
    double *value;
};

struct voices {
    struct voice *of;
    size_t count;
};

struct ratings {
    const struct options *options;
    struct picture *picture;
    size_t pictures;
    char **pair; /* their ids */
    size_t pairs;
    struct voices raters, metrics;
};

/* Writes the table of agreement. */
int agree_write(const struct ratings *ratings);

#endif
