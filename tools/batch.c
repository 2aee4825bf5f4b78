/* SPDX-License-Identifier: BSD-2-Clause */

/* The commands of a batch. */

#include <dirent.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "batch.h"

int needs(const struct options *options, int files, const char *what)
{
    if (options->file_count == files)
        return 0;
    fprintf(stderr, "cutis: %s takes %s\n", options->command, what);
    return EXIT_USAGE;
}

/* ---- plan, run ----------------------------------------------------------- */

static int batch_plan(const struct options *options)
{
    struct plan plan;
    int code = needs(options, 1, "a table or a folder");
    if (!code && !options->dir) {
        fputs("cutis: batch plan needs a run folder: -d DIR\n", stderr);
        code = EXIT_USAGE;
    }
    if (!code)
        code = plan_make(options, options->dir);
    if (code || options->quiet)
        return code;
    code = plan_load(&plan, options->dir);
    if (!code)
        fprintf(stderr, "cutis: %s: %llu pairs in %zu shards\n", options->dir,
                (unsigned long long)plan.pairs, plan.shards);
    plan_free(&plan);
    return code;
}

static int batch_run(const struct options *options)
{
    struct options wanted = *options;
    struct plan plan = {0};
    uint64_t part = 0, of = 1;
    int code = needs(options, 1, "a run folder");
    if (!code)
        code = task_find(options, &part, &of);
    if (!code)
        code = plan_load(&plan, options->files[0]);
    /* One of many tasks is one process. */
    if (of > 1 && !options->threads_said)
        wanted.session.threads = 1;
    if (!code)
        code = crew_run(&plan, &wanted, part, of);
    plan_free(&plan);
    return code;
}

/* ---- status, merge ------------------------------------------------------- */

struct state {
    size_t shards;
    uint64_t pairs, failed;
};

static struct state state_of(const struct plan *plan)
{
    struct state state = {0};
    struct shard_end end;
    for (size_t i = 0; i < plan->shards; i++)
        if (shard_is_done(plan, i, &end)) {
            state.shards++;
            state.pairs += end.rows;
            state.failed += end.failed;
        }
    return state;
}

static int batch_status(const struct options *options)
{
    struct plan plan = {0};
    int code = needs(options, 1, "a run folder");
    if (!code)
        code = plan_load(&plan, options->files[0]);
    if (!code) {
        const struct state state = state_of(&plan);
        printf("%llu of %llu pairs are done, in %zu of %zu shards; %llu "
               "failed\n",
               (unsigned long long)state.pairs, (unsigned long long)plan.pairs,
               state.shards, plan.shards, (unsigned long long)state.failed);
        code = state.shards < plan.shards ? EXIT_INCOMPLETE
               : state.failed             ? EXIT_SOME_FAILED
                                          : 0;
    }
    plan_free(&plan);
    return code;
}

static int merge_all(const struct plan *plan, const struct options *options)
{
    const char *const path = options->output_count ? options->output[0] : NULL;
    const struct state state = state_of(plan);
    uint64_t failed = 0;
    if (state.shards < plan->shards) {
        fprintf(stderr,
                "cutis: %llu of %llu pairs are done: run it again "
                "before the results are put together\n",
                (unsigned long long)state.pairs,
                (unsigned long long)plan->pairs);
        return EXIT_INCOMPLETE;
    }
    const int code = merge(plan, options, path, &failed);
    return code ? code : failed ? EXIT_SOME_FAILED : 0;
}

static int batch_merge(const struct options *options)
{
    struct plan plan = {0};
    int code = needs(options, 1, "a run folder");
    if (!code && options->output_count > 1) {
        fputs("cutis: batch merge writes one table\n", stderr);
        code = EXIT_USAGE;
    }
    if (!code)
        code = plan_load(&plan, options->files[0]);
    if (!code)
        code = merge_all(&plan, options);
    plan_free(&plan);
    return code;
}

/* ---- All in one step ----------------------------------------------------- */

void remove_folder(const char *path)
{
    char name[MOST_PATH];
    DIR *const folder = opendir(path);
    const struct dirent *entry;
    while (folder && (entry = readdir(folder)))
        if (strcmp(entry->d_name, ".") != 0 &&
            strcmp(entry->d_name, "..") != 0 &&
            file_path(name, path, entry->d_name))
            unlink(name);
    if (folder)
        closedir(folder);
    rmdir(path);
}

/* The plan goes first: without it a folder that is half gone is begun anew. */
void remove_run(const char *run)
{
    char path[MOST_PATH];
    static const char *const names[] = {"parts", "shards", ""};
    if (file_path(path, run, "plan"))
        unlink(path);
    for (int i = 0; i < 3; i++)
        if (file_path(path, run, names[i]))
            remove_folder(path);
}

static bool is_same_file(const char *one, const char *other)
{
    struct stat a, b;
    return !stat(one, &a) && !stat(other, &b) && a.st_dev == b.st_dev &&
           a.st_ino == b.st_ino;
}

static int check_step(const struct options *options)
{
    const int code = needs(options, 1, "a table or a folder");
    if (code)
        return code;
    if (options->output_count != 1) {
        fputs("cutis: batch writes one table: -o FILE\n", stderr);
        return EXIT_USAGE;
    }
    if (is_same_file(options->files[0], options->output[0])) {
        fprintf(stderr,
                "cutis: %s: is what is to be compared; it is not "
                "written over\n",
                options->output[0]);
        return EXIT_USAGE;
    }
    return 0;
}

/* Takes up a run that was begun, or begins one. */
static int take_up(struct plan *plan, const struct options *options,
                   const char *run)
{
    char path[MOST_PATH];
    errno = ENAMETOOLONG;
    if (!file_path(path, run, "plan"))
        return file_refuse(EXIT_OUTPUT, run);
    const bool begun = !access(path, F_OK);
    int code = begun ? 0 : plan_make(options, run);
    if (code && !options->dir)
        remove_run(run);
    if (!code)
        code = plan_load(plan, run);
    if (!code && begun)
        code = plan_is_of(plan, options);
    return code;
}

static int batch_step(const struct options *options)
{
    struct plan plan = {0};
    char run[MOST_PATH];
    int code = check_step(options);
    if (code)
        return code;
    const char *const output = options->output[0];
    const int size = options->dir
                         ? snprintf(run, sizeof(run), "%s", options->dir)
                         : snprintf(run, sizeof(run), "%s.run", output);
    if (size < 0 || (size_t)size >= sizeof(run)) {
        errno = ENAMETOOLONG;
        return file_refuse(EXIT_OUTPUT, output);
    }
    code = take_up(&plan, options, run);
    if (!code)
        code = crew_run(&plan, options, 0, 1);
    if (!code || code == EXIT_SOME_FAILED)
        code = merge_all(&plan, options);
    plan_free(&plan);
    if (!options->dir && (!code || code == EXIT_SOME_FAILED))
        remove_run(run);
    return code;
}

int command_batch(const struct options *options)
{
    static const struct {
        const char *name;
        int (*run)(const struct options *options);
    } parts[] = {
        {"batch", batch_step},        {"batch plan", batch_plan},
        {"batch run", batch_run},     {"batch status", batch_status},
        {"batch merge", batch_merge}, {"batch stats", batch_stats},
        {"batch blind", batch_blind}, {"batch ratings", batch_ratings},
    };
    for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++)
        if (!strcmp(parts[i].name, options->command))
            return parts[i].run(options);
    return EXIT_INTERNAL;
}
