/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * A library to be loaded before the C library, which fails at a moment:
 *
 *     FAULT=link:2    the process is killed as it asks for its second link
 *     FAULT=fsync:1   or for its first flush
 *     FAULT_OPEN=NAME opening a file whose name ends so fails with EIO
 */

#define _GNU_SOURCE

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int calls_of_link, calls_of_fsync;

static void perhaps_die(const char *call, int *calls)
{
    const char *const fault = getenv("FAULT");
    const size_t size = strlen(call);
    if (fault && !strncmp(fault, call, size) && fault[size] == ':' &&
        ++*calls == atoi(fault + size + 1))
        raise(SIGKILL);
}

int link(const char *from, const char *to)
{
    int (*const next)(const char *, const char *) =
        (int (*)(const char *, const char *))dlsym(RTLD_NEXT, "link");
    perhaps_die("link", &calls_of_link);
    return next(from, to);
}

int fsync(int fd)
{
    int (*const next)(int) = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
    perhaps_die("fsync", &calls_of_fsync);
    return next(fd);
}

static int refuses(const char *path)
{
    const char *const name = getenv("FAULT_OPEN");
    const size_t size = strlen(path), tail = name ? strlen(name) : 0;
    return name && size >= tail && !strcmp(path + size - tail, name);
}

static int open_as(const char *call, const char *path, int flags, mode_t mode)
{
    int (*const next)(const char *, int, ...) =
        (int (*)(const char *, int, ...))dlsym(RTLD_NEXT, call);
    if (refuses(path)) {
        errno = EIO;
        return -1;
    }
    return next(path, flags, mode);
}

int open(const char *path, int flags, ...)
{
    va_list more;
    va_start(more, flags);
    const mode_t mode = flags & O_CREAT ? va_arg(more, mode_t) : 0;
    va_end(more);
    return open_as("open", path, flags, mode);
}

int open64(const char *path, int flags, ...)
{
    va_list more;
    va_start(more, flags);
    const mode_t mode = flags & O_CREAT ? va_arg(more, mode_t) : 0;
    va_end(more);
    return open_as("open64", path, flags, mode);
}
