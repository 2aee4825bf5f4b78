/* SPDX-License-Identifier: BSD-2-Clause */

#include "listing.h"

#include <stdio.h>

#include <cutis/cutis.h>

#include "options.h"

int list_metrics(void)
{
    const cutis_metric *metric;
    const cutis_region *region;

    printf("%-16s %-14s %-9s %-6s %s\n", "metric", "unit", "px/mm", "scale",
           "what it is");
    for (size_t i = 0; (metric = cutis_metric_at(i)); i++)
        printf("%-16s %-14s >= %-6g %-6s %s\n", metric->name, metric->unit,
               metric->min_px_per_mm,
               metric->scale == CUTIS_LOG ? "ratio" : "linear",
               metric->meaning);
    fputs("\nregions: ", stdout);
    for (size_t i = 0; (region = cutis_region_at(i)); i++)
        printf("%s%s", i ? ", " : "", region->name);
    puts("");
    return EXIT_DONE;
}
