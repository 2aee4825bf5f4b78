/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What a camera wrote about a photograph, from the TIFF structure of EXIF 2.32.
 *
 * Exactly three directories are read, each once: the first, and the EXIF and
 * interoperability ones that it points to.  No pointer found in a directory is
 * followed further, so there is nothing that could loop; every offset and count
 * is held against the block's size, and what does not fit is left unsaid.
 */

#include <math.h>
#include <string.h>

#include "acquire/acquire.h"

/* Numbers of the entries that are read. */
enum tag {
    TAG_INTEROP_INDEX = 0x0001,
    TAG_MAKE = 0x010f,
    TAG_MODEL = 0x0110,
    TAG_ORIENTATION = 0x0112,
    TAG_SOFTWARE = 0x0131,
    TAG_DATE_TIME = 0x0132,
    TAG_EXPOSURE = 0x829a,
    TAG_F_NUMBER = 0x829d,
    TAG_EXIF = 0x8769,
    TAG_ISO = 0x8827,
    TAG_TAKEN = 0x9003,
    TAG_DISTANCE = 0x9206,
    TAG_FOCAL = 0x920a,
    TAG_COLOUR_SPACE = 0xa001,
    TAG_INTEROP = 0xa005,
    TAG_FOCAL_35MM = 0xa405,
    TAG_LENS = 0xa434
};

/* Field types of TIFF 6.0. */
enum type {
    TYPE_ASCII = 2,
    TYPE_SHORT = 3,
    TYPE_LONG = 4,
    TYPE_RATIONAL = 5,
    TYPE_SRATIONAL = 10
};

struct tiff {
    struct span bytes;
    bool little; /* byte order */
};

struct entry {
    unsigned tag, type;
    uint32_t count;
    struct span value;
};

static uint32_t get16(const struct tiff *tiff, const uint8_t *at)
{
    return tiff->little ? (uint32_t)at[1] << 8 | at[0] : ct_be16(at);
}

static uint32_t get32(const struct tiff *tiff, const uint8_t *at)
{
    return tiff->little ? get16(tiff, at + 2) << 16 | get16(tiff, at)
                        : ct_be32(at);
}

static size_t type_size(unsigned type)
{
    switch (type) {
    case TYPE_SHORT:
        return 2;
    case TYPE_LONG:
        return 4;
    case TYPE_RATIONAL:
    case TYPE_SRATIONAL:
        return 8;
    default:
        return 1;
    }
}

/* The entry at `at`, 12 bytes; its value is empty if it lies outside. */
static struct entry get_entry(const struct tiff *tiff, const uint8_t *at)
{
    struct entry entry = {
        .tag = get16(tiff, at),
        .type = get16(tiff, at + 2),
        .count = get32(tiff, at + 4),
    };
    const uint64_t size = (uint64_t)entry.count * type_size(entry.type);
    const uint64_t offset = get32(tiff, at + 8);

    if (size <= 4)
        entry.value = (struct span){at + 8, (size_t)size};
    else if (offset <= tiff->bytes.size && size <= tiff->bytes.size - offset)
        entry.value = (struct span){tiff->bytes.at + offset, (size_t)size};
    return entry;
}

/* The first number of a SHORT or LONG; 0 if there is none. */
static uint32_t number(const struct tiff *tiff, const struct entry *entry)
{
    if (entry->type == TYPE_SHORT && entry->value.size >= 2)
        return get16(tiff, entry->value.at);
    if (entry->type == TYPE_LONG && entry->value.size >= 4)
        return get32(tiff, entry->value.at);
    return 0;
}

/* A rational above 0, or NaN: no quantity read here can be 0 or less, and an
 * infinite distance says no more than none. */
static double ratio(const struct tiff *tiff, const struct entry *entry)
{
    if ((entry->type != TYPE_RATIONAL && entry->type != TYPE_SRATIONAL) ||
        entry->value.size < 8)
        return NAN;
    const uint32_t above = get32(tiff, entry->value.at);
    const uint32_t below = get32(tiff, entry->value.at + 4);
    const uint32_t most = entry->type == TYPE_RATIONAL ? UINT32_MAX : INT32_MAX;
    if (above == 0 || below == 0 || above >= most || below > most)
        return NAN;
    return (double)above / below;
}

/* A SHORT or LONG as a quantity: NaN where it is 0. */
static double quantity(const struct tiff *tiff, const struct entry *entry)
{
    const uint32_t value = number(tiff, entry);
    return value ? (double)value : (double)NAN;
}

/* Printable ASCII up to the first 0, other bytes as '?', without the spaces
 * that some cameras fill up with. */
static void string(char *out, size_t room, const struct entry *entry)
{
    size_t length = 0;

    if (entry->type != TYPE_ASCII)
        return;
    for (size_t i = 0; i < entry->value.size && length < room - 1; i++) {
        const uint8_t byte = entry->value.at[i];
        if (!byte)
            break;
        out[length++] = byte >= 0x20 && byte < 0x7f ? (char)byte : '?';
    }
    while (length && out[length - 1] == ' ')
        length--;
    out[length] = '\0';
}

/* Offsets of the directories still to be read; 0 = none. */
struct pointers {
    uint32_t exif, interop;
};

static void take_first(struct exif *exif, struct pointers *pointers,
                       const struct tiff *tiff, const struct entry *entry)
{
    const uint32_t value = number(tiff, entry);

    switch (entry->tag) {
    case TAG_MAKE:
        string(exif->make, sizeof(exif->make), entry);
        break;
    case TAG_MODEL:
        string(exif->model, sizeof(exif->model), entry);
        break;
    case TAG_SOFTWARE:
        string(exif->software, sizeof(exif->software), entry);
        break;
    case TAG_DATE_TIME:
        string(exif->taken, sizeof(exif->taken), entry);
        break;
    case TAG_ORIENTATION:
        if (value >= 1 && value <= 8)
            exif->orientation = (int)value;
        break;
    case TAG_EXIF:
        pointers->exif = value;
        break;
    default:
        break;
    }
}

static void take_capture(struct exif *exif, struct pointers *pointers,
                         const struct tiff *tiff, const struct entry *entry)
{
    switch (entry->tag) {
    case TAG_TAKEN:
        string(exif->taken, sizeof(exif->taken), entry);
        break;
    case TAG_LENS:
        string(exif->lens, sizeof(exif->lens), entry);
        break;
    case TAG_EXPOSURE:
        exif->exposure_s = ratio(tiff, entry);
        break;
    case TAG_F_NUMBER:
        exif->f_number = ratio(tiff, entry);
        break;
    case TAG_ISO:
        exif->iso = quantity(tiff, entry);
        break;
    case TAG_FOCAL:
        exif->focal_mm = ratio(tiff, entry);
        break;
    case TAG_FOCAL_35MM:
        exif->focal_35mm = quantity(tiff, entry);
        break;
    case TAG_DISTANCE:
        exif->distance_m = ratio(tiff, entry);
        break;
    case TAG_COLOUR_SPACE:
        exif->colour_space = (int)(number(tiff, entry) & 0xffff);
        break;
    case TAG_INTEROP:
        pointers->interop = number(tiff, entry);
        break;
    default:
        break;
    }
}

static void take_interop(struct exif *exif, struct pointers *pointers,
                         const struct tiff *tiff, const struct entry *entry)
{
    (void)pointers;
    (void)tiff;
    if (entry->tag == TAG_INTEROP_INDEX)
        string(exif->interop, sizeof(exif->interop), entry);
}

typedef void take_fn(struct exif *, struct pointers *, const struct tiff *,
                     const struct entry *);

/* Hands on every entry of the directory at `offset` that lies in the block. */
static void directory(struct exif *exif, struct pointers *pointers,
                      const struct tiff *tiff, uint32_t offset, take_fn *take)
{
    const size_t size = tiff->bytes.size;

    if (offset < 8 || offset > size || size - offset < 2)
        return;
    const uint32_t promised = get16(tiff, tiff->bytes.at + offset);
    const size_t room = (size - offset - 2) / 12;
    const size_t count = promised < room ? promised : room;

    const uint8_t *at = tiff->bytes.at + offset + 2;
    for (size_t i = 0; i < count; i++, at += 12) {
        const struct entry entry = get_entry(tiff, at);
        if (entry.value.at)
            take(exif, pointers, tiff, &entry);
    }
}

void ct_exif_clear(struct exif *exif)
{
    *exif = (struct exif){
        .orientation = 1,
        .exposure_s = NAN,
        .f_number = NAN,
        .iso = NAN,
        .focal_mm = NAN,
        .focal_35mm = NAN,
        .distance_m = NAN,
    };
}

void ct_exif_read(struct exif *exif, struct span bytes)
{
    struct tiff tiff = {.bytes = bytes};
    struct pointers pointers = {0};

    ct_exif_clear(exif);
    if (bytes.size < 8)
        return;
    tiff.little = memcmp(bytes.at, "II*\0", 4) == 0;
    if (!tiff.little && memcmp(bytes.at, "MM\0*", 4) != 0)
        return;

    directory(exif, &pointers, &tiff, get32(&tiff, bytes.at + 4), take_first);
    directory(exif, &pointers, &tiff, pointers.exif, take_capture);
    directory(exif, &pointers, &tiff, pointers.interop, take_interop);
}
