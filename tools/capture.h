/* SPDX-License-Identifier: BSD-2-Clause */

/* A photograph of a table, and what that says of it. */

#ifndef CUTIS_TOOLS_CAPTURE_H
#define CUTIS_TOOLS_CAPTURE_H

struct capture {
    char *path;                     /* as it opens from where we are */
    char *card, *chart, *landmarks; /* as the options of those names; NULL */
};

void capture_free(struct capture *capture);

#endif
