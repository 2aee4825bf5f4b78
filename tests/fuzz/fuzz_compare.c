/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * A whole comparison of two tiny pictures: three bytes of options, then two
 * files, the size of the first in two bytes.  It is written in every form; the
 * other way round it mirrors, and a picture has not changed since itself.  The
 * page, which takes longest, is written for an eighth bit of the options.
 */

#include <math.h>

#include <cutis/cutis.h>

#include "support.h"

static int count_bytes(void *user, const void *bytes, size_t size)
{
    HOLDS(bytes != NULL || !size);
    *(size_t *)user += size;
    return 0;
}

static cutis_photo *load(const struct piece *file, unsigned flags)
{
    cutis_photo_options options = CUTIS_PHOTO_OPTIONS_DEFAULT;
    cutis_photo *photo = NULL;

    options.landmarks = CUTIS_LANDMARKS_NONE;
    options.px_per_mm = 1.0 + (flags & 15);
    if (flags & 16) {
        options.card[1] = (cutis_point){5, 1};
        options.card[2] = (cutis_point){5, 6};
        options.card[3] = (cutis_point){0, 6};
    }
    const cutis_status status = cutis_photo_load_memory(
        fuzz_session(), file->at, file->size, &options, &photo);
    HOLDS((status == CUTIS_OK) == (photo != NULL));
    HOLDS(status != CUTIS_ERROR_INTERNAL && status != CUTIS_ERROR_MEMORY);
    return photo;
}

static void write_all(const cutis_comparison *comparison,
                      const cutis_compare_options *options, int page)
{
    size_t size = 0;

    for (int format = 0; format <= CUTIS_FORMAT_ROW; format++) {
        if (format == CUTIS_FORMAT_HTML && !page)
            continue;
        const cutis_status status =
            cutis_comparison_write(fuzz_session(), comparison,
                                   (cutis_format)format, count_bytes, &size);
        /* Where nobody said where the eyes are, no picture covers them. */
        HOLDS(status == CUTIS_OK ||
              (status == CUTIS_ERROR_UNSUPPORTED && options->cover_eyes &&
               format == CUTIS_FORMAT_HTML));
    }
    HOLDS(size > 0);
}

static cutis_comparison *compare(const cutis_photo *before,
                                 const cutis_photo *after,
                                 const cutis_compare_options *options)
{
    cutis_comparison *comparison = NULL;

    HOLDS(cutis_photos_compare(fuzz_session(), before, after, options,
                               &comparison) == CUTIS_OK);
    return comparison;
}

/* The first row's change; NaN where nothing can be told. */
static double change_of(const cutis_comparison *comparison)
{
    const cutis_change *const row = cutis_comparison_at(comparison, 0);

    return row ? row->change : (double)NAN;
}

static void both_ways(const cutis_photo *before, const cutis_photo *after,
                      const cutis_compare_options *options, int page)
{
    cutis_comparison *there = compare(before, after, options);
    cutis_comparison *back = compare(after, before, options);
    cutis_comparison *none = compare(before, before, options);
    const double change = change_of(there);

    write_all(there, options, page);
    HOLDS(isnan(change) ? isnan(change_of(back)) : change == -change_of(back));
    HOLDS(isnan(change_of(none)) || change_of(none) == 0.0);
    cutis_comparison_destroy(&there);
    cutis_comparison_destroy(&back);
    cutis_comparison_destroy(&none);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const presets[8] = {
        "general", "acne_scars", "scars", "wrinkles",
        "pores",   "sun_damage", "acne",  "redness"};
    cutis_compare_options options = CUTIS_COMPARE_OPTIONS_DEFAULT;

    if (size < 5)
        return 0;
    const size_t most = size - 5;
    const size_t first = (size_t)data[3] << 8 | data[4];
    const struct piece one = {data + 5, first < most ? first : most};
    const struct piece two = {one.at + one.size, most - one.size};
    options.preset = presets[data[2] & 7];
    options.days = data[2] & 8 ? 30.0 : -1.0;
    options.polarised = data[2] >> 4 & 1;
    options.cover_eyes = data[2] >> 5 & 1;
    options.language = data[2] & 64 ? "de" : NULL;
    cutis_photo *before = load(&one, data[0]);
    cutis_photo *after = before ? load(&two, data[1]) : NULL;
    if (after)
        both_ways(before, after, &options, data[2] >> 7);
    cutis_photo_destroy(&before);
    cutis_photo_destroy(&after);
    return 0;
}
