/* SPDX-License-Identifier: BSD-2-Clause */

/* What raters said, the key, and what was measured: three tables with a line
 * "%%" between. */

#include "../tools/batch.h"
#include "support.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct piece rest = {data, size};
    const struct piece ratings = fuzz_next(&rest), key = fuzz_next(&rest);
    const char *const file = fuzz_file(0, ratings.at, ratings.size);
    struct options options = {.files = &file, .file_count = 1};

    options.key = fuzz_file(1, key.at, key.size);
    if (rest.size)
        options.results = fuzz_file(2, rest.at, rest.size);
    const int code = batch_ratings(&options);
    HOLDS(code == 0 || code == EXIT_BAD_INPUT);
    return 0;
}
