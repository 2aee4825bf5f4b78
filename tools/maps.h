/* SPDX-License-Identifier: BSD-2-Clause */

/* Where the maps go: a folder of files, each whole or not there. */

#ifndef CUTIS_TOOLS_MAPS_H
#define CUTIS_TOOLS_MAPS_H

#include <cutis/cutis.h>

/* Makes the folder unless it is there.  0, or EXIT_OUTPUT with a word on
 * stderr. */
int maps_folder(const char *folder);

/* A cutis_file_fn whose user is the folder's name. */
int maps_write(void *folder, const char *name, const void *bytes, size_t size);

#endif
