/* SPDX-License-Identifier: BSD-2-Clause */

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

cutis_status ct_plane_create(struct plane *out, int width, int height,
                             struct tools *tools)
{
    *out = (struct plane){0};
    if (width < 0 || height < 0)
        return ct_fail(tools, CUTIS_ERROR_INTERNAL, "a plane of %d x %d", width,
                       height);
    const cutis_status status = ct_pulse(tools);
    if (status != CUTIS_OK)
        return status;
    const size_t bytes = row_bytes(width, sizeof(float));
    float *const at = ct_alloc(&tools->memory, (size_t)height, bytes);
    if (!at)
        return ct_no_memory(tools);
    *out = (struct plane){at, bytes / sizeof(float), width, height};
    return CUTIS_OK;
}

cutis_status ct_bytes_create(struct bytes *out, int width, int height,
                             struct tools *tools)
{
    *out = (struct bytes){0};
    if (width < 0 || height < 0)
        return ct_fail(tools, CUTIS_ERROR_INTERNAL, "a mask of %d x %d", width,
                       height);
    const cutis_status status = ct_pulse(tools);
    if (status != CUTIS_OK)
        return status;
    const size_t bytes = row_bytes(width, 1);
    uint8_t *const at = ct_alloc(&tools->memory, (size_t)height, bytes);
    if (!at)
        return ct_no_memory(tools);
    *out = (struct bytes){at, bytes, width, height};
    return CUTIS_OK;
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
