/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Pairs by the names of files.  A pattern's half has one star that stands for
 * the pair's id, any text without a slash, in a file's name or a folder's.  A
 * name that only one half finds makes a pair all the same: a photograph that is
 * missing is a failure to be seen, not a row to be lost.
 * A # stands for the number of a capture, 1 to 8.
 */

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "batch.h"

/* Half of a pattern: FOLDER/HEAD*TAIL/REST. */
struct half {
    char folder[MOST_PATH]; /* to list */
    char head[MOST_PATH], tail[MOST_PATH];
    char rest[MOST_PATH]; /* "" or with its slash */
};

struct names {
    char **id;
    size_t count, room;
};

static int refuse(const char *pattern)
{
    fprintf(stderr,
            "cutis: %s: a pattern is two names with a comma between, "
            "and one * in each\n",
            pattern);
    return EXIT_USAGE;
}

/* Takes `size` bytes of a pattern; false if they are not one half. */
static bool half_of(struct half *half, const char *folder, const char *text,
                    size_t size)
{
    char name[MOST_PATH];
    if (size == 0 || size >= MOST_PATH || text[0] == '/')
        return false;
    memcpy(name, text, size);
    name[size] = 0;
    char *const star = strchr(name, '*');
    if (!star || strchr(star + 1, '*'))
        return false;
    *star = 0;
    char *const slash = strrchr(name, '/');
    snprintf(half->head, MOST_PATH, "%s", slash ? slash + 1 : name);
    if (slash)
        *slash = 0;
    if (!file_path(half->folder, folder, slash ? name : "."))
        return false;
    const size_t tail = strcspn(star + 1, "/");
    snprintf(half->rest, MOST_PATH, "%s", star + 1 + tail);
    star[1 + tail] = 0;
    snprintf(half->tail, MOST_PATH, "%s", star + 1);
    return true;
}

static int keep(struct names *names, const char *id, size_t size)
{
    if (names->count == names->room) {
        const size_t room = names->room ? 2 * names->room : 64;
        char **const more = realloc(names->id, room * sizeof(*more));
        if (!more)
            return EXIT_TRY_AGAIN;
        names->id = more;
        names->room = room;
    }
    char *const copy = strndup(id, size);
    if (!copy)
        return EXIT_TRY_AGAIN;
    names->id[names->count++] = copy;
    return 0;
}

static bool is_file(const struct half *half, const char *name)
{
    char path[2 * MOST_PATH];
    struct stat found;
    const int size =
        snprintf(path, sizeof(path), "%s/%s%s", half->folder, name, half->rest);
    return size > 0 && (size_t)size < sizeof(path) && !stat(path, &found) &&
           S_ISREG(found.st_mode);
}

static int list_half(struct names *names, const struct half *half)
{
    const size_t head = strlen(half->head), tail = strlen(half->tail);
    DIR *const folder = opendir(half->folder);
    const struct dirent *entry;
    int code = 0;
    if (!folder)
        return file_refuse(exit_of_open(errno), half->folder);
    while (!code && (entry = readdir(folder))) {
        const char *const name = entry->d_name;
        const size_t size = strlen(name);
        if (name[0] != '.' && size > head + tail &&
            !strncmp(name, half->head, head) &&
            !strcmp(name + size - tail, half->tail) && is_file(half, name))
            code = keep(names, name + head, size - head - tail);
    }
    closedir(folder);
    return code;
}

static int by_name(const void *one, const void *other)
{
    return strcmp(*(char *const *)one, *(char *const *)other);
}

/* Half of a pattern: its captures, one where it has no #. */
struct visit {
    struct half half[CUTIS_CAPTURES];
    int count; /* as the pattern has it */
    int most;  /* of those that any pair has */
};

/* A # stands for a capture's number. */
static bool visit_of(struct visit *visit, const char *folder, const char *text,
                     size_t size)
{
    char name[MOST_PATH];
    if (size >= MOST_PATH)
        return false;
    memcpy(name, text, size);
    name[size] = 0;
    char *const number = strchr(name, '#');
    visit->count = number ? CUTIS_CAPTURES : 1;
    for (int i = 0; i < visit->count; i++) {
        if (number)
            *number = (char)('1' + i);
        if (!half_of(&visit->half[i], folder, name, size))
            return false;
    }
    return true;
}

static void path_of(char path[5 * MOST_PATH], const struct half *half,
                    const char *id)
{
    snprintf(path, 5 * MOST_PATH, "%s/%s%s%s%s", half->folder, half->head, id,
             half->tail, half->rest);
}

static bool has_capture(const struct visit *visit, int capture, const char *id)
{
    char path[5 * MOST_PATH];
    struct stat found;
    path_of(path, &visit->half[capture], id);
    return !stat(path, &found) && S_ISREG(found.st_mode);
}

/* How many columns a visit needs. */
static void count_captures(struct visit *visit, const struct names *names)
{
    visit->most = 1;
    for (size_t i = 0; i < names->count; i++)
        for (int k = visit->most; k < visit->count; k++)
            if (has_capture(visit, k, names->id[i]))
                visit->most = k + 1;
}

/* The first column is never empty: the first capture that there is, or the name
 * that a missing one would have. */
static void put_captures(FILE *out, const struct visit *visit, const char *id,
                         char end)
{
    char path[5 * MOST_PATH];
    int first = 0;
    while (first < visit->most && !has_capture(visit, first, id))
        first++;
    if (first == visit->most)
        first = 0;
    for (int k = 0; k < visit->most; k++) {
        const char last = k + 1 < visit->most ? ',' : end;
        const int of = k == 0 ? first : k;
        path[0] = 0;
        if (k == 0 || (k != first && has_capture(visit, k, id)))
            path_of(path, &visit->half[of], id);
        csv_put(out, path, last);
    }
}

static void put_head(FILE *out, const struct visit visit[PHOTOS])
{
    fputs("pair_id", out);
    for (int i = 0; i < PHOTOS; i++)
        for (int k = 0; k < visit[i].most; k++) {
            char name[16];
            capture_name(name, i, k + 1);
            fprintf(out, ",%s", name);
        }
    fputc('\n', out);
}

static void put_all(FILE *out, struct visit visit[PHOTOS],
                    const struct names *names)
{
    for (int i = 0; i < PHOTOS; i++)
        count_captures(&visit[i], names);
    put_head(out, visit);
    for (size_t i = 0; i < names->count; i++) {
        const char *const id = names->id[i];
        if (i && !strcmp(id, names->id[i - 1]))
            continue;
        csv_put(out, id, ',');
        put_captures(out, &visit[0], id, ',');
        put_captures(out, &visit[1], id, '\n');
    }
}

int folder_list(FILE *manifest, const char *folder, const char *pattern)
{
    struct visit *const visit = calloc(PHOTOS, sizeof(*visit));
    struct names names = {0};
    const size_t comma = strcspn(pattern, ",");
    int code = visit ? 0 : EXIT_TRY_AGAIN;

    if (!code &&
        (!pattern[comma] || !visit_of(&visit[0], folder, pattern, comma) ||
         !visit_of(&visit[1], folder, pattern + comma + 1,
                   strlen(pattern + comma + 1))))
        code = refuse(pattern);
    for (int i = 0; !code && i < PHOTOS; i++)
        for (int k = 0; !code && k < visit[i].count; k++)
            code = list_half(&names, &visit[i].half[k]);
    if (names.count)
        qsort(names.id, names.count, sizeof(*names.id), by_name);
    if (!code)
        put_all(manifest, visit, &names);
    for (size_t i = 0; i < names.count; i++)
        free(names.id[i]);
    free(names.id);
    free(visit);
    return code;
}
