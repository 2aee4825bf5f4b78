/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Pixels from the caller's own memory: a camera's, or those of a format that
 * the library does not read.  Here a PPM file, all of it skin, at a scale that
 * the caller knows.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cutis/cutis.h>

/* A binary PPM of 8 bits, without comments; NULL if it is none. */
static unsigned char *read_ppm(const char *path, cutis_pixels *pixels)
{
    FILE *const file = fopen(path, "rb");
    unsigned char *rgb = NULL;
    char line[3][64] = {"", "", ""}, *rest = NULL;
    uint32_t width = 0, height = 0;

    if (file && fgets(line[0], 64, file) && fgets(line[1], 64, file) &&
        fgets(line[2], 64, file) && !strcmp(line[0], "P6\n") &&
        !strcmp(line[2], "255\n")) {
        width = (uint32_t)strtoul(line[1], &rest, 10);
        height = (uint32_t)strtoul(rest, NULL, 10);
    }
    if (width && width < 65536 && height && height < 65536)
        rgb = malloc((size_t)width * height * 3);
    if (rgb && fread(rgb, (size_t)width * 3, height, file) != height) {
        free(rgb);
        rgb = NULL;
    }
    if (rgb)
        *pixels = (cutis_pixels){
            .struct_size = sizeof(*pixels),
            .data = rgb,
            .stride = (ptrdiff_t)width * 3,
            .width = width,
            .height = height,
            .format = CUTIS_PIXELS_RGB8,
        };
    if (file)
        fclose(file);
    return rgb;
}

int main(int argc, char **argv)
{
    cutis_photo_options options = CUTIS_PHOTO_OPTIONS_DEFAULT;
    cutis_session *session = NULL;
    cutis_photo *photo = NULL;
    cutis_reading *reading = NULL;
    cutis_pixels pixels;
    const cutis_measurement *row;
    int code = 1;

    unsigned char *const rgb = argc == 3 ? read_ppm(argv[1], &pixels) : NULL;
    if (!rgb) {
        fprintf(stderr, "usage: %s PICTURE.ppm PIXELS_PER_MM\n", argv[0]);
        return 2;
    }
    options.landmarks = CUTIS_LANDMARKS_NONE; /* no face: all of it is skin */
    options.px_per_mm = strtod(argv[2], NULL);
    if (cutis_session_create(NULL, &session) ||
        cutis_photo_load_pixels(session, &pixels, &options, &photo) ||
        cutis_photo_measure(session, photo, &reading))
        goto done;

    for (size_t i = 0; (row = cutis_reading_at(reading, i)); i++)
        if (row->verdict == CUTIS_VERDICT_OK)
            printf("%-16s %8.3g %s\n", row->metric->name, row->value,
                   row->unit);
    code = 0;
done:
    if (code)
        fprintf(stderr, "%s\n", cutis_session_error(session));
    cutis_reading_destroy(&reading);
    cutis_photo_destroy(&photo);
    cutis_session_destroy(&session);
    free(rgb);
    return code;
}
