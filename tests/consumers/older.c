/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Stands for a program that was compiled when the structs were shorter: it
 * hands over what their first versions held, with nothing readable behind.
 * "N readings".
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cutis/cutis.h>

enum { SIDE = 256 };

/* The options of a comparison as they were first. */
struct first_compare_options {
    size_t struct_size;
    const char *preset, *treated, *reference;
    double days;
    uint64_t polarised;
};

_Static_assert(sizeof(struct first_compare_options) <
                   sizeof(cutis_compare_options),
               "no struct has grown: this program shows nothing");

static cutis_status load(cutis_session *session, cutis_photo **photo)
{
    static uint8_t skin[SIDE][SIDE][3];
    cutis_photo_options options = CUTIS_PHOTO_OPTIONS_DEFAULT;
    const cutis_pixels pixels = {
        .struct_size = sizeof(pixels),
        .data = skin,
        .stride = sizeof(skin[0]),
        .width = SIDE,
        .height = SIDE,
        .format = CUTIS_PIXELS_RGB8,
    };
    for (int i = 0; i < SIDE * SIDE; i++)
        memcpy(skin[i / SIDE][i % SIDE],
               (const uint8_t[]){(uint8_t)(200 + i % 7), 150, 125}, 3);
    options.landmarks = CUTIS_LANDMARKS_NONE;
    options.px_per_mm = 5.0;
    return cutis_photo_load_pixels(session, &pixels, &options, photo);
}

int main(void)
{
    cutis_session *session = NULL;
    cutis_photo *photo = NULL;
    cutis_comparison *comparison = NULL;
    const cutis_change *row;
    int measured = 0;

    /* Of its own size on the heap, so that a byte too many is seen. */
    struct first_compare_options *const options = calloc(1, sizeof(*options));
    if (!options)
        return 1;
    *options = (struct first_compare_options){
        .struct_size = sizeof(*options), .preset = "redness", .days = 56.0};
    if (cutis_session_create(NULL, &session) || load(session, &photo) ||
        cutis_photos_compare(session, photo, photo,
                             (const cutis_compare_options *)options,
                             &comparison))
        fprintf(stderr, "%s\n", cutis_session_error(session));
    for (size_t i = 0; (row = cutis_comparison_at(comparison, i)); i++)
        measured += row->change == 0.0;
    if (comparison)
        printf("%d readings, preset %s\n", measured,
               cutis_comparison_score(comparison)->preset);

    cutis_comparison_destroy(&comparison);
    cutis_photo_destroy(&photo);
    cutis_session_destroy(&session);
    free(options);
    return measured == 0;
}
