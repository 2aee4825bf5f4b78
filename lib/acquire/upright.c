/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Puts decoded rows where they belong in the upright picture.  Turning by a
 * quarter goes by strips of CT_STRIP rows, so that each row of the result gets
 * a run of neighbours at a time and no second picture is needed.
 */

#include <string.h>

#include "acquire/acquire.h"

/*
 * The eight EXIF orientations: whether x and y swap, and which of the result's
 * axes then run backwards.
 */
struct turn {
    bool swap, back_x, back_y;
};

static const struct turn turns[9] = {
    {false, false, false}, /* 0: not said, as 1 */
    {false, false, false}, {false, true, false}, {false, true, true},
    {false, false, true},  {true, false, false}, {true, true, false},
    {true, true, true},    {true, false, true},
};

/* Byte offsets in the result: of the stored (0, 0), and per stored step. */
struct walk {
    ptrdiff_t start, along_x, along_y;
};

static struct walk walk_of(const struct sink *sink, size_t pixel, size_t row)
{
    const struct turn *turn = &turns[sink->orientation];
    const ptrdiff_t step_x =
        turn->back_x ? -(ptrdiff_t)pixel : (ptrdiff_t)pixel;
    const ptrdiff_t step_y = turn->back_y ? -(ptrdiff_t)row : (ptrdiff_t)row;
    struct walk walk = {0};

    if (turn->back_x)
        walk.start -= step_x * (sink->picture->width - 1);
    if (turn->back_y)
        walk.start -= step_y * (sink->picture->height - 1);
    walk.along_x = turn->swap ? step_y : step_x;
    walk.along_y = turn->swap ? step_x : step_y;
    return walk;
}

static size_t kept_channels(const struct header *header)
{
    return (size_t)header->channels - (header->alpha ? 1 : 0);
}

cutis_status ct_sink_open(struct sink *out, struct picture *picture,
                          const struct header *header, int orientation,
                          const cutis_options *limits, struct tools *tools)
{
    *out = (struct sink){picture, *header, orientation};
    const bool swap = turns[orientation].swap;

    picture->width = (int)(swap ? header->height : header->width);
    picture->height = (int)(swap ? header->width : header->height);
    picture->channels = (int)kept_channels(header);
    picture->bits = header->bits;
    const size_t pixels = (size_t)picture->width * (size_t)picture->height;
    const size_t pixel = kept_channels(header) * (size_t)(header->bits / 8);
    picture->samples = limits->allow_damaged
                           ? ct_alloc(&tools->memory, pixels, pixel)
                           : ct_alloc_raw(&tools->memory, pixels, pixel);
    if (!picture->samples)
        return ct_no_memory(tools);
    if (!header->alpha)
        return CUTIS_OK;
    return ct_bytes_create(&picture->opaque, picture->width, picture->height,
                           tools);
}

bool ct_sink_in_place(const struct sink *sink)
{
    return sink->orientation <= 1 && !sink->header.alpha;
}

uint8_t *ct_sink_row(const struct sink *sink, uint32_t y)
{
    return (uint8_t *)sink->picture->samples + y * ct_row_bytes(&sink->header);
}

/* One block of pixels; `size` and `pixel` are constants where it matters. */
static inline void copy_block(uint8_t *to, const struct walk *walk,
                              const uint8_t *from, ptrdiff_t stride,
                              size_t pixel, size_t size, uint32_t width,
                              uint32_t count)
{
    for (uint32_t x = 0; x < width; x++)
        for (uint32_t y = 0; y < count; y++)
            memcpy(to + (ptrdiff_t)x * walk->along_x +
                       (ptrdiff_t)y * walk->along_y,
                   from + (ptrdiff_t)y * stride + x * pixel, size);
}

/* The pixels of `count` rows, without alpha. */
static void put_samples(const struct sink *sink, const uint8_t *rows,
                        ptrdiff_t stride, uint32_t y, uint32_t count)
{
    const struct header *header = &sink->header;
    const size_t sample = (size_t)(header->bits / 8);
    const size_t size = kept_channels(header) * sample;
    const size_t pixel = (size_t)header->channels * sample;
    const struct walk walk =
        walk_of(sink, size, size * (size_t)sink->picture->width);
    uint8_t *to = (uint8_t *)sink->picture->samples + walk.start +
                  (ptrdiff_t)y * walk.along_y;
    const uint32_t width = header->width;

    switch (size) {
    case 1:
        copy_block(to, &walk, rows, stride, pixel, 1, width, count);
        break;
    case 2:
        copy_block(to, &walk, rows, stride, pixel, 2, width, count);
        break;
    case 3:
        copy_block(to, &walk, rows, stride, pixel, 3, width, count);
        break;
    default:
        copy_block(to, &walk, rows, stride, pixel, 6, width, count);
        break;
    }
}

/* 255 where alpha is full. */
static void put_mask(const struct sink *sink, const uint8_t *rows,
                     ptrdiff_t stride, uint32_t y, uint32_t count)
{
    const struct header *header = &sink->header;
    const struct bytes *mask = &sink->picture->opaque;
    const size_t sample = (size_t)(header->bits / 8);
    const size_t pixel = (size_t)header->channels * sample;
    const struct walk walk = walk_of(sink, 1, mask->stride);
    uint8_t *to = mask->at + walk.start + (ptrdiff_t)y * walk.along_y;

    for (uint32_t i = 0; i < count; i++) {
        const uint8_t *alpha =
            rows + (ptrdiff_t)i * stride + kept_channels(header) * sample;
        for (uint32_t x = 0; x < header->width; x++) {
            const bool full = alpha[0] == 255 && alpha[sample - 1] == 255;
            to[(ptrdiff_t)x * walk.along_x + (ptrdiff_t)i * walk.along_y] =
                full ? 255 : 0;
            alpha += pixel;
        }
    }
}

void ct_sink_put(const struct sink *sink, const uint8_t *rows, ptrdiff_t stride,
                 uint32_t y, uint32_t count)
{
    const uint32_t step = turns[sink->orientation].swap ? CT_STRIP : 1;

    for (uint32_t done = 0; done < count; done += step) {
        const uint32_t now = count - done < step ? count - done : step;
        const uint8_t *from = rows + (ptrdiff_t)done * stride;
        if (ct_sink_in_place(sink))
            memcpy(ct_sink_row(sink, y + done), from,
                   ct_row_bytes(&sink->header));
        else
            put_samples(sink, from, stride, y + done, now);
        if (sink->header.alpha)
            put_mask(sink, from, stride, y + done, now);
    }
}

cutis_status ct_sink_lost(const struct sink *sink, uint32_t from,
                          struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    struct bytes *mask = &sink->picture->opaque;
    const uint32_t height = sink->header.height;

    if (from >= height)
        goto done;
    if (!mask->at) {
        TRY(ct_bytes_create(mask, sink->picture->width, sink->picture->height,
                            tools));
        for (int y = 0; y < mask->height; y++)
            memset(ct_byte_row(mask, y), 255, (size_t)mask->width);
    }

    const struct walk walk = walk_of(sink, 1, mask->stride);
    for (uint32_t y = from; y < height; y++)
        for (uint32_t x = 0; x < sink->header.width; x++)
            mask->at[walk.start + (ptrdiff_t)x * walk.along_x +
                     (ptrdiff_t)y * walk.along_y] = 0;

done:
    return status;
}

void ct_sink_close(const struct sink *sink)
{
    struct bytes *mask = &sink->picture->opaque;

    for (int y = 0; mask->at && y < mask->height; y++)
        if (memchr(ct_byte_row(mask, y), 0, (size_t)mask->width))
            return;
    ct_bytes_free(mask);
}
