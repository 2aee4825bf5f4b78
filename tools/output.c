/* SPDX-License-Identifier: BSD-2-Clause */

#include "output.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "options.h"

static int refuse(const char *path)
{
    fprintf(stderr, "cutis: %s: %s\n", path, strerror(errno));
    return EXIT_OUTPUT;
}

/* Devices and pipes are written in place; there is nothing to publish. */
static int is_special(const char *path)
{
    struct stat status;
    return !stat(path, &status) && !S_ISREG(status.st_mode);
}

int output_open(struct output *output, const char *path)
{
    memset(output, 0, sizeof(*output));
    if (!path || !strcmp(path, "-")) {
        output->file = stdout;
        return 0;
    }
    output->path = path;
    if (is_special(path)) {
        output->file = fopen(path, "wb");
        return output->file ? 0 : refuse(path);
    }

    const int size = snprintf(output->partial, sizeof(output->partial),
                              "%s.%ld.part", path, (long)getpid());
    if ((size_t)size >= sizeof(output->partial)) { /* or below 0 */
        errno = ENAMETOOLONG;
        return refuse(path);
    }
    unlink(output->partial); /* a process of our number that was killed */
    const int fd =
        open(output->partial, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd < 0)
        return refuse(path);
    output->file = fdopen(fd, "wb");
    if (!output->file) {
        close(fd);
        unlink(output->partial);
        return refuse(path);
    }
    return 0;
}

int output_write(void *user, const void *bytes, size_t size)
{
    const struct output *const output = user;
    if (fwrite(bytes, 1, size, output->file) == size)
        return 0;
    refuse(output->path ? output->path : "standard output");
    return -1;
}

int output_close(struct output *output, int good)
{
    if (!output->file)
        return 0;
    int failed = fflush(output->file) != 0 || ferror(output->file);
    if (!output->path)
        return failed ? refuse("standard output") : 0;

    if (output->partial[0])
        failed |= good && fsync(fileno(output->file)) != 0;
    failed |= fclose(output->file) != 0;
    if (!output->partial[0])
        return failed ? refuse(output->path) : 0;
    if (!good || failed || rename(output->partial, output->path) != 0) {
        const int code = good ? refuse(output->path) : 0;
        unlink(output->partial);
        return code;
    }
    return 0;
}

void output_keep_streams(void)
{
    /* Read-only: writing to a stream that was closed still fails. */
    int fd;
    do
        fd = open("/dev/null", O_RDONLY);
    while (fd >= 0 && fd <= STDERR_FILENO);
    if (fd >= 0)
        close(fd);
}

int output_flush(void)
{
    const int failed = fflush(stdout) != 0;
    return failed || ferror(stdout) ? refuse("standard output") : 0;
}
