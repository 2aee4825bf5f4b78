/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Connected components of a mask, by its runs: what is set in one row in one
 * piece is of one component, and rows meet where runs overlap.
 */

#include "signal/signal.h"

static int end_of_run(const uint8_t *row, int x, int width)
{
    while (x < width && row[x])
        x++;
    return x;
}

static size_t count_runs(const struct bytes *mask)
{
    size_t runs = 0;
    for (int y = 0; y < mask->height; y++) {
        const uint8_t *const row = ct_byte_row(mask, y);
        int x = ct_next_set(row, 0, mask->width);
        while (x < mask->width) {
            runs++;
            x = ct_next_set(row, end_of_run(row, x, mask->width), mask->width);
        }
    }
    return runs;
}

/*
 * Union-find in the labels: until all is joined, a run's label is the index of
 * its parent, which never comes later; a root's is its own.
 */
static int32_t root_of(struct mask_run *runs, int32_t i)
{
    while (runs[i].label != i) {
        runs[i].label = runs[runs[i].label].label; /* halve the path */
        i = runs[i].label;
    }
    return i;
}

static void join(struct mask_run *runs, int32_t a, int32_t b)
{
    const int32_t ra = root_of(runs, a), rb = root_of(runs, b);
    if (ra < rb)
        runs[rb].label = ra;
    else
        runs[ra].label = rb;
}

/* Joins runs [first, end) of a row with those of the row above, [above, first),
 * that come within `reach` columns. */
static void join_rows(struct mask_run *runs, int32_t above, int32_t first,
                      int32_t end, int reach)
{
    for (int32_t i = first; i < end; i++) {
        while (above < first && runs[above].end + reach <= runs[i].from)
            above++;
        for (int32_t k = above; k < first && runs[k].from < runs[i].end + reach;
             k++)
            join(runs, i, k);
    }
}

static void find_runs(struct components *out, const struct bytes *mask,
                      int reach)
{
    struct mask_run *const runs = out->run;
    int32_t above = 0, first = 0, end = 0;
    for (int y = 0; y < mask->height; y++) {
        const uint8_t *const row = ct_byte_row(mask, y);
        int x = ct_next_set(row, 0, mask->width);
        for (; x < mask->width; end++) {
            const int to = end_of_run(row, x, mask->width);
            runs[end] = (struct mask_run){y, x, to, end};
            x = ct_next_set(row, to, mask->width);
        }
        join_rows(runs, above, first, end, reach);
        above = first;
        first = end;
    }
}

cutis_status ct_components(struct components *out, const struct bytes *mask,
                           bool four, struct tools *tools)
{
    *out = (struct components){.runs = count_runs(mask)};
    if (out->runs >= INT32_MAX)
        return ct_fail(tools, CUTIS_ERROR_LIMIT,
                       "a mask of %d x %d is too large to be taken apart",
                       mask->width, mask->height);
    out->run = ct_alloc_raw(&tools->memory, out->runs, sizeof(*out->run));
    if (!out->run)
        return ct_no_memory(tools);
    find_runs(out, mask, four ? 0 : 1);

    /* A parent comes first, so it has its number already. */
    for (int32_t i = 0; i < (int32_t)out->runs; i++) {
        struct mask_run *const run = &out->run[i];
        run->label =
            run->label == i ? ++out->count : out->run[run->label].label;
    }
    return CUTIS_OK;
}

void ct_components_free(struct components *components)
{
    ct_free(components->run);
    *components = (struct components){0};
}
