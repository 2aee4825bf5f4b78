/* SPDX-License-Identifier: BSD-2-Clause */

#include "support.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SLOTS = 4 };

void fuzz_holds(int holds, const char *what, const char *file, int line)
{
    if (holds)
        return;
    fprintf(stderr, "%s:%d: does not hold: %s\n", file, line, what);
    abort();
}

cutis_session *fuzz_session(void)
{
    static cutis_session *session;
    cutis_options options = CUTIS_OPTIONS_DEFAULT;

    options.threads = 1;
    options.max_pixels = 1 << 14;
    options.max_memory = (uint64_t)256 << 20;
    if (!session)
        HOLDS(cutis_session_create(&options, &session) == CUTIS_OK);
    return session;
}

/* ---- Files --------------------------------------------------------------- */

static void put(int file, const void *bytes, size_t size)
{
    const char *at = bytes;

    while (size) {
        const ssize_t wrote = write(file, at, size);
        HOLDS(wrote > 0);
        at += wrote;
        size -= (size_t)wrote;
    }
}

/* Of the system's memory where there is such a place. */
static void make_name(char *name, size_t room)
{
    snprintf(name, room, "%s/cutis-fuzz-XXXXXX",
             access("/dev/shm", W_OK) ? "/tmp" : "/dev/shm");
}

const char *fuzz_file(int slot, const void *bytes, size_t size)
{
    static char path[SLOTS][64];
    static int file[SLOTS];

    if (!path[slot][0]) {
        char name[64];
        make_name(name, sizeof(name));
        file[slot] = mkstemp(name);
        HOLDS(file[slot] >= 0);
        unlink(name);
        snprintf(path[slot], sizeof(*path), "/proc/self/fd/%d", file[slot]);
    }
    HOLDS(ftruncate(file[slot], 0) == 0 && lseek(file[slot], 0, SEEK_SET) == 0);
    put(file[slot], bytes, size);
    return path[slot];
}

static char folder[64];

static void empty(const char *path)
{
    char inner[512];
    DIR *const open = opendir(path);

    for (struct dirent *entry; open && (entry = readdir(open));) {
        if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, ".."))
            continue;
        snprintf(inner, sizeof(inner), "%s/%s", path, entry->d_name);
        if (unlink(inner))
            empty(inner);
    }
    if (open)
        closedir(open);
    rmdir(path);
}

static void remove_folder(void)
{
    empty(folder);
}

const char *fuzz_folder(void)
{
    if (!folder[0]) {
        make_name(folder, sizeof(folder));
        HOLDS(mkdtemp(folder) != NULL);
        atexit(remove_folder);
    }
    return folder;
}

void fuzz_write(const char *in, const char *name, const void *bytes,
                size_t size)
{
    char path[128];

    snprintf(path, sizeof(path), "%s/%s", in, name);
    const int file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    HOLDS(file >= 0);
    put(file, bytes, size);
    close(file);
}

struct piece fuzz_next(struct piece *rest)
{
    struct piece piece = *rest;

    for (size_t i = 0; i + 3 <= rest->size; i++)
        if (!memcmp(rest->at + i, "%%\n", 3)) {
            piece.size = i;
            rest->at += i + 3;
            rest->size -= i + 3;
            return piece;
        }
    rest->size = 0;
    return piece;
}
