/* SPDX-License-Identifier: BSD-2-Clause */

/* The results of a shard, between a head and an end that are right: looked at,
 * read, and put together in both ways. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "../tools/batch.h"
#include "support.h"

static const char manifest[] = "pair_id,before,after,clinic\n"
                               "p1,a.png,b.png,north\n"
                               "p2,c.png,\"d,1.png\",\n";
static char word_of[3][6] = {"cutis", "batch", "plan"};

static void make_run(struct plan *plan)
{
    char path[128];
    char *words[] = {word_of[0], word_of[1], word_of[2]};

    plan->run = fuzz_folder();
    snprintf(path, sizeof(path), "%s/shards", plan->run);
    HOLDS(mkdir(path, 0700) == 0);
    fuzz_write(plan->run, "manifest.csv", manifest, sizeof(manifest) - 1);
    cutis_sha256(plan->digest, manifest, sizeof(manifest) - 1);
    HOLDS(options_parse(&plan->options, 3, words) == 0);
    plan->folder = "/none";
    plan->source = plan->digest;
    plan->pairs = 2;
    plan->shards = 1;
    plan->shard = calloc(1, sizeof(*plan->shard));
    HOLDS(plan->shard != NULL);
    *plan->shard = (struct shard){.offset = 28, .line = 2, .rows = 2};
}

static void write_shard(const struct plan *plan, const uint8_t *data,
                        size_t size)
{
    char *text = NULL, hex[DIGEST];
    size_t length;
    FILE *const file = open_memstream(&text, &length);

    HOLDS(file != NULL);
    fprintf(file, "cutis.shard/1 %s 1 0 2\n", plan->digest);
    fwrite(data, 1, size, file);
    if (!size || data[size - 1] != '\n')
        fputc('\n', file);
    fflush(file);
    cutis_sha256(hex, text, length);
    fprintf(file, "end 2 1 %zu %s\n", length, hex);
    fclose(file);
    fuzz_write(plan->run, "shards/000001", text, length);
    free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct plan plan;
    struct options options = {0};
    char *bytes = NULL;
    uint64_t failed;

    if (!plan.run)
        make_run(&plan);
    write_shard(&plan, data, size);
    HOLDS(shard_is_done(&plan, 0, NULL));
    HOLDS(shard_read(&plan, 0, &bytes, &size) == 0);
    free(bytes);
    for (int wide = 0; wide < 2; wide++) {
        options.wide = wide;
        const int code = merge(&plan, &options, NULL, &failed);
        HOLDS(code == 0 || code == EXIT_INTERNAL);
    }
    return 0;
}
