/* SPDX-License-Identifier: BSD-2-Clause */

/* Files of a run folder, each whole or not there. */

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "batch.h"

int file_refuse(int code, const char *path)
{
    fprintf(stderr, "cutis: %s: %s\n", path, strerror(errno));
    return code;
}

bool file_path(char path[MOST_PATH], const char *folder, const char *name)
{
    const int size = *name == '/'
                         ? snprintf(path, MOST_PATH, "%s", name)
                         : snprintf(path, MOST_PATH, "%s/%s", folder, name);
    return (size_t)size < MOST_PATH;
}

bool file_number(const char **at, uint64_t *out)
{
    char *end;
    if (**at < '0' || **at > '9')
        return false;
    errno = 0;
    *out = strtoull(*at, &end, 10);
    *at = end + (*end == ' ');
    return !errno;
}

/* ---- Reading ------------------------------------------------------------- */

static int read_all(FILE *file, size_t most, char **bytes, size_t *size)
{
    struct stat found;
    if (fstat(fileno(file), &found))
        return EXIT_IO;
    errno = EFBIG;
    if ((uint64_t)found.st_size > most)
        return EXIT_LIMIT;
    *size = (size_t)found.st_size;
    *bytes = malloc(*size + 1);
    if (!*bytes)
        return EXIT_TRY_AGAIN;
    (*bytes)[*size] = 0;
    return fread(*bytes, 1, *size, file) == *size ? 0 : EXIT_IO;
}

/* A pipe that nobody writes to would hold us up. */
FILE *file_open(const char *path, int *code)
{
    struct stat found;
    *code = 0;
    FILE *file = NULL;
    if (stat(path, &found)) {
        *code = file_refuse(exit_of_open(errno), path);
    } else if (!S_ISREG(found.st_mode)) {
        fprintf(stderr, "cutis: %s: not a file\n", path);
        *code = EXIT_BAD_INPUT;
    } else {
        file = fopen(path, "rb");
        if (!file)
            *code = file_refuse(exit_of_open(errno), path);
    }
    return file;
}

int file_read(const char *path, size_t most, char **bytes, size_t *size)
{
    int code;
    FILE *const file = file_open(path, &code);
    *bytes = NULL;
    if (!file)
        return code;
    code = read_all(file, most, bytes, size);
    if (code)
        code = file_refuse(code, path);
    fclose(file);
    if (code) {
        free(*bytes);
        *bytes = NULL;
    }
    return code;
}

/* A chain: each block's digest is taken with the one before it in front. */
int file_digest(const char *path, char hex[DIGEST])
{
    enum { BLOCK = 1 << 18 };
    int code;
    FILE *const file = file_open(path, &code);
    if (!file)
        return code;
    char *const block = malloc(DIGEST + BLOCK);
    code = block ? 0 : EXIT_TRY_AGAIN;
    memset(hex, 0, DIGEST);
    for (size_t got = block ? BLOCK : 0; got == BLOCK;) {
        got = fread(block + DIGEST, 1, BLOCK, file);
        memcpy(block, hex, DIGEST);
        cutis_sha256(hex, block, DIGEST + got);
    }
    if (ferror(file))
        code = file_refuse(EXIT_IO, path);
    free(block);
    fclose(file);
    return code;
}

/* ---- Writing ------------------------------------------------------------- */

int file_folder(const char *path)
{
    struct stat found;
    if (!mkdir(path, 0777) ||
        (errno == EEXIST && !stat(path, &found) && S_ISDIR(found.st_mode)))
        return 0;
    return file_refuse(EXIT_OUTPUT, path);
}

static int write_all(int fd, const char *bytes, size_t size)
{
    while (size) {
        const ssize_t wrote = write(fd, bytes, size);
        if (wrote < 0 && errno == EINTR)
            continue;
        if (wrote < 0)
            return -1;
        bytes += wrote;
        size -= (size_t)wrote;
    }
    return fsync(fd);
}

/* So that the new name outlasts a loss of power. */
static int flush_folder(const char *path)
{
    char folder[MOST_PATH];
    snprintf(folder, sizeof(folder), "%s", path);
    *strrchr(folder, '/') = 0;
    const int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return -1;
    /* Some file systems know no flush of a folder. */
    const int failed = fsync(fd) && errno != EINVAL;
    close(fd);
    return failed ? -1 : 0;
}

/* A name that nobody else takes: of this computer and process. */
static bool part_path(char path[MOST_PATH], const char *run, const char *name)
{
    char part[MOST_PATH], host[128] = "";
    gethostname(host, sizeof(host) - 1);
    const char *const slash = strrchr(name, '/');
    const int size = snprintf(part, sizeof(part), "parts/%s.%s.%ld",
                              slash ? slash + 1 : name, host, (long)getpid());
    return (size_t)size < MOST_PATH && file_path(path, run, part);
}

/* Without links, as on some network's and USB file systems, by renaming: what
 * is replaced has the same bytes. */
static int link_to(const char *part, const char *path)
{
    if (!link(part, path))
        return 0;
    const int why = errno;
    if (why == EEXIST || !access(path, F_OK))
        return 0;
    if (why == EPERM || why == ENOTSUP || why == ENOSYS)
        return rename(part, path);
    errno = why;
    return -1;
}

int file_publish(const char *run, const char *name, const char *bytes,
                 size_t size)
{
    char part[MOST_PATH], path[MOST_PATH];
    errno = ENAMETOOLONG;
    if (!part_path(part, run, name) || !file_path(path, run, name))
        return file_refuse(EXIT_OUTPUT, run);
    unlink(part); /* a process of our number that was killed here */
    const int fd = open(part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd < 0)
        return file_refuse(EXIT_OUTPUT, part);
    int failed = write_all(fd, bytes, size);
    int why = errno;
    if (close(fd) && !failed) {
        failed = -1;
        why = errno;
    }
    if (!failed) {
        failed = link_to(part, path) || flush_folder(path);
        why = errno;
    }
    unlink(part);
    errno = why;
    return failed ? file_refuse(EXIT_OUTPUT, path) : 0;
}
