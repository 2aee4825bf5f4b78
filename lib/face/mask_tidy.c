/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Masks widened and narrowed, and the last touch to one: no threads of skin, no
 * islands, no pinholes.
 *
 * Components are joined from runs of pixels: of these a mask has a few in each
 * row, where it has many pixels.
 */

#include <string.h>

#include "face/mask.h"

static const double open_mm = 0.5, close_mm = 0.8;
static const double island_mm2 = 4.0, hole_mm2 = 1.0;

/* ---- Wider, narrower ----------------------------------------------------- */

static int lesser(int a, int b)
{
    return a < b ? a : b;
}

static int greater(int a, int b)
{
    return a > b ? a : b;
}

/* The part of a mask that is set, with `margin` pixels around it. */
static struct bytes part_set(const struct bytes *mask, int margin)
{
    int left = mask->width, right = 0, top = mask->height, bottom = 0;
    for (int y = 0; y < mask->height; y++) {
        const uint8_t *const row = ct_byte_row(mask, y);
        const uint8_t *const first = memchr(row, 255, (size_t)mask->width);
        if (!first)
            continue;
        int last = mask->width - 1;
        while (!row[last])
            last--;
        left = lesser(left, (int)(first - row));
        right = greater(right, last + 1);
        top = lesser(top, y);
        bottom = y + 1;
    }
    left = greater(left - margin, 0);
    top = greater(top - margin, 0);
    right = lesser(right + margin, mask->width);
    bottom = lesser(bottom + margin, mask->height);
    if (left >= right || top >= bottom)
        return (struct bytes){0};
    return (struct bytes){ct_byte_row(mask, top) + left, mask->stride,
                          right - left, bottom - top};
}

/* What is further away than the radius is not reached. */
cutis_status ct_mask_dilate(struct bytes *mask, double radius,
                            struct tools *tools)
{
    struct bytes part = part_set(mask, (int)radius + 1);
    return ct_dilate(&part, radius, tools);
}

/* Of what is not set, nothing is nearer than what lies right around. */
cutis_status ct_mask_erode(struct bytes *mask, double radius,
                           struct tools *tools)
{
    struct bytes part = part_set(mask, 1);
    return ct_erode(&part, radius, tools);
}

/* ---- Components ---------------------------------------------------------- */

/* Pixels [from, end) of a row, all alike. */
struct run {
    int from, end;
    size_t parent; /* a run that is not later; a root is its own */
    double size;   /* of a root: pixels of all that belong to it */
};

struct runs {
    struct run *of;
    size_t *row; /* the first of each row, and after the last */
};

/* Runs of `value` in a row, written to `out` unless that is NULL. */
static size_t list_row(struct run *out, const uint8_t *row, int width,
                       uint8_t value)
{
    size_t n = 0;
    for (int x = 0; x < width; n++) {
        const uint8_t *const from = memchr(row + x, value, (size_t)(width - x));
        if (!from)
            break;
        const int first = (int)(from - row);
        const uint8_t *const other =
            memchr(from, 255 - value, (size_t)(width - first));
        x = other ? (int)(other - row) : width;
        if (out)
            out[n] = (struct run){.from = first, .end = x, .size = x - first};
    }
    return n;
}

static cutis_status list_runs(struct runs *out, const struct bytes *mask,
                              uint8_t value, struct tools *tools)
{
    const int width = mask->width, height = mask->height;
    size_t count = 0;
    out->row =
        ct_alloc_raw(&tools->memory, (size_t)height + 1, sizeof(*out->row));
    if (!out->row)
        return ct_no_memory(tools);
    for (int y = 0; y < height; y++) {
        out->row[y] = count;
        count += list_row(NULL, ct_byte_row(mask, y), width, value);
    }
    out->row[height] = count;
    out->of = ct_alloc_raw(&tools->memory, count, sizeof(*out->of));
    if (!out->of)
        return ct_no_memory(tools);
    for (int y = 0; y < height; y++)
        list_row(out->of + out->row[y], ct_byte_row(mask, y), width, value);
    for (size_t i = 0; i < count; i++)
        out->of[i].parent = i;
    return CUTIS_OK;
}

static size_t root_of(struct run *runs, size_t i)
{
    while (runs[i].parent != i) {
        runs[i].parent = runs[runs[i].parent].parent; /* halve the path */
        i = runs[i].parent;
    }
    return i;
}

static void join(struct run *runs, size_t a, size_t b)
{
    const size_t one = root_of(runs, a), two = root_of(runs, b);
    const size_t first = one < two ? one : two;
    const size_t later = one < two ? two : one;
    if (first == later)
        return;
    runs[later].parent = first;
    runs[first].size += runs[later].size;
}

/* Joins the runs of row y with those above that they touch by a side. */
static void join_row(const struct runs *runs, int y)
{
    size_t above = runs->row[y - 1], here = runs->row[y];
    while (above < runs->row[y] && here < runs->row[y + 1]) {
        const struct run *const a = &runs->of[above], *const b =
                                                          &runs->of[here];
        if (a->from < b->end && b->from < a->end)
            join(runs->of, above, here);
        if (a->end < b->end)
            above++;
        else
            here++;
    }
}

/* Components of `value` smaller than `least` pixels become the other value. */
static cutis_status drop_small(struct bytes *mask, uint8_t value, double least,
                               struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    struct runs runs = {NULL, NULL};

    TRY(list_runs(&runs, mask, value, tools));
    for (int y = 1; y < mask->height; y++)
        join_row(&runs, y);
    for (int y = 0; y < mask->height; y++)
        for (size_t i = runs.row[y]; i < runs.row[y + 1]; i++) {
            const struct run *const run = &runs.of[i];
            if (runs.of[root_of(runs.of, i)].size < least)
                memset(ct_byte_row(mask, y) + run->from, 255 - value,
                       (size_t)(run->end - run->from));
        }
done:
    ct_free(runs.of);
    ct_free(runs.row);
    return status;
}

cutis_status ct_mask_tidy(struct bytes *mask, double scale, struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    TRY(ct_mask_erode(mask, open_mm * scale, tools));
    TRY(ct_mask_dilate(mask, (open_mm + close_mm) * scale, tools));
    TRY(ct_mask_erode(mask, close_mm * scale, tools));
    TRY(drop_small(mask, 255, island_mm2 * scale * scale, tools));
    TRY(drop_small(mask, 0, hole_mm2 * scale * scale, tools));
done:
    return status;
}
