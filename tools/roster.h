/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Repeat captures of several people, as `cutis calibrate` takes them:
 *
 *     FOLDER/PERSON/FILE          captures of one person
 *     FOLDER/PERSON/VISIT/FILE    the same, visit by visit
 *     TABLE.csv                   columns person, file and, if there are any,
 *                                 visit, card, chart, landmarks; files beside
 *                                 the table
 */

#ifndef CUTIS_TOOLS_ROSTER_H
#define CUTIS_TOOLS_ROSTER_H

#include <stddef.h>

#include "capture.h"

struct roster_shot {
    char *person, *visit; /* visit "": there are none */
    struct capture capture;
};

/* Ordered by the bytes of person, visit and path. */
struct roster {
    struct roster_shot *shot;
    size_t count, room;
};

/* 0, or an exit code with words on stderr; free it in any case. */
int roster_read(struct roster *roster, const char *path);
void roster_free(struct roster *roster);

#endif
