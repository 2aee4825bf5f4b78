/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Which part of the shards is this process's.  Slurm's array tasks are numbered
 * with a first, a last and a step; MPI's ranks and Slurm's tasks of a step from
 * 0.  A step's own variables count only inside of one: the batch script, which
 * is one process, has some of them too.
 */

#include <stdlib.h>

#include "batch.h"

/* A number of the environment, or `none`. */
static long long number_of(const char *name, long long none)
{
    const char *const text = getenv(name);
    char *end;
    if (!text || !*text)
        return none;
    const long long value = strtoll(text, &end, 10);
    return *end ? none : value;
}

static bool take_rank(const char *rank, const char *size, uint64_t *part,
                      uint64_t *of)
{
    const long long at = number_of(rank, -1), count = number_of(size, -1);
    if (at < 0 || count < 1 || at >= count)
        return false;
    *part = (uint64_t)at;
    *of = (uint64_t)count;
    return true;
}

static bool take_array(uint64_t *part, uint64_t *of)
{
    const long long id = number_of("SLURM_ARRAY_TASK_ID", -1);
    const long long first = number_of("SLURM_ARRAY_TASK_MIN", -1);
    const long long last = number_of("SLURM_ARRAY_TASK_MAX", -1);
    const long long step = number_of("SLURM_ARRAY_TASK_STEP", 1);
    if (first < 0 || id < first || last < id || step < 1)
        return false;
    *part = (uint64_t)((id - first) / step);
    *of = (uint64_t)((last - first) / step) + 1;
    return true;
}

int task_find(const struct options *options, uint64_t *part, uint64_t *of)
{
    *part = 0;
    *of = 1;
    if (options->shard || options->of) {
        if (!options->shard || !options->of || options->shard > options->of) {
            fputs("cutis: --shard I --of N, I from 1 to N\n", stderr);
            return EXIT_USAGE;
        }
        *part = options->shard - 1;
        *of = options->of;
        return 0;
    }
    if (take_array(part, of) ||
        take_rank("OMPI_COMM_WORLD_RANK", "OMPI_COMM_WORLD_SIZE", part, of) ||
        take_rank("PMI_RANK", "PMI_SIZE", part, of))
        return 0;
    if (number_of("SLURM_STEP_ID", -1) >= 0)
        take_rank("SLURM_PROCID", "SLURM_STEP_NUM_TASKS", part, of);
    return 0;
}
