/* SPDX-License-Identifier: BSD-2-Clause */

/* The plan of a batch, its digest put right, and whatever it says of shards:
 * looked for, and put together. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../tools/batch.h"
#include "support.h"

static const char manifest[] = "pair_id,before,after,days\n"
                               "p1,a.png,b.png,3\n"
                               "p2,c.png,\"d,1.png\",\n";

/* Writes the plan with its last line. */
static void write_plan(const char *run, const uint8_t *data, size_t size)
{
    enum { TAIL = 4 + 64 + 1 };
    char hex[DIGEST];
    char *const text = malloc(size + TAIL + 1);

    HOLDS(text != NULL);
    memcpy(text, data, size);
    cutis_sha256(hex, data, size);
    snprintf(text + size, TAIL + 1, "end %s\n", hex);
    fuzz_write(run, "plan", text, size + TAIL);
    free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *const run = fuzz_folder();
    struct options options = {0};
    struct plan plan;
    uint64_t failed;

    fuzz_write(run, "manifest.csv", manifest, sizeof(manifest) - 1);
    write_plan(run, data, size);
    if (plan_load(&plan, run) == 0) {
        HOLDS(plan.folder && plan.source);
        for (size_t i = 0; i < plan.shards && i < 8; i++)
            HOLDS(!shard_is_done(&plan, i, NULL));
        HOLDS(!plan.shards || merge(&plan, &options, NULL, &failed) != 0);
    }
    plan_free(&plan);
    return 0;
}
