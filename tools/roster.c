/* SPDX-License-Identifier: BSD-2-Clause */

#include "roster.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "batch.h"

void roster_free(struct roster *roster)
{
    for (size_t i = 0; i < roster->count; i++) {
        free(roster->shot[i].person);
        free(roster->shot[i].visit);
        free(roster->shot[i].path);
    }
    free(roster->shot);
    *roster = (struct roster){0};
}

static int add(struct roster *roster, const char *person, const char *visit,
               const char *path)
{
    if (roster->count == roster->room) {
        const size_t room = roster->room ? 2 * roster->room : 64;
        struct roster_shot *const grown =
            realloc(roster->shot, room * sizeof(*grown));
        if (!grown)
            return EXIT_TRY_AGAIN;
        roster->shot = grown;
        roster->room = room;
    }
    struct roster_shot *const shot = &roster->shot[roster->count++];
    *shot = (struct roster_shot){strdup(person), strdup(visit), strdup(path)};
    return shot->person && shot->visit && shot->path ? 0 : EXIT_TRY_AGAIN;
}

static bool is_folder(const char *path)
{
    struct stat found;
    return !stat(path, &found) && S_ISDIR(found.st_mode);
}

/* ---- Folders ------------------------------------------------------------- */

/* Does `each` for what a folder holds, hidden things left out. */
static int walk(struct roster *roster, const char *path, const char *person,
                int (*each)(struct roster *roster, const char *path,
                            const char *person, const char *name))
{
    const struct dirent *entry;
    char inner[MOST_PATH];
    DIR *const folder = opendir(path);
    int code = 0;

    if (!folder)
        return file_refuse(EXIT_MISSING_INPUT, path);
    while (!code && (entry = readdir(folder))) {
        if (entry->d_name[0] == '.')
            continue;
        if (file_path(inner, path, entry->d_name))
            code = each(roster, inner, person, entry->d_name);
        else
            code = EXIT_USAGE;
    }
    closedir(folder);
    return code;
}

/* The visit of a file is the folder that it is in. */
static int take_file(struct roster *roster, const char *path,
                     const char *person, const char *name)
{
    const char *const end = path + (strlen(path) - strlen(name) - 1);
    const char *start = end;
    char visit[MOST_PATH];

    while (start > path && start[-1] != '/')
        start--;
    memcpy(visit, start, (size_t)(end - start));
    visit[end - start] = 0;
    return is_folder(path) ? 0 : add(roster, person, visit, path);
}

static int take_visit(struct roster *roster, const char *path,
                      const char *person, const char *name)
{
    (void)name;
    return is_folder(path) ? walk(roster, path, person, take_file) : 0;
}

static int take_capture(struct roster *roster, const char *path,
                        const char *person, const char *name)
{
    (void)name;
    return add(roster, person, "", path);
}

/* Visits where there is one, and then nothing else. */
static int take_person(struct roster *roster, const char *path,
                       const char *person, const char *name)
{
    const size_t before = roster->count;

    (void)person;
    if (!is_folder(path))
        return 0;
    const int code = walk(roster, path, name, take_visit);
    return code || roster->count > before
               ? code
               : walk(roster, path, name, take_capture);
}

/* ---- Tables -------------------------------------------------------------- */

enum { PERSON, FILES, VISIT, COLUMNS };

static int take_row(struct roster *roster, struct csv *csv, const int *column,
                    const char *folder)
{
    char path[MOST_PATH];
    const char *const person = csv_get(csv, column[PERSON]);
    const char *const file = csv_get(csv, column[FILES]);

    if (!*person || !*file)
        return csv_wrong(csv, "names no %s", *person ? "file" : "person");
    if (!file_path(path, folder, file))
        return csv_wrong(csv, "the file's path is too long");
    return add(roster, person, csv_get(csv, column[VISIT]), path);
}

static int read_table(struct roster *roster, const char *path)
{
    static const char *const name[COLUMNS] = {"person", "file", "visit"};
    struct csv csv;
    char folder[MOST_PATH];
    int column[COLUMNS];
    const char *const slash = strrchr(path, '/');
    int code = csv_open(&csv, path);

    for (int i = 0; !code && i < COLUMNS; i++) {
        column[i] = csv_column(&csv, name[i]);
        if (column[i] < 0 && i != VISIT)
            code = csv_wrong(&csv, "there is no column \"%s\"", name[i]);
    }
    if (!code && slash && slash - path >= MOST_PATH)
        code = csv_wrong(&csv, "the table's path is too long");
    if (!code)
        snprintf(folder, sizeof(folder), "%.*s",
                 slash ? (int)(slash - path) + (slash == path) : 1,
                 slash ? path : ".");
    while (!code && csv_next(&csv))
        code = take_row(roster, &csv, column, folder);
    code = code ? code : csv.code;
    csv_close(&csv);
    return code;
}

/* ---- Order --------------------------------------------------------------- */

static int by_visit(const void *one, const void *other)
{
    const struct roster_shot *const a = one, *const b = other;
    const int order = strcmp(a->person, b->person);
    const int second = order ? order : strcmp(a->visit, b->visit);

    return second ? second : strcmp(a->path, b->path);
}

int roster_read(struct roster *roster, const char *path)
{
    *roster = (struct roster){0};
    const int code = is_folder(path) ? walk(roster, path, "", take_person)
                                     : read_table(roster, path);

    if (code == EXIT_TRY_AGAIN)
        fprintf(stderr, "cutis: %s: out of memory\n", path);
    if (roster->count)
        qsort(roster->shot, roster->count, sizeof(*roster->shot), by_visit);
    return code;
}
