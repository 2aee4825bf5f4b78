/* SPDX-License-Identifier: BSD-2-Clause */

/* Tables.  What is read is the same when it is written and read again. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../tools/csv.h"
#include "support.h"

/* All rows, written anew behind a byte-order mark, which the first name could
 * be taken for else; how many cells there were. */
static int rewrite(struct csv *csv, FILE *out)
{
    const int columns = csv_columns(csv);
    int cells = columns;

    fputs("\xef\xbb\xbf", out);
    for (int i = 0; i < columns; i++)
        csv_put(out, csv_name(csv, i), i + 1 < columns ? ',' : '\n');
    while (csv_next(csv)) {
        /* A row of one empty field would be an empty line, which is none. */
        if (columns == 1 && !*csv_get(csv, 0))
            continue;
        for (int i = 0; i < columns; i++, cells++)
            csv_put(out, csv_get(csv, i), i + 1 < columns ? ',' : '\n');
    }
    return cells;
}

static int rewrite_file(int slot, const void *bytes, size_t size, char **out,
                        size_t *length, int *code)
{
    struct csv csv;
    FILE *const text = open_memstream(out, length);
    int cells = 0;

    HOLDS(text != NULL);
    *code = csv_open(&csv, fuzz_file(slot, bytes, size));
    if (!*code) {
        cells = rewrite(&csv, text);
        *code = csv.code;
    }
    csv_close(&csv);
    fclose(text);
    return cells;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *once = NULL, *twice = NULL;
    size_t length, other;
    int code;

    const int cells = rewrite_file(0, data, size, &once, &length, &code);
    if (!code) {
        HOLDS(rewrite_file(1, once, length, &twice, &other, &code) == cells);
        HOLDS(!code && length == other && !memcmp(once, twice, length));
    }
    free(once);
    free(twice);
    return 0;
}
