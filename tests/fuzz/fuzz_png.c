/* SPDX-License-Identifier: BSD-2-Clause */

/* PNG.  Sums are put right first: with wrong ones hardly any change of a file
 * would get beyond them.  What becomes of wrong ones is tested elsewhere. */

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "inner.h"

static uint32_t be32(const uint8_t *at)
{
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 |
           (uint32_t)at[2] << 8 | at[3];
}

static void put_sums_right(uint8_t *file, size_t size)
{
    size_t at = 8;

    while (size >= 12 && at <= size - 12) {
        const size_t length = be32(file + at);
        if (length > size - 12 - at)
            break;
        const uLong sum = crc32_z(0, file + at + 4, length + 4);
        at += length + 8;
        for (int i = 0; i < 4; i++)
            file[at++] = (uint8_t)(sum >> (24 - 8 * i));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 8 || memcmp(data, "\x89PNG\r\n\x1a\n", 8) != 0)
        return 0;
    uint8_t *const copy = malloc(size);
    HOLDS(copy != NULL);
    memcpy(copy, data, size);
    put_sums_right(copy, size);
    fuzz_picture(copy, size);
    free(copy);
    return 0;
}
