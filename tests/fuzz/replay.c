/* SPDX-License-Identifier: BSD-2-Clause */

/* Gives a target the files of the folders that are named, instead of a fuzzer:
 * folders that are not there hold none.  Behind --cut, a file is also given cut
 * short at every byte. */

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support.h"

/* In a block that is exactly as large. */
static void give(const uint8_t *bytes, size_t size)
{
    uint8_t *const copy = malloc(size ? size : 1);

    HOLDS(copy != NULL);
    memcpy(copy, bytes, size);
    LLVMFuzzerTestOneInput(copy, size);
    free(copy);
}

static void replay(const char *path, int cut)
{
    FILE *const file = fopen(path, "rb");

    HOLDS(file != NULL && fseek(file, 0, SEEK_END) == 0);
    const long size = ftell(file);
    HOLDS(size >= 0);
    rewind(file);
    uint8_t *const bytes = malloc(size ? (size_t)size : 1);
    HOLDS(bytes && fread(bytes, 1, (size_t)size, file) == (size_t)size);
    fclose(file);
    for (size_t part = 0; cut && part < (size_t)size; part++)
        give(bytes, part);
    give(bytes, (size_t)size);
    free(bytes);
}

int main(int argc, char **argv)
{
    char path[1024];
    int files = 0;
    const int cut = argc > 1 && !strcmp(argv[1], "--cut");

    for (int i = 1 + cut; i < argc; i++) {
        DIR *const folder = opendir(argv[i]);
        for (struct dirent *entry; folder && (entry = readdir(folder));) {
            if (entry->d_name[0] == '.')
                continue;
            snprintf(path, sizeof(path), "%s/%s", argv[i], entry->d_name);
            replay(path, cut);
            files++;
        }
        if (folder)
            closedir(folder);
    }
    printf("%s: %d files\n", argv[0], files);
    return files ? EXIT_SUCCESS : EXIT_FAILURE;
}
