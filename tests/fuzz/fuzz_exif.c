/* SPDX-License-Identifier: BSD-2-Clause */

/* EXIF, from its TIFF header on. */

#include <math.h>
#include <string.h>

#include "acquire/acquire.h"
#include "inner.h"

static void check_string(const char *string, size_t room)
{
    const char *const end = memchr(string, 0, room);

    HOLDS(end != NULL);
    for (const char *at = string; at < end; at++)
        HOLDS(*at >= 0x20 && *at < 0x7f);
    HOLDS(end == string || end[-1] != ' ');
}

static void check_quantity(double value)
{
    HOLDS(isnan(value) || (value > 0.0 && value < 1e10));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct exif exif;

    ct_exif_clear(&exif);
    ct_exif_read(&exif, (struct span){data, size});
    HOLDS(exif.orientation >= 1 && exif.orientation <= 8);
    check_string(exif.make, sizeof(exif.make));
    check_string(exif.model, sizeof(exif.model));
    check_string(exif.lens, sizeof(exif.lens));
    check_string(exif.software, sizeof(exif.software));
    check_string(exif.taken, sizeof(exif.taken));
    check_string(exif.interop, sizeof(exif.interop));
    check_quantity(exif.exposure_s);
    check_quantity(exif.f_number);
    check_quantity(exif.iso);
    check_quantity(exif.focal_mm);
    check_quantity(exif.focal_35mm);
    check_quantity(exif.distance_m);
    HOLDS(exif.colour_space >= 0 && exif.colour_space <= 65535);
    return 0;
}
