/* SPDX-License-Identifier: BSD-2-Clause */

#include "maps.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "options.h"
#include "output.h"

int maps_folder(const char *folder)
{
    struct stat found;
    if (!mkdir(folder, 0777))
        return 0;
    if (errno == EEXIST && !stat(folder, &found)) {
        if (S_ISDIR(found.st_mode))
            return 0;
        errno = ENOTDIR;
    }
    fprintf(stderr, "cutis: %s: %s\n", folder, strerror(errno));
    return EXIT_OUTPUT;
}

int maps_write(void *folder, const char *name, const void *bytes, size_t size)
{
    struct output output;
    char path[4096];
    const int length =
        snprintf(path, sizeof(path), "%s/%s", (const char *)folder, name);
    if ((size_t)length >= sizeof(path)) /* or below 0 */
        return EXIT_OUTPUT;
    int code = output_open(&output, path);
    if (code)
        return code;
    code = output_write(&output, bytes, size);
    const int closed = output_close(&output, !code);
    return code ? code : closed;
}
