/* SPDX-License-Identifier: BSD-2-Clause */

/* The manifest of a batch: its columns, and each row with its options. */

#include <string.h>

#include "../tools/batch.h"
#include "support.h"

static void check_pair(const struct pair *pair)
{
    HOLDS(pair->files <= 2 * PHOTOS + 1);
    for (int i = 0; i < PHOTOS; i++) {
        HOLDS(pair->captures[i] <= CUTIS_CAPTURES);
        for (int k = 0; k < pair->captures[i]; k++)
            HOLDS(pair->path[i][k][0] == '/');
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct columns columns;
    static struct pair pair;
    static struct plan plan = {.folder = "/none"};
    char cutis[] = "cutis", batch[] = "batch", word[] = "plan";
    char *words[] = {cutis, batch, word};
    struct csv csv;

    if (!plan.options.command)
        HOLDS(options_parse(&plan.options, 3, words) == 0);
    int code = csv_open(&csv, fuzz_file(0, data, size));
    if (!code)
        code = columns_find(&columns, &csv, fuzz_session());
    while (!code && csv_next(&csv)) {
        code = pair_read(&pair, &plan, &columns, &csv);
        if (!code)
            check_pair(&pair);
    }
    code = code ? code : csv.code;
    HOLDS(code == 0 || code == EXIT_BAD_INPUT);
    csv_close(&csv);
    return 0;
}
