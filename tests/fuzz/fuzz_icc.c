/* SPDX-License-Identifier: BSD-2-Clause */

/* A colour profile of a grey and of a colour picture: recognised, or given to
 * lcms2, and light made of samples by it. */

#include "acquire/acquire.h"
#include "inner.h"

enum { SIDE = 8 };

static void use(int channels, const uint8_t *data, size_t size)
{
    struct tools tools;
    struct picture picture = {
        .width = SIDE, .height = SIDE, .channels = channels, .bits = 8};
    const struct colour_hints hints = {.profile = {data, size}};
    float rgb[3][SIDE];

    fuzz_tools(&tools);
    uint8_t *const samples =
        ct_alloc(&tools.memory, SIDE * SIDE * (size_t)channels, 1);
    HOLDS(samples != NULL);
    for (int i = 0; i < SIDE * SIDE * channels; i++)
        samples[i] = (uint8_t)(i * 37);
    picture.samples = samples;
    const cutis_status status = ct_colour_decide(&picture, &hints, &tools);
    /* A profile may want more memory than there is. */
    HOLDS(status == CUTIS_OK || status == CUTIS_ERROR_UNSUPPORTED ||
          status == CUTIS_ERROR_MEMORY);
    for (int y = 0; status == CUTIS_OK && y < SIDE; y++) {
        ct_picture_linear(&picture, 0, y, SIDE, rgb[0], rgb[1], rgb[2]);
        for (int i = 0; i < 3 * SIDE; i++)
            HOLDS(rgb[i / SIDE][i % SIDE] >= -16.0f &&
                  rgb[i / SIDE][i % SIDE] <= 16.0f);
    }
    ct_picture_free(&picture);
    fuzz_tools_end(&tools, status);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    use(1, data, size);
    use(3, data, size);
    return 0;
}
