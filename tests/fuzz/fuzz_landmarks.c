/* SPDX-License-Identifier: BSD-2-Clause */

/* Points that are given of a small picture: landmarks, or behind an "s" the
 * corners of skin; the photograph is taken with them, and measured. */

#include "../tools/inputs.h"
#include "support.h"

enum { WIDTH = 64, HEIGHT = 72 };

static void make_pixels(uint8_t *rgb)
{
    for (int i = 0; i < WIDTH * HEIGHT; i++)
        for (int c = 0; c < 3; c++)
            rgb[3 * i + c] =
                (uint8_t)(190 - 30 * c + i * 29 % 13 + (i / WIDTH % 9 == 0));
}

static void measure(cutis_photo *photo)
{
    cutis_reading *reading = NULL;
    const cutis_status status =
        cutis_photo_measure(fuzz_session(), photo, &reading);

    HOLDS(status == CUTIS_OK || status == CUTIS_ERROR_UNSUITABLE);
    cutis_reading_destroy(&reading);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static uint8_t rgb[3 * WIDTH * HEIGHT];
    static struct inputs inputs;
    struct options options = {.px_per_mm = 0.4};
    const cutis_pixels pixels = {.struct_size = sizeof(pixels),
                                 .data = rgb,
                                 .stride = 3 * WIDTH,
                                 .width = WIDTH,
                                 .height = HEIGHT,
                                 .format = CUTIS_PIXELS_RGB8};
    cutis_photo *photo = NULL;
    const size_t skin = size && *data == 's';
    const char *const path = fuzz_file(0, data + skin, size - skin);

    make_pixels(rgb);
    options.landmarks[0] = options.skin[0] = path;
    options.skin_count = (int)skin;
    options.landmarks_count = !skin;
    const int code = inputs_read(&inputs, &options, 0);
    HOLDS(code == 0 || code == EXIT_BAD_INPUT);
    if (code)
        return 0;
    const cutis_status status = cutis_photo_load_pixels(
        fuzz_session(), &pixels, &inputs.options, &photo);
    HOLDS(status == CUTIS_OK || status == CUTIS_ERROR_ARGUMENT ||
          status == CUTIS_ERROR_UNSUITABLE || status == CUTIS_ERROR_NO_FACE);
    if (photo)
        measure(photo);
    cutis_photo_destroy(&photo);
    return 0;
}
