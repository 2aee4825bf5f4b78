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
        capture_free(&roster->shot[i].capture);
    }
    free(roster->shot);
    *roster = (struct roster){0};
}

/* Takes over what `capture` holds. */
static int keep(struct roster *roster, const char *person, const char *visit,
                struct capture *capture)
{
    if (roster->count == roster->room) {
        const size_t room = roster->room ? 2 * roster->room : 64;
        struct roster_shot *const grown =
            realloc(roster->shot, room * sizeof(*grown));
        if (!grown) {
            capture_free(capture);
            return EXIT_TRY_AGAIN;
        }
        roster->shot = grown;
        roster->room = room;
    }
    struct roster_shot *const shot = &roster->shot[roster->count++];
    *shot = (struct roster_shot){strdup(person), strdup(visit), *capture};
    return shot->person && shot->visit ? 0 : EXIT_TRY_AGAIN;
}

/* A file without more said of it. */
static int add(struct roster *roster, const char *person, const char *visit,
               const char *path)
{
    struct capture capture = {.path = strdup(path)};
    return capture.path ? keep(roster, person, visit, &capture)
                        : EXIT_TRY_AGAIN;
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
        return file_refuse(exit_of_open(errno), path);
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

    while (start[-1] != '/') /* of its person's folder */
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

enum { PERSON, FILES, VISIT, CARD, CHART, LANDMARKS, COLUMNS };

/* A copy of a cell, or of the path of what it names; NULL for an empty one. */
static int copy(char **into, const char *text, const char *folder,
                struct csv *csv)
{
    char path[MOST_PATH];

    if (!*text)
        return 0;
    if (folder && !file_path(path, folder, text))
        return csv_wrong(csv, "the path of \"%.64s\" is too long", text);
    *into = strdup(folder ? path : text);
    return *into ? 0 : EXIT_TRY_AGAIN;
}

static int take_row(struct roster *roster, struct csv *csv, const int *column,
                    const char *folder)
{
    struct capture capture = {0};
    const char *const person = csv_get(csv, column[PERSON]);

    if (!*person || !*csv_get(csv, column[FILES]))
        return csv_wrong(csv, "names no %s", *person ? "file" : "person");
    int code = copy(&capture.path, csv_get(csv, column[FILES]), folder, csv);
    if (!code)
        code = copy(&capture.card, csv_get(csv, column[CARD]), NULL, csv);
    if (!code)
        code = copy(&capture.chart, csv_get(csv, column[CHART]), NULL, csv);
    if (!code)
        code = copy(&capture.landmarks, csv_get(csv, column[LANDMARKS]), folder,
                    csv);
    if (!code)
        return keep(roster, person, csv_get(csv, column[VISIT]), &capture);
    capture_free(&capture);
    return code;
}

static int read_table(struct roster *roster, const char *path)
{
    static const char *const name[COLUMNS] = {"person", "file",  "visit",
                                              "card",   "chart", "landmarks"};
    struct csv csv;
    char folder[MOST_PATH];
    int column[COLUMNS];
    const char *const slash = strrchr(path, '/');
    int code = csv_open(&csv, path);

    for (int i = 0; !code && i < COLUMNS; i++) {
        column[i] = csv_column(&csv, name[i]);
        if (column[i] < 0 && i < VISIT)
            code = csv_wrong(&csv, "there is no column \"%s\"", name[i]);
    }
    if (!code) /* a path that was opened is not too long */
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

    return second ? second : strcmp(a->capture.path, b->capture.path);
}

int roster_read(struct roster *roster, const char *path)
{
    *roster = (struct roster){0};
    const int code = is_folder(path) ? walk(roster, path, "", take_person)
                                     : read_table(roster, path);

    if (code == EXIT_TRY_AGAIN)
        fprintf(stderr, "cutis: %s: out of memory\n", path);
    if (!code && roster->count)
        qsort(roster->shot, roster->count, sizeof(*roster->shot), by_visit);
    return code;
}
