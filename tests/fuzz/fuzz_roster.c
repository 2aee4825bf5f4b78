/* SPDX-License-Identifier: BSD-2-Clause */

/* The table that a site is calibrated by. */

#include <string.h>

#include "../tools/options.h"
#include "../tools/roster.h"
#include "support.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct roster roster;
    const int code = roster_read(&roster, fuzz_file(0, data, size));

    HOLDS(code == 0 || code == EXIT_BAD_INPUT);
    for (size_t i = 0; !code && i < roster.count; i++) {
        HOLDS(*roster.shot[i].person && roster.shot[i].capture.path);
        HOLDS(i == 0 ||
              strcmp(roster.shot[i - 1].person, roster.shot[i].person) <= 0);
    }
    roster_free(&roster);
    return 0;
}
