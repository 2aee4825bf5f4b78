/* SPDX-License-Identifier: BSD-2-Clause */

#include "inner.h"

#include <string.h>

void fuzz_tools(struct tools *tools)
{
    memset(tools, 0, sizeof(*tools));
    tools->threads = 1;
    tools->kernels = ct_kernels_best(CUTIS_ISA_BEST);
    tools->memory.limit = (size_t)256 << 20;
}

void fuzz_tools_end(const struct tools *tools, cutis_status status)
{
    HOLDS((status == CUTIS_OK) == !tools->sentence[0]);
    HOLDS(atomic_load(&tools->memory.used) == 0);
}

/* ---- Pictures ------------------------------------------------------------ */

/* Light is finite, whatever a profile says. */
static void check_light(const struct picture *picture)
{
    enum { RUN = 256 };
    float rgb[3][RUN];

    for (int y = 0; y < picture->height; y++)
        for (int x = 0; x < picture->width; x += RUN) {
            const int n = picture->width - x < RUN ? picture->width - x : RUN;
            ct_picture_linear_mean(picture, x, y, n, rgb[0], rgb[1], rgb[2]);
            for (int i = 0; i < n; i++)
                for (int c = 0; c < 3; c++)
                    HOLDS(rgb[c][i] > -64.0f && rgb[c][i] < 64.0f);
        }
}

static cutis_status read_one(struct picture *picture, uint32_t allow_damaged,
                             const uint8_t *data, size_t size,
                             struct tools *tools)
{
    cutis_options options = CUTIS_OPTIONS_DEFAULT;

    options.max_pixels = 1 << 16;
    options.max_memory = tools->memory.limit;
    options.max_scans = 20;
    options.allow_damaged = allow_damaged;
    const cutis_status status =
        ct_acquire_memory(picture, data, size, &options, tools);
    HOLDS(status <= CUTIS_ERROR_UNSUPPORTED && status != CUTIS_ERROR_ARGUMENT &&
          status != CUTIS_ERROR_IO && status != CUTIS_ERROR_MEMORY);
    if (status != CUTIS_OK)
        return status;
    HOLDS(picture->width > 0 && picture->height > 0);
    HOLDS(picture->exif.orientation >= 1 && picture->exif.orientation <= 8);
    HOLDS(ct_acquire_rest(picture, NULL, data, size, &options, tools) ==
          CUTIS_OK);
    check_light(picture);
    return status;
}

void fuzz_picture(const uint8_t *data, size_t size)
{
    struct tools tools, lenient;
    struct picture strict = {0}, allowed = {0};

    fuzz_tools(&tools);
    fuzz_tools(&lenient);
    const cutis_status status = read_one(&strict, 0, data, size, &tools);
    const cutis_status other = read_one(&allowed, 1, data, size, &lenient);
    if (status == CUTIS_OK) {
        HOLDS(other == CUTIS_OK && !allowed.damaged && !strict.damaged);
        HOLDS(strict.pixel_hash == allowed.pixel_hash);
    }
    ct_picture_free(&strict);
    ct_picture_free(&allowed);
    fuzz_tools_end(&tools, status);
    fuzz_tools_end(&lenient, other);
}
