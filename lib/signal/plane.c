/* SPDX-License-Identifier: BSD-2-Clause */

#include <string.h>

#include "signal/signal.h"

enum { LINE = 64 }; /* bytes of a cache line, on which rows start */

/*
 * Bytes of a row of `width` things of `size` bytes.  An odd number of lines:
 * were it a multiple of a large power of two, pixels above each other would
 * crowd into few places of the cache, and filters along y would crawl.
 */
static size_t row_bytes(int width, size_t size)
{
    const size_t lines = ((size_t)width * size + LINE - 1) / LINE;
    return (lines | 1) * LINE;
}

typedef void *allocate(struct memory *memory, size_t count, size_t size);

/* `height` rows for `width` things of `size` bytes; *stride in bytes. */
static cutis_status make_rows(void **out, size_t *stride, int width, int height,
                              size_t size, allocate *from, struct tools *tools)
{
    if (width < 0 || height < 0)
        return ct_fail(tools, CUTIS_ERROR_INTERNAL, "a plane of %d x %d", width,
                       height);
    const cutis_status status = ct_pulse(tools);
    if (status != CUTIS_OK)
        return status;
    *stride = row_bytes(width, size);
    *out = from(&tools->memory, (size_t)height, *stride);
    return *out ? CUTIS_OK : ct_no_memory(tools);
}

static cutis_status make_plane(struct plane *out, int width, int height,
                               allocate *from, struct tools *tools)
{
    void *at = NULL;
    size_t stride = 0;
    const cutis_status status =
        make_rows(&at, &stride, width, height, sizeof(float), from, tools);
    *out = status == CUTIS_OK
               ? (struct plane){at, stride / sizeof(float), width, height}
               : (struct plane){0};
    return status;
}

static cutis_status make_bytes(struct bytes *out, int width, int height,
                               allocate *from, struct tools *tools)
{
    void *at = NULL;
    size_t stride = 0;
    const cutis_status status =
        make_rows(&at, &stride, width, height, 1, from, tools);
    *out = status == CUTIS_OK ? (struct bytes){at, stride, width, height}
                              : (struct bytes){0};
    return status;
}

cutis_status ct_plane_create(struct plane *out, int width, int height,
                             struct tools *tools)
{
    return make_plane(out, width, height, ct_alloc, tools);
}

cutis_status ct_plane_raw(struct plane *out, int width, int height,
                          struct tools *tools)
{
    return make_plane(out, width, height, ct_alloc_raw, tools);
}

cutis_status ct_bytes_create(struct bytes *out, int width, int height,
                             struct tools *tools)
{
    return make_bytes(out, width, height, ct_alloc, tools);
}

cutis_status ct_bytes_raw(struct bytes *out, int width, int height,
                          struct tools *tools)
{
    return make_bytes(out, width, height, ct_alloc_raw, tools);
}

void ct_plane_free(struct plane *plane)
{
    ct_free(plane->at);
    *plane = (struct plane){0};
}

void ct_bytes_free(struct bytes *bytes)
{
    ct_free(bytes->at);
    *bytes = (struct bytes){0};
}

int ct_next_set(const uint8_t *row, int x, int width)
{
    uint64_t eight;
    while (x + (int)sizeof(eight) <= width) {
        memcpy(&eight, row + x, sizeof(eight));
        if (eight)
            break;
        x += (int)sizeof(eight);
    }
    while (x < width && !row[x])
        x++;
    return x;
}

struct columns ct_columns_set(const uint8_t *row, int width)
{
    enum { EIGHT = sizeof(uint64_t) };
    struct columns set = {ct_next_set(row, 0, width), width};
    for (uint64_t eight; set.end - EIGHT >= set.from; set.end -= EIGHT) {
        memcpy(&eight, row + set.end - EIGHT, EIGHT);
        if (eight)
            break;
    }
    while (set.end > set.from && !row[set.end - 1])
        set.end--;
    return set;
}
