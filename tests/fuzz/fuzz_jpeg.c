/* SPDX-License-Identifier: BSD-2-Clause */

/* JPEG: markers, profile, EXIF, pixels, and what whole levels lose. */

#include "inner.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > 2 && data[0] == 0xff && data[1] == 0xd8)
        fuzz_picture(data, size);
    return 0;
}
