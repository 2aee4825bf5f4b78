/* SPDX-License-Identifier: BSD-2-Clause */

/* What a file is, by its first bytes: names lie, and pipes have none. */

#include <string.h>

#include "acquire/acquire.h"

struct signature {
    size_t offset, size;
    const char *bytes;
    enum ct_kind kind;
    const char *name;
};

/* The first that fits wins. */
static const struct signature signatures[] = {
    {0, 3, "\xff\xd8\xff", CT_KIND_JPEG, "JPEG"},
    {0, 8, "\x89PNG\r\n\x1a\n", CT_KIND_PNG, "PNG"},
    {4, 8, "ftypavif", CT_KIND_KNOWN, "AVIF"},
    {4, 8, "ftypavis", CT_KIND_KNOWN, "AVIF"},
    {4, 7, "ftyphei", CT_KIND_KNOWN, "HEIC"},
    {4, 7, "ftyphev", CT_KIND_KNOWN, "HEIC"},
    {4, 8, "ftypmif1", CT_KIND_KNOWN, "HEIC"},
    {4, 8, "ftypmsf1", CT_KIND_KNOWN, "HEIC"},
    {4, 7, "ftypcrx", CT_KIND_KNOWN, "raw (CR3)"},
    {4, 4, "ftyp", CT_KIND_KNOWN, "video"},
    {0, 4, "II*\0", CT_KIND_KNOWN, "TIFF"},
    {0, 4, "MM\0*", CT_KIND_KNOWN, "TIFF"},
    {0, 4, "II+\0", CT_KIND_KNOWN, "TIFF"},
    {0, 4, "MM\0+", CT_KIND_KNOWN, "TIFF"},
    {8, 4, "WEBP", CT_KIND_KNOWN, "WebP"},
    {0, 6, "GIF87a", CT_KIND_KNOWN, "GIF"},
    {0, 6, "GIF89a", CT_KIND_KNOWN, "GIF"},
    {0, 2, "BM", CT_KIND_KNOWN, "BMP"},
    {0, 2, "\xff\x0a", CT_KIND_KNOWN, "JPEG XL"},
    {0, 12, "\0\0\0\x0cJXL \r\n\x87\n", CT_KIND_KNOWN, "JPEG XL"},
    {0, 12, "\0\0\0\x0cjP  \r\n\x87\n", CT_KIND_KNOWN, "JPEG 2000"},
    {0, 4, "\xff\x4f\xff\x51", CT_KIND_KNOWN, "JPEG 2000"},
    {0, 8, "\x8aMNG\r\n\x1a\n", CT_KIND_KNOWN, "MNG"},
    {0, 8, "\x8bJNG\r\n\x1a\n", CT_KIND_KNOWN, "JNG"},
    {0, 4, "8BPS", CT_KIND_KNOWN, "PSD"},
    {0, 4, "%PDF", CT_KIND_KNOWN, "PDF"},
    {128, 4, "DICM", CT_KIND_KNOWN, "DICOM"},
};

enum ct_kind ct_sniff(const char **name, struct span file)
{
    const size_t count = sizeof(signatures) / sizeof(signatures[0]);

    for (size_t i = 0; i < count; i++) {
        const struct signature *s = &signatures[i];
        if (file.size >= s->offset + s->size &&
            memcmp(file.at + s->offset, s->bytes, s->size) == 0) {
            *name = s->name;
            return s->kind;
        }
    }
    *name = NULL;
    return CT_KIND_UNKNOWN;
}
