/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The chunks of a PNG file around the pixels: size, what the colours mean,
 * EXIF, whether it moves.  They are read here, in place, so that libpng is told
 * to skip all of them and only has the pixels to deal with.
 */

#include <inttypes.h>
#include <string.h>
#include <zlib.h>

#include "acquire/acquire.h"

enum { SIGNATURE = 8, CHUNK = 12 }; /* bytes; of a chunk without its data */

static bool is(const uint8_t *type, const char *name)
{
    return memcmp(type, name, 4) == 0;
}

static void take_header(struct png_chunks *out, struct span body)
{
    out->width = ct_be32(body.at);
    out->height = ct_be32(body.at + 4);
    out->depth = body.at[8];
    out->colour = body.at[9];
    out->interlace = body.at[12];
}

static void take_chromaticities(struct colour_hints *hints, struct span body)
{
    hints->has_chromaticities = true;
    for (size_t i = 0; i < 8; i++)
        hints->chromaticities[i] = ct_be32(body.at + 4 * i);
}

static void take_before_pixels(struct png_chunks *out, const uint8_t *type,
                               struct span body)
{
    struct colour_hints *hints = &out->hints;

    if (is(type, "IHDR") && body.size == 13) {
        take_header(out, body);
    } else if (is(type, "tRNS")) {
        out->transparent = true;
    } else if (is(type, "iCCP")) {
        out->iccp = body;
    } else if (is(type, "sRGB")) {
        hints->srgb = true;
    } else if (is(type, "cICP") && body.size == 4) {
        hints->has_cicp = true;
        memcpy(hints->cicp, body.at, 4);
    } else if (is(type, "gAMA") && body.size == 4) {
        hints->gamma = ct_be32(body.at);
    } else if (is(type, "cHRM") && body.size == 32) {
        take_chromaticities(hints, body);
    } else if (is(type, "acTL")) {
        out->animated = true;
    }
}

/* A chunk whose sum is wrong is not believed; libpng will object to it. */
static bool intact(const uint8_t *type, struct span body)
{
    const uLong sum = crc32_z(0, type, body.size + 4);

    return sum == ct_be32(body.at + body.size);
}

void ct_png_chunks(struct png_chunks *out, struct span file)
{
    bool pixels = false;
    size_t at = SIGNATURE;

    *out = (struct png_chunks){0};
    while (at < file.size && file.size - at >= CHUNK) {
        const size_t size = ct_be32(file.at + at);
        if (size > file.size - at - CHUNK)
            break;
        const uint8_t *type = file.at + at + 4;
        const struct span body = {type + 4, size};
        at += size + CHUNK;

        if (is(type, "IDAT"))
            pixels = true;
        else if (is(type, "IEND"))
            break;
        else if (is(type, "eXIf") && intact(type, body))
            out->exif = body;
        else if (!pixels && (is(type, "IHDR") || intact(type, body)))
            take_before_pixels(out, type, body);
    }
}

/* ---- The compressed profile ---------------------------------------------- */

static voidpf allocate(voidpf memory, uInt count, uInt size)
{
    return ct_alloc_raw(memory, count, size);
}

static void release(voidpf memory, voidpf block)
{
    (void)memory;
    ct_free(block);
}

/* Past the profile's name, 1 to 79 bytes, its 0, and the method, 0. */
static struct span compressed(struct span body)
{
    const size_t most = body.size < 80 ? body.size : 80;
    const uint8_t *end = most ? memchr(body.at, 0, most) : NULL;

    if (!end || end == body.at)
        return (struct span){0};
    const size_t past = (size_t)(end - body.at) + 2;
    if (past >= body.size || end[1] != 0)
        return (struct span){0};
    return (struct span){body.at + past, body.size - past};
}

/* Inflates at most `size` bytes; *got: how many there were.  What is damaged
 * gives fewer; MEMORY is none of that. */
static cutis_status inflate_some(size_t *got, z_stream *stream,
                                 struct span from, uint8_t *out, size_t size,
                                 struct tools *tools)
{
    stream->next_in = (z_const Bytef *)(uintptr_t)from.at;
    stream->avail_in = (uInt)from.size;
    stream->next_out = out;
    stream->avail_out = (uInt)size;
    const int result = inflate(stream, Z_SYNC_FLUSH);
    *got = size - stream->avail_out;
    return result == Z_MEM_ERROR ? ct_no_memory(tools) : CUTIS_OK;
}

/* Inflates the whole profile, whose header tells its size. */
static cutis_status inflate_profile(struct span *out, void **block,
                                    struct span from, z_stream *stream,
                                    const cutis_options *limits,
                                    struct tools *tools)
{
    enum { HEADER = 128 };
    uint8_t header[HEADER];
    size_t got;

    cutis_status status =
        inflate_some(&got, stream, from, header, HEADER, tools);
    if (status != CUTIS_OK || got < HEADER)
        return status;
    const size_t size = ct_be32(header);
    if (limits->max_profile && size > limits->max_profile)
        return ct_fail(tools, CUTIS_ERROR_LIMIT,
                       "the colour profile has %zu bytes, beyond the limit of "
                       "%" PRIu64,
                       size, limits->max_profile);
    if (size <= HEADER)
        return CUTIS_OK;
    /* Deflate makes at most 1032 bytes of one. */
    if (size / 1032 > from.size)
        return CUTIS_OK;

    uint8_t *profile = ct_alloc(&tools->memory, size, 1);
    if (!profile)
        return ct_no_memory(tools);
    *block = profile;
    memcpy(profile, header, HEADER);
    const struct span rest = {stream->next_in, stream->avail_in};
    status = inflate_some(&got, stream, rest, profile + HEADER, size - HEADER,
                          tools);
    if (got == size - HEADER)
        *out = (struct span){profile, size};
    return status;
}

cutis_status ct_png_profile(struct span *out, void **block,
                            const struct png_chunks *chunks,
                            const cutis_options *limits, struct tools *tools)
{
    z_stream stream = {
        .zalloc = allocate, .zfree = release, .opaque = &tools->memory};
    const struct span from = compressed(chunks->iccp);

    if (!chunks->iccp.at)
        return CUTIS_OK;
    if (from.at && inflateInit(&stream) != Z_OK)
        return ct_no_memory(tools);

    cutis_status status = CUTIS_OK;
    if (from.at) {
        status = inflate_profile(out, block, from, &stream, limits, tools);
        inflateEnd(&stream);
    }
    if (status == CUTIS_OK && !out->at)
        ct_tell(tools, "The colour profile is damaged and was ignored.");
    return status;
}
