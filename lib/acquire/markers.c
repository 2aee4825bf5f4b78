/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The segments of a JPEG file: size and process from SOFn, EXIF from APP1, the
 * pieces of a colour profile from APP2, and how many scans there are.  Reading
 * them here, before libjpeg does, bounds everything by the file itself: nothing
 * is copied, and a file with too many scans is refused without decoding one.
 */

#include <inttypes.h>
#include <string.h>

#include "acquire/acquire.h"

enum marker {
    MARKER_TEM = 0x01,
    MARKER_SOF0 = 0xc0,
    MARKER_DHT = 0xc4,
    MARKER_JPG = 0xc8,
    MARKER_DAC = 0xcc,
    MARKER_SOF15 = 0xcf,
    MARKER_RST0 = 0xd0,
    MARKER_SOI = 0xd8,
    MARKER_EOI = 0xd9,
    MARKER_SOS = 0xda,
    MARKER_APP1 = 0xe1,
    MARKER_APP2 = 0xe2
};

static const char exif_name[] = "Exif\0"; /* and the 0 that C adds */
static const char icc_name[] = "ICC_PROFILE";

static bool starts(struct span body, const void *name, size_t size)
{
    return body.size >= size && memcmp(body.at, name, size) == 0;
}

static struct span after(struct span body, size_t size)
{
    return (struct span){body.at + size, body.size - size};
}

static void take_frame(struct jpeg_markers *out, int marker, struct span body)
{
    if (out->process >= 0 || body.size < 6)
        return;
    out->process = marker - MARKER_SOF0;
    out->precision = body.at[0];
    out->height = ct_be16(body.at + 1);
    out->width = ct_be16(body.at + 3);
    out->components = body.at[5];
}

/* A piece says its number, from 1, and how many there are. */
static void take_profile(struct jpeg_markers *out, struct span body)
{
    if (body.size < 2) {
        out->icc_torn = true;
        return;
    }
    const int number = body.at[0];
    const int pieces = body.at[1];
    const struct span piece = after(body, 2);

    if (number < 1 || number > pieces ||
        (out->icc_pieces && out->icc_pieces != pieces)) {
        out->icc_torn = true;
        return;
    }
    out->icc_pieces = pieces;

    struct span *slot = &out->icc[number - 1];
    if (!slot->at)
        *slot = piece;
    else if (slot->size != piece.size ||
             memcmp(slot->at, piece.at, piece.size) != 0)
        out->icc_torn = true;
}

static void take_segment(struct jpeg_markers *out, int marker, struct span body)
{
    if (marker == MARKER_SOS) {
        out->scans++;
    } else if (marker >= MARKER_SOF0 && marker <= MARKER_SOF15) {
        if (marker != MARKER_DHT && marker != MARKER_JPG &&
            marker != MARKER_DAC)
            take_frame(out, marker, body);
    } else if (out->scans) {
        return;
    } else if (marker == MARKER_APP1) {
        if (!out->exif.at && starts(body, exif_name, sizeof(exif_name)))
            out->exif = after(body, sizeof(exif_name));
    } else if (marker == MARKER_APP2) {
        if (starts(body, icc_name, sizeof(icc_name)))
            take_profile(out, after(body, sizeof(icc_name)));
    }
}

/* Markers without a length. */
static bool stands_alone(int marker)
{
    return marker == 0 || marker == MARKER_TEM ||
           (marker >= MARKER_RST0 && marker <= MARKER_SOI);
}

void ct_jpeg_markers(struct jpeg_markers *out, struct span file)
{
    *out = (struct jpeg_markers){.process = -1};
    const uint8_t *at = file.at;
    const uint8_t *const end = file.at + file.size;

    while (at < end && (at = memchr(at, 0xff, (size_t)(end - at)))) {
        while (at < end && *at == 0xff)
            at++;
        if (at == end)
            break;
        const int marker = *at++;
        if (stands_alone(marker))
            continue;
        if (marker == MARKER_EOI || end - at < 2)
            break;
        const size_t size = ct_be16(at);
        if (size < 2 || size > (size_t)(end - at))
            break;
        take_segment(out, marker, (struct span){at + 2, size - 2});
        at += size;
    }
}

/* What is to be said of the pieces before they are put together. */
static cutis_status check_pieces(size_t *total,
                                 const struct jpeg_markers *markers,
                                 const cutis_options *limits,
                                 struct tools *tools)
{
    bool torn = markers->icc_torn;

    *total = 0;
    for (int i = 0; i < markers->icc_pieces; i++) {
        torn = torn || !markers->icc[i].at;
        *total += markers->icc[i].size;
    }
    if (limits->max_profile && *total > limits->max_profile)
        return ct_fail(tools, CUTIS_ERROR_LIMIT,
                       "the colour profile has %zu bytes, beyond the limit of "
                       "%" PRIu64,
                       *total, limits->max_profile);
    if (torn && !limits->allow_damaged)
        return ct_fail(tools, CUTIS_ERROR_DAMAGED,
                       "pieces of the colour profile are missing or "
                       "contradict each other");
    if (torn) {
        ct_tell(tools, "The colour profile is torn and was ignored.");
        *total = 0;
    }
    return CUTIS_OK;
}

cutis_status ct_jpeg_profile(struct span *out, void **block,
                             const struct jpeg_markers *markers,
                             const cutis_options *limits, struct tools *tools)
{
    cutis_status status;
    size_t total;

    TRY(check_pieces(&total, markers, limits, tools));
    if (!total)
        goto done;
    uint8_t *profile = ct_alloc_raw(&tools->memory, total, 1);
    if (!profile)
        return ct_no_memory(tools);

    *block = profile;
    *out = (struct span){profile, total};
    for (int i = 0; i < markers->icc_pieces; i++) {
        memcpy(profile, markers->icc[i].at, markers->icc[i].size);
        profile += markers->icc[i].size;
    }

done:
    return status;
}
