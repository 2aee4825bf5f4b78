/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What the fuzz targets share.  A target is one function that takes any bytes:
 * libFuzzer calls it with what it makes up (tests/fuzz.sh), and replay.c with
 * the files of a folder, in every build and in every run of the tests.
 */

#ifndef CT_TESTS_FUZZ_SUPPORT_H
#define CT_TESTS_FUZZ_SUPPORT_H

#include <stdint.h>

#include <cutis/cutis.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Ends the process unless `holds`, sanitizer or none. */
#define HOLDS(holds) fuzz_holds((holds), #holds, __FILE__, __LINE__)
void fuzz_holds(int holds, const char *what, const char *file, int line);

/* A session of one thread, with a limit of 256 MB and 16 384 pixels; the same
 * at every call. */
cutis_session *fuzz_session(void);

/* A path under which a file with these bytes can be opened, until the next call
 * for the same of four slots. */
const char *fuzz_file(int slot, const void *bytes, size_t size);

/* Writes a file of a folder. */
void fuzz_write(const char *folder, const char *name, const void *bytes,
                size_t size);

/* A folder in memory, taken away at the end. */
const char *fuzz_folder(void);

/* Takes what comes before a line "%%" from the front of a text of several, or
 * all that is left. */
struct piece {
    const uint8_t *at;
    size_t size;
};
struct piece fuzz_next(struct piece *rest);

#endif
