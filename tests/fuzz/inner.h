/* SPDX-License-Identifier: BSD-2-Clause */

/* What targets share that look inside of the library. */

#ifndef CT_TESTS_FUZZ_INNER_H
#define CT_TESTS_FUZZ_INNER_H

#include "stages.h"
#include "support.h"

/* Tools of one thread, with a limit of 256 MB. */
void fuzz_tools(struct tools *tools);

/* Checks that nothing is left, and that a failure, and nothing else, has a
 * sentence. */
void fuzz_tools_end(const struct tools *tools, cutis_status status);

/* Reads a picture twice, without and with damage allowed, makes light of it,
 * and checks what is promised of that. */
void fuzz_picture(const uint8_t *data, size_t size);

#endif
