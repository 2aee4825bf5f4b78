/* SPDX-License-Identifier: BSD-2-Clause */

/* The plan of a series. */

#include <math.h>

#include "../tools/options.h"
#include "../tools/timetable.h"
#include "support.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct timetable plan;
    const int code = timetable_read(&plan, fuzz_file(0, data, size));

    HOLDS(code == 0 || code == EXIT_BAD_INPUT);
    for (int i = 0; !code && i < plan.count; i++) {
        HOLDS(plan.visit[i].label && isfinite(plan.visit[i].days));
        HOLDS(plan.visit[i].count > 0 && plan.visit[i].count <= TIME_CAPTURES);
        for (int k = 0; k < plan.visit[i].count; k++)
            HOLDS(plan.visit[i].capture[k].path != NULL);
    }
    timetable_free(&plan);
    return 0;
}
