/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Limits, applied to what a header promises: nothing large is allocated for a
 * picture that is going to be refused.
 */

#include <inttypes.h>

#include "acquire/acquire.h"

/* Bytes of the picture, its mask and its table. */
static uint64_t picture_bytes(const struct header *header)
{
    const uint64_t pixels = (uint64_t)header->width * header->height;
    const int kept = header->channels - (header->alpha ? 1 : 0);

    return pixels * (uint64_t)(kept * header->bits / 8) +
           (header->alpha ? pixels : 0) + (UINT64_C(4) << header->bits);
}

cutis_status ct_check_header(const struct header *header, uint64_t extra,
                             const cutis_options *limits, struct tools *tools)
{
    const uint32_t width = header->width;
    const uint32_t height = header->height;
    const uint64_t pixels = (uint64_t)width * height;
    const uint64_t side = width > height ? width : height;

    if (pixels == 0)
        return ct_fail(tools, CUTIS_ERROR_DAMAGED,
                       "the picture is %" PRIu32 " x %" PRIu32 " pixels", width,
                       height);
    if ((limits->max_side && side > limits->max_side) || side > INT32_MAX)
        return ct_fail(tools, CUTIS_ERROR_LIMIT,
                       "the picture is %" PRIu32 " x %" PRIu32
                       " pixels, beyond the limit of %" PRIu64 " a side",
                       width, height, limits->max_side);
    if ((limits->max_pixels && pixels > limits->max_pixels) ||
        pixels > SIZE_MAX / 16)
        return ct_fail(tools, CUTIS_ERROR_LIMIT,
                       "the picture has %" PRIu64
                       " pixels, beyond the limit of %" PRIu64,
                       pixels, limits->max_pixels);

    const uint64_t planned = picture_bytes(header) + extra;
    const uint64_t left = ct_memory_left(&tools->memory);
    if (planned > left)
        return ct_fail(tools, CUTIS_ERROR_LIMIT,
                       "decoding needs %" PRIu64
                       " MB, and the memory limit leaves %" PRIu64 " MB",
                       (planned >> 20) + 1, left >> 20);
    return CUTIS_OK;
}
