/* SPDX-License-Identifier: BSD-2-Clause */

/* A long table that statistics are made of. */

#include "../tools/batch.h"
#include "support.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *const file = fuzz_file(0, data, size);
    struct options options = {.files = &file, .file_count = 1};

    for (int i = 0; i < 2; i++) {
        options.by = i ? "by" : NULL;
        const int code = batch_stats(&options);
        HOLDS(code == 0 || code == EXIT_BAD_INPUT);
    }
    return 0;
}
